import { existsSync } from "node:fs";
import { Unusable } from "../load/unusable.ts";
import { readArguments } from "./readArguments.ts";

export const help = `Starts the bot: a GitHub App that checks the pull requests of all repositories it is installed in.

usage: mta-sts-guard bot
       mta-sts-guard bot --set-up --url URL

  --set-up   register an App at GitHub, on a page that only this machine reaches unless HOST is
             set, and write its number, key and secret to .env
  --url URL  where GitHub will reach the bot, such as https://bot.example.com
  --help     this text

GH_ORG=NAME in the environment makes the App one of that organisation: it can be installed where it
belongs to, and nowhere else.

It is told by its environment, and by .env in the current directory, what it needs: APP_ID,
PRIVATE_KEY (or PRIVATE_KEY_PATH) and WEBHOOK_SECRET, and what it may be told: docs/bot.md. It needs
npm install. SIGTERM or SIGINT ends it when it has ended what it began, at the latest after 25 s.

Exit status: 0 it was told to end; 1 it broke; 2 it could not start.
`;

/** How long what was begun may take when the bot is told to end, ms; systemd and others wait for 30 s or more. */
export const GRACE = 25_000;

/** Runs `bot` until it is told to end; resolves to the exit status. */
export async function runBot(argv: readonly string[]): Promise<number> {
  const options = { "set-up": { type: "boolean" }, url: { type: "string" }, help: { type: "boolean" } } as const;
  const { values } = readArguments("bot", { args: [...argv], options, strict: true });
  if (values.help) return (process.stdout.write(help), 0);
  readEnvFile();
  const { Misconfigured } = await import("../serve/settings.ts");
  try {
    return await (values["set-up"] ? setUp(values.url) : serve());
  } catch (error) {
    if (!(error instanceof Misconfigured)) throw error;
    for (const mistake of error.mistakes) process.stderr.write(`mta-sts-guard: ${mistake}\n`);
    return 2;
  }
}

function readEnvFile(): void {
  if (!existsSync(".env")) return;
  try {
    process.loadEnvFile(".env");
  } catch {
    // Node says of every fault that there is no such file.
    throw new Unusable(".env in the current directory cannot be read: let the bot's user read it, or move it away.");
  }
}

async function setUp(url: string | undefined): Promise<number> {
  if (url === undefined || !/^https:\/\/[^/\s@?#]+\/?$/.test(url) || !URL.canParse(url))
    throw new Unusable(
      "--set-up needs to know where GitHub will reach the bot: give it --url https://HOST, without a path.",
    );
  const { setUp: register } = await installed(() => import("../serve/setUp.ts"));
  await register(process.env, url, (line) => process.stdout.write(`${line}\n`));
  return 0;
}

async function serve(): Promise<number> {
  const { Misconfigured, readSettings } = await import("../serve/settings.ts");
  const settings = readSettings(process.env);
  const { serveUntilTold } = await installed(() => import("./serveUntilTold.ts"));
  const { whyRefused } = await import("../queue/whyRefused.ts");
  const { redisUrl } = settings;
  const mistake = redisUrl === undefined ? undefined : await installed(async () => whyRefused(redisUrl));
  if (mistake !== undefined) throw new Misconfigured([mistake]);
  return serveUntilTold(settings, GRACE);
}

/** What needs the packages that the other commands do without. */
async function installed<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== "ERR_MODULE_NOT_FOUND") throw error;
    const name = /package '([^']+)'/.exec(message)?.[1];
    throw new Unusable(
      `bot needs packages that are not here${name === undefined ? "" : ` (${name})`}: run npm install in the folder of mta-sts-guard.`,
    );
  }
}
