import { getOctokit } from "@actions/github";
import { expect, test } from "vitest";
import { changedFiles } from "../../src/publish/changedFiles.ts";
import { FakeGithub } from "./fakeGithub.ts";
import { finding, run } from "./writes.ts";

/** Lists a pull request of so many files, at most 3,000 as GitHub does. */
function listing(count: number, status = 200) {
  const asked: string[] = [];
  const fetch = async (url: string): Promise<Response> => {
    const { searchParams } = new URL(url);
    asked.push(`${searchParams.get("per_page")} ${searchParams.get("page")}`);
    const from = (Number(searchParams.get("page")) - 1) * 100;
    const length = Math.max(0, Math.min(100, Math.min(count, 3000) - from));
    const files = Array.from({ length }, (_, index) => ({ filename: `f${from + index}`, patch: "@@ -1 +1 @@" }));
    return Response.json(status === 200 ? files : { message: "Not well" }, { status });
  };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const client = getOctokit("token", { baseUrl: "https://github.test", log, request: { fetch } });
  return { asked, files: () => changedFiles(client, { owner: "acme", repo: "dns", number: 1 }) };
}

test.each([
  [0, 1],
  [99, 1],
  [100, 2],
  [250, 3],
  [2999, 30],
])("%i files are %i pages, and all of them", async (count, pages) => {
  const { files, asked } = listing(count);
  const { listed, note, isRead } = await files();
  expect([listed.length, asked.length, note, isRead]).toEqual([count, pages, undefined, true]);
  expect(new Set(listed.map(({ path }) => path)).size).toBe(count);
});

test("where GitHub's list ends the summary says so, and nothing failed", async () => {
  const { files, asked } = listing(3100);
  const told = await files();
  expect([told.listed.length, asked.length, told.isRead]).toEqual([3000, 30, true]);
  const github = new FakeGithub();
  const pull = {
    owner: "acme",
    repo: "dns",
    number: 1,
    headSha: github.headSha,
    headBranch: "t",
    headRepository: "acme/dns",
  };
  const { unwritten } = await run(github, [finding("a", 3)], { pull: { ...pull, mayPush: true, files: told } });
  expect(unwritten).toEqual([]);
  expect(github.writes).toEqual(["POST issue comments"]);
  expect(github.pages[0]?.body).toContain(
    "GitHub lists the first 3000 files of a pull request only; what was found in",
  );
  expect(github.pages[0]?.body).toContain("It goes to aaaaaaaaa");
});

test("a list that cannot be read leaves everything to the summary, and what stands on lines stays", async () => {
  const github = new FakeGithub();
  await run(github, [finding("a", 3)]);
  const told = await listing(5, 502).files();
  const pull = {
    owner: "acme",
    repo: "dns",
    number: 1,
    headSha: github.headSha,
    headBranch: "t",
    headRepository: "acme/dns",
  };
  const { unwritten } = await run(github, [finding("a", 3), finding("b", 4)], {
    pull: { ...pull, mayPush: true, files: told },
  });
  expect(unwritten).toEqual([
    "The list of changed files could not be read, so no new comment stands on its line: GitHub did not answer as it should (Not well); run the job again.",
  ]);
  expect(github.shown).toHaveLength(1);
  expect(github.pages[0]?.body).toContain("It goes to bbbbbbbbb");
  expect(github.pages[0]?.body).toContain("The list of changed files could not be read");
});

test("a fault of ours is none of GitHub's", async () => {
  const broken = { rest: { pulls: { listFiles: () => Promise.reject(new TypeError("x is not a function")) } } };
  await expect(changedFiles(broken as never, { owner: "a", repo: "b", number: 1 })).rejects.toThrow(TypeError);
});
