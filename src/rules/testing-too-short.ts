import { duration, moment } from "../model/duration.ts";
import { display } from "../model/name.ts";
import { type Policy, matches, readable } from "../model/policy.ts";
import { testingRun } from "../model/rollout.ts";
import type { Rule } from "../model/rule.ts";

const DAY = 86_400_000;

export default {
  group: "rollout",
  summary: "The policy goes from testing to enforce before it was tested long enough for reports to arrive",
  severity: "error",
  references: ["RFC 8461 §5", "RFC 8460 §4"],
  since: "0.1.0",
  *domain(change) {
    const { head, history, options, moment: clock } = change;
    if (!head?.policy || !readable(head.policy)) return;
    const { mode } = head.policy;
    if (mode.value !== "enforce") return;
    const run = testingRun(history);
    if (!run?.since) return;
    const earliest = new Date(run.since.getTime() + options.minTestingDays * DAY);
    if (clock.now >= earliest) return;
    const enforced = run.before?.mode === "enforce" ? run.before.past.policy : undefined;
    const known = enforced !== undefined && onlyKnownPatterns(head.policy, enforced);
    const whose = head.name === undefined ? "This policy" : display(head.name);
    yield {
      message:
        `${whose} has been in testing for ${duration((clock.now.getTime() - run.since.getTime()) / 1000)}, ` +
        `since ${moment(run.since)}; ${options.minTestingDays} days are wanted before enforcing. Reports come once a day (RFC 8460 §4) and some senders report late, ` +
        "so a host that fails may not have shown yet, and enforcing refuses its mail. " +
        (known ? "It enforced the same hosts before, so this may be right. " : "") +
        `Merge this after ${moment(earliest)}.`,
      at: mode.span,
      severity: known ? "notice" : "error",
      values: [run.since.toISOString()],
      until: earliest,
    };
  },
} satisfies Rule;

function onlyKnownPatterns(policy: Policy, enforced: Policy): boolean {
  return policy.mx.every(({ value }) =>
    enforced.mx.some((old) => old.value === value || (!value.startsWith("*") && matches(old.value, `${value}.`))),
  );
}
