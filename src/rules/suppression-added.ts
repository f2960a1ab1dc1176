import { type Ignore, type RecordIgnore, covers, dayText, isActive } from "../model/ignore.ts";
import { loosenings } from "../model/loosening.ts";
import { display } from "../model/name.ts";
import { quote } from "../model/quote.ts";
import type { Rule } from "../model/rule.ts";

export default {
  group: "run",
  summary: "The change itself adds an ignore or loosens the configuration, which counts only once it is merged",
  severity: "notice",
  references: ["docs/configuration.md"],
  since: "0.1.0",
  *config({ base, head, comments, rules, moment }) {
    for (const { base: before, head: after } of comments) {
      yield* added(before?.ignores ?? [], after?.ignores ?? [], moment.now);
    }
    if (head && head.problems.length > 0) return;
    yield* added(base?.config.ignores ?? [], head?.config.ignores ?? [], moment.now);
    for (const { effect, at, values } of loosenings(base, head, rules)) {
      yield { message: `Once this is merged, ${effect} ${JUDGED}`, at, values };
    }
  },
} satisfies Rule;

const JUDGED = "This change itself is judged without it. Approve it only if that is meant.";

/** The ignores that count longer or for more than one that was there. */
function* added<T extends Ignore | RecordIgnore>(before: readonly T[], after: readonly T[], now: Date) {
  for (const ignore of after) {
    if (!isActive(ignore, now) || before.some((old) => covers(old, ignore))) continue;
    const { rule, domain, until, reason, at } = ignore;
    const where = "record" in ignore ? recordText(ignore) : domain === undefined ? "every domain" : display(domain);
    const long = until === undefined ? "for good" : `until ${dayText(until)}`;
    yield {
      message: `Once this is merged, findings of \`${rule}\` for ${where} are ignored ${long}, because of ${quote(reason)}. ${JUDGED}`,
      at,
      values: ["ignore", rule, where, until === undefined ? "" : dayText(until)],
    };
  }
}

function recordText({ record: { owner, type, exchange } }: RecordIgnore): string {
  return `the ${type} record of ${display(owner)}${exchange === undefined ? "" : ` with ${display(exchange)}`}`;
}
