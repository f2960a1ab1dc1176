import { display, isWildcard, under } from "../model/name.ts";
import type { Rule } from "../model/rule.ts";
import { misnamedByDomain } from "../model/misnamed.ts";

export default {
  group: "record",
  summary: "The domain receives mail and has no MTA-STS at all",
  severity: "off",
  references: ["RFC 8461 §1"],
  since: "0.1.0",
  *domain({ head }) {
    const [mx] = head?.mx ?? [];
    if (!head?.zone || head.name === undefined || isWildcard(head.name) || !mx || head.policy || head.unseen) return;
    const owner = under("_mta-sts", head.name);
    const { presence, records, cname } = head.sts;
    if (records.length > 0 || cname?.owner === owner || misnamedByDomain(head.zone).has(head.name)) return;
    if (presence === "unknown" || presence === "delegated" || head.zones.of(head.name) !== head.zone) return;
    yield {
      message:
        `Mail to ${display(head.name)} can be read or diverted on its way: the domain has MX records and no MTA-STS, so a sender that is offered no TLS, ` +
        `or a wrong certificate, delivers in the clear (RFC 8461 §1). Publish a policy in mode \`testing\` at \`https://mta-sts.${display(head.name)}/.well-known/mta-sts.txt\`, ` +
        `then a TXT record at \`${display(owner)}\` (§3.1).`,
      at: mx.span,
      values: [],
    };
  },
} satisfies Rule;
