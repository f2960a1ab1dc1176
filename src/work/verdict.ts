import { createHash } from "node:crypto";
import type { Judged } from "../judge/judge.ts";
import { type Conclusion, type Threshold, conclude, counts, thresholdOf } from "../model/conclusion.ts";
import { type Finding, outranks } from "../model/finding.ts";
import type { Acceptance, PullCheckId } from "./checkId.ts";

/** What a judgement comes to. */
export interface Verdict {
  readonly conclusion: Conclusion;
  readonly threshold: Threshold;
  /** Stands for what fails and for the branch that it would be merged into; empty where nothing does, undefined: not known. */
  readonly found: string | undefined;
  /** Where what fails was accepted. */
  readonly accepted: Acceptance | undefined;
  /** An acceptance of something else on the same commit. */
  readonly outlived: Acceptance | undefined;
}

/**
 * What was judged for a branch comes to; `earlier`: what our checks on the same head say of the same pull request, newest first.
 *
 * An acceptance counts for what was seen, and never for what nobody could judge.
 */
export function verdictOf({ review, config }: Judged, baseBranch: string, earlier: readonly PullCheckId[]): Verdict {
  const threshold = thresholdOf(undefined, config);
  const conclusion = conclude(review.findings, threshold);
  const red = failing(review.findings, threshold);
  const found = { success: "", failure: hashOf(baseBranch, red), incomplete: undefined }[conclusion];
  const acceptances = conclusion === "failure" ? earlier.filter(({ accepted }) => accepted) : [];
  const accepted =
    config.bot.acceptRisk === "never" ? undefined : acceptances.find((each) => each.found === found)?.accepted;
  return { conclusion, threshold, found, accepted, outlived: accepted ? undefined : acceptances[0]?.accepted };
}

/** When everything that fails has ceased to be a fault by itself; undefined where something does not. */
export function greenAt({ review }: Judged, threshold: Threshold): Date | undefined {
  const red = failing(review.findings, threshold);
  const moments = red.flatMap(({ until }) => until?.getTime() ?? []);
  return red.length > 0 && moments.length === red.length ? new Date(Math.max(...moments)) : undefined;
}

function failing(findings: readonly Finding[], { failOn, all }: Threshold): readonly Finding[] {
  return findings.filter(
    (finding) => counts(finding, all) && failOn !== "never" && !outranks(failOn, finding.severity),
  );
}

function hashOf(baseBranch: string, findings: readonly Finding[]): string {
  const prints = findings.map(({ fingerprint, severity }) => `${fingerprint} ${severity}`).toSorted();
  return createHash("sha256")
    .update([baseBranch, ...prints].join("\n"))
    .digest("hex");
}
