import type { Config } from "./config.ts";
import { type Finding, type Severity, outranks } from "./finding.ts";

/** `incomplete`: something that a rule needs could not be read, so the change was not judged and is not green. */
export type Conclusion = "success" | "failure" | "incomplete";

/** What makes a run fail. */
export interface Threshold {
  readonly failOn: Severity | "never";
  /** Whether findings that base already had count, too. */
  readonly all: boolean;
}

/** Whether a finding counts for the conclusion. */
export function counts(finding: Finding, all: boolean): boolean {
  return finding.status === "new" || (all && finding.status === "existing");
}

/** What makes a run fail: what was asked for, else what the configuration says, else errors. */
export function thresholdOf(asked: Threshold["failOn"] | undefined, { failOn }: Config, all = false): Threshold {
  return { failOn: asked ?? failOn ?? "error", all };
}

/** How many findings of each severity there are, worst first. */
export function bySeverity(findings: readonly Finding[]): Readonly<Record<Severity, number>> {
  const count = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  return { error: count("error"), warning: count("warning"), notice: count("notice") };
}

/** The conclusion of a run; no threshold makes green what could not be judged. */
export function conclude(findings: readonly Finding[], { failOn, all }: Threshold): Conclusion {
  const counted = findings.filter((finding) => counts(finding, all));
  if (counted.some((finding) => finding.rule === "incomplete")) return "incomplete";
  return failOn !== "never" && counted.some((finding) => !outranks(failOn, finding.severity)) ? "failure" : "success";
}
