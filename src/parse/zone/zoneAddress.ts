import type { CanonicalText } from "./canonicalText.ts";
import type { ZoneScanner } from "./zoneScanner.ts";

const words = new Uint16Array(8);

/** Writes the IPv4 address in a token; false where it is none. Like inet_pton, no leading zeros: some read them as octal. */
export function writeIpv4(entry: ZoneScanner, token: number, out: CanonicalText): boolean {
  const start = entry.starts[token] as number;
  const end = entry.ends[token] as number;
  if (!readIpv4(entry.bytes, start, end)) return false;
  out.copy(entry.view, start, end);
  return true;
}

/** Writes the IPv6 address (RFC 4291 §2.2) in a token as RFC 5952 §4 wants it; false where it is none. */
export function writeIpv6(entry: ZoneScanner, token: number, out: CanonicalText): boolean {
  if (!readIpv6(entry.bytes, entry.starts[token] as number, entry.ends[token] as number)) return false;
  writeWords(out);
  return true;
}

/** Writes the IPv6 address that 16 octets hold. */
export function writeIpv6Octets(octets: Uint8Array, out: CanonicalText): void {
  for (let word = 0; word < 8; word++) {
    words[word] = ((octets[word * 2] as number) << 8) | (octets[word * 2 + 1] as number);
  }
  writeWords(out);
}

function readIpv4(bytes: Uint8Array, start: number, end: number): boolean {
  let dots = 0;
  let value = 0;
  let digits = 0;
  let high = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x2e) {
      if (digits === 0 || ++dots > 3) return false;
      high = ((high << 8) | value) >>> 0;
      value = digits = 0;
      continue;
    }
    const digit = byte - 0x30;
    if (digit < 0 || digit > 9 || (digits > 0 && value === 0)) return false;
    value = value * 10 + digit;
    digits++;
    if (value > 255) return false;
  }
  if (dots !== 3 || digits === 0) return false;
  words[6] = high >>> 8;
  words[7] = ((high & 0xff) << 8) | value;
  return true;
}

function readIpv6(bytes: Uint8Array, start: number, end: number): boolean {
  let count = 0;
  let gap = -1;
  let value = 0;
  let digits = 0;
  let group = start;
  let at = start;
  if (bytes[at] === 0x3a && bytes[++at] !== 0x3a) return false;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    const digit = hexDigit(byte);
    if (digit >= 0) {
      if (++digits > 4) return false;
      value = (value << 4) | digit;
      continue;
    }
    if (byte === 0x3a) {
      if (digits === 0) {
        if (gap >= 0) return false;
        gap = count;
      } else {
        if (count === 7 || at + 1 === end) return false;
        words[count++] = value;
        value = digits = 0;
      }
      group = at + 1;
      continue;
    }
    if (byte !== 0x2e || count > 6 || !readIpv4(bytes, group, end)) return false;
    const [sixth, seventh] = [words[6] as number, words[7] as number];
    words[count++] = sixth;
    words[count++] = seventh;
    return spread(count, gap);
  }
  if (digits > 0) words[count++] = value;
  return spread(count, gap);
}

function spread(count: number, gap: number): boolean {
  if (gap < 0) return count === 8;
  if (count > 7) return false;
  const shift = 8 - count;
  for (let word = 7; word >= gap + shift; word--) words[word] = words[word - shift] as number;
  for (let word = gap; word < gap + shift; word++) words[word] = 0;
  return true;
}

function writeWords(out: CanonicalText): void {
  let best = 0;
  let longest = 1;
  for (let word = 0; word < 8; word++) {
    let run = 0;
    while (word + run < 8 && words[word + run] === 0) run++;
    if (run > longest) {
      best = word;
      longest = run;
    }
    word += run;
  }
  // RFC 5952 §5: an embedded IPv4 address keeps its dots.
  const mapped = best === 0 && (longest === 6 || (longest === 5 && words[5] === 0xffff));
  const until = mapped ? 6 : 8;
  for (let word = 0; word < until;) {
    if (longest > 1 && word === best) {
      out.byte(0x3a);
      word += longest;
      if (word === 8) out.byte(0x3a);
      continue;
    }
    if (word > 0) out.byte(0x3a);
    writeHex(words[word++] as number, out);
  }
  if (!mapped) return;
  for (let octet = 0; octet < 4; octet++) {
    out.byte(octet === 0 ? 0x3a : DOT);
    const word = words[6 + (octet >> 1)] as number;
    out.decimal(octet % 2 === 0 ? word >> 8 : word & 0xff);
  }
}

function writeHex(value: number, out: CanonicalText): void {
  if (value > 0xfff) out.byte(hexDigits[value >> 12] as number);
  if (value > 0xff) out.byte(hexDigits[(value >> 8) & 15] as number);
  if (value > 0xf) out.byte(hexDigits[(value >> 4) & 15] as number);
  out.byte(hexDigits[value & 15] as number);
}

/** The value of a hexadecimal digit, or -1. */
export function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

const DOT = 0x2e;
const hexDigits = new Uint8Array(16).map((_, digit) => "0123456789abcdef".charCodeAt(digit));
