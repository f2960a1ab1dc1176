import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { Latest } from "./latest.ts";
import type { Queue } from "../queue/queue.ts";

/** What became of a delivery. */
export type Outcome =
  | "accepted"
  | "ignored"
  | "repeated"
  | "unsigned"
  | "malformed"
  | "wrong-type"
  | "too-large"
  | "gone"
  | "unavailable";

/** Tells what is left to an installation. */
export interface Remaining {
  set(of: { readonly installation: number; readonly resource: string }, left: number): void;
}

/** What the bot counts of itself, for Prometheus. */
export interface Metrics {
  readonly deliveries: Counter<"event" | "outcome">;
  readonly acknowledgement: Histogram;
  readonly jobSeconds: Histogram<"kind" | "outcome">;
  readonly apiCalls: Counter<"status">;
  readonly apiRemaining: Remaining;
  readonly findings: Counter<"rule">;
  readonly degradedWrites: Counter<"kind">;
  /** The page: its content type and text. */
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

/** How many installations are told apart: anybody may install a public App, and each would make the page longer for ever. */
const MOST_INSTALLATIONS = 1_000;

/** Counters of one bot; depth and age of its queue are asked when somebody looks. */
export function openMetrics(queue: Queue): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const askQueue = openQueueGauges(queue, registers);
  openProcessGauges(registers);
  return {
    deliveries: new Counter({
      name: "mta_sts_guard_deliveries_total",
      help: "Deliveries of GitHub by event (only those that the bot knows, else `other`) and what became of them.",
      labelNames: ["event", "outcome"],
      registers,
    }),
    acknowledgement: new Histogram({
      name: "mta_sts_guard_acknowledgement_seconds",
      help: "From a delivery's head to our answer.",
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 10],
      registers,
    }),
    jobSeconds: new Histogram({
      name: "mta_sts_guard_job_seconds",
      help: "How long a job took, by kind and outcome (`done`, `failed`).",
      labelNames: ["kind", "outcome"],
      buckets: [0.1, 0.5, 1, 2, 5, 10, 30, 60, 120],
      registers,
    }),
    apiCalls: new Counter({
      name: "mta_sts_guard_api_calls_total",
      help: "Requests to GitHub's API by status (`failed`: none came).",
      labelNames: ["status"],
      registers,
    }),
    apiRemaining: openRemaining(registers),
    findings: new Counter({
      name: "mta_sts_guard_findings_total",
      help: "New findings by rule.",
      labelNames: ["rule"],
      registers,
    }),
    degradedWrites: new Counter({
      name: "mta_sts_guard_degraded_writes_total",
      help: "What should stand at GitHub and could not be written, by kind.",
      labelNames: ["kind"],
      registers,
    }),
    page: async () => {
      await askQueue();
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}

function openRemaining(registers: Registry[]): Remaining {
  const gauge = new Gauge({
    name: "mta_sts_guard_api_remaining",
    help: "Requests that an installation (0: the App itself) may still make this hour, as GitHub last said.",
    labelNames: ["installation", "resource"],
    registers,
  });
  const told = new Latest<number, Set<string>>(MOST_INSTALLATIONS, (installation, resources) => {
    for (const resource of resources) gauge.remove({ installation, resource });
  });
  return {
    set(of, left) {
      told.set(of.installation, (told.get(of.installation) ?? new Set()).add(of.resource));
      gauge.set(of, left);
    },
  };
}

/** Gauges of a queue; what it returns asks the queue and sets them. */
function openQueueGauges(queue: Queue, registers: Registry[]): () => Promise<void> {
  const jobs = new Gauge({
    name: "mta_sts_guard_queue_jobs",
    help: "Jobs in the queue: waiting, active, or delayed to a later moment.",
    labelNames: ["state"],
    registers,
  });
  const oldest = new Gauge({
    name: "mta_sts_guard_queue_oldest_seconds",
    help: "How long the oldest job that could be done has waited.",
    registers,
  });
  const again = new Counter({
    name: "mta_sts_guard_jobs_retried_total",
    help: "Tries of jobs that failed in this process and are followed by another one.",
    registers,
  });
  const dropped = new Counter({
    name: "mta_sts_guard_jobs_dropped_total",
    help: "Jobs that this process gave up after their last try; the next sweep finds what they left.",
    registers,
  });
  return async () => {
    const state = queue.isReady() ? await queue.state().catch(() => undefined) : undefined;
    // What cannot be asked now is not told, rather than told as it was.
    for (const name of ["waiting", "active", "delayed"] as const)
      jobs.set({ state: name }, state?.[name] ?? Number.NaN);
    oldest.set(state?.oldestSeconds ?? Number.NaN);
    if (!state) return;
    // The queue counts since its start, as a counter does.
    for (const [counter, count] of [
      [again, state.retried],
      [dropped, state.dropped],
    ] as const) {
      counter.reset();
      counter.inc(count);
    }
  };
}

function openProcessGauges(registers: Registry[]): void {
  const memory: Gauge = new Gauge({
    name: "mta_sts_guard_resident_bytes",
    help: "Memory of the process, without its workers.",
    registers,
    collect: () => memory.set(process.memoryUsage.rss()),
  });
}
