import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { openApp } from "../../src/serve/app.ts";
import type { Job } from "../../src/queue/job.ts";
import { openLog } from "../../src/serve/log.ts";
import { openMetrics } from "../../src/serve/metrics.ts";
import { openQueue } from "../../src/queue/openQueue.ts";
import { readSettings } from "../../src/serve/settings.ts";
import { start, type Work } from "../../src/serve/start.ts";
import { scheduleSweeps } from "../../src/serve/sweeps.ts";
import { openGithub } from "./github.ts";
import { exampleOf } from "./payloads.ts";
import { ask, deliver } from "./sender.ts";
import { ENVIRONMENT, expectNoSecrets, RememberingQueue } from "./testBot.ts";

const lines: string[] = [];
const log = openLog("trace", [], (line) => lines.push(line));
const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  expectNoSecrets(lines.join(""));
});

const INSTALLATIONS = {
  "/app/installations?per_page=100": {
    next: "/app/installations?per_page=100&page=2",
    body: [
      { id: 1, suspended_at: null },
      { id: 2, suspended_at: "2026-05-01T00:00:00Z" },
    ],
  },
  "/app/installations?per_page=100&page=2": { body: [{ id: 3, suspended_at: null }] },
};

async function openGithubOf(answers: Parameters<typeof openGithub>[0]) {
  const github = await openGithub(answers);
  closing.push(github.close);
  return { github, settings: readSettings({ ...ENVIRONMENT, GITHUB_API_URL: github.url }) };
}

describe("sweeps", () => {
  it("are asked for at start and every so often, for each installation that is not suspended", async () => {
    const { github, settings } = await openGithubOf(INSTALLATIONS);
    const queue = new RememberingQueue();
    const metrics = openMetrics(queue);
    const app = await openApp(settings, queue, metrics, log);
    closing.push(scheduleSweeps(app, queue, log, 400));
    await expect.poll(() => queue.added.length, { timeout: 5000 }).toBeGreaterThanOrEqual(4);
    expect(queue.added.slice(0, 4)).toEqual([1, 3, 1, 3].map((installation) => ({ kind: "sweep", installation })));
    expect(github.calls.every(({ isOurs }) => isOurs)).toBe(true);
    expect((await metrics.page()).text).toMatch(/^mta_sts_guard_api_calls_total\{status="200"\} [4-9]$/m);
  });
  it("are asked for again soon when GitHub or the queue does not answer", async () => {
    const answers: Record<string, (typeof INSTALLATIONS)[keyof typeof INSTALLATIONS]> = {};
    const { settings } = await openGithubOf(answers);
    const queue = new RememberingQueue();
    const app = await openApp(settings, queue, openMetrics(queue), log);
    closing.push(scheduleSweeps(app, queue, log, 3_600_000, 200));
    await expect.poll(() => lines.join(""), { timeout: 5000 }).toContain("it is tried again in a minute");
    expect(queue.added).toEqual([]);
    queue.next = async () => Promise.reject(new Error("the queue is away"));
    Object.assign(answers, INSTALLATIONS);
    await expect.poll(() => queue.added.length, { timeout: 5000 }).toBe(2);
  });
});

describe("a bot", () => {
  async function openBot(work: Work) {
    const { settings } = await openGithubOf({ "/app/installations?per_page=100": { body: [] } });
    const queue = await openQueue(undefined, { log: log.warn });
    return start(settings, log, queue, () => work);
  }

  it("does what deliveries ask for, and counts how it went", async () => {
    const done: Job[] = [];
    const bot = await openBot(async (job) => {
      done.push(job);
      if (job.kind === "sweep") throw new Error("no");
      return {};
    });
    closing.push(async () => bot.stop(0));
    expect((await deliver(bot.port, "pull_request", exampleOf("pull_request", "opened"))).status).toBe(202);
    expect((await deliver(bot.port, "installation", exampleOf("installation", "created"))).status).toBe(202);
    await expect.poll(() => done.map(({ kind }) => kind)).toEqual(["pull", "sweep"]);
    const { body } = await ask(bot.port, "GET", "/metrics");
    expect(body).toContain('mta_sts_guard_job_seconds_count{kind="pull",outcome="done"} 1\n');
    expect(body).toContain('mta_sts_guard_job_seconds_count{kind="sweep",outcome="failed"} 1\n');
  });

  it("that is told to end takes nothing new, and ends what it has begun", async () => {
    const events: string[] = [];
    const bot = await openBot(async () => {
      events.push("begun");
      await pause(700);
      events.push("done");
      return {};
    });
    await deliver(bot.port, "pull_request", exampleOf("pull_request", "opened"));
    await expect.poll(() => events).toEqual(["begun"]);
    const stopped = bot.stop(5000).then(() => events.push("stopped"));
    await expect(ask(bot.port, "GET", "/healthz")).rejects.toThrow("ECONNREFUSED");
    await stopped;
    expect(events).toEqual(["begun", "done", "stopped"]);
  });

  it("waits no longer than it is told", async () => {
    const bot = await openBot(async () => new Promise(() => {}));
    await deliver(bot.port, "pull_request", exampleOf("pull_request", "opened"));
    await pause(50);
    const began = performance.now();
    await bot.stop(300);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
