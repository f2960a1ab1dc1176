import { CONFIG_PATH } from "../model/config.ts";
import { GithubApi, type Octokit, type RepositoryPlace } from "./githubApi.ts";
import { GithubBlobs } from "./githubBlobs.ts";
import { readGithubHistory } from "./githubHistory.ts";
import { foldersOf, GithubTree } from "./githubTree.ts";
import type { Blob, ChangedPath, Commit, CommitTree, Keep, PathHistory, Repository, TreeEntry } from "./repository.ts";
import { TreeListing } from "./treeListing.ts";
import { Unusable } from "./unusable.ts";

/** `branch` is the one whose history counts, the repository's default branch if left out. */
export interface GithubPlace extends RepositoryPlace {
  readonly branch?: string | undefined;
}

/**
 * A repository on GitHub at exact commits, without a clone; every method throws `Unusable` where GitHub cannot answer.
 *
 * Ask for the merge base first: its answer says which folders will be needed, and they come in one request.
 */
export function openGithub(octokit: Octokit, { owner, repo, branch }: GithubPlace): Repository {
  return new GithubRepository(new GithubApi(octokit, { owner, repo }), branch);
}

interface Comparison {
  readonly merge_base_commit: {
    readonly sha: string | null;
    readonly commit: { readonly committer: { date?: string } | null } | null;
  };
  readonly files?: readonly { readonly filename: string; readonly previous_filename?: string }[] | null;
}

class GithubRepository implements Repository {
  readonly root: string;
  readonly name: string;
  readonly host = "GitHub";
  readonly #api: GithubApi;
  readonly #branch: string | undefined;
  readonly #blobs: GithubBlobs;
  readonly #tree: GithubTree;
  readonly #listings = new Map<string, Promise<CommitTree>>();

  constructor(api: GithubApi, branch: string | undefined) {
    this.#api = api;
    this.#branch = branch;
    this.root = `${api.place.owner}/${api.place.repo}`;
    this.name = api.place.repo;
    this.#blobs = new GithubBlobs(api);
    this.#tree = new GithubTree(api, this.#blobs);
  }

  async resolve(rev: string): Promise<Commit> {
    this.#tree.expect([rev], FOLDERS);
    const commit = await this.#tree.resolve(rev);
    if (commit) return commit;
    throw new Unusable(`${JSON.stringify(rev)} is no commit of ${this.root}: was it pushed over? Run the job again.`);
  }

  async mergeBase(a: string, b: string): Promise<Commit> {
    if (a === b) return this.resolve(a);
    const answer = await this.#api.get<Comparison>("compare/{basehead}", ["merge_base_commit"], {
      basehead: `${a}...${b}`,
      per_page: 1,
    });
    if (!answer)
      throw new Unusable(
        `GitHub finds no common ancestor of ${JSON.stringify(a)} and ${JSON.stringify(b)} in ${this.root}: rebase the branch, or grant the job \`permissions: { contents: read }\`.`,
      );
    const { merge_base_commit: start, files } = answer;
    if (!start.sha)
      throw new Unusable(`GitHub does not tell where the branch left its base in ${this.root}: run the job again.`);
    const date = start.commit?.committer?.date;
    if (date !== undefined) this.#tree.know({ id: start.sha, date: new Date(date) });
    const paths = (files ?? []).flatMap((file) => [file.filename, file.previous_filename ?? file.filename]);
    this.#tree.expect([start.sha, b, a], foldersOf([...paths, CONFIG_PATH]));
    this.#tree.expectText([start.sha, b], CONFIG_PATH);
    return this.resolve(start.sha);
  }

  async diff(base: string, head: string): Promise<readonly ChangedPath[]> {
    if (base === head) return [];
    // A commit that is not there would look like one without files.
    await this.resolve(base);
    await this.resolve(head);
    const [changes = []] = await this.#tree.diffs([[base, head]]);
    return changes.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  async list(at: string): Promise<readonly TreeEntry[]> {
    const tree = await this.tree(at);
    if (tree.isCut)
      throw new Unusable(
        `GitHub does not list all files of ${this.root}: run the job again, or check a clone with the command line.`,
      );
    return Array.from(tree, (path) => tree.entry(path)).filter((entry) => entry !== undefined);
  }

  tree(commit: string): Promise<CommitTree> {
    const known = this.#listings.get(commit) ?? this.#list(commit);
    this.#listings.set(commit, known);
    return known;
  }

  async #list(commit: string): Promise<CommitTree> {
    const { text, isCut } = await this.#tree.list(commit);
    return new TreeListing(text, isCut);
  }

  async entry(at: string, path: string): Promise<TreeEntry | undefined> {
    await this.resolve(at);
    return this.#tree.entry(at, path);
  }

  read(
    entries: readonly TreeEntry[],
    limit: (path: string) => number,
    keep?: Keep,
  ): Promise<ReadonlyMap<TreeEntry, Blob>> {
    return this.#blobs.read(entries, limit, keep);
  }

  async history(commit: string, paths: readonly string[]): Promise<PathHistory> {
    if (paths.length === 0) return { events: [], complete: true };
    const sources = { api: this.#api, tree: this.#tree, blobs: this.#blobs, branch: this.#branch };
    return readGithubHistory(sources, commit, paths);
  }
}

/** Where the configuration lies, and where people put it by mistake. */
const FOLDERS = foldersOf([CONFIG_PATH]);
