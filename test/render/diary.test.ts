import { expect, it } from "vitest";
import { diary } from "../../src/render/diary.ts";
import { review } from "../../src/review.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { type Story, configOf, snapshotOf } from "../snapshotOf.ts";

const TIMINGS = { load: 12.4, judge: 3.5 };

function lines(story: Story, more: Partial<Parameters<typeof diary>[0]> = {}): readonly string[] {
  const snapshot = snapshotOf(story);
  const run = { snapshot, review: review(snapshot, configOf(snapshot)), config: undefined, timings: TIMINGS, ...more };
  return diary(run).split("\n").slice(0, -1);
}

it("tells a state: what was read, what belongs together and why, what was left out, how long it took", () => {
  const story = {
    head: {
      [ZONE]: `${zone()}$INCLUDE hosts.inc\n`,
      "zones/hosts.inc": "www A 203.0.113.80\n",
      [POLICY]: policy(),
      "main.tf": '# DNS\nvalue = "v=STSv1; id=1"\nother = "v=STSv1; id=2"\n',
    },
  };
  expect(lines(story)).toEqual([
    "No configuration: the defaults apply.",
    `Of head 4 files with ${Buffer.byteLength(Object.values(story.head).join(""))} bytes were read.`,
    "zones/nordwind.de.zone is the zone nordwind.de: it holds 9 records and includes zones/hosts.inc.",
    "policies/nordwind.de/mta-sts.txt belongs to nordwind.de, whose zone is zones/nordwind.de.zone: its path names the domain.",
    "main.tf, line 2, was not read: holds MTA-STS text in a format that is not read.",
    "Reading took 12 ms, parsing and judging 4 ms.",
  ]);
});

it("tells a change: both sides, the history, the configuration and the fixing", () => {
  const base = { [ZONE]: zone(), [POLICY]: policy() };
  const told = lines(
    {
      history: { "2026-05-01": { [ZONE]: zone() }, "2026-05-20": base },
      head: { ...base, [POLICY]: policy({ mode: "enforce" }) },
    },
    { config: { name: ".github/mta-sts-guard.yml of base", isValid: true }, timings: { ...TIMINGS, fix: 7 } },
  );
  expect(told).toContain("The configuration is .github/mta-sts-guard.yml of base.");
  expect(told.filter((line) => line.startsWith("Of "))).toHaveLength(2);
  expect(told).toContain(
    "The history of 2 files was read back to their beginning: 2 commits, the oldest of 2026-05-01T00:00:00.000Z.",
  );
  expect(told).toContain("Reading took 12 ms, parsing and judging 4 ms, fixing 7 ms.");
});

it("tells where a clone's history ends, and that none was needed", () => {
  const story = { base: { [POLICY]: policy() }, head: { [POLICY]: policy({ maxAge: 86400 }) } };
  expect(lines({ ...story, shallow: true }).join("\n")).toContain("read back to where the clone's history ends");
  const snapshot = { ...snapshotOf(story), past: [] };
  expect(lines(story, { snapshot })).toContain("No history was needed.");
});

it.each([
  [{ "site/CNAME": "mta-sts.nordwind.de\n", "site/.well-known/mta-sts.txt": policy() }, "the CNAME file"],
  [{ [ZONE]: zone(), "mta-sts.txt": policy() }, "only this domain has an _mta-sts record"],
  [{ "mta-sts.txt": policy() }, "belongs to no domain that is known: nothing tells its domain"],
])("names the evidence %#", (head, evidence) => {
  expect(lines({ head }).join("\n")).toContain(evidence);
});

it("shows a stranger's path, and does not obey it", () => {
  const path = "policies/nordwind.de/\u001B[2Jx\n::error::/mta-sts.txt";
  const told = lines({ head: { [path]: policy() } });
  expect(told.join("\n")).toContain("U+001B");
  expect(told.every((line) => !line.startsWith("::") && !line.includes("\u001B"))).toBe(true);
});
