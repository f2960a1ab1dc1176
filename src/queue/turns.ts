/** How many things are done at a time in this process; whoever comes later waits, in order. */
export class Turns {
  readonly count: number;
  readonly #line: (() => void)[] = [];
  #free: number;

  constructor(count: number) {
    this.count = count;
    this.#free = count;
  }

  async take(): Promise<void> {
    this.#free--;
    if (this.#free < 0) await new Promise<void>((resolve) => this.#line.push(resolve));
  }

  leave(): void {
    this.#free++;
    this.#line.shift()?.();
  }

  /** Lets everybody go on at once. */
  end(): void {
    for (const go of this.#line.splice(0)) go();
  }
}
