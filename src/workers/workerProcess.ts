import { judge } from "../judge/judge.ts";
import type { Queue } from "../queue/queue.ts";
import { openLog } from "../serve/log.ts";
import { doJob } from "../work/doJob.ts";
import { openInstallationClient } from "../work/installationClient.ts";
import { Unjudgeable } from "../work/unjudgeable.ts";
import type { Counted, Counts, World } from "../work/world.ts";
import type { Errand, FromWorker, News, Question, ToWorker } from "./messages.ts";
import { packThrown, unpackThrown } from "./thrown.ts";

// One of the bot's workers: it does one job at a time. What goes beyond a job - tokens, the queue, the log - it asks of the bot.

const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
let abort = new AbortController();
let asked = 0;

process.on("message", (message: ToWorker) => {
  switch (message.kind) {
    case "job":
      abort = new AbortController();
      send({ kind: "here" });
      void run(message.errand, abort.signal);
      break;
    case "abort":
      abort.abort();
      break;
    case "look":
      send({ kind: "here" });
      break;
    case "answer": {
      const { id, answer, thrown } = message;
      const asker = waiting.get(id);
      waiting.delete(id);
      if (thrown) asker?.reject(unpackThrown(thrown));
      else asker?.resolve(answer);
    }
  }
});
// Whoever ends the bot lets it end what it has begun; and nobody is left behind when it has ended.
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => {});
process.on("disconnect", () => process.exit());

async function run(errand: Errand, signal: AbortSignal): Promise<void> {
  try {
    const queue: Pick<Queue, "add"> = { add: async (job, at) => void (await ask({ what: "add", job, at })) };
    const done = await doJob(worldOf(errand), queue, errand.job, { last: errand.last, signal });
    send({ kind: "done", done });
  } catch (error) {
    send({ kind: "failed", thrown: packThrown(error) });
  }
}

function worldOf({ appId, apiUrl, serverUrl, pausedUntil, mayTell, unjudgeable }: Errand): World {
  return {
    appId,
    serverUrl,
    now: () => new Date(),
    client: async (installation) =>
      openInstallationClient(apiUrl, {
        token: async (anew = false) => String(await ask({ what: "token", installation, anew })),
        turn: async () => void (await ask({ what: "turn", installation })),
        heard: (heard) => tell({ what: "heard", installation, heard }),
        refused: (wait) => tell({ what: "refused", installation, wait }),
      }),
    pausedUntil: () => pausedUntil,
    mayTell: () => mayTell,
    judge: async (repository, task, ...more) => {
      // Whoever pushed meanwhile has another commit judged.
      if (unjudgeable && (unjudgeable.head ?? task.head) === task.head) throw new Unjudgeable(unjudgeable.why);
      send({ kind: "judging", head: task.head });
      return judge(repository, task, ...more);
    },
    // All of it: how loud the log is, and what it hides, the bot knows.
    log: openLog("trace", [], (line) => tell({ what: "log", line })),
    metrics: { findings: { inc: counting("findings") }, degradedWrites: { inc: counting("degradedWrites") } },
  };
}

function counting(counter: Counted): Counts[Counted]["inc"] {
  return (labels) => tell({ what: "count", counter, labels });
}

async function ask(question: Question): Promise<unknown> {
  const id = ++asked;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    send({ kind: "question", id, question });
  });
}

function tell(news: News): void {
  send({ kind: "news", news });
}

function send(message: FromWorker): void {
  process.send?.(message);
}
