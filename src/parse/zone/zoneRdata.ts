import type { CanonicalText } from "./canonicalText.ts";
import { algorithms, digestLengths, digests } from "./dsCodes.ts";
import { RecordType, isSpelled, typeName, typeNames } from "./recordTypes.ts";
import { hexDigit, writeIpv4, writeIpv6 } from "./zoneAddress.ts";
import { type Origin, writeNameToken } from "./zoneName.ts";
import { QUOTED } from "./zoneBytes.ts";
import type { ZoneScanner } from "./zoneScanner.ts";
import { badEscape, escapeLength, escapedOctet, readNumber, shown } from "./zoneToken.ts";
import { readTime } from "./zoneTtl.ts";
import { writeString, writeWire } from "./zoneWire.ts";

/** What is wrong, or undefined. */
type Fault = string | undefined;

/** RDATA is counted in 16 bits (RFC 1035 §3.2.1). */
const LONGEST_RDATA = 0xffff;

/** Reads the RDATA of one record, field by field, and writes its canonical form, a blank before each field. */
export class ZoneRdata {
  /** The token that is at fault, or one past the last where one is missing. */
  token = 0;
  /** Whether the RDATA is written as octets (RFC 3597 §5). */
  generic = false;

  readonly #out: CanonicalText;
  #entry!: ZoneScanner;
  #origin!: Origin;
  #type = 0;
  /** How many octets the last string holds. */
  #octets = 0;

  constructor(out: CanonicalText) {
    this.#out = out;
  }

  /** Reads the tokens from `first` to the end of the entry as RDATA of a type in a class. */
  read(entry: ZoneScanner, first: number, type: number, rdclass: number, origin: Origin): Fault {
    this.#entry = entry;
    this.#origin = origin;
    this.#type = type;
    this.token = first;
    this.generic = this.#isGeneric();
    if (this.generic) return this.#generic(rdclass);
    switch (type) {
      case RecordType.A:
        return rdclass === 1 ? (this.#ipv4() ?? this.#end()) : this.#opaque();
      case RecordType.AAAA:
        return rdclass === 1 ? (this.#ipv6() ?? this.#end()) : this.#opaque();
      case RecordType.NS:
      case RecordType.CNAME:
      case RecordType.DNAME:
      case RecordType.PTR:
        return this.#name("the host name") ?? this.#end();
      case RecordType.MX:
        return this.#number("the preference", 0xffff) ?? this.#name("the mail host") ?? this.#end();
      case RecordType.TXT:
      case RecordType.SPF:
        return this.#strings();
      case RecordType.SRV:
        return this.#srv();
      case RecordType.SOA:
        return this.#soa();
      case RecordType.CAA:
        return this.#caa();
      case RecordType.TLSA:
        return this.#tlsa();
      case RecordType.DS:
        return this.#ds();
      case RecordType.SSHFP:
        return (
          this.#number("the algorithm", 255) ??
          this.#number("the fingerprint type", 255) ??
          this.#hex("the fingerprint")
        );
      case RecordType.HINFO:
        return this.#string("the CPU") ?? this.#string("the operating system") ?? this.#end();
      case RecordType.RP:
        return this.#name("the mailbox") ?? this.#name("the TXT name") ?? this.#end();
      default:
        return this.#opaque();
    }
  }

  /** RFC 2782. */
  #srv(): Fault {
    return (
      this.#number("the priority", 0xffff) ??
      this.#number("the weight", 0xffff) ??
      this.#number("the port", 0xffff) ??
      this.#name("the target") ??
      this.#end()
    );
  }

  /** RFC 1035 §3.3.13. */
  #soa(): Fault {
    return (
      this.#name("the primary name server") ??
      this.#name("the mailbox of the person responsible") ??
      this.#number("the serial", 0xffffffff) ??
      this.#time("the refresh interval") ??
      this.#time("the retry interval") ??
      this.#time("the expire limit") ??
      this.#time("the negative-caching TTL") ??
      this.#end()
    );
  }

  /** RFC 8659 §4.1: flags, tag, value. */
  #caa(): Fault {
    const fault = this.#number("the flags", 255) ?? this.#bare("the tag");
    if (fault !== undefined) return fault;
    const { bytes, starts, ends } = this.#entry;
    const start = starts[this.token] as number;
    const end = ends[this.token] as number;
    for (let at = start; at < end; at++) {
      if (!isAlphanumeric(bytes[at] as number))
        return `${shown(bytes, start, end)} is no CAA tag: use letters and digits only.`;
    }
    if (end - start > 255 || end === start) return "A CAA tag has 1 to 255 letters and digits.";
    this.#out.byte(0x20);
    this.#out.copy(this.#entry.view, start, end);
    this.token++;
    return this.#string("the value", LONGEST_RDATA) ?? this.#end();
  }

  /** RFC 6698 §2.2. */
  #tlsa(): Fault {
    return (
      this.#number("the certificate usage", 255) ??
      this.#number("the selector", 255) ??
      this.#number("the matching type", 255) ??
      this.#hex("the certificate association data")
    );
  }

  /** RFC 4034 §5.3. */
  #ds(): Fault {
    const fault =
      this.#number("the key tag", 0xffff) ??
      this.#code("the algorithm", algorithms) ??
      this.#code("the digest type", digests);
    if (fault !== undefined) return fault;
    const before = this.token - 1;
    const { bytes, starts, ends } = this.#entry;
    const digest = readNumber(bytes, starts[before] as number, ends[before] as number, 255);
    return this.#hex("the digest", digestLengths[digest] ?? 0);
  }

  #missing(what: string): Fault {
    if (this.token < this.#entry.count) return undefined;
    return `The ${typeName(this.#type)} record ends before ${what}: add it.`;
  }

  #end(): Fault {
    const { bytes, count } = this.#entry;
    if (this.token === count) return undefined;
    const extra = shown(bytes, this.#entry.tokenStart(this.token), this.#entry.tokenEnd(this.token));
    return `${extra} is one field too many for ${article(this.#type)} record: remove it, or put a ; before a comment.`;
  }

  /** Numbers, names and addresses stand without quotes. */
  #bare(what: string): Fault {
    const { token } = this;
    const entry = this.#entry;
    if (token >= entry.count) return this.#missing(what);
    if (((entry.flags[token] as number) & QUOTED) === 0) return undefined;
    return `${this.#shown()} stands in quotes: write ${what} without them.`;
  }

  #name(what: string): Fault {
    const fault = this.#bare(what);
    if (fault !== undefined) return fault;
    this.#out.byte(0x20);
    const wrong = writeNameToken(this.#entry, this.token, this.#origin, this.#out);
    if (wrong === undefined) this.token++;
    return wrong;
  }

  #number(what: string, most: number): Fault {
    const fault = this.#bare(what);
    if (fault !== undefined) return fault;
    const { bytes, starts, ends } = this.#entry;
    const value = readNumber(bytes, starts[this.token] as number, ends[this.token] as number, most);
    if (value < 0) return `${this.#shown()} is no number for ${what}: use 0 to ${most}.`;
    this.#out.byte(0x20);
    this.#out.decimal(value);
    this.token++;
    return undefined;
  }

  /** A number that also has names, as BIND writes them. */
  #code(what: string, codes: ReadonlyMap<string, number>): Fault {
    const fault = this.#bare(what);
    if (fault !== undefined) return fault;
    const { bytes, starts, ends } = this.#entry;
    const start = starts[this.token] as number;
    const end = ends[this.token] as number;
    for (const [name, code] of codes) {
      if (!isSpelled(bytes, start, end, name)) continue;
      this.#out.byte(0x20);
      this.#out.decimal(code);
      this.token++;
      return undefined;
    }
    return this.#number(what, 255);
  }

  #time(what: string): Fault {
    const fault = this.#bare(what);
    if (fault !== undefined) return fault;
    const { bytes, starts, ends } = this.#entry;
    const value = readTime(bytes, starts[this.token] as number, ends[this.token] as number);
    if (value === -1) return `${this.#shown()} is no time for ${what}: use seconds or units such as 1h30m.`;
    if (value < 0) return `${this.#shown()} is too long a time for ${what}: use at most 4294967295 seconds.`;
    this.#out.byte(0x20);
    this.#out.decimal(value);
    this.token++;
    return undefined;
  }

  #ipv4(): Fault {
    const fault = this.#bare("the IPv4 address");
    if (fault !== undefined) return fault;
    this.#out.byte(0x20);
    if (!writeIpv4(this.#entry, this.token, this.#out))
      return `${this.#shown()} is no IPv4 address: write four numbers up to 255, such as 192.0.2.1.`;
    this.token++;
    return undefined;
  }

  #ipv6(): Fault {
    const fault = this.#bare("the IPv6 address");
    if (fault !== undefined) return fault;
    this.#out.byte(0x20);
    if (!writeIpv6(this.#entry, this.token, this.#out))
      return `${this.#shown()} is no IPv6 address: write one such as 2001:db8::1.`;
    this.token++;
    return undefined;
  }

  /** RFC 1035 §3.3.14: one or more character-strings. */
  #strings(): Fault {
    let octets = 0;
    let fault: Fault;
    do {
      fault = this.#string("its text");
      octets += this.#octets + 1;
    } while (fault === undefined && octets <= LONGEST_RDATA && this.token < this.#entry.count);
    if (fault !== undefined || octets <= LONGEST_RDATA) return fault;
    this.token--;
    return `The text goes beyond the ${LONGEST_RDATA} octets that a record holds: shorten it.`;
  }

  #string(what: string, most = 255): Fault {
    const { token } = this;
    const entry = this.#entry;
    if (token >= entry.count) return this.#missing(what);
    this.#out.byte(0x20);
    const octets = writeString(entry, token, this.#out);
    if (octets < 0) return badEscape(entry.bytes, entry.starts[token] as number, entry.ends[token] as number);
    if (octets > most)
      return `This string has ${octets} octets, and ${most} is the most: split it into several strings.`;
    this.#octets = octets;
    this.token++;
    return undefined;
  }

  /** Hexadecimal digits, which may stand in several tokens; `octets` is how many there must be, or 0. */
  #hex(what: string, octets = 0): Fault {
    const fault = this.#bare(what);
    if (fault !== undefined) return fault;
    const { bytes, starts, ends, count } = this.#entry;
    const out = this.#out;
    out.byte(0x20);
    const from = out.length;
    for (; this.token < count; this.token++) {
      for (let at = starts[this.token] as number; at < (ends[this.token] as number); at++) {
        const byte = bytes[at] as number;
        if (hexDigit(byte) < 0) return `${this.#shown()} is no hexadecimal: use digits and a to f for ${what}.`;
        out.byte(byte >= 0x61 ? byte - 0x20 : byte);
      }
    }
    const digits = out.length - from;
    if (digits > 0 && digits % 2 === 0 && (octets === 0 || digits === octets * 2)) return undefined;
    this.token--;
    if (digits % 2 !== 0 || octets === 0)
      return `${capital(what)} has ${digits} hexadecimal digits: an octet takes two.`;
    return `${capital(what)} has ${digits} hexadecimal digits, and this type of it has ${octets * 2}.`;
  }

  /** Types that are not understood keep their tokens, one blank between them. */
  #opaque(): Fault {
    const { bytes, starts, ends, flags, count } = this.#entry;
    // UNSPEC has no presentation form of its own: no document defines one.
    if (!typeNames.has(this.#type) || this.#type === RecordType.UNSPEC) {
      return `RDATA of ${typeName(this.#type)} must be written as \\# LENGTH HEXADECIMAL (RFC 3597 §5).`;
    }
    if (this.token >= count) return this.#type === RecordType.APL ? undefined : this.#missing("its data");
    for (const first = this.token; this.token < count; this.token++) {
      // In key="value" (RFC 9460 §2.1) the quoted token continues the one before.
      const continues =
        this.token > first && this.#entry.tokenStart(this.token) === this.#entry.tokenEnd(this.token - 1);
      if (!continues) this.#out.byte(0x20);
      const start = starts[this.token] as number;
      const end = ends[this.token] as number;
      const quoted = ((flags[this.token] as number) & QUOTED) !== 0;
      const read = quoted
        ? writeString(this.#entry, this.token, this.#out) >= 0
        : writeToken(bytes, start, end, this.#out);
      if (!read) return badEscape(bytes, start, end);
    }
    return undefined;
  }

  #isGeneric(): boolean {
    const { bytes, starts, ends, flags, count } = this.#entry;
    if (this.token >= count || ((flags[this.token] as number) & QUOTED) !== 0) return false;
    const start = starts[this.token] as number;
    if (bytes[start] !== 0x5c || bytes[start + 1] !== 0x23 || ends[this.token] !== start + 2) return false;
    // BIND reads '\# text' as two strings where the type is known.
    const next = this.token + 1;
    return (
      !typeNames.has(this.#type) ||
      (next < count && readNumber(bytes, starts[next] as number, ends[next] as number, 0) !== -1)
    );
  }

  /** RFC 3597 §5: `\# LENGTH HEXADECIMAL`. */
  #generic(rdclass: number): Fault {
    this.token++;
    const fault = this.#missing("the length of its data");
    if (fault !== undefined) return fault;
    const entry = this.#entry;
    const { bytes, starts, ends, count } = entry;
    const length = readNumber(bytes, starts[this.token] as number, ends[this.token] as number, LONGEST_RDATA);
    if (length < 0) return `${this.#shown()} is no length: use 0 to ${LONGEST_RDATA}.`;
    const wire = new Uint8Array(length);
    let nibbles = 0;
    for (this.token++; this.token < count; this.token++) {
      for (let at = starts[this.token] as number; at < (ends[this.token] as number); at++) {
        const digit = hexDigit(bytes[at] as number);
        if (digit < 0) return `${this.#shown()} is no hexadecimal: use digits and a to f.`;
        if (nibbles < length * 2) wire[nibbles >> 1] = ((wire[nibbles >> 1] as number) << 4) | digit;
        nibbles++;
      }
    }
    if (nibbles !== length * 2) {
      this.token--;
      return `The data have ${nibbles} hexadecimal digits, and the length ${length} asks for ${length * 2}.`;
    }
    if (writeWire(this.#type, rdclass, wire, this.#out)) return undefined;
    this.token--;
    return `These octets are no RDATA of type ${typeName(this.#type)}.`;
  }

  #shown(): string {
    return shown(this.#entry.bytes, this.#entry.tokenStart(this.token), this.#entry.tokenEnd(this.token));
  }
}

function writeToken(bytes: Uint8Array, start: number, end: number, out: CanonicalText): boolean {
  for (let at = start; at < end;) {
    const byte = bytes[at] as number;
    const octet = byte === 0x5c ? escapedOctet(bytes, at, end) : byte;
    if (octet < 0) return false;
    if (octet <= 0x20 || octet >= 0x7f) out.octet(octet);
    else {
      if (byte === 0x5c) out.byte(0x5c);
      // A digit behind the backslash would read as \DDD.
      if (byte === 0x5c && octet >= 0x30 && octet <= 0x39) out.length--;
      out.byte(octet);
    }
    at += byte === 0x5c ? escapeLength(bytes, at) : 1;
  }
  return true;
}

function isAlphanumeric(byte: number): boolean {
  const letter = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x7a);
}

function article(type: number): string {
  const name = typeName(type);
  return `${/^[AFHLMNRSX]/.test(name) && name !== "RP" ? "an" : "a"} ${name}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
