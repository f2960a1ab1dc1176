import type { Edit, Fix } from "../model/finding.ts";
import { groupedBy } from "../model/groupedBy.ts";
import type { Source } from "../model/source.ts";

const LF = 10;

/** A part of a fix: the lines `first` to `last` of a file at head, line ends included, and what they become. */
export interface Piece {
  readonly path: string;
  readonly first: number;
  readonly last: number;
  readonly before: string;
  /** Empty: the lines go. */
  readonly after: string;
  /** Whether a suggestion block says exactly this. */
  readonly isExact: boolean;
}

type LineRange = Pick<Piece, "first" | "last">;

/** What tells the texts of head. */
export type HeadText = (path: string) => Source | undefined;

/**
 * A fix as whole lines of head and what they become, in the order of paths and lines. Edits of one line are one piece, and so
 * are those within `reach` lines. Undefined where a text is not known.
 */
export function piecesOf({ edits }: Fix, text: HeadText, reach = 1): readonly Piece[] | undefined {
  const pieces: Piece[] = [];
  for (const [path, inFile] of groupedBy(edits, (edit) => edit.at.path)) {
    const source = text(path);
    if (!source) return undefined;
    const ordered = inFile.toSorted((a, b) => a.at.start.offset - b.at.start.offset);
    for (const close of closeOnes(ordered, source, reach)) pieces.push(pieceOf(close, source, path));
  }
  return pieces.toSorted((a, b) => (a.path === b.path ? a.first - b.first : a.path < b.path ? -1 : 1));
}

/** Which lines an edit touches; one that ends at the start of a line leaves that line alone. */
function linesOf({ at }: Edit, source: Source): LineRange {
  const isAfterEnd = at.start.offset > 0 && at.start.offset === source.bytes.length && at.start.column === 1;
  const first = isAfterEnd ? at.start.line - 1 : at.start.line;
  const last = at.end.column === 1 && at.end.line > first ? at.end.line - 1 : at.end.line;
  return { first, last };
}

function closeOnes(edits: readonly Edit[], source: Source, reach: number): readonly (readonly Edit[])[] {
  const groups: { range: LineRange; edits: Edit[] }[] = [];
  for (const edit of edits) {
    const range = linesOf(edit, source);
    const group = groups.at(-1);
    const isNear = group && (range.first <= group.range.last || range.last - group.range.first < reach);
    if (isNear) {
      group.edits.push(edit);
      group.range = { first: group.range.first, last: Math.max(group.range.last, range.last) };
    } else groups.push({ range, edits: [edit] });
  }
  return groups.map((group) => group.edits);
}

function pieceOf(edits: readonly Edit[], source: Source, path: string): Piece {
  const ranges = edits.map((edit) => linesOf(edit, source));
  const first = Math.min(...ranges.map((range) => range.first));
  const last = Math.max(...ranges.map((range) => range.last));
  const [start, end] = [source.lineStart(first), source.lineStart(last + 1)];
  let [after, at] = ["", start];
  for (const edit of edits) {
    after += source.text(at, edit.at.start.offset) + edit.newText;
    at = edit.at.end.offset;
  }
  after += source.text(at, end);
  return { path, first, last, before: source.text(start, end), after, isExact: isExact(source, start, end, after) };
}

/** Characters that a comment's text does not keep, or that nobody sees. */
const ALTERED = /\r|<!--|(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\uFFFD/u;

/** Bytes; a longer stretch is no suggestion that somebody can read. */
const LONGEST = 10_000;

/** Whether a suggestion can say it: whole lines that both end as they ended, in text that comes through a comment unharmed. */
function isExact(source: Source, start: number, end: number, after: string): boolean {
  if (end - start + after.length > LONGEST) return false;
  const endsBefore = end > start && source.bytes[end - 1] === LF;
  return (
    endsBefore &&
    (after === "" || after.endsWith("\n")) &&
    !ALTERED.test(after) &&
    !ALTERED.test(source.text(start, end))
  );
}
