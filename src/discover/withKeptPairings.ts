import { type MailDomain, announced } from "../model/mailDomain.ts";
import type { Name } from "../model/name.ts";
import type { Policy } from "../model/policy.ts";
import type { Sides } from "../model/review.ts";
import type { Pairing, Survey } from "../model/survey.ts";

/**
 * A policy that nothing on one side gives to a domain stays with the domains that the other side's evidence gives it to: a
 * second stray file, come or gone, does not tear a policy from its record. And what the MX hosts say at head yields to what
 * was known at base, or the pull request that moves the hosts away from the policy would hide just that; so does what a
 * server's configuration, a `CNAME` file or a link at head gives to somebody else while the domain's record still stands.
 */
export function withKeptPairings(
  { base, head }: Sides,
  policies: readonly { readonly base?: Policy; readonly head?: Policy }[],
): Sides {
  const counterparts = policies.flatMap((both) => (both.base && both.head ? [[both.base, both.head] as const] : []));
  const after = new Map(counterparts);
  const before = new Map(counterparts.map(([old, now]) => [now, old]));
  const open = new Set(head.pairings.filter(isOpen).map((pairing) => pairing.policy));
  const holder = new Map<Name, Policy>();
  for (const { policy, domains } of base.pairings.toReversed()) {
    const now = after.get(policy);
    if (now && open.has(now)) for (const name of domains) holder.set(name, now);
  }
  const stays = ({ policy }: Pairing, name: Name): boolean => (holder.get(name) ?? policy) === policy;
  return {
    base: kept(base, base.pairings, head, after, () => false),
    head: kept(
      head,
      head.pairings.map((pairing) =>
        pairing.pairedBy === "mx"
          ? { ...pairing, domains: pairing.domains.filter((name) => stays(pairing, name)) }
          : pairing,
      ),
      base,
      before,
      (name) => head.domains.some((domain) => domain.name === name && !domain.policy && announced(domain)),
    ),
  };
}

/** Whether a policy may still be given to a domain: nothing tells of it, or only what it allows. */
function isOpen({ domains, pairedBy }: Pairing): boolean {
  return domains.length === 0 || pairedBy === "mx";
}

/** `isWaiting` tells the domains that keep their policy although it is told to be another one's. */
function kept(
  side: Survey,
  pairings: readonly Pairing[],
  other: Survey,
  counterparts: ReadonlyMap<Policy, Policy>,
  isWaiting: (name: Name) => boolean,
): Survey {
  const told = new Map(other.pairings.map((pairing) => [pairing.policy, pairing]));
  const served = new Set(pairings.flatMap((pairing) => pairing.domains));
  const known = new Map<Policy, Pairing>();
  for (const pairing of pairings) {
    const { policy, domains, pairedBy } = pairing;
    const counterpart = counterparts.get(policy);
    const there = counterpart && told.get(counterpart);
    const names = there?.domains.filter((name) => !served.has(name) && (isOpen(pairing) || isWaiting(name))) ?? [];
    if (there && names.length > 0) {
      known.set(policy, {
        policy,
        domains: [...domains, ...names],
        pairedBy: domains.length > 0 ? pairedBy : there.pairedBy,
      });
    } else if (pairedBy === "mx" && domains.length === 0) known.set(policy, { policy, domains, pairedBy: "none" });
  }
  if (known.size === 0 && pairings === side.pairings) return side;
  const byName = new Map(
    [...known.values()].flatMap((pairing) => pairing.domains.map((name) => [name, pairing] as const)),
  );
  const housed = new Set(side.domains.map((domain) => domain.name));
  return {
    ...side,
    pairings: pairings.map((pairing) => known.get(pairing.policy) ?? pairing),
    domains: side.domains.flatMap((domain) => given(domain, known, byName, housed)),
  };
}

function given(
  domain: MailDomain,
  known: ReadonlyMap<Policy, Pairing>,
  byName: ReadonlyMap<Name, Pairing>,
  housed: ReadonlySet<Name | undefined>,
): readonly MailDomain[] {
  const { name, policy } = domain;
  if (name !== undefined) {
    const pairing = byName.get(name);
    return [
      pairing && (!policy || domain.pairedBy === "mx")
        ? { ...domain, policy: pairing.policy, pairedBy: pairing.pairedBy }
        : domain,
    ];
  }
  const pairing = policy && known.get(policy);
  if (!pairing) return [domain];
  return pairing.domains
    .filter((own) => !housed.has(own))
    .map((own) => ({ ...domain, name: own, pairedBy: pairing.pairedBy }));
}
