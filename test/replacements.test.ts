import { describe, expect, it } from "vitest";
import type { Finding } from "../src/model/finding.ts";
import type { Span } from "../src/model/span.ts";
import { RULES, type RuleId } from "../src/rules/index.ts";
import { REPLACEMENTS, withoutReplaced } from "../src/rules/replacements.ts";

const at = (path: string, line: number): Span => ({
  side: "head",
  path,
  start: { line, column: 1, offset: 0 },
  end: { line, column: 2, offset: 1 },
});

function finding(rule: RuleId, more: Partial<Finding> = {}): Finding {
  const { severity } = RULES[rule];
  return {
    rule,
    severity: severity === "off" ? "notice" : severity,
    domain: "example.com.",
    at: at("mta-sts.txt", 3),
    message: "",
    values: [],
    status: "new",
    reference: "",
    fingerprint: `${rule} ${more.domain}`,
    ...more,
  };
}

/** What the two findings of each pair are about, so that both speak of one fault. */
const ABOUT: Readonly<Record<string, readonly [Partial<Finding>, Partial<Finding>]>> = {
  "record-misnamed": [{ about: ["_mta-sts.example.com."] }, {}],
  "policy-field": [{ about: ["mail.example.com"] }, { about: ["mail.example.com."] }],
  "policy-wrong-domain": [{ about: ["mail.example.com."] }, {}],
  "policy-placeholder": [{ about: ["PRIMARY_HOSTNAME"] }, {}],
  "mx-not-covered": [{ about: ["mail.example.com."] }, { about: ["mail.example.com."] }],
  "mx-target": [{ about: ["mail.example.com."] }, { about: ["mail.example.com."] }],
  "record-cname": [{ about: ["mail.example.com."] }, { about: ["mail.example.com."] }],
  "host-address": [{ about: ["mail.example.com."] }, { about: ["mail.example.com."] }],
  "mx-provider-trap": [{ about: ["mail.example.com."] }, { about: ["mail.example.com."] }],
  "testing-blind": [{ about: ["_smtp._tls.example.com."] }, {}],
  "tlsrpt-rua": [{ about: ["c@d.de"] }, { about: ["c@d.de"] }],
  "policy-mx-syntax": [{ about: ["*.example.com"] }, { about: ["mail.example.com."] }],
};

const pairs = REPLACEMENTS.flatMap(({ by, rules }) => rules.map((rule) => [by, rule] as const));

describe.each(pairs)("%s replaces %s", (by, rule) => {
  const [winning, losing] = ABOUT[by] ?? [{}, {}];
  const winner = finding(by, winning);

  it("for the same thing", () => {
    const loser = finding(rule, losing);
    expect(withoutReplaced([loser, winner])).toEqual([winner]);
    expect(withoutReplaced([loser])).toEqual([loser]);
  });

  it("not for another domain", () => {
    const loser = finding(rule, { ...losing, domain: "example.org." });
    expect(withoutReplaced([loser, winner])).toEqual([loser, winner]);
  });

  it("in a policy that serves several domains", () => {
    const shared = finding(by, { ...winning, domain: null });
    const loser = finding(rule, losing);
    expect(withoutReplaced([loser, shared])).toEqual([shared]);
    const elsewhere = finding(by, { ...winning, domain: null, at: at("other/mta-sts.txt", 3) });
    expect(withoutReplaced([loser, elsewhere])).toEqual([loser, elsewhere]);
  });
});

it.each(["policy-mx-syntax", "policy-field"] as const)(
  "%s leaves the hosts that the mended line would not cover",
  (by) => {
    const both = [
      finding(by, { about: ["mx1.example.com"] }),
      finding("mx-not-covered", { about: ["mx2.example.com."] }),
    ];
    expect(withoutReplaced(both)).toEqual(both);
  },
);

it("policy-placeholder leaves what is wrong on other lines, and hosts where no mx line holds one", () => {
  const placeholder = finding("policy-placeholder", { about: [] });
  const others = [
    finding("policy-mode", { at: at("mta-sts.txt", 2) }),
    finding("mx-not-covered", { at: at("zone", 3) }),
  ];
  expect(withoutReplaced([placeholder, ...others])).toEqual([placeholder, ...others]);
});
