import { isMxPattern, mendedMx, mxFault } from "../model/mxPattern.ts";
import { fieldsNamed } from "../model/policy.ts";
import { lineEnd } from "../model/lineEnd.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "policy",
  summary: "An `mx` line is not the name of one host, nor `*.` and a domain",
  severity: "error",
  references: ["RFC 8461 §3.2", "RFC 8461 §4.1"],
  since: "0.1.0",
  *policy({ head }) {
    if (!head) return;
    const written = new Set(head.mx.map((pattern) => pattern.value));
    for (const { value, span } of fieldsNamed(head, "mx")) {
      if (isMxPattern(value.value)) continue;
      const mended = mendedMx(value.value);
      const fresh = mended?.filter((pattern) => !written.has(pattern.toLowerCase())) ?? [];
      const lines = (fresh.length > 0 ? fresh : mended)?.map((pattern) => `mx: ${pattern}`);
      const cure = lines?.map(quote).join(" and ");
      yield {
        message:
          `The \`mx\` value${value.value === "" ? "" : ` ${quote(value.value)}`} ${mxFault(value.value)} (RFC 8461 §3.2). ` +
          `${isTrailingDot(value.value) ? DOTTED : OTHERS} ` +
          `Write ${cure ?? "one host name, or `*.` and a domain"}.`,
        at: value.value === "" ? span : value.span,
        values: [value.value.toLowerCase()],
        about: mended ?? [],
        fix: lines && { title: `Write ${cure}`, edits: [{ at: span, newText: lines.join(lineEnd(head.source)) }] },
      };
    }
  },
} satisfies Rule;

const OTHERS =
  "mox and postfix-tlspol reject the whole policy for it and deliver without its protection; for the others the line matches no host, so they refuse that host once the policy enforces.";
const DOTTED =
  "mox rejects the whole policy for it and delivers without its protection; for postfix-mta-sts-resolver, mailauth and Stalwart the line matches no host, so they refuse that host once the policy enforces.";

function isTrailingDot(value: string): boolean {
  return value.endsWith(".") && isMxPattern(value.slice(0, -1));
}
