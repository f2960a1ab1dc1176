import { beginning } from "../model/policyEdit.ts";
import { POLICY_PATH, sitePath } from "../model/policyPath.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "The policy's file is nearly, but not quite, where senders fetch it",
  severity: "error",
  references: ["RFC 8461 §3.3"],
  since: "0.1.0",
  *policy({ head, isConfigured, rivals, sharing }) {
    const meant = head && sitePath(head.source.path);
    if (!meant || isConfigured || meant.written === POLICY_PATH) return;
    const right = `${meant.site}${POLICY_PATH}`;
    if (rivals.some(({ source }) => source.path === right)) return;
    const mayBeRewritten = `.${meant.written}` === POLICY_PATH;
    // A web server's configuration here that leads to the file may well give it the right path.
    if (mayBeRewritten && sharing.head.some(({ policy, pairedBy }) => policy === head && pairedBy === "server")) return;
    yield {
      message:
        `Senders fetch a policy from \`/${POLICY_PATH}\`, letter by letter, and from nowhere else (RFC 8461 §3.3). This file lies at ${quote(meant.written)}` +
        (mayBeRewritten ? ": unless the web server rewrites the path, they find nothing" : ", so they find nothing") +
        ` and deliver without the policy's protection, or by an older copy. Rename it to ${quote(right)}` +
        (mayBeRewritten ? ", or name it in the configuration if the server does." : "."),
      at: beginning(head),
      severity: mayBeRewritten ? "warning" : "error",
      values: [head.source.path],
    };
  },
} satisfies Rule;
