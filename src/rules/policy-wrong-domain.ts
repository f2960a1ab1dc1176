import type { Report } from "../model/finding.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { listed } from "../model/listed.ts";
import { type MailDomain, knowAllMx, mxHosts } from "../model/mailDomain.ts";
import { isMxPattern } from "../model/mxPattern.ts";
import { memo } from "../model/memo.ts";
import { display, labels } from "../model/name.ts";
import { type Policy, allowsAny, covers, fieldsNamed, meaning } from "../model/policy.ts";
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
  if (policy.mode?.value === "none") return;
  const own = sharing.head;
  const hosts = mxHosts(own);
  if (hosts.length === 0 || !knowAllMx(own) || !knowAllPatterns(policy) || hosts.some((host) => covers(policy, host)))
    return;
  const names = new Set(own.map(({ name }) => name));
  const candidates = byPattern(neighbours).get(policy.mx[0]?.value ?? "") ?? [];
  const other = candidates.find((domain) => !names.has(domain.name) && isMadeFor(policy, domain));
  if (other?.name === undefined) return;
  const [mine, theirs] = [[...names].flatMap((name) => (name === undefined ? [] : display(name))), display(other.name)];
  yield {
    message:
      `This is the policy of ${listed(mine)}, and its \`mx\` lines are exactly the MX hosts of ${theirs}: none of them allows ${listed(hosts.map(display))}. ` +
      `Senders that honour it refuse all mail for ${listed(mine)}${policy.mode?.value === "enforce" ? "" : " once it enforces"} (RFC 8461 §4.1). If it was copied, write the domain's own MX hosts; if the file stands in the wrong place, move it.`,
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

/** Mail domains by the patterns that allow one of their MX hosts. */
const byPattern = memo((domains: readonly MailDomain[]): ReadonlyMap<string, readonly MailDomain[]> => {
  const pairs = domains.flatMap((domain) =>
    mxHosts([domain]).flatMap((host) =>
      [display(host), `*.${labels(host).slice(1).join(".")}`].map((pattern) => ({ pattern, domain })),
    ),
  );
  return new Map(
    [...groupedBy(pairs, ({ pattern }) => pattern)].map(([pattern, some]) => [
      pattern,
      some.map(({ domain }) => domain),
    ]),
  );
});

function isMadeFor(policy: Policy, domain: MailDomain): boolean {
  const hosts = mxHosts([domain]);
  const isUsed = allowsAny(hosts);
  return (
    hosts.length > 0 && hosts.every((host) => covers(policy, host)) && policy.mx.every(({ value }) => isUsed(value))
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
