import type { Fix } from "../model/finding.ts";
import type { MailDomain } from "../model/mailDomain.ts";
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
    const candidate = change.head && theCandidate(change.head);
    if (!candidate) return;
    const owner = display(candidate.record.owner);
    for (const problem of candidate.problems) {
      const consequence =
        problem.severity === "error"
          ? `The record at \`${owner}\` is malformed: senders act as if there were none and deliver without MTA-STS's protection, or by an older policy (RFC 8461 §3.1).`
          : `Some senders read the record at \`${owner}\`, and some do not and deliver without MTA-STS's protection (RFC 8461 §3.1).`;
      yield {
        message: `${consequence} ${problem.message}`,
        at: problem.span,
        severity: problem.severity,
        values: [problem.fault],
        fix: respelled(candidate, problem, change),
      };
    }
  },
} satisfies Rule;

/** The one record that begins `v=STSv1;`; where none does, one that was meant to, whatever their order. Two that do are another fault. */
function theCandidate({ sts }: MailDomain): StsRecord | undefined {
  const counting = sts.records.filter((record) => record.counts);
  if (counting.length > 1) return undefined;
  return counting[0] ?? sts.records.toSorted((a, b) => (a.record.rdata < b.record.rdata ? -1 : 1))[0];
}

function respelled({ record }: StsRecord, problem: RecordProblem, change: DomainChange): Fix | undefined {
  const { replacement } = problem;
  if (replacement === undefined || record.generated) return undefined;
  const title = replacement === "" ? "Remove what is too much" : `Write \`${replacement}\``;
  return { title, edits: [{ at: problem.span, newText: replacement }, ...serialEdits(change.zone)] };
}
