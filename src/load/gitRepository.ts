import { realpathSync } from "node:fs";
import { DiskFiles } from "./diskFiles.ts";
import { failure, Git, WITHOUT_INDEX } from "./git.ts";
import { type GitObject, ObjectReader } from "./objectReader.ts";
import { readHistory } from "./pathHistory.ts";
import { decodePath } from "./pathName.ts";
import { changedPath, differs, type RawChange, readRawDiff, treeEntry } from "./rawDiff.ts";
import type { Blob, ChangedPath, Commit, CommitTree, Keep, PathHistory, Repository, TreeEntry } from "./repository.ts";
import { repositoryName } from "./repositoryName.ts";
import { TreeListing } from "./treeListing.ts";
import { Unusable } from "./unusable.ts";
import { isWorkTree, listWorkTree, type LocalChange, overlayChanges, readLocalChanges } from "./workTree.ts";

/**
 * The git repository around `directory`, undefined outside of any; throws `Unusable` where git refuses it.
 *
 * The directory alone decides: `GIT_DIR` and its like, which git sets for hooks, are not heeded.
 */
export async function openRepository(directory: string): Promise<Repository | undefined> {
  const args = ["rev-parse", "--is-inside-work-tree", "--is-shallow-repository", "--show-toplevel"];
  const outcome = await new Git(directory).run(args);
  if (/not a git repository \(or any/.test(outcome.stderr)) return undefined;
  const [, inside, shallow, root] = /^(true|false)\n(true|false)\n([^]*?)\n?$/.exec(outcome.stdout.toString()) ?? [];
  if (inside === undefined || (inside === "true" && outcome.status !== 0)) throw failure(args, outcome);
  const hasWorkTree = inside === "true" && root !== undefined && isWorkTree(root);
  return new GitRepository(hasWorkTree ? root : realpathSync.native(directory), shallow === "true", hasWorkTree);
}

class GitRepository implements Repository {
  readonly root: string;
  readonly #shallow: boolean;
  readonly #hasWorkTree: boolean;
  readonly #git: Git;
  readonly #objects: ObjectReader;
  readonly #commits = new Map<string, Commit>();
  #files: DiskFiles | undefined;
  #localChanges: Promise<ReadonlyMap<string, LocalChange>> | undefined;

  constructor(root: string, shallow: boolean, hasWorkTree: boolean) {
    this.root = root;
    this.#shallow = shallow;
    this.#hasWorkTree = hasWorkTree;
    this.#git = new Git(root);
    this.#objects = new ObjectReader(this.#git);
  }

  get name(): string {
    return repositoryName(this.root);
  }

  async resolve(rev: string): Promise<Commit> {
    const known = this.#commits.get(rev);
    if (known) return known;
    const commit = await this.#find(rev);
    if (commit) return commit;
    if (rev === "HEAD") throw new Unusable(`HEAD of ${this.root} has no commits yet: commit something first.`);
    const cure = this.#shallow ? "this clone is shallow: git fetch --unshallow" : "fetch it, or name another";
    throw new Unusable(`${JSON.stringify(rev)} is no commit of ${this.root}; ${cure}.`);
  }

  async mergeBase(a: string, b: string): Promise<Commit> {
    const [from, to] = await Promise.all([this.resolve(a), this.resolve(b)]);
    if (from.id === to.id) return from;
    const args = ["merge-base", from.id, to.id];
    const outcome = await this.#git.run(args);
    if (outcome.status === 0) return this.resolve(outcome.stdout.toString("latin1").trim());
    // A commit it cannot read also ends with 1, but not in silence.
    if (outcome.status !== 1 || /^(error|fatal): /m.test(outcome.stderr)) throw failure(args, outcome);
    const cure = this.#shallow
      ? "this clone is shallow: git fetch --unshallow"
      : "their histories have nothing in common: name another base";
    throw new Unusable(`${JSON.stringify(a)} and ${JSON.stringify(b)} have no merge base; ${cure}.`);
  }

  async diff(base: string, head: string): Promise<readonly ChangedPath[]> {
    const from = await this.resolve(base);
    if (head !== "worktree") {
      const changes = await this.#diffTrees(from.id, (await this.resolve(head)).id);
      return changes.map(({ path, before, after }) => changedPath(path, before, after)).filter(differs);
    }
    const local = this.#readLocalChanges();
    const [toHead, changes] = await Promise.all([this.#diffToHead(from.id), local]);
    return overlayChanges(toHead, changes);
  }

  async list(at: string): Promise<readonly TreeEntry[]> {
    if (at === "worktree") return listWorkTree(this.#git, await this.#readLocalChanges());
    const { id } = await this.resolve(at);
    const entries: TreeEntry[] = [];
    for await (const batch of this.#git.fields(["ls-tree", "-r", "-z", "--full-tree", id])) {
      for (const field of batch) {
        const tab = field.indexOf("\t");
        const [mode = "", , object = ""] = field.slice(0, tab).split(" ");
        const entry = treeEntry(field.slice(tab + 1), mode, object);
        if (entry) entries.push(entry);
      }
    }
    return entries;
  }

  async tree(commit: string): Promise<CommitTree> {
    const args = ["ls-tree", "-r", "-z", "--full-tree", (await this.resolve(commit)).id];
    const outcome = await this.#git.run(args);
    if (outcome.status !== 0) throw failure(args, outcome);
    return new TreeListing(decodePath(outcome.stdout));
  }

  async entry(at: string, path: string): Promise<TreeEntry | undefined> {
    if (at === "worktree") return this.#disk().entry(path);
    const { id } = await this.resolve(at);
    // Through the process that is there anyway; only what it finds is worth one that tells links from files.
    if (!(await this.#objects.ask(`${id}:${path}`, 0))) return undefined;
    const args = ["ls-tree", "-z", "--full-tree", id, "--", path];
    const outcome = await this.#git.run(args);
    if (outcome.status !== 0) throw failure(args, outcome);
    const [columns = ""] = outcome.stdout.toString("latin1").split("\t", 1);
    const [mode = "", , object = ""] = columns.split(" ");
    return treeEntry(path, mode, object);
  }

  async read(
    entries: readonly TreeEntry[],
    limit: (path: string) => number,
    keep: Keep = () => true,
  ): Promise<ReadonlyMap<TreeEntry, Blob>> {
    const blobs = new Map<TreeEntry, Blob>();
    const settle = (entry: TreeEntry, blob: Blob): void => {
      const told = withinLimit(blob, limit(entry.path));
      if ("unread" in told || keep(entry.path, told)) blobs.set(entry, told);
    };
    const byId = new Map<string, TreeEntry[]>();
    for (const entry of entries) {
      const same = byId.get(entry.id);
      if (entry.kind === "submodule") settle(entry, { unread: "not-a-file" });
      else if (entry.id === "" && entry.kind === "link") settle(entry, this.#disk().readLink(entry.path));
      else if (entry.id === "") settle(entry, this.#disk().read(entry.path, limit(entry.path)));
      else if (same) same.push(entry);
      else byId.set(entry.id, [entry]);
    }
    const groups = [...byId.values()];
    const questions = Array.from(byId, ([name, same]) => ({
      name,
      limit: Math.max(...same.map(({ path }) => limit(path))),
    }));
    await this.#objects.askAll(questions, (object, index) => {
      const blob = blobOf(object);
      for (const entry of groups[index] ?? []) settle(entry, blob);
    });
    return blobs;
  }

  async history(commit: string, paths: readonly string[]): Promise<PathHistory> {
    const { id } = await this.resolve(commit);
    return readHistory(this.#git, this.#objects, this.#shallow, id, paths);
  }

  /** The commit that `rev` means, tags peeled; undefined where it means none. */
  async #find(rev: string): Promise<Commit | undefined> {
    let object = await this.#objects.ask(rev, COMMIT_LIMIT);
    if (object?.type === "tag") object = await this.#objects.ask(`${object.id}^{commit}`, COMMIT_LIMIT);
    if (object?.type !== "commit") return undefined;
    const seconds = /^committer .* (-?\d+) \S+$/m.exec(object.bytes?.toString("latin1") ?? "")?.[1];
    const commit = { id: object.id, date: new Date(Number(seconds ?? 0) * 1000) };
    this.#commits.set(commit.id, commit);
    return commit;
  }

  async #diffTrees(base: string, head: string): Promise<readonly RawChange[]> {
    const changes: RawChange[] = [];
    if (base === head) return changes;
    const fields = this.#git.fields([...DIFF_TREE, base, head], "", WITHOUT_INDEX);
    await readRawDiff(fields, (change) => changes.push(change));
    return changes;
  }

  async #diffToHead(base: string): Promise<readonly RawChange[]> {
    const head = await this.#find("HEAD");
    return this.#diffTrees(base, head?.id ?? EMPTY_TREES[base.length] ?? "");
  }

  /** Memoised: `diff` and `list` of one run must tell of the same working tree. */
  async #readLocalChanges(): Promise<ReadonlyMap<string, LocalChange>> {
    const files = this.#disk();
    return (this.#localChanges ??= readLocalChanges(this.#git, files));
  }

  #disk(): DiskFiles {
    if (!this.#hasWorkTree) {
      throw new Unusable(`The repository ${this.root} has no working tree: name the revision to judge with --head.`);
    }
    return (this.#files ??= new DiskFiles(this.root));
  }
}

function blobOf(object: GitObject | undefined): Blob {
  if (object === undefined) return { unread: "missing" };
  if (object.type !== "blob") return { unread: "not-a-file" };
  return object.bytes ?? { unread: "too-large", size: object.size };
}

function withinLimit(blob: Blob, limit: number): Blob {
  return blob instanceof Uint8Array && blob.length > limit ? { unread: "too-large", size: blob.length } : blob;
}

const COMMIT_LIMIT = 16 * 1024 * 1024;

const DIFF_TREE = [
  "diff-tree",
  "-r",
  "--raw",
  "-z",
  "--no-renames",
  "--no-abbrev",
  "--ignore-submodules=none",
  "--no-ext-diff",
  "--no-textconv",
];

/** The tree without entries, by the length of its id: git knows it in every repository. */
const EMPTY_TREES: Readonly<Record<number, string>> = {
  40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
  64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
};
