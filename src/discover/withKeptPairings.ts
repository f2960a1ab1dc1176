import type { MailDomain } from "../model/mailDomain.ts";
import type { Name } from "../model/name.ts";
import type { Policy } from "../model/policy.ts";
import type { Sides } from "../model/review.ts";
import type { Pairing, Survey } from "../model/survey.ts";

/**
 * A policy that nothing on one side gives to a domain stays with the domains that the other side's evidence gives it to: a
 * second stray file, come or gone, does not tear a policy from its record.
 */
export function withKeptPairings(
  { base, head }: Sides,
  policies: readonly { readonly base?: Policy; readonly head?: Policy }[],
): Sides {
  const counterparts = policies.flatMap((both) => (both.base && both.head ? [[both.base, both.head] as const] : []));
  return {
    base: kept(base, head, new Map(counterparts)),
    head: kept(head, base, new Map(counterparts.map(([before, after]) => [after, before]))),
  };
}

function kept(side: Survey, other: Survey, counterparts: ReadonlyMap<Policy, Policy>): Survey {
  const told = new Map(other.pairings.map((pairing) => [pairing.policy, pairing]));
  const served = new Set(side.pairings.flatMap((pairing) => pairing.domains));
  const known = new Map<Policy, Pairing>();
  for (const { policy, domains } of side.pairings) {
    const counterpart = counterparts.get(policy);
    const there = domains.length === 0 && counterpart ? told.get(counterpart) : undefined;
    const names = there?.domains.filter((name) => !served.has(name)) ?? [];
    if (there && names.length > 0) known.set(policy, { policy, domains: names, pairedBy: there.pairedBy });
  }
  if (known.size === 0) return side;
  const byName = new Map(
    [...known.values()].flatMap((pairing) => pairing.domains.map((name) => [name, pairing] as const)),
  );
  const housed = new Set(side.domains.map((domain) => domain.name));
  return {
    ...side,
    pairings: side.pairings.map((pairing) => known.get(pairing.policy) ?? pairing),
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
    return [pairing && !policy ? { ...domain, policy: pairing.policy, pairedBy: pairing.pairedBy } : domain];
  }
  const pairing = policy && known.get(policy);
  if (!pairing) return [domain];
  return pairing.domains
    .filter((own) => !housed.has(own))
    .map((own) => ({ ...domain, name: own, pairedBy: pairing.pairedBy }));
}
