import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { events, ScratchRepository, scratchDirectory } from "./scratchRepository.ts";

const POLICY = "version: STSv1\nmode: testing\nmx: mx1.example.com\nmax_age: 604800\n";

test("each state with the moment it came, oldest first, deletions too", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { other: "1" });
  scratch.commit("2026-01-02", { a: "1" });
  scratch.commit("2026-01-03", { other: "2" });
  scratch.commit("2026-01-04", { a: "2" });
  rmSync(join(scratch.root, "a"));
  scratch.commit("2026-01-05", { b: "1" });
  const history = await (await scratch.open()).history("HEAD", ["a", "b", "never"]);
  expect(history.complete).toBe(true);
  expect(events(history)).toEqual(["2026-01-02 a", "2026-01-04 a", "2026-01-05 b", "2026-01-05 a gone"]);
});

test("the first commit is a beginning, and later commits do not count", async () => {
  const scratch = new ScratchRepository();
  const first = scratch.commit("2026-01-01", { a: "1" });
  scratch.commit("2026-01-02", { a: "2" });
  const repository = await scratch.open();
  const history = await repository.history(first, ["a"]);
  expect(events(history)).toEqual(["2026-01-01 a"]);
  expect(history.complete).toBe(true);
  expect(await repository.history(first, [])).toEqual({ events: [], complete: true });
});

test("a topic commit counts from its merge, three weeks later", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1" });
  scratch.git("switch", "-q", "-c", "topic");
  scratch.commit("2026-01-02", { a: "2", new: "1" });
  scratch.commit("2026-01-03", { a: "3" });
  scratch.git("switch", "-q", "main");
  scratch.commit("2026-01-20", { other: "1" });
  scratch.gitAt("2026-01-23", "merge", "-q", "--no-ff", "-m", "merge", "topic");
  scratch.git("config", "log.diffMerges", "off");
  const history = await (await scratch.open()).history("main", ["a", "new"]);
  expect(events(history).slice(0, 1)).toEqual(["2026-01-01 a"]);
  expect(events(history).slice(1).sort()).toEqual(["2026-01-23 a", "2026-01-23 new"]);
});

test("renames are followed, one after the other, under the names of their time", async () => {
  const scratch = new ScratchRepository();
  const move = (from: string, to: string): void => renameSync(join(scratch.root, from), join(scratch.root, to));
  scratch.commit("2026-01-01", { other: "1" });
  scratch.commit("2026-01-02", { one: POLICY });
  scratch.commit("2026-01-03", { one: POLICY.replace("604800", "86400") });
  move("one", "two");
  scratch.commit("2026-01-04");
  move("two", "three");
  scratch.commit("2026-01-05", { three: POLICY.replace("testing", "enforce") });
  scratch.commit("2026-01-06", { one: "another life\n" });
  const history = await (await scratch.open()).history("HEAD", ["three"]);
  expect(events(history)).toEqual([
    "2026-01-02 one -> three",
    "2026-01-03 one -> three",
    "2026-01-04 two -> three",
    "2026-01-05 three",
  ]);
  expect(history.complete).toBe(true);
});

test("a rename inside a merge is followed past the merge", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { other: "1" });
  scratch.commit("2026-01-02", { old: POLICY });
  scratch.git("switch", "-q", "-c", "topic");
  scratch.git("mv", "old", "new");
  scratch.commit("2026-01-03");
  scratch.git("switch", "-q", "main");
  scratch.gitAt("2026-01-23", "merge", "-q", "--no-ff", "-m", "merge", "topic");
  const history = await (await scratch.open()).history("main", ["new"]);
  expect(events(history)).toEqual(["2026-01-02 old -> new", "2026-01-23 new"]);
});

test("two paths that changed names in turn keep one order, and each its own life", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { other: "1" });
  scratch.commit("2026-01-02", { a: POLICY });
  scratch.git("mv", "a", "b");
  scratch.commit("2026-01-03");
  scratch.commit("2026-01-04", { a: "a new one\n" });
  const history = await (await scratch.open()).history("HEAD", ["a", "b"]);
  expect(events(history)).toEqual([
    "2026-01-02 a -> b",
    "2026-01-02 a",
    "2026-01-03 b",
    "2026-01-03 a gone",
    "2026-01-04 a",
  ]);
});

test("eight renames in a row are followed and no more", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { other: "1" });
  scratch.commit("2026-01-02", { n0: POLICY });
  for (let hop = 1; hop <= 9; hop++) {
    scratch.git("mv", `n${hop - 1}`, `n${hop}`);
    scratch.commit("2026-01-03");
  }
  const history = await (await scratch.open()).history("HEAD", ["n9"]);
  expect(history.events.map(({ path }) => path)).toEqual(["n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"]);
});

test("a file in place of a folder does not bring the folder's history", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { "a/b": "1" });
  rmSync(join(scratch.root, "a"), { recursive: true });
  scratch.commit("2026-01-02", { a: "2" });
  expect(events(await (await scratch.open()).history("HEAD", ["a"]))).toEqual(["2026-01-02 a"]);
});

test("a shallow clone is incomplete where its boundary hides a beginning, and only there", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { old: "1" });
  scratch.commit("2026-01-02", { old: "2" });
  scratch.commit("2026-01-03", { old: "3" });
  scratch.commit("2026-01-04", { young: "1" });
  const root = join(scratchDirectory(), "clone");
  scratch.git("clone", "-q", "--depth=2", `file://${scratch.root}`, root);
  const repository = await new ScratchRepository(root).open();
  const old = await repository.history("HEAD", ["old"]);
  expect(events(old)).toEqual(["2026-01-03 old"]);
  expect(old.complete).toBe(false);
  expect((await repository.history("HEAD", ["young"])).complete).toBe(true);
  expect((await repository.history("HEAD", ["old", "young"])).complete).toBe(false);
});

test("a shallow clone that reaches the first commit is complete", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1" });
  scratch.git("switch", "-q", "--orphan", "other");
  scratch.commit("2026-01-02", { b: "1" });
  scratch.commit("2026-01-03", { b: "2" });
  scratch.git("switch", "-q", "main");
  const root = join(scratchDirectory(), "clone");
  scratch.git("clone", "-q", "--depth=1", "--no-single-branch", `file://${scratch.root}`, root);
  const repository = await new ScratchRepository(root).open();
  expect((await repository.history("main", ["a"])).complete).toBe(true);
  expect((await repository.history("origin/other", ["b"])).complete).toBe(false);
});

test("settings that change what git log prints do not change what we read", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { "dir/a": "1" });
  scratch.commit("2026-01-02", { "dir/a": "2" });
  rmSync(join(scratch.root, "dir"), { recursive: true });
  scratch.commit("2026-01-03", { "dir/b": POLICY });
  scratch.git("mv", "dir/b", "dir/a");
  scratch.commit("2026-01-04");
  const settings = ["log.showRoot=false", "log.follow=true", "log.decorate=full", "color.ui=always"];
  settings.push("diff.relative=true", "diff.noprefix=true", "log.diffMerges=off", "diff.orderFile=/nowhere");
  settings.push("diff.ignoreSubmodules=all", "status.showUntrackedFiles=no", "status.branch=true");
  for (const setting of settings) scratch.git("config", ...(setting.split("=") as [string, string]));
  scratch.write({ untracked: "1" });
  const repository = await scratch.open();
  expect(events(await repository.history("HEAD", ["dir/a"]))).toEqual([
    "2026-01-01 dir/a",
    "2026-01-02 dir/a",
    "2026-01-03 dir/a gone",
    "2026-01-04 dir/a",
  ]);
  expect(await repository.diff("HEAD~1", "HEAD")).toHaveLength(2);
  expect(await repository.diff("HEAD", "worktree")).toHaveLength(1);
});

test("more paths than fit a command line", async () => {
  const scratch = new ScratchRepository();
  const paths = Array.from({ length: 400 }, (_, index) => `zones/${"long".repeat(20)}${index}`);
  scratch.commit("2026-01-01", { other: "1" });
  scratch.commit("2026-01-02", Object.fromEntries(paths.map((path) => [path, path])));
  expect((await (await scratch.open()).history("HEAD", paths)).events).toHaveLength(400);
});
