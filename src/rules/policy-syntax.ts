import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "The policy holds something outside its grammar, and senders disagree whether to read it at all",
  severity: "error",
  references: ["RFC 8461 §3.2", "RFC 8461 §3.3"],
  since: "0.1.0",
  *policy({ head }) {
    for (const { fault, message, span, fix } of head?.problems ?? []) {
      yield { message, at: span, fix, values: [fault] };
    }
  },
} satisfies Rule;
