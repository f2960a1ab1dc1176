import { A as loadChange, D as review, F as withConfig, N as loadConfig, P as loadConfigFile, a as closing, c as json, g as reviewMarkdown, i as openDirectory, j as loadState, l as annotations, n as terminal, r as openRepository, s as text, v as diary, y as offerByHand } from "./engine.js";
import { d as CONFIG_PATH, i as thresholdOf, n as conclude, r as counts, u as Unusable } from "./first.js";
import { X as sourceAt, o as logSafe } from "./parse.js";
import { m as plural } from "./sarif.js";
import { n as RULES } from "./rules.js";
import { t as readArguments } from "./readArguments.js";
import { resolve } from "node:path";
import { writeFileSync } from "node:fs";

// src/commands/check.ts
const help = `Judges what a change to DNS zones and MTA-STS policies will do to mail.

usage: mta-sts-guard check [options]

  --repo DIR       the repository, or a plain directory (default: the current directory's)
  --base REV       compare with the merge base of REV and head, as a pull request does;
                   without it the state of head is judged
  --head REV       the revision to judge (default: the working tree)
  --config FILE    a configuration to judge by instead of the repository's own
                   (.github/mta-sts-guard.yml of the base, without --base of head)
  --format FORMAT  text, json, sarif (2.1.0), markdown (what a pull request's job summary says)
                   or github (workflow commands, which the runner shows on the lines)
                   (default: text)
  --output FILE    write there instead of to standard output
  --fail-on LEVEL  error, warning, notice or never (default: the configuration's, or error)
  --now ISO8601    the time to judge by (default: the clock)
  --all            also show and count what was there before the change
  --verbose        also tell on standard error what was read, what belongs together and why
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
const FORMATS = [
	"text",
	"json",
	"sarif",
	"markdown",
	"github"
];
/** Runs `check`; resolves to the exit status, throws `Unusable` for what cannot be judged at all. `forEyes`: lines are quoted and underlined. */
async function runCheck(argv, forEyes = process.stdout.isTTY) {
	const settings = readSettings(argv);
	if (settings === void 0) return process.stdout.write(help), 0;
	let [loaded, result, timings] = await judge(settings);
	if (settings.fix) {
		const began = performance.now();
		if (await fix(loaded, result, settings)) [loaded, result, timings] = await judge(settings);
		timings = {
			...timings,
			fix: performance.now() - began
		};
	}
	const threshold = thresholdOf(settings.failOn, loaded.config, settings.all);
	if (loaded.snapshot.configs?.base?.problems.length) process.stderr.write(`mta-sts-guard: ${CONFIG_PATH} of the base does not validate, so the defaults apply.\n`);
	if (settings.verbose) process.stderr.write(diary({
		...loaded,
		config: configNamed(loaded, settings),
		review: result,
		timings
	}));
	await print(result, loaded, settings, threshold, forEyes);
	return exitStatus(result, threshold);
}
async function judge(settings) {
	const began = performance.now();
	const loaded = await load(settings);
	const read = performance.now();
	return [
		loaded,
		review(loaded.snapshot, loaded.config),
		{
			load: read - began,
			judge: performance.now() - read
		}
	];
}
/** Which configuration applies. */
function configNamed({ snapshot: { configs }, base }, { config }) {
	if (config !== void 0) return {
		name: config,
		isValid: true
	};
	const side = base === null ? "head" : "base";
	return configs?.[side] && {
		name: `${".github/mta-sts-guard.yml"} of ${side}`,
		isValid: configs[side].problems.length === 0
	};
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
		config: values.config,
		failOn: values["fail-on"] === void 0 ? void 0 : oneOf("--fail-on", values["fail-on"], FAIL_ON, "error"),
		now,
		all: values.all ?? false,
		verbose: values.verbose ?? false,
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
		config: string,
		format: string,
		output: string,
		"fail-on": string,
		now: string,
		all: flag,
		verbose: flag,
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
async function load({ repo, base, head, now, config }) {
	const repository = await openRepository(resolve(repo));
	if (!repository) {
		if (base !== void 0 || head !== void 0) throw new Unusable(`${repo} is not inside a git repository, so there is nothing to compare: run it in a clone, or leave out --base and --head.`);
		const files = openDirectory(resolve(repo));
		const found = await configFor(files, {
			base: void 0,
			head: "worktree"
		}, config);
		return {
			snapshot: withConfig(await loadState(files, "worktree", now, now, found.config), found),
			config: found.config,
			root: files.root,
			base: null,
			head: "worktree"
		};
	}
	const { root } = repository;
	const tip = head === void 0 ? void 0 : await repository.resolve(head);
	const at = tip?.id ?? "worktree";
	const date = tip?.date ?? now;
	const fork = base === void 0 ? void 0 : await forkPoint(repository, base, tip);
	const found = await configFor(repository, {
		base: fork?.id,
		head: at
	}, config);
	const snapshot = fork ? await loadChange(repository, fork, at, now, date, found.config) : await loadState(repository, at, now, date, found.config);
	return {
		snapshot: withConfig(snapshot, found),
		config: found.config,
		root,
		base: fork?.id ?? null,
		head: at
	};
}
/** The repository's configuration, or the file that was named in its place. */
async function configFor(files, revisions, named) {
	if (named === void 0) return loadConfig(files, revisions, RULES);
	return {
		config: await loadConfigFile(named, RULES),
		files: {
			base: void 0,
			head: void 0
		},
		mistaken: []
	};
}
/** The merge base; a working tree stands on HEAD. */
async function forkPoint(repository, base, tip) {
	return repository.mergeBase(base, tip?.id ?? "HEAD");
}
async function fix({ snapshot, config, root }, judged, { all }) {
	const [{ mend }, { writeFixes }] = await Promise.all([import("./mend.js"), import("./writeFixes.js")]);
	const mended = mend(snapshot, judged, config, (finding) => counts(finding, all));
	if (mended.fixes === 0) return false;
	const paths = writeFixes(root, snapshot, mended.snapshot);
	process.stderr.write(`${plural(mended.fixes, "fix")} applied to ${paths.map(logSafe).join(", ")}\n`);
	return true;
}
async function print(result, loaded, { format, output }, threshold, forEyes) {
	const { all } = threshold;
	const rendered = format === "text" ? forEyes && output === void 0 ? terminal(result, {
		all,
		color: process.stdout.isTTY && !process.env["NO_COLOR"],
		width: process.stdout.columns || 80,
		source: (span) => sourceAt(loaded.snapshot, span)
	}) : text(result, { all }) : await rendering(format, result, loaded, threshold);
	if (output === void 0) process.stdout.write(rendered);
	else writeOutput(output, rendered);
}
/** The formats for machines and pages. */
async function rendering(format, result, { snapshot, base, head }, threshold) {
	const conclusion = conclude(result.findings, threshold);
	if (format === "json") return json(result, {
		base,
		head
	}, conclusion);
	if (format === "sarif") {
		const [{ sarif }, { PAGES }] = await Promise.all([import("./sarif2.js"), import("./pages.js")]);
		return sarif(result, {
			rules: RULES,
			pages: PAGES,
			conclusion,
			isChange: base !== null,
			onlyOpen: false,
			source: (place) => sourceAt(snapshot, place)
		});
	}
	if (format === "github") return `${annotations(result.findings, {
		all: threshold.all,
		rest: "the other formats"
	})}${closing(result).join("\n")}\n`;
	return reviewMarkdown(result, {
		conclusion,
		all: threshold.all,
		isChange: base !== null,
		notes: [],
		unwritten: [],
		bytes: MARKDOWN_BYTES,
		rest: void 0,
		isFull: () => true,
		offer: ({ fix }) => fix && offerByHand(fix, (path) => sourceAt(snapshot, {
			side: "head",
			path
		})),
		link: () => void 0
	});
}
/** What fits into a comment on GitHub is not asked here; a page of megabytes is read by nobody. */
const MARKDOWN_BYTES = 9e5;
function writeOutput(output, rendered) {
	try {
		writeFileSync(output, rendered);
	} catch (error) {
		throw new Unusable(`--output ${output} cannot be written: ${error.message}`);
	}
}
function exitStatus({ findings }, threshold) {
	const conclusion = conclude(findings, threshold);
	if (conclusion === "incomplete") throw new Unusable(findings.find((finding) => finding.rule === "incomplete")?.message ?? "");
	return conclusion === "failure" ? 1 : 0;
}

export { runCheck as n, help as t };