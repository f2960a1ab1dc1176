import { write, writeSync } from "node:fs";

/** How much may wait for a reader that is slow; what comes on top is lost, for the bot must not wait for it. */
const MOST = 2 ** 23;
const AGAIN = 20;

/** Lines to a file descriptor, by the process's other threads: Node itself waits for whoever reads a pipe. */
export class Output {
  readonly #fd: number;
  #waiting = "";
  #isWriting = false;
  #whenDone: (() => void) | undefined;

  constructor(fd: number) {
    this.#fd = fd;
  }

  write(line: string): void {
    if (this.#waiting.length < MOST) this.#waiting += line;
    if (!this.#isWriting) this.#next();
  }

  /** Resolves once everything is written, or after `patience` milliseconds. */
  async end(patience: number): Promise<void> {
    if (!this.#isWriting) return;
    await new Promise<void>((resolve) => {
      this.#whenDone = resolve;
      setTimeout(resolve, patience);
    });
  }

  /** Writes what waits before it returns: for a process that breaks. */
  endNow(): void {
    const text = this.#waiting;
    this.#waiting = "";
    try {
      writeSync(this.#fd, text);
    } catch {
      // Nobody reads it.
    }
  }

  #next(): void {
    const bytes = Buffer.from(this.#waiting);
    this.#waiting = "";
    this.#isWriting = bytes.length > 0;
    if (this.#isWriting) this.#put(bytes);
    else this.#whenDone?.();
  }

  #put(bytes: Buffer): void {
    write(this.#fd, bytes, (error, written) => {
      if (error?.code === "EAGAIN") setTimeout(() => this.#put(bytes), AGAIN);
      else if (error || written === bytes.length) this.#next();
      else this.#put(bytes.subarray(written));
    });
  }
}
