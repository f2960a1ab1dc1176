import { display } from "../model/name.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "record",
  summary: "Two or more `_mta-sts` records stand at one name, and senders act as if there were none",
  severity: "error",
  references: ["RFC 8461 §3.1"],
  since: "0.1.0",
  *domain({ head }) {
    const [first, ...more] = head?.sts.records.filter((record) => record.counts) ?? [];
    const last = more.at(-1);
    if (!first || !last) return;
    const owner = display(first.record.owner);
    yield {
      message:
        `${more.length + 1} records at \`${owner}\` begin \`v=STSv1;\`, and exactly one may: senders act as if there were none and ` +
        "deliver without MTA-STS's protection, or by an older policy (RFC 8461 §3.1). Keep the one whose `id` belongs to the policy that is served, and remove the rest.",
      at: last.record.span,
      related: [first, ...more.slice(0, -1)].map(({ record }) => ({
        message: "This one begins so, too.",
        at: record.span,
      })),
      values: [String(more.length + 1)],
    };
  },
} satisfies Rule;
