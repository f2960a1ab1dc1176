import * as fc from "fast-check";
import { expect, test } from "vitest";
import { looksLikeZone } from "../../../src/parse/zone/looksLikeZone.ts";
import { at, faults, line, lines, sourceOf, zoneOf } from "./zoneOf.ts";

const label = fc
  .array(fc.constantFrom(...Array.from("abcXYZ019-_*"), "\\.", "\\032", "\\@", "\\\\", "\\255", "é"), {
    minLength: 1,
    maxLength: 8,
  })
  .map((parts) => parts.join(""));
const name = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([parts, dot]) => parts.join(".") + (dot ? "." : ""));
const string = fc
  .array(fc.constantFrom(...Array.from("ab ;()=@$"), '\\"', "\\\\", "\\000", "\\;", "ü"), { maxLength: 20 })
  .map((parts) => `"${parts.join("")}"`);
const number = (most: number): fc.Arbitrary<string> => fc.nat(most).map(String);
const ipv6 = fc
  .array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 })
  .map((words) => words.map((word) => word.toString(16)).join(":"));

const data = fc.oneof(
  fc.ipV4().map((address) => `A ${address}`),
  ipv6.map((address) => `AAAA ${address}`),
  name.map((host) => `CNAME ${host}`),
  fc.tuple(number(65_535), name).map((parts) => `MX ${parts.join(" ")}`),
  fc.array(string, { minLength: 1, maxLength: 3 }).map((strings) => `TXT ${strings.join(" ")}`),
  fc.tuple(number(65_535), number(65_535), number(65_535), name).map((parts) => `SRV ${parts.join(" ")}`),
  fc.tuple(name, name, ...[1, 2, 3, 4, 5].map(() => number(2_147_483_647))).map((parts) => `SOA ${parts.join(" ")}`),
  fc.tuple(number(255), fc.constantFrom("issue", "iodef"), string).map((parts) => `CAA ${parts.join(" ")}`),
  fc
    .uint8Array({ maxLength: 12 })
    .map((octets) => `TYPE65280 \\# ${octets.length} ${Buffer.from(octets).toString("hex")}`),
);
const record = fc
  .tuple(name, fc.constantFrom("", "300 ", "1h "), fc.constantFrom("", "IN ", "in "), data)
  .map(([owner, ttl, rdclass, rdata]) => `${owner} ${ttl}${rdclass}${rdata}`);

test("what is printed reads the same again", () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 8 }), (records) => {
      const zone = zoneOf(`$TTL 60\n${records.join("\n")}`);
      expect(faults(zone)).toEqual([]);
      const printed = lines(zone);
      expect(printed).toHaveLength(records.length);
      expect(lines(zoneOf(printed.join("\n"), { origin: "other.example." }))).toEqual(printed);
    }),
  );
});

test("parentheses, line ends and comments change nothing", () => {
  const blank = fc.constantFrom(" ", "\t", " ( ", " () ", "\r\n ", ' ; c ( " \n', "\n\n");
  fc.assert(
    fc.property(record, fc.infiniteStream(blank), (text, blanks) => {
      let open = 0;
      const spread = text.replace(/"(?:\\.|[^"\\])*"|\\.| /g, (part) => {
        if (part !== " ") return part;
        const { value } = blanks.next();
        if (value === " ( ") open++;
        return value;
      });
      const close = " ) ".repeat(open);
      const zone = zoneOf(`$TTL 60\n(${spread}${close}\n)`);
      expect(faults(zone)).toEqual([]);
      expect(lines(zone)).toEqual(lines(zoneOf(`$TTL 60\n${text}`)));
    }),
  );
});

test("a bad line in a good zone loses only itself", () => {
  const bad = fc.constantFrom(
    "x A 1.2.3",
    'x TXT "open',
    "x TXT ( open",
    "x NOTYPE y",
    "x..y A 192.0.2.1",
    "$NOTHING",
    "x",
    "x MX )",
    "x TXT \\",
    "x A 192.0.2.1 192.0.2.2",
    "x TXT \0",
  );
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), bad, fc.nat(8), (records, line, place) => {
      const dotted = records.map((text) => text.replace(/^(\S+) (?:300 |1h )?(?:in )?/i, "$1 60 IN "));
      const broken = dotted.toSpliced(place, 0, line);
      const zone = zoneOf(`$TTL 60\n${broken.join("\n")}\n`);
      expect(lines(zone)).toEqual(lines(zoneOf(`$TTL 60\n${dotted.join("\n")}\n`)));
      expect(zone.problems.map(({ span }) => span.start.line)).toEqual([2 + Math.min(place, dotted.length)]);
    }),
  );
});

test("each TXT character is written where its span says", () => {
  fc.assert(
    fc.property(fc.array(string, { minLength: 1, maxLength: 3 }), (strings) => {
      const zone = zoneOf(`$TTL 1\na TXT ${strings.join(" ")}`);
      const txt = zone.records[0]?.txt;
      for (let place = 0; place < (txt?.value.length ?? 0); place++) {
        const span = txt?.span(place, place + 1);
        const octets = zone.source.bytes.subarray(span?.start.offset, span?.end.offset);
        const written = at(zone, span) ?? "";
        const octet = octets[0] === 0x5c ? (written.length === 4 ? Number(written.slice(1)) : octets[1]) : octets[0];
        expect(octet).toBe(txt?.value.charCodeAt(place));
      }
    }),
  );
});

const noise = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc
    .array(
      fc.constantFrom(
        "(",
        ")",
        '"',
        "\\",
        ";",
        "\n",
        "\r",
        " ",
        "\t",
        "$",
        "$ORIGIN ",
        "$TTL ",
        "$GENERATE 1-3 ",
        "$INCLUDE x ",
        "@",
        ".",
        "a",
        "IN ",
        "A ",
        "TXT ",
        "SOA ",
        "1h ",
        "\\# ",
        "3 ",
        "\0",
        "{{",
        "é",
      ),
      { maxLength: 80 },
    )
    .map((parts) => new TextEncoder().encode(parts.join(""))),
);

test("random bytes end, never throw, and every span lies in the file", () => {
  fc.assert(
    fc.property(noise, fc.boolean(), (bytes, strict) => {
      const zone = zoneOf(bytes, { strict, files: { x: "b A 192.0.2.1\n$INCLUDE y\n" } });
      looksLikeZone(sourceOf("x", bytes));
      for (const { span } of [...zone.problems, ...zone.unknown].filter((found) => found.span.path === "zone")) {
        expect(span.start.offset).toBeLessThanOrEqual(span.end.offset);
        expect(span.end.offset).toBeLessThanOrEqual(bytes.length);
      }
      for (const record of zone.records) {
        line(record);
        const spans = [record.span, record.rdataSpan, ...record.fields.map(({ span }) => span)];
        for (const span of spans) expect(span.start.offset).toBeLessThanOrEqual(span.end.offset);
        record.txt?.span(0, record.txt.value.length);
      }
    }),
    { numRuns: 3000 },
  );
});
