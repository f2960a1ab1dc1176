import { candidate } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";
import type { Span } from "../model/span.ts";
import type { StsRecord } from "../model/stsRecord.ts";
import { swallowed } from "../model/unquoted.ts";

export default {
  group: "record",
  summary: "The `_mta-sts` record has a field that no sender knows",
  severity: "notice",
  references: ["RFC 8461 §3.1"],
  since: "0.1.0",
  *domain({ head }) {
    const sts = head && candidate(head.sts);
    if (!sts) return;
    for (const { name, at } of unknownFields(sts)) {
      yield {
        message:
          `The record at \`${display(sts.record.owner)}\` has a field ${quote(name)}: only \`v\` and \`id\` mean anything to senders, ` +
          "and they ignore all others (RFC 8461 §3.1). Mail is not affected. " +
          "If it was meant for the policy file, move it there; else remove it.",
        at,
        values: [name],
      };
    }
  },
} satisfies Rule;

/** Not where the `id` is missing: the field may be the misspelt id, and that is said already. */
function unknownFields(sts: StsRecord): readonly { readonly name: string; readonly at: Span }[] {
  if (sts.problems.some((problem) => problem.fault === "id-missing") && !swallowed(sts.record, "v=STSv1")) return [];
  return written(sts).filter(({ name }) => !/^(?:v|id)$/i.test(name));
}

/** The fields, also those that an unquoted `;` made a comment of: they are there again once it is mended. */
function written({ record, fields }: StsRecord): readonly { readonly name: string; readonly at: Span }[] {
  const lost = swallowed(record, "v=STSv1");
  if (!lost) return fields.map(({ name, value }) => ({ name: name.value, at: { ...name.span, end: value.span.end } }));
  const names = lost.meant.split(";").flatMap((field) => /^[ \t]*([^=]+)=/.exec(field)?.[1] ?? []);
  return names.map((name) => ({ name, at: lost.span }));
}
