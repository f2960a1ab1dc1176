import { expect, it } from "vitest";
import { lookedAt, lookedAtLine } from "../../src/render/lookedAt.ts";
import { review } from "../../src/review.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { configOf, snapshotOf } from "../snapshotOf.ts";

const HELD = 'value = "v=STSv1; id=1"\n';

it.each([
  [{}, "0 zones, 0 policies, 0 domains"],
  [{ [ZONE]: zone(), [POLICY]: policy() }, "1 zone, 1 policy, 1 domain"],
  [{ "main.tf": HELD + HELD, "dns/two.tf": HELD }, "0 zones, 0 policies, 0 domains; 2 files not read (Terraform)"],
  [{ "main.tf": HELD, "notes.unknown": HELD }, "0 zones, 0 policies, 0 domains; 2 files not read (Terraform)"],
])("%# is counted", (head, line) => {
  const snapshot = snapshotOf({ head });
  expect(lookedAtLine(lookedAt(review(snapshot, configOf(snapshot))))).toBe(line);
});

it("counts samples on their own", () => {
  const snapshot = snapshotOf({ head: {} });
  const unread = [{ path: "examples/x.zone", reason: "a sample", leftOut: true }];
  const result = review({ ...snapshot, head: { ...snapshot.head, unread } }, configOf(snapshot));
  expect(lookedAtLine(lookedAt(result))).toBe(
    "0 zones, 0 policies, 0 domains; 1 file of samples or test data left out",
  );
});
