import { expect, test } from "vitest";
import { faults, lines, zoneOf } from "./zoneOf.ts";

/** Topic, master file, records; without `$TTL` of its own a file starts with `$TTL 60`. */
const cases: readonly (readonly [topic: string, file: string, ...records: string[]])[] = [
  ["absolute owner", "a.example.net. A 192.0.2.1", "a.example.net. 60 IN A 192.0.2.1"],
  ["relative owner", "a A 192.0.2.1", "a.example.com. 60 IN A 192.0.2.1"],
  ["@ is the origin", "@ NS @", "example.com. 60 IN NS example.com."],
  ["names in lower case", "WWW.Example.COM. CNAME Mixed", "www.example.com. 60 IN CNAME mixed.example.com."],
  ["the root", ". NS a.", ". 60 IN NS a."],
  ["inherited owner", "a A 192.0.2.1\n\tTXT x", "a.example.com. 60 IN A 192.0.2.1", 'a.example.com. 60 IN TXT "x"'],
  [
    "inherited owner over blank lines and comments",
    "a A 192.0.2.1\n\n; c\n   \n TXT x",
    "a.example.com. 60 IN A 192.0.2.1",
    'a.example.com. 60 IN TXT "x"',
  ],
  ["owner in quotes", '"a" A 192.0.2.1', "a.example.com. 60 IN A 192.0.2.1"],
  ["wildcard and underscores", "*._x A 192.0.2.1", "*._x.example.com. 60 IN A 192.0.2.1"],
  ["escaped dot", "a\\.b A 192.0.2.1", "a\\.b.example.com. 60 IN A 192.0.2.1"],
  ["\\DDD in a name", "a\\032b\\065 A 192.0.2.1", "a\\032ba.example.com. 60 IN A 192.0.2.1"],
  [
    "escaped @ and $",
    "\\@ A 192.0.2.1\n\\$x A 192.0.2.2\na@b A 192.0.2.3",
    "\\@.example.com. 60 IN A 192.0.2.1",
    "\\$x.example.com. 60 IN A 192.0.2.2",
    "a\\@b.example.com. 60 IN A 192.0.2.3",
  ],
  ["octets above ASCII in a name", "é A 192.0.2.1", "\\195\\169.example.com. 60 IN A 192.0.2.1"],
  ["TTL before class", "a 300 IN A 192.0.2.1", "a.example.com. 300 IN A 192.0.2.1"],
  ["class before TTL", "a IN 300 A 192.0.2.1", "a.example.com. 300 IN A 192.0.2.1"],
  ["lower-case class and type", "a in a 192.0.2.1", "a.example.com. 60 IN A 192.0.2.1"],
  ["CLASS1", "a CLASS1 A 192.0.2.1", "a.example.com. 60 IN A 192.0.2.1"],
  [
    "another class",
    "a CH TXT x\nb TXT y\nc CLASS9 TXT z",
    'a.example.com. 60 CH TXT "x"',
    'b.example.com. 60 CH TXT "y"',
    'c.example.com. 60 CLASS9 TXT "z"',
  ],
  ["an address in another class is not understood", "a CH A 0 1", "a.example.com. 60 CH A 0 1"],
  [
    "an owner named like a class and a type",
    "in A 192.0.2.1\nmx MX 5 mx",
    "in.example.com. 60 IN A 192.0.2.1",
    "mx.example.com. 60 IN MX 5 mx.example.com.",
  ],
  ["TTL units in any case", "a 1W2d3H4m5S A 192.0.2.1", "a.example.com. 788645 IN A 192.0.2.1"],
  [
    "TTL zero",
    "a 0 A 192.0.2.1\nb 0s A 192.0.2.1",
    "a.example.com. 0 IN A 192.0.2.1",
    "b.example.com. 0 IN A 192.0.2.1",
  ],
  ["a TTL above 31 bits counts as zero", "a 4294967295 A 192.0.2.1", "a.example.com. 0 IN A 192.0.2.1"],
  [
    "$TTL stands for what follows",
    "$TTL 1h\na A 192.0.2.1\n$ttl 5\nb 7 A 192.0.2.1\nc A 192.0.2.1",
    "a.example.com. 3600 IN A 192.0.2.1",
    "b.example.com. 7 IN A 192.0.2.1",
    "c.example.com. 5 IN A 192.0.2.1",
  ],
  [
    "without $TTL the last TTL stands",
    "$ORIGIN x.\na 7 A 192.0.2.1\nb A 192.0.2.1",
    "a.x. 7 IN A 192.0.2.1",
    "b.x. 7 IN A 192.0.2.1",
  ],
  [
    "without any TTL the SOA's minimum",
    "$ORIGIN x.\n@ SOA n h 1 2 3 4 5m\na A 192.0.2.1",
    "x. 300 IN SOA n.x. h.x. 1 2 3 4 300",
    "a.x. 300 IN A 192.0.2.1",
  ],
  [
    "SOA with units",
    "@ SOA ns1 h 2026010101 4h 1h 1w 300",
    "example.com. 60 IN SOA ns1.example.com. h.example.com. 2026010101 14400 3600 604800 300",
  ],
  [
    "relative $ORIGIN",
    "$ORIGIN sub\na A 192.0.2.1\n$origin x.sub2 ; c\n@ A 192.0.2.2",
    "a.sub.example.com. 60 IN A 192.0.2.1",
    "x.sub2.sub.example.com. 60 IN A 192.0.2.2",
  ],
  ["$ORIGIN at the root", "$ORIGIN .\na.example A 192.0.2.1", "a.example. 60 IN A 192.0.2.1"],
  [
    "parentheses over lines",
    "@ SOA ns1 h ( 1 ; serial\n 2\n\n3 4\n 5 )",
    "example.com. 60 IN SOA ns1.example.com. h.example.com. 1 2 3 4 5",
  ],
  [
    "parentheses anywhere",
    "a ( IN\n A ) ( 192.0.2.1 ) \n(b A 192.0.2.2)",
    "a.example.com. 60 IN A 192.0.2.1",
    "b.example.com. 60 IN A 192.0.2.2",
  ],
  ["parentheses in parentheses", "a MX ( ( 10 )\n mx )", "a.example.com. 60 IN MX 10 mx.example.com."],
  ["parentheses without blanks", "a MX(10(mx))", "a.example.com. 60 IN MX 10 mx.example.com."],
  ["comment glued to a field", "a A 192.0.2.1;c", "a.example.com. 60 IN A 192.0.2.1"],
  ["semicolon and parenthesis in quotes", 'a TXT "x;(y"', 'a.example.com. 60 IN TXT "x;(y"'],
  ["escaped semicolon and blank", "a TXT v=STSv1\\;\\ id=1", 'a.example.com. 60 IN TXT "v=STSv1; id=1"'],
  ["strings without a blank between", 'a TXT "a""b"c"d"', 'a.example.com. 60 IN TXT "a" "b" "c" "d"'],
  ["strings over lines", 'a TXT ( "v=STSv1; "\n "id=1" )', 'a.example.com. 60 IN TXT "v=STSv1; " "id=1"'],
  [
    "a string over two lines (RFC 1035 §5.1)",
    'a TXT "x\ny" ; c\nb TXT "z"',
    'a.example.com. 60 IN TXT "x\\010y"',
    'b.example.com. 60 IN TXT "z"',
  ],
  ["empty string", 'a TXT ""', 'a.example.com. 60 IN TXT ""'],
  ["escapes in strings", 'a TXT "\\"\\\\\\065\\001\\255"', 'a.example.com. 60 IN TXT "\\"\\\\A\\001\\255"'],
  ["UTF-8 in strings", 'a TXT "ä"', 'a.example.com. 60 IN TXT "\\195\\164"'],
  ["255 octets in one string", `a TXT ${"x".repeat(255)}`, `a.example.com. 60 IN TXT "${"x".repeat(255)}"`],
  ["SPF", "a SPF v=spf1", 'a.example.com. 60 IN SPF "v=spf1"'],
  [
    "CRLF",
    "a A 192.0.2.1\r\n TXT ( x\r\n y )\r\n",
    "a.example.com. 60 IN A 192.0.2.1",
    'a.example.com. 60 IN TXT "x" "y"',
  ],
  [
    "CR alone ends a line",
    "a A 192.0.2.1\rb A 192.0.2.2\r",
    "a.example.com. 60 IN A 192.0.2.1",
    "b.example.com. 60 IN A 192.0.2.2",
  ],
  [
    "IPv6 is written short",
    "a AAAA 2001:DB8:0:0:0:0:0:1\n AAAA ::\n AAAA 1::\n AAAA 1:0:0:2:0:0:0:3\n AAAA 1:0:2:3:4:5:6:7",
    "a.example.com. 60 IN AAAA 2001:db8::1",
    "a.example.com. 60 IN AAAA ::",
    "a.example.com. 60 IN AAAA 1::",
    "a.example.com. 60 IN AAAA 1:0:0:2::3",
    "a.example.com. 60 IN AAAA 1:0:2:3:4:5:6:7",
  ],
  [
    "IPv4 inside IPv6",
    "a AAAA ::ffff:192.0.2.1\n AAAA 64:ff9b::192.0.2.33",
    "a.example.com. 60 IN AAAA ::ffff:192.0.2.1",
    "a.example.com. 60 IN AAAA 64:ff9b::c000:221",
  ],
  [
    "DNAME, PTR, RP, HINFO",
    'a DNAME b\n PTR c\n RP d .\n HINFO x86 "Linux 6"',
    "a.example.com. 60 IN DNAME b.example.com.",
    "a.example.com. 60 IN PTR c.example.com.",
    "a.example.com. 60 IN RP d.example.com. .",
    'a.example.com. 60 IN HINFO "x86" "Linux 6"',
  ],
  ["SRV", "_a._tcp SRV 1 2 3 .", "_a._tcp.example.com. 60 IN SRV 1 2 3 ."],
  ["CAA", "@ CAA 128 issueWild ca.example.net", 'example.com. 60 IN CAA 128 issueWild "ca.example.net"'],
  ["TLSA in pieces", "a TLSA 3 1 1 ( abcd\n EF01 )", "a.example.com. 60 IN TLSA 3 1 1 ABCDEF01"],
  [
    "DS with names",
    `a DS 1 ECDSAP256SHA256 SHA-1 ${"ab".repeat(20)}`,
    `a.example.com. 60 IN DS 1 13 1 ${"AB".repeat(20)}`,
  ],
  ["SSHFP", "a SSHFP 4 2 00ff", "a.example.com. 60 IN SSHFP 4 2 00FF"],
  [
    "types kept as text",
    'a HTTPS 1 . alpn="h2, h3"  ( port=8443 )\n LOC 51 30 N',
    'a.example.com. 60 IN HTTPS 1 . alpn="h2, h3" port=8443',
    "a.example.com. 60 IN LOC 51 30 N",
  ],
  [
    "an unknown type (RFC 3597)",
    "a TYPE65280 \\# 3 ab cdEF\n type65281 \\# 0",
    "a.example.com. 60 IN TYPE65280 \\# 3 ABCDEF",
    "a.example.com. 60 IN TYPE65281 \\# 0",
  ],
  [
    "a known type by number",
    'a TYPE1 192.0.2.1\n TYPE257 0 issue "x"',
    "a.example.com. 60 IN A 192.0.2.1",
    'a.example.com. 60 IN CAA 0 issue "x"',
  ],
  [
    "known types as octets",
    "a A \\# 4 c0000201\n AAAA \\# 16 20010db8000000000000000000000001\n MX \\# 6 000a 026D5800\n TXT \\# 5 0161 02 6222\n TYPE257 \\# 8 00 05 6973737565 78",
    "a.example.com. 60 IN A 192.0.2.1",
    "a.example.com. 60 IN AAAA 2001:db8::1",
    "a.example.com. 60 IN MX 10 mx.",
    'a.example.com. 60 IN TXT "a" "b\\""',
    'a.example.com. 60 IN CAA 0 issue "x"',
  ],
  [
    "SOA, SRV, DS, TLSA, HINFO, RP as octets",
    "a SOA \\# 22 00 00 00000001 00000002 00000003 00000004 00000005\n SRV \\# 7 000100020003 00\n DS \\# 5 0001 0d 02 ff\n TLSA \\# 4 03 01 01 ff\n HINFO \\# 4 0161 0162\n RP \\# 4 016100 00",
    "a.example.com. 60 IN SOA . . 1 2 3 4 5",
    "a.example.com. 60 IN SRV 1 2 3 .",
    "a.example.com. 60 IN DS 1 13 2 FF",
    "a.example.com. 60 IN TLSA 3 1 1 FF",
    'a.example.com. 60 IN HINFO "a" "b"',
    "a.example.com. 60 IN RP a. .",
  ],
  ["\\# before a word is a string", "a TXT \\# text", 'a.example.com. 60 IN TXT "#" "text"'],
  [
    "$GENERATE",
    "$GENERATE 1-3/2 h$ 5 A 192.0.2.$",
    "h1.example.com. 5 IN A 192.0.2.1",
    "h3.example.com. 5 IN A 192.0.2.3",
  ],
  [
    "$GENERATE with modifiers",
    "$GENERATE 9-10 h${1,3}x${0,2,x}${-9,2,o}${0,0,X} CNAME $$\\$${1}.",
    "h010x09009.example.com. 60 IN CNAME \\$\\$10.",
    "h011x0a01a.example.com. 60 IN CNAME \\$\\$11.",
  ],
  ["$GENERATE with data in quotes", '$GENERATE 1-1 @ MX "1$ mx$"', "example.com. 60 IN MX 11 mx1.example.com."],
  ["$DATE says nothing about records", "$DATE 20260101000000\na A 192.0.2.1", "a.example.com. 60 IN A 192.0.2.1"],
];

test.each(cases)("%s", (_topic, file, ...records) => {
  const zone = zoneOf(/^\$(?:TTL|ORIGIN x\.)/i.test(file) ? file : `$TTL 60\n${file}`);
  expect(faults(zone)).toEqual([]);
  expect(lines(zone)).toEqual(records);
});

test("$GENERATE writes the nibbles from the lowest on", () => {
  const zone = zoneOf("$TTL 60\n$GENERATE 18-18 ${0,3,n} PTR ${0,5,N}.x.\n$GENERATE 171-171 ${0,1,N} PTR .");
  expect(faults(zone)).toEqual([]);
  expect(lines(zone)).toEqual(["2.1.example.com. 60 IN PTR 2.1.0.x.", "b.a.example.com. 60 IN PTR ."]);
});

test("a zone without SOA and NS loads", () => {
  expect(lines(zoneOf("a 5 A 192.0.2.1"))).toEqual(["a.example.com. 5 IN A 192.0.2.1"]);
});

test("an empty file is an empty zone", () => {
  expect(zoneOf("")).toMatchObject({ records: [], problems: [], unknown: [] });
  expect(zoneOf("\n ; nothing\n\t\n")).toMatchObject({ records: [], problems: [], unknown: [] });
});

test("$INCLUDE has its own origin and owner, and gives neither back (RFC 1035 §5.1)", () => {
  const files = { sub: " TXT inherited\n$ORIGIN deeper\n@ A 192.0.2.2\n$TTL 9\n" };
  const zone = zoneOf("$TTL 60\na A 192.0.2.1\n$INCLUDE sub other.example.\n TXT still-a\nb A 192.0.2.3", { files });
  expect(faults(zone)).toEqual([]);
  expect(lines(zone)).toEqual([
    "a.example.com. 60 IN A 192.0.2.1",
    'a.example.com. 60 IN TXT "inherited"',
    "deeper.other.example. 60 IN A 192.0.2.2",
    'a.example.com. 9 IN TXT "still-a"',
    "b.example.com. 9 IN A 192.0.2.3",
  ]);
  expect(zone.includes.map(({ value }) => value)).toEqual(["sub"]);
  expect(zone.records.map(({ source }) => source.path)).toEqual(["zone", "sub", "sub", "zone", "zone"]);
});
