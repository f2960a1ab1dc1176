/** What tells, before anything is written, whether the token can. */
export interface Origin {
  readonly event: string;
  /** Who started the run. */
  readonly actor: string;
  /** Full names; the head's is undefined where it was deleted. */
  readonly repository: string;
  readonly headRepository: string | undefined;
}

const SETUPS =
  "annotations and the job summary tell the same. Comments need a branch of this repository, `pull_request_target`, a second stage on `workflow_run`, or the bot.";

/** Why the token of a run cannot write, one line; undefined if it can. */
export function readOnlyBecause({ event, actor, repository, headRepository }: Origin): string | undefined {
  if (event !== "pull_request") return undefined;
  if (headRepository !== repository)
    return `A pull request from a fork has a read-only token, so there are no comments; ${SETUPS}`;
  if (actor === "dependabot[bot]") return `Dependabot has a read-only token, so there are no comments; ${SETUPS}`;
  return undefined;
}
