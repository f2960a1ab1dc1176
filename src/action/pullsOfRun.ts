import * as z from "zod";
import { GithubApi, type Octokit, type RepositoryPlace } from "../load/githubApi.ts";
import { Unusable } from "../load/unusable.ts";
import { type Environment, type EventChange, PULL, pullTask, type RunTask } from "./readEvent.ts";

/** One branch can be proposed to many others; each costs requests, and whoever owns the branch decides how many there are. */
const MOST = 3;

/** The pull requests that a run may have been for, and what the log says of them. */
export interface PullsOfRun {
  /** What GitHub tells of them now; the one that changed last is the last. */
  readonly changes: readonly EventChange[];
  /** One line; undefined where there is nothing to say. */
  readonly note: string | undefined;
}

/**
 * Finds the open pull requests whose head is exactly what a run was for: same repository, branch and commit.
 *
 * Nothing but these three is taken from the run, and GitHub itself says which pull requests have them. Throws `Unusable` where
 * GitHub cannot answer.
 */
export async function pullsOfRun(
  client: Octokit,
  place: RepositoryPlace,
  { head, headBranch, headRepository }: RunTask,
  env: Environment,
): Promise<PullsOfRun> {
  const told = await new GithubApi(client, place).get("pulls", [], {
    state: "open",
    head: `${headRepository.split("/")[0]}:${headBranch}`,
    sort: "updated",
    direction: "desc",
    per_page: 100,
  });
  if (told === undefined)
    throw new Unusable(
      `GitHub shows this token no pull requests of ${place.owner}/${place.repo} (404): the job needs \`permissions: { pull-requests: read }\`, or write.`,
    );
  const listed = z.array(PULL).safeParse(told);
  if (!listed.success) throw new Unusable("GitHub's list of pull requests is not whole: run the job again.");
  const same = listed.data.filter(
    (pull) => pull.state === "open" && pull.head.repo?.full_name === headRepository && pull.head.ref === headBranch,
  );
  const current = same.filter((pull) => pull.head.sha === head);
  const changes = current
    .slice(0, MOST)
    .toReversed()
    .map((pull) => pullTask(pull, "workflow_run", env));
  return { changes, note: noteOf(same.length, current.length) };
}

function noteOf(same: number, current: number): string | undefined {
  if (same === 0) return "No pull request is open from this branch: nothing is written.";
  if (current === 0) return "The pull request was pushed to since: its comments are left to the newer run.";
  if (current > MOST)
    return `${current} pull requests are open from this branch: comments go to the ${MOST} that changed last.`;
  return undefined;
}
