import { n as getOctokitOptions, t as GitHub } from "./github.js";

// src/action/openClient.ts
/** GitHub's client for a workflow's token, through the runner's proxy, for the server that the runner names. */
function openClient(token, env) {
	const baseUrl = env["GITHUB_API_URL"];
	const options = {
		log: QUIET,
		userAgent: "mta-sts-guard",
		...baseUrl ? { baseUrl } : {}
	};
	return new GitHub(getOctokitOptions(token, options));
}
/** What a server answers is told once, by who asked. */
const QUIET = {
	debug: nothing,
	info: nothing,
	warn: nothing,
	error: nothing
};
function nothing() {}

export { openClient };