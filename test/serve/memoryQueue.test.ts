import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Job } from "../../src/queue/job.ts";
import { MemoryQueue } from "../../src/queue/memoryQueue.ts";

const PAUSE = 5_000;
const PULL: Job = { kind: "pull", installation: 1, owner: "nordwind", repo: "dns", number: 1 };

let queue: MemoryQueue;

beforeEach(() => {
  vi.useFakeTimers();
  queue = new MemoryQueue({ log: () => {}, pause: () => PAUSE });
});
afterEach(() => void vi.useRealTimers());

it("says how long the first one has waited, not the last addition of it", async () => {
  await queue.add(PULL);
  await vi.advanceTimersByTimeAsync(9_000);
  await queue.add(PULL);
  expect((await queue.state()).oldestSeconds).toBe(9);
});

it("does one that comes between two tries with the next try, for a flood must not use up the tries", async () => {
  let runs = 0;
  await queue.start(async () => {
    if (++runs === 1) throw new Error("GitHub is away");
    return {};
  });
  await queue.add(PULL);
  await vi.advanceTimersByTimeAsync(PAUSE - 1);
  await queue.add(PULL);
  await vi.advanceTimersByTimeAsync(0);
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(10 * PAUSE);
  expect(runs).toBe(2);
});

it("does one that came during a try that throws at once, and that is the next try, too", async () => {
  let runs = 0;
  await queue.start(async () => {
    if (++runs > 1) return {};
    await queue.add(PULL);
    throw new Error("GitHub is away");
  });
  await queue.add(PULL);
  await vi.advanceTimersByTimeAsync(0);
  expect(runs).toBe(2);
  await vi.advanceTimersByTimeAsync(10 * PAUSE);
  expect(runs).toBe(2);
});

it("leaves nothing behind that keeps the process alive", async () => {
  const ends: ((well: boolean) => void)[] = [];
  const again = new Date(Date.now() + 60_000);
  await queue.start(
    () =>
      new Promise((resolve, reject) => ends.push((well) => (well ? resolve({ again }) : reject(new Error("away"))))),
  );
  await queue.add(PULL);
  await queue.add({ ...PULL, number: 2 });
  await queue.add({ kind: "sweep", installation: 2 });
  await queue.add({ kind: "sweep", installation: 3 }, again);
  ends[2]?.(false);
  await vi.advanceTimersByTimeAsync(0);
  expect(await queue.state()).toMatchObject({ active: 2, delayed: 2 });
  const stopped = queue.stop(25_000);
  ends[0]?.(true);
  ends[1]?.(false);
  await stopped;
  expect(vi.getTimerCount()).toBe(0);
});

it("holds so many jobs and no more, whether they wait, have a date or are between two tries", async () => {
  const pull = (number: number): Job => ({ ...PULL, number, installation: number });
  queue = new MemoryQueue({ log: () => {}, pause: () => PAUSE, concurrency: 1 }, 3);
  await queue.add(pull(1));
  await queue.add(pull(2), new Date(Date.now() + 60_000));
  await queue.start(async () => Promise.reject(new Error("GitHub is away")));
  await vi.advanceTimersByTimeAsync(0);
  await queue.add(pull(3), new Date(Date.now() + 60_000));
  expect(await queue.state()).toMatchObject({ waiting: 0, delayed: 3 });
  await expect(queue.add(pull(4))).rejects.toThrow("it holds 3 jobs");
  await expect(queue.add(pull(4), new Date(Date.now() + 60_000))).rejects.toThrow("it holds 3 jobs");
  for (const number of [1, 2, 3]) await queue.add(pull(number), new Date(Date.now() + 70_000));
  await vi.advanceTimersByTimeAsync(3_600_000);
  expect(await queue.state()).toMatchObject({ waiting: 0, active: 0, delayed: 0 });
  await queue.add(pull(4));
});

it("holds no more that wait, and one that waits may be asked for again", async () => {
  const pull = (number: number): Job => ({ ...PULL, number });
  queue = new MemoryQueue({ log: () => {} }, 2);
  await queue.add(pull(1));
  await queue.add(pull(1));
  await queue.add(pull(2));
  await queue.add(pull(2));
  await expect(queue.add(pull(3))).rejects.toThrow("it holds 2 jobs");
  await queue.start(async () => ({}));
  await queue.add(pull(3));
});
