import { display } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";
import { serialEdits } from "../model/serial.ts";
import { swallowed } from "../model/unquoted.ts";

export default {
  group: "record",
  summary: "The `_mta-sts` record is not quoted, so its `;` begins a comment and the id is lost",
  severity: "error",
  references: ["RFC 1035 §5.1", "RFC 8461 §3.1"],
  since: "0.1.0",
  *domain(change) {
    for (const { record } of change.head?.sts.records ?? []) {
      const lost = swallowed(record, "v=STSv1");
      if (!lost) continue;
      yield {
        message:
          `The record at \`${display(record.owner)}\` is published as \`v=STSv1\` and nothing more: in a zone file a \`;\` outside of quotes begins a comment (RFC 1035 §5.1). ` +
          "Without an `id` senders act as if there were no record and deliver without MTA-STS's protection. " +
          `Write the whole value in quotes: ${quote(`"${lost.meant}"`)}.`,
        at: lost.span,
        values: [lost.meant],
        fix: {
          title: "Put the record in quotes",
          edits: [{ at: lost.span, newText: `"${lost.meant}"` }, ...serialEdits(change.zone)],
        },
      };
    }
  },
} satisfies Rule;
