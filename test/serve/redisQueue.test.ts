import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type PullJob, keyOf } from "../../src/queue/job.ts";
import { RedisQueue } from "../../src/queue/redisQueue.ts";
import { Journal } from "./journal.ts";
import { RedisServer, withoutRedis } from "./redisServer.ts";

const WORKER = fileURLToPath(new URL("queueWorker.ts", import.meta.url));

function pull(number: number, installation = 1): PullJob {
  return { kind: "pull", installation, owner: "nordwind", repo: "dns", number };
}

async function until(what: () => unknown, timeout = 30_000): Promise<void> {
  await vi.waitFor(async () => expect(await what()).toBeTruthy(), { timeout, interval: 20 });
}

describe.skipIf(withoutRedis)("a queue on Redis", () => {
  let folder: string;
  let journal: Journal;
  let server: RedisServer;
  let queue: RedisQueue | undefined;
  const workers: ChildProcess[] = [];
  const lines: string[] = [];

  const open = async (): Promise<RedisQueue> => {
    queue = await RedisQueue.open(server.url, { log: (line) => lines.push(line), pause: () => 50 });
    return queue;
  };

  const startWorker = async ({ ms = 10, lock = 1_000, stallCheck = 300, grace = 0 } = {}): Promise<ChildProcess> => {
    const args = [WORKER, server.url, journal.path, ...[ms, lock, stallCheck, grace].map(String)];
    const worker = spawn(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
    workers.push(worker);
    await until(() => journal.read().some(({ what, worker: by }) => what === "ready" && by === worker.pid));
    return worker;
  };

  const killWorker = async (worker: ChildProcess): Promise<void> => {
    const gone = once(worker, "exit");
    worker.kill("SIGKILL");
    await gone;
    journal.tell("kill", "", worker.pid);
  };

  const add = async (job: PullJob): Promise<void> => {
    journal.tell("add", keyOf(job));
    await queue?.add(job);
  };

  const settled = async (): Promise<void> => {
    await until(async () => {
      await server.bringDates();
      const { waiting, active, delayed } = (await queue?.state()) ?? {};
      return waiting === 0 && active === 0 && delayed === 0;
    });
  };

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "mta-sts-guard-queue-"));
    journal = new Journal(join(folder, "journal"));
    lines.length = 0;
    server = await RedisServer.start();
  });

  afterEach(async () => {
    for (const worker of workers.splice(0)) worker.kill("SIGKILL");
    await server.kill("SIGCONT");
    await queue?.stop(0);
    queue = undefined;
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("has another worker do what one killed by SIGKILL was doing, and what waited for its places", async () => {
    await open();
    await until(() => queue?.isReady());
    for (const number of [1, 2, 3]) await add(pull(number));
    // More often than BullMQ would have it, for a worker may die for other reasons than its job.
    for (const begun of [2, 4, 6]) {
      const worker = await startWorker({ ms: 600_000 });
      await until(() => journal.of("begin").length === begun);
      await killWorker(worker);
    }
    await startWorker();
    await until(() => journal.of("end").length === 3);
    expect(journal.faults()).toEqual([]);
  });

  it("does 300 jobs by two workers: never two of one key, never three of an installation", async () => {
    await open();
    await until(() => queue?.isReady());
    await Promise.all([startWorker(), startWorker()]);
    for (let i = 0; i < 300; i++) await add(pull(i % 60, i % 7));
    await settled();
    expect(journal.faults()).toEqual([]);
    expect(
      new Set(
        journal
          .read()
          .filter(({ what }) => what === "begin")
          .map(({ worker }) => worker),
      ).size,
    ).toBe(2);
    expect(journal.of("begin").length).toBeLessThanOrEqual(300);
  });

  it("does all jobs while workers are killed at random", async () => {
    await open();
    await until(() => queue?.isReady());
    const alive = await Promise.all([startWorker({ ms: 40 }), startWorker({ ms: 40 })]);
    for (let i = 0; i < 120; i++) await add(pull(i, i % 5));
    for (let i = 0; i < 4; i++) {
      await sleep(150);
      const [oldest] = alive.splice(0, 1);
      await killWorker(oldest!);
      alive.push(await startWorker({ ms: 40 }));
    }
    await until(() => new Set(journal.of("end")).size === 120);
    await settled();
    expect(journal.faults()).toEqual([]);
  });

  it("hands back on SIGTERM what is not done in time, and another worker does it at once", async () => {
    await open();
    await until(() => queue?.isReady());
    const first = await startWorker({ ms: 600_000, lock: 120_000, grace: 200 });
    for (const number of [1, 2, 3]) await add(pull(number));
    await until(() => journal.of("begin").length === 2);
    await startWorker({ lock: 120_000 });
    const gone = once(first, "exit");
    first.kill("SIGTERM");
    expect(await gone).toEqual([0, null]);
    await until(() => journal.of("end").length === 3, 10_000);
    expect(journal.faults()).toEqual([]);
  });

  const press = { ...pull(1), kind: "press", checkRun: 1, button: "fix", by: "nora", byId: 7 } as const;
  it.each([
    ["a look at a pull request, and once more a minute later", pull(1), 1],
    ["the press of a button, and nothing more", press, 0],
  ])("has another worker do what was handed back: %s", async (_, job, dates) => {
    const first = await open();
    await until(() => first.isReady());
    const begun: string[] = [];
    await first.start(async (_job, { signal }) => {
      begun.push("first");
      await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("aborted"))));
      return {};
    });
    await first.add(job);
    await until(() => begun.length === 1);
    const second = await open();
    await until(() => second.isReady());
    await second.start(async () => (begun.push("second"), {}));
    await first.stop(0);
    await until(() => begun.length === 2);
    await until(async () => (await second.state()).active === 0);
    expect(await server.bringDates()).toBe(dates);
    await settled();
    expect(begun).toEqual(["first", ...Array.from({ length: 1 + dates }, () => "second")]);
  });

  it("ends in time what can be done in time, on SIGTERM", async () => {
    await open();
    await until(() => queue?.isReady());
    const first = await startWorker({ ms: 500, grace: 20_000 });
    for (const number of [1, 2, 3]) await add(pull(number));
    await until(() => journal.of("begin").length === 2);
    const gone = once(first, "exit");
    first.kill("SIGTERM");
    expect(await gone).toEqual([0, null]);
    expect(journal.of("end")).toHaveLength(2);
    expect(await queue?.state()).toMatchObject({ waiting: 1, active: 0 });
  });

  it("says at once that Redis is away at the start, and begins when it is there", async () => {
    await server.kill();
    const away = await open();
    const done: number[] = [];
    await away.start(async (job) => (done.push(job.installation), {}));
    expect(away.isReady()).toBe(false);
    const start = Date.now();
    await expect(away.add(pull(1))).rejects.toThrow("the queue is away: Redis does not answer");
    await expect(away.state()).rejects.toThrow("the queue is away");
    expect(Date.now() - start).toBeLessThan(500);
    await server.run();
    await until(() => away.isReady());
    await away.add(pull(1, 7));
    await until(() => done.length === 1);
    expect(done).toEqual([7]);
  });

  it("can be stopped while Redis is away", async () => {
    await server.kill();
    const away = await open();
    await away.start(async () => ({}));
    const start = Date.now();
    await away.stop(100);
    expect(Date.now() - start).toBeLessThan(6_000);
  });

  it("keeps what was added when Redis is killed in the middle, and goes on when it is back", async () => {
    const queue = await open();
    await until(() => queue.isReady());
    const begun: number[] = [];
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await queue.start(async (job) => {
      if (job.kind === "pull") begun.push(job.number);
      await released;
      return {};
    });
    for (const number of [1, 2, 3, 4]) await queue.add(pull(number));
    await queue.add(pull(5), new Date(Date.now() + 3_000));
    await until(() => begun.length === 2);
    await server.kill();
    await until(() => !queue.isReady());
    await expect(queue.add(pull(6))).rejects.toThrow("the queue is away");
    release();
    await sleep(300);
    await server.run();
    await until(() => queue.isReady());
    await queue.add(pull(7));
    await until(() => new Set(begun).size === 6);
    expect(begun.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 7]);
    expect(lines.filter((line) => line.startsWith("Redis"))).toEqual([
      expect.stringContaining("Redis does not answer: "),
      "Redis answers again",
    ]);
  });

  it("tells a run whose lock ran out while Redis was away, and begins no second one beside it", async () => {
    queue = await RedisQueue.open(server.url, { log: () => {}, lock: 1_000, stallCheck: 300 });
    await until(() => queue?.isReady());
    let atOnce = 0;
    let most = 0;
    const ended: boolean[] = [];
    let release = (): void => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    await queue.start(async (_job, { signal }) => {
      most = Math.max(most, ++atOnce);
      await released;
      atOnce--;
      ended.push(signal.aborted);
      return {};
    });
    await queue.add(pull(1));
    await until(() => atOnce === 1);
    await server.kill();
    await sleep(1_500);
    await server.run();
    await until(() => queue?.isReady());
    await sleep(3_000);
    release();
    await until(() => ended.length === 2);
    expect(ended).toEqual([true, false]);
    expect(most).toBe(1);
    await settled();
  });

  it("lets a run go on for longer than a lock lasts", async () => {
    queue = await RedisQueue.open(server.url, { log: () => {}, lock: 1_000, stallCheck: 60_000 });
    await until(() => queue?.isReady());
    const aborted: boolean[] = [];
    await queue.start(async (_job, { signal }) => {
      await sleep(3_000);
      aborted.push(signal.aborted);
      return {};
    });
    await queue.add(pull(1));
    await until(() => aborted.length === 1);
    expect(aborted).toEqual([false]);
  });

  it("tells a run at once when its lock is lost", async () => {
    queue = await RedisQueue.open(server.url, { log: () => {}, lock: 8_000, stallCheck: 60_000 });
    await until(() => queue?.isReady());
    let began = 0;
    let took = 0;
    await queue.start(async (_job, { signal }) => {
      began = performance.now();
      await sleep(20_000, undefined, { signal }).catch(() => {});
      took = performance.now() - began;
      return {};
    });
    await queue.add(pull(1));
    await until(() => began > 0);
    const client = server.client();
    for (const key of await client.keys("*:lock")) await client.del(key);
    client.disconnect();
    await until(() => took > 0);
    // It is asked for at half of its time; without that, the run would end when all of it is over.
    expect(took).toBeLessThan(7_000);
  });

  it("gives up to wait for a Redis that hangs", async () => {
    const queue = await open();
    await until(() => queue.isReady());
    await server.kill("SIGSTOP");
    const start = Date.now();
    await expect(queue.add(pull(1))).rejects.toThrow("the queue is away");
    expect(Date.now() - start).toBeLessThan(3_000);
    await until(() => !queue.isReady());
    await server.kill("SIGCONT");
    await until(() => queue.isReady());
    await queue.add(pull(2));
  });
});
