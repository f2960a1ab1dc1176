import type { Config } from "../model/config.ts";
import { apex } from "../model/lookup.ts";
import { aLabels } from "../model/aLabels.ts";
import type { PairedBy } from "../model/mailDomain.ts";
import { type Name, nameOf } from "../model/name.ts";
import type { Policy } from "../model/policy.ts";
import type { Source } from "../model/source.ts";
import type { Pairing } from "../model/survey.ts";
import { registeredDomain } from "../model/publicSuffix.ts";
import type { Zone } from "../model/zone.ts";
import { byPath } from "./byPath.ts";
import { configured } from "./configured.ts";

/**
 * Tells which policy belongs to which domain; the first evidence that answers wins: the configuration, a domain in the path, the nearest
 * `CNAME` file upwards, the only domain with a record, one policy shared by all domains with a record. The best evidence
 * comes first: where two policies are paired with one domain, the first counts.
 */
export function pairPolicies(
  policies: readonly Policy[],
  zones: readonly Zone[],
  owners: ReadonlyMap<Zone, readonly Name[]>,
  sources: ReadonlyMap<string, Source>,
  config: Config,
): readonly Pairing[] {
  const held = new Set([...zones.map(apex), ...[...owners.values()].flat()]);
  const told = policies.map(
    (policy) => byConfiguration(policy, config) ?? byFolder(policy, held) ?? byCnameFile(policy, sources),
  );
  const taken = new Set(told.flatMap((pairing) => pairing?.domains ?? []));
  const free = [...new Set([...owners.values()].flat())].filter((name) => !taken.has(name));
  const alone = told.filter((pairing) => pairing === undefined).length === 1;
  const pairings = policies.map((policy, index): Pairing => {
    const pairing = told[index];
    if (pairing) return pairing;
    if (!alone || free.length === 0) return { policy, domains: [], pairedBy: "none" };
    return { policy, domains: free, pairedBy: free.length === 1 ? "only-record" : "shared" };
  });
  return pairings.toSorted(bestFirst);
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
    2 * EVIDENCE.indexOf(pairedBy) + (/(?:^|\/)\.well-known\//.test(source.path) ? 0 : 1);
  return weight(a) - weight(b) || byPath(a.policy, b.policy);
}

function byConfiguration(policy: Policy, config: Config): Pairing | undefined {
  const domains = configured(config).policy(policy.source.path) ?? [];
  return domains.length === 0 ? undefined : { policy, domains, pairedBy: "configuration" };
}

function byFolder(policy: Policy, held: ReadonlySet<Name>): Pairing | undefined {
  const name = domainOfPath(policy.source.path, held);
  return name === undefined ? undefined : { policy, domains: [name], pairedBy: "path" };
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

/** Whether a folder's name is a domain and not a version, a `conf.d` or a file's name. */
function isDomainLike(name: Name): boolean {
  return /^(?:[a-z0-9_](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}$/.test(name) && registeredDomain(name) !== undefined;
}

function byCnameFile(policy: Policy, sources: ReadonlyMap<string, Source>): Pairing | undefined {
  for (const path of cnameFiles(policy.source.path)) {
    const host = sources.get(path)?.text().trim();
    if (host === undefined) continue;
    const name = /^mta-sts\.(\S+)$/i.exec(aLabels(host))?.[1];
    return name === undefined ? undefined : { policy, domains: [nameOf(name)], pairedBy: "cname-file" };
  }
  return undefined;
}

/** Where GitHub Pages' `CNAME` file of a policy may stand, the nearest first. */
export function cnameFiles(policyPath: string): readonly string[] {
  const folders = policyPath.split("/").slice(0, -1);
  return folders.map((_, depth) => [...folders.slice(0, folders.length - depth), "CNAME"].join("/")).concat("CNAME");
}
