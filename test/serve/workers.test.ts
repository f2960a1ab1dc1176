import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { expect, it, onTestFinished } from "vitest";
import { openApp } from "../../src/serve/app.ts";
import { openLog } from "../../src/serve/log.ts";
import { openMetrics } from "../../src/serve/metrics.ts";
import { readSettings } from "../../src/serve/settings.ts";
import type { Work } from "../../src/serve/start.ts";
import { type Pauses, openWorkers } from "../../src/workers/openWorkers.ts";
import { environmentOf } from "../../src/workers/worker.ts";
import type { RepositoryStory } from "../github/story.ts";
import { StandIn } from "../github/standIn.ts";
import { nordwindStory } from "../action/world.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { processesOf } from "./botProcess.ts";
import { SECRET } from "./sender.ts";
import { RememberingQueue, expectNoSecrets } from "./testBot.ts";

const UNBUMPED = { [POLICY]: policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] }) };

/** Few bytes that become millions of records. */
const VAST = {
  [ZONE]: zone({ more: "$INCLUDE a\n".repeat(100) }),
  "zones/a": "$INCLUDE b\n".repeat(99),
  "zones/b": Array.from({ length: 300 }, (_, index) => `vast-host-${index} A 203.0.113.7\n`).join(""),
};

function workerProcesses(): readonly number[] {
  return processesOf(process.pid).filter((pid) =>
    readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("workerProcess"),
  );
}

/** The bot's workers on a stand-in, without front and queue. */
async function workers(story: RepositoryStory, limits: Readonly<Record<string, string>> = {}, pauses: Pauses = {}) {
  const standIn = await StandIn.start(story);
  onTestFinished(() => standIn.close());
  const app = standIn.install();
  const settings = readSettings({
    APP_ID: String(app.appId),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: standIn.url,
    ...limits,
  });
  const lines: string[] = [];
  const log = openLog("info", [], (line) => lines.push(line));
  onTestFinished(() => expectNoSecrets(lines.join("")));
  const queue = new RememberingQueue();
  const metrics = openMetrics(queue);
  const opened = await openApp(settings, queue, metrics, log);
  const work = openWorkers({ settings, app: opened, queue, metrics, log }, { pace: 0, ...pauses });
  const [owner = "", repo = ""] = standIn.repository.fullName.split("/");
  const { installation } = app;
  const target = { installation, owner, repo };
  const look = async (signal = new AbortController().signal, last = false): ReturnType<Work> =>
    work({ kind: "pull", ...target, number: standIn.repository.openPull.number }, { last, signal });
  const shown = async () =>
    (await standIn.checks()).map(({ status, conclusion, output }) => `${status} ${conclusion} ${output.title}`);
  const before = new Set(workerProcesses());
  const own = (): readonly number[] => workerProcesses().filter((pid) => !before.has(pid));
  return { own, standIn, app, work, look, shown, target, queue, metrics, lines };
}

it("a job is done in a process of its own, which asks for its token, and tells what it counts", async () => {
  const { look, shown, metrics, standIn } = await workers(nordwindStory(UNBUMPED));
  expect(await look()).toEqual({});
  expect(await shown()).toEqual(["completed failure 1 error, 1 notice new"]);
  const { text } = await metrics.page();
  expect(text).toMatch(/findings_total\{rule="id-not-bumped"\} 1/);
  expect(text).toMatch(/api_calls_total\{status="201"\} [2-9]/);
  expect(text).toMatch(/api_remaining\{installation="\d+",resource="core"\} \d+/);
  const before = standIn.requests.length;
  // The same worker again, and the same token.
  await look();
  expect(standIn.requests.slice(before).filter(({ path }) => path.endsWith("/access_tokens"))).toEqual([]);
});

it.each([
  ["JOB_MEMORY", "64", "more than the 64 MiB of memory"],
  ["JOB_SECONDS", "1", "longer than the 1 s at a stretch"],
])("what takes more than %s is red, says so, and is not tried again", async (name, limit, words) => {
  const { look, shown, standIn, lines } = await workers(nordwindStory(VAST), { [name]: limit });
  expect(await look()).toEqual({});
  expect(await shown()).toEqual(["completed failure Could not be judged"]);
  const [check] = await standIn.checks();
  expect(check.output.summary).toContain(words);
  expect(check.output.summary).toContain(`ask whoever runs the bot for a higher \`${name}\``);
  expect(check.actions.map(({ identifier }: { identifier: string }) => identifier)).toEqual(["recheck"]);
  expect(lines.join("")).toContain(words);
  // The sweep leaves it alone as well.
  expect(check.external_id).toMatch(/^pull \d+ \?$/);
});

it("a job that kills its worker leaves others alone", async () => {
  const { look, work, shown, target, queue, standIn } = await workers(nordwindStory(VAST), { JOB_MEMORY: "64" });
  const signal = new AbortController().signal;
  const dying = look();
  await work({ kind: "sweep", installation: target.installation }, { last: false, signal });
  expect(queue.added.length).toBe(1);
  await dying;
  await standIn.push([{ at: "2026-06-01T12:30:00Z", files: { [ZONE]: zone() } }]);
  expect(await look()).toEqual({});
  expect(await shown()).toEqual([expect.stringContaining("completed success")]);
});

it("what GitHub refuses is known on the other side as what it is", async () => {
  const { look, lines, app, standIn } = await workers(nordwindStory(UNBUMPED));
  standIn.fail({ kind: /access_tokens/, status: 404 });
  expect(await look()).toEqual({});
  expect(lines.join("")).toContain("the App is not installed there any more");
  standIn.heal();
  standIn.fail({ kind: /compare/, status: 502, times: 3 });
  await expect(look()).rejects.toThrow(/^GitHub does not answer/);
  expect(app.installation).toBeGreaterThan(0);
});

it("an installation that has spent its requests waits, whichever worker spent them", async () => {
  const { look, standIn } = await workers(nordwindStory(UNBUMPED));
  const reset = String(Math.floor(Date.now() / 1000) + 600);
  const headers = { "x-ratelimit-limit": "5000", "x-ratelimit-remaining": "10", "x-ratelimit-reset": reset };
  standIn.fail({ kind: /check-runs/, method: "GET", status: 502, headers, times: 3 });
  await expect(look()).rejects.toThrow();
  expect(await look()).toEqual({ again: new Date(Number(reset) * 1000) });
});

/** Ends the worker of a job in its midst, and answers what became of the job. */
async function ended(
  { standIn, own, look, shown }: Awaited<ReturnType<typeof workers>>,
  signal: NodeJS.Signals,
  last: boolean,
): Promise<unknown> {
  standIn.fail({ kind: /compare/, delay: 60_000, times: 1 });
  const looking = look(undefined, last).catch((error: unknown) => error);
  await expect.poll(shown, { timeout: 20_000 }).toEqual([expect.stringContaining("in_progress")]);
  for (const worker of own()) process.kill(worker, signal);
  return looking;
}

it("what is pushed while a worker dies of the commit before is judged as what it is", async () => {
  const { look, shown, standIn } = await workers(nordwindStory(VAST), { JOB_SECONDS: "3" });
  const looking = look();
  await expect.poll(shown, { timeout: 20_000 }).toEqual([expect.stringContaining("in_progress")]);
  await standIn.push([{ at: "2026-06-01T12:30:00Z", files: { [ZONE]: zone() } }]);
  expect(await looking).toEqual({});
  expect(await shown()).toEqual([expect.stringContaining("completed success")]);
});

it("what a delivery told of is looked at again where GitHub still shows a commit that cannot be judged", async () => {
  const { work, target, standIn, queue } = await workers(nordwindStory(VAST), { JOB_MEMORY: "64" });
  const { number } = standIn.repository.openPull;
  const job = { kind: "pull", ...target, number } as const;
  await work({ ...job, seen: "5".repeat(40) }, { last: false, signal: new AbortController().signal });
  // By both who tried; the later moment takes the place of the earlier.
  expect(queue.added).toEqual([job, job]);
  expect(queue.dates).not.toContain(undefined);
});

it("a worker that does not take a job up is ended, and the job is another's turn", async () => {
  const { look, own, shown } = await workers(nordwindStory(UNBUMPED), { JOB_SECONDS: "5" });
  await look();
  for (const worker of own()) process.kill(worker, "SIGSTOP");
  await expect(look()).rejects.toThrow("did not begin with a job");
  expect(await look()).toEqual({});
  expect(await shown()).toEqual(Array.from({ length: 2 }, () => expect.stringContaining("completed failure 1 error")));
});

it("a worker that is hard at work ends with the bot", async () => {
  const script = `import { Worker } from ${JSON.stringify(new URL("../../src/workers/worker.ts", import.meta.url))};
    import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
    new Worker({ jobMemory: 64, jobSeconds: 1 }, {});
    const worker = Number(readFileSync("/proc/self/task/" + process.pid + "/children", "utf8"));
    process.kill(worker, "SIGSTOP");
    console.log(worker);
    process.exit();`;
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  const worker = Number(stdout);
  expect(worker).toBeGreaterThan(0);
  onTestFinished(() => void spawnSync("kill", ["-9", String(worker)]));
  // Of one that has ended nothing is left but its number, until somebody asks what it ended with.
  const commandOf = (): string =>
    existsSync(`/proc/${worker}`) ? readFileSync(`/proc/${worker}/cmdline`, "utf8") : "";
  await expect.poll(commandOf).toBe("");
});

it("a worker that breaks is another's turn, and red in the end", async () => {
  const bot = await workers(nordwindStory(UNBUMPED));
  expect(String(await ended(bot, "SIGABRT", false))).toContain(
    "A worker of the bot ended in the midst of a job: SIGABRT",
  );
  expect(await ended(bot, "SIGABRT", true)).toEqual({});
  expect(await bot.shown()).toEqual(["completed failure Could not be judged"]);
  const [check] = await bot.standIn.checks();
  expect(check.output.summary).toContain("This is a fault of mta-sts-guard itself");
  expect(bot.lines.join("")).toContain("A worker of the bot ended");
});

it.each([
  [1, "completed failure 1 error, 1 notice new"],
  [2, "completed failure Could not be judged"],
])("what the system kills, as it does for memory, is tried once more: killed %i times", async (kills, shown) => {
  const bot = await workers(nordwindStory(UNBUMPED));
  bot.standIn.fail({ kind: /compare/, delay: 60_000, times: kills });
  const looking = bot.look();
  const asked = (): number => bot.standIn.requests.filter(({ path }) => path.includes("/compare/")).length;
  for (let times = 1; times <= kills; times++) {
    await expect.poll(asked, { timeout: 20_000 }).toBe(times);
    for (const worker of bot.own()) process.kill(worker, "SIGKILL");
  }
  await looking;
  expect(await bot.shown()).toEqual([shown]);
  const [check] = await bot.standIn.checks();
  expect(check.output.summary.includes("more than the 512 MiB of memory")).toBe(kills === 2);
});

it("a worker with nothing to do ends, and one that is given something does not", async () => {
  const { look, work, target, standIn, own } = await workers(nordwindStory(UNBUMPED), {}, { idle: 1000 });
  await look();
  const [first] = own();
  expect(first).toBeGreaterThan(0);
  standIn.fail({ kind: /installation\/repositories/, delay: 2000, times: 1 });
  await work(
    { kind: "sweep", installation: target.installation },
    { last: false, signal: new AbortController().signal },
  );
  expect(own()).toEqual([first]);
  await expect.poll(own, { timeout: 10_000 }).toEqual([]);
  expect(await look()).toEqual({});
});

it("whoever lost a job asks nothing more of GitHub", async () => {
  const { look, standIn, shown, lines } = await workers(nordwindStory(UNBUMPED));
  const lost = new AbortController();
  standIn.fail({ kind: /compare/, delay: 1500, times: 1 });
  const looking = look(lost.signal);
  await expect.poll(shown, { timeout: 20_000 }).toEqual([expect.stringContaining("in_progress")]);
  lost.abort();
  const asked = standIn.requests.filter(({ path }) => !path.includes("/compare/")).length;
  await expect(looking).rejects.toThrow("aborted");
  expect(standIn.requests.filter(({ path }) => !path.includes("/compare/")).length).toBe(asked);
  expect(await shown()).toEqual([expect.stringContaining("in_progress")]);
  expect(lines.join("")).not.toContain("could not say");
});

it("a worker does twenty jobs, and then another one comes", async () => {
  const { work, target, own } = await workers(nordwindStory(UNBUMPED));
  const { signal } = new AbortController();
  const one = async () => work({ kind: "sweep", installation: target.installation }, { last: false, signal });
  for (let jobs = 0; jobs < 19; jobs++) await one();
  expect(own()).toHaveLength(1);
  const [first] = own();
  await one();
  await one();
  await expect.poll(own).not.toContain(first);
  expect(own()).toHaveLength(1);
});

it("what a job asks for goes into the queue", async () => {
  const { work, target, queue, standIn } = await workers(nordwindStory(UNBUMPED));
  const { number } = standIn.repository.openPull;
  await work(
    { kind: "sweep", installation: target.installation },
    { last: false, signal: new AbortController().signal },
  );
  expect(queue.added).toEqual([{ kind: "pull", ...target, number }]);
});

it("a worker knows none of the bot's secrets", () => {
  const env = { PRIVATE_KEY: "key", WEBHOOK_SECRET: "secret", REDIS_URL: "redis://:p@h", NODE_USE_ENV_PROXY: "1" };
  expect(environmentOf({ ...env, https_proxy: "http://proxy" })).toEqual({
    NODE_USE_ENV_PROXY: "1",
    https_proxy: "http://proxy",
  });
});
