import type { Rule } from "../model/rule.ts";

export default {
  group: "zone",
  summary: "The zone file does not parse, so the server refuses the zone or loses the record",
  severity: "error",
  references: ["RFC 1035 §5.2", "RFC 1035 §5.1"],
  since: "0.1.0",
  *zone({ head }) {
    for (const problem of head?.problems ?? []) {
      const { span } = problem;
      yield {
        message: `${problem.message} Name servers refuse a zone with such a line (RFC 1035 §5.2), and go on serving the old one or nothing.`,
        at: span,
        values: [problem.owner ?? "", problem.message],
      };
    }
  },
} satisfies Rule;
