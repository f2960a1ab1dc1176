import { Buffer } from "node:buffer";
import type { Name } from "../../model/name.ts";
import { CanonicalText, viewOf } from "./canonicalText.ts";
import type { ZoneScanner } from "./zoneScanner.ts";
import { badEscape, escapeLength, escapedOctet, shown } from "./zoneToken.ts";

/** What relative names end in: its canonical text and its length on the wire (RFC 1035 §3.1). */
export interface Origin {
  readonly view: DataView;
  readonly wire: number;
}

/** A name takes at most 255 octets, a label 63 (RFC 1035 §2.3.4). */
const LONGEST_NAME = 255;
const LONGEST_LABEL = 63;

const DOT = 0x2e;

/** Lower-case bytes of what stands for itself in a canonical name; 0 for the dot, for escapes and for what needs one. */
const plain = new Uint8Array(256);
for (let byte = 0x21; byte < 0x7f; byte++) {
  const character = String.fromCharCode(byte);
  if (!'.\\";@$()'.includes(character)) plain[byte] = character.toLowerCase().charCodeAt(0);
}

/** The origin that a canonical name makes. */
export function originOf(name: Name): Origin {
  const bytes = Buffer.from(name, "latin1");
  return { view: viewOf(bytes), wire: name === "." ? 1 : wireLength(bytes) };
}

/** The canonical form of a name as people write it, escapes and all; undefined where it is none. */
export function readName(text: string): Name | undefined {
  const bytes = Buffer.from(text);
  const out = new CanonicalText();
  out.reserve(bytes.length * 4 + 8);
  return writeName(bytes, 0, bytes.length, originOf("."), out) === undefined ? out.text(0, out.length) : undefined;
}

/** Writes the absolute canonical form of the name in a token; what is wrong with it, if anything. */
export function writeNameToken(
  entry: ZoneScanner,
  token: number,
  origin: Origin,
  out: CanonicalText,
): string | undefined {
  const start = entry.starts[token] as number;
  const end = entry.ends[token] as number;
  // A token without any flag is canonical as it stands, and on the wire one octet longer than its text.
  if (entry.flags[token] !== 0) return writeName(entry.bytes, start, end, origin, out);
  const absolute = entry.bytes[end - 1] === DOT;
  if (end - start + 1 + (absolute ? 0 : origin.wire) > LONGEST_NAME)
    return writeName(entry.bytes, start, end, origin, out);
  out.copy(entry.view, start, end);
  if (absolute) return undefined;
  out.byte(DOT);
  if (origin.wire > 1) out.copy(origin.view, 0, origin.view.byteLength);
  return undefined;
}

/** Writes the absolute canonical form of a name; what is wrong with it, if anything. */
export function writeName(
  bytes: Uint8Array,
  start: number,
  end: number,
  origin: Origin,
  out: CanonicalText,
): string | undefined {
  if (end - start <= 1) {
    if (end === start) return "An empty name stands here: write @ for the origin.";
    if (bytes[start] === DOT) return void out.byte(DOT);
    if (bytes[start] === 0x40) return void out.copy(origin.view, 0, origin.view.byteLength);
  }
  const to = out.bytes;
  let put = out.length;
  let label = 0;
  let wire = 1;
  for (let at = start; at < end;) {
    const byte = bytes[at] as number;
    const same = plain[byte] as number;
    if (same !== 0) {
      to[put++] = same;
      label++;
      at++;
    } else if (byte === DOT) {
      if (label === 0) return `${shown(bytes, start, end)} holds an empty label: remove a dot.`;
      if (label > LONGEST_LABEL) return longLabel(bytes, start, end, label);
      wire += label + 1;
      label = 0;
      to[put++] = DOT;
      at++;
    } else {
      const escaped = byte === 0x5c;
      const octet = escaped ? escapedOctet(bytes, at, end) : byte;
      if (octet < 0) return badEscape(bytes, start, end);
      at += escaped ? escapeLength(bytes, at) : 1;
      label++;
      out.length = put;
      writeOctet(octet, out);
      put = out.length;
    }
  }
  if (label > 0) {
    if (label > LONGEST_LABEL) return longLabel(bytes, start, end, label);
    wire += label + origin.wire;
    to[put++] = DOT;
    out.length = put;
    if (origin.wire > 1) out.copy(origin.view, 0, origin.view.byteLength);
    put = out.length;
  }
  if (wire > LONGEST_NAME) {
    return `${shown(bytes, start, end)} makes a name of ${wire} octets with its origin, and 255 is the most: shorten it.`;
  }
  out.length = put;
  return undefined;
}

/** Writes one octet of a label as it stands in a canonical name. */
export function writeOctet(octet: number, out: CanonicalText): void {
  const same = plain[octet] as number;
  if (same !== 0) out.byte(same);
  else if (octet <= 0x20 || octet >= 0x7f) out.octet(octet);
  else {
    out.byte(0x5c);
    out.byte(octet);
  }
}

function wireLength(name: Uint8Array): number {
  let octets = 1;
  for (let at = 0; at < name.length; octets++) at += name[at] === 0x5c ? escapeLength(name, at) : 1;
  return octets;
}

function longLabel(bytes: Uint8Array, start: number, end: number, label: number): string {
  return `${shown(bytes, start, end)} holds a label of ${label} octets, and 63 is the most: shorten it.`;
}
