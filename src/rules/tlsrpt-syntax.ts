import type { Report } from "../model/finding.ts";
import { candidate } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import { compared, respelling } from "../model/respelling.ts";
import type { DomainChange, Rule } from "../model/rule.ts";
import { serialEdits } from "../model/serial.ts";
import type { RecordProblem } from "../model/stsRecord.ts";
import { isAboutRua } from "../model/tlsrptRecord.ts";
import { type Swallowed, swallowed } from "../model/unquoted.ts";

export default {
  group: "tls-rpt",
  summary: "The TLSRPT record is malformed, and senders report as if there were none",
  severity: "error",
  references: ["RFC 8460 §3", "RFC 1035 §5.1"],
  since: "0.1.0",
  *domain(change) {
    const tlsrpt = change.head && candidate(change.head.tlsrpt);
    if (!tlsrpt) return;
    const owner = display(tlsrpt.record.owner);
    const lost = swallowed(tlsrpt.record, "v=TLSRPTv1");
    if (lost) yield unquoted(owner, lost, change);
    for (const problem of tlsrpt.problems.filter((found) => !isAboutRua(found))) {
      yield {
        message: `${consequence(problem, owner)} ${problem.message}`,
        at: problem.span,
        severity: problem.severity,
        values: compared(tlsrpt.record, problem),
        about: [problem.text],
        fix: respelling(tlsrpt.record, problem, change),
      };
    }
  },
} satisfies Rule;

function consequence({ severity, fault }: RecordProblem, owner: string): string {
  if (fault === "dmarc-tag") return "Reports arrive all the same, but not as asked for (RFC 8460 §3).";
  return severity === "error"
    ? `The record at \`${owner}\` is malformed: senders act as if there were none and send no reports, so nobody hears when mail fails (RFC 8460 §3).`
    : `Some senders read the record at \`${owner}\`, and some do not and send no reports (RFC 8460 §3).`;
}

function unquoted(owner: string, lost: Swallowed, change: DomainChange): Report {
  return {
    message:
      `The record at \`${owner}\` is published as \`v=TLSRPTv1\` and nothing more: in a zone file a \`;\` outside of quotes begins a comment (RFC 1035 §5.1). ` +
      "Without a `rua` senders know no address and send no reports, so nobody hears when mail fails (RFC 8460 §3). " +
      `Write the whole value in quotes: ${quote(`"${lost.meant}"`)}.`,
    at: lost.span,
    values: ["unquoted", lost.meant],
    reference: "RFC 1035 §5.1",
    fix: {
      title: "Put the record in quotes",
      edits: [{ at: lost.span, newText: `"${lost.meant}"` }, ...serialEdits(change.zone)],
    },
  };
}
