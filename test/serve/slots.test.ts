import type { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Dates } from "../../src/queue/dates.ts";
import type { Job } from "../../src/queue/job.ts";
import { Slots } from "../../src/queue/slots.ts";
import { RedisServer, withoutRedis } from "./redisServer.ts";

const SWEEP: Job = { kind: "sweep", installation: 1 };

describe.skipIf(withoutRedis)("beside BullMQ's queue", () => {
  let server: RedisServer;
  let redis: Redis;
  let slots: Slots;

  beforeAll(async () => {
    server = await RedisServer.start();
    redis = server.client();
  });
  afterAll(async () => {
    redis.disconnect();
    await server.close();
  });
  beforeEach(async () => {
    await redis.flushall();
    slots = new Slots(redis, "q:");
    for (const id of ["a", "b", "c", "d"]) await redis.set(`q:${id}:lock`, "t");
  });

  it("a slot is free as soon as its job has no lock any more, whatever became of its worker", async () => {
    expect(await slots.take(1, "a", "t", 1)).toBeUndefined();
    expect(await slots.take(1, "b", "t", 2)).toBeUndefined();
    expect(await slots.take(1, "d", "t", 4)).toBe(0);
    expect(await slots.take(1, "c", "t", 3)).toBe(0);
    expect(await slots.take(2, "c", "t", 3)).toBeUndefined();
    await redis.del("q:a:lock");
    expect(await slots.take(1, "c", "t", 3)).toBeUndefined();
  });

  it("a slot is given back by whoever holds it, to the job that waits longest", async () => {
    await slots.take(1, "a", "t", 1);
    await slots.take(1, "b", "t", 2);
    await slots.take(1, "d", "t", 4);
    await slots.take(1, "c", "t", 3);
    expect(await slots.waiting()).toEqual({ count: 2, since: 3 });
    expect(await slots.leave(1, "a", "of a worker that was thought dead")).toBe("c");
    expect(await slots.take(1, "c", "t", 3)).toBe(0);
    expect(await slots.leave(1, "a", "t")).toBe("c");
    expect(await slots.take(1, "c", "t", 3)).toBeUndefined();
  });

  it("a date that was set while an earlier one was being taken stays", async () => {
    const dates = new Dates(redis, "q:");
    await dates.set("x", SWEEP, new Date(1));
    const added: Job[] = [];
    await dates.due(async (job) => {
      added.push(job);
      await dates.set("x", SWEEP, new Date(2));
    });
    expect(await dates.count()).toBe(1);
    await expect(dates.due(() => Promise.reject(new Error("away")))).rejects.toThrow("away");
    await dates.due(async (job) => void added.push(job));
    expect(added).toEqual([SWEEP, SWEEP]);
    expect(await dates.count()).toBe(0);
  });
});
