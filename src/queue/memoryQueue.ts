import { logSafe } from "../render/logSafe.ts";
import { type Job, keyOf } from "./job.ts";
import {
  CONCURRENCY,
  PER_INSTALLATION,
  type Queue,
  type QueueOptions,
  type QueueState,
  type Run,
  TRIES,
  pauseAfter,
} from "./queue.ts";

/** The longest time a timer of Node can wait, milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** How many jobs are held, some 60 MiB of them: the sweeper finds the rest. */
const MOST = 100_000;

interface Waiting {
  readonly job: Job;
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly since: number;
  /** How often it was tried. */
  readonly tries: number;
}

/** A queue in this process. What it holds ends with the process; the sweeper finds it again. */
export class MemoryQueue implements Queue {
  readonly #options: QueueOptions;
  readonly #most: number;
  /** By installation, then by key; the installation that was served last stands last. */
  readonly #waiting = new Map<number, Map<string, Waiting>>();
  /** Jobs between two tries, by key. */
  readonly #retries = new Map<string, NodeJS.Timeout>();
  readonly #dates = new Map<string, NodeJS.Timeout>();
  readonly #active = new Map<string, { readonly installation: number; readonly abort: AbortController }>();
  #count = 0;
  #run: Run | undefined;
  #stopped = false;
  #retried = 0;
  #dropped = 0;
  #whenIdle: (() => void) | undefined;

  constructor(options: QueueOptions, most = MOST) {
    this.#options = options;
    this.#most = most;
  }

  async add(job: Job, at?: Date): Promise<void> {
    if (this.#stopped) throw new Error("the queue takes nothing more: this process is being stopped");
    if (this.#isFull() && !this.#holds(job))
      throw new Error(`the queue takes nothing more: it holds ${this.#most} jobs`);
    this.#take(job, at);
  }

  async start(run: Run): Promise<void> {
    this.#run = run;
    this.#next();
  }

  async stop(grace: number): Promise<void> {
    this.#stopped = true;
    for (const timer of [...this.#dates.values(), ...this.#retries.values()]) clearTimeout(timer);
    if (this.#active.size === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, grace);
      this.#whenIdle = () => (clearTimeout(timer), resolve());
    });
    for (const { abort } of this.#active.values()) abort.abort();
  }

  async state(): Promise<QueueState> {
    const waiting = [...this.#waiting.values()].flatMap((jobs) => [...jobs.values()]);
    const oldest = waiting.reduce((least, { since }) => Math.min(least, since), Date.now());
    return {
      waiting: waiting.length,
      active: this.#active.size,
      delayed: this.#dates.size + this.#retries.size,
      oldestSeconds: Math.max(0, Date.now() - oldest) / 1000,
      retried: this.#retried,
      dropped: this.#dropped,
    };
  }

  isReady(): boolean {
    return !this.#stopped;
  }

  #isFull(): boolean {
    return this.#count + this.#retries.size + this.#dates.size >= this.#most;
  }

  #holds(job: Job): boolean {
    const key = keyOf(job);
    return this.#retries.has(key) || this.#dates.has(key) || this.#waiting.get(job.installation)?.has(key) === true;
  }

  #take(job: Job, at: Date | undefined): void {
    const key = keyOf(job);
    if (at === undefined || at.getTime() <= Date.now()) {
      // What is tried again soon is done after this, so it stands for it.
      if (!this.#retries.has(key)) this.#wait({ job, key, since: Date.now(), tries: 0 });
      return;
    }
    clearTimeout(this.#dates.get(key));
    const timer = setTimeout(
      () => {
        this.#dates.delete(key);
        this.#take(job, at);
      },
      Math.min(at.getTime() - Date.now(), LONGEST),
    );
    this.#dates.set(key, timer);
  }

  #wait(waiting: Waiting): void {
    const { installation } = waiting.job;
    const jobs = this.#waiting.get(installation) ?? new Map<string, Waiting>();
    this.#waiting.set(installation, jobs);
    if (!jobs.has(waiting.key)) {
      jobs.set(waiting.key, waiting);
      this.#count++;
    }
    this.#next();
  }

  #next(): void {
    while (this.#run && !this.#stopped && this.#active.size < (this.#options.concurrency ?? CONCURRENCY)) {
      const next = this.#pick();
      if (!next) return;
      void this.#do(next, this.#run);
    }
  }

  /** The next that may be done: the installations take turns. */
  #pick(): Waiting | undefined {
    for (const [installation, jobs] of this.#waiting) {
      const busy = [...this.#active.values()].filter((active) => active.installation === installation).length;
      if (busy >= PER_INSTALLATION) continue;
      const next = this.#idle(jobs);
      if (!next) continue;
      jobs.delete(next.key);
      this.#count--;
      this.#waiting.delete(installation);
      if (jobs.size > 0) this.#waiting.set(installation, jobs);
      return next;
    }
    return undefined;
  }

  #idle(jobs: ReadonlyMap<string, Waiting>): Waiting | undefined {
    for (const waiting of jobs.values()) if (!this.#active.has(waiting.key)) return waiting;
    return undefined;
  }

  async #do(waiting: Waiting, run: Run): Promise<void> {
    const { job, key } = waiting;
    const tries = waiting.tries + 1;
    const abort = new AbortController();
    this.#active.set(key, { installation: job.installation, abort });
    try {
      const { again } = await run(job, { last: tries >= TRIES, signal: abort.signal });
      if (again && !this.#stopped) this.#take(job, again);
    } catch (error) {
      this.#failed({ ...waiting, tries }, error);
    } finally {
      this.#active.delete(key);
      if (this.#active.size === 0) this.#whenIdle?.();
      this.#next();
    }
  }

  #failed(waiting: Waiting, error: unknown): void {
    const { key, tries } = waiting;
    const what = logSafe(`${key}: try ${tries} of ${TRIES} failed: ${String(error)}`);
    if (tries >= TRIES) {
      this.#dropped++;
      this.#options.log(`${what}; given up`);
      return;
    }
    // Whatever came meanwhile is done at once, and stands for this.
    if (this.#stopped || this.#waiting.get(waiting.job.installation)?.has(key)) return;
    this.#retried++;
    const pause = (this.#options.pause ?? pauseAfter)(tries);
    this.#options.log(`${what}; tried again in ${Math.round(pause / 1000)} s`);
    const timer = setTimeout(() => {
      this.#retries.delete(key);
      this.#wait(waiting);
    }, pause);
    this.#retries.set(key, timer);
  }
}
