import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Job, type PullJob, keyOf } from "../../src/queue/job.ts";
import { openQueue } from "../../src/queue/openQueue.ts";
import { type Queue, type Try, TRIES } from "../../src/queue/queue.ts";
import { RedisServer, withoutRedis } from "./redisServer.ts";

function pull(number: number, installation = 1): PullJob {
  return { kind: "pull", installation, owner: "nordwind", repo: "dns", number };
}

/** Something that a test opens by hand. */
class Gate {
  open!: () => void;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}

async function until(what: () => unknown): Promise<void> {
  await vi.waitFor(async () => expect(await what()).toBeTruthy(), { timeout: 10_000, interval: 10 });
}

describe.each([
  ["in this process", false],
  ["on Redis", true],
])("a queue %s", (_where, onRedis) => {
  let server: RedisServer | undefined;
  let queue: Queue;
  const lines: string[] = [];

  const open = async (concurrency?: number): Promise<Queue> => {
    const options = { log: (line: string) => lines.push(line), concurrency, pause: () => 20 };
    const opened = await openQueue(server?.url, options);
    await until(() => opened.isReady());
    return opened;
  };

  const state = async () => ({ ...(await queue.state()), oldestSeconds: 0 });

  beforeAll(async () => {
    if (onRedis && !withoutRedis) server = await RedisServer.start();
  });
  afterAll(() => server?.close());
  beforeEach(async ({ skip }) => {
    skip(onRedis && withoutRedis, "redis-server is not installed");
    await server?.empty();
    lines.length = 0;
    queue = await open();
  });
  afterEach(() => queue?.stop(0));

  it("does what was added, before or after it was started", async () => {
    const done: Job[] = [];
    await queue.add(pull(1));
    await queue.start(async (job) => (done.push(job), {}));
    await queue.add(pull(2));
    await queue.add({ kind: "merge-group", installation: 1, owner: "nordwind", repo: "dns", base: "b", head: "h" });
    await queue.add({ kind: "sweep", installation: 2 });
    await until(() => done.length === 4);
    expect(done).toContainEqual(pull(1));
    expect(done).toContainEqual({ kind: "sweep", installation: 2 });
    await until(async () => (await queue.state()).active === 0);
    expect(await state()).toEqual({ waiting: 0, active: 0, delayed: 0, oldestSeconds: 0, retried: 0, dropped: 0 });
  });

  it("takes keys of any characters apart", async () => {
    const done: string[] = [];
    const odd = ["a:b", "1", "ä/ö", "x".repeat(5000), "{a}", "a b"];
    for (const by of odd) await queue.add({ ...pull(1), kind: "press", checkRun: 1, button: "recheck", by, byId: 7 });
    await queue.start(async (job) => (done.push(job.kind === "press" ? job.by : ""), {}));
    await until(() => done.length === odd.length);
    expect(done.sort()).toEqual(odd.sort());
  });

  it("does one that waits once, however often it was added, and again when added later", async () => {
    let runs = 0;
    for (let i = 0; i < 50; i++) await queue.add(pull(1));
    expect(await state()).toMatchObject({ waiting: 1 });
    await queue.start(async () => (runs++, {}));
    await until(async () => runs === 1 && (await queue.state()).active === 0);
    await queue.add(pull(1));
    await until(async () => runs === 2 && (await queue.state()).active === 0);
  });

  it("does two runs for a thousand events of one pull request, the second after the last event", async () => {
    const gate = new Gate();
    let runs = 0;
    let atOnce = 0;
    let most = 0;
    await queue.start(async () => {
      runs++;
      most = Math.max(most, ++atOnce);
      await gate.opened;
      atOnce--;
      return {};
    });
    for (let i = 0; i < 10; i++) await Promise.all(Array.from({ length: 100 }, () => queue.add(pull(1))));
    await until(() => runs === 1);
    await queue.add(pull(1));
    gate.open();
    await until(() => runs === 2);
    await until(async () => (await state()).active === 0);
    await sleep(100);
    expect(runs).toBe(2);
    expect(most).toBe(1);
    expect(await state()).toMatchObject({ waiting: 0, active: 0, delayed: 0 });
  });

  it("does two of an installation at a time, and lets nobody wait for another's flood", async () => {
    const gate = new Gate();
    const begun: Job[] = [];
    await queue.start(async (job) => {
      begun.push(job);
      if (job.installation === 1) await gate.opened;
      return {};
    });
    await Promise.all(Array.from({ length: 200 }, (_, i) => queue.add(pull(i))));
    await queue.add(pull(1, 2));
    await until(() => begun.some((job) => job.installation === 2));
    await sleep(200);
    expect(begun.filter((job) => job.installation === 1)).toHaveLength(2);
    await until(async () => (await state()).active === 2);
    expect(await state()).toMatchObject({ waiting: 198, delayed: 0 });
    expect((await queue.state()).oldestSeconds).toBeGreaterThan(0.1);
    gate.open();
    await until(() => begun.length === 201);
  });

  it("lets installations take turns where the process is the bottleneck", async () => {
    await queue.stop(0);
    queue = await open(2);
    const begun: Job[] = [];
    for (let i = 0; i < 30; i++) await queue.add(pull(i, 1));
    for (let i = 0; i < 30; i++) await queue.add(pull(i, 2));
    await queue.add(pull(1, 3));
    await queue.start(async (job) => (begun.push(job), sleep(60, {})));
    await until(() => begun.length === 61);
    expect(begun.findIndex((job) => job.installation === 3)).toBeLessThan(15);
  });

  it("tries what throws again, and gives it up after the last try", async () => {
    const tries: Try[] = [];
    let sound = 0;
    await queue.start(async (job, attempt) => {
      if (job.kind === "sweep") return (sound++, {});
      tries.push(attempt);
      throw new Error("GitHub is\naway");
    });
    await queue.add(pull(1));
    await until(async () => (await state()).dropped === 1);
    expect(tries.map(({ last }) => last)).toEqual([...Array.from({ length: TRIES - 1 }, () => false), true]);
    expect(await state()).toEqual({
      waiting: 0,
      active: 0,
      delayed: 0,
      oldestSeconds: 0,
      retried: TRIES - 1,
      dropped: 1,
    });
    expect(lines.at(-1)).toBe(
      `pull 1 nordwind/dns 1: try ${TRIES} of ${TRIES} failed: Error: GitHub isU+000Aaway; given up`,
    );
    await queue.add({ kind: "sweep", installation: 1 });
    await until(() => sound === 1);
    await queue.add(pull(1));
    await until(() => tries.length > TRIES);
  });

  it("keeps a date while the same job is done now, and takes the newest date", async () => {
    const begun: number[] = [];
    const start = Date.now();
    await queue.add(pull(1), new Date(start + 60_000));
    await queue.add(pull(1), new Date(start + 1_500));
    await queue.start(async () => (begun.push(Date.now() - start), {}));
    expect(await state()).toMatchObject({ waiting: 0, delayed: 1 });
    await queue.add(pull(1));
    await until(() => begun.length === 1);
    expect(begun[0]).toBeLessThan(1_000);
    expect(await state()).toMatchObject({ delayed: 1 });
    await until(() => begun.length === 2);
    expect(begun[1]).toBeGreaterThanOrEqual(1_500);
    await queue.add(pull(1), new Date(Date.now() + 500));
    await queue.add(pull(1), new Date(Date.now() + 60_000));
    await sleep(1_700);
    expect(begun).toHaveLength(2);
  });

  it("does a job again at the moment that it asks for", async () => {
    const begun: number[] = [];
    await queue.start(async () => {
      begun.push(Date.now());
      return { again: begun.length === 1 ? new Date(Date.now() + 500) : undefined };
    });
    await queue.add(pull(1));
    await until(() => begun.length === 2);
    expect(begun[1]! - begun[0]!).toBeGreaterThanOrEqual(500);
    expect(await state()).toMatchObject({ waiting: 0, delayed: 0 });
  });

  it("waits for what is being done when it is stopped, and takes nothing new", { timeout: 30_000 }, async () => {
    const gate = new Gate();
    const begun: string[] = [];
    let aborted = false;
    await queue.start(async (job, { signal }) => {
      begun.push(keyOf(job));
      await gate.opened;
      aborted = signal.aborted;
      return {};
    });
    for (let i = 0; i < 5; i++) await queue.add(pull(i));
    await until(() => begun.length === 2);
    const stopped = queue.stop(60_000);
    await sleep(100);
    gate.open();
    await stopped;
    expect(begun).toHaveLength(2);
    expect(aborted).toBe(false);
    expect(queue.isReady()).toBe(false);
    await expect(queue.add(pull(9))).rejects.toThrow("being stopped");
  });

  it("does not wait when nothing is being done", { timeout: 20_000 }, async () => {
    await queue.start(async () => ({}));
    await queue.stop(60_000);
  });

  it("does not wait longer than it may, and tells the rest", async () => {
    let aborted = 0;
    let begun = 0;
    await queue.start(async (_job, { signal }) => {
      begun++;
      return new Promise((_, reject) => signal.addEventListener("abort", () => (aborted++, reject(new Error("over")))));
    });
    await queue.add(pull(1));
    await until(() => begun === 1);
    const start = Date.now();
    await queue.stop(200);
    expect(Date.now() - start).toBeLessThan(2_000);
    expect(aborted).toBe(1);
  });
});
