import { CONFIG_PATH, type Config, type ConfigFile, DEFAULT_CONFIG } from "../src/model/config.ts";
import type { Rule } from "../src/model/rule.ts";
import type { PastFile, Snapshot, Tree } from "../src/model/snapshot.ts";
import { Source } from "../src/model/source.ts";
import type { Side } from "../src/model/span.ts";
import { parseConfig } from "../src/parse/config/parseConfig.ts";
import { RULES } from "../src/rules/index.ts";

/** The clock of all tests that judge a repository in memory. */
const NOW = new Date("2026-06-01T12:00:00Z");

/** When base was committed where no history is told. */
const LONG_AGO = "2026-01-01";

/** A repository's files by path: text as UTF-8, or bytes. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A repository told in a test. */
export interface Story {
  /** The base branch; absent: the last of `history`, or if that is absent too, the state of head is judged. */
  readonly base?: Files | undefined;
  readonly head: Files;
  /** What commits of these days left on the base branch: `{ "2026-05-01": … }`, oldest first. */
  readonly history?: Readonly<Record<string, Files>>;
  /** Whether the clone's history begins with the first of them. */
  readonly shallow?: boolean;
}

/** A repository as `review` gets it, its clock at `NOW`. */
export function snapshotOf({ base, head, history = {}, shallow = false }: Story): Snapshot {
  const commits = Object.entries(history).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const before = base ?? commits.at(-1)?.[1];
  const baseTree = before && tree("base", before);
  const headTree = tree("head", head);
  const paths = new Set([...(baseTree?.sources.keys() ?? []), ...headTree.sources.keys()]);
  return {
    base: baseTree,
    head: headTree,
    changed: new Set([...paths].filter((path) => !same(baseTree?.sources.get(path), headTree.sources.get(path)))),
    past: before ? pastOf(commits.length > 0 ? commits : [[LONG_AGO, before]]) : [],
    pastComplete: !shallow,
    gaps: [],
    moment: { now: NOW, head: NOW },
    configs: { base: baseTree && configIn(baseTree), head: configIn(headTree) },
  };
}

function configIn({ sources }: Tree): ConfigFile | undefined {
  const source = sources.get(CONFIG_PATH);
  return source && parseConfig(source, RULES);
}

/** The configuration that such a repository is judged by: base's, without a base head's. */
export function configOf({ base, configs }: Snapshot): Config {
  return (base ? configs?.base : configs?.head)?.config ?? DEFAULT_CONFIG;
}

/** The same with a rule that is off by default switched on, for its own cases and examples. */
export function configFor(rule: string, snapshot: Snapshot): Config {
  const config = configOf(snapshot);
  const isOff = (RULES as Readonly<Record<string, Rule>>)[rule]?.severity === "off";
  return isOff ? { ...config, severities: new Map([[rule, "notice"], ...config.severities]) } : config;
}

function tree(side: Side, files: Files): Tree {
  const sources = Object.entries(files).map(
    ([path, text]) => [path, new Source(side, path, Buffer.from(text))] as const,
  );
  return { sources: new Map(sources), unread: [] };
}

function pastOf(commits: readonly (readonly [string, Files])[]): readonly PastFile[] {
  const past: PastFile[] = [];
  let before: Tree["sources"] = new Map();
  for (const [date, files] of commits) {
    const { sources } = tree("base", files);
    for (const path of new Set([...before.keys(), ...sources.keys()])) {
      if (same(before.get(path), sources.get(path))) continue;
      past.push({ moment: new Date(`${date}T00:00:00Z`), commit: date, of: path, source: sources.get(path) });
    }
    before = sources;
  }
  return past;
}

function same(a: Source | undefined, b: Source | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a.bytes, b.bytes) === 0;
}
