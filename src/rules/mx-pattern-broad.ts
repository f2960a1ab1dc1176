import { isRecommended } from "../model/mailProvider.ts";
import { knowAllMx, mxHosts } from "../model/mailDomain.ts";
import { leftWithout, replaceMx } from "../model/mxLine.ts";
import { display, nameOf } from "../model/name.ts";
import { matches, readable } from "../model/policy.ts";
import { isPublicSuffix } from "../model/publicSuffix.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "mx",
  summary: "An `mx` line allows hosts of strangers, or more hosts of the domain than take its mail",
  severity: "error",
  references: ["RFC 8461 §4.1", "RFC 8461 §3.2"],
  since: "0.1.0",
  *policy({ head, domains, sharing }) {
    if (!head || !readable(head) || head.mode.value === "none") return;
    const seen = sharing.head.filter((domain) => !domain.unseen);
    const hosts = knowAllMx(seen) ? mxHosts(seen) : [];
    for (const pattern of head.mx) {
      if (!pattern.value.startsWith("*.") || isRecommended(pattern.value)) continue;
      const suffix = pattern.value.slice(2);
      const isPublic = isPublicSuffix(nameOf(suffix));
      const isOwn = domains.some((domain) => display(domain) === suffix);
      const allowed = hosts.filter((host) => matches(pattern.value, host));
      if (!isPublic && !(isOwn && allowed.length > 0)) continue;
      // What another line lacks is told for itself; only a line that allows nobody stands for all of them.
      const needed =
        hosts.length > 0 ? leftWithout(head, pattern, allowed.length > 0 ? allowed : hosts).map(display) : undefined;
      const cure = cureOf(needed);
      yield {
        message: isPublic
          ? `${quote(pattern.value)} allows every host whose name is registered directly below ${suffix}, where anybody can register one (it is in the Public Suffix List). ` +
            "Whoever can forge the domain's MX records leads its mail to a host of his own, and the policy allows it: it protects nothing (RFC 8461 §4.1). " +
            `${cure}, and publish a new id.`
          : `${quote(pattern.value)} allows every host directly below ${suffix}, and the zone says which ones take its mail (RFC 8461 §4.1). ` +
            `Nothing is lost; but should any other host there be taken over, mail can be led to it. ${cure}, and publish a new id.`,
        at: pattern.span,
        severity: isPublic ? "error" : "notice",
        values: [pattern.value],
        fix: needed ? { title: cure, edits: replaceMx(head, pattern, needed) } : undefined,
      };
    }
  },
} satisfies Rule;

/** Undefined hosts are not known; none: other lines allow them all. */
function cureOf(hosts: readonly string[] | undefined): string {
  if (!hosts) return "List the MX hosts one by one instead";
  if (hosts.length === 0) return "Remove the line, since others allow the MX hosts";
  const more = hosts.length > 3 ? ` and ${hosts.length - 3} more` : "";
  return `List ${hosts.slice(0, 3).map(quote).join(", ")}${more} instead`;
}
