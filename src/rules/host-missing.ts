import { isInternal } from "../model/address.ts";
import { isAbsent, lookup } from "../model/lookup.ts";
import { isMeant } from "../model/mailDomain.ts";
import { display, under } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "host",
  summary: "The `_mta-sts` record sends senders to a host that has no address, so they cannot fetch the policy",
  severity: "error",
  references: ["RFC 8461 §3.3", "RFC 8461 §3.2"],
  since: "0.1.0",
  *domain({ head }) {
    const first = head?.sts.records.find(isMeant);
    if (!head?.zone || head.name === undefined || !first || isInternal(head.zone)) return;
    const host = under("mta-sts", head.name);
    if (!isAbsent(head.zone, head.zones, host, ["A", "AAAA"])) return;
    const end = lookup(head.zone, head.zones, host, "A").chain.at(-1);
    yield {
      message:
        `The record at ${quote(`_mta-sts.${display(head.name)}`)} makes senders fetch the policy from ${quote(`https://${display(host)}/.well-known/mta-sts.txt`)}, ` +
        (end
          ? `and the CNAME there leads to ${quote(display(end.rdata))}, which has no address. `
          : `and the zone has no A, AAAA or CNAME record for that host. `) +
        "They cannot fetch it and deliver without its protection; a policy that they still hold runs out (RFC 8461 §3.3). " +
        `${end ? "Add the address there, or point the CNAME at" : `Add an A, AAAA or CNAME record for ${quote(display(host))} that leads to`} the web server that serves the policy.`,
      at: (head.sts.cname ?? first.record).span,
      ...(end ? { related: [{ message: "The last CNAME of the chain.", at: end.span }] } : {}),
      values: end ? [end.rdata] : [],
    };
  },
} satisfies Rule;
