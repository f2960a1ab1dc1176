import { type ChildProcess, spawn } from "node:child_process";
import { createHmac, generateKeyPairSync, randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { exampleOf } from "../test/serve/payloads.ts";

/**
 * How soon the bot acknowledges signed deliveries that come at a steady rate, and what memory it holds meanwhile. The bot is the
 * bundled one with its queue in the process; GitHub is a server on loopback that answers after 100 ms that there is nothing.
 */
const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "60" },
    rate: { type: "string", default: "1000" },
    pulls: { type: "string", default: "500" },
    cli: { type: "string", default: "dist/cli.js" },
  },
});
const [seconds, rate, pulls] = [Number(values.seconds), Number(values.rate), Number(values.pulls)];
const SECRET = randomBytes(32).toString("hex");
const GOAL = 100;
/** How much more may live after a run's second half than after its first, MiB: a leak of 70 bytes a delivery is more. */
const FLAT = 2;
/** How much memory the process may hold besides its workers, MiB, as docs/bot.md has it. */
const ROOM = 512;
const BEAT = 10;

interface Sent {
  readonly body: Buffer;
  readonly signature: string;
}

const cli = resolve(import.meta.dirname, "..", values.cli);
if (!existsSync(cli)) {
  console.error(`There is no ${cli}: run npm run build first.`);
  process.exit(2);
}
const github = await openGithub();
const bot = await openBot(github);
const deliveries = signedDeliveries();
await send(Math.min(seconds, 5), () => {});
const waits: number[] = [];
const memory: number[] = [];
const busyBefore = cpuMilliseconds();
let failed = 0;
const living: number[] = [];
for (const half of [seconds / 2, seconds / 2]) {
  failed += await send(half, (wait) => waits.push(wait), memory);
  living.push(await livingMegabytes());
}
const busy = cpuMilliseconds() - busyBefore;
bot.child.kill("SIGKILL");
process.exitCode = tell() ? 0 : 1;
setTimeout(() => process.exit(), 100);

/** Sends at the rate, whatever the answers do; each wait counts from when the delivery was due. Resolves to how many failed. */
async function send(duration: number, heard: (wait: number) => void, rss?: number[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const open = new Set<Promise<void>>();
  const began = performance.now();
  let sent = 0;
  let bad = 0;
  const answered = async (delivery: Sent, due: number): Promise<void> => {
    if ((await deliver(delivery, agent)) !== 202) bad++;
    heard(Math.max(0, performance.now() - due));
  };
  for (let beat = 0; beat * BEAT <= duration * 1000; beat++) {
    await pause(Math.max(0, began + beat * BEAT - performance.now()));
    for (; sent < beat * BEAT * (rate / 1000); sent++) {
      const due = began + (sent / rate) * 1000;
      const one = answered(deliveries[sent % deliveries.length] as Sent, due).finally(() => open.delete(one));
      open.add(one);
    }
    if (rss && beat % (1000 / BEAT) === 0) void residentMegabytes().then((megabytes) => rss.push(megabytes));
  }
  await Promise.all(open);
  agent.destroy();
  return bad;
}

async function deliver({ body, signature }: Sent, agent: Agent): Promise<number> {
  return new Promise((settle) => {
    const headers = {
      "content-type": "application/json",
      "content-length": body.length,
      "x-github-event": "pull_request",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": signature,
    };
    const at = { host: "127.0.0.1", port: bot.port, path: "/api/github/webhooks", method: "POST", headers, agent };
    request(at, (response) => response.resume().on("end", () => settle(response.statusCode ?? 0)))
      .on("error", () => settle(0))
      .end(body);
  });
}

/** GitHub's own example of a pull request, of many pull requests of twenty installations. */
function signedDeliveries(): readonly Sent[] {
  const opened = exampleOf("pull_request", "opened");
  return Array.from({ length: pulls }, (_, index) => {
    const pull = { ...opened.pull_request, number: index + 1 };
    const payload = { ...opened, installation: { id: 1 + (index % 20) }, pull_request: pull };
    const body = Buffer.from(JSON.stringify(payload));
    return { body, signature: `sha256=${createHmac("sha256", SECRET).update(body).digest("hex")}` };
  });
}

async function openGithub(): Promise<number> {
  const server = createServer((asked, response) => {
    const isList = asked.url?.startsWith("/app/installations?");
    const answer = () =>
      response.writeHead(isList ? 200 : 404, { "content-type": "application/json" }).end(isList ? "[]" : "{}");
    setTimeout(answer, 100);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function openBot(githubPort: number): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const { privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const child = spawn(
    process.execPath,
    ["--expose-gc", "--import", join(import.meta.dirname, "living.mjs"), cli, "bot"],
    {
      cwd: mkdtempSync(join(tmpdir(), "bench-bot-")),
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      env: {
        PATH: process.env["PATH"],
        APP_ID: "1",
        PRIVATE_KEY: privateKey,
        WEBHOOK_SECRET: SECRET,
        PORT: "0",
        GITHUB_API_URL: `http://127.0.0.1:${githubPort}`,
      },
    },
  );
  const { stdout } = child;
  if (!stdout) throw new Error("The bot has no standard output.");
  for await (const line of createInterface(stdout)) {
    const { port } = JSON.parse(line) as { port?: number };
    if (port === undefined) continue;
    stdout.resume();
    return { child, port };
  }
  throw new Error("The bot did not start.");
}

async function residentMegabytes(): Promise<number> {
  const page = await (await fetch(`http://127.0.0.1:${bot.port}/metrics`)).text();
  return Number(/^mta_sts_guard_resident_bytes (\S+)$/m.exec(page)?.[1]) / 2 ** 20;
}

/** What is left in the bot's process after its garbage is gone; nobody waits for an answer meanwhile. */
async function livingMegabytes(): Promise<number> {
  bot.child.send("look");
  const [bytes] = (await once(bot.child, "message")) as [number];
  return bytes / 2 ** 20;
}

/** The bot's share of the processor so far; not a number where the system has no `/proc`. */
function cpuMilliseconds(): number {
  const path = `/proc/${bot.child.pid}/stat`;
  if (!existsSync(path)) return Number.NaN;
  const fields = readFileSync(path, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function tell(): boolean {
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
  const [middle = 0, end = 0] = living;
  const most = Math.max(...memory);
  const kilobytes = (deliveries[0]?.body.length ?? 0) / 1024;
  console.log(
    `# ${waits.length} signed deliveries of ${kilobytes.toFixed(0)} KiB, ${rate} a second for ${seconds} s, ${failed} not acknowledged`,
  );
  console.log(
    `  acknowledged after  p50 ${at(0.5).toFixed(1)} ms  p99 ${at(0.99).toFixed(1)} ms  most ${at(1).toFixed(1)} ms`,
  );
  const every = Math.max(1, Math.ceil(memory.length / 12));
  const course = memory.filter((_, index) => index % every === 0).map((megabytes) => megabytes.toFixed(0));
  console.log(`  memory held         ${course.join(" ")} MiB`);
  console.log(
    `  of which lives      ${middle.toFixed(1)} MiB after the first half, ${end.toFixed(1)} MiB after the second`,
  );
  console.log(
    `  processor           ${(busy / waits.length).toFixed(2)} ms a delivery, without the workers that do the jobs`,
  );
  const isGood = failed === 0 && at(0.99) < GOAL && end < middle + FLAT && most < ROOM;
  console.log(
    `  goal: all acknowledged, p99 under ${GOAL} ms, less than ${ROOM} MiB, and what lives grows by less than ${FLAT}: ${isGood ? "reached" : "missed"}`,
  );
  return isGood;
}
