import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { Environment } from "../../src/serve/settings.ts";
import { MADE, openGithub } from "./github.ts";
import { exampleOf } from "./payloads.ts";
import { RedisServer, withoutRedis } from "./redisServer.ts";
import { ask, deliver, headersOf, raw, SECRET, sign, WEBHOOK_PATH } from "./sender.ts";
import { ENVIRONMENT, expectNoSecrets } from "./testBot.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const CLI = join(ROOT, "dist/cli.js");

const children: ChildProcess[] = [];
const closing: (() => unknown)[] = [];
let printedByAll = "";

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const close of closing.splice(0)) await close();
  expectNoSecrets(printedByAll);
});

/** A bot as a process of its own, in an empty directory, told nothing but `env`. */
function run(env: Environment, args: readonly string[] = [], cwd = emptyDirectory(), cli = CLI) {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [cli, "bot", ...args], { cwd, env: { PATH, HOME, ...env } });
  children.push(child);
  const printed = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const)
    child[stream].setEncoding("utf8").on("data", (text) => {
      printed[stream] += String(text);
      printedByAll += String(text);
    });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, printed, ended };
}

function emptyDirectory(): string {
  return mkdtempSync(join(tmpdir(), "bot-"));
}

/** Starts a bot against a GitHub that knows no installation; resolves once it listens. */
async function listening(env: Environment = {}, cwd?: string) {
  const github = await openGithub({ "/app/installations?per_page=100": { body: [] } });
  closing.push(github.close);
  const bot = run({ ...ENVIRONMENT, GITHUB_API_URL: github.url, ...env }, [], cwd);
  await expect.poll(() => bot.printed.stdout, { timeout: 20_000 }).toContain("The bot listens");
  const line = bot.printed.stdout.split("\n").find((text) => text.includes("The bot listens")) ?? "{}";
  return { ...bot, github, port: (JSON.parse(line) as { port: number }).port };
}

describe("a bot that cannot start says so and what to do", () => {
  it.each<[string, Environment, readonly RegExp[]]>([
    ["told nothing", {}, [/bot --set-up/]],
    ["no secret", { ...ENVIRONMENT, WEBHOOK_SECRET: undefined }, [/WEBHOOK_SECRET is not set/]],
    ["Probot's secret", { ...ENVIRONMENT, WEBHOOK_SECRET: "development" }, [/WEBHOOK_SECRET is Probot's default/]],
    ["a short secret", { ...ENVIRONMENT, WEBHOOK_SECRET: "hunter2" }, [/WEBHOOK_SECRET is shorter/]],
    ["two mistakes", { ...ENVIRONMENT, APP_ID: "x", PORT: "x" }, [/APP_ID is no number/, /PORT is no port/]],
  ])("%s", async (_, env, wanted) => {
    const { printed, ended } = run(env);
    expect(await ended).toBe(2);
    expect(printed.stdout).toBe("");
    const lines = printed.stderr.trimEnd().split("\n");
    expect(lines).toHaveLength(wanted.length);
    for (const [index, pattern] of wanted.entries()) expect(lines[index]).toMatch(pattern);
  });
  it("npm start is the bot", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(scripts.start).toBe("node dist/cli.js bot");
  });
  it("an .env that it may not read", async () => {
    const folder = emptyDirectory();
    mkdirSync(join(folder, ".env"));
    const { printed, ended } = run(ENVIRONMENT, [], folder);
    expect(await ended).toBe(2);
    expect(printed.stderr).toMatch(/\.env in the current directory cannot be read: let/);
  });
  it("a host that is not there", async () => {
    const { printed, ended } = run({ ...ENVIRONMENT, HOST: "nowhere.invalid" });
    expect(await ended).toBe(2);
    expect(printed.stderr).toMatch(/cannot listen at nowhere\.invalid.*choose another HOST or PORT/);
  });
  it("a port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    closing.push(() => other.close());
    await new Promise((resolve) => other.on("listening", resolve));
    const { printed, ended } = run({ ...ENVIRONMENT, PORT: String((other.address() as AddressInfo).port) });
    expect(await ended).toBe(2);
    expect(printed.stderr).toMatch(/^mta-sts-guard: The bot cannot listen at .* \(EADDRINUSE\): choose[^\n]+\n$/);
  });
  it.skipIf(withoutRedis)("a Redis that refuses it", async () => {
    const server = await RedisServer.start();
    closing.push(async () => server.close());
    const client = server.client();
    await client.call("ACL", "SETUSER", "eve", "on", ">hunter2", "~*", "+@read");
    client.disconnect();
    for (const [url, wanted] of [
      [`${server.url}/99`, /^mta-sts-guard: REDIS_URL ends with the number of a database [^\n]+\n$/],
      [server.url.replace("//", "//eve:hunter2@"), /^mta-sts-guard: REDIS_URL names a user [^\n]+\n$/],
      [server.url.replace("//", "//eve:hunter3@"), /^mta-sts-guard: REDIS_URL has a user name or a password [^\n]+\n$/],
    ] as const) {
      const { printed, ended } = run({ ...ENVIRONMENT, REDIS_URL: url });
      expect(await ended).toBe(2);
      expect(printed.stderr).toMatch(wanted);
      expect(printed.stdout + printed.stderr).not.toContain("hunter");
    }
  });
  it("packages that are not installed, when all it is told is right", async () => {
    const folder = emptyDirectory();
    cpSync(join(ROOT, "dist"), join(folder, "dist"), { recursive: true });
    cpSync(join(ROOT, "package.json"), join(folder, "package.json"));
    const { printed, ended } = run(ENVIRONMENT, [], folder, join(folder, "dist/cli.js"));
    expect(await ended).toBe(2);
    expect(printed.stderr).toMatch(
      /^mta-sts-guard: bot needs packages that are not here \(\S+\): run npm install[^\n]+\n$/,
    );
  });
});

describe("a bot that runs", () => {
  it("takes deliveries, tells how it is, and ends when told to, with status 0", async () => {
    const { port, child, printed, ended } = await listening();
    expect((await ask(port, "GET", "/readyz")).status).toBe(200);
    const body = JSON.stringify(exampleOf("pull_request", "opened"));
    const unsigned = await deliver(port, "pull_request", body, { "x-hub-signature-256": sign(body, "development") });
    expect(unsigned.status).toBe(401);
    const began = performance.now();
    expect((await deliver(port, "star", { action: "created" })).status).toBe(202);
    expect(performance.now() - began).toBeLessThan(1000);
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(printed.stdout).toContain("The bot ends.");
    expect(printed.stderr).toBe("");
  });
  it("ends a request that has begun before it ends", async () => {
    const { port, child, ended } = await listening();
    const body = JSON.stringify({ action: "created" });
    const head = Object.entries(headersOf("star", body)).map(([name, value]) => `${name}: ${value}\r\n`);
    const { text } = await raw(port, async (socket) => {
      socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: bot\r\n${head.join("")}\r\n${body.slice(0, 5)}`);
      await pause(200);
      child.kill("SIGINT");
      await pause(300);
      socket.write(body.slice(5));
    });
    expect(text).toMatch(/^HTTP\/1\.1 202 /);
    expect(await ended).toBe(0);
  });
  it("ends at once at the second signal", async () => {
    const { port, child, ended } = await listening();
    await raw(port, async (socket) => {
      socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: bot\r\ncontent-length: 5\r\n`);
      await pause(200);
      child.kill("SIGTERM");
      await pause(200);
      child.kill("SIGTERM");
    });
    expect(await ended).toBe(1);
  });
  it("reads .env where it stands; the environment itself comes first", async () => {
    const folder = emptyDirectory();
    writeFileSync(join(folder, ".env"), `WEBHOOK_SECRET=${SECRET}\nLOG_LEVEL=nonsense\n`);
    const { port } = await listening({ WEBHOOK_SECRET: undefined }, folder);
    expect((await deliver(port, "star", {})).status).toBe(202);
  });
});

describe("--set-up", () => {
  const NOTHING = { APP_ID: undefined, PRIVATE_KEY: undefined, WEBHOOK_SECRET: undefined };

  async function settingUp() {
    const github = await openGithub({ "/api/v3/app-manifests/c0de/conversions": { body: MADE } });
    closing.push(github.close);
    const folder = emptyDirectory();
    symlinkSync(join(ROOT, "app.yml"), join(folder, "app.yml"));
    writeFileSync(join(folder, ".env"), "LOG_LEVEL=warn\nWEBHOOK_SECRET=\n");
    const port = await freePort();
    const env = { PORT: String(port), GITHUB_API_URL: `${github.url}/api/v3`, NODE_ENV: "production" };
    const bot = run(env, ["--set-up", "--url", "https://bot.example.com"], folder);
    await expect.poll(() => bot.printed.stdout, { timeout: 20_000 }).toMatch(/Open http:.*browser/);
    return { ...bot, folder, port };
  }

  it("registers an App, from whose .env the bot starts", async () => {
    const { port, folder, printed, ended } = await settingUp();
    const { search } = new URL(/^Open (\S+)/.exec(printed.stdout)?.[1] ?? "");
    const { body } = await ask(port, "GET", `/${search}`);
    const state = /\?state=([0-9a-f]{64})"/.exec(body)?.[1] ?? "";
    const redirect = await ask(port, "GET", `/registered?code=c0de&state=${state}`);
    expect(redirect).toMatchObject({ status: 302, headers: { location: `${MADE.html_url}/installations/new` } });
    expect(await ended).toBe(0);
    expect(printed.stdout).toContain("npm start");
    expect(printed.stderr).toBe("");
    const { printed: listens } = await listening({ ...NOTHING, PORT: "0" }, folder);
    expect(listens.stdout).toContain("The bot listens");
  });
  it("that is broken off leaves nothing behind, and may be begun again", async () => {
    const { child, folder, ended } = await settingUp();
    child.kill("SIGINT");
    expect(await ended).toBeNull();
    expect(readFileSync(join(folder, ".env"), "utf8")).toBe("LOG_LEVEL=warn\nWEBHOOK_SECRET=\n");
  });
  it("told something wrong, says so", async () => {
    const folder = emptyDirectory();
    symlinkSync(join(ROOT, "app.yml"), join(folder, "app.yml"));
    const { printed, ended } = run({ PORT: "x", GHE_HOST: "/" }, ["--set-up", "--url", "https://b.example"], folder);
    expect(await ended).toBe(2);
    expect(printed.stderr).toMatch(/^mta-sts-guard: PORT is no port[^\n]+\nmta-sts-guard: GHE_HOST is no[^\n]+\n$/);
  });
  it("needs no package that is not here", async () => {
    const folder = emptyDirectory();
    cpSync(join(ROOT, "dist"), join(folder, "dist"), { recursive: true });
    for (const name of ["package.json", "app.yml"]) cpSync(join(ROOT, name), join(folder, name));
    const args = ["--set-up", "--url", "https://bot.example.com"];
    const { child, printed, ended } = run({ PORT: "0" }, args, folder, join(folder, "dist/cli.js"));
    await expect.poll(() => printed.stdout + printed.stderr, { timeout: 20_000 }).toContain("Open http://127.0.0.1:");
    child.kill("SIGTERM");
    await ended;
  });
  it("does not replace an App that is there", async () => {
    const folder = emptyDirectory();
    symlinkSync(join(ROOT, "app.yml"), join(folder, "app.yml"));
    writeFileSync(join(folder, ".env"), "APP_ID=7\n");
    const { printed, ended } = run({}, ["--set-up", "--url", "https://bot.example.com"], folder);
    expect(await ended).toBe(2);
    expect(printed.stderr).toMatch(/^mta-sts-guard: \.env has APP_ID already[^\n]+\n$/);
  });
  it.each(["", "http://bot.example.com", "https://bot.example.com/x", "https://x@bot.example.com", "https://bot:port"])(
    "needs an address that GitHub reaches: %j",
    async (url) => {
      const { printed, ended } = run({}, ["--set-up", ...(url === "" ? [] : ["--url", url])]);
      expect(await ended).toBe(2);
      expect(printed.stderr).toMatch(/^mta-sts-guard: --set-up needs to know[^\n]+\n$/);
    },
  );
  it("needs the manifest", async () => {
    const { printed, ended } = run({}, ["--set-up", "--url", "https://bot.example.com"]);
    expect(await ended).toBe(2);
    expect(printed.stderr).toMatch(/^mta-sts-guard: There is no app\.yml here[^\n]+\n$/);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
