import { memo } from "../model/memo.ts";
import { quote } from "../model/quote.ts";
import type { Source } from "../model/source.ts";
import type { Point, Span } from "../model/span.ts";
import { linesIn, sameEnds } from "./changedLines.ts";
import { pathInUrl } from "./pathInUrl.ts";

/** The text of a file on one side; undefined where it was not read. */
export type SourceOf = (place: Pick<Span, "side" | "path">) => Source | undefined;

/** A stretch of a text file, lines and columns from 1, `endColumn` exclusive (SARIF §3.30). */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where something is told. */
export type Place = (span: Span) => {
  readonly physicalLocation: { readonly artifactLocation: object; readonly region: Region };
  /** Where it stood, in words; only of what head does not have. */
  readonly was?: string | undefined;
};

const BYTE_ORDER_MARK = "\uFEFF";

/** A path in the repository as a relative URI; a byte of a name that is not UTF-8 is that byte. */
export function artifactLocation(path: string): object {
  const stray = /[\uDC80-\uDCFF]/u;
  const uri = Array.from(path, (character) =>
    stray.test(character)
      ? `%${(character.charCodeAt(0) - 0xdc00).toString(16).toUpperCase()}`
      : (pathInUrl(character) ?? "%EF%BF%BD"),
  ).join("");
  return { uri, uriBaseId: "%SRCROOT%" };
}

/** Finds the places of spans; a span of base is told at head where its file is still there: at the line that came in its stead. */
export function placer(source: SourceOf): Place {
  return (span) => {
    const { side, path, start } = span;
    const head = side === "base" ? source({ side: "head", path }) : undefined;
    const base = side === "base" ? source(span) : undefined;
    const region =
      base && head ? lineRegion(counterpart(start.line, base, head), head) : regionOf(span, base ?? source(span));
    return {
      physicalLocation: { artifactLocation: artifactLocation(path), region },
      was: side === "base" ? `Before the change: line ${start.line} of ${quote(path)}.` : undefined,
    };
  };
}

/** What a span shows of its file: inside it, without the last line end, and the whole line where it is empty. */
function regionOf({ start, end }: Span, source: Source | undefined): Region {
  if (!source) return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
  const from = inside(start, source);
  const isWhole = end.line > start.line && end.column === 1;
  const to = isWhole ? lineRegion(end.line - 1, source) : undefined;
  const region = {
    startLine: from.line,
    startColumn: from.column,
    ...(to ? { endLine: to.endLine, endColumn: to.endColumn } : ending(inside(end, source))),
  };
  const isEmpty = region.startLine === region.endLine && region.startColumn >= region.endColumn;
  return isEmpty ? lineRegion(from.line, source) : region;
}

function ending({ line, column }: Pick<Point, "line" | "column">) {
  return { endLine: line, endColumn: column };
}

/** The nearest place that the file has. */
function inside(point: Point, source: Source): Pick<Point, "line" | "column"> {
  const last = lineRegion(point.line, source);
  if (last.startLine < point.line) return { line: last.endLine, column: last.endColumn };
  return { line: point.line, column: Math.min(columnOf(point, source), last.endColumn) };
}

/** A whole line without its line end; the last one for those that the file does not have. */
function lineRegion(wanted: number, source: Source): Region {
  const lines = linesOf(source);
  const line = Math.max(1, Math.min(wanted, lines.length));
  return { startLine: line, startColumn: 1, endLine: line, endColumn: (lines[line - 1]?.length ?? 0) + 1 };
}

/** Lines without their ends and without a byte order mark. */
const linesOf = memo((source: Source) => linesIn(withoutMark(source.text())));

const hasMark = memo((source: Source) => source.text(0, 3) === BYTE_ORDER_MARK);

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** Ours count a byte order mark, SARIF's do not. */
function columnOf({ line, column }: Point, source: Source): number {
  return line === 1 && column > 1 && hasMark(source) ? column - 1 : column;
}

/** The exact region of an edit; undefined where characters cannot tell it: in a byte order mark, or beside bytes that are no text. */
export function editRegion({ start, end }: Span, source: Source): Region | undefined {
  if ((hasMark(source) && start.offset < 3) || !isText(source)) return undefined;
  return {
    startLine: start.line,
    startColumn: columnOf(start, source),
    endLine: end.line,
    endColumn: columnOf(end, source),
  };
}

const isText = memo((source: Source) => Buffer.from(source.text()).equals(source.bytes));

/** The line of head that stands where a line of base did. */
function counterpart(line: number, base: Source, head: Source): number {
  const [before, after] = [linesOf(base), linesOf(head)];
  const { lead, tail } = ends(before)(after);
  if (line <= lead) return line;
  return line > before.length - tail ? line + after.length - before.length : lead + 1;
}

const ends = memo((before: readonly string[]) => memo((after: readonly string[]) => sameEnds(before, after)));
