import type { Config } from "../model/config.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { type MailDomain, announced } from "../model/mailDomain.ts";
import type { Policy } from "../model/policy.ts";
import { sitePath } from "../model/policyPath.ts";
import type { Sides } from "../model/review.ts";
import type { PolicyChange } from "../model/rule.ts";
import type { Pairing } from "../model/survey.ts";
import type { UnreadFile } from "../model/unreadFile.ts";
import { configured } from "./configured.ts";
import { pathPattern } from "./pathPattern.ts";

/** What is on both sides, on one of them, or gone. */
interface Both<T> {
  readonly base?: T;
  readonly head?: T;
}

/** What is known of a change before its policies are told. */
interface Known {
  readonly sides: Sides;
  readonly policies: readonly Both<Policy>[];
  /** The mail domains that the change touches, and the files that no parser reads. */
  readonly domains: readonly Both<MailDomain>[];
  readonly unread: readonly Both<UnreadFile>[];
  readonly config: Config;
  readonly isTouched: (path: string) => boolean;
}

type Told = Omit<PolicyChange, "moment">;

/** The policies that a change touches, by their own text or by a domain that they serve, and those that the configuration misses. */
export function policyChanges(known: Known): readonly Told[] {
  const { sides, policies, domains, config, isTouched } = known;
  const { base, head } = sides;
  const concerned = new Set(domains.flatMap((both) => [both.base?.policy, both.head?.policy]));
  const served = new Map([...base.pairings, ...head.pairings].map((pairing) => [pairing.policy, pairing.domains]));
  const [before, after] = [base, head].map((side) => groupedBy(side.domains, (domain) => domain.policy));
  const kept = domains.flatMap((both) => (both.base && both.head ? [[both.base, both.head] as const] : []));
  const becomes = new Map(kept);
  const was = new Map(kept.map(([old, now]) => [now, old]));
  const hasStray = policies.some((both) => !both.base && both.head && served.get(both.head)?.length === 0);
  const isInlined = known.unread.some((both) => !both.base && both.head && isPolicyText(both.head));
  const unreadAtHead = new Set(head.skipped.map(({ path }) => path));
  const rivalsOf = rivalsAmong(head.pairings);
  const changes = policies
    .filter((both) =>
      [both.base, both.head].some((policy) => policy && (concerned.has(policy) || isTouched(policy.source.path))),
    )
    .map((both): Told => {
      const policy = both.head ?? both.base;
      const path = policy?.source.path ?? "";
      const old = (both.base && before?.get(both.base)) ?? [];
      const now = (both.head && after?.get(both.head)) ?? [];
      return {
        ...both,
        domains: (policy && served.get(policy)) ?? [],
        sharing: {
          base: both.base ? old : now.flatMap((domain) => was.get(domain) ?? []),
          head: both.head ? now : old.flatMap((domain) => becomes.get(domain) ?? []),
        },
        mayBeElsewhere: !both.head && (hasStray || isInlined || unreadAtHead.has(path)),
        isConfigured: configured(config).policy(path) !== undefined,
        rivals: rivalsOf(both.head),
        neighbours: head.domains,
      };
    });
  const told = new Set(changes.flatMap((change) => change.sharing.head));
  const open = domains.flatMap((both) => (both.head && !told.has(both.head) ? [both.head] : []));
  return [...changes, ...missed(open, was, known)];
}

/** A policy written into another file; what documentation quotes is served by nobody. */
function isPolicyText({ holds, format }: UnreadFile): boolean {
  return holds === "policy" && format !== "documentation";
}

/** The policies that the configuration has for domains with a record, and that are on neither side. */
function missed(
  domains: readonly MailDomain[],
  was: ReadonlyMap<MailDomain, MailDomain>,
  { sides: { head }, config }: Known,
): readonly Told[] {
  const named = new Set<MailDomain>();
  return config.policies.flatMap(({ path, domains: names = [] }): readonly Told[] => {
    const pattern = pathPattern(path);
    if (names.length === 0 || head.skipped.some((file) => pattern.match(file.path))) return [];
    const lacking = domains.filter(
      (domain) =>
        !named.has(domain) && !domain.policy && announced(domain) && names.some((name) => name === domain.name),
    );
    for (const domain of lacking) named.add(domain);
    if (lacking.length === 0) return [];
    return [
      {
        domains: [...new Set(lacking.flatMap(({ name }) => name ?? []))],
        sharing: { base: lacking.flatMap((domain) => was.get(domain) ?? []), head: lacking },
        expected: path,
        mayBeElsewhere: false,
        isConfigured: true,
        rivals: [],
        neighbours: head.domains,
      },
    ];
  });
}

/** Finds the other policy files for a domain that one serves, or for the same place of the same site. */
function rivalsAmong(pairings: readonly Pairing[]): (policy: Policy | undefined) => readonly Policy[] {
  const places = ({ policy, domains }: Pairing): readonly string[] => {
    const site = sitePath(policy.source.path)?.site;
    return site === undefined ? domains : [...domains, `site ${site}`];
  };
  const own = new Map(pairings.map((pairing) => [pairing.policy, pairing]));
  const atPlace = groupedBy(
    pairings.flatMap((pairing) => places(pairing).map((place) => ({ place, pairing }))),
    ({ place }) => place,
  );
  return (policy) => {
    const pairing = policy && own.get(policy);
    const there = pairing ? places(pairing).flatMap((place) => atPlace.get(place) ?? []) : [];
    return [...new Set(there.map((other) => other.pairing.policy))].filter((other) => other !== policy);
  };
}
