import { type MisnamedRecord, isDoubled, misnamedByDomain, renaming } from "../model/misnamed.ts";
import { display, under } from "../model/name.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "record",
  summary: "An MTA-STS record stands at a name where no sender looks for it",
  severity: "error",
  references: ["RFC 8461 §3.1", "RFC 1035 §5.1"],
  since: "0.1.0",
  *domain(change) {
    const { head } = change;
    if (!head?.zone || head.name === undefined) return;
    const right = under("_mta-sts", head.name);
    const alone = head.sts.presence === "absent";
    for (const misnamed of misnamedByDomain(head.zone).get(head.name) ?? []) {
      const { record } = misnamed;
      yield {
        message: alone
          ? `Senders look for this record at \`${display(right)}\`, and it stands at \`${display(record.owner)}\`: they find none and deliver without MTA-STS's protection (RFC 8461 §3.1). ${cure(misnamed)}`
          : `No sender looks for an MTA-STS record at \`${display(record.owner)}\`. The one at \`${display(right)}\` counts (RFC 8461 §3.1), and whoever edits this one changes nothing. Remove it.`,
        at: record.ownerSpan ?? record.span,
        severity: alone ? "error" : "warning",
        values: [record.owner],
        about: alone ? [right] : [],
        fix: alone ? renaming(misnamed, change) : undefined,
      };
    }
  },
} satisfies Rule;

function cure(misnamed: MisnamedRecord): string {
  if (!isDoubled(misnamed)) return `Rename it to \`_mta-sts.${display(misnamed.meantFor)}\`.`;
  return "The name is written in full without its final dot, so the origin is added once more (RFC 1035 §5.1): add the dot.";
}
