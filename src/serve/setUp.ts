import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { run } from "probot";
import { Unusable } from "../load/unusable.ts";
import { WEBHOOK_PATH } from "./front.ts";
import type { Environment } from "./settings.ts";

const MANIFEST = "app.yml";
const ENV_FILE = ".env";

/** What the environment file keeps of an App that GitHub made. */
const KEPT = ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"] as const;

/**
 * Registers an App by Probot's manifest flow: a page that sends `app.yml` to GitHub, which answers with the App's number, key
 * and secret; they are written to `.env`, readable by its owner only. Resolves once they are.
 */
export async function setUp(env: Environment, publicUrl: string, tell: (line: string) => void): Promise<void> {
  if (!existsSync(MANIFEST))
    throw new Unusable(`There is no ${MANIFEST} here: run --set-up in the folder of mta-sts-guard, which holds it.`);
  if (existsSync(ENV_FILE) && /^APP_ID=./m.test(readFileSync(ENV_FILE, "utf8")))
    throw new Unusable(
      `${ENV_FILE} has an APP_ID already: start the bot, or move ${ENV_FILE} away to register another.`,
    );
  prepareProbot(env, publicUrl);
  const { HOST: host = "127.0.0.1", PORT: port = "3000" } = env;
  const { promise, written } = writtenOnce();
  const options = { env: { HOST: host, PORT: port, LOG_LEVEL: "error" }, updateEnv: written };
  const server = await run(() => {}, options as unknown as Parameters<typeof run>[1]);
  tell(`Open http://${host}:${server.port ?? port}/probot in a browser: its button registers the App at GitHub.`);
  if (env["HOST"] !== undefined)
    tell("HOST is set: whoever reaches this page may register the App in your place. Let nobody but you.");
  await promise;
  tell(`The App is registered, and its number, key and secret are in ${ENV_FILE}. Start the bot: npm start`);
  // The browser is still to be sent on to the App's page.
  setTimeout(() => void server.stop(), 1000);
}

/** Probot reads these from the process, and would fetch a package and ask smee.io for an address otherwise. */
function prepareProbot(env: Environment, publicUrl: string): void {
  const api = env["GITHUB_API_URL"] === undefined ? undefined : new URL(env["GITHUB_API_URL"]);
  Object.assign(process.env, {
    NODE_ENV: "development",
    NO_SMEE_SETUP: "true",
    WEBHOOK_PROXY_URL: new URL(WEBHOOK_PATH, publicUrl).href,
    ...(api && api.host !== "api.github.com" ? { GHE_HOST: api.host, GHE_PROTOCOL: api.protocol.slice(0, -1) } : {}),
  });
}

function writtenOnce() {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  const written = (values: Readonly<Record<string, string>>) => {
    const lines = existsSync(ENV_FILE) ? readFileSync(ENV_FILE, "utf8").split("\n") : [];
    const others = lines.filter((line) => line !== "" && !KEPT.some((name) => line.startsWith(`${name}=`)));
    const ours = KEPT.map((name) => `${name}=${(values[name] ?? "").trim().replaceAll(/\r?\n/g, String.raw`\n`)}`);
    writeFileSync(ENV_FILE, `${[...others, ...ours].join("\n")}\n`, { mode: 0o600 });
    chmodSync(ENV_FILE, 0o600);
    resolve();
    return values;
  };
  return { promise, written };
}
