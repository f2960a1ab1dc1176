import { isDocumentation, isInternal, unreachable } from "../model/address.ts";
import { besides } from "../model/besides.ts";
import { apex, belowCut, lookup, type Zones } from "../model/lookup.ts";
import { usesSts } from "../model/mailDomain.ts";
import { type Name, display, under } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";
import { type Zone, recordsAt } from "../model/zone.ts";

export default {
  group: "host",
  summary:
    "The host that serves the policy has an address that nobody on the Internet reaches, or a CNAME beside other records",
  severity: "error",
  references: ["RFC 8461 §3.3", "RFC 1034 §3.6.2"],
  since: "0.1.0",
  *domain({ base, head }) {
    if (!head?.zone || head.name === undefined || head.unseen || ![base, head].some(usesSts)) return;
    const { zone, zones } = head;
    const owner = under("mta-sts", head.name);
    const [cname] = belowCut(zone, owner) ? [] : recordsAt(zone, owner, "CNAME");
    const [other] = cname ? besides(zone, cname) : [];
    if (cname && other) {
      yield {
        message:
          `At ${quote(display(owner))} ${other.type === "CNAME" ? "stand two CNAME records" : `stands a CNAME beside another record (${other.type})`}, and a CNAME must stand alone (RFC 1034 §3.6.2): ` +
          "some name servers refuse the whole zone, others answer with one of them. Senders that do not reach the host cannot fetch the policy (RFC 8461 §3.3). " +
          "Keep the one that leads to the web server with the policy, and remove the rest.",
        at: cname.span,
        related: [{ message: "This record stands beside it.", at: other.span }],
        values: ["beside", other.type],
        reference: "RFC 1034 §3.6.2",
        about: [owner],
      };
      return;
    }
    const others = zones.viewsOf(apex(zone)).filter((view) => view !== zone);
    if (
      isInternal(zone) ||
      (!mayBeReached(zone, zones, owner) && others.some((view) => mayBeReached(view, zones, owner)))
    )
      return;
    for (const record of ["A", "AAAA"].flatMap((type) => lookup(zone, zones, owner, type).records)) {
      const range = unreachable(record.rdata);
      if (!range) continue;
      yield {
        message:
          `Senders fetch the policy from ${quote(display(owner))}, and its address ${record.rdata} is ${range}: nobody outside reaches it. ` +
          "They deliver without the policy's protection, or by an older one until it runs out (RFC 8461 §3.3). " +
          "Write the public address of the web server that serves the policy.",
        at: record.span,
        severity: isDocumentation(range) ? "notice" : "error",
        values: [record.rdata],
      };
    }
  },
} satisfies Rule;

/** Whether a view has, or leads to, an address for senders: then it is the one they see, and not one that has none. */
function mayBeReached(view: Zone, zones: Zones, host: Name): boolean {
  return ["A", "AAAA"].some((type) => {
    const { presence, records } = lookup(view, zones, host, type);
    if (presence !== "present") return presence !== "absent";
    return records.some(({ rdata }) => {
      const range = unreachable(rdata);
      return !range || isDocumentation(range);
    });
  });
}
