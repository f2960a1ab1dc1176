// src/publish/readOnly.ts
const SETUPS = "annotations and the job summary tell the same. Comments need a branch of this repository, `pull_request_target`, or the bot.";
/** Why the token of a run cannot write, one line; undefined if it can. */
function readOnlyBecause({ event, actor, repository, headRepository }) {
	if (event !== "pull_request") return void 0;
	if (headRepository !== repository) return `A pull request from a fork has a read-only token, so there are no comments; ${SETUPS}`;
	if (actor === "dependabot[bot]") return `Dependabot has a read-only token, so there are no comments; ${SETUPS}`;
}
/** Whether GitHub, or the way to it, refused something: its client's errors have a status, GraphQL's a list of errors. */
function isRefusal(error) {
	return error instanceof Error && ("status" in error || "errors" in error);
}
/** A refusal of GitHub in one line that says what to do. */
function refusedFor(error) {
	const { status, message } = error;
	const said = String(message).split("\n")[0] ?? "";
	if (/rate limit|abuse/i.test(said)) return "GitHub's rate limit ended the comments; annotations and the job summary tell the same. Run the job again later.";
	if (status === 403 || /Resource not accessible/i.test(said)) return `The token may not write comments (${said}). Add \`permissions: { contents: read, pull-requests: write }\` to the job; ${SETUPS}`;
	return `Comments could not be written (${said}); annotations and the job summary tell the same. Run the job again.`;
}

export { readOnlyBecause as n, refusedFor as r, isRefusal as t };