import { chmodSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openRepository } from "../../src/load/gitRepository.ts";
import type { Repository, TreeEntry } from "../../src/load/repository.ts";
import { Unusable } from "../../src/load/unusable.ts";
import { anySize, listed, ScratchRepository, scratchDirectory, texts, told } from "./scratchRepository.ts";

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Unusable);
  const { message } = error as Unusable;
  expect(message).not.toMatch(/\n/);
  return message;
}

test("outside a repository there is none", async () => {
  expect(await openRepository(scratchDirectory())).toBeUndefined();
});

test("a directory that does not exist is named", async () => {
  expect(await failureOf(openRepository("/does/not/exist"))).toContain("/does/not/exist");
});

test("a revision is a commit with its committer date, through tags and refs", async () => {
  const scratch = new ScratchRepository();
  const id = scratch.commit("2026-01-02", { a: "1" });
  scratch.git("tag", "-a", "-m", "note", "v1");
  scratch.git("tag", "-a", "-m", "note", "v2", "v1");
  const repository = await scratch.open();
  for (const rev of ["main", "HEAD", "v1", "v2", id, id.slice(0, 8), ":/2026", "main@{0}", "refs/heads/main"]) {
    expect(await repository.resolve(rev)).toEqual({ id, date: new Date("2026-01-02T12:00:00Z") });
  }
});

test("what is no commit is named in one line, options and line breaks too", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1" });
  const repository = await scratch.open();
  const marker = join(scratch.root, "marker");
  for (const rev of ["nope", "", "-x", `--output=${marker}`, "HEAD:a", "HEAD^{tree}", "HEAD\nHEAD", "\u001b[31m"]) {
    const message = await failureOf(repository.resolve(rev));
    expect(message).toContain("is no commit of");
    // eslint-disable-next-line no-control-regex
    expect(message).not.toMatch(/[\u0000-\u001f]/);
  }
  expect(await failureOf(repository.diff(`--output=${marker}`, "HEAD"))).toContain("--output");
  expect(await failureOf(repository.list("-z"))).toContain('"-z"');
  expect(await repository.resolve("HEAD")).toBeDefined();
});

test("an empty repository says so, and its files can be listed", async () => {
  const scratch = new ScratchRepository().write({ a: "1", b: "2" });
  scratch.git("add", "a");
  const repository = await scratch.open();
  expect(await failureOf(repository.resolve("HEAD"))).toContain("no commits yet");
  const entries = await repository.list("worktree");
  expect(texts(await repository.read(entries, anySize))).toEqual({ a: "1", b: "2" });
});

test("the merge base of a topic branch", async () => {
  const scratch = new ScratchRepository();
  const fork = scratch.commit("2026-01-01", { a: "1" });
  scratch.git("switch", "-q", "-c", "topic");
  scratch.commit("2026-01-02", { b: "1" });
  scratch.git("switch", "-q", "main");
  scratch.commit("2026-01-03", { a: "2" });
  const repository = await scratch.open();
  expect((await repository.mergeBase("main", "topic")).id).toBe(fork);
  expect((await repository.mergeBase(fork, "main")).id).toBe(fork);
  expect(await failureOf(repository.mergeBase("main", "nope"))).toContain('"nope"');
});

test("no merge base names both sides, and the cure in a shallow clone", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1" });
  scratch.commit("2026-01-02", { a: "2" });
  scratch.git("switch", "-q", "--orphan", "other");
  scratch.commit("2026-01-03", { b: "1" });
  const message = await failureOf((await scratch.open()).mergeBase("main", "other"));
  expect(message).toContain('"main" and "other" have no merge base');
  const clone = shallowClone(scratch, "--no-single-branch");
  const shallow = await failureOf((await clone.open()).mergeBase("origin/main", "origin/other"));
  expect(shallow).toContain("git fetch --unshallow");
  expect(await failureOf((await clone.open()).resolve("HEAD~1"))).toContain("git fetch --unshallow");
});

test("a difference of two commits tells additions, changes, deletions, renames as two, and kinds", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { "dir/changed": "1", deleted: "1", renamed: "long enough\n", typed: "1", same: "1" });
  for (const name of ["typed", "deleted"]) rmSync(join(scratch.root, name));
  symlinkSync("same", join(scratch.root, "typed"));
  scratch.git("mv", "renamed", "renamed2");
  scratch.git("update-index", "--chmod=+x", "same");
  scratch.git("update-index", "--add", "--cacheinfo", `160000,${"1".repeat(40)},sub`);
  scratch.write({ "dir/changed": "2", added: "1" });
  scratch.git("add", "dir", "added", "typed", "deleted");
  scratch.gitAt("2026-01-02", "commit", "-qm", "x");
  const repository = await scratch.open();
  const changes = await repository.diff("HEAD~1", "HEAD");
  expect(told(changes)).toEqual([
    "added: none -> file",
    "deleted: file -> none",
    "dir/changed: file -> file",
    "renamed2: none -> file",
    "renamed: file -> none",
    "sub: none -> submodule",
    "typed: file -> link",
  ]);
  const heads = changes.flatMap(({ head }) => head ?? []);
  expect(texts(await repository.read(heads, anySize))).toMatchObject({
    "dir/changed": "2",
    sub: "not-a-file",
    typed: "same",
  });
  expect(listed(await repository.list("HEAD"))).toContain("typed: link");
  expect(await repository.diff("HEAD", "HEAD")).toEqual([]);
});

const ODD_NAMES = [
  "a b",
  "line\nbreak",
  "tab\there",
  "zürich/日本.zone",
  "-n",
  "--output=x",
  ":(glob)**",
  ":100644",
  "\n:100644",
  "*?[a]{b,c}",
  '"quoted"\\',
  "R100",
];

test("file names of any text come through diff, list, read and history", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1" });
  scratch.commit("2026-01-02", Object.fromEntries(ODD_NAMES.map((name) => [name, `in ${name}`])));
  scratch.write({ "untracked\n*": "x" });
  const repository = await scratch.open();
  const changes = await repository.diff("HEAD~1", "HEAD");
  expect(changes.map(({ path }) => path).sort()).toEqual([...ODD_NAMES].sort());
  const read = texts(await repository.read(await repository.list("HEAD"), anySize));
  for (const name of ODD_NAMES) {
    expect(read[name]).toBe(`in ${name}`);
    expect((await repository.history("HEAD", [name])).events.map(({ path }) => path)).toEqual([name]);
  }
  expect(listed(await repository.list("worktree"))).toContain("untracked\n*: file");
});

test("names that are not UTF-8 stay apart and are read, in commits and on disk", async () => {
  const scratch = new ScratchRepository();
  const bytes = (text: string): Buffer => Buffer.from(`${scratch.root}/${text}`, "latin1");
  writeFileSync(bytes("z\xfcrich"), "latin1");
  writeFileSync(bytes("z\xc3\xbcrich"), "utf8");
  writeFileSync(bytes("\xef\xbf\xbd"), "replacement");
  scratch.commit("2026-01-01");
  writeFileSync(bytes("\xff\xfe"), "untracked");
  const repository = await scratch.open();
  const read = texts(await repository.read(await repository.list("worktree"), anySize));
  expect(read).toEqual({
    "z\udcfcrich": "latin1",
    zürich: "utf8",
    "\ufffd": "replacement",
    "\udcff\udcfe": "untracked",
  });
  expect((await repository.history("HEAD", ["z\udcfcrich"])).events).toHaveLength(1);
});

test("no more than the limit is read, equal ids once, and what is not wanted is left out", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { big: "x".repeat(300_000), small: "abc", twin: "abc", empty: "" });
  const repository = await scratch.open();
  const entries = await repository.list("HEAD");
  const limited = await repository.read(entries, (path) => (path === "twin" ? 2 : 3));
  expect(texts(limited)).toEqual({ big: "too-large", small: "abc", twin: "too-large", empty: "" });
  const big = entries.find(({ path }) => path === "big") as TreeEntry;
  expect(limited.get(big)).toEqual({ unread: "too-large", size: 300_000 });
  const kept = await repository.read(entries, anySize, (path, bytes) => path !== "twin" && bytes.length < 10);
  expect(texts(kept)).toEqual({ small: "abc", empty: "" });
  expect(texts(await repository.read([big], anySize))["big"]).toHaveLength(300_000);
});

test("an object that is not there is missing, one that is no blob is no file", async () => {
  const scratch = new ScratchRepository();
  const id = scratch.commit("2026-01-01", { a: "1" });
  const entries: TreeEntry[] = [
    { path: "lost", kind: "file", id: "1".repeat(40) },
    { path: "commit", kind: "file", id },
    { path: "a", kind: "file", id: scratch.git("rev-parse", "HEAD:a") },
  ];
  const read = await (await scratch.open()).read(entries, anySize);
  expect(texts(read)).toEqual({ lost: "missing", commit: "not-a-file", a: "1" });
});

test("a corrupt object is one clear line, and the next question is answered", async () => {
  const scratch = new ScratchRepository();
  const noise = Array.from({ length: 20_000 }, (_, index) => (index * index) % 7919).join(" ");
  scratch.commit("2026-01-01", { a: noise, b: "2", c: "3" });
  const repository = await scratch.open();
  const entries = await repository.list("HEAD");
  const id = scratch.git("rev-parse", "HEAD:a");
  const file = looseObject(scratch, "HEAD:a");
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0, bytes.length >> 1));
  const message = await failureOf(repository.read(entries, anySize));
  expect(message).toContain(id);
  expect(message).toContain("git fsck");
  const others = entries.filter(({ path }) => path === "b");
  expect(texts(await repository.read(others, anySize))).toEqual({ b: "2" });
  writeFileSync(looseObject(scratch, "HEAD:c"), "not even a header");
  const damaged = entries.filter(({ path }) => path === "c");
  expect(texts(await repository.read(damaged, anySize))).toEqual({ c: "missing" });
});

test("a lost tree is one clear line", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { "dir/a": "1" });
  scratch.commit("2026-01-02", { "dir/a": "2" });
  rmSync(looseObject(scratch, "HEAD:dir"));
  expect(await failureOf((await scratch.open()).diff("HEAD~1", "HEAD"))).toContain("git fsck");
  expect(await failureOf((await scratch.open()).list("HEAD"))).toContain("git fsck");
});

test("a lost commit under both sides is one clear line", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1" });
  scratch.git("branch", "topic", scratch.commit("2026-01-02", { a: "2" }));
  scratch.commit("2026-01-03", { a: "3" });
  scratch.git("switch", "-q", "topic");
  scratch.commit("2026-01-03", { b: "3" });
  rmSync(looseObject(scratch, "HEAD~1"));
  expect(await failureOf((await scratch.open()).mergeBase("main", "topic"))).toContain("git fsck");
});

test("a submodule's step is a change, whatever the configuration hides", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { ".gitmodules": '[submodule "sub"]\n\tpath = sub\n\turl = x\n\tignore = all\n' });
  for (const digit of ["1", "2"]) {
    scratch.git("update-index", "--add", "--cacheinfo", `160000,${digit.repeat(40)},sub`);
    scratch.gitAt("2026-01-02", "commit", "-qm", digit);
  }
  scratch.git("config", "diff.ignoreSubmodules", "all");
  scratch.git("config", "submodule.sub.ignore", "all");
  const repository = await scratch.open();
  expect(told(await repository.diff("HEAD~1", "HEAD"))).toEqual(["sub: submodule -> submodule"]);
  expect((await repository.history("HEAD", ["sub"])).events).toHaveLength(2);
});

test("a subdirectory, a linked worktree and a bare clone are the same repository", async () => {
  const scratch = new ScratchRepository();
  const id = scratch.commit("2026-01-01", { "dir/sub/a": "1" });
  const inner = await openRepository(join(scratch.root, "dir", "sub"));
  expect(inner?.root).toBe(scratch.root);
  expect(listed((await inner?.list("HEAD")) ?? [])).toEqual(["dir/sub/a: file"]);
  expect(listed((await inner?.list("worktree")) ?? [])).toEqual(["dir/sub/a: file"]);

  const linked = join(scratchDirectory(), "linked");
  scratch.git("worktree", "add", "-q", linked);
  writeFileSync(join(linked, "new"), "1");
  const worktree = await openRepository(linked);
  expect(worktree?.root).toBe(linked);
  expect(told((await worktree?.diff("HEAD", "worktree")) ?? [])).toEqual(["new: none -> file on disk"]);

  const bare = join(scratchDirectory(), "bare.git");
  scratch.git("clone", "-q", "--bare", scratch.root, bare);
  const mirror = (await openRepository(bare)) as Repository;
  expect((await mirror.resolve("main")).id).toBe(id);
  expect(listed(await mirror.list("main"))).toEqual(["dir/sub/a: file"]);
  expect(await failureOf(mirror.diff("main", "worktree"))).toContain("no working tree");
});

test("variables that git sets for hooks do not redirect us", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { mine: "1" });
  const other = new ScratchRepository();
  other.commit("2026-01-01", { theirs: "1" });
  vi.stubEnv("GIT_DIR", join(other.root, ".git"));
  vi.stubEnv("GIT_WORK_TREE", other.root);
  vi.stubEnv("GIT_INDEX_FILE", join(other.root, ".git", "index"));
  vi.stubEnv("GIT_ICASE_PATHSPECS", "1");
  try {
    const repository = await scratch.open();
    expect(listed(await repository.list("HEAD"))).toEqual(["mine: file"]);
    expect(listed(await repository.list("worktree"))).toEqual(["mine: file"]);
    expect(await repository.diff("HEAD", "worktree")).toEqual([]);
  } finally {
    vi.unstubAllEnvs();
  }
});

test("without git on PATH the line says what to install", async () => {
  vi.stubEnv("PATH", scratchDirectory());
  try {
    expect(await failureOf(openRepository(process.cwd()))).toContain("install git");
  } finally {
    vi.unstubAllEnvs();
  }
});

test("a repository that someone else owns passes git's advice on", async () => {
  const scratch = new ScratchRepository();
  vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
  try {
    const message = await failureOf(openRepository(scratch.root));
    expect(message).toContain("git config --global --add safe.directory");
  } finally {
    vi.unstubAllEnvs();
  }
});

test("a working tree that the configuration moves elsewhere is not read", async () => {
  const scratch = new ScratchRepository(join(scratchDirectory(), "inner"));
  scratch.commit("2026-01-01", { a: "1" });
  writeFileSync(join(scratch.root, "..", "secret"), "x");
  scratch.git("config", "core.worktree", join(scratch.root, ".."));
  const repository = await scratch.open();
  expect(await failureOf(repository.list("worktree"))).toContain("no working tree");
  expect((await repository.list("HEAD")).length).toBe(1);
});

function shallowClone(scratch: ScratchRepository, ...options: string[]): ScratchRepository {
  const root = join(scratchDirectory(), "clone");
  scratch.git("clone", "-q", "--depth=1", ...options, `file://${scratch.root}`, root);
  return new ScratchRepository(root);
}

function looseObject(scratch: ScratchRepository, name: string): string {
  const id = scratch.git("rev-parse", name);
  const file = join(scratch.root, ".git", "objects", id.slice(0, 2), id.slice(2));
  chmodSync(file, 0o644);
  return file;
}

test("a partial clone's absent blobs are not fetched, and the line says how to have them", async () => {
  const scratch = new ScratchRepository();
  scratch.git("config", "uploadpack.allowFilter", "true");
  scratch.commit("2026-01-01", { a: "1" });
  const root = join(scratchDirectory(), "clone");
  scratch.git("clone", "-q", "--bare", "--filter=blob:none", `file://${scratch.root}`, root);
  const repository = (await openRepository(root)) as Repository;
  expect(await failureOf(repository.read(await repository.list("main"), anySize))).toContain('without "--filter"');
});

test("a repository of SHA-256 objects", async () => {
  const scratch = new ScratchRepository(scratchDirectory(), "--object-format=sha256");
  scratch.commit("2026-01-01", { a: "1" });
  scratch.commit("2026-01-02", { a: "2" });
  scratch.git("switch", "-q", "--orphan", "other");
  const repository = await scratch.open();
  expect(told(await repository.diff("main~1", "main"))).toEqual(["a: file -> file"]);
  expect(told(await repository.diff("main", "worktree"))).toEqual(["a: file -> none"]);
  expect(texts(await repository.read(await repository.list("main"), anySize))).toEqual({ a: "2" });
  expect((await repository.history("main", ["a"])).events).toHaveLength(2);
});

test("neither replace references nor grafts change what a revision holds", async () => {
  const scratch = new ScratchRepository();
  const first = scratch.commit("2026-01-01", { a: "1" });
  const second = scratch.commit("2026-01-02", { a: "2" });
  const third = scratch.commit("2026-01-03", { a: "3" });
  scratch.git("replace", second, first);
  scratch.write({ ".git/info/grafts": `${third} ${first}\n` });
  const repository = await scratch.open();
  expect((await repository.resolve(second)).date).toEqual(new Date("2026-01-02T12:00:00Z"));
  expect((await repository.history(third, ["a"])).events.map(({ commit }) => commit.id)).toEqual([
    first,
    second,
    third,
  ]);
});

test("a question that fails in the caller's hands does not disturb the next", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1", b: "2" });
  const repository = await scratch.open();
  const entries = await repository.list("HEAD");
  const refuse = (): boolean => {
    throw new Error("refused");
  };
  await expect(repository.read(entries, anySize, refuse)).rejects.toThrow("refused");
  expect(texts(await repository.read(entries, anySize))).toEqual({ a: "1", b: "2" });
});
