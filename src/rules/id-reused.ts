import { duration, moment } from "../model/duration.ts";
import { display } from "../model/name.ts";
import { stsRecord } from "../model/mailDomain.ts";
import { difference, firstDifference, meaning, readable } from "../model/policy.ts";
import { idOf, pastsWithId, unusedIdEdits } from "../model/policyId.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "rollout",
  summary:
    "The record's id stood with another policy before, so senders that still hold that one do not fetch this one",
  severity: "error",
  references: ["RFC 8461 §3.1", "RFC 8461 §3.3"],
  since: "0.1.0",
  *domain(change) {
    const { base, head } = change;
    const id = idOf(head);
    const record = head && stsRecord(head)?.record;
    if (!id || !record || !head?.policy || !readable(head.policy) || head.name === undefined) return;
    if (idOf(base)?.value === id.value) return;
    const now = head.policy;
    const stood = pastsWithId(change, id.value);
    const other = stood.findLast(({ policy }) => meaning(policy) !== meaning(now));
    // A state that stood before may come back as a whole.
    if (!other || stood.some(({ policy }) => meaning(policy) === meaning(now))) return;
    const { past, policy } = other;
    const cached = policy.maxAge ? `for up to ${duration(policy.maxAge.value)}` : "as long as they have it cached";
    const edits = unusedIdEdits(change);
    const changed = firstDifference(policy, now);
    yield {
      message:
        `The id \`${id.value}\` of ${display(head.name)} is not new: on ${moment(past.moment)} it stood with another policy (since then ${difference(policy, now)}). ` +
        "A sender that still holds that policy sees the id it knows, takes its copy for the present one and does not fetch this policy " +
        `(RFC 8461 §3.1): it keeps the old one ${cached}. Publish an id that was never used.`,
      at: id.span,
      related: [
        {
          message: "This policy is not the one that the id stood with.",
          at: changed.side === "head" ? changed : now.mode.span,
        },
      ],
      values: [id.value, meaning(policy), meaning(now)],
      fix: edits.length > 0 ? { title: "Publish a new id", edits } : undefined,
    };
  },
} satisfies Rule;
