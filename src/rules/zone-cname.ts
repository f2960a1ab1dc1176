import { apex, belowCut } from "../model/lookup.ts";
import { besides } from "../model/besides.ts";
import { exchange } from "../model/mailDomain.ts";
import { display, isWithin, under } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";
import { recordsAt } from "../model/zone.ts";

export default {
  group: "zone",
  summary: "A CNAME stands beside other records at an MX host or at `_smtp._tls`",
  severity: "error",
  references: ["RFC 1034 §3.6.2", "RFC 2181 §10.1"],
  since: "0.1.0",
  *zone({ head, stsDomains }) {
    if (!head) return;
    const owners = stsDomains.flatMap((name) => [
      under("_smtp._tls", name),
      ...recordsAt(head, name, "MX").map(exchange),
    ]);
    for (const owner of new Set(owners)) {
      const [cname] = isWithin(owner, apex(head)) && !belowCut(head, owner) ? recordsAt(head, owner, "CNAME") : [];
      const [other] = cname ? besides(head, cname) : [];
      if (!cname || !other) continue;
      const isReport = owner.startsWith("_smtp._tls.");
      yield {
        message:
          `At ${quote(display(owner))} ${other.type === "CNAME" ? "stand two CNAME records" : `stands a CNAME beside another record (${other.type})`}, and a CNAME must stand alone (RFC 1034 §3.6.2): ` +
          "some name servers refuse the whole zone and go on serving the old one, others answer with one of them. " +
          (isReport
            ? "Whether senders find where to report failed deliveries is then chance. "
            : "Whether senders find the mail host is then chance. ") +
          "Keep the one that is meant, and remove the rest.",
        at: cname.span,
        related: [{ message: "This record stands beside it.", at: other.span }],
        values: [owner, other.type],
        about: [owner, `CNAME ${owner}`],
      };
    }
  },
} satisfies Rule;
