import type { Edit, Fix } from "../model/finding.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { type SourceOf, artifactLocation, editRegion } from "./sarifPlace.ts";
import { plain } from "./sarifText.ts";

/** A fix as SARIF tells it (§3.55); undefined where one of its edits cannot be told so. */
export function sarifFix({ title, edits }: Fix, source: SourceOf): object | undefined {
  const changes = [...groupedBy(edits, ({ at }) => at.path)].map(([path, some]) => {
    const replacements = inOrder(some).map((edit) => replacement(edit, source));
    return replacements.includes(undefined) ? undefined : { artifactLocation: artifactLocation(path), replacements };
  });
  return changes.includes(undefined) ? undefined : { description: { text: plain(title) }, artifactChanges: changes };
}

function replacement({ at, newText }: Edit, source: SourceOf): object | undefined {
  const text = at.side === "head" ? source(at) : undefined;
  const deletedRegion = text && editRegion(at, text);
  if (!deletedRegion) return undefined;
  return { deletedRegion, ...(newText === "" ? {} : { insertedContent: { text: newText } }) };
}

/** Equal edits once, as they are applied. */
function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const unique = new Map(edits.map((edit) => [`${edit.at.start.offset} ${edit.at.end.offset} ${edit.newText}`, edit]));
  return [...unique.values()].toSorted(
    (a, b) => a.at.start.offset - b.at.start.offset || a.at.end.offset - b.at.end.offset,
  );
}
