import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import * as z from "zod";
import { LEVELS } from "./log.ts";

/** What the bot is told by its environment, checked. */
export interface Settings {
  readonly appId: number;
  /** PEM, PKCS #8. */
  readonly privateKey: string;
  /** The webhook's secret, then the one that it had before. */
  readonly secrets: readonly string[];
  /** Undefined where the queue is in the process. */
  readonly redisUrl: string | undefined;
  readonly host: string;
  readonly port: number;
  readonly logLevel: (typeof LEVELS)[number];
  /** How many jobs are done at a time. */
  readonly workers: number;
  /** What one job may take, MiB of memory and seconds of work. */
  readonly jobMemory: number;
  readonly jobSeconds: number;
  /** GitHub's REST API, without a slash at the end. */
  readonly apiUrl: string;
  /** GitHub's web address, likewise. */
  readonly serverUrl: string;
}

/** An environment, as `process.env` has it; an empty value is none. */
export type Environment = Readonly<Record<string, string | undefined>>;

const WORKERS = 4;
const JOB_MEMORY = 512;
const JOB_SECONDS = 60;

/** Where the bot listens, and which GitHub it speaks to. */
export type Place = Pick<Settings, "host" | "port" | "apiUrl" | "serverUrl">;

/** The API of github.com. */
export const GITHUB_COM = "https://api.github.com";

/** Each variable, and what it says in `.env.example` and `docs/bot.md`. */
export const VARIABLES: Readonly<Record<string, string>> = {
  APP_ID: "The App's number, from its page on GitHub.",
  PRIVATE_KEY:
    "The App's private key: the PEM file's text, its line ends written as \\n or not, or all of it in base64.",
  PRIVATE_KEY_PATH: "In place of `PRIVATE_KEY`: the path of the PEM file.",
  WEBHOOK_SECRET: "What GitHub signs deliveries with; at least 16 bytes, best `openssl rand -hex 32`.",
  WEBHOOK_SECRET_PREVIOUS: "The secret before, which is accepted, too, while you change it.",
  REDIS_URL:
    "`redis://` or `rediss://`: the queue is kept there and shared by all replicas. Without it, it is in the process.",
  HOST: "The address to listen at (default `127.0.0.1`; in a container `0.0.0.0`).",
  PORT: "The port to listen at (default 3000).",
  LOG_LEVEL: "`fatal`, `error`, `warn`, `info` (the default), `debug` or `trace`.",
  WORKERS: `How many pull requests are judged at a time, each in a process of its own (default ${WORKERS}).`,
  JOB_MEMORY: `The memory, MiB, that judging one pull request may take (default ${JOB_MEMORY}); past it, the check is red and says so.`,
  JOB_SECONDS: `The seconds that judging one may take at a stretch (default ${JOB_SECONDS}), likewise.`,
  GITHUB_API_URL: "The API of a GitHub Enterprise Server, such as `https://github.example.com/api/v3`.",
  GHE_HOST: "In place of `GITHUB_API_URL`, as Probot has it: the server's host name.",
};

/** The variables without which nothing runs; whoever set none of them has no App yet. */
const IDENTITY = ["APP_ID", "PRIVATE_KEY", "PRIVATE_KEY_PATH", "WEBHOOK_SECRET"] as const;

/** What is wrong with the environment, a sentence each that says what to do. */
export class Misconfigured extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(mistakes.join(" "));
    this.name = "Misconfigured";
    this.mistakes = mistakes;
  }
}

/** Probot accepts deliveries that are signed with this where it has no secret. */
const PROBOT_SECRET = "development";
const SECRET_BYTES = 16;
const NEW_SECRET = "make one with `openssl rand -hex 32` and give it to the App's webhook as well";

const secret = (name: string) =>
  z
    .string()
    .refine((text) => text !== PROBOT_SECRET, `${name} is Probot's default, which everybody knows: ${NEW_SECRET}.`)
    .refine(
      (text) => text === PROBOT_SECRET || Buffer.byteLength(text) >= SECRET_BYTES,
      `${name} is shorter than ${SECRET_BYTES} bytes, so it can be guessed: ${NEW_SECRET}.`,
    );

const number = (name: string, least: number, most: number, unit: string) => {
  const mistake = `${name} is no number of ${unit} that makes sense: write one from ${least} to ${most}.`;
  return z
    .string()
    .regex(/^\d{1,5}$/, mistake)
    .transform(Number)
    .refine((value) => value >= least && value <= most, mistake);
};

const ENVIRONMENT = z.object({
  APP_ID: z
    .string("APP_ID is not set: copy the App ID from the App's page on GitHub.")
    .regex(
      /^[1-9]\d{0,14}$/,
      "APP_ID is no number: copy the App ID (not the client ID) from the App's page on GitHub.",
    ),
  PRIVATE_KEY: z.string().optional(),
  PRIVATE_KEY_PATH: z.string().optional(),
  WEBHOOK_SECRET: z
    .string(`WEBHOOK_SECRET is not set, so anybody could send deliveries: ${NEW_SECRET}.`)
    .pipe(secret("WEBHOOK_SECRET")),
  WEBHOOK_SECRET_PREVIOUS: secret("WEBHOOK_SECRET_PREVIOUS").optional(),
  REDIS_URL: z
    .string()
    .refine(
      (url) => /^rediss?:\/\/[^/]/.test(url) && URL.canParse(url),
      "REDIS_URL is no redis:// or rediss:// address: write redis://HOST:6379, with a password redis://:PASSWORD@HOST:6379 and %23, %2F, %3F or %40 for a #, /, ? or @ in it; or leave it out.",
    )
    .refine(
      (url) => !URL.canParse(url) || /^\/?\d{0,4}$/.test(new URL(url).pathname),
      "REDIS_URL ends with something that is no number of a database: write redis://HOST:6379/0, or nothing after the port.",
    )
    .refine(
      (url) => !URL.canParse(url) || /^(?:\?family=[046])?$/.test(new URL(url).search + new URL(url).hash),
      "REDIS_URL has something behind a ? or #: leave that out, or write %3F or %23 if it belongs to the password.",
    )
    .refine(
      (url) => !URL.canParse(url) || isEncoded(new URL(url)),
      "REDIS_URL has a % in its name or password that stands for nothing: write %25 for it.",
    )
    .optional(),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, "HOST is no address to listen at: write an IP address or a host name.")
    .default("127.0.0.1"),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, "PORT is no port: write a number from 0 to 65535.")
    .transform(Number)
    .refine((port) => port <= 65_535, "PORT is no port: write a number from 0 to 65535.")
    .default(3000),
  LOG_LEVEL: z
    .enum(LEVELS, `LOG_LEVEL is not known: use ${LEVELS.slice(0, -1).join(", ")} or ${LEVELS.at(-1)}.`)
    .default("info"),
  WORKERS: number("WORKERS", 1, 100, "processes").default(WORKERS),
  JOB_MEMORY: number("JOB_MEMORY", 64, 65_536, "MiB").default(JOB_MEMORY),
  JOB_SECONDS: number("JOB_SECONDS", 1, 3600, "seconds").default(JOB_SECONDS),
  GITHUB_API_URL: z
    .string()
    .refine(
      (url) => /^https?:\/\/[^/@?#]+(?:\/[^@?#]*)?$/.test(url) && URL.canParse(url),
      "GITHUB_API_URL is no address: write it like https://github.example.com/api/v3.",
    )
    .refine(
      (url) => !URL.canParse(url) || isApi(new URL(url)),
      "GITHUB_API_URL is the address of a web page: write https://HOST/api/v3 for a server of your own, or leave it out for github.com.",
    )
    .refine(
      (url) => !URL.canParse(url) || isPrivate(new URL(url)),
      "GITHUB_API_URL is not https, so tokens could be read on the way: use https.",
    )
    .optional(),
  GHE_HOST: z
    .string()
    .regex(/^[\w.-]+(?::\d+)?$/, "GHE_HOST is no host name: write it without https:// and path.")
    .optional(),
});

/** Reads the environment; throws `Misconfigured` with all that is wrong in it. */
export function readSettings(env: Environment): Settings {
  const given = givenIn(env);
  if (!IDENTITY.some((name) => given[name] !== undefined))
    throw new Misconfigured([
      "APP_ID, PRIVATE_KEY and WEBHOOK_SECRET are not set: run `mta-sts-guard bot --set-up` once to register an App and write them to .env, or set them as docs/bot.md says.",
    ]);
  const read = ENVIRONMENT.safeParse(given);
  const mistakes = read.error?.issues.map(({ message }) => message) ?? [];
  const privateKey = readKey(given, mistakes);
  const apiUrl = apiOf(given, mistakes);
  if (!read.success || privateKey === undefined || mistakes.length > 0) throw new Misconfigured(mistakes);
  const { data } = read;
  const previous = data.WEBHOOK_SECRET_PREVIOUS;
  return {
    appId: Number(data.APP_ID),
    privateKey,
    secrets: [data.WEBHOOK_SECRET, ...(previous === undefined ? [] : [previous])],
    redisUrl: data.REDIS_URL,
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    workers: data.WORKERS,
    jobMemory: data.JOB_MEMORY,
    jobSeconds: data.JOB_SECONDS,
    apiUrl,
    serverUrl: serverOf(apiUrl),
  };
}

/** Reads what there is to know before there is an App; throws `Misconfigured`. */
export function readPlace(env: Environment): Place {
  const given = givenIn(env);
  const read = ENVIRONMENT.pick({ HOST: true, PORT: true, GITHUB_API_URL: true, GHE_HOST: true }).safeParse(given);
  const mistakes = read.error?.issues.map(({ message }) => message) ?? [];
  const apiUrl = apiOf(given, mistakes);
  if (!read.success || mistakes.length > 0) throw new Misconfigured(mistakes);
  return { host: read.data.HOST, port: read.data.PORT, apiUrl, serverUrl: serverOf(apiUrl) };
}

/** Blanks around a value, or the line end of a file from Windows, belong to no value that there can be. */
function givenIn(env: Environment): Environment {
  const trimmed = Object.entries(env).map(([name, value]) => [name, value?.trim()] as const);
  return Object.fromEntries(trimmed.filter(([, value]) => value));
}

/** The key as PKCS #8, from the text or the file; adds what is wrong to `mistakes`. */
function readKey({ PRIVATE_KEY: text, PRIVATE_KEY_PATH: path }: Environment, mistakes: string[]): string | undefined {
  const mistake = (what: string) => void mistakes.push(what);
  if (text !== undefined && path !== undefined)
    return mistake("PRIVATE_KEY and PRIVATE_KEY_PATH are both set: keep one of them.");
  if (text !== undefined) {
    const key = keyIn(text.includes("-----BEGIN") ? text : Buffer.from(text, "base64").toString());
    return (
      key ??
      mistake("PRIVATE_KEY is no RSA key: give it the text of the .pem file that GitHub made, or that text in base64.")
    );
  }
  if (path === undefined)
    return mistake(
      "PRIVATE_KEY is not set: make a key on the App's page on GitHub and give its text here, or its path in PRIVATE_KEY_PATH.",
    );
  try {
    const key = keyIn(readFileSync(path, "utf8"));
    return (
      key ?? mistake("PRIVATE_KEY_PATH names a file that holds no RSA key: give it the .pem file that GitHub made.")
    );
  } catch (error) {
    const { code = "unknown" } = error as NodeJS.ErrnoException;
    return mistake(`PRIVATE_KEY_PATH names a file that cannot be read (${code}): check the path and who may read it.`);
  }
}

function keyIn(text: string): string | undefined {
  try {
    const key = createPrivateKey(text.replaceAll(String.raw`\n`, "\n"));
    return key.asymmetricKeyType === "rsa" ? key.export({ type: "pkcs8", format: "pem" }).toString() : undefined;
  } catch {
    return undefined;
  }
}

/** GitHub's API, github.com's unless the environment names another; adds what is wrong to `mistakes`. */
function apiOf({ GITHUB_API_URL: url, GHE_HOST: host }: Environment, mistakes: string[]): string {
  const named = url?.replace(/\/+$/, "");
  const ofHost = host === undefined ? undefined : `https://${host}/api/v3`;
  if (named !== undefined && ofHost !== undefined && named !== ofHost)
    mistakes.push("GITHUB_API_URL and GHE_HOST name different servers: keep GITHUB_API_URL.");
  return named ?? ofHost ?? GITHUB_COM;
}

/** The web address that goes with an API: github.com's, that of a tenant of ghe.com, or an enterprise server's. */
function serverOf(apiUrl: string): string {
  const { protocol, host, origin } = new URL(apiUrl);
  return host === "api.github.com" || host.endsWith(".ghe.com") ? `${protocol}//${host.replace(/^api\./, "")}` : origin;
}

function isEncoded({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return true;
  } catch {
    return false;
  }
}

/** Not the page that people open: github.com and ghe.com have their API under a name of its own, a server under a path. */
function isApi({ protocol, hostname, pathname }: URL): boolean {
  return protocol === "http:" || hostname.startsWith("api.") || pathname !== "/";
}

/** Whether nobody on the way can read what is sent there: not plain http, or to this machine itself. */
function isPrivate({ protocol, hostname }: URL): boolean {
  return protocol !== "http:" || ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}
