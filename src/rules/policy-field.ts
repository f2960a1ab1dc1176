import { type FieldName, intendedField, isFieldName } from "../model/fieldName.ts";
import type { Fix, Severity } from "../model/finding.ts";
import { lineEnd } from "../model/lineEnd.ts";
import { mendedValue } from "../model/mendedValue.ts";
import { type Policy, type PolicyField, fieldsNamed } from "../model/policy.ts";
import { removeLine } from "../model/policyEdit.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "A field of the policy is misspelt, belongs elsewhere or is not known",
  severity: "error",
  references: ["RFC 8461 §3.2", "RFC 8460 §3"],
  since: "0.1.0",
  *policy(change) {
    const { head } = change;
    if (!head) return;
    for (const field of head.fields) {
      const name = field.name.value;
      if (isFieldName(name)) continue;
      const meant = intendedField(name);
      const mended = (meant && mendedValue(meant, field.value.value, change)) ?? [field.value.value];
      const { message, severity, fix } = meant ? misspelt(head, field, meant, mended) : other(head, field);
      yield {
        message,
        severity,
        fix,
        at: field.name.span,
        values: [name, meant ?? ""],
        about: meant === "mx" ? mended : [],
      };
    }
  },
} satisfies Rule;

interface Verdict {
  readonly message: string;
  readonly severity: Severity;
  readonly fix?: Fix | undefined;
}

/** RFC 8461 §3.2 has its names in lower case, `%s"mode"`; what differs is an extension that senders ignore. */
function misspelt(policy: Policy, field: PolicyField, meant: FieldName, mended: readonly string[]): Verdict {
  const right = fieldsNamed(policy, meant);
  const { cure, fix } = renamed(policy, field, meant, mended);
  const ignored = `Senders do not know the field ${quote(field.name.value)} and ignore it; \`${meant}\` was probably meant, in lower case (RFC 8461 §3.2).`;
  if (right.length === 0) {
    const lost =
      meant === "mx"
        ? "Without an `mx` line senders reject the policy, or refuse every host once it enforces."
        : `Without \`${meant}\` most senders reject the whole policy, so mail is delivered without its protection or by an older copy.`;
    return { message: `${ignored} ${lost} ${cure}.`, severity: "error", fix };
  }
  if (meant === "mx") {
    const message = `${ignored} The host ${quote(field.value.value)} is therefore not allowed by it. ${cure}.`;
    return { message, severity: "warning", fix };
  }
  const same = right[0]?.value.value === field.value.value;
  const message = `${ignored} What counts is \`${meant}: ${quote(right[0]?.value.value ?? "").slice(1)}. Remove the misspelt line.`;
  return {
    message,
    severity: "warning",
    fix: same ? { title: "Remove the line", edits: [removeLine(policy, field)] } : undefined,
  };
}

/** The right name, and the right value where that is wrong, too: two faults of one line are mended together. */
function renamed(
  { source }: Policy,
  { name, value }: PolicyField,
  meant: FieldName,
  mended: readonly string[],
): { cure: string; fix: Fix } {
  const rename = { at: name.span, newText: meant };
  if (mended.length === 1 && mended[0] === value.value) {
    const cure = `Write \`${meant}:\``;
    return { cure, fix: { title: cure, edits: [rename] } };
  }
  const cure = `Write ${mended.map((right) => quote(`${meant}: ${right}`)).join(" and ")}`;
  const newText = mended.join(`${lineEnd(source)}${meant}: `);
  return { cure, fix: { title: cure, edits: [rename, { at: value.span, newText }] } };
}

function other(policy: Policy, field: PolicyField): Verdict {
  if (field.name.value.toLowerCase() !== "rua") {
    const message = `Senders do not know the field ${quote(field.name.value)} and ignore it (RFC 8461 §3.2). Nothing to do if it is meant for your own tools; otherwise remove it.`;
    return { message, severity: "notice" };
  }
  return {
    message:
      "Report addresses do not belong in the policy: senders ignore this line, and go-mtasts rejects the whole policy for its second colon, so mail from such senders goes unprotected. " +
      "Remove the line and publish `v=TLSRPTv1; rua=…` as a TXT record at `_smtp._tls` (RFC 8460 §3).",
    severity: "warning",
    fix: { title: "Remove the line", edits: [removeLine(policy, field)] },
  };
}
