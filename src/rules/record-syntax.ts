import { candidate } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { respelling } from "../model/respelling.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "record",
  summary: "The `_mta-sts` record is malformed, and senders act as if there were none",
  severity: "error",
  references: ["RFC 8461 §3.1"],
  since: "0.1.0",
  *domain(change) {
    const sts = change.head && candidate(change.head.sts);
    if (!sts) return;
    const owner = display(sts.record.owner);
    for (const problem of sts.problems) {
      const consequence =
        problem.severity === "error"
          ? `The record at \`${owner}\` is malformed: senders act as if there were none and deliver without MTA-STS's protection, or by an older policy (RFC 8461 §3.1).`
          : `Some senders read the record at \`${owner}\`, and some do not and deliver without MTA-STS's protection (RFC 8461 §3.1).`;
      yield {
        message: `${consequence} ${problem.message}`,
        at: problem.span,
        severity: problem.severity,
        values: [problem.fault],
        fix: respelling(sts.record, problem, change),
      };
    }
  },
} satisfies Rule;
