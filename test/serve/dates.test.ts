import { expect, it, onTestFinished } from "vitest";
import { Dates } from "../../src/queue/dates.ts";
import { RedisServer, withoutRedis } from "./redisServer.ts";

it.skipIf(withoutRedis)("a date that is set while the one before it is due stays", async () => {
  const server = await RedisServer.start();
  onTestFinished(async () => server.close());
  const redis = server.client();
  onTestFinished(() => redis.disconnect());
  const dates = new Dates(redis, "test:");
  const job = { kind: "sweep", installation: 7 } as const;
  await dates.set("one", job, new Date(Date.now() - 1000));
  await dates.set("other", job, new Date(Date.now() - 1000));
  let isSet = false;
  await dates.due(async () => {
    if (!isSet) await dates.set("one", job, new Date(Date.now() + 60_000));
    isSet = true;
  });
  expect(await dates.count()).toBe(1);
  const again: unknown[] = [];
  await dates.due(async (due) => void again.push(due));
  expect(again).toEqual([]);
});
