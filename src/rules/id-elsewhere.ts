import { display, under } from "../model/name.ts";
import { difference, firstDifference, meaning, readable } from "../model/policy.ts";
import { newId } from "../model/policyId.ts";
import { recordLine } from "../write/recordLine.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "rollout",
  summary:
    "The policy changed and its record is not in this repository, so the new id must be published where the record lives",
  severity: "notice",
  references: ["RFC 8461 §8.1", "RFC 8461 §3.1"],
  since: "0.1.0",
  *domain(change) {
    const { base, head } = change;
    if (!base?.policy || !head?.policy || !readable(base.policy) || !readable(head.policy)) return;
    if (meaning(base.policy) === meaning(head.policy)) return;
    if (head.zone && head.sts.presence !== "delegated") return;
    const owner = head.name === undefined ? undefined : under("_mta-sts", head.name);
    const record = recordLine(owner ?? "_mta-sts", `v=STSv1; id=${newId(change)}`);
    const where = owner === undefined ? "its `_mta-sts` record" : `the record \`${display(owner)}\``;
    yield {
      message:
        `The policy changes (${difference(base.policy, head.policy)}) and ${where} is not in a zone file here. ` +
        `Senders fetch the new policy only once the record has a new id (RFC 8461 §3.1). Deploy this file first, then publish (§8.1):\n${record}`,
      at: firstDifference(base.policy, head.policy),
      values: [meaning(base.policy)],
    };
  },
  *unread({ base, head }) {
    if (!head?.holds || head.format === "documentation" || base?.line === head.line) return;
    const what = head.holds === "record" ? "an `_mta-sts` record" : "an MTA-STS policy";
    yield {
      message:
        `This line looks like ${what} in a format that is not read here, so it was not checked: ${quote(head.line)}. ` +
        "Whenever the policy changes, the record needs a new id, or senders keep the policy they have cached (RFC 8461 §3.1). Check both by hand before merging.",
      at: head.span,
      values: [head.path, head.line],
    };
  },
} satisfies Rule;
