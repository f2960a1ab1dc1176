import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Redis } from "ioredis";

const installed = spawnSync("redis-server", ["--version"]).status === 0;

if (!installed && process.env["CI"] !== undefined)
  throw new Error("redis-server is not installed: .ci/run installs it");
if (!installed) process.stderr.write("redis-server is not installed: what the bot does on Redis is NOT tested\n");

/** For `describe.skipIf`: true only on a machine without redis-server that is not CI's. */
export const withoutRedis = !installed;

/** A Redis of a test's own, which keeps what it was told across kill -9. */
export class RedisServer {
  readonly #folder = mkdtempSync(join(tmpdir(), "mta-sts-guard-redis-"));
  readonly #port: number;
  #child: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
  }

  /** One that runs, or with `false` one that is still away. */
  static async start(running = true): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    if (running) await server.run();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  async run(): Promise<void> {
    const options = {
      bind: "127.0.0.1",
      port: this.#port,
      dir: this.#folder,
      save: "",
      appendonly: "yes",
      appendfsync: "no",
    };
    this.#child = spawn(
      "redis-server",
      Object.entries(options).flatMap(([key, value]) => [`--${key}`, `${value}`]),
      {
        stdio: "ignore",
      },
    );
    const client = this.client();
    for (let tries = 0; tries < 200 && (await client.ping().catch(() => "")) !== "PONG"; tries++) await sleep(25);
    client.disconnect();
  }

  client(): Redis {
    const client = new Redis(this.url, { retryStrategy: () => 20, maxRetriesPerRequest: 1 });
    client.on("error", () => {});
    return client;
  }

  /** Ends or holds it up as an operator, or a failing machine, does. */
  async kill(signal: "SIGKILL" | "SIGSTOP" | "SIGCONT" = "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    if (signal === "SIGKILL") await gone;
  }

  /** Lets the moment come for all jobs with a date; how many they are. */
  async bringDates(): Promise<number> {
    const client = this.client();
    const dates = "mta-sts-guard:jobs:dates";
    const ids = await client.zrange(dates, 0, -1);
    for (const id of ids) await client.zadd(dates, "XX", 0, id);
    client.disconnect();
    return ids.length;
  }

  async empty(): Promise<void> {
    const client = this.client();
    await client.flushall();
    client.disconnect();
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
