import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StsRecord } from "../../src/model/stsRecord.ts";
import { parseStsRecord } from "../../src/parse/record/parseStsRecord.ts";
import { recordIn } from "./recordIn.ts";
import { txtRecord } from "./txtRecord.ts";
import { cpuTime } from "../cpuTime.ts";

function sts(...strings: readonly string[]): StsRecord | undefined {
  return parseStsRecord(txtRecord(...strings));
}

/** The faults of a record, and what the value becomes when a fault's replacement is put in. */
function faults(value: string): readonly (readonly [string, string | undefined])[] {
  return (sts(value)?.problems ?? []).map(({ fault, replacement, span }) => {
    const octets = new TextEncoder().encode(value);
    const text = (from: number, to: number): string => new TextDecoder().decode(octets.subarray(from, to));
    const mended =
      replacement === undefined
        ? undefined
        : text(0, span.start.offset) + replacement + text(span.end.offset, octets.length);
    return [fault, mended];
  });
}

describe("a record that RFC 8461 §3.1 allows", () => {
  it.each([
    ["v=STSv1; id=20160831085700Z;", "20160831085700Z"],
    ["v=STSv1;id=x", "x"],
    ["v=STSv1;\t id=a \t; \t", "a"],
    ["v=STSv1; ext.1-_=!~:<; id=a", "a"],
    ["v=STSv1; id=a; v=STSv1", "a"],
    [`v=STSv1; id=${"9".repeat(32)}; ${"n".repeat(32)}=1`, "9".repeat(32)],
  ])("%s", (value, id) => {
    expect(sts(value)).toMatchObject({ counts: true, id: { value: id }, problems: [] });
  });

  it("may be spread over strings", () => {
    expect(sts("v=ST", "Sv1; id=20", "26")).toMatchObject({ counts: true, id: { value: "2026" }, problems: [] });
  });
});

describe("a record that it does not allow", () => {
  it.each([
    ["v=STSv1", "id-missing", undefined],
    ["v=STSv1; ext=1", "id-missing", undefined],
    ["v=STSv1; id=", "id-empty", undefined],
    ["v=STSv1; id=2026-06-01", "id-characters", "v=STSv1; id=20260601"],
    ['v=STSv1; id="a"', "id-characters", "v=STSv1; id=a"],
    ["v=STSv1; id=“a”", "id-characters", "v=STSv1; id=a"],
    ["v=STSv1; id=---", "id-characters", undefined],
    [`v=STSv1; id=${"a".repeat(33)}`, "id-length", undefined],
    ["v=STSv1; ID=a", "id-spelling", "v=STSv1; id=a"],
    ["v=STSv1; id = a", "id-spelling", "v=STSv1; id=a"],
    ["v=STSv1; id=a ext=1", "semicolon", "v=STSv1; id=a; ext=1"],
    ["v=STSv1 id=a", "semicolon", "v=STSv1; id=a"],
    ["v=STSv1, id=a", "semicolon", "v=STSv1;  id=a"],
    ["v=STSv1; id=a;;", "empty-field", "v=STSv1; id=a;"],
    ["v=STSv1;; id=a", "empty-field", "v=STSv1; id=a"],
    ["v=STSv1; id=a ", "trailing-blank", "v=STSv1; id=a"],
    ["v=STSv1; id=a; x = 1", "blank-around-equals", "v=STSv1; id=a; x=1"],
    ["v=STSv1; id=a; x=", "field", undefined],
    ["v=STSv1; id=a; x=ü", "field", undefined],
    ["v=STSv1; id=a; x==", "field", undefined],
    ["v=STSv1; id=a; _x=1", "field", undefined],
    ["v=STSv1; id=a; x", "field", undefined],
    [" v=STSv1; id=a", "version-spelling", "v=STSv1; id=a"],
    ["V=stsv1; id=a", "version-spelling", "v=STSv1; id=a"],
    ["v = STSv1; id=a", "version-spelling", "v=STSv1; id=a"],
    ["v=STSv10; id=a", "version", undefined],
    ["v=STSv2; id=a", "version", undefined],
    ["v-STSv1 id=a", "version", undefined],
    ["id=a", "version-missing", "v=STSv1; id=a"],
    ["id=a; v=STSv1;", "version-not-first", "v=STSv1; id=a"],
    ['"v=STSv1; id=a"', "quotes", "v=STSv1; id=a"],
    ["“v=STSv1; id=a”", "quotes", "v=STSv1; id=a"],
  ])("%s", (value, fault, mended) => {
    expect(faults(value)).toEqual([[fault, mended]]);
    expect(sts(value)?.problems[0]?.severity).toBe("error");
    if (mended !== undefined) expect(sts(mended)?.problems).toEqual([]);
  });

  it.each([
    ["v=STSv1 ;id=a", "blank-before-semicolon", "v=STSv1;id=a", "a"],
    ["v=STSv1; id=a; id=b", "id-twice", "v=STSv1; id=a", "a"],
    ["v=STSv1; id=a; x=1; id=b-; y=2", "id-twice", "v=STSv1; id=a; x=1; y=2", "a"],
  ])("%s is a warning", (value, fault, mended, id) => {
    expect(faults(value)).toEqual([[fault, mended]]);
    expect(sts(value)).toMatchObject({ id: { value: id }, problems: [{ severity: "warning" }] });
    expect(sts(mended)?.problems).toEqual([]);
  });

  it("has no id if the first is not legal, whatever the second is", () => {
    expect(sts("v=STSv1; id=a-b; id=c")?.id).toBeUndefined();
  });

  it("counts only if it begins with the version and a semicolon", () => {
    expect(["v=STSv1;", "v=STSv1 ;id=a", "v=STSv1", " v=STSv1;id=a"].map((value) => sts(value)?.counts)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe("a text that is no such record", () => {
  it.each([
    "v=spf1 -all",
    "google-site-verification=abc",
    "",
    "about STSv1",
    "v=TLSRPTv1; rua=mailto:a@b.de",
    "grid=1",
    "azazaza;asdasd",
  ])("%s", (value) => {
    expect(sts(value)).toBeUndefined();
  });
});

it("points into the zone file, across strings and escapes", () => {
  const text = '_mta-sts TXT ( "v=STSv1; i"\n  "d=20\\050-" ; a remark\n "x" )\n';
  const record = recordIn(text);
  const [problem] = parseStsRecord(record)?.problems ?? [];
  expect(problem).toMatchObject({ fault: "id-characters", replacement: "202x" });
  expect(problem?.span).toMatchObject({ start: { line: 2, column: 6 }, end: { line: 3, column: 4 } });
  const id = parseStsRecord(recordIn('_mta-sts TXT "v=STSv1; id=2026"\n'))?.id;
  expect(id?.span).toMatchObject({ start: { column: 27 }, end: { column: 31 } });
});

it("never throws, and gives back any legal id", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string().map((text) => `v=STSv1;${text}`),
  );
  fc.assert(
    fc.property(anything, (text) => {
      const read = sts(text);
      expect(read === undefined || read.id !== undefined || read.problems.length > 0).toBe(true);
    }),
  );
  const id = fc.stringMatching(/^[A-Za-z0-9]{1,32}$/);
  const extension = fc.stringMatching(/^x[A-Za-z0-9_.-]{0,31}=[!-:<>-~]{1,20}$/);
  const delim = fc.stringMatching(/^[ \t]{0,3};[ \t]{0,3}$/);
  fc.assert(
    fc.property(
      id,
      fc.array(extension, { maxLength: 3 }),
      delim,
      fc.boolean(),
      (value, extensions, between, closed) => {
        const fields = [`id=${value}`, ...extensions].toSorted();
        const read = sts(`v=STSv1;${fields.join(between)}${closed ? between : ""}`);
        expect(read).toMatchObject({ counts: true, id: { value }, problems: [] });
        expect(read?.fields).toHaveLength(fields.length);
      },
    ),
  );
});

it("bounds what a hostile record makes", () => {
  const took = cpuTime(() => {
    expect(sts(`v=STSv1;${";a b".repeat(16_000)}`)?.problems.length).toBeLessThan(50);
    expect(sts(`v=STSv1;${"id=1;".repeat(13_000)}`)?.fields.length).toBeLessThan(200);
  });
  expect(took).toBeLessThan(1000);
});
