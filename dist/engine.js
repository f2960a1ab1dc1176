import { t as repository } from "./package.js";
import { r as Unusable } from "./zoneFile.js";
import { A as isWithin, D as recordsAt, F as groupedBy, M as nameOf, P as under, T as filesOf, _ as codePoint, a as withSoundFixes, b as meaning, c as outranks, d as exchange, f as changedRecords, g as serialOf, h as recordDifference, j as labels, k as display, l as withoutFix, m as isToolManaged, n as RULES, o as idOf, p as compareSerials, s as fault, t as withoutReplaced, u as misnamedStsRecords, x as memo } from "./rules.js";
import { _ as parsePolicy, a as Source, b as belowCut, c as parseZone, h as aLabels, l as looksLikeZone, o as parseTlsrptRecord, s as parseStsRecord, v as Zones, x as lookup, y as apex } from "./parse.js";
import { chmodSync, closeSync, constants, existsSync, fstatSync, lstatSync, openSync, readFileSync, readSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, posix, relative, sep } from "node:path";
import { spawn } from "node:child_process";
import { devNull, tmpdir } from "node:os";
import { createHash } from "node:crypto";

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

// src/load/diskFiles.ts
/**
* Reads files under one directory, never through a link, never outside, never waiting for a pipe or device.
*
* Synchronous: a file costs a few microseconds so, and ten times that through the thread pool.
*/
var DiskFiles = class {
	root;
	#realRoot;
	#insides = /* @__PURE__ */ new Map();
	constructor(root) {
		this.root = root;
		this.#realRoot = realpathSync.native(root);
	}
	/** What lies at `path`; undefined for nothing, a directory, a pipe, a device. */
	kind(path) {
		const stat = lstatSync(this.locate(path), { throwIfNoEntry: false });
		if (stat?.isSymbolicLink()) return "link";
		return stat?.isFile() ? "file" : void 0;
	}
	/** The bytes of a file, at most `limit`. */
	read(path, limit) {
		try {
			return this.#isInside(path) && lstatSync(this.locate(path)).isFile() ? readRegular(this.locate(path), limit) : { unread: "not-a-file" };
		} catch (error) {
			const { code } = error;
			return { unread: code === "ELOOP" || code === "ENXIO" ? "not-a-file" : "missing" };
		}
	}
	/** Where `path` lies on disk, in the bytes of its name. */
	locate(path) {
		return Buffer.concat([Buffer.from(this.root + sep), encodePath(path)]);
	}
	/** Whether the folder of `path`, with every link in it resolved, still lies in the tree and not in git's own data. */
	#isInside(path) {
		const folder = path.slice(0, Math.max(path.lastIndexOf("/"), 0));
		let inside = this.#insides.get(folder);
		if (inside === void 0) {
			const way = relative(this.#realRoot, realpathSync.native(this.locate(folder)));
			const steps = way.split(sep);
			inside = !isAbsolute(way) && !steps.some((step) => step === ".." || step.toLowerCase() === ".git");
			this.#insides.set(folder, inside);
		}
		return inside;
	}
};
function readRegular(file, limit) {
	const handle = openSync(file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
	try {
		const stat = fstatSync(handle);
		if (!stat.isFile()) return { unread: "not-a-file" };
		if (stat.size > limit) return {
			unread: "too-large",
			size: stat.size
		};
		const bytes = Buffer.allocUnsafe(stat.size);
		let at = 0;
		while (at < bytes.length) {
			const count = readSync(handle, bytes, at, bytes.length - at, at);
			if (count === 0) break;
			at += count;
		}
		return bytes.subarray(0, at);
	} finally {
		closeSync(handle);
	}
}

// src/load/directory.ts
/** A plain directory without git: no revisions, no history; throws `Unusable` where it cannot be read. */
function openDirectory(root) {
	if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) throw new Unusable(`${root} is no directory: name one with --repo.`);
	const files = new DiskFiles(root);
	return {
		root,
		list: async () => listDirectory(files),
		read: async (entries, limit, keep) => readEntries(files, entries, limit, keep)
	};
}
function listDirectory(files) {
	const entries = [];
	const waiting = [""];
	for (let folder = waiting.pop(); folder !== void 0; folder = waiting.pop()) {
		for (const item of readFolder(files, folder)) {
			const name = decodePath(item.name);
			const path = folder + name;
			if (item.isSymbolicLink()) entries.push({
				path,
				kind: "link",
				id: ""
			});
			else if (item.isFile()) entries.push({
				path,
				kind: "file",
				id: ""
			});
			else if (item.isDirectory() && name !== ".git") waiting.push(`${path}/`);
		}
		if (entries.length + waiting.length > MAX_ENTRIES) throw tooLarge(files, `more than ${MAX_ENTRIES} files`);
	}
	return entries;
}
function readFolder(files, folder) {
	if (folder.split("/").length > MAX_DEPTH) throw tooLarge(files, `folders more than ${MAX_DEPTH} deep`);
	try {
		return readdirSync(files.locate(folder), {
			withFileTypes: true,
			encoding: "buffer"
		});
	} catch (error) {
		throw new Unusable(`The folder ${folder || files.root} cannot be read: ${error.message}.`);
	}
}
function tooLarge(files, what) {
	return new Unusable(`${files.root} holds ${what}: name the folder of the zones with --repo.`);
}
function readEntries(files, entries, limit, keep = () => true) {
	const blobs = /* @__PURE__ */ new Map();
	for (const entry of entries) {
		const blob = files.read(entry.path, limit(entry.path));
		if ("unread" in blob || keep(entry.path, blob)) blobs.set(entry, blob);
	}
	return blobs;
}
const MAX_DEPTH = 64;
const MAX_ENTRIES = 1e6;

// src/load/git.ts
/** The git program at one directory: never a shell, a pager, a hook, a lock, a prompt or the network. */
var Git = class {
	directory;
	constructor(directory) {
		this.directory = directory;
	}
	/** Runs git to its end, whatever its exit status. */
	async run(args, input = "", environment = {}) {
		const child = this.start(args, environment);
		const ended = end(child);
		child.stdin.end(input);
		const chunks = [];
		child.stdout.on("data", (chunk) => chunks.push(chunk));
		const { status, stderr } = await ended;
		return {
			status,
			stdout: Buffer.concat(chunks),
			stderr
		};
	}
	/** The NUL-ended fields that git prints, in batches as they arrive; throws `Unusable` where git fails. */
	async *fields(args, input = "", environment = {}) {
		const child = this.start(args, environment);
		const ended = end(child);
		ended.catch(() => {});
		child.stdin.end(input);
		let rest = Buffer.alloc(0);
		for await (const chunk of child.stdout) {
			const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
			const last = bytes.lastIndexOf(0);
			rest = bytes.subarray(last + 1);
			if (last >= 0) yield splitFields(bytes.subarray(0, last));
		}
		const outcome = await ended;
		if (outcome.status !== 0) throw failure(args, outcome);
	}
	start(args, environment = {}) {
		const child = spawn("git", [
			"-C",
			this.directory,
			...SETTINGS,
			...args
		], {
			env: {
				...inherited(),
				...ENVIRONMENT,
				...environment
			},
			windowsHide: true
		});
		child.stdin.on("error", () => {});
		return child;
	}
};
/** What the failure of a git command means to the user. */
function failure(args, outcome) {
	const { stderr } = outcome;
	const cause = reason(stderr) || `exit status ${outcome.status}`;
	const trust = /git config --global --add safe\.directory .*/.exec(stderr)?.[0];
	if (trust) return new Unusable(`git refuses the repository (${cause}); if you trust it, run: ${trust}`);
	if (/corrupt|unable to read|could not (read|parse|fetch)|bad object|inflate|missing/i.test(stderr)) return unreadable("an object", stderr);
	return new Unusable(`git ${args[0]} failed: ${cause}.`);
}
/** What it means to the user that git could not read `what`. */
function unreadable(what, stderr) {
	const cure = /promisor/.test(stderr) ? "this partial clone lacks it: clone without \"--filter\"" : "see \"git fsck\", fetch what is missing or clone anew";
	return new Unusable(`git cannot read ${what}: ${reason(stderr) || "it ended early"}; ${cure}.`);
}
/** Git's own reason: the line it died with, else the first line it printed. */
function reason(stderr) {
	const lines = stderr.split("\n").filter((line) => line.trim() !== "");
	return (lines.find((each) => each.startsWith("fatal: ")) ?? lines[0] ?? "").replace(/^(fatal|error): /, "");
}
/** The exit status and stderr of a process; throws `Unusable` where it could not start. */
function end(child) {
	let stderr = "";
	child.stderr.on("data", (chunk) => {
		if (stderr.length < STDERR_LIMIT) stderr += chunk.toString("utf8");
	});
	return new Promise((resolve, reject) => {
		child.on("error", (error) => reject(unstartable(error)));
		child.on("close", (status) => resolve({
			status: status ?? -1,
			stderr
		}));
	});
}
function unstartable(error) {
	if (error.code !== "ENOENT") return new Unusable(`git could not be started: ${error.message}.`);
	return new Unusable("git was not found: install git 2.31 or newer, or add it to PATH.");
}
function splitFields(bytes) {
	const text = bytes.toString("utf8");
	if (!text.includes("�")) return text.split("\0");
	const fields = [];
	for (let at = 0; at <= bytes.length;) {
		const nul = bytes.indexOf(0, at);
		const stop = nul < 0 ? bytes.length : nul;
		fields.push(decodePath(bytes.subarray(at, stop)));
		at = stop + 1;
	}
	return fields;
}
/**
* For `diff-tree`, which reads the whole index for nothing: 15 ms of 20 at 100,000 files. A file that does not exist
* is an empty index.
*/
const WITHOUT_INDEX = { GIT_INDEX_FILE: join(tmpdir(), `no-index-${process.pid}-${process.hrtime.bigint()}`) };
const STDERR_LIMIT = 65536;
/** What a repository's own configuration may not decide: programs to run, and the shape of what we read. */
const SETTINGS = [
	"core.fsmonitor=",
	`core.hooksPath=${devNull}`,
	"core.pager=cat",
	"diff.external=",
	"log.showRoot=true",
	"log.follow=false"
].flatMap((setting) => ["-c", setting]);
const ENVIRONMENT = {
	LC_ALL: "C",
	GIT_ALLOW_PROTOCOL: "none",
	GIT_GRAFT_FILE: devNull,
	GIT_LITERAL_PATHSPECS: "1",
	GIT_NO_LAZY_FETCH: "1",
	GIT_NO_REPLACE_OBJECTS: "1",
	GIT_OPTIONAL_LOCKS: "0",
	GIT_PAGER: "cat",
	GIT_TERMINAL_PROMPT: "0"
};
/**
* Variables that name another repository than the directory's, or another meaning of arguments. Git sets some for
* hooks and aliases, so the directory alone decides; object directories stay, for a pre-receive hook's quarantine.
*/
const FOREIGN = /* @__PURE__ */ new Set([
	"GIT_ATTR_SOURCE",
	"GIT_COMMON_DIR",
	"GIT_CONFIG",
	"GIT_DIFF_OPTS",
	"GIT_DIR",
	"GIT_EXTERNAL_DIFF",
	"GIT_GLOB_PATHSPECS",
	"GIT_ICASE_PATHSPECS",
	"GIT_IMPLICIT_WORK_TREE",
	"GIT_INDEX_FILE",
	"GIT_NAMESPACE",
	"GIT_NOGLOB_PATHSPECS",
	"GIT_PREFIX",
	"GIT_REPLACE_REF_BASE",
	"GIT_SHALLOW_FILE",
	"GIT_WORK_TREE"
]);
function inherited() {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.has(name)));
}

// src/load/objectReader.ts
/** Objects by name, all through one `git cat-file --batch` that starts with the first question and ends with us. */
var ObjectReader = class {
	#git;
	#rounds = [];
	#child;
	#rest = EMPTY;
	#body;
	constructor(git) {
		this.#git = git;
	}
	/** The object that `name` means, undefined where there is none; throws `Unusable` where git cannot read it. */
	async ask(name, limit) {
		if (/[\n\0]/.test(name)) return void 0;
		let answer;
		await this.askAll([{
			name,
			limit
		}], (object) => answer = object);
		return answer;
	}
	/** Answers each question as soon as its object is there, so that 100,000 of them need not lie in memory. */
	askAll(questions, onAnswer) {
		if (questions.length === 0) return Promise.resolve();
		const child = this.#child ??= this.#start();
		this.#hold(child, true);
		child.stdin.write(questions.map(({ name }) => `${name}\n`).join(""));
		return new Promise((resolve, reject) => this.#rounds.push({
			questions,
			onAnswer,
			resolve,
			reject,
			answered: 0
		}));
	}
	#start() {
		const child = this.#git.start(["cat-file", "--batch"]);
		child.stdout.on("data", (chunk) => this.#take(chunk));
		end(child).then(({ stderr }) => this.#end(stderr), (error) => this.#end("", error));
		return child;
	}
	/** Keeps our own process alive while an answer is awaited, and only then. */
	#hold(child, awaited) {
		const parts = [
			child,
			child.stdin,
			child.stdout,
			child.stderr
		];
		for (const part of parts) if (awaited) part.ref();
		else part.unref();
	}
	#end(stderr, error) {
		this.#child = void 0;
		this.#rest = EMPTY;
		this.#body = void 0;
		for (const { questions, answered, reject } of this.#rounds.splice(0)) reject(error ?? unreadable(questions[answered]?.name ?? "", stderr));
	}
	#take(chunk) {
		let left = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
		this.#rest = EMPTY;
		while (left.length > 0) if (!this.#body) {
			const stop = left.indexOf(LF);
			if (stop < 0) {
				this.#rest = left;
				return;
			}
			this.#takeHeader(left.toString("utf8", 0, stop));
			left = left.subarray(stop + 1);
		} else left = this.#takeBody(this.#body, left);
	}
	#takeHeader(line) {
		const match = /^([0-9a-f]{40}(?:[0-9a-f]{24})?) ([a-z]+) ([0-9]+)$/.exec(line);
		if (!match) return this.#answer(void 0);
		const [, id, type, digits] = match;
		const size = Number(digits);
		const [round] = this.#rounds;
		const bytes = size <= (round?.questions[round.answered]?.limit ?? 0) ? Buffer.allocUnsafe(size) : void 0;
		this.#body = {
			object: {
				id,
				type,
				size,
				bytes
			},
			at: 0
		};
	}
	#takeBody(body, chunk) {
		const { bytes, size } = body.object;
		const count = Math.min(size - body.at, chunk.length);
		if (bytes) chunk.copy(bytes, body.at, 0, count);
		body.at += count;
		if (count === chunk.length) return EMPTY;
		this.#body = void 0;
		this.#answer(body.object);
		return chunk.subarray(count + 1);
	}
	#answer(object) {
		const [round] = this.#rounds;
		if (!round) return;
		try {
			round.onAnswer(object, round.answered++);
		} catch (error) {
			round.reject(error);
		}
		if (round.answered < round.questions.length) return;
		this.#rounds.shift();
		round.resolve();
		if (this.#child && this.#rounds.length === 0) this.#hold(this.#child, false);
	}
};
const EMPTY = Buffer.alloc(0);
const LF = 10;

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

// src/load/pathHistory.ts
/**
* The life of `paths` on the first-parent line up to `start`, through renames; `shallow` tells of a clone that is.
*
* One `git log`, and one `git diff-tree` that looks for renames; both again for each rename in a row.
*/
async function readHistory(git, objects, shallow, start, paths) {
	if (paths.length === 0) return {
		events: [],
		complete: true
	};
	const lives = Array.from(new Set(paths), (path) => ({
		path,
		of: path,
		renamedBy: void 0
	}));
	let steps = await readLog(git, start, lives);
	let found = lives;
	for (let hop = 0; hop < MAX_HOPS; hop++) {
		found = await findOldNames(git, findBirths(steps, found));
		if (found.length === 0) break;
		lives.push(...found);
		steps = await readLog(git, start, lives);
	}
	const events = assign(steps, lives).map(({ commit, change, life }) => ({
		commit: {
			id: commit.id,
			date: commit.date
		},
		path: change.path,
		of: life.of,
		entry: change.after
	}));
	const complete = !shallow || !await isCut(objects, findBirths(steps, lives));
	return {
		events: events.toReversed(),
		complete
	};
}
/** The steps of some paths, newest first. */
async function readLog(git, start, lives) {
	const paths = [...new Set(lives.map((life) => life.path))];
	const wanted = new Set(paths);
	const steps = [];
	let commit;
	let age = 0;
	await readRawDiff(git.fields([
		...LOG,
		start,
		"--",
		...canBeArguments(paths) ? paths : []
	]), (change) => {
		if (commit && wanted.has(change.path)) steps.push({
			commit,
			change
		});
	}, (line) => {
		const [id = "", seconds = "", parent] = line.split(" ");
		commit = {
			id,
			date: /* @__PURE__ */ new Date(Number(seconds) * 1e3),
			parent: parent || void 0,
			age: age++
		};
	});
	return steps;
}
/** Whether the paths may be named to git; if not, it tells of every path and we choose. */
function canBeArguments(paths) {
	return paths.reduce((sum, path) => sum + path.length + 3, 0) < ARGUMENTS_LIMIT && paths.every(isUtf8Path);
}
/** Each step with each life that it belongs to, newest first; a path that was asked for has it once. */
function assign(steps, lives) {
	const ages = new Map(steps.map(({ commit }) => [commit.id, commit.age]));
	const livesOf = /* @__PURE__ */ new Map();
	for (const life of lives) {
		const others = livesOf.get(life.path);
		if (others) others.push(life);
		else livesOf.set(life.path, [life]);
	}
	return steps.flatMap((step) => {
		const askers = /* @__PURE__ */ new Map();
		for (const life of livesOf.get(step.change.path) ?? []) {
			const end = life.renamedBy === void 0 ? -1 : ages.get(life.renamedBy) ?? Infinity;
			if (step.commit.age > end) askers.set(life.of, life);
		}
		return Array.from(askers.values(), (life) => ({
			...step,
			life
		}));
	});
}
/** The oldest step of each path that was asked for, where it made the path. */
function findBirths(steps, lives) {
	const oldest = /* @__PURE__ */ new Map();
	for (const step of assign(steps, lives)) oldest.set(step.life.of, step);
	return [...oldest.values()].filter((step) => step.change.before === void 0);
}
/** The names that the born paths had before, where their first commit renamed them. */
async function findOldNames(git, births) {
	const born = births.filter(({ commit }) => commit.parent !== void 0);
	if (born.length === 0) return [];
	const pairs = new Set(born.map(({ commit }) => `${commit.id} ${commit.parent}\n`));
	const oldNames = /* @__PURE__ */ new Map();
	let commit = "";
	await readRawDiff(git.fields(RENAMES, [...pairs].join(""), WITHOUT_INDEX), ({ path, from }) => oldNames.set(`${commit} ${path}`, from ?? path), (line) => commit = line);
	return born.flatMap(({ commit: { id }, change, life }) => {
		const path = oldNames.get(`${id} ${change.path}`);
		return path === void 0 ? [] : [{
			path,
			of: life.of,
			renamedBy: id
		}];
	});
}
/** Whether a life begins at a commit whose parents a shallow clone hides: the object names them, the log does not. */
async function isCut(objects, births) {
	const roots = new Set(births.filter(({ commit }) => !commit.parent).map(({ commit }) => commit.id));
	return (await Promise.all(Array.from(roots, (id) => objects.ask(id, COMMIT_LIMIT$1)))).some((object) => !object?.bytes || /^tree \S+\nparent /.test(object.bytes.toString("latin1", 0, 200)));
}
const MAX_HOPS = 8;
const ARGUMENTS_LIMIT = 24e3;
const COMMIT_LIMIT$1 = 16777216;
const RAW = [
	"--raw",
	"-z",
	"--no-abbrev",
	"--ignore-submodules=none",
	"--no-ext-diff",
	"--no-textconv"
];
const LOG = [
	"log",
	...RAW,
	"--first-parent",
	"--no-renames",
	"-O/dev/null",
	"--no-show-signature",
	"--format=%H %ct %P"
];
const RENAMES = [
	"diff-tree",
	...RAW,
	"--stdin",
	"-r",
	"-M",
	"-l1000",
	"--diff-filter=R"
];

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
	/** Where each path's entry starts, once so many were asked for that searching costs more. */
	#starts;
	constructor(text) {
		this.#text = `\0${text}`;
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
	*[Symbol.iterator]() {
		for (let end = this.#text.indexOf("\0", 1); end >= 0; end = this.#text.indexOf("\0", end + 1)) yield this.#pathAt(end);
	}
	/** The path of the entry that ends at a NUL. */
	#pathAt(end) {
		const start = this.#text.lastIndexOf("\0", end - 1) + 1;
		return this.#text.slice(this.#text.indexOf("	", start) + 1, end);
	}
};

// src/load/workTree.ts
/** The local changes by path, in two processes. */
async function readLocalChanges(git, files) {
	const changes = /* @__PURE__ */ new Map();
	const environment = await withoutFilters(git);
	for await (const batch of git.fields(STATUS, "", environment)) for (const field of batch) {
		const [path, change] = field.startsWith("? ") ? untracked(field, files) : tracked(field);
		if (path !== "") changes.set(path, {
			before: change.before ?? changes.get(path)?.before,
			now: change.now
		});
	}
	return changes;
}
/** What differs between base and the working tree: base to HEAD, and the local changes laid over it. */
function overlayChanges(toHead, local) {
	const pairs = new Map(toHead.map((change) => [change.path, {
		base: change.before,
		head: change.after
	}]));
	for (const [path, { before, now }] of local) {
		const known = pairs.get(path);
		pairs.set(path, {
			base: known ? known.base : before,
			head: now
		});
	}
	return Array.from(pairs, ([path, { base, head }]) => changedPath(path, base, head)).filter(differs);
}
/** Every entry of the index, with the local changes laid over it. */
async function listWorkTree(git, local) {
	const entries = [];
	for await (const batch of git.fields([
		"ls-files",
		"--stage",
		"-z",
		"--full-name"
	])) for (const field of batch) {
		const tab = field.indexOf("	");
		const [mode = "", id = ""] = field.slice(0, tab).split(" ");
		const path = field.slice(tab + 1);
		const entry = local.has(path) ? void 0 : treeEntry(path, mode, id);
		if (entry) entries.push(entry);
	}
	for (const { now } of local.values()) if (now) entries.push(now);
	return entries;
}
/** Whether `root` itself holds `.git`; `core.worktree` may point anywhere, and anywhere is not ours to read. */
function isWorkTree(root) {
	return lstatSync(join(root, ".git"), { throwIfNoEntry: false }) !== void 0;
}
const STATUS = [
	"status",
	"--porcelain=v2",
	"-z",
	"--untracked-files=all",
	"--no-renames",
	"--ignore-submodules=dirty"
];
const NOTHING = ["", {
	before: void 0,
	now: void 0
}];
function untracked(field, files) {
	const path = field.slice(2);
	const kind = files.kind(path);
	return kind ? [path, {
		before: void 0,
		now: {
			path,
			kind,
			id: ""
		}
	}] : NOTHING;
}
/** One line of `git status --porcelain=v2` for a path of HEAD or of the index. */
function tracked(field) {
	if (field.startsWith("1 ")) {
		const [columns, path] = cut(field, 8);
		const [, state = "", , headMode = "", , diskMode = "", headId = "", indexId = ""] = columns;
		const now = treeEntry(path, diskMode, state.endsWith(".") ? indexId : "");
		return [path, {
			before: treeEntry(path, headMode, headId),
			now
		}];
	}
	if (field.startsWith("u ")) {
		const [columns, path] = cut(field, 10);
		const [, , , , oursMode = "", , diskMode = "", , oursId = ""] = columns;
		return [path, {
			before: treeEntry(path, oursMode, oursId),
			now: treeEntry(path, diskMode, "")
		}];
	}
	return NOTHING;
}
/** The first `count` words of a line, and what follows them, blanks and all. */
function cut(field, count) {
	let at = 0;
	for (let word = 0; word < count; word++) at = field.indexOf(" ", at) + 1;
	return [field.slice(0, at - 1).split(" "), field.slice(at)];
}
/**
* The environment that switches every configured filter off: `git status` would run them on files whose time stamps
* are in doubt, and `.git/config` is not trusted to name programs.
*/
async function withoutFilters(git) {
	if (!mayNameFilters(git.directory)) return {};
	const args = [
		"config",
		"-z",
		"--name-only",
		"--get-regexp",
		"^filter\\..*\\.(clean|smudge|process|required)$"
	];
	const outcome = await git.run(args);
	if (outcome.status > 1) throw failure(args, outcome);
	const names = new Set(outcome.stdout.toString("utf8").split("\0").filter(Boolean));
	const first = Number(process.env["GIT_CONFIG_COUNT"] ?? 0);
	const environment = { GIT_CONFIG_COUNT: String(first + names.size) };
	for (const [index, name] of [...names].entries()) {
		environment[`GIT_CONFIG_KEY_${first + index}`] = name;
		environment[`GIT_CONFIG_VALUE_${first + index}`] = name.endsWith(".required") ? "false" : "";
	}
	return environment;
}
/** Whether the repository's configuration may name filters; a glance that mostly saves the process of `git config`. */
function mayNameFilters(root) {
	const inside = (name) => join(root, ".git", name);
	if (existsSync(inside("config.worktree")) || existsSync(inside("commondir"))) return true;
	try {
		return /filter|include/i.test(readFileSync(inside("config"), "latin1"));
	} catch {
		return true;
	}
}

// src/load/gitRepository.ts
/**
* The git repository around `directory`, undefined outside of any; throws `Unusable` where git refuses it.
*
* The directory alone decides: `GIT_DIR` and its like, which git sets for hooks, are not heeded.
*/
async function openRepository(directory) {
	const args = [
		"rev-parse",
		"--is-inside-work-tree",
		"--is-shallow-repository",
		"--show-toplevel"
	];
	const outcome = await new Git(directory).run(args);
	if (/not a git repository \(or any/.test(outcome.stderr)) return void 0;
	const [, inside, shallow, root] = /^(true|false)\n(true|false)\n([^]*?)\n?$/.exec(outcome.stdout.toString()) ?? [];
	if (inside === void 0 || inside === "true" && outcome.status !== 0) throw failure(args, outcome);
	const hasWorkTree = inside === "true" && root !== void 0 && isWorkTree(root);
	return new GitRepository(hasWorkTree ? root : realpathSync.native(directory), shallow === "true", hasWorkTree);
}
var GitRepository = class {
	root;
	#shallow;
	#hasWorkTree;
	#git;
	#objects;
	#commits = /* @__PURE__ */ new Map();
	#files;
	#localChanges;
	constructor(root, shallow, hasWorkTree) {
		this.root = root;
		this.#shallow = shallow;
		this.#hasWorkTree = hasWorkTree;
		this.#git = new Git(root);
		this.#objects = new ObjectReader(this.#git);
	}
	async resolve(rev) {
		const known = this.#commits.get(rev);
		if (known) return known;
		const commit = await this.#find(rev);
		if (commit) return commit;
		if (rev === "HEAD") throw new Unusable(`HEAD of ${this.root} has no commits yet: commit something first.`);
		const cure = this.#shallow ? "this clone is shallow: git fetch --unshallow" : "fetch it, or name another";
		throw new Unusable(`${JSON.stringify(rev)} is no commit of ${this.root}; ${cure}.`);
	}
	async mergeBase(a, b) {
		const [from, to] = await Promise.all([this.resolve(a), this.resolve(b)]);
		if (from.id === to.id) return from;
		const args = [
			"merge-base",
			from.id,
			to.id
		];
		const outcome = await this.#git.run(args);
		if (outcome.status === 0) return this.resolve(outcome.stdout.toString("latin1").trim());
		if (outcome.status !== 1 || /^(error|fatal): /m.test(outcome.stderr)) throw failure(args, outcome);
		const cure = this.#shallow ? "this clone is shallow: git fetch --unshallow" : "their histories have nothing in common: name another base";
		throw new Unusable(`${JSON.stringify(a)} and ${JSON.stringify(b)} have no merge base; ${cure}.`);
	}
	async diff(base, head) {
		const from = await this.resolve(base);
		if (head !== "worktree") return (await this.#diffTrees(from.id, (await this.resolve(head)).id)).map(({ path, before, after }) => changedPath(path, before, after)).filter(differs);
		const local = this.#readLocalChanges();
		const [toHead, changes] = await Promise.all([this.#diffToHead(from.id), local]);
		return overlayChanges(toHead, changes);
	}
	async list(at) {
		if (at === "worktree") return listWorkTree(this.#git, await this.#readLocalChanges());
		const { id } = await this.resolve(at);
		const entries = [];
		for await (const batch of this.#git.fields([
			"ls-tree",
			"-r",
			"-z",
			"--full-tree",
			id
		])) for (const field of batch) {
			const tab = field.indexOf("	");
			const [mode = "", , object = ""] = field.slice(0, tab).split(" ");
			const entry = treeEntry(field.slice(tab + 1), mode, object);
			if (entry) entries.push(entry);
		}
		return entries;
	}
	async tree(commit) {
		const args = [
			"ls-tree",
			"-r",
			"-z",
			"--full-tree",
			(await this.resolve(commit)).id
		];
		const outcome = await this.#git.run(args);
		if (outcome.status !== 0) throw failure(args, outcome);
		return new TreeListing(decodePath(outcome.stdout));
	}
	async read(entries, limit, keep = () => true) {
		const blobs = /* @__PURE__ */ new Map();
		const settle = (entry, blob) => {
			const told = withinLimit(blob, limit(entry.path));
			if ("unread" in told || keep(entry.path, told)) blobs.set(entry, told);
		};
		const byId = /* @__PURE__ */ new Map();
		for (const entry of entries) {
			const same = byId.get(entry.id);
			if (entry.kind !== "file") settle(entry, { unread: "not-a-file" });
			else if (entry.id === "") settle(entry, this.#disk().read(entry.path, limit(entry.path)));
			else if (same) same.push(entry);
			else byId.set(entry.id, [entry]);
		}
		const groups = [...byId.values()];
		const questions = Array.from(byId, ([name, same]) => ({
			name,
			limit: Math.max(...same.map(({ path }) => limit(path)))
		}));
		await this.#objects.askAll(questions, (object, index) => {
			const blob = blobOf(object);
			for (const entry of groups[index] ?? []) settle(entry, blob);
		});
		return blobs;
	}
	async history(commit, paths) {
		const { id } = await this.resolve(commit);
		return readHistory(this.#git, this.#objects, this.#shallow, id, paths);
	}
	/** The commit that `rev` means, tags peeled; undefined where it means none. */
	async #find(rev) {
		let object = await this.#objects.ask(rev, COMMIT_LIMIT);
		if (object?.type === "tag") object = await this.#objects.ask(`${object.id}^{commit}`, COMMIT_LIMIT);
		if (object?.type !== "commit") return void 0;
		const seconds = /^committer .* (-?\d+) \S+$/m.exec(object.bytes?.toString("latin1") ?? "")?.[1];
		const commit = {
			id: object.id,
			date: /* @__PURE__ */ new Date(Number(seconds ?? 0) * 1e3)
		};
		this.#commits.set(commit.id, commit);
		return commit;
	}
	async #diffTrees(base, head) {
		const changes = [];
		if (base === head) return changes;
		const fields = this.#git.fields([
			...DIFF_TREE,
			base,
			head
		], "", WITHOUT_INDEX);
		await readRawDiff(fields, (change) => changes.push(change));
		return changes;
	}
	async #diffToHead(base) {
		const head = await this.#find("HEAD");
		return this.#diffTrees(base, head?.id ?? EMPTY_TREES[base.length] ?? "");
	}
	/** Memoised: `diff` and `list` of one run must tell of the same working tree. */
	async #readLocalChanges() {
		const files = this.#disk();
		return this.#localChanges ??= readLocalChanges(this.#git, files);
	}
	#disk() {
		if (!this.#hasWorkTree) throw new Unusable(`The repository ${this.root} has no working tree: name the revision to judge with --head.`);
		return this.#files ??= new DiskFiles(this.root);
	}
};
function blobOf(object) {
	if (object === void 0) return { unread: "missing" };
	if (object.type !== "blob") return { unread: "not-a-file" };
	return object.bytes ?? {
		unread: "too-large",
		size: object.size
	};
}
function withinLimit(blob, limit) {
	return blob instanceof Uint8Array && blob.length > limit ? {
		unread: "too-large",
		size: blob.length
	} : blob;
}
const COMMIT_LIMIT = 16777216;
const DIFF_TREE = [
	"diff-tree",
	"-r",
	"--raw",
	"-z",
	"--no-renames",
	"--no-abbrev",
	"--ignore-submodules=none",
	"--no-ext-diff",
	"--no-textconv"
];
/** The tree without entries, by the length of its id: git knows it in every repository. */
const EMPTY_TREES = {
	40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
	64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321"
};

// src/discover/worthReading.ts
/** Folders whose files are never served or loaded: samples, test data, other people's code. */
const SKIPPED_FOLDERS = /(?:^|\/)(?:node_modules|vendor|tests?|testdata|fixtures)\//;
/** Endings that are never a policy, a zone or a configuration that holds one. */
const NEVER = /\.(?:png|jpe?g|gif|webp|avif|ico|svgz?|bmp|tiff?|pdf|docx?|xlsx?|pptx?|odt|zip|gz|tgz|bz2|xz|zst|7z|rar|jar|war|whl|deb|rpm|iso|img|bin|exe|dll|so|dylib|a|o|class|pyc|wasm|woff2?|ttf|otf|eot|mp[34]|m4a|wav|ogg|flac|avi|mov|mkv|webm|map|lock|sum|sqlite3?|key|pem|crt|cer|der|p12|pfx|gpg|asc|sig|jnl)$/i;
/** Endings of programs and documents: they may hold MTA-STS text, but are no master files. */
const NO_ZONE = /\.(?:[cm]?[jt]sx?|json5?|jsonc|ya?ml|toml|ini|xml|html?|css|s[ac]ss|less|md|mdx|markdown|rst|adoc|tex|py|rb|go|rs|c|cc|cpp|h|hpp|java|kt|scala|cs|fs|php|pl|pm|lua|sh|bash|zsh|fish|ps1|bat|nix|tf|tfvars|hcl|dhall|jsonnet|vue|svelte|csv|tsv|sql|proto|svg|j2|erb|tmpl|tftpl|tpl|mustache|liquid|patch|diff|log|mta-sts\.txt)$/i;
/** Why files under a path are left out, or undefined if they count (facts of public repositories: samples and test data). */
function leftOut(path) {
	if (/\.signed$/i.test(path)) return "is what signing made of another zone file";
	const folder = SKIPPED_FOLDERS.exec(path)?.[0];
	return folder === void 0 ? void 0 : `stands in a folder of samples or test data (\`${folder.replaceAll("/", "")}/\`)`;
}
/** Whether a file that is left out would otherwise have been looked at, so that people are told of it. */
function isMissed(path) {
	if (leftOut(path) === void 0) return false;
	if (isPolicyPath(path) || isNamedLikeZone(path)) return true;
	return !/(?:^|\/)(?:node_modules|vendor)\//.test(path) && !NEVER.test(path) && !NO_ZONE.test(path);
}
/** Whether a file may hold anything of ours, by its path alone. */
function worthReading(path) {
	return leftOut(path) === void 0 && !NEVER.test(path);
}
/** Whether a file may be a master file, by its path alone. */
function mayBeZone(path) {
	return worthReading(path) && !NO_ZONE.test(path) && !isPolicyPath(path);
}
/** Whether a file has the name of a master file; the name alone proves nothing (`Thumbs.db`, `prod.hosts`). */
function isNamedLikeZone(path) {
	return /(?:^|\/)db\.[^/]+$|\.(?:zone|db|hosts)$/i.test(path);
}
/** A policy is known by its file name, in any case and at any depth. */
function isPolicyPath(path) {
	return /(?:^|\/)mta-sts\.txt$/i.test(path);
}
/** Whether folder or ending mark a file as a template: what it will say is not known. */
function isTemplate(path) {
	return /(?:^|\/)templates?\//i.test(path) || /\.(?:j2|erb|tmpl|tftpl|tpl|mustache|liquid)$/i.test(path);
}

// src/discover/readZones.ts
/** RFC 1035 sets no limit; these keep a hostile file from hanging the run, and going over one is a finding. */
const ZONE_LIMITS = {
	maxIncludeDepth: 8,
	maxGenerateSteps: 65536
};
/**
* Parses every master file among the texts: a text counts if it holds an SOA, or `$ORIGIN` or `$TTL` with a record; a file
* that another one includes is part of that one unless it holds an SOA itself.
*/
function readZones(sources) {
	const notZones = [];
	const homeless = [];
	const found = [];
	const missing = /* @__PURE__ */ new Map();
	for (const source of sources.values()) {
		if (!mayBeZone(source.path)) continue;
		const hint = look(source);
		if (!hint) {
			if (isNamedLikeZone(source.path)) notZones.push(source);
			continue;
		}
		const origin = hint.origin ?? originOfFileName(source.path);
		if (origin === void 0) {
			homeless.push(source);
			continue;
		}
		const places = [];
		const zone = alone.get(source) ?? readZone(source, origin, sources, (place) => places.push(place));
		if (places.length > 0) missing.set(zone, places);
		else if (zone.includes.length === 0) alone.set(source, zone);
		found.push({
			zone,
			holdsSoa: hint.holdsSoa
		});
	}
	const included = new Set(found.flatMap(({ zone }) => zone.includes.map((include) => include.value)));
	const zones = found.filter(({ zone, holdsSoa }) => holdsSoa || !included.has(zone.source.path)).map(({ zone }) => zone);
	const apart = (sources) => sources.filter((source) => !included.has(source.path));
	return {
		zones,
		notZones: apart(notZones),
		homeless: apart(homeless),
		missing
	};
}
/** A text that can hardly be read is a zone only if its name says so, too. */
const look = memo((source) => {
	const seen = looksLikeZone(source);
	if (!seen?.doubtful || isNamedLikeZone(source.path)) return seen;
	return seen.origin !== void 0 && seen.origin === originOfFileName(source.path) ? seen : void 0;
});
/** The zones made of one file each: the same text need not be parsed again when a side is surveyed anew. */
const alone = /* @__PURE__ */ new WeakMap();
/** Parses one master file leniently; `$INCLUDE` reaches the other texts of the same side, never beyond the tree. */
function readZone(source, origin, sources, missing = () => {}) {
	return parseZone(source, {
		origin,
		strict: false,
		...ZONE_LIMITS,
		include: (path, from) => {
			const places = includePlaces(path, from.path);
			if (places.length === 0) return "it lies outside the repository, so it is not read.";
			const place = places.find((candidate) => sources.has(candidate));
			const target = place === void 0 ? void 0 : sources.get(place);
			if (!target) places.forEach(missing);
			return target ?? "it is not in the repository.";
		}
	});
}
/** Where an `$INCLUDE` may point inside the tree: beside the including file, then from the root. */
function includePlaces(path, from) {
	if (path.startsWith("/") || path.includes("\0") || path.includes("\\")) return [];
	const places = [posix.join(posix.dirname(from), path), posix.normalize(path)];
	return [...new Set(places)].filter((place) => place !== ".." && !place.startsWith("../"));
}
/** Whether a text is records without a zone around them: something that another file may include. */
function isFragment(source) {
	if (!mayBeZone(source.path) || look(source)) return false;
	const { records, problems } = readZone(source, ".", /* @__PURE__ */ new Map());
	return records.length > 0 && problems.length === 0;
}
/** The origin that a file's name tells: `x.zone`, `db.x`, `x.db`, `x.hosts`, `x`. */
function originOfFileName(path) {
	const file = aLabels(posix.basename(path)).toLowerCase();
	const name = /^db\.(.+)$/.exec(file)?.[1] ?? /^(.+?)\.(?:zone|db|hosts)$/.exec(file)?.[1] ?? file;
	return /^[a-z0-9_](?:[a-z0-9._/-]*[a-z0-9])?\.?$/.test(name) ? nameOf(name) : void 0;
}

// src/discover/history.ts
/** Tells a domain's life from the past of its files: one entry for each commit that changed one of them, parsed when looked at. */
function historyOf(files, past, complete) {
	const pasts = [];
	const zone = files.zone ? filesOf(files.zone) : [];
	const paths = new Set(files.policy === void 0 ? zone : [files.policy, ...zone]);
	let sources = /* @__PURE__ */ new Map();
	let zoneChanged;
	for (const file of lives(past, paths)) {
		const next = new Map(sources);
		if (file.source) next.set(file.of, file.source);
		else next.delete(file.of);
		sources = next;
		if (file.of !== files.policy) zoneChanged = file;
		if (pasts.at(-1)?.commit === file.commit) pasts.pop();
		pasts.push(entry(file, files, sources, zoneChanged));
	}
	return {
		pasts,
		complete
	};
}
const byPath$1 = memo((past) => groupedBy([...past.entries()], ([, file]) => file.of));
/** What happened to some paths, oldest first. */
function lives(past, paths) {
	return [...paths].flatMap((path) => byPath$1(past).get(path) ?? []).toSorted(([a], [b]) => a - b).map(([, file]) => file);
}
function entry({ moment, commit }, { policy, zone }, sources, zoneChanged) {
	let parsedPolicy;
	return {
		moment,
		commit,
		get policy() {
			const source = policy === void 0 ? void 0 : sources.get(policy);
			return parsedPolicy ??= source && parsePolicy(source);
		},
		get zone() {
			return zone && zoneChanged && pastZone(zoneChanged, zone, sources);
		}
	};
}
/** A zone as one change of its files left it: parsed once for all the domains in it. */
function pastZone(changed, zone, sources) {
	const source = sources.get(zone.source.path);
	if (!source) return void 0;
	const known = left(changed);
	const key = JSON.stringify([zone.origin, filesOf(zone)]);
	const parsed = known.get(key) ?? readZone(source, zone.origin, sources);
	known.set(key, parsed);
	return parsed;
}
const left = memo(() => /* @__PURE__ */ new Map());

// src/discover/withKeptPairings.ts
/**
* A policy that nothing on one side gives to a domain stays with the domains that the other side's evidence gives it to: a
* second stray file, come or gone, does not tear a policy from its record.
*/
function withKeptPairings({ base, head }, policies) {
	const counterparts = policies.flatMap((both) => both.base && both.head ? [[both.base, both.head]] : []);
	return {
		base: kept(base, head, new Map(counterparts)),
		head: kept(head, base, new Map(counterparts.map(([before, after]) => [after, before])))
	};
}
function kept(side, other, counterparts) {
	const told = new Map(other.pairings.map((pairing) => [pairing.policy, pairing]));
	const served = new Set(side.pairings.flatMap((pairing) => pairing.domains));
	const known = /* @__PURE__ */ new Map();
	for (const { policy, domains } of side.pairings) {
		const counterpart = counterparts.get(policy);
		const there = domains.length === 0 && counterpart ? told.get(counterpart) : void 0;
		const names = there?.domains.filter((name) => !served.has(name)) ?? [];
		if (there && names.length > 0) known.set(policy, {
			policy,
			domains: names,
			pairedBy: there.pairedBy
		});
	}
	if (known.size === 0) return side;
	const byName = new Map([...known.values()].flatMap((pairing) => pairing.domains.map((name) => [name, pairing])));
	const housed = new Set(side.domains.map((domain) => domain.name));
	return {
		...side,
		pairings: side.pairings.map((pairing) => known.get(pairing.policy) ?? pairing),
		domains: side.domains.flatMap((domain) => given(domain, known, byName, housed))
	};
}
function given(domain, known, byName, housed) {
	const { name, policy } = domain;
	if (name !== void 0) {
		const pairing = byName.get(name);
		return [pairing && !policy ? {
			...domain,
			policy: pairing.policy,
			pairedBy: pairing.pairedBy
		} : domain];
	}
	const pairing = policy && known.get(policy);
	if (!pairing) return [domain];
	return pairing.domains.filter((own) => !housed.has(own)).map((own) => ({
		...domain,
		name: own,
		pairedBy: pairing.pairedBy
	}));
}

// src/discover/changesOf.ts
/** Pairs what both sides hold - domains by name, zones and policies by path or by what they are - and adds their history. */
function changesOf(sides, snapshot, config) {
	const { moment } = snapshot;
	const policies = policyPairs(sides);
	const { base, head } = withKeptPairings(sides, policies);
	const withSts = new Set([base, head].flatMap((side) => side.domains.filter(hasSts).map((domain) => domain.zone)));
	const isTouched = snapshot.base === void 0 ? () => true : (path) => snapshot.changed.has(path);
	const zones = pair(base.zones, head.zones, apex, (zone) => zone.source).map((both) => {
		const holdsSts = [both.base, both.head].some((zone) => zone && withSts.has(zone));
		const history = historyOf({
			policy: void 0,
			zone: both.base ?? both.head
		}, snapshot.past, snapshot.pastComplete);
		return {
			...both,
			moment,
			holdsSts,
			history
		};
	});
	const changeOf = new Map(zones.flatMap((change) => [change.base, change.head].flatMap((zone) => zone ? [[zone, change]] : [])));
	const touchedZones = zones.filter(({ base: before, head: after }) => [before, after].some((zone) => zone && filesOf(zone).some(isTouched)));
	const touched = new Set(touchedZones.flatMap(({ base: before, head: after }) => [before, after]).filter((zone) => zone !== void 0));
	const domains = domainPairs({
		base,
		head
	}, zones, policies).filter(({ base: before, head: after }) => isDomainTouched(before, after, touched, isTouched)).map((both) => {
		const known = both.base?.policy ? both.base : both.head ?? both.base;
		const own = both.head?.zone ?? both.base?.zone;
		const zone = (own && changeOf.get(own)) ?? {
			moment,
			holdsSts: false,
			history: {
				pasts: [],
				complete: true
			}
		};
		const files = {
			policy: known?.policy?.source.path,
			zone: both.base?.zone ?? both.head?.zone
		};
		return {
			...both,
			moment,
			zone,
			options: config.rollout,
			history: historyOf(files, snapshot.past, snapshot.pastComplete)
		};
	});
	return {
		domains,
		policies: policyChanges({
			base,
			head
		}, policies, new Set(domains.flatMap((domain) => [domain.base?.policy, domain.head?.policy])), domains, isTouched).map((change) => ({
			...change,
			moment
		})),
		zones: touchedZones,
		unread: unreadChanges({
			base,
			head
		}, isTouched).map((change) => ({
			...change,
			moment
		}))
	};
}
/** Whether a domain uses MTA-STS at all: a record, a CNAME in its place, or a policy. */
function hasSts(domain) {
	return domain.policy !== void 0 || domain.sts.cname !== void 0 || domain.sts.records.length > 0;
}
function isDomainTouched(base, head, zones, isTouched) {
	if (base?.policy !== head?.policy && (!base?.policy || !head?.policy || meaning(base.policy) !== meaning(head.policy))) return true;
	return [base, head].some((domain) => domain?.zone && zones.has(domain.zone) || domain?.policy && isTouched(domain.policy.source.path));
}
/** Pairs domains that lie in the same zone, or without one in the same policy, and what is left by name. */
function domainPairs({ base, head }, zones, policies) {
	const homes = /* @__PURE__ */ new Map();
	for (const [kind, pairs] of Object.entries({
		zones,
		policies
	})) for (const [index, both] of pairs.entries()) for (const home of [both.base, both.head]) if (home) homes.set(home, `${kind} ${index}`);
	const homeOf = ({ zone, policy }) => homes.get(zone ?? policy) ?? "";
	return pairsOf(matchedAlone(matched(unpaired(base.domains, head.domains), [(domain) => JSON.stringify([domain.name, homeOf(domain)])]), (domain) => domain.name));
}
function policyPairs({ base, head }) {
	const servedAt = (side) => new Map(side.pairings.map(({ policy, domains }) => [policy, domains]));
	const [before, after] = [servedAt(base), servedAt(head)];
	return pair(base.policies, head.policies, (policy) => (after.get(policy) ?? before.get(policy) ?? []).join(" "), (policy) => policy.source);
}
/** The policies that a change touches, by their own text or by a domain that they serve. */
function policyChanges({ base, head }, pairs, concerned, changes, isTouched) {
	const served = new Map([...base.pairings, ...head.pairings].map(({ policy, domains }) => [policy, domains]));
	const [before, after] = [base, head].map((side) => groupedBy(side.domains, (domain) => domain.policy));
	const becomes = new Map(changes.flatMap((both) => both.base && both.head ? [[both.base, both.head]] : []));
	return pairs.filter((both) => [both.base, both.head].some((policy) => policy && (concerned.has(policy) || isTouched(policy.source.path)))).map((both) => {
		const policy = both.head ?? both.base;
		const domains = (policy && served.get(policy)) ?? [];
		const old = (both.base && before?.get(both.base)) ?? [];
		return {
			...both,
			domains,
			sharing: {
				base: old,
				head: both.head ? after?.get(both.head) ?? [] : old.flatMap((domain) => becomes.get(domain) ?? [])
			},
			rivals: rivals(head, both.head),
			neighbours: head.domains
		};
	});
}
/** The other policy files for a domain that this one serves. */
function rivals({ pairings }, policy) {
	const names = new Set(pairings.find((pairing) => pairing.policy === policy)?.domains);
	return pairings.filter((pairing) => pairing.policy !== policy && pairing.domains.some((name) => names.has(name))).map((pairing) => pairing.policy);
}
/** A line that is the same in the same file, or that went from one file to another, is no change. */
function unreadChanges({ base, head }, isTouched) {
	const held = (side) => side.skipped.filter((file) => file.holds && isTouched(file.path));
	const [before, after] = [held(base), held(head)];
	const [old, now] = [before, after].map((files) => new Set(files.map((file) => file.path)));
	const stays = ({ path }) => old?.has(path) === true && now?.has(path) === true;
	const inPlace = (file) => `${file.path}\n${file.line}`;
	return matched(unpaired(before, after), [inPlace, (file) => stays(file) ? inPlace(file) : file.line]).slots;
}
/**
* Pairs the files of both sides: the same path; then, since files move, what is of one kind and says the same, or ends in the
* same folder and name; then what is alone of its kind.
*/
function pair(base, head, kind, source) {
	const tail = (thing) => source(thing).path.split("/").slice(-2).join("/");
	const text = (thing) => createHash("sha256").update(source(thing).bytes).digest("hex");
	return pairsOf(matchedAlone(matched(matched(unpaired(base, head), [(thing) => source(thing).path]), [(thing) => `${kind(thing)} ${text(thing)}`, (thing) => `${kind(thing)} ${tail(thing)}`]), kind));
}
function unpaired(base, head) {
	return {
		slots: head.map((thing) => ({ head: thing })),
		left: base
	};
}
/** Gives each thing of head the first of base that has the same key, one key after the other. */
function matched(matching, keys) {
	let { slots, left } = matching;
	for (const key of keys) {
		if (left.length === 0) break;
		const byKey = groupedBy(left, key);
		slots = slots.map((slot) => {
			const other = slot.base || !slot.head ? void 0 : byKey.get(key(slot.head))?.shift();
			return other ? {
				base: other,
				head: slot.head
			} : slot;
		});
		left = [...byKey.values()].flat();
	}
	return {
		slots,
		left
	};
}
/** Matches what is the only one of its kind on both sides. */
function matchedAlone(matching, kind) {
	const { slots, left } = matching;
	const base = groupedBy(left, kind);
	const head = groupedBy(slots.filter((slot) => !slot.base).flatMap((slot) => slot.head ?? []), kind);
	const only = (thing) => {
		const [there, ...others] = base.get(kind(thing)) ?? [];
		return others.length === 0 && head.get(kind(thing))?.length === 1 ? there : void 0;
	};
	return {
		slots: slots.map((slot) => {
			const other = slot.base || !slot.head ? void 0 : only(slot.head);
			return other ? {
				base: other,
				head: slot.head
			} : slot;
		}),
		left: left.filter((thing) => !only(thing))
	};
}
function pairsOf({ slots, left }) {
	return [...slots, ...left.map((thing) => ({ base: thing }))];
}

// src/discover/historyNeeded.ts
/** The paths of base whose life on the base branch a rule will ask for: of policies and records that change, of zones whose serial does not. */
function historyNeeded(changes) {
	const paths = /* @__PURE__ */ new Set();
	for (const { base, head } of changes.domains) {
		const before = base?.policy;
		const after = head?.policy;
		if (!(before && after ? meaning(before) !== meaning(after) : before !== after)) continue;
		if (before) paths.add(before.source.path);
		if (base?.zone) for (const path of filesOf(base.zone)) paths.add(path);
	}
	for (const { base, head, holdsSts } of changes.zones) {
		if (!holdsSts || !base || !head) continue;
		const [before, after] = [serialOf(base)?.value, serialOf(head)?.value];
		if (!(before !== void 0 && after !== void 0 && compareSerials(before, after) === "raised") && changedRecords(base, head).length > 0) for (const path of filesOf(base)) paths.add(path);
	}
	return [...paths];
}

// src/discover/pairPolicies.ts
/**
* Tells which policy belongs to which domain; the first evidence that answers wins: a domain in the path, the nearest
* `CNAME` file upwards, the only domain with a record, one policy shared by all domains with a record.
*/
function pairPolicies(policies, zones, owners, sources, _config) {
	const held = /* @__PURE__ */ new Set([...zones.map(apex), ...[...owners.values()].flat()]);
	const told = policies.map((policy) => byPath(policy, held) ?? byCnameFile(policy, sources));
	const taken = new Set(told.flatMap((pairing) => pairing?.domains ?? []));
	const free = [...new Set([...owners.values()].flat())].filter((name) => !taken.has(name));
	const alone = told.filter((pairing) => pairing === void 0).length === 1;
	return policies.map((policy, index) => {
		const pairing = told[index];
		if (pairing) return pairing;
		if (!alone || free.length === 0) return {
			policy,
			domains: [],
			pairedBy: "none"
		};
		return {
			policy,
			domains: free,
			pairedBy: free.length === 1 ? "only-record" : "shared"
		};
	});
}
function byPath(policy, held) {
	const name = domainOfPath(policy.source.path, held);
	return name === void 0 ? void 0 : {
		policy,
		domains: [name],
		pairedBy: "path"
	};
}
/**
* The domain that a policy's path names: a folder called `mta-sts.<fqdn>`, or like a zone or domain of the repository, or
* plainly `<fqdn>`; the deepest wins.
*/
function domainOfPath(path, held = /* @__PURE__ */ new Set()) {
	for (const folder of path.split("/").slice(0, -1).toReversed()) {
		const bare = aLabels(folder).replace(/^mta-sts\./i, "");
		const name = nameOf(bare);
		if (held.has(name)) return name;
		if (isDomainLike(bare)) return name;
	}
}
/** Whether a folder's name is a domain and not a version, a `conf.d` or a file's name: LDH labels, a top-level domain of letters. */
function isDomainLike(text) {
	return /^(?:[a-z0-9_](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/i.test(text) && !/\.(?:js|ts|py|rb|sh|pl|php|html?|css|txt|conf|cfg|zip|git|old|bak|orig|disabled|local|internal|yml|yaml|json|md)$/i.test(text);
}
function byCnameFile(policy, sources) {
	for (const path of cnameFiles(policy.source.path)) {
		const host = sources.get(path)?.text().trim();
		if (host === void 0) continue;
		const name = /^mta-sts\.(\S+)$/i.exec(aLabels(host))?.[1];
		return name === void 0 ? void 0 : {
			policy,
			domains: [nameOf(name)],
			pairedBy: "cname-file"
		};
	}
}
/** Where GitHub Pages' `CNAME` file of a policy may stand, the nearest first. */
function cnameFiles(policyPath) {
	const folders = policyPath.split("/").slice(0, -1);
	return folders.map((_, depth) => [...folders.slice(0, folders.length - depth), "CNAME"].join("/")).concat("CNAME");
}

// src/discover/unreadFiles.ts
/** What a file that holds MTA-STS text is, by its ending; the names are those of the tools. */
const FORMATS = [
	[/\.(?:tf|tfvars|hcl)$/i, "terraform"],
	[/(?:^|\/)dnsconfig\.js$/i, "dnscontrol"],
	[/\.nix$/i, "nix"],
	[/(?:^|\/)Caddyfile$|\.caddy(?:file)?$/i, "caddy"],
	[/nginx|sites-(?:available|enabled)\//i, "nginx"],
	[/\.(?:j2|erb|tmpl|tftpl|tpl|mustache|liquid)$|(?:^|\/)templates?\//i, "template"],
	[/\.(?:md|mdx|markdown|rst|adoc)$/i, "documentation"],
	[/\.(?:[cm]?[jt]sx?)$/i, "javascript"],
	[/\.ya?ml$/i, "yaml"],
	[/\.json5?$/i, "json"]
];
/** What a policy or a record looks like, whatever stands around it. */
const HOLDS = /version:\s*STSv1|v=STSv1/gi;
const ORIGINLESS = "a zone whose origin neither `$ORIGIN` nor the SOA record nor the file's name tells";
/** More lines than this of one file say nothing new. */
const MAX_LINES = 100;
/** Lists the files that hold MTA-STS text and that no parser reads, and those that only look like a zone or a policy. */
function unreadFiles(tree, zones, others) {
	const read = new Set(zones.flatMap((zone) => [zone.source.path, ...zone.includes.map((include) => include.value)]));
	const notZones = new Set(others.notZones);
	const homeless = new Set(others.homeless);
	const files = [];
	for (const source of tree.sources.values()) {
		if (read.has(source.path) || isPolicyPath(source.path) && !isTemplate(source.path)) continue;
		const held = holdsSts(source);
		files.push(...held.map((file) => homeless.has(source) ? {
			...file,
			reason: ORIGINLESS
		} : file));
		if (held.length > 0) continue;
		if (homeless.has(source)) files.push(unread(source, 0, 0, ORIGINLESS));
		if (notZones.has(source)) files.push(unread(source, 0, 0, "named like a zone, but holds no SOA, `$ORIGIN` or `$TTL` with a record"));
	}
	for (const zone of zones) for (const { span, reason } of zone.unknown.slice(0, 1)) {
		const source = tree.sources.get(span.path) ?? zone.source;
		files.push({
			...unread(source, span.start.offset, span.end.offset, reason),
			format: null
		});
	}
	const side = tree.sources.values().next().value?.side ?? "head";
	for (const { path, reason, leftOut = false } of tree.unread) {
		const point = {
			line: 1,
			column: 1,
			offset: 0
		};
		files.push({
			path,
			format: null,
			reason,
			line: "",
			span: {
				side,
				path,
				start: point,
				end: point
			},
			leftOut,
			holds: void 0
		});
	}
	return files;
}
/** The lines of a file that hold a policy or a record, the first place on each. */
function holdsSts(source) {
	if (Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.length).indexOf("STSv1") < 0) return [];
	const text = source.text();
	const format = formatOf(source.path);
	const reason = format === "template" ? "template, not checked: what it will say is not known here" : "holds MTA-STS text in a format that is not read";
	const files = [];
	let lineEnd = -1;
	for (const found of text.matchAll(HOLDS)) {
		if (found.index < lineEnd) continue;
		lineEnd = text.indexOf("\n", found.index);
		if (lineEnd < 0) lineEnd = text.length;
		const at = Buffer.byteLength(text.slice(0, found.index));
		const file = unread(source, at, at + Buffer.byteLength(found[0]), reason);
		files.push({
			...file,
			format,
			holds: found[0].startsWith("v") && found[0].includes("=") ? "record" : "policy"
		});
		if (files.length === MAX_LINES) break;
	}
	return files;
}
function unread(source, start, end, reason) {
	const span = source.span(start, end);
	return {
		path: source.path,
		format: null,
		reason,
		line: source.line(span.start.line).trim(),
		span,
		holds: void 0
	};
}
function formatOf(path) {
	return FORMATS.find(([ending]) => ending.test(posix.normalize(path)))?.[1] ?? null;
}

// src/discover/survey.ts
const readPolicy = memo(parsePolicy);
const readStsRecord = memo(parseStsRecord);
const readTlsrptRecord = memo(parseTlsrptRecord);
/** Finds the zones, policies and mail domains in the texts that were read of one side. */
function survey(tree, config) {
	const policies = [...tree.sources.values()].filter((source) => isPolicyPath(source.path) && !isTemplate(source.path)).map(readPolicy);
	const { zones, notZones, homeless, missing } = readZones(tree.sources);
	const owners = new Map(zones.map((zone) => [zone, stsOwners(zone)]));
	const pairings = pairPolicies(policies, zones, owners, tree.sources, config);
	const index = new Zones(zones);
	const housed = [...zoneDomains(zones, index, owners, pairings)];
	return {
		zones,
		policies,
		domains: [...housed, ...strayPolicies(new Set(housed.map((domain) => domain.name)), pairings, index)],
		pairings,
		skipped: unreadFiles(tree, zones, {
			notZones,
			homeless
		}),
		missing
	};
}
/** The names whose `_mta-sts` holds a TXT or CNAME record. */
function stsOwners(zone) {
	const prefix = under("_mta-sts", ".").slice(0, -1);
	const wrong = new Set(misnamedStsRecords(zone).map((misnamed) => misnamed.record.owner));
	const owners = /* @__PURE__ */ new Set();
	for (const record of zone.records) {
		if (!record.owner.startsWith(`${prefix}.`) || wrong.has(record.owner)) continue;
		if (record.type === "TXT" || record.type === "CNAME") owners.add(record.owner.slice(prefix.length + 1));
	}
	return [...owners];
}
function* zoneDomains(zones, index, owners, pairings) {
	const paired = new Map(pairings.toReversed().flatMap((pairing) => pairing.domains.map((name) => [name, pairing])));
	const served = /* @__PURE__ */ new Map();
	for (const name of paired.keys()) for (const zone of index.viewsOf(name)) served.set(zone, [...served.get(zone) ?? [], name]);
	const published = new Map([...owners].map(([zone, names]) => [zone, new Set(names)]));
	const isPublished = (zone, name) => published.get(zone)?.has(name) === true;
	for (const zone of zones) {
		const misnamed = misnamedStsRecords(zone).map(({ meantFor }) => meantFor);
		const names = /* @__PURE__ */ new Set([
			...owners.get(zone) ?? [],
			...served.get(zone) ?? [],
			...misnamed
		]);
		for (const record of zone.records) if (record.type === "MX") names.add(record.owner);
		for (const name of names) {
			if (!isWithin(name, apex(zone)) || belowCut(zone, name)) continue;
			const views = isPublished(zone, name) ? [] : index.viewsOf(name);
			if (views.some((view) => belowCut(view, name))) continue;
			const unseen = views.some((view) => isPublished(view, name));
			yield {
				...mailDomain(name, zone, index, paired.get(name)),
				unseen
			};
		}
	}
}
/** The policies whose domain is not known, or has no zone here: none at all, or one that delegates it to elsewhere. */
function* strayPolicies(housed, pairings, zones) {
	const nothing = {
		presence: "unknown",
		records: [],
		cname: void 0
	};
	const seen = new Set(housed);
	for (const { policy, domains, pairedBy } of pairings) {
		const names = domains.filter((name) => !seen.has(name));
		for (const name of names) seen.add(name);
		for (const name of domains.length === 0 ? [void 0] : names) yield {
			name,
			zone: void 0,
			zones,
			unseen: false,
			mx: [],
			sts: nothing,
			tlsrpt: nothing,
			policy,
			pairedBy
		};
	}
}
function mailDomain(name, zone, zones, pairing) {
	const sts = lookup(zone, zones, under("_mta-sts", name), "TXT");
	const tlsrpt = lookup(zone, zones, under("_smtp._tls", name), "TXT");
	return {
		name,
		zone,
		zones,
		mx: recordsAt(zone, name, "MX").filter((record) => exchange(record) !== "."),
		sts: {
			...sts,
			records: sts.records.map(readStsRecord).filter((record) => record !== void 0)
		},
		tlsrpt: {
			...tlsrpt,
			records: tlsrpt.records.map(readTlsrptRecord).filter((record) => record !== void 0)
		},
		policy: pairing?.policy,
		pairedBy: pairing?.pairedBy ?? "none"
	};
}

// src/discover/stillNeeded.ts
/**
* Says what must be read next so that every domain a change touches is known with both its halves, zone and policy. Pure:
* the loader fetches and asks again, so the cost grows with the change and not with the repository.
*/
function stillNeeded(known) {
	const changed = known.changed.filter((path) => worthReading(path) && !known.asked.has(path));
	if (changed.length > 0) return {
		list: false,
		paths: changed
	};
	const touched = new Set(known.changed);
	const sides = [known.base, known.head].map((sources) => survey({
		sources,
		unread: []
	}, known.config));
	const fragments = [known.base, known.head].some((sources) => holdsFragment(sources, touched));
	if (!known.listed) return {
		list: fragments || sides.some((side) => lacksHalf(side, touched)),
		paths: []
	};
	const { listed, asked } = known;
	const wanted = new Set(fragments ? zoneCandidates(listed) : []);
	for (const side of sides) for (const path of otherHalves(side, touched, listed, asked)) wanted.add(path);
	return {
		list: false,
		paths: [...wanted].filter((path) => !asked.has(path) && listed.has(path))
	};
}
function isTouched(zone, touched) {
	return zone !== void 0 && filesOf(zone).some((path) => touched.has(path));
}
/** Whether the change touches what only another file's `$INCLUDE` can make a zone of. */
function holdsFragment(sources, touched) {
	return [...sources.values()].some((source) => touched.has(source.path) && isFragment(source));
}
/** Whether a touched domain's zone or policy, or a file that a touched zone includes, is not among the texts. */
function lacksHalf(side, touched) {
	if (side.zones.some((zone) => isTouched(zone, touched) && side.missing.has(zone))) return true;
	return side.domains.some((domain) => {
		const { zone, policy, sts } = domain;
		if (!isTouched(zone, touched) && !(policy && touched.has(policy.source.path))) return false;
		return isHomeless(domain) || policy === void 0 || sts.presence === "delegated";
	});
}
/** Whether no zone was read in which senders find the domain; where the record is absent, another view may hold it. */
function isHomeless({ zone, policy, sts }) {
	return zone === void 0 || policy !== void 0 && sts.presence === "absent";
}
function* otherHalves(side, touched, listed, asked) {
	for (const places of side.missing.values()) yield* places;
	const names = /* @__PURE__ */ new Set();
	const homeless = /* @__PURE__ */ new Set();
	const targets = /* @__PURE__ */ new Set();
	for (const domain of side.domains) {
		const { name, zone, policy, sts } = domain;
		if (!isTouched(zone, touched) && !(policy && touched.has(policy.source.path))) continue;
		if (name !== void 0) names.add(name);
		if (name !== void 0 && isHomeless(domain)) homeless.add(name);
		if (sts.cname) targets.add(sts.cname.rdata);
	}
	yield* namedAfter(targets, listed);
	if (names.size === 0 && side.pairings.length === 0) return;
	let stray = false;
	for (const path of listed.named("mta-sts.txt")) {
		if (isTemplate(path) || !worthReading(path)) continue;
		const named = domainOfPath(path, names);
		if (named !== void 0 && !names.has(named)) continue;
		yield path;
		if (named === void 0) {
			stray = true;
			yield* cnameFiles(path);
		}
	}
	const likely = [...namedAfter(homeless, listed)];
	yield* likely;
	if (stray || homeless.size > 0 && likely.every((path) => asked.has(path))) yield* zoneCandidates(listed);
}
function zoneCandidates(listed) {
	return [...listed].filter(mayBeZone);
}
/** More names than this are not looked for one by one: nearly every zone is wanted then. */
const MANY = 100;
/** The files whose path holds one of some names, or one above it with two labels or more: where its zone most likely is. */
function namedAfter(names, listed) {
	if (names.size === 0) return [];
	const candidates = zoneCandidates(listed);
	if (names.size > MANY) return candidates;
	const parts = [...names].map(labels).flatMap((all) => all.slice(0, -1).map((_, depth) => display(`${all.slice(depth).join(".")}.`)));
	const wanted = [...new Set(parts)];
	return candidates.filter((path) => wanted.some((part) => path.toLowerCase().includes(part)));
}

// src/load/loadSnapshot.ts
/** In bytes. A policy over the 64 KB of RFC 8461 §3.3 is still read, so that it can be judged. */
const LIMITS = {
	zone: 100 * 2 ** 20,
	other: 2 ** 20
};
/** Looked for in files that are neither policy nor zone, before they are kept in memory. */
const TELLTALE = Buffer.from("STSv1");
/** The state of everything in a directory or at one revision. */
async function loadState(files, at, now, head) {
	const entries = await files.list(at);
	const side = new SideReader("head", files);
	await side.read(entries.filter((entry) => worthReading(entry.path)));
	side.leaveOut(entries);
	return {
		base: void 0,
		head: side.tree(),
		changed: /* @__PURE__ */ new Set(),
		past: [],
		pastComplete: true,
		gaps: side.gaps,
		moment: {
			now,
			head
		}
	};
}
/** Both sides of a change and the history it needs; `base` is the merge base. */
async function loadChange(repository, base, at, now, head, config) {
	const changes = await repository.diff(base.id, at);
	const changed = changes.map((change) => change.path);
	const sides = {
		base: new SideReader("base", repository),
		head: new SideReader("head", repository)
	};
	const trees = new BothTrees(changes);
	const asked = /* @__PURE__ */ new Set();
	for (;;) {
		const needs = stillNeeded({
			config,
			changed,
			listed: trees.listed,
			asked,
			base: sides.base.sources,
			head: sides.head.sources
		});
		if (needs.list) trees.list(await repository.tree(base.id));
		for (const path of needs.paths) asked.add(path);
		if (needs.paths.length > 0) {
			await sides.base.read(trees.entries("base", needs.paths));
			await sides.head.read(trees.entries("head", needs.paths), sides.base);
		} else if (!needs.list) break;
	}
	sides.head.leaveOut(trees.entries("head", changed));
	return withPast({
		base: sides.base.tree(),
		head: sides.head.tree(),
		changed: new Set(changed),
		past: [],
		pastComplete: true,
		gaps: [...sides.base.gaps, ...sides.head.gaps],
		moment: {
			now,
			head
		}
	}, repository, base, config);
}
/** Adds the life of the paths whose rules ask for it. */
async function withPast(snapshot, repository, base, config) {
	if (!snapshot.base) return snapshot;
	const paths = historyNeeded(changesOf({
		base: survey(snapshot.base, config),
		head: survey(snapshot.head, config)
	}, snapshot, config));
	if (paths.length === 0) return snapshot;
	const { events, complete } = await repository.history(base.id, paths);
	const entries = events.flatMap((event) => event.entry ?? []);
	const blobs = await repository.read(entries, limitOf);
	const gaps = [...snapshot.gaps];
	const past = events.map(({ commit, of, entry }) => {
		const blob = entry && blobs.get(entry);
		const source = blob instanceof Uint8Array ? new Source("base", of, blob) : void 0;
		if (blob && !source && entry?.kind === "file") {
			const what = `this file as commit ${commit.id.slice(0, 12)} left it is not in the object store, damaged or too large.`;
			gaps.push({
				what,
				cure: "Check the clone with `git fsck`, or fetch it again.",
				at: new Source("base", of, /* @__PURE__ */ new Uint8Array()).span(0, 0)
			});
		}
		return {
			moment: commit.date,
			commit: commit.id,
			of,
			source
		};
	});
	return {
		...snapshot,
		past,
		pastComplete: complete,
		gaps
	};
}
function limitOf(path) {
	return mayBeZone(path) ? LIMITS.zone : LIMITS.other;
}
/** What is read of one side, and what could not be. */
var SideReader = class {
	sources = /* @__PURE__ */ new Map();
	gaps = [];
	#unread = [];
	#side;
	#files;
	#byId = /* @__PURE__ */ new Map();
	constructor(side, files) {
		this.#side = side;
		this.#files = files;
	}
	/** Reads entries; what `other` read under the same object id is not read again. */
	async read(entries, other) {
		const read = other ? other.#byId : /* @__PURE__ */ new Map();
		const known = (entry) => entry.id === "" ? void 0 : read.get(entry.id);
		for (const entry of entries) {
			const source = known(entry);
			if (source) this.#add(entry, source.bytes);
		}
		const blobs = await this.#files.read(entries.filter((entry) => !known(entry)), limitOf, keep);
		for (const [entry, blob] of blobs) if (blob instanceof Uint8Array) this.#add(entry, blob);
		else this.#miss(entry, blob);
	}
	/** Notes what was left out by its folder. */
	leaveOut(entries) {
		for (const { path, kind } of entries) {
			const reason = leftOut(path);
			if (reason !== void 0 && kind === "file" && isMissed(path)) this.#unread.push({
				path,
				reason,
				leftOut: true
			});
		}
	}
	tree() {
		return {
			sources: this.sources,
			unread: this.#unread
		};
	}
	#add(entry, bytes) {
		const source = new Source(this.#side, entry.path, bytes);
		this.sources.set(entry.path, source);
		if (entry.id !== "") this.#byId.set(entry.id, source);
	}
	#miss({ path, kind }, blob) {
		if (blob.unread === "not-a-file") {
			const what = kind === "link" ? "symbolic link, not followed" : kind === "submodule" ? "submodule, not read" : "no regular file";
			if (isPolicyPath(path) || mayBeZone(path)) this.#unread.push({
				path,
				reason: what
			});
			return;
		}
		if (blob.unread === "too-large" && !isPolicyPath(path) && !isNamedLikeZone(path)) {
			if (mayBeZone(path)) this.#unread.push({
				path,
				reason: `${blob.size ?? "too many"} bytes, over the limit of ${limitOf(path)}`
			});
			return;
		}
		const at = new Source(this.#side, path, /* @__PURE__ */ new Uint8Array()).span(0, 0);
		const gap = blob.unread === "missing" ? {
			what: "a file of this commit is not in the object store, or damaged.",
			cure: "Check the clone with `git fsck`, or fetch it again."
		} : {
			what: `the file has ${blob.size ?? "too many"} bytes; the limit is ${limitOf(path)}.`,
			cure: "Split it or take it out of the repository."
		};
		this.gaps.push({
			...gap,
			at
		});
	}
};
/** Whether a file's bytes may be ours: a policy, perhaps a zone, or text that speaks of MTA-STS. */
function keep(path, bytes) {
	if (isPolicyPath(path) || mayBeZone(path) || /(?:^|\/)CNAME$/.test(path)) return true;
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(TELLTALE) >= 0;
}
/** Both sides' entries: base as listed, head as base with the changes laid over. */
var BothTrees = class {
	#changes;
	#base;
	constructor(changes) {
		this.#changes = new Map(changes.map((change) => [change.path, change]));
	}
	list(base) {
		this.#base = base;
	}
	get listed() {
		return this.#base && this;
	}
	has(path) {
		return this.#changes.has(path) || this.#base?.has(path) === true;
	}
	named(file) {
		const changed = [...this.#changes.keys()].filter((path) => `/${path}`.toLowerCase().endsWith(`/${file.toLowerCase()}`));
		return [.../* @__PURE__ */ new Set([...this.#base?.named(file) ?? [], ...changed])];
	}
	*[Symbol.iterator]() {
		yield* /* @__PURE__ */ new Set([...this.#base ?? [], ...this.#changes.keys()]);
	}
	entries(side, paths) {
		return [...paths].flatMap((path) => {
			const change = this.#changes.get(path);
			return (change ? change[side] : this.#base?.entry(path)) ?? [];
		});
	}
};

// src/render/jsonText.ts
/** A document as JSON; a runner takes `##[` anywhere in a line for a command, and here it can only stand inside a string. */
function jsonText(document, indent) {
	return JSON.stringify(document, void 0, indent).replaceAll("##[", "#\\u0023[");
}

// src/render/ruleUrl.ts
const REPOSITORY = repository.replace(/^github:/, "https://github.com/");
/** Where a rule's page can be read. */
function ruleUrl(rule) {
	return `${REPOSITORY}/blob/main/src/rules/${rule}.md`;
}

// src/render/json.ts
/** The machine-readable form, schema 1. */
function json(review, { base, head }, conclusion) {
	const fresh = (severity) => review.findings.filter((finding) => finding.status === "new" && finding.severity === severity).length;
	const status = (wanted) => review.findings.filter((finding) => finding.status === wanted).length;
	const skipped = new Map(review.sides.head.skipped.toReversed().map((file) => [file.path, file]));
	const document = {
		schema: 1,
		base,
		head,
		conclusion,
		counts: {
			error: fresh("error"),
			warning: fresh("warning"),
			notice: fresh("notice"),
			existing: status("existing"),
			fixed: status("fixed")
		},
		findings: review.findings.map(findingJson),
		domains: review.changes.domains.map((change) => domainJson(change, base !== null)),
		records: review.changes.zones.map(recordsJson),
		skipped: [...skipped.values()].toReversed().map(({ path, span, format, reason }) => ({
			path,
			line: span.start.line,
			format,
			reason
		}))
	};
	return `${jsonText(document, 2)}\n`;
}
function findingJson(finding) {
	const { rule, severity, status, domain, message, at, related, fix, reference, fingerprint } = finding;
	return {
		rule,
		severity,
		status,
		domain: domain === null ? null : display(domain),
		message,
		path: at.path,
		side: at.side,
		...range(at),
		related: (related ?? []).map((other) => ({
			path: other.at.path,
			side: other.at.side,
			...range(other.at),
			message: other.message
		})),
		fix: fix ? {
			title: fix.title,
			edits: fix.edits.map((edit) => ({
				path: edit.at.path,
				...range(edit.at),
				newText: edit.newText
			}))
		} : null,
		reference,
		url: ruleUrl(rule),
		fingerprint
	};
}
function range({ start, end }) {
	return {
		line: start.line,
		column: start.column,
		endLine: end.line,
		endColumn: end.column
	};
}
function domainJson({ base, head }, compared) {
	const name = head?.name ?? base?.name;
	const known = head ?? base;
	return {
		domain: name === void 0 ? null : display(name),
		zone: known?.zone?.source.path ?? null,
		policy: known?.policy?.source.path ?? null,
		pairedBy: known?.pairedBy ?? "none",
		base: compared && base ? stateJson(base) : null,
		head: head ? stateJson(head) : null,
		rollout: null
	};
}
function stateJson(domain) {
	const { policy, mx, tlsrpt } = domain;
	return {
		mode: policy?.mode?.value ?? null,
		id: idOf(domain)?.value ?? null,
		maxAge: policy?.maxAge?.value ?? null,
		policyMx: policy?.mx.map((pattern) => pattern.value) ?? [],
		mx: mx.map((record) => display(exchange(record))),
		tlsrpt: tlsrpt.records.flatMap((record) => record.rua.map((uri) => uri.value))
	};
}
function recordsJson(change) {
	const { base, head } = change;
	const { gone, come } = recordDifference(base, head);
	const sets = new Set(gone.map((record) => `${record.owner} ${record.type}`));
	const changed = come.filter((record) => sets.has(`${record.owner} ${record.type}`));
	const [from, to] = [serialOf(base)?.value, serialOf(head)?.value];
	const serial = from !== void 0 && to !== void 0 && from !== to ? compareSerials(from, to) : isToolManaged(change) ? "managed" : "unchanged";
	return {
		zone: (head ?? base)?.source.path,
		added: come.length - changed.length,
		removed: gone.length - changed.length,
		changed: changed.length,
		serial
	};
}

// src/render/logSafe.ts
/** What moves a terminal's cursor, hides text or reverses it. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/**
* A stranger's text as one line of a log or terminal: invisible characters are shown by their number, and what a runner
* would take for a workflow command (`::` at the start, `##[` anywhere) is broken by a backslash.
*/
function logSafe(text) {
	return text.replace(UNSHOWN, codePoint).replace(/^(\s*):(?=:)/, "$1:\\").replaceAll("##[", "##\\[");
}

// src/render/lookedAt.ts
/** Counts what a review looked at, each thing once: what changed, and the other half of every domain that it touches. */
function lookedAt({ changes, sides }) {
	const unread = /* @__PURE__ */ new Map();
	const paths = /* @__PURE__ */ new Set();
	let leftOut = 0;
	for (const { path, format, leftOut: sample } of sides.head.skipped) {
		if (paths.has(path)) continue;
		paths.add(path);
		if (sample) {
			leftOut++;
			continue;
		}
		unread.set(format, (unread.get(format) ?? 0) + 1);
	}
	const zones = /* @__PURE__ */ new Set();
	const policies = /* @__PURE__ */ new Set();
	for (const { base, head } of changes.zones) zones.add((head ?? base)?.source.path ?? "");
	for (const { base, head } of changes.policies) policies.add((head ?? base)?.source.path ?? "");
	for (const { base, head } of changes.domains) {
		const zone = head?.zone ?? base?.zone;
		const policy = head?.policy ?? base?.policy;
		if (zone) zones.add(zone.source.path);
		if (policy) policies.add(policy.source.path);
	}
	return {
		zones: zones.size,
		policies: policies.size,
		domains: changes.domains.length,
		unread,
		leftOut
	};
}
const NAMES = {
	terraform: "Terraform",
	dnscontrol: "DNSControl",
	nix: "Nix",
	caddy: "Caddy",
	javascript: "JavaScript",
	yaml: "YAML",
	json: "JSON"
};
/** The line that every text output ends with: `3 zones, 2 policies, 2 domains; 1 file not read (Terraform)`. */
function lookedAtLine(counts) {
	const parts = [[
		plural(counts.zones, "zone"),
		plural(counts.policies, "policy"),
		plural(counts.domains, "domain")
	].join(", ")];
	const total = [...counts.unread.values()].reduce((sum, count) => sum + count, 0);
	const formats = [...counts.unread.keys()].filter((format) => format !== null).map((format) => NAMES[format] ?? format);
	if (total > 0) parts.push(`${plural(total, "file")} not read${formats.length > 0 ? ` (${formats.join(", ")})` : ""}`);
	if (counts.leftOut > 0) parts.push(`${plural(counts.leftOut, "file")} of samples or test data left out`);
	return parts.join("; ");
}
/** `1 zone`, `2 policies`. */
function plural(count, noun) {
	if (count === 1) return `1 ${noun}`;
	if (noun.endsWith("y")) return `${count} ${noun.slice(0, -1)}ies`;
	return `${count} ${noun}${noun.endsWith("x") ? "es" : "s"}`;
}

// src/render/text.ts
/** The plain form, a line each: `path:line:column: severity: message [rule]`, further lines indented, then what was looked at. */
function text(review, options) {
	return `${[...review.findings.filter((finding) => finding.status === "new" || options.all && finding.status === "existing").map(findingText), ...closing(review)].join("\n")}\n`;
}
/** One finding in the plain form. */
function findingText({ at, severity, message, rule, related = [] }) {
	const [first = "", ...more] = message.split("\n").map(logSafe);
	const lines = [`${`${logSafe(at.path)}:${at.start.line}:${at.start.column}`}: ${severity}: ${first} [${rule}]`, ...more.map((line) => `    ${line}`)];
	for (const other of related) lines.push(`    ${logSafe(other.at.path)}:${other.at.start.line}:${other.at.start.column}: ${logSafe(other.message)}`);
	return lines.join("\n");
}
/** What was looked at, and the counts. */
function closing(review) {
	return [lookedAtLine(lookedAt(review)), countsLine(review.findings)];
}
function countsLine(findings) {
	const count = (test) => findings.filter(test).length;
	const fresh = [
		"error",
		"warning",
		"notice"
	].map((severity) => [severity, count((finding) => finding.status === "new" && finding.severity === severity)]).filter(([, number]) => number > 0).map(([severity, number]) => plural(number, severity));
	const known = count((finding) => finding.status === "existing");
	const fixed = count((finding) => finding.status === "fixed");
	const parts = [fresh.length > 0 ? fresh.join(", ") : "nothing wrong"];
	if (known > 0) parts.push(`${known} that ${known === 1 ? "was" : "were"} there before`);
	if (fixed > 0) parts.push(`${fixed} fixed`);
	return parts.join("; ");
}

// src/render/terminal.ts
const COLORS = {
	error: "31",
	warning: "33",
	notice: "36",
	dim: "2",
	bold: "1",
	fix: "32"
};
/** The form for eyes: findings by domain, each with its line quoted and the fault underlined. */
function terminal(review, options) {
	const shown = review.findings.filter((finding) => finding.status === "new" || options.all && finding.status === "existing");
	const paint = (style, text) => options.color ? `\u001B[${COLORS[style]}m${text}\u001B[0m` : text;
	const groups = /* @__PURE__ */ new Map();
	for (const finding of shown) {
		const title = finding.domain === null ? logSafe(finding.at.path) : logSafe(display(finding.domain));
		groups.set(title, [...groups.get(title) ?? [], finding]);
	}
	return `${[...[...groups].map(([title, findings]) => [paint("bold", title), ...findings.map((finding) => block(finding, options, paint))].join("\n\n")), closing(review).join("\n")].join("\n\n")}\n`;
}
function block(finding, options, paint) {
	const head = `  ${paint(finding.severity, finding.severity)} ${paint("dim", `${finding.rule} · ${finding.reference}`)}`;
	const known = finding.status === "existing" ? paint("dim", " · was there before") : "";
	const prose = finding.message.split("\n").flatMap((line) => wrapped(logSafe(line), Math.min(options.width, 100) - 2));
	const lines = [
		head + known,
		...frame(finding.at, options, paint, finding.severity),
		...prose.map((line) => `  ${line}`)
	];
	for (const related of finding.related ?? []) lines.push(...frame(related.at, options, paint, "dim"), `  ${logSafe(related.message)}`);
	if (finding.fix) lines.push(`  ${paint("fix", "fix")} ${logSafe(finding.fix.title)} (\`--fix\` applies it)`);
	return lines.join("\n");
}
/** The line quoted and the stretch underlined: `  12 | text` and carets below. */
function frame(span, options, paint, style) {
	const where = `  ${paint("dim", `${logSafe(span.path)}:${span.start.line}:${span.start.column}`)}`;
	const line = options.source(span)?.line(span.start.line);
	if (line === void 0 || line.trim() === "") return [where];
	const number = String(span.start.line);
	const room = Math.max(20, options.width - number.length - 7);
	const end = span.end.line === span.start.line ? span.end.column - 1 : line.length;
	const from = Math.max(0, Math.min(span.start.column - 1, Math.max(0, line.length - room), span.start.column - 11));
	const part = shown(line.slice(from, from + room));
	const lead = shown(line.slice(from, span.start.column - 1)).length;
	const marked = shown(line.slice(span.start.column - 1, Math.min(end, from + room))).length;
	return [
		where,
		`  ${paint("dim", `${number} |`)} ${part}`,
		`  ${" ".repeat(number.length)} ${paint("dim", "|")} ${" ".repeat(lead)}${paint(style, "^".repeat(Math.max(1, marked)))}`
	];
}
/** Tabs as blanks, so that the carets stand below what they mark. */
function shown(text) {
	return logSafe(text.replaceAll("	", "    "));
}
function wrapped(text, width) {
	const lines = [];
	let line = "";
	for (const word of text.split(" ")) if (line !== "" && line.length + word.length + 1 > width) {
		lines.push(line);
		line = word;
	} else line = line === "" ? word : `${line} ${word}`;
	return [...lines, line];
}

// src/discover/applyFixes.ts
/** The snapshot as it would be with fixes applied to head, or undefined if two of them want different things of one place. */
function applyFixes(snapshot, fixes) {
	const sources = new Map(snapshot.head.sources);
	const byPath = groupedBy(fixes.flatMap((fix) => fix.edits), (edit) => edit.at.path);
	for (const [path, edits] of byPath) {
		const source = sources.get(path);
		const bytes = source && edited(source.bytes, edits);
		if (!source || !bytes) return void 0;
		sources.set(path, new Source("head", path, bytes));
	}
	const changed = /* @__PURE__ */ new Set([...snapshot.changed, ...byPath.keys()]);
	return {
		...snapshot,
		head: {
			...snapshot.head,
			sources
		},
		changed
	};
}
/** The bytes with edits applied, equal ones once; undefined if they overlap. */
function edited(bytes, edits) {
	const ordered = [...new Map(edits.map((edit) => [JSON.stringify([
		edit.at.start.offset,
		edit.at.end.offset,
		edit.newText
	]), edit])).values()].toSorted((a, b) => a.at.start.offset - b.at.start.offset || a.at.end.offset - b.at.end.offset);
	const parts = [];
	let at = 0;
	for (const edit of ordered) {
		if (edit.at.start.offset < at) return void 0;
		parts.push(bytes.subarray(at, edit.at.start.offset), encoder.encode(edit.newText));
		at = edit.at.end.offset;
	}
	parts.push(bytes.subarray(at));
	return Buffer.concat(parts);
}
const encoder = new TextEncoder();

// src/review.ts
/**
* Judges a change: runs every rule on base→head and on base→base and subtracts, so that what base already had is
* `existing` and what head no longer has is `fixed`. Pure: no clock, no network, no file.
*/
function review(snapshot, config) {
	const sides = surveys(snapshot, config);
	const changes = changesOf(sides, snapshot, config);
	const base = snapshot.base ? judge(changesOf({
		base: sides.base,
		head: sides.base
	}, snapshot, config), [], config) : [];
	const severities = new Map(base.map((finding) => [finding.fingerprint, finding.severity]));
	const isOld = ({ fingerprint, severity }) => {
		const before = severities.get(fingerprint);
		return before !== void 0 && !outranks(severity, before);
	};
	const before = numbered(withoutReplaced(base));
	const after = numbered(withoutReplaced(judge(changes, snapshot.gaps, config), isOld), before);
	return {
		findings: withSoundFixes(subtract(before, after), affordableTrials(snapshot, changes), (fixes) => {
			const trial = applyFixes(snapshot, fixes);
			return trial && withoutReplaced(judge(changesOf(surveys(trial, config), trial, config), trial.gaps, config), isOld);
		}).toSorted(worstFirst),
		changes,
		sides
	};
}
function surveys(snapshot, config) {
	const head = survey(snapshot.head, config);
	return {
		base: snapshot.base ? survey(snapshot.base, config) : head,
		head
	};
}
function judge(changes, gaps, { severities }) {
	const findings = [];
	for (const [id, rule] of Object.entries(RULES)) {
		const severity = severities.get(id) ?? rule.severity;
		if (severity === "off") continue;
		const add = (reports, domain) => {
			for (const report of reports ?? []) {
				const found = finding(id, {
					...rule,
					severity
				}, domain, report);
				findings.push(severities.has(id) ? {
					...found,
					severity
				} : found);
			}
		};
		for (const change of changes.domains) add(rule.domain?.(change), change.head?.name ?? change.base?.name ?? null);
		for (const change of changes.policies) add(rule.policy?.(change), change.domains.length === 1 ? change.domains[0] ?? null : null);
		for (const change of changes.zones) if (concernsSts(id, change)) add(rule.zone?.(change), null);
		for (const change of changes.unread) add(rule.unread?.(change), null);
		for (const gap of gaps) add(rule.gap?.(gap), null);
	}
	return told(findings);
}
/** One place says one thing once, however many views of a zone a domain has. */
function told(findings) {
	return [...new Map(findings.toReversed().map((finding) => [`${finding.fingerprint} ${finding.at.start.offset} ${finding.at.path}`, finding])).values()].toReversed();
}
/** How many times the change may be judged anew to try fixes: some seconds at most, by what parsing and judging take. */
function affordableTrials({ head }, { domains }) {
	let bytes = 0;
	for (const source of head.sources.values()) bytes += source.bytes.length;
	const milliseconds = 1 + bytes / 2e4 + domains.length / 10;
	return Math.min(200, Math.max(4, Math.floor(4e3 / milliseconds)));
}
/** Zones without MTA-STS are none of our business, except a broken one whose text speaks of it. */
function concernsSts(rule, change) {
	if (change.holdsSts) return true;
	return rule === "zone-syntax" && [change.base, change.head].some((zone) => zone && /_mta-sts/i.test(zone.source.text().replaceAll("\0", "")));
}
function finding(rule, { severity, references }, domain, report) {
	const fingerprint = createHash("sha256").update(JSON.stringify([
		rule,
		domain,
		...report.values
	])).digest("hex").slice(0, 32);
	return {
		reference: references[0],
		severity,
		...report,
		rule,
		domain,
		status: "new",
		fingerprint
	};
}
/** Faults that say the same are numbered; one that stands in the file of a known one keeps its number. */
function numbered(findings, known = []) {
	const before = groupedBy(known, (finding) => fault(finding.fingerprint));
	const numbers = /* @__PURE__ */ new Map();
	for (const [fingerprint, alike] of groupedBy(findings, (finding) => finding.fingerprint)) {
		const taken = /* @__PURE__ */ new Set();
		const slots = groupedBy((before.get(fingerprint) ?? []).entries(), ([, { at }]) => at.path);
		const rest = alike.filter((finding) => {
			const slot = slots.get(finding.at.path)?.shift();
			if (!slot) return true;
			taken.add(slot[0]);
			numbers.set(finding, slot[0]);
			return false;
		});
		let number = 0;
		for (const finding of rest) {
			while (taken.has(number)) number++;
			numbers.set(finding, number++);
		}
	}
	return findings.map((finding) => {
		const number = numbers.get(finding) ?? 0;
		return number === 0 ? finding : {
			...finding,
			fingerprint: `${finding.fingerprint}-${number + 1}`
		};
	});
}
function subtract(before, after) {
	const known = new Map(before.map((finding) => [finding.fingerprint, finding]));
	const found = new Set(after.map((finding) => finding.fingerprint));
	return [...after.map((finding) => {
		const old = known.get(finding.fingerprint);
		return old && !outranks(finding.severity, old.severity) ? {
			...finding,
			status: "existing"
		} : finding;
	}), ...before.filter((finding) => !found.has(finding.fingerprint)).map((finding) => ({
		...withoutFix(finding),
		status: "fixed"
	}))];
}
const ORDER = {
	new: 0,
	existing: 1,
	fixed: 2
};
function worstFirst(a, b) {
	if (a.status !== b.status) return ORDER[a.status] - ORDER[b.status];
	if (a.severity !== b.severity) return outranks(a.severity, b.severity) ? -1 : 1;
	if (a.at.path !== b.at.path) return a.at.path < b.at.path ? -1 : 1;
	return a.at.start.offset - b.at.start.offset || (a.rule < b.rule ? -1 : 1);
}

// src/load/writeFixes.ts
/**
* Applies the findings' fixes to the files under `root`, whole files and atomically, never through links; a fix that wants
* another thing of the same place than one before it waits for the next run.
*/
function writeFixes(root, snapshot, findings) {
	const fixes = [];
	let fixed;
	for (const { fix } of findings) {
		const next = fix && applyFixes(snapshot, [...fixes, fix]);
		if (!next) continue;
		fixes.push(fix);
		fixed = next;
	}
	if (!fixed) return {
		fixes: 0,
		paths: []
	};
	const paths = new Set(fixes.flatMap((fix) => fix.edits.map((edit) => edit.at.path)));
	const written = [];
	try {
		for (const path of paths) written.push(prepare(root, path, textOf(snapshot, path), textOf(fixed, path)));
	} catch (error) {
		for (const { temporary } of written) rmSync(temporary, { force: true });
		throw error;
	}
	for (const { temporary, target } of written) renameSync(temporary, target);
	return {
		fixes: fixes.length,
		paths: [...paths]
	};
}
function textOf({ head }, path) {
	return Buffer.from(head.sources.get(path)?.bytes ?? []).toString("latin1");
}
/** Writes the new contents beside the file, so that one rename puts them in its place; texts are one character a byte. */
function prepare(root, path, judged, fixed) {
	const target = join(root, path);
	const info = lstatSync(target);
	const folder = realpathSync(dirname(target));
	const inside = folder === realpathSync(root) || folder.startsWith(realpathSync(root) + sep);
	if (!info.isFile() || !inside) throw new Unusable(`${path} is reached through a symbolic link, so it is not changed: repair it by hand.`);
	const disk = readFileSync(target, "latin1");
	const converted = disk !== judged && disk.replaceAll("\r\n", "\n") === judged;
	if (disk !== judged && !converted) throw new Unusable(`${path} changed while it was judged, so it is left alone: run it again.`);
	const text = converted ? fixed.replace(/\r?\n/g, "\r\n") : fixed;
	const temporary = `${target}.mta-sts-guard-${process.pid}`;
	try {
		writeFileSync(temporary, text, {
			encoding: "latin1",
			flag: "wx"
		});
		chmodSync(temporary, info.mode);
	} catch (error) {
		throw new Unusable(`${path} cannot be changed: ${error.message}`);
	}
	return {
		temporary,
		target
	};
}

export { text as a, json as c, loadChange as d, loadState as f, findingText as i, ruleUrl as l, openDirectory as m, review as n, plural as o, openRepository as p, terminal as r, logSafe as s, writeFixes as t, jsonText as u };