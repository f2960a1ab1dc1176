import { type CaaProperty, caaProperty, relevantCaa } from "../model/caa.ts";
import { lookup } from "../model/lookup.ts";
import { usesSts } from "../model/mailDomain.ts";
import { display, under } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "host",
  summary: "CAA records forbid every certificate for the host that serves the policy",
  severity: "error",
  references: ["RFC 8659 §3", "RFC 8461 §3.3"],
  since: "0.1.0",
  *domain({ base, head }) {
    if (!head?.zone || head.name === undefined || head.unseen || ![base, head].some(usesSts)) return;
    const host = under("mta-sts", head.name);
    const records = relevantCaa(head.zone, head.zones, host) ?? [];
    const properties = records.map(caaProperty);
    const first = records[properties.findIndex((property) => property?.tag === "issue")];
    if (!first || properties.some((property) => !property || namesOne(property))) return;
    // Beside a CNAME nothing may stand (RFC 1034 §3.6.2); the records at its end count for the host (RFC 8659 §3).
    const end = lookup(head.zone, head.zones, host, "CAA").chain.at(-1)?.rdata;
    yield {
      message:
        `No certification authority may issue a certificate for ${quote(display(host))}: ${quote(`CAA ${first.rdata}`)} at ${quote(display(first.owner))} counts for it, and no CAA record there names one (RFC 8659 §3). ` +
        "Once the present certificate expires, senders cannot fetch the policy and deliver without its protection (RFC 8461 §3.3). " +
        `Add a record for the authority you use, at ${end === undefined ? `${quote(display(host))} itself` : `${quote(display(end))}, where the CNAME of that host leads,`} or beside this one: ${quote(`${end ?? host} CAA 0 issue "letsencrypt.org"`)}.`,
      at: first.span,
      values: records.map((record) => record.rdata).toSorted(),
    };
  },
} satisfies Rule;

function namesOne({ tag, issuer }: CaaProperty): boolean {
  return (tag === "issue" || tag === "issuewild") && issuer !== "";
}
