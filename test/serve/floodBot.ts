import { openLog } from "../../src/serve/log.ts";
import { openWorkers } from "../../src/workers/openWorkers.ts";
import { RedisQueue } from "../../src/queue/redisQueue.ts";
import { readSettings } from "../../src/serve/settings.ts";
import { start } from "../../src/serve/start.ts";

/** A replica of the bot that writes as fast as it can, and whose death is noticed sooner: `floodBot.ts`, told by the environment. */
const settings = readSettings(process.env);
const log = openLog("info", [...settings.secrets, settings.privateKey], (line) => void process.stdout.write(line));
const queue = await RedisQueue.open(settings.redisUrl ?? "", {
  log: (line) => log.warn(line),
  pause: () => 500,
  concurrency: settings.workers,
  lock: 10_000,
  stallCheck: 1_000,
});
await start(settings, log, queue, (tools) => openWorkers(tools, { pace: 0 }));
