import { expect, test } from "vitest";
import { looksLikeZone } from "../../../src/parse/zone/looksLikeZone.ts";
import { sourceOf } from "./zoneOf.ts";
import { cpuTime } from "../../cpuTime.ts";

const look = (text: string) => looksLikeZone(sourceOf("x", text));
const soa = "SOA ns1 h 1 2 3 4 5\n";

test.each([
  ["an SOA of a relative owner", `@ ${soa} NS ns1\n`, { origin: undefined, holdsSoa: true }],
  ["an SOA of an absolute owner", `Example.COM. 60 IN ${soa}`, { origin: "example.com.", holdsSoa: true }],
  ["$ORIGIN before the SOA", `$ORIGIN example.com.\n@ ${soa}`, { origin: "example.com.", holdsSoa: true }],
  [
    "an SOA below a wider $ORIGIN, as servers dump it",
    `$ORIGIN .\n$TTL 60\nexample.com ${soa}`,
    { origin: "example.com.", holdsSoa: true },
  ],
  [
    "$ORIGIN after the first record",
    `@ ${soa}$ORIGIN sub.example.com.\na A 192.0.2.1\n`,
    { origin: undefined, holdsSoa: true },
  ],
  ["$ORIGIN and records", "$ORIGIN example.com.\na 60 A 192.0.2.1\n", { origin: "example.com.", holdsSoa: false }],
  ["a relative $ORIGIN", "$ORIGIN sub\na 60 A 192.0.2.1\n", { origin: undefined, holdsSoa: false }],
  ["$TTL and a record", "$TTL 60\na A 192.0.2.1\n", { origin: undefined, holdsSoa: false }],
  [
    "a template",
    `$ORIGIN {{ zone }}.\n@ ${soa}a A {{ a }}\nb A {{ b }}\nc A {{ c }}\n`,
    { origin: undefined, holdsSoa: true },
  ],
  [
    "a zone with a few broken lines",
    `@ ${soa}a A x\nb A 192.0.2.1\nc A 192.0.2.1\n`,
    { origin: undefined, holdsSoa: true },
  ],
])("%s is a zone", (_topic, text, expected) => {
  expect(look(text)).toEqual({ ...expected, doubtful: false });
});

test.each([
  ["nothing", ""],
  ["prose", "The SOA record stands at the top.\nIts serial is a number.\n"],
  [
    "Markdown around a zone",
    "# How to write a zone\n\nStart with the SOA record:\n\n```\n$ORIGIN example.com.\n@ SOA ns1 h 1 2 3 4 5\n```\n\nThen add the others.\nThey come below.\n",
  ],
  ["a program", 'const types = ["A", "SOA"];\nfor (const type of types) {\n  console.log(type);\n}\n'],
  ["$TTL without records", "$TTL 60\n"],
  ["records alone", "a 60 A 192.0.2.1\n"],
  ["a shell script", "echo $ORIGIN\nexport TTL=60\n$TTL\n"],
  ["UTF-16", "\ufeff$\0T\0T\0L\0"],
])("%s is no zone", (_topic, text) => {
  expect(look(text)?.doubtful ?? true).toBe(true);
});

test("a big zone is known by its beginning", () => {
  const text = `$ORIGIN x.\n@ ${soa}${"a A 192.0.2.1\n".repeat(2_000_000)}`;
  const took = cpuTime(() => expect(look(text)).toEqual({ origin: "x.", holdsSoa: true, doubtful: false }));
  expect(took).toBeLessThan(1500);
});
