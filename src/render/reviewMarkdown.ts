import { counts } from "../model/conclusion.ts";
import type { Finding } from "../model/finding.ts";
import { dayText } from "../model/ignore.ts";
import type { Ignored, Review } from "../model/review.ts";
import { domainTable } from "./domainTable.ts";
import { type Telling, findingList } from "./findingList.ts";
import { type Link, findingLine, place } from "./findingMarkdown.ts";
import { type Room, folded, section } from "./listed.ts";
import { lookedAt, lookedAtLine, plural } from "./lookedAt.ts";
import { codeSpan, prose } from "./markdownSafe.ts";
import { stepsByDomain } from "./nextSteps.ts";
import { pairings } from "./pairings.ts";
import { recordsChanged } from "./recordsChanged.ts";
import { unreadList } from "./unreadList.ts";
import { type Judgement, verdict } from "./verdict.ts";

/** What a review is shown for, and how. */
export interface MarkdownOptions extends Judgement, Telling {
  /** The most bytes of UTF-8 that it may have, not under 20,000. */
  readonly bytes: number;
  /** Where it is told what does not fit, in Markdown: `in the job summary`; undefined: nowhere. */
  readonly rest: string | undefined;
  /** Sentences that stand first; a stranger's text in them only in backquotes. */
  readonly notes: readonly string[];
  /** What could not be written and why, a sentence of Markdown each. */
  readonly unwritten: readonly string[];
}

/** A review in Markdown: the verdict, what it is about, the findings, what to do next, and folded what needs no action. */
export function reviewMarkdown(review: Review, options: MarkdownOptions): string {
  const { findings, ignored, changes } = review;
  const { isChange, all, link, notes, unwritten } = options;
  const room = (share: number): Room => ({ bytes: options.bytes * share, rest: options.rest });
  const lines = (status: Finding["status"]): readonly string[] =>
    findings.filter((finding) => finding.status === status).map((finding) => `- ${findingLine(finding, link)}`);
  const before = [
    verdict(review, options),
    ...notes.map((note) => `> ${prose(note)}`),
    domainTable(changes.domains, room(0.15)),
    pairings(changes.domains, room(0.05)),
  ];
  const known = all ? [] : lines("existing");
  const fixed = lines("fixed");
  const accepted = ignored.map((each) => ignoredLine(each, link));
  const after = [
    isChange ? section("Next steps, in this order", stepsByDomain(changes.domains, findings), room(0.1), "\n\n") : "",
    isChange ? recordsChanged(changes.zones, room(0.1)) : "",
    folded(`Fixed by this change: ${plural(fixed.length, "finding")}`, fixed, room(0.05)),
    folded(`There before this change: ${plural(known.length, "finding")}`, known, room(0.05)),
    folded(`Accepted: ${plural(accepted.length, "finding")}`, accepted, room(0.05)),
    unreadList(review, room(0.04)),
    section(
      "Could not be written",
      unwritten.map((line) => `- ${line}`),
      room(0.04),
    ),
  ];
  const used = [...before, ...after].reduce((sum, part) => sum + Buffer.byteLength(part) + 2, 0);
  const counted = findings.filter((finding) => counts(finding, all));
  const found = findingList(counted, options, { bytes: options.bytes - used - HEADROOM, rest: options.rest });
  return together([...before, found === "" ? "" : `### Findings\n\n${found}`, ...after]);
}

/** Bytes for the heading of the findings, and for saying how many are left out. */
const HEADROOM = 300;

/** What was there already, for somebody who sets this up: every domain, and what is wrong with it. */
export function stateMarkdown(review: Review, bytes: number, link: Link): string {
  const { findings, changes } = review;
  const room = (share: number): Room => ({ bytes: bytes * share, rest: undefined });
  const lines = findings.map((finding) => `- ${findingLine(finding, link)}`);
  return together([
    "## What was there before",
    `This pull request sets mta-sts-guard up, so here is what the base holds: ${lookedAtLine(lookedAt(review))}. ${
      lines.length === 0
        ? "Nothing wrong was found in it."
        : "What is wrong with it does not count for this pull request."
    }`,
    domainTable(changes.domains, room(0.2)),
    pairings(changes.domains, room(0.2)),
    section(`${plural(lines.length, "finding")} of the base`, lines, room(0.4)),
    unreadList(review, room(0.1)),
  ]);
}

function together(parts: readonly string[]): string {
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function ignoredLine({ finding, by }: Ignored, link: Link): string {
  const until = by.until ? `, until ${dayText(by.until)}` : "";
  return `- ${findingLine(finding, link)} Accepted in ${place(by.at, link)}${until}: ${codeSpan(by.reason)}`;
}
