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
    severity,
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
  "policy-field": [{ about: ["mode"] }, { about: ["mode"] }],
  "policy-syntax": [{ about: ["line 3"] }, {}],
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

it("speaks of another line, field or host on its own", () => {
  const others: readonly (readonly [Finding, Finding])[] = [
    [finding("policy-field", { about: ["mode"] }), finding("policy-max-age", { about: ["max_age"] })],
    [finding("policy-syntax", { about: ["line 3"] }), finding("policy-mode", { at: at("mta-sts.txt", 4) })],
    [finding("policy-mx-syntax", { about: ["mx1.example.com"] }), finding("mx-not-covered", { about: ["mx2.example.com."] })],
  ];
  for (const [winner, loser] of others) expect(withoutReplaced([winner, loser])).toEqual([winner, loser]);
});
