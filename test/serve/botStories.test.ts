import { readFileSync } from "node:fs";
import { expect, it, onTestFinished } from "vitest";
import { POLICY, policy } from "../nordwind.ts";
import { begin, nordwindStory } from "../action/world.ts";
import type { InstalledApp } from "../github/app.ts";
import type { StandIn } from "../github/standIn.ts";
import { BotProcess } from "./botProcess.ts";
import { RedisServer, withoutRedis } from "./redisServer.ts";
import { ask } from "./sender.ts";
import { expectNoSecrets } from "./testBot.ts";
import { Webhooks } from "./webhooks.ts";

/**
 * The bundled bot as a process, signed deliveries, and a GitHub that keeps what is written. The bot writes once a second, as
 * it does for users.
 */
const UNBUMPED = { [POLICY]: policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] }) };
const BUMPED = { at: "2026-06-01T14:00:00Z", files: { [POLICY]: policy() } };
const NO_DNS = { "README.md": "hello\n" };
const LONG = 240_000;

async function installed(files: Parameters<typeof nordwindStory>[0] = UNBUMPED) {
  const standIn = await begin(nordwindStory(files));
  const app = standIn.install();
  return { standIn, app, webhooks: new Webhooks(standIn, app) };
}

async function redis(running = true): Promise<RedisServer> {
  const server = await RedisServer.start(running);
  onTestFinished(() => server.close());
  return server;
}

/** Starts a bot whose first sweep finds nothing. */
async function startAfterSweep(standIn: StandIn, app: InstalledApp, url?: string): Promise<BotProcess> {
  const swept = (): number =>
    standIn.requests.filter(({ kind, status }) => kind === "graphql query" && status !== 0).length;
  const { openPull } = standIn.repository;
  const before = swept();
  openPull.closed = true;
  const bot = await BotProcess.start(standIn, app, url);
  await expect.poll(swept, { timeout: 30_000 }).toBeGreaterThan(before);
  openPull.closed = false;
  return bot;
}

/** The check runs on the head or another commit, newest first: "completed failure". */
const checks = async (standIn: StandIn, sha?: string) =>
  (await standIn.checks(sha)).map(({ status, conclusion }) => `${status} ${conclusion}`);

/** Whether there is nothing to do, and nothing is done. */
async function idle(bot: BotProcess): Promise<boolean> {
  const { body } = await ask(bot.port, "GET", "/metrics");
  return ["waiting", "active"].every((state) => body.includes(`mta_sts_guard_queue_jobs{state="${state}"} 0\n`));
}

async function eventually(standIn: StandIn, wanted: readonly string[], timeout = 60_000): Promise<void> {
  await expect.poll(async () => checks(standIn), { timeout, interval: 100 }).toEqual(wanted);
}

it("opened, sent twice, mended, asked for, pressed; each once", { timeout: LONG }, async () => {
  const { standIn, app, webhooks } = await installed();
  const bot = await startAfterSweep(standIn, app);
  const opened = await webhooks.pull("opened");
  expect((await bot.deliver(opened, "1")).status).toBe(202);
  await eventually(standIn, ["completed failure"]);
  expect((await bot.deliver(opened, "1")).status).toBe(202);
  expect((await standIn.comments()).length).toBe(1);
  await bot.deliver(await webhooks.check("accept-risk"));
  await eventually(standIn, ["completed success", "completed failure"]);
  await standIn.push([BUMPED]);
  await bot.deliver(await webhooks.pull("synchronize"));
  await eventually(standIn, ["completed success"]);
  // An old delivery that comes late is about the head that stands now.
  await bot.deliver(opened, "2");
  await eventually(standIn, ["completed success", "completed success"]);
  await bot.deliver(await webhooks.comment("nora", "Once more:\n/mta-sts recheck"));
  await eventually(
    standIn,
    Array.from({ length: 3 }, () => "completed success"),
  );
  await bot.deliver(await webhooks.suite());
  await eventually(
    standIn,
    Array.from({ length: 4 }, () => "completed success"),
  );
  await bot.deliver(await webhooks.check());
  await eventually(
    standIn,
    Array.from({ length: 5 }, () => "completed success"),
  );
  expect((await standIn.comments()).length).toBe(1);
  const group = await standIn.queue("2026-06-01T15:00:00Z");
  await bot.deliver(await webhooks.mergeGroup(group));
  await expect.poll(async () => (await standIn.checks(group))[0]?.conclusion, { timeout: 60_000 }).toBe("success");
  expect(await bot.terminate()).toBe(0);
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it(
  "what was missed while it was away is found at the start, what it was at when killed as well",
  { timeout: LONG },
  async () => {
    const { standIn, app, webhooks } = await installed(NO_DNS);
    const first = await BotProcess.start(standIn, app);
    await eventually(standIn, ["completed success"]);
    await standIn.push([{ at: "2026-06-01T14:00:00Z", files: { "README.md": "more\n" } }]);
    // Longer than it may take the worker to hear that it is alone.
    standIn.fail({ kind: /compare/, delay: 15_000, times: 1 });
    await first.deliver(await webhooks.pull("synchronize"));
    await eventually(standIn, ["in_progress null"]);
    const workers = first.workers();
    expect(workers.length).toBeGreaterThan(0);
    await first.kill();
    await expect.poll(() => workers.filter(isRunning), { timeout: 8_000 }).toEqual([]);
    await BotProcess.start(standIn, app);
    await eventually(standIn, ["completed success"]);
  },
);

it("told to end while it judges, it ends what it has begun, and exits with status 0", { timeout: LONG }, async () => {
  const { standIn, app } = await installed(NO_DNS);
  standIn.fail({ kind: /compare/, delay: 1500, times: 1 });
  const bot = await BotProcess.start(standIn, app);
  await eventually(standIn, ["in_progress null"]);
  // As a terminal does, and systemd: all processes hear of it.
  expect(bot.workers().length).toBeGreaterThan(0);
  for (const worker of bot.workers()) {
    expectNoSecrets(readFileSync(`/proc/${worker}/environ`, "utf8"));
    process.kill(worker, "SIGTERM");
  }
  expect(await bot.terminate()).toBe(0);
  expect(await checks(standIn)).toEqual(["completed success"]);
});

it(
  "a suspended installation is left alone, and found when it is not suspended any more",
  { timeout: LONG },
  async () => {
    const { standIn, app, webhooks } = await installed(NO_DNS);
    app.suspended = true;
    const bot = await BotProcess.start(standIn, app);
    await bot.deliver(await webhooks.pull("opened"));
    await expect.poll(() => bot.printed, { timeout: 30_000 }).toContain("the installation is suspended");
    expect(bot.printed).not.toContain("tried again");
    app.suspended = false;
    await bot.deliver(await webhooks.installed("unsuspend"));
    await eventually(standIn, ["completed success"]);
  },
);

it(
  "suspended while it judges: no more is done and nothing tried again; what was begun is found when it is over",
  { timeout: LONG },
  async () => {
    const { standIn, app, webhooks } = await installed(NO_DNS);
    const bot = await startAfterSweep(standIn, app);
    standIn.fail({ kind: /compare/, delay: 2000, times: 1 });
    await bot.deliver(await webhooks.pull("opened"));
    await eventually(standIn, ["in_progress null"]);
    app.suspended = true;
    await expect.poll(() => bot.printed, { timeout: 30_000 }).toContain("the installation is suspended");
    expect(bot.printed).not.toContain("tried again");
    expect((await bot.deliver(await webhooks.installed("suspend"))).status).toBe(202);
    app.suspended = false;
    await bot.deliver(await webhooks.installed("unsuspend"));
    await eventually(standIn, ["completed success"]);
  },
);

it(
  "late, twice, in another order: what counts is what stands at GitHub, and nothing stands twice",
  { timeout: LONG },
  async () => {
    const { standIn, app, webhooks } = await installed();
    const bot = await startAfterSweep(standIn, app);
    const opened = await webhooks.pull("opened");
    const group = await standIn.queue("2026-06-01T13:30:00Z");
    const asked = await webhooks.mergeGroup(group);
    const [event, before] = opened;
    await standIn.push([{ at: "2026-06-01T14:00:00Z", files: { "README.md": "more\n" } }]);
    const pushed = await webhooks.pull("synchronize", {
      before: before.pull_request.head.sha,
      after: (await standIn.pull()).head.sha,
    });
    const destroyed = await webhooks.mergeGroup(group, "destroyed", { reason: "dequeued" });
    // The end before the beginning, and once more under another id: no signature covers that.
    for (const [delivery, id] of [
      [destroyed, "1"],
      [pushed, "2"],
      [opened, "3"],
      [[event, { ...before, action: "edited", changes: { title: { from: "x" } } }], "4"],
      [pushed, "2"],
      [pushed, "5"],
      [asked, "6"],
      [destroyed, "1"],
      [asked, "6"],
    ] as const)
      expect((await bot.deliver(delivery, id)).status).toBe(202);
    await expect.poll(async () => idle(bot), { timeout: 60_000 }).toBe(true);
    expect(new Set(await checks(standIn))).toEqual(new Set(["completed failure"]));
    expect((await checks(standIn)).length).toBeLessThanOrEqual(2);
    expect(await checks(standIn, group)).toEqual(["completed failure"]);
    expect(await standIn.checks(before.pull_request.head.sha)).toEqual([]);
    expect((await standIn.comments()).length).toBe(1);
  },
);

it("a secret is changed without a delivery that is lost", { timeout: LONG }, async () => {
  const { standIn, app, webhooks } = await installed(NO_DNS);
  const [old, next] = ["the secret of last year, 32 long", "the secret of this year, 32 long"];
  const opened = await webhooks.pull("opened");
  const taken = async (bot: BotProcess) => [
    (await bot.deliver(opened, undefined, old)).status,
    (await bot.deliver(opened, undefined, next)).status,
  ];
  const before = await BotProcess.start(standIn, app, undefined, { WEBHOOK_SECRET: old });
  expect(await taken(before)).toEqual([202, 401]);
  expect(await before.terminate()).toBe(0);
  const both = { WEBHOOK_SECRET: next, WEBHOOK_SECRET_PREVIOUS: old };
  const between = await BotProcess.start(standIn, app, undefined, both);
  expect(await taken(between)).toEqual([202, 202]);
  expect(await between.terminate()).toBe(0);
  const after = await BotProcess.start(standIn, app, undefined, { WEBHOOK_SECRET: next });
  expect(await taken(after)).toEqual([401, 202]);
  for (const { printed } of [before, between, after]) expect(printed).not.toMatch(/the secret of/);
});

it("a thousand events of one pull request: at most two looks, one comment", { timeout: LONG }, async () => {
  const { standIn, app, webhooks } = await installed();
  const bot = await startAfterSweep(standIn, app);
  standIn.fail({ kind: /compare/, delay: 4000, times: 1 });
  const opened = await webhooks.pull("opened");
  for (let sent = 0; sent < 1000; sent += 50)
    await Promise.all(Array.from({ length: 50 }, async () => bot.deliver(opened)));
  await eventually(standIn, ["completed failure", "completed failure"], 90_000);
  await new Promise((resolve) => setTimeout(resolve, 3000));
  expect(await checks(standIn)).toEqual(["completed failure", "completed failure"]);
  expect((await standIn.comments()).length).toBe(1);
});

it.skipIf(withoutRedis)(
  "a replica that is told to end while it judges ends that, and leaves what waits to another",
  { timeout: LONG },
  async () => {
    const { standIn, app, webhooks } = await installed(NO_DNS);
    const { url } = await redis();
    const first = await startAfterSweep(standIn, app, url);
    // Longer than it may take the worker to hear that it is alone.
    standIn.fail({ kind: /compare/, delay: 15_000, times: 1 });
    await first.deliver(await webhooks.pull("opened"));
    await eventually(standIn, ["in_progress null"]);
    // Waits, for the same pull request is being looked at.
    await first.deliver(await webhooks.pull("reopened"));
    const status = first.terminate();
    const isAway = async () =>
      ask(first.port, "GET", "/readyz").then(
        () => false,
        () => true,
      );
    await expect.poll(isAway, { interval: 20 }).toBe(true);
    expect(await status).toBe(0);
    expect(await checks(standIn)).toEqual(["completed success"]);
    // Its own sweep asks for nothing: the head has its check.
    await BotProcess.start(standIn, app, url);
    await eventually(standIn, ["completed success", "completed success"]);
  },
);

it.skipIf(withoutRedis)(
  "a thousand events, two replicas: at most two looks, one comment",
  { timeout: LONG },
  async () => {
    const { standIn, app, webhooks } = await installed();
    const { url } = await redis();
    const bots = [await startAfterSweep(standIn, app, url), await startAfterSweep(standIn, app, url)];
    standIn.fail({ kind: /compare/, delay: 4000, times: 1 });
    const opened = await webhooks.pull("opened");
    for (let sent = 0; sent < 1000; sent += 50)
      await Promise.all(Array.from({ length: 50 }, async (_, index) => bots[index % 2]?.deliver(opened)));
    await eventually(standIn, ["completed failure", "completed failure"], 90_000);
    // Long enough for a third to begin.
    await new Promise((resolve) => setTimeout(resolve, 3000));
    expect(await checks(standIn)).toEqual(["completed failure", "completed failure"]);
    expect((await standIn.comments()).length).toBe(1);
    const places = (await standIn.reviewComments()).map(({ path, line, body }) => `${path} ${line} ${body}`);
    expect(new Set(places).size).toBe(places.length);
  },
);

it.skipIf(withoutRedis)(
  "a replica that is killed while it judges: another one ends it, and nothing stands twice",
  { timeout: LONG },
  async () => {
    const { standIn, app, webhooks } = await installed();
    const { url } = await redis();
    const first = await startAfterSweep(standIn, app, url);
    await first.deliver(await webhooks.pull("opened"));
    // The comments are written, the check is not ended.
    await expect.poll(async () => (await standIn.comments()).length, { timeout: 60_000, interval: 20 }).toBe(1);
    await first.kill();
    const [{ status }] = await standIn.checks();
    expect(status).toBe("in_progress");
    const second = await BotProcess.start(standIn, app, url);
    // Its sweep may ask for another look at what it takes over.
    const left = async () => (await checks(standIn)).filter((check) => check !== "completed failure");
    await expect.poll(left, { timeout: 120_000, interval: 100 }).toEqual([]);
    expect((await standIn.comments()).length).toBe(1);
    const places = (await standIn.reviewComments()).map(({ path, line, body }) => `${path} ${line} ${body}`);
    expect(new Set(places).size).toBe(places.length);
    expect(await second.terminate()).toBe(0);
  },
);

it.skipIf(withoutRedis)(
  "Redis away at the start, and while it runs: it says so, takes nothing, and goes on",
  { timeout: LONG },
  async () => {
    const { standIn, app, webhooks } = await installed(NO_DNS);
    const server = await redis(false);
    const bot = await BotProcess.start(standIn, app, server.url);
    const ready = async () => (await ask(bot.port, "GET", "/readyz")).status;
    const opened = await webhooks.pull("opened");
    expect(await ready()).toBe(503);
    expect((await bot.deliver(opened)).status).toBe(503);
    await server.run();
    await expect.poll(ready, { timeout: 30_000 }).toBe(200);
    expect((await bot.deliver(opened)).status).toBe(202);
    await eventually(standIn, ["completed success"]);
    await server.kill();
    await expect.poll(ready, { timeout: 30_000 }).toBe(503);
    expect((await bot.deliver(opened)).status).toBe(503);
    await server.run();
    await expect.poll(ready, { timeout: 30_000 }).toBe(200);
    expect((await bot.deliver(opened)).status).toBe(202);
    await eventually(standIn, ["completed success", "completed success"]);
    expect(await bot.terminate()).toBe(0);
  },
);
