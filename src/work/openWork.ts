import { doJob } from "./doJob.ts";
import { openInstallations } from "./installations.ts";
import type { Tools, Work } from "../serve/start.ts";
import type { World } from "./world.ts";

/** What does the bot's jobs. */
export function openWork({ settings, app, queue, metrics, log }: Tools): Work {
  const now = (): Date => new Date();
  const { appId, serverUrl } = settings;
  const world: World = { appId, serverUrl, now, ...openInstallations(app, now), log, metrics };
  return (job, attempt) => doJob(world, queue, job, attempt);
}
