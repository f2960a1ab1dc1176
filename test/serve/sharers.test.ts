import { describe, expect, it } from "vitest";
import type { StandIn } from "../github/standIn.ts";
import { POLICY, policy } from "../nordwind.ts";
import { nordwindStory } from "../action/world.ts";
import { serve } from "./serving.ts";
import { twoOfOneHead } from "./twoOfOneHead.ts";

const UNBUMPED = { [POLICY]: policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] }) };

it("a pull request that passes does not hide one with the same head that fails, until that is accepted", async () => {
  const { standIn, judge, newest, red, green, serving } = await twoOfOneHead();
  await judge(green.number);
  expect((await newest()).conclusion).toBe("success");
  await judge(red.number);
  const { id } = await newest();
  expect((await newest()).conclusion).toBe("failure");
  await judge(green.number);
  const shared = await newest();
  expect(shared.conclusion).toBe("failure");
  expect(shared.output.title).toBe(`The same commit fails in #${red.number}`);
  expect(shared.output.summary).toContain("press **Re-check** here");
  await serving.do({ kind: "press", ...serving.target, checkRun: id, button: "accept-risk", by: "nora", byId: 7 });
  const checks = await standIn.checks();
  expect(checks.slice(0, 2).map(({ conclusion }) => conclusion)).toEqual(["success", "success"]);
  expect(checks[0].external_id).toMatch(new RegExp(`^pull ${green.number} -$`));
});

it("one with the same head that is still being judged is waited for", async () => {
  const { judge, newest, red, green, standIn } = await twoOfOneHead();
  standIn.fail({ kind: /compare/, status: 502, times: 3 });
  await expect(judge(red.number)).rejects.toThrow();
  expect(await judge(green.number)).toEqual({ again: new Date("2026-06-01T13:01:00Z") });
  // Green, it would be the newest check, and so let the other one be merged meanwhile.
  const { conclusion, output } = await newest();
  expect(conclusion).toBe("failure");
  expect(output.title).toBe(`The same commit is being judged for #${red.number}`);
  // Two that wait for it do not call each other back until it is there.
  const third = await standIn.proposeTo("half-too", standIn.repository.commit(red.headSha).parents[0]);
  for (const { number } of [third, green]) await judge(number);
  expect((await standIn.checks()).length).toBe(4);
  third.closed = red.closed = true;
  expect(await judge(green.number)).toEqual({});
  expect((await newest()).conclusion).toBe("success");
});

it("one whose check is newer is not waited for: that one waits, or stands above", async () => {
  const { serving, judge, red, green, standIn } = await twoOfOneHead();
  standIn.fail({ kind: /compare/, status: 502, times: 3 });
  await expect(judge(green.number)).rejects.toThrow();
  standIn.fail({ kind: /compare/, status: 502, times: 3 });
  await expect(judge(red.number)).rejects.toThrow();
  expect(await serving.do({ kind: "pull", ...serving.target, number: green.number })).toEqual({});
  expect((await standIn.checks()).map(({ conclusion }) => conclusion)).toEqual([null, "success"]);
});

it("one that is closed, or has moved on, counts no more", async () => {
  const { judge, newest, red, green } = await twoOfOneHead();
  await judge(red.number);
  red.closed = true;
  await judge(green.number);
  expect((await newest()).conclusion).toBe("success");
});

const CHECKS = "GET /repos/{owner}/{repo}/commits/{ref}/check-runs";

/** From the second look on, our checks on the head are also about pull requests 1001, 1002, … with this `external_id`. */
async function withOthers(standIn: StandIn, count: number, about: (number: number) => string) {
  const [own] = await standIn.checks();
  const others = Array.from({ length: count }, (_, index) => ({
    ...own,
    id: own.id + 1 + index,
    external_id: about(1001 + index),
    conclusion: "failure",
  }));
  const pages = Array.from({ length: Math.floor(count / 100) + 1 }, (_, page) =>
    others.slice(page * 100, page * 100 + 100),
  );
  standIn.fail({ kind: CHECKS, times: 1, status: 200, body: { total_count: 0, check_runs: [] } });
  for (const check_runs of pages)
    standIn.fail({ kind: CHECKS, times: 1, status: 200, body: { total_count: count, check_runs } });
  standIn.forgetRequests();
}

const FAILS = (number: number): string => `pull ${number} ${"0".repeat(64)}`;

describe("a head that hundreds of pull requests once had", () => {
  const judged = async (count: number, about = FAILS) => {
    const { judge, newest, green, standIn } = await twoOfOneHead();
    await judge(green.number);
    await withOthers(standIn, count, about);
    await judge(green.number);
    const { conclusion, output } = await newest();
    return { conclusion, title: output.title, summary: output.summary, counts: standIn.counts };
  };

  it("costs a request a hundred of them", async () => {
    const { conclusion, counts } = await judged(250);
    expect(conclusion).toBe("success");
    expect(counts["GET /repos/{owner}/{repo}/pulls/{pull_number}"]).toBe(1);
    const without = (await judged(0)).counts["graphql query"] ?? 0;
    expect(counts["graphql query"]).toBe(without + 3);
  });

  it("is not green where there are more than are looked at", async () => {
    const { conclusion, title, summary } = await judged(301);
    expect(conclusion).toBe("failure");
    expect(title).toBe("The same commit is the head of too many others");
    expect(summary).toContain("git commit --allow-empty");
    expect((await judged(301, (number) => `pull ${number} -`)).conclusion).toBe("success");
  });

  it("is not green where there are so many checks that GitHub may have forgotten some", async () => {
    const { conclusion, counts } = await judged(500, () => "pull 1001 -");
    expect(conclusion).toBe("failure");
    expect(counts[CHECKS]).toBe(6);
  });
});

it("is not green where GitHub does not tell of the others", async () => {
  const { judge, newest, green, standIn } = await twoOfOneHead();
  await judge(green.number);
  await withOthers(standIn, 2, FAILS);
  const errors = [{ type: "SERVICE_UNAVAILABLE", message: "Something went wrong" }];
  const data = { repository: { p1001: null, p1002: null } };
  standIn.fail({ kind: "graphql query", holds: "p1001:", status: 200, body: { data, errors } });
  await expect(judge(green.number)).rejects.toThrow();
  expect((await newest()).conclusion).toBe("failure");
});

describe("GraphQL that lags behind a push", () => {
  it("does not hide one that fails", async () => {
    const { judge, newest, red, green } = await twoOfOneHead();
    await judge(red.number);
    red.headBefore = red.baseSha;
    await judge(green.number);
    expect((await newest()).output.title).toBe(`The same commit fails in #${red.number}`);
  });

  it("makes nobody ask for more than a few, and what is not asked for counts as failing", async () => {
    const { judge, newest, red, green, standIn } = await twoOfOneHead();
    await judge(green.number);
    const heads = Array.from({ length: 11 }, (_, index) => [
      `p${1001 + index}`,
      { state: "OPEN", headRefOid: red.baseSha },
    ]);
    await withOthers(standIn, 11, FAILS);
    standIn.fail({
      kind: "graphql query",
      holds: "p1001:",
      status: 200,
      body: { data: { repository: Object.fromEntries(heads) } },
    });
    await judge(green.number);
    expect((await newest()).output.title).toBe("The same commit is the head of too many others");
    expect(standIn.counts["GET /repos/{owner}/{repo}/pulls/{pull_number}"]).toBe(11);
  });
});

describe("a merge group's commit that is a pull request's head as well", () => {
  /** A merge group that fails, and a pull request with its commit into a branch that has its fault already. */
  const queued = async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const { standIn, target } = serving;
    const { main, openPull } = standIn.repository;
    const head = await standIn.queue("2026-06-01T12:30:00Z");
    const pull = await standIn.proposeTo("half", openPull.headSha);
    await standIn.push([], head, pull);
    pull.baseSha = openPull.headSha;
    const group = { kind: "merge-group", ...target, base: main, head, branch: "main" } as const;
    const newest = async () => (await standIn.checks(head))[0];
    const judgePull = async () => serving.do({ kind: "pull", ...target, number: pull.number });
    return { serving, standIn, pull, group, newest, judgePull };
  };

  it("is not green for the pull request while the group is red, or still judged", async () => {
    const { serving, standIn, group, newest, judgePull } = await queued();
    standIn.fail({ kind: /compare/, status: 502, times: 3 });
    await expect(serving.do(group)).rejects.toThrow();
    await judgePull();
    expect((await newest()).output.title).toBe("The same commit fails in a merge group");
    await serving.do(group);
    await judgePull();
    expect((await newest()).output.title).toBe("The same commit fails in a merge group");
  });

  it("is not green for the group while the pull request is red, and calls it when the group passes", async () => {
    const { serving, standIn, pull, group, newest, judgePull } = await queued();
    const passing = { ...group, base: pull.baseSha };
    pull.aim = "main";
    await judgePull();
    expect((await newest()).conclusion).toBe("failure");
    await serving.do(passing);
    expect((await newest()).external_id).toMatch(/^merge-group/);
    expect((await newest()).output.title).toBe(`The same commit fails in #${pull.number}`);
    delete pull.aim;
    await judgePull();
    expect((await newest()).output.title).toBe("The same commit fails in a merge group");
    await serving.do(passing);
    const [first, second] = await standIn.checks(group.head);
    expect(`${first.external_id} ${first.conclusion}`).toBe(`pull ${pull.number} - success`);
    expect(second.conclusion).toBe("success");
  });
});
