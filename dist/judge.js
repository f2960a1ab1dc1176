import { F as withConfig, M as loadState, N as loadConfig, O as review, j as loadChange } from "./engine.js";
import { Fn as CONFIG_PATH, It as quote } from "./parse.js";
import { n as RULES } from "./rules.js";
import { t as Refused } from "./refused.js";

// src/action/judge.ts
/** Reads what a task is about, and judges it; `configPath` stands in for the usual path of the configuration. */
async function judge(repository, task, configPath, now) {
	const path = configPath ?? ".github/mta-sts-guard.yml";
	const fork = task.kind === "change" ? await repository.mergeBase(task.base, task.head) : void 0;
	const head = await repository.resolve(task.head);
	const found = await loadConfig(repository, {
		base: fork?.id,
		head: head.id
	}, RULES, path);
	if (configPath !== void 0 && !found.files.base && !found.files.head) throw new Refused([`The input \`config\` names ${quote(configPath)}, and the repository has no such file: correct the path, or leave the input out.`]);
	const { config } = found;
	const loaded = fork ? await loadChange(repository, fork, head.id, now, head.date, config) : await loadState(repository, head.id, now, head.date, config);
	const snapshot = withConfig(loaded, found);
	const state = fork && await isSetUp(repository, snapshot, head.id, path) ? await judgeState(repository, fork.id, now, found) : void 0;
	return {
		snapshot,
		config,
		review: review(snapshot, config),
		base: fork?.id ?? null,
		head: head.id,
		state
	};
}
async function judgeState(repository, at, now, found) {
	const { date } = await repository.resolve(at);
	const files = {
		base: void 0,
		head: found.files.base
	};
	const snapshot = withConfig(await loadState(repository, at, now, date, found.config), {
		...found,
		files
	});
	return {
		snapshot,
		review: review(snapshot, found.config)
	};
}
/** In bytes; workflows are short. */
const LIMIT = 262144;
/** Whether a change adds or alters what sets this action up: its configuration, or a workflow that uses it. */
async function isSetUp(repository, { changed }, head, configPath) {
	if (changed.has(configPath)) return true;
	for (const path of changed) {
		if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)) continue;
		const entry = await repository.entry(head, path);
		const blob = entry?.kind === "file" ? (await repository.read([entry], () => LIMIT)).get(entry) : void 0;
		if (blob instanceof Uint8Array && USES.test(Buffer.from(blob).toString("latin1"))) return true;
	}
	return false;
}
const USES = /^[^#\n]*\buses:\s*["']?[^\s"'#]*mta-sts-guard[^\s"'#]*@/m;

export { judge };