import { type MailDomain, knowAllMx, mxHosts, usesSts } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { covers, readable } from "../model/policy.ts";
import { idOf } from "../model/policyId.ts";
import type { Presence } from "../model/presence.ts";
import type { DomainChange } from "../model/rule.ts";
import { type Room, listed } from "./listed.ts";
import { plural } from "./lookedAt.ts";
import { cellSpan } from "./markdownSafe.ts";

/** The domains of a change that use MTA-STS as a Markdown table, each value `base → head` where it changes; empty without any. */
export function domainTable(domains: readonly DomainChange[], room: Room): string {
  const using = domains.filter(({ base, head }) => usesSts(base) || usesSts(head));
  if (using.length === 0) return "";
  const others = domains.length - using.length;
  return [
    `| Domain | Mode | Id | MX covered | TLSRPT |\n|---|---|---|---|---|\n${listed(using.map(row), room)}`,
    ...(others > 0 ? [`${plural(others, "more domain")} ${others === 1 ? "does" : "do"} not use MTA-STS.`] : []),
  ].join("\n\n");
}

function row({ base, head }: DomainChange): string {
  const name = head?.name ?? base?.name;
  const shown = name === undefined ? "not known" : cellSpan(display(name));
  const event = base ? (head ? "" : " (removed)") : " (new)";
  const cells = [mode, id, coverage, tlsrpt].map((tell) => step(base && tell(base), head && tell(head)));
  return `| ${[`${shown}${event}`, ...cells].join(" | ")} |`;
}

function step(before: string | undefined, after: string | undefined): string {
  if (before === undefined || after === undefined || before === after) return after ?? before ?? "";
  return `${before} → ${after}`;
}

function mode({ policy }: MailDomain): string {
  if (!policy) return "no policy here";
  return policy.mode?.value ?? "unreadable";
}

function id(domain: MailDomain): string {
  const known = idOf(domain);
  if (known) return cellSpan(known.value, 32);
  return domain.sts.presence === "present" ? "unreadable" : ABSENT[domain.sts.presence];
}

const ABSENT: Readonly<Record<Exclude<Presence, "present">, string>> = {
  absent: "none",
  unknown: "not known",
  delegated: "elsewhere",
};

function coverage(domain: MailDomain): string {
  const { policy } = domain;
  if (!policy || (readable(policy) && policy.mode.value === "none")) return "–";
  if (!knowAllMx([domain])) return "not known";
  const hosts = mxHosts([domain]);
  if (hosts.length === 0) return "no MX";
  return `${hosts.filter((host) => covers(policy, host)).length} of ${hosts.length}`;
}

function tlsrpt({ tlsrpt: { presence, records } }: MailDomain): string {
  if (presence !== "present") return ABSENT[presence];
  return records.some(({ counts, rua }) => counts && rua.length > 0) ? "yes" : "unreadable";
}
