import { posix } from "node:path";
import { GaveUp, type GithubApi } from "./githubApi.ts";
import type { BlobNode, GithubBlobs } from "./githubBlobs.ts";
import { inParallel, inParts } from "./inParallel.ts";
import { objectId } from "./objectId.ts";
import { decodePath, encodePath } from "./pathName.ts";
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

type RawItem = Omit<Item, "name"> & { readonly nameRaw: string };

type Folder = ReadonlyMap<string, Item>;

interface RestTree {
  readonly sha: string;
  readonly truncated: boolean;
  readonly tree: readonly { path: string; mode: string; type: string; sha: string; size?: number }[];
}

/** A commit's whole listing as `git ls-tree -r -z` prints it. */
export interface WholeTree {
  readonly text: string;
  /** Whether it holds less than there is. */
  readonly isCut: boolean;
}

interface Answer extends BlobNode {
  readonly oid?: string;
  readonly committedDate?: string;
  readonly entries?: readonly Item[] | null;
}

interface RestCommit {
  readonly sha: string;
  readonly commit: { readonly committer: { readonly date?: string } | null };
}

/** What a query asks for: a commit by its id or name, a folder, or a file's text. */
interface Question {
  readonly expression: string;
  readonly what: keyof typeof FIELDS;
}

/** Trees by commit: folder by folder, many in one request; or all of one at once. */
export class GithubTree {
  readonly #api: GithubApi;
  readonly #blobs: GithubBlobs;
  readonly #folders = new Map<string, Folder>();
  /** What was asked for by name; where that told nothing, it is told by its id. */
  readonly #asked = new Set<string>();
  readonly #commits = new Map<string, Commit>();
  #expected: Place[] = [];
  #texts: Question[] = [];

  constructor(api: GithubApi, blobs: GithubBlobs) {
    this.#api = api;
    this.#blobs = blobs;
  }

  /** Folders that will be asked for: they come with the next request. */
  expect(commits: readonly string[], folders: Iterable<string>): void {
    for (const folder of folders) for (const commit of commits) this.#expected.push({ commit, folder });
  }

  /** A short file that will be read: it comes with the next request, too. */
  expectText(commits: readonly string[], path: string): void {
    this.#texts = commits.map((commit) => ({ expression: `${commit}:${path}`, what: "text" }));
  }

  know(commit: Commit): void {
    this.#commits.set(commit.id, commit);
  }

  /** The commit that an id or a name means, undefined where it means none. */
  async resolve(rev: string): Promise<Commit | undefined> {
    if (!this.#commits.has(rev)) await this.#load([], rev);
    if (!this.#commits.has(rev)) await this.#resolveById(rev);
    return this.#commits.get(rev);
  }

  async entry(commit: string, path: string): Promise<TreeEntry | undefined> {
    const folders = [...foldersOf([path])];
    await this.#load(folders.map((folder) => ({ commit, folder })));
    const item = this.#folder({ commit, folder: parentOf(path) }).get(posix.basename(path));
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
    const add = (item: RestTree["tree"][number], folder: string): void => {
      const { path, mode, type, sha, size } = item;
      if (type === "tree" || !isItem(itemOf(item))) return;
      lines.push(`${mode} ${type} ${sha}\t${folder}${path}\0`);
      this.#blobs.note(sha, size);
    };
    const walk = async (sha: string, folder: string): Promise<void> => {
      if (requests >= MOST_REQUESTS) {
        isCut = true;
        return;
      }
      requests += 2;
      const all = await this.#tree(sha, { recursive: "1" });
      const flat = all?.truncated ? await this.#tree(sha, {}) : all;
      if (!flat || flat.truncated || !flat.tree.every((item) => isItem(itemOf(item)))) isCut = true;
      for (const item of flat?.tree ?? []) add(item, folder);
      if (flat === all) return;
      const folders = flat?.tree.filter((item) => item.type === "tree" && isItem(itemOf(item))) ?? [];
      await inParallel(folders, (item) => walk(item.sha, `${folder}${item.path}/`));
    };
    await walk(commit, "");
    // The requests of one walk end in any order.
    return { text: (requests > 2 ? lines.toSorted(byPath) : lines).join(""), isCut };
  }

  #tree(sha: string, parameters: Record<string, unknown>): Promise<RestTree | undefined> {
    const needed = ["sha", "truncated", "tree"] as const;
    return this.#api.get("git/trees/{tree_sha}", needed, { tree_sha: sha, ...parameters });
  }

  async #resolveById(rev: string): Promise<void> {
    const answer = await this.#api.get<RestCommit>("commits/{ref}", ["sha", "commit"], { ref: rev, per_page: 1 });
    const date = answer?.commit.committer?.date;
    if (answer && date !== undefined) this.#commits.set(rev, { id: answer.sha, date: new Date(date) });
  }

  /** Reads a folder by its id that a query did not tell by its name: one that is odd, cut off, or not there at all. */
  async #settle(place: Place): Promise<void> {
    if (this.#folders.has(keyOf(place))) return;
    const above = { ...place, folder: parentOf(place.folder) };
    if (place.folder !== "") await this.#settle(above);
    const item = this.#folder(above).get(posix.basename(place.folder));
    if (place.folder === "") await this.#readById(place, place.commit);
    else if (item?.type === "tree") await this.#readById(place, item.oid);
    else this.#folders.set(keyOf(place), NOTHING);
  }

  async #readById(place: Place, id: string): Promise<void> {
    const answer = await this.#tree(id, {});
    const told = answer?.tree.map(itemOf) ?? [];
    const items = !answer || isTree(answer.sha, told) ? told : ((await this.#rawItems(answer.sha)) ?? told);
    if (!answer || answer.truncated || !items.every(isItem))
      throw new Unusable(
        `GitHub does not give the folder ${JSON.stringify(place.folder)}: run the job again, or check a clone with the command line.`,
      );
    this.#folders.set(keyOf(place), this.#noted(items));
  }

  /** The entries of a tree whose names are no UTF-8; undefined where GitHub cannot tell them. */
  async #rawItems(id: string): Promise<readonly Item[] | undefined> {
    const answer = await this.#api.query<{ readonly t: { readonly entries?: readonly RawItem[] | null } | null }>(
      ["$t: GitObjectID!"],
      "t: object(oid: $t) { ... on Tree { entries { nameRaw oid mode type size } } }",
      { t: id },
    );
    const items = answer.t?.entries?.map((item) => ({
      ...item,
      name: decodePath(Buffer.from(item.nameRaw, "base64")),
    }));
    return items && isTree(id, items) ? items : undefined;
  }

  #folder(place: Place): Folder {
    return this.#folders.get(keyOf(place)) ?? NOTHING;
  }

  /** Reads folders that were not read yet, and with them those that are expected. */
  async #load(places: readonly Place[], rev?: string): Promise<void> {
    const isUnread = (place: Place): boolean => !this.#folders.has(keyOf(place));
    const unread = places.filter(isUnread);
    if (rev === undefined && unread.length === 0) return;
    const wanted = [...unread, ...this.#expected].filter((place) => isUnread(place) && !this.#asked.has(keyOf(place)));
    this.#expected = [];
    const names = new Set(wanted.map(keyOf));
    const revs = rev === undefined ? [] : [...new Set([rev, ...wanted.map(({ commit }) => commit)])];
    const questions: readonly Question[] = [
      ...revs.filter((each) => !this.#commits.has(each)).map((expression) => ({ expression, what: "commit" as const })),
      ...Array.from(names, (expression) => ({ expression, what: "folder" as const })),
      ...this.#texts,
    ];
    this.#texts = [];
    for (const name of names) this.#asked.add(name);
    const parts = Array.from({ length: Math.ceil(questions.length / MOST_FOLDERS) }, (_, part) =>
      questions.slice(part * MOST_FOLDERS, (part + 1) * MOST_FOLDERS),
    );
    const isTooMuch = (error: unknown): boolean => error instanceof GaveUp;
    await inParallel(parts, async (part) => void (await inParts(part, isTooMuch, (some) => this.#ask(some))));
    for (const place of unread) await this.#settle(place);
  }

  async #ask(questions: readonly Question[]): Promise<void> {
    const answer = await this.#api.query<Readonly<Record<string, Answer | null>>>(
      questions.map((_, index) => `$e${index}: String!`),
      questions.map(({ what }, index) => `f${index}: object(expression: $e${index}) { ${FIELDS[what]} }`).join(" "),
      Object.fromEntries(questions.map(({ expression }, index) => [`e${index}`, expression])),
    );
    for (const [index, { expression, what }] of questions.entries()) {
      const node = answer[`f${index}`] ?? {};
      const { oid, committedDate, entries } = node;
      if (!oid) continue;
      if (what === "text") this.#blobs.offer(oid, node);
      else if (committedDate) this.#commits.set(expression, { id: oid, date: new Date(committedDate) });
      else if (entries && isTree(oid, entries)) this.#folders.set(expression, this.#noted(entries));
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

function itemOf({ path, mode, type, sha, size }: RestTree["tree"][number]): Item {
  return { name: path, oid: sha, mode: Number.parseInt(mode, 8), type, size: size ?? 0 };
}

/** Whether a tree of this id has exactly these entries: names that are no UTF-8 and answers that are cut off show here. */
function isTree(id: string, items: readonly Item[]): boolean {
  if (!items.every(isItem)) return false;
  const lines = items.map(({ name, mode, type, oid }) => {
    const bytes = encodePath(name);
    const head = Buffer.concat([Buffer.from(`${mode.toString(8)} `), bytes, NUL]);
    return {
      line: Buffer.concat([head, Buffer.from(oid, "hex")]),
      key: type === "tree" ? Buffer.concat([bytes, SLASH]) : bytes,
    };
  });
  // As git orders them: a folder as if its name ended with `/`.
  const sorted = lines.toSorted((a, b) => Buffer.compare(a.key, b.key));
  return objectId("tree", Buffer.concat(sorted.map(({ line }) => line)), id.length) === id;
}

/** Whether an entry has all that is looked at, which GitHub may leave null. */
function isItem({ name, oid, mode, type }: Partial<Item>): boolean {
  return typeof name === "string" && typeof oid === "string" && typeof mode === "number" && typeof type === "string";
}

const NUL = Buffer.from([0]);
const SLASH = Buffer.from("/");

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
const FIELDS = {
  commit: "... on Commit { oid committedDate }",
  folder: "... on Tree { oid entries { name oid mode type size } }",
  text: "... on Blob { oid text }",
} as const;
/** In one request. */
const MOST_FOLDERS = 250;
/** For one tree. */
const MOST_REQUESTS = 120;
