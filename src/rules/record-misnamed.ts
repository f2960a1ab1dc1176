import type { Fix } from "../model/finding.ts";
import { type MisnamedRecord, misnamedByDomain } from "../model/misnamed.ts";
import { display, under } from "../model/name.ts";
import type { DomainChange, Rule } from "../model/rule.ts";
import { serialEdits } from "../model/serial.ts";

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
        fix: alone ? renamed(misnamed, change) : undefined,
      };
    }
  },
} satisfies Rule;

function cure({ record, meantFor }: MisnamedRecord): string {
  if (!isDoubled({ record, meantFor })) return `Rename it to \`_mta-sts.${display(meantFor)}\`.`;
  return "The name is written in full without its final dot, so the origin is added once more (RFC 1035 §5.1): add the dot.";
}

function isDoubled({ record, meantFor }: MisnamedRecord): boolean {
  return record.owner.startsWith(under("_mta-sts", meantFor));
}

/** Not where the next record inherits the owner: it would move, too. */
function renamed(misnamed: MisnamedRecord, change: DomainChange): Fix | undefined {
  const { record } = misnamed;
  const records = change.head?.zone?.records ?? [];
  const next = records[records.indexOf(record) + 1];
  if (!record.ownerSpan || record.generated || (next && !next.ownerSpan && next.owner === record.owner))
    return undefined;
  const { source, ownerSpan, owner } = record;
  const written = source.text(ownerSpan.start.offset, ownerSpan.end.offset);
  const newText = isDoubled(misnamed)
    ? `${written}.`
    : respelled(written, owner.slice(0, -misnamed.meantFor.length - 1));
  if (newText === undefined) return undefined;
  return { title: `Write \`${newText}\``, edits: [{ at: ownerSpan, newText }, ...serialEdits(change.zone)] };
}

/** The owner as the file writes it, with `_mta-sts` where the misspelt labels stand; put before the domain's own name. */
function respelled(written: string, misspelt: string): string | undefined {
  if (written === "@") return misspelt === "" ? "_mta-sts" : undefined;
  if (misspelt === "") return `_mta-sts.${written}`;
  return written.toLowerCase().startsWith(misspelt) ? `_mta-sts${written.slice(misspelt.length)}` : undefined;
}
