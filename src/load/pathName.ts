/**
 * File names are bytes to git and Unix, and text to us: UTF-8, each byte that is not UTF-8 as the lone surrogate
 * U+DC80 to U+DCFF (Python's "surrogateescape"), so that no two names meet and every name finds its way back.
 */

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const STRAY = /[\uDC80-\uDCFF]/u;

/** The text of a name's bytes. */
export function decodePath(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  if (!text.includes("\uFFFD")) return text;
  let exact = "";
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at] as number);
    const character = decodeStrictly(bytes.subarray(at, at + length));
    exact += character ?? String.fromCharCode(0xdc00 + (bytes[at] as number));
    at += character === undefined ? 1 : length;
  }
  return exact;
}

/** The bytes of a name that `decodePath` read. */
export function encodePath(path: string): Buffer {
  if (!STRAY.test(path)) return Buffer.from(path);
  const parts = Array.from(path, (character) =>
    STRAY.test(character) ? Buffer.from([character.charCodeAt(0) - 0xdc00]) : Buffer.from(character),
  );
  return Buffer.concat(parts);
}

/** Whether a name is UTF-8 and so can be an argument of a process. */
export function isUtf8Path(path: string): boolean {
  return !STRAY.test(path);
}

function sequenceLength(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function decodeStrictly(bytes: Buffer): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}
