/** The deliveries that were taken lately, by GitHub's id of each, so that one that comes again is not taken twice. */
export class Deliveries {
  readonly #taken = new Map<string, Promise<void>>();
  readonly #most: number;

  constructor(most = 20_000) {
    this.#most = most;
  }

  /**
   * Takes a delivery, unless that was done or is being done; resolves to whether it was taken by this call.
   * Throws what `take` throws, to all who wait for it; then the delivery may come again.
   */
  async once(id: string, take: () => Promise<void>): Promise<boolean> {
    const before = this.#taken.get(id);
    if (before) return (await before, false);
    const taking = take();
    this.#taken.set(id, taking);
    if (this.#taken.size > this.#most) this.#taken.delete(this.#taken.keys().next().value ?? "");
    try {
      await taking;
      return true;
    } catch (error) {
      this.#taken.delete(id);
      throw error;
    }
  }
}
