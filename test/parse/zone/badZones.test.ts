import { expect, test } from "vitest";
import { type Reading, faults, lines, zoneOf } from "./zoneOf.ts";

/**
 * Topic, entry, and where and what its fault is. Each entry stands between two good ones, which must survive it, on
 * line 3 of a file.
 */
const cases: readonly (readonly [topic: string, entry: string, place: string, fault: RegExp])[] = [
  ["no type", "a", "3:1", /Nothing follows `a`: a record needs a type and its data\./],
  ["no type after the TTL", "a 300", "3:3", /Nothing follows `300`/],
  ["no data", "a A", "3:3", /The A record ends before the IPv4 address: add it\./],
  ["a broken TTL", "a 300x A 192.0.2.1", "3:3", /`300x` is no TTL: use seconds or units such as 1h30m\./],
  ["units and a bare number", "a 1h30 A 192.0.2.1", "3:3", /`1h30` is no TTL/],
  ["a TTL above 32 bits", "a 4294967296 A 192.0.2.1", "3:3", /`4294967296` is no TTL/],
  ["an unregistered type", "a ANAME b", "3:3", /`ANAME` is no registered record type: check the spelling/],
  ["TYPE above 16 bits", "a TYPE65536 \\# 0", "3:3", /`TYPE65536` is no registered record type/],
  ["an obsolete type", "a MD b", "3:3", /`MD` is an obsolete type/],
  ["a type of queries", "a ANY b", "3:3", /`ANY` is a type for queries/],
  ["a type of messages by number", "a TYPE250 \\# 0", "3:3", /`TYPE250` is a type for queries/],
  ["a hash as comment", "# comment", "3:1", /This is no comment: comments start with ;\./],
  ["slashes as comment", "// comment here", "3:1", /This is no comment/],
  ["an address out of range", "a A 192.0.2.256", "3:5", /`192\.0\.2\.256` is no IPv4 address/],
  ["an address with leading zeros", "a A 192.0.02.1", "3:5", /is no IPv4 address/],
  ["an address of three numbers", "a A 192.0.2", "3:5", /is no IPv4 address/],
  ["two gaps in IPv6", "a AAAA 1::2::3", "3:8", /`1::2::3` is no IPv6 address: write one such as 2001:db8::1\./],
  ["nine groups in IPv6", "a AAAA 1:2:3:4:5:6:7:8:9", "3:8", /is no IPv6 address/],
  ["seven groups in IPv6", "a AAAA 1:2:3:4:5:6:7", "3:8", /is no IPv6 address/],
  ["five digits in IPv6", "a AAAA 12345::", "3:8", /is no IPv6 address/],
  ["a single colon at the end", "a AAAA 1:2:3:4:5:6:7:", "3:8", /is no IPv6 address/],
  [
    "one field too many",
    "a A 192.0.2.1 2",
    "3:15",
    /`2` is one field too many for an A record: remove it, or put a ; before a comment\./,
  ],
  ["one field too few", "a MX 10", "3:6", /The MX record ends before the mail host/],
  ["a number out of range", "a MX 65536 b", "3:6", /`65536` is no number for the preference: use 0 to 65535\./],
  ["no number", "a MX b c", "3:6", /`b` is no number for the preference/],
  ["a name in quotes", 'a MX 5 "b"', "3:8", /`"b"` stands in quotes: write the mail host without them\./],
  ["an empty label", "a..b A 192.0.2.1", "3:1", /`a\.\.b` holds an empty label: remove a dot\./],
  ["a leading dot", ".a A 192.0.2.1", "3:1", /empty label/],
  ["a label of 64", `${"x".repeat(64)} A 192.0.2.1`, "3:1", /holds a label of 64 octets, and 63 is the most/],
  ["a label of 64 in the middle", `a CNAME b.${"x".repeat(64)}.c`, "3:9", /label of 64/],
  [
    "a name of 256",
    `a CNAME ${"x.".repeat(121)}x`,
    "3:9",
    /makes a name of 257 octets with its origin, and 255 is the most/,
  ],
  ["a broken escape in a name", "a\\25 A 192.0.2.1", "3:1", /holds a broken escape/],
  ["an escape above 255", "a\\256 A 192.0.2.1", "3:1", /holds a broken escape/],
  [
    "a broken escape in a string",
    'a TXT "x\\1"',
    "3:7",
    /holds a broken escape: write \\ and one character, or \\ and three digits up to 255\./,
  ],
  [
    "256 octets in one string",
    `a TXT x "${"y".repeat(256)}"`,
    "3:9",
    /This string has 256 octets, and 255 is the most: split it/,
  ],
  ["TXT without strings", "a TXT", "3:3", /The TXT record ends before its text/],
  ["HINFO with three strings", "a HINFO x y z", "3:13", /one field too many/],
  ["a SOA of four numbers", "a SOA b c 1 2 3 4", "3:17", /ends before the negative-caching TTL/],
  ["a SOA's interval", "a SOA b c 1 2 3 4x 5", "3:17", /`4x` is no time for the expire limit/],
  ["a CAA tag in quotes", 'a CAA 0 "issue" x', "3:9", /stands in quotes: write the tag without them/],
  ["a CAA tag with a dash", "a CAA 0 is-sue x", "3:9", /`is-sue` is no CAA tag/],
  ["odd hexadecimal", "a TLSA 3 1 1 abc", "3:14", /3 hexadecimal digits: an octet takes two/],
  ["no hexadecimal", "a TLSA 3 1 1 xy", "3:14", /`xy` is no hexadecimal/],
  ["a short digest", "a DS 1 8 2 abcd", "3:12", /The digest has 4 hexadecimal digits, and this type of it has 64/],
  ["a DS record at the top", `@ DS 1 8 1 ${"ab".repeat(20)}`, "3:1", /A DS record stands in the parent zone/],
  [
    "an unknown type without octets",
    "a TYPE65280 abc",
    "3:13",
    /RDATA of TYPE65280 must be written as \\# LENGTH HEXADECIMAL/,
  ],
  [
    "a wrong length of octets",
    "a TYPE65280 \\# 3 abcd",
    "3:18",
    /The data have 4 hexadecimal digits, and the length 3 asks for 6/,
  ],
  ["octets that do not fit the type", "a A \\# 3 abcdef", "3:10", /These octets are no RDATA of type A/],
  ["a compressed name in octets", "a NS \\# 2 c000", "3:11", /no RDATA of type NS/],
  ["an open quote", 'a TXT "x', "3:7", /This quoted string is not closed on its line: put a " at its end\./],
  ["an open quote after a good string", 'a TXT "x" "y', "3:11", /not closed/],
  ["a parenthesis never opened", "a A 192.0.2.1 )", "3:15", /This parenthesis was never opened/],
  ["a NUL byte", "a TXT x\0y", "3:8", /A NUL byte stands here/],
  ["an unknown directive", "$FOO x", "3:1", /`\$FOO` is no directive/],
  [
    "a directive behind a blank",
    " $TTL 5",
    "3:2",
    /`\$TTL` stands behind a blank: directives start in the first column/,
  ],
  ["$TTL without a time", "$TTL", "3:1", /\$TTL needs a time/],
  ["$TTL with a broken time", "$TTL 1x", "3:6", /`1x` is no TTL/],
  ["$ORIGIN without a name", "$ORIGIN", "3:1", /\$ORIGIN needs a name/],
  ["$INCLUDE without a file", "$INCLUDE", "3:1", /\$INCLUDE needs a file name/],
  ["$INCLUDE of a missing file", "$INCLUDE missing", "3:10", /`missing` cannot be included: no such file\./],
  ["$GENERATE without data", "$GENERATE 1-2 a$ A", "3:18", /\$GENERATE needs a range/],
  ["$GENERATE with a broken range", "$GENERATE 1-2/ a$ A 192.0.2.$", "3:11", /`1-2\/` is no range/],
  ["$GENERATE backwards", "$GENERATE 2-1 a$ A 192.0.2.$", "3:11", /ends before it starts/],
  ["$GENERATE with step zero", "$GENERATE 1-2/0 a$ A 192.0.2.$", "3:11", /its step must be 1 or more/],
  [
    "$GENERATE with too many steps",
    "$GENERATE 0-2147483647 a$ A 192.0.2.1",
    "3:11",
    /makes 2147483648 records, and 65536 is the most/,
  ],
  ["$GENERATE with a broken modifier", "$GENERATE 1-2 a${0,3 A 192.0.2.$", "3:15", /is no modifier/],
  ["$GENERATE beyond 31 bits", "$GENERATE 1-2 a${2147483647} A 192.0.2.$", "3:15", /goes out of range/],
  ["$GENERATE of a query type", "$GENERATE 1-2 a$ TKEY x", "3:18", /`TKEY` is a type for queries/],
  [
    "$GENERATE with an address out of range",
    "$GENERATE 255-256 a A 192.0.2.$",
    "3:1",
    /`192\.0\.2\.256` is no IPv4 address/,
  ],
  [
    "$GENERATE with data in two fields",
    "$GENERATE 1-2 a$ MX 10 mx$",
    "3:24",
    /`mx\$` is one field too many for `\$GENERATE`/,
  ],
];

test.each(cases)("%s", (_topic, entry, place, fault) => {
  const zone = zoneOf(`$TTL 60\nbefore A 192.0.2.1\n${entry}\nafter A 192.0.2.2\n`);
  expect(faults(zone)).toEqual([expect.stringMatching(new RegExp(`^${place}: `))]);
  expect(zone.problems[0]?.message).toMatch(fault);
  expect(zone.problems[0]?.message).toMatch(/\.$/);
  const [first, last] = [lines(zone).at(0), lines(zone).at(-1)];
  expect([first, last]).toEqual(["before.example.com. 60 IN A 192.0.2.1", "after.example.com. 60 IN A 192.0.2.2"]);
});

test("a record without an owner before it", () => {
  expect(faults(zoneOf(" 5 A 192.0.2.1"))).toEqual([
    "1:2: This record names no owner, and no owner that could be read stands before it.",
  ]);
});

test("no TTL anywhere is said once, and the records are there", () => {
  const zone = zoneOf("a A 192.0.2.1\nb A 192.0.2.2");
  expect(faults(zone)).toEqual([
    "1:3: This record has no TTL and none stands before it: start the file with a line such as $TTL 1h.",
  ]);
  expect(zone.records).toHaveLength(2);
});

test("the owner of a lost record is told, for what else may stand there is then unknown", () => {
  const zone = zoneOf('$TTL 60\na A x\nb TXT "\n c d\n$INCLUDE missing\n..x A 192.0.2.1\n');
  expect(zone.problems.map(({ owner, lost }) => [owner, lost])).toEqual([
    ["a.example.com.", "record"],
    ["b.example.com.", "record"],
    ["b.example.com.", "record"],
    [undefined, "file"],
    [undefined, "record"],
  ]);
});

test("records that inherit an owner which could not be read are not given to another", () => {
  const zone = zoneOf("$TTL 60\na A 192.0.2.1\nb..c A 192.0.2.2\n TXT whose\nd A 192.0.2.3");
  expect(lines(zone)).toEqual(["a.example.com. 60 IN A 192.0.2.1", "d.example.com. 60 IN A 192.0.2.3"]);
  expect(faults(zone)).toHaveLength(2);
});

/** What `check` reads leniently: lines of other servers and of templates are unknown, not wrong. */
const lenient: Reading = { strict: false };

test.each([
  ["gdnsd's dynamic addresses", "a DYNA pool!main", "`DYNA` is no registered record type", "a.example.com."],
  ["an alias", "a 300 ALIAS b.example.", "`ALIAS` is no registered record type", "a.example.com."],
  ["a template's value", "a A {{ address }}", "`{{` belongs to a template", "a.example.com."],
  [
    "a template's value inside a good string",
    '_mta-sts TXT "v=STSv1; id={{ serial }}"',
    "`{{` belongs to a template",
    "_mta-sts.example.com.",
  ],
  ["a template's block", "{% for host in hosts %}", "`{%` belongs to a template", undefined],
  ["a template's owner", "{{ name }} A 192.0.2.1", "`{{` belongs to a template", undefined],
  ["ERB", "<%= name %> A 192.0.2.1", "`<%` belongs to a template", undefined],
  ["a shell's variable", "a A ${ADDRESS}", "`${` belongs to a template", "a.example.com."],
  ["a placeholder between ats", "a A @ADDRESS@", "`@ADDRESS@` belongs to a template", "a.example.com."],
  ["another server's directive", "$ADDR x", "`$ADDR` is no directive of master files", undefined],
])("lenient: %s", (_topic, entry, reason, owner) => {
  const zone = zoneOf(`${entry}\nafter 60 A 192.0.2.2\n`, lenient);
  expect(zone.problems).toEqual([]);
  expect(zone.unknown.map(({ reason, owner, span }) => [reason, owner, span.start.line])).toEqual([[reason, owner, 1]]);
  expect(lines(zone)).toEqual(["after.example.com. 60 IN A 192.0.2.2"]);
});

test.each(["MXX", "MX1", "MX10", "TXTT", "TX", "CNAM", "AAAAA", "MX\\x0c10"])(
  "lenient: `%s` is a slip for a type that mail needs, not another server's",
  (type) => {
    const written = type.replace("\\x0c", "\x0c");
    const zone = zoneOf(`a 60 ${written} 10 mx\nafter 60 A 192.0.2.2\n`, lenient);
    expect(faults(zone)).toEqual([expect.stringMatching(/is no registered record type: check/)]);
    expect(lines(zone)).toEqual(["after.example.com. 60 IN A 192.0.2.2"]);
  },
);

test.each(["ANAME", "ALIAS", "DYNA", "DYNC", "URL", "WEBFWD", "MAILFWD", "PTRX", "PROXY"])(
  "lenient: `%s` is no slip",
  (type) => {
    const zone = zoneOf(`a 60 ${type} b\n`, lenient);
    expect(zone.problems).toEqual([]);
    expect(zone.unknown).toHaveLength(1);
  },
);

test("lenient: what follows a template's owner belongs to nobody", () => {
  const zone = zoneOf("a 5 A 192.0.2.1\n{{ b }} A 192.0.2.2\n A 192.0.2.3\n", lenient);
  expect(lines(zone)).toEqual(["a.example.com. 5 IN A 192.0.2.1"]);
  expect(zone.unknown.map(({ owner }) => owner)).toEqual([undefined, undefined]);
});

test("lenient: a $GENERATE is no template, a missing TTL no problem, broken data still are", () => {
  const zone = zoneOf("$GENERATE 1-2 a${0,2} A 192.0.2.$\n{{ x }}\nb A 192.0.2\n", lenient);
  expect(lines(zone)).toEqual(["a01.example.com. 0 IN A 192.0.2.1", "a02.example.com. 0 IN A 192.0.2.2"]);
  expect(faults(zone)).toEqual([expect.stringMatching(/^3:5: `192\.0\.2` is no IPv4 address/)]);
});
