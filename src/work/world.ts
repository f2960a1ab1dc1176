import type { judge } from "../judge/judge.ts";
import type { Log } from "../serve/log.ts";
import type { Metrics } from "../serve/metrics.ts";
import type { InstallationClient } from "./installationClient.ts";
import type { Installations } from "./installations.ts";

export type { InstallationClient } from "./installationClient.ts";

/** What those who do the jobs have at hand. */
export interface World extends Pick<Installations, "pausedUntil" | "mayTell"> {
  readonly appId: number;
  /** GitHub's web address. */
  readonly serverUrl: string;
  now(): Date;
  client(installation: number): Promise<InstallationClient>;
  /** Throws `Unjudgeable` where whoever judged this before died of it. */
  readonly judge: typeof judge;
  readonly log: Log;
  readonly metrics: Counts;
}

/** The counters of the jobs. */
export type Counts = Readonly<Record<Counted, { inc(labels: Readonly<Record<string, string>>): void }>>;
export type Counted = keyof Pick<Metrics, "findings" | "degradedWrites">;
