import { An as groupedBy, Dn as sourceAt, Mn as conclude, Pn as thresholdOf } from "./parse.js";
import { A as lineComment, D as SUMMARY_MARKER, F as plural, I as codeSpan, M as partComment, O as isWorthTelling, j as markerOf, k as summaryComment } from "./engine.js";
import { r as refusedFor, t as isRefusal } from "./readOnly.js";

// src/publish/comments.ts
const COMMENT = "id databaseId body url isMinimized viewerDidAuthor";
const PAGE = "pageInfo { hasNextPage endCursor }";
const QUERY = `query ($owner: String!, $repo: String!, $number: Int!, $comments: String, $threads: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
    headRefOid state
    comments(first: 100, after: $comments) { ${PAGE} nodes { ${COMMENT} } }
    reviewThreads(first: 100, after: $threads) { ${PAGE} nodes {
      path line startLine isOutdated comments(first: 1) { nodes { ${COMMENT} } } } }
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
		const { repository } = await client.graphql(QUERY, {
			owner: pull.owner,
			repo: pull.repo,
			number: pull.number,
			...after
		});
		const told = repository.pullRequest;
		for (const { databaseId: number, body, url, viewerDidAuthor } of told.comments.nodes) if (viewerDidAuthor) summaries.set(number, {
			number,
			body,
			url
		});
		for (const thread of told.reviewThreads.nodes) {
			const [comment] = thread.comments.nodes;
			if (comment?.viewerDidAuthor) comments.set(comment.databaseId, existingOf(comment, thread));
		}
		if (!(told.comments.pageInfo.hasNextPage || told.reviewThreads.pageInfo.hasNextPage) || page === MOST_PAGES) return {
			headSha: told.headRefOid,
			isOpen: told.state === "OPEN",
			summaries: [...summaries.values()],
			comments: [...comments.values()]
		};
		after.comments = told.comments.pageInfo.endCursor ?? after.comments;
		after.threads = told.reviewThreads.pageInfo.endCursor ?? after.threads;
	}
}
function existingOf({ id, databaseId: number, body, isMinimized: isHidden }, { path, line, startLine, isOutdated }) {
	return {
		id,
		number,
		body,
		path,
		line: line ?? void 0,
		startLine: startLine ?? void 0,
		isOutdated,
		isHidden
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

// src/publish/piecesOf.ts
const LF = 10;
/**
* A fix as whole lines of head and what they become, in the order of paths and lines. Edits of one line are one piece, and so
* are those within `reach` lines. Undefined where a text is not known.
*/
function piecesOf({ edits }, text, reach = 1) {
	const pieces = [];
	for (const [path, inFile] of groupedBy(edits, (edit) => edit.at.path)) {
		const source = text(path);
		if (!source) return void 0;
		const ordered = inFile.toSorted((a, b) => a.at.start.offset - b.at.start.offset);
		for (const close of closeOnes(ordered, source, reach)) pieces.push(pieceOf(close, source, path));
	}
	return pieces.toSorted((a, b) => a.path === b.path ? a.first - b.first : a.path < b.path ? -1 : 1);
}
/** Which lines an edit touches; one that ends at the start of a line leaves that line alone. */
function linesOf$1({ at }, source) {
	const first = at.start.offset > 0 && at.start.offset === source.bytes.length && at.start.column === 1 ? at.start.line - 1 : at.start.line;
	return {
		first,
		last: at.end.column === 1 && at.end.line > first ? at.end.line - 1 : at.end.line
	};
}
function closeOnes(edits, source, reach) {
	const groups = [];
	for (const edit of edits) {
		const range = linesOf$1(edit, source);
		const group = groups.at(-1);
		if (group && (range.first <= group.range.last || range.last - group.range.first < reach)) {
			group.edits.push(edit);
			group.range = {
				first: group.range.first,
				last: Math.max(group.range.last, range.last)
			};
		} else groups.push({
			range,
			edits: [edit]
		});
	}
	return groups.map((group) => group.edits);
}
function pieceOf(edits, source, path) {
	const ranges = edits.map((edit) => linesOf$1(edit, source));
	const first = Math.min(...ranges.map((range) => range.first));
	const last = Math.max(...ranges.map((range) => range.last));
	const [start, end] = [source.lineStart(first), source.lineStart(last + 1)];
	let [after, at] = ["", start];
	for (const edit of edits) {
		after += source.text(at, edit.at.start.offset) + edit.newText;
		at = edit.at.end.offset;
	}
	after += source.text(at, end);
	return {
		path,
		first,
		last,
		before: source.text(start, end),
		after,
		isExact: isExact(source, start, end, after)
	};
}
/** Characters that a comment's text does not keep, or that nobody sees. */
const ALTERED = /\r|<!--|(?![\t\n])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|\uFFFD/u;
/** Bytes; a longer stretch is no suggestion that somebody can read. */
const LONGEST = 1e4;
/** Whether a suggestion can say it: whole lines that both end as they ended, in text that comes through a comment unharmed. */
function isExact(source, start, end, after) {
	if (end - start + after.length > LONGEST) return false;
	return end > start && source.bytes[end - 1] === LF && (after === "" || after.endsWith("\n")) && !ALTERED.test(after) && !ALTERED.test(source.text(start, end));
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
	for (const finding of review.findings) {
		if (finding.status !== "new" || finding.severity === "notice") continue;
		const place = placeOf(finding, diff);
		const byHand = byHandOf(finding);
		if (place.kind === "summary") {
			inFull.set(finding, byHand);
			continue;
		}
		const plain = lineComment(finding, byHand);
		const fitting = [commentsOf(finding, place, plain), [commentAt(finding, place, plain, plain)]].find((some) => some && wanted.length + some.length <= cap);
		if (!fitting) {
			overCap++;
			continue;
		}
		wanted.push(...fitting);
	}
	return {
		wanted: withoutTwins(wanted),
		inFull,
		overCap
	};
	function byHandOf({ fix }) {
		const pieces = fix && piecesOf(fix, text);
		return pieces && {
			title: fix.title,
			here: void 0,
			elsewhere: [],
			byHand: pieces,
			editUrl
		};
	}
	function commentsOf(finding, place, plain) {
		const pieces = (finding.fix && piecesOf(finding.fix, text, LONGEST_SUGGESTION)) ?? [];
		if (pieces.length === 0 || place.kind !== "line" || place.side === "LEFT") return void 0;
		if (!pieces.every((piece) => piece.isExact && hunkWith(diff.head.get(piece.path) ?? [], piece))) return void 0;
		const title = finding.fix?.title ?? "";
		const here = pieces.find(({ path, first, last }) => path === place.path && first <= place.line && place.line <= last);
		const elsewhere = pieces.filter((piece) => piece !== here);
		return [commentAt(finding, place, lineComment(finding, {
			title,
			here,
			elsewhere,
			byHand: [],
			editUrl
		}), plain, here), ...elsewhere.map((piece) => {
			const body = partComment(finding, title, piece, pieces.filter((other) => other !== piece));
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

// src/publish/reconcile.ts
/**
* What stands there against what shall stand there. A comment stays as long as its finding is found; one whose lines were
* changed gives way to a new one; one whose finding is gone is hidden. `found` holds the first lines of all that is found.
*/
function reconcile(wanted, existing, found) {
	const create = [];
	const update = [];
	const show = [];
	const kept = /* @__PURE__ */ new Set();
	const wantedLines = new Set(wanted.map(({ marker }) => marker));
	for (const want of wanted) {
		const comment = existing.find((other) => !kept.has(other) && firstLine(other.body) === want.marker && stays(other, want));
		if (!comment) {
			create.push(want);
			continue;
		}
		kept.add(comment);
		const body = comment.line === void 0 ? want.fileBody ?? want.body : want.body;
		if (!isSameText(comment.body, body)) update.push({
			comment,
			body
		});
		if (comment.isHidden) show.push(comment);
	}
	return {
		create,
		update,
		hide: existing.filter((comment) => !kept.has(comment) && !comment.isHidden).filter(({ body }) => wantedLines.has(firstLine(body)) || !found.has(firstLine(body))).map((comment) => ({
			comment,
			why: wantedLines.has(firstLine(comment.body)) ? "OUTDATED" : "RESOLVED"
		})),
		show
	};
}
/** Whether a comment can go on speaking for a finding where it stands. */
function stays(comment, { path, line, startLine, isBound }) {
	if (comment.isOutdated || comment.path !== path) return false;
	if (comment.line === void 0) return true;
	return !isBound || comment.line === line && (comment.startLine === startLine || startLine === void 0);
}
function firstLine(body) {
	return body.split(/\r?\n/, 1)[0] ?? "";
}
/** GitHub may keep other line ends than it was given. */
function isSameText(a, b) {
	const plain = (text) => text.replaceAll("\r\n", "\n").trimEnd();
	return plain(a) === plain(b);
}

// src/publish/publish.ts
/** Brings the comments on a pull request in line with a review; writes only what differs, and answers a refusal with one line. */
async function publish(client, job) {
	if (job.readOnly !== void 0) return {
		commentUrl: void 0,
		degraded: job.readOnly,
		isOutdated: false
	};
	try {
		const now = await standing(client, job.pull);
		if (!now.isOpen || now.headSha !== job.pull.headSha) return {
			commentUrl: void 0,
			degraded: void 0,
			isOutdated: true
		};
		const plan = planOf({
			review: job.review,
			files: job.pull.files,
			text: job.text,
			cap: job.inlineComments,
			editUrl: editUrl(job)
		});
		const refused = await writeComments(client, job, plan, now);
		return {
			commentUrl: await writeSummary(client, job, plan, now, refused),
			degraded: refused.length === 0 ? void 0 : `${plural(refused.length, "comment")} could not be put on the line.`,
			isOutdated: false
		};
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return {
			commentUrl: void 0,
			degraded: refusedFor(error),
			isOutdated: false
		};
	}
}
function editUrl({ pull, serverUrl }) {
	const { headRepository, headBranch, mayPush } = pull;
	return (path, line) => {
		if (!mayPush || headRepository === void 0) return void 0;
		const parts = [...headBranch.split("/"), ...path.split("/")].map((part) => encodeURIComponent(part).replace(/[()'*!]/g, percent));
		return `${serverUrl}/${headRepository}/edit/${parts.join("/")}#L${line}`;
	};
}
function percent(character) {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
/** Returns what GitHub refused everywhere. */
async function writeComments(client, job, plan, now) {
	const found = new Set(job.review.findings.filter(({ status }) => status === "new").map(({ fingerprint }) => markerOf(fingerprint)));
	const own = now.comments.filter(({ body }) => OURS.test(firstLine(body)));
	const { create, update, hide, show } = reconcile(plan.wanted, own, found);
	if (job.dryRun) return [];
	const { owner, repo, number: pull_number, headSha: commit_id } = job.pull;
	const at = {
		owner,
		repo
	};
	const off = await createReview(client, job, create.filter(({ line }) => line !== void 0));
	const refused = off.filter(({ fileBody }) => fileBody === void 0);
	const onFile = [...create.filter(({ line }) => line === void 0), ...off.filter(({ fileBody }) => fileBody !== void 0)];
	for (const comment of onFile) {
		const { path, fileBody: body = comment.body } = comment;
		if (!await unlessUnprocessable(() => client.rest.pulls.createReviewComment({
			...at,
			pull_number,
			commit_id,
			path,
			body,
			subject_type: "file"
		}))) refused.push(comment);
	}
	for (const { comment, body } of update) await client.rest.pulls.updateReviewComment({
		...at,
		comment_id: comment.number,
		body
	});
	await hideAndShow(client, hide, show);
	return refused;
}
const OURS = /^<!-- mta-sts-guard [\w -]+ -->$/;
/** So many tries to find out which comments a review is refused for. */
const MOST_TRIES = 12;
/** All comments in one review; one that is refused is looked for by halves. Returns those that GitHub did not take. */
async function createReview(client, { pull }, comments) {
	const { owner, repo, number: pull_number, headSha: commit_id } = pull;
	const refused = [];
	const open = comments.length > 0 ? [comments] : [];
	for (let tries = 0; open.length > 0; tries++) {
		const some = open.shift() ?? [];
		if (tries < MOST_TRIES && await unlessUnprocessable(() => client.rest.pulls.createReview({
			owner,
			repo,
			pull_number,
			commit_id,
			event: "COMMENT",
			comments: some.map(lineParameters)
		}))) continue;
		if (some.length === 1 || tries >= MOST_TRIES) refused.push(...some);
		else open.push(some.slice(0, some.length >> 1), some.slice(some.length >> 1));
	}
	return refused;
}
function lineParameters({ path, body, side, line = 1, startLine }) {
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
/** Whether GitHub took it; any other refusal than "cannot be processed" is thrown. */
async function unlessUnprocessable(write) {
	try {
		await write();
		return true;
	} catch (error) {
		if (error.status === 422) return false;
		throw error;
	}
}
/** One request for all of them. */
async function hideAndShow(client, hide, show) {
	const ids = [...hide.map(({ comment }) => comment.id), ...show.map(({ id }) => id)];
	if (ids.length === 0) return;
	const fields = ids.map((_, index) => {
		const why = hide[index]?.why;
		return why === void 0 ? `m${index}: unminimizeComment(input: { subjectId: $i${index} }) { unminimizedComment { isMinimized } }` : `m${index}: minimizeComment(input: { subjectId: $i${index}, classifier: ${why} }) { minimizedComment { isMinimized } }`;
	});
	const variables = ids.map((_, index) => `$i${index}: ID!`).join(", ");
	await client.graphql(`mutation (${variables}) { ${fields.join(" ")} }`, Object.fromEntries(ids.map((id, index) => [`i${index}`, id])));
}
/** Creates the summary or brings it up to date; returns its address. */
async function writeSummary(client, job, plan, now, refused) {
	const { owner, repo, number: issue_number } = job.pull;
	const existing = now.summaries.find(({ body }) => firstLine(body) === SUMMARY_MARKER);
	const isWanted = job.comment === "always" || isWorthTelling(job.review) || existing !== void 0;
	if (job.comment === "never" || !isWanted) return void 0;
	const body = summaryBody(job, plan, refused);
	if (job.dryRun || existing && isSameText(existing.body, body)) return existing?.url;
	if (existing) {
		await client.rest.issues.updateComment({
			owner,
			repo,
			comment_id: existing.number,
			body
		});
		return existing.url;
	}
	const { data } = await client.rest.issues.createComment({
		owner,
		repo,
		issue_number,
		body
	});
	return withoutTwin(client, job, data.id, data.html_url);
}
/** Two runs may both find no summary: the later one's goes. */
async function withoutTwin(client, { pull }, created, url) {
	const { summaries } = await standing(client, pull);
	const first = summaries.filter(({ body }) => firstLine(body) === SUMMARY_MARKER).toSorted((a, b) => a.number - b.number)[0];
	if (!first || first.number >= created) return url;
	await client.rest.issues.deleteComment({
		owner: pull.owner,
		repo: pull.repo,
		comment_id: created
	});
	return first.url;
}
function summaryBody({ review, conclusion }, plan, refused) {
	const inFull = new Map(plan.inFull);
	const unwritten = refused.map(({ path, line, finding }) => `The comment of ${finding.rule} on ${codeSpan(path)}${line === void 0 ? "" : `, line ${line}`}: GitHub does not show that line in this pull request.`);
	for (const { finding, fileBody } of refused) if (fileBody !== void 0) inFull.set(finding, void 0);
	if (plan.overCap > 0) unwritten.push(`${plural(plan.overCap, "finding")} more without a comment on the line: the limit is \`inline-comments\`.`);
	return `${SUMMARY_MARKER}\n${summaryComment({
		review,
		conclusion,
		compared: true,
		inFull,
		unwritten,
		moreUrl: void 0
	})}`;
}

// src/action/publishPull.ts
/** Brings the comments of a pull request in line with its judgement, as far as inputs and token allow. */
async function publishPull(client, pull, { review, snapshot, config }, inputs, { owner, repo, serverUrl }) {
	if (!pull.isOpen) return {
		commentUrl: "",
		degraded: false,
		notes: ["This pull request is closed: it was judged, and nothing is written to it."]
	};
	if (inputs.comment === "never" && inputs.inlineComments === 0) return {
		commentUrl: "",
		degraded: false,
		notes: []
	};
	if (pull.readOnly !== void 0) return {
		commentUrl: "",
		degraded: true,
		notes: [pull.readOnly]
	};
	try {
		const files = await client.paginate(client.rest.pulls.listFiles, {
			owner,
			repo,
			pull_number: pull.number,
			per_page: 100
		});
		const { commentUrl, degraded, isOutdated } = await publish(client, {
			pull: {
				owner,
				repo,
				number: pull.number,
				headSha: pull.head,
				headBranch: pull.headBranch,
				headRepository: pull.headRepository,
				mayPush: pull.headRepository === `${owner}/${repo}`,
				files: files.map(({ filename, previous_filename, patch }) => ({
					path: filename,
					previousPath: previous_filename,
					patch
				}))
			},
			review,
			conclusion: conclude(review.findings, thresholdOf(inputs.failOn, config)),
			text: (path) => sourceAt(snapshot, {
				side: "head",
				path
			}),
			comment: inputs.comment,
			inlineComments: inputs.inlineComments,
			serverUrl,
			readOnly: void 0,
			dryRun: inputs.dryRun
		});
		const outdated = "This pull request was closed or pushed to while this ran, so its comments are left to the next run.";
		return {
			commentUrl: commentUrl ?? "",
			degraded: degraded !== void 0,
			notes: [...degraded === void 0 ? [] : [degraded], ...isOutdated ? [outdated] : []]
		};
	} catch (error) {
		return {
			commentUrl: "",
			degraded: true,
			notes: [refusedFor(error)]
		};
	}
}

export { publishPull };