import { Source } from "../../../src/model/source.ts";
import type { Span } from "../../../src/model/span.ts";
import type { Zone, ZoneRecord } from "../../../src/model/zone.ts";
import { parseZone } from "../../../src/parse/zone/parseZone.ts";

/** How a test reads a zone: strict and below example.com. unless it says otherwise. */
export interface Reading {
  readonly strict?: boolean;
  readonly origin?: string;
  /** The files that `$INCLUDE` finds, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The zone that a text or bytes hold. */
export function zoneOf(
  text: string | Uint8Array,
  { strict = true, origin = "example.com.", files = {} }: Reading = {},
): Zone {
  const source = sourceOf("zone", text);
  return parseZone(source, {
    origin,
    strict,
    include: (path) => (files[path] === undefined ? "no such file" : sourceOf(path, files[path])),
  });
}

export function sourceOf(path: string, text: string | Uint8Array): Source {
  return new Source("head", path, typeof text === "string" ? new TextEncoder().encode(text) : text);
}

/** A record as `records` prints it. */
export function line(record: ZoneRecord): string {
  return `${record.owner} ${record.ttl} ${record.class} ${record.type} ${record.rdata}`;
}

export function lines(zone: Zone): readonly string[] {
  return zone.records.map(line);
}

/** A problem as `records` prints it. */
export function faults(zone: Zone): readonly string[] {
  return zone.problems.map(({ span, message }) => `${span.start.line}:${span.start.column}: ${message}`);
}

/** What is written at a span. */
export function at(zone: Zone, span: Span | undefined): string | undefined {
  return span && zone.source.text(span.start.offset, span.end.offset);
}
