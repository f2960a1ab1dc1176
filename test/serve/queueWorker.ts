import { setTimeout as sleep } from "node:timers/promises";
import { keyOf } from "../../src/queue/job.ts";
import { RedisQueue } from "../../src/queue/redisQueue.ts";
import { Journal } from "./journal.ts";

/** A worker process of a test: `queueWorker.ts URL JOURNAL JOB-MS LOCK-MS STALL-CHECK-MS GRACE-MS`. */
const [, , url = "", path = "", ...times] = process.argv;
const [ms = 0, lock = 0, stallCheck = 0, grace = 0] = times.map(Number);
const journal = new Journal(path);

const queue = await RedisQueue.open(url, { log: () => {}, pause: () => 50, lock, stallCheck });
await queue.start(async (job, { signal }) => {
  const key = keyOf(job);
  signal.addEventListener("abort", () => journal.tell("abort", key));
  journal.tell("begin", key);
  await sleep(ms, undefined, { signal });
  journal.tell("end", key);
  return {};
});
process.once("SIGTERM", () => void queue.stop(grace).then(() => process.exit(0)));
journal.tell("ready");
