import { expect, it } from "vitest";
import { historyNeeded } from "../../src/discover/historyNeeded.ts";
import { DEFAULT_CONFIG } from "../../src/model/config.ts";
import { review } from "../../src/review.ts";
import { POLICY, ZONE, zone } from "../nordwind.ts";
import { type Files, snapshotOf } from "../snapshotOf.ts";

const TESTING = "version: STSv1\nmode: testing\nmx: mx1.nordwind.de\nmax_age: 604800\n";

function needed(base: Files, head: Files): readonly string[] {
  return historyNeeded(review(snapshotOf({ base, head }), DEFAULT_CONFIG).changes).toSorted();
}

it("asks for the life of a policy and its record where the policy or the id changes, and for no other", () => {
  const base = { [POLICY]: TESTING, [ZONE]: zone() };
  const changed = TESTING.replace("604800", "86400");
  expect(needed(base, { ...base, [POLICY]: changed })).toEqual([POLICY, ZONE]);
  expect(needed(base, { ...base, [ZONE]: zone({ id: "2", serial: 2026010102 }) })).toEqual([POLICY, ZONE]);
  expect(needed(base, { ...base, [ZONE]: zone({ mx1: "mx1 A 203.0.113.26", serial: 2026010102 }) })).toEqual([]);
  expect(needed(base, { ...base, [POLICY]: TESTING.replaceAll("\n", "\r\n") })).toEqual([]);
});

it("asks for the life of a policy that comes back", () => {
  const head = { [POLICY]: TESTING, [ZONE]: zone() };
  expect(needed({ [ZONE]: zone() }, head)).toEqual([POLICY, ZONE]);
});
