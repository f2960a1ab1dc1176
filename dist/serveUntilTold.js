import { r as Unusable } from "./zoneFile.js";
import { n as openLog } from "./log.js";
import { Et as logSafe, Fn as sourceAt, Ot as moment, an as conclude, ln as outranks, on as counts, sn as thresholdOf, t as mendedFiles } from "./parse.js";
import { n as keyOf, t as pauseAfter } from "./queue.js";
import { E as reviewMarkdown, I as addRetries, M as offerByHand, P as prose, a as judge, b as linksTo, i as openGithub, n as checkTitle, t as checkAnnotations } from "./engine.js";
import { c as string, i as array, o as int, s as object } from "./config.js";
import { n as changedFiles, t as publish } from "./publish.js";
import { t as mend } from "./mend2.js";
import { d as plural } from "./sarif.js";
import { a as jobsOf, i as Malformed, n as openFront, r as EVENTS, t as WEBHOOK_PATH } from "./front.js";
import { once } from "node:events";
import { createHash } from "node:crypto";
import { ProbotOctokit, createProbot } from "probot";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

// src/serve/memoryQueue.ts
/** The longest time a timer of Node can wait, milliseconds. */
const LONGEST = 2 ** 31 - 1;
/** A queue in this process. What it holds ends with the process; the sweeper finds it again. */
var MemoryQueue = class {
	#options;
	/** By installation, then by key; the installation that was served last stands last. */
	#waiting = /* @__PURE__ */ new Map();
	/** Jobs between two tries, by key. */
	#retries = /* @__PURE__ */ new Map();
	#dates = /* @__PURE__ */ new Map();
	#active = /* @__PURE__ */ new Map();
	#run;
	#stopped = false;
	#retried = 0;
	#dropped = 0;
	#whenIdle;
	constructor(options) {
		this.#options = options;
	}
	async add(job, at) {
		if (this.#stopped) throw new Error("the queue takes nothing more: this process is being stopped");
		this.#take(job, at);
	}
	async start(run) {
		this.#run = run;
		this.#next();
	}
	async stop(grace) {
		this.#stopped = true;
		for (const timer of [...this.#dates.values(), ...this.#retries.values()]) clearTimeout(timer);
		if (this.#active.size === 0) return;
		await new Promise((resolve) => {
			const timer = setTimeout(resolve, grace);
			this.#whenIdle = () => (clearTimeout(timer), resolve());
		});
		for (const { abort } of this.#active.values()) abort.abort();
	}
	async state() {
		const waiting = [...this.#waiting.values()].flatMap((jobs) => [...jobs.values()]);
		const oldest = waiting.reduce((least, { since }) => Math.min(least, since), Date.now());
		return {
			waiting: waiting.length,
			active: this.#active.size,
			delayed: this.#dates.size + this.#retries.size,
			oldestSeconds: Math.max(0, Date.now() - oldest) / 1e3,
			retried: this.#retried,
			dropped: this.#dropped
		};
	}
	isReady() {
		return !this.#stopped;
	}
	#take(job, at) {
		const key = keyOf(job);
		if (at === void 0 || at.getTime() <= Date.now()) {
			if (!this.#retries.has(key)) this.#wait({
				job,
				key,
				since: Date.now(),
				tries: 0
			});
			return;
		}
		clearTimeout(this.#dates.get(key));
		const timer = setTimeout(() => {
			this.#dates.delete(key);
			this.#take(job, at);
		}, Math.min(at.getTime() - Date.now(), LONGEST));
		this.#dates.set(key, timer);
	}
	#wait(waiting) {
		const { installation } = waiting.job;
		const jobs = this.#waiting.get(installation) ?? /* @__PURE__ */ new Map();
		this.#waiting.set(installation, jobs);
		if (!jobs.has(waiting.key)) jobs.set(waiting.key, waiting);
		this.#next();
	}
	#next() {
		while (this.#run && !this.#stopped && this.#active.size < (this.#options.concurrency ?? 10)) {
			const next = this.#pick();
			if (!next) return;
			this.#do(next, this.#run);
		}
	}
	/** The next that may be done: the installations take turns. */
	#pick() {
		for (const [installation, jobs] of this.#waiting) {
			if ([...this.#active.values()].filter((active) => active.installation === installation).length >= 2) continue;
			const next = this.#idle(jobs);
			if (!next) continue;
			jobs.delete(next.key);
			this.#waiting.delete(installation);
			if (jobs.size > 0) this.#waiting.set(installation, jobs);
			return next;
		}
	}
	#idle(jobs) {
		for (const waiting of jobs.values()) if (!this.#active.has(waiting.key)) return waiting;
	}
	async #do(waiting, run) {
		const { job, key } = waiting;
		const tries = waiting.tries + 1;
		const abort = new AbortController();
		this.#active.set(key, {
			installation: job.installation,
			abort
		});
		try {
			const { again } = await run(job, {
				last: tries >= 6,
				signal: abort.signal
			});
			if (again && !this.#stopped) this.#take(job, again);
		} catch (error) {
			this.#failed({
				...waiting,
				tries
			}, error);
		} finally {
			this.#active.delete(key);
			if (this.#active.size === 0) this.#whenIdle?.();
			this.#next();
		}
	}
	#failed(waiting, error) {
		const { key, tries } = waiting;
		const what = logSafe(`${key}: try ${tries} of ${6} failed: ${String(error)}`);
		if (tries >= 6) {
			this.#dropped++;
			this.#options.log(`${what}; given up`);
			return;
		}
		if (this.#stopped || this.#waiting.get(waiting.job.installation)?.has(key)) return;
		this.#retried++;
		const pause = (this.#options.pause ?? pauseAfter)(tries);
		this.#options.log(`${what}; tried again in ${Math.round(pause / 1e3)} s`);
		const timer = setTimeout(() => {
			this.#retries.delete(key);
			this.#wait(waiting);
		}, pause);
		this.#retries.set(key, timer);
	}
};

// src/serve/openQueue.ts
/** The queue on that Redis (`redis://`, `rediss://`), or without one the queue in this process. */
async function openQueue(redis, options) {
	if (redis === void 0) return new MemoryQueue(options);
	const { RedisQueue } = await import("./redisQueue.js");
	return RedisQueue.open(redis, options);
}

// src/serve/hasRole.ts
const PERMISSION = object({
	permission: string(),
	role_name: string().optional()
});
/** From the least on; what GitHub calls any other, a custom role among them, goes by the permission that it rests on. */
const ROLES = [
	"none",
	"read",
	"triage",
	"write",
	"maintain",
	"admin"
];
/** Whether somebody has at least a role on the repository, as GitHub says now. */
async function hasRole(client, { owner, repo }, login, least) {
	const { data } = await client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
		owner,
		repo,
		username: login
	});
	const { permission, role_name: role = permission } = PERMISSION.parse(data);
	return ROLES.indexOf(ROLES.includes(role) ? role : permission) >= ROLES.indexOf(least);
}

// src/publish/checkRun.ts
/** The name of our check: what a branch rule requires. */
const CHECK_NAME = "mta-sts-guard";
/** So many annotations GitHub takes in one request; further requests add to them. */
const BATCH$1 = 50;
/** The check runs of ours on a commit, newest first. */
async function ownChecks(client, place) {
	const { owner, repo, headSha: ref, appId: app_id } = place;
	const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
		owner,
		repo,
		ref,
		app_id,
		check_name: CHECK_NAME,
		filter: "all",
		per_page: 100
	});
	return data.check_runs.flatMap((raw) => checkOf(raw, place.appId) ?? []).toSorted((a, b) => b.id - a.id);
}
/** One check run; undefined where it is not ours or not there any more. */
async function ownCheck(client, place, id) {
	const { owner, repo } = place;
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", {
			owner,
			repo,
			check_run_id: id
		});
		return checkOf(data, place.appId);
	} catch (error) {
		if (error.status === 404) return void 0;
		throw error;
	}
}
function checkOf({ id, head_sha, status, external_id, name, app }, ours) {
	if (name !== "mta-sts-guard" || app?.id !== ours) return void 0;
	return {
		id,
		headSha: head_sha,
		status,
		externalId: external_id ?? ""
	};
}
/** Makes a check run that waits, and answers with its id. */
async function queueCheck(client, place, externalId) {
	const { owner, repo, headSha: head_sha } = place;
	const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
		owner,
		repo,
		name: CHECK_NAME,
		head_sha,
		status: "queued",
		external_id: externalId
	});
	return data.id;
}
/** Says that a check run is being worked on; what it said before goes. */
async function beginCheck(client, place, id, startedAt) {
	const { owner, repo } = place;
	await client.request(UPDATE, {
		owner,
		repo,
		check_run_id: id,
		status: "in_progress",
		started_at: startedAt.toISOString()
	});
}
/** Ends a check run; more than 50 annotations go ahead in requests of their own, so that it is whole once it ends. */
async function endCheck(client, place, id, result) {
	const { owner, repo } = place;
	const { title, summary, text, annotations, conclusion, externalId, buttons } = result;
	const at = {
		owner,
		repo,
		check_run_id: id
	};
	const batches = Array.from({ length: Math.max(1, Math.ceil(annotations.length / BATCH$1)) }, (_, index) => annotations.slice(index * BATCH$1, (index + 1) * BATCH$1));
	for (const [index, batch] of batches.entries()) {
		const output = {
			title,
			summary,
			...text === "" ? {} : { text },
			annotations: batch
		};
		const isLast = index === batches.length - 1;
		await client.request(UPDATE, {
			...at,
			output,
			...isLast ? {
				status: "completed",
				conclusion,
				external_id: externalId,
				actions: buttons
			} : {}
		});
	}
}
const UPDATE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";

// src/serve/checkId.ts
/** `pull 12 3f2a… accepted nora 2026-06-01T12:00:00.000Z`, `pull 12 3f2a… again 2026-06-03T12:00:00.000Z`, `merge-group <sha>`. */
function checkIdText(id) {
	if (id.kind === "merge-group") return `merge-group ${id.base}`;
	const accepted = id.accepted ? ` accepted ${id.accepted.by} ${id.accepted.at.toISOString()}` : "";
	const again = id.again ? ` again ${id.again.toISOString()}` : "";
	return `pull ${id.number} ${id.found === "" ? "-" : id.found}${accepted}${again}`;
}
const PULL$1 = /^pull (\d{1,15}) (-|[0-9a-f]{64})(?: accepted ([\w[\]-]{1,100}) (\S{1,30}))?(?: again (\S{1,30}))?$/;
const MERGE_GROUP = /^merge-group ([0-9a-f]{40,64})$/;
/** Reads what `checkIdText` wrote; undefined for anything else. */
function readCheckId(text) {
	const [, base] = MERGE_GROUP.exec(text) ?? [];
	if (base !== void 0) return {
		kind: "merge-group",
		base
	};
	const [, number, found = "", by, acceptedAt, againAt] = PULL$1.exec(text) ?? [];
	if (number === void 0) return void 0;
	const [at, again] = [momentOf(acceptedAt), momentOf(againAt)];
	return {
		kind: "pull",
		number: Number(number),
		found: found === "-" ? "" : found,
		...by !== void 0 && at ? { accepted: {
			by,
			at
		} } : {},
		...again ? { again } : {}
	};
}
function momentOf(text) {
	const moment = new Date(text ?? "");
	return Number.isNaN(moment.getTime()) ? void 0 : moment;
}

// src/serve/judgeHead.ts
/** Asks for another look at all that our checks on a commit are about. */
async function judgeHead(world, queue, job) {
	const { installation, owner, repo, head } = job;
	const client = await world.client(installation);
	const jobs = (await ownChecks(client, {
		owner,
		repo,
		headSha: head,
		appId: world.appId
	})).flatMap(({ externalId }) => {
		const about = readCheckId(externalId);
		if (about?.kind === "pull") return [{
			kind: "pull",
			installation,
			owner,
			repo,
			number: about.number
		}];
		return about ? [{
			kind: "merge-group",
			installation,
			owner,
			repo,
			base: about.base,
			head
		}] : [];
	});
	for (const each of new Map(jobs.map((one) => [keyOf(one), one])).values()) await queue.add(each);
	return {};
}

// src/serve/buttons.ts
/** The buttons below our check, by their identifiers. */
const BUTTONS = {
	recheck: {
		identifier: "recheck",
		label: "Re-check",
		description: "Judge this commit once more"
	},
	accept: {
		identifier: "accept-risk",
		label: "Accept risk",
		description: "Let this commit pass as it is"
	},
	fix: {
		identifier: "apply-fixes",
		label: "Apply fixes",
		description: "Commit the fixes to the branch"
	}
};
/** Which buttons a judged pull request gets; `isOwnBranch`: its branch is one of this repository. */
function buttonsFor({ review, config }, conclusion, isOwnBranch) {
	const { acceptRisk, applyFixes } = config.bot;
	const isMendable = review.findings.some((finding) => counts(finding, false) && finding.fix);
	return [
		BUTTONS.recheck,
		...conclusion === "failure" && acceptRisk !== "never" ? [BUTTONS.accept] : [],
		...applyFixes && isOwnBranch && isMendable ? [BUTTONS.fix] : []
	];
}

// src/serve/countFindings.ts
/** Counts what a judgement found anew, by rule. */
function countFindings({ metrics }, { findings }) {
	for (const { status, rule } of findings) if (status === "new") metrics.findings.inc({ rule });
}

// src/serve/checkText.ts
/** GitHub takes 65,535 bytes. */
const BYTES = 6e4;
/** What a check says of a judgement; `notes` are sentences that stand first. */
function judgedCheck({ review, snapshot, base, head }, { conclusion, threshold, accepted }, notes, repositoryUrl) {
	const summary = reviewMarkdown(review, {
		conclusion,
		all: threshold.all,
		isChange: base !== null,
		bytes: BYTES,
		rest: void 0,
		notes: [...accepted ? [acceptedLine(accepted)] : [], ...notes],
		unwritten: [],
		isFull: () => true,
		offer: ({ fix }) => fix && offerByHand(fix, (path) => sourceAt(snapshot, {
			side: "head",
			path
		})),
		link: linksTo(repositoryUrl, {
			base,
			head
		})
	});
	const title = checkTitle(review, conclusion);
	return {
		conclusion: conclusion === "success" || accepted ? "success" : "failure",
		title: accepted ? `Risk accepted by ${accepted.by}: ${title}` : title,
		summary,
		text: "",
		annotations: checkAnnotations(review.findings)
	};
}
/** Who let a failing change pass. */
function acceptedLine({ by, at }) {
	return `\`${by}\` accepted this risk at ${moment(at)}, for this commit and for what was found in it; the next push asks again.`;
}
/** What a check says that could not be done. */
function failedCheck(reason) {
	return {
		conclusion: "failure",
		title: "Could not be judged",
		summary: `${prose(reason)}\n\nNothing is known about this change, so it is not green. It is tried again by itself; **Re-check** tries it now.`,
		text: "",
		annotations: []
	};
}

// src/serve/reasonOf.ts
/** What went wrong, for those who read the check: our own sentence, else only that it is ours to repair; never a stack. */
function reasonOf(error) {
	if (error instanceof Error && error.name === "Unusable") return error.message;
	const { status } = error;
	return typeof status === "number" ? `GitHub answered ${status} to a request of the bot.` : "This is a fault of mta-sts-guard itself; the bot's log has more.";
}

// src/serve/judgeMergeGroup.ts
/** Judges what a merge queue would put on the branch, and says so in a check run; a queue has no page for comments. */
async function judgeMergeGroup(world, job) {
	const { owner, repo, base, head } = job;
	const client = await world.client(job.installation);
	const place = {
		owner,
		repo,
		headSha: head,
		appId: world.appId
	};
	const externalId = checkIdText({
		kind: "merge-group",
		base
	});
	const id = await queueCheck(client, place, externalId);
	await beginCheck(client, place, id, world.now());
	try {
		const judged = await judge(openGithub(client, {
			owner,
			repo
		}), {
			kind: "change",
			base,
			head
		}, void 0, world.now());
		const threshold = thresholdOf(void 0, judged.config);
		const conclusion = conclude(judged.review.findings, threshold);
		const text = judgedCheck(judged, {
			conclusion,
			threshold,
			accepted: void 0
		}, [], `${world.serverUrl}/${owner}/${repo}`);
		countFindings(world, judged.review);
		await endCheck(client, place, id, {
			...text,
			externalId,
			buttons: [BUTTONS.recheck]
		});
	} catch (error) {
		await endCheck(client, place, id, {
			...failedCheck(reasonOf(error)),
			externalId,
			buttons: [BUTTONS.recheck]
		});
		throw error;
	}
}

// src/serve/publishPull.ts
/** As many line comments as the Action writes by default. */
const MOST_COMMENTS = 25;
/** Brings the comments on a pull request in line with its judgement; what could not be written and why, a sentence each. */
async function publishPull(world, client, { owner, repo, number }, pull, { review, snapshot }, { conclusion, accepted }) {
	const id = {
		owner,
		repo,
		number
	};
	const { unwritten } = await publish(client, {
		pull: {
			...id,
			headSha: pull.headSha,
			headBranch: pull.headBranch,
			headRepository: pull.headRepository,
			mayPush: pull.headRepository === `${owner}/${repo}`,
			files: await changedFiles(client, id)
		},
		review,
		conclusion,
		text: (path) => sourceAt(snapshot, {
			side: "head",
			path
		}),
		comment: "changes",
		inlineComments: MOST_COMMENTS,
		serverUrl: world.serverUrl,
		readOnly: void 0,
		dryRun: false,
		notes: accepted ? [acceptedLine(accepted)] : [],
		rest: "in the check",
		run: "bot"
	});
	if (unwritten.length > 0) world.metrics.degradedWrites.inc({ kind: "comments" });
	return unwritten;
}

// src/serve/readPull.ts
const side = object({
	sha: string(),
	ref: string(),
	repo: object({ full_name: string() }).nullable()
});
const PULL = object({
	number: int(),
	state: string(),
	base: side,
	head: side
});
/** Asks for a pull request; undefined where there is none. */
async function readPull(client, { owner, repo }, number) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", {
			owner,
			repo,
			pull_number: number
		});
		const { state, base, head } = PULL.parse(data);
		return {
			number,
			isOpen: state === "open",
			baseSha: base.sha,
			baseBranch: base.ref,
			headSha: head.sha,
			headBranch: head.ref,
			headRepository: head.repo?.full_name
		};
	} catch (error) {
		if (error.status === 404) return void 0;
		throw error;
	}
}

// src/serve/judgePull.ts
/**
* Judges the head of a pull request and says so in a check run and in comments; done again at the moment when it turns green by
* itself. Throws what could not be done, after the check says that nothing was judged.
*/
async function judgePull(world, job, signal, { accepting, notes = [] } = {}) {
	const { owner, repo, number } = job;
	const client = await world.client(job.installation);
	const pull = await readPull(client, job, number);
	if (!pull?.isOpen) return {};
	const place = {
		owner,
		repo,
		headSha: pull.headSha,
		appId: world.appId
	};
	const earlier = (await ownChecks(client, place)).flatMap((check) => {
		const about = readCheckId(check.externalId);
		return about?.kind === "pull" && about.number === number ? [{
			...check,
			about
		}] : [];
	});
	const [last] = earlier;
	const id = last && last.status !== "completed" ? last.id : await queueCheck(client, place, checkIdText({
		kind: "pull",
		number,
		found: ""
	}));
	await beginCheck(client, place, id, world.now());
	const before = acceptanceIn(earlier.find(({ status }) => status === "completed")?.about);
	try {
		const repository = openGithub(client, {
			owner,
			repo,
			branch: pull.baseBranch
		});
		const task = {
			kind: "change",
			base: pull.baseSha,
			head: pull.headSha
		};
		const judged = await judge(repository, task, void 0, world.now());
		const refusal = accepting && await refusalOf(client, job, accepting, judged);
		const verdict = verdictOf(judged, refusal === void 0 ? accepting ?? before : before);
		const isOther = accepting && refusal === void 0 && !verdict.accepted;
		signal.throwIfAborted();
		const told = [
			...notes,
			...refusal === void 0 ? [] : [refusal],
			...isOther ? [OTHER] : []
		];
		const published = await publishPull(world, client, job, pull, judged, verdict);
		const again = verdict.accepted ? void 0 : greenAt(judged, verdict.threshold);
		countFindings(world, judged.review);
		await endCheck(client, place, id, {
			...judgedCheck(judged, verdict, [...told, ...published], `${world.serverUrl}/${owner}/${repo}`),
			externalId: checkIdText({
				kind: "pull",
				number,
				found: verdict.found,
				accepted: verdict.accepted,
				again
			}),
			buttons: buttonsFor(judged, verdict.conclusion, pull.headRepository === `${owner}/${repo}`)
		});
		return { again };
	} catch (error) {
		signal.throwIfAborted();
		await endCheck(client, place, id, {
			...failedCheck(reasonOf(error)),
			externalId: checkIdText({
				kind: "pull",
				number,
				found: before?.found ?? "",
				accepted: before
			}),
			buttons: [BUTTONS.recheck]
		});
		throw error;
	}
}
const OTHER = "What was found is not what was accepted: look at it again.";
/** An acceptance counts for what was seen, and never for what nobody could judge. */
function verdictOf({ review, config }, standing) {
	const threshold = thresholdOf(void 0, config);
	const conclusion = conclude(review.findings, threshold);
	const found = conclusion === "failure" ? hashOf(failing(review.findings, threshold)) : "";
	return {
		conclusion,
		threshold,
		found,
		accepted: standing !== void 0 && found !== "" && standing.found === found ? {
			by: standing.by,
			at: standing.at
		} : void 0
	};
}
/** Why an acceptance does not count; undefined if it does. */
async function refusalOf(client, job, { by }, { config }) {
	const { acceptRisk } = config.bot;
	if (acceptRisk === "never") return "The configuration of the base lets nobody accept a risk (`bot: accept-risk`).";
	if (await hasRole(client, job, by, acceptRisk)) return void 0;
	return `\`${by}\` may not accept a risk here: it takes the role \`${acceptRisk}\` on this repository.`;
}
function acceptanceIn(about) {
	return about?.accepted && {
		...about.accepted,
		found: about.found
	};
}
function failing(findings, { failOn, all }) {
	return findings.filter((finding) => counts(finding, all) && failOn !== "never" && !outranks(failOn, finding.severity));
}
function hashOf(findings) {
	const prints = findings.map(({ fingerprint, severity }) => `${fingerprint} ${severity}`).toSorted();
	return createHash("sha256").update(prints.join("\n")).digest("hex");
}
/** When everything that fails has ceased to be a fault by itself; undefined where something does not. */
function greenAt({ review }, threshold) {
	const red = failing(review.findings, threshold);
	const moments = red.flatMap(({ until }) => until?.getTime() ?? []);
	return red.length > 0 && moments.length === red.length ? new Date(Math.max(...moments)) : void 0;
}

// src/serve/applyFixes.ts
/**
* Commits the fixes of what a pull request brings to its branch, as one commit that names who asked for it; what came of it, in
* one sentence. Nothing is written if the branch moved meanwhile, lies in a fork, or the one who asked may not write.
*/
async function applyFixes(world, client, job, pull) {
	const { owner, repo } = job;
	if (pull.headRepository !== `${owner}/${repo}`) return "The branch lies in a fork, where the bot may not write: apply the suggestions there.";
	const repository = openGithub(client, {
		owner,
		repo,
		branch: pull.baseBranch
	});
	const task = {
		kind: "change",
		base: pull.baseSha,
		head: pull.headSha
	};
	const { snapshot, review, config } = await judge(repository, task, void 0, world.now());
	if (!config.bot.applyFixes) return "The configuration of the base does not let the bot apply fixes: `bot: { apply-fixes: true }` does.";
	if (!await hasRole(client, job, job.by, "write")) return `\`${job.by}\` may not write to this repository, so no fix was applied.`;
	const mended = mend(snapshot, review, config, (finding) => counts(finding, false));
	const files = mendedFiles(snapshot, mended.snapshot);
	if (files.length === 0) return "There is nothing left that can be fixed by the bot.";
	const commit = await commitOf(world, client, job, pull, files, mended.fixes);
	try {
		await client.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
			owner,
			repo,
			ref: `heads/${pull.headBranch}`,
			sha: commit,
			force: false
		});
	} catch (error) {
		if (error.status !== 422) throw error;
		return "The branch moved while the fixes were made, so they were not applied.";
	}
	return `${plural(mended.fixes, "fix")} committed for \`${job.by}\`.`;
}
const SHA = object({ sha: string() });
const COMMIT = object({ tree: SHA });
const TREE = object({ tree: array(object({
	path: string(),
	mode: string()
})) });
async function commitOf(world, client, { owner, repo, by, byId }, { headSha }, files, fixes) {
	const at = {
		owner,
		repo
	};
	const asked = async (route, parameters) => (await client.request(route, {
		...at,
		...parameters
	})).data;
	const git = "/repos/{owner}/{repo}/git";
	const { tree: base } = COMMIT.parse(await asked(`GET ${git}/commits/{commit_sha}`, { commit_sha: headSha }));
	const listed = TREE.parse(await asked(`GET ${git}/trees/{tree_sha}`, {
		tree_sha: base.sha,
		recursive: "1"
	}));
	const modes = new Map(listed.tree.map(({ path, mode }) => [path, mode]));
	const entries = [];
	for (const { path, after } of files) {
		const content = Buffer.from(after).toString("base64");
		const blob = SHA.parse(await asked(`POST ${git}/blobs`, {
			content,
			encoding: "base64"
		}));
		entries.push({
			path,
			mode: modes.get(path) ?? "100644",
			type: "blob",
			sha: blob.sha
		});
	}
	const tree = SHA.parse(await asked(`POST ${git}/trees`, {
		base_tree: base.sha,
		tree: entries
	}));
	const host = new URL(world.serverUrl).host;
	const message = `Apply ${plural(fixes, "fix")} of mta-sts-guard\n\nCo-authored-by: ${by} <${byId}+${by}@users.noreply.${host}>\n`;
	const commit = await asked(`POST ${git}/commits`, {
		message,
		tree: tree.sha,
		parents: [headSha]
	});
	return SHA.parse(commit).sha;
}

// src/serve/press.ts
/** Does what a button of one of our checks asks for; a button of another app, of an old head or of no name does nothing. */
async function press(world, job, signal) {
	const { installation, owner, repo, button, by } = job;
	const client = await world.client(installation);
	const check = await ownCheck(client, {
		owner,
		repo,
		appId: world.appId
	}, job.checkRun);
	const about = check && readCheckId(check.externalId);
	if (!about) return refused("it is no check of ours");
	const target = {
		installation,
		owner,
		repo
	};
	if (about.kind === "merge-group") {
		if (button !== BUTTONS.recheck.identifier) return refused("a merge group has no such button");
		await judgeMergeGroup(world, {
			kind: "merge-group",
			...target,
			base: about.base,
			head: check.headSha
		});
		return {};
	}
	const pull = await readPull(client, job, about.number);
	if (!pull?.isOpen) return refused("the pull request is closed");
	if (pull.headSha !== check.headSha) return refused("the check is of an older head");
	const pullJob = {
		kind: "pull",
		...target,
		number: about.number
	};
	switch (button) {
		case BUTTONS.recheck.identifier: return judgePull(world, pullJob, signal);
		case BUTTONS.accept.identifier: return judgePull(world, pullJob, signal, { accepting: {
			by,
			at: world.now(),
			found: about.found
		} });
		case BUTTONS.fix.identifier: {
			const outcome = await applyFixes(world, client, job, pull);
			return judgePull(world, pullJob, signal, { notes: [outcome] });
		}
		default: return refused("we have no such button");
	}
	function refused(why) {
		world.log.warn({
			owner,
			repo,
			by,
			check: job.checkRun
		}, `A button does nothing: ${why}.`);
		return {};
	}
}

// src/serve/sweep.ts
/** Repositories are asked so many at a time. */
const BATCH = 10;
const QUERY = `query ($ids: [ID!]!, $app: Int!, $after: String) { nodes(ids: $ids) { ... on Repository {
  id name owner { login }
  pullRequests(states: OPEN, first: 50, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { number commits(last: 1) { nodes { commit {
      checkSuites(first: 10, filterBy: { appId: $app }) { nodes {
        checkRuns(last: 20, filterBy: { checkName: "${CHECK_NAME}" }) { nodes { status startedAt externalId } } } }
    } } } }
  }
} } }`;
/** A check that is not done after so long belongs to nobody any more, in ms. */
const STALE = 36e5;
/**
* Finds the open pull requests of an installation whose head has no finished check of ours - webhooks get lost, and so do
* processes - and those that turn green by themselves.
*/
async function sweep(world, { installation }) {
	const client = await world.client(installation);
	const ids = await repositoryIds(client);
	const missed = [];
	for (let from = 0; from < ids.length; from += BATCH) {
		const open = [...await nodesOf(client, QUERY, {
			ids: ids.slice(from, from + BATCH),
			app: world.appId
		})];
		for (let repository = open.shift(); repository; repository = open.shift()) {
			const { id, name, owner, pullRequests } = repository;
			for (const pull of pullRequests.nodes) {
				const at = whenToJudge(pull, world.now());
				if (at) missed.push({
					job: {
						kind: "pull",
						installation,
						owner: owner.login,
						repo: name,
						number: pull.number
					},
					at
				});
			}
			const { hasNextPage, endCursor: after } = pullRequests.pageInfo;
			if (hasNextPage) open.push(...await nodesOf(client, QUERY, {
				ids: [id],
				app: world.appId,
				after
			}));
		}
	}
	return missed;
}
async function nodesOf(client, query, variables) {
	const { nodes } = await client.graphql(query, variables);
	return nodes.filter((node) => node !== null);
}
async function repositoryIds(client) {
	const ids = [];
	for (let page = 1;; page++) {
		const { data } = await client.request("GET /installation/repositories", {
			per_page: 100,
			page
		});
		const { repositories } = data;
		ids.push(...repositories.filter(({ archived }) => !archived).map(({ node_id }) => node_id));
		if (repositories.length < 100) return ids;
	}
}
/** When a pull request's head wants to be judged (again); undefined: it was, and stays so. */
function whenToJudge({ number, commits }, now) {
	const [last] = (commits.nodes[0]?.commit.checkSuites?.nodes ?? []).flatMap(({ checkRuns }) => checkRuns?.nodes ?? []).flatMap(({ status, startedAt, externalId }) => {
		const about = readCheckId(externalId ?? "");
		return about?.kind === "pull" && about.number === number ? [{
			status,
			startedAt,
			about
		}] : [];
	}).toSorted((a, b) => (b.startedAt ?? "").localeCompare(a.startedAt ?? ""));
	if (!last) return now;
	if (last.status === "COMPLETED") return last.about.again;
	return now.getTime() - new Date(last.startedAt ?? 0).getTime() > STALE ? now : void 0;
}

// src/serve/doJob.ts
/** Does one job, or puts it off until the installation has requests to spend again; `signal`: once somebody else may do it. */
async function doJob(world, queue, job, signal) {
	const pause = world.pausedUntil(job.installation);
	if (pause) return { again: pause };
	switch (job.kind) {
		case "pull": return judgePull(world, job, signal);
		case "merge-group":
			await judgeMergeGroup(world, job);
			return {};
		case "press": return press(world, job, signal);
		case "head": return judgeHead(world, queue, job);
		case "recheck": return recheck(world, job, signal);
		case "sweep": for (const { job: missed, at } of await sweep(world, job)) await queue.add(missed, at);
	}
	return {};
}
/** For those who may write: a stranger's comment would spend the installation's requests. */
async function recheck(world, job, signal) {
	const { installation, owner, repo, number, by } = job;
	const client = await world.client(installation);
	if (await hasRole(client, job, by, "write")) return judgePull(world, {
		kind: "pull",
		installation,
		owner,
		repo,
		number
	}, signal);
	world.log.info({
		owner,
		repo,
		number,
		by
	}, "A comment asks for another look, and its author may not write here.");
	return {};
}

// src/serve/installations.ts
/** Below this part of its hourly requests an installation waits, so that people's presses and writes still find some. */
const RESERVE = 1 / 5;
/** The clients of an app's installations, and whether they have something left to spend. */
function openInstallations(app, now) {
	const clients = /* @__PURE__ */ new Map();
	const budgets = /* @__PURE__ */ new Map();
	async function open(installation) {
		const client = await app.client(installation);
		client.hook.after("request", ({ headers }) => {
			const budget = budgetIn(headers);
			const own = budgets.get(installation) ?? /* @__PURE__ */ new Map();
			if (budget) budgets.set(installation, own.set(budget.resource, budget));
		});
		return client;
	}
	return {
		client(installation) {
			const known = clients.get(installation) ?? open(installation);
			clients.set(installation, known);
			known.catch(() => clients.delete(installation));
			return known;
		},
		pausedUntil(installation) {
			const spent = [...budgets.get(installation)?.values() ?? []].filter(({ limit, remaining, reset }) => reset > now() && remaining < limit * RESERVE);
			return spent.length === 0 ? void 0 : new Date(Math.max(...spent.map(({ reset }) => reset.getTime())));
		}
	};
}
function budgetIn(headers) {
	const told = (name) => Number(headers[`x-ratelimit-${name}`] ?? -1);
	const [limit, remaining, reset] = [
		told("limit"),
		told("remaining"),
		told("reset")
	];
	const resource = String(headers["x-ratelimit-resource"] ?? "core");
	return limit > 0 && remaining >= 0 && reset > 0 ? {
		resource,
		limit,
		remaining,
		reset: /* @__PURE__ */ new Date(reset * 1e3)
	} : void 0;
}

// src/serve/openWork.ts
/** What does the bot's jobs. */
function openWork({ settings, app, queue, metrics, log }) {
	const now = () => /* @__PURE__ */ new Date();
	const { appId, serverUrl } = settings;
	const world = {
		appId,
		serverUrl,
		now,
		...openInstallations(app, now),
		log,
		metrics
	};
	return (job, { signal }) => doJob(world, queue, job, signal);
}

// src/serve/app.ts
/** Opens the Probot app: the App's key to its installations, and what each event asks for; `isPaced`: a write a second. */
async function openApp(settings, queue, metrics, log, isPaced = true) {
	const { appId, privateKey, apiUrl, secrets } = settings;
	const overrides = {
		appId,
		privateKey,
		baseUrl: apiUrl,
		secret: secrets[0],
		log,
		Octokit: counted(metrics, isPaced)
	};
	const probot = createProbot({
		overrides,
		env: {}
	});
	await probot.ready();
	await probot.load((app) => listen(app, queue, appId));
	return {
		deliver: ({ id, event, payload }) => receive(probot, {
			id,
			name: event,
			payload
		}),
		client: (installation) => probot.auth(installation)
	};
}
/** What the app does with an event: one job in the queue, or some. */
function listen(app, queue, appId) {
	app.on(Object.keys(EVENTS), async ({ name, payload }) => {
		for (const job of jobsOf(name, payload, appId)) await queue.add(job);
	});
}
/** Probot tells what went wrong as one error that holds all. */
async function receive(probot, event) {
	try {
		await probot.receive(event);
	} catch (error) {
		throw (error instanceof AggregateError ? error.errors : [error]).find((one) => one instanceof Malformed) ?? error;
	}
}
/** Probot's client, each request counted, and asked again as all our clients do. */
function counted(metrics, isPaced) {
	return ProbotOctokit.plugin((octokit, options) => {
		const installation = options.auth?.installationId ?? 0;
		octokit.hook.after("request", ({ status, headers }) => {
			metrics.apiCalls.inc({ status });
			const left = Number(headers["x-ratelimit-remaining"] ?? NaN);
			const resource = headers["x-ratelimit-resource"] ?? "core";
			if (!Number.isNaN(left)) metrics.apiRemaining.set({
				installation,
				resource
			}, left);
		});
		octokit.hook.error("request", (error) => {
			metrics.apiCalls.inc({ status: "status" in error ? error.status : "failed" });
			throw error;
		});
		addRetries(octokit);
	}).defaults((options) => ({
		...options,
		retry: { enabled: false },
		throttle: {
			...options.throttle,
			enabled: isPaced,
			onRateLimit: () => false,
			onSecondaryRateLimit: () => false
		}
	}));
}

// src/serve/metrics.ts
/** Counters of one bot; depth and age of its queue are asked when somebody looks. */
function openMetrics(queue) {
	const registry = new Registry();
	const registers = [registry];
	const askQueue = openQueueGauges(queue, registers);
	openProcessGauges(registers);
	return {
		deliveries: new Counter({
			name: "mta_sts_guard_deliveries_total",
			help: "Deliveries of GitHub by event (only those that the bot knows, else `other`) and what became of them.",
			labelNames: ["event", "outcome"],
			registers
		}),
		acknowledgement: new Histogram({
			name: "mta_sts_guard_acknowledgement_seconds",
			help: "From a delivery's head to our answer.",
			buckets: [
				.005,
				.01,
				.025,
				.05,
				.1,
				.25,
				1,
				5,
				10
			],
			registers
		}),
		jobSeconds: new Histogram({
			name: "mta_sts_guard_job_seconds",
			help: "How long a job took, by kind and outcome (`done`, `failed`).",
			labelNames: ["kind", "outcome"],
			buckets: [
				.1,
				.5,
				1,
				2,
				5,
				10,
				30,
				60,
				120
			],
			registers
		}),
		apiCalls: new Counter({
			name: "mta_sts_guard_api_calls_total",
			help: "Requests to GitHub's API by status (`failed`: none came).",
			labelNames: ["status"],
			registers
		}),
		apiRemaining: new Gauge({
			name: "mta_sts_guard_api_remaining",
			help: "Requests that an installation (0: the App itself) may still make this hour, as GitHub last said.",
			labelNames: ["installation", "resource"],
			registers
		}),
		findings: new Counter({
			name: "mta_sts_guard_findings_total",
			help: "New findings by rule.",
			labelNames: ["rule"],
			registers
		}),
		degradedWrites: new Counter({
			name: "mta_sts_guard_degraded_writes_total",
			help: "What should stand at GitHub and could not be written, by kind.",
			labelNames: ["kind"],
			registers
		}),
		page: async () => {
			await askQueue();
			return {
				type: registry.contentType,
				text: await registry.metrics()
			};
		}
	};
}
/** Gauges of a queue; what it returns asks the queue and sets them. */
function openQueueGauges(queue, registers) {
	const jobs = new Gauge({
		name: "mta_sts_guard_queue_jobs",
		help: "Jobs in the queue: waiting, active, or delayed to a later moment.",
		labelNames: ["state"],
		registers
	});
	const oldest = new Gauge({
		name: "mta_sts_guard_queue_oldest_seconds",
		help: "How long the oldest job that could be done has waited.",
		registers
	});
	const again = new Counter({
		name: "mta_sts_guard_jobs_retried_total",
		help: "Tries of jobs that failed in this process and are followed by another one.",
		registers
	});
	const dropped = new Counter({
		name: "mta_sts_guard_jobs_dropped_total",
		help: "Jobs that this process gave up after their last try; the next sweep finds what they left.",
		registers
	});
	return async () => {
		const state = queue.isReady() ? await queue.state().catch(() => void 0) : void 0;
		for (const name of [
			"waiting",
			"active",
			"delayed"
		]) jobs.set({ state: name }, state?.[name] ?? NaN);
		oldest.set(state?.oldestSeconds ?? NaN);
		if (!state) return;
		for (const [counter, count] of [[again, state.retried], [dropped, state.dropped]]) {
			counter.reset();
			counter.inc(count);
		}
	};
}
function openProcessGauges(registers) {
	const memory = new Gauge({
		name: "mta_sts_guard_resident_bytes",
		help: "Memory of the process.",
		registers,
		collect: () => memory.set(process.memoryUsage.rss())
	});
}

// src/serve/sweeps.ts
const HOUR = 36e5;
/**
* Asks now, and then every hour or so, for a sweep of every installation that is not suspended. Replicas may all do it: the
* queue keeps one sweep an installation. Returns what ends it.
*/
function scheduleSweeps(app, queue, log, every = HOUR) {
	let timer;
	const sweep = async () => {
		try {
			await askForSweeps(app, queue);
		} catch (error) {
			log.warn({ err: error }, "The installations could not be asked for, so this sweep is left to the next.");
		}
		timer = setTimeout(() => void sweep(), every * (.9 + Math.random() / 5));
		timer.unref();
	};
	timer = setTimeout(() => void sweep(), 0);
	return () => clearTimeout(timer);
}
async function askForSweeps(app, queue) {
	const client = await app.client();
	for await (const { data } of client.paginate.iterator(client.rest.apps.listInstallations, { per_page: 100 })) for (const { id, suspended_at: suspended } of data) if (!suspended) await queue.add({
		kind: "sweep",
		installation: id
	});
}

// src/serve/start.ts
/** Starts a bot: app, queue and front; resolves once it listens. Throws where the port is taken. */
async function start(settings, log, queue, openWork) {
	const metrics = openMetrics(queue);
	const app = await openApp(settings, queue, metrics, log);
	let isStopping = false;
	const front = openFront({
		secrets: settings.secrets,
		metrics,
		log,
		deliver: app.deliver,
		isReady: () => !isStopping && queue.isReady()
	});
	front.listen(settings.port, settings.host);
	await once(front, "listening");
	const { port } = front.address();
	const broken = new Promise((resolve) => {
		queue.start(timed(openWork({
			settings,
			app,
			queue,
			metrics,
			log
		}), metrics)).catch(resolve);
	});
	const endSweeps = scheduleSweeps(app, queue, log);
	log.info({
		host: settings.host,
		port,
		path: WEBHOOK_PATH
	}, "The bot listens.");
	return {
		port,
		broken,
		stop: async (grace) => {
			isStopping = true;
			endSweeps();
			log.info("The bot takes nothing new, and ends what it has begun.");
			await Promise.all([close(front), queue.stop(grace)]);
			log.info("The bot ends.");
		}
	};
}
function timed(work, { jobSeconds }) {
	return async (...job) => {
		const end = jobSeconds.startTimer({ kind: job[0].kind });
		try {
			const done = await work(...job);
			end({ outcome: "done" });
			return done;
		} catch (error) {
			end({ outcome: "failed" });
			throw error;
		}
	};
}
/** Stops to listen; a request that is being answered has a second, and a connection that only waits has none. */
async function close(front) {
	const closed = new Promise((resolve) => front.close(() => resolve()));
	const timer = setTimeout(() => front.closeAllConnections(), 1e3);
	await closed;
	clearTimeout(timer);
}

// src/serve/serveUntilTold.ts
/**
* Runs a bot in this process until a signal ends it, and ends the process. The first signal lets what was begun end, for
* `grace` milliseconds; the second does not. Throws `Unusable` where the bot cannot listen.
*/
async function serveUntilTold(settings, grace) {
	const log = openLog(settings.logLevel, secretsOf(settings), (line) => void process.stdout.write(line));
	for (const event of ["uncaughtException", "unhandledRejection"]) process.on(event, (error) => {
		log.fatal({ err: error }, "The bot broke: this is a fault of mta-sts-guard itself, please report it.");
		process.exit(1);
	});
	const told = signals();
	const queue = await openQueue(settings.redisUrl, { log: (line) => log.warn(line) });
	const running = await start(settings, log, queue, openWork).catch((error) => {
		if (error.syscall !== "listen") throw error;
		throw new Unusable(`The bot cannot listen at ${settings.host}, port ${settings.port} (${error.code}): choose another HOST or PORT.`);
	});
	const reason = await Promise.race([told, running.broken]);
	if (reason !== void 0) log.fatal({ err: reason }, "The queue does no jobs any more.");
	await running.stop(grace);
	process.exit(reason === void 0 ? 0 : 1);
}
/** Resolves at the first signal; the second ends the process at once. */
async function signals() {
	await new Promise((resolve) => {
		let isTold = false;
		for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => isTold ? process.exit(1) : (isTold = true, resolve()));
	});
}
/** What no line of the log may show. */
function secretsOf({ secrets, privateKey, redisUrl }) {
	const password = redisUrl === void 0 ? "" : new URL(redisUrl).password;
	return [
		...secrets,
		privateKey,
		privateKey.replaceAll("\n", ""),
		password,
		decodeURIComponent(password)
	];
}

export { serveUntilTold };