import { display } from "../model/name.ts";
import { meaning, readable } from "../model/policy.ts";
import { idOf, pastsWithId } from "../model/policyId.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "rollout",
  summary: "The record's id changes and the policy does not, so senders fetch the same policy again",
  severity: "off",
  references: ["RFC 8461 §3.1"],
  since: "0.1.0",
  *domain(change) {
    const { base, head } = change;
    const [before, id] = [idOf(base), idOf(head)];
    if (!before || !id || before.value === id.value || head?.name === undefined) return;
    if (!base?.policy || !head.policy || !readable(base.policy) || !readable(head.policy)) return;
    const now = meaning(head.policy);
    // The policy may have changed earlier, while the old id stood: then the new one is overdue.
    const old = [base.policy, ...pastsWithId(change, before.value).map(({ policy }) => policy)];
    if (old.some((policy) => meaning(policy) !== now)) return;
    yield {
      message:
        `The id of ${display(head.name)} changes from \`${before.value}\` to \`${id.value}\`, and its policy stays the same: senders fetch it once more and find nothing new (RFC 8461 §3.1). ` +
        "No mail is affected. If the policy was meant to change, that part is missing here; else leave the id as it was.",
      at: id.span,
      values: [before.value, id.value],
    };
  },
} satisfies Rule;
