import { Source } from "../../src/model/source.ts";
import type { ZoneRecord } from "../../src/model/zone.ts";

/** A TXT record as a zone parser would give it, written on one line, one character an octet. */
export function txtRecord(...strings: readonly string[]): ZoneRecord {
  const octets = strings.map((string) => String.fromCharCode(...new TextEncoder().encode(string)));
  const value = octets.join("");
  const source = new Source(
    "head",
    "db.example.com",
    Uint8Array.from(value, (octet) => octet.charCodeAt(0)),
  );
  const span = source.span(0, value.length);
  return {
    owner: "_mta-sts.example.com.",
    ttl: 3600,
    class: "IN",
    type: "TXT",
    rdata: octets.map((string) => `"${string}"`).join(" "),
    source,
    span,
    ownerSpan: undefined,
    ttlSpan: undefined,
    rdataSpan: span,
    fields: [],
    txt: { value, strings: octets, quoted: true, span: (from, to) => source.span(from, to) },
    generated: false,
  };
}
