import { r as Unusable } from "./zoneFile.js";
import { n as openLog } from "./log.js";
import { Et as logSafe, Ln as sourceAt, Ot as moment, an as outranks, ln as quote, nn as counts, rn as thresholdOf, t as mendedFiles, tn as conclude } from "./parse.js";
import { n as keyOf, t as pauseAfter } from "./queue.js";
import { B as isPassing, D as reviewMarkdown, F as prose, L as addRetries, N as offerByHand, R as waitOf, a as checkTitle, i as checkAnnotations, n as openGithub, r as judge, u as configAt, x as linksTo, z as isLimit } from "./engine.js";
import { c as string, i as int, n as array, o as object } from "./zod.js";
import { n as changedFiles, t as publish } from "./publish.js";
import { i as RULES } from "./rules.js";
import { t as mend } from "./mend2.js";
import { u as plural } from "./sarif.js";
import { a as jobsOf, i as Malformed, n as openFront, r as EVENTS, t as WEBHOOK_PATH } from "./front.js";
import { once } from "node:events";
import { createHash } from "node:crypto";
import { write, writeSync } from "node:fs";
import { ProbotOctokit, createProbot } from "probot";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

// src/queue/memoryQueue.ts
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

// src/queue/openQueue.ts
/** The queue on that Redis (`redis://`, `rediss://`), or without one the queue in this process. */
async function openQueue(redis, options) {
	if (redis === void 0) return new MemoryQueue(options);
	const { RedisQueue } = await import("./redisQueue.js");
	return RedisQueue.open(redis, options);
}

// src/work/goneBecause.ts
/** Why a job cannot be done until somebody at GitHub changes something that we hear of; undefined for any other error. */
function goneBecause(error) {
	const failure = error.cause ?? error;
	const { status, message = "", request } = failure;
	if (status === 404 && request?.url?.endsWith("/access_tokens")) return "the App is not installed there any more";
	if (status !== 403 || isLimit(failure)) return void 0;
	if (/\bsuspended\b/i.test(message)) return "the installation is suspended";
	return /\barchived\b/i.test(message) ? "the repository is archived" : void 0;
}

// src/work/hasRole.ts
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
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
			owner,
			repo,
			username: login
		});
		const { permission, role_name: role = permission } = PERMISSION.parse(data);
		return ROLES.indexOf(ROLES.includes(role) ? role : permission) >= ROLES.indexOf(least);
	} catch (error) {
		if (error.status === 404) return false;
		throw error;
	}
}

// src/publish/checkRun.ts
/** The name of our check: what a branch rule requires. */
const CHECK_NAME = "mta-sts-guard";
/** So many annotations GitHub takes in one request; further requests add to them. */
const BATCH$1 = 50;
const PAGE = 100;
/** The check runs of ours on a commit, newest first. */
async function ownChecks(client, place) {
	const { owner, repo, headSha: ref, appId: app_id } = place;
	const runs = [];
	for (let page = 1;; page++) {
		const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
			owner,
			repo,
			ref,
			app_id,
			check_name: CHECK_NAME,
			filter: "all",
			per_page: PAGE,
			page
		});
		const { check_runs: more } = data;
		runs.push(...more);
		if (more.length < PAGE) break;
	}
	return runs.flatMap((raw) => checkOf(raw, place.appId) ?? []).toSorted((a, b) => b.id - a.id);
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
function checkOf({ name, app, ...raw }, ours) {
	if (name !== "mta-sts-guard" || app?.id !== ours) return void 0;
	const { id, head_sha: headSha, status, conclusion, external_id: externalId, output } = raw;
	return {
		id,
		headSha,
		status,
		conclusion,
		externalId: externalId ?? "",
		annotations: output.annotations_count
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
/** Says something in a check run that has not ended yet. */
async function tellCheck(client, { owner, repo }, id, output) {
	await client.request(UPDATE, {
		owner,
		repo,
		check_run_id: id,
		output
	});
}
/** Gives a check run another `external_id`, and leaves it as it is. */
async function markCheck(client, { owner, repo }, id, externalId) {
	await client.request(UPDATE, {
		owner,
		repo,
		check_run_id: id,
		external_id: externalId
	});
}
/** Ends a check run; where GitHub takes an annotation for wrong, without any. Answers whether it has them all. */
async function endCheck(client, place, id, result) {
	try {
		await writeEnd(client, place, id, result);
		return true;
	} catch (error) {
		if (error.status !== 422 || result.annotations.length === 0) throw error;
		await writeEnd(client, place, id, {
			...result,
			annotations: []
		});
		return false;
	}
}
/** More than 50 annotations go ahead in requests of their own, so that the check is whole once it ends. */
async function writeEnd(client, place, id, result) {
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

// src/work/buttons.ts
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

// src/work/checkId.ts
/**
* `pull 12 3f2a… accepted nora 2026-06-01T12:00:00.000Z`, `pull 12 3f2a… again 2026-06-03T12:00:00.000Z`, `pull 12 -` (passes),
* `pull 12 ?` (not judged), `merge-group <sha> main`.
*/
function checkIdText(id) {
	if (id.kind === "merge-group") return `merge-group ${id.base}${id.branch === void 0 ? "" : ` ${id.branch}`}`;
	const accepted = id.accepted ? ` accepted ${id.accepted.by} ${id.accepted.at.toISOString()}` : "";
	const again = id.again ? ` again ${id.again.toISOString()}` : "";
	return `pull ${id.number} ${id.found === "" ? "-" : id.found ?? "?"}${accepted}${again}`;
}
const PULL$1 = /^pull (\d{1,15}) (-|\?|[0-9a-f]{64})(?: accepted ([\w.[\]-]{1,100}) (\S{1,30}))?(?: again (\S{1,30}))?$/;
const MERGE_GROUP = /^merge-group ([0-9a-f]{40,64})(?: (\S{1,255}))?$/;
/** Reads what `checkIdText` wrote; undefined for anything else. */
function readCheckId(text) {
	const [, base, branch] = MERGE_GROUP.exec(text) ?? [];
	if (base !== void 0) return {
		kind: "merge-group",
		base,
		...branch === void 0 ? {} : { branch }
	};
	const [, number, found = "?", by, acceptedAt, againAt] = PULL$1.exec(text) ?? [];
	if (number === void 0) return void 0;
	const [at, again] = [momentOf(acceptedAt), momentOf(againAt)];
	return {
		kind: "pull",
		number: Number(number),
		...found === "?" ? {} : { found: found === "-" ? "" : found },
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

// src/work/checkText.ts
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
/** What a check says that could not be done; `next`: a sentence that says when it is tried again. */
function failedCheck(reason, next) {
	return redCheck("Could not be judged", `${prose(reason)}\n\nNothing is known about this change, so it is not green. ${next}**Re-check** tries it now.`);
}
/** What a check says that another one follows. */
function brokenOffCheck() {
	return redCheck("Broken off", "The bot was ended while it judged this commit. Another check of the same name follows.");
}
function redCheck(title, summary) {
	return {
		conclusion: "failure",
		title,
		summary,
		text: "",
		annotations: []
	};
}

// src/work/reasonOf.ts
/** What went wrong, for those who read the check: our own sentence, else only that it is ours to repair; never a stack. */
function reasonOf(error) {
	if (error instanceof Error && error.name === "Unusable") return error.message;
	const { status } = error;
	return typeof status === "number" ? `GitHub answered ${status} to a request of the bot.` : "This is a fault of mta-sts-guard itself; the bot's log has more.";
}

// src/work/underCheck.ts
/** What could not be judged after all tries because GitHub was away is looked at again after so long, ms. */
const LATER = 36e5;
/**
* Judges something, and says so in a check run: a new one, or the one that a worker left when it died. Throws what could not be
* done. The check waits as long as GitHub may fare better at the next try, else it says that nothing was judged.
*/
async function underCheck(world, client, place, about, { last, signal }, judgeIt) {
	const earlier = (await knownChecks(client, place)).filter((check) => isSame(check.about, about));
	signal.throwIfAborted();
	const id = await openCheck(client, place, about, earlier);
	await beginCheck(client, place, id, world.now());
	try {
		const { result, again } = await judgeIt(earlier);
		signal.throwIfAborted();
		if (!await endCheck(client, place, id, result)) world.metrics.degradedWrites.inc({ kind: "annotations" });
		return { again };
	} catch (error) {
		signal.throwIfAborted();
		await (mayPass(error) && !last ? tellCheck(client, place, id, {
			title: "Waits for GitHub",
			summary: `${reasonOf(error)} It is tried again.`
		}) : endCheck(client, place, id, failedResult(about, error, last, world.now()))).catch((err) => world.log.warn({
			err,
			...placeOf(place)
		}, "A check could not say that it failed."));
		throw error;
	}
}
/** The checks of ours on a commit that say what they are about, newest first. */
async function knownChecks(client, place) {
	return (await ownChecks(client, place)).flatMap((check) => {
		const about = readCheckId(check.externalId);
		return about ? [{
			...check,
			about
		}] : [];
	});
}
function isSame(one, other) {
	return one.kind === "pull" ? other.kind === "pull" && one.number === other.number : other.kind === "merge-group" && one.base === other.base;
}
/** A finished check keeps its annotations, so it is followed by a new one; so is one that has some and was broken off. */
async function openCheck(client, place, about, earlier) {
	const open = earlier.filter(({ status }) => status !== "completed");
	const left = open.find(({ annotations }) => annotations === 0);
	for (const { id, externalId } of open) if (id !== left?.id) await endCheck(client, place, id, {
		...brokenOffCheck(),
		externalId,
		buttons: []
	});
	return left?.id ?? queueCheck(client, place, checkIdText(about));
}
function failedResult(about, error, last, now) {
	const again = !last || mayPass(error) ? new Date(now.getTime() + LATER) : void 0;
	const next = last ? again ? "It is tried again in an hour or two; " : "" : "It is tried again by itself; ";
	return {
		...failedCheck(reasonOf(error), next),
		externalId: checkIdText(about.kind === "pull" ? {
			...about,
			again
		} : about),
		buttons: [BUTTONS.recheck]
	};
}
/** Whether the same may go well a little later: GitHub does not answer, or is asked too much. */
function mayPass(error) {
	const failure = error.cause ?? error;
	const { status, errors } = failure;
	if (status === void 0 && errors === void 0) return false;
	return isLimit(failure) || isPassing(failure);
}
function placeOf({ owner, repo, headSha }) {
	return {
		owner,
		repo,
		headSha
	};
}

// src/work/judgeHead.ts
/** Asks for another look at all that our checks on a commit are about; where it has none, at what else was missed. */
async function judgeHead(world, queue, job) {
	const { installation, owner, repo, head } = job;
	const client = await world.client(installation);
	const jobs = (await knownChecks(client, {
		owner,
		repo,
		headSha: head,
		appId: world.appId
	})).map(({ about }) => {
		if (about.kind === "pull") return {
			kind: "pull",
			installation,
			owner,
			repo,
			number: about.number
		};
		const { base, branch } = about;
		return {
			kind: "merge-group",
			installation,
			owner,
			repo,
			base,
			head,
			...branch === void 0 ? {} : { branch }
		};
	});
	if (jobs.length === 0) jobs.push({
		kind: "sweep",
		installation
	});
	for (const each of new Map(jobs.map((one) => [keyOf(one), one])).values()) await queue.add(each);
	return {};
}

// src/work/countFindings.ts
/** Counts what a judgement found anew, by rule. */
function countFindings({ metrics }, { findings }) {
	for (const { status, rule } of findings) if (status === "new") metrics.findings.inc({ rule });
}

// src/work/judgeMergeGroup.ts
/** Judges what a merge queue would put on the branch, and says so in a check run; a queue has no page for comments. */
async function judgeMergeGroup(world, job, attempt) {
	const { owner, repo, base, head, branch } = job;
	const client = await world.client(job.installation);
	const place = {
		owner,
		repo,
		headSha: head,
		appId: world.appId
	};
	const about = {
		kind: "merge-group",
		base,
		branch
	};
	return underCheck(world, client, place, about, attempt, async () => {
		const repository = openGithub(client, {
			owner,
			repo,
			branch
		});
		const judged = await judge(repository, {
			kind: "change",
			base,
			head
		}, void 0, world.now());
		const threshold = thresholdOf(void 0, judged.config);
		const verdict = {
			conclusion: conclude(judged.review.findings, threshold),
			threshold,
			accepted: void 0
		};
		const text = judgedCheck(judged, verdict, [], `${world.serverUrl}/${owner}/${repo}`);
		countFindings(world, judged.review);
		return { result: {
			...text,
			externalId: checkIdText(about),
			buttons: [BUTTONS.recheck]
		} };
	});
}

// src/work/publishPull.ts
/** As many line comments as the Action writes by default. */
const MOST_COMMENTS = 25;
/** Brings the comments on a pull request in line with its judgement. */
async function publishPull(world, client, { owner, repo, number }, pull, { review, snapshot }, { conclusion, accepted }) {
	const id = {
		owner,
		repo,
		number
	};
	const published = await publish(client, {
		pull: {
			...id,
			headSha: pull.headSha,
			headBranch: pull.headBranch,
			headRepository: pull.headRepository,
			mayPush: pull.isOwnBranch,
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
	if (published.unwritten.length > 0) world.metrics.degradedWrites.inc({ kind: "comments" });
	return published;
}

// src/work/readPull.ts
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
			headRepository: head.repo?.full_name,
			isOwnBranch: head.repo !== null && head.repo.full_name === base.repo?.full_name
		};
	} catch (error) {
		if (error.status === 404) return void 0;
		throw error;
	}
}

// src/work/sharers.ts
/**
* What our checks say of the other pull requests with the same head. A branch rule looks at the newest check on a commit, for
* whatever it was made: one that passes must not stand for one that does not, such as one into a branch with a laxer configuration.
*/
async function sharersOf(client, place, number) {
	const newest = /* @__PURE__ */ new Map();
	for (const check of await knownChecks(client, place)) {
		const { about } = check;
		if (about.kind === "pull" && !newest.has(about.number)) newest.set(about.number, check);
	}
	const own = newest.get(number);
	newest.delete(number);
	const [red, pending, fallen] = [
		[],
		[],
		[]
	];
	for (const [other, check] of newest) {
		const pull = await readPull(client, place, other);
		if (!pull?.isOpen || pull.headSha !== place.headSha) continue;
		if (check.status !== "completed") {
			if (own === void 0 || check.id < own.id) pending.push(other);
		} else if (!passesItself(check)) red.push(other);
		else if (check.conclusion !== "success") fallen.push(other);
	}
	return {
		red,
		pending,
		fallen
	};
}
function passesItself({ about }) {
	return about.kind === "pull" && (about.found === "" || about.accepted !== void 0);
}

// src/work/verdict.ts
/**
* What was judged for a branch comes to; `earlier`: what our checks on the same head say of the same pull request, newest first.
*
* An acceptance counts for what was seen, and never for what nobody could judge.
*/
function verdictOf({ review, config }, baseBranch, earlier) {
	const threshold = thresholdOf(void 0, config);
	const conclusion = conclude(review.findings, threshold);
	const found = {
		success: "",
		failure: hashOf(baseBranch, failing(review.findings, threshold)),
		incomplete: void 0
	}[conclusion];
	const acceptances = conclusion === "failure" ? earlier.filter(({ accepted }) => accepted) : [];
	const accepted = config.bot.acceptRisk === "never" ? void 0 : acceptances.find((each) => each.found === found)?.accepted;
	return {
		conclusion,
		threshold,
		found,
		accepted,
		outlived: accepted ? void 0 : acceptances[0]?.accepted
	};
}
/** When everything that fails has ceased to be a fault by itself; undefined where something does not. */
function greenAt({ review }, threshold) {
	const red = failing(review.findings, threshold);
	const moments = red.flatMap(({ until }) => until?.getTime() ?? []);
	return red.length > 0 && moments.length === red.length ? new Date(Math.max(...moments)) : void 0;
}
function failing(findings, { failOn, all }) {
	return findings.filter((finding) => counts(finding, all) && failOn !== "never" && !outranks(failOn, finding.severity));
}
function hashOf(baseBranch, findings) {
	const prints = findings.map(({ fingerprint, severity }) => `${fingerprint} ${severity}`).toSorted();
	return createHash("sha256").update([baseBranch, ...prints].join("\n")).digest("hex");
}

// src/work/whileOurs.ts
/**
* A client that asks nothing more once a signal says that somebody else does the job; what it throws then looks like no answer.
* Whoever was stopped for a while, such as a machine that slept, would else write beside the one who took the job over.
*/
function whileOurs(client, signal) {
	return new Proxy(client, { get(target, name) {
		const value = Reflect.get(target, name);
		if (typeof value === "function") return async (...args) => {
			signal.throwIfAborted();
			return Reflect.apply(value, target, args);
		};
		return typeof value === "object" && value !== null ? whileOurs(value, signal) : value;
	} });
}

// src/work/judgePull.ts
/** When a pull request is looked at again that something else was not ready for, ms. */
const SOON$1 = 6e4;
/**
* Judges the head of a pull request and says so in a check run and in comments; done again at the moment when it turns green by
* itself. Throws what could not be done.
*/
async function judgePull(world, queue, job, attempt) {
	const { installation, owner, repo, number } = job;
	const client = await world.client(installation);
	const pull = await readPull(client, job, number);
	if (!pull?.isOpen) return {};
	const place = {
		owner,
		repo,
		headSha: pull.headSha,
		appId: world.appId
	};
	const done = await underCheck(world, client, place, {
		kind: "pull",
		number
	}, attempt, (earlier) => judgeUnder(world, queue, client, {
		job,
		pull,
		place,
		earlier,
		attempt
	}));
	if (!done.again || !job.notes) return done;
	await queue.add({
		kind: "pull",
		installation,
		owner,
		repo,
		number
	}, done.again);
	return {};
}
async function judgeUnder(world, queue, client, { job, pull, place, earlier, attempt }) {
	const { installation, owner, repo, number, notes = [] } = job;
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
	const verdict = verdictOf(judged, pull.baseBranch, earlier.flatMap(({ about }) => about.kind === "pull" ? [about] : []));
	attempt.signal.throwIfAborted();
	const ours = whileOurs(client, attempt.signal);
	const { unwritten, isOutdated } = await publishPull(world, ours, job, pull, judged, verdict);
	const isBehind = isOutdated && await isStill(client, job, pull);
	const sharers = passes(verdict) ? await sharersOf(client, place, number) : NONE;
	const isHeldUp = sharers.red.length === 0 && sharers.pending.length > 0;
	const green = passes(verdict) ? void 0 : greenAt(judged, verdict.threshold);
	const again = isBehind || isHeldUp ? new Date(world.now().getTime() + SOON$1) : green;
	const told = [
		...notes,
		...outlived(verdict),
		...unwritten,
		...isBehind ? [BEHIND] : []
	];
	const text = judgedCheck(judged, verdict, told, `${world.serverUrl}/${owner}/${repo}`);
	if (passes(verdict) && sharers.red.length === 0 && !isHeldUp) for (const other of sharers.fallen) await queue.add({
		kind: "pull",
		installation,
		owner,
		repo,
		number: other
	});
	countFindings(world, judged.review);
	return {
		result: {
			...resultOf(judged, verdict, pull, again),
			...downed(text, sharers)
		},
		again
	};
}
const NONE = {
	red: [],
	pending: [],
	fallen: []
};
function passes({ conclusion, accepted }) {
	return conclusion === "success" || accepted !== void 0;
}
/** GraphQL, by which comments are read, may still show what was there before a push. */
const BEHIND = "GitHub does not show this commit in the pull request everywhere yet, so the comments are written in a minute.";
async function isStill(client, { owner, repo, number }, { headSha }) {
	const now = await readPull(client, {
		owner,
		repo
	}, number);
	return now?.isOpen === true && now.headSha === headSha;
}
function resultOf(judged, { conclusion, found, accepted }, { number, isOwnBranch }, again) {
	return {
		externalId: checkIdText({
			kind: "pull",
			number,
			found,
			accepted,
			again
		}),
		buttons: buttonsFor(judged, accepted ? "success" : conclusion, isOwnBranch)
	};
}
/** What passes and may not be green, because the same commit does not pass elsewhere, or nobody knows yet whether it does. */
function downed(text, { red, pending }) {
	if (red.length === 0 && pending.length === 0) return text;
	const list = (red.length > 0 ? red : pending).map((other) => `#${other}`).join(", ");
	const [title, why] = red.length > 0 ? [`The same commit fails in ${list}`, `This passes, but the same commit is the head of ${list}, which does not, and GitHub knows one check a commit. Close or mend that one, then press **Re-check** here.`] : [`The same commit is being judged for ${list}`, `This passes, but the same commit is the head of ${list}, which is still being judged, and GitHub knows one check a commit. It is looked at again in a minute.`];
	return {
		...text,
		conclusion: "failure",
		title: title.slice(0, 200),
		summary: `${why}\n\n${text.summary}`
	};
}
function outlived({ outlived: acceptance }) {
	if (!acceptance) return [];
	const { by, at } = acceptance;
	return [`\`${by}\` accepted another risk of this commit at ${moment(at)}. What is found now is not that: look at it again.`];
}

// src/work/acceptRisk.ts
/**
* Writes into a check that somebody accepts what it found; the next judgement of the same head goes by it. Answers why not, in
* one sentence; undefined if it is done.
*/
async function acceptRisk(world, client, job, pull, about) {
	const { owner, repo, by } = job;
	if (!about.found) return "This check found nothing that could be accepted.";
	const repository = openGithub(client, {
		owner,
		repo,
		branch: pull.baseBranch
	});
	const { acceptRisk: least } = (await configAt(repository, pull.baseSha, RULES)).bot;
	if (least === "never") return "The configuration of the base lets nobody accept a risk (`bot: accept-risk`).";
	if (!await hasRole(client, job, by, least)) return `\`${by}\` may not accept a risk here: it takes the role \`${least}\` on this repository.`;
	const accepted = {
		by,
		at: world.now()
	};
	await markCheck(client, job, job.checkRun, checkIdText({
		...about,
		accepted,
		again: void 0
	}));
}

// src/work/applyFixes.ts
/**
* Commits the fixes of what a pull request brings to its branch, as one commit that names who asked for it; what came of it, in
* one sentence. Nothing is written if the branch moved meanwhile, lies in a fork, or the one who asked may not write.
*/
async function applyFixes(world, client, job, pull) {
	const { owner, repo } = job;
	if (!pull.isOwnBranch) return "The branch lies in a fork, where the bot may not write: apply the suggestions there.";
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
	try {
		const commit = await commitOf(world, client, job, pull, files, mended.fixes);
		const ref = `heads/${pull.headBranch}`;
		await client.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
			owner,
			repo,
			ref,
			sha: commit,
			force: false
		});
	} catch (error) {
		const refusal = refusalOf(error);
		if (refusal === void 0) throw error;
		return `No fix was applied: ${refusal}.`;
	}
	return `${plural(mended.fixes, "fix")} committed for \`${job.by}\`.`;
}
/** Why GitHub does not take a commit; undefined where it may do so later. */
function refusalOf(failure) {
	const { status, message = "" } = failure;
	if (failure instanceof Unlisted) return "the repository has so many files that GitHub does not list them all";
	if (isLimit(failure)) return void 0;
	if (status === 403) return "the bot may not write here; that takes the App's permission `contents: write`";
	if (status !== 422) return void 0;
	if (/not a fast.forward/i.test(message)) return "the branch moved while the fixes were made";
	return `GitHub does not let the bot push to the branch (${quote(message.split("\n")[0]?.slice(0, 160) ?? "")})`;
}
/** A tree of which GitHub gives only a part, so that the modes of files are not known. */
var Unlisted = class extends Error {};
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
	if (!files.every(({ path }) => modes.has(path))) throw new Unlisted();
	const entries = [];
	for (const { path, after } of files) {
		const content = Buffer.from(after).toString("base64");
		const blob = SHA.parse(await asked(`POST ${git}/blobs`, {
			content,
			encoding: "base64"
		}));
		entries.push({
			path,
			mode: modes.get(path),
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

// src/work/press.ts
/**
* Does what a button of one of our checks asks for, and asks for another look; a button of another app, of an old head or of no
* name does nothing. The look is a job of its own, since only so it is never at the same time as another at the same pull request.
*/
async function press(world, queue, job) {
	const { installation, owner, repo, button, by } = job;
	const client = await world.client(installation);
	const check = await ownCheck(client, {
		owner,
		repo,
		appId: world.appId
	}, job.checkRun);
	const about = check && readCheckId(check.externalId);
	if (!about) return refuse("it is no check of ours");
	const target = {
		installation,
		owner,
		repo
	};
	if (about.kind === "merge-group") {
		if (button !== BUTTONS.recheck.identifier) return refuse("a merge group has no such button");
		const { base, branch } = about;
		const more = branch === void 0 ? {} : { branch };
		return queue.add({
			kind: "merge-group",
			...target,
			base,
			head: check.headSha,
			...more
		});
	}
	const pull = await readPull(client, job, about.number);
	if (!pull?.isOpen) return refuse("the pull request is closed");
	if (pull.headSha !== check.headSha) return refuse("the check is of an older head");
	const look = {
		kind: "pull",
		...target,
		number: about.number
	};
	switch (button) {
		case BUTTONS.recheck.identifier: return queue.add(look);
		case BUTTONS.accept.identifier: {
			const refusal = await acceptRisk(world, client, job, pull, about);
			return queue.add(refusal === void 0 ? look : {
				...look,
				notes: [refusal]
			});
		}
		case BUTTONS.fix.identifier: return queue.add({
			...look,
			notes: [await applyFixes(world, client, job, pull)]
		});
		default: return refuse("we have no such button");
	}
	function refuse(why) {
		world.log.warn({
			owner,
			repo,
			by,
			check: job.checkRun
		}, `A button does nothing: ${why}.`);
	}
}

// src/work/sweep.ts
/** Repositories are asked so many at a time; with pages of 20 pull requests that is some 8 points of an hour's 5,000. */
const BATCH = 10;
const QUERY = `query ($ids: [ID!]!, $app: Int!, $after: String) { nodes(ids: $ids) { ... on Repository {
  id name owner { login }
  pullRequests(states: OPEN, first: 20, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { number commits(last: 1) { nodes { commit {
      checkSuites(first: 2, filterBy: { appId: $app }) { nodes {
        checkRuns(last: 20, filterBy: { checkName: "${CHECK_NAME}" }) { nodes { status completedAt externalId } } } }
    } } } }
  }
} } }`;
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
				const when = whenToJudge(pull);
				if (!when) continue;
				const job = {
					kind: "pull",
					installation,
					owner: owner.login,
					repo: name,
					number: pull.number
				};
				missed.push({
					job,
					...when === "now" ? {} : { at: when }
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
	const { nodes } = await client.graphql(query, variables).catch(partOf);
	return nodes.filter((node) => node !== null);
}
/** One repository that does not show itself must not hide all others. */
function partOf(error) {
	if (!Array.isArray(error.data?.nodes)) throw error;
	return error.data;
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
function whenToJudge({ number, commits }) {
	const checks = (commits.nodes[0]?.commit.checkSuites?.nodes ?? []).flatMap(({ checkRuns }) => checkRuns?.nodes ?? []).flatMap(({ status, completedAt, externalId }) => {
		const about = readCheckId(externalId ?? "");
		return about?.kind === "pull" && about.number === number ? [{
			status,
			completedAt,
			about
		}] : [];
	}).toSorted((a, b) => (b.completedAt ?? "").localeCompare(a.completedAt ?? ""));
	if (checks.some(({ status }) => status !== "COMPLETED")) return "now";
	return checks[0] ? checks[0].about.again : "now";
}

// src/work/doJob.ts
/**
* Does one job, puts it off until the installation has requests to spend again, or drops it where there is nothing to be done
* until GitHub tells that somebody changed it.
*/
async function doJob(world, queue, job, attempt) {
	const pause = world.pausedUntil(job.installation);
	if (pause) return { again: pause };
	try {
		return await work(world, queue, job, attempt) ?? {};
	} catch (error) {
		const gone = goneBecause(error);
		if (gone === void 0) throw error;
		world.log.info({ job: keyOf(job) }, `Nothing is done: ${gone}.`);
		return {};
	}
}
/** Only what judges is done again at a date: whatever else asks for that, asks for it as a job of its own. */
async function work(world, queue, job, attempt) {
	switch (job.kind) {
		case "pull": return judgePull(world, queue, job, attempt);
		case "merge-group": return judgeMergeGroup(world, job, attempt);
		case "press": return press(world, queue, job);
		case "head": return judgeHead(world, queue, job);
		case "recheck": return recheck(world, queue, job);
		case "sweep": for (const { job: missed, at } of await sweep(world, job)) await queue.add(missed, at);
	}
}
/** For those who may write: a stranger's comment would spend the installation's requests. */
async function recheck(world, queue, job) {
	const { installation, owner, repo, number, by } = job;
	const client = await world.client(installation);
	if (await hasRole(client, job, by, "write")) return queue.add({
		kind: "pull",
		installation,
		owner,
		repo,
		number
	});
	world.log.info({
		owner,
		repo,
		number,
		by
	}, "A comment asks for another look, and its author may not write here.");
}

// src/work/installations.ts
/** Below this part of its hourly requests an installation waits, so that what has begun still finds some. */
const RESERVE = 1 / 5;
/** Stands among the resources for what GitHub refused, whatever it was that had been spent. */
const REFUSED = "refused";
function refusedUntil(reset) {
	return {
		resource: REFUSED,
		limit: 1,
		remaining: 0,
		reset
	};
}
/** The clients of an app's installations, and whether they have something left to spend. */
function openInstallations(app, now) {
	const clients = /* @__PURE__ */ new Map();
	const budgets = /* @__PURE__ */ new Map();
	async function open(installation) {
		const client = await app.client(installation);
		const own = /* @__PURE__ */ new Map();
		budgets.set(installation, own);
		client.hook.after("request", ({ headers }) => {
			const budget = budgetIn(headers);
			if (budget) own.set(budget.resource, budget);
		});
		client.hook.error("request", (error) => {
			const failure = error;
			if (isLimit(failure)) own.set(REFUSED, refusedUntil(new Date(now().getTime() + waitOf(failure, 0))));
			throw error;
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

// src/work/openWork.ts
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
	return (job, attempt) => doJob(world, queue, job, attempt);
}

// src/serve/output.ts
/** How much may wait for a reader that is slow; what comes on top is lost, for the bot must not wait for it. */
const MOST = 2 ** 23;
const AGAIN = 20;
/** Lines to a file descriptor, by the process's other threads: Node itself waits for whoever reads a pipe. */
var Output = class {
	#fd;
	#waiting = "";
	#isWriting = false;
	#whenDone;
	constructor(fd) {
		this.#fd = fd;
	}
	write(line) {
		if (this.#waiting.length < MOST) this.#waiting += line;
		if (!this.#isWriting) this.#next();
	}
	/** Resolves once everything is written, or after `patience` milliseconds. */
	async end(patience) {
		if (!this.#isWriting) return;
		await new Promise((resolve) => {
			this.#whenDone = resolve;
			setTimeout(resolve, patience);
		});
	}
	/** Writes what waits before it returns: for a process that breaks. */
	endNow() {
		const text = this.#waiting;
		this.#waiting = "";
		try {
			writeSync(this.#fd, text);
		} catch {}
	}
	#next() {
		const bytes = Buffer.from(this.#waiting);
		this.#waiting = "";
		this.#isWriting = bytes.length > 0;
		if (this.#isWriting) this.#put(bytes);
		else this.#whenDone?.();
	}
	#put(bytes) {
		write(this.#fd, bytes, (error, written) => {
			if (error?.code === "EAGAIN") setTimeout(() => this.#put(bytes), AGAIN);
			else if (error || written === bytes.length) this.#next();
			else this.#put(bytes.subarray(written));
		});
	}
};

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
	const ours = (octokit, options) => {
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
	};
	class Counted extends ProbotOctokit {
		static plugins = [
			ours,
			...ProbotOctokit.plugins,
			asGraphqlTells
		];
	}
	return Counted.defaults((options) => ({
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
/** Probot's pace makes an error of its own of a limit that GraphQL tells, and keeps what GitHub said deep inside. */
function asGraphqlTells(octokit) {
	octokit.hook.error("request", (error) => {
		const { response } = error;
		throw "status" in error ? error : Object.assign(error, { errors: response?.data?.errors });
	});
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
/** When what could not be asked is asked again. */
const SOON = 6e4;
/**
* Asks now, and then every hour or so, for a sweep of every installation that is not suspended. Replicas may all do it: the
* queue keeps one sweep an installation. Returns what ends it.
*/
function scheduleSweeps(app, queue, log, every = HOUR, soon = SOON) {
	let timer;
	let isEnded = false;
	const sweep = async () => {
		const next = await askForSweeps(app, queue).then(() => every, (error) => {
			if (!isEnded) log.warn({ err: error }, "No sweep could be asked for; it is tried again in a minute.");
			return soon;
		});
		if (isEnded) return;
		timer = setTimeout(() => void sweep(), next * (.9 + Math.random() / 5));
		timer.unref();
	};
	timer = setTimeout(() => void sweep(), 0);
	return () => {
		isEnded = true;
		clearTimeout(timer);
	};
}
async function askForSweeps(app, queue) {
	const client = await app.client();
	for await (const { data } of client.paginate.iterator(client.rest.apps.listInstallations, { per_page: 100 })) for (const { id, suspended_at: suspended } of data) if (!suspended) await queue.add({
		kind: "sweep",
		installation: id
	});
}

// src/serve/start.ts
/** Starts a bot: app, queue and front; resolves once it listens. Throws where the port is taken. `isPaced`: see `openApp`. */
async function start(settings, log, queue, openWork, isPaced = true) {
	const metrics = openMetrics(queue);
	const app = await openApp(settings, queue, metrics, log, isPaced);
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

// src/commands/serveUntilTold.ts
/** How long whoever reads the log may take for the last of it, milliseconds. */
const LAST_WORDS = 1e3;
/**
* Runs a bot in this process until a signal ends it, and ends the process. The first signal lets what was begun end, for
* `grace` milliseconds; the second does not. Throws `Unusable` where the bot cannot listen.
*/
async function serveUntilTold(settings, grace) {
	const output = new Output(process.stdout.fd);
	const log = openLog(settings.logLevel, secretsOf(settings), (line) => output.write(line));
	for (const event of ["uncaughtException", "unhandledRejection"]) process.on(event, (error) => {
		log.fatal({ err: error }, "The bot broke: this is a fault of mta-sts-guard itself, please report it.");
		output.endNow();
		process.exit(1);
	});
	const told = signals();
	const queue = await openQueue(settings.redisUrl, { log: (line) => log.warn(line) });
	const running = await start(settings, log, queue, openWork).catch((error) => {
		if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") throw error;
		throw new Unusable(`The bot cannot listen at ${settings.host}, port ${settings.port} (${error.code}): choose another HOST or PORT.`);
	});
	const reason = await Promise.race([told, running.broken]);
	if (reason !== void 0) log.fatal({ err: reason }, "The queue does no jobs any more.");
	await running.stop(grace);
	await output.end(LAST_WORDS);
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