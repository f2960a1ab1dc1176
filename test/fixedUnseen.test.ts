import { expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../src/model/config.ts";
import { review } from "../src/review.ts";
import { POLICY, ZONE, nordwind, policy, zone } from "./nordwind.ts";
import { type Files, snapshotOf } from "./snapshotOf.ts";

/** An MX host that the enforced policy does not cover. */
const UNCOVERED = zone({ mx: ["10 mx1", "20 mx9"] });
const base = nordwind({ zone: UNCOVERED, policy: policy({ mode: "enforce" }) });

function fixed(head: Files): readonly string[] {
  const { findings } = review(snapshotOf({ base, head }), DEFAULT_CONFIG);
  return findings.filter(({ status }) => status === "fixed").map(({ rule }) => rule);
}

it("what is repaired is fixed", () => {
  expect(fixed({ ...base, [ZONE]: zone() })).toEqual(["mx-not-covered", "mx-target"]);
});

it.each([
  ["its record became unreadable", { ...base, [ZONE]: UNCOVERED.replace("@ MX 20 mx9", "@ MXX 20 mx9") }],
  ["its record became another server's", { ...base, [ZONE]: UNCOVERED.replace("@ MX 20 mx9", "@ ALIAS mx9") }],
  ["the policy became unreadable", { ...base, [POLICY]: policy({ mode: "enforce" }).replace("version", "verzion") }],
])("what nobody can see any more is not: %s", (_, head) => {
  expect(fixed(head)).toEqual([]);
});
