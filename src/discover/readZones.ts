import { posix } from "node:path";
import type { Config } from "../model/config.ts";
import { memo } from "../model/memo.ts";
import { aLabels } from "../model/aLabels.ts";
import { type Name, nameOf } from "../model/name.ts";
import type { Source } from "../model/source.ts";
import type { Zone } from "../model/zone.ts";
import { type ZoneLook, looksLikeZone } from "../parse/zone/looksLikeZone.ts";
import { parseZone } from "../parse/zone/parseZone.ts";
import { byPath } from "./byPath.ts";
import { configured } from "./configured.ts";
import { servedOrigins } from "./serverClaims.ts";
import { isNamedLikeZone, mayBeZone } from "./worthReading.ts";

/** RFC 1035 sets no limit; these keep a hostile file from hanging the run, and going over one is a finding. */
const ZONE_LIMITS = { maxIncludeDepth: 8, maxGenerateSteps: 65_536 } as const;

/** The zones among the texts, and the files that only have the name of one. */
export interface ReadZones {
  readonly zones: readonly Zone[];
  readonly notZones: readonly Source[];
  /** The master files that nothing tells an origin for, so that no name in them is known. */
  readonly homeless: readonly Source[];
  /** Where the files may lie that a zone includes and that are not among the texts. */
  readonly missing: ReadonlyMap<Zone, readonly string[]>;
}

/**
 * Parses every master file among the texts: a text counts if the configuration or a name server's configuration names it, or if it holds an SOA, or `$ORIGIN`
 * or `$TTL` with a record; a file that another one includes is part of that one unless it holds an SOA itself.
 */
export function readZones(sources: ReadonlyMap<string, Source>, config: Config): ReadZones {
  const served = servedOrigins(sources, config);
  const notZones: Source[] = [];
  const homeless: Source[] = [];
  const found: { zone: Zone; isOwn: boolean }[] = [];
  const missing = new Map<Zone, readonly string[]>();
  for (const source of sources.values()) {
    if (!mayBeZone(source.path, config)) continue;
    const named = configured(config).zone(source.path);
    const origins = named && named.length > 0 ? named : served.get(source.path);
    const hint = look(source);
    if (!hint && !named && !origins) {
      if (isNamedLikeZone(source.path)) notZones.push(source);
      continue;
    }
    const own = hint?.origin ?? originOfFileName(source.path);
    const told = origins ?? (own === undefined ? [] : [own]);
    if (told.length === 0) homeless.push(source);
    for (const origin of told) {
      const places: string[] = [];
      const zone = alone(source).get(origin) ?? readZone(source, origin, sources, (place) => places.push(place));
      if (places.length > 0) missing.set(zone, places);
      else if (zone.includes.length === 0) alone(source).set(origin, zone);
      // What only a server's configuration names may be anything: another path ends like the one that is meant.
      if (!hint && !named && zone.records.length === 0) continue;
      found.push({ zone, isOwn: hint?.holdsSoa === true || named !== undefined || origins !== undefined });
    }
  }
  const included = new Set(found.flatMap(({ zone }) => zone.includes.map((include) => include.value)));
  const own = found.filter(({ zone, isOwn }) => isOwn || !included.has(zone.source.path)).map(({ zone }) => zone);
  const zones = withoutTwins(own.toSorted(byPath));
  const apart = (sources: readonly Source[]): readonly Source[] =>
    sources.filter((source) => !included.has(source.path));
  return { zones, notZones: apart(notZones), homeless: apart(homeless), missing };
}

/** A symbolic link to a zone that is read under its own name, with the same origin, adds nothing; nor does a second one. */
function withoutTwins(zones: readonly Zone[]): readonly Zone[] {
  const first = new Map<string, Zone>();
  for (const zone of zones) {
    const key = `${zone.origin} ${zone.source.file}`;
    if (!first.has(key) || zone.source.path === zone.source.file) first.set(key, zone);
  }
  return zones.filter((zone) => first.get(`${zone.origin} ${zone.source.file}`) === zone);
}

/** A text that can hardly be read is a zone only if its name says so, too. */
const look = memo((source: Source): ZoneLook | undefined => {
  const seen = looksLikeZone(source);
  if (!seen?.doubtful || isNamedLikeZone(source.path)) return seen;
  return seen.origin !== undefined && seen.origin === originOfFileName(source.path) ? seen : undefined;
});

/** The zones made of one file each: the same text need not be parsed again when a side is surveyed anew. */
const alone = memo<Source, Map<Name, Zone>>(() => new Map());

/** Parses one master file leniently; `$INCLUDE` reaches the other texts of the same side, never beyond the tree. */
export function readZone(
  source: Source,
  origin: Name,
  sources: ReadonlyMap<string, Source>,
  missing: (place: string) => void = () => {},
): Zone {
  return parseZone(source, {
    origin,
    strict: false,
    ...ZONE_LIMITS,
    include: (path, from) => {
      const places = includePlaces(path, from.path);
      if (places.length === 0) return "it lies outside the repository, so it is not read.";
      const place = places.find((candidate) => sources.has(candidate));
      const target = place === undefined ? undefined : sources.get(place);
      if (!target) places.forEach(missing);
      return target ?? "it is not in the repository.";
    },
  });
}

/** Where an `$INCLUDE` may point inside the tree: beside the including file, then from the root. */
function includePlaces(path: string, from: string): readonly string[] {
  if (path.startsWith("/") || path.includes("\0") || path.includes("\\")) return [];
  const places = [posix.join(posix.dirname(from), path), posix.normalize(path)];
  return [...new Set(places)].filter((place) => place !== ".." && !place.startsWith("../"));
}

/** Whether a text is mostly records without an SOA among them: something that another file may include. */
export function isFragment(source: Source, config: Config): boolean {
  if (!mayBeZone(source.path, config) || look(source)?.holdsSoa || configured(config).zone(source.path)) return false;
  const { records, problems } = readZone(source, ".", new Map());
  return records.length > 0 && records.length >= problems.length;
}

/** The origin that a file's name tells: `x.zone`, `db.x`, `x.db`, `x.hosts`, `x`. */
function originOfFileName(path: string): Name | undefined {
  const file = aLabels(posix.basename(path)).toLowerCase();
  const name = /^db\.(.+)$/.exec(file)?.[1] ?? /^(.+?)\.(?:zone|db|hosts)$/.exec(file)?.[1] ?? file;
  return /^[a-z0-9_](?:[a-z0-9._/-]*[a-z0-9])?\.?$/.test(name) ? nameOf(name) : undefined;
}
