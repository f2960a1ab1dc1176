import { display } from "../model/name.ts";
import type { Rule } from "../model/rule.ts";
import { changedRecords, compareSerials, isToolManaged, nextSerial, serialOf } from "../model/serial.ts";

export default {
  group: "zone",
  summary: "Records changed but the SOA serial did not rise, so secondary servers keep the old zone",
  severity: "warning",
  references: ["RFC 1034 §4.3.5", "RFC 1982 §3.2"],
  since: "0.1.0",
  *zone(change) {
    const { base, head, moment } = change;
    const before = serialOf(base);
    const serial = serialOf(head);
    if (!base || !head || !before || !serial || isToolManaged(change)) return;
    const step = compareSerials(before.value, serial.value);
    const changed = changedRecords(base, head);
    if (step === "raised" || (step === "unchanged" && changed.length === 0)) return;
    const sts = changed.find(
      (record) => record.owner.startsWith("_mta-sts.") && (record.type === "TXT" || record.type === "CNAME"),
    );
    const next = nextSerial(before.value, moment.head);
    const zone = display(head.origin);
    yield {
      message:
        (step === "lowered"
          ? `The serial of ${zone} goes backwards, from ${before.value} to ${serial.value}: secondary servers take the new zone for an older one and ignore it (RFC 1982 §3.2). `
          : `Records of ${zone} change but its serial stays ${serial.value}: secondary servers copy a zone only when the serial rises (RFC 1034 §4.3.5), so they keep answering with the old records` +
            (sts ? ", the old `_mta-sts` record among them. " : ". ")) + `Set it to ${next}.`,
      at: serial.span,
      severity: step === "lowered" || sts ? "error" : "warning",
      values: [String(before.value), String(serial.value)],
      fix: { title: `Raise the serial to ${next}`, edits: [{ at: serial.span, newText: String(next) }] },
    };
  },
} satisfies Rule;
