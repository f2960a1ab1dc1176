import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DiskFiles } from "./diskFiles.ts";
import { failure, type Git } from "./git.ts";
import { changedPath, differs, type RawChange, treeEntry } from "./rawDiff.ts";
import type { ChangedPath, TreeEntry } from "./repository.ts";

/** A path that the working tree holds otherwise than HEAD; untracked files have no `before`. */
export interface LocalChange {
  readonly before: TreeEntry | undefined;
  readonly now: TreeEntry | undefined;
}

/** The local changes by path, in two processes. */
export async function readLocalChanges(git: Git, files: DiskFiles): Promise<ReadonlyMap<string, LocalChange>> {
  const changes = new Map<string, LocalChange>();
  const environment = await withoutFilters(git);
  for await (const batch of git.fields(STATUS, "", environment)) {
    for (const field of batch) {
      const [path, change] = field.startsWith("? ") ? untracked(field, files) : tracked(field);
      if (path !== "") changes.set(path, { before: change.before ?? changes.get(path)?.before, now: change.now });
    }
  }
  return changes;
}

/** What differs between base and the working tree: base to HEAD, and the local changes laid over it. */
export function overlayChanges(
  toHead: readonly RawChange[],
  local: ReadonlyMap<string, LocalChange>,
): readonly ChangedPath[] {
  const pairs = new Map(toHead.map((change) => [change.path, { base: change.before, head: change.after }]));
  for (const [path, { before, now }] of local) {
    const known = pairs.get(path);
    pairs.set(path, { base: known ? known.base : before, head: now });
  }
  return Array.from(pairs, ([path, { base, head }]) => changedPath(path, base, head)).filter(differs);
}

/** Every entry of the index, with the local changes laid over it. */
export async function listWorkTree(git: Git, local: ReadonlyMap<string, LocalChange>): Promise<readonly TreeEntry[]> {
  const entries: TreeEntry[] = [];
  for await (const batch of git.fields(["ls-files", "--stage", "-z", "--full-name"])) {
    for (const field of batch) {
      const tab = field.indexOf("\t");
      const [mode = "", id = ""] = field.slice(0, tab).split(" ");
      const path = field.slice(tab + 1);
      const entry = local.has(path) ? undefined : treeEntry(path, mode, id);
      if (entry) entries.push(entry);
    }
  }
  for (const { now } of local.values()) if (now) entries.push(now);
  return entries;
}

/** Whether `root` itself holds `.git`; `core.worktree` may point anywhere, and anywhere is not ours to read. */
export function isWorkTree(root: string): boolean {
  return lstatSync(join(root, ".git"), { throwIfNoEntry: false }) !== undefined;
}

const STATUS = ["status", "--porcelain=v2", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=dirty"];

type Told = readonly [path: string, change: LocalChange];
const NOTHING: Told = ["", { before: undefined, now: undefined }];

function untracked(field: string, files: DiskFiles): Told {
  const path = field.slice(2);
  const kind = files.kind(path); // none for a folder, which git names where it is a repository of its own
  return kind ? [path, { before: undefined, now: { path, kind, id: "" } }] : NOTHING;
}

/** One line of `git status --porcelain=v2` for a path of HEAD or of the index. */
function tracked(field: string): Told {
  if (field.startsWith("1 ")) {
    const [columns, path] = cut(field, 8);
    const [, state = "", , headMode = "", , diskMode = "", headId = "", indexId = ""] = columns;
    const now = treeEntry(path, diskMode, state.endsWith(".") ? indexId : "");
    return [path, { before: treeEntry(path, headMode, headId), now }];
  }
  if (field.startsWith("u ")) {
    const [columns, path] = cut(field, 10);
    const [, , , , oursMode = "", , diskMode = "", , oursId = ""] = columns;
    return [path, { before: treeEntry(path, oursMode, oursId), now: treeEntry(path, diskMode, "") }];
  }
  return NOTHING;
}

/** The first `count` words of a line, and what follows them, blanks and all. */
function cut(field: string, count: number): readonly [readonly string[], string] {
  let at = 0;
  for (let word = 0; word < count; word++) at = field.indexOf(" ", at) + 1;
  return [field.slice(0, at - 1).split(" "), field.slice(at)];
}

/**
 * The environment that switches every configured filter off: `git status` would run them on files whose time stamps
 * are in doubt, and `.git/config` is not trusted to name programs.
 */
async function withoutFilters(git: Git): Promise<NodeJS.ProcessEnv> {
  if (!mayNameFilters(git.directory)) return {};
  const args = ["config", "-z", "--name-only", "--get-regexp", "^filter\\..*\\.(clean|smudge|process|required)$"];
  const outcome = await git.run(args);
  if (outcome.status > 1) throw failure(args, outcome);
  const names = new Set(outcome.stdout.toString("utf8").split("\0").filter(Boolean));
  const first = Number(process.env["GIT_CONFIG_COUNT"] ?? 0);
  const environment: NodeJS.ProcessEnv = { GIT_CONFIG_COUNT: String(first + names.size) };
  for (const [index, name] of [...names].entries()) {
    environment[`GIT_CONFIG_KEY_${first + index}`] = name;
    environment[`GIT_CONFIG_VALUE_${first + index}`] = name.endsWith(".required") ? "false" : "";
  }
  return environment;
}

/** Whether the repository's configuration may name filters; a glance that mostly saves the process of `git config`. */
function mayNameFilters(root: string): boolean {
  const inside = (name: string): string => join(root, ".git", name);
  if (existsSync(inside("config.worktree")) || existsSync(inside("commondir"))) return true;
  try {
    return /filter|include/i.test(readFileSync(inside("config"), "latin1"));
  } catch {
    return true; // `.git` is a file that points elsewhere
  }
}
