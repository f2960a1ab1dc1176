import { type MailDomain, exchange, preference } from "../model/mailDomain.ts";
import { providerOf, whereShown } from "../model/mailProvider.ts";
import { hostWithDot } from "../model/mxTarget.ts";
import { type Name, display, labels } from "../model/name.ts";
import { type Policy, covers, patterns } from "../model/policy.ts";
import { addMxEdit } from "../model/addMxEdit.ts";
import { newIdEdits } from "../model/policyId.ts";
import { activePolicy } from "../model/rollout.ts";
import type { DomainChange, Rule } from "../model/rule.ts";
import type { Span } from "../model/span.ts";
import { mayHoldMore, recordsAt, soa } from "../model/zone.ts";

export default {
  group: "mx",
  summary: "An MX host of the domain matches no `mx` line of its policy",
  severity: "error",
  references: ["RFC 8461 §4.1", "RFC 8461 §5"],
  since: "0.1.0",
  *domain(change) {
    const policy = activePolicy(change.head);
    if (!policy) return;
    const hosts = mxHosts(change);
    const uncovered = hosts.filter(({ host }) => !covers(policy, host));
    if (uncovered.length === 0) return;
    const covered = hosts.filter(({ host }) => covers(policy, host)).map((other) => other.preference);
    const lastCovered = covered.toSorted((a, b) => a - b).at(-1);
    const enforced = policy.mode.value === "enforce";
    const known = new Set(change.base?.mx.map(exchange));
    const idEdits = newIdEdits(change);
    for (const { host, lostDot, preference: rank, at } of uncovered) {
      const edits = [addMxEdit(policy, [display(host)]), ...idEdits];
      const provider = providerOf(host);
      const isNew = change.base?.zone !== undefined && !known.has(host);
      yield {
        message:
          `${opening(host, change.head?.mx.length === 0, change.head?.name ?? host)}, but no \`mx\` line of its policy allows it (RFC 8461 §4.1)${nearMiss(policy, host)}. ` +
          `${consequence(enforced, rank, lastCovered)} ` +
          (lostDot
            ? "The MX record seems to have lost its final dot: mend that first, then allow the host that it names."
            : `Add \`mx: ${display(host)}\` to the policy and publish a new id${isNew ? ", wait until senders have seen it, and only then change the MX records" : ""}.${provider ? whereShown(provider) : ""}`),
        at,
        related: [{ message: "The policy's `mx` lines.", at: policy.mx[0]?.span ?? policy.mode.span }],
        severity: enforced ? "error" : "warning",
        values: [host],
        about: [host],
        fix: lostDot ? undefined : { title: `Allow ${display(host)} in the policy`, edits },
      };
    }
  },
} satisfies Rule;

interface MxHost {
  readonly host: Name;
  /** Whether the record was to name another host: allowing this one would help nobody. */
  readonly lostDot: boolean;
  readonly preference: number;
  readonly at: Span;
}

/** The hosts of the MX records, or the domain itself where only an address stands beside the SOA (RFC 5321 §5.1). */
function mxHosts({ head }: DomainChange): readonly MxHost[] {
  if (!head?.zone || head.name === undefined) return [];
  const { zone, name } = head;
  if (head.mx.length > 0) return listed(head);
  if (recordsAt(zone, name, "MX").length > 0 || mayHoldMore(zone, name) || soa(zone)?.owner !== name) return [];
  const address = recordsAt(zone, name).find((record) => record.type === "A" || record.type === "AAAA");
  return address && address.source === soa(zone)?.source
    ? [{ host: name, lostDot: false, preference: 0, at: address.span }]
    : [];
}

function opening(host: Name, isImplicit: boolean, domain: Name): string {
  const provider = providerOf(host);
  return isImplicit
    ? `${display(domain)} has no MX records, so senders deliver to the address of ${display(host)} itself (RFC 5321 §5.1)`
    : `${display(host)} is an MX host of ${display(domain)}${provider ? ` (${provider.name})` : ""}`;
}

/** A host that stands there twice is one host, of the better preference. */
function listed(head: MailDomain): readonly MxHost[] {
  const hosts = new Map<Name, MxHost>();
  for (const record of head.mx) {
    const host = exchange(record);
    const before = hosts.get(host);
    const rank = preference(record);
    const lostDot = hostWithDot(head, record) !== undefined;
    if (!before || rank < before.preference) hosts.set(host, { host, lostDot, preference: rank, at: record.span });
  }
  return [...hosts.values()];
}

function nearMiss(policy: Policy, host: Name): string {
  const parts = labels(host);
  for (let extra = 0; extra < parts.length; extra++) {
    const suffix = parts.slice(extra).join(".");
    if (!patterns(policy).has(`*.${suffix}`)) continue;
    return extra === 0
      ? `: \`*.${suffix}\` stands for one label before ${suffix}, not for ${suffix} itself`
      : `: the \`*\` in \`*.${suffix}\` stands for exactly one label, and here it would have to be ${extra}`;
  }
  return "";
}

/** `lastCovered` is the worst preference of the hosts that are allowed. */
function consequence(enforced: boolean, preference: number, lastCovered: number | undefined): string {
  if (!enforced)
    return "Nothing is lost yet, because the policy is in testing; once it enforces, senders refuse to deliver to this host.";
  if (lastCovered === undefined)
    return "None of the MX hosts is allowed, so senders that honour the policy deliver nothing at all: mail waits in their queues and then bounces.";
  if (lastCovered < preference)
    return "It is a backup, so this stays hidden until the other hosts are down: then senders that honour the policy refuse it and mail waits.";
  return "Senders that honour the policy refuse to deliver to it; they use the hosts that are allowed, and mail waits while those are down.";
}
