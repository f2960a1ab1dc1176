import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { PastFile, Snapshot, Tree } from "../src/model/snapshot.ts";
import { Source } from "../src/model/source.ts";
import type { Side } from "../src/model/span.ts";

/** The clock of all cases. */
export const NOW = new Date("2026-06-01T12:00:00Z");

/** When base was committed in cases that tell no history. */
const LONG_AGO = "2026-01-01";

/** The files of one side or of one day, by path. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** What a case or an example tells of a repository; `history` is in the order of its days. */
export interface Told {
  readonly base?: Files | undefined;
  readonly head: Files;
  readonly history: readonly (readonly [string, Files])[];
  readonly shallow: boolean;
}

/**
 * A case folder as a snapshot: `base/` and `head/` are the two sides (without base the state of head is judged), each
 * `history/<date>/` is the tree that a commit of that day left on the base branch, the last of them being base itself. A file `shallow` says that the clone's history begins there.
 */
export function caseSnapshot(folder: string): Snapshot {
  const days = existsSync(join(folder, "history")) ? readdirSync(join(folder, "history")).toSorted() : [];
  return snapshotOf({
    base: existsSync(join(folder, "base")) ? filesIn(join(folder, "base")) : undefined,
    head: filesIn(join(folder, "head")),
    history: days.map((day) => [day, filesIn(join(folder, "history", day))] as const),
    shallow: existsSync(join(folder, "shallow")),
  });
}

/** What a loader would have made of such a repository. */
export function snapshotOf(told: Told): Snapshot {
  const head = tree("head", told.head);
  const commits = told.history.map(([day, files]) => [day, tree("base", files)] as const);
  const base = told.base ? tree("base", told.base) : commits.at(-1)?.[1];
  const past = base ? pastOf(commits.length > 0 ? commits : [[LONG_AGO, base]]) : [];
  const paths = new Set([...(base?.sources.keys() ?? []), ...head.sources.keys()]);
  const changed = new Set([...paths].filter((path) => !same(base?.sources.get(path), head.sources.get(path))));
  return {
    base,
    head,
    changed,
    past,
    pastComplete: !told.shallow,
    gaps: [],
    moment: { now: NOW, head: NOW },
  };
}

function filesIn(folder: string): Files {
  const files = new Map<string, Uint8Array>();
  if (!existsSync(folder)) return files;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(relative(folder, file).split(sep).join("/"), readFileSync(file));
  }
  return files;
}

function tree(side: Side, files: Files): Tree {
  return { sources: new Map([...files].map(([path, bytes]) => [path, new Source(side, path, bytes)])), unread: [] };
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
