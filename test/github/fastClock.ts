import { setTimeout as pause } from "node:timers/promises";
import type { Clock } from "../../src/github/retries.ts";

/** A clock on which pauses take no time, and waiting for an answer as much less as a test says. */
export class FastClock implements Clock {
  /** The pauses, in ms. */
  readonly pauses: number[] = [];
  /** How long each try would have waited for its answer, in ms. */
  readonly waits: number[] = [];
  readonly #faster: number;
  #skipped = 0;

  constructor(faster = 1) {
    this.#faster = faster;
  }

  now(): number {
    return performance.now() * this.#faster + this.#skipped;
  }

  async pause(duration: number, end?: AbortSignal): Promise<void> {
    this.pauses.push(duration);
    const until = this.now() + duration;
    await pause(1, undefined, end && { signal: end });
    this.#skipped += Math.max(0, until - this.now());
  }

  signal(duration: number): AbortSignal {
    this.waits.push(duration);
    return AbortSignal.timeout(duration / this.#faster);
  }
}
