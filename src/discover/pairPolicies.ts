import type { Config } from "../model/config.ts";
import { apex } from "../model/lookup.ts";
import { aLabels } from "../model/aLabels.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { type PairedBy, exchange } from "../model/mailDomain.ts";
import { type Name, nameOf } from "../model/name.ts";
import { type Policy, covers } from "../model/policy.ts";
import type { Tree } from "../model/snapshot.ts";
import type { Source } from "../model/source.ts";
import type { Pairing } from "../model/survey.ts";
import { type Zone, recordsAt } from "../model/zone.ts";
import { byPath } from "./byPath.ts";
import { isDomainLike } from "./domainLike.ts";
import { configured } from "./configured.ts";
import { domainOfRepository } from "./repositoryDomain.ts";
import { servedPolicies } from "./serverClaims.ts";

/**
 * Tells which policy belongs to which domain; the first evidence that answers wins: the configuration, a domain in the path,
 * a web server's site, the nearest `CNAME` file upwards, the only domain with a record, one policy shared by all domains with
 * a record, the MX hosts that it allows, the repository's name. The best evidence comes first: where two policies are paired
 * with one domain, the first counts.
 */
export function pairPolicies(
  files: ReadonlyMap<Policy, readonly string[]>,
  zones: readonly Zone[],
  owners: ReadonlyMap<Zone, readonly Name[]>,
  { sources, repositoryName }: Pick<Tree, "sources" | "repositoryName">,
  config: Config,
): readonly Pairing[] {
  const held = new Set([...zones.map(apex), ...[...owners.values()].flat()]);
  const served = servedPolicies([...files.values()].flat(), sources, config);
  const tell = (path: string): Told | undefined =>
    byConfiguration(path, config) ?? byFolder(path, held) ?? byServer(path, served) ?? byCnameFile(path, sources);
  const pairings = [...files].flatMap(([policy, paths]): readonly Pairing[] => {
    const told = paths.flatMap((path) => tell(path) ?? []).toSorted((a, b) => rank(a) - rank(b));
    const domains = [...new Set(told.flatMap((each) => each.domains))];
    return told[0] ? [{ policy, domains, pairedBy: told[0].pairedBy }] : [];
  });
  const paired = new Set(pairings.map((pairing) => pairing.policy));
  const taken = new Set(pairings.flatMap((pairing) => pairing.domains));
  const strays = [...files.keys()].filter((policy) => !paired.has(policy));
  return [...pairings, ...byRecords(strays, owners, taken, { held, repositoryName })].toSorted(bestFirst);
}

/** What the domains with a record, their MX hosts and the repository's name say of the policies that nothing else tells of. */
function byRecords(
  strays: readonly Policy[],
  owners: ReadonlyMap<Zone, readonly Name[]>,
  taken: ReadonlySet<Name>,
  { held, repositoryName }: { held: ReadonlySet<Name>; repositoryName: string | undefined },
): readonly Pairing[] {
  const free = [...new Set([...owners.values()].flat())].filter((name) => !taken.has(name)).toSorted();
  const [only, ...others] = strays;
  if (!only) return [];
  if (others.length === 0 && free.length > 0)
    return [{ policy: only, domains: free, pairedBy: free.length === 1 ? "only-record" : "shared" }];
  const hosts = mxByName(owners);
  const byMx = new Map(
    [...groupedBy(free, (name) => onlyCovering(strays, hosts.get(name) ?? []))].filter(([policy]) => policy),
  );
  const left = strays.filter((policy) => !byMx.has(policy));
  const name = domainOfRepository(repositoryName, held);
  const named = name === undefined || taken.has(name) || [...byMx.values()].flat().includes(name) ? [] : [name];
  const atHome = left.filter((policy) => isServed(policy.source.path));
  const homes = left.length === 1 ? left : atHome.length === 1 ? atHome : [];
  return strays.map((policy): Pairing => {
    const domains = byMx.get(policy);
    if (domains) return { policy, domains, pairedBy: "mx" };
    const isNamed = named.length > 0 && homes.includes(policy);
    return { policy, domains: isNamed ? named : [], pairedBy: isNamed ? "repository-name" : "none" };
  });
}

/** The MX hosts of names with a record, in all the zones that hold one. */
function mxByName(owners: ReadonlyMap<Zone, readonly Name[]>): ReadonlyMap<Name, readonly Name[]> {
  const hosts = new Map<Name, Name[]>();
  for (const [zone, names] of owners)
    for (const name of names)
      hosts.set(name, [...(hosts.get(name) ?? []), ...recordsAt(zone, name, "MX").map(exchange)]);
  return hosts;
}

/** The one policy that allows all of some hosts. */
function onlyCovering(policies: readonly Policy[], hosts: readonly Name[]): Policy | undefined {
  if (hosts.length === 0) return undefined;
  const [found, ...more] = policies.filter((policy) => hosts.every((host) => covers(policy, host)));
  return more.length === 0 ? found : undefined;
}

/** From the strongest evidence to none. */
const EVIDENCE: readonly PairedBy[] = [
  "configuration",
  "path",
  "server",
  "cname-file",
  "only-record",
  "shared",
  "mx",
  "repository-name",
  "none",
];

/** Of two policies for one domain the one with better evidence counts; then the one where it is served, then the first by path. */
function bestFirst(a: Pairing, b: Pairing): number {
  const weight = ({ policy: { source }, pairedBy }: Pairing): number =>
    2 * rank({ pairedBy }) + (isServed(source.path) ? 0 : 1);
  return weight(a) - weight(b) || byPath(a.policy, b.policy);
}

function rank({ pairedBy }: Pick<Pairing, "pairedBy">): number {
  return EVIDENCE.indexOf(pairedBy);
}

/** Whether a policy lies where senders ask for it (RFC 8461 §3.3). */
function isServed(path: string): boolean {
  return /(?:^|\/)\.well-known\//.test(path);
}

/** What a path of a policy tells. */
type Told = Omit<Pairing, "policy">;

function byConfiguration(path: string, config: Config): Told | undefined {
  const domains = configured(config).policy(path) ?? [];
  return domains.length === 0 ? undefined : { domains, pairedBy: "configuration" };
}

function byFolder(path: string, held: ReadonlySet<Name>): Told | undefined {
  const name = domainOfPath(path, held);
  return name === undefined ? undefined : { domains: [name], pairedBy: "path" };
}

/**
 * The domain that a policy's path names: a folder called `mta-sts.<fqdn>`, or like a zone or domain of the repository, or
 * plainly `<fqdn>`; the deepest wins.
 */
export function domainOfPath(path: string, held: ReadonlySet<Name> = new Set()): Name | undefined {
  for (const folder of path.split("/").slice(0, -1).toReversed()) {
    const bare = aLabels(folder).replace(/^mta-sts\./i, "");
    const name = nameOf(bare);
    if (held.has(name)) return name;
    if (isDomainLike(name)) return name;
  }
  return undefined;
}

function byServer(path: string, served: ReadonlyMap<string, readonly Name[]>): Told | undefined {
  const domains = served.get(path);
  return domains && { domains, pairedBy: "server" };
}

function byCnameFile(policyPath: string, sources: ReadonlyMap<string, Source>): Told | undefined {
  for (const path of cnameFiles(policyPath)) {
    const host = sources.get(path)?.text().trim();
    if (host === undefined) continue;
    const name = /^mta-sts\.(\S+)$/i.exec(aLabels(host))?.[1];
    return name === undefined ? undefined : { domains: [nameOf(name)], pairedBy: "cname-file" };
  }
  return undefined;
}

/** Where GitHub Pages' `CNAME` file of a policy may stand, the nearest first. */
export function cnameFiles(policyPath: string): readonly string[] {
  const folders = policyPath.split("/").slice(0, -1);
  return folders.map((_, depth) => [...folders.slice(0, folders.length - depth), "CNAME"].join("/")).concat("CNAME");
}
