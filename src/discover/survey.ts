import type { Config } from "../model/config.ts";
import { type Name, isWithin, under } from "../model/name.ts";
import { Zones, apex, belowCut, lookup } from "../model/lookup.ts";
import { type Found, type MailDomain, exchange } from "../model/mailDomain.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { memo } from "../model/memo.ts";
import { misnamedStsRecords, misnamedTlsrptRecords } from "../model/misnamed.ts";
import type { TlsrptRecord } from "../model/tlsrptRecord.ts";
import type { Policy } from "../model/policy.ts";
import type { Source } from "../model/source.ts";
import type { Tree } from "../model/snapshot.ts";
import type { Pairing, Survey } from "../model/survey.ts";
import { type Zone, type ZoneRecord, mayHoldMore, recordsAt } from "../model/zone.ts";
import { parsePolicy } from "../parse/policy/parsePolicy.ts";
import { parseStsRecord } from "../parse/record/parseStsRecord.ts";
import { parseTlsrptRecord } from "../parse/record/parseTlsrptRecord.ts";
import { byPath } from "./byPath.ts";
import { pairPolicies } from "./pairPolicies.ts";
import { readZones } from "./readZones.ts";
import { unreadFiles } from "./unreadFiles.ts";
import { isPolicy } from "./worthReading.ts";

const readPolicy = memo(parsePolicy);
const readStsRecord = memo(parseStsRecord);
const readTlsrptRecord = memo(parseTlsrptRecord);

/** Finds the zones, policies and mail domains in the texts that were read of one side. */
export function survey(tree: Tree, config: Config): Survey {
  const files = policyFiles(tree, config);
  const policies = [...files.keys()];
  const { zones, notZones, homeless, missing } = readZones(tree.sources, config);
  const owners = new Map(zones.map((zone) => [zone, stsOwners(zone)]));
  const pairings = pairPolicies(files, zones, owners, tree, config);
  const index = new Zones(zones);
  const housed = [...zoneDomains(zones, index, owners, pairings)];
  const domains = [...housed, ...strayPolicies(new Set(housed.map((domain) => domain.name)), pairings, index)];
  return {
    zones,
    policies,
    domains,
    pairings,
    skipped: unreadFiles(tree, zones, { notZones, homeless }, config),
    missing,
  };
}

/** The policies with their paths: a file and the symbolic links that lead to it are one. */
function policyFiles({ sources }: Tree, config: Config): ReadonlyMap<Policy, readonly string[]> {
  const named = [...sources.values()].filter((source) => isPolicy(source.path, config));
  const files = [...groupedBy(named, (source) => source.file).values()].map((same) => {
    const own =
      same.find((source) => source.path === source.file) ?? same.toSorted((a, b) => (a.path < b.path ? -1 : 1))[0];
    return [readPolicy(own as Source), same.map((source) => source.path)] as const;
  });
  return new Map(files.toSorted(([a], [b]) => byPath(a, b)));
}

/** The names whose `_mta-sts` holds a TXT or CNAME record. */
function stsOwners(zone: Zone): readonly Name[] {
  const wrong = new Set(misnamedStsRecords(zone).map((misnamed) => misnamed.record.owner));
  return ownersBelow(zone, "_mta-sts", ({ type, owner }) => (type === "TXT" || type === "CNAME") && !wrong.has(owner));
}

/** The names whose `_smtp._tls` holds what is, or was meant to be, a TLSRPT record. */
function tlsrptOwners(zone: Zone): readonly Name[] {
  const wrong = new Set(misnamedTlsrptRecords(zone).map((misnamed) => misnamed.record.owner));
  return ownersBelow(
    zone,
    "_smtp._tls",
    (record) => record.type === "TXT" && !wrong.has(record.owner) && readTlsrptRecord(record) !== undefined,
  );
}

function ownersBelow(zone: Zone, prefix: string, counts: (record: ZoneRecord) => boolean): readonly Name[] {
  const owners = new Set<Name>();
  for (const record of zone.records) {
    if (record.owner.startsWith(`${prefix}.`) && counts(record)) owners.add(record.owner.slice(prefix.length + 1));
  }
  return [...owners];
}

function* zoneDomains(
  zones: readonly Zone[],
  index: Zones,
  owners: ReadonlyMap<Zone, readonly Name[]>,
  pairings: readonly Pairing[],
): Iterable<MailDomain> {
  const paired = new Map(
    pairings.toReversed().flatMap((pairing) => pairing.domains.map((name) => [name, pairing] as const)),
  );
  const served = new Map<Zone, Name[]>();
  for (const name of paired.keys())
    for (const zone of index.viewsOf(name)) served.set(zone, [...(served.get(zone) ?? []), name]);
  const published = new Map([...owners].map(([zone, names]) => [zone, new Set(names)]));
  const isPublished = (zone: Zone, name: Name): boolean => published.get(zone)?.has(name) === true;
  for (const zone of zones) {
    const misnamed = [...misnamedStsRecords(zone), ...misnamedTlsrptRecords(zone)].map(({ meantFor }) => meantFor);
    const names = new Set<Name>([
      ...(owners.get(zone) ?? []),
      ...(served.get(zone) ?? []),
      ...misnamed,
      ...tlsrptOwners(zone),
    ]);
    for (const record of zone.records) if (record.type === "MX") names.add(record.owner);
    for (const name of names) {
      if (!isWithin(name, apex(zone)) || belowCut(zone, name)) continue;
      const views = isPublished(zone, name) ? [] : index.viewsOf(name);
      if (views.some((view) => belowCut(view, name))) continue;
      const unseen = views.some((view) => isPublished(view, name));
      yield { ...mailDomain(name, zone, index, paired.get(name)), unseen };
    }
  }
}

/** The policies whose domain is not known, or has no zone here: none at all, or one that delegates it to elsewhere. */
function* strayPolicies(
  housed: ReadonlySet<Name | undefined>,
  pairings: readonly Pairing[],
  zones: Zones,
): Iterable<MailDomain> {
  const nothing = { presence: "unknown", records: [], cname: undefined } as const;
  const seen = new Set(housed);
  for (const { policy, domains, pairedBy } of pairings) {
    const names = domains.filter((name) => !seen.has(name));
    for (const name of names) seen.add(name);
    for (const name of domains.length === 0 ? [undefined] : names) {
      yield { name, zone: undefined, zones, unseen: false, mx: [], sts: nothing, tlsrpt: nothing, policy, pairedBy };
    }
  }
}

function mailDomain(name: Name, zone: Zone, zones: Zones, pairing: Pairing | undefined): Omit<MailDomain, "unseen"> {
  const sts = lookup(zone, zones, under("_mta-sts", name), "TXT");
  return {
    name,
    zone,
    zones,
    mx: recordsAt(zone, name, "MX").filter((record) => exchange(record) !== "."),
    sts: {
      ...sts,
      records: distinct(sts.records)
        .map(readStsRecord)
        .filter((record) => record !== undefined),
    },
    tlsrpt: tlsrptOf(name, zone, zones),
    policy: pairing?.policy,
    pairedBy: pairing?.pairedBy ?? "none",
  };
}

/**
 * What stands at `_smtp._tls`: a text that is no TLSRPT record, such as a wildcard's, is none; what another view of the zone
 * holds is not absent.
 */
function tlsrptOf(name: Name, zone: Zone, zones: Zones): Found<TlsrptRecord> {
  const owner = under("_smtp._tls", name);
  const answer = lookup(zone, zones, owner, "TXT");
  const records = distinct(answer.records)
    .map(readTlsrptRecord)
    .filter((record) => record !== undefined);
  if (records.length > 0 || (answer.presence !== "present" && answer.presence !== "absent"))
    return { ...answer, records };
  const elsewhere = zones
    .viewsOf(name)
    .some((view) => view !== zone && lookup(view, zones, owner, "TXT").presence !== "absent");
  return { ...answer, records, presence: elsewhere || mayHoldMore(zone, owner) ? "unknown" : "absent" };
}

/** The same line twice is one record (RFC 2181 §5). */
function distinct(records: readonly ZoneRecord[]): readonly ZoneRecord[] {
  return records.length < 2
    ? records
    : [...new Map(records.toReversed().map((record) => [record.rdata, record])).values()].toReversed();
}
