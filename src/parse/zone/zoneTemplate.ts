import { Buffer } from "node:buffer";
import type { ZoneScanner } from "./zoneScanner.ts";

const marks = ["{{", "{%", "{#", "<%", "${", "%{"].map((mark) => Buffer.from(mark));
const placeholder = /@[A-Z_]{2,}@/;

/** Whether a file may hold lines of a template language at all; then each entry is looked at. */
export function mayHoldTemplates(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return marks.some((mark) => text.includes(mark)) || holdsPlaceholder(text);
}

/** The template expression in a token from `first` on, if any. */
export function templateMark(entry: ZoneScanner, first = 0): string | undefined {
  for (let token = first; token < entry.count; token++) {
    const text = Buffer.from(entry.bytes.subarray(entry.starts[token], entry.ends[token]));
    const mark = marks.find((candidate) => text.includes(candidate));
    if (mark) return mark.toString();
    const held = placeholder.exec(text.toString("latin1"));
    if (held) return held[0];
  }
  return undefined;
}

function holdsPlaceholder(text: Buffer): boolean {
  for (let at = text.indexOf(0x40); at >= 0; at = text.indexOf(0x40, at + 1)) {
    const next = text[at + 1];
    if (next !== undefined && next >= 0x41 && next <= 0x5f && placeholder.test(text.toString("latin1", at, at + 80)))
      return true;
  }
  return false;
}
