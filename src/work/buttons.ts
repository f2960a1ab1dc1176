import type { Judged } from "../judge/judge.ts";
import { type Conclusion, counts } from "../model/conclusion.ts";
import type { CheckButton } from "../publish/checkRun.ts";

/** The buttons below our check, by their identifiers. */
export const BUTTONS = {
  recheck: { identifier: "recheck", label: "Re-check", description: "Judge this commit once more" },
  accept: { identifier: "accept-risk", label: "Accept risk", description: "Let this commit pass as it is" },
  fix: { identifier: "apply-fixes", label: "Apply fixes", description: "Commit the fixes to the branch" },
} as const satisfies Readonly<Record<string, CheckButton>>;

/** Which buttons a judged pull request gets; `mayPush`: its branch is one that the bot may write to. */
export function buttonsFor(
  { review, config }: Pick<Judged, "review" | "config">,
  conclusion: Conclusion,
  mayPush: boolean,
): readonly CheckButton[] {
  const { acceptRisk, applyFixes } = config.bot;
  const isMendable = review.findings.some((finding) => counts(finding, false) && finding.fix);
  return [
    BUTTONS.recheck,
    ...(conclusion === "failure" && acceptRisk !== "never" ? [BUTTONS.accept] : []),
    ...(applyFixes && mayPush && isMendable ? [BUTTONS.fix] : []),
  ];
}
