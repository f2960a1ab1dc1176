import { listed } from "../model/listed.ts";
import { knowAllMx, mxHosts } from "../model/mailDomain.ts";
import { replaceMx } from "../model/mxLine.ts";
import { isMeantFor } from "../model/mxPattern.ts";
import { display } from "../model/name.ts";
import { allowsAny, covers, patterns, readable } from "../model/policy.ts";
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
    const refused = hosts.filter((host) => !covers(head, host)).slice(0, FEW);
    const [isUsed, stoodUsed] = [allowsAny(hosts), allowsAny(mxHosts(sharing.base))];
    const shown = listed(hosts.map((host) => quote(display(host))));
    for (const pattern of head.mx) {
      if (isUsed(pattern.value)) continue;
      const isNew = base !== undefined && !patterns(base).has(pattern.value);
      const wasUsed = stoodUsed(pattern.value);
      // On the way from one host to the next a line without a host is no slip of the pen.
      const isSettled = !isNew && !wasUsed;
      yield {
        message:
          `${quote(`mx: ${pattern.value}`)} matches none of the MX hosts (${shown}; RFC 8461 §4.1). No mail is lost by it; ` +
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

/** A slip of the pen shows among few hosts; telling thousands of lines and thousands of hosts apart by letters takes minutes. */
const FEW = 20;

function cure(isNew: boolean, wasUsed: boolean): string {
  if (wasUsed)
    return "Keep it until senders have forgotten the MX record that this change removes (its TTL), then remove the line.";
  if (isNew) return "It is right if its MX record follows: the policy goes first. Otherwise remove the line.";
  return "Remove the line, unless an MX record for it is about to come, and publish a new id.";
}
