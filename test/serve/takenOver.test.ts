import { describe, expect, it, onTestFinished } from "vitest";
import { RedisQueue } from "../../src/queue/redisQueue.ts";
import { nordwindStory } from "../action/world.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { RedisServer, withoutRedis } from "./redisServer.ts";
import { serve } from "./serving.ts";

const LONG = 60_000;
const soon = { timeout: 20_000, interval: 20 };

async function openWorld() {
  const serving = await serve(
    nordwindStory({ [ZONE]: zone({ id: "2" }), [POLICY]: policy({ mx: ["mx9.nordwind.de"] }) }),
  );
  const redis = await RedisServer.start();
  onTestFinished(() => redis.close());
  const { standIn, target } = serving;
  const open = async (): Promise<RedisQueue> => {
    const queue = await RedisQueue.open(redis.url, { log: () => {}, lock: 3_000, stallCheck: 200 });
    onTestFinished(() => queue.stop(0));
    await expect.poll(() => queue.isReady(), soon).toBe(true);
    return queue;
  };
  const job = { kind: "pull", ...target, number: standIn.repository.openPull.number } as const;
  const shown = async (): Promise<readonly string[]> => [
    ...(await standIn.reviewComments()).map(({ path, body }) => `${path} ${String(body).split("\n")[0]}`),
    ...(await standIn.comments()).map(() => "summary"),
  ];
  return { serving, redis, standIn, open, job, shown };
}

describe.skipIf(withoutRedis)("a pull request whose worker is gone while GitHub has not done yet what it sent", () => {
  it.each([
    ["comments on lines", "pulls/{pull_number}/reviews", "died"],
    ["a comment on a file", "pulls/{pull_number}/comments", "died"],
    ["the summary", "issues/{issue_number}/comments", "died"],
    ["the summary", "issues/{issue_number}/comments", "was told to end"],
  ])("%s by %s, when the worker %s", { timeout: LONG }, async (_, route, how) => {
    const kind = `POST /repos/{owner}/{repo}/${route}`;
    const { serving, redis, standIn, open, job, shown } = await openWorld();
    let land = (): void => {};
    standIn.fail({ kind, times: 1, held: new Promise<void>((resolve) => (land = resolve)) });
    const first = await open();
    await first.start((...todo) => serving.do(...todo));
    await first.add(job);
    await expect.poll(() => standIn.requests.some((request) => request.kind === kind), soon).toBe(true);
    const second = await open();
    await second.start((...todo) => serving.do(...todo));
    if (how === "died") {
      const client = redis.client();
      await client.del(await client.keys("mta-sts-guard:jobs:*:lock"));
      client.disconnect();
    } else await first.stop(0);
    await expect.poll(async () => (await standIn.checks()).map(({ status }) => status), soon).toEqual(["completed"]);
    const once = await shown();
    expect(new Set(once).size).toBe(once.length);
    land();
    await expect.poll(shown, soon).toHaveLength(once.length + 1);
    await expect.poll(() => redis.bringDates(), soon).toBe(1);
    await expect.poll(shown, soon).toEqual(once);
    await expect
      .poll(async () => (await standIn.checks()).map(({ status }) => status), soon)
      .toEqual(["completed", "completed"]);
    await expect.poll(() => second.state(), soon).toMatchObject({ waiting: 0, active: 0, delayed: 0 });
  });
});
