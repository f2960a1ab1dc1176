import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished, vi } from "vitest";
import type { Environment } from "../../src/serve/settings.ts";
import type { InstalledApp } from "../github/app.ts";
import type { StandIn } from "../github/standIn.ts";
import { type Answer, deliver, SECRET, sign } from "./sender.ts";
import { expectNoSecrets } from "./testBot.ts";
import type { Webhook } from "./webhooks.ts";

const CLI = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** The processes that a process started, and that run. */
export function processesOf(pid: number | undefined): readonly number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
}

/** The bundled bot as a process of its own. */
export class BotProcess {
  readonly child: ChildProcess;
  /** Resolves to the exit status; null for one that was killed. */
  readonly ended: Promise<number | null>;
  port = 0;
  printed = "";

  private constructor(env: Environment) {
    const { PATH, HOME } = process.env;
    this.child = spawn(process.execPath, [CLI, "bot"], {
      cwd: mkdtempSync(join(tmpdir(), "bot-")),
      env: { PATH, HOME, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.setEncoding("utf8").on("data", (text) => (this.printed += String(text)));
    this.ended = new Promise((resolve) => this.child.on("close", resolve));
  }

  /** Starts one for an app; it ends with the test. Resolves once it listens. */
  static async start(standIn: StandIn, app: InstalledApp, redis?: string, more: Environment = {}): Promise<BotProcess> {
    const bot = new BotProcess({
      APP_ID: String(app.appId),
      PRIVATE_KEY: app.privateKey,
      WEBHOOK_SECRET: SECRET,
      GITHUB_API_URL: standIn.url,
      PORT: "0",
      REDIS_URL: redis,
      ...more,
    });
    onTestFinished(async () => {
      bot.child.kill("SIGKILL");
      await bot.ended;
      expectNoSecrets(bot.printed);
    });
    await vi.waitFor(
      () => {
        if (!bot.printed.includes("The bot listens")) throw new Error(`The bot does not listen: ${bot.printed}`);
      },
      { timeout: 30_000, interval: 50 },
    );
    const line = bot.printed.split("\n").find((text) => text.includes("The bot listens")) ?? "{}";
    bot.port = (JSON.parse(line) as { port: number }).port;
    return bot;
  }

  deliver([event, payload]: Webhook, id?: string, secret = SECRET): Promise<Answer> {
    const body = JSON.stringify(payload);
    const signature = { "x-hub-signature-256": sign(body, secret) };
    return deliver(this.port, event, body, { ...signature, ...(id !== undefined && { "x-github-delivery": id }) });
  }

  /** The process ids of its workers. */
  workers(): readonly number[] {
    return processesOf(this.child.pid);
  }

  /** Kills it as the machine does that it runs on. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  async terminate(): Promise<number | null> {
    this.child.kill("SIGTERM");
    return this.ended;
  }
}
