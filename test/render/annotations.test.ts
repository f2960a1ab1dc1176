import { expect, test } from "vitest";
import type { Finding, Severity } from "../../src/model/finding.ts";
import { Source } from "../../src/model/source.ts";
import { annotations } from "../../src/render/annotations.ts";

const OPTIONS = { all: false, rest: "the job summary" };

function finding(severity: Severity, more: Partial<Finding> = {}): Finding {
  const at = new Source("head", "a.zone", Buffer.from("one\ntwo\n")).span(4, 7);
  const rest = {
    rule: "zone-serial",
    reference: "RFC 1034 §4.3.5",
    domain: null,
    status: "new",
    fingerprint: "",
  } as const;
  return { at, message: "50%: a", severity, values: [], ...rest, ...more };
}

const lines = (...findings: readonly Finding[]): readonly string[] =>
  annotations(findings, OPTIONS).trimEnd().split("\n");

test("a place, escaped as the runner reads it", () => {
  expect(lines(finding("error"))).toEqual([
    "::error file=a.zone,line=2,endLine=2,col=1,endColumn=4,title=zone-serial (RFC 1034 §4.3.5)::50%25: a",
  ]);
});

test("no more than GitHub shows, errors first, and how many are left out", () => {
  const many = (["notice", "warning", "error"] as const).flatMap((severity) =>
    Array.from({ length: 12 }, () => finding(severity)),
  );
  const shown = lines(...many);
  const kinds = shown.map((line) => /^::(\w+)/.exec(line)?.[1]);
  expect(kinds).toEqual([...Array(10).fill("error"), ...Array(10).fill("warning"), ...Array(10).fill("notice")]);
  expect(shown.at(-1)).toBe(
    "::notice title=mta-sts-guard::Not shown here: 2 more errors, 2 more warnings, 3 more notices. They stand in the job summary.",
  );
  const ten = Array.from({ length: 10 }, () => finding("notice"));
  expect(lines(...ten)).toHaveLength(10);
  expect(lines(...ten).at(-1)).toContain("50%25");
});

test.each(["x::y.zone", "x##[error].zone", "x\ny.zone", "x\u202Ey.zone", "x\uDC80.zone"])(
  "%o is told in words only",
  (path) => {
    const at = new Source("head", path, Buffer.from("one\n")).span(0, 3);
    const [line = ""] = lines(finding("error", { at }));
    expect(line).toMatch(/^::error title=/);
    expect(line).not.toMatch(/##\[|[\n\u202E]/);
    expect(line).toMatch(/%0A\S+:1$/);
  },
);

test("a deleted line has no place at head: the related one, or words", () => {
  const at = new Source("base", "gone.zone", Buffer.from("one\n")).span(0, 3);
  expect(lines(finding("error", { at }))[0]).toMatch(/^::error title=.*%0Agone\.zone:1 of the base$/);
  const related = [{ message: "", at: finding("error").at }];
  expect(lines(finding("error", { at, related }))[0]).toMatch(/^::error file=a\.zone,line=2/);
});
