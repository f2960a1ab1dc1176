import { expect, test } from "vitest";
import { faults, lines, zoneOf } from "./zoneOf.ts";

const owners = (text: string): readonly string[] =>
  zoneOf(text).records.map(({ owner }) => owner.replace(".example.com.", ""));

test("an open parenthesis loses its own record, not those behind it", () => {
  const text = '$TTL 1\na A 192.0.2.1\nb SOA n h ( 1 2 3\n 4 5\nc A 192.0.2.1\n TXT "(" \n$TTL 5\nd IN MX ( 1 x )\n';
  expect(owners(text)).toEqual(["a", "c", "c", "d"]);
  expect(faults(zoneOf(text))).toEqual([
    "3:11: This parenthesis is never closed: put a ) behind the record's last field.",
  ]);
});

test("an open parenthesis is not closed by a later record's", () => {
  const text = "$TTL 1\na IN MX ( 1 x\nb IN MX ( 2 y )\nc IN A 192.0.2.1\n";
  expect(owners(text)).toEqual(["b", "c"]);
  expect(faults(zoneOf(text))).toEqual([expect.stringMatching(/^2:9: This parenthesis is never closed/)]);
});

test("a directive ends an open parenthesis", () => {
  expect(lines(zoneOf("$TTL 1\na TXT ( x\n$ORIGIN y.\nb A 192.0.2.1\nc TXT ( z )\n"))).toEqual([
    "b.y. 1 IN A 192.0.2.1",
    'c.y. 1 IN TXT "z"',
  ]);
});

test("several open parentheses each lose one record", () => {
  const text = `$TTL 1\n${"a TXT ( x\nb A 192.0.2.1\n".repeat(4)}`;
  expect(owners(text)).toEqual(["b", "b", "b", "b"]);
  expect(zoneOf(text).problems).toHaveLength(4);
});

test("continued lines in the first column stay with their record", () => {
  const text =
    "$TTL 1\na RRSIG A 8 2 3600 (\n20260101000000 20250101000000 1 example.\nRRSIG NSEC AAAA ; a text that looks like a record\n)\nb SOA n h (\n1\n1h\n1h\n1w\n5m )\nc A 192.0.2.1\n";
  expect(faults(zoneOf(text))).toEqual([]);
  expect(owners(text)).toEqual(["a", "b", "c"]);
});

test("an open quote loses its own line", () => {
  const text = '$TTL 1\na TXT "x\nb TXT "y"\nc TXT "z" "\nd A 192.0.2.1\n';
  expect(owners(text)).toEqual(["b", "d"]);
  expect(faults(zoneOf(text))).toEqual([
    expect.stringMatching(/^2:7: This quoted string is not closed on its line/),
    expect.stringMatching(/^4:11: This quoted string is not closed on its line/),
  ]);
});

test("an open quote in parentheses loses its record", () => {
  const text = '$TTL 1\na TXT ( "x\n "y" )\nb A 192.0.2.1\n';
  expect(owners(text)).toEqual(["b"]);
  expect(zoneOf(text).problems).toHaveLength(1);
});

test("two open quotes lose their two lines", () => {
  const text = '$TTL 1\na TXT "x\nb A 192.0.2.1\nc TXT "y\nd A 192.0.2.1\n';
  expect(owners(text)).toEqual(["b", "d"]);
  expect(zoneOf(text).problems).toHaveLength(2);
});

test("a directive with a field too many still counts", () => {
  const zone = zoneOf("$TTL 5 6\n$ORIGIN a. b.\nx A 192.0.2.1\n");
  expect(lines(zone)).toEqual(["x.a. 5 IN A 192.0.2.1"]);
  expect(zone.problems).toHaveLength(2);
});

test("a broken owner line keeps what the next records need", () => {
  const zone = zoneOf("$TTL 1\na 7 IN A 192.0.2\n TXT x\n");
  expect(lines(zone)).toEqual(['a.example.com. 1 IN TXT "x"']);
});

test("a line inside parentheses ends nothing before the record has its type", () => {
  expect(lines(zoneOf("$TTL 1\na (\n300 IN A 192.0.2.1 )\n(b\n5 IN A 192.0.2.2 )\n"))).toEqual([
    "a.example.com. 300 IN A 192.0.2.1",
    "b.example.com. 5 IN A 192.0.2.2",
  ]);
});

test("an open quote is not closed by a quote of the next record", () => {
  const text = '$TTL 1\na TXT "x\nb TXT ";"\nc TXT "x\n\tTXT " "\n';
  expect(lines(zoneOf(text))).toEqual(['b.example.com. 1 IN TXT ";"', 'c.example.com. 1 IN TXT " "']);
  expect(zoneOf(text).problems.map(({ span }) => span.start.line)).toEqual([2, 4]);
});
