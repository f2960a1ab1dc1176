/** A map of what was used last: beyond `most` entries, the one that nobody used for longest goes. */
export class Latest<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #most: number;
  readonly #gone: (key: K, value: V) => void;

  /** @param gone hears of each entry that goes */
  constructor(most: number, gone: (key: K, value: V) => void = () => {}) {
    this.#most = most;
    this.#gone = gone;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#put(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#put(key, value);
    const [oldest] = this.#entries;
    if (this.#entries.size <= this.#most || !oldest) return;
    this.#entries.delete(oldest[0]);
    this.#gone(...oldest);
  }

  #put(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
  }
}
