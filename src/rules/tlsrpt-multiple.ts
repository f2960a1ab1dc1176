import { display } from "../model/name.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "tls-rpt",
  summary: "Two or more TLSRPT records stand at one name, and senders report as if there were none",
  severity: "error",
  references: ["RFC 8460 §3"],
  since: "0.1.0",
  *domain({ head }) {
    const [first, ...more] = head?.tlsrpt.records.filter((record) => record.counts) ?? [];
    const last = more.at(-1);
    if (!first || !last) return;
    const owner = display(first.record.owner);
    yield {
      message:
        `${more.length + 1} records at \`${owner}\` begin \`v=TLSRPTv1;\`, and exactly one may: senders act as if there were none and send no reports, ` +
        "so nobody hears when mail fails (RFC 8460 §3). Write all addresses into the `rua` of one of them, with commas, and remove the rest.",
      at: last.record.span,
      related: [first, ...more.slice(0, -1)].map(({ record }) => ({
        message: "This one begins so, too.",
        at: record.span,
      })),
      values: [String(more.length + 1)],
    };
  },
} satisfies Rule;
