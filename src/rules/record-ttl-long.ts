import { duration } from "../model/duration.ts";
import { stsRecord } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { activePolicy } from "../model/rollout.ts";
import type { Rule } from "../model/rule.ts";

/** Seconds; a day is what most zones use at most. */
const LONG = 86_400;

export default {
  group: "record",
  summary: "The `_mta-sts` record may be cached for over a day, and a corrected policy stays unseen that long",
  severity: "notice",
  references: ["RFC 8461 §8.1"],
  since: "0.1.0",
  *domain({ head }) {
    const record = head && activePolicy(head) && stsRecord(head)?.record;
    if (!record || record.ttl <= LONG) return;
    yield {
      message:
        `The record at \`${display(record.owner)}\` has a TTL of ${record.ttl} seconds: resolvers may keep it for ${duration(record.ttl)}, ` +
        `and so long a sender may not see a new \`id\` (RFC 8461 §8.1). If the policy ever refuses good mail, its correction arrives that late. ` +
        `Set the TTL to ${LONG} (a day) or less; 3600 (an hour) is usual.`,
      at: record.ttlSpan ?? record.span,
      values: [String(record.ttl)],
    };
  },
} satisfies Rule;
