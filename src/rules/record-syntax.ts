import type { Fix } from "../model/finding.ts";
import { candidate } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import type { DomainChange, Rule } from "../model/rule.ts";
import { serialEdits } from "../model/serial.ts";
import type { RecordProblem, StsRecord } from "../model/stsRecord.ts";

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
        fix: respelled(sts, problem, change),
      };
    }
  },
} satisfies Rule;

function respelled({ record }: StsRecord, problem: RecordProblem, change: DomainChange): Fix | undefined {
  const { replacement } = problem;
  if (replacement === undefined || record.generated) return undefined;
  const title = replacement === "" ? "Remove what is too much" : `Write \`${replacement}\``;
  return { title, edits: [{ at: problem.span, newText: replacement }, ...serialEdits(change.zone)] };
}
