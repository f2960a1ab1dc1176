import type { Severity } from "./finding.ts";
import type { Ignore } from "./ignore.ts";
import type { Name } from "./name.ts";
import type { Options, Rule } from "./rule.ts";
import type { Source } from "./source.ts";
import type { Problem, Span } from "./span.ts";

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

/** Who may press the bot's buttons, as roles on the repository; those above may, too. */
export type Role = "write" | "maintain" | "admin";

/** What the bot may do on a click. */
export interface BotOptions {
  /** The least role that may accept a risk; `never`: nobody. */
  readonly acceptRisk: Role | "never";
  /** Whether fixes are committed to the pull request's branch on a click. */
  readonly applyFixes: boolean;
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
  readonly bot: BotOptions;
}

/** A configuration file: what it says, and what is wrong with it. */
export interface ConfigFile {
  readonly source: Source;
  /** The defaults where anything is wrong: half a configuration is none. */
  readonly config: Config;
  readonly problems: readonly Problem[];
  /** Where the value is written that some keys and indexes lead to. */
  place(path: readonly (string | number)[]): Span | undefined;
}

/** The configuration files of both sides; absent where there is none. */
export interface ConfigFiles {
  readonly base: ConfigFile | undefined;
  readonly head: ConfigFile | undefined;
}

/** What the configuration may name, by rule id. */
export type KnownRules = Readonly<Record<string, Pick<Rule, "severity" | "summary">>>;

/** Where the configuration lies in a repository. */
export const CONFIG_PATH = ".github/mta-sts-guard.yml";

/** The rules that no configuration may silence: with them a run would pass that nobody judged. */
export const UNTOUCHABLE: readonly string[] = ["incomplete", "config-invalid"];

/** What applies where nobody set anything. */
export const DEFAULT_CONFIG: Config = {
  zones: [],
  policies: [],
  failOn: undefined,
  rollout: { minTestingDays: 14, enforcedElsewhere: [] },
  severities: new Map(),
  ignores: [],
  bot: { acceptRisk: "maintain", applyFixes: false },
};
