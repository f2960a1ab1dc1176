import type { Report } from "../model/finding.ts";
import { isAbsent, lookup } from "../model/lookup.ts";
import { type MailDomain, exchange, usesSts } from "../model/mailDomain.ts";
import { addressLiteral, hostWithDot, isInZone } from "../model/mxTarget.ts";
import { type Name, display, isWithin } from "../model/name.ts";
import { covers } from "../model/policy.ts";
import { quote } from "../model/quote.ts";
import type { DomainChange, Rule } from "../model/rule.ts";
import { serialEdits } from "../model/serial.ts";
import type { ZoneRecord } from "../model/zone.ts";

export default {
  group: "mx",
  summary:
    "An MX record names a host that is none: an address, a CNAME, a name without address, or one that lost its final dot",
  severity: "error",
  references: ["RFC 5321 §5.1", "RFC 2181 §10.3", "RFC 1035 §5.1"],
  since: "0.1.0",
  *domain(change) {
    const { base, head } = change;
    if (!head || head.unseen || ![base, head].some(usesSts)) return;
    const told = new Set<string>();
    for (const mx of head.mx) {
      const report = judged(head, mx, change);
      if (!report || (!report.fix && told.has(report.values.join(" ")))) continue;
      told.add(report.values.join(" "));
      yield report;
    }
  },
} satisfies Rule;

function judged(head: MailDomain, mx: ZoneRecord, change: DomainChange): Report | undefined {
  const { zone, zones } = head;
  const host = exchange(mx);
  const address = addressLiteral(mx);
  if (address !== undefined) return literal(mx, address);
  if (!zone || !isInZone(head, host)) return undefined;
  const meant = hostWithDot(head, mx);
  if (meant) return withoutDot(head, mx, meant, change);
  const [cname] = lookup(zone, zones, host, "CNAME").records;
  if (cname) return alias(mx, cname);
  return isAbsent(zone, zones, host, ["A", "AAAA"]) ? withoutAddress(head, mx) : undefined;
}

function at(mx: ZoneRecord): ZoneRecord["span"] {
  return mx.fields[1]?.span ?? mx.span;
}

function literal(mx: ZoneRecord, address: string): Report {
  return {
    message:
      `The MX record of ${display(mx.owner)} names the address ${quote(address)}, and it must name a host: senders look it up as if it were a name, find nothing, and the mail waits and bounces (RFC 5321 §5.1). ` +
      "Give the mail server a name, with an A or AAAA record, and write that name here.",
    at: at(mx),
    values: ["address", address],
  };
}

function withoutDot(head: MailDomain, mx: ZoneRecord, meant: Name, change: DomainChange): Report {
  const host = exchange(mx);
  const { end } = at(mx);
  const refused = head.policy && !covers(head.policy, meant);
  const isNowhere = !head.zone || isAbsent(head.zone, head.zones, host, ["A", "AAAA", "CNAME"]);
  return {
    message:
      `${quote(display(meant))} stands here without a final dot, so the origin is added and the MX host of ${display(mx.owner)} is ${quote(display(host))}, ` +
      `${isNowhere ? "where nothing stands (RFC 1035 §5.1). Mail that goes there waits and bounces" : "for which only a wildcard answers (RFC 1035 §5.1). Mail goes where the wildcard leads"}. Write ${quote(meant)}.${refused ? " The policy has no line for that host either." : ""}` +
      (isWithin(meant, head.name ?? ".") ? "" : ` If ${quote(display(host))} is meant, give it an address.`),
    at: at(mx),
    reference: "RFC 1035 §5.1",
    values: ["dot", host],
    about: refused ? [] : [host],
    fix: {
      title: `Write ${quote(meant)}`,
      edits: [{ at: mx.source.span(end.offset, end.offset), newText: "." }, ...serialEdits(change.zone)],
    },
  };
}

function alias(mx: ZoneRecord, cname: ZoneRecord): Report {
  const host = exchange(mx);
  return {
    message:
      `${display(host)} is an MX host of ${display(mx.owner)} and has a CNAME record, to ${quote(display(cname.rdata))}; an MX host must have addresses of its own (RFC 2181 §10.3). ` +
      "Some senders refuse it and return the mail, and the policy and the certificate must hold the name in the MX record, not the one behind it (RFC 8461 §4.1). " +
      "Name the host behind it in the MX record, or give this one A and AAAA records in place of the CNAME.",
    at: at(mx),
    related: [{ message: "The CNAME.", at: cname.span }],
    reference: "RFC 2181 §10.3",
    values: ["CNAME", host],
    about: [`CNAME ${host}`],
  };
}

function withoutAddress({ mx: records }: MailDomain, mx: ZoneRecord): Report {
  const host = exchange(mx);
  const others = records.some((other) => exchange(other) !== host);
  return {
    message:
      `${display(host)} is an MX host of ${display(mx.owner)}, and the zone has no A or AAAA record for it (RFC 5321 §5.1). ` +
      `${others ? "Senders skip it; while the other MX hosts are down, mail waits." : "Senders cannot deliver at all: mail waits and bounces."} ` +
      "Add its address, or correct the MX record.",
    at: at(mx),
    severity: "warning",
    values: ["nothing", host],
  };
}
