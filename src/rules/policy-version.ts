import { fieldsNamed, lacks } from "../model/policy.ts";
import { beginning, insertFirst } from "../model/policyEdit.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

const LINE = "version: STSv1";

export default {
  group: "policy",
  summary: "The policy does not say `version: STSv1`, so senders do not take it for one",
  severity: "error",
  references: ["RFC 8461 §3.2"],
  since: "0.1.0",
  *policy({ head }) {
    if (!head || head.version) return;
    const [field] = fieldsNamed(head, "version");
    if (!field && !lacks(head, "version")) return;
    const fault = field
      ? `The version is ${quote(field.value.value)}, and \`STSv1\` is the only one there is (RFC 8461 §3.2). Senders reject the whole policy`
      : "The policy has no `version` (RFC 8461 §3.2 requires one). Of six senders' parsers all but Stalwart's reject it";
    yield {
      message: `${fault}, so mail is delivered without its protection or by an older copy. ${field ? "Write" : "Add the line"} \`${LINE}\`.`,
      at: field?.span ?? beginning(head),
      values: [field?.value.value ?? ""],
      fix: {
        title: `${field ? "Write" : "Add"} \`${LINE}\``,
        edits: [field ? { at: field.value.span, newText: "STSv1" } : insertFirst(head, LINE)],
      },
    };
  },
} satisfies Rule;
