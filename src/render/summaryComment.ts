import type { Conclusion } from "../model/conclusion.ts";
import type { Finding } from "../model/finding.ts";
import type { Review } from "../model/review.ts";
import { markerOf } from "./lineComment.ts";
import type { Offer } from "./offer.ts";
import { reviewMarkdown } from "./reviewMarkdown.ts";

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
  /** Sentences that stand first; a stranger's text in them only in backquotes. */
  readonly notes: readonly string[];
  /** Where everything is told that is cut here, in Markdown: `in the job summary`. */
  readonly rest: string;
}

/** The first line of the summary: with the author it is its identity. */
export const SUMMARY_MARKER = markerOf("summary");

/** GitHub takes 65,536 characters. */
const BYTES = 58_000;

/** The one comment that stays current, under 60,000 bytes; Markdown without the lines that say which run wrote it. */
export function summaryComment({ review, compared, inFull, ...more }: SummaryInput): string {
  return reviewMarkdown(review, {
    ...more,
    isChange: compared,
    all: false,
    bytes: BYTES,
    isFull: (finding) => inFull.has(finding),
    offer: (finding) => inFull.get(finding),
    // An address holds the commit, and the comment would change with every push.
    link: () => undefined,
  });
}

/** Notices that are worth a comment although nothing is wrong: they say what must be done elsewhere. */
const TELLING: ReadonlySet<string> = new Set(["id-elsewhere", "removal-plan", "enforcement-lowered"]);

/** Whether a change is worth a first summary: something is wrong or fixed, or a notice says what must be done elsewhere. */
export function isWorthTelling({ findings }: Review): boolean {
  return findings.some(
    ({ status, severity, rule }) =>
      (status === "fixed" && severity !== "notice") ||
      (status === "new" && (severity !== "notice" || TELLING.has(rule))),
  );
}
