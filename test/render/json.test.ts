import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { conclude } from "../../src/model/conclusion.ts";
import { json } from "../../src/render/json.ts";
import { review } from "../../src/review.ts";
import { RULES } from "../../src/rules/index.ts";
import { caseSnapshot } from "../caseSnapshot.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { type Story, configFor, snapshotOf } from "../snapshotOf.ts";

const CASES = fileURLToPath(new URL("../cases/", import.meta.url));

const count = z.int().nonnegative();
const position = z.int().positive();
const place = { line: position, column: position, endLine: position, endColumn: position };
const path = z.string().regex(/^[^/]/);
const side = z.enum(["head", "base"]);
/** Lower case, without the final dot. */
const host = z.string().regex(/^[^A-Z\s]*[^A-Z\s.]$/);
const moment = z.iso.datetime();

const State = z.strictObject({
  mode: z.enum(["testing", "enforce", "none"]).nullable(),
  id: z.string().nullable(),
  maxAge: count.nullable(),
  policyMx: z.array(host),
  mx: z.array(host),
  tlsrpt: z.array(z.string()),
});

const Finding = z.strictObject({
  rule: z.enum(Object.keys(RULES)),
  severity: z.enum(["error", "warning", "notice"]),
  status: z.enum(["new", "existing", "fixed"]),
  domain: host.nullable(),
  message: z.string().min(1),
  path,
  side,
  ...place,
  related: z.array(z.strictObject({ path, side, ...place, message: z.string().min(1) })).nullish(),
  fix: z
    .strictObject({
      title: z.string().min(1),
      edits: z.array(z.strictObject({ path, ...place, newText: z.string() })).min(1),
    })
    .nullish(),
  reference: z.string().min(1),
  url: z.url(),
  fingerprint: z.string().min(1),
});

/** What the documentation promises of `--format json`, schema 1. */
const Document = z.strictObject({
  schema: z.literal(1),
  base: z.string().nullable(),
  head: z.string(),
  conclusion: z.enum(["success", "failure", "incomplete"]),
  counts: z.strictObject({ error: count, warning: count, notice: count, existing: count, fixed: count }),
  findings: z.array(Finding),
  ignored: z.array(
    Finding.extend({
      by: z.strictObject({ path, line: position, until: z.iso.date().nullable(), reason: z.string().min(1) }),
    }),
  ),
  domains: z.array(
    z.strictObject({
      domain: host.nullable(),
      zone: path.nullable(),
      policy: path.nullable(),
      pairedBy: z.enum([
        "configuration",
        "path",
        "server",
        "cname-file",
        "only-record",
        "shared",
        "mx",
        "repository-name",
        "none",
      ]),
      base: State.nullable(),
      head: State.nullable(),
      rollout: z
        .strictObject({
          phase: z.enum(["absent", "testing", "enforce", "none"]),
          since: moment,
          earliestEnforce: moment.nullable(),
          earliestRemoval: moment.nullable(),
        })
        .nullish(),
    }),
  ),
  records: z.array(
    z.strictObject({
      zone: path,
      added: count,
      removed: count,
      changed: count,
      serial: z.enum(["raised", "unchanged", "lowered", "managed"]),
    }),
  ),
  skipped: z.array(z.strictObject({ path, line: position, format: z.string().nullable(), reason: z.string().min(1) })),
});

type Parsed = z.infer<typeof Document>;

function documentOf(snapshot: ReturnType<typeof snapshotOf>, rule = ""): Parsed {
  const result = review(snapshot, configFor(rule, snapshot));
  const conclusion = conclude(result.findings, { failOn: "error", all: false });
  const base = snapshot.base ? "0".repeat(40) : null;
  return Document.parse(JSON.parse(json(result, { base, head: "worktree" }, conclusion)));
}

const document = (story: Story): Parsed => documentOf(snapshotOf(story));

describe.each(readdirSync(CASES))("the cases of %s", (rule) => {
  it.each(readdirSync(`${CASES}${rule}`))("%s prints what the schema promises", (name) => {
    const snapshot = caseSnapshot(`${CASES}${rule}/${name}`);
    const { findings, counts, domains, conclusion, records } = documentOf(snapshot, rule);
    const fresh = findings.filter((finding) => finding.status === "new");
    expect(counts).toEqual({
      error: fresh.filter((finding) => finding.severity === "error").length,
      warning: fresh.filter((finding) => finding.severity === "warning").length,
      notice: fresh.filter((finding) => finding.severity === "notice").length,
      existing: findings.filter((finding) => finding.status === "existing").length,
      fixed: findings.filter((finding) => finding.status === "fixed").length,
    });
    if (conclusion !== "incomplete") expect(conclusion).toBe(counts.error > 0 ? "failure" : "success");
    expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(findings.length);
    for (const finding of findings) {
      expect(finding.side === "base" && finding.status === "new" && snapshot.base === undefined).toBe(false);
      for (const at of [finding, ...(finding.related ?? []), ...(finding.fix?.edits ?? [])])
        expect(at.endLine > at.line || at.endColumn >= at.column).toBe(true);
    }
    for (const domain of domains) expect(domain.base ?? domain.head).not.toBe(null);
    if (!snapshot.base) {
      expect(records).toEqual([]);
      expect(domains.every((domain) => domain.base === null)).toBe(true);
    }
  });
});

it("tells a domain on both sides", () => {
  const { domains, base, head } = document({
    base: { [ZONE]: zone(), [POLICY]: policy() },
    head: {
      [ZONE]: zone({ id: "2", serial: 2026010102, mx: ["10 MX1", "20 mx1"] }),
      [POLICY]: policy({ mode: "enforce", mx: ["*.Nordwind.DE"] }),
    },
  });
  expect({ base: base?.length, head }).toEqual({ base: 40, head: "worktree" });
  const before = {
    mode: "testing",
    id: "1",
    maxAge: 604800,
    policyMx: ["mx1.nordwind.de"],
    mx: ["mx1.nordwind.de"],
    tlsrpt: ["mailto:tls@nordwind.de"],
  };
  expect(domains).toEqual([
    {
      domain: "nordwind.de",
      zone: ZONE,
      policy: POLICY,
      pairedBy: "path",
      base: before,
      head: { ...before, mode: "enforce", id: "2", policyMx: ["*.nordwind.de"] },
      rollout: null,
    },
  ]);
});

it("tells a domain that comes, one that goes, and one that has no zone here", () => {
  const only = { [POLICY]: policy() };
  expect(document({ base: {}, head: only }).domains).toMatchObject([
    { domain: "nordwind.de", zone: null, policy: POLICY, base: null, head: { mode: "testing", id: null, mx: [] } },
  ]);
  expect(document({ base: only, head: {} }).domains).toMatchObject([
    { domain: "nordwind.de", policy: POLICY, base: { mode: "testing" }, head: null },
  ]);
});

it("tells views of one zone apart by their paths", () => {
  const { domains } = document({ head: { "internal/nordwind.de.zone": zone(), "external/nordwind.de.zone": zone() } });
  expect(domains.map((domain) => [domain.domain, domain.zone])).toEqual([
    ["nordwind.de", "external/nordwind.de.zone"],
    ["nordwind.de", "internal/nordwind.de.zone"],
  ]);
});

describe("the difference of a zone's records", () => {
  const SERIAL = 2026010101;
  const between = (base: string | undefined, head: string | undefined) =>
    document({ base: base === undefined ? {} : { [ZONE]: base }, head: head === undefined ? {} : { [ZONE]: head } })
      .records;

  it.each([
    [
      "another id",
      zone(),
      zone({ id: "2", serial: SERIAL + 1 }),
      { added: 0, removed: 0, changed: 1, serial: "raised" },
    ],
    [
      "a host more",
      zone(),
      zone({ mx: ["10 mx1", "20 mx2"] }),
      { added: 1, removed: 0, changed: 0, serial: "unchanged" },
    ],
    [
      "one host becomes three",
      zone(),
      zone({ mx: ["10 a", "10 b", "10 c"], serial: SERIAL - 1 }),
      { added: 2, removed: 0, changed: 1, serial: "lowered" },
    ],
    [
      "three hosts become one",
      zone({ mx: ["10 a", "10 b", "10 c"] }),
      zone(),
      { added: 0, removed: 2, changed: 1, serial: "unchanged" },
    ],
    [
      "another TTL",
      zone({ more: "www 300 A 203.0.113.1\n" }),
      zone({ more: "www 600 A 203.0.113.1\n" }),
      { added: 0, removed: 0, changed: 1, serial: "unchanged" },
    ],
    [
      "another spelling",
      zone({ more: "www 3600 A 203.0.113.1\n" }),
      zone({ more: "WWW 1h IN A 203.0.113.1 ; web\n" }),
      { added: 0, removed: 0, changed: 0, serial: "unchanged" },
    ],
    [
      "a serial that a tool sets",
      zone({ serial: 1 }),
      zone({ serial: 1, id: "2" }),
      { added: 0, removed: 0, changed: 1, serial: "managed" },
    ],
    ["a new zone", undefined, zone(), { added: 8, removed: 0, changed: 0, serial: "raised" }],
    ["a zone that goes", zone(), undefined, { added: 0, removed: 8, changed: 0, serial: "managed" }],
  ])("%s", (_, base, head, told) => {
    expect(between(base, head)).toEqual([{ zone: ZONE, ...told }]);
  });

  it("leaves out a zone that the change does not touch", () => {
    const other = { "zones/example.com.zone": zone().replaceAll("nordwind.de", "example.com") };
    const { records } = document({ base: { ...other, [ZONE]: zone() }, head: { ...other, [ZONE]: zone({ id: "2" }) } });
    expect(records.map((record) => record.zone)).toEqual([ZONE]);
  });
});

it("names what looked like MTA-STS and was not read, each file once", () => {
  const line = 'resource "x" "y" { value = "v=STSv1; id=1" }\n';
  const { skipped } = document({ head: { "main.tf": `# DNS\n${line}${line}` } });
  expect(skipped).toMatchObject([{ path: "main.tf", line: 2, format: "terraform" }]);
});
