import type { Severity } from "./finding.ts";
import type { Name } from "./name.ts";
import type { Options } from "./rule.ts";
import type { Span } from "./span.ts";

/** Where zones lie: a path with `*`, `**` and `{origin}`, and the origin where the path does not tell it. */
export interface ZonePattern {
  readonly path: string;
  readonly origin?: Name;
}

/** Where policies lie: a path with `*`, `**` and `{domain}`, and the domains where the path does not tell them. */
export interface PolicyPattern {
  readonly path: string;
  readonly domains?: readonly Name[];
}

/** A finding that somebody accepted, and why. */
export interface Ignore {
  readonly rule: string;
  /** Absent: every domain. */
  readonly domain?: Name;
  /** The last day on which it counts; absent: for ever. */
  readonly until?: Date;
  readonly reason: string;
  /** Where it is written. */
  readonly at: Span;
}

/** What users may set in `.github/mta-sts-guard.yml`; every key has a default. */
export interface Config {
  readonly zones: readonly ZonePattern[];
  readonly policies: readonly PolicyPattern[];
  readonly failOn: Severity | "never" | undefined;
  readonly rollout: Options;
  /** By rule id, where it differs from the rule's own. */
  readonly severities: ReadonlyMap<string, Severity | "off">;
  readonly ignores: readonly Ignore[];
}

/** Where the configuration lies in a repository. */
export const CONFIG_PATH = ".github/mta-sts-guard.yml";

/** What applies where nobody set anything. */
export const DEFAULT_CONFIG: Config = {
  zones: [],
  policies: [],
  failOn: undefined,
  rollout: { minTestingDays: 14, enforcedElsewhere: [] },
  severities: new Map(),
  ignores: [],
};
