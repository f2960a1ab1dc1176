import { type Conclusion, counts } from "../model/conclusion.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Review } from "../model/review.ts";
import { lookedAt, lookedAtLine } from "./lookedAt.ts";
import { severityCounts } from "./severityCounts.ts";

/** An annotation of a check run, in the words of GitHub's API. */
export interface CheckAnnotation {
  readonly path: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly start_column?: number;
  readonly end_column?: number;
  readonly annotation_level: "failure" | "warning" | "notice";
  readonly title: string;
  readonly message: string;
}

/** Characters; GitHub takes 255, and 64 KB of message. */
const LONGEST_TITLE = 200;
const LONGEST_MESSAGE = 16_000;

/** More than a reader follows; the worst come first. */
const MOST = 500;

const LEVEL: Readonly<Record<Severity, CheckAnnotation["annotation_level"]>> = {
  error: "failure",
  warning: "warning",
  notice: "notice",
};

/** The line that a check shows in the list of checks: what was found, in numbers. */
export function checkTitle(review: Review, conclusion: Conclusion): string {
  if (conclusion === "incomplete") return "Could not be judged: something that a rule needs could not be read";
  const { zones, policies } = lookedAt(review);
  const found = severityCounts(review.findings.filter((finding) => counts(finding, false)));
  if (found.length > 0) return `${found.join(", ")} new`;
  return zones + policies === 0 ? "No DNS files in this change" : `Nothing wrong in ${lookedAtLine(lookedAt(review))}`;
}

/** The new findings that stand on a line of head, as annotations of a check run, worst first. */
export function checkAnnotations(findings: readonly Finding[]): readonly CheckAnnotation[] {
  return findings
    .filter(({ status }) => status === "new")
    .flatMap((finding) => annotationOf(finding) ?? [])
    .slice(0, MOST);
}

function annotationOf({ at, related = [], rule, reference, severity, message }: Finding): CheckAnnotation | undefined {
  const span = [at, ...related.map((other) => other.at)].find(({ side }) => side === "head");
  if (!span) return undefined;
  const { path, start, end } = span;
  const last = end.column === 1 && end.line > start.line ? end.line - 1 : end.line;
  // GitHub takes columns within one line only.
  const columns = start.line === end.line && end.column > start.column;
  return {
    path,
    start_line: start.line,
    end_line: last,
    ...(columns ? { start_column: start.column, end_column: end.column } : {}),
    annotation_level: LEVEL[severity],
    title: `${rule} (${reference})`.slice(0, LONGEST_TITLE),
    message: Array.from(message.slice(0, 2 * LONGEST_MESSAGE))
      .slice(0, LONGEST_MESSAGE)
      .join(""),
  };
}
