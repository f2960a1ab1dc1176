import { listed } from "../model/listed.ts";
import { type MailDomain, announced } from "../model/mailDomain.ts";
import { display, under } from "../model/name.ts";
import { beginning } from "../model/policyEdit.ts";
import { quote } from "../model/quote.ts";
import type { PolicyChange, Rule } from "../model/rule.ts";
import { recordsAt } from "../model/zone.ts";

export default {
  group: "policy",
  summary: "The `_mta-sts` record announces a policy that is no longer there",
  severity: "error",
  references: ["RFC 8461 §3.3", "RFC 8461 §8.3"],
  since: "0.1.0",
  *policy(change) {
    const { base, head, expected } = change;
    if (head || change.mayBeElsewhere || (!base && expected === undefined)) return;
    const lacking = change.sharing.head.filter(
      (domain) => announced(domain) && !domain.policy && !isMoved(domain, change),
    );
    const [first, ...others] = lacking.flatMap((domain) => announced(domain)?.record.span ?? []);
    if (!first) return;
    const names = lacking.map(({ name = "." }) => display(name));
    const record = others.length === 0 ? "record of" : "records of";
    const gone = base
      ? `this change takes it away (${quote(base.source.path)})`
      : `there is none at ${quote(expected ?? "")}, where the configuration has it`;
    yield {
      message:
        `The \`_mta-sts\` ${record} ${listed(names)} ${others.length === 0 ? "announces" : "announce"} a policy, and ${gone}. Senders that fetch it find nothing and deliver without its protection (RFC 8461 §3.3); ` +
        `those with a copy go by it until it expires, and no correction reaches them. ${base ? "Restore the file" : "Put the file there"}; ` +
        "to give MTA-STS up, publish it with `mode: none` and a new id first, and remove record and file when all copies have expired (§8.3).",
      at: first,
      related: [
        ...others.map((at) => ({ message: "Another record that announces it.", at })),
        ...(base ? [{ message: "The policy as it was.", at: beginning(base) }] : []),
      ],
      values: names,
    };
  },
} satisfies Rule;

/** Whether the change gives the policy's host to another server: then that one may serve the policy from now on. */
function isMoved({ name = ".", zone }: MailDomain, { sharing }: PolicyChange): boolean {
  const before = sharing.base.find((domain) => domain.name === name)?.zone;
  if (!before || !zone) return false;
  const [old, now] = [before, zone].map((side) =>
    recordsAt(side, under("mta-sts", name))
      .map(({ type, rdata }) => `${type} ${rdata}`)
      .toSorted()
      .join("\n"),
  );
  return now !== "" && now !== old;
}
