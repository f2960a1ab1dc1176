import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { openApp } from "../../src/serve/app.ts";
import type { Job } from "../../src/queue/job.ts";
import { openLog } from "../../src/serve/log.ts";
import { openMetrics } from "../../src/serve/metrics.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { openQueue } from "../../src/queue/openQueue.ts";
import { readSettings } from "../../src/serve/settings.ts";
import { start, type Work } from "../../src/serve/start.ts";
import { scheduleSweeps } from "../../src/serve/sweeps.ts";
import { openGithub } from "./github.ts";
import { exampleOf } from "./payloads.ts";
import { ask, deliver, headersOf, raw, WEBHOOK_PATH } from "./sender.ts";
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
  it.each([
    ["another's key or number", {}, "GitHub knows no App by this APP_ID and private key: check both"],
    ["a queue that is away", INSTALLATIONS, "No sweep could be asked for"],
  ])("%s is told as that", async (_, answers, wanted) => {
    const { settings } = await openGithubOf(answers);
    const queue = new RememberingQueue();
    queue.next = async () => Promise.reject(new Error("the queue is away"));
    const app = await openApp(settings, queue, openMetrics(queue), log);
    lines.length = 0;
    closing.push(scheduleSweeps(app, queue, log));
    await expect.poll(() => lines.join(""), { timeout: 5000 }).toContain("it is tried again in a minute");
    expect(lines.join("")).toContain(wanted);
  });
  it("are asked for no more once they are ended", async () => {
    const { settings } = await openGithubOf(INSTALLATIONS);
    const queue = new RememberingQueue();
    const app = await openApp(settings, queue, openMetrics(queue), log);
    const end = scheduleSweeps(app, queue, log, 100, 100);
    closing.push(end);
    await expect.poll(() => queue.added.length, { timeout: 5000 }).toBe(2);
    end();
    await pause(400);
    expect(queue.added.length).toBe(2);
  });
  it("that are ended while they are asked for say nothing, and are asked for no more", async () => {
    const { settings } = await openGithubOf(INSTALLATIONS);
    const queue = new RememberingQueue();
    const app = await openApp(settings, queue, openMetrics(queue), log);
    lines.length = 0;
    const end = scheduleSweeps(app, queue, log, 100, 100);
    closing.push(end);
    const asked = new Promise<void>((resolve) => {
      queue.next = async () => {
        end();
        resolve();
        throw new Error("the queue takes nothing more");
      };
    });
    await asked;
    await pause(400);
    expect(queue.added).toEqual([]);
    expect(lines.join("")).not.toContain("No sweep");
  });
});

describe("a bot", () => {
  async function openBot(work: Work, queue?: Queue) {
    const { settings } = await openGithubOf({ "/app/installations?per_page=100": { body: [] } });
    return start(settings, log, queue ?? (await openQueue(undefined, { log: log.warn })), () => work);
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

  it("that is told to end is not ready any more, whatever its queue says, and takes no delivery that was on its way", async () => {
    const queue = new RememberingQueue();
    const bot = await openBot(async () => ({}), queue);
    const body = JSON.stringify(exampleOf("pull_request", "opened"));
    const head = Object.entries(headersOf("pull_request", body)).map(([name, value]) => `${name}: ${value}\r\n`);
    const { text } = await raw(bot.port, async (socket) => {
      socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: bot\r\n${head.join("")}\r\n${body.slice(0, 9)}`);
      await pause(100);
      const stopped = bot.stop(0);
      closing.push(async () => stopped);
      socket.write(`${body.slice(9)}GET /readyz HTTP/1.1\r\nhost: bot\r\n\r\n`);
    });
    expect(text.match(/^HTTP\/1\.1 \d+/gm)).toEqual(["HTTP/1.1 503", "HTTP/1.1 503"]);
    expect(queue.added).toEqual([]);
  });

  it("asks for no more sweeps once it is told to end", async () => {
    const queue = new RememberingQueue();
    let stopped = Promise.resolve();
    const { settings } = await openGithubOf(INSTALLATIONS);
    lines.length = 0;
    const bot = await start(settings, log, queue, () => async () => ({}));
    const asked = new Promise<void>((resolve) => {
      queue.next = async () => {
        stopped = bot.stop(0);
        resolve();
        throw new Error("the queue takes nothing more");
      };
    });
    await asked;
    await stopped;
    await pause(100);
    expect(lines.join("")).not.toContain("No sweep");
  });

  it("does not wait for a sender that does not end", async () => {
    const bot = await openBot(async () => ({}));
    const began = performance.now();
    await raw(bot.port, async (socket) => {
      socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: bot\r\ncontent-length: 5\r\n`);
      await pause(100);
      await bot.stop(0);
    });
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it("says when its queue does no jobs any more", async () => {
    const queue = new RememberingQueue();
    queue.start = async () => Promise.reject(new Error("no jobs"));
    const bot = await openBot(async () => ({}), queue);
    closing.push(async () => bot.stop(0));
    expect(await bot.broken).toEqual(new Error("no jobs"));
  });
});
