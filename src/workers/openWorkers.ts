import { keyOf } from "../queue/job.ts";
import type { Level } from "../serve/log.ts";
import type { Tools, Work } from "../serve/start.ts";
import { openInstallations } from "../work/installations.ts";
import { reasonOf } from "../work/reasonOf.ts";
import { Unjudgeable } from "../work/unjudgeable.ts";
import type { Counts } from "../work/world.ts";
import type { Errand, News, Question } from "./messages.ts";
import { Broken, type Desk, Killed, Worker } from "./worker.ts";

/** What tests shorten, ms. */
export interface Pauses {
  /** See `openInstallations`. */
  readonly pace?: number;
  /** How long a worker waits for its next job. */
  readonly idle?: number;
}

const IDLE = 60_000;

/** So many jobs a worker does: none is blamed for what those before it left in memory. */
const MOST_JOBS = 20;

/**
 * What does the bot's jobs, each in a process of its own: a stranger's files neither hold up those who wait for an answer, nor take
 * the bot with them.
 */
export function openWorkers(
  { settings, app, queue, metrics, log }: Tools,
  { pace, idle: pause = IDLE }: Pauses = {},
): Work {
  const installations = openInstallations(app, metrics, () => new Date(), pace);
  const counts: Counts = metrics;
  const idle = new Map<Worker, NodeJS.Timeout>();

  const desk: Desk = {
    async answer(question: Question) {
      switch (question.what) {
        case "token":
          return installations.access(question.installation).token(question.anew);
        case "turn":
          return installations.access(question.installation).turn();
        case "add":
          return queue.add(question.job, question.at);
      }
    },
    hear(news: News) {
      switch (news.what) {
        case "log": {
          const fields = JSON.parse(news.line) as { readonly level: Level };
          return log[fields.level](fields);
        }
        case "count":
          return counts[news.counter].inc(news.labels);
        case "heard":
          return installations.access(news.installation).heard(news.heard);
        case "refused":
          return installations.access(news.installation).refused(news.wait);
      }
    },
  };

  function takeWorker(): Worker {
    // The one that came last, so that those that are not needed end.
    const [worker, timer] = [...idle].at(-1) ?? [new Worker(settings, desk), undefined];
    clearTimeout(timer);
    idle.delete(worker);
    return worker.isAlive ? worker : takeWorker();
  }

  function putBack(worker: Worker): void {
    if (worker.jobs >= MOST_JOBS) return worker.end();
    const timer = setTimeout(() => {
      idle.delete(worker);
      worker.end();
    }, pause);
    idle.set(worker, timer);
  }

  async function inWorker(errand: Errand, signal: AbortSignal, judging: (head: string) => void): ReturnType<Work> {
    const worker = takeWorker();
    try {
      return await worker.do(errand, signal, judging);
    } finally {
      putBack(worker);
    }
  }

  return async (job, { last, signal }) => {
    const { appId, apiUrl, serverUrl } = settings;
    const pausedUntil = installations.pausedUntil(job.installation);
    const mayTell = installations.mayTell(job.installation);
    const errand = { job, last, appId, apiUrl, serverUrl, pausedUntil, mayTell, unjudgeable: undefined };
    let head: string | undefined;
    const judging = (began: string): void => void (head = began);
    try {
      return await inWorker(errand, signal, judging).catch((error: unknown) => {
        // The memory may have been another's, so it is the job's fault only where the same happens again.
        if (error instanceof Killed) return inWorker(errand, signal, judging);
        throw error;
      });
    } catch (error) {
      const isOver = error instanceof Unjudgeable || (error instanceof Broken && last);
      if (!isOver) throw error;
      log.warn({ job: keyOf(job) }, error.message);
      const unjudgeable = { why: error instanceof Unjudgeable ? error.message : reasonOf(error), head };
      return inWorker({ ...errand, last: true, unjudgeable }, signal, judging);
    }
  };
}
