import { i as thresholdOf, l as quote, n as conclude, u as Unusable } from "./first.js";
import { l as string, s as object, t as _enum } from "./zod.js";
import { i as Refused, r as readEvent } from "./readEvent.js";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { closeSync, constants, lstatSync, mkdirSync, openSync, writeFileSync } from "node:fs";

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
		const found = stateOf(at);
		if (found === void 0) return false;
		if (found.isSymbolicLink()) return true;
	}
	return false;
}
/** What stands at a path; undefined where nothing does, and where nothing can: then writing tells why. */
function stateOf(path) {
	try {
		return lstatSync(path, { throwIfNoEntry: false });
	} catch {
		return;
	}
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
		const inputs = readInputs((name) => env[`INPUT_${name.toUpperCase()}`]?.trim() ?? "", env["GITHUB_WORKSPACE"] ?? process.cwd());
		const task = readEvent(env);
		if (task.kind === "nothing") return process.stdout.write(`${task.why}\n`), 0;
		return await (task.kind === "run" ? actForRun(task, inputs, env) : act(task, inputs, env));
	} catch (error) {
		const core = await import("./core2.js");
		for (const reason of reasonsOf(error)) core.error(reason, { title: "mta-sts-guard" });
		if (env["MTA_STS_GUARD_DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
		return 1;
	}
}
/** The second of two stages: for each pull request that the first may have judged. */
async function actForRun(task, inputs, env) {
	const [{ openClient }, { pullsOfRun }] = await Promise.all([import("./openClient.js"), import("./pullsOfRun.js")]);
	const [owner, repo] = repositoryOf(env);
	const { changes, note } = await pullsOfRun(await openClient(inputs.token, env), {
		owner,
		repo
	}, task, env);
	if (note !== void 0) process.stdout.write(`${note}\n`);
	let status = 0;
	for (const change of changes) status = Math.max(status, await act(change, inputs, env));
	return status;
}
async function act(task, inputs, env) {
	const [{ openClient }, { openGithub }, { judgeOnceAsked }] = await Promise.all([
		import("./openClient.js"),
		import("./githubRepository.js"),
		import("./judgeOnceAsked.js")
	]);
	const [owner, repo] = repositoryOf(env);
	const serverUrl = env["GITHUB_SERVER_URL"] ?? "https://github.com";
	const client = await openClient(inputs.token, env);
	const branch = task.kind === "change" ? task.branch : void 0;
	const asked = task.kind === "change" ? {
		...task,
		workflow: workflowOf(env)
	} : task;
	const judged = await judgeOnceAsked(openGithub(client, {
		owner,
		repo,
		branch
	}), asked, inputs.config).catch(async (error) => {
		await setOutputs({ conclusion: "incomplete" });
		throw error;
	});
	const [core, { publishPull }, { report, sarifReport }] = await Promise.all([
		import("./core2.js"),
		import("./publishPull.js"),
		import("./report.js")
	]);
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
		isAnnotated: !pull?.onlyComments,
		repositoryUrl: `${serverUrl}/${owner}/${repo}`
	});
	for (const fault of published?.errors ?? []) core.error(fault, { title: "mta-sts-guard" });
	process.stdout.write(told.log);
	await writeSummary(told.summary, env);
	await setOutputs({
		...told.outputs,
		degraded: published?.degraded ?? false,
		"comment-url": published?.commentUrl ?? ""
	});
	if (inputs.jsonFile !== void 0) writeWorkspaceFile("json-file", inputs.jsonFile, told.json);
	if (inputs.sarifFile !== void 0) writeWorkspaceFile("sarif-file", inputs.sarifFile, await sarifReport(judged, conclusion));
	await setOutputs({
		"json-path": inputs.jsonFile ?? "",
		"sarif-path": inputs.sarifFile ?? ""
	});
	if (pull?.onlyComments) return published?.errors.length ? 1 : 0;
	return conclusion === "success" ? 0 : 1;
}
async function setOutputs(outputs) {
	const core = await import("./core2.js");
	for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}
function repositoryOf(env) {
	const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env["GITHUB_REPOSITORY"] ?? "") ?? [];
	if (owner === void 0 || repo === void 0) throw new Refused(["GITHUB_REPOSITORY is no `owner/name`: start this action from a workflow."]);
	return [owner, repo];
}
/** A workflow of the same repository, as the runner names it: `acme/dns/.github/workflows/mta-sts.yml@refs/heads/main`. */
function workflowOf(env) {
	const [repository, workflow = ""] = [`${env["GITHUB_REPOSITORY"]}/`, env["GITHUB_WORKFLOW_REF"]];
	return workflow.startsWith(repository) ? workflow.slice(repository.length).split("@")[0] : void 0;
}
async function writeSummary(text, env) {
	if (!env["GITHUB_STEP_SUMMARY"]) return;
	await (await import("./core2.js")).summary.addRaw(text).write();
}
/** What went wrong, each reason in one line. */
function reasonsOf(error) {
	if (error instanceof Refused) return error.reasons;
	if (error instanceof Unusable) return [error.message];
	return [new Unusable(`This is a fault of mta-sts-guard itself, please report it: ${String(error)}`).message];
}

export { runAction };