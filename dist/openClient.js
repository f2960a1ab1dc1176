import { n as restEndpointMethods, r as Octokit, t as paginateRest } from "./octokit.js";
import { t as addRetries } from "./github.js";

// src/action/openClient.ts
const GitHub = Octokit.plugin(restEndpointMethods, paginateRest);
/** GitHub's client for a workflow's token, through the runner's proxy, for the server that the runner names. */
async function openClient(token, env) {
	const request = PROXIES.some((name) => env[name]) ? (await import("./proxied2.js")).PROXIED : {};
	const client = new GitHub({
		auth: token,
		baseUrl: env["GITHUB_API_URL"] || "https://api.github.com",
		log: QUIET,
		request,
		userAgent: "mta-sts-guard"
	});
	const graphqlUrl = env["GITHUB_GRAPHQL_URL"];
	if (graphqlUrl) client.hook.before("request", (options) => {
		if (options.url.endsWith("/graphql")) options.url = graphqlUrl;
	});
	addRetries(client);
	hideToken(client, token);
	return client;
}
/** What a server or a proxy answers is told to people, and may repeat what it was asked. */
function hideToken({ hook }, token) {
	const hide = (error) => {
		if (error.message !== void 0) error.message = error.message.replaceAll(token, "***");
		if (error.stack !== void 0) error.stack = error.stack.replaceAll(token, "***");
	};
	hook.error("request", (error) => {
		hide(error);
		throw error;
	});
	hook.after("request", ({ data }) => {
		const { errors } = data ?? {};
		for (const error of Array.isArray(errors) ? errors : []) hide(error);
	});
}
const PROXIES = [
	"https_proxy",
	"HTTPS_PROXY",
	"http_proxy",
	"HTTP_PROXY"
];
/** What a server answers is told once, by who asked. */
const QUIET = {
	debug: nothing,
	info: nothing,
	warn: nothing,
	error: nothing
};
function nothing() {}

export { openClient };