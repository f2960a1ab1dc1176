import { type Zones, apex, lookup } from "./lookup.ts";
import { type Name, isWithin, parent } from "./name.ts";
import { type Zone, type ZoneRecord, mayHoldMore } from "./zone.ts";

/**
 * The CAA records that count for a host: those at the name or the nearest above it that has any, CNAMEs followed at each
 * (RFC 8659 §3). Undefined where the way up meets what is not in the repository or could not be read.
 */
export function relevantCaa(zone: Zone, zones: Zones, host: Name): readonly ZoneRecord[] | undefined {
  for (let at = host; at !== "."; at = parent(at)) {
    const here = isWithin(at, apex(zone)) ? zone : zones.of(at);
    if (!here) return undefined;
    const { presence, records } = lookup(here, zones, at, "CAA");
    if (presence === "present") return records.some(({ owner }) => isPartial(zones, owner)) ? undefined : records;
    if (presence !== "absent") return undefined;
  }
  return undefined;
}

function isPartial(zones: Zones, owner: Name): boolean {
  return zones.viewsOf(owner).some((view) => mayHoldMore(view, owner));
}

/** A property of a CAA record (RFC 8659 §4.1); undefined where the record is written as octets (RFC 3597). */
export interface CaaProperty {
  /** Lower case. */
  readonly tag: string;
  /** Of `issue` and `issuewild` the certification authority, empty if it names none (RFC 8659 §4.2). */
  readonly issuer: string;
}

/** What a CAA record says. */
export function caaProperty({ rdata }: ZoneRecord): CaaProperty | undefined {
  const [, tag, value] = /^\d+ (\S+) "(.*)"$/s.exec(rdata) ?? [];
  if (tag === undefined || value === undefined) return undefined;
  return { tag: tag.toLowerCase(), issuer: value.replace(/;.*$/s, "").trim() };
}
