import { d as CONFIG_PATH, u as Unusable } from "./first.js";
import { createHash } from "node:crypto";
import { posix } from "node:path";
import { setTimeout } from "node:timers/promises";

// src/load/pathName.ts
/**
* File names are bytes to git and Unix, and text to us: UTF-8, each byte that is not UTF-8 as the lone surrogate
* U+DC80 to U+DCFF (Python's "surrogateescape"), so that no two names meet and every name finds its way back.
*/
const strict = new TextDecoder("utf-8", {
	fatal: true,
	ignoreBOM: true
});
const STRAY = /[\uDC80-\uDCFF]/u;
/** The text of a name's bytes. */
function decodePath(bytes) {
	const text = bytes.toString("utf8");
	if (!text.includes("�")) return text;
	let exact = "";
	for (let at = 0; at < bytes.length;) {
		const length = sequenceLength(bytes[at]);
		const character = decodeStrictly(bytes.subarray(at, at + length));
		exact += character ?? String.fromCharCode(56320 + bytes[at]);
		at += character === void 0 ? 1 : length;
	}
	return exact;
}
/** The bytes of a name that `decodePath` read. */
function encodePath(path) {
	if (!STRAY.test(path)) return Buffer.from(path);
	const parts = Array.from(path, (character) => STRAY.test(character) ? Buffer.from([character.charCodeAt(0) - 56320]) : Buffer.from(character));
	return Buffer.concat(parts);
}
/** Whether a name is UTF-8 and so can be an argument of a process. */
function isUtf8Path(path) {
	return !STRAY.test(path);
}
function sequenceLength(lead) {
	if (lead < 192) return 1;
	if (lead < 224) return 2;
	return lead < 240 ? 3 : 4;
}
function decodeStrictly(bytes) {
	try {
		return strict.decode(bytes);
	} catch {
		return;
	}
}

// src/judge/commits.ts
/** Asks a repository for the commits of a task, which is the first that is asked of it. */
async function commitsOf(repository, task) {
	return {
		fork: task.kind === "change" ? await repository.mergeBase(task.base, task.head) : void 0,
		head: await repository.resolve(task.head)
	};
}

// src/github/failure.ts
/** What GitHub's client threw, where that is the reason of an error; else the error. */
function failureOf(error) {
	for (let at = error; at; at = at.cause) if (at.status !== void 0 || at.errors !== void 0) return at;
	return error;
}
/** The headers of the answer, none where there was no answer. */
function headersOf({ response, headers }) {
	return response?.headers ?? headers ?? {};
}
/** Whether the token has asked too much or too fast: nothing was done, and later it will be. */
function isLimit(failure) {
	const { status, errors, message = "" } = failure;
	if (errors) return errors.some((error) => error.type === "RATE_LIMITED" || LIMIT_WORDS.test(error.message ?? ""));
	if (status === 429) return true;
	const headers = headersOf(failure);
	const isTold = headers["retry-after"] !== void 0 || String(headers["x-ratelimit-remaining"]) === "0";
	return status === 403 && (isTold || LIMIT_WORDS.test(message));
}
const LIMIT_WORDS = /rate limit|abuse detection/i;
/** Whether the same request may fare better: no answer, a server's fault, or a query that GraphQL gave up. */
function isPassing({ status, errors }) {
	if (errors) return errors.every(({ type, extensions }) => type === "TIMEOUT" || !type && !extensions);
	return status === void 0 || status >= 500;
}
/** Whether GitHub never got the request. */
function isUnsent({ cause }) {
	const { code, cause: deeper } = cause ?? {};
	return code === void 0 ? deeper !== void 0 && isUnsent({ cause: deeper }) : UNSENT.has(code);
}
const UNSENT = /* @__PURE__ */ new Set([
	"ECONNREFUSED",
	"ENOTFOUND",
	"EAI_AGAIN",
	"UND_ERR_CONNECT_TIMEOUT"
]);
/** When to come back after a limit: "in 7 s", "after 12:00 UTC". */
function laterWords(failure) {
	const headers = headersOf(failure);
	if (headers["retry-after"] !== void 0) return `in ${Number(headers["retry-after"]) || 60} s`;
	const reset = Number(headers["x-ratelimit-reset"]);
	return String(headers["x-ratelimit-remaining"]) === "0" && reset > 0 ? `after ${(/* @__PURE__ */ new Date(reset * 1e3)).toISOString().slice(11, 16)} UTC` : "in an hour";
}

// src/load/githubApi.ts
/** A query that GitHub began and gave up, again and again: less of it may go well. */
var GaveUp = class extends Unusable {};
/** Questions about one repository; refusals are told as `Unusable` with what to do. The client asks again by itself: see `addRetries`. */
var GithubApi = class {
	place;
	#octokit;
	constructor(octokit, place) {
		this.#octokit = octokit;
		this.place = place;
	}
	/** What lies at `/repos/{owner}/{repo}/…`; undefined where nothing does. What lacks one of `needed` is no answer. */
	async get(rest, needed, parameters) {
		const route = `GET /repos/{owner}/{repo}/${rest}`;
		const { data } = await this.#octokit.request(route, {
			...this.place,
			...parameters
		}).catch((error) => {
			if (error.status === 404 || error.status === 422 && /No commit found/.test(error.message ?? "")) return { data: void 0 };
			throw this.#unusable(error);
		});
		const lacking = needed.find((name) => data?.[name] === null || data !== void 0 && data?.[name] === void 0);
		if (lacking !== void 0) throw this.#lacks(lacking);
		return data;
	}
	/** The fields of the repository that a query asks for; what is not found in it is null. */
	async query(declarations, fields, variables) {
		const query = `query(${[
			"$owner: String!",
			"$repo: String!",
			...declarations
		].join(", ")}) {
      repository(owner: $owner, name: $repo) { ${fields} }
    }`;
		const { repository } = await this.#octokit.graphql(query, {
			...this.place,
			...variables
		}).catch((error) => {
			if (error.errors?.every(({ type }) => type === "NOT_FOUND") && hasRepository(error.data)) return error.data;
			throw this.#unusable(error.errors?.some(({ type }) => type === "NOT_FOUND") ? { status: 404 } : error);
		}) ?? {};
		if (!repository) throw this.#lacks("repository");
		return repository;
	}
	#lacks(field) {
		return new Unusable(`GitHub's answer for ${this.#name} lacks what belongs into it (${field}): run the job again, or look at githubstatus.com.`);
	}
	get #name() {
		return `${this.place.owner}/${this.place.repo}`;
	}
	#unusable(failure) {
		const name = this.#name;
		const why = { cause: failure };
		const status = failure.errors?.some(({ type }) => type === "FORBIDDEN") ? 403 : failure.status;
		if (status === 401) return new Unusable(`GitHub does not accept the token for ${name} (401): renew the token.`, why);
		if (isLimit(failure)) return new Unusable(`GitHub's rate limit for this token is used up: run the job again ${laterWords(failure)}.`, why);
		if (status === 403) return new Unusable(`GitHub does not let the token read ${name} (403): ${permission(failure)}`, why);
		if (status === 404) return new Unusable(`GitHub shows this token no repository ${name} (404): ${permission(failure)}`, why);
		if (isPassing(failure)) {
			const text = `GitHub does not answer (three tries: ${reasonOf(failure)}): run the job again, or look at githubstatus.com.`;
			return failure.errors ?? failure.response ? new GaveUp(text, why) : new Unusable(text, why);
		}
		return new Unusable(`GitHub refuses to tell of ${name} (${status}: ${reasonOf(failure)}): run the job again.`, why);
	}
};
function hasRepository(data) {
	return data?.repository != null;
}
function reasonOf({ message, errors, status }) {
	return (errors?.[0]?.message ?? message ?? `status ${status}`).replace(/\s+/g, " ").slice(0, 200);
}
/** What the workflow must grant. */
function permission({ errors, request }) {
	return errors?.some(({ path }) => path?.includes("associatedPullRequests")) ?? /\/pulls(?:\?|$)/.test(request?.url ?? "") ? "the job needs `permissions: { pull-requests: read }`, or write." : "the job needs `permissions: { contents: read }`.";
}

// src/load/inParallel.ts
/** Does some work for each item, a few at a time: GitHub asks to be spared crowds. Where one fails, nothing more is begun. */
async function inParallel(items, work) {
	const waiting = items.values();
	let hasFailed = false;
	const worker = async () => {
		for (const item of waiting) {
			if (hasFailed) return;
			await work(item).catch((error) => {
				hasFailed = true;
				throw error;
			});
		}
	};
	await Promise.all(Array.from({ length: Math.min(MOST, items.length) }, worker));
}
const MOST = 4;
/** Asks about all of some items at once; where that is too much, in parts; answers the items that are too much in every part. */
async function inParts(items, isTooMuch, ask) {
	const tried = async (some) => ask(some).then(() => true, (error) => {
		if (!isTooMuch(error)) throw error;
		return false;
	});
	if (items.length === 0 || await tried(items)) return [];
	const size = Math.ceil(items.length / PARTS);
	const parts = Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
	const left = [];
	await inParallel(parts, async (part) => {
		if (parts.length === 1 || !await tried(part)) left.push(...part);
	});
	return left;
}
const PARTS = 4;

// src/load/objectId.ts
/** The id that git gives an object; `length` is 40 for SHA-1, 64 for SHA-256. */
function objectId(type, bytes, length) {
	return createHash(length === 64 ? "sha256" : "sha1").update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
}

// src/load/githubBlobs.ts
/** Blobs by id: in batches by GraphQL, one by one where that cannot tell the bytes. */
var GithubBlobs = class {
	#api;
	/** In bytes, as trees told them. */
	#sizes = /* @__PURE__ */ new Map();
	/** What was read, for the next who asks; no more than `KEPT` bytes. */
	#read = /* @__PURE__ */ new Map();
	#kept = 0;
	constructor(api) {
		this.#api = api;
	}
	/** Notes what a tree tells of a blob, so that it need not be asked. */
	note(id, size) {
		if (size !== void 0) this.#sizes.set(id, size);
	}
	/** Keeps a text that came with something else, if it is whole. */
	offer(id, node) {
		const bytes = exactText(id, node);
		if (bytes) this.#keep(id, bytes);
	}
	/** The bytes of entries, as `Files.read` promises them. */
	async read(entries, limit, keep = () => true) {
		const blobs = /* @__PURE__ */ new Map();
		const settle = (entry, blob) => {
			const told = blob instanceof Uint8Array && blob.length > limit(entry.path) ? {
				unread: "too-large",
				size: blob.length
			} : blob;
			if ("unread" in told || keep(entry.path, told)) blobs.set(entry, told);
		};
		const byId = /* @__PURE__ */ new Map();
		for (const entry of entries) {
			const same = byId.get(entry.id);
			if (entry.kind === "submodule") settle(entry, { unread: "not-a-file" });
			else if (same) same.push(entry);
			else byId.set(entry.id, [entry]);
		}
		const wanted = Array.from(byId, ([id, same]) => ({
			id,
			limit: Math.max(...same.map(({ path }) => limit(path)))
		}));
		await this.#readAll(wanted, (id, blob) => {
			for (const entry of byId.get(id) ?? []) settle(entry, blob);
		});
		return blobs;
	}
	async #readAll(wanted, onBlob) {
		const unread = wanted.filter(({ id }) => {
			const bytes = this.#read.get(id);
			if (bytes) onBlob(id, bytes);
			return bytes === void 0;
		});
		await inParallel(batches(unread.filter(({ id }) => !this.#sizes.has(id)), () => 0), (batch) => this.#measure(batch));
		const small = [];
		const single = [];
		for (const each of unread) {
			const size = this.#sizes.get(each.id);
			if (size === void 0) single.push(each);
			else if (size > each.limit) onBlob(each.id, {
				unread: "too-large",
				size
			});
			else if (size > MOST_TEXT) single.push(each);
			else small.push(each);
		}
		await inParallel(batches(small, ({ id }) => this.#sizes.get(id) ?? 0), async (batch) => {
			const left = await inParts(batch, isTooMuch, async (part) => {
				const nodes = await this.#ask(part, "text");
				for (const [index, each] of part.entries()) {
					const bytes = exactText(each.id, nodes[index]);
					if (bytes) onBlob(each.id, this.#keep(each.id, bytes));
					else single.push(each);
				}
			});
			single.push(...left);
		});
		await inParallel(single, async ({ id }) => {
			const answer = await this.#api.get("git/blobs/{file_sha}", ["content"], { file_sha: id });
			const bytes = answer && exact(id, Buffer.from(answer.content, "base64"));
			onBlob(id, bytes ? this.#keep(id, bytes) : { unread: "missing" });
		});
	}
	async #measure(batch) {
		await inParts(batch, isTooMuch, async (part) => {
			const nodes = await this.#ask(part, "byteSize");
			for (const [index, { id }] of part.entries()) this.note(id, nodes[index]?.byteSize ?? void 0);
		});
	}
	async #ask(batch, fields) {
		const answer = await this.#api.query(batch.map((_, index) => `$o${index}: GitObjectID!`), batch.map((_, index) => `b${index}: object(oid: $o${index}) { ... on Blob { ${fields} } }`).join(" "), Object.fromEntries(batch.map(({ id }, index) => [`o${index}`, id])));
		return batch.map((_, index) => answer[`b${index}`]);
	}
	#keep(id, bytes) {
		if (this.#kept + bytes.length > KEPT) return bytes;
		this.#kept += bytes.length;
		this.#read.set(id, bytes);
		return bytes;
	}
};
function isTooMuch(error) {
	return error instanceof GaveUp;
}
/** The bytes of a text, if they are the blob's: what is cut off or no UTF-8 comes as another text. */
function exactText(id, node) {
	return exact(id, Buffer.from(node?.text ?? ""));
}
/** Bytes, if they are the object's that has this id. */
function exact(id, bytes) {
	return objectId("blob", bytes, id.length) === id ? bytes : void 0;
}
function batches(wanted, sizeOf) {
	const all = [];
	let room = 0;
	for (const each of wanted) {
		const batch = all.at(-1);
		const size = sizeOf(each);
		if (batch && batch.length < MOST_BLOBS && size <= room) batch.push(each);
		else {
			all.push([each]);
			room = MOST_BYTES;
		}
		room -= size;
	}
	return all;
}
/** In one request. */
const MOST_BLOBS = 50;
const MOST_BYTES = 4e6;
/** GraphQL cuts longer texts. */
const MOST_TEXT = 5e5;
const KEPT = 32 * 2 ** 20;

// src/load/rawDiff.ts
/** The kind that a mode means, undefined for "no entry" (and for a tree, which is none of its own). */
function kindOf(mode) {
	if (mode.startsWith("100")) return "file";
	if (mode === "120000") return "link";
	return mode === "160000" ? "submodule" : void 0;
}
/** An entry, undefined where `mode` says that there is none. */
function treeEntry(path, mode, id) {
	const kind = kindOf(mode);
	return kind && {
		path,
		kind,
		id
	};
}
/** A changed path; a side without an entry is left out. */
function changedPath(path, base, head) {
	return {
		path,
		...base && { base },
		...head && { head }
	};
}
/** Whether the sides differ in anything an entry can tell; a mere change of the executable bit does not count. */
function differs({ base, head }) {
	return base?.kind !== head?.kind || base?.id !== head?.id;
}
/** Reads the fields of `--raw -z`; whatever stands between changes, such as a log's commits, goes to `onHeader`. */
async function readRawDiff(batches, onChange, onHeader = () => {}) {
	let meta;
	let from;
	for await (const batch of batches) for (const field of batch) if (meta === void 0) {
		const line = field.startsWith("\n") ? field.slice(1) : field;
		if (line.startsWith(":")) meta = line.slice(1).split(" ");
		else onHeader(line);
	} else if (from === void 0 && /^[RC]/.test(meta[4] ?? "")) from = field;
	else {
		onChange(rawChange(meta, field, from));
		meta = from = void 0;
	}
}
function rawChange(meta, path, from) {
	const [oldMode = "", newMode = "", oldId = "", newId = ""] = meta;
	return {
		path,
		before: treeEntry(from ?? path, oldMode, oldId),
		after: treeEntry(path, newMode, newId),
		from
	};
}

// src/load/githubTree.ts
/** Trees by commit: folder by folder, many in one request; or all of one at once. */
var GithubTree = class {
	#api;
	#blobs;
	#folders = /* @__PURE__ */ new Map();
	/** What was asked for by name; where that told nothing, it is told by its id. */
	#asked = /* @__PURE__ */ new Set();
	#commits = /* @__PURE__ */ new Map();
	#expected = [];
	#texts = [];
	constructor(api, blobs) {
		this.#api = api;
		this.#blobs = blobs;
	}
	/** Folders that will be asked for: they come with the next request. */
	expect(commits, folders) {
		for (const folder of folders) for (const commit of commits) this.#expected.push({
			commit,
			folder
		});
	}
	/** A short file that will be read: it comes with the next request, too. */
	expectText(commits, path) {
		this.#texts = commits.map((commit) => ({
			expression: `${commit}:${path}`,
			what: "text"
		}));
	}
	know(commit) {
		this.#commits.set(commit.id, commit);
	}
	/** The commit that an id or a name means, undefined where it means none. */
	async resolve(rev) {
		if (!this.#commits.has(rev)) await this.#load([], rev);
		if (!this.#commits.has(rev)) await this.#resolveById(rev);
		return this.#commits.get(rev);
	}
	async entry(commit, path) {
		const folders = [...foldersOf([path])];
		await this.#load(folders.map((folder) => ({
			commit,
			folder
		})));
		const item = this.#folder({
			commit,
			folder: parentOf(path)
		}).get(posix.basename(path));
		return item && entryOf(path, item);
	}
	/** What differs between two commits each; only folders that differ are read, all of a level in one request. */
	async diffs(pairs) {
		const found = pairs.map(() => []);
		let level = pairs.map(() => [""]);
		while (level.some((folders) => folders.length > 0)) {
			const places = pairs.flatMap((pair, index) => (level[index] ?? []).flatMap((folder) => pair.map((commit) => ({
				commit,
				folder
			}))));
			await this.#load(places);
			level = pairs.map(([base, head], index) => (level[index] ?? []).flatMap((folder) => this.#compare(base, head, folder, found[index] ?? [])));
		}
		return found;
	}
	/** Adds what differs in a folder of two commits to `found`; answers the folders in it that differ. */
	#compare(base, head, folder, found) {
		const [before, after] = [this.#folder({
			commit: base,
			folder
		}), this.#folder({
			commit: head,
			folder
		})];
		const deeper = [];
		for (const name of /* @__PURE__ */ new Set([...before.keys(), ...after.keys()])) {
			const [old, now] = [before.get(name), after.get(name)];
			if (old?.oid === now?.oid && old?.mode === now?.mode) continue;
			const path = folder === "" ? name : `${folder}/${name}`;
			const change = changedPath(path, old && entryOf(path, old), now && entryOf(path, now));
			if (differs(change)) found.push(change);
			if (old?.type !== "tree" && now?.type !== "tree") continue;
			deeper.push(path);
			if (old?.type !== "tree") this.#folders.set(keyOf({
				commit: base,
				folder: path
			}), NOTHING);
			if (now?.type !== "tree") this.#folders.set(keyOf({
				commit: head,
				folder: path
			}), NOTHING);
		}
		return deeper;
	}
	/** Every path of a commit; a tree that GitHub cuts is read folder by folder. */
	async list(commit) {
		const lines = [];
		let isCut = false;
		let requests = 0;
		const add = (item, folder) => {
			const { path, mode, type, sha, size } = item;
			if (type === "tree" || !isItem(itemOf(item))) return;
			lines.push(`${mode} ${type} ${sha}\t${folder}${path}\0`);
			this.#blobs.note(sha, size);
		};
		const walk = async (sha, folder) => {
			if (requests >= MOST_REQUESTS) {
				isCut = true;
				return;
			}
			requests += 2;
			const all = await this.#tree(sha, { recursive: "1" });
			const flat = all?.truncated ? await this.#tree(sha, {}) : all;
			if (!flat || flat.truncated || !flat.tree.every((item) => isItem(itemOf(item)))) isCut = true;
			for (const item of flat?.tree ?? []) add(item, folder);
			if (flat === all) return;
			const folders = flat?.tree.filter((item) => item.type === "tree" && isItem(itemOf(item))) ?? [];
			await inParallel(folders, (item) => walk(item.sha, `${folder}${item.path}/`));
		};
		await walk(commit, "");
		return {
			text: (requests > 2 ? lines.toSorted(byPath) : lines).join(""),
			isCut
		};
	}
	#tree(sha, parameters) {
		return this.#api.get("git/trees/{tree_sha}", [
			"sha",
			"truncated",
			"tree"
		], {
			tree_sha: sha,
			...parameters
		});
	}
	async #resolveById(rev) {
		const answer = await this.#api.get("commits/{ref}", ["sha", "commit"], {
			ref: rev,
			per_page: 1
		});
		const date = answer?.commit.committer?.date;
		if (answer && date !== void 0) this.#commits.set(rev, {
			id: answer.sha,
			date: new Date(date)
		});
	}
	/** Reads a folder by its id that a query did not tell by its name: one that is odd, cut off, or not there at all. */
	async #settle(place) {
		if (this.#folders.has(keyOf(place))) return;
		const above = {
			...place,
			folder: parentOf(place.folder)
		};
		if (place.folder !== "") await this.#settle(above);
		const item = this.#folder(above).get(posix.basename(place.folder));
		if (place.folder === "") await this.#readById(place, place.commit);
		else if (item?.type === "tree") await this.#readById(place, item.oid);
		else this.#folders.set(keyOf(place), NOTHING);
	}
	async #readById(place, id) {
		const answer = await this.#tree(id, {});
		const told = answer?.tree.map(itemOf) ?? [];
		const items = !answer || isTree(answer.sha, told) ? told : await this.#rawItems(answer.sha) ?? told;
		if (!answer || answer.truncated || !items.every(isItem)) throw new Unusable(`GitHub does not give the folder ${JSON.stringify(place.folder)}: run the job again, or check a clone with the command line.`);
		this.#folders.set(keyOf(place), this.#noted(items));
	}
	/** The entries of a tree whose names are no UTF-8; undefined where GitHub cannot tell them. */
	async #rawItems(id) {
		const items = (await this.#api.query(["$t: GitObjectID!"], "t: object(oid: $t) { ... on Tree { entries { nameRaw oid mode type size } } }", { t: id })).t?.entries?.map((item) => ({
			...item,
			name: decodePath(Buffer.from(item.nameRaw, "base64"))
		}));
		return items && isTree(id, items) ? items : void 0;
	}
	#folder(place) {
		return this.#folders.get(keyOf(place)) ?? NOTHING;
	}
	/** Reads folders that were not read yet, and with them those that are expected. */
	async #load(places, rev) {
		const isUnread = (place) => !this.#folders.has(keyOf(place));
		const unread = places.filter(isUnread);
		if (rev === void 0 && unread.length === 0) return;
		const wanted = [...unread, ...this.#expected].filter((place) => isUnread(place) && !this.#asked.has(keyOf(place)));
		this.#expected = [];
		const names = new Set(wanted.map(keyOf));
		const questions = [
			...(rev === void 0 ? [] : [.../* @__PURE__ */ new Set([rev, ...wanted.map(({ commit }) => commit)])]).filter((each) => !this.#commits.has(each)).map((expression) => ({
				expression,
				what: "commit"
			})),
			...Array.from(names, (expression) => ({
				expression,
				what: "folder"
			})),
			...this.#texts
		];
		this.#texts = [];
		for (const name of names) this.#asked.add(name);
		const parts = Array.from({ length: Math.ceil(questions.length / MOST_FOLDERS) }, (_, part) => questions.slice(part * MOST_FOLDERS, (part + 1) * MOST_FOLDERS));
		const isTooMuch = (error) => error instanceof GaveUp;
		await inParallel(parts, async (part) => void await inParts(part, isTooMuch, (some) => this.#ask(some)));
		for (const place of unread) await this.#settle(place);
	}
	async #ask(questions) {
		const answer = await this.#api.query(questions.map((_, index) => `$e${index}: String!`), questions.map(({ what }, index) => `f${index}: object(expression: $e${index}) { ${FIELDS[what]} }`).join(" "), Object.fromEntries(questions.map(({ expression }, index) => [`e${index}`, expression])));
		for (const [index, { expression, what }] of questions.entries()) {
			const node = answer[`f${index}`] ?? {};
			const { oid, committedDate, entries } = node;
			if (!oid) continue;
			if (what === "text") this.#blobs.offer(oid, node);
			else if (committedDate) this.#commits.set(expression, {
				id: oid,
				date: new Date(committedDate)
			});
			else if (entries && isTree(oid, entries)) this.#folders.set(expression, this.#noted(entries));
		}
	}
	#noted(items) {
		for (const { oid, type, size } of items) if (type === "blob") this.#blobs.note(oid, size);
		return new Map(items.map((item) => [item.name, item]));
	}
};
/** The folders that lead to some paths, the root too. */
function foldersOf(paths) {
	const folders = /* @__PURE__ */ new Set([""]);
	for (const path of paths) for (let folder = parentOf(path); folder !== "" && !folders.has(folder); folder = parentOf(folder)) folders.add(folder);
	return folders;
}
/** An entry as GraphQL tells it, with its mode as a number; undefined for a folder. */
function entryOf(path, { mode, oid }) {
	return treeEntry(path, mode.toString(8).padStart(6, "0"), oid);
}
function itemOf({ path, mode, type, sha, size }) {
	return {
		name: path,
		oid: sha,
		mode: Number.parseInt(mode, 8),
		type,
		size: size ?? 0
	};
}
/** Whether a tree of this id has exactly these entries: names that are no UTF-8 and answers that are cut off show here. */
function isTree(id, items) {
	if (!items.every(isItem)) return false;
	const sorted = items.map(({ name, mode, type, oid }) => {
		const bytes = encodePath(name);
		const head = Buffer.concat([
			Buffer.from(`${mode.toString(8)} `),
			bytes,
			NUL
		]);
		return {
			line: Buffer.concat([head, Buffer.from(oid, "hex")]),
			key: type === "tree" ? Buffer.concat([bytes, SLASH]) : bytes
		};
	}).toSorted((a, b) => Buffer.compare(a.key, b.key));
	return objectId("tree", Buffer.concat(sorted.map(({ line }) => line)), id.length) === id;
}
/** Whether an entry has all that is looked at, which GitHub may leave null. */
function isItem({ name, oid, mode, type }) {
	return typeof name === "string" && typeof oid === "string" && typeof mode === "number" && typeof type === "string";
}
const NUL = Buffer.from([0]);
const SLASH = Buffer.from("/");
function parentOf(path) {
	return path.includes("/") ? posix.dirname(path) : "";
}
function keyOf({ commit, folder }) {
	return `${commit}:${folder}`;
}
function byPath(a, b) {
	return a.slice(a.indexOf("	")) < b.slice(b.indexOf("	")) ? -1 : 1;
}
const NOTHING = /* @__PURE__ */ new Map();
const FIELDS = {
	commit: "... on Commit { oid committedDate }",
	folder: "... on Tree { oid entries { name oid mode type size } }",
	text: "... on Blob { oid text }"
};
/** In one request. */
const MOST_FOLDERS = 250;
/** For one tree. */
const MOST_REQUESTS = 120;

// src/load/githubHistory.ts
/**
* The life of `paths` on the base branch up to `start`, through renames.
*
* GitHub tells each commit with the date of its topic branch: it counts from the merge of the pull request that brought it to
* the base branch, with what that merge left.
*/
async function readGithubHistory(sources, start, paths) {
	const lives = Array.from(new Set(paths), (path) => newLife(path, path, start));
	const all = [...lives];
	const told = {
		branch: sources.branch,
		end: ""
	};
	let isWhole = true;
	let young = lives;
	for (let hop = 0; young.length > 0 && hop <= MAX_HOPS; hop++) {
		for (let page = 0; page < MAX_PAGES; page++) await readPages(sources, young, told);
		isWhole &&= young.every((life) => life.isWhole);
		if (hop === MAX_HOPS) isWhole &&= young.every((life) => birthOf(life).length === 0);
		if (hop === MAX_HOPS || told.branch === void 0) break;
		const found = await findOldNames(sources, young.flatMap(birthOf));
		isWhole &&= found.isWhole;
		young = found.lives;
		all.push(...young);
	}
	if (told.branch === void 0) return {
		events: [],
		complete: false
	};
	return {
		events: lives.map(({ of }) => of).toSorted().toReversed().flatMap((of) => eventsOf(all.filter((life) => life.of === of), told)).toSorted((a, b) => a.commit.date.getTime() - b.commit.date.getTime()),
		complete: isWhole
	};
}
function newLife(path, of, from) {
	return {
		path,
		of,
		from,
		log: [],
		cursor: null,
		isWhole: false,
		isCut: false
	};
}
/** Reads the next page of each life that has one; a shorter one where GitHub gives up. */
async function readPages(sources, lives, told) {
	const isTooMuch = (error) => error instanceof GaveUp;
	let left = lives.filter((life) => !life.isWhole && !life.isCut);
	for (const { paths, commits } of PAGES) {
		const parts = Array.from({ length: Math.ceil(left.length / paths) }, (_, part) => left.slice(part * paths, (part + 1) * paths));
		const tooMuch = [];
		await inParallel(parts, async (part) => {
			const first = part.length > SEVERAL ? Math.min(25, commits) : commits;
			tooMuch.push(...await inParts(part, isTooMuch, (some) => readPage(sources, some, first, told)));
		});
		left = tooMuch;
	}
	for (const life of left) life.isCut = true;
}
async function readPage({ api, blobs }, lives, first, told) {
	const declarations = lives.map((_, index) => `$c${index}: GitObjectID!, $p${index}: String!, $a${index}: String`);
	const fields = lives.map((_, index) => `h${index}: object(oid: $c${index}) { ... on Commit { committedDate
      history(first: ${first}, path: $p${index}, after: $a${index}) { pageInfo { hasNextPage endCursor } nodes {
        ${commitFields(index, "parents(first: 1) { totalCount nodes { oid } }")}
        associatedPullRequests(first: 5) { nodes { mergedAt baseRefName
          mergeCommit { ${commitFields(index, "parents(first: 1) { totalCount }")} } } } } } } }`);
	const variables = lives.flatMap(({ from, path, cursor }, index) => [
		[`c${index}`, from],
		[`p${index}`, path],
		[`a${index}`, cursor]
	]);
	const { defaultBranchRef, ...answer } = await api.query(declarations, `defaultBranchRef { name } ${fields.join(" ")}`, Object.fromEntries(variables));
	told.branch ??= defaultBranchRef?.name;
	for (const [index, life] of lives.entries()) {
		const log = answer[`h${index}`];
		if (told.end === "") told.end = log?.committedDate ?? "";
		const nodes = log?.history?.nodes ?? [null];
		const end = nodes.findIndex((node) => !isTold(node));
		const whole = (end < 0 ? nodes : nodes.slice(0, end)).filter((node) => node !== null);
		life.log.push(...whole);
		for (const node of whole) for (const { file } of [node, ...mergesOf(node)]) if (file) blobs.note(file.oid, file.size);
		const { hasNextPage, endCursor = null } = log?.history?.pageInfo ?? {};
		life.cursor = endCursor;
		life.isCut = end >= 0 || hasNextPage !== false && endCursor === null;
		life.isWhole = !life.isCut && hasNextPage === false;
	}
}
function mergesOf({ associatedPullRequests }) {
	return associatedPullRequests.nodes.flatMap(({ mergeCommit }) => mergeCommit ?? []);
}
/** Whether a node has all that tells when and with what it came to the branch: what GitHub leaves null would make it look older. */
function isTold(node) {
	const pulls = node?.associatedPullRequests?.nodes;
	if (!isCommitTold(node) || !pulls) return false;
	return (node.parents.totalCount === 0 || node.parents.nodes?.[0] != null) && pulls.every((pull) => pull && (!pull.mergeCommit || isCommitTold(pull.mergeCommit)));
}
function isCommitTold(node) {
	const { oid, committedDate, parents, file } = node ?? {};
	return !!oid && !!committedDate && !!parents && (!file || !!file.oid && typeof file.mode === "number");
}
function commitFields(index, parents) {
	return `oid committedDate ${parents} file(path: $p${index}) { oid mode size }`;
}
/** The commits of one path that was asked for, as the base branch had them, oldest first; `lives` from the last name to the first. */
function eventsOf(lives, told) {
	const events = [];
	const seen = /* @__PURE__ */ new Set();
	for (const { path, of, log } of lives) for (const node of log) {
		const { commit, date } = onBranch(node, told);
		if (seen.has(commit.oid)) continue;
		seen.add(commit.oid);
		const entry = commit.file ? entryOf(path, commit.file) : void 0;
		events.push({
			commit: {
				id: commit.oid,
				date
			},
			path,
			of,
			entry
		});
	}
	return events.toReversed();
}
/** The commit by which the base branch got another one's change, and when. */
function onBranch(node, { branch, end }) {
	const pull = node.associatedPullRequests.nodes.find(({ mergedAt, baseRefName }) => mergedAt !== null && baseRefName === branch);
	const merge = pull?.mergeCommit;
	return {
		commit: merge && merge.parents.totalCount > 1 && merge.committedDate <= end ? merge : node,
		date: new Date(pull?.mergedAt ?? node.committedDate)
	};
}
/** The commit that made a path, unless the repository begins with it. */
function birthOf(life) {
	const oldest = life.isWhole ? life.log.at(-1) : void 0;
	const parent = oldest?.parents.nodes?.[0]?.oid;
	return oldest && parent !== void 0 ? [{
		life,
		commit: oldest.oid,
		parent
	}] : [];
}
/** The names that the born paths had before, where their first commit renamed them. */
async function findOldNames(sources, births) {
	const suspects = births.length > FEW ? await withDeletions(sources.tree, births) : births;
	const commits = [...new Set(suspects.map(({ commit }) => commit))];
	const renames = /* @__PURE__ */ new Map();
	let isWhole = commits.length <= MAX_RENAMES;
	await inParallel(commits.slice(0, MAX_RENAMES), async (commit) => {
		const wanted = new Set(suspects.filter((birth) => birth.commit === commit).map(({ life }) => life.path));
		const found = await renamesOf(sources.api, commit, wanted);
		if (!found) isWhole = false;
		for (const [path, old] of found ?? []) renames.set(`${commit} ${path}`, old);
	});
	return {
		lives: suspects.flatMap(({ life, commit, parent }) => {
			const old = renames.get(`${commit} ${life.path}`);
			return old === void 0 ? [] : [newLife(old, life.of, parent)];
		}),
		isWhole
	};
}
/** Those whose commit also took a path away: others renamed nothing. */
async function withDeletions(tree, births) {
	const pairs = new Map(births.map(({ commit, parent }) => [commit, [parent, commit]]));
	for (const { life, commit, parent } of births) tree.expect([parent, commit], foldersOf([life.path]));
	const changes = await tree.diffs([...pairs.values()]);
	const deleting = new Set([...pairs.keys()].filter((_, index) => changes[index]?.some(({ head }) => head === void 0)));
	return births.filter(({ commit }) => deleting.has(commit));
}
/** The old names of some paths that a commit renamed; undefined where GitHub does not tell. */
async function renamesOf(api, ref, paths) {
	const found = [];
	let left = paths.size;
	for (let page = 1; page <= MAX_FILE_PAGES && left > 0; page++) {
		const parameters = {
			ref,
			per_page: 100,
			page
		};
		const answer = await api.get("commits/{ref}", ["files"], parameters);
		if (!answer) return void 0;
		for (const { filename, status, previous_filename: old } of answer.files) {
			if (!paths.has(filename)) continue;
			left--;
			if (status === "renamed" && old !== void 0) found.push([filename, old]);
		}
		if (answer.files.length < parameters.per_page) break;
	}
	return found;
}
const MAX_HOPS = 8;
const MAX_PAGES = 10;
const MAX_FILE_PAGES = 30;
/** Commits whose files are asked for, each with a request of its own. */
const MAX_RENAMES = 30;
/** So many births are asked one by one, before a request that sorts them out is cheaper. */
const FEW = 1;
/** How many paths are asked for in one request, and how many commits of each; the second where GitHub gives up the first. */
const PAGES = [{
	paths: 50,
	commits: 100
}, {
	paths: 5,
	commits: 10
}];
/** More paths than this get shorter pages: GitHub gives up a query after ten seconds. */
const SEVERAL = 5;

// src/load/treeListing.ts
const MAX_SEARCHES = 64;
/**
* The paths of one commit, kept as the text that `git ls-tree -r -z` printed and searched in place: of 100,000 entries a
* change needs a handful, and making objects of all of them would take longer than everything else.
*/
var TreeListing = class {
	/** Every entry as `\0<mode> <type> <id>\t<path>\0`. */
	#text;
	#searches = 0;
	/** What was searched for once, since it is asked in every round. */
	#holding = /* @__PURE__ */ new Map();
	#links;
	/** Where each path's entry starts, once so many were asked for that searching costs more. */
	#starts;
	isCut;
	constructor(text, isCut = false) {
		this.#text = `\0${text}`;
		this.isCut = isCut;
	}
	has(path) {
		return this.entry(path) !== void 0;
	}
	entry(path) {
		const start = this.#startOf(path);
		if (start === void 0) return void 0;
		const [mode = "", , id = ""] = this.#text.slice(start, this.#text.indexOf("	", start)).split(" ");
		return treeEntry(path, mode, id);
	}
	#startOf(path) {
		if (++this.#searches > MAX_SEARCHES) return (this.#starts ??= this.#index()).get(path);
		const wanted = `\t${path}\0`;
		for (let at = this.#text.indexOf(wanted); at >= 0; at = this.#text.indexOf(wanted, at + 1)) {
			const start = this.#text.lastIndexOf("\0", at) + 1;
			if (this.#text.indexOf("	", start) === at) return start;
		}
	}
	#index() {
		const starts = /* @__PURE__ */ new Map();
		for (let start = 1, end = 0; (end = this.#text.indexOf("\0", start)) >= 0; start = end + 1) starts.set(this.#text.slice(this.#text.indexOf("	", start) + 1, end), start);
		return starts;
	}
	named(file) {
		const paths = [];
		const literal = file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
		for (const { index } of this.#text.matchAll(new RegExp(`${literal}\\0`, "gi"))) {
			const path = this.#pathAt(index + file.length);
			if (path.length === file.length || path.at(-file.length - 1) === "/") paths.push(path);
		}
		return paths;
	}
	holding(words) {
		const known = this.#holding.get(words);
		if (known) return known;
		const paths = /* @__PURE__ */ new Set();
		for (const word of words) for (let at = this.#text.indexOf(word); at >= 0;) {
			const end = this.#text.indexOf("\0", at);
			const path = this.#pathAt(end);
			if (path.includes(word)) paths.add(path);
			at = this.#text.indexOf(word, end);
		}
		this.#holding.set(words, [...paths]);
		return [...paths];
	}
	links() {
		return this.#links ??= this.#findLinks();
	}
	#findLinks() {
		const mark = "\x00120000 ";
		const entries = [];
		for (let start = this.#text.indexOf(mark); start >= 0; start = this.#text.indexOf(mark, start + 1)) {
			const tab = this.#text.indexOf("	", start);
			const [mode = "", , id = ""] = this.#text.slice(start + 1, tab).split(" ");
			const entry = treeEntry(this.#text.slice(tab + 1, this.#text.indexOf("\0", tab)), mode, id);
			if (entry) entries.push(entry);
		}
		return entries;
	}
	*[Symbol.iterator]() {
		for (let end = this.#text.indexOf("\0", 1); end >= 0; end = this.#text.indexOf("\0", end + 1)) yield this.#pathAt(end);
	}
	/** The path of the entry that ends at a NUL. */
	#pathAt(end) {
		const start = this.#text.lastIndexOf("\0", end - 1) + 1;
		return this.#text.slice(this.#text.indexOf("	", start) + 1, end);
	}
};

// src/load/githubRepository.ts
/**
* A repository on GitHub at exact commits, without a clone; every method throws `Unusable` where GitHub cannot answer.
*
* Ask for the merge base first: its answer says which folders will be needed, and they come in one request.
*/
function openGithub(octokit, { owner, repo, branch }) {
	return new GithubRepository(new GithubApi(octokit, {
		owner,
		repo
	}), branch);
}
var GithubRepository = class {
	root;
	name;
	host = "GitHub";
	#api;
	#branch;
	#blobs;
	#tree;
	#listings = /* @__PURE__ */ new Map();
	constructor(api, branch) {
		this.#api = api;
		this.#branch = branch;
		this.root = `${api.place.owner}/${api.place.repo}`;
		this.name = api.place.repo;
		this.#blobs = new GithubBlobs(api);
		this.#tree = new GithubTree(api, this.#blobs);
	}
	async resolve(rev) {
		this.#tree.expect([rev], FOLDERS);
		const commit = await this.#tree.resolve(rev);
		if (commit) return commit;
		throw new Unusable(`${JSON.stringify(rev)} is no commit of ${this.root}: was it pushed over? Run the job again.`);
	}
	async mergeBase(a, b) {
		if (a === b) return this.resolve(a);
		const answer = await this.#api.get("compare/{basehead}", ["merge_base_commit"], {
			basehead: `${a}...${b}`,
			per_page: 1
		});
		if (!answer) throw new Unusable(`GitHub finds no common ancestor of ${JSON.stringify(a)} and ${JSON.stringify(b)} in ${this.root}: rebase the branch, or grant the job \`permissions: { contents: read }\`.`);
		const { merge_base_commit: start, files } = answer;
		if (!start.sha) throw new Unusable(`GitHub does not tell where the branch left its base in ${this.root}: run the job again.`);
		const date = start.commit?.committer?.date;
		if (date !== void 0) this.#tree.know({
			id: start.sha,
			date: new Date(date)
		});
		const paths = (files ?? []).flatMap((file) => [file.filename, file.previous_filename ?? file.filename]);
		this.#tree.expect([
			start.sha,
			b,
			a
		], foldersOf([...paths, CONFIG_PATH]));
		this.#tree.expectText([start.sha, b], CONFIG_PATH);
		return this.resolve(start.sha);
	}
	async diff(base, head) {
		if (base === head) return [];
		await this.resolve(base);
		await this.resolve(head);
		const [changes = []] = await this.#tree.diffs([[base, head]]);
		return changes.toSorted((a, b) => a.path < b.path ? -1 : 1);
	}
	async list(at) {
		const tree = await this.tree(at);
		if (tree.isCut) throw new Unusable(`GitHub does not list all files of ${this.root}: run the job again, or check a clone with the command line.`);
		return Array.from(tree, (path) => tree.entry(path)).filter((entry) => entry !== void 0);
	}
	tree(commit) {
		const known = this.#listings.get(commit) ?? this.#list(commit);
		this.#listings.set(commit, known);
		return known;
	}
	async #list(commit) {
		const { text, isCut } = await this.#tree.list(commit);
		return new TreeListing(text, isCut);
	}
	async entry(at, path) {
		await this.resolve(at);
		return this.#tree.entry(at, path);
	}
	read(entries, limit, keep) {
		return this.#blobs.read(entries, limit, keep);
	}
	async history(commit, paths) {
		if (paths.length === 0) return {
			events: [],
			complete: true
		};
		const sources = {
			api: this.#api,
			tree: this.#tree,
			blobs: this.#blobs,
			branch: this.#branch
		};
		return readGithubHistory(sources, commit, paths);
	}
};
/** Where the configuration lies, and where people put it by mistake. */
const FOLDERS = foldersOf([CONFIG_PATH]);

// src/github/retries.ts
/** How long each try waits for an answer; with the pauses it is less than 20 s. */
const TRIES = [
	1e4,
	5e3,
	3e3
];
/** A write that must not be done twice waits once, and GitHub may take long for a review. */
const WHOLE = 19500;
/** When the next try begins, at the earliest, counted from the first. */
const NEXT = [1e3, 4e3];
const SHORTEST_PAUSE = 500;
/** What all waits for limits may take together, until none is met for an hour: a bot's client lives for months. */
const MOST_PATIENCE = 3e5;
const CALM = 36e5;
/** GitHub asks for it where it does not say how long. */
const MINUTE = 6e4;
/**
* Makes every request of a client wait and ask again as GitHub wants it: limits up to five minutes in all; no answer, a server's
* fault, a query that was given up and an answer that was cut off three times within 20 s, if nothing can be done twice by it.
*
* What fails in the end is thrown as the client throws it; `mayBeDone` tells whether a write may have been done nevertheless.
*/
function addRetries(octokit, clock = MACHINE) {
	const limit = new Limit(clock);
	const around = (request, options) => ask(request, options, clock, limit);
	octokit.hook.wrap("request", around);
}
const MACHINE = {
	now: () => performance.now(),
	pause: (duration, signal) => setTimeout(duration, void 0, signal && { signal }),
	signal: (duration) => AbortSignal.timeout(duration)
};
async function ask(request, options, clock, limit) {
	const isRepeatable = repeats(options);
	let spent = 0;
	let limits = 0;
	let answered;
	for (let turn = 0;;) {
		await limit.over();
		const began = clock.now();
		options.request = {
			...options.request,
			signal: clock.signal(isRepeatable ? TRIES[turn] ?? 0 : WHOLE - spent)
		};
		const outcome = await attempt(request, options);
		const { failure, settle } = outcome;
		if (!failure) return settle();
		if (isLimit(failure)) {
			if (!limit.begin(failure, limits++)) return settle();
			continue;
		}
		if (!isPassing(failure) || !(isRepeatable || isUnsent(failure))) return settle();
		if (failure.errors ?? failure.response) answered = outcome;
		spent += clock.now() - began;
		const next = NEXT[turn++];
		if (next === void 0) return (answered ?? outcome).settle();
		const wait = Math.max(SHORTEST_PAUSE, next - spent);
		await clock.pause(wait);
		spent += wait;
	}
}
async function attempt(request, options) {
	try {
		const response = await request(options);
		if (isCut(response)) throw Object.assign(/* @__PURE__ */ new Error("the answer was cut off"), { status: 500 });
		const { errors } = response.data ?? {};
		return {
			failure: options.url.endsWith("/graphql") && errors ? {
				errors,
				headers: response.headers
			} : void 0,
			settle: () => response
		};
	} catch (error) {
		const settle = () => {
			throw error;
		};
		return {
			failure: error,
			settle
		};
	}
}
/** Whether a text came where JSON was promised: the connection ended in its midst, and the client says nothing of it. */
function isCut({ headers, data }) {
	return typeof data === "string" && /^application\/(?:[\w.-]+\+)?json/.test(String(headers["content-type"]));
}
function repeats({ method, url, query, request }) {
	if (request?.repeats !== void 0) return request.repeats;
	return method !== "POST" || url.endsWith("/graphql") && !/^\s*mutation\b/.test(String(query));
}
/** The wait that GitHub asks for holds for all requests of a client. */
var Limit = class {
	#clock;
	#until = -Infinity;
	#waited = 0;
	#met = -Infinity;
	#end = new AbortController();
	constructor(clock) {
		this.#clock = clock;
	}
	/** Whether there is patience left for the wait that a refusal asks for; `times` is how often the request was refused before. */
	begin(failure, times) {
		const now = this.#clock.now();
		if (now - this.#met > CALM) this.#waited = 0;
		this.#met = now;
		const until = now + Math.max(waitOf(failure, times), 1e3 * 2 ** times);
		const more = until - Math.max(now, this.#until);
		if (this.#waited + more > MOST_PATIENCE) {
			this.#until = -Infinity;
			this.#end.abort(failure);
			this.#end = new AbortController();
			return false;
		}
		this.#waited += Math.max(0, more);
		this.#until = Math.max(until, this.#until);
		return true;
	}
	/** Waits until requests may go on; throws the refusal that ended the patience meanwhile. */
	async over() {
		const { signal } = this.#end;
		for (let left = this.#left; left > 0; left = this.#left) await this.#clock.pause(left, signal).catch(() => {
			throw Object.assign(/* @__PURE__ */ new Error("GitHub's rate limit is used up"), signal.reason);
		});
	}
	get #left() {
		return this.#until - this.#clock.now();
	}
};
/** How long GitHub wants a request to wait that it refused `times` times before, in ms. */
function waitOf(failure, times) {
	const headers = headersOf(failure);
	if (headers["retry-after"] !== void 0) return 1e3 * (Number(headers["retry-after"]) || 60);
	const reset = Number(headers["x-ratelimit-reset"]);
	if (String(headers["x-ratelimit-remaining"]) !== "0" || !(reset > 0)) return MINUTE * 2 ** times;
	const now = Date.parse(String(headers["date"])) || Date.now();
	return 1e3 * (reset + 1) - now;
}

export { encodePath as _, changedPath as a, treeEntry as c, headersOf as d, isLimit as f, decodePath as g, commitsOf as h, TreeListing as i, GithubApi as l, laterWords as m, waitOf as n, differs as o, isPassing as p, openGithub as r, readRawDiff as s, addRetries as t, failureOf as u, isUtf8Path as v };