import { describe, expect, it, onTestFinished } from "vitest";
import { RedisQueue } from "../../src/queue/redisQueue.ts";
import { nordwindStory } from "../action/world.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { RedisServer, withoutRedis } from "./redisServer.ts";
import { serve } from "./serving.ts";

/** Where GitHub does what stood twice if it did it late. */
const ROUTES = [
  ["comments on lines", "pulls/{pull_number}/reviews"],
  ["a comment on a file", "pulls/{pull_number}/comments"],
  ["the summary", "issues/{issue_number}/comments"],
] as const;
const LONG = 60_000;
const soon = { timeout: 20_000, interval: 20 };

async function openWorld(route: string) {
  const serving = await serve(
    nordwindStory({ [ZONE]: zone({ id: "2" }), [POLICY]: policy({ mx: ["mx9.nordwind.de"] }) }),
  );
  const { standIn, target } = serving;
  const job = { kind: "pull", ...target, number: standIn.repository.openPull.number } as const;
  const kind = `POST /repos/{owner}/{repo}/${route}`;
  let land = (): void => {};
  standIn.fail({ kind, times: 1, held: new Promise<void>((resolve) => (land = resolve)) });
  return {
    serving,
    job,
    land,
    /** Resolves once GitHub has what it does late. */
    sent: async () => {
      await expect.poll(() => standIn.requests.some((request) => request.kind === kind), soon).toBe(true);
    },
    checks: async () => (await standIn.checks()).map(({ status }) => status),
    shown: async (): Promise<readonly string[]> => [
      ...(await standIn.reviewComments()).map(({ path, body }) => `${path} ${String(body).split("\n")[0]}`),
      ...(await standIn.comments()).map(() => "summary"),
    ],
  };
}

describe("a pull request whose process is gone while GitHub has not done yet what it sent, and is looked at by the next", () => {
  it.each(ROUTES)("%s", { timeout: LONG }, async (_, route) => {
    const { serving, job, land, sent, checks, shown } = await openWorld(route);
    const gone = new AbortController();
    const first = serving.do(job, { signal: gone.signal });
    await sent();
    gone.abort();
    const { again } = await serving.do(job);
    const once = await shown();
    expect(new Set(once).size).toBe(once.length);
    land();
    await expect(first).rejects.toThrow();
    expect(await shown()).toHaveLength(once.length + 1);
    expect(again).toEqual(new Date("2026-06-01T13:01:00Z"));
    expect(await serving.do(job)).toEqual({ again: undefined });
    expect(await shown()).toEqual(once);
    expect(await checks()).toEqual(["completed", "completed"]);
  });
});

describe.skipIf(withoutRedis)("the same on Redis, also where its head is another one now", () => {
  it.each([...ROUTES.map((each) => [...each, "died"] as const), [...ROUTES[2], "was told to end"] as const])(
    "%s by %s, when the worker %s",
    { timeout: LONG },
    async (_, route, how) => {
      const { serving, job, land, sent, checks, shown } = await openWorld(route);
      const redis = await RedisServer.start();
      onTestFinished(() => redis.close());
      const open = async (): Promise<RedisQueue> => {
        const queue = await RedisQueue.open(redis.url, { log: () => {}, lock: 3_000, stallCheck: 200 });
        onTestFinished(() => queue.stop(0));
        await expect.poll(() => queue.isReady(), soon).toBe(true);
        await queue.start((...todo) => serving.do(...todo));
        return queue;
      };
      const first = await open();
      await first.add(job);
      await sent();
      await serving.standIn.push([{ at: "2026-06-01T14:00:00Z", files: { "README.md": "more\n" } }]);
      const second = await open();
      if (how === "died") {
        const client = redis.client();
        await client.del(await client.keys("mta-sts-guard:jobs:*:lock"));
        client.disconnect();
      } else await first.stop(0);
      await expect.poll(checks, soon).toEqual(["completed"]);
      const once = await shown();
      expect(new Set(once).size).toBe(once.length);
      land();
      await expect.poll(shown, soon).toHaveLength(once.length + 1);
      await expect.poll(() => redis.bringDates(), soon).toBe(1);
      await expect.poll(shown, soon).toEqual(once);
      await expect.poll(checks, soon).toEqual(["completed", "completed"]);
      await expect.poll(() => second.state(), soon).toMatchObject({ waiting: 0, active: 0, delayed: 0 });
    },
  );
});
