import { type FieldName, intendedField, isFieldName } from "../model/fieldName.ts";
import { mxHosts } from "../model/mailDomain.ts";
import { isMxPattern } from "../model/mxPattern.ts";
import { isPlaceholder } from "../model/placeholder.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "A value of the policy is a placeholder that nobody filled in",
  severity: "error",
  references: ["RFC 8461 §3.2", "RFC 2606 §3"],
  since: "0.1.0",
  *policy({ head, domains, sharing }) {
    if (!head) return;
    const hosts = mxHosts(sharing.head);
    for (const { name, value } of head.fields) {
      const field = isFieldName(name.value) ? name.value : intendedField(name.value);
      if (field === undefined || !isPlaceholder(value.value, domains, hosts)) continue;
      if (field === "mx" && head.mode?.value === "none" && isMxPattern(value.value)) continue;
      const { harm, cure } = FILLED_IN[field];
      yield {
        message: `The \`${field}\` value ${quote(value.value)} is a placeholder that was never filled in (RFC 8461 §3.2): ${harm}. ${cure}`,
        at: value.span,
        values: [field, value.value],
        about: field === "mx" ? [value.value] : [],
      };
    }
  },
} satisfies Rule;

const REJECTED =
  "most senders reject the whole policy, so mail is delivered without its protection or by an older copy";

const FILLED_IN: Readonly<Record<FieldName, { harm: string; cure: string }>> = {
  version: { harm: REJECTED, cure: "Write `STSv1`." },
  mode: { harm: REJECTED, cure: "Write `testing`, or `enforce` once testing has shown no failures." },
  max_age: { harm: REJECTED, cure: "Write a number of seconds, such as 604800 for 7 days." },
  mx: {
    harm: "it allows none of the domain's mail hosts. Senders that enforce the policy refuse them, and mail waits and then bounces",
    cure: "Write the host that the domain's MX record names; a domain that takes no mail needs `mode: none` and no `mx` line.",
  },
};
