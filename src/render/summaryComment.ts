import type { Conclusion } from "../model/conclusion.ts";
import type { Finding } from "../model/finding.ts";
import { dayText } from "../model/ignore.ts";
import { type MailDomain, mxHosts, usesSts } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import { covers } from "../model/policy.ts";
import { idOf } from "../model/policyId.ts";
import type { Review } from "../model/review.ts";
import { recordDifference, serialOf } from "../model/serial.ts";
import { skippedFiles } from "../model/survey.ts";
import type { ZoneRecord } from "../model/zone.ts";
import { fitted } from "./fitted.ts";
import { type Offer, SEVERITY, findingBody, markerOf, sentences } from "./lineComment.ts";
import { lookedAt, lookedAtLine } from "./lookedAt.ts";
import { codeSpan, prose } from "./markdownSafe.ts";
import { stepsByDomain } from "./nextSteps.ts";
import { ruleUrl } from "./ruleUrl.ts";
import { severityCounts } from "./severityCounts.ts";

/** What the summary shows besides the review. */
export interface SummaryInput {
  readonly review: Review;
  readonly conclusion: Conclusion;
  /** Whether there is a base to compare with. */
  readonly compared: boolean;
  /** The findings that stand nowhere else: told in full, with their fix. */
  readonly inFull: ReadonlyMap<Finding, Offer | undefined>;
  /** What could not be written and why, a sentence each. */
  readonly unwritten: readonly string[];
  /** Where everything is told that is cut here: the run's page. */
  readonly moreUrl: string | undefined;
}

/** A heading and its entries, cut at `room` bytes. */
interface Section {
  readonly title: string;
  /** Shown on demand only. */
  readonly folded: boolean;
  /** Before the entries: the head of a table. */
  readonly lead: string;
  readonly entries: readonly string[];
  readonly room: number;
}

/** The first line of the summary: with the author it is its identity. */
export const SUMMARY_MARKER = markerOf("summary");

/** The one comment that stays current, at most 60,000 bytes; Markdown without the lines that say which run wrote it. */
export function summaryComment(input: SummaryInput): string {
  const { review, conclusion, moreUrl } = input;
  const parts = [verdictLine(review, conclusion), ...sectionsOf(input).map((section) => sectionText(section, moreUrl))];
  return [...parts.filter((part) => part !== ""), `<sub>${lookedAtLine(lookedAt(review))}</sub>`].join("\n\n");
}

/** Every section in the order of a summary; those without entries are left out when they are shown. */
function sectionsOf({ review, compared, inFull, unwritten }: SummaryInput): readonly Section[] {
  return [
    domainsTable(review, compared),
    findingsSection(review, inFull),
    stepsSection(review, compared),
    recordsSection(review, compared),
    listSection(
      "Fixed by this change",
      review.findings.filter(({ status }) => status === "fixed"),
      3000,
    ),
    listSection(
      "There before this change",
      review.findings.filter(({ status }) => status === "existing"),
      3000,
    ),
    ignoredSection(review),
    unreadSection(review),
    {
      title: "Could not be written",
      folded: false,
      lead: "",
      entries: unwritten.map((line) => `- ${line}`),
      room: 2000,
    },
  ];
}

/** A section as Markdown; what does not fit is counted. Empty without entries. */
function sectionText({ title, folded, lead, entries, room }: Section, moreUrl: string | undefined): string {
  if (entries.length === 0) return "";
  const { shown, left } = fitted(entries, room, "\n");
  const where = moreUrl === undefined ? "in the job summary" : `in [the job summary](${moreUrl})`;
  const more = left === 0 ? "" : `\n\n${left} more, ${where}.`;
  const body = `${lead}${shown.join("\n")}${more}`;
  if (!folded) return `### ${title}\n\n${body}`;
  return `<details><summary>${title} (${entries.length})</summary>\n\n${body}\n\n</details>`;
}

/** The verdict, first in words. */
function verdictLine({ findings }: Review, conclusion: Conclusion): string {
  const fresh = findings.filter(({ status }) => status === "new");
  const counts = severityCounts(fresh);
  const fixed = findings.filter(({ status }) => status === "fixed").length;
  const told = [...(counts.length > 0 ? [counts.join(", ")] : []), ...(fixed > 0 ? [`${fixed} fixed`] : [])].join("; ");
  return `## MTA-STS: ${VERDICT[conclusion]}${told === "" ? "" : `\n\n${told}.`}`;
}

const VERDICT: Readonly<Record<Conclusion, string>> = {
  success: "this change can be merged",
  failure: "this change would harm mail",
  incomplete: "this change could not be judged",
};

/** The domains that are touched and use MTA-STS, base → head. */
function domainsTable({ changes }: Review, compared: boolean): Section {
  const rows = changes.domains
    .filter(({ base, head }) => usesSts(base) || usesSts(head))
    .map(({ base, head }) => {
      const name = (head ?? base)?.name;
      const cell = (told: (domain: MailDomain) => string): string => {
        const [from, to] = [base ? told(base) : "-", head ? told(head) : "-"];
        return !compared || from === to ? to : `${from} → ${to}`;
      };
      const cells = [modeText, idText, coveredText, tlsrptText].map(cell);
      return `| ${[name === undefined ? "not known" : codeSpan(display(name)), ...cells].join(" | ")} |`;
    });
  const lead = "| Domain | Mode | id | MX covered | TLSRPT |\n|---|---|---|---|---|\n";
  return { title: "Domains", folded: false, lead, entries: rows, room: 9000 };
}

function modeText({ policy }: MailDomain): string {
  if (!policy) return "no policy here";
  return policy.mode?.value ?? "unreadable";
}

function idText(domain: MailDomain): string {
  const id = idOf(domain)?.value;
  if (id !== undefined) return codeSpan(id, 40);
  return domain.zone ? "none" : "not here";
}

function coveredText(domain: MailDomain): string {
  const { policy } = domain;
  if (!domain.zone) return "not known";
  const hosts = mxHosts([domain]);
  if (!policy || hosts.length === 0) return hosts.length === 0 ? "no MX" : "-";
  return `${hosts.filter((host) => covers(policy, host)).length} of ${hosts.length}`;
}

function tlsrptText({ zone, tlsrpt }: MailDomain): string {
  if (tlsrpt.records.length > 0) return "yes";
  return zone && tlsrpt.presence === "absent" ? "no" : "not known";
}

/** The new findings, worst first. */
function findingsSection({ findings }: Review, inFull: SummaryInput["inFull"]): Section {
  const entries = findings
    .filter(({ status }) => status === "new")
    .map((finding) =>
      inFull.has(finding)
        ? `- ${placeText(finding)}\n\n${indented(findingBody(finding, inFull.get(finding)))}\n`
        : findingLine(finding),
    );
  return { title: "Findings", folded: false, lead: "", entries, room: 20_000 };
}

function findingLine(finding: Finding): string {
  const [first] = sentences(finding.message.split("\n")[0] ?? "");
  return `- **${SEVERITY[finding.severity]}** ${prose(first)} ${placeText(finding)} [${finding.rule}](${ruleUrl(finding.rule)})`;
}

function placeText({ at }: Finding): string {
  return `${codeSpan(at.path)}, line ${at.start.line}${at.side === "base" ? " (before)" : ""}`;
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`))
    .join("\n");
}

/** What to do once it is merged, by domain. */
function stepsSection({ changes }: Review, compared: boolean): Section {
  const entries = stepsByDomain(compared ? changes.domains : []).map((steps) => `${steps}\n`);
  return { title: "Next steps, in this order", folded: false, lead: "", entries, room: 7000 };
}

/** The records that come and go, by zone. */
function recordsSection({ changes }: Review, compared: boolean): Section {
  const entries = (compared ? changes.zones : []).flatMap(({ base, head }) => {
    const { gone, come } = recordDifference(base, head);
    if (gone.length + come.length === 0) return [];
    const [from, to] = [serialOf(base)?.value ?? "none", serialOf(head)?.value ?? "none"];
    const serial = from === to ? `serial stays ${to}` : `serial ${from} → ${to}`;
    const lines = [
      ...gone.map((record) => `  - gone: ${recordText(record)}`),
      ...come.map((record) => `  - new: ${recordText(record)}`),
    ];
    const more = lines.length > MOST_RECORDS ? [`  - ${lines.length - MOST_RECORDS} more`] : [];
    return [
      [`- ${codeSpan((head ?? base)?.source.path ?? "")}: ${serial}`, ...lines.slice(0, MOST_RECORDS), ...more].join(
        "\n",
      ),
    ];
  });
  return { title: "Zones with changed records", folded: true, lead: "", entries, room: 7000 };
}

const MOST_RECORDS = 30;

function recordText({ owner, ttl, type, rdata }: ZoneRecord): string {
  return codeSpan(`${display(owner)} ${ttl} ${type} ${rdata}`);
}

function listSection(title: string, findings: readonly Finding[], room: number): Section {
  return { title, folded: true, lead: "", entries: findings.map(findingLine), room };
}

/** What somebody accepted, with the reason. */
function ignoredSection({ ignored }: Review): Section {
  const entries = ignored.map(({ finding, by }) => {
    const until = by.until === undefined ? "" : `, until ${dayText(by.until)}`;
    return `${findingLine(finding)} - accepted${until}: ${codeSpan(by.reason)}`;
  });
  return { title: "Accepted", folded: true, lead: "", entries, room: 3000 };
}

/** What looked like DNS or a policy and was not read. */
function unreadSection({ sides }: Review): Section {
  const files = skippedFiles(sides.head).filter(({ leftOut }) => !leftOut);
  const entries = files.map(({ path, reason }) => `- ${codeSpan(path)}: ${prose(reason)}`);
  return { title: "Not read", folded: true, lead: "", entries, room: 2000 };
}

/** Notices that are worth a comment although nothing is wrong. */
const TELLING: ReadonlySet<string> = new Set(["id-elsewhere", "removal-plan", "enforcement-lowered"]);

/** Whether a change is worth a first summary: something is wrong or fixed, or a notice says what must be done elsewhere. */
export function isWorthTelling({ findings }: Review): boolean {
  return findings.some(
    ({ status, severity, rule }) =>
      (status === "fixed" && severity !== "notice") ||
      (status === "new" && (severity !== "notice" || TELLING.has(rule))),
  );
}
