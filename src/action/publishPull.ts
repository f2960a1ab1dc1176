import { conclude, thresholdOf } from "../model/conclusion.ts";
import { sourceAt } from "../model/snapshot.ts";
import { type Client } from "../publish/comments.ts";
import { publish } from "../publish/publish.ts";
import { refusedFor } from "../publish/readOnly.ts";
import type { Judged } from "../judge/judge.ts";
import type { PullRequest } from "./readEvent.ts";
import type { Inputs } from "./readInputs.ts";

/** Where a pull request lives. */
export interface Place {
  readonly owner: string;
  readonly repo: string;
  /** GitHub's web address. */
  readonly serverUrl: string;
}

/** What became of the comments. */
export interface Outcome {
  readonly commentUrl: string;
  /** Whether something that should be there could not be written. */
  readonly degraded: boolean;
  /** What the reader must know, a sentence each. */
  readonly notes: readonly string[];
}

/** Brings the comments of a pull request in line with its judgement, as far as inputs and token allow. */
export async function publishPull(
  client: Client,
  pull: PullRequest,
  { review, snapshot, config }: Judged,
  inputs: Inputs,
  { owner, repo, serverUrl }: Place,
): Promise<Outcome> {
  if (!pull.isOpen) {
    const note = "This pull request is closed: it was judged, and nothing is written to it.";
    return { commentUrl: "", degraded: false, notes: [note] };
  }
  if (inputs.comment === "never" && inputs.inlineComments === 0) return { commentUrl: "", degraded: false, notes: [] };
  if (pull.readOnly !== undefined) return { commentUrl: "", degraded: true, notes: [pull.readOnly] };
  try {
    const files = await client.paginate(client.rest.pulls.listFiles, {
      owner,
      repo,
      pull_number: pull.number,
      per_page: 100,
    });
    const { commentUrl, degraded, isOutdated } = await publish(client, {
      pull: {
        owner,
        repo,
        number: pull.number,
        headSha: pull.head,
        headBranch: pull.headBranch,
        headRepository: pull.headRepository,
        mayPush: pull.headRepository === `${owner}/${repo}`,
        files: files.map(({ filename, previous_filename, patch }) => ({
          path: filename,
          previousPath: previous_filename,
          patch,
        })),
      },
      review,
      conclusion: conclude(review.findings, thresholdOf(inputs.failOn, config)),
      text: (path) => sourceAt(snapshot, { side: "head", path }),
      comment: inputs.comment,
      inlineComments: inputs.inlineComments,
      serverUrl,
      readOnly: undefined,
      dryRun: inputs.dryRun,
    });
    const outdated =
      "This pull request was closed or pushed to while this ran, so its comments are left to the next run.";
    return {
      commentUrl: commentUrl ?? "",
      degraded: degraded !== undefined,
      notes: [...(degraded === undefined ? [] : [degraded]), ...(isOutdated ? [outdated] : [])],
    };
  } catch (error) {
    return { commentUrl: "", degraded: true, notes: [refusedFor(error)] };
  }
}
