import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { PastFile, Snapshot, Tree } from "../src/model/snapshot.ts";
import { Source } from "../src/model/source.ts";
import type { Side } from "../src/model/span.ts";

/** The clock of all cases. */
export const NOW = new Date("2026-06-01T12:00:00Z");

/** When base was committed in cases that tell no history. */
const LONG_AGO = "2026-01-01";

/**
 * A case folder as a snapshot: `base/` and `head/` are the two sides (without base the state of head is judged), each
 * `history/<date>/` is the tree that a commit of that day left on the base branch, the last of them being base itself. A file `shallow` says that the clone's history begins there.
 */
export function caseSnapshot(folder: string): Snapshot {
  const head = readTree("head", join(folder, "head"));
  const commits = existsSync(join(folder, "history")) ? readdirSync(join(folder, "history")).toSorted() : [];
  const trees = commits.map((date) => [date, readTree("base", join(folder, "history", date))] as const);
  const base = existsSync(join(folder, "base")) ? readTree("base", join(folder, "base")) : trees.at(-1)?.[1];
  const past = base ? pastOf(trees.length > 0 ? trees : [[LONG_AGO, base]]) : [];
  const paths = new Set([...(base?.sources.keys() ?? []), ...head.sources.keys()]);
  const changed = new Set([...paths].filter((path) => !same(base?.sources.get(path), head.sources.get(path))));
  return {
    base,
    head,
    changed,
    past,
    pastComplete: !existsSync(join(folder, "shallow")),
    gaps: [],
    moment: { now: NOW, head: NOW },
  };
}

function readTree(side: Side, folder: string): Tree {
  const sources = new Map<string, Source>();
  if (existsSync(folder)) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const path = relative(folder, file).split(sep).join("/");
      sources.set(path, new Source(side, path, readFileSync(file)));
    }
  }
  return { sources, unread: [] };
}

function pastOf(trees: readonly (readonly [string, Tree])[]): readonly PastFile[] {
  const past: PastFile[] = [];
  let before = new Map<string, Source>();
  for (const [date, { sources }] of trees) {
    for (const path of new Set([...before.keys(), ...sources.keys()])) {
      if (same(before.get(path), sources.get(path))) continue;
      past.push({ moment: new Date(`${date}T00:00:00Z`), commit: date, of: path, source: sources.get(path) });
    }
    before = new Map(sources);
  }
  return past;
}

function same(a: Source | undefined, b: Source | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Buffer.compare(a.bytes, b.bytes) === 0;
}
