import { Buffer } from "node:buffer";
import { fstatSync, readSync } from "node:fs";
import type { ZoneFile } from "../parse/zone/zoneSink.ts";

/** Big enough that its edges cost nothing, small enough for the processor's cache. */
const WINDOW = 1 << 18;

/** A file read through a window that moves over it, so that memory does not grow with the file. */
export class ZoneWindow implements ZoneFile {
  readonly path: string;
  readonly identity: string;
  readonly templated = false;
  readonly descriptor: number;
  bytes: Buffer;
  end = 0;
  complete = false;

  /** `path` is for messages; `real`, the path without links, tells one file from another. */
  constructor(path: string, descriptor: number, real: string) {
    this.path = path;
    this.identity = real;
    this.descriptor = descriptor;
    const stat = fstatSync(descriptor);
    // One byte more than a small file has, so that its end shows at once.
    this.bytes = Buffer.allocUnsafeSlow(stat.isFile() ? Math.min(WINDOW, Math.max(4096, stat.size + 1)) : WINDOW);
  }

  refill(keep: number): number {
    if (keep > 0) this.bytes.copyWithin(0, keep, this.end);
    this.end -= keep;
    if (this.end === this.bytes.length) {
      const grown = Buffer.allocUnsafeSlow(this.bytes.length * 2);
      this.bytes.copy(grown);
      this.bytes = grown;
    }
    const read = readSync(this.descriptor, this.bytes, this.end, this.bytes.length - this.end, null);
    this.end += read;
    this.complete = read === 0;
    return 0;
  }
}
