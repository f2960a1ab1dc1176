import { FIELD_NAMES, type FieldName } from "../model/fieldName.ts";
import type { Severity } from "../model/finding.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { type Policy, type PolicyField, fieldsNamed } from "../model/policy.ts";
import { removeLine } from "../model/policyEdit.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "A field stands in the policy twice, and senders disagree which one counts",
  severity: "error",
  references: ["RFC 8461 §3.2"],
  since: "0.1.0",
  *policy({ head }) {
    if (!head) return;
    for (const { name, first, later } of duplicates(head)) {
      yield {
        ...verdict(name, first.value.value, later.value.value),
        at: later.span,
        related: [{ message: "The first one.", at: first.span }],
        values: name === "mx" ? [name, first.value.value.toLowerCase()] : [name, first.value.value, later.value.value],
        fix: { title: "Remove the later line", edits: [removeLine(head, later)] },
      };
    }
  },
} satisfies Rule;

interface Duplicate {
  readonly name: FieldName;
  readonly first: PolicyField;
  readonly later: PolicyField;
}

/** Fields that come again, and `mx` lines that allow the same hosts again. */
function duplicates(policy: Policy): readonly Duplicate[] {
  return FIELD_NAMES.flatMap((name) => {
    const fields = fieldsNamed(policy, name);
    const alike = groupedBy(fields, ({ value }) => (name === "mx" ? value.value.toLowerCase() : name));
    return [...alike.values()].flatMap(([first, ...more]) =>
      first ? more.map((later) => ({ name, first, later })) : [],
    );
  });
}

function verdict(name: FieldName, first: string, later: string): { message: string; severity: Severity } {
  if (name === "mx") {
    return {
      message: `The policy allows ${quote(first)} twice. Senders lose nothing by it, as they read the lines as a set (RFC 8461 §3.2); remove one of the lines.`,
      severity: "notice",
    };
  }
  if (first === later) {
    return {
      message: `The policy says \`${name}\` twice with the same value ${quote(first)}. Senders read it as meant, but the next edit of only one line splits them (RFC 8461 §3.2). Remove one of the lines.`,
      severity: "warning",
    };
  }
  return {
    message:
      `The policy says \`${name}\` twice: ${quote(first)}, then ${quote(later)}. By RFC 8461 §3.2 the first counts, as mox and postfix-tlspol have it; ` +
      "go-mtasts, postfix-mta-sts-resolver, mailauth and Stalwart take the last, so mail is treated differently from sender to sender. Keep one of the lines.",
    severity: "error",
  };
}
