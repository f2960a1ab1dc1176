import { duration } from "../model/duration.ts";
import { type MailDomain, mxHosts, stsRecord } from "../model/mailDomain.ts";
import { type Name, display } from "../model/name.ts";
import { covers, meaning, readable } from "../model/policy.ts";
import { idOf } from "../model/policyId.ts";
import type { DomainChange } from "../model/rule.ts";
import { codeSpan } from "./markdownSafe.ts";

/** What to do once a change is merged, a numbered list for each domain that it makes steps for. */
export function stepsByDomain(changes: readonly DomainChange[]): readonly string[] {
  return changes.flatMap((change) => {
    const steps = nextSteps(change);
    if (steps.length === 0 || change.head?.name === undefined) return [];
    return [`${codeSpan(display(change.head.name))}:\n\n${steps.map((step, at) => `${at + 1}. ${step}`).join("\n")}`];
  });
}

/** What to do once a change is merged, in order and with the waits in numbers (RFC 8461 §8.1, §8.3); empty: nothing. */
function nextSteps({ base, head, options }: DomainChange): readonly string[] {
  const [before, after] = [base?.policy, head?.policy];
  if (!head?.name || !after || !readable(after)) return [];
  if (before && meaning(before) === meaning(after)) return [];
  const ttl = stsRecord(head)?.record.ttl;
  const wait = ttl === undefined ? "the record's TTL" : `${duration(ttl)} (the record's TTL)`;
  const cached = before?.maxAge === undefined ? undefined : duration(before.maxAge.value);
  const steps = [
    `Deploy the policy first, and check that ${codeSpan(`https://mta-sts.${display(head.name)}/.well-known/mta-sts.txt`)} serves it.`,
    publishStep(head.name, idOf(base)?.value, idOf(head)?.value),
  ];
  const arriving = arrivingHosts(base, head);
  if (arriving.length > 0) steps.push(`Wait ${wait}, and only then publish the new MX: ${arriving.join(", ")}.`);
  if (after.mode.value === "none")
    steps.push(
      `Leave policy and record in place for ${cached ?? "the old max_age"} (the \`max_age\` of the policy before); then both may go (RFC 8461 §8.3).`,
    );
  else if (before && readable(before) && before.mode.value === "enforce") {
    const keep = `Keep what the old policy allows working for ${wait} after that (RFC 8461 §8.1)`;
    const late =
      cached === undefined ? "" : `; a sender that cannot fetch the new policy goes by the old one for up to ${cached}`;
    steps.push(`${keep}${late}.`);
  }
  if (after.mode.value === "testing")
    steps.push(
      `Read the TLSRPT reports for at least ${duration(options.minTestingDays * 86_400)} before \`mode: enforce\`.`,
    );
  return steps;
}

function publishStep(name: Name, before: string | undefined, after: string | undefined): string {
  const record = codeSpan(`_mta-sts.${display(name)}`);
  if (after === undefined) return `Then publish the record ${record} with a new id; it is not kept here.`;
  if (before === after) return `Then publish the record ${record} with a new id; it still has ${codeSpan(after)}.`;
  return `Then publish the record ${record} with the id ${codeSpan(after)}.`;
}

/** The MX hosts that are new together with the line of the policy that allows them. */
function arrivingHosts(base: MailDomain | undefined, head: MailDomain): readonly string[] {
  const policy = base?.policy;
  if (!base || !policy) return [];
  const known = new Set(mxHosts([base]));
  return mxHosts([head])
    .filter((host) => !known.has(host) && !covers(policy, host))
    .map((host) => codeSpan(display(host)));
}
