import { stsRecord } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { difference, firstDifference, meaning, readable } from "../model/policy.ts";
import { idOf, newIdEdits } from "../model/policyId.ts";
import { duration } from "../model/duration.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "rollout",
  summary: "The policy changed but the record's id did not, so senders keep the policy they have cached",
  severity: "error",
  references: ["RFC 8461 §3.1", "RFC 8461 §3.3", "RFC 8461 §8.1"],
  since: "0.1.0",
  *domain(change) {
    const { base, head } = change;
    if (!base?.policy || !head?.policy || head.name === undefined) return;
    if (!readable(base.policy) || !readable(head.policy) || meaning(base.policy) === meaning(head.policy)) return;
    const before = idOf(base);
    const id = idOf(head);
    const record = stsRecord(head)?.record;
    if (!before || !id || !record || before.value !== id.value) return;
    const cached = base.policy.maxAge
      ? `for up to ${duration(base.policy.maxAge.value)}`
      : "as long as they have it cached";
    const at = firstDifference(base.policy, head.policy);
    const edits = newIdEdits(change);
    yield {
      message:
        `Senders will not notice this change: the policy of ${display(head.name)} changes (${difference(base.policy, head.policy)}), ` +
        `but the id stays \`${id.value}\`. They fetch a policy again only when the id differs from the one they know ` +
        `(RFC 8461 §3.1), so they keep the old one ${cached}. Publish a new id together with the policy.`,
      at: record.span,
      related: [{ message: "The policy changes here.", at }],
      values: [id.value, meaning(base.policy), meaning(head.policy)],
      fix: edits.length > 0 ? { title: "Publish a new id", edits } : undefined,
    };
  },
} satisfies Rule;
