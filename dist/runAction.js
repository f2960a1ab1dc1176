import { i as summary, n as getInput, r as setOutput, t as error } from "./core.js";
import { r as Unusable } from "./zoneFile.js";
import { an as conclude, pn as quote, sn as thresholdOf } from "./parse.js";
import { a as boolean, c as string, o as int, r as _enum, s as object } from "./config.js";
import { closeSync, constants, lstatSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

// src/publish/readOnly.ts
const SETUPS = "annotations and the job summary tell the same. Comments need a branch of this repository, `pull_request_target`, or the bot.";
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
	"workflow_dispatch"
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
	return pullTask(parsed(PULL_REQUEST, payload, name), name, env);
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
const PULL_REQUEST = object({ pull_request: object({
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
function pullTask({ pull_request: { number, state, base, head } }, event, env) {
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
		readOnly: readOnlyBecause(origin)
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

// src/action/workspaceFile.ts
/** Whether a path names something below the workspace. */
function isBelow(workspace, path) {
	const way = relative(workspace, resolve(workspace, path));
	return way !== "" && !/^\.\.(?:[/\\]|$)/.test(way) && !isAbsolute(way);
}
/**
* Whether a symbolic link stands on the way from the workspace to a file, or in its place: a checked-out change can hold
* links to any place of the machine.
*/
function leadsThroughLink(workspace, path) {
	let at = workspace;
	for (const name of relative(workspace, resolve(workspace, path)).split(sep)) {
		at = join(at, name);
		const found = lstatSync(at, { throwIfNoEntry: false });
		if (found === void 0) return false;
		if (found.isSymbolicLink()) return true;
	}
	return false;
}
/** Writes what the input `name` asks for, its folders as well; never through a link. */
function writeWorkspaceFile(name, path, text) {
	try {
		mkdirSync(dirname(path), { recursive: true });
		const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
		const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
		try {
			writeFileSync(file, text);
		} finally {
			closeSync(file);
		}
	} catch (error) {
		throw new Unusable(`The input \`${name}\` names ${path}, which cannot be written: ${error.message}`);
	}
}

// src/action/readInputs.ts
/** How many line comments one review takes without trouble. */
const MOST_COMMENTS = 100;
/** Reads and checks the inputs; `input` gives each as text, empty where it is not set. Throws `Refused` with all mistakes. */
function readInputs(input, workspace) {
	const texts = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, input(name)]));
	const read = schema(workspace).safeParse(texts);
	if (!read.success) throw new Refused(read.error.issues.map(({ message }) => message));
	const { data } = read;
	return {
		token: data.token,
		config: data.config || void 0,
		failOn: data["fail-on"] || void 0,
		comment: data.comment || "changes",
		inlineComments: data["inline-comments"],
		dryRun: data["dry-run"],
		jsonFile: data["json-file"] === "" ? void 0 : resolve(workspace, data["json-file"]),
		sarifFile: data["sarif-file"] === "" ? void 0 : resolve(workspace, data["sarif-file"])
	};
}
const FAIL_ON = [
	"error",
	"warning",
	"notice",
	"never"
];
const COMMENT = [
	"changes",
	"always",
	"never"
];
const BOOLEAN = ["true", "false"];
const FIELDS = {
	token: string().min(1, { error: "The input `token` is empty, so nothing can be read: leave it out, or pass a token that may read the repository's contents." }),
	config: string().refine((path) => !/^\/|(?:^|\/)\.\.?(?:\/|$)|\0/.test(path), { error: ({ input }) => `The input \`config\` is ${quote(String(input))}: write a path from the repository's root, such as \`.github/mta-sts-guard.yml\`.` }),
	"fail-on": _enum(["", ...FAIL_ON], wrong("fail-on", FAIL_ON)),
	comment: _enum(["", ...COMMENT], wrong("comment", COMMENT)),
	"inline-comments": string().refine((text) => /^\d{0,4}$/.test(text) && Number(text) <= MOST_COMMENTS, { error: ({ input }) => `The input \`inline-comments\` is ${quote(String(input))}: write a whole number from 0 to ${MOST_COMMENTS}.` }).transform((text) => text === "" ? 25 : Number(text)),
	"dry-run": _enum(["", ...BOOLEAN], wrong("dry-run", BOOLEAN)).transform((text) => text === "true"),
	"json-file": string(),
	"sarif-file": string()
};
function wrong(name, allowed) {
	return { error: ({ input }) => `The input \`${name}\` is ${quote(String(input))}: use ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}.` };
}
function schema(workspace) {
	const file = (name, example) => string().superRefine((path, context) => {
		const told = (message) => context.addIssue({
			code: "custom",
			message
		});
		if (path === "") return;
		if (!isBelow(workspace, path)) told(`The input \`${name}\` is ${quote(path)}: name a file below the workspace, such as \`${example}\`.`);
		else if (leadsThroughLink(workspace, path)) told(`The input \`${name}\` is ${quote(path)}, which leads through a symbolic link: name a file that does not.`);
	});
	return object({
		...FIELDS,
		"json-file": file("json-file", "findings.json"),
		"sarif-file": file("sarif-file", "findings.sarif")
	});
}

// src/action/runAction.ts
/** Runs the action as its environment says; resolves to the exit status. Each mistake is told in one line. */
async function runAction(env) {
	try {
		const inputs = readInputs((name) => getInput(name), env["GITHUB_WORKSPACE"] ?? process.cwd());
		const task = readEvent(env);
		if (task.kind === "nothing") return process.stdout.write(`${task.why}\n`), 0;
		return await act(task, inputs, env);
	} catch (error$1) {
		for (const reason of reasonsOf(error$1)) error(reason, { title: "mta-sts-guard" });
		if (env["MTA_STS_GUARD_DEBUG"] && error$1 instanceof Error) process.stderr.write(`${error$1.stack}\n`);
		return 1;
	}
}
async function act(task, inputs, env) {
	const [{ openClient }, { openGithub }, { judge }, { publishPull }, { report, sarifReport }] = await Promise.all([
		import("./openClient.js"),
		import("./githubRepository.js"),
		import("./judge.js"),
		import("./publishPull.js"),
		import("./report.js")
	]);
	const [owner, repo] = repositoryOf(env);
	const serverUrl = env["GITHUB_SERVER_URL"] ?? "https://github.com";
	const client = openClient(inputs.token, env);
	const judged = await judge(openGithub(client, {
		owner,
		repo,
		branch: task.kind === "change" ? task.branch : void 0
	}), task, inputs.config, /* @__PURE__ */ new Date());
	const pull = task.kind === "change" ? task.pull : void 0;
	const threshold = thresholdOf(inputs.failOn, judged.config);
	const conclusion = conclude(judged.review.findings, threshold);
	const run = `${env["GITHUB_RUN_ID"] ?? 0}.${env["GITHUB_RUN_ATTEMPT"] ?? 1}`;
	const published = pull && await publishPull(client, pull, judged, conclusion, inputs, {
		owner,
		repo,
		serverUrl,
		run
	});
	const told = report(judged, {
		threshold,
		conclusion,
		notes: published?.notes ?? [],
		repositoryUrl: `${serverUrl}/${owner}/${repo}`
	});
	for (const fault of published?.errors ?? []) error(fault, { title: "mta-sts-guard" });
	process.stdout.write(told.log);
	await writeSummary(told.summary, env);
	if (inputs.jsonFile !== void 0) writeWorkspaceFile("json-file", inputs.jsonFile, told.json);
	if (inputs.sarifFile !== void 0) writeWorkspaceFile("sarif-file", inputs.sarifFile, await sarifReport(judged, told.outputs.conclusion));
	const outputs = {
		...told.outputs,
		degraded: published?.degraded ?? false,
		"comment-url": published?.commentUrl ?? "",
		"json-path": inputs.jsonFile ?? "",
		"sarif-path": inputs.sarifFile ?? ""
	};
	for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
	return conclusion === "success" ? 0 : 1;
}
function repositoryOf(env) {
	const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env["GITHUB_REPOSITORY"] ?? "") ?? [];
	if (owner === void 0 || repo === void 0) throw new Refused(["GITHUB_REPOSITORY is no `owner/name`: start this action from a workflow."]);
	return [owner, repo];
}
async function writeSummary(text, env) {
	if (env["GITHUB_STEP_SUMMARY"]) await summary.addRaw(text).write();
}
/** What went wrong, each reason in one line. */
function reasonsOf(error) {
	if (error instanceof Refused) return error.reasons;
	if (error instanceof Unusable) return [error.message];
	const { name, message, status, request } = error;
	if (name === "HttpError" && request) return [new Unusable(serverReason(status ?? 0, message, request)).message];
	return [new Unusable(`This is a fault of mta-sts-guard itself, please report it: ${String(error)}`).message];
}
function serverReason(status, message, { method, url }) {
	return `GitHub answered ${status} to ${method} ${URL.canParse(url) ? new URL(url).pathname : url} (${message}): ${CURES[status] ?? "run the job again"}.`;
}
const CURES = {
	401: "the token is not valid, so pass another one or leave `token` out",
	403: "the job needs `permissions: { contents: read, pull-requests: write }`",
	404: "the job needs `permissions: { contents: read, pull-requests: write }`, and the commit must still be there"
};

export { runAction };