import { type Name, isWithin, parent, under } from "./name.ts";
import type { Presence } from "./presence.ts";
import { type Zone, type ZoneRecord, mayHoldMore, recordsAt, soa } from "./zone.ts";

/** What a resolver that knows only the repository's zones finds at a name. */
export interface Answer {
  readonly presence: Presence;
  readonly records: readonly ZoneRecord[];
  /** The CNAME at the name itself. */
  readonly cname: ZoneRecord | undefined;
  /** All the CNAMEs that were followed, that one first; one that loops comes again. */
  readonly chain: readonly ZoneRecord[];
}

/** Longer chains are refused by resolvers as well. */
const MAX_CNAMES = 16;

/**
 * Looks a name and type up as RFC 1034 §4.3.2 says - zone cuts, CNAME chains, wildcards - beginning in `zone` and going on
 * in `zones`; what leaves the repository is `delegated`, what a broken or foreign line may hold is `unknown`.
 */
export function lookup(zone: Zone, zones: Zones, name: Name, type: string): Answer {
  let here = zone;
  let owner = name;
  const chain: ZoneRecord[] = [];
  const answer = (presence: Presence, records: readonly ZoneRecord[] = []): Answer => ({
    presence,
    records,
    cname: chain[0],
    chain,
  });
  while (chain.length < MAX_CNAMES) {
    if (belowCut(here, owner)) {
      const child = zones.of(owner);
      if (!child || apex(child) === apex(here)) return answer("delegated");
      here = child;
    }
    const node = nodeFor(here, owner);
    const records = node === undefined ? [] : recordsAt(here, node, type);
    if (records.length > 0) return answer("present", records);
    const cname = node === undefined ? undefined : recordsAt(here, node, "CNAME")[0];
    if (!cname) return answer(mayAnswer(here, owner) ? "unknown" : "absent");
    chain.push(cname);
    owner = cname.rdata;
    const next = isWithin(owner, apex(here)) ? here : zones.of(owner);
    if (!next) return answer("delegated");
    here = next;
  }
  return answer("absent");
}

/** Whether a zone may answer for a name it has no record for: by a line that was not read, at the name or a wildcard, or a DNAME. */
function mayAnswer(zone: Zone, name: Name): boolean {
  if (mayHoldMore(zone, name)) return true;
  const isThere = exists(zone, name);
  for (let at = name; at !== apex(zone) && at !== ".";) {
    at = parent(at);
    if (recordsAt(zone, at, "DNAME").length > 0 || (!isThere && mayHoldMore(zone, under("*", at)))) return true;
  }
  return false;
}

/** Whether a name has no record of some types in any view of its zone: which view senders see is not known. */
export function isAbsent(zone: Zone, zones: Zones, name: Name, types: readonly string[]): boolean {
  const views = new Set([zone, ...zones.viewsOf(apex(zone))]);
  return [...views].every((view) => types.every((type) => lookup(view, zones, name, type).presence === "absent"));
}

/** The zones of one side, to be found by name. */
export class Zones {
  readonly #byApex = new Map<Name, Zone[]>();

  constructor(zones: readonly Zone[]) {
    for (const zone of zones) {
      const there = this.#byApex.get(apex(zone));
      if (there) there.push(zone);
      else this.#byApex.set(apex(zone), [zone]);
    }
  }

  /** The zone that answers for a name: the one with the longest origin at or above it. */
  of(name: Name): Zone | undefined {
    for (let at = name; ; at = parent(at)) {
      const found = this.#byApex.get(at)?.[0];
      if (found || at === ".") return found;
    }
  }

  /** All views of the zone that answers for a name. */
  viewsOf(name: Name): readonly Zone[] {
    const zone = this.of(name);
    return zone ? (this.#byApex.get(apex(zone)) ?? []) : [];
  }
}

/** Where a zone begins: its SOA's owner, or its origin if it has none. */
export function apex(zone: Zone): Name {
  return soa(zone)?.owner ?? zone.origin;
}

/** The owner whose records answer for a name: the name itself, or the wildcard at its closest encloser (RFC 4592 §3.3.1). */
function nodeFor(zone: Zone, name: Name): Name | undefined {
  if (exists(zone, name)) return name;
  for (let encloser = name; encloser !== "." && isWithin(encloser, apex(zone));) {
    encloser = parent(encloser);
    const wildcard = under("*", encloser);
    if (recordsAt(zone, wildcard).length > 0) return wildcard;
    if (exists(zone, encloser)) return undefined;
  }
  return undefined;
}

/** Whether a name exists in a zone, as an owner or above one (RFC 4592 §2.2.2: empty non-terminals exist). */
function exists(zone: Zone, name: Name): boolean {
  return shape(zone).nodes.has(name);
}

/** Whether a delegation (NS below the apex, RFC 1034 §4.2.1) stands at a name or above it, so that another zone answers. */
export function belowCut(zone: Zone, name: Name): boolean {
  const { cuts } = shape(zone);
  if (cuts.size === 0) return false;
  for (let at = name; at !== "."; at = parent(at)) if (cuts.has(at)) return true;
  return false;
}

interface Shape {
  readonly nodes: ReadonlySet<Name>;
  readonly cuts: ReadonlySet<Name>;
}

const shapes = new WeakMap<Zone, Shape>();

function shape(zone: Zone): Shape {
  const known = shapes.get(zone);
  if (known) return known;
  const top = apex(zone);
  const nodes = new Set<Name>();
  const cuts = new Set<Name>();
  for (const { owner, type } of zone.records) {
    if (type === "NS" && owner !== top) cuts.add(owner);
    for (let at = owner; !nodes.has(at) && at !== "."; at = parent(at)) nodes.add(at);
  }
  const made = { nodes, cuts };
  shapes.set(zone, made);
  return made;
}
