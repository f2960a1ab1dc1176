import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../src/model/config.ts";
import { applyFixes } from "../src/discover/applyFixes.ts";
import type { Snapshot } from "../src/model/snapshot.ts";
import { review } from "../src/review.ts";
import { snapshotOf } from "./snapshotOf.ts";

/** Texts by path. */
type Files = Readonly<Record<string, string>>;

function snapshot(base: Files | undefined, head: Files): Snapshot {
  return snapshotOf(base ? { head, history: { "2026-05-25": base } } : { head });
}

/** One line of a zone or a policy, sound or not; every zone line has its own owner, so that lines may change places. */
const zoneLine = fc.constantFrom(
  "@ MX 10 mx1",
  "@ MX 20 mx.fabrikam.net.",
  "@ MX 0 .",
  "sub MX 10 mx1",
  "mx1 A 203.0.113.25",
  "@ A 203.0.113.26",
  "* CNAME park.fabrikam.net.",
  "sub NS ns.fabrikam.net.",
  '_mta-sts TXT "v=STSv1; id=1"',
  '_mta-sts TXT "v=STSv1; id=2;"',
  '_mta-sts TXT "v=STSv1 id=1"',
  "_mta-sts TXT v=STSv1; id=1",
  "_mta-sts CNAME _mta-sts.fabrikam.net.",
  '_mta-sts.sub TXT "v=STSv1; id=1"',
  '_mts-sta TXT "v=STSv1; id=1"',
  '_mta-sts.nordwind.de TXT "v=STSv1; id=1"',
  '_mta-sts TXT "v=STSv1; id={{ id }}"',
  '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de"',
  "_smtp._tls NS ns.fabrikam.net.",
  "www A 203.0.113.300",
  "www ALIAS fabrikam.net.",
);
const policyLine = fc.constantFrom(
  "version: STSv1",
  "mode: testing",
  "mode: enforce",
  "mode: none",
  "Mode: enforce",
  "mode: Enforce",
  "mx: mx1.nordwind.de",
  "mx: *.fabrikam.net",
  "mx: mx1.nordwind.de.",
  "mx: a.nordwind.de, b.nordwind.de",
  "max_age: 604800",
  "max_age: 7d",
  "# remark",
  "rua: mailto:tls@nordwind.de",
  "note: ours",
  "",
);
const zoneText = fc
  .tuple(fc.uniqueArray(zoneLine, { maxLength: 10 }), fc.constantFrom(1, 2026010101, 2026010102))
  .map(
    ([lines, serial]) =>
      `$ORIGIN nordwind.de.\n$TTL 1h\n@ SOA ns1 h ${serial} 4h 1h 1w 300\n@ NS ns1\n${lines.map((line) => `${line}\n`).join("")}`,
  );
const policyText = fc.array(policyLine, { maxLength: 7 }).map((lines) => lines.map((line) => `${line}\n`).join(""));
const files = fc.record(
  {
    "zones/external/nordwind.de.zone": zoneText,
    "zones/internal/nordwind.de.zone": zoneText,
    "policies/nordwind.de/mta-sts.txt": policyText,
    "policies/sub.nordwind.de/mta-sts.txt": policyText,
    "web/.well-known/mta-sts.txt": policyText,
  },
  { requiredKeys: [] },
);

const isZone = (path: string): boolean => path.endsWith(".zone");

function each(files: Files, change: (text: string, path: string) => string): Files {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, change(text, path)]));
}

/** What changes a text and nothing that it says. */
const SAME: Readonly<Record<string, (files: Files) => Files>> = {
  "comments and blank lines on top of zones": (files) =>
    each(files, (text, path) => (isZone(path) ? `; ours\n\n${text}` : text)),
  "comments behind the records": (files) =>
    each(files, (text, path) => (isZone(path) ? text.replaceAll(/(MX|A) (\S+ ?\S+)$/gm, "$1 $2 ; a remark") : text)),
  CRLF: (files) => each(files, (text) => text.replaceAll("\n", "\r\n")),
  "another order of a zone's records": (files) =>
    each(files, (text, path) => {
      const lines = text.trimEnd().split("\n");
      return isZone(path) ? `${[...lines.slice(0, 4), ...lines.slice(4).toReversed()].join("\n")}\n` : text;
    }),
  "upper case in host names": (files) =>
    each(files, (text, path) =>
      isZone(path)
        ? text.replaceAll(/^([a-z0-9]+)(?= )| (mx1|mx\.fabrikam\.net\.)$/gm, (name) => name.toUpperCase())
        : text.replaceAll(/(?<=^mx: )\S+$/gm, (name) => name.toUpperCase()),
    ),
  "trailing blanks": (files) => each(files, (text) => text.replaceAll(/(\S)$/gm, "$1  ")),
  "folders moved": (files) => Object.fromEntries(Object.entries(files).map(([path, text]) => [`dns/${path}`, text])),
};

const isVisible = (finding: { status: string }): boolean => finding.status !== "existing";

describe("a change that says nothing new", () => {
  it.each(Object.entries(SAME))("%s", (_, change) => {
    fc.assert(
      fc.property(files, (base) => {
        const { findings } = review(snapshot(base, change(base)), DEFAULT_CONFIG);
        expect(findings.filter(isVisible).map(({ rule, status, message }) => `${status} ${rule}: ${message}`)).toEqual(
          [],
        );
      }),
    );
  });
});

it("judges any change, with different fingerprints, and its fixes apply", () => {
  fc.assert(
    fc.property(fc.option(files, { nil: undefined }), files, (base, head) => {
      const change = snapshot(base, head);
      const { findings } = review(change, DEFAULT_CONFIG);
      const prints = findings.map(({ fingerprint }) => fingerprint);
      expect(new Set(prints).size).toBe(prints.length);
      for (const { fix } of findings) {
        if (!fix) continue;
        const fixed = applyFixes(change, [fix]);
        expect(fixed).toBeDefined();
        if (fixed)
          expect(review(fixed, DEFAULT_CONFIG).findings.filter(({ status }) => status !== "fixed").length).toBeLessThan(
            findings.filter(({ status }) => status !== "fixed").length,
          );
      }
    }),
    { numRuns: process.env["COVERAGE"] ? 5 : 50 },
  );
});

it("gives a finding the same fingerprint wherever its line stands", () => {
  fc.assert(
    fc.property(files, (head) => {
      const prints = (state: Files): readonly string[] =>
        review(snapshot(undefined, state), DEFAULT_CONFIG)
          .findings.map(({ fingerprint }) => fingerprint)
          .toSorted();
      const lower = each(head, (text, path) => (isZone(path) ? `; ours\n\n; more\n${text}` : text));
      expect(prints(lower)).toEqual(prints(head));
    }),
  );
});
