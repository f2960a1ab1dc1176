import { groupedBy } from "../model/groupedBy.ts";
import { apex, belowCut } from "../model/lookup.ts";
import { exchange } from "../model/mailDomain.ts";
import { display, isWithin, under } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";
import { recordsAt } from "../model/zone.ts";

export default {
  group: "zone",
  summary: "Records of one name and type have different TTLs, so a part of them runs out before the rest",
  severity: "warning",
  references: ["RFC 2181 §5.2"],
  since: "0.1.0",
  *zone({ head, stsDomains }) {
    if (!head) return;
    const owners = stsDomains.flatMap((name) => [
      name,
      ...["_mta-sts", "_smtp._tls", "mta-sts"].map((prefix) => under(prefix, name)),
      ...recordsAt(head, name, "MX").map(exchange),
    ]);
    for (const owner of new Set(owners)) {
      if (!isWithin(owner, apex(head)) || belowCut(head, owner)) continue;
      for (const [type, records] of groupedBy(recordsAt(head, owner), (record) => record.type)) {
        const [first] = records;
        const other = records.find((record) => record.ttl !== first?.ttl);
        // Signatures are no one set: each has the TTL of what it signs (RFC 4034 §3).
        if (!first || !other || type === "RRSIG" || type === "SIG") continue;
        const ttls = [...new Set(records.map((record) => record.ttl))].toSorted((a, b) => a - b);
        yield {
          message:
            `The ${type} records of ${quote(display(owner))} have the TTLs ${ttls.join(", ")}, and records of one name and type must have the same (RFC 2181 §5.2). ` +
            "Resolvers that keep each for its own time answer with a part of them once the shortest is over, so senders miss some; others take the shortest for all. " +
            "Write one TTL for all of them.",
          at: other.ttlSpan ?? other.span,
          related: [{ message: `This one has TTL ${first.ttl}.`, at: first.ttlSpan ?? first.span }],
          values: [owner, type, ...ttls.map(String)],
        };
      }
    }
  },
} satisfies Rule;
