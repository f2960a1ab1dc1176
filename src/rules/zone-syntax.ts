import type { Rule } from "../model/rule.ts";

export default {
  group: "zone",
  summary: "The zone file does not parse, so the server refuses the zone or loses the record",
  severity: "error",
  references: ["RFC 1035 §5.2", "RFC 1035 §5.1"],
  since: "0.1.0",
  *zone({ head }) {
    const problems = head?.problems ?? [];
    for (const problem of problems.slice(0, MOST)) {
      const { span } = problem;
      yield {
        message: `${problem.message} Name servers refuse a zone with such a line (RFC 1035 §5.2), and go on serving the old one or nothing.`,
        at: span,
        values: [problem.owner ?? "", problem.message],
      };
    }
    const next = problems[MOST];
    if (!next) return;
    yield {
      message: `${problems.length - MOST} more lines from here on cannot be read (RFC 1035 §5.1). Mend the ones above first, or check whether this is a zone file at all.`,
      at: next.span,
      values: ["more"],
    };
  },
} satisfies Rule;

/** Who has so many broken lines has one fault, and nobody reads a list of a thousand. */
const MOST = 100;
