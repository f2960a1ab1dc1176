import type { Judged } from "../judge/judge.ts";
import type { Conclusion, Threshold } from "../model/conclusion.ts";
import { moment } from "../model/duration.ts";
import { sourceAt } from "../model/snapshot.ts";
import type { CheckResult } from "../publish/checkRun.ts";
import { checkAnnotations, checkTitle } from "../render/checkOutput.ts";
import { linksTo } from "../render/linksTo.ts";
import { prose } from "../render/markdownSafe.ts";
import { offerByHand } from "../render/offer.ts";
import { reviewMarkdown } from "../render/reviewMarkdown.ts";
import type { Acceptance } from "./checkId.ts";

/** GitHub takes 65,535 bytes; before what is judged may stand why it is not green, and what buttons were answered. */
const BYTES = 56_000;

/** What a check run says; the rest of a result is the caller's. */
export type CheckText = Omit<CheckResult, "externalId" | "buttons">;

/** What a check says of a judgement; `notes` are sentences that stand first. */
export function judgedCheck(
  { review, snapshot, base, head }: Judged,
  {
    conclusion,
    threshold,
    accepted,
  }: { readonly conclusion: Conclusion; readonly threshold: Threshold; readonly accepted: Acceptance | undefined },
  notes: readonly string[],
  repositoryUrl: string,
): CheckText {
  const summary = reviewMarkdown(review, {
    conclusion,
    all: threshold.all,
    isChange: base !== null,
    bytes: BYTES,
    rest: undefined,
    notes: [...(accepted ? [acceptedLine(accepted)] : []), ...notes],
    unwritten: [],
    isFull: () => true,
    offer: ({ fix }) => fix && offerByHand(fix, (path) => sourceAt(snapshot, { side: "head", path })),
    link: linksTo(repositoryUrl, { base, head }),
  });
  const title = checkTitle(review, conclusion);
  return {
    conclusion: conclusion === "success" || accepted ? "success" : "failure",
    title: accepted ? `Risk accepted by ${accepted.by}: ${title}` : title,
    summary,
    text: "",
    annotations: checkAnnotations(review.findings),
  };
}

/** Who let a failing change pass. */
export function acceptedLine({ by, at }: Acceptance): string {
  return `\`${by}\` accepted this risk at ${moment(at)}, for this commit and for what was found in it; the next push asks again.`;
}

/** What a check says that could not be done; `next`: a sentence that says when it is tried again. */
export function failedCheck(reason: string, next: string): CheckText {
  return redCheck(
    "Could not be judged",
    `${prose(reason)}\n\nNothing is known about this change, so it is not green. ${next}**Re-check** tries it now.`,
  );
}

/** What a check says that another one follows. */
export function brokenOffCheck(): CheckText {
  return redCheck(
    "Broken off",
    "The bot was ended while it judged this commit. Another check of the same name follows.",
  );
}

function redCheck(title: string, summary: string): CheckText {
  return { conclusion: "failure", title, summary, text: "", annotations: [] };
}
