import { type MailDomain, exchange } from "../model/mailDomain.ts";
import type { Name } from "../model/name.ts";
import { type Policy, meaning } from "../model/policy.ts";
import type { Changes, Sides } from "../model/review.ts";
import type { DomainChange, Options, PolicyChange, UnreadFileChange, ZoneChange } from "../model/rule.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Survey } from "../model/survey.ts";
import type { Zone } from "../model/zone.ts";
import { historyOf } from "./history.ts";
import { apex } from "./lookup.ts";
import { filesOf } from "./stillNeeded.ts";


/** Pairs what both sides hold - domains by name, zones and policies by path or by what they are - and adds their history. */
export function changesOf({ base, head }: Sides, snapshot: Snapshot, options: Options): Changes {
  const { moment } = snapshot;
  const withSts = new Set([base, head].flatMap((side) => side.domains.filter(hasSts).map((domain) => domain.zone)));
  const isTouched = snapshot.base === undefined ? () => true : (path: string) => snapshot.changed.has(path);
  const zones = pair(base.zones, head.zones, (zone) => zone.source.path, apex)
    .map((both): ZoneChange => {
      const holdsSts = [both.base, both.head].some((zone) => zone && withSts.has(zone));
      const known = both.base ?? both.head;
      const files = { policy: undefined, zone: known && { path: known.source.path, origin: known.origin } };
      return { ...both, moment, holdsSts, history: historyOf(files, snapshot.past, snapshot.pastComplete) };
    });
  const changeOf = new Map(zones.flatMap((change) => [change.base, change.head].flatMap((zone) => (zone ? [[zone, change] as const] : []))));
  const touchedZones = zones.filter(({ base: before, head: after }) => [before, after].some((zone) => zone && filesOf(zone).some(isTouched)));
  const touched = new Set(touchedZones.flatMap(({ base: before, head: after }) => [before, after]).filter((zone) => zone !== undefined));
  const domains = pair(base.domains, head.domains, domainKey, (domain) => domain.name ?? "")
    .filter(({ base: before, head: after }) => isDomainTouched(before, after, touched, isTouched))
    .map((both): DomainChange => {
      const known = both.base?.policy ? both.base : (both.head ?? both.base);
      const own = both.head?.zone ?? both.base?.zone;
      const zone = (own && changeOf.get(own)) ?? { moment, holdsSts: false, history: { pasts: [], complete: true } };
      const holder = both.base?.zone ?? both.head?.zone;
      const files = { policy: known?.policy?.source.path, zone: holder && { path: holder.source.path, origin: holder.origin } };
      return { ...both, moment, zone, options, history: historyOf(files, snapshot.past, snapshot.pastComplete) };
    });
  return {
    domains,
    policies: policyChanges({ base, head }, isTouched).map((change) => ({ ...change, moment })),
    zones: touchedZones,
    unread: unreadChanges({ base, head }, isTouched).map((change) => ({ ...change, moment })),
  };
}

/** Whether a domain uses MTA-STS at all: a record, a CNAME in its place, or a policy. */
export function hasSts(domain: MailDomain): boolean {
  return domain.policy !== undefined || domain.sts.cname !== undefined || domain.sts.records.length > 0;
}

function isDomainTouched(
  base: MailDomain | undefined,
  head: MailDomain | undefined,
  zones: ReadonlySet<Zone>,
  isTouched: (path: string) => boolean,
): boolean {
  if (base?.policy !== head?.policy && (!base?.policy || !head?.policy || meaning(base.policy) !== meaning(head.policy))) return true;
  return [base, head].some((domain) => (domain?.zone && zones.has(domain.zone)) || (domain?.policy && isTouched(domain.policy.source.path)));
}

function domainKey(domain: MailDomain): string {
  return JSON.stringify([domain.name, domain.zone?.source.path ?? domain.policy?.source.path]);
}

function policyChanges({ base, head }: Sides, isTouched: (path: string) => boolean): readonly Omit<PolicyChange, "moment">[] {
  const served = (side: Survey): ReadonlyMap<Policy, readonly Name[]> => new Map(side.pairings.map(({ policy, domains }) => [policy, domains]));
  const [before, after] = [served(base), served(head)];
  const domainsOf = (policy: Policy | undefined): readonly Name[] => (policy && (after.get(policy) ?? before.get(policy))) ?? [];
  const hosts = new Map<Policy, Name[]>();
  for (const { policy, mx } of head.domains) if (policy) hosts.set(policy, [...(hosts.get(policy) ?? []), ...mx.map(exchange)]);
  return pair(base.policies, head.policies, (policy) => policy.source.path, (policy) => domainsOf(policy).join(" "))
    .filter((both) => [both.base, both.head].some((policy) => policy && isTouched(policy.source.path)))
    .map((both) => ({ ...both, domains: domainsOf(both.head ?? both.base), mx: (both.head && hosts.get(both.head)) ?? [] }));
}

function unreadChanges({ base, head }: Sides, isTouched: (path: string) => boolean): readonly Omit<UnreadFileChange, "moment">[] {
  const before = base.skipped.filter((file) => file.holds && isTouched(file.path));
  return head.skipped
    .filter((file) => file.holds && isTouched(file.path))
    .map((file) => {
      const same = before.find((other) => other.path === file.path && other.line === file.line);
      return same ? { base: same, head: file } : { head: file };
    });
}

interface Pair<T> {
  readonly base?: T;
  readonly head?: T;
}

/** Pairs the things of both sides by their first key, and what is left by the second, if that is unique and not empty. */
function pair<T>(base: readonly T[], head: readonly T[], first: (thing: T) => string, second: (thing: T) => string): readonly Pair<T>[] {
  const pairs: Pair<T>[] = [];
  const left = new Map(base.map((thing) => [first(thing), thing]));
  const alone: T[] = [];
  for (const thing of head) {
    const other = left.get(first(thing));
    left.delete(first(thing));
    if (other) pairs.push({ base: other, head: thing });
    else alone.push(thing);
  }
  const bySecond = new Map<string, string[]>();
  for (const [key, thing] of left) bySecond.set(second(thing), [...(bySecond.get(second(thing)) ?? []), key]);
  for (const thing of alone) {
    const [match, ...more] = second(thing) === "" ? [] : (bySecond.get(second(thing)) ?? []);
    const other = match !== undefined && more.length === 0 ? left.get(match) : undefined;
    if (other && match !== undefined) left.delete(match);
    pairs.push(other ? { base: other, head: thing } : { head: thing });
  }
  return [...pairs, ...[...left.values()].map((thing) => ({ base: thing }))];
}
