import type { Fix } from "../model/finding.ts";
import { mendedMode } from "../model/mendedValue.ts";
import { type PolicyField, fieldsNamed, lacks } from "../model/policy.ts";
import { beginning } from "../model/policyEdit.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "The policy's mode is absent or none of `enforce`, `testing` and `none`",
  severity: "error",
  references: ["RFC 8461 §3.2"],
  since: "0.1.0",
  *policy({ head }) {
    if (!head || head.mode) return;
    const [field] = fieldsNamed(head, "mode");
    if (!field && !lacks(head, "mode")) return;
    const mode = field && mendedMode(field.value.value);
    const fix = mode && { title: `Write \`mode: ${mode}\``, edits: [{ at: field.value.span, newText: mode }] };
    yield {
      message: field ? illegal(field, fix) : ABSENT,
      at: field?.span ?? beginning(head),
      values: [field?.value.value ?? ""],
      fix,
    };
  },
} satisfies Rule;

const ABSENT =
  "The policy has no `mode` (RFC 8461 §3.2 requires one): mox, postfix-tlspol, go-mtasts and postfix-mta-sts-resolver reject it, " +
  "mailauth and Stalwart take it for `none`, so it protects no mail. Add `mode: testing`, or `mode: enforce` once testing has shown no failures.";

function illegal({ value }: PolicyField, fix: Fix | undefined): string {
  const senders = /^(?:enforce|testing|none)$/i.test(value.value)
    ? "Of six senders' parsers all but mailauth's"
    : "Senders";
  return (
    `The mode is ${quote(value.value)}, and the only modes are \`enforce\`, \`testing\` and \`none\`, in lower case (RFC 8461 §3.2). ` +
    `${senders} reject the whole policy for it, so mail is delivered without its protection or by an older copy. ${fix?.title ?? "Write one of the three"}.`
  );
}
