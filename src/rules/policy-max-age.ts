import { duration } from "../model/duration.ts";
import { longestMaxAge, mendedMaxAge } from "../model/maxAge.ts";
import { MAX_AGE_LIMIT, type PolicyField, fieldsNamed, lacks } from "../model/policy.ts";
import { beginning } from "../model/policyEdit.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "The policy's `max_age` is absent, no number of seconds, or over a year",
  severity: "error",
  references: ["RFC 8461 §3.2"],
  since: "0.1.0",
  *policy(change) {
    const { head } = change;
    if (!head || (head.maxAge && head.maxAge.value <= MAX_AGE_LIMIT)) return;
    const [field] = fieldsNamed(head, "max_age");
    if (!field && !lacks(head, "max_age")) return;
    const longest = longestMaxAge(change);
    const seconds = field && mendedMaxAge(field.value.value, longest);
    yield {
      message: field ? `${fault(field)} ${cure(seconds, longest)}` : ABSENT,
      at: field?.span ?? beginning(head),
      values: [field?.value.value ?? ""],
      fix:
        field && seconds !== undefined
          ? { title: `Write \`max_age: ${seconds}\``, edits: [{ at: field.value.span, newText: String(seconds) }] }
          : undefined,
    };
  },
} satisfies Rule;

const ABSENT =
  "The policy has no `max_age`, the seconds that senders may keep it (RFC 8461 §3.2 requires it). " +
  "Of six senders' parsers all but Stalwart's reject the whole policy, so mail is delivered without its protection or by an older copy. " +
  "Add `max_age: 604800` (7 days).";

function fault({ value }: PolicyField): string {
  if (/^[0-9]+$/.test(value.value) && Number(value.value) > MAX_AGE_LIMIT) {
    return (
      `The \`max_age\` ${quote(value.value)} is over ${MAX_AGE_LIMIT} seconds (about a year), the most that RFC 8461 §3.2 allows: ` +
      "postfix-mta-sts-resolver and mailauth reject the whole policy for it and deliver without its protection, other senders keep it as long as they see fit."
    );
  }
  return (
    `The \`max_age\` ${quote(value.value)} is no number of seconds, written in 1 to 10 digits (RFC 8461 §3.2): ` +
    "of six senders' parsers all but Stalwart's reject the whole policy for it, so mail is delivered without its protection or by an older copy."
  );
}

function cure(seconds: number | undefined, longest: number): string {
  if (seconds === undefined) return "Write the number of seconds, such as 604800 for 7 days.";
  const enough =
    seconds === longest && longest < MAX_AGE_LIMIT ? ", long enough while the policy is being tried out" : "";
  return `Write ${seconds} (${duration(seconds)})${enough}.`;
}
