import { f as isLimit, m as laterWords } from "./github.js";

// src/publish/refusal.ts
/** An answer that lacks what GitHub promises. */
var BadAnswer = class extends Error {
	constructor(what) {
		super(`its answer has no ${what}`);
		this.name = "BadAnswer";
	}
};
/** What to do, as the Action says it; the bot has other words for it. */
const ADVICE = {
	again: "run the job again",
	grant: "add `permissions: { contents: read, pull-requests: write }` to the job, or use `pull_request_target` or the bot",
	look: "see that the job has `permissions: { contents: read, pull-requests: write }`"
};
/** What GitHub's client threw, in words; undefined for any other error, which is a fault of ours. */
function refusalOf(error) {
	if (!(error instanceof Error)) return void 0;
	const failure = error;
	const said = wordsOf(failure);
	if (error instanceof BadAnswer || isUnanswered(failure)) return {
		kind: "unclear",
		why: `GitHub did not answer as it should (${said}); ${ADVICE.again}`
	};
	if (typeof failure.status !== "number" && failure.name !== "GraphqlResponseError") return void 0;
	if (isLimit(failure)) return {
		kind: "limit",
		why: `GitHub's rate limit is used up (${said}); ${ADVICE.again} ${laterWords(failure)}`
	};
	if (/\blocked\b/i.test(said)) return {
		kind: "forbidden",
		why: `the conversation is locked (${said}); unlock it`
	};
	const { status, errors } = failure;
	if (status === 401 || status === 403 || errors?.some(({ type }) => type === "FORBIDDEN")) return {
		kind: "forbidden",
		why: `the token may not write comments (${said}); ${ADVICE.grant}`
	};
	if (status === 404 || errors?.some(({ type }) => type === "NOT_FOUND")) return {
		kind: "missing",
		why: `GitHub has no such thing for this token (${said}); ${ADVICE.look}`
	};
	if (errors) return {
		kind: "unclear",
		why: `GitHub did not do it (${said}); ${ADVICE.again}`
	};
	return {
		kind: "wrong",
		why: `GitHub does not take it (${said})`
	};
}
/** No answer, one that took too long, or that of a server that is not well. */
function isUnanswered({ name, status = 0 }) {
	return name === "AbortError" || name === "TimeoutError" || status >= 500;
}
/** What it says in a few plain words, without the links and the JSON that its message may carry. */
function wordsOf({ message, errors, status, name, response }) {
	const more = (response?.data)?.errors;
	const [first] = Array.isArray(more) ? more : [];
	const told = typeof first === "string" ? first : first?.message;
	return (errors?.[0]?.message ?? (typeof told === "string" ? told : message)).split("\n")[0]?.replace(/ - https:\S+$/, "").replaceAll(/[`\p{Cc}]/gu, " ").slice(0, LONGEST).trim() || `${name} ${status ?? ""}`.trim();
}
/** Characters. */
const LONGEST = 160;

export { BadAnswer as n, refusalOf as r, ADVICE as t };