import { a as text, c as json, d as loadChange, f as loadState, m as openDirectory, n as review, o as plural, p as openRepository, r as terminal, s as logSafe } from "./engine.js";
import { r as Unusable } from "./zoneFile.js";
import { i as DEFAULT_CONFIG, n as conclude, r as counts } from "./parse.js";
import { t as readArguments } from "./readArguments.js";
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

// src/commands/check.ts
const help = `Judges what a change to DNS zones and MTA-STS policies will do to mail.

usage: mta-sts-guard check [options]

  --repo DIR       the repository, or a plain directory (default: the current directory's)
  --base REV       compare with the merge base of REV and head, as a pull request does;
                   without it the state of head is judged
  --head REV       the revision to judge (default: the working tree)
  --format FORMAT  text or json (default: text)
  --output FILE    write there instead of to standard output
  --fail-on LEVEL  error, warning, notice or never (default: error)
  --now ISO8601    the time to judge by (default: the clock)
  --all            also show and count what was there before the change
  --fix            apply the fixes to the working tree, then judge again
  --help           this text

Exit status: 0 nothing at or above --fail-on; 1 something; 2 it could not be judged.
`;
const FAIL_ON = [
	"error",
	"warning",
	"notice",
	"never"
];
const FORMATS = ["text", "json"];
/** Runs `check`; resolves to the exit status, throws `Unusable` for what cannot be judged at all. `forEyes`: lines are quoted and underlined. */
async function runCheck(argv, forEyes = process.stdout.isTTY) {
	const settings = readSettings(argv);
	if (settings === void 0) return process.stdout.write(help), 0;
	let loaded = await load(settings);
	let result = review(loaded.snapshot, DEFAULT_CONFIG);
	if (settings.fix && await fix(loaded, result, settings)) {
		loaded = await load(settings);
		result = review(loaded.snapshot, DEFAULT_CONFIG);
	}
	print(result, loaded, settings, forEyes);
	return exitStatus(result, settings);
}
function readSettings(argv) {
	const values = parsed(argv);
	if (values.help) return void 0;
	const now = values.now === void 0 ? /* @__PURE__ */ new Date() : new Date(/^\d{4}-\d\d-\d\d/.test(values.now) ? values.now : NaN);
	if (Number.isNaN(now.getTime())) throw new Unusable(`--now ${values.now} is no time: write it like 2026-06-01T12:00:00Z.`);
	if (values.fix && values.head !== void 0) throw new Unusable("--fix changes the working tree, so it does not go with --head: leave --head out.");
	return {
		repo: values.repo ?? ".",
		base: values.base,
		head: values.head,
		format: oneOf("--format", values.format, FORMATS, "text"),
		output: values.output,
		failOn: oneOf("--fail-on", values["fail-on"], FAIL_ON, "error"),
		now,
		all: values.all ?? false,
		fix: values.fix ?? false
	};
}
function parsed(argv) {
	const string = { type: "string" };
	const flag = { type: "boolean" };
	const options = {
		repo: string,
		base: string,
		head: string,
		format: string,
		output: string,
		"fail-on": string,
		now: string,
		all: flag,
		fix: flag,
		help: flag
	};
	return readArguments("check", {
		args: [...argv],
		options,
		strict: true
	}).values;
}
function oneOf(option, value, allowed, usual) {
	const found = allowed.find((candidate) => candidate === (value ?? usual));
	if (found === void 0) throw new Unusable(`${option} ${value} is not known: use ${allowed.slice(0, -1).join(", ")} or ${allowed.at(-1)}.`);
	return found;
}
async function load({ repo, base, head, now }) {
	const repository = await openRepository(resolve(repo));
	if (!repository) {
		if (base !== void 0 || head !== void 0) throw new Unusable(`${repo} is not inside a git repository, so there is nothing to compare: run it in a clone, or leave out --base and --head.`);
		const files = openDirectory(resolve(repo));
		return {
			snapshot: await loadState(files, "worktree", now, now),
			root: files.root,
			base: null,
			head: "worktree"
		};
	}
	const tip = head === void 0 ? void 0 : await repository.resolve(head);
	const at = tip?.id ?? "worktree";
	const date = tip?.date ?? now;
	if (base === void 0) return {
		snapshot: await loadState(repository, at, now, date),
		root: repository.root,
		base: null,
		head: at
	};
	const fork = await forkPoint(repository, base, tip);
	return {
		snapshot: await loadChange(repository, fork, at, now, date, DEFAULT_CONFIG),
		root: repository.root,
		base: fork.id,
		head: at
	};
}
/** The merge base; a working tree stands on HEAD. */
async function forkPoint(repository, base, tip) {
	return repository.mergeBase(base, tip?.id ?? "HEAD");
}
async function fix({ snapshot, root }, { findings }, { all }) {
	const { writeFixes } = await import("./writeFixes.js");
	const { fixes, paths } = writeFixes(root, snapshot, findings.filter((finding) => counts(finding, all)));
	if (fixes > 0) process.stderr.write(`${plural(fixes, "fix")} applied to ${paths.map(logSafe).join(", ")}\n`);
	return fixes > 0;
}
function print(result, { snapshot, base, head }, settings, forEyes) {
	const { format, all, output } = settings;
	const rendered = format === "json" ? json(result, {
		base,
		head
	}, conclude(result.findings, settings)) : forEyes && output === void 0 ? terminal(result, {
		all,
		color: process.stdout.isTTY && !process.env["NO_COLOR"],
		width: process.stdout.columns || 80,
		source: (span) => (span.side === "base" ? snapshot.base : snapshot.head)?.sources.get(span.path)
	}) : text(result, { all });
	if (output === void 0) process.stdout.write(rendered);
	else writeOutput(output, rendered);
}
function writeOutput(output, rendered) {
	try {
		writeFileSync(output, rendered);
	} catch (error) {
		throw new Unusable(`--output ${output} cannot be written: ${error.message}`);
	}
}
function exitStatus({ findings }, settings) {
	const conclusion = conclude(findings, settings);
	if (conclusion === "incomplete") throw new Unusable(findings.find((finding) => finding.rule === "incomplete")?.message ?? "");
	return conclusion === "failure" ? 1 : 0;
}

export { runCheck as n, help as t };