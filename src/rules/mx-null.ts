import { exchange, preference, usesSts } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { activePolicy } from "../model/rollout.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";
import { recordsAt } from "../model/zone.ts";

export default {
  group: "mx",
  summary: "A null MX says that the domain takes no mail, and the policy or another MX record says that it does",
  severity: "error",
  references: ["RFC 7505 §3", "RFC 8461 §4.1"],
  since: "0.1.0",
  *domain({ base, head }) {
    if (!head?.zone || head.name === undefined || head.unseen || ![base, head].some(usesSts)) return;
    const name = display(head.name);
    const nulls = recordsAt(head.zone, head.name, "MX").filter((record) => exchange(record) === ".");
    const [first] = nulls;
    const odd = nulls.find((record) => preference(record) !== 0);
    const policy = activePolicy(head);
    if (first && head.mx[0]) {
      yield {
        message:
          `${name} has a null MX (${quote(`MX ${first.rdata}`)}, "this domain takes no mail") and beside it the MX host ${display(exchange(head.mx[0]))}. ` +
          "Only one of the two can be meant: some senders will return mail to the domain at once, others deliver it (RFC 7505 §3 allows no other MX record beside a null MX). " +
          `Remove the null MX if ${name} takes mail, else the other MX records.`,
        at: first.span,
        related: head.mx.map((record) => ({ message: "This MX record says that mail is taken.", at: record.span })),
        values: ["beside"],
      };
    } else if (odd) {
      yield {
        message:
          `${quote(`MX ${odd.rdata}`)} looks like a null MX, "${name} takes no mail", but a null MX has preference 0 and this one has ${preference(odd)} (RFC 7505 §3). ` +
          "Senders that do not know it for one look for a host without a name, and keep mail for days before they return it. Write `MX 0 .`.",
        at: odd.span,
        values: ["preference", String(preference(odd))],
      };
    } else if (first && policy) {
      yield {
        message:
          `The null MX of ${name} says that the domain takes no mail, and its policy in mode \`${policy.mode.value}\` says which hosts take it. ` +
          "Senders return all mail at once, and the policy protects nothing (RFC 7505 §3). " +
          `If ${name} shall take no mail, set the policy's mode to \`none\` and publish a new id; else replace the null MX by its mail hosts.`,
        at: first.span,
        related: [{ message: "The mode of the policy.", at: policy.mode.span }],
        severity: "warning",
        values: ["policy", policy.mode.value],
      };
    }
  },
} satisfies Rule;
