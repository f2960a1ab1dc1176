import { besides } from "../model/besides.ts";
import type { Report } from "../model/finding.ts";
import { type Answer, lookup } from "../model/lookup.ts";
import type { MailDomain } from "../model/mailDomain.ts";
import { type Name, display, under } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";
import { type ZoneRecord, recordsAt } from "../model/zone.ts";

export default {
  group: "record",
  summary: "The CNAME at `_mta-sts` stands beside other records, loops, or leads to nothing",
  severity: "error",
  references: ["RFC 8461 §8.2", "RFC 1034 §3.6.2"],
  since: "0.1.0",
  *domain({ head }) {
    if (!head?.zone || head.name === undefined) return;
    const owner = under("_mta-sts", head.name);
    const [cname] = recordsAt(head.zone, owner, "CNAME");
    if (!cname) return;
    const [other] = besides(head.zone, cname);
    if (other) yield beside(cname, other);
    else if (views(head, owner).every((answer) => answer.presence === "absent")) {
      yield leadsNowhere(cname, lookup(head.zone, head.zones, owner, "TXT"));
    }
  },
} satisfies Rule;

/** What each view of the zone answers, and of the zone at the chain's end; one that knows the record is the one senders see. */
function views({ zone, zones, name }: MailDomain, owner: Name): readonly Answer[] {
  if (!zone || name === undefined) return [];
  const here = [zone, ...zones.viewsOf(name)].map((view) => lookup(view, zones, owner, "TXT"));
  const end = here[0]?.chain.at(-1)?.rdata ?? owner;
  return [...here, ...zones.viewsOf(end).map((view) => lookup(view, zones, end, "TXT"))];
}

function beside(cname: ZoneRecord, other: ZoneRecord): Report {
  return {
    message:
      `At \`${display(cname.owner)}\` stand ${other.type === "CNAME" ? "two CNAME records" : `a CNAME and a ${other.type} record`}, and a CNAME must stand alone (RFC 1034 §3.6.2): ` +
      "some name servers refuse the whole zone, others answer with one of them. Senders that get no MTA-STS record deliver without its protection (RFC 8461 §3.1). " +
      "If a provider runs MTA-STS for this domain, keep the CNAME that it gave you, else the TXT record, and remove the rest.",
    at: cname.span,
    related: [{ message: "This record stands beside it.", at: other.span }],
    values: ["beside", other.type],
    about: [cname.owner],
  };
}

function leadsNowhere(cname: ZoneRecord, { chain }: Answer): Report {
  const names = [cname.owner, ...chain.map((link) => link.rdata)].map(display).map(quote);
  const loops = new Set(names).size < names.length;
  const end = names.at(-1);
  return {
    message:
      (loops
        ? `The CNAME at ${names[0]} leads in a circle (${shown(names)})`
        : `The CNAME at ${names[0]} leads to ${end}, and there is no TXT record`) +
      ": senders find no MTA-STS record and deliver without its protection, or by an older policy (RFC 8461 §3.1). " +
      (loops
        ? "Point it at the name where the TXT record stands (§8.2)."
        : "Point it at the name where the record stands (§8.2), or add the record there."),
    at: cname.span,
    values: [loops ? "loop" : "nothing", cname.rdata],
    about: [cname.owner],
  };
}

/** A circle up to where it closes. */
function shown(names: readonly string[]): string {
  const closes = names.findIndex((name, index) => names.indexOf(name) < index);
  return names.slice(0, closes + 1).join(" → ");
}
