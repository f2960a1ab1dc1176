import { type MisnamedRecord, isDoubled, misnamedTlsrptByDomain, renaming } from "../model/misnamed.ts";
import { display, under } from "../model/name.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "tls-rpt",
  summary: "A TLSRPT record stands at a name where no sender looks for it",
  severity: "error",
  references: ["RFC 8460 §3", "RFC 1035 §5.1"],
  since: "0.1.0",
  *domain(change) {
    const { head } = change;
    if (!head?.zone || head.name === undefined) return;
    const right = display(under("_smtp._tls", head.name));
    const alone = head.tlsrpt.presence === "absent";
    for (const misnamed of misnamedTlsrptByDomain(head.zone).get(head.name) ?? []) {
      const { record } = misnamed;
      yield {
        message: alone
          ? `Senders look for this record at \`${right}\`, and it stands at \`${display(record.owner)}\`: they find none and send no reports, so nobody hears when mail fails (RFC 8460 §3). ${cure(misnamed, right)}`
          : `No sender looks for a TLSRPT record at \`${display(record.owner)}\`, only at \`${right}\` (RFC 8460 §3): whoever edits this one changes nothing. Remove it.`,
        at: record.ownerSpan ?? record.span,
        severity: alone ? "error" : "notice",
        values: [record.owner],
        fix: alone ? renaming(misnamed, change) : undefined,
      };
    }
  },
} satisfies Rule;

function cure(misnamed: MisnamedRecord, right: string): string {
  if (!isDoubled(misnamed)) return `Rename it to \`${right}\`.`;
  return "The name is written in full without its final dot, so the origin is added once more (RFC 1035 §5.1): add the dot.";
}
