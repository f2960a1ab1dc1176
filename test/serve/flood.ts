import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { POLICY, policy } from "../nordwind.ts";
import { nordwindStory } from "../action/world.ts";
import type { Json } from "../github/emulated.ts";
import { StandIn } from "../github/standIn.ts";
import type { InstalledApp } from "../github/app.ts";
import type { Pull } from "../github/storyRepository.ts";
import { RedisServer } from "./redisServer.ts";
import { deliver, SECRET } from "./sender.ts";

const BOT = fileURLToPath(new URL("floodBot.ts", import.meta.url));

/** How large a flood is. */
export interface FloodSize {
  readonly deliveries: number;
  /** Pull requests that they are about. */
  readonly pulls: number;
  /** How often each of them is pushed to meanwhile. */
  readonly pushes: number;
  /** How often a replica is killed. */
  readonly kills: number;
  readonly replicas: number;
}

/** What came of it. */
export interface FloodResult {
  readonly seconds: number;
  /** Deliveries that were sent again, for nobody took them. */
  readonly sentAgain: number;
  readonly kills: number;
  readonly checkRuns: number;
  readonly requests: number;
  /** What is wrong at the end: heads that were not judged, or not rightly, and what stands twice. */
  readonly faults: readonly string[];
}

/** A replica, which is started again when it is killed. */
class Replica {
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | undefined;
  port = 0;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = env;
  }

  async run(): Promise<void> {
    const child = spawn(process.execPath, [BOT], { env: this.#env, stdio: ["ignore", "pipe", "inherit"] });
    this.#child = child;
    let printed = "";
    this.port = await new Promise<number>((resolve) =>
      child.stdout.setEncoding("utf8").on("data", (text) => {
        printed = (printed + String(text)).slice(-10_000);
        const [, port] = /"port":(\d+)/.exec(printed) ?? [];
        if (port !== undefined) resolve(Number(port));
      }),
    );
  }

  async kill(): Promise<void> {
    const child = this.#child;
    this.port = 0;
    const gone = new Promise((resolve) => child?.once("exit", resolve));
    child?.kill("SIGKILL");
    await gone;
  }
}

/**
 * Sends signed deliveries to replicas on one Redis, pushes meanwhile, and kills replicas at random; then waits until nothing is
 * left to do, and looks at what stands at GitHub.
 */
export async function flood(size: FloodSize, tell: (line: string) => void = () => {}): Promise<FloodResult> {
  const began = performance.now();
  const standIn = await StandIn.start(nordwindStory(changeOf(0)));
  const app = standIn.install();
  const redis = await RedisServer.start();
  const replicas = Array.from({ length: size.replicas }, () => new Replica(environment(standIn, app, redis)));
  try {
    for (let more = 1; more < size.pulls; more++)
      await standIn.propose([{ at: "2026-06-01T12:00:00Z", files: changeOf(more) }]);
    await Promise.all(replicas.map((replica) => replica.run()));
    tell(`${size.replicas} replicas listen, ${size.pulls} pull requests are open`);
    const sentAgain = await storm(size, standIn, app, replicas, tell);
    const faults = await settled(standIn, redis, tell);
    const heads = new Set(
      standIn.requests.flatMap(({ kind, body }) => (kind.endsWith("/check-runs") ? (body?.head_sha ?? []) : [])),
    );
    tell(`${heads.size} heads were looked at`);
    return {
      seconds: (performance.now() - began) / 1000,
      sentAgain,
      kills: size.kills,
      checkRuns: standIn.requests.filter(({ kind }) => kind === "POST /repos/{owner}/{repo}/check-runs").length,
      requests: standIn.requests.length,
      faults,
    };
  } finally {
    await Promise.all(replicas.map((replica) => replica.kill()));
    await redis.close();
    await standIn.close();
  }
}

function environment(standIn: StandIn, app: InstalledApp, redis: RedisServer): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    APP_ID: String(app.appId),
    PRIVATE_KEY: app.privateKey,
    WEBHOOK_SECRET: SECRET,
    GITHUB_API_URL: standIn.url,
    REDIS_URL: redis.url,
    PORT: "0",
  };
}

/** A fault whose text tells by which push it came. */
function changeOf(push: number): Readonly<Record<string, string>> {
  return { [POLICY]: policy({ mx: ["mx1.nordwind.de", `mx${push + 10}.nordwind.de`] }) };
}

async function storm(
  { deliveries, pushes, kills }: FloodSize,
  standIn: StandIn,
  app: InstalledApp,
  replicas: readonly Replica[],
  tell: (line: string) => void,
): Promise<number> {
  const { pulls } = standIn.repository;
  const repository = await standIn.repositoryJson();
  const open = pulls.filter(({ closed }) => !closed);
  let sentAgain = 0;
  const send = async (pull: Pull): Promise<void> => {
    const payload = {
      action: "synchronize",
      pull_request: { number: pull.number, head: { sha: pull.headSha } },
      repository,
      installation: { id: app.installation },
    };
    for (;;) {
      const { port } = any(replicas);
      const answer = port === 0 ? undefined : await deliver(port, "pull_request", payload).catch(() => undefined);
      if (answer?.status === 202) return;
      if (answer && answer.status < 500) throw new Error(`a delivery is answered with ${answer.status}`);
      sentAgain++;
      await sleep(20);
    }
  };
  const stages = Math.max(pushes * open.length, kills, 1);
  for (let stage = 0; stage < stages; stage++) {
    const pull = open[stage % open.length];
    if (pull && stage < pushes * open.length)
      await standIn.push([{ at: "2026-06-01T13:00:00Z", files: changeOf(stage + 1) }], undefined, pull);
    // The one that was pushed to is told of at least once.
    if (pull) await send(pull);
    const victim =
      Math.floor((stage * kills) / stages) < Math.floor(((stage + 1) * kills) / stages) ? any(replicas) : undefined;
    const killed = victim?.port ? victim.kill().then(async () => victim.run()) : undefined;
    let left = Math.floor(((stage + 1) * deliveries) / stages) - Math.floor((stage * deliveries) / stages) - 1;
    for (; left > 0; left -= 20)
      await Promise.all(Array.from({ length: Math.min(20, left) }, async () => send(any(open))));
    await killed;
    if (stage % 20 === 19) tell(`${stage + 1} of ${stages} stages`);
  }
  return sentAgain;
}

function any<T>(some: readonly T[]): T {
  return some[Math.floor(Math.random() * some.length)] as T;
}

/** Waits until the queue has been empty for a while, the dates of what was taken over brought forward; what is wrong then. */
async function settled(standIn: StandIn, redis: RedisServer, tell: (line: string) => void): Promise<readonly string[]> {
  const client = redis.client();
  const end = performance.now() + 600_000;
  const key = (name: string): string => `mta-sts-guard:jobs:${name}`;
  const left = async (): Promise<number> =>
    (await client.llen(key("wait"))) +
    (await client.llen(key("active"))) +
    (await client.zcard(key("delayed"))) +
    (await client.zcard(key("prioritized")));
  const isAnswered = (): boolean => standIn.requests.every(({ status }) => status !== 0);
  for (let quiet = 0; quiet < 10 && performance.now() < end; await sleep(200)) {
    quiet = (await left()) === 0 && isAnswered() ? quiet + 1 : 0;
    if (quiet === 10 && (await redis.bringDates()) > 0) quiet = 0;
  }
  client.disconnect();
  tell("the queue is empty");
  const faults: string[] = [];
  for (const pull of standIn.repository.pulls) faults.push(...(await faultsOf(standIn, pull)));
  return faults;
}

async function faultsOf(standIn: StandIn, pull: Pull): Promise<readonly string[]> {
  const faults: string[] = [];
  const checks = await standIn.checks(pull.headSha);
  const states = checks.map(({ status, conclusion }) => `${status} ${conclusion}`);
  if (states[0] !== "completed failure" || states.some((state) => !state.startsWith("completed")))
    faults.push(`#${pull.number} at ${pull.headSha}: ${states.join(", ") || "no check"}`);
  const { annotations = [] } = checks[0] ?? {};
  const marks = annotations.map((one: Json) => JSON.stringify(one));
  if (new Set(marks).size < marks.length) faults.push(`#${pull.number}: annotations twice`);
  const comments = await standIn.comments(pull);
  if (comments.length !== 1) faults.push(`#${pull.number}: ${comments.length} comments`);
  const shown = (await standIn.reviewComments(pull)).filter(({ node_id: id }) => standIn.hiddenAs(id) === undefined);
  const places = shown.map(({ path, line, side, body }) => `${path} ${line} ${side} ${String(body).split("\n")[0]}`);
  if (new Set(places).size < places.length) faults.push(`#${pull.number}: twice: ${places.join("; ")}`);
  return faults;
}
