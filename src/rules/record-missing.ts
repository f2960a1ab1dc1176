import { display, under } from "../model/name.ts";
import { newId } from "../model/policyId.ts";
import { recordLine } from "../write/recordLine.ts";
import { activePolicy } from "../model/rollout.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "record",
  summary: "A policy is here but the zone has no `_mta-sts` record, so no sender will ever look for it",
  severity: "warning",
  references: ["RFC 8461 §3.1"],
  since: "0.1.0",
  *domain(change) {
    const { head, base } = change;
    const policy = activePolicy(head);
    if (!head || !policy || head.name === undefined || !head.zone) return;
    if (head.sts.presence !== "absent" || head.sts.cname) return;
    const owner = under("_mta-sts", head.name);
    const first = base?.policy === undefined;
    yield {
      message:
        `${base?.sts.presence === "present" ? "Nobody will look for it any more" : "Nothing happens yet"}: senders ask for the policy of ` +
        `${display(head.name)} only if \`${display(owner)}\` has a TXT record (RFC 8461 §3.1), and the zone has none. ` +
        (first
          ? "Publishing the policy first is the right order; once it is served, add this record:\n"
          : "Add this record once the policy is served:\n") +
        recordLine(owner, `v=STSv1; id=${newId(change)}`),
      at: policy.mode.span,
      related: (base?.sts.records ?? []).map(({ record }) => ({ message: "The record as it was.", at: record.span })),
      severity: first ? "notice" : "warning",
      values: [],
    };
  },
} satisfies Rule;
