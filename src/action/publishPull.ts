import type { Conclusion } from "../model/conclusion.ts";
import { sourceAt } from "../model/snapshot.ts";
import { changedFiles } from "../publish/changedFiles.ts";
import type { Client } from "../publish/client.ts";
import { publish } from "../publish/publish.ts";
import type { Judged } from "../judge/judge.ts";
import type { PullRequest } from "./readEvent.ts";
import type { Inputs } from "./readInputs.ts";

/** Where a pull request lives, and who writes to it. */
export interface Place {
  readonly owner: string;
  readonly repo: string;
  /** GitHub's web address. */
  readonly serverUrl: string;
  /** Id and attempt of the run: "4711.1". */
  readonly run: string;
}

/** What became of the comments. */
export interface Outcome {
  readonly commentUrl: string;
  /** Whether something that should be there could not be written. */
  readonly degraded: boolean;
  /** What the workflow has to mend, a sentence each. */
  readonly errors: readonly string[];
  /** What the reader must know, a sentence each. */
  readonly notes: readonly string[];
}

const NOTHING: Outcome = { commentUrl: "", degraded: false, errors: [], notes: [] };

/** Brings the comments of a pull request in line with its judgement, as far as inputs and token allow. */
export async function publishPull(
  client: Client,
  pull: PullRequest,
  { review, snapshot }: Judged,
  conclusion: Conclusion,
  inputs: Inputs,
  { owner, repo, serverUrl, run }: Place,
): Promise<Outcome> {
  if (!pull.isOpen) {
    const note = "This pull request is closed: it was judged, and nothing is written to it.";
    return { ...NOTHING, notes: [note] };
  }
  if (inputs.comment === "never" && inputs.inlineComments === 0) return NOTHING;
  if (pull.readOnly !== undefined) return { ...NOTHING, degraded: true, notes: [pull.readOnly] };
  const id = { owner, repo, number: pull.number };
  const { commentUrl, unwritten, isForbidden, isOutdated } = await publish(client, {
    pull: {
      ...id,
      headSha: pull.head,
      headBranch: pull.headBranch,
      headRepository: pull.headRepository,
      mayPush: pull.headRepository === `${owner}/${repo}`,
      files: await changedFiles(client, id),
    },
    review,
    conclusion,
    text: (path) => sourceAt(snapshot, { side: "head", path }),
    comment: inputs.comment,
    inlineComments: inputs.inlineComments,
    serverUrl,
    readOnly: undefined,
    dryRun: inputs.dryRun,
    notes: [],
    rest: "in the job summary",
    run,
  });
  const outdated =
    "This pull request was closed or pushed to while this ran, so its comments are left to the next run.";
  return {
    commentUrl: commentUrl ?? "",
    degraded: unwritten.length > 0,
    errors: isForbidden ? unwritten : [],
    notes: [...unwritten, ...(isOutdated ? [outdated] : [])],
  };
}
