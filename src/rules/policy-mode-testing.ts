import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "The policy is in mode `testing`, in which senders report failures and deliver all the same",
  severity: "off",
  references: ["RFC 8461 §5"],
  since: "0.1.0",
  *policy({ head }) {
    if (head?.mode?.value !== "testing") return;
    yield {
      message:
        "The policy is in mode `testing`: senders report what fails and deliver all the same, so an attacker who redirects the mail still gets it (RFC 8461 §5). " +
        "Write `mode: enforce` once two weeks of reports show no failures.",
      at: head.mode.span,
      values: [],
    };
  },
} satisfies Rule;
