import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { policyAlone } from "../src/model/policyAlone.ts";
import { matches } from "../src/model/policy.ts";
import type { Policy } from "../src/model/policy.ts";
import { nameOf } from "../src/model/name.ts";
import { Source } from "../src/model/source.ts";
import type { RecordProblem } from "../src/model/stsRecord.ts";
import type { ZoneRecord } from "../src/model/zone.ts";
import { parsePolicy } from "../src/parse/policy/parsePolicy.ts";
import { parseStsRecord } from "../src/parse/record/parseStsRecord.ts";
import { parseTlsrptRecord } from "../src/parse/record/parseTlsrptRecord.ts";
import type { Rule } from "../src/model/rule.ts";
import type { Finding } from "../src/model/finding.ts";
import { RULES } from "../src/rules/index.ts";
import { withoutReplaced } from "../src/rules/replacements.ts";
import { txtRecord } from "./parse/txtRecord.ts";

const vectors = new URL("../../shared/vectors/", import.meta.url);
const realPolicies = new URL("../../shared/real-policies/", import.meta.url);
const present = existsSync(vectors) && existsSync(realPolicies);

interface Case {
  readonly id: string;
  readonly input: { txt_records: string[][]; policy: string; patterns: string[]; host: string };
  readonly rfc: {
    valid: boolean;
    match: boolean;
    undetermined?: boolean;
    policy_id?: string;
    rua?: string[];
    mode?: string;
    max_age?: number;
    mx?: string[];
    note?: string;
  };
}

function cases(file: string): readonly Case[] {
  return present ? (JSON.parse(readFileSync(new URL(file, vectors), "utf8")) as Case[]) : [];
}

function sound({ problems }: { problems: readonly RecordProblem[] }): boolean {
  return problems.every((problem) => problem.severity === "warning");
}

/** The one record that RFC 8461 §3.1 and RFC 8460 §3 leave after discarding, or the one that only erratum 6285 discards. */
function theOne<T extends { counts: boolean; problems: readonly RecordProblem[] }>(
  input: string[][],
  parse: (record: ZoneRecord) => T | undefined,
): T | undefined {
  const read = input.map((strings) => parse(txtRecord(...strings))).filter((record) => record !== undefined);
  const counting = read.filter((record) => record.counts);
  const left = counting.length > 0 ? counting : read;
  const [only] = left;
  return left.length === 1 && only && sound(only) ? only : undefined;
}

function isValid(policy: Policy): boolean {
  const complete = policy.version !== undefined && policy.mode !== undefined && policy.maxAge !== undefined;
  return complete && policy.problems.length === 0 && (policy.mode.value === "none" || policy.mx.length > 0);
}

describe.skipIf(!present)("the shared vectors", () => {
  it.each(cases("sts-txt.json"))("$id is read as RFC 8461 §3.1 has it", ({ input, rfc }) => {
    const record = theOne(input.txt_records, parseStsRecord);
    // `v=STSv1 ;` is the one undetermined case: the rules call it a warning, so the record is read.
    expect(record !== undefined).toBe(rfc.undetermined ? true : rfc.valid);
    if (rfc.valid) expect(record?.id?.value).toBe(rfc.policy_id);
  });

  it.each(cases("tlsrpt-txt.json"))("$id is read as RFC 8460 §3 has it", ({ input, rfc }) => {
    const record = theOne(input.txt_records, parseTlsrptRecord);
    if (rfc.undetermined) return expect(record !== undefined).toBe(decided(rfc.note ?? ""));
    expect(record !== undefined).toBe(rfc.valid);
    if (rfc.valid) expect(record?.rua.map((uri) => uri.value)).toEqual(rfc.rua);
  });

  it.each(cases("sts-policy.json"))("$id is read as RFC 8461 §3.2 has it", ({ input, rfc }) => {
    const policy = parsePolicy(new Source("head", "mta-sts.txt", new TextEncoder().encode(input.policy)));
    // Undetermined are a max_age over the limit, which two senders reject, and an mx value outside its production at mode
    // none, which mox rejects: the text can be read, and a rule calls it an error.
    expect(isValid(policy)).toBe(rfc.valid);
    expect(errors(policy).length > 0).toBe(!rfc.valid || rfc.undetermined === true || hasUnequalTwins(policy));
    if (!rfc.valid) return;
    expect(policy.mode?.value).toBe(rfc.mode);
    expect(policy.maxAge?.value).toBe(rfc.max_age);
    expect(policy.mx.map((mx) => mx.value)).toEqual([...new Set(rfc.mx?.map((mx) => mx.toLowerCase()))]);
  });

  it.each(cases("sts-mx-match.json"))("$id matches as RFC 8461 §4.1 has it", ({ input, rfc }) => {
    expect(input.patterns.some((pattern) => matches(pattern, nameOf(input.host)))).toBe(rfc.match);
  });
});

/** RFC 8460 has no rule for two `rua` fields, so both are read; a scheme or an address that no report can reach is an error. */
function decided(note: string): boolean {
  return note.startsWith("two rua fields");
}

/** What the rules about a policy alone say of it. */
function verdicts(policy: Policy): readonly Finding[] {
  const change = policyAlone(policy);
  return withoutReplaced(
    (Object.entries(RULES) as [string, Rule][]).flatMap(([id, rule]) => {
      const { severity } = rule;
      if (severity === "off") return [];
      return [...(rule.policy?.(change) ?? [])].map((report): Finding => {
        return { severity, ...report, rule: id, domain: null, status: "new", reference: "", fingerprint: "" };
      });
    }),
  );
}

function errors(policy: Policy): readonly unknown[] {
  return verdicts(policy).filter(({ severity }) => severity === "error");
}

/** By the RFC the first of two different values counts, so the policy is valid; senders disagree, so a rule calls it an error. */
function hasUnequalTwins({ fields }: Policy): boolean {
  return ["version", "mode", "max_age"].some((name) => {
    const twins = fields.filter((field) => field.name.value === name);
    return new Set(twins.map((field) => field.value.value)).size > 1;
  });
}

interface RealPolicy {
  readonly file: string;
  readonly problems: readonly string[];
  readonly silent?: readonly string[];
}

/** Which rule says what the list of real policies calls a problem; the rest needs more than the policy itself. */
const RULE_FOR: Readonly<Record<string, string>> = {
  "leading whitespace": "policy-syntax",
  "line is not key: value": "policy-syntax",
  // Its unknown keys have no value, which no extension field may lack.
  "unknown key": "policy-syntax",
  "invalid or missing mode": "policy-mode",
  "missing max_age": "policy-max-age",
  "max_age not a number": "policy-max-age",
  "mx trailing dot": "policy-mx-syntax",
  "mx cannot match any MX of that provider": "mx-provider-trap",
  "wildcard does not cover aspmx.l.google.com": "mx-provider-trap",
  "duplicate mx": "policy-duplicate",
  "duplicate mode": "policy-duplicate",
  "duplicate max_age": "policy-duplicate",
  "placeholder mx": "policy-placeholder",
};

/**
 * Overruled: these end in two line ends, which the list does not count as a problem. RFC 8461 §3.2 has at most one
 * `sts-policy-term` after the last field, and three of six senders' parsers reject the file.
 */
const TWO_FINAL_LINE_ENDS = new Set(["048.txt", "065.txt", "101.txt", "147.txt"]);

/** `mode: MODE` and `mx: BOX_HOSTNAME` were never filled in, which says it all. */
const PLACEHOLDER_MODE = new Set(["172.txt", "174.txt", "175.txt"]);

const real = present ? (JSON.parse(readFileSync(new URL("index.json", realPolicies), "utf8")) as RealPolicy[]) : [];

describe.skipIf(!present)("the real policies", () => {
  it.each(real)("$file: $problems", ({ file, problems, silent = [] }) => {
    const policy = parsePolicy(new Source("head", file, readFileSync(new URL(file, realPolicies))));
    const expected = new Set(
      problems.filter((problem) => !silent.includes(problem)).flatMap((problem) => RULE_FOR[problem] ?? []),
    );
    if (TWO_FINAL_LINE_ENDS.has(file)) expected.add("policy-syntax");
    if (PLACEHOLDER_MODE.has(file) && expected.delete("policy-mode")) expected.add("policy-placeholder");
    expect([...new Set(verdicts(policy).map(({ rule }) => rule))].toSorted()).toEqual([...expected].toSorted());
  });
});
