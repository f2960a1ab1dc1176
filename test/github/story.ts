/** A file's new content: text as UTF-8, bytes, a text that can be run, a symbolic link or a submodule; null removes it. */
export type Content =
  | string
  | Uint8Array
  | null
  | { readonly executable: string }
  | { readonly link: string }
  | { readonly submodule: string };

/** What one commit changes, as paths from the root. */
export interface Change {
  /** Author and committer date, ISO 8601. */
  readonly at: string;
  readonly files: Readonly<Record<string, Content>>;
  readonly message?: string;
}

/** A pull request that was merged into main; it left main where it stood then. */
export interface MergedPull {
  readonly pull: readonly Change[];
  readonly mergedAt: string;
  /** How it was merged; "merge" by default. */
  readonly as?: "merge" | "squash" | "rebase";
}

/** The open pull request. */
export interface Topic {
  readonly commits: readonly Change[];
  /** "topic" by default. */
  readonly branch?: string;
  /** After how many entries of `main` it left it; after all by default. */
  readonly after?: number;
  /** The full name of the fork that it comes from; the repository itself by default. */
  readonly fork?: string;
}

export type Permissions = Readonly<Record<string, "read" | "write">>;

/** A repository on GitHub, told in a test. */
export interface RepositoryStory {
  /** "acme/dns" by default. */
  readonly repository?: string;
  readonly main: readonly (Change | MergedPull)[];
  readonly topic?: Topic;
  /** What the workflow grants its token; as in the README by default. */
  readonly permissions?: Permissions;
}

/** The permissions of the README's workflow. */
export const README_PERMISSIONS: Permissions = { contents: "read", pull_requests: "write" };

/** What GitHub cuts off, made smaller by a test that wants to see it. */
export interface Limits {
  readonly compareFiles: number;
  readonly pullFiles: number;
  readonly treeEntries: number;
  /** Bytes of a blob that GraphQL gives as text. */
  readonly blobText: number;
  /** Characters of a comment. */
  readonly body: number;
  /** Lines of one file's patch; a longer one is left out. */
  readonly patchLines: number;
}

export const GITHUB_LIMITS: Limits = {
  compareFiles: 300,
  pullFiles: 3000,
  treeEntries: 100_000,
  blobText: 512_000,
  body: 65_536,
  patchLines: 20_000,
};
