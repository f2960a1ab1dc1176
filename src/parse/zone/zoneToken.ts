import { quote } from "../../model/quote.ts";

/** Enough of a token to know it by. */
const SHOWN = 240;

/** A token as a message may hold it. */
export function shown(bytes: Uint8Array, start: number, end: number): string {
  return quote(decoder.decode(bytes.subarray(start, Math.min(end, start + SHOWN))));
}

/** The octet that the escape at `at` stands for (RFC 1035 §5.1: `\X` or `\DDD`), or -1 where it is none. */
export function escapedOctet(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) return -1;
  const first = bytes[at + 1] as number;
  if (first < 0x30 || first > 0x39) return first;
  if (at + 3 >= end) return -1;
  const second = (bytes[at + 2] as number) - 0x30;
  const third = (bytes[at + 3] as number) - 0x30;
  if (second < 0 || second > 9 || third < 0 || third > 9) return -1;
  const value = (first - 0x30) * 100 + second * 10 + third;
  return value > 255 ? -1 : value;
}

/** How many bytes the escape at `at` takes. */
export function escapeLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at + 1] as number;
  return first >= 0x30 && first <= 0x39 ? 4 : 2;
}

/** What is wrong with a token whose escape no octet answers to. */
export function badEscape(bytes: Uint8Array, start: number, end: number): string {
  return `${shown(bytes, start, end)} holds a broken escape: write \\ and one character, or \\ and three digits up to 255.`;
}

/** The octets of a token with its escapes resolved, one character an octet. */
export function unescaped(bytes: Uint8Array, start: number, end: number): string {
  let text = "";
  for (let at = start; at < end;) {
    const octet = bytes[at] === 0x5c ? escapedOctet(bytes, at, end) : (bytes[at] as number);
    text += String.fromCharCode(octet < 0 ? 0x5c : octet);
    at += bytes[at] === 0x5c && octet >= 0 ? escapeLength(bytes, at) : 1;
  }
  return text;
}

/** The number that a token of digits spells: -1 where it is none, -2 where it is above `most`. */
export function readNumber(bytes: Uint8Array, start: number, end: number, most: number): number {
  if (start >= end) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    if (value <= most) value = value * 10 + digit;
  }
  return value > most ? -2 : value;
}

const decoder = new TextDecoder("utf-8");
