import { basename, join } from "node:path";
import { expect, it } from "vitest";
import { openDirectory } from "../../src/load/directory.ts";
import { repositoryName } from "../../src/load/repositoryName.ts";
import { ScratchRepository, scratchDirectory } from "./scratchRepository.ts";

it.each([
  ["https://github.com/someone/mta-sts.a.de.git", "mta-sts.a.de"],
  ["https://github.com/someone/mta-sts.a.de/", "mta-sts.a.de"],
  ["git@github.com:mta-sts.a.de.git", "mta-sts.a.de"],
  ["C:\\repos\\mta-sts.a.de", "mta-sts.a.de"],
])("is the end of the remote's URL %s", async (url, name) => {
  const scratch = new ScratchRepository();
  scratch.git("remote", "add", "upstream", "https://example.com/x/other.git");
  scratch.git("remote", "add", "origin", url);
  expect((await scratch.open()).name).toBe(name);
});

it("is told in a worktree, too", () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { a: "1" });
  scratch.git("remote", "add", "origin", "https://github.com/someone/mta-sts.a.de.git");
  const tree = join(scratchDirectory(), "tree");
  scratch.git("worktree", "add", "-q", tree);
  expect(repositoryName(tree)).toBe("mta-sts.a.de");
});

it("is the folder's without a remote, and without git", async () => {
  const scratch = new ScratchRepository();
  expect((await scratch.open()).name).toBe(basename(scratch.root));
  const plain = scratchDirectory();
  expect(openDirectory(plain).name).toBe(basename(plain));
});
