import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "The policy is in mode `none`, which switches MTA-STS off",
  severity: "off",
  references: ["RFC 8461 §5", "RFC 8461 §8.3"],
  since: "0.1.0",
  *policy({ head }) {
    if (head?.mode?.value !== "none") return;
    yield {
      message:
        "The policy is in mode `none`: senders deliver as if the domain had no MTA-STS, so nothing protects its mail from being read or redirected on the way (RFC 8461 §5). " +
        "That is right on the way out (§8.3). Otherwise write `mode: testing`, and `mode: enforce` once the reports show no failures.",
      at: head.mode.span,
      values: [],
    };
  },
} satisfies Rule;
