import type { Source } from "../../model/source.ts";
import type { Span } from "../../model/span.ts";

/** Something wrong at a place; of thousands only the first are worded and located. */
export interface Fault {
  readonly message: () => string;
  readonly range: Range;
}

/** The beginning of the file. */
export const TOP: Range = [0, 0];

/** The keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];
/** UTF-16 units of the text, the end exclusive. */
export type Range = readonly [start: number, end: number, ...rest: number[]];

/** Stands for the key itself at the end of a path. */
export const KEY = "\0key";

/** Where the parts of a document are written; a stretch of several lines is told by its first one. */
export class Places {
  readonly #source: Source;
  readonly #text: string;
  readonly #ranges = new Map<string, Range>();
  /** The byte that each UTF-16 unit begins at, where they are not the same. */
  #bytes: Uint32Array | undefined;

  constructor(source: Source) {
    this.#source = source;
    this.#text = source.text();
  }

  note(path: Path, range: Range | null | undefined): void {
    if (range) this.#ranges.set(JSON.stringify(path), range);
  }

  of(path: Path): Span | undefined {
    const range = this.#ranges.get(JSON.stringify(path));
    return range && this.span(range);
  }

  /** Where a value is written, or what holds it where it is not there. */
  nearest(path: Path): Range {
    for (let length = path.length; length >= 0; length--) {
      const range = this.#ranges.get(JSON.stringify(path.slice(0, length)));
      if (range) return range;
    }
    return TOP;
  }

  span([start, end]: Range): Span {
    const lineEnd = this.#text.slice(start, end).search(/\s*[\r\n]/);
    return this.#source.span(this.#byte(start), this.#byte(lineEnd <= 0 ? end : start + lineEnd));
  }

  #byte(unit: number): number {
    if (this.#source.bytes.length === this.#text.length) return unit;
    if (!this.#bytes) {
      this.#bytes = new Uint32Array(this.#text.length + 1);
      let byte = 0;
      let at = 0;
      for (const character of this.#text) {
        this.#bytes.fill(byte, at, (at += character.length));
        byte += Buffer.byteLength(character);
      }
      this.#bytes[at] = byte;
    }
    return this.#bytes[unit] ?? this.#source.bytes.length;
  }
}
