import { addMxEdit } from "../model/addMxEdit.ts";
import { mxHosts } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { lacks } from "../model/policy.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "A policy in testing or enforce allows no MX host at all",
  severity: "error",
  references: ["RFC 8461 §3.2", "RFC 8461 §4.1"],
  since: "0.1.0",
  *policy({ head, sharing }) {
    if (!head?.mode || head.mode.value === "none" || !lacks(head, "mx")) return;
    const hosts = mxHosts(sharing.head).map(display);
    yield {
      message:
        `The policy is in mode \`${head.mode.value}\` and has no \`mx\` line, so no host may receive the domain's mail. ` +
        "Senders reject such a policy, or refuse every host while it enforces (RFC 8461 §3.2 requires at least one line unless the mode is `none`). " +
        "Add one `mx:` line for each MX host.",
      at: head.mode.span,
      values: [head.mode.value],
      fix: hosts.length > 0 ? { title: "Add the MX hosts of the zone", edits: [addMxEdit(head, hosts)] } : undefined,
    };
  },
} satisfies Rule;
