import { duration, moment as day } from "../model/duration.ts";
import { lookup, Zones } from "../model/lookup.ts";
import { display, type Name, under } from "../model/name.ts";
import { activePolicy, testingRun } from "../model/rollout.ts";
import type { Rule } from "../model/rule.ts";
import type { Zone } from "../model/zone.ts";
import { recordLine } from "../write/recordLine.ts";

export default {
  group: "rollout",
  summary: "The policy goes from testing to enforce, and in the whole time of testing nobody could report a failure",
  severity: "error",
  references: ["RFC 8460 §3", "RFC 8461 §5"],
  since: "0.1.0",
  *domain({ base, head, history, moment }) {
    const mode = activePolicy(head)?.mode;
    if (mode?.value !== "enforce" || !head?.zone || head.name === undefined) return;
    if (base?.tlsrpt.presence !== "absent") return;
    const run = testingRun(history);
    const { name } = head;
    if (!run?.since || !run.pasts.every(({ zone }) => zone && isBlind(zone, name))) return;
    const owner = under("_smtp._tls", name);
    const still = head.tlsrpt.presence === "absent";
    yield {
      message:
        `The policy of ${display(name)} goes from \`testing\` to \`enforce\`, and nobody knows yet what that will refuse: in the ${duration((moment.now.getTime() - run.since.getTime()) / 1000)} of testing, ` +
        `since ${day(run.since)}, the zone had no record at \`${display(owner)}\`, so no sender could report a failure (RFC 8460 §3). ` +
        "Hosts that fail have not shown, and enforcing refuses their mail (RFC 8461 §5). " +
        (still
          ? `Stay in \`testing\`, add the record, read the reports for two weeks, then enforce:\n${recordLine(owner, `v=TLSRPTv1; rua=mailto:postmaster@${display(name)}`)}`
          : "This change brings the record: stay in `testing`, read the reports for two weeks, then enforce."),
      at: mode.span,
      severity: still ? "error" : "warning",
      values: [run.since.toISOString()],
      about: still ? [owner] : [],
    };
  },
} satisfies Rule;

/** Whether a zone of the past surely had no TLSRPT record: no CNAME, no zone cut, nothing unread in its place. */
function isBlind(zone: Zone, name: Name): boolean {
  const { presence, records, cname } = lookup(zone, new Zones([zone]), under("_smtp._tls", name), "TXT");
  if (cname) return false;
  return (
    presence === "absent" || (presence === "present" && !records.some(({ txt }) => /tlsrpt/i.test(txt?.value ?? "")))
  );
}
