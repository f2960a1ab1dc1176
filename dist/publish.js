import { l as quote } from "./first.js";
import { Dn as groupedBy, H as murkyFiles, U as seesFaults, bn as display } from "./parse.js";
import { b as piecesOf, d as isWorthTelling, f as summaryComment, h as partComment, m as markerOf, p as lineComment$1, u as SUMMARY_MARKER, x as prose, y as offerByHand } from "./engine.js";
import { d as pathInUrl, m as plural } from "./sarif.js";
import { n as BadAnswer, r as refusalOf } from "./refusal.js";
import { setTimeout } from "node:timers/promises";

// src/publish/changedFiles.ts
const PAGE$1 = 100;
/** GitHub lists no more files of a pull request, and does not say so. */
const MOST_FILES = 3e3;
/** Reads the list with its patches; without it no comment finds its line. */
async function changedFiles(client, { owner, repo, number }) {
	const listed = [];
	try {
		for (let page = 1; listed.length < MOST_FILES; page++) {
			const { data } = await client.rest.pulls.listFiles({
				owner,
				repo,
				pull_number: number,
				per_page: PAGE$1,
				page
			});
			if (!Array.isArray(data)) throw new BadAnswer("files");
			for (const { filename: path, previous_filename: previousPath, patch } of data) listed.push({
				path,
				previousPath,
				patch
			});
			if (data.length < PAGE$1) return {
				listed,
				note: void 0,
				isRead: true
			};
		}
	} catch (error) {
		const refusal = refusalOf(error);
		if (!refusal) throw error;
		return {
			listed: [],
			note: `The list of changed files could not be read, so no new comment stands on its line: ${refusal.why}.`,
			isRead: false
		};
	}
	return {
		listed,
		note: `GitHub lists the first ${MOST_FILES} files of a pull request only; what was found in the others stands in this summary, without comments on the lines.`,
		isRead: true
	};
}

// src/publish/tries.ts
/** What cannot be told to have been done is tried again once, after a look. */
const MOST_TRIES = 2;
/** What a run tried to write, and what became of it; anything may be the key of a write. */
var Tries = class {
	#tries = /* @__PURE__ */ new Map();
	/** The kinds of writes that are of no use any more. */
	#ended = /* @__PURE__ */ new Map();
	/** Once GitHub asks to slow down, nothing else is sent. */
	#limit;
	/** Whether a write may be tried: not done, and not refused for good. */
	may(key) {
		const last = this.#tries.get(key);
		return !last || last.refusal?.kind === "unclear" && last.count < MOST_TRIES;
	}
	/** Why a write failed at last. */
	refusal(key) {
		return this.#tries.get(key)?.refusal;
	}
	/** Whether what was tried last may have been done although it failed. */
	get isUnclear() {
		return [...this.#tries.values()].some(({ refusal, count }) => refusal?.kind === "unclear" && count < MOST_TRIES);
	}
	/** Lets go of what is to be tried in another way. */
	forget(keys) {
		for (const key of keys) this.#tries.delete(key);
	}
	one(kind, key, write) {
		return this.all(kind, [key], write);
	}
	/** One request that writes several things: all or none. Throws what is no refusal. */
	async all(kind, keys, write) {
		let refusal = this.#limit ?? this.#ended.get(kind);
		if (!refusal) try {
			await write();
		} catch (error) {
			refusal = refusalOf(error);
			if (!refusal) throw error;
			if (kind === "remove" && refusal.kind === "missing") refusal = void 0;
			if (refusal?.kind === "limit") this.#limit = refusal;
			if (refusal?.kind === "forbidden" || refusal?.kind === "missing" && kind === "create") this.#ended.set(kind, refusal);
		}
		for (const key of keys) this.#tries.set(key, {
			count: (this.#tries.get(key)?.count ?? 0) + 1,
			refusal
		});
		return refusal;
	}
};

// src/publish/commentWriter.ts
/** So many reviews are sent to find out which comments one is refused for. */
const MOST_REVIEWS = 12;
/** Hidden and shown in one request. */
const MOST_MUTATIONS = 50;
/** Writes the comments on lines and files of a pull request: one review, all else in sequence, nothing that failed for good twice. */
var CommentWriter = class {
	tries = new Tries();
	#client;
	#pull;
	/** Comments whose line GitHub does not take. */
	#offLine = /* @__PURE__ */ new Set();
	#reviews = 0;
	constructor(client, pull) {
		this.#client = client;
		this.#pull = pull;
	}
	/** What of a difference is still to be tried. */
	left({ create, update, hide, show, remove }) {
		const { tries } = this;
		return {
			create: create.filter((comment) => tries.may(comment)),
			update: update.filter((change) => tries.may(updateKey(change))),
			hide: hide.filter(({ comment }) => tries.may(hideKey(comment))),
			show: show.filter(({ comment }) => tries.may(showKey(comment))),
			remove: remove.filter((comment) => tries.may(removeKey(comment)))
		};
	}
	/** Tries all of it once. */
	async write(difference) {
		const { owner, repo } = this.#pull;
		const { pulls } = this.#client.rest;
		await this.#create(difference.create);
		for (const change of difference.update) {
			const { comment, body } = change;
			await this.tries.one("update", updateKey(change), () => pulls.updateReviewComment({
				owner,
				repo,
				comment_id: comment.number,
				body
			}));
		}
		await this.remove(difference.remove);
		await this.#hideAndShow(difference);
	}
	async remove(comments) {
		const { owner, repo } = this.#pull;
		for (const comment of comments) await this.tries.one("remove", removeKey(comment), () => this.#client.rest.pulls.deleteReviewComment({
			owner,
			repo,
			comment_id: comment.number
		}));
	}
	async #create(comments) {
		await this.#review(comments.filter((comment) => comment.line !== void 0 && !this.#offLine.has(comment)));
		const { owner, repo, number: pull_number, headSha: commit_id } = this.#pull;
		for (const comment of comments) {
			if (!(comment.line === void 0 || this.#offLine.has(comment)) || !this.tries.may(comment)) continue;
			const { path, fileBody: body = comment.body } = comment;
			await this.tries.one("create", comment, () => this.#client.rest.pulls.createReviewComment({
				owner,
				repo,
				pull_number,
				commit_id,
				path,
				body,
				subject_type: "file"
			}));
		}
	}
	/** All comments in one review; the one that it is refused for is looked for by halves. */
	async #review(comments) {
		const { owner, repo, number: pull_number, headSha: commit_id } = this.#pull;
		const open = comments.length > 0 ? [comments] : [];
		while (open.length > 0) {
			const some = open.shift() ?? [];
			const isLast = some.length === 1 || ++this.#reviews > MOST_REVIEWS;
			const refusal = await this.tries.all("create", some, () => this.#client.rest.pulls.createReview({
				owner,
				repo,
				pull_number,
				commit_id,
				event: "COMMENT",
				comments: some.map(lineComment)
			}));
			if (refusal?.kind !== "wrong") {
				if (refusal) return;
				continue;
			}
			if (!isLast) {
				this.tries.forget(some);
				open.push(some.slice(0, some.length >> 1), some.slice(some.length >> 1));
				continue;
			}
			for (const comment of some) {
				this.#offLine.add(comment);
				if (comment.fileBody !== void 0) this.tries.forget([comment]);
			}
		}
	}
	async #hideAndShow({ hide, show }) {
		const fields = [...hide.map(({ comment: { id }, why }) => ({
			id,
			key: hideKey({ id }),
			field: minimize(why)
		})), ...show.map(({ comment: { id } }) => ({
			id,
			key: showKey({ id }),
			field: UNMINIMIZE
		}))];
		for (let from = 0; from < fields.length; from += MOST_MUTATIONS) {
			const some = fields.slice(from, from + MOST_MUTATIONS);
			const variables = some.map((_, index) => `$i${index}: ID!`).join(", ");
			const asked = some.map(({ field }, index) => `m${index}: ${field.replace("$i", `$i${index}`)}`);
			await this.tries.all("hide", some.map(({ key }) => key), () => this.#client.graphql(`mutation (${variables}) { ${asked.join(" ")} }`, Object.fromEntries(some.map(({ id }, index) => [`i${index}`, id]))));
		}
	}
};
function updateKey({ comment, body }) {
	return `update ${comment.number} ${body}`;
}
function hideKey({ id }) {
	return `hide ${id}`;
}
function showKey({ id }) {
	return `show ${id}`;
}
function removeKey({ number }) {
	return `remove ${number}`;
}
function minimize(why) {
	return `minimizeComment(input: { subjectId: $i, classifier: ${why} }) { minimizedComment { isMinimized } }`;
}
const UNMINIMIZE = "unminimizeComment(input: { subjectId: $i }) { unminimizedComment { isMinimized } }";
function lineComment({ path, body, side, line = 1, startLine }) {
	return {
		path,
		body,
		side,
		line,
		...startLine === void 0 ? {} : {
			start_line: startLine,
			start_side: side
		}
	};
}

// src/publish/reconcile.ts
/**
* What stands there against what shall stand there. A comment stays as long as its finding is found, and comes back with it;
* one whose lines were changed gives way to a new one; one whose finding is gone says so and is hidden, unless somebody
* answered it: what was answered is never hidden nor removed. `stood` are the first lines that stood there before this run.
*/
function reconcile(wanted, existing, found, headSha, stood = markersOf(existing)) {
	const create = [];
	const update = [];
	const show = [];
	const remove = [];
	const kept = /* @__PURE__ */ new Set();
	for (const want of wanted) {
		const same = existing.filter((comment) => !kept.has(comment) && firstLine(comment.body) === want.marker).toSorted((a, b) => Number(a.isHidden) - Number(b.isHidden) || a.number - b.number);
		const comment = same.find((other) => stays(other, want));
		if (!comment) {
			create.push(want);
			continue;
		}
		kept.add(comment);
		const body = comment.line === void 0 ? want.fileBody ?? want.body : want.body;
		if (!isSameText(comment.body, body)) update.push({
			comment,
			body,
			wanted: want
		});
		if (comment.isHidden) show.push({
			comment,
			wanted: want
		});
		for (const twin of same.filter((other) => isLaterTwin(other, comment))) {
			kept.add(twin);
			remove.push(twin);
		}
	}
	const fresh = wanted.filter(({ marker }) => !stood.has(marker));
	const hide = [];
	for (const comment of existing) {
		if (kept.has(comment) || comment.isHidden) continue;
		const fate = fateOf(comment, {
			wanted,
			fresh,
			found
		});
		if (fate === "stays") continue;
		if (fate === "RESOLVED" && !isFixedText(comment.body)) update.push({
			comment,
			body: fixedText(comment.body, headSha),
			wanted: void 0
		});
		if (!comment.hasReplies) hide.push({
			comment,
			why: fate
		});
	}
	return {
		create,
		update,
		hide,
		show,
		remove
	};
}
/** Whether a comment can go on speaking for a finding where it stands; one that was hidden comes back to its own line only. */
function stays(comment, { path, line, startLine, isBound }) {
	if (comment.isOutdated || comment.path !== path) return false;
	if (comment.line === void 0) return true;
	if (!isBound && !comment.isHidden) return true;
	return comment.line === line && (comment.startLine === startLine || startLine === void 0);
}
function isLaterTwin(other, { number, path, line, startLine }) {
	return other.number > number && other.path === path && other.line === line && other.startLine === startLine && !other.isHidden && !other.isOutdated && !other.hasReplies;
}
/** What becomes of a comment that nothing wants where it stands; `fresh` are the findings that nothing stood for so far. */
function fateOf(comment, { wanted, fresh, found }) {
	const marker = firstLine(comment.body);
	if (wanted.some((want) => want.marker === marker)) return "OUTDATED";
	const [fingerprint = "", ...part] = MARKER.exec(marker)?.[1]?.split(" ") ?? [];
	if (found.new.has(fingerprint)) return part.length > 0 ? "OUTDATED" : "stays";
	if (!found.isWhole) return "stays";
	const rule = RULE.exec(comment.body)?.[1];
	const isReplaced = fresh.some(({ path, finding }) => path === comment.path && finding.rule === rule);
	const isUnseen = found.murky.has(comment.path) && !(rule !== void 0 && seesFaults(rule));
	return isReplaced || isUnseen || found.known.has(fingerprint) ? "OUTDATED" : "RESOLVED";
}
const MARKER = /^<!-- mta-sts-guard ([\w -]+) -->$/;
/** In the footer of every comment of ours. */
const RULE = /^<sub>Rule \[([\w-]+)\]/m;
/** Whether a comment's first line is one of ours. */
function isMarked(body) {
	return MARKER.test(firstLine(body));
}
const FIXED = "**Fixed in `";
/** What a comment says once its finding is gone: where, and the sentence that it began with. */
function fixedText(body, headSha) {
	const [marker = "", first = ""] = body.split(/\r?\n/);
	const [, said] = /^\*\*(.+?)\*\*/.exec(first) ?? [];
	const fixed = `${marker}\n${FIXED}${headSha.slice(0, 7)}\`.**`;
	return said === void 0 ? fixed : `${fixed}\n\n~~${said}~~`;
}
function isFixedText(body) {
	return body.split(/\r?\n/, 2)[1]?.startsWith(FIXED) ?? false;
}
/** The first lines of comments. */
function markersOf(comments) {
	return new Set(comments.map(({ body }) => firstLine(body)));
}
function firstLine(body) {
	return body.split(/\r?\n/, 1)[0] ?? "";
}
/** GitHub may keep other line ends than it was given. */
function isSameText(a, b) {
	const plain = (text) => text.replaceAll("\r\n", "\n").trimEnd();
	return plain(a) === plain(b);
}

// src/publish/summaryMark.ts
/** A summary's text after its first line, which is its identity, and the line that says whose it is. */
function markedSummary(text, { headSha, run }) {
	return `${SUMMARY_MARKER}\n<!-- head ${headSha} run ${run.replaceAll(/[^\w.]/g, "_")} -->\n${text}`;
}
const MARK = /^<!-- head ([0-9a-f]+) run ([\w.]*) -->$/;
/** Undefined for a comment that is no summary, or one from before there was such a line. */
function summaryMark(body) {
	const [, headSha, run] = MARK.exec(body.split(/\r?\n/, 2)[1] ?? "") ?? [];
	return isSummary(body) && headSha !== void 0 && run !== void 0 ? {
		headSha,
		run
	} : void 0;
}
function isSummary(body) {
	return firstLine(body) === SUMMARY_MARKER;
}
/** Whether two summaries say the same of the same head, whichever run wrote them. */
function isSameSummary(a, b) {
	const withoutRun = (text) => text.replace(/^(.*\r?\n<!-- head [0-9a-f]+) run [\w.]* -->/, "$1 -->");
	return isSameText(withoutRun(a), withoutRun(b));
}

// src/publish/comments.ts
const COMMENT = "id databaseId body url isMinimized viewerDidAuthor";
const PAGE = "pageInfo { hasNextPage endCursor }";
const QUERY = `query ($owner: String!, $repo: String!, $number: Int!, $comments: String, $threads: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
    headRefOid state
    comments(first: 100, after: $comments) { ${PAGE} nodes { ${COMMENT} } }
    reviewThreads(first: 100, after: $threads) { ${PAGE} nodes {
      path line startLine isOutdated comments(first: 1) { totalCount nodes { ${COMMENT} } } } }
  } }
}`;
/** Beyond this a pull request has more comments than anybody reads: 5,000. */
const MOST_PAGES = 50;
/** Reads the pull request and what this token wrote on it, for both kinds of comments at once. */
async function standing(client, pull) {
	const summaries = /* @__PURE__ */ new Map();
	const comments = /* @__PURE__ */ new Map();
	const after = {
		comments: null,
		threads: null
	};
	for (let page = 1;; page++) {
		const { owner, repo, number } = pull;
		const told = (await client.graphql(QUERY, {
			owner,
			repo,
			number,
			...after
		}))?.repository?.pullRequest;
		if (!told) throw new BadAnswer("pull request");
		for (const comment of told.comments.nodes) if (comment?.viewerDidAuthor && isSummary(comment.body)) summaries.set(comment.databaseId, {
			number: comment.databaseId,
			body: comment.body,
			url: comment.url
		});
		for (const thread of told.reviewThreads.nodes) {
			const comment = thread?.comments.nodes[0];
			if (thread && comment?.viewerDidAuthor && isMarked(comment.body)) comments.set(comment.databaseId, existingOf(comment, thread));
		}
		if (!(told.comments.pageInfo.hasNextPage || told.reviewThreads.pageInfo.hasNextPage) || page === MOST_PAGES) return {
			headSha: told.headRefOid,
			isOpen: told.state === "OPEN",
			summaries: [...summaries.values()].toSorted((a, b) => a.number - b.number),
			comments: [...comments.values()]
		};
		after.comments = told.comments.pageInfo.endCursor ?? after.comments;
		after.threads = told.reviewThreads.pageInfo.endCursor ?? after.threads;
	}
}
function existingOf({ id, databaseId: number, body, isMinimized: isHidden }, { path, line, startLine, isOutdated, comments: { totalCount } }) {
	return {
		id,
		number,
		body,
		path,
		line: line ?? void 0,
		startLine: startLine ?? void 0,
		isOutdated,
		isHidden,
		hasReplies: totalCount > 1
	};
}

// src/publish/diffLines.ts
const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
/** The hunks of a file's patch as GitHub gives it: without a file header, lines ended by LF only. */
function diffLines(patch) {
	const hunks = [];
	let [left, oldLeft, newLeft] = [
		0,
		0,
		0
	];
	let deleted = /* @__PURE__ */ new Set();
	for (const line of patch.split("\n")) if (oldLeft <= 0 && newLeft <= 0) {
		const [, from, count = "1", to, added = "1"] = HEADER.exec(line) ?? [];
		if (from === void 0) continue;
		[left, oldLeft, newLeft] = [
			Number(from),
			Number(count),
			Number(added)
		];
		deleted = /* @__PURE__ */ new Set();
		hunks.push({
			right: {
				first: Number(to),
				last: Number(to) + newLeft - 1
			},
			deleted
		});
	} else if (line.startsWith("-")) {
		deleted.add(left++);
		oldLeft--;
	} else if (line.startsWith("+")) newLeft--;
	else if (!line.startsWith("\\")) {
		left++;
		oldLeft--;
		newLeft--;
	}
	return hunks;
}
/** The hunk that shows all lines of a range of head. */
function hunkWith(hunks, { first, last }) {
	return hunks.find(({ right }) => first >= right.first && last <= right.last && first <= last);
}

// src/publish/placeOf.ts
function diffOf(files) {
	const read = files.map(({ path, previousPath = path, patch = "" }) => ({
		path,
		previousPath,
		hunks: diffLines(patch)
	}));
	return {
		head: new Map(read.map(({ path, hunks }) => [path, hunks])),
		base: new Map(read.map(({ path, previousPath, hunks }) => [previousPath, {
			path,
			hunks
		}]))
	};
}
/**
* The first of a finding's locations (its own, then the related ones) that lies on a line of the diff; else the first file
* of them that is in the diff; else the summary.
*/
function placeOf({ at, related = [] }, diff) {
	const spans = [at, ...related.map((other) => other.at)];
	for (const span of spans) {
		const place = lineOf(span, diff);
		if (place) return place;
	}
	for (const { side, path } of spans) {
		const name = side === "base" ? diff.base.get(path)?.path : path;
		if (name !== void 0 && diff.head.has(name)) return {
			kind: "file",
			path: name
		};
	}
	return { kind: "summary" };
}
function lineOf({ side, path, start }, diff) {
	const { line } = start;
	if (side === "head") return hunkWith(diff.head.get(path) ?? [], {
		first: line,
		last: line
	}) && {
		kind: "line",
		side: "RIGHT",
		path,
		line
	};
	const file = diff.base.get(path);
	return file?.hunks.some(({ deleted }) => deleted.has(line)) ? {
		kind: "line",
		side: "LEFT",
		path: file.path,
		line
	} : void 0;
}

// src/publish/plan.ts
/** Lines; a longer suggestion hides what it changes, so edits that are farther apart become two. */
const LONGEST_SUGGESTION = 12;
/** Which comments a review wants, worst first and under the cap; notices want none. */
function planOf({ review, files, text, cap, editUrl }) {
	const diff = diffOf(files);
	const wanted = [];
	const inFull = /* @__PURE__ */ new Map();
	let overCap = 0;
	const { leads, also } = withoutRepeats(review.findings.filter(({ status }) => status === "new"), diff);
	for (const finding of leads) {
		const byHand = finding.fix && offerByHand(finding.fix, text, editUrl);
		if (finding.severity === "notice") {
			if (finding.message.includes("\n")) inFull.set(finding, byHand);
			continue;
		}
		const place = placeOf(finding, diff);
		if (place.kind === "summary") {
			inFull.set(finding, byHand);
			continue;
		}
		const plain = lineComment$1(finding, byHand, also.get(finding));
		const fitting = [commentsOf(finding, place, plain), [commentAt(finding, place, plain, plain)]].find((some) => some && wanted.length + some.length <= cap);
		if (!fitting) {
			overCap++;
			inFull.set(finding, byHand);
			continue;
		}
		wanted.push(...fitting);
	}
	return {
		wanted: withoutTwins(wanted),
		inFull,
		overCap
	};
	function commentsOf(finding, place, plain) {
		const pieces = (finding.fix && piecesOf(finding.fix, text, LONGEST_SUGGESTION)) ?? [];
		if (pieces.length === 0 || place.kind !== "line" || place.side === "LEFT") return void 0;
		if (!pieces.every((piece) => piece.isExact && hunkWith(diff.head.get(piece.path) ?? [], piece))) return void 0;
		const title = finding.fix?.title ?? "";
		const here = pieces.find(({ path, first, last }) => path === place.path && first <= place.line && place.line <= last);
		const elsewhere = pieces.filter((piece) => piece !== here);
		return [commentAt(finding, place, lineComment$1(finding, {
			title,
			here,
			elsewhere,
			byHand: [],
			editUrl
		}, also.get(finding)), plain, here), ...elsewhere.map((piece) => {
			const body = partComment(finding, title, piece, pieces.filter((other) => other !== piece), place);
			return {
				finding,
				marker: body.split("\n")[0] ?? "",
				body,
				fileBody: void 0,
				path: piece.path,
				side: "RIGHT",
				...linesOf(piece),
				isBound: true
			};
		})];
	}
}
/**
* A line that many zones include is at fault in each of them: what one comment says of the first domain holds for the others,
* and the same fix mends it for all.
*/
function withoutRepeats(findings, diff) {
	const groups = groupedBy(findings, (finding) => {
		const { rule, severity, domain, message, fix } = finding;
		const said = domain === null ? message : message.replaceAll(display(domain), "\0");
		const edits = fix?.edits.map(({ at, newText }) => [
			at.path,
			at.start.offset,
			at.end.offset,
			newText
		]);
		const whose = domain === null ? finding.fingerprint : "";
		return JSON.stringify([
			rule,
			severity,
			placeOf(finding, diff),
			said,
			edits,
			whose
		]);
	});
	const also = /* @__PURE__ */ new Map();
	for (const [lead, ...others] of groups.values()) if (lead) also.set(lead, others.flatMap(({ domain }) => domain ?? []));
	return {
		leads: findings.filter((finding) => also.has(finding)),
		also
	};
}
/** Two findings may want the same lines changed in the same way, a serial above all: one suggestion serves both. */
function withoutTwins(wanted) {
	const isPart = ({ fileBody }) => fileBody === void 0;
	const taken = new Set(wanted.filter((comment) => comment.isBound && !isPart(comment)).map(keyOf));
	return wanted.filter((comment) => {
		if (!isPart(comment)) return true;
		const key = keyOf(comment);
		return !taken.has(key) && taken.add(key);
	});
}
/** What a suggestion does, whoever wants it. */
function keyOf({ path, startLine, line, body }) {
	return JSON.stringify([
		path,
		startLine,
		line,
		/^```+suggestion\n[^]*?^```/m.exec(body)?.[0]
	]);
}
function commentAt(finding, place, body, fileBody, here) {
	const lines = place.kind === "file" ? {
		line: void 0,
		startLine: void 0
	} : here ? linesOf(here) : {
		line: place.line,
		startLine: void 0
	};
	return {
		finding,
		marker: markerOf(finding.fingerprint),
		body,
		fileBody,
		path: place.path,
		side: place.kind === "line" ? place.side : "RIGHT",
		...lines,
		isBound: here !== void 0
	};
}
function linesOf({ first, last }) {
	return {
		line: last,
		startLine: first === last ? void 0 : first
	};
}

// src/publish/unwritten.ts
/** What of a difference stays because its writes failed. */
function lacksOf({ create, update, hide, show, remove }, tries) {
	const lacks = [];
	const check = (key, what, at, finding) => {
		const refusal = tries.refusal(key);
		if (refusal) lacks.push({
			what,
			at,
			refusal,
			finding
		});
	};
	for (const want of create) if (want.fileBody === void 0) check(want, "a suggestion is missing", want);
	else check(want, "a comment is missing", want, want.finding);
	for (const change of update) {
		const what = change.wanted ? "a comment is not up to date" : "a comment does not say that its finding is fixed";
		check(updateKey(change), what, change.comment, change.wanted?.finding);
	}
	for (const { comment } of hide) check(hideKey(comment), "an old comment is not hidden", comment);
	for (const { comment, wanted } of show) check(showKey(comment), "a comment is still hidden", comment, wanted.finding);
	for (const comment of remove) check(removeKey(comment), "a comment stands twice", comment);
	return lacks;
}
/** One sentence a reason: what is missing where, and why. */
function sentencesOf(lacks) {
	return [...groupedBy(lacks, ({ refusal }) => refusal.why)].map(([why, some]) => {
		const whats = [...groupedBy(some, ({ what }) => what)].map(([what, same]) => `${what}${placesOf(same)}`).join(", ");
		return `${whats.charAt(0).toUpperCase()}${whats.slice(1)}: ${why}.`;
	});
}
/** So many places are named in one sentence. */
const MOST_PLACES = 5;
function placesOf(lacks) {
	const places = lacks.flatMap(({ at }) => at ? [at] : []);
	const named = places.slice(0, MOST_PLACES).map(({ path, line }) => `${quote(path)}${line === void 0 ? "" : ` line ${line}`}`);
	if (places.length > MOST_PLACES) named.push(`${places.length - MOST_PLACES} places more`);
	return named.length === 0 ? "" : ` on ${named.join(" and ")}`;
}

// src/publish/summaryWriter.ts
/** So often a summary is written in one run: another run may take it for its own in between. */
const MOST_WRITES = 3;
/** Keeps the one summary current. */
var SummaryWriter = class {
	tries = new Tries();
	#client;
	#job;
	#plan;
	/** What was written last, and over what. */
	#written;
	#writes = 0;
	#url;
	constructor(client, job, plan) {
		this.#client = client;
		this.#job = job;
		this.#plan = plan;
	}
	/** The summary's address, once there is one. */
	get url() {
		return this.#url;
	}
	/** Why the summary is not what it should be. */
	get lacks() {
		const written = this.tries.refusal(WRITE);
		if (written) return [{
			what: `the summary comment is ${this.#url === void 0 ? "missing" : "not up to date"}`,
			refusal: written
		}];
		const removed = this.tries.refusal(REMOVE);
		return removed ? [{
			what: "the summary comment stands twice",
			refusal: removed
		}] : [];
	}
	/** Whether nothing is left to write; else one thing was tried. */
	async isSettled(now, lacks) {
		const { comment, review } = this.#job;
		if (comment === "never") return true;
		const [existing, ...twins] = now.summaries;
		this.#url = existing?.url ?? this.#url;
		if (twins.length === 0) this.tries.forget([REMOVE]);
		if (twins.length > 0 && this.tries.may(REMOVE)) return await this.removeTwins(now), false;
		if (!existing && comment !== "always" && !isWorthTelling(review)) return true;
		const body = this.#body(lacks);
		if (this.#stands(existing, body) || !this.tries.may(WRITE)) return true;
		if (!await this.tries.one(WRITE, WRITE, () => this.#write(existing, body)) && ++this.#writes < MOST_WRITES) this.tries.forget([WRITE]);
		return false;
	}
	/** The oldest stays: all runs agree on it. */
	async removeTwins({ summaries: [, ...twins] }) {
		const { owner, repo } = this.#job.pull;
		for (const { number } of twins) {
			this.tries.forget([REMOVE]);
			await this.tries.one("remove", REMOVE, () => this.#client.rest.issues.deleteComment({
				owner,
				repo,
				comment_id: number
			}));
		}
	}
	/** Whether there is nothing to write; what was just written may not be seen yet, and is another run's of this head to alter. */
	#stands(existing, body) {
		if (existing && isSameSummary(existing.body, body)) {
			this.tries.forget([WRITE]);
			return true;
		}
		const { number, over } = this.#written ?? {};
		if (number === void 0) return false;
		if (!existing) return true;
		if (existing.number === number && existing.body === over) return true;
		return summaryMark(existing.body)?.headSha === this.#job.pull.headSha && summaryMark(existing.body)?.run !== this.#job.run;
	}
	async #write(existing, body) {
		const { owner, repo, number: issue_number } = this.#job.pull;
		const { issues } = this.#client.rest;
		if (existing) {
			await issues.updateComment({
				owner,
				repo,
				comment_id: existing.number,
				body
			});
			this.#written = {
				number: existing.number,
				over: existing.body
			};
		} else {
			const { data } = await issues.createComment({
				owner,
				repo,
				issue_number,
				body
			});
			if (typeof data?.id !== "number") throw new BadAnswer("comment");
			this.#written = {
				number: data.id,
				over: void 0
			};
			this.#url = data.html_url;
		}
	}
	#body(lacks) {
		const { review, conclusion, inlineComments, pull, run, notes, rest } = this.#job;
		const inFull = new Map(this.#plan.inFull);
		for (const { finding } of lacks) if (finding) inFull.set(finding, void 0);
		const { overCap } = this.#plan;
		const { note } = pull.files;
		const unwritten = [...note === void 0 ? [] : [note], ...sentencesOf(lacks)];
		if (overCap > 0 && inlineComments > 0) unwritten.push(`${plural(overCap, "finding")} more without a comment on the line: the limit is \`inline-comments\`.`);
		const body = {
			review,
			conclusion,
			compared: true,
			inFull,
			unwritten: unwritten.map(prose),
			notes,
			rest
		};
		return markedSummary(summaryComment(body), {
			headSha: pull.headSha,
			run
		});
	}
};
const WRITE = "write";
const REMOVE = "remove";

// src/publish/publish.ts
const NOTHING = {
	commentUrl: void 0,
	unwritten: [],
	isForbidden: false,
	isOutdated: false
};
/** Milliseconds; what GitHub took without saying so is seen a moment later. */
const SETTLING = 2e3;
/** Looks at the pull request; each but the last is followed by writes, and few need more than three. */
const MOST_LOOKS = 9;
/**
* Brings the comments on a pull request in line with a review: looks, writes what differs, and looks again until nothing does.
* So what another run does at the same time is seen, what a broken answer hid is not written twice, and what GitHub refuses is
* told: a comment on a line becomes one on the file, and what is refused there stands in the summary. Throws only faults of ours.
*/
async function publish(client, job, pause = setTimeout) {
	if (job.readOnly !== void 0) return {
		...NOTHING,
		unwritten: [job.readOnly]
	};
	const plan = planOf({
		review: job.review,
		files: job.pull.files.listed,
		text: job.text,
		cap: job.inlineComments,
		editUrl: editUrl(job)
	});
	const found = foundBy(job);
	const comments = new CommentWriter(client, job.pull);
	const summary = new SummaryWriter(client, job, plan);
	let difference;
	let stood;
	try {
		for (let look = 1; look <= MOST_LOOKS; look++) {
			const now = await standing(client, job.pull);
			stood ??= markersOf(now.comments);
			difference = reconcile(plan.wanted, now.comments, found, job.pull.headSha, stood);
			if (isStale(now, job)) {
				if (look > 1) await removeTwins(comments, summary, difference, now);
				return {
					...NOTHING,
					isOutdated: true
				};
			}
			if (job.dryRun) return {
				...NOTHING,
				commentUrl: now.summaries[0]?.url
			};
			const left = comments.left(difference);
			if (Object.values(left).some((some) => some.length > 0)) await comments.write(left);
			else if (await summary.isSettled(now, lacksOf(difference, comments.tries))) break;
			if (comments.tries.isUnclear || summary.tries.isUnclear) await pause(SETTLING);
		}
	} catch (error) {
		const refusal = refusalOf(error);
		if (!refusal) throw error;
		const unread = `The comments on this pull request could not be read, so not all of them are written: ${refusal.why}.`;
		const failed = difference ? sentencesOf(lacksOf(difference, comments.tries)) : [];
		const isForbidden = refusal.kind === "forbidden";
		return {
			...NOTHING,
			commentUrl: summary.url,
			unwritten: [unread, ...failed],
			isForbidden
		};
	}
	const lacks = [...difference ? lacksOf(difference, comments.tries) : [], ...summary.lacks];
	const { isRead, note = "" } = job.pull.files;
	return {
		commentUrl: summary.url,
		unwritten: [...isRead ? [] : [note], ...sentencesOf(lacks)],
		isForbidden: lacks.some(({ refusal }) => refusal.kind === "forbidden"),
		isOutdated: false
	};
}
function isStale({ isOpen, headSha }, { pull }) {
	return !isOpen || headSha !== pull.headSha;
}
/** A stale run leaves nothing that stands twice; what else it wrote is the newer one's to mend. */
async function removeTwins(comments, summary, { remove }, now) {
	await comments.remove(remove);
	await summary.removeTwins(now);
}
function foundBy({ review: { findings, ignored, changes }, conclusion }) {
	const of = (wanted) => findings.filter(({ status }) => status === wanted).map((each) => each.fingerprint);
	return {
		new: new Set(of("new")),
		known: /* @__PURE__ */ new Set([...of("existing"), ...ignored.map(({ finding }) => finding.fingerprint)]),
		isWhole: conclusion !== "incomplete",
		murky: new Set(changes.domains.flatMap(({ head }) => head ? murkyFiles(head) : []))
	};
}
function editUrl({ pull, serverUrl }) {
	const { headRepository, headBranch, mayPush } = pull;
	return (path, line) => {
		const place = pathInUrl(`${headBranch}/${path}`);
		if (!mayPush || headRepository === void 0 || place === void 0) return void 0;
		return `${serverUrl}/${headRepository}/edit/${place}#L${line}`;
	};
}

export { changedFiles as n, publish as t };