import type { Client } from "../serve/app.ts";
import type { Log } from "../serve/log.ts";
import type { Metrics } from "../serve/metrics.ts";

/** GitHub's client for one installation. */
export type InstallationClient = Client;

/** What those who do the jobs have at hand. */
export interface World {
  readonly appId: number;
  /** GitHub's web address. */
  readonly serverUrl: string;
  now(): Date;
  /** Throws where the installation is gone or suspended. */
  client(installation: number): Promise<InstallationClient>;
  /** Until when an installation's jobs wait because it has spent most of its hourly requests; undefined: they need not. */
  pausedUntil(installation: number): Date | undefined;
  readonly log: Log;
  readonly metrics: Metrics;
}
