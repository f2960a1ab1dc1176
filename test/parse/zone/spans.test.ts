import { expect, test } from "vitest";
import { at, line, zoneOf } from "./zoneOf.ts";

const file = `$TTL 1h
@ IN 300 SOA ns1 host ( ; comment
    2026010101 4h
    1h 1w 300 )
   IN MX 10 (
 mx1 ) ; the only one
été TXT plain "quo ted"
`;

test("every part of a record is where it is written", () => {
  const zone = zoneOf(file);
  const [soa, mx, txt] = zone.records;
  expect(at(zone, soa?.span)).toBe("@ IN 300 SOA ns1 host ( ; comment\n    2026010101 4h\n    1h 1w 300");
  expect(at(zone, soa?.ownerSpan)).toBe("@");
  expect(at(zone, soa?.ttlSpan)).toBe("300");
  expect(at(zone, soa?.rdataSpan)).toBe("ns1 host ( ; comment\n    2026010101 4h\n    1h 1w 300");
  expect(soa?.fields.map(({ value, span }) => [value, at(zone, span)])).toEqual([
    ["ns1.example.com.", "ns1"],
    ["host.example.com.", "host"],
    ["2026010101", "2026010101"],
    ["14400", "4h"],
    ["3600", "1h"],
    ["604800", "1w"],
    ["300", "300"],
  ]);
  expect(at(zone, mx?.span)).toBe("IN MX 10 (\n mx1");
  expect(mx?.ownerSpan).toBeUndefined();
  expect(mx?.ttlSpan).toBeUndefined();
  expect(mx?.fields.map(({ span }) => at(zone, span))).toEqual(["10", "mx1"]);
  expect(at(zone, txt?.ownerSpan)).toBe("été");
  expect(txt?.fields.map(({ value, span }) => [value, at(zone, span)])).toEqual([
    ['"plain"', "plain"],
    ['"quo ted"', '"quo ted"'],
  ]);
});

test("lines and columns count as editors do: from 1, in UTF-16 units", () => {
  const zone = zoneOf('$TTL 1\n"𝒳é" TXT x\n');
  expect(zone.records[0]?.rdataSpan).toMatchObject({ start: { line: 2, column: 11 }, end: { line: 2, column: 12 } });
});

test("hexadecimal data in pieces are one field", () => {
  const zone = zoneOf("$TTL 1\na TLSA 3 1 1 ( ab\n cd ) ; c");
  expect(zone.records[0]?.fields.map(({ value, span }) => [value, at(zone, span)])).toEqual([
    ["3", "3"],
    ["1", "1"],
    ["1", "1"],
    ["ABCD", "ab\n cd"],
  ]);
});

test("a key and its quoted value are one field", () => {
  const zone = zoneOf('$TTL 1\na HTTPS 1 . alpn="h2, h3" port=1');
  expect(zone.records[0]?.fields.map(({ value, span }) => [value, at(zone, span)])).toEqual([
    ["1", "1"],
    [".", "."],
    ['alpn="h2, h3"', 'alpn="h2, h3"'],
    ["port=1", "port=1"],
  ]);
});

test("strings without a blank between are fields of their own", () => {
  const zone = zoneOf('$TTL 1\na TXT "x""y"z');
  expect(zone.records[0]?.fields.map(({ span }) => at(zone, span))).toEqual(['"x"', '"y"', "z"]);
});

test("RDATA written as octets: every field is the whole", () => {
  const zone = zoneOf("$TTL 1\na MX \\# 6 000a 026D5800");
  expect(zone.records[0]?.fields.map(({ value, span }) => [value, at(zone, span)])).toEqual([
    ["10", "\\# 6 000a 026D5800"],
    ["mx.", "\\# 6 000a 026D5800"],
  ]);
});

test("what $GENERATE makes stands where the directive stands", () => {
  const zone = zoneOf("$TTL 1\n$GENERATE 1-2 h$ 300 A 192.0.2.$ ; c");
  expect(zone.records.map(line)).toHaveLength(2);
  for (const record of zone.records) {
    expect(record.generated).toBe(true);
    expect([record.span, record.ownerSpan, record.rdataSpan].map((span) => at(zone, span))).toEqual(
      Array(3).fill("$GENERATE 1-2 h$ 300 A 192.0.2.$"),
    );
    expect(record.ttlSpan).toBeUndefined();
  }
});

test("records of an included file stand in that file", () => {
  const zone = zoneOf("$TTL 1\n$INCLUDE sub", { files: { sub: "; first\nx A 192.0.2.1" } });
  const [record] = zone.records;
  expect(record?.span).toMatchObject({ path: "sub", start: { line: 2, column: 1 } });
  expect(record?.source.text(record.rdataSpan.start.offset, record.rdataSpan.end.offset)).toBe("192.0.2.1");
});

/** A TXT value, two of its characters' places, and what is written between them. */
test.each([
  ['"v=STSv1; id=1;"', 9, 13, "id=1"],
  ['"v=STSv1; "  "id=1;"', 9, 13, "id=1"],
  ['"v=STSv1; i" "d=1;"', 9, 13, 'i" "d=1'],
  ['( "v=STSv1; i" ; c\n "d=1;" )', 9, 13, 'i" ; c\n "d=1'],
  ["v=STSv1\\;\\ id=1\\;", 7, 8, "\\;"],
  ["v=STSv1\\;\\ id=1\\;", 9, 13, "id=1"],
  ['"v=STSv1\\059\\032id=\\0491"', 12, 14, "\\0491"],
  ['"v=STSv1\\059\\032id=\\0491"', 12, 13, "\\049"],
  ['"a\\"b"', 1, 2, '\\"'],
  ['"äb"', 2, 3, "b"],
  ['"abc"', 1, 1, ""],
  ['"abc"', 3, 3, ""],
])("TXT %s from %i to %i", (rdata, from, to, written) => {
  const zone = zoneOf(`$TTL 1\n_mta-sts TXT ${rdata} ; after\n`);
  expect(zone.problems).toEqual([]);
  const span = zone.records[0]?.txt?.span(from, to);
  expect(at(zone, span)).toBe(written);
});

test("a TXT value is its strings joined, one character an octet", () => {
  const txt = zoneOf('$TTL 1\na TXT "v=" x\\;y "\\195\\164ä"').records[0]?.txt;
  expect(txt?.value).toBe("v=x;y\u00c3\u00a4\u00c3\u00a4");
  expect(txt?.strings).toEqual(["v=", "x;y", "\u00c3\u00a4\u00c3\u00a4"]);
  expect(txt?.quoted).toBe(false);
  expect(zoneOf('$TTL 1\na TXT "x" "y"').records[0]?.txt?.quoted).toBe(true);
  expect(zoneOf("$TTL 1\na A 192.0.2.1").records[0]?.txt).toBeUndefined();
});

test("a TXT value that octets spell stands in all of them", () => {
  const zone = zoneOf("$TTL 1\na TXT \\# 3 026162");
  const txt = zone.records[0]?.txt;
  expect([txt?.value, at(zone, txt?.span(0, 1))]).toEqual(["ab", "\\# 3 026162"]);
});
