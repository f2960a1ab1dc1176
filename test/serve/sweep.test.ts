import { expect, it } from "vitest";
import { sweep } from "../../src/work/sweep.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { nordwindStory } from "../action/world.ts";
import { type Serving, serve } from "./serving.ts";

const UNBUMPED = { [POLICY]: policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] }) };
const REPOSITORIES = "GET /installation/repositories";

const found = async ({ world, target }: Serving) =>
  (await sweep(world, { kind: "sweep", ...target })).map(({ job, at }) => [job.number, at]);

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
