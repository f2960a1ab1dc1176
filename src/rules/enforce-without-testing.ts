import { display } from "../model/name.ts";
import { readable } from "../model/policy.ts";
import { newIdEdits } from "../model/policyId.ts";
import { hasTested, modeOf } from "../model/rollout.ts";
import type { DomainChange, Rule } from "../model/rule.ts";
import type { Severity } from "../model/finding.ts";

export default {
  group: "rollout",
  summary: "The policy enforces without a testing phase, so the first mistake loses mail",
  severity: "error",
  references: ["RFC 8461 §5", "RFC 8461 §8.1"],
  since: "0.1.0",
  *domain(change) {
    const { head, base, history } = change;
    if (!head?.policy || !readable(head.policy)) return;
    const { mode } = head.policy;
    if (mode.value !== "enforce" || modeOf(base, history) === "enforce" || hasTested(history) !== false) return;
    const whose = head.name === undefined ? "The policy" : `The policy of ${display(head.name)}`;
    const severity = severityOf(change);
    yield {
      message:
        `${whose} goes straight to \`enforce\`: senders will refuse to deliver to every MX host that is not listed, or whose certificate ` +
        "does not fit (RFC 8461 §5), and nobody has seen a report yet that would show it. Start with `mode: testing`, read the TLS reports for two weeks, then enforce." +
        (severity === "error" ? "" : " If this policy was already in force elsewhere, nothing needs to be done."),
      at: mode.span,
      severity,
      values: [],
      fix:
        severity === "error"
          ? { title: "Start in mode testing", edits: [{ at: mode.span, newText: "testing" }, ...newIdEdits(change)] }
          : undefined,
    };
  },
} satisfies Rule;

/** A policy that may be an import from another place is no first publication. */
function severityOf({ base, head, zone, options }: DomainChange): Severity {
  if (head?.name !== undefined && options.enforcedElsewhere.includes(head.name)) return "notice";
  if (base?.policy) return "error";
  if (zone.head && !zone.base) return "notice";
  const before = base?.sts.presence;
  if (before === "present" || base?.sts.cname || before === "delegated") return "warning";
  return head?.sts.presence === "unknown" || head?.sts.presence === "delegated" ? "warning" : "error";
}
