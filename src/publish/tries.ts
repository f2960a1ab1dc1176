import { type Refusal, refusalOf } from "./refusal.ts";

/** What cannot be told to have been done is tried again once, after a look. */
const MOST_TRIES = 2;

interface Try {
  readonly count: number;
  /** Undefined once it was done. */
  readonly refusal: Refusal | undefined;
}

/** What a run tried to write, and what became of it; anything may be the key of a write. */
export class Tries {
  readonly #tries = new Map<unknown, Try>();
  /** The kinds of writes that are of no use any more. */
  readonly #ended = new Map<string, Refusal>();
  /** Once GitHub asks to slow down, nothing else is sent. */
  #limit: Refusal | undefined;

  /** Whether a write may be tried: not done, and not refused for good. */
  may(key: unknown): boolean {
    const last = this.#tries.get(key);
    return !last || (last.refusal?.kind === "unclear" && last.count < MOST_TRIES);
  }

  /** Why a write failed at last. */
  refusal(key: unknown): Refusal | undefined {
    return this.#tries.get(key)?.refusal;
  }

  /** Whether what was tried last may have been done although it failed. */
  get isUnclear(): boolean {
    return [...this.#tries.values()].some(({ refusal, count }) => refusal?.kind === "unclear" && count < MOST_TRIES);
  }

  /** Lets go of what is to be tried in another way. */
  forget(keys: readonly unknown[]): void {
    for (const key of keys) this.#tries.delete(key);
  }

  one(kind: string, key: unknown, write: () => Promise<unknown>): Promise<Refusal | undefined> {
    return this.all(kind, [key], write);
  }

  /** One request that writes several things: all or none. Throws what is no refusal. */
  async all(kind: string, keys: readonly unknown[], write: () => Promise<unknown>): Promise<Refusal | undefined> {
    let refusal = this.#limit ?? this.#ended.get(kind);
    if (!refusal) {
      try {
        await write();
      } catch (error) {
        refusal = refusalOf(error);
        if (!refusal) throw error;
        // What another run removed first is gone, too.
        if (kind === "remove" && refusal.kind === "missing") refusal = undefined;
        if (refusal?.kind === "limit") this.#limit = refusal;
        if (refusal?.kind === "forbidden" || (refusal?.kind === "missing" && kind === "create"))
          this.#ended.set(kind, refusal);
      }
    }
    for (const key of keys) this.#tries.set(key, { count: (this.#tries.get(key)?.count ?? 0) + 1, refusal });
    return refusal;
  }
}
