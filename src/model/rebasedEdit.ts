import type { Edit } from "./finding.ts";
import type { Source } from "./source.ts";

/**
 * An edit of a text that `earlier` edits have made of a source, as one of the source itself; undefined where it touches what
 * they wrote.
 */
export function rebasedEdit({ at, newText }: Edit, earlier: readonly Edit[], source: Source): Edit | undefined {
  let shift = 0;
  for (const edit of inOrder(earlier)) {
    const start = edit.at.start.offset + shift;
    if (at.end.offset <= start) break;
    const written = encoder.encode(edit.newText).length;
    if (at.start.offset < start + written) {
      if (newText !== "") return undefined;
      return withoutLineBefore(source, at.start.offset - shift, edit, at.end.offset - start);
    }
    shift += written - (edit.at.end.offset - edit.at.start.offset);
  }
  return { at: source.span(at.start.offset - shift, at.end.offset - shift), newText };
}

/** The edit that takes out a line before an insertion whose first `reach` bytes, a line end, go with it: the line end before it does as well. */
function withoutLineBefore(source: Source, start: number, { at, newText }: Edit, reach: number): Edit | undefined {
  const from = start - reach;
  const lineEnd = /^\r?\n/.exec(newText)?.[0];
  if (lineEnd?.length !== reach || from < 0 || source.text(from, start) !== lineEnd) return undefined;
  return { at: source.span(from, at.start.offset), newText: "" };
}

/** Equal edits once, as they are applied. */
function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const unique = new Map(edits.map((edit) => [`${edit.at.start.offset} ${edit.at.end.offset} ${edit.newText}`, edit]));
  return [...unique.values()].toSorted((a, b) => a.at.start.offset - b.at.start.offset);
}

const encoder = new TextEncoder();
