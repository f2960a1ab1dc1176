import { expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../../src/model/config.ts";
import { applyFixes } from "../../src/discover/applyFixes.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { Source } from "../../src/model/source.ts";
import { review } from "../../src/review.ts";

const NOW = new Date("2026-06-01T12:00:00Z");
const ZONE =
  "$ORIGIN nordwind.de.\n$TTL 1h\n@ SOA ns h 2026010101 1h 1h 1h 1h\n@ NS ns\n@ MX 10 ns\nns A 203.0.113.1\nmta-sts A 185.199.108.153\n";
const RAISED = ZONE.replace("2026010101", "2026060101");

function snapshot(records: string): Snapshot {
  const source = new Source("head", "nordwind.de.zone", Buffer.from(ZONE + records));
  const head = { sources: new Map([[source.path, source]]), unread: [] };
  return {
    base: undefined,
    head,
    changed: new Set(),
    past: [],
    pastComplete: true,
    gaps: [],
    moment: { now: NOW, head: NOW },
  };
}

function findings(records: string): readonly Finding[] {
  return review(snapshot(records), DEFAULT_CONFIG).findings.filter((finding) => finding.rule.startsWith("record-"));
}

/** What stands behind the zone's usual records once the fix of a rule is applied; undefined where it offers none. */
function fixed(rule: string, records: string): string | undefined {
  const found = findings(records).find((finding) => finding.rule === rule);
  expect(found, `${rule} speaks`).toBeDefined();
  const text = found?.fix && applyFixes(snapshot(records), [found.fix])?.head.sources.get("nordwind.de.zone")?.text();
  if (text === undefined) return undefined;
  expect(text).toContain(RAISED);
  return text.slice(RAISED.length);
}

it.each([
  ["record-syntax", '_mta-sts TXT "v=STSv1; id=2026-01-01"\n', '_mta-sts TXT "v=STSv1; id=20260101"\n'],
  ["record-syntax", '_mta-sts TXT "id=1; v=STSv1"\n', '_mta-sts TXT "v=STSv1; id=1"\n'],
  ["record-syntax", '_mta-sts TXT "v=STSv1; " "i" "d = 1"\n', '_mta-sts TXT "v=STSv1; " "id=1"\n'],
  ["record-syntax", '_mta-sts TXT "\\"v=STSv1; id=1\\""\n', '_mta-sts TXT "v=STSv1; id=1"\n'],
  // Outside of quotes the semicolon would begin a comment.
  ["record-syntax", "_mta-sts TXT v=STSv1,id=1\n", undefined],
  ["record-syntax", "_mta-sts TXT v=STSv1\\;ID=1\n", "_mta-sts TXT v=STSv1\\;id=1\n"],
  ["record-syntax", '_mta-sts TXT "v=STSv1" ; id=1\n', undefined],
  ["record-syntax", '$GENERATE 1-1 _mta-sts TXT "v=STSv1; id=a-$"\n', undefined],
  ["record-unquoted", "_mta-sts TXT v=STSv1; id=1\n", '_mta-sts TXT "v=STSv1; id=1"\n'],
  ["record-unquoted", "_mta-sts TXT v=STSv1 ;id=1; x=2; why\n", '_mta-sts TXT "v=STSv1;id=1; x=2"; why\n'],
  ["record-unquoted", "_mta-sts TXT ( v=STSv1 ; id=1\n)\n", '_mta-sts TXT ( "v=STSv1; id=1"\n)\n'],
  ["record-misnamed", '_sts 60 IN TXT "v=STSv1; id=1"\n', '_mta-sts 60 IN TXT "v=STSv1; id=1"\n'],
  ["record-misnamed", '_MTASTS.nordwind.de. TXT "v=STSv1; id=1"\n', '_mta-sts.nordwind.de. TXT "v=STSv1; id=1"\n'],
  ["record-misnamed", '_mta-sts.nordwind.de TXT "v=STSv1; id=1"\n', '_mta-sts.nordwind.de. TXT "v=STSv1; id=1"\n'],
  ["record-misnamed", '@ TXT "v=STSv1; id=1"\n', '_mta-sts TXT "v=STSv1; id=1"\n'],
  // Whoever inherits the owner would move along.
  ["record-misnamed", '_sts TXT "v=STSv1; id=1"\n TXT "x"\n', undefined],
  ["record-misnamed", '_sts TXT "x"\n TXT "v=STSv1; id=1"\n', undefined],
  ["record-misnamed", '$ORIGIN _sts.nordwind.de.\n@ TXT "v=STSv1; id=1"\n', undefined],
] as const)("%s mends %j", (rule, records, mended) => {
  expect(fixed(rule, records)).toBe(mended);
});

it("takes no comment behind $GENERATE for a part of the record", () => {
  const rules = findings("$GENERATE 1-1 _mta-sts TXT v=STSv1; id=$\n").map((finding) => finding.rule);
  expect(rules).toEqual(["record-syntax"]);
});

it("speaks once of one fault", () => {
  const speaking = (records: string): readonly string[] => findings(records).map((finding) => finding.rule);
  expect(speaking("_mta-sts TXT v=STSv1; id=1\n")).toEqual(["record-unquoted"]);
  expect(speaking('_mta-sts TXT "v=STSv1; id=-"\n_mta-sts TXT "v=STSv1; id=2"\n')).toEqual(["record-multiple"]);
  expect(speaking('_mta-sts TXT "v=STSv1"\n_mta-sts TXT "v=STSv1; id=2"\n')).toEqual([]);
  expect(speaking('_sts TXT "v=STSv1; id=1"\nshop MX 10 ns\n_sts.shop TXT "v=STSv1; id=2"\n')).toEqual([
    "record-misnamed",
    "record-misnamed",
  ]);
});
