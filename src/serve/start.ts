import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type App, openApp } from "./app.ts";
import { openFront, WEBHOOK_PATH } from "./front.ts";
import type { Log } from "./log.ts";
import { type Metrics, openMetrics } from "./metrics.ts";
import type { Queue } from "../queue/queue.ts";
import type { Settings } from "./settings.ts";
import { scheduleSweeps } from "./sweeps.ts";

/** What those who do the jobs have at hand. */
export interface Tools {
  readonly settings: Settings;
  readonly app: App;
  readonly queue: Queue;
  readonly metrics: Metrics;
  readonly log: Log;
}

/** What does the jobs. */
export type Work = Parameters<Queue["start"]>[0];

/** A bot that listens. */
export interface Running {
  readonly port: number;
  /** Resolves, with the reason, when no jobs can be done any more. */
  readonly broken: Promise<unknown>;
  /** Not ready any more, takes nothing new, waits for what is being done, `grace` milliseconds at most. */
  stop(grace: number): Promise<void>;
}

/** Starts a bot: app, queue and front; resolves once it listens. Throws where the port is taken. */
export async function start(
  settings: Settings,
  log: Log,
  queue: Queue,
  openWork: (tools: Tools) => Work,
): Promise<Running> {
  const metrics = openMetrics(queue);
  const app = await openApp(settings, queue, metrics, log);
  let isStopping = false;
  const front = openFront({
    secrets: settings.secrets,
    metrics,
    log,
    deliver: app.deliver,
    isReady: () => !isStopping && queue.isReady(),
  });
  front.listen(settings.port, settings.host);
  await once(front, "listening");
  const { port } = front.address() as AddressInfo;
  const broken = new Promise((resolve) => {
    // Where Redis is away this may take long, and the bot must be able to say so, and to end.
    queue.start(timed(openWork({ settings, app, queue, metrics, log }), metrics)).catch(resolve);
  });
  const endSweeps = scheduleSweeps(app, queue, log);
  log.info({ host: settings.host, port, path: WEBHOOK_PATH }, "The bot listens.");
  return {
    port,
    broken,
    stop: async (grace) => {
      isStopping = true;
      endSweeps();
      log.info("The bot takes nothing new, and ends what it has begun.");
      await Promise.all([close(front), queue.stop(grace)]);
      log.info("The bot ends.");
    },
  };
}

function timed(work: Work, { jobSeconds }: Metrics): Work {
  return async (...job) => {
    const end = jobSeconds.startTimer({ kind: job[0].kind });
    try {
      const done = await work(...job);
      end({ outcome: "done" });
      return done;
    } catch (error) {
      end({ outcome: "failed" });
      throw error;
    }
  };
}

/** Stops to listen; a request that is being answered has a second, and a connection that only waits has none. */
async function close(front: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => front.close(() => resolve()));
  const timer = setTimeout(() => front.closeAllConnections(), 1000);
  await closed;
  clearTimeout(timer);
}
