import * as fc from "fast-check";
import { expect, it } from "vitest";
import { applyFixes } from "../../src/discover/applyFixes.ts";
import { DEFAULT_CONFIG } from "../../src/model/config.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { type Zone, recordsAt } from "../../src/model/zone.ts";
import { review } from "../../src/review.ts";
import { snapshotOf } from "../snapshotOf.ts";

const FILE = "nordwind.de.zone";
const ZONE =
  "$ORIGIN nordwind.de.\n$TTL 1h\n@ SOA ns h 2026010101 1h 1h 1h 1h\n@ NS ns\n@ MX 10 ns\nns A 203.0.113.1\n";
const RAISED = ZONE.replace("2026010101", "2026060101");

function snapshot(records: string): Snapshot {
  return snapshotOf({ head: { [FILE]: ZONE + records } });
}

function findings(of: Snapshot): readonly Finding[] {
  return review(of, DEFAULT_CONFIG).findings;
}

function speaking(records: string): readonly string[] {
  return findings(snapshot(records)).map(({ rule, severity }) => `${severity} ${rule}`);
}

/** What stands behind the zone's usual records once the first fix of a rule is applied; undefined where it offers none. */
function fixed(rule: string, records: string): string | undefined {
  const before = snapshot(records);
  const found = findings(before).find((finding) => finding.rule === rule);
  expect(found, `${rule} speaks`).toBeDefined();
  const text = found?.fix && applyFixes(before, [found.fix])?.head.sources.get(FILE)?.text();
  if (text === undefined) return undefined;
  expect(text.startsWith(RAISED)).toBe(true);
  return text.slice(RAISED.length);
}

const TXT = "_smtp._tls TXT";

it.each([
  ["tlsrpt-syntax", `${TXT} "v=TSLRPTv1; rua=mailto:a@b.de"`, `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de"`],
  ["tlsrpt-syntax", `${TXT} "v=TLSRPTv1;" " RUA = mailto:a@b.de"`, `${TXT} "v=TLSRPTv1;" " rua=mailto:a@b.de"`],
  [
    "tlsrpt-syntax",
    `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de;" "; x=1"`,
    `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de;" " x=1"`,
  ],
  ["tlsrpt-syntax", `${TXT} "v=TLSRPTv1; p=none; rua=mailto:a@b.de"`, `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de"`],
  ["tlsrpt-syntax", `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de; fo=1;"`, `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de;"`],
  [
    "tlsrpt-syntax",
    `${TXT} v=TLSRPTv1; rua=https://b.de/?a=b , mailto:a@b.de; why`,
    `${TXT} "v=TLSRPTv1; rua=https://b.de/?a=b , mailto:a@b.de"; why`,
  ],
  ["tlsrpt-syntax", `${TXT} v=TLSRPTv1\\;RUA=mailto:a@b.de`, `${TXT} v=TLSRPTv1\\;rua=mailto:a@b.de`],
  // Outside of quotes the semicolon would begin a comment.
  ["tlsrpt-syntax", `${TXT} v=TLSRPTv1,rua=mailto:a@b.de`, undefined],
  ["tlsrpt-syntax", `${TXT} "v=TLSRPTv2; rua=mailto:a@b.de"`, undefined],
  ["tlsrpt-syntax", `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de; why"`, undefined],
  ["tlsrpt-syntax", `$GENERATE 1-1 ${TXT} "v=tlsrptv1; rua=mailto:a$@b.de"`, undefined],
  // What the comment swallowed is itself no address.
  ["tlsrpt-syntax", `${TXT} v=TLSRPTv1; rua=a@b.de`, undefined],
  ["tlsrpt-rua", `${TXT} "v=TLSRPTv1; rua=a@b.de"`, `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de"`],
  ["tlsrpt-rua", `${TXT} "v=TLSRPTv1; rua=mailto:a" "@b.de!10m"`, `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de"`],
  [
    "tlsrpt-rua",
    `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de ,, mailto:c@d.de"`,
    `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de, mailto:c@d.de"`,
  ],
  [
    "tlsrpt-rua",
    `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de ; c@d.de; x=1"`,
    `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de,mailto:c@d.de; x=1"`,
  ],
  [
    "tlsrpt-rua",
    `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de;" "rua=mailto:c@d.de"`,
    `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de,mailto:c@d.de"`,
  ],
  [
    "tlsrpt-rua",
    `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de,mailto:A@B.de,mailto:c@d.de"`,
    `${TXT} "v=TLSRPTv1; rua=mailto:a@b.de,mailto:c@d.de"`,
  ],
  ["tlsrpt-rua", `${TXT} "v=TLSRPTv1; rua=https://b.de/\\097!"`, `${TXT} "v=TLSRPTv1; rua=https://b.de/a%21"`],
  ["tlsrpt-rua", `${TXT} "v=TLSRPTv1; rua=mailto:a@yourdomain.de"`, undefined],
  ["tlsrpt-rua", `${TXT} "v=TLSRPTv1; rua=mailto:a@b"`, undefined],
  ["tlsrpt-rua", `${TXT} "v=TLSRPTv1; x=1"`, undefined],
  [
    "tlsrpt-misnamed",
    '_TLS 60 IN TXT "v=TLSRPTv1; rua=mailto:a@b.de"',
    '_smtp._tls 60 IN TXT "v=TLSRPTv1; rua=mailto:a@b.de"',
  ],
  [
    "tlsrpt-misnamed",
    `${TXT.replace(" ", ".nordwind.de ")} "v=TLSRPTv1; rua=mailto:a@b.de"`,
    `${TXT.replace(" ", ".nordwind.de. ")} "v=TLSRPTv1; rua=mailto:a@b.de"`,
  ],
  // Whoever inherits the owner would move along.
  ["tlsrpt-misnamed", '_tls TXT "v=TLSRPTv1; rua=mailto:a@b.de"\n TXT "x"', undefined],
  ["tlsrpt-misnamed", '$ORIGIN _tls.nordwind.de.\n@ TXT "v=TLSRPTv1; rua=mailto:a@b.de"', undefined],
] as const)("%s mends %j", (rule, record, mended) => {
  expect(fixed(rule, `${record}\n`)).toBe(mended && `${mended}\n`);
});

it("speaks once of one fault", () => {
  expect(speaking(`${TXT} v=TLSRPTv1; rua=mailto:a@b.de\n`)).toEqual(["error tlsrpt-syntax"]);
  expect(speaking(`${TXT} "v=TLSRPTv1; rua=mailto:a@b.de; mailto:c@d.de"\n`)).toEqual(["error tlsrpt-rua"]);
  expect(speaking(`${TXT} "v=TLSRPTv1; rua=a"\n${TXT} "v=TLSRPTv1; x"\n`)).toEqual(["error tlsrpt-multiple"]);
  expect(speaking(`${TXT} "v=tlsrptv1"\n${TXT} "v=TLSRPTv1; rua=mailto:a@b.de"\n`)).toEqual([]);
  expect(speaking(`_tls TXT "v=TLSRPTv1; rua=a"\n`)).toEqual(["error tlsrpt-misnamed"]);
});

const URIS = [
  "mailto:tls@nordwind.de",
  "https://reports.sued.de:8443/v1/in?a=b&c=%2C#d",
  "MAILTO:t.l+s%21@sued.de?subject=x",
];

/** A sound record, as its addresses and one field more. */
const sound = fc.record({
  uris: fc.uniqueArray(fc.constantFrom(...URIS), { minLength: 1, maxLength: 2 }),
  more: fc.constantFrom("", ";", "; x=1", ";y_z.0=a:b;"),
});

/** One fault each that leaves no doubt about what is meant. */
const FAULTS: Readonly<Record<string, (value: string) => string>> = {
  "letters swapped": (value) => value.replace("TLSRPT", "TSLRPT"),
  "lower case": (value) => value.replace("v=TLSRPTv1", "V = tlsrptv1"),
  "semicolon lost": (value) => value.replace("v=TLSRPTv1;", "v=TLSRPTv1"),
  "semicolon twice": (value) => value.replace(";", ";;"),
  "blank before semicolon": (value) => value.replace(";", "\t;"),
  "colon for equals sign": (value) => value.replace("rua=", "rua: "),
  capitals: (value) => value.replace("rua=", "Rua ="),
  "tag of DMARC": (value) => value.replace(" rua=", " pct=100; rua="),
  "no scheme": (value) => value.replace("mailto:tls@", "tls@"),
  slashes: (value) => value.replace("mailto:", "mailto://"),
  size: (value) => value.replace("tls@nordwind.de", "tls@nordwind.de!25m"),
  "exclamation mark": (value) => value.replace("%21", "!"),
  "semicolon between": (value) => value.replace(",", ";"),
  "blanks between": (value) => value.replace(",", "  "),
  "two lists": (value) => value.replace(",", "; rua="),
  "nothing between": (value) => value.replace(",", ", ,"),
};

/** Ways to write a value into a zone file. */
const STYLES: Readonly<Record<string, (value: string, at: number) => string>> = {
  quoted: (value) => `"${value}"`,
  "two strings": (value, at) => `"${value.slice(0, at)}" "${value.slice(at)}"`,
  lines: (value, at) => `( ; reports\n\t"${value.slice(0, at)}"\n\t"${value.slice(at)}" )`,
  escapes: (value, at) =>
    `"${value.slice(0, at)}${value.slice(at).replace(/[a-z@;,]/, (char) => `\\${String(char.charCodeAt(0)).padStart(3, "0")}`)}"`,
};

function recordOf(of: Snapshot): readonly (string | undefined)[] {
  const zone = review(of, DEFAULT_CONFIG).sides.head.zones[0] as Zone;
  return recordsAt(zone, "_smtp._tls.nordwind.de.", "TXT").map(({ txt }) => txt?.value);
}

/** What blanks around `;` and `,` there are says nothing. */
function plain(value: string | undefined): string | undefined {
  return value?.replace(/[ \t]*([;,])[ \t]*/g, "$1");
}

it("mends one fault in any record, however it is written, and touches nothing else", () => {
  const written = fc.record({
    fault: fc.constantFrom(...Object.keys(FAULTS)),
    style: fc.constantFrom(...Object.keys(STYLES)),
    owner: fc.constantFrom("_smtp._tls", "_SMTP._tls.nordwind.de.", "_smtp._tls 300 IN"),
    at: fc.nat({ max: 120 }),
    crlf: fc.boolean(),
  });
  const tried = new Set<string>();
  fc.assert(
    fc.property(sound, written, ({ uris, more }, { fault, style, owner, at, crlf }) => {
      const meant = `v=TLSRPTv1; rua=${uris.join(",")}${more}`;
      const value = FAULTS[fault]?.(meant) ?? "";
      if (value === meant) return;
      tried.add(fault);
      const record = `${owner} TXT ${STYLES[style]?.(value, Math.min(at, value.length))}\nwww A 203.0.113.80\n`;
      const before = snapshot(crlf ? record.replaceAll("\n", "\r\n") : record);
      const [finding, ...others] = findings(before);
      expect(others).toEqual([]);
      const after = finding?.fix && applyFixes(before, [finding.fix]);
      if (!after) throw new Error(`no fix for ${value}`);
      expect(findings(after)).toEqual([]);
      expect(recordOf(after).map(plain)).toEqual([plain(meant)]);
      const text = after.head.sources.get(FILE)?.text() ?? "";
      expect(text.startsWith(RAISED + owner)).toBe(true);
      expect(text.endsWith(crlf ? "\r\nwww A 203.0.113.80\r\n" : "\nwww A 203.0.113.80\n")).toBe(true);
    }),
    { numRuns: 400 },
  );
  expect(tried.size).toBe(Object.keys(FAULTS).length);
});
