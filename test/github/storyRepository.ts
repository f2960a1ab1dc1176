import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git, gitText } from "./git.ts";
import type { Change, Content, RepositoryStory } from "./story.ts";

export interface Entry {
  readonly mode: "100644" | "100755" | "120000" | "160000";
  readonly sha: string;
  /** Absent for submodules. */
  readonly bytes?: Buffer;
}

/** A commit as it was written to git. */
export interface WrittenCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly message: string;
  readonly authoredAt: string;
  readonly committedAt: string;
  /** Every file of the commit. */
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A pull request of the story; `baseSha` is main when it was opened or last pushed to. */
export interface Pull {
  readonly number: number;
  readonly branch: string;
  /** The full name of the repository that its branch lies in. */
  readonly repository: string;
  readonly title: string;
  /** The branch that it is to be merged to. */
  readonly base: string;
  /** The branch that it was aimed at since. */
  aim?: string;
  baseSha: string;
  headSha: string;
  /** What GraphQL still takes for its head. */
  headBefore?: string | undefined;
  /** The merge that made main, or the trial merge of an open one. */
  mergeSha: string;
  mergedAt?: string;
  closed: boolean;
  /** The fork was deleted since. */
  orphaned: boolean;
}

export const AUTHOR = { name: "Nora North", email: "nora@users.noreply.github.com" };

/** The story as a real, bare git repository: what a clone would hold. */
export class StoryRepository {
  readonly fullName: string;
  readonly directory: string;
  readonly pulls: Pull[] = [];
  /** What waits in the merge queue. */
  readonly queued: { readonly base: string; readonly head: string }[] = [];
  readonly #commits = new Map<string, WrittenCommit>();
  readonly #refs = new Map<string, string>();
  #main = "";

  private constructor(fullName: string, directory: string) {
    this.fullName = fullName;
    this.directory = directory;
  }

  static async write(story: RepositoryStory): Promise<StoryRepository> {
    const directory = await mkdtemp(join(tmpdir(), "stand-in-"));
    await git(directory, ["init", "-q", "--bare", "-b", "main"]);
    const repository = new StoryRepository(story.repository ?? "acme/dns", directory);
    await repository.#tell(story);
    return repository;
  }

  get main(): string {
    return this.#main;
  }

  get openPull(): Pull {
    const pull = this.pulls.find(({ mergedAt }) => mergedAt === undefined);
    if (!pull) throw new Error("The story has no topic.");
    return pull;
  }

  /** Parents before children. */
  get commits(): Iterable<WrittenCommit> {
    return this.#commits.values();
  }

  commit(sha: string): WrittenCommit {
    const commit = this.#commits.get(sha);
    if (!commit) throw new Error(`${sha} is no commit of the story.`);
    return commit;
  }

  /** Commits on main, as a push to it would. */
  async pushToMain(changes: readonly Change[]): Promise<string> {
    for (const change of changes) this.#main = await this.#write(change, [this.#main]);
    await this.#writeRefs();
    return this.#main;
  }

  /** Commits on the topic branch; from `start`, a forced push that leaves its commits out. */
  async pushToTopic(changes: readonly Change[], start?: string, pull = this.openPull): Promise<Pull> {
    let head = start ?? pull.headSha;
    for (const change of changes) head = await this.#write(change, [head]);
    pull.headSha = head;
    pull.baseSha = this.#main;
    await this.#publish(pull);
    await this.#writeRefs();
    return pull;
  }

  /** Opens another pull request from a branch of its own, which begins where main is. */
  async propose(changes: readonly Change[]): Promise<Pull> {
    const number = this.pulls.length + 1;
    const pull = { ...blankPull(number, `topic-${number}`, this.fullName), headSha: this.#main };
    this.pulls.push(pull);
    return this.pushToTopic(changes, this.#main, pull);
  }

  /** Takes a commit that somebody made over the API as the topic's new head. */
  async adopt(commit: Omit<WrittenCommit, "sha">): Promise<string> {
    const pull = this.openPull;
    pull.headSha = await this.#store(commit);
    await this.#publish(pull);
    await this.#writeRefs();
    return pull.headSha;
  }

  /** Opens a pull request from the topic branch to another branch, which begins where main is, or at `start`. */
  async proposeTo(base: string, start = this.#main): Promise<Pull> {
    const number = this.pulls.length + 1;
    const pull = { ...this.openPull, number, base, title: `Pull request ${number}`, baseSha: start };
    this.pulls.push(pull);
    this.#refs.set(`refs/heads/${base}`, start);
    await this.#publish(pull);
    await this.#writeRefs();
    return pull;
  }

  /** A commit on main that holds main and the topic: what the merge queue tries. */
  async mergeTopic(at: string): Promise<string> {
    const head = await this.#merge(this.openPull, at);
    this.queued.push({ base: this.#main, head });
    return head;
  }

  async close(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  async #tell({ main, topic }: RepositoryStory): Promise<void> {
    const tips: string[] = [];
    for (const entry of main) {
      if ("pull" in entry) await this.#writeMerged(entry.pull, entry.mergedAt, entry.as ?? "merge");
      else this.#main = await this.#write(entry, this.#main === "" ? [] : [this.#main]);
      tips.push(this.#main);
    }
    if (!topic) return this.#writeRefs();
    const start = tips[(topic.after ?? tips.length) - 1];
    if (start === undefined) throw new Error("The topic leaves main before its first commit.");
    this.pulls.push({
      ...blankPull(this.pulls.length + 1, topic.branch ?? "topic", topic.fork ?? this.fullName),
      headSha: start,
    });
    await this.pushToTopic(topic.commits);
  }

  async #writeMerged(changes: readonly Change[], mergedAt: string, as: "merge" | "squash" | "rebase"): Promise<void> {
    const baseSha = this.#main;
    let headSha = baseSha;
    for (const change of changes) headSha = await this.#write(change, [headSha]);
    const number = this.pulls.length + 1;
    const pull = { ...blankPull(number, `branch-${number}`, this.fullName), baseSha, headSha, mergedAt, closed: true };
    if (as === "merge") {
      this.#main = await this.#merge(pull, mergedAt);
    } else if (as === "squash") {
      const files = Object.assign({}, ...changes.map((change) => change.files));
      this.#main = await this.#write({ at: mergedAt, files, message: `${pull.title} (#${number})` }, [baseSha]);
    } else {
      for (const change of changes) this.#main = await this.#write(change, [this.#main], mergedAt);
    }
    pull.mergeSha = this.#main;
    this.pulls.push(pull);
    await this.#publish(pull);
  }

  /** Takes from the pull request every file that it changed: stories have no conflicts. */
  async #merge(pull: Pull, at: string): Promise<string> {
    const start = await gitText(this.directory, "merge-base", this.#main, pull.headSha);
    const before = this.commit(start).entries;
    const after = this.commit(pull.headSha).entries;
    const entries = new Map(this.commit(this.#main).entries);
    for (const [path, entry] of after) if (before.get(path)?.sha !== entry.sha) entries.set(path, entry);
    for (const path of before.keys()) if (!after.has(path)) entries.delete(path);
    const message = `Merge pull request #${pull.number} from ${pull.repository.split("/")[0]}/${pull.branch}`;
    return this.#store({ parents: [this.#main, pull.headSha], message, authoredAt: at, committedAt: at, entries });
  }

  async #publish(pull: Pull): Promise<void> {
    this.#refs.set(`refs/pull/${pull.number}/head`, pull.headSha);
    if (pull.closed) return;
    pull.mergeSha = await this.#merge(pull, this.commit(pull.headSha).committedAt);
    this.#refs.set(`refs/pull/${pull.number}/merge`, pull.mergeSha);
    if (pull.repository === this.fullName) this.#refs.set(`refs/heads/${pull.branch}`, pull.headSha);
  }

  async #writeRefs(): Promise<void> {
    this.#refs.set("refs/heads/main", this.#main);
    const updates = Array.from(this.#refs, ([name, sha]) => `update ${name} ${sha}\n`);
    await git(this.directory, ["update-ref", "--stdin"], updates.join(""));
  }

  async #write(change: Change, parents: readonly string[], committedAt = change.at): Promise<string> {
    const entries = new Map(parents[0] === undefined ? [] : this.commit(parents[0]).entries);
    for (const [path, content] of Object.entries(change.files)) {
      const entry = entryOf(content);
      if (entry) entries.set(path, entry);
      else if (!entries.delete(path)) throw new Error(`${path} cannot be removed at ${change.at}: it is not there.`);
    }
    const message = change.message ?? `Change ${Object.keys(change.files).slice(0, 3).join(", ") || "nothing"}`;
    return this.#store({ parents, message, authoredAt: change.at, committedAt, entries });
  }

  async #store(commit: Omit<WrittenCommit, "sha">): Promise<string> {
    const marks = join(this.directory, "marks");
    const known = new Map(commit.parents.flatMap((sha) => [...this.commit(sha).entries]));
    await git(this.directory, ["fast-import", "--quiet", "--force", `--export-marks=${marks}`], stream(commit, known));
    const sha = (await readFile(marks, "utf8")).trim().split(" ")[1] ?? "";
    this.#commits.set(sha, { ...commit, sha });
    return sha;
  }
}

function blankPull(number: number, branch: string, repository: string): Pull {
  const title = `Pull request ${number}`;
  const shas = { baseSha: "", headSha: "", mergeSha: "" };
  return { number, branch, repository, title, base: "main", ...shas, closed: false, orphaned: false };
}

function entryOf(content: Content): Entry | undefined {
  if (content === null) return undefined;
  if (typeof content === "object" && "submodule" in content) return { mode: "160000", sha: content.submodule };
  const isLink = typeof content === "object" && "link" in content;
  const isExecutable = typeof content === "object" && "executable" in content;
  const bytes = Buffer.from(isLink ? content.link : isExecutable ? content.executable : content);
  const sha = createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
  return { mode: isLink ? "120000" : isExecutable ? "100755" : "100644", sha, bytes };
}

/** The commit for `git fast-import`; blobs that a parent knows are only named. */
function stream(commit: Omit<WrittenCommit, "sha">, known: ReadonlyMap<string, Entry>): Buffer {
  const { parents, message, authoredAt, committedAt, entries } = commit;
  const chunks: Buffer[] = [];
  const put = (text: string): number => chunks.push(Buffer.from(text));
  put(`commit refs/stories/last\nmark :1\nauthor ${who(authoredAt)}\ncommitter ${who(committedAt)}\n`);
  // Emulate ends every message with a line end, and the ids must be equal.
  put(`data ${Buffer.byteLength(message) + 1}\n${message}\n\n`);
  const [from, ...merged] = parents;
  put(from === undefined ? "" : `from ${from}\n`);
  for (const parent of merged) put(`merge ${parent}\n`);
  put("deleteall\n");
  for (const [path, { mode, sha, bytes }] of entries) {
    const isKnown = bytes === undefined || known.get(path)?.sha === sha;
    put(`M ${mode} ${isKnown ? sha : "inline"} ${JSON.stringify(path)}\n`);
    if (isKnown) continue;
    put(`data ${bytes.length}\n`);
    chunks.push(bytes, Buffer.from("\n"));
  }
  return Buffer.concat(chunks);
}

function who(at: string): string {
  return `${AUTHOR.name} <${AUTHOR.email}> ${Math.floor(Date.parse(at) / 1000)} +0000`;
}
