import { type MailDomain, knowAllMx, mxHosts } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { covers } from "../model/policy.ts";
import { idOf } from "../model/policyId.ts";
import type { Presence } from "../model/presence.ts";
import type { DomainChange } from "../model/rule.ts";
import { plural } from "./lookedAt.ts";
import { codeSpan } from "./markdownSafe.ts";

/** Rows that somebody still reads. */
const MOST = 100;

/** The domains of a change as a Markdown table, each value `base → head` where it changes; empty without domains. */
export function domainTable(domains: readonly DomainChange[]): string {
  if (domains.length === 0) return "";
  const rows = domains.slice(0, MOST).map(row);
  const left = domains.length - rows.length;
  return [
    "| Domain | Mode | Id | MX covered | TLSRPT |",
    "|---|---|---|---|---|",
    ...rows,
    ...(left > 0 ? ["", `${plural(left, "domain")} more ${left === 1 ? "is" : "are"} not shown.`] : []),
  ].join("\n");
}

function row({ base, head }: DomainChange): string {
  const name = head?.name ?? base?.name;
  const cells = [mode, id, coverage, tlsrpt].map((tell) => step(base && tell(base), head && tell(head)));
  return `| ${[name === undefined ? "not known" : codeSpan(display(name)), ...cells].join(" | ")} |`;
}

function step(before: string | undefined, after: string | undefined): string {
  if (before === after) return after ?? "";
  if (before === undefined) return `new: ${after}`;
  return `${before} → ${after ?? "removed"}`;
}

function mode({ policy }: MailDomain): string {
  if (!policy) return "no policy here";
  return policy.mode?.value ?? "unreadable";
}

function id(domain: MailDomain): string {
  const known = idOf(domain);
  if (known) return codeSpan(known.value, 32);
  return domain.sts.presence === "present" ? "unreadable" : ABSENT[domain.sts.presence];
}

const ABSENT: Readonly<Record<Presence, string>> = {
  present: "yes",
  absent: "none",
  unknown: "not known",
  delegated: "elsewhere",
};

function coverage(domain: MailDomain): string {
  const { policy } = domain;
  if (!policy) return "–";
  if (!knowAllMx([domain])) return "not known";
  const hosts = mxHosts([domain]);
  return `${hosts.filter((host) => covers(policy, host)).length} of ${hosts.length}`;
}

function tlsrpt({ tlsrpt: { presence, records } }: MailDomain): string {
  if (presence !== "present") return ABSENT[presence];
  return records.some(({ counts, rua }) => counts && rua.length > 0) ? "yes" : "unreadable";
}
