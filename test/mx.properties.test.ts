import fc from "fast-check";
import { expect, it } from "vitest";
import { DEFAULT_CONFIG } from "../src/model/config.ts";
import { applyFixes } from "../src/discover/applyFixes.ts";
import { fault } from "../src/model/finding.ts";
import { review } from "../src/review.ts";
import { type Files, snapshotOf } from "./snapshotOf.ts";

/** The rules about where mail and policies live. */
const OURS = ["mx-", "host-", "zone-cname", "zone-ttl"];

const owner = fc.constantFrom(
  "@",
  "mx1",
  "mx2",
  "mta-sts",
  "_mta-sts",
  "_smtp._tls",
  "*",
  "sub",
  "mx1.sub",
  "mta-sts.sub",
  "nordwind.de",
);
const target = fc.constantFrom(
  "mx1",
  "mx2",
  "mx1.sub",
  "a.b.nordwind.de",
  "nordwind.de",
  "aspmx.l.google.com",
  "mail.de",
  "192.0.2.1",
  ".",
  "nordwind-de.mail.protection.outlook.com.",
  "mx1.nordwind.de.",
  "route1.mx.cloudflare.net.",
  "mta-sts",
  "@",
);
const ttl = fc.constantFrom("", "", "", "60 ", "1h ");
const record = fc.oneof(
  fc.tuple(ttl, fc.constantFrom(0, 10), target).map(([time, rank, host]) => `@ ${time}MX ${rank} ${host}`),
  fc.tuple(owner, ttl, target).map(([name, time, host]) => `${name} ${time}CNAME ${host}`),
  fc.tuple(owner, fc.constantFrom("203.0.113.1", "10.0.0.1", "185.199.108.153")).map((both) => both.join(" A ")),
  fc.tuple(owner, fc.constantFrom("fe80::1", "2606:50c0:8000::153")).map((both) => both.join(" AAAA ")),
  fc
    .tuple(owner, fc.constantFrom('0 issue ";"', '0 issue "ca.net"', '0 issuewild ";"'))
    .map((both) => both.join(" CAA ")),
  fc.constantFrom("sub", "mta-sts", "de").map((name) => `${name} NS ns.fabrikam.net.`),
  owner.map((name) => `${name} ALIAS fabrikam.net.`),
  fc.constantFrom("sub DNAME fabrikam.net.", "sub NS ns1", "mx1 A 203.0.113.300", "$INCLUDE gone.inc", "$TTL 60"),
);
const zone = fc
  .tuple(fc.boolean(), fc.array(record, { maxLength: 9 }))
  .map(
    ([isPublished, records]) =>
      "$ORIGIN nordwind.de.\n$TTL 1h\n@ SOA ns1 h 2026010101 4h 1h 1w 300\n@ NS ns1\nns1 A 203.0.113.53\n" +
      `${isPublished ? '_mta-sts TXT "v=STSv1; id=1"\n' : ""}${records.map((line) => `${line}\n`).join("")}`,
  );
const pattern = fc.constantFrom(
  "mx1.nordwind.de",
  "*.nordwind.de",
  "*.de",
  "*.google.com",
  "smtp.gmail.com",
  "mail.protection.outlook.com",
  "*.mail.protection.outlook.com",
  "mx.cloudflare.net",
  "*.mx.cloudflare.net",
  "aspmx.l.google.com",
  "*.com",
);
const policy = fc
  .tuple(fc.constantFrom("enforce", "testing", "none"), fc.uniqueArray(pattern, { maxLength: 4 }))
  .map(
    ([mode, patterns]) =>
      `version: STSv1\nmode: ${mode}\n${patterns.map((value) => `mx: ${value}\n`).join("")}max_age: 604800\n`,
  );
const files: fc.Arbitrary<Files> = fc.record(
  {
    "external/nordwind.de.zone": zone,
    "internal/nordwind.de.zone": zone,
    "zones/sub.nordwind.de.zone": zone.map((text) => text.replace("$ORIGIN ", "$ORIGIN sub.")),
    "policies/nordwind.de/mta-sts.txt": policy,
    "policies/sub.nordwind.de/mta-sts.txt": policy,
  },
  { requiredKeys: ["external/nordwind.de.zone", "policies/nordwind.de/mta-sts.txt"] },
);

it("judges zones of any shape, and its fixes hold", () => {
  fc.assert(
    fc.property(files, (head) => {
      const snapshot = snapshotOf({ head });
      const { findings } = review(snapshot, DEFAULT_CONFIG);
      const faults = findings.map((finding) => fault(finding.fingerprint));
      for (const { rule, fix, fingerprint } of findings) {
        if (!fix || !OURS.some((prefix) => rule.startsWith(prefix))) continue;
        const fixed = applyFixes(snapshot, [fix]);
        expect(fixed, `${rule} applies`).toBeDefined();
        if (!fixed) continue;
        const left = review(fixed, DEFAULT_CONFIG).findings.filter(({ status }) => status !== "fixed");
        const told = left.map((finding) => fault(finding.fingerprint));
        const times = (all: readonly string[]): number => all.filter((one) => one === fault(fingerprint)).length;
        expect(times(told), `${rule} is cleared`).toBeLessThan(times(faults));
        expect(left.filter((finding) => !faults.includes(fault(finding.fingerprint)))).toEqual([]);
      }
    }),
    { numRuns: 25 },
  );
});

it("says nothing of domains without MTA-STS", () => {
  fc.assert(
    fc.property(
      zone.map((text) => text.replace(/^_mta-sts.*\n/gm, "")),
      (text) => {
        const { findings } = review(snapshotOf({ head: { "nordwind.de.zone": text } }), DEFAULT_CONFIG);
        expect(findings.filter(({ rule }) => OURS.some((prefix) => rule.startsWith(prefix)))).toEqual([]);
      },
    ),
  );
});
