import type { Finding } from "../model/finding.ts";
import { display } from "../model/name.ts";
import type { Source } from "../model/source.ts";
import type { Span } from "../model/span.ts";
import { fixDiff } from "./fixDiff.ts";
import { logSafe } from "./logSafe.ts";
import { codeBlock, codeSpan, escaped, prose } from "./markdownSafe.ts";
import { ruleUrl } from "./ruleUrl.ts";
import { sourceUrl } from "./sourceUrl.ts";

/** Where the texts are that findings speak of. */
export interface Places {
  /** The text of a file on a side, to show what a fix does to it. */
  source(span: Span): Source | undefined;
  /** Where a place can be looked at; undefined where nowhere. */
  link(span: Span): string | undefined;
}

/** Lines of one fix that are shown. */
const MOST_LINES = 60;

/** A finding in Markdown: what and whose, where, the message, the other places, the fix, and where to read more. */
export function findingMarkdown(finding: Finding, places: Places): string {
  const { severity, rule, domain, reference, message, at, related = [] } = finding;
  const whose = domain === null ? "" : ` · ${codeSpan(display(domain))}`;
  const others = related.map((other) => `- ${place(other.at, places)}: ${prose(other.message)}`);
  return [
    `#### ${capital(severity)}: ${ruleLink(rule)}${whose}`,
    place(at, places),
    ...messageMarkdown(message),
    ...(others.length > 0 ? [others.join("\n")] : []),
    ...fixMarkdown(finding, places),
    `Source: ${referenceLink(reference)}`,
  ].join("\n\n");
}

/** A finding in one item of a list: for those that need no action now. */
export function findingLine(finding: Finding, places: Places): string {
  const { severity, rule, domain, message, at } = finding;
  const [first = ""] = message.split("\n");
  const whose = domain === null ? "" : `, ${codeSpan(display(domain))}`;
  return `- ${severity} ${ruleLink(rule)}${whose}, ${place(at, places)}: ${prose(first)}`;
}

/** A place as a link to it, or as its name. */
export function place(span: Span, places: Pick<Places, "link">): string {
  const { path, side, start } = span;
  const shown = codeSpan(`${path}:${start.line}`);
  const url = places.link(span);
  return `${url === undefined ? shown : `[${shown}](${url})`}${side === "base" ? " of the base" : ""}`;
}

/** The message: its first line is prose, what follows is text to copy. */
function messageMarkdown(message: string): readonly string[] {
  const [first = "", ...more] = message.split("\n");
  return [prose(first), ...(more.length > 0 ? [codeBlock(more.join("\n"), "")] : [])];
}

function ruleLink(rule: string): string {
  return `[${codeSpan(rule)}](${ruleUrl(rule)})`;
}

function referenceLink(reference: string): string {
  const url = sourceUrl(reference);
  return url === undefined ? escaped(reference) : `[${escaped(reference)}](${url})`;
}

function fixMarkdown({ fix }: Finding, places: Places): readonly string[] {
  if (!fix) return [];
  const changes = fixDiff(fix, (span) => places.source(span));
  const lines = changes.flatMap(({ path, line, before, after }) => [
    `@@ ${logSafe(path)}:${line} @@`,
    ...before.map((text) => `-${text}`),
    ...after.map((text) => `+${text}`),
  ]);
  const title = `**Fix:** ${prose(fix.title)}`;
  if (lines.length === 0) return [title];
  const left = lines.length - MOST_LINES;
  return [
    title,
    codeBlock(lines.slice(0, MOST_LINES).join("\n"), "diff"),
    ...(left > 0 ? [`${left} more lines are not shown.`] : []),
  ];
}

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}
