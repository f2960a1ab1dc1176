import { Buffer } from "node:buffer";

/** The bytes as a view, from which they are copied four at a time. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A growing run of bytes into which canonical text is written; whoever writes reserves first. */
export class CanonicalText {
  bytes: Buffer;
  view: DataView;
  length = 0;

  constructor(capacity: number = 1 << 16) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
    this.view = viewOf(this.bytes);
  }

  /** Makes room for `more` bytes. */
  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + more));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
    this.view = viewOf(grown);
  }

  byte(value: number): void {
    this.bytes[this.length++] = value;
  }

  ascii(text: string): void {
    for (let at = 0; at < text.length; at++) this.bytes[this.length++] = text.charCodeAt(at);
  }

  copy(from: DataView, start: number, end: number): void {
    const to = this.view;
    let put = this.length;
    let at = start;
    for (const words = end - 3; at < words; at += 4, put += 4) to.setInt32(put, from.getInt32(at, true), true);
    for (; at < end; at++) to.setUint8(put++, from.getUint8(at));
    this.length = put;
  }

  decimal(value: number): void {
    let digits = 1;
    for (let power = 10; power <= value; power *= 10) digits++;
    const { bytes } = this;
    let rest = value;
    for (let put = this.length + digits - 1; put >= this.length; put--) {
      const tenth = Math.floor(rest / 10);
      bytes[put] = 0x30 + rest - tenth * 10;
      rest = tenth;
    }
    this.length += digits;
  }

  /** `\DDD` (RFC 1035 §5.1). */
  octet(value: number): void {
    const tens = Math.floor(value / 10);
    const hundreds = Math.floor(tens / 10);
    this.byte(0x5c);
    this.byte(0x30 + hundreds);
    this.byte(0x30 + tens - hundreds * 10);
    this.byte(0x30 + value - tens * 10);
  }

  text(start: number, end: number): string {
    return this.bytes.toString("latin1", start, end);
  }
}
