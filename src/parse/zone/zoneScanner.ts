import { viewOf } from "./canonicalText.ts";
import {
  BLANK,
  CLOSE,
  COMMENT,
  CR,
  DOT,
  ESCAPE,
  ESCAPED,
  kinds,
  LF,
  MISLABELLED,
  ODD,
  OPEN,
  QUOTE,
  QUOTED,
  quotedKinds,
} from "./zoneBytes.ts";
import { readTtl } from "./zoneTtl.ts";
import { classCode, isSpelled, typeCode } from "./recordTypes.ts";

/** Where the bytes of a master file come from: all at once, or through a window that moves over the file. */
export interface ZoneInput {
  readonly bytes: Uint8Array;
  /** The bytes before `end` are the file's; more may follow. */
  readonly end: number;
  /** Whether the file ends at `end`. */
  readonly complete: boolean;
  /** Reads on, and may drop the bytes before `keep`; the place where that byte then stands. */
  refill(keep: number): number;
}

/** A file that lies in memory as a whole. */
export function memory(bytes: Uint8Array): ZoneInput {
  return { bytes, end: bytes.length, complete: true, refill: (keep) => keep };
}

const LONGEST_LABEL = 63;

/** A character-string holds 255 octets, each at most four bytes as `\DDD`: no longer string may run over lines. */
const LONGEST_STRING = 255 * 4;

const READ = 0;
const MORE = 1;
const END = 2;

/** Few enough that V8 keeps the arrays on its heap: a scanner is made anew for each record that is asked where it stands. */
const USUAL_TOKENS = 16;

/** Splits a master file into entries (RFC 1035 §5.1): the tokens of one line, or of the lines that parentheses join. */
export class ZoneScanner {
  readonly input: ZoneInput;
  bytes: Uint8Array;
  /** The same bytes, to be copied by words. */
  view: DataView;
  /** The tokens' first bytes and ends, without the quotes of quoted strings, and what they hold. */
  starts: Int32Array = new Int32Array(USUAL_TOKENS);
  ends: Int32Array = new Int32Array(USUAL_TOKENS);
  flags: Uint8Array = new Uint8Array(USUAL_TOKENS);
  count = 0;
  /** The first byte of the entry's first line. */
  start = 0;
  /** The line (1-based) that `start` stands in. */
  line = 1;
  /** What kept the entry from being split, and where; its tokens are those before the fault. */
  fault: string | undefined = undefined;
  faultStart = 0;
  faultEnd = 0;

  #at = 0;
  /** The line that `#at` stands in. */
  #line = 1;
  #end: number;
  #last: boolean;
  /** Whether the last quoted string went over a line's end. */
  #ranOn = false;
  #depth = 0;
  #opened = 0;
  /**
   * Up to this line a parenthesis is known to stay open, so that the next ones there are not believed so far: otherwise
   * each of many would be followed to the same place.
   */
  #waryUntil = 0;

  constructor(input: ZoneInput, start = 0) {
    this.input = input;
    this.bytes = input.bytes;
    this.view = viewOf(input.bytes);
    this.#end = input.end;
    this.#last = input.complete;
    this.start = this.#at = start;
  }

  /** Reads the next entry that holds anything; false at the end of the file. */
  next(): boolean {
    for (;;) {
      this.fault = undefined;
      this.count = 0;
      const outcome = this.#entry();
      if (outcome === READ) return true;
      if (outcome === END) return false;
      this.#refill();
    }
  }

  /** Whether the entry starts with a blank, so that its owner is the one before. */
  get inherits(): boolean {
    const first = this.bytes[this.start];
    return first === 0x20 || first === 0x09;
  }

  /** Where the next entry may start. */
  get end(): number {
    return this.#at;
  }

  /** The end of a token, its closing quote included. */
  tokenEnd(token: number): number {
    return (this.ends[token] as number) + ((this.flags[token] as number) & QUOTED);
  }

  /** The start of a token, its opening quote included. */
  tokenStart(token: number): number {
    return (this.starts[token] as number) - ((this.flags[token] as number) & QUOTED);
  }

  /** The line and column (1-based, in UTF-16 units) of a place in the present entry. */
  place(at: number): { line: number; column: number } {
    const lineStart = this.bytes.lastIndexOf(0x0a, at - 1) + 1;
    const start = at === 0 ? 0 : lineStart;
    const line = this.line + this.#linesBetween(this.start, start);
    return { line, column: decoder.decode(this.bytes.subarray(start, at)).length + 1 };
  }

  #linesBetween(start: number, end: number): number {
    let lines = 0;
    for (let at = start; at < end; at++) if (this.bytes[at] === 0x0a) lines++;
    return lines;
  }

  #refill(): void {
    this.#at = this.input.refill(this.start);
    this.#last = this.input.complete;
    if (this.bytes !== this.input.bytes) {
      this.bytes = this.input.bytes;
      this.view = viewOf(this.bytes);
    }
    this.#end = this.input.end;
  }

  #entry(): number {
    const { bytes } = this;
    const end = this.#end;
    let at = this.#at;
    let line = (this.line = this.#line);
    this.start = at;
    this.#depth = 0;
    for (;;) {
      let kind = BLANK;
      while (at < end && (kind = kinds[bytes[at] as number] as number) === BLANK) at++;
      if (at >= end) return this.#last ? this.#finish(at, line) : MORE;
      if (kind <= ESCAPE) {
        const start = at;
        let label = at;
        let flags = 0;
        for (;;) {
          while (kind < DOT) {
            flags |= kind;
            if (++at >= end) break;
            kind = kinds[bytes[at] as number] as number;
          }
          if (at >= end || kind > ESCAPE) break;
          if (kind === DOT) {
            if (at === label || at - label > LONGEST_LABEL) flags |= MISLABELLED;
            label = at + 1;
          } else {
            flags |= ESCAPED;
            if (at + 1 < end && bytes[at + 1] !== 0x0a && bytes[at + 1] !== 0x0d) at++;
          }
          if (++at >= end) break;
          kind = kinds[bytes[at] as number] as number;
        }
        if (at >= end && !this.#last) return MORE;
        if (at - label > LONGEST_LABEL) flags |= MISLABELLED;
        this.#push(start, at, flags);
        continue;
      }
      if (kind === COMMENT) {
        while (at < end && bytes[at] !== 0x0a) at++;
        continue;
      }
      if (kind === QUOTE) {
        const open = at;
        at = this.#quoted(at);
        if (at < 0) return MORE;
        if (this.fault !== undefined) return READ;
        if (this.#ranOn) line += this.#linesBetween(open, at);
        continue;
      }
      if (kind === CR) {
        if (at + 1 >= end && !this.#last) return MORE;
        if (at + 1 < end && bytes[at + 1] === 0x0a) at++;
        kind = LF;
      }
      at++;
      if (kind === LF) {
        if (bytes[at - 1] === 0x0a) line++;
        if (this.#depth === 0) {
          this.#at = at;
          this.#line = line;
          if (this.count > 0) return READ;
          this.start = at;
          this.line = line;
        } else {
          const started = this.#startsEntry(at, line > this.#waryUntil);
          if (started < 0) return MORE;
          if (started > 0 && this.#hasType()) return this.#unclosed(line);
        }
      } else if (kind === OPEN) {
        if (this.#depth++ === 0) this.#opened = at - 1;
      } else if (kind === CLOSE) {
        if (this.#depth-- === 0) return this.#spoiled("This parenthesis was never opened: remove it.", at - 1, at, at);
      } else return this.#spoiled("A NUL byte stands here, which no zone file may hold: remove it.", at - 1, at, at);
    }
  }

  /** A quoted string from its opening quote on; the place after it, or -1 where the window ends too early. */
  #quoted(open: number): number {
    const { bytes } = this;
    const end = this.#end;
    let flags = QUOTED;
    let at = open + 1;
    this.#ranOn = false;
    for (; at < end; at++) {
      const kind = quotedKinds[bytes[at] as number] as number;
      if (kind < DOT) {
        flags |= kind;
        continue;
      }
      if (kind === QUOTE) break;
      flags |= ODD;
      if (kind === ESCAPE) {
        flags |= ESCAPED;
        // BIND reads an escaped line end as a part of the string.
        if (bytes[++at] === 0x0a) this.#ranOn = true;
      } else if (!this.#ranOn) {
        this.#ranOn = true;
        const closes = this.#closesLater(open, at);
        if (closes < 0) return -1;
        if (closes === 0) return this.#unquoted(open, at);
      }
    }
    if (at >= end) return this.#last ? this.#unquoted(open, end) : -1;
    this.#push(open + 1, at, flags);
    return at + 1;
  }

  /**
   * Whether a string left open at a line's end is meant to run on: RFC 1035 §5.1 allows it, but a forgotten quote is
   * likelier. It is meant if no line on the way looks like an entry, and the closing quote is near, ends a token, and leaves
   * its own line's quotes in pairs.
   */
  #closesLater(open: number, from: number): number {
    const { bytes } = this;
    const limit = Math.min(this.#end, open + LONGEST_STRING);
    let at = from;
    while (at < limit && bytes[at] !== 0x22) {
      if (bytes[at] === 0x0a && this.#startsEntry(at + 1, false) > 0) return 0;
      at += bytes[at] === 0x5c ? 2 : 1;
    }
    if (at + 1 >= this.#end && !this.#last) return -1;
    if (at >= limit) return 0;
    const after = at + 1 < this.#end ? (kinds[bytes[at + 1] as number] as number) : LF;
    if (after <= ESCAPE) return 0;
    let quotes = 0;
    for (at++; at < this.#end && bytes[at] !== 0x0a; at++) {
      if (bytes[at] === 0x5c) at++;
      else if (bytes[at] === 0x22) quotes++;
      else if (bytes[at] === 0x3b && quotes % 2 === 0) break;
    }
    if (at >= this.#end && !this.#last) return -1;
    return quotes % 2 === 0 ? 1 : 0;
  }

  #unquoted(open: number, end: number): number {
    const until = end > open + 1 && this.bytes[end - 1] === 0x0d ? end - 1 : end;
    const lineEnd = this.bytes.indexOf(0x0a, open);
    const shown = lineEnd >= 0 && lineEnd < until ? lineEnd : until;
    const fault = 'This quoted string is not closed on its line: put a " at its end.';
    return this.#spoiled(fault, open, shown, open + 1) === MORE ? -1 : this.#at;
  }

  /** Ends an entry that cannot be split further; reading goes on behind its line, or behind what its parentheses may hold. */
  #spoiled(fault: string, start: number, end: number, from: number): number {
    const resume = this.#depth > 0 ? this.#nextEntry(from) : this.#nextLine(from);
    if (resume < 0) return MORE;
    this.#at = resume;
    return this.#faulty(fault, start, end);
  }

  /** Ends an entry whose parenthesis stays open: only what stands before it is sure to belong together. */
  #unclosed(line: number): number {
    const resume = this.#nextEntry(this.#opened);
    if (resume < 0) return MORE;
    this.#waryUntil = Math.max(this.#waryUntil, line);
    this.#at = resume;
    let kept = 0;
    while (kept < this.count && (this.starts[kept] as number) < this.#opened) kept++;
    this.count = kept;
    const fault = "This parenthesis is never closed: put a ) behind the record's last field.";
    return this.#faulty(fault, this.#opened, this.#opened + 1);
  }

  #faulty(fault: string, start: number, end: number): number {
    this.#line = this.line + this.#linesBetween(this.start, this.#at);
    this.fault = fault;
    this.faultStart = start;
    this.faultEnd = end;
    return READ;
  }

  #finish(at: number, line: number): number {
    if (this.#depth > 0) {
      return this.#unclosed(Number.POSITIVE_INFINITY);
    }
    this.#at = at;
    this.#line = line;
    if (this.count === 0) return END;
    return READ;
  }

  /** The start of the line after `from`, or -1 where the window ends too early. */
  #nextLine(from: number): number {
    const lineEnd = this.bytes.indexOf(0x0a, from);
    if (lineEnd >= 0 && lineEnd < this.#end) return lineEnd + 1;
    return this.#last ? this.#end : -1;
  }

  #nextEntry(from: number): number {
    let at = this.#nextLine(from);
    while (at >= 0 && at < this.#end) {
      const starts = this.#startsEntry(at, false);
      if (starts !== 0) return starts > 0 ? at : -1;
      at = this.#nextLine(at);
    }
    return at;
  }

  /**
   * Whether a line inside parentheses can only be the start of another entry: a directive, or an owner with class
   * (`certain`) or type behind it. 0 no, 1 yes, -1 where the window ends too early.
   */
  #startsEntry(line: number, certain: boolean): number {
    const { bytes } = this;
    if (line >= this.#end) return this.#last ? 0 : -1;
    if ((kinds[bytes[line] as number] as number) > ESCAPE) return 0;
    let at = line;
    let classed = false;
    for (let word = 0; word < 4; word++) {
      while (at < this.#end && kinds[bytes[at] as number] === BLANK) at++;
      const start = at;
      while (at < this.#end && (kinds[bytes[at] as number] as number) <= ESCAPE) at++;
      if (at >= this.#end && !this.#last) return at - line > LONGEST_STRING ? 0 : -1;
      if (word === 0) {
        if (directives.some((name) => isSpelled(bytes, start, at, name))) return 1;
      } else if (at === start) return 0;
      else if (classCode(bytes, start, at) > 0) classed = true;
      else if (typeCode(bytes, start, at) >= 0) return classed || !certain ? 1 : 0;
      else if (readTtl(bytes, start, at) < 0) return 0;
    }
    return 0;
  }

  /** Whether the entry has got as far as its type, so that another one may follow. */
  #hasType(): boolean {
    const first = this.inherits ? 0 : 1;
    for (let token = first; token < Math.min(this.count, first + 3); token++) {
      if (typeCode(this.bytes, this.starts[token] as number, this.ends[token] as number) >= 0) return true;
    }
    return false;
  }

  #push(start: number, end: number, flags: number): void {
    const token = this.count++;
    if (token >= this.starts.length) this.#grow();
    this.starts[token] = start;
    this.ends[token] = end;
    this.flags[token] = flags;
  }

  #grow(): void {
    const size = this.starts.length * 2;
    const { starts, ends, flags } = this;
    (this.starts = new Int32Array(size)).set(starts);
    (this.ends = new Int32Array(size)).set(ends);
    (this.flags = new Uint8Array(size)).set(flags);
  }
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const directives = ["$ORIGIN", "$TTL", "$INCLUDE", "$GENERATE"];
