import type { Listing } from "../discover/stillNeeded.ts";

/** A file, link or submodule of a tree; `path` is relative to the root, with `/`, see `pathName.ts` for odd bytes. */
export interface TreeEntry {
  readonly path: string;
  readonly kind: "file" | "link" | "submodule";
  /** The object id; "" for bytes that lie only in the working tree. */
  readonly id: string;
}

/** The paths of a commit, to be searched. */
export interface CommitTree extends Listing {
  entry(path: string): TreeEntry | undefined;
  /** The symbolic links among them. */
  links(): readonly TreeEntry[];
  /** Whether there are more paths than these, which could not be listed. */
  readonly isCut: boolean;
}

/** A path that differs between two trees; a rename is told as a deletion and an addition. */
export interface ChangedPath {
  readonly path: string;
  readonly base?: TreeEntry;
  readonly head?: TreeEntry;
}

export interface Commit {
  readonly id: string;
  /** The committer date. */
  readonly date: Date;
}

/** A file's bytes, or why they were not read; `size` in bytes where it is known. */
export type Blob = Uint8Array | Unread;

export interface Unread {
  readonly unread: "missing" | "too-large" | "not-a-file";
  readonly size?: number;
}

/** A path as one commit of the base branch left it. */
export interface PastPath {
  readonly commit: Commit;
  readonly path: string;
  /** The path that was asked for: what this one became. */
  readonly of: string;
  /** Undefined where the commit deleted the path. */
  readonly entry: TreeEntry | undefined;
}

export interface PathHistory {
  /** Oldest first, each path under the name it had then. */
  readonly events: readonly PastPath[];
  /** False where a shallow clone or a limit of GitHub cuts a path's life, so that its first event is not its beginning. */
  readonly complete: boolean;
}

/** Whether a file's bytes are wanted; what it turns away is left out of the answer, so that it need not stay in memory. */
export type Keep = (path: string, bytes: Uint8Array) => boolean;

/** The working tree's files, with or without a repository around them. */
export interface Files {
  readonly root: string;
  /** What the repository is called, without its owner. */
  readonly name: string;
  /** Who keeps the objects, where it is no clone on this machine. */
  readonly host?: "GitHub";
  /** Every file, link and submodule; what git ignores is left out. */
  list(at: "worktree"): Promise<readonly TreeEntry[]>;
  /** What lies at one path, without listing the rest; undefined for nothing. */
  entry(at: string, path: string): Promise<TreeEntry | undefined>;
  /** The bytes of `entries` (of a link: where it leads), no more than `limit` bytes each; equal ids are read once. */
  read(
    entries: readonly TreeEntry[],
    limit: (path: string) => number,
    keep?: Keep,
  ): Promise<ReadonlyMap<TreeEntry, Blob>>;
}

/**
 * A repository at exact revisions; every method throws `Unusable` where git or GitHub cannot answer.
 *
 * The working tree is looked at once: open the repository again to see what was written since.
 */
export interface Repository extends Files {
  resolve(rev: string): Promise<Commit>;
  mergeBase(a: string, b: string): Promise<Commit>;
  diff(base: string, head: string): Promise<readonly ChangedPath[]>;
  list(at: string): Promise<readonly TreeEntry[]>;
  /** The same paths of a commit, for those who want a few of them. */
  tree(commit: string): Promise<CommitTree>;
  /** The life of `paths` on the first-parent line up to `commit`, through renames. */
  history(commit: string, paths: readonly string[]): Promise<PathHistory>;
}
