import { type Conclusion, type Threshold, counts } from "../model/conclusion.ts";
import type { Finding } from "../model/finding.ts";
import { dayText } from "../model/ignore.ts";
import type { Ignored, Review } from "../model/review.ts";
import type { ZoneChange } from "../model/rule.ts";
import { recordDifference } from "../model/serial.ts";
import { skippedFiles } from "../model/survey.ts";
import type { ZoneRecord } from "../model/zone.ts";
import { pairingSentence } from "./diary.ts";
import { domainTable } from "./domainTable.ts";
import { type Places, findingLine, findingMarkdown, place } from "./findingMarkdown.ts";
import { fitted } from "./fitted.ts";
import { lookedAt, lookedAtLine, plural } from "./lookedAt.ts";
import { codeBlock, codeSpan, escaped, prose } from "./markdownSafe.ts";
import { stepsByDomain } from "./nextSteps.ts";
import { severityCounts } from "./severityCounts.ts";
import { zoneDifference } from "./zoneDifference.ts";

/** What a review is shown for. */
export interface MarkdownOptions extends Places {
  readonly conclusion: Conclusion;
  readonly failOn: Threshold["failOn"];
  /** Whether a change was judged, not a state. */
  readonly isChange: boolean;
  /** Whether findings that base already had are shown like new ones. */
  readonly all: boolean;
  /** The most bytes of UTF-8 that it may have. */
  readonly bytes: number;
  /** Sentences that stand first; a stranger's text in them only in backquotes. */
  readonly notes: readonly string[];
}

/** A review in Markdown: the verdict, what it is about, the findings, and folded what needs no action. */
export function reviewMarkdown(review: Review, options: MarkdownOptions): string {
  const { findings, ignored, changes } = review;
  const known = findings.filter((finding) => finding.status === "existing" && !options.all);
  const fixed = findings.filter(({ status }) => status === "fixed");
  const line = (finding: Finding): string => findingLine(finding, options);
  const share = options.bytes / 10;
  const differences = options.isChange ? changes.zones.flatMap(differenceMarkdown) : [];
  return `${[
    `## MTA-STS: ${VERDICT[options.conclusion]}`,
    verdict(review, options),
    ...options.notes.map((note) => `> ${prose(note)}`),
    domainTable(changes.domains),
    ...foundMarkdown(review, share),
    ...cut(
      findings.filter((finding) => counts(finding, options.all)).map((finding) => findingMarkdown(finding, options)),
      share * 5,
      "finding",
    ),
    ...(options.isChange ? stepsMarkdown(review, share) : []),
    ...folded(`Records changed in ${plural(differences.length, "zone")}`, differences, share, "\n\n"),
    ...folded(`${plural(fixed.length, "finding")} fixed`, fixed.map(line), share / 2),
    ...folded(
      `${plural(known.length, "finding")} that ${wasOrWere(known.length)} there before`,
      known.map(line),
      share,
    ),
    ...folded(
      `${plural(ignored.length, "finding")} ignored`,
      ignored.map((each) => ignoredLine(each, options)),
      share / 2,
    ),
    ...unreadMarkdown(review, share),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

/** What was there already, for somebody who sets this up: every domain, and what is wrong with it. */
export function stateMarkdown(review: Review, bytes: number, places: Places): string {
  const { findings, changes } = review;
  const lines = findings.map((finding) => findingLine(finding, places));
  return `${[
    "## What was there before",
    `This pull request sets mta-sts-guard up, so here is what the base holds: ${escaped(lookedAtLine(lookedAt(review)))}.`,
    domainTable(changes.domains),
    ...foundMarkdown(review, bytes / 5),
    lines.length === 0
      ? "Nothing is wrong with it."
      : `${plural(lines.length, "finding")}, which ${lines.length === 1 ? "does" : "do"} not count for this pull request:`,
    ...folded("Show", lines, bytes / 2),
    ...unreadMarkdown(review, bytes / 5),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

const VERDICT: Readonly<Record<Conclusion, string>> = {
  success: "passed",
  failure: "failed",
  incomplete: "could not be judged",
};

/** What was found, in one paragraph. */
function verdict(review: Review, { conclusion, failOn, isChange, all }: MarkdownOptions): string {
  const { findings } = review;
  const counted = findings.filter((finding) => counts(finding, all));
  const numbers = severityCounts(counted);
  const fresh = isChange && !all ? "new " : "";
  const what = [
    numbers.length === 0
      ? isChange
        ? "This change brings nothing wrong."
        : "Nothing is wrong."
      : `${joined(numbers)}${fresh === "" ? "" : ` ${counted.length === 1 ? "is" : "are"} new`}.`,
    ...(conclusion === "incomplete" ? ["Something that a rule needs could not be read, so this is no answer."] : []),
    ...(conclusion === "success" && numbers.length > 0
      ? [failOn === "never" ? "Nothing fails here." : `Only \`${failOn}\` and worse fails.`]
      : []),
  ];
  return `**${prose(what.join(" "))}** Looked at ${escaped(lookedAtLine(lookedAt(review)))}.`;
}

function joined(parts: readonly string[]): string {
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts.join("");
}

function wasOrWere(count: number): string {
  return count === 1 ? "was" : "were";
}

/** Which policy belongs to which domain, and what says so. */
function foundMarkdown({ changes }: Review, bytes: number): readonly string[] {
  const pairings = changes.domains.flatMap(({ base, head }) => {
    const domain = head?.policy ? head : base;
    return domain?.policy ? [`- ${pairingSentence(domain, codeSpan)}`] : [];
  });
  return folded("What belongs together, and what says so", pairings, bytes);
}

/** What to do once it is merged, by domain. */
function stepsMarkdown({ changes }: Review, bytes: number): readonly string[] {
  const pieces = stepsByDomain(changes.domains);
  return pieces.length === 0 ? [] : ["### Next steps, in this order", ...cut(pieces, bytes, "domain")];
}

function differenceMarkdown(change: ZoneChange): readonly string[] {
  const { zone, added, removed, changed, serial } = zoneDifference(change);
  const { gone, come } = recordDifference(change.base, change.head);
  if (gone.length + come.length === 0) return [];
  const counts = [
    [added, "added"],
    [removed, "removed"],
    [changed, "changed"],
  ] as const;
  const told = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const lines = [...gone.map((record) => `-${recordText(record)}`), ...come.map((record) => `+${recordText(record)}`)];
  const left = lines.length - MOST_RECORDS;
  return [
    [
      `${codeSpan(zone)}: ${told.join(", ")}; serial ${SERIAL[serial]}.`,
      codeBlock(lines.slice(0, MOST_RECORDS).join("\n"), "diff"),
      ...(left > 0 ? [`${plural(left, "line")} more ${left === 1 ? "is" : "are"} not shown.`] : []),
    ].join("\n\n"),
  ];
}

const MOST_RECORDS = 40;

const SERIAL = {
  raised: "raised",
  unchanged: "unchanged",
  lowered: "lowered",
  managed: "left to the tool that sets it",
} as const;

function recordText({ owner, ttl, class: kind, type, rdata }: ZoneRecord): string {
  return `${owner} ${ttl} ${kind} ${type} ${rdata}`;
}

function ignoredLine({ finding, by }: Ignored, places: Places): string {
  const until = by.until ? `, until ${dayText(by.until)}` : "";
  return `${findingLine(finding, places)} Ignored at ${place(by.at, places)}${until}: ${codeSpan(by.reason)}`;
}

function unreadMarkdown({ sides }: Review, bytes: number): readonly string[] {
  const lines = skippedFiles(sides.head).map(({ path, line, span, reason, leftOut }) => {
    const where = line === "" ? path : `${path}:${span.start.line}`;
    return `- ${codeSpan(where)} was ${leftOut ? "left out" : "not read"}: ${prose(reason)}.`;
  });
  return folded(`${plural(lines.length, "file")} not read`, lines, bytes);
}

/** A list behind a line that opens it; nothing for an empty one. */
function folded(title: string, pieces: readonly string[], bytes: number, between = "\n"): readonly string[] {
  if (pieces.length === 0) return [];
  const { shown, left } = fitted(pieces, bytes);
  const more = left > 0 ? `\n\n${left} more ${left === 1 ? "does" : "do"} not fit here.` : "";
  return [`<details><summary>${escaped(title)}</summary>\n\n${shown.join(between)}${more}\n\n</details>`];
}

function cut(pieces: readonly string[], bytes: number, noun: string): readonly string[] {
  const { shown, left } = fitted(pieces, bytes);
  return left > 0 ? [...shown, `${plural(left, `more ${noun}`)} ${left === 1 ? "does" : "do"} not fit here.`] : shown;
}
