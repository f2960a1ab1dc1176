import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { openRepository } from "../../src/load/gitRepository.ts";
import type { Blob, ChangedPath, PathHistory, Repository, TreeEntry } from "../../src/load/repository.ts";

// The code under test inherits these too: no test may depend on the machine's own configuration.
process.env["GIT_CONFIG_GLOBAL"] = "/dev/null";
process.env["GIT_CONFIG_NOSYSTEM"] = "1";

// A test starts dozens of processes, and the machine may be busy.
vi.setConfig({ testTimeout: 30_000 });

/** A temporary directory, gone when the test ends. */
export function scratchDirectory(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "mta-sts-guard-")));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A real git repository with a fixed identity and dates that the test gives. */
export class ScratchRepository {
  readonly root: string;

  constructor(root: string = scratchDirectory(), ...options: readonly string[]) {
    mkdirSync(root, { recursive: true });
    this.root = root;
    this.git("init", "-q", "-b", "main", ...options);
  }

  git(...args: string[]): string {
    return this.gitAt("2026-01-01", ...args);
  }

  gitAt(day: string, ...args: string[]): string {
    const when = `${day}T12:00:00Z`;
    const who = { GIT_AUTHOR_NAME: "A", GIT_AUTHOR_EMAIL: "a@b", GIT_COMMITTER_NAME: "A", GIT_COMMITTER_EMAIL: "a@b" };
    const env = { ...process.env, ...who, GIT_AUTHOR_DATE: when, GIT_COMMITTER_DATE: when };
    const output = execFileSync("git", ["-C", this.root, ...args], { env, stdio: ["ignore", "pipe", "ignore"] });
    return output.toString("latin1").trim();
  }

  write(files: Readonly<Record<string, string>>): this {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      writeFileSync(join(this.root, path), text);
    }
    return this;
  }

  /** Commits everything that lies in the working tree; the new commit's id. */
  commit(day: string, files: Readonly<Record<string, string>> = {}): string {
    this.write(files);
    this.git("add", "-A");
    this.gitAt(day, "commit", "-q", "--allow-empty", "-m", day);
    return this.git("rev-parse", "HEAD");
  }

  async open(): Promise<Repository> {
    const repository = await openRepository(this.root);
    if (!repository) throw new Error("no repository");
    return repository;
  }
}

/** `path: base -> head` a line, sorted; an entry is its kind, and "disk" where its bytes lie only in the working tree. */
export function told(changes: readonly ChangedPath[]): readonly string[] {
  const side = (entry: TreeEntry | undefined) => (entry ? entry.kind + (entry.id ? "" : " on disk") : "none");
  return changes.map(({ path, base, head }) => `${path}: ${side(base)} -> ${side(head)}`).sort();
}

/** `path: kind` a line, sorted. */
export function listed(entries: readonly TreeEntry[]): readonly string[] {
  return entries.map(({ path, kind }) => `${path}: ${kind}`).sort();
}

/** Path and text, or path and why it was not read. */
export function texts(blobs: ReadonlyMap<TreeEntry, Blob>): Readonly<Record<string, string>> {
  const pairs = Array.from(blobs, ([{ path }, blob]) => [
    path,
    "unread" in blob ? blob.unread : Buffer.from(blob).toString(),
  ]);
  return Object.fromEntries(pairs);
}

/** `day path` a line, with what became of it where that was renamed, and "gone" where the commit deleted it. */
export function events(history: PathHistory): readonly string[] {
  return history.events.map(({ commit, path, of, entry }) => {
    const later = of === path ? "" : ` -> ${of}`;
    return `${commit.date.toISOString().slice(0, 10)} ${path}${later}${entry ? "" : " gone"}`;
  });
}

export const anySize = (): number => Infinity;
