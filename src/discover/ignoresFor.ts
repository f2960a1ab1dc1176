import type { Change } from "../model/change.ts";
import type { Config, KnownRules } from "../model/config.ts";
import type { Ignores, ZoneIgnores } from "../model/ignore.ts";
import { apex } from "../model/lookup.ts";
import { memo } from "../model/memo.ts";
import type { Name } from "../model/name.ts";
import type { Changes } from "../model/review.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Zone } from "../model/zone.ts";
import { parseZoneIgnores } from "../parse/zone/parseZoneIgnores.ts";

/** The ignores that count for a change: those of the configuration, and the zones' comments on base, without a base on head. */
export function ignoresFor(
  { base, moment: { now } }: Snapshot,
  changes: Changes,
  config: Config,
  rules: KnownRules,
): Ignores {
  const zones = new Set([...changes.zones, ...changes.domains.map((domain) => domain.zone)]);
  const domains = new Map<string, readonly Name[]>();
  for (const { base: before, head } of zones)
    for (const zone of [before, head])
      if (zone) domains.set(zone.source.file, [...new Set([...(domains.get(zone.source.file) ?? []), apex(zone)])]);
  for (const { base: before, head, domains: names } of changes.policies)
    for (const policy of [before, head]) if (policy) domains.set(policy.source.file, names);
  return {
    configured: config.ignores,
    comments: [...zones].flatMap((change) => {
      const { ignores = [] } = commentsOf(change, rules)[base ? "base" : "head"] ?? {};
      return ignores.length === 0 ? [] : { ignores, zones: [change.base, change.head].flatMap((zone) => zone ?? []) };
    }),
    domainsOf: (path) => domains.get(path) ?? [],
    now,
  };
}

/** What the comments of a zone ask for, on both sides. */
export function commentsOf({ base, head, moment }: Change<Zone>, rules: KnownRules): Change<ZoneIgnores> {
  const read = reader(rules);
  return { moment, ...(base ? { base: read(base) } : {}), ...(head ? { head: read(head) } : {}) };
}

const reader = memo((rules: KnownRules) => memo((zone: Zone) => parseZoneIgnores(zone, rules)));
