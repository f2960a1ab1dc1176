import { Buffer } from "node:buffer";
import { isWithin, type Name } from "../../model/name.ts";
import { CanonicalText, viewOf } from "./canonicalText.ts";
import {
  classCode,
  className,
  isMetaType,
  isMisspeltType,
  isObsoleteType,
  isSpelled,
  RecordType,
  typeCode,
  typeName,
} from "./recordTypes.ts";
import { readDirective } from "./zoneDirectives.ts";
import { readEncoding } from "./zoneEncoding.ts";
import { type Origin, originOf, writeNameToken } from "./zoneName.ts";
import { ZoneRdata } from "./zoneRdata.ts";
import { QUOTED } from "./zoneBytes.ts";
import { ZoneScanner } from "./zoneScanner.ts";
import type { ZoneFile, ZoneHabits, ZoneSink } from "./zoneSink.ts";
import { templateMark } from "./zoneTemplate.ts";
import { shown } from "./zoneToken.ts";
import { readTtl } from "./zoneTtl.ts";

/** More files than any zone has, and a bound for includes that multiply from level to level. */
const MOST_INCLUDES = 10_000;

/** Reads the entries of master files (RFC 1035 §5) into a sink. */
export class ZoneParser {
  /** Records are written at the end of this text; the sink empties it. */
  readonly out: CanonicalText = new CanonicalText();
  file!: ZoneFile;
  entry!: ZoneScanner;

  /** The record just read: where its text and the parts of it start in `out`. */
  recordStart = 0;
  ownerEnd = 0;
  rdataStart = 0;
  ttl = 0;
  rdclass = 1;
  type = 0;
  /** Which tokens of the entry are the TTL (-1: none) and the first field of the RDATA. */
  ttlToken = -1;
  rdataToken = 0;
  generated = false;
  /** Whether the RDATA is written as octets (RFC 3597 §5). */
  generic = false;

  readonly sink: ZoneSink;
  readonly habits: ZoneHabits;
  readonly #rdata: ZoneRdata = new ZoneRdata(this.out);
  readonly #open: ZoneFile[] = [];
  #included = 0;
  #generated = 0;
  #ttlMissed = false;

  readonly #zone: Name;
  /** The state that entries hand on (RFC 1035 §5.1, RFC 2308 §4): origin, last owner, `$TTL`, last TTL, last class. */
  base: Origin;
  owner: CanonicalText = new CanonicalText();
  /** False where the last owner stated could not be read. */
  hasOwner = false;
  defaultTtl = -1;
  #lastTtl = -1;
  #class = 1;

  constructor(origin: Name, habits: ZoneHabits, sink: ZoneSink) {
    this.#zone = origin;
    this.base = originOf(origin);
    this.habits = habits;
    this.sink = sink;
  }

  /** The present origin in canonical form. */
  get origin(): Name {
    const { view } = this.base;
    return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString("latin1");
  }

  read(file: ZoneFile): void {
    const outer = this.file;
    this.file = file;
    this.#open.push(file);
    if (!file.complete) file.refill(0);
    const outerEntry = this.entry;
    this.entry = new ZoneScanner(file);
    const { start, fault } = readEncoding(file);
    if (fault !== undefined)
      this.sink.problem(fault, 0, start < 0 ? 2 : start, start < 0 ? "file" : "record", undefined);
    if (start >= 0) {
      const entry = (this.entry = new ZoneScanner(file, start));
      while (entry.next()) this.#entry();
    }
    this.entry = outerEntry;
    this.#open.pop();
    this.file = outer;
  }

  /** Why one more file may not be opened, if so. */
  mayOpen(): string | undefined {
    const { maxIncludeDepth } = this.habits;
    if (this.#open.length > maxIncludeDepth) return `files may include each other ${maxIncludeDepth} levels deep`;
    return this.#included++ < MOST_INCLUDES ? undefined : `a zone may include ${MOST_INCLUDES} files`;
  }

  isOpen(file: ZoneFile): boolean {
    return this.#open.some((open) => open.identity === file.identity);
  }

  /** Whether `$GENERATE` may make so many more records. */
  mayGenerate(records: number): boolean {
    return (this.#generated += records) <= this.habits.maxGenerated;
  }

  #entry(): void {
    const { entry } = this;
    const { bytes, starts, flags } = entry;
    this.generated = false;
    if (this.file.templated && !this.habits.strict && this.#template()) return;
    const directive =
      !entry.inherits &&
      entry.count > 0 &&
      bytes[starts[0] as number] === 0x24 &&
      ((flags[0] as number) & QUOTED) === 0;
    if (directive && entry.fault === undefined) return readDirective(this);
    if (directive) return this.problemAt(entry.fault as string, entry.faultStart, entry.faultEnd, "file");
    if (!this.#ownerOf()) return;
    if (entry.fault !== undefined) return this.problemAt(entry.fault, entry.faultStart, entry.faultEnd);
    this.#record();
  }

  /** Sets the owner that the entry names (RFC 1035 §5.1: without one, the last stated owner stands). */
  #ownerOf(): boolean {
    const { entry } = this;
    if (entry.inherits) {
      if (this.hasOwner) return true;
      if (entry.fault !== undefined) this.problemAt(entry.fault, entry.faultStart, entry.faultEnd);
      else if (this.file.templated && !this.habits.strict) this.unknown("its owner stands in a template", true);
      else this.problem("This record names no owner, and no owner that could be read stands before it.", 0);
      return false;
    }
    this.owner.length = 0;
    this.hasOwner = false;
    if (entry.count === 0) {
      this.problemAt(entry.fault as string, entry.faultStart, entry.faultEnd);
      return false;
    }
    this.owner.reserve(((entry.ends[0] as number) - (entry.starts[0] as number)) * 4 + 2048);
    const fault = writeNameToken(entry, 0, this.base, this.owner);
    this.hasOwner = fault === undefined;
    if (fault !== undefined) this.problem(fault, 0);
    return fault === undefined;
  }

  /** `[TTL] [class] type RDATA`, TTL and class in either order (RFC 1035 §5.1). */
  #record(): void {
    const { entry } = this;
    const token = this.head(entry.inherits ? 0 : 1);
    if (token < 0) return;
    this.rdataToken = token;
    this.write(entry, this.owner);
  }

  /** Reads TTL, class and type from a token on; the token after them, or -1. */
  head(first: number): number {
    const { bytes, starts, ends, count } = this.entry;
    let token = first;
    let rdclass = 0;
    this.ttlToken = -1;
    this.ttl = -1;
    if (token < count && (rdclass = classCode(bytes, starts[token] as number, ends[token] as number)) > 0) token++;
    if (token < count) {
      const ttl = readTtl(bytes, starts[token] as number, ends[token] as number);
      if (ttl >= 0) {
        this.ttl = ttl;
        this.ttlToken = token++;
      }
    }
    if (
      rdclass === 0 &&
      token < count &&
      (rdclass = classCode(bytes, starts[token] as number, ends[token] as number)) > 0
    )
      token++;
    if (token >= count) return this.#typeMissing(token);
    this.type = typeCode(bytes, starts[token] as number, ends[token] as number);
    if (this.type < 0) return this.#noType(token);
    if (isMetaType(this.type) || isObsoleteType(this.type)) return this.#noDataType(token);
    // The class is the last stated one (RFC 1035 §5.1).
    this.rdclass = rdclass > 0 ? (this.#class = rdclass) : this.#class;
    if (this.ttl >= 0) this.#lastTtl = this.ttl;
    return token + 1;
  }

  #typeMissing(token: number): number {
    const what = token > 0 ? `Nothing follows ${this.shown(token - 1)}` : "The record ends";
    this.problem(`${what}: a record needs a type and its data.`, token - 1);
    return -1;
  }

  #noType(token: number): number {
    const text = this.shown(token);
    const byte = this.entry.bytes[this.entry.starts[token] as number] as number;
    if (byte >= 0x30 && byte <= 0x39) {
      this.problem(`${text} is no TTL: use seconds or units such as 1h30m.`, token);
    } else if (byte === 0x24 && token === 0) {
      this.problem(`${text} stands behind a blank: directives start in the first column.`, token);
    } else if (!this.habits.strict && !isMisspeltType(this.#word(token))) {
      this.unknown(`${text} is no registered record type`);
    } else if (/^`(?:#|\/\/)/.test(this.shown(0)) && !this.entry.inherits) {
      this.problem("This is no comment: comments start with ;.", 0);
    } else {
      this.problem(`${text} is no registered record type: check the spelling, or write TYPE and its number.`, token);
    }
    return -1;
  }

  #word(token: number): string {
    const { bytes, starts, ends } = this.entry;
    return Buffer.from(bytes.subarray(starts[token], ends[token])).toString("latin1");
  }

  #noDataType(token: number): number {
    const text = this.shown(token);
    const why = isObsoleteType(this.type)
      ? `${text} is an obsolete type that no server loads (RFC 973): write an MX record.`
      : `${text} is a type for queries and messages, not for data: remove the record.`;
    this.problem(why, token);
    return -1;
  }

  /** Writes the record whose head is read, RDATA from `tokens`, and hands it to the sink. */
  write(tokens: ZoneScanner, owner: CanonicalText): boolean {
    const { out } = this;
    this.recordStart = out.length;
    out.reserve((tokens.end - tokens.start) * 4 + 8192);
    if (this.ttl < 0 && !this.#inheritTtl(tokens)) return false;
    out.copy(owner.view, 0, owner.length);
    this.ownerEnd = out.length;
    out.byte(0x20);
    out.decimal(this.ttl);
    const words = classAndType(this.rdclass, this.type);
    out.copy(words, 0, words.byteLength);
    this.rdataStart = out.length + 1;
    const fault = this.#rdata.read(tokens, this.rdataToken, this.type, this.rdclass, this.base);
    const misplaced = fault === undefined && this.type === RecordType.DS && this.#isAtTop();
    if (fault === undefined && !misplaced) {
      this.generic = this.#rdata.generic;
      this.sink.record();
      return true;
    }
    out.length = this.recordStart;
    if (misplaced)
      this.problem(
        "A DS record stands in the parent zone, never at the top of its own (RFC 4035 §2.4): remove it.",
        -1,
      );
    else this.problem(fault as string, this.generated ? -1 : Math.min(this.#rdata.token, tokens.count - 1));
    return false;
  }

  /** RFC 2308 §4: `$TTL`; without it the last stated TTL (RFC 1035 §5.1), or for the SOA record its own minimum, as BIND does. */
  #inheritTtl(tokens: ZoneScanner): boolean {
    if (this.defaultTtl >= 0) this.ttl = this.defaultTtl;
    else if (this.#lastTtl >= 0) this.ttl = this.#lastTtl;
    else if (this.type === RecordType.SOA) {
      const { out } = this;
      const from = out.length;
      const fault = this.#rdata.read(tokens, this.rdataToken, this.type, this.rdclass, this.base);
      const minimum = Number(/\d+$/.exec(out.text(from, out.length))?.[0] ?? 0);
      out.length = from;
      this.ttl = minimum > 0x7fffffff ? 0 : minimum;
      if (fault === undefined) this.defaultTtl = this.ttl;
    } else {
      this.ttl = 0;
      // BIND passes over what lies outside the zone.
      if (
        this.habits.strict &&
        !this.#ttlMissed &&
        (this.generated || isWithin(this.#ownerName() ?? ".", this.#zone))
      ) {
        this.#ttlMissed = true;
        this.problem(
          "This record has no TTL and none stands before it: start the file with a line such as $TTL 1h.",
          this.rdataToken - 1,
        );
      }
    }
    return true;
  }

  #isAtTop(): boolean {
    return this.habits.strict && this.out.text(this.recordStart, this.ownerEnd) === this.#zone;
  }

  /** In lenient mode an entry with a template expression is unknown; so is its owner where the expression is in it. */
  #template(): boolean {
    const { entry } = this;
    const { bytes, starts, ends, count } = entry;
    const generate = count > 0 && isSpelled(bytes, starts[0] as number, ends[0] as number, "$GENERATE");
    const mark = templateMark(entry);
    if (mark === undefined || (generate && mark === "${")) return false;
    const whole = templateMark(entry, 1) !== undefined && count > 1 && !entry.inherits;
    if (!entry.inherits) {
      this.hasOwner = false;
      this.owner.length = 0;
      if (whole && bytes[starts[0] as number] !== 0x24 && !isTemplateStart(bytes, starts[0] as number)) {
        this.owner.reserve(((ends[0] as number) - (starts[0] as number)) * 4 + 2048);
        this.hasOwner = writeNameToken(entry, 0, this.base, this.owner) === undefined;
      }
    }
    this.unknown(`\`${mark}\` belongs to a template`, true);
    return true;
  }

  shown(token: number): string {
    return shown(this.entry.bytes, this.entry.tokenStart(token), this.entry.tokenEnd(token));
  }

  /** Reports a fault at a token, or at the whole entry for -1. */
  problem(fault: string, token: number, lost: "record" | "file" = this.generated ? "file" : "record"): void {
    const { entry } = this;
    const first = token < 0 ? 0 : token;
    const last = token < 0 ? entry.count - 1 : token;
    this.problemAt(fault, entry.tokenStart(first), entry.tokenEnd(last), lost);
  }

  problemAt(fault: string, start: number, end: number, lost: "record" | "file" = "record"): void {
    this.sink.problem(fault, start, end, lost, lost === "file" ? undefined : this.#ownerName());
  }

  unknown(reason: string, templated = false): void {
    const { entry } = this;
    const start = entry.count > 0 ? entry.tokenStart(0) : entry.start;
    const end = entry.count > 0 ? entry.tokenEnd(entry.count - 1) : entry.end;
    this.sink.unknown(reason, start, end, this.#ownerName(), templated);
  }

  #ownerName(): Name | undefined {
    return this.hasOwner ? this.owner.text(0, this.owner.length) : undefined;
  }
}

function isTemplateStart(bytes: Uint8Array, at: number): boolean {
  const byte = bytes[at];
  return byte === 0x7b || byte === 0x3c || byte === 0x25;
}

/** ` IN A` and the like, as nearly every record has it. */
const inWords: (DataView | undefined)[] = [];

function classAndType(rdclass: number, type: number): DataView {
  const known = rdclass === 1 ? inWords[type] : undefined;
  if (known) return known;
  const words = viewOf(Buffer.from(` ${className(rdclass)} ${typeName(type)}`));
  if (rdclass === 1 && type < 512) inWords[type] = words;
  return words;
}
