import { duration } from "../model/duration.ts";
import { SHORTEST_MAX_AGE } from "../model/maxAge.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "The policy expires so soon that it protects little or nothing",
  severity: "warning",
  references: ["RFC 8461 §3.2", "RFC 8461 §10.2"],
  since: "0.1.0",
  *policy({ head }) {
    if (!head?.maxAge || !head.mode || head.mode.value === "none") return;
    const { value, span } = head.maxAge;
    if (value !== 0 && (value >= SHORTEST_MAX_AGE || head.mode.value !== "enforce")) return;
    const fault =
      value === 0
        ? `\`max_age: 0\` lets senders keep the policy for no time at all, although its mode is \`${head.mode.value}\`: whoever blocks its fetch gets the mail unprotected`
        : `\`max_age: ${value}\` (${duration(value)}) is under ${SHORTEST_MAX_AGE} (1 day), and Gmail ignores such a policy although its mode is \`enforce\`. ` +
          "Other senders forget it whenever they send no mail for that long, and whoever blocks the next fetch then gets the mail unprotected";
    yield {
      message: `${fault} (RFC 8461 §10.2). RFC 8461 §3.2 expects weeks. Write at least ${SHORTEST_MAX_AGE}.`,
      at: span,
      values: [head.mode.value, String(value)],
      fix: {
        title: `Write \`max_age: ${SHORTEST_MAX_AGE}\``,
        edits: [{ at: span, newText: String(SHORTEST_MAX_AGE) }],
      },
    };
  },
} satisfies Rule;
