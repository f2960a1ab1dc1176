import { n as getOctokitOptions, t as GitHub } from "./github.js";
import { I as addRetries } from "./engine.js";

// src/action/openClient.ts
/** GitHub's client for a workflow's token, through the runner's proxy, for the server that the runner names. */
function openClient(token, env) {
	const baseUrl = env["GITHUB_API_URL"];
	const options = {
		log: QUIET,
		userAgent: "mta-sts-guard",
		...baseUrl ? { baseUrl } : {}
	};
	const client = new GitHub(getOctokitOptions(token, options));
	const graphqlUrl = env["GITHUB_GRAPHQL_URL"];
	if (graphqlUrl) client.hook.before("request", (options) => {
		if (options.url.endsWith("/graphql")) options.url = graphqlUrl;
	});
	addRetries(client);
	return client;
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