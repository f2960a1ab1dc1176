import { counts } from "../model/conclusion.ts";
import type { Finding } from "../model/finding.ts";
import type { Review } from "../model/review.ts";
import { logSafe } from "./logSafe.ts";
import { lookedAt, lookedAtLine } from "./lookedAt.ts";
import { severityCounts } from "./severityCounts.ts";

/** Whether findings that base already had are shown. */
export interface TextOptions {
  readonly all: boolean;
}

/** The plain form, a line each: `path:line:column: severity: message [rule]`, further lines indented, then what was looked at. */
export function text(review: Review, options: TextOptions): string {
  const shown = review.findings.filter((finding) => counts(finding, options.all));
  return `${[...shown.map(findingText), ...closing(review)].join("\n")}\n`;
}

/** One finding in the plain form. */
export function findingText({ at, severity, message, rule, related = [] }: Finding): string {
  const [first = "", ...more] = message.split("\n").map(logSafe);
  const where = `${logSafe(at.path)}:${at.start.line}:${at.start.column}`;
  const lines = [`${where}: ${severity}: ${first} [${rule}]`, ...more.map((line) => `    ${line}`)];
  for (const other of related)
    lines.push(
      `    ${logSafe(other.at.path)}:${other.at.start.line}:${other.at.start.column}: ${logSafe(other.message)}`,
    );
  return lines.join("\n");
}

/** What was looked at, and the counts. */
export function closing(review: Review): readonly string[] {
  return [lookedAtLine(lookedAt(review)), countsLine(review)];
}

function countsLine({ findings, ignored }: Review): string {
  const count = (test: (finding: Finding) => boolean): number => findings.filter(test).length;
  const fresh = severityCounts(findings.filter((finding) => finding.status === "new"));
  const known = count((finding) => finding.status === "existing");
  const fixed = count((finding) => finding.status === "fixed");
  const parts = [fresh.length > 0 ? fresh.join(", ") : "nothing wrong"];
  if (known > 0) parts.push(`${known} that ${known === 1 ? "was" : "were"} there before`);
  if (fixed > 0) parts.push(`${fixed} fixed`);
  if (ignored.length > 0) parts.push(`${ignored.length} ignored`);
  return parts.join("; ");
}
