import { expect, it } from "vitest";
import { sweep } from "../../src/work/sweep.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { BOT_PERMISSIONS } from "../github/app.ts";
import { nordwindStory } from "../action/world.ts";
import { type Serving, serve } from "./serving.ts";
import { twoOfOneHead } from "./twoOfOneHead.ts";

const UNBUMPED = { [POLICY]: policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] }) };
const REPOSITORIES = "GET /installation/repositories";

const found = async ({ world, target }: Serving) =>
  (await sweep(world, { kind: "sweep", ...target })).map(({ job, at }) => [
    job.kind === "pull" ? job.number : job.head,
    at,
  ]);

const judge = async ({ target, standIn, ...serving }: Serving, attempt = {}) =>
  serving.do({ kind: "pull", ...target, number: standIn.repository.openPull.number }, attempt);

it("finds a head without a check, with one that is not finished, with another pull request's; not one that was judged", async () => {
  const serving = await serve(nordwindStory(UNBUMPED));
  const { standIn } = serving;
  const { number } = standIn.repository.openPull;
  expect(await found(serving)).toEqual([[number, undefined]]);
  standIn.fail({ kind: /compare/, status: 502, times: 3 });
  await expect(judge(serving)).rejects.toThrow();
  expect(await found(serving)).toEqual([[number, undefined]]);
  await judge(serving);
  expect(await found(serving)).toEqual([]);
  const other = await standIn.proposeTo("other");
  expect(await found(serving)).toEqual([[other.number, undefined]]);
  standIn.repository.pulls.at(-1)!.closed = true;
  // A judgement that began after a finished one, and was broken off.
  standIn.fail({ kind: /compare/, status: 502, times: 3 });
  await expect(judge(serving)).rejects.toThrow();
  expect(await found(serving)).toEqual([[number, undefined]]);
});

it("finds when a red one turns green by itself", async () => {
  const story = nordwindStory(
    { [ZONE]: zone({ id: "2", serial: 2026060101 }), [POLICY]: policy({ mode: "enforce" }) },
    { main: [{ at: "2026-05-25T12:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy() } }] },
  );
  const serving = await serve(story);
  const { again } = await judge(serving);
  expect(again).toBeDefined();
  expect(await found(serving)).toEqual([[serving.standIn.repository.openPull.number, again]]);
  // The newest of two that are finished is the one that counts.
  serving.clock = new Date((again?.getTime() ?? 0) + 1000);
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await judge(serving);
  expect((await serving.standIn.checks()).map(({ conclusion }) => conclusion)).toEqual(["success", "failure"]);
  expect(await found(serving)).toEqual([]);
});

it("finds nothing, and says why, where GitHub does not answer", async () => {
  const serving = await serve(nordwindStory(UNBUMPED));
  serving.standIn.fail({ kind: "graphql query", status: 404 });
  await expect(found(serving)).rejects.toMatchObject({ status: 404 });
});

it("asks for page after page, of repositories and of pull requests, and leaves archived ones", async () => {
  const serving = await serve(nordwindStory(UNBUMPED));
  const { standIn } = serving;
  for (let index = 0; index < 21; index++) await standIn.proposeTo(`release-${index}`);
  const own = await standIn.repositoryJson();
  const page = Array.from({ length: 100 }, () => ({ ...own, archived: true }));
  standIn.fail({ kind: REPOSITORIES, status: 200, body: { total_count: 101, repositories: page }, times: 1 });
  standIn.fail({ kind: REPOSITORIES, status: 200, body: { total_count: 101, repositories: [own] } });
  const numbers = (await found(serving)).map(([number]) => number);
  expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual(
    standIn.repository.pulls.map(({ number }) => number),
  );
  expect(standIn.counts[REPOSITORIES]).toBe(2);
  expect(standIn.counts["graphql query"]).toBe(2);
});

it("a repository that does not show itself hides no other", async () => {
  const serving = await serve(nordwindStory(UNBUMPED));
  const { standIn } = serving;
  const own = await standIn.repositoryJson();
  const repositories = [{ ...own, node_id: "R_hidden" }, own];
  standIn.fail({ kind: REPOSITORIES, status: 200, body: { total_count: 2, repositories } });
  expect((await found(serving)).length).toBe(1);
});

it("finds what waits in the merge queue and has no finished check", async () => {
  const serving = await serve(nordwindStory(UNBUMPED));
  const { standIn, target } = serving;
  await judge(serving);
  const head = await standIn.queue("2026-06-01T12:30:00Z");
  expect(await found(serving)).toEqual([[head, undefined]]);
  const counted = standIn.counts["graphql query"] ?? 0;
  standIn.fail({ kind: /compare/, status: 502, times: 3 });
  const [missed] = await sweep(serving.world, { kind: "sweep", ...target });
  expect(standIn.counts["graphql query"]).toBe(counted + 1);
  expect(missed?.job).toEqual({ kind: "merge-group", ...target, base: standIn.repository.main, head, branch: "main" });
  await expect(serving.do(missed!.job)).rejects.toThrow();
  expect(await found(serving)).toEqual([[head, undefined]]);
  await serving.do(missed!.job);
  expect(await found(serving)).toEqual([]);
});

it("asks a server that knows no merge queue for all else", async () => {
  const serving = await serve(nordwindStory(UNBUMPED));
  const message = "Field 'mergeQueue' doesn't exist on type 'Repository'";
  const errors = [{ message, extensions: { code: "undefinedField", typeName: "Repository", fieldName: "mergeQueue" } }];
  serving.standIn.fail({ kind: "graphql query", holds: "mergeQueue", errors });
  expect(await found(serving)).toEqual([[1, undefined]]);
});

it("does without the merge queue where the App may not see it", async () => {
  const { merge_queues: _, ...without } = BOT_PERMISSIONS;
  const serving = await serve(nordwindStory(UNBUMPED), without);
  await serving.standIn.queue("2026-06-01T12:30:00Z");
  expect(await found(serving)).toEqual([[1, undefined]]);
});

it("finds a red one that the green check of another on the same head hides", async () => {
  const { serving, judge: judgeOne, red, green } = await twoOfOneHead();
  await judgeOne(red.number);
  red.closed = true;
  await judgeOne(green.number);
  red.closed = false;
  expect(await found(serving)).toEqual([[red.number, undefined]]);
  await judgeOne(red.number);
  expect(await found(serving)).toEqual([]);
});

it("finds a red one that a green check hides which ended later, and one that began later", async () => {
  const serving = await serve(nordwindStory(UNBUMPED));
  const { standIn } = serving;
  const red = { status: "COMPLETED", conclusion: "FAILURE", externalId: `pull 1 ${"0".repeat(64)}` };
  const green = { status: "COMPLETED", conclusion: "SUCCESS", externalId: "pull 2 -" };
  const at = (minute: number) => ({ completedAt: `2026-06-01T12:0${minute}:00Z` });
  const told = async (...nodes: readonly object[]) => {
    const commit = { checkSuites: { nodes: [{ checkRuns: { totalCount: 2, nodes } }] } };
    const pageInfo = { hasNextPage: false, endCursor: null };
    const pullRequests = { pageInfo, nodes: [{ number: 1, commits: { nodes: [{ commit }] } }] };
    const repository = { id: "R_1", name: "dns", owner: { login: "acme" }, defaultBranchRef: null, pullRequests };
    standIn.fail({ kind: "graphql query", times: 1, status: 200, body: { data: { nodes: [repository] } } });
    return (await found(serving)).length;
  };
  expect(await told({ ...green, ...at(3) }, { ...red, ...at(2) })).toBe(1);
  expect(await told({ ...red, ...at(3) }, { ...green, ...at(2) })).toBe(1);
  expect(await told({ ...green, ...at(2) }, { ...red, ...at(3) })).toBe(0);
});

it.each([
  ["pass", { "README.md": "hello\n" }],
  ["fail", UNBUMPED],
])("leaves two that %s on one head", async (_, files) => {
  const serving = await serve(nordwindStory(files));
  const { standIn, target } = serving;
  const { openPull } = standIn.repository;
  const other = await standIn.proposeTo("half", standIn.repository.commit(openPull.headSha).parents[0]);
  await judge(serving);
  await serving.do({ kind: "pull", ...target, number: other.number });
  expect(await found(serving)).toEqual([]);
});

it("leaves a head that was judged far too often, and what does not wait for checks in the queue", async () => {
  const serving = await serve(nordwindStory(UNBUMPED));
  const { standIn } = serving;
  const { main, openPull } = standIn.repository;
  const told = (totalCount: number, state: string) => ({
    id: "R_1",
    name: "dns",
    owner: { login: "acme" },
    defaultBranchRef: null,
    mergeQueue: {
      entries: {
        nodes: [
          { state, baseCommit: { oid: main }, headCommit: { oid: openPull.headSha, checkSuites: { nodes: [] } } },
          { state: "AWAITING_CHECKS", baseCommit: null, headCommit: null },
        ],
      },
    },
    pullRequests: {
      pageInfo: { hasNextPage: false, endCursor: null },
      nodes: [
        {
          number: 1,
          commits: { nodes: [{ commit: { checkSuites: { nodes: [{ checkRuns: { totalCount, nodes: [] } }] } } }] },
        },
      ],
    },
  });
  const answer = (...told: readonly unknown[]) =>
    standIn.fail({ kind: "graphql query", times: 1, status: 200, body: { data: { nodes: told } } });
  answer(told(500, "UNMERGEABLE"));
  expect(await found(serving)).toEqual([]);
  answer(told(499, "AWAITING_CHECKS"));
  expect(await found(serving)).toEqual([
    [1, undefined],
    [openPull.headSha, undefined],
  ]);
});

it("a repository over which GitHub gives up hides no other", async () => {
  const serving = await serve(nordwindStory(UNBUMPED));
  const { standIn } = serving;
  const own = await standIn.repositoryJson();
  const repositories = [own, { ...own, node_id: "R_huge" }, own];
  standIn.fail({ kind: REPOSITORIES, status: 200, body: { total_count: 3, repositories } });
  standIn.fail({
    kind: "graphql query",
    holds: "R_huge",
    errors: [{ type: "TIMEOUT", message: "Something went wrong" }],
  });
  expect((await found(serving)).length).toBe(2);
  expect(serving.lines.join()).toContain("A repository was left out of a sweep.");
});
