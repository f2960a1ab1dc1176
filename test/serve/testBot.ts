import type { AddressInfo } from "node:net";
import { expect } from "vitest";
import { openApp } from "../../src/serve/app.ts";
import { type BOUNDS, openFront } from "../../src/serve/front.ts";
import { type Job, keyOf } from "../../src/queue/job.ts";
import { openLog } from "../../src/serve/log.ts";
import { openMetrics } from "../../src/serve/metrics.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { readSettings } from "../../src/serve/settings.ts";
import { PREVIOUS_SECRET, PRIVATE_KEY, SECRET } from "./sender.ts";

const APP = 4711;

/** What a bot is told in tests. */
export const ENVIRONMENT = {
  APP_ID: String(APP),
  PRIVATE_KEY,
  WEBHOOK_SECRET: SECRET,
  WEBHOOK_SECRET_PREVIOUS: PREVIOUS_SECRET,
  LOG_LEVEL: "trace",
  PORT: "0",
};

/** A queue that only remembers, and fails when told to. */
export class RememberingQueue implements Queue {
  readonly added: Job[] = [];
  /** When what was added is to be done, by its index. */
  readonly dates: (Date | undefined)[] = [];
  ready = true;
  /** What the next `add` does in place of remembering. */
  next: (() => Promise<void>) | undefined;

  async add(job: Job, at?: Date): Promise<void> {
    const { next } = this;
    this.next = undefined;
    if (next) await next();
    this.added.push(job);
    this.dates.push(at);
  }
  /** What is to be done at once, each key once, and forgets it. */
  takeNow(): readonly Job[] {
    const now = this.added.filter((_, index) => this.dates[index] === undefined);
    const later = this.added.map((job, index) => ({ job, at: this.dates[index] })).filter(({ at }) => at);
    this.added.splice(0, Infinity, ...later.map(({ job }) => job));
    this.dates.splice(0, Infinity, ...later.map(({ at }) => at));
    return [...new Map(now.toReversed().map((job) => [keyOf(job), job])).values()];
  }
  async start(): Promise<void> {}
  async stop(): Promise<void> {}
  async state() {
    return { waiting: this.added.length, active: 1, delayed: 2, oldestSeconds: 3.5, retried: 0, dropped: 0 };
  }
  isReady(): boolean {
    return this.ready;
  }
}

/** App, front and metrics over a queue that only remembers; `log` holds every line. */
export async function openTestBot(bounds: Partial<typeof BOUNDS> = {}) {
  const lines: string[] = [];
  const settings = readSettings(ENVIRONMENT);
  const log = openLog("trace", [...settings.secrets, settings.privateKey], (line) => lines.push(line));
  const queue = new RememberingQueue();
  const metrics = openMetrics(queue);
  const app = await openApp(settings, queue, metrics, log);
  const { secrets } = settings;
  const front = openFront({
    secrets,
    metrics,
    log,
    deliver: app.deliver,
    isReady: () => queue.isReady(),
    bounds,
  });
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  const close = async (): Promise<void> => {
    const closed = new Promise((resolve) => front.close(resolve));
    front.closeAllConnections();
    await closed;
    expectNoSecrets(lines.join(""));
  };
  /** How many are open. */
  const connections = async (): Promise<number> =>
    new Promise((resolve) => front.getConnections((_, count) => resolve(count)));
  return { port: (front.address() as AddressInfo).port, queue, metrics, lines, close, connections };
}

export type TestBot = Awaited<ReturnType<typeof openTestBot>>;

/** Whatever a bot prints: no secret, no key, no token. */
export function expectNoSecrets(printed: string): void {
  const keyLines = PRIVATE_KEY.split("\n").filter((line) => line !== "" && !line.startsWith("-----"));
  for (const secret of [SECRET, PREVIOUS_SECRET, ...keyLines]) expect(printed).not.toContain(secret);
  expect(printed).not.toMatch(/gh[a-z]_\w{4}|github_pat_|eyJ[\w-]{8}|PRIVATE KEY/);
}
