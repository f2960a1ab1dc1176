import { l as quote } from "./first.js";
import { i as int, l as string, r as boolean, s as object, t as _enum } from "./zod.js";
import { readFileSync } from "node:fs";

// src/publish/readOnly.ts
const SETUPS = "annotations and the job summary tell the same. Comments need a branch of this repository, `pull_request_target`, a second stage on `workflow_run`, or the bot.";
/** Why the token of a run cannot write, one line; undefined if it can. */
function readOnlyBecause({ event, actor, repository, headRepository }) {
	if (event !== "pull_request") return void 0;
	if (headRepository !== repository) return `A pull request from a fork has a read-only token, so there are no comments; ${SETUPS}`;
	if (actor === "dependabot[bot]") return `Dependabot has a read-only token, so there are no comments; ${SETUPS}`;
}

// src/action/refused.ts
/** What the workflow or its event says wrongly, one sentence a mistake, each told in a line of its own. */
var Refused = class extends Error {
	reasons;
	constructor(reasons) {
		super(reasons.join(" "));
		this.name = "Refused";
		this.reasons = reasons;
	}
};

// src/action/readEvent.ts
/** The events that this action understands. */
const EVENTS = [
	"pull_request",
	"pull_request_target",
	"merge_group",
	"push",
	"schedule",
	"workflow_dispatch",
	"workflow_run"
];
/** Reads the runner's event; throws `Refused` where it is none of ours, or its file is not what its name promises. */
function readEvent(env) {
	const name = EVENTS.find((known) => known === env["GITHUB_EVENT_NAME"]);
	if (name === void 0) throw new Refused([`The event ${quote(env["GITHUB_EVENT_NAME"] ?? "")} tells no change of files: start this workflow on ${EVENTS.join(", ")}.`]);
	const payload = readPayload(env["GITHUB_EVENT_PATH"] ?? "");
	const { GITHUB_SHA: sha = "" } = env;
	if (name === "schedule" || name === "workflow_dispatch") return {
		kind: "state",
		head: parsed(object({ sha: commit }), { sha }, "environment").sha
	};
	if (name === "push") return pushTask(parsed(PUSH, payload, name));
	if (name === "workflow_run") return runTask(parsed(WORKFLOW_RUN, payload, name));
	if (name === "merge_group") {
		const { merge_group: group } = parsed(MERGE_GROUP, payload, name);
		return {
			kind: "change",
			base: group.base_sha,
			head: group.head_sha,
			branch: branchOf(group.base_ref),
			pull: void 0
		};
	}
	return pullTask(parsed(PULL_REQUEST, payload, name).pull_request, name, env);
}
const commit = string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, { error: "no commit id" });
const PUSH = object({
	ref: string(),
	before: commit,
	after: commit,
	forced: boolean(),
	deleted: boolean().optional()
});
const MERGE_GROUP = object({ merge_group: object({
	base_sha: commit,
	base_ref: string(),
	head_sha: commit
}) });
/** What events and lists tell of a pull request. */
const PULL = object({
	number: int().positive(),
	state: _enum(["open", "closed"]),
	base: object({
		sha: commit,
		ref: string()
	}),
	head: object({
		sha: commit,
		ref: string(),
		repo: object({ full_name: string() }).nullable()
	})
});
const PULL_REQUEST = object({ pull_request: PULL });
const WORKFLOW_RUN = object({ workflow_run: object({
	event: string(),
	status: string().nullish(),
	conclusion: string().nullish(),
	head_sha: commit,
	head_branch: string().nullish(),
	head_repository: object({ full_name: string() }).nullish()
}) });
function pushTask({ ref, before, after, forced, deleted }) {
	if (deleted || isNone(after)) return {
		kind: "nothing",
		why: "This push deletes a branch or tag, so there is nothing to judge."
	};
	if (forced || isNone(before)) return {
		kind: "state",
		head: after
	};
	return {
		kind: "change",
		base: before,
		head: after,
		branch: branchOf(ref),
		pull: void 0
	};
}
/** Undefined for what is no branch, such as a tag. */
function branchOf(ref) {
	return /^refs\/heads\/(.+)$/.exec(ref)?.[1];
}
/** GitHub's id for no commit. */
function isNone(id) {
	return /^0+$/.test(id);
}
function runTask({ workflow_run: run }) {
	const { event, status, conclusion, head_sha: head, head_branch: headBranch, head_repository: from } = run;
	if (event !== "pull_request") return {
		kind: "nothing",
		why: "The first workflow did not run on `pull_request`: there is nothing to comment on."
	};
	if ([status, conclusion].some((told) => told === "action_required" || told === "waiting")) return {
		kind: "nothing",
		why: "The first workflow waits for approval: comments follow once it has run."
	};
	if (!headBranch || !from) return {
		kind: "nothing",
		why: "The branch that the first workflow ran for is gone: there is nothing to comment on."
	};
	return {
		kind: "run",
		head,
		headBranch,
		headRepository: from.full_name
	};
}
/** What a pull request asks to be judged; `event` and `env` decide what the token may. */
function pullTask({ number, state, base, head }, event, env) {
	const origin = {
		event,
		actor: env["GITHUB_ACTOR"] ?? "",
		repository: env["GITHUB_REPOSITORY"] ?? "",
		headRepository: head.repo?.full_name
	};
	const pull = {
		number,
		base: base.sha,
		head: head.sha,
		headBranch: head.ref,
		headRepository: head.repo?.full_name,
		isOpen: state === "open",
		readOnly: readOnlyBecause(origin),
		onlyComments: event === "workflow_run"
	};
	return {
		kind: "change",
		base: base.sha,
		head: head.sha,
		branch: base.ref,
		pull
	};
}
function readPayload(path) {
	let text;
	try {
		text = readFileSync(path, "utf8");
	} catch (error) {
		const { code } = error;
		throw new Refused([`The event file ${quote(path)} (GITHUB_EVENT_PATH) cannot be read (${code ?? "unknown"}): start this action from a workflow.`]);
	}
	try {
		return JSON.parse(text);
	} catch {
		throw new Refused([`The event file ${quote(path)} (GITHUB_EVENT_PATH) is not JSON: start this action from a workflow.`]);
	}
}
function parsed(schema, payload, event) {
	const read = schema.safeParse(payload);
	if (read.success) return read.data;
	const [{ path, message } = {
		path: [],
		message: ""
	}] = read.error.issues;
	const where = path.length > 0 ? `\`${path.join(".")}\`: ` : "";
	throw new Refused([`The event file is none of the event ${quote(event)} (${where}${message}): start this action from a workflow.`]);
}

export { Refused as i, pullTask as n, readEvent as r, PULL as t };