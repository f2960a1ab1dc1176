import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyFixes, fixesTogether } from "../src/discover/applyFixes.ts";
import { type Config, DEFAULT_CONFIG } from "../src/model/config.ts";
import { type Finding, type Fix, fault } from "../src/model/finding.ts";
import { groupedBy } from "../src/model/groupedBy.ts";
import { recordDifference } from "../src/model/serial.ts";
import type { Snapshot } from "../src/model/snapshot.ts";
import type { Zone } from "../src/model/zone.ts";
import { mend } from "../src/mend.ts";
import { review } from "../src/review.ts";
import { RULES } from "../src/rules/index.ts";
import { caseSnapshot } from "./caseSnapshot.ts";
import { randomRepository } from "./randomRepository.ts";
import { snapshotOf } from "./snapshotOf.ts";

/** Every rule speaks, also those that are off by default. */
const ALL: Config = {
  ...DEFAULT_CONFIG,
  severities: new Map(
    Object.entries(RULES).flatMap(([id, { severity }]) => (severity === "off" ? [[id, "notice" as const]] : [])),
  ),
};

function present(snapshot: Snapshot): readonly Finding[] {
  return review(snapshot, ALL).findings.filter(({ status }) => status !== "fixed");
}

function counts(findings: readonly Finding[]): ReadonlyMap<string, number> {
  return new Map(
    [...groupedBy(findings, ({ fingerprint }) => fault(fingerprint))].map(([key, alike]) => [key, alike.length]),
  );
}

/** What is found after fixes and was not before, the findings that they were for among it. */
function unexpected(
  before: readonly Finding[],
  mended: readonly Finding[],
  after: readonly Finding[],
): readonly string[] {
  const [known, cleared, left] = [counts(before), counts(mended), counts(after)];
  return [...left]
    .filter(([key, count]) => count > (known.get(key) ?? 0) - (cleared.get(key) ?? 0))
    .map(([key]) => {
      const found = after.find(({ fingerprint }) => fault(fingerprint) === key);
      return `${found?.rule}: ${found?.message}`;
    });
}

function applied(snapshot: Snapshot, fixes: readonly Fix[]): Snapshot {
  const fixed = applyFixes(snapshot, fixes);
  if (!fixed) throw new Error(`cannot be applied: ${fixes.map(({ title }) => title).join(", ")}`);
  return fixed;
}

function holdsEachFix(snapshot: Snapshot): void {
  const before = present(snapshot);
  for (const finding of before) {
    if (!finding.fix) continue;
    const fixed = applied(snapshot, [finding.fix]);
    expect(unexpected(before, [finding], present(fixed)), `${finding.rule}: ${finding.fix.title}`).toEqual([]);
    expect(strayRecords(snapshot, fixed, finding.fix), `${finding.rule}: ${finding.fix.title}`).toEqual([]);
    expect(mixedLineEnds(snapshot, fixed), `${finding.rule}: ${finding.fix.title}`).toEqual([]);
  }
}

/** Records that change although no edit touches them: an owner or a TTL that was inherited from a line before. */
function strayRecords(snapshot: Snapshot, fixed: Snapshot, { edits }: Fix): readonly string[] {
  const zones = (side: Snapshot): ReadonlyMap<string, Zone> =>
    new Map(review(side, ALL).sides.head.zones.map((zone) => [zone.source.path, zone]));
  const after = zones(fixed);
  return [...zones(snapshot)].flatMap(([path, zone]) =>
    recordDifference(zone, after.get(path))
      .gone.filter(
        ({ type, source, span }) =>
          type !== "SOA" &&
          !edits.some(
            ({ at }) =>
              at.path === source.path && at.start.offset <= span.end.offset && at.end.offset >= span.start.offset,
          ),
      )
      .map(({ owner, ttl, type, rdata }) => `${path}: ${owner} ${ttl} ${type} ${rdata}`),
  );
}

/** Files whose line ends were of one kind and are not any more. */
function mixedLineEnds(snapshot: Snapshot, fixed: Snapshot): readonly string[] {
  const kinds = (side: Snapshot, path: string): number => {
    const text = side.head.sources.get(path)?.text() ?? "";
    return new Set(text.match(/\r?\n/g)).size;
  };
  return [...snapshot.head.sources.keys()].filter((path) => kinds(snapshot, path) < 2 && kinds(fixed, path) > 1);
}

/** What `--fix` writes has no finding that was not there and no fix left, so that a second time changes nothing. */
function holdsAllFixes(snapshot: Snapshot): void {
  const judged = review(snapshot, ALL);
  const mended = mend(snapshot, judged, ALL, () => true).snapshot;
  const after = review(mended, ALL);
  expect(unexpected(present(snapshot), [], present(mended))).toEqual([]);
  expect(fixesTogether(after.findings).map(({ title }) => title)).toEqual([]);
}

/** More by hand: `FIX_RUNS=2000 npx vitest run test/fixes.properties.test.ts`. */
const RUNS = Number(process.env["FIX_RUNS"] ?? 40);
const PATIENCE = 60_000 + 1000 * RUNS;

const CASES = fileURLToPath(new URL("cases", import.meta.url));

describe.each(readdirSync(CASES).toSorted())("the fixes in the cases of %s", (rule) => {
  it.each(readdirSync(join(CASES, rule)).toSorted())("%s", (name) => {
    const snapshot = caseSnapshot(join(CASES, rule, name));
    holdsEachFix(snapshot);
    holdsAllFixes(snapshot);
  });
});

it(
  "each fix in a random repository clears its finding, makes none and touches nothing else",
  () => {
    fc.assert(
      fc.property(randomRepository, (story) => holdsEachFix(snapshotOf(story))),
      { numRuns: RUNS },
    );
  },
  PATIENCE,
);

it(
  "all fixes in a random repository together clear theirs, and then there are none left",
  () => {
    fc.assert(
      fc.property(randomRepository, (story) => holdsAllFixes(snapshotOf(story))),
      { numRuns: RUNS },
    );
  },
  PATIENCE,
);
