import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TreeEntry } from "../../src/load/repository.ts";
import { anySize, listed, ScratchRepository, scratchDirectory, texts, told } from "./scratchRepository.ts";

test("modified, deleted, added, untracked and ignored files against a base that is not HEAD", async () => {
  const scratch = new ScratchRepository();
  const files = { modified: "1", deleted: "1", staged: "1", both: "1", committed: "1", reverted: "1", dropped: "1" };
  const base = scratch.commit("2026-01-01", { ...files, same: "1", ".gitignore": "*.log\n" });
  scratch.commit("2026-01-02", { committed: "2", both: "2", reverted: "2" });
  scratch.write({ modified: "2 on disk", staged: "2", added: "1", untracked: "1", "x.log": "1", reverted: "1" });
  scratch.git("add", "staged", "added", "reverted");
  scratch.git("rm", "-q", "--cached", "dropped");
  scratch.write({ both: "3 on disk" });
  rmSync(join(scratch.root, "deleted"));
  const repository = await scratch.open();
  const changes = await repository.diff(base, "worktree");
  expect(told(changes)).toEqual([
    "added: none -> file",
    "both: file -> file on disk",
    "committed: file -> file",
    "deleted: file -> none",
    "dropped: file -> file on disk",
    "modified: file -> file on disk",
    "staged: file -> file",
    "untracked: none -> file on disk",
  ]);
  const heads = changes.flatMap(({ head }) => head ?? []);
  expect(texts(await repository.read(heads, anySize))).toEqual({
    added: "1",
    both: "3 on disk",
    committed: "2",
    dropped: "1",
    modified: "2 on disk",
    staged: "2",
    untracked: "1",
  });
  const all = texts(await repository.read(await repository.list("worktree"), anySize));
  expect(Object.keys(all).sort()).toEqual([
    ".gitignore",
    "added",
    "both",
    "committed",
    "dropped",
    "modified",
    "reverted",
    "same",
    "staged",
    "untracked",
  ]);
  expect(all["reverted"]).toBe("1");
});

test("a touched file with its old bytes is no change, and git's index is left as it was", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1" });
  utimesSync(join(scratch.root, "a"), 1, 1);
  const index = readFileSync(join(scratch.root, ".git", "index"));
  expect(await (await scratch.open()).diff("HEAD", "worktree")).toEqual([]);
  expect(readFileSync(join(scratch.root, ".git", "index")).equals(index)).toBe(true);
});

test("a conflict is judged by what lies on disk", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1", gone: "1" });
  scratch.git("switch", "-q", "-c", "topic");
  scratch.commit("2026-01-02", { a: "2", gone: "2" });
  scratch.git("switch", "-q", "main");
  rmSync(join(scratch.root, "gone"));
  scratch.commit("2026-01-02", { a: "3" });
  expect(() => scratch.git("merge", "topic")).toThrow("Command failed");
  rmSync(join(scratch.root, "gone"));
  const repository = await scratch.open();
  const changes = await repository.diff("HEAD", "worktree");
  expect(told(changes)).toEqual(["a: file -> file on disk"]);
  const [text] = Object.values(
    texts(
      await repository.read(
        changes.flatMap(({ head }) => head ?? []),
        anySize,
      ),
    ),
  );
  expect(text).toContain("<<<<<<<");
  expect(listed(await repository.list("worktree"))).toEqual(["a: file"]);
});

test("a branch without commits is compared as empty, and its index as it lies", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1", b: "1" });
  scratch.git("switch", "-q", "--orphan", "other");
  scratch.write({ a: "1", c: "1" });
  scratch.git("add", "c");
  const changes = await (await scratch.open()).diff("main", "worktree");
  expect(told(changes)).toEqual(["a: file -> file on disk", "b: file -> none", "c: none -> file"]);
});

test("links, submodules and repositories inside are seen as such and never read", async () => {
  const secret = join(scratchDirectory(), "secret");
  writeFileSync(secret, "secret");
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1", replaced: "1" });
  rmSync(join(scratch.root, "replaced"));
  symlinkSync(secret, join(scratch.root, "replaced"));
  symlinkSync(secret, join(scratch.root, "untracked"));
  new ScratchRepository(join(scratch.root, "nested")).commit("2026-01-01", { b: "1" });
  new ScratchRepository(join(scratch.root, "sub")).commit("2026-01-01", { b: "1" });
  scratch.git("add", "sub");
  const repository = await scratch.open();
  const entries = await repository.list("worktree");
  expect(listed(entries)).toEqual(["a: file", "replaced: link", "sub: submodule", "untracked: link"]);
  expect(texts(await repository.read(entries, anySize))).toEqual({
    a: "1",
    replaced: secret,
    sub: "not-a-file",
    untracked: secret,
  });
});

test("no path leads out of the tree or into git's own data, whatever became of its folders", async () => {
  const outside = scratchDirectory();
  writeFileSync(join(outside, "a"), "secret");
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { "dir/a": "1", "real/a": "1" });
  const repository = await scratch.open();
  const onDisk = (path: string): TreeEntry => ({ path, kind: "file", id: "" });
  renameSync(join(scratch.root, "dir"), join(outside, "moved"));
  symlinkSync(outside, join(scratch.root, "dir"));
  symlinkSync(".git", join(scratch.root, "data"));
  symlinkSync(join(outside, "a"), join(scratch.root, "link"));
  const paths = ["dir/a", "../a", `..${outside}/a`, "data/config", ".git/config", ".GIT/config", "link", "real", "no"];
  const read = texts(await repository.read(paths.map(onDisk), anySize));
  expect(new Set(Object.values(read))).toEqual(new Set(["not-a-file", "missing"]));
  expect(listed(await repository.list("worktree"))).toEqual(["data: link", "dir: link", "link: link", "real/a: file"]);
});

test("pipes do not block, in the place of a tracked file or beside", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1", b: "1" });
  rmSync(join(scratch.root, "a"));
  execFileSync("mkfifo", ["a", "fifo"], { cwd: scratch.root });
  const repository = await scratch.open();
  const entries = await repository.list("worktree");
  expect(texts(await repository.read(entries, anySize))).toEqual({ a: "not-a-file", b: "1" });
  const beside: TreeEntry = { path: "fifo", kind: "file", id: "" };
  expect(texts(await repository.read([beside], anySize))).toEqual({ fifo: "not-a-file" });
}, 5_000);

test("the limit holds on disk", async () => {
  const scratch = new ScratchRepository().write({ big: "12345", small: "1234" });
  const repository = await scratch.open();
  const read = await repository.read(await repository.list("worktree"), () => 4);
  expect([...read.values()]).toContainEqual({ unread: "too-large", size: 5 });
  expect(texts(read)).toEqual({ big: "too-large", small: "1234" });
});

test("a sparse checkout's absent files are read from the commit", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { "in/a": "1", "out/b": "2" });
  scratch.git("sparse-checkout", "set", "in");
  expect(existsSync(join(scratch.root, "out"))).toBe(false);
  const repository = await scratch.open();
  expect(await repository.diff("HEAD", "worktree")).toEqual([]);
  expect(texts(await repository.read(await repository.list("worktree"), anySize))).toEqual({
    "in/a": "1",
    "out/b": "2",
  });
});

test("the working tree is told once, so that one run judges one state", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1" });
  const repository = await scratch.open();
  await repository.diff("HEAD", "worktree");
  scratch.write({ later: "1" });
  expect(listed(await repository.list("worktree"))).toEqual(["a: file"]);
  expect(listed(await (await scratch.open()).list("worktree"))).toEqual(["a: file", "later: file"]);
});

const PLACES = {
  "the configuration": (scratch: ScratchRepository) => join(scratch.root, ".git", "config"),
  "an included file": (scratch: ScratchRepository) => {
    scratch.git("config", "include.path", "more");
    return join(scratch.root, ".git", "more");
  },
  "the worktree's configuration": (scratch: ScratchRepository) => {
    scratch.git("config", "extensions.worktreeConfig", "true");
    return join(scratch.root, ".git", "config.worktree");
  },
};

test.each(Object.entries(PLACES))("nothing that %s names is run", async (_, place) => {
  const scratch = new ScratchRepository();
  const marker = join(scratch.root, "..", `${Date.now()}-${process.pid}-marker`);
  const run = `touch ${marker}; cat`;
  const attributes = "* filter=evil diff=evil merge=evil\n*.x filter=odd\\ =name\n";
  const submodule = new ScratchRepository(join(scratch.root, "sub"));
  submodule.commit("2026-01-01", { c: "1", ".gitattributes": "* filter=inner\n" });
  scratch.commit("2026-01-01", { a: "1", "b.x": "1", ".gitattributes": attributes });
  scratch.commit("2026-01-02", { a: "2", "b.x": "2" });
  const id = sign(scratch);
  mkdirSync(join(scratch.root, ".git", "hooks"), { recursive: true });
  const hook = `#!/bin/sh\ntouch ${marker}\n`;
  for (const name of ["post-index-change", "fsmonitor-watchman"]) {
    writeFileSync(join(scratch.root, ".git", "hooks", name), hook, { mode: 0o755 });
  }
  const settings: readonly (readonly [string, string])[] = [
    ["alias.log", `!${run}`],
    ["alias.status", `!${run}`],
    ["core.fsmonitor", `${run} #`],
    ["core.hooksPath", join(scratch.root, ".git", "hooks")],
    ["core.pager", run],
    ["core.sshCommand", run],
    ["diff.evil.command", run],
    ["diff.evil.textconv", run],
    ["diff.external", run],
    ["extensions.partialClone", "evil"],
    ["filter.evil.clean", run],
    ["filter.evil.process", run],
    ["filter.evil.required", "true"],
    ["filter.evil.smudge", run],
    ["filter.odd =name.clean", run],
    ["gpg.program", join(scratch.root, ".git", "hooks", "post-index-change")],
    ["log.showSignature", "true"],
    ["pager.log", run],
    ["protocol.allow", "always"],
    ["protocol.ext.allow", "always"],
    ["remote.evil.promisor", "true"],
    ["remote.evil.uploadpack", run],
    ["remote.evil.url", `ext::touch ${marker}`],
  ];
  submodule.git("config", "filter.inner.clean", run);
  const file = place(scratch);
  for (const [name, value] of settings) execFileSync("git", ["config", "--file", file, name, value]);
  for (const path of ["a", "b.x", "sub/c"]) utimesSync(join(scratch.root, path), 1, 1);
  expect(new ScratchRepository(join(scratch.root, "nested")).root).toContain("nested");

  const repository = await scratch.open();
  await repository.mergeBase("HEAD~1", id);
  await repository.diff("HEAD~1", id);
  await repository.diff("HEAD~1", "worktree");
  await repository.read(await repository.list("worktree"), anySize);
  await repository.read(await repository.list("HEAD"), anySize);
  await repository.read([{ path: "lost", kind: "file", id: "1".repeat(40) }], anySize);
  await repository.history("HEAD", ["a", "b.x"]);
  expect(existsSync(marker)).toBe(false);
});

/** Gives the last commit a signature, which git log would have the configured program check. */
function sign(scratch: ScratchRepository): string {
  const signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n nonsense\n -----END PGP SIGNATURE-----\n";
  const text = `${scratch.git("cat-file", "commit", "HEAD").replace("\n\n", `\n${signature}\n`)}\n`;
  scratch.write({ ".git/signed": text });
  const id = scratch.git("hash-object", "-t", "commit", "-w", join(scratch.root, ".git", "signed"));
  scratch.git("update-ref", "HEAD", id);
  return id;
}
