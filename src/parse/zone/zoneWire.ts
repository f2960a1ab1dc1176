import { Buffer } from "node:buffer";
import type { CanonicalText } from "./canonicalText.ts";
import { RecordType } from "./recordTypes.ts";
import { writeIpv6Octets } from "./zoneAddress.ts";
import { writeOctet } from "./zoneName.ts";
import { ESCAPED, ODD } from "./zoneBytes.ts";
import type { ZoneScanner } from "./zoneScanner.ts";
import { escapeLength, escapedOctet } from "./zoneToken.ts";

/** Writes the character-string in a token, in quotes; how many octets it holds, or -1 where an escape is broken. */
export function writeString(entry: ZoneScanner, token: number, out: CanonicalText): number {
  const { bytes } = entry;
  const start = entry.starts[token] as number;
  const end = entry.ends[token] as number;
  out.byte(0x22);
  let octets = end - start;
  if (((entry.flags[token] as number) & (ODD | ESCAPED)) === 0) out.copy(entry.view, start, end);
  else {
    octets = 0;
    for (let at = start; at < end; octets++) {
      const escaped = bytes[at] === 0x5c;
      const octet = escaped ? escapedOctet(bytes, at, end) : (bytes[at] as number);
      if (octet < 0) return -1;
      writeQuotedOctet(octet, out);
      at += escaped ? escapeLength(bytes, at) : 1;
    }
  }
  out.byte(0x22);
  return octets;
}

/** Writes RDATA given as octets (RFC 3597 §5) in the normal form of its type; false where they do not fit the type. */
export function writeWire(type: number, rdclass: number, wire: Uint8Array, out: CanonicalText): boolean {
  const reader = new WireReader(wire, out);
  switch (type) {
    case RecordType.A:
      return rdclass === 1 ? wire.length === 4 && reader.ipv4() : reader.generic();
    case RecordType.AAAA:
      return rdclass === 1 ? wire.length === 16 && reader.ipv6() : reader.generic();
    case RecordType.NS:
    case RecordType.CNAME:
    case RecordType.DNAME:
    case RecordType.PTR:
      return reader.name() && reader.end();
    case RecordType.MX:
      return reader.number(2) && reader.name() && reader.end();
    case RecordType.RP:
      return reader.name() && reader.name() && reader.end();
    case RecordType.SRV:
      return reader.number(2) && reader.number(2) && reader.number(2) && reader.name() && reader.end();
    case RecordType.SOA:
      return reader.name() && reader.name() && [4, 4, 4, 4, 4].every((octets) => reader.number(octets)) && reader.end();
    case RecordType.TXT:
    case RecordType.SPF:
      return reader.strings();
    case RecordType.HINFO:
      return reader.string() && reader.string() && reader.end();
    case RecordType.CAA:
      return reader.number(1) && reader.tag() && reader.rest();
    case RecordType.TLSA:
      return reader.number(1) && reader.number(1) && reader.number(1) && reader.hex();
    case RecordType.DS:
      return reader.number(2) && reader.number(1) && reader.number(1) && reader.hex();
    case RecordType.SSHFP:
      return reader.number(1) && reader.number(1) && reader.hex();
    default:
      return reader.generic();
  }
}

/** Reads fields off the wire and writes each with a blank before it; a false answer means they were not there. */
class WireReader {
  readonly #wire: Uint8Array;
  readonly #out: CanonicalText;
  #at = 0;

  constructor(wire: Uint8Array, out: CanonicalText) {
    this.#wire = wire;
    this.#out = out;
  }

  end(): boolean {
    return this.#at === this.#wire.length;
  }

  number(octets: number): boolean {
    if (this.#at + octets > this.#wire.length) return false;
    let value = 0;
    for (let left = octets; left > 0; left--) value = value * 256 + (this.#wire[this.#at++] as number);
    this.#out.byte(0x20);
    this.#out.decimal(value);
    return true;
  }

  ipv4(): boolean {
    this.#out.byte(0x20);
    this.#out.ascii(this.#wire.join("."));
    return true;
  }

  ipv6(): boolean {
    this.#out.byte(0x20);
    writeIpv6Octets(this.#wire, this.#out);
    return true;
  }

  name(): boolean {
    this.#out.byte(0x20);
    const from = this.#at;
    for (;;) {
      const length = this.#wire[this.#at++];
      if (length === undefined || length > 63 || this.#at + length > this.#wire.length) return false;
      if (length === 0) break;
      for (let left = length; left > 0; left--) writeOctet(this.#wire[this.#at++] as number, this.#out);
      this.#out.byte(0x2e);
    }
    if (this.#at - from === 1) this.#out.byte(0x2e);
    return this.#at - from <= 255;
  }

  string(): boolean {
    const length = this.#wire[this.#at++];
    if (length === undefined || this.#at + length > this.#wire.length) return false;
    this.#quoted(this.#at + length);
    return true;
  }

  strings(): boolean {
    if (this.end()) return false;
    while (!this.end()) if (!this.string()) return false;
    return true;
  }

  tag(): boolean {
    const length = this.#wire[this.#at++];
    if (length === undefined || length === 0 || this.#at + length > this.#wire.length) return false;
    const tag = Buffer.from(this.#wire.subarray(this.#at, this.#at + length)).toString("latin1");
    this.#at += length;
    if (!/^[0-9A-Za-z]+$/.test(tag)) return false;
    this.#out.byte(0x20);
    this.#out.ascii(tag);
    return true;
  }

  rest(): boolean {
    this.#quoted(this.#wire.length);
    return true;
  }

  hex(): boolean {
    if (this.end()) return false;
    this.#out.byte(0x20);
    this.#out.ascii(Buffer.from(this.#wire.subarray(this.#at)).toString("hex").toUpperCase());
    return true;
  }

  generic(): boolean {
    this.#out.byte(0x20);
    this.#out.ascii(`\\# ${this.#wire.length}`);
    return this.#wire.length === 0 || this.hex();
  }

  #quoted(end: number): void {
    this.#out.byte(0x20);
    this.#out.byte(0x22);
    while (this.#at < end) writeQuotedOctet(this.#wire[this.#at++] as number, this.#out);
    this.#out.byte(0x22);
  }
}

function writeQuotedOctet(octet: number, out: CanonicalText): void {
  if (octet < 0x20 || octet >= 0x7f) return out.octet(octet);
  if (octet === 0x22 || octet === 0x5c) out.byte(0x5c);
  out.byte(octet);
}
