import { Unusable } from "../load/unusable.ts";
import { openLog } from "../serve/log.ts";
import { openQueue } from "../queue/openQueue.ts";
import { Output } from "../serve/output.ts";
import type { Settings } from "../serve/settings.ts";
import { start } from "../serve/start.ts";
import { openWorkers } from "../workers/openWorkers.ts";

/** How long whoever reads the log may take for the last of it, milliseconds. */
const LAST_WORDS = 1000;

/**
 * Runs a bot in this process until a signal ends it, and ends the process. The first signal lets what was begun end, for
 * `grace` milliseconds; the second does not. Throws `Unusable` where the bot cannot listen.
 */
export async function serveUntilTold(settings: Settings, grace: number): Promise<never> {
  const output = new Output(process.stdout.fd);
  const log = openLog(settings.logLevel, secretsOf(settings), (line) => output.write(line));
  for (const event of ["uncaughtException", "unhandledRejection"])
    process.on(event, (error: unknown) => {
      log.fatal({ err: error }, "The bot broke: this is a fault of mta-sts-guard itself, please report it.");
      output.endNow();
      process.exit(1);
    });
  const told = signals();
  const queue = await openQueue(settings.redisUrl, { log: (line) => log.warn(line), concurrency: settings.workers });
  const running = await start(settings, log, queue, (tools) => openWorkers(tools)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") throw error;
      throw new Unusable(
        `The bot cannot listen at ${settings.host}, port ${settings.port} (${error.code}): choose another HOST or PORT.`,
      );
    },
  );
  const reason = await Promise.race([told, running.broken]);
  if (reason !== undefined) log.fatal({ err: reason }, "The queue does no jobs any more.");
  await running.stop(grace);
  await output.end(LAST_WORDS);
  process.exit(reason === undefined ? 0 : 1);
}

/** Resolves at the first signal; the second ends the process at once. */
async function signals(): Promise<undefined> {
  await new Promise<void>((resolve) => {
    let isTold = false;
    for (const signal of ["SIGTERM", "SIGINT"] as const)
      process.on(signal, () => (isTold ? process.exit(1) : ((isTold = true), resolve())));
  });
  return undefined;
}

/** What no line of the log may show. */
function secretsOf({ secrets, privateKey, redisUrl }: Settings): readonly string[] {
  const password = redisUrl === undefined ? "" : new URL(redisUrl).password;
  return [...secrets, privateKey, privateKey.replaceAll("\n", ""), password, decodeURIComponent(password)];
}
