import { expect, it } from "vitest";
import { POLICY, policy } from "../nordwind.ts";
import { nordwindStory } from "../action/world.ts";
import { serve } from "./serving.ts";

const UNBUMPED = { [POLICY]: policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] }) };

/** A pull request that fails, and one with the same head into a branch that has its fault already. */
async function twoOfOneHead() {
  const commits = [
    { at: "2026-06-01T12:00:00Z", files: UNBUMPED },
    { at: "2026-06-01T12:10:00Z", files: { "README.md": "hello\n" } },
  ];
  const serving = await serve(nordwindStory({}, { topic: { commits } }));
  const { standIn, target } = serving;
  const { openPull: red } = standIn.repository;
  const green = await standIn.proposeTo("half", standIn.repository.commit(red.headSha).parents[0]);
  const judge = async (number: number) => serving.do({ kind: "pull", ...target, number });
  const newest = async () => (await standIn.checks())[0];
  return { serving, standIn, judge, newest, red, green };
}

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
