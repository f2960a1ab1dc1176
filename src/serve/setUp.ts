import { randomBytes } from "node:crypto";
import { chmodSync, closeSync, existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { parse } from "yaml";
import * as z from "zod";
import { Unusable } from "../load/unusable.ts";
import { WEBHOOK_PATH } from "./front.ts";
import { type Answer, BACK_PATH, openSetUpPage } from "./setUpPage.ts";
import { type Environment, Misconfigured, GITHUB_COM, type Place, readPlace } from "./settings.ts";

const MANIFEST = "app.yml";
const ENV_FILE = ".env";

/** What the environment file keeps of an App that GitHub made. */
const KEPT = ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"] as const;

/** How long GitHub may take for its answer, milliseconds. */
const PATIENCE = 30_000;

/** An App that GitHub made of a manifest, as far as we need it. */
const MADE = z.object({
  id: z.int().positive(),
  pem: z.string().regex(/^-----BEGIN [\w ]+-----\s[\w+/=\s]+-----END [\w ]+-----\s*$/),
  webhook_secret: z.string().regex(/^[\w-]{16,}$/),
  html_url: z.url({ protocol: /^https?$/ }),
});

/**
 * Registers an App by GitHub's manifest flow: a page that sends `app.yml` to GitHub, which sends the browser back with a code
 * for the App's number, key and secret; they are written to `.env`, readable by its owner only. Resolves once they are.
 * Throws `Misconfigured`, and `Unusable` where `.env` cannot be written or has an App already.
 */
export async function setUp(
  env: Environment,
  publicUrl: string,
  tell: (line: string) => void,
  { folder = ".", patience = PATIENCE } = {},
): Promise<void> {
  const manifest = readManifest(join(folder, MANIFEST));
  const envFile = join(folder, ENV_FILE);
  assertNoApp(env, envFile);
  const place = readPlace(env);
  const owner = ownerOf(env);
  assertWritable(envFile);
  const isOpen = Boolean(env["HOST"]?.trim());
  // Without it any page in the same browser could have us take another App for ours.
  const state = randomBytes(32).toString("hex");
  // Whoever else reaches the page, such as other users of this machine, would read the state there.
  const key = randomBytes(16).toString("hex");
  let lost: unknown;
  let finishing: Promise<Answer> | undefined;
  const finish = async (code: string): Promise<Answer> => {
    const made = await convert(place, code, patience);
    try {
      keep(envFile, made, place);
    } catch (error) {
      lost = error;
      return { status: 500, text: (error as Error).message, isLast: true };
    }
    const location = `${made.html_url}/installations/new`;
    return { status: 302, text: "The App is registered.", location, isLast: true };
  };
  const page = openSetUpPage({
    isOpen,
    key,
    target: `${place.serverUrl}${owner}/settings/apps/new?state=${state}`,
    manifest: (origin) => ({
      ...manifest,
      hook_attributes: { url: new URL(WEBHOOK_PATH, publicUrl).href, active: true },
      redirect_url: `${origin}${BACK_PATH}`,
    }),
    finish: async (query) => {
      const code = query.get("code") ?? "";
      if (query.get("state") !== state || code === "") return FOREIGN;
      // GitHub takes a code once: a page that is loaded again meanwhile would tell to delete the App that is being kept.
      finishing ??= finish(code).catch((error: unknown) => {
        finishing = undefined;
        throw error;
      });
      return finishing;
    },
  });
  tell(`Open ${await listen(page, place)}?${key} in a browser: its button registers the App at GitHub.`);
  if (isOpen)
    tell(
      "HOST is set: whoever knows this address may register the App in your place, and it goes over the network unencrypted.",
    );
  await once(page, "close");
  if (lost !== undefined) throw lost;
  tell(`The App is registered, and its number, key and secret are in ${ENV_FILE}. Start the bot: npm start`);
}

const FOREIGN: Answer = {
  status: 403,
  text: "This is no answer to the page that --set-up shows now. Open that page, and press its button.",
};

/** Resolves to the page's address. */
async function listen(page: Server, { host, port }: Place): Promise<string> {
  page.listen(port, host);
  await once(page, "listening").catch((error: NodeJS.ErrnoException) => {
    throw new Unusable(
      `The page cannot be opened at ${host}, port ${port} (${error.code}): choose another HOST or PORT.`,
    );
  });
  const { port: own } = page.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${own}/`;
}

function readManifest(path: string): object {
  if (!existsSync(path))
    throw new Unusable(`There is no ${MANIFEST} here: run --set-up in the folder of mta-sts-guard, which holds it.`);
  return z.looseObject({}).parse(parse(readFileSync(path, "utf8")));
}

/** Nothing that is there is written over. */
function assertNoApp(env: Environment, envFile: string): void {
  const inFile = existsSync(envFile) ? parseEnv(readFileSync(envFile, "utf8")) : {};
  for (const name of [...KEPT, "PRIVATE_KEY_PATH"]) {
    if (inFile[name]?.trim())
      throw new Unusable(
        `${ENV_FILE} has ${name} already: start the bot, or move ${ENV_FILE} away to register another App.`,
      );
    if (env[name]?.trim())
      throw new Unusable(`${name} is set in the environment, which comes before ${ENV_FILE}: unset it first.`);
  }
}

/** Asked before GitHub is: it tells a key once. */
function assertWritable(envFile: string): void {
  try {
    closeSync(openSync(envFile, "a", 0o600));
    // Of another's file, which one may write, it is refused.
    chmodSync(envFile, 0o600);
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new Unusable(
      `${ENV_FILE} cannot be written here (${code}), and the key is to go there: run --set-up as a user who may.`,
    );
  }
}

/** The path of who the App is to belong to. */
function ownerOf({ GH_ORG: name }: Environment): string {
  if (!name?.trim()) return "";
  if (!/^[\w-]+$/.test(name))
    throw new Misconfigured([
      "GH_ORG is no organisation: write its name as it stands in its address, github.com/NAME.",
    ]);
  return `/organizations/${name}`;
}

/** What GitHub made of the manifest; throws `Unusable` where it does not tell. */
async function convert({ apiUrl }: Place, code: string, patience: number): Promise<z.infer<typeof MADE>> {
  const url = `${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`;
  const headers = { accept: "application/vnd.github+json", "user-agent": "mta-sts-guard" };
  const signal = AbortSignal.timeout(patience);
  const answer = await fetch(url, { method: "POST", headers, signal }).catch((error: unknown) => {
    const { cause, name } = error as Error;
    const { code: reason = name } = (cause ?? {}) as NodeJS.ErrnoException;
    throw new Unusable(`GitHub does not answer (${reason}): load this page again, within an hour.`);
  });
  if (!answer.ok)
    throw new Unusable(
      `GitHub gives no key for this answer (${answer.status}): delete the App there if it has been made, and begin again.`,
    );
  const made = MADE.safeParse(await answer.json().catch(() => undefined));
  if (made.success) return made.data;
  const where = made.error.issues[0]?.path.join(".") || "it is no JSON";
  throw new Unusable(
    `GitHub's answer is not understood (${where}): delete the App there, and register it by hand as docs/bot.md says.`,
  );
}

function keep(
  envFile: string,
  { id, pem, webhook_secret: secret, html_url: page }: z.infer<typeof MADE>,
  { apiUrl }: Place,
): void {
  const values = { APP_ID: String(id), PRIVATE_KEY: pem.trim(), WEBHOOK_SECRET: secret };
  const ours = KEPT.map((name) => `${name}=${values[name].replaceAll(/\r?\n/g, String.raw`\n`)}\n`);
  try {
    const there = readFileSync(envFile, "utf8");
    const { GITHUB_API_URL: api, GHE_HOST: host } = parseEnv(there);
    // The App is known there only.
    if (!api?.trim() && !host?.trim() && apiUrl !== GITHUB_COM) ours.push(`GITHUB_API_URL=${apiUrl}\n`);
    const others = there.split(/(?<=\n)/).filter((line) => !/^(?:APP_ID|PRIVATE_KEY|WEBHOOK_SECRET)\s*=/.test(line));
    const end = /[^\n]$/.test(others.at(-1) ?? "") ? "\n" : "";
    chmodSync(envFile, 0o600);
    writeFileSync(envFile, [...others, end, ...ours].join(""));
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    throw new Unusable(
      `The App is registered, but ${ENV_FILE} cannot be written (${code}), and GitHub tells its key once: make a new key and secret on ${page}, and fill in ${ENV_FILE} by hand.`,
    );
  }
}
