import { u as Unusable } from "./first.js";
import { d as headersOf, f as isLimit, u as failureOf } from "./github.js";
import { t as ADVICE } from "./refusal.js";

// src/work/unjudgeable.ts
/** What no other try judges either, told in one line. */
var Unjudgeable = class extends Unusable {};

// src/work/lacking.ts
/** By what stands in a request's address; the first that fits. */
const BY_ADDRESS = [
	[/\/check-(?:runs|suites)\b/, "checks"],
	[/\/(?:pulls|issues)\b/, "pull_requests"],
	[/\/collaborators\b/, "metadata"],
	[/\/repos\//, "contents"]
];
/** The permission for want of which an installation was refused, "checks: write"; undefined for any other error. */
function lackedPermission(error) {
	const failure = failureOf(error);
	const { status, message = "", errors, request } = failure;
	const forbidden = errors?.find(({ type }) => type === "FORBIDDEN");
	if (!WORDS.test(forbidden?.message ?? message) || isLimit(failure)) return void 0;
	if (forbidden) return forbidden.path?.some((name) => PULLS.test(String(name))) ? "pull_requests: read" : "contents: read";
	if (status !== 403) return void 0;
	const told = /^(\w+)=(\w+)/.exec(String(headersOf(failure)["x-accepted-github-permissions"] ?? ""));
	if (told) return `${told[1]}: ${told[2]}`;
	const name = BY_ADDRESS.find(([address]) => address.test(request?.url ?? ""))?.[1];
	return name === void 0 ? void 0 : `${name}: ${request?.method === "GET" ? "read" : "write"}`;
}
const WORDS = /not accessible by integration/i;
const PULLS = /^(?:associatedP|p)ullRequests?$/;
/** What an owner of an installation does about it; a permission that an App begins to ask for is theirs to approve. */
function approval(permission) {
	return `the App may not do that here: it lacks the permission \`${permission}\`. An owner approves it under Settings → Applications (of an organisation: GitHub Apps) → Configure → Review request; where nothing waits there, the App itself does not ask for it`;
}
/** Says so in the log, and counts it. */
function tellLack({ log, metrics, serverUrl }, { installation, owner, repo }, permission) {
	metrics.degradedWrites.inc({ kind: "permission" });
	const pages = [`${serverUrl}/settings/installations/${installation}`];
	if (owner !== void 0) pages.push(`${serverUrl}/organizations/${owner}/settings/installations/${installation}`);
	log.warn({
		installation,
		owner,
		repo
	}, `Not all is done: ${approval(permission)}: ${pages.join(" or ")}`);
}

// src/work/reasonOf.ts
/** What went wrong, for those who read the check: our own sentence, else only that it is ours to repair; never a stack. */
function reasonOf(error) {
	const lacked = lackedPermission(error);
	if (lacked !== void 0) return `Not all could be read: ${approval(lacked)}.`;
	if (error instanceof Error && error.name === "Unusable") return error.message.replace(ADVICE.again, "press Re-check");
	const { status } = error;
	return typeof status === "number" ? `GitHub answered ${status} to a request of the bot.` : "This is a fault of mta-sts-guard itself; the bot's log has more.";
}

// src/workers/thrown.ts
/** What can be sent of whatever was thrown; `depth`: of how many causes. */
function packThrown(thrown, depth = 4) {
	const error = thrown instanceof Error ? thrown : new Error(String(thrown));
	const { name, message, stack, cause } = error;
	const { status, errors, code, request } = error;
	const headers = headersOf(error);
	return {
		name,
		message,
		stack,
		more: {
			...status === void 0 ? {} : {
				status,
				response: { headers: { ...headers } }
			},
			...errors === void 0 ? {} : { errors: errors.map(({ type, message: text }) => ({
				type,
				message: text
			})) },
			...code === void 0 ? {} : { code },
			...request === void 0 ? {} : { request: { url: request.url } }
		},
		cause: cause === void 0 || depth === 0 ? void 0 : packThrown(cause, depth - 1)
	};
}
/** The error again. */
function unpackThrown({ name, message, stack, more, cause }) {
	const error = new Error(message, cause && { cause: unpackThrown(cause) });
	return Object.assign(error, {
		name,
		stack: stack ?? ""
	}, more);
}

export { lackedPermission as a, approval as i, unpackThrown as n, tellLack as o, reasonOf as r, Unjudgeable as s, packThrown as t };