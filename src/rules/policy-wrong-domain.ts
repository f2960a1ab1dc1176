import type { Report } from "../model/finding.ts";
import { listed } from "../model/listed.ts";
import { type MailDomain, knowAllMx, mxHosts } from "../model/mailDomain.ts";
import { isMxPattern } from "../model/mxPattern.ts";
import { display } from "../model/name.ts";
import { type Policy, covers, fieldsNamed, matches, meaning } from "../model/policy.ts";
import { beginning } from "../model/policyEdit.ts";
import { quote } from "../model/quote.ts";
import type { PolicyChange, Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "The policy was made for another domain, or two files claim to be the policy of one domain",
  severity: "warning",
  references: ["RFC 8461 §3.2", "RFC 8461 §3.3"],
  since: "0.1.0",
  *policy(change) {
    const { head } = change;
    if (!head) return;
    yield* ofAnother(head, change);
    yield* besideAnother(head, change);
  },
} satisfies Rule;

/** A policy whose lines are exactly the MX hosts of a neighbour, and of none of its own domains. */
function* ofAnother(policy: Policy, { sharing, neighbours }: PolicyChange): Iterable<Report> {
  const own = sharing.head;
  const hosts = mxHosts(own);
  if (hosts.length === 0 || !knowAllMx(own) || !knowAllPatterns(policy) || hosts.some((host) => covers(policy, host)))
    return;
  const names = new Set(own.map(({ name }) => name));
  const other = neighbours.find((domain) => !names.has(domain.name) && isMadeFor(policy, domain));
  if (other?.name === undefined) return;
  const [mine, theirs] = [[...names].flatMap((name) => (name === undefined ? [] : display(name))), display(other.name)];
  yield {
    message:
      `This is the policy of ${listed(mine)}, and its \`mx\` lines are exactly the MX hosts of ${theirs}: none of them allows ${listed(hosts.map(display))}. ` +
      `Senders that honour it refuse all mail for ${listed(mine)} once it enforces (RFC 8461 §4.1). If it was copied, write the domain's own MX hosts; if the file stands in the wrong place, move it.`,
    at: policy.mx[0]?.span ?? beginning(policy),
    values: ["lines", ...mine, theirs],
    about: hosts,
    reference: "RFC 8461 §4.1",
  };
}

/** Lines that cannot be read may allow any host. */
function knowAllPatterns(policy: Policy): boolean {
  if (policy.mx.length === 0 || policy.unread.includes("mx")) return false;
  return fieldsNamed(policy, "mx").every(({ value }) => isMxPattern(value.value));
}

function isMadeFor({ mx }: Policy, domain: MailDomain): boolean {
  const hosts = mxHosts([domain]);
  const allows = ({ value }: { value: string }, host: string): boolean => matches(value, host);
  return (
    hosts.length > 0 &&
    mx.every((pattern) => hosts.some((host) => allows(pattern, host))) &&
    hosts.every((host) => mx.some((pattern) => allows(pattern, host)))
  );
}

/** Two files that say different things for one domain: told alike from either, so that it is told once. */
function* besideAnother(policy: Policy, { rivals, domains, neighbours }: PolicyChange): Iterable<Report> {
  const isSettled = (file: Policy): boolean =>
    neighbours.some((domain) => domain.policy === file && domain.pairedBy === "configuration");
  for (const rival of rivals) {
    if (meaning(rival) === meaning(policy) || isSettled(policy) !== isSettled(rival)) continue;
    const [first, second] = [policy, rival].toSorted((a, b) => (a.source.path < b.source.path ? -1 : 1)) as [
      Policy,
      Policy,
    ];
    const whose = domains.length > 0 ? listed(domains.map(display)) : "one site";
    yield {
      message:
        `Two files with different content are the policy of ${whose}: ${quote(first.source.path)} and ${quote(second.source.path)}. Only one can be served at \`/.well-known/mta-sts.txt\` (RFC 8461 §3.3), ` +
        "so an edit of the other changes nothing, and nobody can tell by the repository what senders get. Remove one of them, or name the right one in the configuration.",
      at: beginning(first),
      related: [{ message: "The other file.", at: beginning(second) }],
      values: ["files", first.source.path, second.source.path],
      reference: "RFC 8461 §3.3",
    };
  }
}
