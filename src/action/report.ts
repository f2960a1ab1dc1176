import { type Conclusion, type Threshold, bySeverity } from "../model/conclusion.ts";
import type { Severity } from "../model/finding.ts";
import { type Snapshot, sourceAt } from "../model/snapshot.ts";
import { annotations } from "../render/annotations.ts";
import { json } from "../render/json.ts";
import { linksTo } from "../render/linksTo.ts";
import { offerByHand } from "../render/offer.ts";
import { reviewMarkdown, stateMarkdown } from "../render/reviewMarkdown.ts";
import { closing } from "../render/text.ts";
import { RULES } from "../rules/index.ts";
import type { Judged } from "../judge/judge.ts";

/** What a run tells. */
export interface Told {
  /** Annotations and what was looked at, for standard output. */
  readonly log: string;
  /** Markdown. */
  readonly summary: string;
  readonly json: string;
  readonly outputs: { readonly conclusion: Conclusion } & Readonly<Record<`${Severity}s`, number>>;
}

/** What a report depends on besides the judgement. */
export interface ReportOptions {
  readonly threshold: Threshold;
  readonly conclusion: Conclusion;
  /** Sentences that stand first. */
  readonly notes: readonly string[];
  /** Whether the log holds annotations. */
  readonly isAnnotated: boolean;
  readonly repositoryUrl: string;
}

/** GitHub takes 1 MiB a step. */
const SUMMARY_BYTES = 900_000;

/** Tells a judgement in every form that a run of the action leaves behind. */
export function report(
  judged: Judged,
  { threshold, conclusion, notes, isAnnotated, repositoryUrl }: ReportOptions,
): Told {
  const { review, snapshot, base, head, state } = judged;
  const parts = [
    reviewMarkdown(review, {
      conclusion,
      all: threshold.all,
      isChange: base !== null,
      bytes: SUMMARY_BYTES / 2,
      notes: [...notes, ...configNotes(snapshot)],
      unwritten: [],
      rest: undefined,
      isFull: () => true,
      offer: ({ fix }) => fix && offerByHand(fix, (path) => sourceAt(snapshot, { side: "head", path })),
      link: linksTo(repositoryUrl, { base, head }),
    }),
    ...(state && base !== null
      ? [stateMarkdown(state.review, SUMMARY_BYTES / 2, linksTo(repositoryUrl, { base, head: base }))]
      : []),
  ];
  const { error, warning, notice } = bySeverity(review.findings.filter(({ status }) => status === "new"));
  const annotated = isAnnotated ? annotations(review.findings, { all: false, rest: "the job summary" }) : "";
  return {
    log: `${annotated}${closing(review).join("\n")}\n`,
    summary: parts.join("\n"),
    json: json(review, { base, head }, conclusion),
    outputs: { conclusion, errors: error, warnings: warning, notices: notice },
  };
}

/** The judgement for GitHub's code scanning. */
export async function sarifReport({ review, snapshot, base }: Judged, conclusion: Conclusion): Promise<string> {
  const [{ sarif }, { PAGES }] = await Promise.all([import("../render/sarif.ts"), import("../rules/pages.ts")]);
  return sarif(review, {
    rules: RULES,
    pages: PAGES,
    conclusion,
    isChange: base !== null,
    onlyOpen: true,
    source: (place) => sourceAt(snapshot, place),
  });
}

function configNotes({ configs }: Snapshot): readonly string[] {
  const source = configs?.base?.problems.length ? configs.base.source : undefined;
  return source ? [`\`${source.path}\` of the base does not validate, so the defaults apply.`] : [];
}
