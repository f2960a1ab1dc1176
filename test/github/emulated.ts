import { createHash } from "node:crypto";
import { createEmulator, type Emulator } from "emulate";
import { AUTHOR, type Entry, type Pull, type StoryRepository, type WrittenCommit } from "./storyRepository.ts";

/** JSON as it travels: what it holds is checked against GitHub's description, not by the compiler. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** The addresses that GitHub's answers carry; nothing is ever asked there. */
export const API = "https://api.github.com";
export const SITE = "https://github.com";

/** The login of the workflow's own token. */
export const WORKFLOW_BOT = "github-actions[bot]";

/** Of each user; `emulate` lets a token ask 5,000 times an hour, and a flood asks more. */
const TOKENS = 20;

/** `emulate`, seeded with a story: the state behind the stand-in. */
export class Emulated {
  readonly #emulator: Emulator;
  readonly #repository: StoryRepository;
  readonly #uploaded = new Set<string>();
  readonly #trees = new Map<string, string>();
  #asked = 0;

  private constructor(emulator: Emulator, repository: StoryRepository) {
    this.#emulator = emulator;
    this.#repository = repository;
  }

  static async start(repository: StoryRepository, logins: readonly string[]): Promise<Emulated> {
    const [owner = "", name = ""] = repository.fullName.split("/");
    const forkers = repository.pulls.map((pull) => pull.repository.split("/")[0] ?? "");
    const users = [...new Set([owner, ...forkers, ...logins])];
    const emulator = await createEmulator({
      service: "github",
      port: 0,
      seed: {
        tokens: Object.fromEntries(
          users.flatMap((login) => Array.from({ length: TOKENS }, (_, index) => [`${login}.${index}`, { login }])),
        ),
        github: {
          users: users.map((login) => ({ login, name: login })),
          repos: [{ owner, name, auto_init: false, default_branch: "main" }],
        },
      },
    });
    return new Emulated(emulator, repository);
  }

  /** Asks as `login`, as if it were allowed everything. */
  async ask(login: string, method: string, path: string, body?: unknown): Promise<Answer> {
    const { url } = this.#emulator;
    const response = await fetch(url.replace("localhost", "127.0.0.1") + path, {
      method,
      // On a busy machine a kept connection is closed in the moment it is used again: then a request fails for nothing.
      headers: { authorization: `Bearer ${login}.${this.#asked++ % TOKENS}`, connection: "close" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = (await response.text()).replaceAll(url, API);
    return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
  }

  /** The same, where any refusal is a fault of the stand-in. */
  async demand(login: string, method: string, path: string, body?: unknown): Promise<Json> {
    const answer = await this.ask(login, method, path, body);
    if (answer.status < 300) return answer.body;
    throw new Error(`emulate: ${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  /** Brings commits, branches and pull requests to where the story's repository is. */
  async follow(): Promise<void> {
    const { fullName, main, pulls } = this.#repository;
    await this.#upload(fullName, this.#repository.commits);
    await this.#point(fullName, "main", main);
    for (const pull of pulls) await this.#followPull(pull);
  }

  async close(): Promise<void> {
    await this.#emulator.close();
  }

  async #followPull(pull: Pull): Promise<void> {
    const { fullName } = this.#repository;
    const owner = ownerOf(fullName);
    const isNew = (await this.ask(owner, "GET", `/repos/${fullName}/pulls/${pull.number}`)).status === 404;
    if (pull.closed && !isNew) return;
    const isFork = pull.repository !== fullName;
    if (isFork && isNew && !(await this.#has(pull.repository))) await this.#fork(pull.repository);
    if (isFork) {
      await this.#upload(pull.repository, this.#repository.commits);
      await this.#point(pull.repository, "main", pull.baseSha);
    }
    await this.#point(pull.repository, pull.branch, pull.headSha);
    if (!isNew) return;
    const head = isFork ? `${ownerOf(pull.repository)}:${pull.branch}` : pull.branch;
    if (pull.base !== "main") await this.#point(fullName, pull.base, pull.baseSha);
    const request = { title: pull.title, head, base: pull.base, body: null };
    await this.demand(ownerOf(pull.repository), "POST", `/repos/${fullName}/pulls`, request);
    if (!pull.closed) return;
    await this.demand(owner, "PATCH", `/repos/${fullName}/pulls/${pull.number}`, { state: "closed" });
    await this.demand(owner, "DELETE", `/repos/${fullName}/git/refs/heads/${pull.branch}`);
  }

  async #has(name: string): Promise<boolean> {
    return (await this.ask(ownerOf(name), "GET", `/repos/${name}`)).status === 200;
  }

  async #fork(name: string): Promise<void> {
    const request = { name: name.split("/")[1] };
    await this.demand(ownerOf(name), "POST", `/repos/${this.#repository.fullName}/forks`, request);
  }

  async #point(fullName: string, branch: string, sha: string): Promise<void> {
    const owner = ownerOf(fullName);
    const refs = `/repos/${fullName}/git/refs`;
    const path = branch.split("/").map(encodeURIComponent).join("/");
    const known = await this.ask(owner, "GET", `/repos/${fullName}/git/ref/heads/${path}`);
    if (known.status === 404) await this.demand(owner, "POST", refs, { ref: `refs/heads/${branch}`, sha });
    else await this.demand(owner, "PATCH", `${refs}/heads/${path}`, { sha, force: true });
  }

  async #upload(fullName: string, commits: Iterable<WrittenCommit>): Promise<void> {
    for (const commit of commits) {
      if (this.#uploaded.has(`${fullName} ${commit.sha}`)) continue;
      const known = new Set<string>();
      for (const parent of commit.parents) {
        for (const { sha } of this.#repository.commit(parent).entries.values()) known.add(sha);
      }
      await this.#uploadCommit(fullName, commit, known);
      this.#uploaded.add(`${fullName} ${commit.sha}`);
    }
  }

  async #uploadCommit(fullName: string, commit: WrittenCommit, known: ReadonlySet<string>): Promise<void> {
    const owner = ownerOf(fullName);
    const root = await this.#uploadTree(fullName, commit, known);
    const { sha } = await this.demand(owner, "POST", `/repos/${fullName}/git/commits`, {
      message: commit.message,
      tree: root,
      parents: commit.parents,
      author: { ...AUTHOR, date: commit.authoredAt },
      committer: { ...AUTHOR, date: commit.committedAt },
    });
    if (sha !== commit.sha) throw new Error(`emulate made ${sha} of the commit ${commit.sha}.`);
  }

  /** Only what differs from the first parent; all of it where something was removed, for `emulate` keeps empty folders. */
  async #uploadTree(fullName: string, commit: WrittenCommit, known: ReadonlySet<string>): Promise<string> {
    const key = treeKey(fullName, commit);
    const there = this.#trees.get(key);
    if (there !== undefined) return there;
    const owner = ownerOf(fullName);
    const before = commit.parents[0] === undefined ? undefined : this.#repository.commit(commit.parents[0]);
    const isRemoval = before && [...before.entries.keys()].some((path) => !commit.entries.has(path));
    const base = isRemoval ? undefined : before;
    const tree: Json[] = [];
    for (const [path, entry] of commit.entries) {
      if (base?.entries.get(path)?.sha === entry.sha) continue;
      const content = known.has(entry.sha) ? undefined : inline(entry);
      if (!known.has(entry.sha) && content === undefined && entry.bytes) {
        const blob = { content: entry.bytes.toString("base64"), encoding: "base64" };
        await this.demand(owner, "POST", `/repos/${fullName}/git/blobs`, blob);
      }
      const type = entry.mode === "160000" ? "commit" : "blob";
      tree.push({ path, mode: entry.mode, type, ...(content === undefined ? { sha: entry.sha } : { content }) });
    }
    const onto = base === undefined ? {} : { base_tree: this.#trees.get(treeKey(fullName, base)) };
    const { sha } = await this.demand(owner, "POST", `/repos/${fullName}/git/trees`, { tree, ...onto });
    this.#trees.set(key, sha);
    return sha;
  }
}

/** Equal for commits with equal trees. */
function treeKey(fullName: string, { entries }: WrittenCommit): string {
  const lines = Array.from(entries, ([path, { mode, sha }]) => `${path}\0${mode}\0${sha}`).toSorted();
  return `${fullName} ${createHash("sha1").update(lines.join("\n")).digest("hex")}`;
}

/** The text of a blob that a tree request may carry as it is. */
function inline({ bytes }: Entry): string | undefined {
  const text = bytes?.toString("utf8");
  return text !== undefined && bytes?.equals(Buffer.from(text)) ? text : undefined;
}

function ownerOf(fullName: string): string {
  return fullName.split("/")[0] ?? "";
}
