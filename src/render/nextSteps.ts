import { duration } from "../model/duration.ts";
import type { Finding } from "../model/finding.ts";
import { type MailDomain, announced, knowAllMx, mxHosts, stsRecord } from "../model/mailDomain.ts";
import { type Name, display, nameOf } from "../model/name.ts";
import type { History } from "../model/past.ts";
import { type Policy, type ReadablePolicy, allowsAny, covers, meaning, patterns, readable } from "../model/policy.ts";
import { idOf } from "../model/policyId.ts";
import type { DomainChange } from "../model/rule.ts";
import { codeSpan } from "./markdownSafe.ts";

/** What to do about a change, a numbered list for each domain that it makes steps for. */
export function stepsByDomain(changes: readonly DomainChange[], findings: readonly Finding[]): readonly string[] {
  return changes.flatMap((change) => {
    const name = change.head?.name;
    const steps = nextSteps(change);
    if (steps.length === 0 || name === undefined) return [];
    const isOpen = findings.some(
      ({ domain, status, severity }) => domain === name && status === "new" && severity !== "notice",
    );
    const all = [...(isOpen ? ["Repair what is found above for this domain, and merge."] : []), ...steps];
    return [`${codeSpan(display(name))}:\n\n${all.map((step, at) => `${at + 1}. ${step}`).join("\n")}`];
  });
}

/** What to do once a change is merged, in order and with the waits in numbers (RFC 8461 §8.1, §8.3); empty: nothing. */
function nextSteps({ base, head, history, options }: DomainChange): readonly string[] {
  const after = head?.policy;
  if (!head?.name || !after || !readable(after)) return [];
  if (base?.policy && meaning(base.policy) === meaning(after)) return [];
  const before = policyBefore(base, history);
  const deploy: readonly string[] = [
    `Deploy the policy before the record, and check that ${codeSpan(`https://mta-sts.${display(head.name)}/.well-known/mta-sts.txt`)} serves it.`,
    publishStep(head.name, base, head),
  ];
  // Only mail under an enforced policy waits for one that allows its host.
  const enforced = before?.mode.value === "enforce" ? enforcedSteps(before, after, base, head) : [];
  const steps = refusesAllOf(after, base, head)
    ? [...movingSteps(before, base, head, deploy, enforced)]
    : [...earlySteps(before, after, base), ...deploy, ...enforced];
  if (after.mode.value === "none")
    steps.push(
      `Leave the policy and the record in place for ${longestKept(before, history)} after that; then both may go (RFC 8461 §8.3).`,
    );
  if (after.mode.value === "testing")
    steps.push(
      `Stay in \`testing\` for at least ${duration(options.minTestingDays * 86_400)} in all and read the TLSRPT reports (RFC 8460) before \`mode: enforce\`.`,
    );
  return steps;
}

/** The policy that senders may hold: base's, or where that cannot be read, the last one before it that could. */
function policyBefore(base: MailDomain | undefined, { pasts }: History): ReadablePolicy | undefined {
  if (!base?.policy) return undefined;
  return [...pasts.map(({ policy }) => policy), base.policy]
    .filter((policy) => policy !== undefined)
    .findLast(readable);
}

/** Whether a policy refuses all hosts that take mail until the MX records have changed to hosts that it allows. */
function refusesAllOf(after: ReadablePolicy, base: MailDomain | undefined, head: MailDomain): base is MailDomain {
  if (!base || after.mode.value !== "enforce" || !knowAllMx([base])) return false;
  const now = mxHosts([base]).filter((host) => host !== ".");
  const then = mxHosts([head]);
  return now.length > 0 && !now.some((host) => covers(after, host)) && then.some((host) => covers(after, host));
}

/** In which order all mail moves to other hosts while a policy enforces, so that one policy always allows the hosts of the moment. */
function movingSteps(
  before: ReadablePolicy | undefined,
  base: MailDomain,
  head: MailDomain,
  deploy: readonly string[],
  enforced: readonly string[],
): readonly string[] {
  const [from, to] = [mxHosts([base]), mxHosts([head])];
  const ttl = duration(Math.max(...base.mx.map((mx) => mx.ttl)));
  const refused = `refuses ${shown(from)}, where all mail goes until the MX records have changed`;
  if (before?.mode.value !== "enforce" || to.every((host) => covers(before, host)))
    return [
      `Publish the new MX records first, and wait ${ttl} (the TTL of the old ones): the policy of this change ${refused}.`,
      ...deploy,
    ];
  return [
    `Deploy another policy first, one that lists ${shown([...new Set([...from, ...to])])}, and publish the record with a new id for it: the policy of this change ${refused}, and the one that senders hold refuses the new hosts (RFC 8461 §8.1).`,
    ...enforced,
    `Wait ${ttl} (the TTL of the old MX records) after that, and only then go on with the policy of this change.`,
    ...deploy,
  ];
}

function shown(hosts: readonly Name[]): string {
  return hosts.map((host) => codeSpan(display(host))).join(", ");
}

/** Where the MX records are not here, nobody can say that a policy fits them. */
function earlySteps(
  before: ReadablePolicy | undefined,
  after: ReadablePolicy,
  base: MailDomain | undefined,
): readonly string[] {
  if (!before || after.mode.value !== "enforce" || (base && knowAllMx([base]))) return [];
  const lost = lostPatterns(before, after, base);
  if (lost.length === 0) return [];
  const hosts = lost.map((pattern) => codeSpan(pattern)).join(", ");
  // What senders hold allows none of the new hosts either, so one policy has to allow both.
  if (before.mode.value === "enforce" && lost.length === patterns(before).size)
    return [
      `Where mail still goes to ${hosts}, deploy another policy first, one that lists the old and the new hosts, and change the MX records after it (RFC 8461 §8.1): the policy of this change refuses the old ones.`,
    ];
  return [
    `See that no MX record names ${hosts} any more, and wait for the TTL of those that did: the policy of this change refuses such hosts.`,
  ];
}

function publishStep(name: Name, base: MailDomain | undefined, head: MailDomain): string {
  const record = codeSpan(`_mta-sts.${display(name)}`);
  const [before, after] = [idOf(base)?.value, idOf(head)?.value];
  if (after === undefined && announced(head))
    return `Then publish the record ${record} with a new id; senders cannot read the one here.`;
  if (after === undefined) return `Then publish the record ${record} with a new id; it is not kept here.`;
  if (before === after) return `Then publish the record ${record} with a new id; here it still has ${codeSpan(after)}.`;
  return `Then publish the record ${record} with the id ${codeSpan(after)}.`;
}

/** Senders go by the enforced policy that they hold until the record's TTL is over, and then look for a new id (RFC 8461 §8.1). */
function enforcedSteps(
  before: ReadablePolicy,
  after: ReadablePolicy,
  base: MailDomain | undefined,
  head: MailDomain,
): readonly string[] {
  const ttl = ((base && stsRecord(base)) ?? stsRecord(head))?.record.ttl;
  const wait = ttl === undefined ? "the record's TTL" : `${duration(ttl)} (the record's TTL)`;
  const late = before.maxAge
    ? ` A sender that cannot fetch the new policy goes by the old one for up to ${duration(before.maxAge.value)}.`
    : "";
  const known = new Set(base ? mxHosts([base]) : []);
  const arriving = mxHosts([head]).filter((host) => !known.has(host) && !covers(before, host));
  if (arriving.length > 0)
    return [
      `Wait ${wait}, and only then publish the new MX ${shown(arriving)}: until then senders go by the old policy, which refuses it (RFC 8461 §8.1).${late}`,
    ];
  const lost = after.mode.value === "none" ? [] : lostPatterns(before, after, base);
  if (lost.length > 0)
    return [
      `Keep the MX hosts that only the old policy allows (${lost.map((pattern) => codeSpan(pattern)).join(", ")}) working for ${wait} after that (RFC 8461 §8.1).${late}`,
    ];
  if (knowAllMx([head])) return [];
  return [`Publish MX hosts that the old policy refuses only ${wait} after that (RFC 8461 §8.1).${late}`];
}

/** What the new policy no longer allows, as far as mail may still go there. */
function lostPatterns(before: Policy, after: Policy, base: MailDomain | undefined): readonly string[] {
  const isUsed = base && knowAllMx([base]) ? allowsAny(mxHosts([base])) : () => true;
  return [...patterns(before).keys()].filter((pattern) => !covers(after, nameOf(pattern)) && isUsed(pattern));
}

/** For how long some sender may still hold a policy that was served before: the longest `max_age` counts, not the last. */
function longestKept(before: Policy | undefined, { pasts }: History): string {
  const ages = [before, ...pasts.map(({ policy }) => policy)].flatMap((policy) => policy?.maxAge?.value ?? []);
  return ages.length === 0
    ? "the old `max_age`"
    : `${duration(Math.max(...ages))} (the longest \`max_age\` that was served)`;
}
