import { groupedBy } from "../model/groupedBy.ts";
import type { Edit, Fix } from "../model/finding.ts";
import type { Source } from "../model/source.ts";
import type { Span } from "../model/span.ts";
import { linesIn, sameEnds } from "./changedLines.ts";

/** Some neighbouring lines of a file that a fix replaces by others. */
export interface LineChange {
  readonly path: string;
  /** The first line that is replaced, 1-based; where `before` is empty, the line that the new ones come before. */
  readonly line: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A fix as whole lines, without their line ends, in the order of its files; empty where a text is not at hand. */
export function fixDiff(fix: Fix, sourceOf: (span: Span) => Source | undefined): readonly LineChange[] {
  return [...groupedBy(fix.edits, ({ at }) => at.path).values()].flatMap((edits) => {
    const source = edits[0] && sourceOf(edits[0].at);
    if (!source) return [];
    return neighbours(edits).map((group) => lineChange(group, source));
  });
}

/** Edits in the order of the file, those together whose lines touch. */
function neighbours(edits: readonly Edit[]): readonly (readonly Edit[])[] {
  const groups: Edit[][] = [];
  for (const edit of edits.toSorted((a, b) => a.at.start.offset - b.at.start.offset)) {
    const last = groups.at(-1);
    if (last && edit.at.start.line <= (last.at(-1)?.at.end.line ?? 0)) last.push(edit);
    else groups.push([edit]);
  }
  return groups;
}

function lineChange(edits: readonly Edit[], source: Source): LineChange {
  const [first, last] = [edits[0], edits.at(-1)] as [Edit, Edit];
  const { line } = first.at.start;
  const start = source.lineStart(line);
  // What ends at a line's beginning, and ends its own last line, leaves that line alone.
  const isWhole = last.at.end.column === 1 && (last.newText === "" || last.newText.endsWith("\n"));
  const end = source.lineStart(isWhole ? last.at.end.line : last.at.end.line + 1);
  let text = "";
  let at = start;
  for (const edit of edits) {
    text += source.text(at, edit.at.start.offset) + edit.newText;
    at = edit.at.end.offset;
  }
  text += source.text(at, Math.max(at, end));
  return withoutCommon({ path: first.at.path, line, before: linesIn(source.text(start, end)), after: linesIn(text) });
}

/** Without the lines at both ends that stay as they are. */
function withoutCommon({ path, line, before, after }: LineChange): LineChange {
  const { lead, tail } = sameEnds(before, after);
  const rest = (texts: readonly string[]): readonly string[] => texts.slice(lead, texts.length - tail);
  return { path, line: line + lead, before: rest(before), after: rest(after) };
}
