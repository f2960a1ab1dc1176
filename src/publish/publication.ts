import type { Conclusion } from "../model/conclusion.ts";
import type { Review } from "../model/review.ts";
import type { ChangedFiles } from "./changedFiles.ts";
import type { PullId } from "./client.ts";
import type { HeadText } from "../render/piecesOf.ts";

/** A pull request as the event and the file list tell it. */
export interface PullRequest extends PullId {
  readonly headSha: string;
  readonly headBranch: string;
  /** Full name; undefined where it was deleted. */
  readonly headRepository: string | undefined;
  /** Whether those who review may push to the head branch: the same repository, or a fork that allows its maintainers. */
  readonly mayPush: boolean;
  readonly files: ChangedFiles;
}

/** Everything there is to publish. */
export interface Publication {
  readonly pull: PullRequest;
  readonly review: Review;
  readonly conclusion: Conclusion;
  readonly text: HeadText;
  /** The inputs `comment` and `inline-comments`. */
  readonly comment: "changes" | "always" | "never";
  readonly inlineComments: number;
  /** GitHub's web address, `https://github.com`. */
  readonly serverUrl: string;
  /** A line why nothing can be written, known before. */
  readonly readOnly: string | undefined;
  /** Reads, plans, and writes nothing. */
  readonly dryRun: boolean;
  /** Sentences that stand first in the summary. */
  readonly notes: readonly string[];
  /** Where everything is told that a comment cuts: no link to a run's page, for the text would differ at every run. */
  readonly rest: string;
  /** Which run this is, "4711.1": id and attempt. */
  readonly run: string;
}
