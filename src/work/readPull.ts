import * as z from "zod";
import type { Target } from "../queue/job.ts";
import type { InstallationClient } from "./world.ts";

/** A pull request as it stands now. */
export interface Pull {
  readonly number: number;
  readonly isOpen: boolean;
  /** Where the base stood when the pull request was last pushed to; `baseNow` tells where it stands. */
  readonly baseSha: string;
  readonly baseBranch: string;
  readonly headSha: string;
  readonly headBranch: string;
  /** Full name; undefined where the fork was deleted. */
  readonly headRepository: string | undefined;
  /** Whether its branch lies in the repository itself, not in a fork. */
  readonly isOwnBranch: boolean;
  /** Whether its branch is the default one of where it lies, as when `main` is to be merged into a release. */
  readonly isDefaultBranch: boolean;
}

const side = z.object({
  sha: z.string(),
  ref: z.string(),
  repo: z.object({ full_name: z.string(), default_branch: z.string() }).nullable(),
});

const PULL = z.object({ number: z.int(), state: z.string(), base: side, head: side });

/** Asks for a pull request; undefined where there is none. */
export async function readPull(
  client: InstallationClient,
  { owner, repo }: Pick<Target, "owner" | "repo">,
  number: number,
): Promise<Pull | undefined> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
      owner,
      repo,
      pull_number: number,
    });
    const { state, base, head } = PULL.parse(data);
    return {
      number,
      isOpen: state === "open",
      baseSha: base.sha,
      baseBranch: base.ref,
      headSha: head.sha,
      headBranch: head.ref,
      headRepository: head.repo?.full_name,
      // By what GitHub says now: a job may still know the repository by its old name.
      isOwnBranch: head.repo !== null && head.repo.full_name === base.repo?.full_name,
      isDefaultBranch: head.repo?.default_branch === head.ref,
    };
  } catch (error) {
    if ((error as { readonly status?: unknown }).status === 404) return undefined;
    throw error;
  }
}

const REF = z.object({ object: z.object({ sha: z.string() }) });

/**
 * The commit at which the branch stands that a pull request is to be merged into. Whoever leaves a pull request alone would else
 * be judged by the configuration of that day for ever.
 */
export async function baseNow(
  client: InstallationClient,
  { owner, repo }: Pick<Target, "owner" | "repo">,
  { baseBranch, baseSha }: Pull,
): Promise<string> {
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
      owner,
      repo,
      ref: `heads/${baseBranch}`,
    });
    return REF.parse(data).object.sha;
  } catch (error) {
    // A branch that was removed closes its pull requests, in a moment.
    if ((error as { readonly status?: unknown }).status === 404) return baseSha;
    throw error;
  }
}
