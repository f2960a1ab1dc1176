import { C as linksTo, E as judge, M as configAt, T as checkTitle, g as reviewMarkdown, w as checkAnnotations, x as prose, y as offerByHand } from "./engine.js";
import { n as openLog } from "./log.js";
import { f as isLimit, n as waitOf, p as isPassing, r as openGithub, t as addRetries, u as failureOf } from "./github.js";
import { a as lackedPermission, i as approval, n as unpackThrown, o as tellLack, r as reasonOf, s as Unjudgeable, t as packThrown } from "./thrown.js";
import { t as keyOf } from "./job.js";
import { i as thresholdOf, l as quote, n as conclude, o as outranks, r as counts, u as Unusable } from "./first.js";
import { X as sourceAt, a as mendedFiles, k as moment } from "./parse.js";
import { i as int, l as string, n as array, s as object } from "./zod.js";
import { n as changedFiles, t as publish } from "./publish.js";
import { t as ADVICE } from "./refusal.js";
import { n as RULES } from "./rules.js";
import { t as mend } from "./mend2.js";
import { m as plural } from "./sarif.js";
import { n as restEndpointMethods, r as Octokit } from "./octokit.js";
import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";

// src/work/goneBecause.ts
/** Why a job cannot be done until somebody at GitHub changes something that we hear of; undefined for any other error. */
function goneBecause(error) {
	if (error instanceof Unjudgeable) return "it cannot be judged";
	const failure = failureOf(error);
	const { status, message = "", request } = failure;
	if (status === 404 && request?.url?.endsWith("/access_tokens")) return "the App is not installed there any more";
	if (status !== 403 || isLimit(failure)) return void 0;
	if (/\bsuspended\b/i.test(message)) return "the installation is suspended";
	return /\barchived\b/i.test(message) ? "the repository is archived" : void 0;
}

// src/work/hasRole.ts
const PERMISSION = object({
	permission: string(),
	role_name: string().optional(),
	user: object({ id: int() }).nullish()
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
/** Whether somebody has at least a role on the repository, as GitHub says now; not whoever took the login over since. */
async function hasRole(client, { owner, repo }, { login, id }, least) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
			owner,
			repo,
			username: login
		});
		const { permission, role_name: role = permission, user } = PERMISSION.parse(data);
		if (user?.id !== id) return false;
		return ROLES.indexOf(ROLES.includes(role) ? role : permission) >= ROLES.indexOf(least);
	} catch (error) {
		if (error.status === 404) return false;
		throw error;
	}
}

// src/publish/answers.ts
const ANSWER = /^- \d{4}-\d\d-\d\d \d\d:\d\d UTC: /;
/**
* What a check answers those who pressed its buttons, each a line of Markdown that begins with its moment. They stand first in a
* check's summary, before anything that somebody else could have written, so they can be read there again.
*/
function answersIn(summary) {
	const lines = summary.split(/\r?\n/);
	const end = lines.findIndex((line) => !ANSWER.test(line));
	return lines.slice(0, end);
}
/** A summary with the newest answers, each once, in place of those that it has. */
function withAnswers(summary, answers) {
	const rest = summary.split(/\r?\n/).slice(answersIn(summary).length).join("\n").replace(/^\n/, "");
	const lines = [...new Set(answers)].toSorted().slice(-5);
	return lines.length === 0 ? rest : `${lines.join("\n")}\n\n${rest}`;
}
/** An answer's line; `at`: "2026-06-01 13:00 UTC". */
function answerLine(at, text) {
	return `- ${at}: ${text.replaceAll(/\s+/g, " ")}`;
}

// src/publish/checkRun.ts
/** The name of our check: what a branch rule requires. */
const CHECK_NAME = "mta-sts-guard";
/** So many annotations GitHub takes in one request; further requests add to them. */
const BATCH$2 = 50;
const PAGE = 100;
/** Nobody presses a button so often: more checks than that on one commit are not looked at. GitHub keeps the newest thousand. */
const MOST_CHECKS = 500;
/** The check runs of ours on a commit, newest first, and no more than `MOST_CHECKS`. */
async function ownChecks(client, place) {
	const { owner, repo, headSha: ref, appId: app_id } = place;
	const runs = [];
	for (let page = 1; page <= 500 / PAGE; page++) {
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
	const answers = answersIn(output.summary ?? "");
	return {
		id,
		headSha,
		status,
		conclusion,
		externalId: externalId ?? "",
		title: output.title,
		annotations: output.annotations_count,
		answers
	};
}
/** Makes a check run that waits, and answers with its id. */
async function queueCheck(client, place, externalId, output) {
	const { owner, repo, headSha: head_sha } = place;
	const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
		owner,
		repo,
		name: CHECK_NAME,
		head_sha,
		status: "queued",
		external_id: externalId,
		...output ? { output } : {}
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
/** Adds to a finished check run what it answers somebody who pressed a button, a line of Markdown; all else stays. */
async function answerPress(client, { owner, repo }, id, answer) {
	const at = {
		owner,
		repo,
		check_run_id: id
	};
	const { data } = await client.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", at);
	const { title, summary } = data.output;
	const before = summary ?? "";
	const output = {
		title: title ?? "mta-sts-guard",
		summary: withAnswers(before, [...answersIn(before), answer])
	};
	await client.request(UPDATE, {
		...at,
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
	const batches = Array.from({ length: Math.max(1, Math.ceil(annotations.length / BATCH$2)) }, (_, index) => annotations.slice(index * BATCH$2, (index + 1) * BATCH$2));
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
/** Which buttons a judged pull request gets; `mayPush`: its branch is one that the bot may write to. */
function buttonsFor({ review, config }, conclusion, mayPush) {
	const { acceptRisk, applyFixes } = config.bot;
	const isMendable = review.findings.some((finding) => counts(finding, false) && finding.fix);
	return [
		BUTTONS.recheck,
		...conclusion === "failure" && acceptRisk !== "never" ? [BUTTONS.accept] : [],
		...applyFixes && mayPush && isMendable ? [BUTTONS.fix] : []
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
/** GitHub takes 65,535 bytes; before what is judged may stand why it is not green, and what buttons were answered. */
const BYTES = 56e3;
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

// src/work/underCheck.ts
/** What a check says between two tries. */
const WAITS = "Waits for GitHub";
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
	const answers = earlier.flatMap((check) => check.answers);
	const answering = (result) => ({
		...result,
		summary: withAnswers(result.summary, answers)
	});
	try {
		const { result, again } = await judgeIt(earlier);
		signal.throwIfAborted();
		if (!await endCheck(client, place, id, answering(result))) world.metrics.degradedWrites.inc({ kind: "annotations" });
		return { again };
	} catch (error) {
		signal.throwIfAborted();
		await (mayPass(error) && !last ? tellCheck(client, place, id, {
			title: WAITS,
			summary: `${reasonOf(error)} It is tried again.`
		}) : endCheck(client, place, id, answering(failedResult(about, error, last, world.now())))).catch((err) => world.log.warn({
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
/** Whether two checks are about the same pull request or merge group. */
function isSame(one, other) {
	return one.kind === "pull" ? other.kind === "pull" && one.number === other.number : other.kind === "merge-group" && one.base === other.base;
}
/** Whether a worker was gone before it ended what it did under a check, so that GitHub may yet do what it had sent. */
function wasLeft({ status, title }) {
	return status === "in_progress" && title !== WAITS;
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
	const isLacking = lackedPermission(error) !== void 0;
	const again = !isLacking && !last || mayPass(error) ? new Date(now.getTime() + LATER) : void 0;
	const next = isLacking ? "" : nextOf(last, again);
	return {
		...failedCheck(reasonOf(error), next),
		externalId: checkIdText(about.kind === "pull" ? {
			...about,
			again
		} : about),
		buttons: [BUTTONS.recheck]
	};
}
function nextOf(last, again) {
	if (!last) return "It is tried again by itself; ";
	return again ? "It is tried again in an hour or two; " : "";
}
/** Whether the same may go well a little later: GitHub does not answer, or is asked too much. */
function mayPass(error) {
	const failure = failureOf(error);
	if (failure.status === void 0 && failure.errors === void 0) return false;
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

// src/work/downed.ts
/**
* What passes and may not be green, because the same commit does not pass elsewhere, or nobody knows yet whether it does; `next`:
* when what is still being judged is looked at again.
*/
function downed(text, { red, pending, isTooMany }, next) {
	const [failing, judged] = [listed(red), listed(pending)];
	const one = "and GitHub knows one check a commit.";
	if (red.length > 0) return failed(text, `The same commit fails in ${failing}`, `This passes, but the same commit is the head of ${failing}, which does not, or not yet, ${one} Close or mend that one, then press **Re-check** here.`);
	if (isTooMany) return failed(text, "The same commit is the head of too many others", `This passes, but the same commit is or was the head of so many pull requests that not all of them are looked at, ${one} Push another commit, an empty one will do (\`git commit --allow-empty\`).`);
	if (pending.length > 0) return failed(text, `The same commit is being judged for ${judged}`, `This passes, but the same commit is the head of ${judged}, which is still being judged, ${one} ${next}`);
	return text;
}
/** A check holds so much and no more. */
const MOST_NAMED = 10;
function listed(names) {
	const more = names.length - MOST_NAMED;
	return [...names.slice(0, MOST_NAMED), ...more > 0 ? [`${more} more`] : []].join(", ");
}
function failed(text, title, why) {
	return {
		...text,
		conclusion: "failure",
		title: title.slice(0, 200),
		summary: `${why}\n\n${text.summary}`
	};
}

// src/work/headsOf.ts
/** GitHub answers a query that names so many. */
const BATCH$1 = 100;
/** The heads of those of some pull requests that are open, by their numbers, as GraphQL knows them. */
async function headsOf(client, { owner, repo }, numbers) {
	const heads = /* @__PURE__ */ new Map();
	for (let from = 0; from < numbers.length; from += BATCH$1) {
		const batch = numbers.slice(from, from + BATCH$1);
		const query = `query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) {\n${batch.map((number) => `p${number}: pullRequest(number: ${number}) { state headRefOid }`).join("\n")}\n} }`;
		const { repository } = await client.graphql(query, {
			owner,
			repo
		}).catch(withoutMissing);
		for (const number of batch) {
			const pull = repository[`p${number}`];
			if (pull?.state === "OPEN") heads.set(number, pull.headRefOid);
		}
	}
	return heads;
}
/** A pull request that is not there is null, and an error beside all others. */
function withoutMissing(error) {
	const { data, errors } = error;
	if (!data?.repository || !errors?.every(({ type }) => type === "NOT_FOUND")) throw error;
	return data;
}

// src/work/readPull.ts
const side = object({
	sha: string(),
	ref: string(),
	repo: object({
		full_name: string(),
		default_branch: string()
	}).nullable()
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
			isOwnBranch: head.repo !== null && head.repo.full_name === base.repo?.full_name,
			isDefaultBranch: head.repo?.default_branch === head.ref
		};
	} catch (error) {
		if (error.status === 404) return void 0;
		throw error;
	}
}
const REF$1 = object({ object: object({ sha: string() }) });
/**
* The commit at which the branch stands that a pull request is to be merged into. Whoever leaves a pull request alone would else
* be judged by the configuration of that day for ever.
*/
async function baseNow(client, { owner, repo }, { baseBranch, baseSha }) {
	try {
		const { data } = await client.request("GET /repos/{owner}/{repo}/git/ref/{ref}", {
			owner,
			repo,
			ref: `heads/${baseBranch}`
		});
		return REF$1.parse(data).object.sha;
	} catch (error) {
		if (error.status === 404) return baseSha;
		throw error;
	}
}

// src/work/sharers.ts
const NO_SHARERS = {
	red: [],
	pending: [],
	fallen: [],
	isTooMany: false
};
/** Pull requests that are asked for, a hundred in a request. */
const MOST_ASKED = 300;
/** Pull requests that are asked for once more, each in a request of its own. */
const MOST_READ = 10;
const GROUP = "a merge group";
/**
* What our checks say of all else with the same head. A branch rule looks at the newest check on a commit, for whatever it was
* made: one that passes must not stand for one that does not, such as one into a branch with a laxer configuration.
*
* However many there are - anybody may open pull requests with one head - it asks some twenty times at most.
*/
async function sharersOf(client, place, about) {
	const checks = await knownChecks(client, place);
	if (checks.length >= 500) return {
		...NO_SHARERS,
		isTooMany: true
	};
	const own = checks.find((check) => isSame(check.about, about));
	const others = newestOfEach(checks.filter((check) => !isSame(check.about, about)));
	const isOlder = (check) => own === void 0 || check.id < own.id;
	const open = others.filter((check) => check.status !== "completed" && isOlder(check));
	const ended = others.filter(({ status }) => status === "completed");
	const red = ended.filter((check) => !passesItself(check));
	const suspects = numbersOf([...red, ...open]);
	const fallen = numbersOf(ended.filter((check) => passesItself(check) && check.conclusion !== "success"));
	const asked = [...suspects, ...fallen].slice(0, MOST_ASKED);
	const heads = asked.length > 0 ? await headsOf(client, place, asked) : /* @__PURE__ */ new Map();
	const sharing = new Set(asked.filter((number) => heads.get(number) === place.headSha));
	const elsewhere = suspects.filter((number) => heads.has(number) && !sharing.has(number));
	for (const number of elsewhere.slice(0, MOST_READ)) {
		const pull = await readPull(client, place, number);
		if (pull?.isOpen && pull.headSha === place.headSha) sharing.add(number);
	}
	const named = (some) => numbersOf(some).flatMap((number) => sharing.has(number) ? [`#${number}`] : []);
	const group = [...red, ...open].some((check) => check.about.kind === "merge-group") ? [GROUP] : [];
	return {
		red: [...named(red), ...group],
		pending: named(open),
		fallen: fallen.filter((number) => sharing.has(number)),
		isTooMany: suspects.length > MOST_ASKED || elsewhere.length > MOST_READ
	};
}
/** The newest check of each thing; they come newest first. */
function newestOfEach(checks) {
	const seen = /* @__PURE__ */ new Set();
	return checks.filter(({ about }) => {
		const key = about.kind === "pull" ? about.number : about.base;
		return !seen.has(key) && seen.add(key);
	});
}
function numbersOf(checks) {
	return checks.flatMap(({ about }) => about.kind === "pull" ? [about.number] : []);
}
function passesItself({ about, conclusion }) {
	if (about.kind === "merge-group") return conclusion === "success";
	return about.found === "" || about.accepted !== void 0;
}

// src/work/judgeMergeGroup.ts
/**
* Judges what a merge queue would put on the branch, and says so in a check run; a queue has no page for comments. A group that is
* no more, because somebody took a pull request out of the queue, needs no judgement.
*/
async function judgeMergeGroup(world, queue, job, attempt) {
	const { installation, owner, repo, base, head, branch } = job;
	const client = await world.client(installation);
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
	let fallen = [];
	const done = await underCheck(world, client, place, about, attempt, async () => {
		const repository = openGithub(client, {
			owner,
			repo,
			branch
		});
		const judged = await world.judge(repository, {
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
		const sharers = conclusion === "success" ? await sharersOf(client, place, about) : NO_SHARERS;
		const told = downed(text, sharers, "Press **Re-check** here when it is.");
		if (told.conclusion === "success") fallen = sharers.fallen;
		return { result: {
			...told,
			externalId: checkIdText(about),
			buttons: [BUTTONS.recheck]
		} };
	}).catch(async (error) => {
		if (mayPass(error) || !await isGone(client, place)) throw error;
		world.log.info({
			owner,
			repo,
			head
		}, "A merge group is no more, so it is not judged.");
		return {};
	});
	for (const number of fallen) await queue.add({
		kind: "pull",
		installation,
		owner,
		repo,
		number
	});
	return done;
}
async function isGone(client, { owner, repo, headSha }) {
	try {
		await client.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
			owner,
			repo,
			commit_sha: headSha
		});
		return false;
	} catch (error) {
		return [404, 422].includes(error.status ?? 0);
	}
}

// src/work/judgeAgainstBase.ts
/** Judges the head of a pull request against its base as that stands now. */
async function judgeAgainstBase(world, client, { owner, repo }, pull) {
	const repository = openGithub(client, {
		owner,
		repo,
		branch: pull.baseBranch
	});
	const base = await baseNow(client, {
		owner,
		repo
	}, pull);
	return world.judge(repository, {
		kind: "change",
		base,
		head: pull.headSha
	}, void 0, world.now());
}

// src/work/publishPull.ts
/** As many line comments as the Action writes by default. */
const MOST_COMMENTS = 25;
/** Brings the comments on a pull request in line with its judgement. */
async function publishPull(world, client, job, pull, { review, snapshot }, { conclusion, accepted }, notes = []) {
	const { owner, repo, number } = job;
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
		notes: [...accepted ? [acceptedLine(accepted)] : [], ...notes],
		rest: "in the check",
		run: "bot"
	});
	if (published.unwritten.length > 0) world.metrics.degradedWrites.inc({ kind: "comments" });
	if (published.unwritten.some((sentence) => sentence.includes(ADVICE.grant))) tellLack(world, job, WRITE);
	return {
		...published,
		unwritten: published.unwritten.map(asBot)
	};
}
const WRITE = "pull_requests: write";
/** What could not be written and what to do, for those who have no job to mend. */
function asBot(sentence) {
	return sentence.replace(ADVICE.again, "press Re-check").replace(ADVICE.grant, approval(WRITE)).replace(ADVICE.look, approval(WRITE));
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
/** When a head is looked at again that something else was not ready for, ms; twice as long after each look, up to an hour or so. */
const SOON = 6e4;
const MOST_DOUBLED = 6;
/** When GitHub tells everywhere what it told in a delivery, ms. */
const LAG = 1e4;
/**
* Judges the head of a pull request and says so in a check run and in comments; done again at the moment when it turns green by
* itself. Throws what could not be done.
*/
async function judgePull(world, queue, job, attempt) {
	const { installation, owner, repo, number, seen, into } = job;
	const client = await world.client(installation);
	const pull = await readPull(client, job, number);
	const isInto = into === void 0 || pull?.baseBranch === into;
	const isExpected = seen === void 0 || pull?.isOpen === true && pull.headSha === seen && isInto;
	if (!isExpected) await queue.add({
		kind: "pull",
		installation,
		owner,
		repo,
		number
	}, new Date(world.now().getTime() + LAG));
	const done = pull?.isOpen ? await judgeOpen(world, queue, client, {
		job,
		pull,
		attempt
	}) : {};
	return isExpected ? done : {};
}
async function judgeOpen(world, queue, client, { job, pull, attempt }) {
	const { owner, repo, number } = job;
	const place = {
		owner,
		repo,
		headSha: pull.headSha,
		appId: world.appId
	};
	return underCheck(world, client, place, {
		kind: "pull",
		number
	}, attempt, (earlier) => judgeUnder(world, queue, client, {
		job,
		pull,
		place,
		earlier,
		attempt
	})).catch(async (error) => {
		const lacked = lackedPermission(error);
		if (lacked?.startsWith("checks:")) await commentOnly(world, client, {
			job,
			pull,
			attempt
		}, lacked);
		throw error;
	});
}
/** Where no check can be written, the comments can tell it all the same, and why there is none. */
async function commentOnly(world, client, { job, pull, attempt }, lacked) {
	const judged = await judgeAgainstBase(world, client, job, pull);
	const verdict = verdictOf(judged, pull.baseBranch, []);
	const note = `There is no check for this: ${approval(lacked)}.`;
	await publishPull(world, whileOurs(client, attempt.signal), job, pull, judged, verdict, [note]);
}
async function judgeUnder(world, queue, client, { job, pull, place, earlier, attempt }) {
	const { installation, owner, repo, number } = job;
	const judged = await judgeAgainstBase(world, client, job, pull);
	const verdict = verdictOf(judged, pull.baseBranch, earlier.flatMap(({ about }) => about.kind === "pull" ? [about] : []));
	attempt.signal.throwIfAborted();
	const ours = whileOurs(client, attempt.signal);
	const { unwritten, isOutdated } = await publishPull(world, ours, job, pull, judged, verdict);
	const now = isOutdated ? await readPull(client, job, number) : void 0;
	const isBehind = now?.isOpen === true && now.headSha === pull.headSha;
	const sharers = passes(verdict) ? await sharersOf(client, place, {
		kind: "pull",
		number
	}) : NO_SHARERS;
	const { red, pending, fallen, isTooMany } = sharers;
	const isStopped = red.length > 0 || isTooMany;
	const isHeldUp = !isStopped && pending.length > 0;
	const green = passes(verdict) ? void 0 : greenAt(judged, verdict.threshold);
	const isLate = earlier.some(wasLeft);
	const again = now?.isOpen || isHeldUp || isLate ? soonAfter(world.now(), earlier) : green;
	const told = [
		...outlived(verdict),
		...unwritten,
		...isBehind ? [BEHIND] : []
	];
	const text = judgedCheck(judged, verdict, told, `${world.serverUrl}/${owner}/${repo}`);
	if (passes(verdict) && !isStopped && !isHeldUp) for (const other of fallen) await queue.add({
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
			...downed(text, sharers, "It is looked at again soon.")
		},
		again
	};
}
function soonAfter(now, earlier) {
	const looks = earlier.filter(({ status }) => status === "completed").length;
	return new Date(now.getTime() + SOON * 2 ** Math.min(looks, MOST_DOUBLED));
}
function passes({ conclusion, accepted }) {
	return conclusion === "success" || accepted !== void 0;
}
/** GraphQL, by which comments are read, may still show what was there before a push. */
const BEHIND = "GitHub does not show this commit in the pull request everywhere yet, so the comments are written soon.";
function resultOf(judged, { conclusion, found, accepted }, { number, isOwnBranch, isDefaultBranch }, again) {
	return {
		externalId: checkIdText({
			kind: "pull",
			number,
			found,
			accepted,
			again
		}),
		buttons: buttonsFor(judged, accepted ? "success" : conclusion, isOwnBranch && !isDefaultBranch)
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
	const { owner, repo, by, byId } = job;
	if (!about.found) return "This check found nothing that could be accepted.";
	const repository = openGithub(client, {
		owner,
		repo,
		branch: pull.baseBranch
	});
	const { acceptRisk: least } = (await configAt(repository, await baseNow(client, job, pull), RULES)).bot;
	if (least === "never") return "The configuration of the base lets nobody accept a risk (`bot: accept-risk`).";
	if (!await hasRole(client, job, {
		login: by,
		id: byId
	}, least)) return `\`${by}\` may not accept a risk here: it takes the role \`${least}\` on this repository.`;
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

// src/work/pushFixes.ts
/**
* Puts fixed files on a pull request's branch as one commit that names who asked for it; answers why not and what to do, in two
* sentences. Nothing is written where the branch does not stand at the judged head.
*/
async function pushFixes(world, client, job, { headSha, headBranch }, files, fixes) {
	const asked = async (route, parameters) => (await client.request(route, {
		owner: job.owner,
		repo: job.repo,
		...parameters
	})).data;
	const ref = `heads/${headBranch}`;
	try {
		const sha = await commitOf(asked, headSha, files, messageOf(world, job, fixes));
		const { object } = REF.parse(await asked(`GET ${GIT}/ref/{ref}`, { ref }));
		if (object.sha !== headSha) return MOVED;
		await asked(`PATCH ${GIT}/refs/{ref}`, {
			ref,
			sha,
			force: false
		});
		return;
	} catch (error) {
		const refusal = refusalOf(error, headBranch);
		if (refusal === void 0) throw error;
		return refusal;
	}
}
const GIT = "/repos/{owner}/{repo}/git";
const MOVED = "The branch moved while the fixes were made. Look at the check of the commit that stands there now.";
/** Why GitHub does not take a commit, and what to do; undefined where it may do so later. */
function refusalOf(failure, branch) {
	const { status, message = "" } = failure;
	if (failure instanceof Unlisted) return "The repository has so many files that GitHub does not list them all. Apply the suggestions by hand.";
	if (isLimit(failure)) return void 0;
	if (status === 404 || status === 422 && /reference does not exist/i.test(message)) return `The branch ${quote(branch)} is not there any more. Restore it, then press Apply fixes once more.`;
	if (status === 403 && /not accessible by integration/i.test(message)) return "The bot may not write here, which takes the App's permission `contents: write`. Who owns the App adds it, an owner of this installation approves it; until then, apply the suggestions by hand.";
	if (status !== 403 && status !== 409 && status !== 422) return void 0;
	if (/not a fast.forward/i.test(message)) return MOVED;
	return `GitHub does not let the bot push to the branch: ${wordsOf(message)}. Apply the suggestions by hand.`;
}
/** GitHub's own words, without the address of its documentation. */
function wordsOf(message) {
	return message.replace(/ - https:\S+$/, "").split("\n").filter((line) => line.trim() !== "").slice(0, 3).map(quote).join(" ");
}
/** A tree of which GitHub gives only a part, so that the modes of files are not known. */
var Unlisted = class extends Error {};
const SHA = object({ sha: string() });
const REF = object({ object: SHA });
const COMMIT = object({ tree: SHA });
const TREE = object({ tree: array(object({
	path: string(),
	mode: string()
})) });
async function commitOf(asked, headSha, files, message) {
	const { tree: base } = COMMIT.parse(await asked(`GET ${GIT}/commits/{commit_sha}`, { commit_sha: headSha }));
	const listed = TREE.parse(await asked(`GET ${GIT}/trees/{tree_sha}`, {
		tree_sha: base.sha,
		recursive: "1"
	}));
	const modes = new Map(listed.tree.map(({ path, mode }) => [path, mode]));
	if (!files.every(({ path }) => modes.has(path))) throw new Unlisted();
	const entries = [];
	for (const { path, after } of files) {
		const content = Buffer.from(after).toString("base64");
		const blob = SHA.parse(await asked(`POST ${GIT}/blobs`, {
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
	const tree = SHA.parse(await asked(`POST ${GIT}/trees`, {
		base_tree: base.sha,
		tree: entries
	}));
	const commit = await asked(`POST ${GIT}/commits`, {
		message,
		tree: tree.sha,
		parents: [headSha]
	});
	return SHA.parse(commit).sha;
}
function messageOf({ serverUrl }, { by, byId }, fixes) {
	const { host } = new URL(serverUrl);
	return `Apply ${plural(fixes, "fix")} of mta-sts-guard\n\nCo-authored-by: ${by} <${byId}+${by}@users.noreply.${host}>\n`;
}

// src/work/applyFixes.ts
/**
* Commits the fixes of what a pull request brings to its branch; what came of it, in a sentence or two. Nothing is written if the
* branch moved meanwhile, lies in a fork, or the one who asked may not write.
*/
async function applyFixes(world, client, job, pull) {
	const { by, byId } = job;
	if (!pull.isOwnBranch) return "The branch lies in a fork, where the bot may not write: apply the suggestions there.";
	if (pull.isDefaultBranch) return "The branch is the repository's default branch, to which the bot does not push: apply the suggestions by hand.";
	const { snapshot, review, config } = await judgeAgainstBase(world, client, job, pull);
	if (!config.bot.applyFixes) return "The configuration of the base does not let the bot apply fixes: `bot: { apply-fixes: true }` does.";
	if (!await hasRole(client, job, {
		login: by,
		id: byId
	}, "write")) return `\`${by}\` may not write to this repository, so no fix was applied.`;
	const mended = mend(snapshot, review, config, (finding) => counts(finding, false));
	const files = mendedFiles(snapshot, mended.snapshot);
	if (files.length === 0) return "There is nothing left that can be fixed by the bot.";
	const refusal = await pushFixes(world, client, job, pull, files, mended.fixes);
	return refusal === void 0 ? `${plural(mended.fixes, "fix")} committed for \`${by}\`.` : `No fix was applied. ${refusal}`;
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
		case BUTTONS.accept.identifier: return answered(await acceptRisk(world, client, job, pull, about));
		case BUTTONS.fix.identifier: return answered(await applyFixes(world, client, job, pull));
		default: return refuse("we have no such button");
	}
	/** The look is after the answer, so whatever look comes first reads it. */
	async function answered(answer) {
		if (answer !== void 0) await answerPress(client, job, job.checkRun, answerLine(moment(world.now()), prose(answer)));
		return queue.add(look);
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
/** Repositories are asked so many at a time; with pages of 20 pull requests that is some 11 points of an hour's 5,000. */
const BATCH = 10;
const CHECKS = `checkSuites(first: 2, filterBy: { appId: $app }) { nodes {
  checkRuns(last: 100, filterBy: { checkName: "${CHECK_NAME}" }) { totalCount nodes { status conclusion completedAt externalId } } } }`;
/** Only the default branch's: of any other the name would have to be known. */
const QUEUE = `defaultBranchRef { name }
  mergeQueue { entries(first: 10) { nodes { state baseCommit { oid } headCommit { oid ${CHECKS} } } } }`;
const PULLS = `pullRequests(states: OPEN, first: 20, after: $after) {
  pageInfo { hasNextPage endCursor } nodes { number commits(last: 1) { nodes { commit { ${CHECKS} } } } } }`;
function queryOf(queue) {
	return `query ($ids: [ID!]!, $app: Int!, $after: String) { nodes(ids: $ids) { ... on Repository {
    id name owner { login } ${queue} ${PULLS} } } }`;
}
/**
* Finds the open pull requests of an installation whose head has no finished check of ours - webhooks get lost, and so do
* processes - or whose red check another one's green hides, and those that turn green by themselves; and what waits in the merge
* queues without a check.
*/
async function sweep(world, { installation }) {
	const client = await world.client(installation);
	const ask = asker(world, client);
	const ids = await repositoryIds(client);
	const missed = [];
	for (let from = 0; from < ids.length; from += BATCH) {
		const open = [...await ask(ids.slice(from, from + BATCH))];
		for (let repository = open.shift(); repository; repository = open.shift()) {
			const { id, name, owner, pullRequests } = repository;
			const target = {
				installation,
				owner: owner.login,
				repo: name
			};
			for (const pull of pullRequests.nodes) {
				const when = whenToJudge(pull);
				if (!when) continue;
				const job = {
					kind: "pull",
					...target,
					number: pull.number
				};
				missed.push({
					job,
					...when === "now" ? {} : { at: when }
				});
			}
			for (const group of groupsOf(repository)) missed.push({ job: {
				kind: "merge-group",
				...target,
				...group
			} });
			const { hasNextPage, endCursor: after } = pullRequests.pageInfo;
			if (hasNextPage) open.push(...await ask([id], after));
		}
	}
	return missed;
}
function asker({ appId: app, log }, client) {
	let query = queryOf(QUEUE);
	const ask = async (ids, after) => {
		try {
			return (await client.graphql(query, {
				ids,
				app,
				after
			}).catch(partOf)).nodes.filter((node) => node !== null);
		} catch (error) {
			if (query !== queryOf("") && /\bmergeQueue\b/.test(error.message ?? "")) {
				query = queryOf("");
				return ask(ids, after);
			}
			if (ids.length < 2 || !isPassing(error)) throw error;
			return eachOf(ids);
		}
	};
	/** What GitHub gives up for ten may do for each; one that is too much by itself must not hide all others. */
	const eachOf = async (ids) => {
		const found = [];
		let failed = 0;
		for (const id of ids) {
			const nodes = await ask([id]).catch((error) => {
				if (++failed === ids.length || failed > 1 + found.length) throw error;
				log.warn({
					err: error,
					id
				}, "A repository was left out of a sweep.");
				return [];
			});
			found.push(...nodes);
		}
		return found;
	};
	return ask;
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
/** What waits in the merge queue and was not judged, or not to the end. */
function groupsOf({ defaultBranchRef, mergeQueue }) {
	return (mergeQueue?.entries.nodes ?? []).flatMap(({ state, headCommit, baseCommit }) => {
		if (state !== "AWAITING_CHECKS" || !headCommit || !baseCommit) return [];
		const base = baseCommit.oid;
		if (checksOn(headCommit).filter(({ about }) => about.kind === "merge-group" && about.base === base).some(({ status }) => status === "COMPLETED")) return [];
		return [{
			base,
			head: headCommit.oid,
			...defaultBranchRef ? { branch: defaultBranchRef.name } : {}
		}];
	});
}
/** When a pull request's head wants to be judged (again); undefined: it was, and stays so. */
function whenToJudge({ number, commits }) {
	const commit = commits.nodes[0]?.commit;
	if (commit?.checkSuites === null) return void 0;
	const checks = commit ? checksOn(commit) : [];
	const own = checks.filter(({ about }) => about.kind === "pull" && about.number === number);
	if (own.some(({ status }) => status !== "COMPLETED")) return "now";
	const newest = latestOf(own);
	if (newest?.about.kind !== "pull") return isFull(commit) ? void 0 : "now";
	const { found, accepted, again } = newest.about;
	return [checks.at(-1), latestOf(checks)].some((each) => each?.conclusion === "SUCCESS" && !own.includes(each)) && found !== "" && !accepted ? "now" : again;
}
/** The one that ended last. */
function latestOf(checks) {
	return checks.toSorted((a, b) => (b.completedAt ?? "").localeCompare(a.completedAt ?? ""))[0];
}
/** Whether there are so many checks of ours that another one would only be one more that fails. */
function isFull(commit) {
	return (commit?.checkSuites?.nodes ?? []).some(({ checkRuns }) => (checkRuns?.totalCount ?? 0) >= 500);
}
/** Those of ours that say what they are about, newest last. */
function checksOn({ checkSuites }) {
	return (checkSuites?.nodes ?? []).flatMap(({ checkRuns }) => checkRuns?.nodes ?? []).flatMap(({ externalId, ...run }) => {
		const about = readCheckId(externalId ?? "");
		return about ? [{
			...run,
			about
		}] : [];
	});
}

// src/work/tellPause.ts
/**
* Puts a job off until its installation has requests to spend again. A head that is to be judged gets a check that says so, once:
* without one a branch rule only shows that it expects something, or takes an older check for it: one of another pull request, or
* of this one when it was to be merged elsewhere.
*/
async function tellPause(world, queue, job, until) {
	const head = headOf(world, job);
	if (!head || !world.mayTell(job.installation)) return { again: until };
	const { place, about } = head;
	try {
		const client = await world.client(job.installation);
		const waits = ({ about: other, status }) => status !== "completed" && isSame(other, about);
		if (!(await knownChecks(client, place)).some(waits)) await queueCheck(client, place, checkIdText(about), {
			title: "Waits for GitHub's hourly limit",
			summary: `The bot has spent most of the requests that GitHub gives it for an hour here. It goes on at ${moment(until)}.`
		});
	} catch (err) {
		world.log.warn({
			err,
			job: keyOf(job)
		}, "A check could not say that it waits.");
	}
	await queue.add({
		...job,
		told: true
	}, until);
	return {};
}
/** The commit that a job is about, where the job itself says so, and nobody was told yet. */
function headOf({ appId }, job) {
	if (job.kind !== "pull" && job.kind !== "merge-group" || job.told) return void 0;
	const { owner, repo } = job;
	const headSha = job.kind === "pull" ? job.seen : job.head;
	if (headSha === void 0) return void 0;
	const about = job.kind === "pull" ? {
		kind: "pull",
		number: job.number
	} : {
		kind: "merge-group",
		base: job.base,
		branch: job.branch
	};
	return {
		place: {
			owner,
			repo,
			headSha,
			appId
		},
		about
	};
}

// src/work/doJob.ts
/**
* Does one job, puts it off until the installation has requests to spend again, or drops it where there is nothing to be done
* until GitHub tells that somebody changed it.
*/
async function doJob(world, queue, job, attempt) {
	const pause = world.pausedUntil(job.installation);
	if (pause) return tellPause(world, queue, job, pause);
	try {
		return await work(world, queue, job, attempt) ?? {};
	} catch (error) {
		const lacked = lackedPermission(error);
		if (lacked !== void 0) return tellLack(world, job, lacked), {};
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
		case "merge-group": return judgeMergeGroup(world, queue, job, attempt);
		case "press": return press(world, queue, job);
		case "head": return judgeHead(world, queue, job);
		case "recheck": return recheck(world, queue, job);
		case "sweep": for (const { job: missed, at } of await sweep(world, job)) await queue.add(missed, at);
	}
}
/** For those who may write: a stranger's comment would spend the installation's requests. */
async function recheck(world, queue, job) {
	const { installation, owner, repo, number, by, byId } = job;
	const client = await world.client(installation);
	if (await hasRole(client, job, {
		login: by,
		id: byId
	}, "write")) return queue.add({
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

// src/work/installationClient.ts
const GitHub = Octokit.plugin(restEndpointMethods);
/** A client that asks as the others of its installation do: with their token, in turn where it writes, telling of limits. */
function openInstallationClient(apiUrl, access) {
	const client = new GitHub({
		baseUrl: apiUrl,
		userAgent: "mta-sts-guard",
		log: QUIET
	});
	const { hook } = client;
	hook.after("request", ({ status, headers }) => access.heard({
		status,
		headers: limitsIn(headers)
	}));
	hook.error("request", (error) => {
		const { status, response } = error;
		access.heard({
			status: status ?? "failed",
			headers: limitsIn(response?.headers ?? {})
		});
		throw error;
	});
	addRetries(client);
	hook.wrap("request", async (request, options) => {
		if (isWrite(options)) await access.turn();
		for (let tries = 0;; tries++) {
			options.headers.authorization = `token ${await access.token(tries === 1).catch(noToken)}`;
			try {
				const response = await request(options);
				const { errors } = response.data ?? {};
				if (errors && isLimit({ errors })) access.refused(waitOf({
					errors,
					headers: response.headers
				}, 0));
				return response;
			} catch (error) {
				if (isLimit(error)) access.refused(waitOf(error, 0));
				const pause = error.status === 401 ? UNKNOWN[tries] : void 0;
				if (pause === void 0) throw error;
				await setTimeout(pause);
			}
		}
	});
	return client;
}
/** A token ends early where an App is suspended for a while, and not all of GitHub knows a new one at once; ms. */
const UNKNOWN = [
	500,
	1500,
	3e3
];
/** What a request is refused for says nothing of what it asked for. */
function noToken(cause) {
	throw new Unusable("GitHub gives the bot no token for this installation.", { cause });
}
function isWrite({ method, url, query }) {
	return url.endsWith("/graphql") ? /^\s*mutation\b/.test(String(query)) : method !== "GET" && method !== "HEAD";
}
function limitsIn(headers) {
	return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith("x-ratelimit-")));
}
/** What a server answers is told once, by who asked. */
const QUIET = {
	debug: nothing,
	info: nothing,
	warn: nothing,
	error: nothing
};
function nothing() {}

// src/workers/workerProcess.ts
const waiting = /* @__PURE__ */ new Map();
let abort = new AbortController();
let asked = 0;
process.on("message", (message) => {
	switch (message.kind) {
		case "job":
			abort = new AbortController();
			send({ kind: "here" });
			run(message.errand, abort.signal);
			break;
		case "abort":
			abort.abort();
			break;
		case "look":
			send({ kind: "here" });
			break;
		case "answer": {
			const { id, answer, thrown } = message;
			const asker = waiting.get(id);
			waiting.delete(id);
			if (thrown) asker?.reject(unpackThrown(thrown));
			else asker?.resolve(answer);
		}
	}
});
for (const signal of [
	"SIGTERM",
	"SIGINT",
	"SIGHUP"
]) process.on(signal, () => {});
process.on("disconnect", () => process.exit());
async function run(errand, signal) {
	try {
		send({
			kind: "done",
			done: await doJob(worldOf(errand), { add: async (job, at) => void await ask({
				what: "add",
				job,
				at
			}) }, errand.job, {
				last: errand.last,
				signal
			})
		});
	} catch (error) {
		send({
			kind: "failed",
			thrown: packThrown(error)
		});
	}
}
function worldOf({ appId, apiUrl, serverUrl, pausedUntil, mayTell, unjudgeable }) {
	return {
		appId,
		serverUrl,
		now: () => /* @__PURE__ */ new Date(),
		client: async (installation) => openInstallationClient(apiUrl, {
			token: async (anew = false) => String(await ask({
				what: "token",
				installation,
				anew
			})),
			turn: async () => void await ask({
				what: "turn",
				installation
			}),
			heard: (heard) => tell({
				what: "heard",
				installation,
				heard
			}),
			refused: (wait) => tell({
				what: "refused",
				installation,
				wait
			})
		}),
		pausedUntil: () => pausedUntil,
		mayTell: () => mayTell,
		judge: async (repository, task, ...more) => {
			if (unjudgeable && (unjudgeable.head ?? task.head) === task.head) throw new Unjudgeable(unjudgeable.why);
			send({
				kind: "judging",
				head: task.head
			});
			return judge(repository, task, ...more);
		},
		log: openLog("trace", [], (line) => tell({
			what: "log",
			line
		})),
		metrics: {
			findings: { inc: counting("findings") },
			degradedWrites: { inc: counting("degradedWrites") }
		}
	};
}
function counting(counter) {
	return (labels) => tell({
		what: "count",
		counter,
		labels
	});
}
async function ask(question) {
	const id = ++asked;
	return new Promise((resolve, reject) => {
		waiting.set(id, {
			resolve,
			reject
		});
		send({
			kind: "question",
			id,
			question
		});
	});
}
function tell(news) {
	send({
		kind: "news",
		news
	});
}
function send(message) {
	process.send?.(message);
}

export {  };