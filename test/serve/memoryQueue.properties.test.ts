import fc from "fast-check";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type PullJob, keyOf } from "../../src/queue/job.ts";
import { MemoryQueue } from "../../src/queue/memoryQueue.ts";
import { PER_INSTALLATION } from "../../src/queue/queue.ts";

const CONCURRENCY = 3;
const PAUSE = 5_000;

type Step =
  | { readonly do: "add"; readonly number: number; readonly inSeconds: number | undefined }
  | { readonly do: "end"; readonly which: number; readonly well: boolean; readonly again: number | undefined }
  | { readonly do: "wait"; readonly seconds: number };

const seconds = fc.option(fc.integer({ min: -5, max: 60 }), { nil: undefined, freq: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("add" as const), number: fc.nat(7), inSeconds: seconds }),
  fc.record({ do: fc.constant("end" as const), which: fc.nat(5), well: fc.boolean(), again: seconds }),
  fc.record({ do: fc.constant("wait" as const), seconds: fc.nat(30) }),
);

/** Numbers 0 to 3 belong to one installation, the others to another. */
function pull(number: number): PullJob {
  return { kind: "pull", installation: number < 4 ? 1 : 2, owner: "nordwind", repo: "dns", number };
}

function inSeconds(seconds: number): Date {
  return new Date(Date.now() + seconds * 1_000);
}

/** A queue whose jobs end when the test says so, with what is owed to whoever added one. */
class Bench {
  readonly active: { readonly job: PullJob; readonly end: (well: boolean, again?: Date) => void }[] = [];
  readonly queue = new MemoryQueue({ log: () => {}, concurrency: CONCURRENCY, pause: () => PAUSE });
  readonly faults: string[] = [];
  /** Keys added for now and not begun since. */
  readonly owed = new Set<string>();
  /** Keys with a date, milliseconds, that has not been followed by a beginning. */
  readonly dates = new Map<string, number>();

  begin(job: PullJob): Promise<{ again?: Date | undefined }> {
    const key = keyOf(job);
    const others = this.active.filter((other) => other.job.installation === job.installation);
    if (others.some((other) => keyOf(other.job) === key)) this.faults.push(`two of ${key}`);
    if (others.length >= PER_INSTALLATION) this.faults.push(`too many of installation ${job.installation}`);
    if (this.active.length >= CONCURRENCY) this.faults.push("too many");
    this.owed.delete(key);
    if ((this.dates.get(key) ?? Infinity) <= Date.now()) this.dates.delete(key);
    return new Promise((resolve, reject) => {
      const end = (well: boolean, again?: Date): void => {
        this.active.splice(this.active.indexOf(mine), 1);
        if (well) this.note(job, again, again !== undefined);
        if (well) resolve({ again });
        else reject(new Error("GitHub is away"));
      };
      const mine = { job, end };
      this.active.push(mine);
    });
  }

  note(job: PullJob, at: Date | undefined, asked = true): void {
    if (!asked) return;
    if (at && at.getTime() > Date.now()) this.dates.set(keyOf(job), at.getTime());
    else this.owed.add(keyOf(job));
  }

  async step(step: Step): Promise<void> {
    if (step.do === "wait") return void (await vi.advanceTimersByTimeAsync(step.seconds * 1_000));
    const seconds = step.do === "add" ? step.inSeconds : step.again;
    const at = seconds === undefined ? undefined : inSeconds(seconds);
    if (step.do === "end") return this.active.at(step.which % (this.active.length || 1))?.end(step.well, at);
    this.note(pull(step.number), at);
    await this.queue.add(pull(step.number), at);
  }

  /** Notes a place that is free although somebody waits who could have it. */
  async look(): Promise<void> {
    for (const [key, at] of this.dates) {
      if (at > Date.now()) continue;
      this.dates.delete(key);
      this.owed.add(key);
    }
    const { active, delayed } = await this.queue.state();
    if (active !== this.active.length) this.faults.push(`${active} are active, it says`);
    // What is tried again soon stands for what was added meanwhile.
    const retries = delayed - this.dates.size;
    if (active === CONCURRENCY || retries > 0) return;
    const idle = [...this.owed].filter((key) => {
      const busy = this.active.map(({ job }) => keyOf(job)).filter((other) => other.startsWith(key.slice(0, 7)));
      return !busy.includes(key) && busy.length < PER_INSTALLATION;
    });
    this.faults.push(...idle.map((key) => `idle: ${key}`));
  }

  /** Ends all, until nothing is left to do. */
  async finish(): Promise<void> {
    for (let i = 0; i < 60; i++) {
      for (const { end } of this.active.slice()) end(true);
      await vi.advanceTimersByTimeAsync(PAUSE);
      const { waiting, active, delayed } = await this.queue.state();
      if (waiting + active + delayed === 0) return;
    }
    expect.fail("something is left to do");
  }
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("does everything that was added after it was added, never two of one key, never three of an installation", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60, size: "max" }), async (steps) => {
      const bench = new Bench();
      await bench.queue.start((job) => bench.begin(job as PullJob));
      for (const step of steps) {
        await bench.step(step);
        await vi.advanceTimersByTimeAsync(0);
        await bench.look();
      }
      await bench.finish();
      expect([...bench.faults, ...bench.owed, ...bench.dates.keys()]).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

it("holds a date that is further away than a timer of Node can wait", async () => {
  const bench = new Bench();
  await bench.queue.start((job) => bench.begin(job as PullJob));
  await bench.queue.add(pull(1), inSeconds(40 * 86_400));
  await vi.advanceTimersByTimeAsync(39 * 86_400_000);
  expect(bench.active).toEqual([]);
  await vi.advanceTimersByTimeAsync(86_400_000);
  expect(bench.active).toHaveLength(1);
});
