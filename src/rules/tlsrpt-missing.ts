import { lineEnd } from "../model/lineEnd.ts";
import { display, under } from "../model/name.ts";
import { activePolicy } from "../model/rollout.ts";
import type { Edit } from "../model/finding.ts";
import type { DomainChange, Rule } from "../model/rule.ts";
import { serialEdits } from "../model/serial.ts";
import { recordLine } from "../write/recordLine.ts";

export default {
  group: "tls-rpt",
  summary: "A policy is active and nobody is told when mail fails it: the zone has no TLSRPT record",
  severity: "warning",
  references: ["RFC 8460 §3", "RFC 8461 §8.1"],
  since: "0.1.0",
  *domain(change) {
    const { head } = change;
    const policy = activePolicy(head);
    if (!head?.zone || head.name === undefined || !policy || head.tlsrpt.presence !== "absent") return;
    const { cname } = head.tlsrpt;
    const owner = under("_smtp._tls", head.name);
    const value = `v=TLSRPTv1; rua=mailto:postmaster@${display(head.name)}`;
    const edits = recordEdits(change, value);
    yield {
      message:
        `Nobody will hear when mail to ${display(head.name)} fails: its policy is in mode \`${policy.mode.value}\`, ` +
        `but there is no record at \`${display(owner)}\` that says where senders report failures (RFC 8460 §3)` +
        `${cname ? `: the CNAME there leads to \`${display(cname.rdata)}\`, where none is found. Put one in its place` : ". Add one"}, ` +
        `with an address that somebody reads:\n${recordLine(owner, value)}`,
      at: cname?.span ?? head.sts.records[0]?.record.span ?? policy.mode.span,
      values: [],
      fix: edits.length > 0 ? { title: "Ask for TLS reports to postmaster", edits } : undefined,
    };
  },
} satisfies Rule;

/** Puts the record before the `_mta-sts` one, in its style; before, so that no owner is inherited from it. */
function recordEdits(change: DomainChange, value: string): readonly Edit[] {
  const record = change.head?.tlsrpt.cname ? undefined : change.head?.sts.records[0]?.record;
  if (!record?.ownerSpan || record.generated || record.ownerSpan.start.column !== 1) return [];
  const { source, ownerSpan } = record;
  const written = source.text(ownerSpan.start.offset, ownerSpan.end.offset);
  if (!/^_mta-sts\b/i.test(written)) return [];
  const start = ownerSpan.start.offset;
  const line = `${written.replace(/^_mta-sts/i, "_smtp._tls")} IN TXT "${value}"${lineEnd(source)}`;
  return [{ at: source.span(start, start), newText: line }, ...serialEdits(change.zone)];
}
