import { onTestFinished } from "vitest";
import { openApp } from "../../src/serve/app.ts";
import { doJob } from "../../src/work/doJob.ts";
import { judge } from "../../src/judge/judge.ts";
import { openInstallationClient } from "../../src/work/installationClient.ts";
import { openInstallations } from "../../src/work/installations.ts";
import type { Job } from "../../src/queue/job.ts";
import { openLog } from "../../src/serve/log.ts";
import { type Metrics, openMetrics } from "../../src/serve/metrics.ts";
import type { Done, Try } from "../../src/queue/queue.ts";
import { readSettings } from "../../src/serve/settings.ts";
import type { World } from "../../src/work/world.ts";
import { type InstalledApp, BOT_PERMISSIONS } from "../github/app.ts";
import { StandIn } from "../github/standIn.ts";
import type { RepositoryStory } from "../github/story.ts";
import { RememberingQueue, expectNoSecrets } from "./testBot.ts";
import { SECRET } from "./sender.ts";

/** A bot at work on a stand-in, without its front and its queue. */
export interface Serving {
  readonly standIn: StandIn;
  readonly app: InstalledApp;
  readonly world: World & { readonly metrics: Metrics };
  /** What the next question for the time answers. */
  clock: Date;
  readonly queue: RememberingQueue;
  /** The log. */
  readonly lines: readonly string[];
  readonly target: { readonly installation: number; readonly owner: string; readonly repo: string };
  /** Does a job, and then whatever it asked to be done at once; answers what became of the job itself. */
  do(job: Job, attempt?: Partial<Try>): Promise<Done>;
}

/** Installs the bot on a story's repository, with Probot's own tokens and client; violations fail the test. */
export async function serve(story: RepositoryStory, permissions = BOT_PERMISSIONS): Promise<Serving> {
  const standIn = await StandIn.start(story);
  onTestFinished(() => standIn.close());
  const app = standIn.install(permissions);
  const settings = readSettings({
    APP_ID: String(app.appId),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: standIn.url,
  });
  const lines: string[] = [];
  const log = openLog("info", [...settings.secrets, settings.privateKey], (line) => lines.push(line));
  onTestFinished(() => expectNoSecrets(lines.join("")));
  const queue = new RememberingQueue();
  const metrics = openMetrics(queue);
  const opened = await openApp(settings, queue, metrics, log);
  const [owner = "", repo = ""] = standIn.repository.fullName.split("/");
  const now = (): Date => serving.clock;
  const installations = openInstallations(opened, metrics, now, 0);
  const world = {
    appId: app.appId,
    serverUrl: "https://github.com",
    now,
    client: async (installation: number) => openInstallationClient(settings.apiUrl, installations.access(installation)),
    pausedUntil: installations.pausedUntil,
    mayTell: installations.mayTell,
    judge,
    log,
    metrics,
  };
  const serving: Serving = {
    standIn,
    app,
    world,
    clock: new Date("2026-06-01T13:00:00Z"),
    queue,
    lines,
    target: { installation: app.installation, owner, repo },
    async do(job, attempt = {}) {
      const whole = { last: false, signal: new AbortController().signal, ...attempt };
      const done = await doJob(world, queue, job, whole);
      for (const next of queue.takeNow()) await serving.do(next);
      return done;
    },
  };
  return serving;
}
