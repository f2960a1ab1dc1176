import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { type Environment, Misconfigured, readSettings, VARIABLES } from "../../src/serve/settings.ts";
import { PREVIOUS_SECRET, PRIVATE_KEY, SECRET } from "./sender.ts";

const ENOUGH = { APP_ID: "4711", PRIVATE_KEY, WEBHOOK_SECRET: SECRET };
const PKCS8 = createPrivateKey(PRIVATE_KEY).export({ type: "pkcs8", format: "pem" });

function mistakesOf(env: Environment): readonly string[] {
  try {
    readSettings(env);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(Misconfigured);
    return (error as Misconfigured).mistakes;
  }
}

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), "bot-")), "key.pem");
  writeFileSync(path, text);
  return path;
}

it("needs an App's number, key and secret, and has a default for all else", () => {
  expect(readSettings(ENOUGH)).toEqual({
    appId: 4711,
    privateKey: PKCS8,
    secrets: [SECRET],
    redisUrl: undefined,
    host: "127.0.0.1",
    port: 3000,
    logLevel: "info",
    workers: 4,
    jobMemory: 512,
    jobSeconds: 60,
    apiUrl: "https://api.github.com",
    serverUrl: "https://github.com",
  });
});

it("reads everything it may be told", () => {
  const told = {
    WEBHOOK_SECRET_PREVIOUS: PREVIOUS_SECRET,
    REDIS_URL: "rediss://:pass@redis:6379/1",
    HOST: "0.0.0.0",
    PORT: "8080",
    LOG_LEVEL: "warn",
    WORKERS: "1",
    JOB_MEMORY: "64",
    JOB_SECONDS: "3600",
    GITHUB_API_URL: "https://github.example.com/api/v3/",
  };
  expect(readSettings({ ...ENOUGH, ...told })).toMatchObject({
    secrets: [SECRET, PREVIOUS_SECRET],
    redisUrl: told.REDIS_URL,
    host: "0.0.0.0",
    port: 8080,
    logLevel: "warn",
    apiUrl: "https://github.example.com/api/v3",
    serverUrl: "https://github.example.com",
  });
});

it.each([
  ["as it is", PRIVATE_KEY],
  ["with its line ends written", PRIVATE_KEY.replaceAll("\n", String.raw`\n`)],
  ["with the line ends of Windows", PRIVATE_KEY.replaceAll("\n", "\r\n")],
  ["in base64", Buffer.from(PRIVATE_KEY).toString("base64")],
  ["in base64, its line ends written", Buffer.from(PRIVATE_KEY.replaceAll("\n", String.raw`\n`)).toString("base64")],
  ["as PKCS #8", String(PKCS8)],
])("reads a key %s", (_, key) => {
  expect(readSettings({ ...ENOUGH, PRIVATE_KEY: key }).privateKey).toBe(PKCS8);
});

it("reads a key from a file", () => {
  const { PRIVATE_KEY: _, ...env } = ENOUGH;
  expect(readSettings({ ...env, PRIVATE_KEY_PATH: file(PRIVATE_KEY) }).privateKey).toBe(PKCS8);
});

it("takes what is empty for what is not set, as a compose file writes it", () => {
  expect(readSettings({ ...ENOUGH, REDIS_URL: "", HOST: " ", WEBHOOK_SECRET_PREVIOUS: "" })).toMatchObject({
    redisUrl: undefined,
    host: "127.0.0.1",
    secrets: [SECRET],
  });
});

it("takes no blank and no line end of Windows for a part of a value", () => {
  const told = {
    ...ENOUGH,
    REDIS_URL: "rediss://:pass@redis:6379/1?family=6",
    HOST: "::1",
    PORT: "8080",
    LOG_LEVEL: "warn",
  };
  const crlf = Object.fromEntries(Object.entries(told).map(([name, value]) => [name, ` ${value} \r\n`]));
  expect(readSettings(crlf)).toEqual(readSettings(told));
});

it.each([
  [{ GHE_HOST: "github.example.com" }, "https://github.example.com/api/v3", "https://github.example.com"],
  [{ GITHUB_API_URL: "https://api.octo.ghe.com" }, "https://api.octo.ghe.com", "https://octo.ghe.com"],
  [{ GITHUB_API_URL: "http://127.0.0.1:8123" }, "http://127.0.0.1:8123", "http://127.0.0.1:8123"],
])("%j is the server %s", (env, apiUrl, serverUrl) => {
  expect(readSettings({ ...ENOUGH, ...env })).toMatchObject({ apiUrl, serverUrl });
});

const ec = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" });

const MISTAKES: readonly (readonly [title: string, env: Environment, line: RegExp])[] = [
  ["nothing is set", { APP_ID: undefined, PRIVATE_KEY: "", WEBHOOK_SECRET: undefined }, /bot --set-up/],
  ["no App", { APP_ID: "" }, /^APP_ID is not set: copy/],
  ["a client id", { APP_ID: "Iv1.8a61f9b3a7aba766" }, /^APP_ID is no number: copy the App ID/],
  ["no key", { PRIVATE_KEY: "" }, /^PRIVATE_KEY is not set: make a key/],
  ["a key that is none", { PRIVATE_KEY: "hunter2" }, /^PRIVATE_KEY is no RSA key/],
  ["a key of another kind", { PRIVATE_KEY: String(ec) }, /^PRIVATE_KEY is no RSA key/],
  ["half a key", { PRIVATE_KEY: PRIVATE_KEY.slice(0, 900) }, /^PRIVATE_KEY is no RSA key/],
  ["two keys", { PRIVATE_KEY_PATH: "key.pem" }, /are both set: keep one/],
  ["no file", { PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/nowhere/key.pem" }, /cannot be read \(ENOENT\): check/],
  ["a file of something else", { PRIVATE_KEY: "", PRIVATE_KEY_PATH: file("x") }, /holds no RSA key/],
  ["no secret", { WEBHOOK_SECRET: "" }, /^WEBHOOK_SECRET is not set.*openssl rand -hex 32/],
  ["a short secret", { WEBHOOK_SECRET: "fifteen bytes!!" }, /^WEBHOOK_SECRET is shorter than 16 bytes/],
  ["Probot's default secret", { WEBHOOK_SECRET: "development" }, /^WEBHOOK_SECRET is Probot's default/],
  ["a short previous secret", { WEBHOOK_SECRET_PREVIOUS: "x" }, /^WEBHOOK_SECRET_PREVIOUS is shorter/],
  ["no Redis address", { REDIS_URL: "redis:6379" }, /^REDIS_URL is no redis:\/\//],
  ["another address", { REDIS_URL: "https://redis" }, /^REDIS_URL is no redis:\/\//],
  ["a database alone", { REDIS_URL: "/99" }, /^REDIS_URL is no redis:\/\//],
  ["no host of Redis", { REDIS_URL: "redis://:6379" }, /^REDIS_URL is no redis:\/\//],
  ["a # in a password", { REDIS_URL: "redis://:hunter2#x@redis" }, /^REDIS_URL is no redis:\/\/.*%23/],
  ["a / in a password", { REDIS_URL: "redis://:hunter2/x@redis" }, /^REDIS_URL is no redis:\/\/.*%2F/],
  ["options of ioredis", { REDIS_URL: "redis://redis:6379?connectTimeout=x" }, /^REDIS_URL has something behind a \?/],
  ["a fragment", { REDIS_URL: "redis://redis:6379/1#x" }, /^REDIS_URL has something behind a \? or #/],
  ["no database", { REDIS_URL: "redis://redis:6379/jobs" }, /^REDIS_URL ends with something/],
  ["a password that is not encoded", { REDIS_URL: "redis://:hunter2%@redis" }, /^REDIS_URL has a % .*%25/],
  ["no host", { HOST: "http://x/" }, /^HOST is no address/],
  ["no port", { PORT: "http" }, /^PORT is no port/],
  ["too high a port", { PORT: "65536" }, /^PORT is no port/],
  ["no level", { LOG_LEVEL: "loud" }, /^LOG_LEVEL is not known: use fatal, .* or trace\.$/],
  ["no number of workers", { WORKERS: "many" }, /^WORKERS is no number of processes .* from 1 to 100\.$/],
  ["no worker", { WORKERS: "0" }, /^WORKERS is no number/],
  ["too little memory", { JOB_MEMORY: "63" }, /^JOB_MEMORY is no number of MiB .* from 64 to 65536\.$/],
  ["too much time", { JOB_SECONDS: "3601" }, /^JOB_SECONDS is no number of seconds .* from 1 to 3600\.$/],
  ["no API address", { GITHUB_API_URL: "github.example.com" }, /^GITHUB_API_URL is no address/],
  [
    "a server's page",
    { GITHUB_API_URL: "https://github.example.com/" },
    /^GITHUB_API_URL is the address of a web page/,
  ],
  ["github.com itself", { GITHUB_API_URL: "https://github.com" }, /^GITHUB_API_URL is the address of a web page/],
  ["a name before the API", { GITHUB_API_URL: "https://x:hunter2@a.example/api/v3" }, /^GITHUB_API_URL is no address/],
  ["a question", { GITHUB_API_URL: "https://a.example/api/v3?x" }, /^GITHUB_API_URL is no address/],
  ["an open way to the API", { GITHUB_API_URL: "http://github.example.com" }, /^GITHUB_API_URL is not https/],
  ["a host with a path", { GHE_HOST: "https://x/api" }, /^GHE_HOST is no host name/],
  ["two servers", { GHE_HOST: "a.example", GITHUB_API_URL: "https://b.example/api/v3" }, /different servers: keep/],
];

describe("what is wrong is one line that says what to do", () => {
  it.each(MISTAKES)("%s", (_, env, line) => {
    const mistakes = mistakesOf({ ...ENOUGH, ...env });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toMatch(line);
    expect(mistakes[0]).not.toMatch(/\n|hunter2|fifteen/);
  });
  it("is told of every variable", () => {
    const told = MISTAKES.flatMap(([, env]) => mistakesOf({ ...ENOUGH, ...env }));
    for (const name of Object.keys(VARIABLES)) expect(told.some((line) => line.startsWith(`${name} `))).toBe(true);
    const does = /: (?:copy|make|give|keep|check|write|leave|use|run) /;
    for (const line of told) expect(line).toMatch(does);
    expect(told.join(" ")).not.toContain("undefined");
  });
  it("all of it at once", () => {
    expect(mistakesOf({ APP_ID: "x", PORT: "x", LOG_LEVEL: "x" })).toHaveLength(5);
  });
});

it.each(["fifteen bytes!!", "sixteen bytes!!!", "acht mal ü: üüü"])("counts the bytes of %j", (secret) => {
  expect(mistakesOf({ ...ENOUGH, WEBHOOK_SECRET: secret })).toHaveLength(Buffer.byteLength(secret) < 16 ? 1 : 0);
});

describe(".env.example", () => {
  const text = readFileSync(new URL("../../.env.example", import.meta.url), "utf8");
  it("names every variable that the bot reads, and no other", () => {
    const named = [...text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);
    expect(named).toEqual(Object.keys(VARIABLES));
  });
  it("says what docs/bot.md says of each", () => {
    const docs = readFileSync(new URL("../../docs/bot.md", import.meta.url), "utf8");
    for (const [name, meaning] of Object.entries(VARIABLES)) {
      expect(text).toContain(`# ${meaning.replaceAll("`", "")}\n`);
      expect(docs).toContain(`| \`${name}\` | ${meaning} |`);
    }
  });
  it("sets nothing that would start a bot with what everybody knows", () => {
    expect(mistakesOf(parseEnv(text) as Environment)).not.toEqual([]);
  });
});
