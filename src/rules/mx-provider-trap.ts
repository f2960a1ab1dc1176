import type { Severity } from "../model/finding.ts";
import { listed } from "../model/listed.ts";
import { knowAllMx, mxHosts } from "../model/mailDomain.ts";
import { type Trap, patternsFor, patternsToAllow, providerOf, trapOf, whereShown } from "../model/mailProvider.ts";
import { leftWithout, replaceMx } from "../model/mxLine.ts";
import { type Name, display } from "../model/name.ts";
import { type Policy, covers, matches, readable } from "../model/policy.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "mx",
  summary: "An `mx` line is the known wrong pattern for a mail provider",
  severity: "warning",
  references: ["RFC 8461 §4.1"],
  since: "0.1.0",
  *policy({ head, sharing }) {
    if (!head || !readable(head) || head.mode.value === "none") return;
    const seen = sharing.head.filter((domain) => !domain.unseen);
    const isZoneHere = knowAllMx(seen);
    const hosts = mxHosts(seen);
    for (const pattern of head.mx) {
      const trap = trapOf(pattern.value);
      if (!trap || (trap.kind === "dead" && hosts.some((host) => matches(pattern.value, host)))) continue;
      const own = hosts.filter((host) => providerOf(host) === trap.provider);
      const refused = own.filter((host) => !covers(head, host));
      const severity = severityOf(trap, head, isZoneHere, refused);
      if (!severity) continue;
      const meant = hosts.filter((host) => own.includes(host) || matches(pattern.value, host));
      const needed = leftWithout(head, pattern, trap.kind === "broad" && meant.length === 0 ? hosts : meant);
      const patterns = isZoneHere ? patternsToAllow(needed) : trap.provider.policy;
      const cure = cureOf(patterns, isZoneHere);
      const wrong =
        trap.kind === "dead" ? `matches no MX host of ${trap.provider.name}` : `is too wide for ${trap.provider.name}`;
      yield {
        message:
          `${quote(pattern.value)} ${wrong}: ${trap.why} (RFC 8461 §4.1). ${consequence(trap, head, refused, severity)} ` +
          `${cure}, and publish a new id.${whereShown(trap.provider)}`,
        at: pattern.span,
        severity,
        values: [pattern.value],
        about: refused,
        fix: patterns.length > 0 || isZoneHere ? { title: cure, edits: replaceMx(head, pattern, patterns) } : undefined,
      };
    }
  },
} satisfies Rule;

/** Silent where the zone is not here and another line speaks for the provider: its hosts may all be allowed. */
function severityOf(trap: Trap, policy: Policy, isZoneHere: boolean, refused: readonly Name[]): Severity | undefined {
  if (refused.length > 0) return policy.mode?.value === "enforce" ? "error" : "warning";
  if (trap.kind === "dead" && isZoneHere) return "notice";
  if (isZoneHere) return "warning";
  const others =
    trap.kind === "dead"
      ? patternsFor(policy, trap.provider)
      : policy.mx.filter(({ value }) => trap.provider.policy.includes(value));
  return others.length > 0 ? undefined : "warning";
}

function consequence(trap: Trap, { mode }: Policy, refused: readonly Name[], severity: Severity): string {
  const once = mode?.value === "enforce" ? "" : " once it enforces";
  if (refused.length > 0)
    return `No line allows ${listed(refused.map(display))}, so senders that honour the policy refuse to deliver there${once}.`;
  if (severity === "notice") return "Other lines allow the MX hosts, so no mail is lost; this one only misleads.";
  if (trap.kind === "broad")
    return "Whoever can forge the domain's MX records can lead its mail to any of those hosts, and the policy allows it.";
  return `If no other line allows the domain's MX hosts, senders that honour the policy refuse to deliver${once}.`;
}

function cureOf(patterns: readonly string[], isZoneHere: boolean): string {
  if (patterns.length > 0) return `Write ${listed(patterns.map(quote))} instead`;
  return isZoneHere ? "Remove the line" : "Write the exact MX hosts instead, one on each `mx` line";
}
