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
  "annotations and the job summary tell the same. Comments need a branch of this repository, `pull_request_target`, or the bot.";

/** Why the token of a run cannot write, one line; undefined if it can. */
export function readOnlyBecause({ event, actor, repository, headRepository }: Origin): string | undefined {
  if (event !== "pull_request") return undefined;
  if (headRepository !== repository)
    return `A pull request from a fork has a read-only token, so there are no comments; ${SETUPS}`;
  if (actor === "dependabot[bot]") return `Dependabot has a read-only token, so there are no comments; ${SETUPS}`;
  return undefined;
}

/** Whether GitHub, or the way to it, refused something: its client's errors have a status, GraphQL's a list of errors. */
export function isRefusal(error: unknown): boolean {
  return error instanceof Error && ("status" in error || "errors" in error);
}

/** A refusal of GitHub in one line that says what to do. */
export function refusedFor(error: unknown): string {
  const { status, message } = error as { readonly status?: unknown; readonly message?: unknown };
  const said = String(message).split("\n")[0] ?? "";
  if (/rate limit|abuse/i.test(said))
    return "GitHub's rate limit ended the comments; annotations and the job summary tell the same. Run the job again later.";
  if (status === 403 || /Resource not accessible/i.test(said))
    return `The token may not write comments (${said}). Add \`permissions: { contents: read, pull-requests: write }\` to the job; ${SETUPS}`;
  return `Comments could not be written (${said}); annotations and the job summary tell the same. Run the job again.`;
}
