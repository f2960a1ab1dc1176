import type { Report } from "../model/finding.ts";
import { candidate } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import { compared, respelling } from "../model/respelling.ts";
import type { Rule } from "../model/rule.ts";
import type { RecordProblem } from "../model/stsRecord.ts";
import { type TlsrptRecord, isAboutRua, isPlaceholder } from "../model/tlsrptRecord.ts";
import { swallowed } from "../model/unquoted.ts";

export default {
  group: "tls-rpt",
  summary: "The TLSRPT record has no address that reports can be sent to",
  severity: "error",
  references: ["RFC 8460 §3"],
  since: "0.1.0",
  *domain(change) {
    const { head } = change;
    const tlsrpt = head && candidate(head.tlsrpt);
    if (!tlsrpt || head.name === undefined || swallowed(tlsrpt.record, "v=TLSRPTv1")) return;
    const owner = display(tlsrpt.record.owner);
    for (const problem of tlsrpt.problems.filter(isAboutRua)) {
      yield {
        message: `${consequence(problem, owner)} ${problem.message}`,
        at: problem.span,
        severity: problem.severity,
        values: compared(tlsrpt.record, problem),
        about: [problem.text.replace(/^[; \t]+/, "")],
        fix: respelling(tlsrpt.record, problem, change),
      };
    }
    for (const { value, span } of tlsrpt.rua) {
      if (!isPlaceholder(value, head.name)) continue;
      yield {
        message:
          `${quote(value)} was never filled in: senders report to it and nobody hears when mail to ${display(head.name)} fails (RFC 8460 §3). ` +
          "Write an address that somebody reads.",
        at: span,
        values: ["placeholder", value],
      };
    }
    yield* many(tlsrpt);
  },
} satisfies Rule;

function consequence({ severity, fault }: RecordProblem, owner: string): string {
  if (severity === "warning") return `Reports may not go where the record at \`${owner}\` wants them (RFC 8460 §3).`;
  if (fault === "rua-missing")
    return `The record at \`${owner}\` says nowhere where reports go, so senders send none and nobody hears when mail fails (RFC 8460 §3).`;
  return `Senders that cannot read the addresses of the record at \`${owner}\` send no reports, so nobody hears when mail fails (RFC 8460 §3).`;
}

function* many({ record, rua }: TlsrptRecord): Iterable<Report> {
  const third = rua[2];
  if (!third) return;
  yield {
    message:
      `The record at \`${display(record.owner)}\` lists ${rua.length} addresses, and a sender may report to only one of them (RFC 8460 §3): ` +
      "none of them sees all reports. Keep one or two, and forward from there.",
    at: third.span,
    severity: "notice",
    values: ["many", String(rua.length)],
  };
}
