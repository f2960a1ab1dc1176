import type { Point, Side, Span } from "./span.ts";

const LF = 10;
const CR = 13;

/**
 * The bytes of one file on one side, and the way from byte offsets to lines and columns.
 *
 * Offsets are bytes because DNS data are octets and edits must leave every other byte alone; columns are UTF-16 units
 * because editors, SARIF and GitHub count so. Invalid UTF-8 counts one column for each replacement character.
 */
export class Source {
  readonly side: Side;
  readonly path: string;
  /** The file that holds the bytes: `path`, or where that leads if it is a symbolic link; places and edits are told in it. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly #firstLine: number;
  #lineStarts: readonly number[] | undefined;

  constructor(side: Side, path: string, bytes: Uint8Array, { firstLine = 1, file = path } = {}) {
    this.side = side;
    this.path = path;
    this.file = file;
    this.bytes = bytes;
    this.#firstLine = firstLine;
  }

  /** The span from byte `start` to byte `end` (exclusive). */
  span(start: number, end: number): Span {
    return { side: this.side, path: this.file, start: this.point(start), end: this.point(end) };
  }

  point(offset: number): Point {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    const lineStart = starts[low] as number;
    return { line: low + this.#firstLine, column: this.#units(lineStart, offset) + 1, offset };
  }

  /** The text between two byte offsets, decoded as UTF-8 without dropping a byte order mark. */
  text(start = 0, end = this.bytes.length): string {
    return decoder.decode(this.bytes.subarray(start, end));
  }

  /** The text of a line (1-based) without its line end; empty past the last line. */
  line(line: number): string {
    const starts = this.#starts();
    const start = starts[line - this.#firstLine];
    if (start === undefined) return "";
    let end = starts[line - this.#firstLine + 1] ?? this.bytes.length;
    if (end > start && this.bytes[end - 1] === LF) end--;
    if (end > start && this.bytes[end - 1] === CR) end--;
    return this.text(start, end);
  }

  /** The byte offset at which a line (1-based) starts; the file's length past the last line. */
  lineStart(line: number): number {
    return this.#starts()[line - this.#firstLine] ?? this.bytes.length;
  }

  #starts(): readonly number[] {
    if (this.#lineStarts) return this.#lineStarts;
    const starts = [0];
    const { bytes } = this;
    for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) starts.push(at + 1);
    this.#lineStarts = starts;
    return starts;
  }

  #units(start: number, end: number): number {
    for (let at = start; at < end; at++) {
      if ((this.bytes[at] as number) >= 0x80) return this.text(start, end).length;
    }
    return end - start;
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
