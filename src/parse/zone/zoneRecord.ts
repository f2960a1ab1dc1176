import type { Name } from "../../model/name.ts";
import type { Source } from "../../model/source.ts";
import type { Located, Span } from "../../model/span.ts";
import type { TxtValue, ZoneRecord } from "../../model/zone.ts";
import { memory, ZoneScanner } from "./zoneScanner.ts";
import { TxtText } from "./zoneTxt.ts";

/** A record that keeps only where it stands; its spans are found again when somebody asks. */
export class ParsedRecord implements ZoneRecord {
  readonly owner: Name;
  readonly ttl: number;
  readonly class: string;
  readonly type: string;
  readonly rdata: string;
  readonly source: Source;
  readonly generated: boolean;
  readonly #generic: boolean;
  readonly #start: number;
  readonly #ttlToken: number;
  readonly #rdataToken: number;

  constructor(
    owner: Name,
    ttl: number,
    rdclass: string,
    type: string,
    rdata: string,
    source: Source,
    generated: boolean,
    generic: boolean,
    start: number,
    ttlToken: number,
    rdataToken: number,
  ) {
    this.owner = owner;
    this.ttl = ttl;
    this.class = rdclass;
    this.type = type;
    this.rdata = rdata;
    this.source = source;
    this.generated = generated;
    this.#generic = generic;
    this.#start = start;
    this.#ttlToken = ttlToken;
    this.#rdataToken = rdataToken;
  }

  get span(): Span {
    const entry = this.#entry();
    return this.#tokens(entry, 0, entry.count);
  }

  get ownerSpan(): Span | undefined {
    const entry = this.#entry();
    if (this.generated) return this.#tokens(entry, 0, entry.count);
    return entry.inherits ? undefined : this.#tokens(entry, 0, 1);
  }

  get ttlSpan(): Span | undefined {
    return this.#ttlToken < 0 ? undefined : this.#tokens(this.#entry(), this.#ttlToken, this.#ttlToken + 1);
  }

  get rdataSpan(): Span {
    const entry = this.#entry();
    return this.#tokens(entry, this.#rdataToken, entry.count);
  }

  get fields(): readonly Located<string>[] {
    const entry = this.#entry();
    const values = canonicalFields(this.rdata);
    // RDATA written as octets has no field of its own for each field of the type.
    if (this.generated || this.#generic) return values.map((value) => ({ value, span: this.rdataSpan }));
    const firsts = this.#fieldStarts(entry, values.length);
    return values.map((value, index) => ({
      value,
      span: this.#tokens(entry, firsts[index] as number, firsts[index + 1] ?? entry.count),
    }));
  }

  get txt(): TxtValue | undefined {
    if (this.type !== "TXT" && this.type !== "SPF") return undefined;
    const entry = this.#entry();
    const literal = !this.generated && !this.#generic;
    return new TxtText(
      this.source,
      canonicalFields(this.rdata),
      literal ? entry : undefined,
      this.#rdataToken,
      this.#tokens(entry, this.#rdataToken, entry.count),
    );
  }

  #entry(): ZoneScanner {
    const entry = new ZoneScanner(memory(this.source.bytes), this.#start);
    entry.next();
    return entry;
  }

  /** The first token of each field: fields are tokens, but a quoted one may continue a key, and hexadecimal data end in pieces. */
  #fieldStarts(entry: ZoneScanner, count: number): readonly number[] {
    const tokens = Array.from({ length: entry.count - this.#rdataToken }, (_, index) => this.#rdataToken + index);
    if (tokens.length === count) return tokens;
    const apart = tokens.filter((token, index) => index === 0 || entry.tokenStart(token) !== entry.tokenEnd(token - 1));
    return apart.length === count ? apart : tokens.slice(0, count);
  }

  #tokens(entry: ZoneScanner, first: number, end: number): Span {
    return this.source.span(entry.tokenStart(first), entry.tokenEnd(end - 1));
  }
}

/** The fields of canonical RDATA: what stands between blanks outside quotes. */
function canonicalFields(rdata: string): readonly string[] {
  return rdata.match(/(?:"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]|[^\s"\\])+/g) ?? [];
}
