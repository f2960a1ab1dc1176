import { expect, it, onTestFinished } from "vitest";
import { openQueue } from "../../src/queue/openQueue.ts";
import { pauseAfter, TRIES } from "../../src/queue/queue.ts";
import { RedisServer, withoutRedis } from "./redisServer.ts";

const pauses = () => Array.from({ length: TRIES - 1 }, (_, index) => pauseAfter(index + 1));

it("waits later and later, up to five minutes, half an hour in all, and not all jobs the same time", () => {
  const some = Array.from({ length: 20 }, pauses);
  for (const [index, least] of [5, 20, 80, 300, 300, 300, 300, 300, 300].entries())
    for (const each of some) {
      expect(each[index]).toBeGreaterThanOrEqual(least * 1000);
      expect(each[index]).toBeLessThanOrEqual(least * 1200);
    }
  expect(pauses()).toHaveLength(9);
  expect(pauses().reduce((sum, pause) => sum + pause, 0)).toBeGreaterThan(1_800_000);
  expect(new Set(some.map(([first]) => first)).size).toBeGreaterThan(10);
});

it.for([
  ["in this process", false],
  ["on Redis", true],
] as const)("is how a queue %s waits that is not told otherwise", async ([, onRedis], { skip }) => {
  skip(onRedis && withoutRedis, "redis-server is not installed");
  const server = onRedis ? await RedisServer.start() : undefined;
  onTestFinished(async () => server?.close());
  const lines: string[] = [];
  const queue = await openQueue(server?.url, { log: (line) => lines.push(line) });
  onTestFinished(async () => queue.stop(0));
  await expect.poll(() => queue.isReady(), { timeout: 10_000 }).toBe(true);
  await queue.start(async () => Promise.reject(new Error("no")));
  await queue.add({ kind: "sweep", installation: 7 });
  await expect.poll(() => lines.join(), { timeout: 4_000 }).toMatch(/try 1 of 10 failed: .*tried again in [56] s/);
  await expect.poll(() => lines.join(), { timeout: 20_000 }).toMatch(/try 2 of 10 failed: .*tried again in 2[0-4] s/);
});
