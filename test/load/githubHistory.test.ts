import { describe, expect, test } from "vitest";
import { GithubApi, type Octokit } from "../../src/load/githubApi.ts";
import { GithubBlobs } from "../../src/load/githubBlobs.ts";
import { readGithubHistory } from "../../src/load/githubHistory.ts";
import { GithubTree } from "../../src/load/githubTree.ts";
import type { PathHistory } from "../../src/load/repository.ts";
import type { Json } from "../github/emulated.ts";

const START = "f".repeat(40);
const END = "2026-05-20T00:00:00Z";

/** A commit that changed the path, `day` of May; with the pull request that brought it. */
function commit(id: string, day: number, pull?: Json): Json {
  return {
    ...plain(id, day, 1),
    associatedPullRequests: {
      nodes: pull ? [{ mergedAt: null, baseRefName: "main", mergeCommit: null, ...pull }] : [],
    },
  };
}

function plain(id: string, day: number, parents: number): Json {
  return {
    oid: id.repeat(40),
    committedDate: `2026-05-${String(day).padStart(2, "0")}T00:00:00Z`,
    parents: { totalCount: parents, nodes: parents > 0 ? [{ oid: "0".repeat(40) }] : [] },
    file: { oid: id.repeat(40), mode: 0o100644, size: 3 },
  };
}

const MERGED = "2026-05-10T00:00:00Z";
const page = (nodes: Json, hasNextPage = false): Json => ({ pageInfo: { hasNextPage, endCursor: "next" }, nodes });

/** The history of one path, answered by a function of the query's variables and text. */
async function read(
  answer: (variables: Json, query: string) => Json,
  more: { branch?: string; commits?: (ref: string, page: number) => Json; paths?: readonly string[] } = {},
): Promise<PathHistory & { readonly queries: readonly Json[] }> {
  const queries: Json[] = [];
  const octokit: Octokit = {
    request: async (_, parameters) => {
      const data = more.commits?.(String(parameters?.["ref"]), Number(parameters?.["page"]));
      if (data === undefined) throw Object.assign(new Error("Not Found"), { status: 404 });
      return { data };
    },
    graphql: async (query, variables) => {
      queries.push(variables);
      const paths = Object.keys(variables ?? {}).filter((name) => name.startsWith("p"));
      const told = paths.map((name, index) => {
        const history = answer({ path: variables?.[name], after: variables?.[`a${index}`] }, query);
        return [`h${index}`, { committedDate: END, history }];
      });
      return { repository: { defaultBranchRef: { name: "main" }, ...Object.fromEntries(told) } };
    },
  };
  const api = new GithubApi(octokit, { owner: "acme", repo: "dns" });
  const blobs = new GithubBlobs(api);
  const sources = { api, blobs, tree: new GithubTree(api, blobs), branch: more.branch };
  return { ...(await readGithubHistory(sources, START, more.paths ?? ["a"])), queries };
}

function lines({ events }: PathHistory): readonly string[] {
  return events.map(({ commit: { id, date } }) => `${id[0]} ${date.getUTCDate()}`);
}

const noRenames = { commits: () => ({ files: [] }) };

describe("when and with what a commit came to the branch", () => {
  const merge = (day: number, parents: number) => ({ mergedAt: MERGED, mergeCommit: plain("e", day, parents) });
  test.each([
    ["without a pull request: itself", undefined, "a 1"],
    ["by a merge: the merge", merge(10, 2), "e 10"],
    ["squashed or rebased: itself, when it was merged", merge(10, 1), "a 10"],
    ["by a merge that is younger than where the history begins: itself", merge(21, 2), "a 10"],
    [
      "by a merge in the moment where it begins: the merge",
      { mergedAt: MERGED, mergeCommit: { ...plain("e", 1, 2), committedDate: END } },
      "e 10",
    ],
    ["by a pull request into another branch: itself", { ...merge(10, 2), baseRefName: "dev" }, "a 1"],
    ["by one that was not merged: itself", { ...merge(10, 2), mergedAt: null }, "a 1"],
  ])("%s", async (_, pull, line) => {
    expect(lines(await read(() => page([commit("a", 1, pull)]), noRenames))).toEqual([line]);
  });

  test("two commits of one merge are one event, the branch's name is the default branch's or the one asked for", async () => {
    const pull = merge(10, 2);
    const two = () => page([commit("b", 2, pull), commit("a", 1, pull)]);
    expect(lines(await read(two, noRenames))).toEqual(["e 10"]);
    expect(lines(await read(two, { ...noRenames, branch: "release" }))).toEqual(["a 1", "b 2"]);
  });
});

describe("what GitHub leaves out cuts the history there, with what is newer", () => {
  test.each<[string, Json]>([
    ["no node", null],
    ["no pull requests", { ...commit("a", 1), associatedPullRequests: null }],
    ["no pull request", { ...commit("a", 1), associatedPullRequests: { nodes: [null] } }],
    ["no date", { ...commit("a", 1), committedDate: null }],
    ["no id", { ...commit("a", 1), oid: null }],
    ["no parents", { ...commit("a", 1), parents: null }],
    ["no parent", { ...commit("a", 1), parents: { totalCount: 1, nodes: [null] } }],
    ["no mode", { ...commit("a", 1), file: { oid: "a" } }],
    [
      "a merge without a date",
      commit("a", 1, { mergedAt: MERGED, mergeCommit: { ...plain("e", 3, 2), committedDate: null } }),
    ],
  ])("%s", async (_, odd) => {
    const history = await read(() => page([commit("b", 2), odd, commit("c", 1)]), noRenames);
    expect([lines(history), history.complete]).toEqual([["b 2"], false]);
    expect(history.queries).toHaveLength(1);
  });

  test("a page without its end, or without a way on", async () => {
    for (const pageInfo of [null, { hasNextPage: true, endCursor: null }, { hasNextPage: null, endCursor: null }]) {
      const history = await read(() => ({ pageInfo, nodes: [commit("b", 2)] }), noRenames);
      expect([lines(history), history.complete, history.queries.length]).toEqual([["b 2"], false, 1]);
    }
  });

  test("a history that is not told at all, and a branch without a name", async () => {
    expect(await read(() => null)).toMatchObject({ events: [], complete: false });
    const nameless: Octokit = {
      request: async () => ({ data: { files: [] } }),
      graphql: async () => ({
        repository: { defaultBranchRef: null, h0: { committedDate: END, history: page([commit("a", 1)]) } },
      }),
    };
    const api = new GithubApi(nameless, { owner: "acme", repo: "dns" });
    const blobs = new GithubBlobs(api);
    const sources = { api, blobs, tree: new GithubTree(api, blobs), branch: undefined };
    expect(await readGithubHistory(sources, START, ["a"])).toEqual({ events: [], complete: false });
  });
});

describe("limits", () => {
  test("ten pages, then it is not complete", async () => {
    const history = await read(() => page([], true));
    expect([history.queries.length, history.complete]).toEqual([10, false]);
  });

  test("what GitHub gives up is asked for in parts, then in short pages, then left out", async () => {
    const wentWrong = Object.assign(new Error("x"), { errors: [{ message: "Something went wrong" }] });
    const paths = Array.from({ length: 12 }, (_, index) => `p${index}`);
    const firsts = new Set<number>();
    const upTo = (most: number) =>
      read(
        (_, query) => {
          const first = Number(/first: (\d+), path/.exec(query)?.[1]);
          firsts.add(first);
          if (first > most) throw wentWrong;
          return page([{ ...commit("a", 1), parents: { totalCount: 0, nodes: [] } }]);
        },
        { paths },
      );
    const short = await upTo(10);
    expect([short.complete, short.events.length, [...firsts]]).toEqual([true, 12, [25, 10]]);
    const none = await upTo(5);
    expect([none.complete, none.events.length]).toEqual([false, 0]);
    // The whole, four parts of it; then five, five and two in parts of two or one; and no page after that.
    expect(none.queries).toHaveLength(5 + 4 + 4 + 3);
  });
});

describe("renames", () => {
  test("are followed; a name that is none is not", async () => {
    const renamed = (status: string) => ({ files: [{ filename: "a", status, previous_filename: "old" }] });
    const answer = ({ path }: Json) => page(path === "a" ? [commit("b", 2)] : [commit("a", 1)]);
    const one = await read(answer, { commits: (ref) => (ref.startsWith("b") ? renamed("renamed") : { files: [] }) });
    expect([lines(one), one.complete, one.events[0]?.path]).toEqual([["a 1", "b 2"], true, "old"]);
    const copied = await read(answer, { commits: () => renamed("copied") });
    expect([lines(copied), copied.complete]).toEqual([["b 2"], true]);
  });

  test("which GitHub does not tell leave the history incomplete", async () => {
    const history = await read(() => page([commit("a", 1)]));
    expect([lines(history), history.complete]).toEqual([["a 1"], false]);
  });

  test("stand among other files, and are looked for no further than they stand", async () => {
    const others = Array.from({ length: 100 }, (_, index) => ({
      filename: `x${index}`,
      status: "renamed",
      previous_filename: `y${index}`,
    }));
    const pages: number[] = [];
    const ours = { filename: "a", status: "renamed", previous_filename: "old" };
    const history = await read(({ path }) => page([commit(path === "a" ? "b" : "a", path === "a" ? 2 : 1)]), {
      commits: (ref, number) => {
        if (!ref.startsWith("b")) return { files: [] };
        pages.push(number);
        return { files: number === 1 ? others : [ours, ...others.slice(1)] };
      },
    });
    expect([lines(history), pages]).toEqual([
      ["a 1", "b 2"],
      [1, 2],
    ]);
  });

  test("are not looked for where the history ends before the path's birth", async () => {
    let asked = 0;
    await read(() => page([commit("b", 2), null]), { commits: () => ((asked += 1), { files: [] }) });
    expect(asked).toBe(0);
  });

  test("in a circle end after eight", async () => {
    let turn = 0;
    const history = await read(() => page([commit(String(turn++ % 10), 1)]), {
      commits: () => ({ files: [{ filename: "a", status: "renamed", previous_filename: "a" }] }),
    });
    expect([history.queries.length, history.complete]).toEqual([9, false]);
  });
});
