import { listed } from "../model/listed.ts";
import { knowAllMx, mxHosts } from "../model/mailDomain.ts";
import { replaceMx } from "../model/mxLine.ts";
import { isMeantFor } from "../model/mxPattern.ts";
import { display } from "../model/name.ts";
import { covers, matches, readable } from "../model/policy.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "mx",
  summary: "An `mx` line matches no MX host of the domains that share the policy",
  severity: "notice",
  references: ["RFC 8461 §4.1"],
  since: "0.1.0",
  *policy({ base, head, sharing }) {
    if (!head || !readable(head) || head.mode.value === "none") return;
    const seen = sharing.head.filter((domain) => !domain.unseen);
    if (!knowAllMx(seen) || seen.some(({ mx }) => mx.length === 0)) return;
    const hosts = mxHosts(seen);
    const refused = hosts.filter((host) => !covers(head, host));
    for (const pattern of head.mx) {
      const isUsedBy = (host: string): boolean => matches(pattern.value, host);
      if (hosts.some(isUsedBy)) continue;
      const isNew = base !== undefined && !base.mx.some(({ value }) => value === pattern.value);
      const wasUsed = mxHosts(sharing.base).some(isUsedBy);
      // On the way from one host to the next a line without a host is no slip of the pen.
      const isSettled = !isNew && !wasUsed;
      yield {
        message:
          `${quote(`mx: ${pattern.value}`)} matches none of the MX hosts (${listed(hosts.map((host) => quote(display(host))))}; RFC 8461 §4.1). No mail is lost by it; ` +
          `but should that name fall into other hands, mail can be led there and the policy allows it. ${cure(isNew, wasUsed)}`,
        at: pattern.span,
        values: [pattern.value],
        about: isSettled ? refused.filter((host) => isMeantFor(pattern.value, host)) : [],
        fix:
          isSettled && head.mx.length > 1
            ? { title: "Remove the line", edits: replaceMx(head, pattern, []) }
            : undefined,
      };
    }
  },
} satisfies Rule;

function cure(isNew: boolean, wasUsed: boolean): string {
  if (wasUsed)
    return "Keep it until senders have forgotten the MX record that this change removes (its TTL), then remove the line.";
  if (isNew) return "It is right if its MX record follows: the policy goes first. Otherwise remove the line.";
  return "Remove the line, unless an MX record for it is about to come, and publish a new id.";
}
