import { createHash } from "node:crypto";
import type { Config } from "../model/config.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { type MailDomain, usesSts } from "../model/mailDomain.ts";
import { apex } from "../model/lookup.ts";
import type { Name } from "../model/name.ts";
import { type Policy, meaning } from "../model/policy.ts";
import type { Changes, Sides } from "../model/review.ts";
import type { DomainChange, UnreadFileChange, ZoneChange } from "../model/rule.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Source } from "../model/source.ts";
import type { Survey } from "../model/survey.ts";
import type { UnreadFile } from "../model/unreadFile.ts";
import { type Zone, filesOf } from "../model/zone.ts";
import { historyOf } from "./history.ts";
import { policyChanges } from "./policyChanges.ts";
import { withKeptPairings } from "./withKeptPairings.ts";

/** What is known of the zone of a domain that has none here. */
const NO_ZONE = { holdsSts: false, stsDomains: [], history: { pasts: [], complete: true } };

/** Pairs what both sides hold - domains by name, zones and policies by path or by what they are - and adds their history. */
export function changesOf(sides: Sides, snapshot: Snapshot, config: Config): Changes {
  const { moment } = snapshot;
  const policies = policyPairs(sides);
  const { base, head } = withKeptPairings(sides, policies);
  const withSts = groupedBy(
    [base, head].flatMap((side) => side.domains.filter(usesSts)),
    ({ zone }) => zone,
  );
  const isTouched = snapshot.base === undefined ? () => true : (path: string) => snapshot.changed.has(path);
  const zones = pair(base.zones, head.zones, apex, (zone) => zone.source).map((both): ZoneChange => {
    const inIt = [both.base, both.head].flatMap((zone) => (zone && withSts.get(zone)) ?? []);
    const stsDomains = inIt.flatMap(({ name, unseen }) => (name === undefined || unseen ? [] : name));
    const history = historyOf({ policy: undefined, zone: both.base ?? both.head }, snapshot);
    return { ...both, moment, holdsSts: inIt.length > 0, stsDomains: [...new Set(stsDomains)], history };
  });
  const changeOf = new Map(
    zones.flatMap((change) => [change.base, change.head].flatMap((zone) => (zone ? [[zone, change] as const] : []))),
  );
  const touchedZones = zones.filter(({ base: before, head: after }) =>
    [before, after].some((zone) => zone && filesOf(zone).some(isTouched)),
  );
  const touched = new Set(
    touchedZones.flatMap(({ base: before, head: after }) => [before, after]).filter((zone) => zone !== undefined),
  );
  const domains = domainPairs({ base, head }, zones, policies)
    .filter(({ base: before, head: after }) => isDomainTouched(before, after, touched, isTouched))
    .map((both): DomainChange => {
      const known = both.base?.policy ? both.base : (both.head ?? both.base);
      const own = both.head?.zone ?? both.base?.zone;
      const zone = (own && changeOf.get(own)) ?? { moment, ...NO_ZONE };
      const files = { policy: known?.policy?.source.file, zone: both.base?.zone ?? both.head?.zone };
      return {
        ...both,
        moment,
        zone,
        options: config.rollout,
        history: historyOf(files, snapshot),
      };
    });
  const unread = unreadChanges({ base, head }, isTouched);
  return {
    domains,
    policies: policyChanges({ sides: { base, head }, policies, domains, unread, config, isTouched }).map((change) => ({
      ...change,
      moment,
    })),
    zones: touchedZones,
    unread: unread.map((change) => ({ ...change, moment })),
  };
}

function isDomainTouched(
  base: MailDomain | undefined,
  head: MailDomain | undefined,
  zones: ReadonlySet<Zone>,
  isTouched: (path: string) => boolean,
): boolean {
  if (
    base?.policy !== head?.policy &&
    (!base?.policy || !head?.policy || meaning(base.policy) !== meaning(head.policy))
  )
    return true;
  return [base, head].some(
    (domain) => (domain?.zone && zones.has(domain.zone)) || (domain?.policy && isTouched(domain.policy.source.path)),
  );
}

/** Pairs domains that lie in the same zone, or without one in the same policy, and what is left by name. */
function domainPairs(
  { base, head }: Sides,
  zones: readonly Pair<Zone>[],
  policies: readonly Pair<Policy>[],
): readonly Pair<MailDomain>[] {
  const homes = new Map<Zone | Policy, string>();
  for (const [kind, pairs] of Object.entries({ zones, policies })) {
    for (const [index, both] of pairs.entries())
      for (const home of [both.base, both.head]) if (home) homes.set(home, `${kind} ${index}`);
  }
  const homeOf = ({ zone, policy }: MailDomain): string => homes.get((zone ?? policy) as Zone | Policy) ?? "";
  const left = matched(unpaired(base.domains, head.domains), [
    (domain) => JSON.stringify([domain.name, homeOf(domain)]),
  ]);
  return pairsOf(matchedAlone(left, (domain) => domain.name));
}

function policyPairs({ base, head }: Sides): readonly Pair<Policy>[] {
  const servedAt = (side: Survey): ReadonlyMap<Policy, readonly Name[]> =>
    new Map(side.pairings.map(({ policy, domains }) => [policy, domains]));
  const [before, after] = [servedAt(base), servedAt(head)];
  return pair(
    base.policies,
    head.policies,
    (policy) => (after.get(policy) ?? before.get(policy) ?? []).join(" "),
    (policy) => policy.source,
  );
}

/** A line that is the same in the same file, or that went from one file to another, is no change. */
function unreadChanges(
  { base, head }: Sides,
  isTouched: (path: string) => boolean,
): readonly Omit<UnreadFileChange, "moment">[] {
  const held = (side: Survey): readonly UnreadFile[] =>
    side.skipped.filter((file) => file.holds && isTouched(file.path));
  const [before, after] = [held(base), held(head)];
  const [old, now] = [before, after].map((files) => new Set(files.map((file) => file.path)));
  const stays = ({ path }: UnreadFile): boolean => old?.has(path) === true && now?.has(path) === true;
  const inPlace = (file: UnreadFile): string => `${file.path}\n${file.line}`;
  return matched(unpaired(before, after), [inPlace, (file) => (stays(file) ? inPlace(file) : file.line)]).slots;
}

interface Pair<T> {
  readonly base?: T;
  readonly head?: T;
}

/**
 * Pairs the files of both sides: the same path; then, since files move, what is of one kind and says the same, or ends in the
 * same folder and name; then what is alone of its kind.
 */
function pair<T>(
  base: readonly T[],
  head: readonly T[],
  kind: (thing: T) => string,
  source: (thing: T) => Source,
): readonly Pair<T>[] {
  const tail = (thing: T): string => source(thing).path.split("/").slice(-2).join("/");
  const text = (thing: T): string => createHash("sha256").update(source(thing).bytes).digest("hex");
  const byPath = matched(unpaired(base, head), [(thing) => source(thing).path]);
  return pairsOf(
    matchedAlone(
      matched(byPath, [(thing) => `${kind(thing)} ${text(thing)}`, (thing) => `${kind(thing)} ${tail(thing)}`]),
      kind,
    ),
  );
}

/** Pairs made so far, and what is left; `slots` are in the order of head. */
interface Matching<T> {
  readonly slots: readonly Pair<T>[];
  readonly left: readonly T[];
}

function unpaired<T>(base: readonly T[], head: readonly T[]): Matching<T> {
  return { slots: head.map((thing) => ({ head: thing })), left: base };
}

/** Gives each thing of head the first of base that has the same key, one key after the other. */
function matched<T>(matching: Matching<T>, keys: readonly ((thing: T) => string)[]): Matching<T> {
  let { slots, left } = matching;
  for (const key of keys) {
    if (left.length === 0) break;
    const byKey = groupedBy(left, key);
    slots = slots.map((slot) => {
      const other = slot.base || !slot.head ? undefined : byKey.get(key(slot.head))?.shift();
      return other ? { base: other, head: slot.head as T } : slot;
    });
    left = [...byKey.values()].flat();
  }
  return { slots, left };
}

/** Matches what is the only one of its kind on both sides. */
function matchedAlone<T>(matching: Matching<T>, kind: (thing: T) => string | undefined): Matching<T> {
  const { slots, left } = matching;
  const base = groupedBy(left, kind);
  const head = groupedBy(
    slots.filter((slot) => !slot.base).flatMap((slot) => slot.head ?? []),
    kind,
  );
  const only = (thing: T): T | undefined => {
    const [there, ...others] = base.get(kind(thing)) ?? [];
    return others.length === 0 && head.get(kind(thing))?.length === 1 ? there : undefined;
  };
  return {
    slots: slots.map((slot) => {
      const other = slot.base || !slot.head ? undefined : only(slot.head);
      return other ? { base: other, head: slot.head as T } : slot;
    }),
    left: left.filter((thing) => !only(thing)),
  };
}

function pairsOf<T>({ slots, left }: Matching<T>): readonly Pair<T>[] {
  return [...slots, ...left.map((thing) => ({ base: thing }))];
}
