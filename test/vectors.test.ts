import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { matches } from "../src/model/policy.ts";
import type { Policy } from "../src/model/policy.ts";
import { nameOf } from "../src/model/name.ts";
import { Source } from "../src/model/source.ts";
import type { RecordProblem } from "../src/model/stsRecord.ts";
import type { ZoneRecord } from "../src/model/zone.ts";
import { parsePolicy } from "../src/parse/parsePolicy.ts";
import { parseStsRecord } from "../src/parse/parseStsRecord.ts";
import { parseTlsrptRecord } from "../src/parse/parseTlsrptRecord.ts";
import { txtRecord } from "./parse/txtRecord.ts";

const vectors = new URL("../../shared/vectors/", import.meta.url);
const present = existsSync(vectors);

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
    // Undetermined ones (max_age over the limit, an mx value outside its production at mode none) are for the rules to judge.
    expect(isValid(policy)).toBe(rfc.valid);
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
