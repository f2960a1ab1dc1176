import { expect, it } from "vitest";
import { nameOf } from "../../src/model/name.ts";
import { DEFAULT_CONFIG } from "../../src/model/config.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { review } from "../../src/review.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { snapshotOf } from "../snapshotOf.ts";

/** A policy that is there and could not be read: a link, or over a limit. */
const unread = (snapshot: Snapshot, path: string): Snapshot => ({
  ...snapshot,
  head: { ...snapshot.head, unread: [{ path, reason: "is too large to be read" }] },
});

const missing = (snapshot: Snapshot, path?: string): number => {
  const policies = path === undefined ? [] : [{ path, domains: [nameOf("nordwind.de")] }];
  return review(snapshot, { ...DEFAULT_CONFIG, policies }).findings.filter(({ rule }) => rule === "policy-missing")
    .length;
};

it("a policy that cannot be read is not missing", () => {
  const gone = snapshotOf({ base: { [POLICY]: policy(), [ZONE]: zone() }, head: { [ZONE]: zone() } });
  expect(missing(gone)).toBe(1);
  expect(missing(unread(gone, POLICY))).toBe(0);
});

it("nor is one that the configuration has", () => {
  const state = snapshotOf({ head: { [ZONE]: zone() } });
  expect(missing(state, "web/*/mta-sts.txt")).toBe(1);
  expect(missing(unread(state, "web/a/mta-sts.txt"), "web/*/mta-sts.txt")).toBe(0);
});
