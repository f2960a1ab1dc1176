import { type Options, type Probot, ProbotOctokit, createProbot } from "probot";
import { addRetries } from "../github/retries.ts";
import { EVENTS, Malformed, jobsOf } from "./jobsOf.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Queue } from "../queue/queue.ts";
import type { Settings } from "./settings.ts";

/** GitHub's client, as Probot makes it. */
export type Client = InstanceType<typeof ProbotOctokit>;

/** A delivery whose signature was right. */
export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly payload: unknown;
}

/** The App as GitHub knows it. */
export interface App {
  /** Puts what a delivery asks for into the queue; throws `Malformed`, or why the queue did not take it. */
  readonly deliver: (delivery: Delivery) => Promise<void>;
  /** The client of the App itself, which knows its installations and nothing that lies in them. */
  readonly client: () => Promise<Client>;
  /** A token for an installation, made and renewed as needed, and if asked for `anew`; throws where it is gone or suspended. */
  readonly token: (installation: number, anew?: boolean) => Promise<string>;
}

/** Opens the Probot app: the App's key to its installations, and what each event asks for. */
export async function openApp(settings: Settings, queue: Queue, metrics: Metrics, log: Log): Promise<App> {
  const { appId, privateKey, apiUrl, secrets } = settings;
  const overrides: Options = {
    appId,
    privateKey,
    baseUrl: apiUrl,
    // The front asks for the signature; without one Probot would take its default.
    secret: secrets[0],
    log: log as unknown as NonNullable<Options["log"]>,
    Octokit: counted(metrics),
  };
  const probot = createProbot({ overrides, env: {} });
  await probot.ready();
  await probot.load((app) => listen(app, queue, appId));
  const client = await probot.auth();
  return {
    deliver: ({ id, event, payload }) => receive(probot, { id, name: event, payload }),
    client: async () => client,
    token: async (installationId, refresh = false) => {
      const access = (await client.auth({ type: "installation", installationId, refresh })) as {
        readonly token: string;
      };
      return access.token;
    },
  };
}

/** What the app does with an event: one job in the queue, or some. */
function listen(app: Probot, queue: Queue, appId: number): void {
  app.on(Object.keys(EVENTS) as Parameters<Probot["on"]>[0], async ({ name, payload }) => {
    for (const job of jobsOf(name, payload, appId)) await queue.add(job);
  });
}

/** Probot tells what went wrong as one error that holds all. */
async function receive(probot: Probot, event: object): Promise<void> {
  try {
    await probot.receive(event as Parameters<Probot["receive"]>[0]);
  } catch (error) {
    const errors = error instanceof AggregateError ? error.errors : [error];
    throw errors.find((one) => one instanceof Malformed) ?? error;
  }
}

/** Probot's client, each request counted, and asked again as all our clients do. */
function counted(metrics: Metrics): typeof ProbotOctokit {
  const ours = (octokit: Octokit) => {
    octokit.hook.after("request", ({ status, headers }) => {
      metrics.apiCalls.inc({ status });
      const left = Number(headers["x-ratelimit-remaining"] ?? Number.NaN);
      const resource = String(headers["x-ratelimit-resource"] ?? "core");
      if (!Number.isNaN(left)) metrics.apiRemaining.set({ installation: 0, resource }, left);
    });
    octokit.hook.error("request", (error) => {
      metrics.apiCalls.inc({ status: "status" in error ? error.status : "failed" });
      throw error;
    });
    addRetries(octokit);
  };
  class Counted extends ProbotOctokit {
    // Ours first: a try's time begins when Probot's pace lets it go.
    static override readonly plugins = [ours, ...ProbotOctokit.plugins];
  }
  // Probot paces what is written; only in this form does it let itself be kept from asking again, too.
  return Counted.defaults((options: ClientOptions) => ({
    ...options,
    auth: options.auth && withoutRequest(options.auth),
    retry: { enabled: false },
    throttle: { ...options.throttle, onRateLimit: () => false, onSecondaryRateLimit: () => false },
  }));
}

/** Without Probot's own request, which knows github.com alone, tokens are asked for as all else is. */
function withoutRequest(auth: object): object {
  return Object.fromEntries(Object.entries(auth).filter(([name]) => name !== "request"));
}

type Octokit = Parameters<(typeof ProbotOctokit.plugins)[number]>[0];

interface ClientOptions {
  readonly auth?: object;
  readonly throttle?: object;
}
