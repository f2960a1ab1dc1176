import { posix } from "node:path";
import type { Config } from "../model/config.ts";
import { memo } from "../model/memo.ts";
import type { Name } from "../model/name.ts";
import type { ServedSite, ServedZone } from "../model/serverSite.ts";
import type { Source } from "../model/source.ts";
import { readCaddyfile } from "../parse/server/caddyfile.ts";
import { readKnotConf } from "../parse/server/knotConf.ts";
import { readNamedConf } from "../parse/server/namedConf.ts";
import { readNginxConf } from "../parse/server/nginxConf.ts";
import { readNsdConf } from "../parse/server/nsdConf.ts";
import { PathTails } from "./pathTails.ts";
import { isNameServerFile, isWebServerFile } from "./serverFiles.ts";
import { mayBeZone } from "./worthReading.ts";

/** A zone that a configuration of the repository loads, and the path of that configuration. */
export interface ZoneClaim extends ServedZone {
  readonly from: string;
}

/** What the name servers' configurations among the texts load. */
export function zoneClaims(sources: ReadonlyMap<string, Source>, config: Config): readonly ZoneClaim[] {
  const claims: ZoneClaim[] = [];
  for (const source of sources.values())
    if (isNameServerFile(source.path, config))
      for (const zone of servedZones(source)) claims.push({ ...zone, from: source.path });
  return claims;
}

/** The sites of `mta-sts.` hosts in the web servers' configurations among the texts. */
function siteClaims(sources: ReadonlyMap<string, Source>, config: Config): readonly ServedSite[] {
  return [...sources.values()]
    .filter((source) => isWebServerFile(source.path, config))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(servedSites);
}

// Each syntax is read in every file: their names tell little, and what one of them reads is nothing to the others.
const servedZones = memo((source: Source): readonly ServedZone[] => {
  const text = source.text();
  return [...readNamedConf(text), ...readNsdConf(text), ...readKnotConf(text)];
});

const servedSites = memo((source: Source): readonly ServedSite[] => {
  const text = source.text();
  if (!/mta-sts\./i.test(text)) return [];
  const sites = [...readNginxConf(text), ...(/addyfile|\.caddy/.test(source.path) ? readCaddyfile(text) : [])];
  return sites.filter((site) => site.roots.length > 0 && domainsOf(site).length > 0);
});

/** The zone files that name servers load, with their origins. */
export function servedOrigins(
  sources: ReadonlyMap<string, Source>,
  config: Config,
): ReadonlyMap<string, readonly Name[]> {
  const claims = zoneClaims(sources, config);
  if (claims.length === 0) return new Map();
  const wanted = new Set(claims.map((claim) => posix.basename(claim.file)));
  const candidates = new Set(
    [...sources.keys()].filter((path) => wanted.has(posix.basename(path)) && mayBeZone(path, config)),
  );
  const tails = new PathTails(candidates);
  const origins = new Map<string, readonly Name[]>();
  for (const { origin, file, from } of claims) {
    const beside = file.startsWith("/") ? undefined : posix.join(posix.dirname(from), file);
    const path = beside !== undefined && candidates.has(beside) ? beside : tails.longest(file)?.path;
    if (path !== undefined) origins.set(path, [...new Set([...(origins.get(path) ?? []), origin])].toSorted());
  }
  return origins;
}

/** The policies that web servers serve, with the domains of the hosts. */
export function servedPolicies(
  policies: readonly string[],
  sources: ReadonlyMap<string, Source>,
  config: Config,
): ReadonlyMap<string, readonly Name[]> {
  const domains = new Map<string, readonly Name[]>();
  if (policies.length === 0) return domains;
  const tails = new PathTails(policies);
  for (const site of siteClaims(sources, config)) {
    const places = site.roots.flatMap((root) => [`${root}/.well-known/mta-sts.txt`, `${root}/mta-sts.txt`, root]);
    // A `root` for something else leads to a policy at most by chance, and then shares less with it.
    const [best] = places.flatMap((place) => tails.longest(place) ?? []).toSorted((a, b) => b.shared - a.shared);
    if (best) domains.set(best.path, [...new Set([...(domains.get(best.path) ?? []), ...domainsOf(site)])]);
  }
  return domains;
}

/** The domains whose policy host (RFC 8461 §3.3) a site answers for. */
function domainsOf({ hosts }: ServedSite): readonly Name[] {
  return hosts.flatMap((host) => /^mta-sts\.([^.]+\..+)$/.exec(host)?.[1] ?? []);
}
