import { type Conclusion, counts } from "../model/conclusion.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Review } from "../model/review.ts";
import { lookedAt, lookedAtLine, plural } from "./lookedAt.ts";
import { severityCounts } from "./severityCounts.ts";

/** What a verdict depends on besides the review. */
export interface Judgement {
  readonly conclusion: Conclusion;
  /** Whether a change was judged, not a state. */
  readonly isChange: boolean;
  /** Whether findings that base already had are shown like new ones. */
  readonly all: boolean;
}

/** The conclusion with its counts as a heading, and what that means in a paragraph. */
export function verdict(review: Review, judgement: Judgement): string {
  const counted = review.findings.filter((finding) => counts(finding, judgement.all));
  const numbers = judgement.conclusion === "incomplete" ? "" : joined(severityCounts(counted));
  return [
    `## MTA-STS: ${OUTCOME[judgement.conclusion]}${numbers === "" ? "" : ` with ${numbers}`}`,
    [
      ...meaning(counted, judgement),
      ...besides(review, judgement),
      `Looked at ${lookedAtLine(lookedAt(review))}.`,
    ].join(" "),
  ].join("\n\n");
}

const OUTCOME: Readonly<Record<Conclusion, string>> = {
  success: "passed",
  failure: "failed",
  incomplete: "could not be judged",
};

/** What the reader is to think of it, by the conclusion and the worst finding. */
function meaning(counted: readonly Finding[], { conclusion, isChange }: Judgement): readonly string[] {
  const worst = counted[0]?.severity;
  if (conclusion === "incomplete")
    return ["**Something that has to be known could not be read, so this is no pass.** An error below says what."];
  if (worst === undefined)
    return [isChange ? "**Nothing wrong was found in this change.**" : "**Nothing wrong was found.**"];
  const each = EACH[worst];
  if (conclusion === "success")
    return worst === "error"
      ? ["**Errors fail nothing here, by the setting `fail-on`.**", each]
      : ["**Nothing here fails the check.**", each];
  if (worst === "error")
    return [isChange ? "**This must not go live as it is.**" : "**Something is wrong with what stands here.**", each];
  return [`**Here ${worst === "warning" ? "warnings" : "notices"} fail the check, too.**`, each];
}

const EACH: Readonly<Record<Severity, string>> = {
  error: "Each error says what happens to mail, and how to repair it.",
  warning: "Each warning says when mail suffers, and how to repair it.",
  notice: "A notice is worth knowing and harms no mail by itself.",
};

/** The findings that do not count. */
function besides({ findings, ignored }: Review, { isChange, all }: Judgement): readonly string[] {
  const fixed = findings.filter(({ status }) => status === "fixed").length;
  const known = all ? 0 : findings.filter(({ status }) => status === "existing").length;
  return [
    ...(fixed > 0 ? [`${plural(fixed, "finding")} ${fixed === 1 ? "is" : "are"} fixed.`] : []),
    ...(known > 0 && isChange
      ? [`${plural(known, "finding")} stood there before and ${known === 1 ? "does" : "do"} not count.`]
      : []),
    ...(ignored.length > 0
      ? [`${plural(ignored.length, "finding")} ${ignored.length === 1 ? "is" : "are"} accepted.`]
      : []),
  ];
}

function joined(parts: readonly string[]): string {
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts.join("");
}
