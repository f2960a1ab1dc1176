import { posix } from "node:path";
import type { GithubApi } from "./githubApi.ts";
import type { GithubBlobs } from "./githubBlobs.ts";
import { inParallel } from "./inParallel.ts";
import { changedPath, differs, treeEntry } from "./rawDiff.ts";
import type { ChangedPath, Commit, TreeEntry } from "./repository.ts";
import { Unusable } from "./unusable.ts";

/** A folder of a commit; "" is the root. */
interface Place {
  readonly commit: string;
  readonly folder: string;
}

interface Item {
  readonly name: string;
  readonly oid: string;
  readonly mode: number;
  readonly type: string;
  readonly size: number;
}

type Folder = ReadonlyMap<string, Item>;

interface RestTree {
  readonly truncated: boolean;
  readonly tree: readonly { path: string; mode: string; type: string; sha: string; size?: number }[];
}

/** A commit's whole listing as `git ls-tree -r -z` prints it. */
export interface WholeTree {
  readonly text: string;
  /** Whether it holds less than there is. */
  readonly isCut: boolean;
}

interface Answer {
  readonly oid?: string;
  readonly committedDate?: string;
  readonly entries?: readonly Item[] | null;
}

/** Trees by commit: folder by folder, many in one request; or all of one at once. */
export class GithubTree {
  readonly #api: GithubApi;
  readonly #blobs: GithubBlobs;
  readonly #folders = new Map<string, Folder>();
  /** The ids of the folders that differ. */
  readonly #ids = new Map<string, string>();
  readonly #commits = new Map<string, Commit>();
  #expected: Place[] = [];

  constructor(api: GithubApi, blobs: GithubBlobs) {
    this.#api = api;
    this.#blobs = blobs;
  }

  /** Folders that will be asked for: they come with the next request. */
  expect(commits: readonly string[], folders: Iterable<string>): void {
    for (const folder of folders) for (const commit of commits) this.#expected.push({ commit, folder });
  }

  know(commit: Commit): void {
    this.#commits.set(commit.id, commit);
  }

  /** The commit that an id or a name means, undefined where it means none. */
  async resolve(rev: string): Promise<Commit | undefined> {
    if (!this.#commits.has(rev)) await this.#load([], rev);
    return this.#commits.get(rev);
  }

  async entry(commit: string, path: string): Promise<TreeEntry | undefined> {
    const place = { commit, folder: parentOf(path) };
    await this.#load([place]);
    const item = this.#folder(place).get(posix.basename(path));
    return item && entryOf(path, item);
  }

  /** What differs between two commits each; only folders that differ are read, all of a level in one request. */
  async diffs(pairs: readonly (readonly [base: string, head: string])[]): Promise<readonly (readonly ChangedPath[])[]> {
    const found: ChangedPath[][] = pairs.map(() => []);
    let level = pairs.map(() => [""]);
    while (level.some((folders) => folders.length > 0)) {
      const places = pairs.flatMap((pair, index) =>
        (level[index] ?? []).flatMap((folder) => pair.map((commit) => ({ commit, folder }))),
      );
      await this.#load(places);
      await inParallel(places, (place) => this.#readById(place));
      level = pairs.map(([base, head], index) =>
        (level[index] ?? []).flatMap((folder) => this.#compare(base, head, folder, found[index] ?? [])),
      );
    }
    return found;
  }

  /** Adds what differs in a folder of two commits to `found`; answers the folders in it that differ. */
  #compare(base: string, head: string, folder: string, found: ChangedPath[]): readonly string[] {
    const [before, after] = [this.#folder({ commit: base, folder }), this.#folder({ commit: head, folder })];
    const deeper: string[] = [];
    for (const name of new Set([...before.keys(), ...after.keys()])) {
      const [old, now] = [before.get(name), after.get(name)];
      if (old?.oid === now?.oid && old?.mode === now?.mode) continue;
      const path = folder === "" ? name : `${folder}/${name}`;
      const change = changedPath(path, old && entryOf(path, old), now && entryOf(path, now));
      if (differs(change)) found.push(change);
      if (old?.type !== "tree" && now?.type !== "tree") continue;
      deeper.push(path);
      if (old?.type === "tree") this.#ids.set(keyOf({ commit: base, folder: path }), old.oid);
      if (now?.type === "tree") this.#ids.set(keyOf({ commit: head, folder: path }), now.oid);
      if (old?.type !== "tree") this.#folders.set(keyOf({ commit: base, folder: path }), NOTHING);
      if (now?.type !== "tree") this.#folders.set(keyOf({ commit: head, folder: path }), NOTHING);
    }
    return deeper;
  }

  /** Every path of a commit; a tree that GitHub cuts is read folder by folder. */
  async list(commit: string): Promise<WholeTree> {
    const lines: string[] = [];
    let isCut = false;
    let requests = 0;
    const add = ({ path, mode, type, sha, size }: RestTree["tree"][number], folder: string): void => {
      if (type === "tree") return;
      lines.push(`${mode} ${type} ${sha}\t${folder}${path}\0`);
      this.#blobs.note(sha, size);
    };
    const walk = async (sha: string, folder: string): Promise<void> => {
      requests += 2;
      const all = await this.#tree(sha, { recursive: "1" });
      const flat = all?.truncated && requests < MOST_REQUESTS ? await this.#tree(sha, {}) : all;
      if (!flat || flat.truncated) isCut = true;
      for (const item of flat?.tree ?? []) add(item, folder);
      if (flat === all) return;
      const folders = flat?.tree.filter(({ type }) => type === "tree") ?? [];
      await inParallel(folders, (item) => walk(item.sha, `${folder}${item.path}/`));
    };
    await walk(commit, "");
    // The requests of one walk end in any order.
    return { text: (requests > 2 ? lines.toSorted(byPath) : lines).join(""), isCut };
  }

  #tree(sha: string, parameters: Record<string, unknown>): Promise<RestTree | undefined> {
    return this.#api.get("git/trees/{tree_sha}", { tree_sha: sha, ...parameters });
  }

  /** A folder that is there and was not found by its name, which may hold a line end, is read by its id. */
  async #readById(place: Place): Promise<void> {
    const id = this.#ids.get(keyOf(place));
    if (id === undefined || this.#folder(place).size > 0) return;
    const answer = await this.#api.get<RestTree>("git/trees/{tree_sha}", { tree_sha: id });
    if (!answer || answer.truncated)
      throw new Unusable(
        `GitHub does not give the folder ${JSON.stringify(place.folder)}: check a clone, with the command line.`,
      );
    const items = answer.tree.map(({ path, mode, type, sha, size }) => ({
      name: path,
      oid: sha,
      mode: Number.parseInt(mode, 8),
      type,
      size: size ?? 0,
    }));
    this.#folders.set(keyOf(place), this.#noted(items));
  }

  #folder(place: Place): Folder {
    return this.#folders.get(keyOf(place)) ?? NOTHING;
  }

  /** Reads folders that were not read yet, and with them those that are expected. */
  async #load(places: readonly Place[], rev?: string): Promise<void> {
    const isUnread = (place: Place): boolean => !this.#folders.has(keyOf(place));
    if (rev === undefined && !places.some(isUnread)) return;
    const wanted = new Map([...places, ...this.#expected].filter(isUnread).map((place) => [keyOf(place), place]));
    this.#expected = [];
    const names = [...wanted.keys()];
    const parts = Array.from({ length: Math.max(1, Math.ceil(names.length / MOST_FOLDERS)) }, (_, part) =>
      names.slice(part * MOST_FOLDERS, (part + 1) * MOST_FOLDERS),
    );
    const commits = [...wanted.values()].map((place) => place.commit);
    const revs = rev === undefined ? [] : [...new Set([rev, ...commits])].filter((each) => !this.#commits.has(each));
    await inParallel(parts, (part) => this.#ask(part, part === parts[0] ? revs : []));
  }

  async #ask(names: readonly string[], revs: readonly string[]): Promise<void> {
    const all = [...revs, ...names];
    const answer = await this.#api.query<Readonly<Record<string, Answer | null>>>(
      all.map((_, index) => `$e${index}: String!`),
      all
        .map((_, index) => `f${index}: object(expression: $e${index}) { ${FIELDS[index < revs.length ? 0 : 1]} }`)
        .join(" "),
      Object.fromEntries(all.map((expression, index) => [`e${index}`, expression])),
    );
    for (const [index, name] of all.entries()) {
      const { oid, committedDate, entries } = answer[`f${index}`] ?? {};
      if (index >= revs.length) this.#folders.set(name, this.#noted(entries ?? []));
      else if (oid !== undefined && committedDate !== undefined)
        this.#commits.set(name, { id: oid, date: new Date(committedDate) });
    }
  }

  #noted(items: readonly Item[]): Folder {
    for (const { oid, type, size } of items) if (type === "blob") this.#blobs.note(oid, size);
    return new Map(items.map((item) => [item.name, item]));
  }
}

/** The folders that lead to some paths, the root too. */
export function foldersOf(paths: Iterable<string>): ReadonlySet<string> {
  const folders = new Set([""]);
  for (const path of paths)
    for (let folder = parentOf(path); folder !== "" && !folders.has(folder); folder = parentOf(folder))
      folders.add(folder);
  return folders;
}

/** An entry as GraphQL tells it, with its mode as a number; undefined for a folder. */
export function entryOf(path: string, { mode, oid }: Pick<Item, "mode" | "oid">): TreeEntry | undefined {
  return treeEntry(path, mode.toString(8).padStart(6, "0"), oid);
}

function parentOf(path: string): string {
  return path.includes("/") ? posix.dirname(path) : "";
}

function keyOf({ commit, folder }: Place): string {
  return `${commit}:${folder}`;
}

function byPath(a: string, b: string): number {
  return a.slice(a.indexOf("\t")) < b.slice(b.indexOf("\t")) ? -1 : 1;
}

const NOTHING: Folder = new Map();
const FIELDS = ["... on Commit { oid committedDate }", "... on Tree { entries { name oid mode type size } }"] as const;
/** In one request. */
const MOST_FOLDERS = 250;
/** For one tree. */
const MOST_REQUESTS = 120;
