import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openDirectory } from "../../src/load/directory.ts";
import { Unusable } from "../../src/load/unusable.ts";
import { anySize, listed, scratchDirectory, texts } from "./scratchRepository.ts";

test("files at any depth, links told and not followed, pipes and git's data left out", async () => {
  const root = scratchDirectory();
  mkdirSync(join(root, "zones", "deep"), { recursive: true });
  mkdirSync(join(root, "sub", ".git"), { recursive: true });
  writeFileSync(join(root, "zones", "deep", "a"), "1");
  writeFileSync(join(root, "sub", ".git", "config"), "secret");
  writeFileSync(join(root, ".gitignore"), "2");
  symlinkSync("zones", join(root, "folder"));
  symlinkSync("/etc/passwd", join(root, "file"));
  execFileSync("mkfifo", [join(root, "fifo")]);
  const files = openDirectory(root);
  const entries = await files.list("worktree");
  expect(listed(entries)).toEqual([".gitignore: file", "file: link", "folder: link", "zones/deep/a: file"]);
  const limited = await files.read(entries, anySize, (path) => path !== ".gitignore");
  expect(texts(limited)).toEqual({ file: "/etc/passwd", folder: "zones", "zones/deep/a": "1" });
  const small = await files.read(entries, () => 0);
  expect([...small.values()]).toContainEqual({ unread: "too-large", size: 1 });
});

test("what is not there is one clear line", () => {
  expect(() => openDirectory(join(scratchDirectory(), "none"))).toThrow(Unusable);
});

test("folders without end are refused", async () => {
  const root = scratchDirectory();
  mkdirSync(join(root, "d/".repeat(70)), { recursive: true });
  await expect(openDirectory(root).list("worktree")).rejects.toThrow(Unusable);
});
