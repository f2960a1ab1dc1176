import { Buffer } from "node:buffer";
import type { Source } from "../../model/source.ts";
import type { Span } from "../../model/span.ts";
import type { TxtValue } from "../../model/zone.ts";
import { QUOTED } from "./zoneBytes.ts";
import type { ZoneScanner } from "./zoneScanner.ts";
import { escapeLength, unescaped } from "./zoneToken.ts";

/** The text of a TXT record and the way from its characters back to the file. */
export class TxtText implements TxtValue {
  readonly strings: readonly string[];
  readonly value: string;
  readonly quoted: boolean;
  readonly #source: Source;
  readonly #whole: Span;
  /** Where each octet of the value starts and ends; undefined where the file does not spell it out. */
  readonly #starts: readonly number[] | undefined;
  readonly #ends: readonly number[];

  /** `fields` are the canonical strings; `entry` holds the tokens that spell them, from `first` on, if any do. */
  constructor(source: Source, fields: readonly string[], entry: ZoneScanner | undefined, first: number, whole: Span) {
    this.strings = fields.map((field) => {
      const bytes = Buffer.from(field, "latin1");
      return unescaped(bytes, 1, bytes.length - 1);
    });
    this.value = this.strings.join("");
    this.#source = source;
    this.#whole = whole;
    const starts: number[] = [];
    const ends: number[] = [];
    let quoted = true;
    if (entry) {
      for (let token = first; token < entry.count; token++) {
        if (((entry.flags[token] as number) & QUOTED) === 0) quoted = false;
        const end = entry.ends[token] as number;
        for (let at = entry.starts[token] as number; at < end;) {
          starts.push(at);
          at += entry.bytes[at] === 0x5c ? escapeLength(entry.bytes, at) : 1;
          ends.push(at);
        }
      }
    }
    this.quoted = quoted;
    this.#starts = entry ? starts : undefined;
    this.#ends = ends;
  }

  span(from: number, to: number): Span {
    const starts = this.#starts;
    if (!starts || starts.length === 0) return this.#whole;
    const first = Math.max(0, Math.min(from, starts.length));
    // An empty stretch stands before its first character, or behind the last one.
    const start = first < starts.length ? (starts[first] as number) : (this.#ends[starts.length - 1] as number);
    const last = Math.min(to, starts.length) - 1;
    return this.#source.span(start, last < first ? start : (this.#ends[last] as number));
  }
}
