import { describe, expect, it } from "vitest";
import { checkIdText, readCheckId, type CheckId } from "../../src/work/checkId.ts";
import type { Json } from "../github/emulated.ts";
import { policy } from "../nordwind.ts";
import { nordwindStory } from "../action/world.ts";
import { serve } from "./serving.ts";

it("what a check says fits, however much was found", async () => {
  const names = Array.from({ length: 150 }, (_, index) => `${"long".repeat(12)}-${index}.${"example".repeat(6)}.org`);
  const files = Object.fromEntries(
    names.map((name) => [`policies/${name}/mta-sts.txt`, policy({ mx: [`mx.${name}`, "-"], mode: "enfroce" })]),
  );
  const serving = await serve(nordwindStory(files));
  const { standIn, target } = serving;
  await serving.do({ kind: "pull", ...target, number: standIn.repository.openPull.number });
  const [check] = await standIn.checks();
  expect(check.annotations.length).toBeGreaterThanOrEqual(300);
  expect(check.annotations.every(({ title }: Json) => title.length <= 255)).toBe(true);
  expect(Buffer.byteLength(check.output.summary)).toBeLessThanOrEqual(65_535);
  expect(check.output.title.length).toBeLessThanOrEqual(255);
  const conclusions = standIn.requests.flatMap(
    ({ kind, body }) => (kind.includes("check-runs") && body?.conclusion) || [],
  );
  expect(conclusions).toEqual(["failure"]);
}, 60_000);

describe("what a check is about is read as it was written", () => {
  const at = new Date("2026-06-01T12:00:00Z");
  it.each<[string, CheckId]>([
    ["pull 12 ?", { kind: "pull", number: 12 }],
    ["pull 12 -", { kind: "pull", number: 12, found: "" }],
    [
      `pull 12 ${"a".repeat(64)} again 2026-06-01T12:00:00.000Z`,
      { kind: "pull", number: 12, found: "a".repeat(64), again: at },
    ],
    [
      `pull 12 ${"a".repeat(64)} accepted n.o-ra_x 2026-06-01T12:00:00.000Z`,
      { kind: "pull", number: 12, found: "a".repeat(64), accepted: { by: "n.o-ra_x", at } },
    ],
    [`merge-group ${"b".repeat(40)}`, { kind: "merge-group", base: "b".repeat(40) }],
    [`merge-group ${"b".repeat(40)} release/1.x`, { kind: "merge-group", base: "b".repeat(40), branch: "release/1.x" }],
  ])("%s", (text, id) => {
    expect(checkIdText(id)).toBe(text);
    expect(readCheckId(text)).toEqual(id);
  });

  it.each([
    "",
    "pull",
    "pull x -",
    "pull 12",
    `pull 12 ${"a".repeat(63)}`,
    "pull 12 - accepted nora",
    "merge-group x",
    "Pull 12 -",
  ])("%s is none of ours", (text) => {
    expect(readCheckId(text)).toBeUndefined();
  });
});
