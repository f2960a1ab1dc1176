import { duration } from "../model/duration.ts";
import { longestMaxAge } from "../model/maxAge.ts";
import { MAX_AGE_LIMIT } from "../model/policy.ts";
import type { Rule } from "../model/rule.ts";

const WEEK = 604_800;

export default {
  group: "policy",
  summary: "A policy that is still being tried out stays with senders for more than a month",
  severity: "notice",
  references: ["RFC 8461 §3.2", "RFC 8461 §8.3"],
  since: "0.1.0",
  *policy(change) {
    const { head } = change;
    if (!head?.maxAge || !head.mode) return;
    const { value, span } = head.maxAge;
    const longest = longestMaxAge(change);
    if (value <= longest || value > MAX_AGE_LIMIT) return;
    const stage = head.mode.value === "testing" ? "is still in testing" : "only now begins to enforce";
    yield {
      message:
        `\`max_age: ${value}\` lets senders keep this policy for ${duration(value)}, over ${longest} (${duration(longest)}), ` +
        `and it ${stage}. A mistake in it stays that long with every sender that does not see the next id, ` +
        `and so long must you wait before MTA-STS can be given up (RFC 8461 §8.3). Begin with ${WEEK} (7 days) and raise it once the reports are clean.`,
      at: span,
      values: [head.mode.value, String(value)],
      fix: { title: `Write \`max_age: ${WEEK}\``, edits: [{ at: span, newText: String(WEEK) }] },
    };
  },
} satisfies Rule;
