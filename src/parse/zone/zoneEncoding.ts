import type { ZoneInput } from "./zoneScanner.ts";

/** Where the text of a master file starts, or -1 where it is in no encoding a server reads, and what is wrong with it. */
export function readEncoding(file: ZoneInput): { readonly start: number; readonly fault: string | undefined } {
  const [first, second, third, fourth] = file.bytes.subarray(0, Math.min(file.end, 4));
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (
    marked ||
    (first === 0 && second !== 0 && third === 0) ||
    (first !== 0 && second === 0 && third !== 0 && fourth === 0)
  ) {
    return { start: -1, fault: "This file is in UTF-16, which name servers cannot read: save it as UTF-8." };
  }
  if (first !== 0xef || second !== 0xbb || third !== 0xbf) return { start: 0, fault: undefined };
  const fault =
    "The file starts with a byte order mark, which name servers take for a part of the first name: save it without.";
  return { start: 3, fault };
}
