import { a as fault, c as codePoint, f as DEFAULT_CONFIG, l as quote, p as UNTOUCHABLE } from "./first.js";
import { domainToASCII } from "node:url";
import { Buffer as Buffer$1 } from "node:buffer";
import { BlockList, isIPv6 } from "node:net";

// src/model/source.ts
const LF$1 = 10;
const CR$1 = 13;
/**
* The bytes of one file on one side, and the way from byte offsets to lines and columns.
*
* Offsets are bytes because DNS data are octets and edits must leave every other byte alone; columns are UTF-16 units
* because editors, SARIF and GitHub count so. Invalid UTF-8 counts one column for each replacement character.
*/
var Source = class {
	side;
	path;
	/** The file that holds the bytes: `path`, or where that leads if it is a symbolic link; places and edits are told in it. */
	file;
	bytes;
	#firstLine;
	#lineStarts;
	constructor(side, path, bytes, { firstLine = 1, file = path } = {}) {
		this.side = side;
		this.path = path;
		this.file = file;
		this.bytes = bytes;
		this.#firstLine = firstLine;
	}
	/** The span from byte `start` to byte `end` (exclusive). */
	span(start, end) {
		return {
			side: this.side,
			path: this.file,
			start: this.point(start),
			end: this.point(end)
		};
	}
	point(offset) {
		const starts = this.#starts();
		let low = 0;
		let high = starts.length - 1;
		while (low < high) {
			const middle = low + high + 1 >> 1;
			if (starts[middle] <= offset) low = middle;
			else high = middle - 1;
		}
		const lineStart = starts[low];
		return {
			line: low + this.#firstLine,
			column: this.#units(lineStart, offset) + 1,
			offset
		};
	}
	/** The text between two byte offsets, decoded as UTF-8 without dropping a byte order mark. */
	text(start = 0, end = this.bytes.length) {
		return decoder$2.decode(this.bytes.subarray(start, end));
	}
	/** The text of a line (1-based) without its line end; empty past the last line. */
	line(line) {
		const starts = this.#starts();
		const start = starts[line - this.#firstLine];
		if (start === void 0) return "";
		let end = starts[line - this.#firstLine + 1] ?? this.bytes.length;
		if (end > start && this.bytes[end - 1] === LF$1) end--;
		if (end > start && this.bytes[end - 1] === CR$1) end--;
		return this.text(start, end);
	}
	/** The byte offset at which a line (1-based) starts; the file's length past the last line. */
	lineStart(line) {
		return this.#starts()[line - this.#firstLine] ?? this.bytes.length;
	}
	#starts() {
		if (this.#lineStarts) return this.#lineStarts;
		const starts = [0];
		const { bytes } = this;
		for (let at = bytes.indexOf(LF$1); at >= 0; at = bytes.indexOf(LF$1, at + 1)) starts.push(at + 1);
		this.#lineStarts = starts;
		return starts;
	}
	#units(start, end) {
		for (let at = start; at < end; at++) if (this.bytes[at] >= 128) return this.text(start, end).length;
		return end - start;
	}
};
const decoder$2 = new TextDecoder("utf-8", { ignoreBOM: true });

// src/model/groupedBy.ts
/** Things by a key, in their order; `Map.groupBy` is not in Node 20. */
function groupedBy(things, key) {
	const groups = /* @__PURE__ */ new Map();
	for (const thing of things) {
		const group = groups.get(key(thing));
		if (group) group.push(thing);
		else groups.set(key(thing), [thing]);
	}
	return groups;
}

// src/model/name.ts
/** The canonical form of a plain host name as people write it (`Example.COM` or `example.com.`). */
function nameOf(text) {
	const lower = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
	return lower.endsWith(".") ? lower : `${lower}.`;
}
/** How people read a name: without the final dot; the root stays `.`. */
function display(name) {
	return name === "." ? name : name.slice(0, -1);
}
/** The labels of a name, left-most first, escapes kept as written. */
function labels(name) {
	return name === "." ? [] : name.match(/(?:\\[\s\S]|[^.\\])+/g) ?? [];
}
/** Whether `name` is `ancestor` or stands below it. */
function isWithin(name, ancestor) {
	return ancestor === "." || name === ancestor || name.endsWith(`.${ancestor}`);
}
/** `name` without its left-most label; the root for a single label. */
function parent(name) {
	if (!name.includes("\\")) return name.slice(name.indexOf(".") + 1) || ".";
	return `${labels(name).slice(1).join(".")}.`;
}
/** `prefix` put before a name: `under("_mta-sts", "example.com.")`. */
function under(prefix, name) {
	return name === "." ? `${prefix}.` : `${prefix}.${name}`;
}
/** Whether a name is a wildcard (RFC 4592 §2.1.1), which answers for the names below its parent. */
function isWildcard(name) {
	return name.startsWith("*.");
}

// src/model/memo.ts
/** A function of one object that remembers what it answered: the same text need not be parsed again when a side is surveyed anew. */
function memo(compute) {
	const known = /* @__PURE__ */ new WeakMap();
	return (key) => {
		let entry = known.get(key);
		if (!entry) {
			entry = { value: compute(key) };
			known.set(key, entry);
		}
		return entry.value;
	};
}

// src/model/zone.ts
/** The files a zone is made of; where a symbolic link leads to it, the link, too. */
function filesOf(zone) {
	const { path, file } = zone.source;
	return [
		path,
		...file === path ? [] : [file],
		...zone.includes.map((include) => include.value)
	];
}
/** The records at a name, of one type or of all. */
function recordsAt(zone, owner, type) {
	const found = index(zone).get(owner) ?? [];
	if (type === void 0) return found;
	return found.length > FEW ? byType(found).get(type) ?? [] : found.filter((record) => record.type === type);
}
/** Names with more records than this are asked for one type again and again: a thousand MX records, and each host is looked up. */
const FEW = 16;
const byType = memo((records) => groupedBy(records, (record) => record.type));
/** The zone's SOA record (RFC 1035 §3.3.13): the first one. */
const soa = memo((zone) => zone.records.find((record) => record.type === "SOA"));
/** Whether records may stand at a name that were not read: a broken line, a missing include, another server's type. */
function mayHoldMore(zone, owner) {
	const { anywhere, owners } = lost(zone);
	return anywhere || owners.has(owner);
}
const lost = memo(({ problems, unknown }) => {
	const owners = new Set([...problems, ...unknown].map((line) => line.owner));
	return {
		anywhere: owners.has(void 0) || problems.some((problem) => problem.lost === "file"),
		owners
	};
});
const indexes = /* @__PURE__ */ new WeakMap();
function index(zone) {
	const known = indexes.get(zone);
	if (known) return known;
	const made = /* @__PURE__ */ new Map();
	for (const record of zone.records) {
		const there = made.get(record.owner);
		if (there) there.push(record);
		else made.set(record.owner, [record]);
	}
	indexes.set(zone, made);
	return made;
}

// src/model/mailDomain.ts
/** The one record that senders would read (RFC 8461 §3.1), if exactly one counts; undefined otherwise. */
function stsRecord(domain) {
	const counting = domain.sts.records.filter((record) => record.counts);
	return counting.length === 1 ? counting[0] : void 0;
}
/** The record that tells senders of a policy here; none in its place that leads elsewhere, and none of a view that they never see. */
function announced({ sts, unseen }) {
	return unseen || sts.cname ? void 0 : sts.records[0];
}
/** Whether a domain uses MTA-STS at all: a record, a CNAME in its place, or a policy. A wildcard stands for other names. */
function usesSts(domain) {
	if (!domain) return false;
	const { policy, sts } = domain;
	const isCname = sts.cname !== void 0 && !isWildcard(sts.cname.owner);
	return policy !== void 0 || isCname || sts.records.some(isMeant);
}
/** Whether a record is, or was to be, the one at its name; of a wildcard's only one that senders read. */
function isMeant({ record, counts }) {
	return counts || !isWildcard(record.owner);
}
/**
* The one record that begins with its version; where none does, one that was meant to, whatever their order. Two that do are
* another fault, and a wildcard's text was meant for other names.
*/
function candidate({ records }) {
	const counting = records.filter((record) => record.counts);
	if (counting.length > 1) return void 0;
	const meant = records.filter(isMeant);
	return counting[0] ?? meant.toSorted((a, b) => a.record.rdata < b.record.rdata ? -1 : 1)[0];
}
/** The preference of an MX record, its first field (RFC 1035 §3.3.9). */
function preference(mx) {
	return Number(mx.rdata.slice(0, mx.rdata.indexOf(" ")));
}
/** The exchange of an MX record, its second field. */
function exchange(mx) {
	return mx.rdata.slice(mx.rdata.indexOf(" ") + 1);
}
/** Whether every MX record of some domains is in the repository and could be read. */
function knowAllMx(domains) {
	const known = ({ zone, name }) => zone !== void 0 && name !== void 0 && !mayHoldMore(zone, name);
	return domains.length > 0 && domains.every(known);
}
/** The MX hosts of some domains, each once. */
function mxHosts(domains) {
	return [...new Set(domains.flatMap(({ mx }) => mx.map(exchange)))];
}

// src/model/lookup.ts
/** Longer chains are refused by resolvers as well. */
const MAX_CNAMES = 16;
/**
* Looks a name and type up as RFC 1034 §4.3.2 says - zone cuts, CNAME chains, wildcards - beginning in `zone` and going on
* in `zones`; what leaves the repository is `delegated`, what a broken or foreign line may hold is `unknown`.
*/
function lookup(zone, zones, name, type) {
	let here = zone;
	let owner = name;
	const chain = [];
	const answer = (presence, records = []) => ({
		presence,
		records,
		cname: chain[0],
		chain
	});
	while (chain.length < MAX_CNAMES) {
		if (belowCut(here, owner)) {
			const child = zones.of(owner);
			if (!child || apex(child) === apex(here)) return answer("delegated");
			here = child;
		}
		const node = nodeFor(here, owner);
		const records = node === void 0 ? [] : recordsAt(here, node, type);
		if (records.length > 0) return answer("present", records);
		const cname = node === void 0 ? void 0 : recordsAt(here, node, "CNAME")[0];
		if (!cname) return answer(mayAnswer(here, owner) ? "unknown" : "absent");
		chain.push(cname);
		owner = cname.rdata;
		const next = isWithin(owner, apex(here)) ? here : zones.of(owner);
		if (!next) return answer("delegated");
		here = next;
	}
	return answer("absent");
}
/** Whether a zone may answer for a name it has no record for: by a line that was not read, at the name or a wildcard, or a DNAME. */
function mayAnswer(zone, name) {
	if (mayHoldMore(zone, name)) return true;
	const isThere = exists(zone, name);
	for (let at = name; at !== apex(zone) && at !== ".";) {
		at = parent(at);
		if (recordsAt(zone, at, "DNAME").length > 0 || !isThere && mayHoldMore(zone, under("*", at))) return true;
	}
	return false;
}
/** Whether a name has no record of some types in any view of its zone: which view senders see is not known. */
function isAbsent(zone, zones, name, types) {
	return [.../* @__PURE__ */ new Set([zone, ...zones.viewsOf(apex(zone))])].every((view) => types.every((type) => lookup(view, zones, name, type).presence === "absent"));
}
/** The zones of one side, to be found by name. */
var Zones = class {
	#byApex = /* @__PURE__ */ new Map();
	constructor(zones) {
		for (const zone of zones) {
			const there = this.#byApex.get(apex(zone));
			if (there) there.push(zone);
			else this.#byApex.set(apex(zone), [zone]);
		}
	}
	/** The zone that answers for a name: the one with the longest origin at or above it. */
	of(name) {
		for (let at = name;; at = parent(at)) {
			const found = this.#byApex.get(at)?.[0];
			if (found || at === ".") return found;
		}
	}
	/** All views of the zone that answers for a name. */
	viewsOf(name) {
		const zone = this.of(name);
		return zone ? this.#byApex.get(apex(zone)) ?? [] : [];
	}
};
/** Where a zone begins: its SOA's owner, or its origin if it has none. */
function apex(zone) {
	return soa(zone)?.owner ?? zone.origin;
}
/** The owner whose records answer for a name: the name itself, or the wildcard at its closest encloser (RFC 4592 §3.3.1). */
function nodeFor(zone, name) {
	if (exists(zone, name)) return name;
	for (let encloser = name; encloser !== "." && isWithin(encloser, apex(zone));) {
		encloser = parent(encloser);
		const wildcard = under("*", encloser);
		if (recordsAt(zone, wildcard).length > 0) return wildcard;
		if (exists(zone, encloser)) return void 0;
	}
}
/** Whether a name exists in a zone, as an owner or above one (RFC 4592 §2.2.2: empty non-terminals exist). */
function exists(zone, name) {
	return shape(zone).nodes.has(name);
}
/** Whether a delegation (NS below the apex, RFC 1034 §4.2.1) stands at a name or above it, so that another zone answers. */
function belowCut(zone, name) {
	const { cuts } = shape(zone);
	if (cuts.size === 0) return false;
	for (let at = name; at !== "."; at = parent(at)) if (cuts.has(at)) return true;
	return false;
}
const shapes = /* @__PURE__ */ new WeakMap();
function shape(zone) {
	const known = shapes.get(zone);
	if (known) return known;
	const top = apex(zone);
	const nodes = /* @__PURE__ */ new Set();
	const cuts = /* @__PURE__ */ new Set();
	for (const { owner, type } of zone.records) {
		if (type === "NS" && owner !== top) cuts.add(owner);
		for (let at = owner; !nodes.has(at) && at !== "."; at = parent(at)) nodes.add(at);
	}
	const made = {
		nodes,
		cuts
	};
	shapes.set(zone, made);
	return made;
}

// src/model/fieldName.ts
const FIELD_NAMES = [
	"version",
	"mode",
	"max_age",
	"mx"
];
/** Words of their own that are short enough to look like a slip of the pen: fields of other records, and a remark. */
const OTHERS = /* @__PURE__ */ new Set([
	"id",
	"ttl",
	"note"
]);
function isFieldName(name) {
	return FIELD_NAMES.includes(name);
}
/** Which field a name other than the four was meant to be: another case, or a slip of one letter (`mx`) or two (the rest). */
function intendedField(name) {
	const lower = name.toLowerCase();
	if (isFieldName(name) || OTHERS.has(lower)) return void 0;
	return FIELD_NAMES.find((known) => distance(lower, known) <= (known === "mx" ? 1 : 2));
}
/** Levenshtein's distance: how many letters to insert, delete or replace. */
function distance(from, to) {
	let row = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (const [above, letter] of [...from].entries()) {
		const next = [above + 1];
		for (const [index, wanted] of [...to].entries()) {
			const replaced = at(row, index) + (letter === wanted ? 0 : 1);
			next.push(Math.min(replaced, at(row, index + 1) + 1, at(next, index) + 1));
		}
		row = next;
	}
	return at(row, to.length);
}
function at(row, index) {
	return row[index] ?? Infinity;
}

// src/model/policy.ts
/** RFC 8461 §3.2: the largest `max_age` the text allows, about one year, in seconds. */
const MAX_AGE_LIMIT = 31557600;
/**
* Whether a pattern allows an MX host (RFC 8461 §4.1): ASCII case-insensitive; `*` stands for exactly one whole left-most
* label, so `*.example.com` matches `mail.example.com`, neither `example.com` nor `a.b.example.com`.
*/
function matches(pattern, host) {
	const name = display(host).toLowerCase();
	const wanted = pattern.toLowerCase().replace(/\.$/, "");
	if (!wanted.startsWith("*.")) return name === wanted;
	return labels(host).slice(1).join(".").toLowerCase() === wanted.slice(2);
}
/** Whether a pattern allows any of some MX hosts, each looked up once however many patterns are asked about. */
function allowsAny(hosts) {
	const allowing = new Set(hosts.flatMap((host) => [display(host).toLowerCase(), `*.${labels(host).slice(1).join(".").toLowerCase()}`]));
	return (pattern) => allowing.has(pattern.toLowerCase().replace(/\.$/, ""));
}
/** The first of the policy's patterns that allows an MX host (RFC 8461 §4.1). */
function covers$1(policy, host) {
	const [exact, star] = [display(host), `*.${labels(host).slice(1).join(".")}`].map((pattern) => patterns(policy).get(pattern));
	return exact && star ? exact.span.start.offset < star.span.start.offset ? exact : star : exact ?? star;
}
/** A policy's patterns by their text. */
const patterns = memo(({ mx }) => new Map(mx.map((pattern) => [pattern.value, pattern])));
/** The fields of a name, in the order of the file; of all but `mx` the first counts (RFC 8461 §3.2). */
function fieldsNamed(policy, name) {
	return policy.fields.filter((field) => field.name.value === name);
}
/** Whether a field is absent for certain: neither there, nor misspelt, nor hidden by a problem. */
function lacks(policy, name) {
	if (policy.unread.includes(name)) return false;
	return !policy.fields.some((field) => field.name.value === name || intendedField(field.name.value) === name);
}
function readable(policy) {
	return policy.version !== void 0 && policy.mode !== void 0;
}
/**
* What a policy means to senders, as one comparable text: mode, max_age, the set of patterns, extension fields. Line ends,
* order of lines and blanks are no part of it.
*/
function meaning(policy) {
	const patterns = policy.mx.map((pattern) => pattern.value).toSorted();
	const extensions = policy.extensions.map((field) => `${field.name.value}:${field.value.value}`).toSorted();
	return JSON.stringify([
		policy.mode?.value,
		policy.maxAge?.value,
		patterns,
		extensions
	]);
}
/** What changes from one policy to the next, in words: `mode testing → enforce, mx added: mx2.example.com`. */
function difference(base, head) {
	const parts = [];
	const step = (name, from, to) => {
		const lost = (policy) => lacks(policy, name) ? "absent" : "unreadable";
		if (from !== to) parts.push(`${name} ${from ?? lost(base)} → ${to ?? lost(head)}`);
	};
	step("mode", base.mode?.value, head.mode?.value);
	step("max_age", base.maxAge?.value, head.maxAge?.value);
	const before = new Set(base.mx.map((pattern) => pattern.value));
	const after = new Set(head.mx.map((pattern) => pattern.value));
	const list = (what, patterns) => {
		if (patterns.length === 0) return;
		const more = patterns.length > 3 ? ` and ${patterns.length - 3} more` : "";
		parts.push(`mx ${what}: ${patterns.slice(0, 3).join(", ")}${more}`);
	};
	list("added", [...after].filter((pattern) => !before.has(pattern)));
	list("removed", [...before].filter((pattern) => !after.has(pattern)));
	if (parts.length === 0) parts.push("extension fields");
	return parts.join("; ");
}
/** Where two policies first differ: the changed line of head, or the line of base that is gone. */
function firstDifference(base, head) {
	const text = (field) => `${field.name.value.toLowerCase()}:${field.value.value.toLowerCase()}`;
	const before = new Set(base.fields.map(text));
	const changed = head.fields.find((field) => !before.has(text(field)));
	if (changed) return changed.span;
	const after = new Set(head.fields.map(text));
	return (base.fields.find((field) => !after.has(text(field))) ?? head.fields[0])?.span ?? head.source.span(0, 0);
}

// src/model/mxPattern.ts
/** RFC 5321 §4.1.2 `sub-domain = Let-dig [Ldh-str]`, of at most 63 octets (RFC 1035 §2.3.4). */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
/** Whether a text is `["*."] Domain` (RFC 8461 §3.2), and a name rather than an address. */
function isMxPattern(text) {
	const domain = text.startsWith("*.") ? text.slice(2) : text;
	if (domain.length > 253) return false;
	const parts = domain.split(".");
	return parts.every((label) => LABEL.test(label)) && !/^\d+$/.test(parts.at(-1) ?? "");
}
/**
* Whether a pattern that does not match a host was plainly meant to: `*` for no label or for several, a name without its end,
* a slip of one letter or two.
*/
function isMeantFor(pattern, host) {
	const name = display(host);
	const bare = pattern.replace(/^\*\./, "");
	if (name === bare || name.endsWith(`.${bare}`) || name.startsWith(`${bare}.`)) return true;
	return Math.abs(name.length - bare.length) <= 2 && distance(bare, name) <= 2;
}
/** What is wrong with the value of an `mx` field, in words that follow "it"; the first reason that applies. */
function mxFault(value) {
	if (value === "") return "is empty";
	if (value.includes(",")) return "is a list, and every host needs an `mx` line of its own";
	if (/^\d+\s+\S+$/.test(value)) return "holds the preference number of an MX record";
	if (/\s#/.test(value)) return "has a remark behind it, and a policy has no comments";
	if (/\s/.test(value)) return "holds a blank";
	if (/^["']/.test(value)) return "stands in quotes";
	if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return "is a URL, where the name of a mail host belongs";
	if (/^[[(<]|:.*:/.test(value) || /^\d+(?:\.\d+){3}$/.test(value)) return "is an address or stands in brackets; only names match";
	if (/:\d*$/.test(value)) return "holds a port";
	if (value.includes("@")) return "is a mail address, where the name of a mail host belongs";
	if (/^\.+$/.test(value)) return "is no host name";
	if (value.startsWith(".")) return "begins with a dot; the pattern for all hosts of a domain begins with `*.`";
	if (value.endsWith(".")) return "ends with a dot, as names do in zone files only";
	if (/^\*+$/.test(value)) return "is a bare `*`, which is no pattern";
	if (value.lastIndexOf("*") > 0 || /^\*[^.]/.test(value)) return "has a `*` that does not stand alone as the left-most label";
	if (value.includes("_")) return "holds an underscore, which no host name has";
	if (/[^\0-\x7f]/.test(value)) return "is not in ASCII; an international name must be written as its `xn--` form";
	return "is no host name";
}
/** Longer than any list of hosts that people write into one line. */
const LONGEST_MENDED = 2e3;
/** The patterns that a malformed value plainly means, one for each line to write; undefined where that takes a guess. */
function mendedMx(value) {
	if (value.length > LONGEST_MENDED) return void 0;
	const words = value.replace(/\s+#.*$/, "").replace(/[,;\s]+$/, "").split(/[\s,;]+/).filter((word) => word !== "");
	const hosts = words.length > 1 && /^\d+$/.test(words[0] ?? "") ? words.slice(1) : words;
	const mended = [...new Set(hosts.map(mendedHost))];
	return mended.length > 0 && mended.every((host) => isMxPattern(host) && host.includes(".")) ? mended : void 0;
}
function mendedHost(word) {
	return word.replace(/^["'<]+|["'>]+$/g, "").replace(/^[a-z][a-z0-9+.-]*:\/\//i, "").replace(/\/.*$/, "").replace(/:\d*$/, "").replace(/\.$/, "").split(".").map(aLabel).join(".");
}
/** The A-label of a U-label (RFC 5890 §2.3.2.1); anything else as it is. */
function aLabel(label) {
	if (!/[^\0-\x7f]/.test(label)) return label;
	const url = `http://${label}`;
	return URL.canParse(url) ? new URL(url).hostname : label;
}

// src/parse/policy/policyFaults.ts
/** The senders whose parsers were run over odd policies; a message names those that reject the body. */
const SENDERS = [
	"mox",
	"postfix-tlspol",
	"go-mtasts",
	"postfix-mta-sts-resolver",
	"mailauth",
	"Stalwart"
];
const STRICT = [
	"mox",
	"postfix-tlspol",
	"go-mtasts"
];
const ALL_BUT_LENIENT = [...STRICT, "postfix-mta-sts-resolver"];
const NOTHING_READ = "No sender can read a policy from it, so mail is delivered without its protection or by an older copy.";
/** Everything that makes a body fail the grammar of RFC 8461 §3.2 other than the values of its four fields. */
const FAULTS = {
	comment: {
		one: "is a comment",
		many: "are comments",
		rejectedBy: STRICT,
		cure: "Remove it; a commit message or a README can say the same.",
		title: "Remove the comments"
	},
	"byte-order-mark": {
		one: "The file begins with a byte order mark (U+FEFF)",
		rejectedBy: ALL_BUT_LENIENT,
		cure: "Save the file as UTF-8 without a byte order mark.",
		title: "Remove the byte order mark"
	},
	"blank-line": {
		one: "is blank",
		many: "are blank",
		rejectedBy: STRICT,
		cure: "Remove the blank line.",
		title: "Remove the blank lines"
	},
	"final-line-ends": {
		one: "The file ends in more than one line end",
		rejectedBy: STRICT,
		cure: "End the file after its last field, with one line end or none.",
		title: "Remove what follows the last line"
	},
	"leading-blank": {
		one: "begins with a blank",
		many: "begin with a blank",
		rejectedBy: ALL_BUT_LENIENT,
		cure: "Let every line begin with the name of its field.",
		title: "Remove the leading blanks"
	},
	"blank-before-colon": {
		one: "has a blank before its colon",
		many: "have a blank before their colon",
		rejectedBy: ALL_BUT_LENIENT,
		cure: "Write the colon right after the field's name.",
		title: "Remove the blanks before the colon"
	},
	"bare-cr": {
		one: "holds a carriage return without a line feed",
		many: "hold a carriage return without a line feed",
		rejectedBy: [
			...STRICT,
			"mailauth",
			"Stalwart"
		],
		cure: "Save the file with LF or CRLF line ends.",
		title: "Write line feeds"
	},
	"unicode-line-end": {
		one: "holds a Unicode line separator where a line end was meant",
		many: "hold a Unicode line separator where a line end was meant",
		rejectedBy: STRICT,
		cure: "Save the file with LF or CRLF line ends.",
		title: "Write line feeds"
	},
	"literal-line-end": {
		one: "holds the characters `\\n` where a line end was meant",
		many: "hold the characters `\\n` where a line end was meant",
		rejectedBy: SENDERS,
		cure: "Write each field on a line of its own.",
		title: "Write line feeds"
	},
	"no-colon": {
		one: "is not a field, that is a name, a colon and a value",
		many: "are not fields, that is a name, a colon and a value",
		rejectedBy: STRICT,
		cure: "Write it as a field or remove it.",
		title: "Write the colon"
	},
	"field-name": {
		one: "begins with something that is no name of a field",
		many: "begin with something that is no name of a field",
		rejectedBy: ["mox"],
		cure: "Names hold letters, digits, `_`, `-` and `.`, begin with a letter or digit, and have at most 32 characters."
	},
	"empty-value": {
		one: "is a field without a value",
		many: "are fields without a value",
		rejectedBy: ["mox"],
		cure: "Give the field a value or remove the line."
	},
	"control-character": {
		one: "holds a control character",
		many: "hold a control character",
		rejectedBy: ["mox"],
		cure: "Remove the control character; some editors show it as a box or as `^@`.",
		title: "Remove the control characters"
	},
	encoding: {
		one: "holds bytes that are not UTF-8",
		many: "hold bytes that are not UTF-8",
		rejectedBy: ["mox"],
		cure: "Save the file as UTF-8."
	},
	"utf-16": {
		one: "The file is encoded in UTF-16",
		verdict: NOTHING_READ,
		rejectedBy: [],
		cure: "Save it as UTF-8 without a byte order mark."
	},
	html: {
		one: "The file is an HTML or XML document and not a policy",
		verdict: NOTHING_READ,
		rejectedBy: [],
		cure: "Write the policy as plain text: one field a line, beginning with `version: STSv1`."
	},
	json: {
		one: "The file is JSON and not a policy",
		verdict: NOTHING_READ,
		rejectedBy: [],
		cure: "Write the policy as plain text: one field a line, beginning with `version: STSv1`."
	},
	"too-large": {
		one: "The file is larger than 64 KiB",
		offence: "more than RFC 8461 §3.3 suggests that senders read",
		verdict: "A sender that stops there has no valid policy, and delivers without its protection or by an older copy.",
		rejectedBy: [],
		cure: "A policy of one `mx` line a host stays far below that: remove what is no policy."
	},
	empty: {
		one: "The file is empty",
		verdict: NOTHING_READ,
		rejectedBy: [],
		cure: "Write the policy, beginning with `version: STSv1`."
	}
};
/** More places than anyone mends by a click; a bound on the work that one hostile line makes. */
const MOST_EDITS = 1e3;
/** Collects the faults of one body: one problem for each kind, however many lines have it. */
var PolicyFaults = class {
	#source;
	#seen = /* @__PURE__ */ new Map();
	#line = 0;
	constructor(source) {
		this.#source = source;
	}
	/** Says where the line starts that the next faults are in. */
	enterLine(start) {
		this.#line = start;
	}
	add(name, at, mended) {
		const seen = this.#seen.get(name) ?? {
			first: at,
			lines: /* @__PURE__ */ new Set(),
			mended: [],
			mendable: true
		};
		this.#seen.set(name, seen);
		seen.lines.add(this.#line);
		if (mended && seen.mended.length < MOST_EDITS) seen.mended.push(mended);
		else seen.mendable = false;
	}
	problems() {
		return [...this.#seen].toSorted(([, a], [, b]) => a.first.start - b.first.start).map(([name, seen]) => this.#problem(name, seen));
	}
	#problem(name, seen) {
		const fault = FAULTS[name];
		const span = this.#source.span(seen.first.start, seen.first.end);
		return {
			fault: name,
			message: `${fault.many === void 0 ? fault.one : inLines(fault.one, fault.many, seen.lines.size, span.start.line)}, ${fault.offence ?? GRAMMAR}. ${fault.verdict ?? verdict(fault)} ${fault.cure}`,
			span,
			fix: fault.title !== void 0 && seen.mendable ? this.#fix(fault.title, seen.mended) : void 0
		};
	}
	#fix(title, mended) {
		return {
			title,
			edits: mended.map(({ start, end, newText }) => ({
				at: this.#source.span(start, end),
				newText
			}))
		};
	}
};
const GRAMMAR = "which is outside the grammar of RFC 8461 §3.2";
function inLines(one, many, count, first) {
	return count === 1 ? `Line ${first} ${one}` : `${count} lines ${many}, the first of them line ${first}`;
}
/** What a rejected body means to mail: a sender that cannot read it has no policy to hold the connection against. */
function verdict({ rejectedBy }) {
	const consequence = "so mail is delivered without its protection or by an older copy";
	if (rejectedBy.length === SENDERS.length) return `Senders reject it (the parsers of ${list(rejectedBy)} all do), ${consequence}.`;
	if (rejectedBy.length === 1) return `Strict senders' parsers such as ${list(rejectedBy)}'s reject the whole policy for it, ${consequence}.`;
	return `Of six senders' parsers ${list(rejectedBy)} reject the whole policy for it, ${consequence}.`;
}
function list(names) {
	return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

// src/parse/policy/parsePolicy.ts
/** RFC 8461 §3.3 suggests that senders read no more than 64 kilobytes. */
const LARGEST_POLICY = 65536;
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });
const BOM = "ï»¿";
const FRONT_MATTER = /---[ \t]*\r?\n(?:[^\n]*\n)*?---[ \t]*(?:\r?\n|$)(?:[ \t]*\r?\n)*/y;
const COMMENT$1 = /^[ \t]*(?:#|\/\/|;)/;
/** Everything below the blank and the delete character; a tab may stand around values. */
const CONTROL = /[^\t -~\x80-\uffff]+/g;
/** Reads a policy body by the grammar of RFC 8461 §3.2; what does not fit becomes problems and is read as it was meant. */
function parsePolicy(source) {
	const body = new PolicyBody(source);
	body.policyRecord();
	return body.read();
}
var PolicyBody = class {
	#source;
	#faults;
	#fields = [];
	#unread = /* @__PURE__ */ new Set();
	#text = "";
	constructor(source) {
		this.#source = source;
		this.#faults = new PolicyFaults(source);
	}
	read() {
		const fields = this.#fields;
		return {
			source: this.#source,
			fields,
			problems: this.#faults.problems(),
			unread: [...this.#unread],
			version: firstLegal(fields, "version", policyVersionValue),
			mode: firstLegal(fields, "mode", policyModeValue),
			maxAge: firstLegal(fields, "max_age", policyMaxAgeValue),
			mx: policyMxValues(fields),
			extensions: policyExtensions(fields)
		};
	}
	/** `sts-policy-record = sts-policy-field *WSP *(sts-policy-term sts-policy-field *WSP) [sts-policy-term]` */
	policyRecord() {
		const fault = this.#notText();
		if (fault !== void 0) return this.#illegible(fault);
		const start = this.#start();
		const end = this.#end(start);
		if (end === start) return this.#illegible("empty");
		for (let at = start; at < end; at = this.#policyTerm(at).end) this.#line(at, this.#policyTerm(at));
		if (this.#fields.length === 0) this.#hide(...FIELD_NAMES);
	}
	/** What keeps the file as a whole from being the text of a policy, so that a fault for each line would be noise. */
	#notText() {
		const { bytes } = this.#source;
		if (bytes.length > 65536) return "too-large";
		if (isUtf16(bytes)) return "utf-16";
		this.#text = Buffer.from(bytes).toString("latin1");
		const beginning = this.#text.slice(this.#text.startsWith(BOM) ? 3 : 0).trimStart();
		if (/^<(?!%)/.test(beginning)) return "html";
		if (/^(?:\{(?![{%#])|\[)/.test(beginning)) return "json";
	}
	#illegible(fault) {
		const lf = this.#text.indexOf("\n");
		this.#faults.add(fault, {
			start: 0,
			end: lf < 0 ? this.#text.length : lf
		});
		this.#hide(...FIELD_NAMES);
	}
	/** Where the body starts: after a byte order mark and the front matter that Jekyll strips before it serves the file. */
	#start() {
		const start = this.#text.startsWith(BOM) ? 3 : 0;
		if (start > 0) this.#faults.add("byte-order-mark", {
			start: 0,
			end: start
		}, {
			start: 0,
			end: start,
			newText: ""
		});
		FRONT_MATTER.lastIndex = start;
		return FRONT_MATTER.test(this.#text) ? FRONT_MATTER.lastIndex : start;
	}
	/** Where the last field's line ends: no more than one `sts-policy-term` may follow it. */
	#end(start) {
		let filled = this.#text.length;
		while (filled > start && " 	\r\n".includes(this.#text.charAt(filled - 1))) filled--;
		if (filled === start) return start;
		const { end } = this.#policyTerm(filled);
		const rest = {
			start: end,
			end: this.#text.length
		};
		if (rest.start < rest.end) this.#faults.add("final-line-ends", rest, {
			...rest,
			newText: ""
		});
		return end;
	}
	/** The next `sts-policy-term = LF / CRLF`; empty, at the end of the file, if there is none. */
	#policyTerm(from) {
		const lf = this.#text.indexOf("\n", from);
		if (lf < 0) return {
			start: this.#text.length,
			end: this.#text.length
		};
		return {
			start: lf > from && this.#text[lf - 1] === "\r" ? lf - 1 : lf,
			end: lf + 1
		};
	}
	/** One line, taken apart where something other than a term was meant to end one. */
	#line(start, term) {
		this.#faults.enterLine(start);
		const text = this.#text.slice(start, term.start);
		if (/^[ \t]*$/.test(text)) return this.#faults.add("blank-line", {
			start,
			end: term.start
		}, {
			start,
			end: term.end,
			newText: ""
		});
		let from = start;
		for (const found of meantTerms(text)) {
			const at = {
				start: start + found.index,
				end: start + found.index + found[0].length
			};
			this.#faults.add(termFault(found[0]), at, {
				...at,
				newText: at.end === term.start ? "" : "\n"
			});
			if (from < at.start) this.#policyField({
				start: from,
				end: at.start
			});
			from = at.end;
		}
		if (from < term.start) this.#policyField({
			start: from,
			end: term.start
		});
	}
	/** `sts-policy-field`: a name, `sts-policy-field-delim = ":" *WSP`, a value. */
	#policyField(line) {
		const text = this.#octets(line);
		if (COMMENT$1.test(text)) return this.#comment(line);
		if (!this.#isUtf8(line)) return this.#undecodable(line);
		const colon = text.indexOf(":");
		if (colon < 0) return this.#withoutColon(line);
		const delim = line.start + colon;
		const name = this.#trimmed({
			start: line.start,
			end: delim
		});
		const value = this.#trimmed({
			start: delim + 1,
			end: line.end
		});
		if (!this.#isPolicyExtName(name, line)) return;
		if (name.start > line.start) this.#faults.add("leading-blank", line, {
			start: line.start,
			end: name.start,
			newText: ""
		});
		if (name.end < delim) this.#faults.add("blank-before-colon", line, {
			start: name.end,
			end: delim,
			newText: ""
		});
		this.#controls(line);
		this.#namedField(name, value, line);
	}
	/** `sts-policy-ext-name = sts-policy-alphanum *31(sts-policy-alphanum / "_" / "-" / ".")`: the known names fit it too. */
	#isPolicyExtName(name, line) {
		const text = this.#decoded(name);
		if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/.test(text)) return true;
		this.#faults.add("field-name", line);
		this.#hideMeant(text.replace(/^[^A-Za-z0-9]+/, ""));
		return false;
	}
	#namedField(name, value, line) {
		if (!(isFieldName(this.#decoded(name)) || intendedField(this.#decoded(name)) !== void 0) && !this.#isPolicyExtValue(value, line)) return;
		this.#fields.push({
			name: this.#located(name),
			value: this.#located(value),
			span: this.#source.span(line.start, line.end)
		});
	}
	/** `sts-policy-ext-value = sts-policy-vchar [*(%x20 / sts-policy-vchar) sts-policy-vchar]`: no tab, not empty. */
	#isPolicyExtValue(value, line) {
		if (value.start === value.end) {
			this.#faults.add("empty-value", line);
			return false;
		}
		const tab = this.#octets(value).indexOf("	") + value.start;
		if (tab >= value.start) this.#faults.add("control-character", line, {
			start: tab,
			end: tab + 1,
			newText: " "
		});
		return true;
	}
	#comment(line) {
		const term = this.#policyTerm(line.start);
		const end = line.end === term.start ? term.end : line.end;
		this.#faults.add("comment", line, {
			start: line.start,
			end,
			newText: ""
		});
	}
	#controls(line) {
		for (const found of this.#octets(line).matchAll(CONTROL)) {
			const start = line.start + found.index;
			const fault = found[0].includes("\r") ? "bare-cr" : "control-character";
			this.#faults.add(fault, line, {
				start,
				end: start + found[0].length,
				newText: ""
			});
		}
	}
	#undecodable(line) {
		this.#faults.add("encoding", line);
		this.#hideMeant(this.#octets(line).trimStart());
	}
	/** A line that only lacks its colon is read for what it says: `mode enforce`, `mode=enforce`, a full-width colon. */
	#withoutColon(line) {
		const found = /^([ \t]*)(version|mode|max_age|mx)([ \t]*=[ \t]*|\xef\xbc\x9a[ \t]*|[ \t]+)(?=\S)/.exec(this.#octets(line));
		const [, indent = "", name = "", delim = ""] = found ?? [];
		if (!found) {
			this.#faults.add("no-colon", line);
			return this.#hideMeant(this.#octets(line).trimStart());
		}
		const at = {
			start: line.start + indent.length,
			end: line.start + indent.length + name.length
		};
		this.#faults.add("no-colon", line, {
			start: at.end,
			end: at.end + delim.length,
			newText: ": "
		});
		this.#namedField(at, this.#trimmed({
			start: at.end + delim.length,
			end: line.end
		}), line);
	}
	/** Notes the field that a line which could not be read plainly begins with. */
	#hideMeant(text) {
		const word = /^[A-Za-z0-9_.-]{1,32}/.exec(text)?.[0] ?? "";
		const meant = isFieldName(word) ? word : intendedField(word);
		if (meant !== void 0) this.#hide(meant);
	}
	#hide(...names) {
		for (const name of names) this.#unread.add(name);
	}
	#isUtf8(at) {
		try {
			strictUtf8.decode(this.#source.bytes.subarray(at.start, at.end));
			return true;
		} catch {
			return false;
		}
	}
	#octets(at) {
		return this.#text.slice(at.start, at.end);
	}
	#decoded(at) {
		return utf8.decode(this.#source.bytes.subarray(at.start, at.end)).replace(CONTROL, "");
	}
	#located(at) {
		return {
			value: this.#decoded(at),
			span: this.#source.span(at.start, at.end)
		};
	}
	#trimmed(at) {
		let { start, end } = at;
		while (start < end && " 	".includes(this.#text.charAt(start))) start++;
		while (end > start && " 	".includes(this.#text.charAt(end - 1))) end--;
		return {
			start,
			end
		};
	}
};
/** `sts-policy-version-value = %s"STSv1"` */
function policyVersionValue(text) {
	return text === "STSv1" ? text : void 0;
}
/** `sts-policy-mode-value = %s"testing" / %s"enforce" / %s"none"` */
function policyModeValue(text) {
	return text === "testing" || text === "enforce" || text === "none" ? text : void 0;
}
/** `sts-policy-max-age-value = 1*10(DIGIT)` */
function policyMaxAgeValue(text) {
	return /^[0-9]{1,10}$/.test(text) ? Number(text) : void 0;
}
/** All entries but the first are ignored (end of §3.2), also where the first is not legal. */
function firstLegal(fields, name, production) {
	const first = fields.find((field) => field.name.value === name);
	if (first === void 0) return void 0;
	const value = production(first.value.value);
	return value === void 0 ? void 0 : {
		value,
		span: first.value.span
	};
}
/** `sts-policy-mx-value = ["*."] Domain`, which compares without regard to case (§4.1). */
function policyMxValues(fields) {
	const seen = /* @__PURE__ */ new Map();
	for (const { name, value } of fields) {
		if (name.value !== "mx" || !isMxPattern(value.value)) continue;
		const lower = value.value.toLowerCase();
		if (!seen.has(lower)) seen.set(lower, {
			value: lower,
			span: value.span
		});
	}
	return [...seen.values()];
}
function policyExtensions(fields) {
	const seen = /* @__PURE__ */ new Map();
	for (const field of fields) {
		const name = field.name.value;
		if (!isFieldName(name) && !seen.has(name)) seen.set(name, field);
	}
	return [...seen.values()];
}
/** What people's editors and templates write in place of a term: CR, NEL, U+2028, U+2029, the characters `\n`. */
const MEANT_TERM = /(?:\r|\xc2\x85|\xe2\x80[\xa8\xa9]|\\r\\n|\\n)+/g;
const FIELD_FOLLOWS = /[ \t]*(?:version|mode|max_age|mx)[ \t]*:/iy;
/** More fields than any policy has on one line; a bound on the work that a hostile line makes. */
const MOST_TERMS = 200;
function meantTerms(text) {
	const isField = fieldFollows(text, 0);
	return [...text.matchAll(MEANT_TERM)].filter((found) => {
		const end = found.index + found[0].length;
		return end === text.length && (isField || /^\r+$/.test(found[0])) || fieldFollows(text, end);
	}).slice(0, MOST_TERMS);
}
function fieldFollows(text, at) {
	FIELD_FOLLOWS.lastIndex = at;
	return FIELD_FOLLOWS.test(text);
}
function termFault(written) {
	if (written.includes("\r")) return "bare-cr";
	return written.startsWith("\\") ? "literal-line-end" : "unicode-line-end";
}
function isUtf16(bytes) {
	const [a, b, c, d] = bytes;
	if (a === 255 && b === 254 || a === 254 && b === 255) return true;
	return a === 0 && c === 0 || b === 0 && d === 0 && a !== 0 && c !== 0;
}

// src/model/aLabels.ts
/** A host name with its U-labels as A-labels (`münchen.de` as `xn--mnchen-3ya.de`), which is how DNS has it (RFC 5890 §2.3.2.1). */
function aLabels(name) {
	return /^[\x20-\x7e]*$/.test(name) ? name : domainToASCII(name) || name;
}

// src/parse/zone/zoneEncoding.ts
/** Where the text of a master file starts, or -1 where it is in no encoding a server reads, and what is wrong with it. */
function readEncoding(file) {
	const [first, second, third, fourth] = file.bytes.subarray(0, Math.min(file.end, 4));
	if (first === 255 && second === 254 || first === 254 && second === 255 || first === 0 && second !== 0 && third === 0 || first !== 0 && second === 0 && third !== 0 && fourth === 0) return {
		start: -1,
		fault: "This file is in UTF-16, which name servers cannot read: save it as UTF-8."
	};
	if (first !== 239 || second !== 187 || third !== 191) return {
		start: 0,
		fault: void 0
	};
	return {
		start: 3,
		fault: "The file starts with a byte order mark, which name servers take for a part of the first name: save it without."
	};
}

// src/parse/zone/recordTypes.ts
/** The registered record types (IANA DNS parameters) by code, in the spelling of the registry. */
const typeNames = new Map([
	"1 A,2 NS,3 MD,4 MF,5 CNAME,6 SOA,7 MB,8 MG,9 MR,10 NULL,11 WKS,12 PTR,13 HINFO,14 MINFO,15 MX,16 TXT,17 RP,18 AFSDB",
	"19 X25,20 ISDN,21 RT,22 NSAP,23 NSAP-PTR,24 SIG,25 KEY,26 PX,27 GPOS,28 AAAA,29 LOC,30 NXT,31 EID,32 NIMLOC,33 SRV",
	"34 ATMA,35 NAPTR,36 KX,37 CERT,38 A6,39 DNAME,40 SINK,41 OPT,42 APL,43 DS,44 SSHFP,45 IPSECKEY,46 RRSIG,47 NSEC",
	"48 DNSKEY,49 DHCID,50 NSEC3,51 NSEC3PARAM,52 TLSA,53 SMIMEA,55 HIP,56 NINFO,57 RKEY,58 TALINK,59 CDS,60 CDNSKEY",
	"61 OPENPGPKEY,62 CSYNC,63 ZONEMD,64 SVCB,65 HTTPS,66 DSYNC,67 HHIT,68 BRID,99 SPF,100 UINFO,101 UID,102 GID",
	"103 UNSPEC,104 NID,105 L32,106 L64,107 LP,108 EUI48,109 EUI64,128 NXNAME,249 TKEY,250 TSIG,251 IXFR,252 AXFR",
	"253 MAILB,254 MAILA,255 ANY,256 URI,257 CAA,258 AVC,259 DOA,260 AMTRELAY,261 RESINFO,262 WALLET,263 CLA,264 IPN",
	"32768 TA,32769 DLV"
].flatMap((row) => row.split(",").map((entry) => [parseInt(entry, 10), entry.slice(entry.indexOf(" ") + 1)])));
/** The types whose RDATA the parser understands, by name. */
const RecordType = {
	A: 1,
	NS: 2,
	CNAME: 5,
	SOA: 6,
	NULL: 10,
	PTR: 12,
	HINFO: 13,
	MX: 15,
	TXT: 16,
	RP: 17,
	AAAA: 28,
	SRV: 33,
	DNAME: 39,
	APL: 42,
	DS: 43,
	SSHFP: 44,
	TLSA: 52,
	SPF: 99,
	UNSPEC: 103,
	CAA: 257
};
/** How a type is spelled: its mnemonic, or `TYPEn` (RFC 3597 §5). */
function typeName(code) {
	return typeNames.get(code) ?? `TYPE${code}`;
}
/** MD and MF, which RFC 973 replaced by MX and no server loads. */
function isObsoleteType(code) {
	return code === 3 || code === 4;
}
/** Types of queries and messages, never of data (RFC 6895 §3.1), and the reserved zero. */
function isMetaType(code) {
	return code === 0 || code === 41 || code >= 128 && code <= 255;
}
/** The code of the type spelled in `bytes`, in any case, or -1. */
function typeCode(bytes, start, end) {
	if (end - start > longest) return -1;
	for (let slot = hash(bytes, start, end);; slot = slot + 1 & slots.length - 1) {
		const code = slots[slot];
		if (code < 0) return numbered(bytes, start, end, "TYPE");
		if (isSpelled(bytes, start, end, spellings[slot])) return code;
	}
}
/** The code of the class spelled in `bytes` (RFC 1035 §3.2.4, RFC 3597 §5), or 0. */
function classCode(bytes, start, end) {
	const first = bytes[start] | 32;
	if (first === 105) return end - start === 2 && (bytes[start + 1] | 32) === 110 ? 1 : 0;
	if (first !== 99 && first !== 104) return 0;
	for (const [name, code] of classes) if (isSpelled(bytes, start, end, name)) return code;
	const code = numbered(bytes, start, end, "CLASS");
	return code < 0 ? 0 : code;
}
/** How a class is spelled: `IN`, `CH`, `HS`, or `CLASSn`. */
function className(code) {
	return code === 1 ? "IN" : code === 3 ? "CH" : code === 4 ? "HS" : `CLASS${code}`;
}
/** Whether `bytes` spell an upper-case word, in any case. */
function isSpelled(bytes, start, end, word) {
	if (end - start !== word.length) return false;
	for (let at = 0; at < word.length; at++) {
		let byte = bytes[start + at];
		if (byte >= 97 && byte <= 122) byte -= 32;
		if (byte !== word.charCodeAt(at)) return false;
	}
	return true;
}
const classes = [
	["CH", 3],
	["HS", 4],
	["CHAOS", 3],
	["HESIOD", 4]
];
const longest = 10;
const slots = (/* @__PURE__ */ new Int32Array(512)).fill(-1);
const spellings = Array.from({ length: slots.length }, () => "");
for (const [code, name] of typeNames) {
	const bytes = new TextEncoder().encode(name);
	let slot = hash(bytes, 0, bytes.length);
	while (slots[slot] >= 0) slot = slot + 1 & slots.length - 1;
	slots[slot] = code;
	spellings[slot] = name;
}
function hash(bytes, start, end) {
	let sum = end - start;
	for (let at = start; at < end; at++) sum = Math.imul(sum, 31) + (bytes[at] & 223) | 0;
	return (sum ^ sum >>> 9) & 511;
}
function numbered(bytes, start, end, prefix) {
	const digits = start + prefix.length;
	if (end <= digits || end - digits > 5 || !isSpelled(bytes, start, digits, prefix)) return -1;
	let value = 0;
	for (let at = digits; at < end; at++) {
		const digit = bytes[at] - 48;
		if (digit < 0 || digit > 9) return -1;
		value = value * 10 + digit;
	}
	return value > 65535 ? -1 : value;
}
/** The types that say where mail goes. */
const OF_MAIL = [
	"mx",
	"txt",
	"cname",
	"aaaa",
	"tlsa"
];
/** What other servers know and the registry does not: near to one of those, and no slip. */
const FOREIGN = /* @__PURE__ */ new Set(["aname"]);
/** Whether an unregistered word was most likely meant for a type that mail depends on: a slip of one letter, no blank behind it. */
function isMisspeltType(word) {
	const lower = word.toLowerCase();
	if (FOREIGN.has(lower) || lower.length < 2 || lower.length > 64) return false;
	if (/[\x00-\x1f\x7f]/.test(lower)) return true;
	const letters = lower.replace(/\d+$/, "");
	return OF_MAIL.some((type) => letters === type || lower.length <= type.length + 1 && distance(lower, type) === 1);
}

// src/parse/zone/canonicalText.ts
/** The bytes as a view, from which they are copied four at a time. */
function viewOf(bytes) {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
/** A growing run of bytes into which canonical text is written; whoever writes reserves first. */
var CanonicalText = class {
	bytes;
	view;
	length = 0;
	constructor(capacity = 65536) {
		this.bytes = Buffer$1.allocUnsafeSlow(capacity);
		this.view = viewOf(this.bytes);
	}
	/** Makes room for `more` bytes. */
	reserve(more) {
		if (this.length + more <= this.bytes.length) return;
		const grown = Buffer$1.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.length + more));
		this.bytes.copy(grown, 0, 0, this.length);
		this.bytes = grown;
		this.view = viewOf(grown);
	}
	byte(value) {
		this.bytes[this.length++] = value;
	}
	ascii(text) {
		for (let at = 0; at < text.length; at++) this.bytes[this.length++] = text.charCodeAt(at);
	}
	copy(from, start, end) {
		const to = this.view;
		let put = this.length;
		let at = start;
		for (const words = end - 3; at < words; at += 4, put += 4) to.setInt32(put, from.getInt32(at, true), true);
		for (; at < end; at++) to.setUint8(put++, from.getUint8(at));
		this.length = put;
	}
	decimal(value) {
		let digits = 1;
		for (let power = 10; power <= value; power *= 10) digits++;
		const { bytes } = this;
		let rest = value;
		for (let put = this.length + digits - 1; put >= this.length; put--) {
			const tenth = Math.floor(rest / 10);
			bytes[put] = 48 + rest - tenth * 10;
			rest = tenth;
		}
		this.length += digits;
	}
	/** `\DDD` (RFC 1035 §5.1). */
	octet(value) {
		const tens = Math.floor(value / 10);
		const hundreds = Math.floor(tens / 10);
		this.byte(92);
		this.byte(48 + hundreds);
		this.byte(48 + tens - hundreds * 10);
		this.byte(48 + value - tens * 10);
	}
	text(start, end) {
		return this.bytes.toString("latin1", start, end);
	}
};

// src/parse/zone/zoneToken.ts
/** Enough of a token to know it by. */
const SHOWN = 240;
/** A token as a message may hold it. */
function shown(bytes, start, end) {
	return quote(decoder$1.decode(bytes.subarray(start, Math.min(end, start + SHOWN))));
}
/** The octet that the escape at `at` stands for (RFC 1035 §5.1: `\X` or `\DDD`), or -1 where it is none. */
function escapedOctet(bytes, at, end) {
	if (at + 1 >= end) return -1;
	const first = bytes[at + 1];
	if (first < 48 || first > 57) return first;
	if (at + 3 >= end) return -1;
	const second = bytes[at + 2] - 48;
	const third = bytes[at + 3] - 48;
	if (second < 0 || second > 9 || third < 0 || third > 9) return -1;
	const value = (first - 48) * 100 + second * 10 + third;
	return value > 255 ? -1 : value;
}
/** How many bytes the escape at `at` takes. */
function escapeLength(bytes, at) {
	const first = bytes[at + 1];
	return first >= 48 && first <= 57 ? 4 : 2;
}
/** What is wrong with a token whose escape no octet answers to. */
function badEscape(bytes, start, end) {
	return `${shown(bytes, start, end)} holds a broken escape: write \\ and one character, or \\ and three digits up to 255.`;
}
/** The octets of a token with its escapes resolved, one character an octet. */
function unescaped(bytes, start, end) {
	let text = "";
	for (let at = start; at < end;) {
		const octet = bytes[at] === 92 ? escapedOctet(bytes, at, end) : bytes[at];
		text += String.fromCharCode(octet < 0 ? 92 : octet);
		at += bytes[at] === 92 && octet >= 0 ? escapeLength(bytes, at) : 1;
	}
	return text;
}
/** The number that a token of digits spells: -1 where it is none, -2 where it is above `most`. */
function readNumber(bytes, start, end, most) {
	if (start >= end) return -1;
	let value = 0;
	for (let at = start; at < end; at++) {
		const digit = bytes[at] - 48;
		if (digit < 0 || digit > 9) return -1;
		if (value <= most) value = value * 10 + digit;
	}
	return value > most ? -2 : value;
}
const decoder$1 = new TextDecoder("utf-8");

// src/parse/zone/zoneGenerate.ts
/** Reads BIND's `$GENERATE range owner [TTL] [class] type RDATA`, the RDATA in token `data`; or what is wrong, and with which token. */
function readGenerate(entry, data, mostSteps) {
	const { bytes, starts, ends } = entry;
	const range = readRange(bytes, starts[1], ends[1], mostSteps);
	if (typeof range === "string") return {
		fault: range,
		token: 1
	};
	const ownerOf = readTemplate(bytes, starts[2], ends[2], range);
	if (typeof ownerOf === "string") return {
		fault: ownerOf,
		token: 2
	};
	const dataOf = readTemplate(bytes, starts[data], ends[data], range);
	if (typeof dataOf === "string") return {
		fault: dataOf,
		token: data
	};
	return {
		range,
		steps: stepsOf(range),
		owner: ownerOf,
		data: dataOf
	};
}
function stepsOf(range) {
	return Math.floor((range.last - range.first) / range.step) + 1;
}
/** Reads `first-last[/step]`; a string says what is wrong with it. */
function readRange(bytes, start, end, mostSteps) {
	const text = shown(bytes, start, end);
	const written = Buffer$1.from(bytes.subarray(start, end)).toString("latin1");
	const match = /^(\d{1,10})-(\d{1,10})(?:\/(\d{1,10}))?$/.exec(written);
	if (!match) return `${text} is no range: write first-last or first-last/step, such as 1-10/2.`;
	const [first, last, step] = [
		Number(match[1]),
		Number(match[2]),
		Number(match[3] ?? 1)
	];
	if (first > last) return `${text} is no range: it ends before it starts.`;
	if (step === 0) return `${text} is no range: its step must be 1 or more.`;
	if (last > LARGEST) return `${text} is out of range: numbers end at ${LARGEST}.`;
	const steps = stepsOf({
		first,
		last,
		step
	});
	if (steps > mostSteps) return `${text} makes ${steps} records, and ${mostSteps} is the most for one $GENERATE: split it.`;
	return {
		first,
		last,
		step
	};
}
/** Reads a side of a `$GENERATE`: `$`, `${offset[,width[,base]]}`, `$$` for a dollar; a string says what is wrong. */
function readTemplate(bytes, start, end, range) {
	const text = Buffer$1.from(bytes.subarray(start, end)).toString("latin1");
	const parts = [];
	let literal = "";
	for (let at = 0; at < text.length;) {
		const character = text.charAt(at);
		if (character === "\\" || text.startsWith("$$", at)) {
			literal += character === "\\" ? text.slice(at, at + 2) : "$";
			at += 2;
			continue;
		}
		if (character !== "$") {
			literal += character;
			at++;
			continue;
		}
		const modifier = text.charAt(at + 1) === "{" ? /^\{\s*([+-]?\d{1,10})(?:,\s*(\d{1,3})(?:,([doxXnN]))?)?\}/.exec(text.slice(at + 1)) : void 0;
		if (modifier === null || Number(modifier?.[2] ?? 0) > WIDEST) return `${quote(text.slice(at, at + 20))} is no modifier: write \${offset,width,base} with a width up to ${WIDEST} and a base out of d o x X n N.`;
		if (range.last + Number(modifier?.[1] ?? 0) > LARGEST) return `${shown(bytes, start, end)} goes out of range: numbers end at ${LARGEST}.`;
		const before = literal;
		literal = "";
		const write = writer(Number(modifier?.[1] ?? 0), Number(modifier?.[2] ?? 0), modifier?.[3] ?? "d");
		parts.push((value) => before + write(value));
		at += 1 + (modifier?.[0].length ?? 0);
	}
	const tail = literal;
	return (value) => parts.map((part) => part(value)).join("") + tail;
}
/** The octets of a side's text. */
function generated(template, value) {
	return Buffer$1.from(template(value), "latin1");
}
const LARGEST = 2147483647;
const WIDEST = 127;
function writer(offset, width, base) {
	if (base === "n" || base === "N") return (value) => nibbles(value + offset, width, base);
	const radix = base === "d" ? 10 : base === "o" ? 8 : 16;
	return (value) => {
		const number = value + offset;
		const digits = (radix === 10 ? Math.abs(number) : number >>> 0).toString(radix);
		const sign = radix === 10 && number < 0 ? "-" : "";
		const text = sign + digits.padStart(width - sign.length, "0");
		return base === "X" ? text.toUpperCase() : text;
	};
}
/** The nibbles from the lowest on, as in names below ip6.arpa; the dots count in the width (BIND). */
function nibbles(value, width, base) {
	let text = "";
	for (let rest = value >>> 0, left = width;;) {
		text += (rest & 15).toString(16);
		rest >>>= 4;
		left--;
		if (rest === 0 && left <= 0) return base === "N" ? text.toUpperCase() : text;
		text += ".";
		left--;
		if (rest === 0 && left <= 0) return base === "N" ? text.toUpperCase() : text;
	}
}

// src/parse/zone/zoneName.ts
/** A name takes at most 255 octets, a label 63 (RFC 1035 §2.3.4). */
const LONGEST_NAME = 255;
const LONGEST_LABEL$1 = 63;
const DOT$2 = 46;
/** Lower-case bytes of what stands for itself in a canonical name; 0 for the dot, for escapes and for what needs one. */
const plain = /* @__PURE__ */ new Uint8Array(256);
for (let byte = 33; byte < 127; byte++) {
	const character = String.fromCharCode(byte);
	if (!".\\\";@$()".includes(character)) plain[byte] = character.toLowerCase().charCodeAt(0);
}
/** The origin that a canonical name makes. */
function originOf(name) {
	const bytes = Buffer$1.from(name, "latin1");
	return {
		view: viewOf(bytes),
		wire: name === "." ? 1 : wireLength(bytes)
	};
}
/** The canonical form of a name as people write it, escapes and all; undefined where it is none. */
function readName(text) {
	const bytes = Buffer$1.from(text);
	const out = new CanonicalText();
	out.reserve(bytes.length * 4 + 8);
	return writeName(bytes, 0, bytes.length, originOf("."), out) === void 0 ? out.text(0, out.length) : void 0;
}
/** Writes the absolute canonical form of the name in a token; what is wrong with it, if anything. */
function writeNameToken(entry, token, origin, out) {
	const start = entry.starts[token];
	const end = entry.ends[token];
	if (entry.flags[token] !== 0) return writeName(entry.bytes, start, end, origin, out);
	const absolute = entry.bytes[end - 1] === DOT$2;
	if (end - start + 1 + (absolute ? 0 : origin.wire) > LONGEST_NAME) return writeName(entry.bytes, start, end, origin, out);
	out.copy(entry.view, start, end);
	if (absolute) return void 0;
	out.byte(DOT$2);
	if (origin.wire > 1) out.copy(origin.view, 0, origin.view.byteLength);
}
/** Writes the absolute canonical form of a name; what is wrong with it, if anything. */
function writeName(bytes, start, end, origin, out) {
	if (end - start <= 1) {
		if (end === start) return "An empty name stands here: write @ for the origin.";
		if (bytes[start] === DOT$2) return void out.byte(DOT$2);
		if (bytes[start] === 64) return void out.copy(origin.view, 0, origin.view.byteLength);
	}
	const to = out.bytes;
	let put = out.length;
	let label = 0;
	let wire = 1;
	for (let at = start; at < end;) {
		const byte = bytes[at];
		const same = plain[byte];
		if (same !== 0) {
			to[put++] = same;
			label++;
			at++;
		} else if (byte === DOT$2) {
			if (label === 0) return `${shown(bytes, start, end)} holds an empty label: remove a dot.`;
			if (label > LONGEST_LABEL$1) return longLabel(bytes, start, end, label);
			wire += label + 1;
			label = 0;
			to[put++] = DOT$2;
			at++;
		} else {
			const escaped = byte === 92;
			const octet = escaped ? escapedOctet(bytes, at, end) : byte;
			if (octet < 0) return badEscape(bytes, start, end);
			at += escaped ? escapeLength(bytes, at) : 1;
			label++;
			out.length = put;
			writeOctet(octet, out);
			put = out.length;
		}
	}
	if (label > 0) {
		if (label > LONGEST_LABEL$1) return longLabel(bytes, start, end, label);
		wire += label + origin.wire;
		to[put++] = DOT$2;
		out.length = put;
		if (origin.wire > 1) out.copy(origin.view, 0, origin.view.byteLength);
		put = out.length;
	}
	if (wire > LONGEST_NAME) return `${shown(bytes, start, end)} makes a name of ${wire} octets with its origin, and 255 is the most: shorten it.`;
	out.length = put;
}
/** Writes one octet of a label as it stands in a canonical name. */
function writeOctet(octet, out) {
	const same = plain[octet];
	if (same !== 0) out.byte(same);
	else if (octet <= 32 || octet >= 127) out.octet(octet);
	else {
		out.byte(92);
		out.byte(octet);
	}
}
function wireLength(name) {
	let octets = 1;
	for (let at = 0; at < name.length; octets++) at += name[at] === 92 ? escapeLength(name, at) : 1;
	return octets;
}
function longLabel(bytes, start, end, label) {
	return `${shown(bytes, start, end)} holds a label of ${label} octets, and 63 is the most: shorten it.`;
}

// src/parse/zone/zoneBytes.ts
/** `@` or `$`, which a canonical name escapes. */
const SPECIAL = 4;
const UPPER = 8;
/** Control characters or octets above ASCII. */
const ODD = 32;
/** Kinds of bytes: below DOT the flag that the byte gives its token, up to ESCAPE parts of a token. */
const DOT$1 = 64;
const ESCAPE = 65;
const BLANK = 66;
const LF = 67;
const CR = 68;
const COMMENT = 69;
const OPEN = 70;
const CLOSE = 71;
const QUOTE = 72;
const NUL = 73;
/** What each byte means outside quotes. */
const kinds = (/* @__PURE__ */ new Uint8Array(256)).fill(32, 0, 33).fill(32, 127).fill(UPPER, 65, 91);
kinds[64] = kinds[36] = SPECIAL;
kinds[46] = 64;
kinds[92] = 65;
kinds[32] = kinds[9] = 66;
kinds[10] = 67;
kinds[13] = 68;
kinds[59] = 69;
kinds[40] = 70;
kinds[41] = 71;
kinds[34] = 72;
kinds[0] = NUL;
/** The same inside quotes, where only the quote, the backslash and the line's end mean anything. */
const quotedKinds = (/* @__PURE__ */ new Uint8Array(256)).fill(32, 0, 32).fill(32, 127);
quotedKinds[92] = 65;
quotedKinds[10] = 67;
quotedKinds[34] = 72;

// src/parse/zone/zoneTtl.ts
const seconds = {
	119: 604800,
	100: 86400,
	104: 3600,
	109: 60,
	115: 1
};
/** The seconds of a time in digits or in units such as `1h30m` (BIND's habit): -1 where it is none, -2 above 32 bits. */
function readTime(bytes, start, end) {
	let total = 0;
	let number = 0;
	let digits = 0;
	for (let at = start; at < end; at++) {
		const byte = bytes[at];
		const digit = byte - 48;
		if (digit >= 0 && digit <= 9) {
			digits++;
			if (number <= 4294967295) number = number * 10 + digit;
			continue;
		}
		const unit = seconds[byte | 32];
		if (unit === void 0 || digits === 0) return -1;
		total += number * unit;
		number = digits = 0;
	}
	if (digits > 0 && total > 0) return -1;
	if (digits === 0 && total === 0 && !endsInUnit(bytes, start, end)) return -1;
	total += number;
	return total > 4294967295 ? -2 : total;
}
/** The TTL a token spells: -1 where it is none, -2 above 32 bits; one above 31 bits counts as zero (RFC 2181 §8). */
function readTtl(bytes, start, end) {
	const first = bytes[start];
	if (first === void 0 || first < 48 || first > 57) return -1;
	const time = readTime(bytes, start, end);
	return time > 2147483647 ? 0 : time;
}
function endsInUnit(bytes, start, end) {
	return end - start > 1 && seconds[bytes[end - 1] | 32] !== void 0;
}

// src/parse/zone/zoneScanner.ts
/** A file that lies in memory as a whole. */
function memory(bytes) {
	return {
		bytes,
		end: bytes.length,
		complete: true,
		refill: (keep) => keep
	};
}
const LONGEST_LABEL = 63;
/** A character-string holds 255 octets, each at most four bytes as `\DDD`: no longer string may run over lines. */
const LONGEST_STRING = 1020;
const READ = 0;
const MORE = 1;
const END = 2;
/** Few enough that V8 keeps the arrays on its heap: a scanner is made anew for each record that is asked where it stands. */
const USUAL_TOKENS = 16;
/** Splits a master file into entries (RFC 1035 §5.1): the tokens of one line, or of the lines that parentheses join. */
var ZoneScanner = class {
	input;
	bytes;
	/** The same bytes, to be copied by words. */
	view;
	/** The tokens' first bytes and ends, without the quotes of quoted strings, and what they hold. */
	starts = new Int32Array(USUAL_TOKENS);
	ends = new Int32Array(USUAL_TOKENS);
	flags = new Uint8Array(USUAL_TOKENS);
	count = 0;
	/** The first byte of the entry's first line. */
	start = 0;
	/** The line (1-based) that `start` stands in. */
	line = 1;
	/** What kept the entry from being split, and where; its tokens are those before the fault. */
	fault = void 0;
	faultStart = 0;
	faultEnd = 0;
	#at = 0;
	/** The line that `#at` stands in. */
	#line = 1;
	#end;
	#last;
	/** Whether the last quoted string went over a line's end. */
	#ranOn = false;
	#depth = 0;
	#opened = 0;
	/**
	* Up to this line a parenthesis is known to stay open, so that the next ones there are not believed so far: otherwise
	* each of many would be followed to the same place.
	*/
	#waryUntil = 0;
	constructor(input, start = 0) {
		this.input = input;
		this.bytes = input.bytes;
		this.view = viewOf(input.bytes);
		this.#end = input.end;
		this.#last = input.complete;
		this.start = this.#at = start;
	}
	/** Reads the next entry that holds anything; false at the end of the file. */
	next() {
		for (;;) {
			this.fault = void 0;
			this.count = 0;
			const outcome = this.#entry();
			if (outcome === READ) return true;
			if (outcome === END) return false;
			this.#refill();
		}
	}
	/** Whether the entry starts with a blank, so that its owner is the one before. */
	get inherits() {
		const first = this.bytes[this.start];
		return first === 32 || first === 9;
	}
	/** Where the next entry may start. */
	get end() {
		return this.#at;
	}
	/** The end of a token, its closing quote included. */
	tokenEnd(token) {
		return this.ends[token] + (this.flags[token] & 1);
	}
	/** The start of a token, its opening quote included. */
	tokenStart(token) {
		return this.starts[token] - (this.flags[token] & 1);
	}
	/** The line and column (1-based, in UTF-16 units) of a place in the present entry. */
	place(at) {
		const lineStart = this.bytes.lastIndexOf(10, at - 1) + 1;
		const start = at === 0 ? 0 : lineStart;
		return {
			line: this.line + this.#linesBetween(this.start, start),
			column: decoder.decode(this.bytes.subarray(start, at)).length + 1
		};
	}
	#linesBetween(start, end) {
		let lines = 0;
		for (let at = start; at < end; at++) if (this.bytes[at] === 10) lines++;
		return lines;
	}
	#refill() {
		this.#at = this.input.refill(this.start);
		this.#last = this.input.complete;
		if (this.bytes !== this.input.bytes) {
			this.bytes = this.input.bytes;
			this.view = viewOf(this.bytes);
		}
		this.#end = this.input.end;
	}
	#entry() {
		const { bytes } = this;
		const end = this.#end;
		let at = this.#at;
		let line = this.line = this.#line;
		this.start = at;
		this.#depth = 0;
		for (;;) {
			let kind = 66;
			while (at < end && (kind = kinds[bytes[at]]) === 66) at++;
			if (at >= end) return this.#last ? this.#finish(at, line) : MORE;
			if (kind <= 65) {
				const start = at;
				let label = at;
				let flags = 0;
				for (;;) {
					while (kind < 64) {
						flags |= kind;
						if (++at >= end) break;
						kind = kinds[bytes[at]];
					}
					if (at >= end || kind > 65) break;
					if (kind === 64) {
						if (at === label || at - label > LONGEST_LABEL) flags |= 16;
						label = at + 1;
					} else {
						flags |= 2;
						if (at + 1 < end && bytes[at + 1] !== 10 && bytes[at + 1] !== 13) at++;
					}
					if (++at >= end) break;
					kind = kinds[bytes[at]];
				}
				if (at >= end && !this.#last) return MORE;
				if (at - label > LONGEST_LABEL) flags |= 16;
				this.#push(start, at, flags);
				continue;
			}
			if (kind === 69) {
				while (at < end && bytes[at] !== 10) at++;
				continue;
			}
			if (kind === 72) {
				const open = at;
				at = this.#quoted(at);
				if (at < 0) return MORE;
				if (this.fault !== void 0) return READ;
				if (this.#ranOn) line += this.#linesBetween(open, at);
				continue;
			}
			if (kind === 68) {
				if (at + 1 >= end && !this.#last) return MORE;
				if (at + 1 < end && bytes[at + 1] === 10) at++;
				kind = 67;
			}
			at++;
			if (kind === 67) {
				if (bytes[at - 1] === 10) line++;
				if (this.#depth === 0) {
					this.#at = at;
					this.#line = line;
					if (this.count > 0) return READ;
					this.start = at;
					this.line = line;
				} else {
					const started = this.#startsEntry(at, line > this.#waryUntil);
					if (started < 0) return MORE;
					if (started > 0 && this.#hasType()) return this.#unclosed(line);
				}
			} else if (kind === 70) {
				if (this.#depth++ === 0) this.#opened = at - 1;
			} else if (kind === 71) {
				if (this.#depth-- === 0) return this.#spoiled("This parenthesis was never opened: remove it.", at - 1, at, at);
			} else return this.#spoiled("A NUL byte stands here, which no zone file may hold: remove it.", at - 1, at, at);
		}
	}
	/** A quoted string from its opening quote on; the place after it, or -1 where the window ends too early. */
	#quoted(open) {
		const { bytes } = this;
		const end = this.#end;
		let flags = 1;
		let at = open + 1;
		this.#ranOn = false;
		for (; at < end; at++) {
			const kind = quotedKinds[bytes[at]];
			if (kind < 64) {
				flags |= kind;
				continue;
			}
			if (kind === 72) break;
			flags |= 32;
			if (kind === 65) {
				flags |= 2;
				if (bytes[++at] === 10) this.#ranOn = true;
			} else if (!this.#ranOn) {
				this.#ranOn = true;
				const closes = this.#closesLater(open, at);
				if (closes < 0) return -1;
				if (closes === 0) return this.#unquoted(open, at);
			}
		}
		if (at >= end) return this.#last ? this.#unquoted(open, end) : -1;
		this.#push(open + 1, at, flags);
		return at + 1;
	}
	/**
	* Whether a string left open at a line's end is meant to run on: RFC 1035 §5.1 allows it, but a forgotten quote is
	* likelier. It is meant if no line on the way looks like an entry, and the closing quote is near, ends a token, and leaves
	* its own line's quotes in pairs.
	*/
	#closesLater(open, from) {
		const { bytes } = this;
		const limit = Math.min(this.#end, open + LONGEST_STRING);
		let at = from;
		while (at < limit && bytes[at] !== 34) {
			if (bytes[at] === 10 && this.#startsEntry(at + 1, false) > 0) return 0;
			at += bytes[at] === 92 ? 2 : 1;
		}
		if (at + 1 >= this.#end && !this.#last) return -1;
		if (at >= limit) return 0;
		if ((at + 1 < this.#end ? kinds[bytes[at + 1]] : 67) <= 65) return 0;
		let quotes = 0;
		for (at++; at < this.#end && bytes[at] !== 10; at++) if (bytes[at] === 92) at++;
		else if (bytes[at] === 34) quotes++;
		else if (bytes[at] === 59 && quotes % 2 === 0) break;
		if (at >= this.#end && !this.#last) return -1;
		return quotes % 2 === 0 ? 1 : 0;
	}
	#unquoted(open, end) {
		const until = end > open + 1 && this.bytes[end - 1] === 13 ? end - 1 : end;
		const lineEnd = this.bytes.indexOf(10, open);
		const shown = lineEnd >= 0 && lineEnd < until ? lineEnd : until;
		return this.#spoiled("This quoted string is not closed on its line: put a \" at its end.", open, shown, open + 1) === MORE ? -1 : this.#at;
	}
	/** Ends an entry that cannot be split further; reading goes on behind its line, or behind what its parentheses may hold. */
	#spoiled(fault, start, end, from) {
		const resume = this.#depth > 0 ? this.#nextEntry(from) : this.#nextLine(from);
		if (resume < 0) return MORE;
		this.#at = resume;
		return this.#faulty(fault, start, end);
	}
	/** Ends an entry whose parenthesis stays open: only what stands before it is sure to belong together. */
	#unclosed(line) {
		const resume = this.#nextEntry(this.#opened);
		if (resume < 0) return MORE;
		this.#waryUntil = Math.max(this.#waryUntil, line);
		this.#at = resume;
		let kept = 0;
		while (kept < this.count && this.starts[kept] < this.#opened) kept++;
		this.count = kept;
		return this.#faulty("This parenthesis is never closed: put a ) behind the record's last field.", this.#opened, this.#opened + 1);
	}
	#faulty(fault, start, end) {
		this.#line = this.line + this.#linesBetween(this.start, this.#at);
		this.fault = fault;
		this.faultStart = start;
		this.faultEnd = end;
		return READ;
	}
	#finish(at, line) {
		if (this.#depth > 0) return this.#unclosed(Number.POSITIVE_INFINITY);
		this.#at = at;
		this.#line = line;
		if (this.count === 0) return END;
		return READ;
	}
	/** The start of the line after `from`, or -1 where the window ends too early. */
	#nextLine(from) {
		const lineEnd = this.bytes.indexOf(10, from);
		if (lineEnd >= 0 && lineEnd < this.#end) return lineEnd + 1;
		return this.#last ? this.#end : -1;
	}
	#nextEntry(from) {
		let at = this.#nextLine(from);
		while (at >= 0 && at < this.#end) {
			const starts = this.#startsEntry(at, false);
			if (starts !== 0) return starts > 0 ? at : -1;
			at = this.#nextLine(at);
		}
		return at;
	}
	/**
	* Whether a line inside parentheses can only be the start of another entry: a directive, or an owner with class
	* (`certain`) or type behind it. 0 no, 1 yes, -1 where the window ends too early.
	*/
	#startsEntry(line, certain) {
		const { bytes } = this;
		if (line >= this.#end) return this.#last ? 0 : -1;
		if (kinds[bytes[line]] > 65) return 0;
		let at = line;
		let classed = false;
		for (let word = 0; word < 4; word++) {
			while (at < this.#end && kinds[bytes[at]] === 66) at++;
			const start = at;
			while (at < this.#end && kinds[bytes[at]] <= 65) at++;
			if (at >= this.#end && !this.#last) return at - line > LONGEST_STRING ? 0 : -1;
			if (word === 0) {
				if (directives.some((name) => isSpelled(bytes, start, at, name))) return 1;
			} else if (at === start) return 0;
			else if (classCode(bytes, start, at) > 0) classed = true;
			else if (typeCode(bytes, start, at) >= 0) return classed || !certain ? 1 : 0;
			else if (readTtl(bytes, start, at) < 0) return 0;
		}
		return 0;
	}
	/** Whether the entry has got as far as its type, so that another one may follow. */
	#hasType() {
		const first = this.inherits ? 0 : 1;
		for (let token = first; token < Math.min(this.count, first + 3); token++) if (typeCode(this.bytes, this.starts[token], this.ends[token]) >= 0) return true;
		return false;
	}
	#push(start, end, flags) {
		const token = this.count++;
		if (token >= this.starts.length) this.#grow();
		this.starts[token] = start;
		this.ends[token] = end;
		this.flags[token] = flags;
	}
	#grow() {
		const size = this.starts.length * 2;
		const { starts, ends, flags } = this;
		(this.starts = new Int32Array(size)).set(starts);
		(this.ends = new Int32Array(size)).set(ends);
		(this.flags = new Uint8Array(size)).set(flags);
	}
};
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const directives = [
	"$ORIGIN",
	"$TTL",
	"$INCLUDE",
	"$GENERATE"
];

// src/parse/zone/zoneDirectives.ts
/** Carries out the directive in the parser's present entry. */
function readDirective(parser) {
	const { bytes, starts, ends } = parser.entry;
	const [start, end] = [starts[0], ends[0]];
	if (isSpelled(bytes, start, end, "$ORIGIN")) readOrigin(parser);
	else if (isSpelled(bytes, start, end, "$TTL")) readDefaultTtl(parser);
	else if (isSpelled(bytes, start, end, "$INCLUDE")) readInclude(parser);
	else if (isSpelled(bytes, start, end, "$GENERATE")) readGenerated(parser);
	else if (isSpelled(bytes, start, end, "$DATE")) return;
	else if (parser.habits.strict) parser.problem(`${parser.shown(0)} is no directive: $ORIGIN, $TTL, $INCLUDE and $GENERATE are.`, 0, "file");
	else parser.unknown(`${parser.shown(0)} is no directive of master files`);
}
function readOrigin(parser) {
	const origin = originAt(parser, 1);
	if (origin) {
		parser.base = origin;
		noMore(parser, 2);
	}
}
/** The name that a token spells, as an origin; undefined after a problem. */
function originAt(parser, token) {
	const { entry, out } = parser;
	if (entry.count <= token) {
		parser.problem("$ORIGIN needs a name, such as example.com. with its final dot.", 0, "file");
		return;
	}
	const from = out.length;
	const [start, end] = [entry.starts[token], entry.ends[token]];
	out.reserve((end - start) * 4 + 2048);
	const fault = writeNameToken(entry, token, parser.base, out);
	const text = out.text(from, out.length);
	out.length = from;
	if (fault === void 0) return originOf(text);
	parser.problem(fault, token, "file");
}
function readDefaultTtl(parser) {
	const { bytes, starts, ends, count } = parser.entry;
	if (count < 2) return parser.problem("$TTL needs a time, such as 1h or 3600.", 0);
	const ttl = readTtl(bytes, starts[1], ends[1]);
	if (ttl < 0) return parser.problem(`${parser.shown(1)} is no TTL: use seconds or units such as 1h30m.`, 1);
	parser.defaultTtl = ttl;
	noMore(parser, 2);
}
/** RFC 1035 §5.1: the file has its own origin and owner, and does not change those of the including file. */
function readInclude(parser) {
	const { entry } = parser;
	if (entry.count < 2) return parser.problem("$INCLUDE needs a file name.", 0, "file");
	const outer = parser.base;
	const inner = entry.count > 2 ? originAt(parser, 2) : outer;
	if (!inner) return;
	const [start, end] = [entry.tokenStart(1), entry.tokenEnd(1)];
	const path = Buffer$1.from(unescaped(entry.bytes, entry.starts[1], entry.ends[1]), "latin1").toString();
	const file = parser.mayOpen() ?? parser.sink.open(path, start, end);
	const refused = typeof file === "string" ? file : parser.isOpen(file) ? "it is being read already, and would include itself for ever" : void 0;
	if (typeof file === "string" || refused !== void 0) {
		if (typeof file !== "string") parser.sink.close(file);
		return parser.problem(`${parser.shown(1)} cannot be included: ${refused}.`, 1, "file");
	}
	noMore(parser, 3);
	const owner = parser.owner;
	const hadOwner = parser.hasOwner;
	parser.owner = new CanonicalText(owner.length);
	parser.owner.copy(owner.view, 0, owner.length);
	parser.base = inner;
	parser.read(file);
	parser.sink.close(file);
	parser.base = outer;
	parser.owner = owner;
	parser.hasOwner = hadOwner;
}
/** BIND's `$GENERATE range owner [TTL] [class] type RDATA`. */
function readGenerated(parser) {
	const { entry } = parser;
	const { count } = entry;
	if (count < 5) return parser.problem("$GENERATE needs a range, an owner, a type and its data: $GENERATE 1-9 host$ A 192.0.2.$.", count - 1, "file");
	const rhs = parser.head(3);
	if (rhs < 0) return;
	if (rhs >= count) return parser.problem("This $GENERATE ends before its data: add them.", count - 1, "file");
	if (!noMore(parser, rhs + 1)) return;
	const generate = readGenerate(entry, rhs, parser.habits.maxGenerateSteps);
	if ("fault" in generate) return parser.problem(generate.fault, generate.token, "file");
	if (!parser.mayGenerate(generate.steps)) return parser.problem(`All $GENERATE of a zone may make ${parser.habits.maxGenerated} records together, and this one goes beyond.`, 0, "file");
	const { range } = generate;
	const { ttl } = parser;
	const owner = new CanonicalText();
	for (let value = range.first; value <= range.last; value += range.step) {
		parser.generated = true;
		parser.rdataToken = 0;
		parser.ttl = ttl;
		const name = generated(generate.owner, value);
		owner.length = 0;
		owner.reserve(name.length * 4 + 2048);
		const fault = writeName(name, 0, name.length, parser.base, owner);
		if (fault !== void 0) return parser.problem(fault, 2, "file");
		const data = new ZoneScanner(memory(generated(generate.data, value)));
		data.next();
		if (data.fault !== void 0) return parser.problem(data.fault, rhs, "file");
		if (!parser.write(data, owner)) return;
	}
}
/** Says so if a directive has more fields than it takes. */
function noMore(parser, token) {
	if (parser.entry.count <= token) return true;
	parser.problem(`${parser.shown(token)} is one field too many for ${parser.shown(0)}: remove it, or put a ; before a comment.`, token);
	return false;
}

// src/parse/zone/dsCodes.ts
/** The DNSSEC algorithms by name (IANA), as BIND spells them. */
const algorithms = /* @__PURE__ */ new Map([
	["RSAMD5", 1],
	["DH", 2],
	["DSA", 3],
	["ECC", 4],
	["RSASHA1", 5],
	["NSEC3DSA", 6],
	["NSEC3RSASHA1", 7],
	["RSASHA256", 8],
	["RSASHA512", 10],
	["ECCGOST", 12],
	["ECDSAP256SHA256", 13],
	["ECDSAP384SHA384", 14],
	["ED25519", 15],
	["ED448", 16],
	["INDIRECT", 252],
	["PRIVATEDNS", 253],
	["PRIVATEOID", 254]
]);
/** The digest types of DS records by name. */
const digests = /* @__PURE__ */ new Map([
	["SHA-1", 1],
	["SHA1", 1],
	["SHA-256", 2],
	["SHA256", 2],
	["GOST", 3],
	["SHA-384", 4],
	["SHA384", 4]
]);
/** How many octets a digest of a type has. */
const digestLengths = {
	1: 20,
	2: 32,
	3: 32,
	4: 48
};

// src/parse/zone/zoneAddress.ts
const words = /* @__PURE__ */ new Uint16Array(8);
/** Writes the IPv4 address in a token; false where it is none. Like inet_pton, no leading zeros: some read them as octal. */
function writeIpv4(entry, token, out) {
	const start = entry.starts[token];
	const end = entry.ends[token];
	if (!readIpv4(entry.bytes, start, end)) return false;
	out.copy(entry.view, start, end);
	return true;
}
/** Writes the IPv6 address (RFC 4291 §2.2) in a token as RFC 5952 §4 wants it; false where it is none. */
function writeIpv6(entry, token, out) {
	if (!readIpv6(entry.bytes, entry.starts[token], entry.ends[token])) return false;
	writeWords(out);
	return true;
}
/** Writes the IPv6 address that 16 octets hold. */
function writeIpv6Octets(octets, out) {
	for (let word = 0; word < 8; word++) words[word] = octets[word * 2] << 8 | octets[word * 2 + 1];
	writeWords(out);
}
function readIpv4(bytes, start, end) {
	let dots = 0;
	let value = 0;
	let digits = 0;
	let high = 0;
	for (let at = start; at < end; at++) {
		const byte = bytes[at];
		if (byte === 46) {
			if (digits === 0 || ++dots > 3) return false;
			high = (high << 8 | value) >>> 0;
			value = digits = 0;
			continue;
		}
		const digit = byte - 48;
		if (digit < 0 || digit > 9 || digits > 0 && value === 0) return false;
		value = value * 10 + digit;
		digits++;
		if (value > 255) return false;
	}
	if (dots !== 3 || digits === 0) return false;
	words[6] = high >>> 8;
	words[7] = (high & 255) << 8 | value;
	return true;
}
function readIpv6(bytes, start, end) {
	let count = 0;
	let gap = -1;
	let value = 0;
	let digits = 0;
	let group = start;
	let at = start;
	if (bytes[at] === 58 && bytes[++at] !== 58) return false;
	for (; at < end; at++) {
		const byte = bytes[at];
		const digit = hexDigit(byte);
		if (digit >= 0) {
			if (++digits > 4) return false;
			value = value << 4 | digit;
			continue;
		}
		if (byte === 58) {
			if (digits === 0) {
				if (gap >= 0) return false;
				gap = count;
			} else {
				if (count === 7 || at + 1 === end) return false;
				words[count++] = value;
				value = digits = 0;
			}
			group = at + 1;
			continue;
		}
		if (byte !== 46 || count > 6 || !readIpv4(bytes, group, end)) return false;
		const [sixth, seventh] = [words[6], words[7]];
		words[count++] = sixth;
		words[count++] = seventh;
		return spread(count, gap);
	}
	if (digits > 0) words[count++] = value;
	return spread(count, gap);
}
function spread(count, gap) {
	if (gap < 0) return count === 8;
	if (count > 7) return false;
	const shift = 8 - count;
	for (let word = 7; word >= gap + shift; word--) words[word] = words[word - shift];
	for (let word = gap; word < gap + shift; word++) words[word] = 0;
	return true;
}
function writeWords(out) {
	let best = 0;
	let longest = 1;
	for (let word = 0; word < 8; word++) {
		let run = 0;
		while (word + run < 8 && words[word + run] === 0) run++;
		if (run > longest) {
			best = word;
			longest = run;
		}
		word += run;
	}
	const mapped = best === 0 && (longest === 6 || longest === 5 && words[5] === 65535);
	const until = mapped ? 6 : 8;
	for (let word = 0; word < until;) {
		if (longest > 1 && word === best) {
			out.byte(58);
			word += longest;
			if (word === 8) out.byte(58);
			continue;
		}
		if (word > 0) out.byte(58);
		writeHex(words[word++], out);
	}
	if (!mapped) return;
	for (let octet = 0; octet < 4; octet++) {
		out.byte(octet === 0 ? 58 : DOT);
		const word = words[6 + (octet >> 1)];
		out.decimal(octet % 2 === 0 ? word >> 8 : word & 255);
	}
}
function writeHex(value, out) {
	if (value > 4095) out.byte(hexDigits[value >> 12]);
	if (value > 255) out.byte(hexDigits[value >> 8 & 15]);
	if (value > 15) out.byte(hexDigits[value >> 4 & 15]);
	out.byte(hexDigits[value & 15]);
}
/** The value of a hexadecimal digit, or -1. */
function hexDigit(byte) {
	if (byte >= 48 && byte <= 57) return byte - 48;
	const letter = byte | 32;
	return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
const DOT = 46;
const hexDigits = (/* @__PURE__ */ new Uint8Array(16)).map((_, digit) => "0123456789abcdef".charCodeAt(digit));

// src/parse/zone/zoneWire.ts
/** Writes the character-string in a token, in quotes; how many octets it holds, or -1 where an escape is broken. */
function writeString(entry, token, out) {
	const { bytes } = entry;
	const start = entry.starts[token];
	const end = entry.ends[token];
	out.byte(34);
	let octets = end - start;
	if ((entry.flags[token] & (32 | 2)) === 0) out.copy(entry.view, start, end);
	else {
		octets = 0;
		for (let at = start; at < end; octets++) {
			const escaped = bytes[at] === 92;
			const octet = escaped ? escapedOctet(bytes, at, end) : bytes[at];
			if (octet < 0) return -1;
			writeQuotedOctet(octet, out);
			at += escaped ? escapeLength(bytes, at) : 1;
		}
	}
	out.byte(34);
	return octets;
}
/** Writes RDATA given as octets (RFC 3597 §5) in the normal form of its type; false where they do not fit the type. */
function writeWire(type, rdclass, wire, out) {
	const reader = new WireReader(wire, out);
	switch (type) {
		case RecordType.A: return rdclass === 1 ? wire.length === 4 && reader.ipv4() : reader.generic();
		case RecordType.AAAA: return rdclass === 1 ? wire.length === 16 && reader.ipv6() : reader.generic();
		case RecordType.NS:
		case RecordType.CNAME:
		case RecordType.DNAME:
		case RecordType.PTR: return reader.name() && reader.end();
		case RecordType.MX: return reader.number(2) && reader.name() && reader.end();
		case RecordType.RP: return reader.name() && reader.name() && reader.end();
		case RecordType.SRV: return reader.number(2) && reader.number(2) && reader.number(2) && reader.name() && reader.end();
		case RecordType.SOA: return reader.name() && reader.name() && [
			4,
			4,
			4,
			4,
			4
		].every((octets) => reader.number(octets)) && reader.end();
		case RecordType.TXT:
		case RecordType.SPF: return reader.strings();
		case RecordType.HINFO: return reader.string() && reader.string() && reader.end();
		case RecordType.CAA: return reader.number(1) && reader.tag() && reader.rest();
		case RecordType.TLSA: return reader.number(1) && reader.number(1) && reader.number(1) && reader.hex();
		case RecordType.DS: return reader.number(2) && reader.number(1) && reader.number(1) && reader.hex();
		case RecordType.SSHFP: return reader.number(1) && reader.number(1) && reader.hex();
		default: return reader.generic();
	}
}
/** Reads fields off the wire and writes each with a blank before it; a false answer means they were not there. */
var WireReader = class {
	#wire;
	#out;
	#at = 0;
	constructor(wire, out) {
		this.#wire = wire;
		this.#out = out;
	}
	end() {
		return this.#at === this.#wire.length;
	}
	number(octets) {
		if (this.#at + octets > this.#wire.length) return false;
		let value = 0;
		for (let left = octets; left > 0; left--) value = value * 256 + this.#wire[this.#at++];
		this.#out.byte(32);
		this.#out.decimal(value);
		return true;
	}
	ipv4() {
		this.#out.byte(32);
		this.#out.ascii(this.#wire.join("."));
		return true;
	}
	ipv6() {
		this.#out.byte(32);
		writeIpv6Octets(this.#wire, this.#out);
		return true;
	}
	name() {
		this.#out.byte(32);
		const from = this.#at;
		for (;;) {
			const length = this.#wire[this.#at++];
			if (length === void 0 || length > 63 || this.#at + length > this.#wire.length) return false;
			if (length === 0) break;
			for (let left = length; left > 0; left--) writeOctet(this.#wire[this.#at++], this.#out);
			this.#out.byte(46);
		}
		if (this.#at - from === 1) this.#out.byte(46);
		return this.#at - from <= 255;
	}
	string() {
		const length = this.#wire[this.#at++];
		if (length === void 0 || this.#at + length > this.#wire.length) return false;
		this.#quoted(this.#at + length);
		return true;
	}
	strings() {
		if (this.end()) return false;
		while (!this.end()) if (!this.string()) return false;
		return true;
	}
	tag() {
		const length = this.#wire[this.#at++];
		if (length === void 0 || length === 0 || this.#at + length > this.#wire.length) return false;
		const tag = Buffer$1.from(this.#wire.subarray(this.#at, this.#at + length)).toString("latin1");
		this.#at += length;
		if (!/^[0-9A-Za-z]+$/.test(tag)) return false;
		this.#out.byte(32);
		this.#out.ascii(tag);
		return true;
	}
	rest() {
		this.#quoted(this.#wire.length);
		return true;
	}
	hex() {
		if (this.end()) return false;
		this.#out.byte(32);
		this.#out.ascii(Buffer$1.from(this.#wire.subarray(this.#at)).toString("hex").toUpperCase());
		return true;
	}
	generic() {
		this.#out.byte(32);
		this.#out.ascii(`\\# ${this.#wire.length}`);
		return this.#wire.length === 0 || this.hex();
	}
	#quoted(end) {
		this.#out.byte(32);
		this.#out.byte(34);
		while (this.#at < end) writeQuotedOctet(this.#wire[this.#at++], this.#out);
		this.#out.byte(34);
	}
};
function writeQuotedOctet(octet, out) {
	if (octet < 32 || octet >= 127) return out.octet(octet);
	if (octet === 34 || octet === 92) out.byte(92);
	out.byte(octet);
}

// src/parse/zone/zoneRdata.ts
/** RDATA is counted in 16 bits (RFC 1035 §3.2.1). */
const LONGEST_RDATA = 65535;
/** Reads the RDATA of one record, field by field, and writes its canonical form, a blank before each field. */
var ZoneRdata = class {
	/** The token that is at fault, or one past the last where one is missing. */
	token = 0;
	/** Whether the RDATA is written as octets (RFC 3597 §5). */
	generic = false;
	#out;
	#entry;
	#origin;
	#type = 0;
	/** How many octets the last string holds. */
	#octets = 0;
	constructor(out) {
		this.#out = out;
	}
	/** Reads the tokens from `first` to the end of the entry as RDATA of a type in a class. */
	read(entry, first, type, rdclass, origin) {
		this.#entry = entry;
		this.#origin = origin;
		this.#type = type;
		this.token = first;
		this.generic = this.#isGeneric();
		if (this.generic) return this.#generic(rdclass);
		switch (type) {
			case RecordType.A: return rdclass === 1 ? this.#ipv4() ?? this.#end() : this.#opaque();
			case RecordType.AAAA: return rdclass === 1 ? this.#ipv6() ?? this.#end() : this.#opaque();
			case RecordType.NS:
			case RecordType.CNAME:
			case RecordType.DNAME:
			case RecordType.PTR: return this.#name("the host name") ?? this.#end();
			case RecordType.MX: return this.#number("the preference", 65535) ?? this.#name("the mail host") ?? this.#end();
			case RecordType.TXT:
			case RecordType.SPF: return this.#strings();
			case RecordType.SRV: return this.#srv();
			case RecordType.SOA: return this.#soa();
			case RecordType.CAA: return this.#caa();
			case RecordType.TLSA: return this.#tlsa();
			case RecordType.DS: return this.#ds();
			case RecordType.SSHFP: return this.#number("the algorithm", 255) ?? this.#number("the fingerprint type", 255) ?? this.#hex("the fingerprint");
			case RecordType.HINFO: return this.#string("the CPU") ?? this.#string("the operating system") ?? this.#end();
			case RecordType.RP: return this.#name("the mailbox") ?? this.#name("the TXT name") ?? this.#end();
			default: return this.#opaque();
		}
	}
	/** RFC 2782. */
	#srv() {
		return this.#number("the priority", 65535) ?? this.#number("the weight", 65535) ?? this.#number("the port", 65535) ?? this.#name("the target") ?? this.#end();
	}
	/** RFC 1035 §3.3.13. */
	#soa() {
		return this.#name("the primary name server") ?? this.#name("the mailbox of the person responsible") ?? this.#number("the serial", 4294967295) ?? this.#time("the refresh interval") ?? this.#time("the retry interval") ?? this.#time("the expire limit") ?? this.#time("the negative-caching TTL") ?? this.#end();
	}
	/** RFC 8659 §4.1: flags, tag, value. */
	#caa() {
		const fault = this.#number("the flags", 255) ?? this.#bare("the tag");
		if (fault !== void 0) return fault;
		const { bytes, starts, ends } = this.#entry;
		const start = starts[this.token];
		const end = ends[this.token];
		for (let at = start; at < end; at++) if (!isAlphanumeric(bytes[at])) return `${shown(bytes, start, end)} is no CAA tag: use letters and digits only.`;
		if (end - start > 255 || end === start) return "A CAA tag has 1 to 255 letters and digits.";
		this.#out.byte(32);
		this.#out.copy(this.#entry.view, start, end);
		this.token++;
		return this.#string("the value", LONGEST_RDATA) ?? this.#end();
	}
	/** RFC 6698 §2.2. */
	#tlsa() {
		return this.#number("the certificate usage", 255) ?? this.#number("the selector", 255) ?? this.#number("the matching type", 255) ?? this.#hex("the certificate association data");
	}
	/** RFC 4034 §5.3. */
	#ds() {
		const fault = this.#number("the key tag", 65535) ?? this.#code("the algorithm", algorithms) ?? this.#code("the digest type", digests);
		if (fault !== void 0) return fault;
		const before = this.token - 1;
		const { bytes, starts, ends } = this.#entry;
		const digest = readNumber(bytes, starts[before], ends[before], 255);
		return this.#hex("the digest", digestLengths[digest] ?? 0);
	}
	#missing(what) {
		if (this.token < this.#entry.count) return void 0;
		return `The ${typeName(this.#type)} record ends before ${what}: add it.`;
	}
	#end() {
		const { bytes, count } = this.#entry;
		if (this.token === count) return void 0;
		return `${shown(bytes, this.#entry.tokenStart(this.token), this.#entry.tokenEnd(this.token))} is one field too many for ${article(this.#type)} record: remove it, or put a ; before a comment.`;
	}
	/** Numbers, names and addresses stand without quotes. */
	#bare(what) {
		const { token } = this;
		const entry = this.#entry;
		if (token >= entry.count) return this.#missing(what);
		if ((entry.flags[token] & 1) === 0) return void 0;
		return `${this.#shown()} stands in quotes: write ${what} without them.`;
	}
	#name(what) {
		const fault = this.#bare(what);
		if (fault !== void 0) return fault;
		this.#out.byte(32);
		const wrong = writeNameToken(this.#entry, this.token, this.#origin, this.#out);
		if (wrong === void 0) this.token++;
		return wrong;
	}
	#number(what, most) {
		const fault = this.#bare(what);
		if (fault !== void 0) return fault;
		const { bytes, starts, ends } = this.#entry;
		const value = readNumber(bytes, starts[this.token], ends[this.token], most);
		if (value < 0) return `${this.#shown()} is no number for ${what}: use 0 to ${most}.`;
		this.#out.byte(32);
		this.#out.decimal(value);
		this.token++;
	}
	/** A number that also has names, as BIND writes them. */
	#code(what, codes) {
		const fault = this.#bare(what);
		if (fault !== void 0) return fault;
		const { bytes, starts, ends } = this.#entry;
		const start = starts[this.token];
		const end = ends[this.token];
		for (const [name, code] of codes) {
			if (!isSpelled(bytes, start, end, name)) continue;
			this.#out.byte(32);
			this.#out.decimal(code);
			this.token++;
			return;
		}
		return this.#number(what, 255);
	}
	#time(what) {
		const fault = this.#bare(what);
		if (fault !== void 0) return fault;
		const { bytes, starts, ends } = this.#entry;
		const value = readTime(bytes, starts[this.token], ends[this.token]);
		if (value === -1) return `${this.#shown()} is no time for ${what}: use seconds or units such as 1h30m.`;
		if (value < 0) return `${this.#shown()} is too long a time for ${what}: use at most 4294967295 seconds.`;
		this.#out.byte(32);
		this.#out.decimal(value);
		this.token++;
	}
	#ipv4() {
		const fault = this.#bare("the IPv4 address");
		if (fault !== void 0) return fault;
		this.#out.byte(32);
		if (!writeIpv4(this.#entry, this.token, this.#out)) return `${this.#shown()} is no IPv4 address: write four numbers up to 255, such as 192.0.2.1.`;
		this.token++;
	}
	#ipv6() {
		const fault = this.#bare("the IPv6 address");
		if (fault !== void 0) return fault;
		this.#out.byte(32);
		if (!writeIpv6(this.#entry, this.token, this.#out)) return `${this.#shown()} is no IPv6 address: write one such as 2001:db8::1.`;
		this.token++;
	}
	/** RFC 1035 §3.3.14: one or more character-strings. */
	#strings() {
		let octets = 0;
		let fault;
		do {
			fault = this.#string("its text");
			octets += this.#octets + 1;
		} while (fault === void 0 && octets <= LONGEST_RDATA && this.token < this.#entry.count);
		if (fault !== void 0 || octets <= LONGEST_RDATA) return fault;
		this.token--;
		return `The text goes beyond the ${LONGEST_RDATA} octets that a record holds: shorten it.`;
	}
	#string(what, most = 255) {
		const { token } = this;
		const entry = this.#entry;
		if (token >= entry.count) return this.#missing(what);
		this.#out.byte(32);
		const octets = writeString(entry, token, this.#out);
		if (octets < 0) return badEscape(entry.bytes, entry.starts[token], entry.ends[token]);
		if (octets > most) return `This string has ${octets} octets, and ${most} is the most: split it into several strings.`;
		this.#octets = octets;
		this.token++;
	}
	/** Hexadecimal digits, which may stand in several tokens; `octets` is how many there must be, or 0. */
	#hex(what, octets = 0) {
		const fault = this.#bare(what);
		if (fault !== void 0) return fault;
		const { bytes, starts, ends, count } = this.#entry;
		const out = this.#out;
		out.byte(32);
		const from = out.length;
		for (; this.token < count; this.token++) for (let at = starts[this.token]; at < ends[this.token]; at++) {
			const byte = bytes[at];
			if (hexDigit(byte) < 0) return `${this.#shown()} is no hexadecimal: use digits and a to f for ${what}.`;
			out.byte(byte >= 97 ? byte - 32 : byte);
		}
		const digits = out.length - from;
		if (digits > 0 && digits % 2 === 0 && (octets === 0 || digits === octets * 2)) return void 0;
		this.token--;
		if (digits % 2 !== 0 || octets === 0) return `${capital(what)} has ${digits} hexadecimal digits: an octet takes two.`;
		return `${capital(what)} has ${digits} hexadecimal digits, and this type of it has ${octets * 2}.`;
	}
	/** Types that are not understood keep their tokens, one blank between them. */
	#opaque() {
		const { bytes, starts, ends, flags, count } = this.#entry;
		if (!typeNames.has(this.#type) || this.#type === RecordType.UNSPEC) return `RDATA of ${typeName(this.#type)} must be written as \\# LENGTH HEXADECIMAL (RFC 3597 §5).`;
		if (this.token >= count) return this.#type === RecordType.APL ? void 0 : this.#missing("its data");
		for (const first = this.token; this.token < count; this.token++) {
			if (!(this.token > first && this.#entry.tokenStart(this.token) === this.#entry.tokenEnd(this.token - 1))) this.#out.byte(32);
			const start = starts[this.token];
			const end = ends[this.token];
			if (!((flags[this.token] & 1) !== 0 ? writeString(this.#entry, this.token, this.#out) >= 0 : writeToken(bytes, start, end, this.#out))) return badEscape(bytes, start, end);
		}
	}
	#isGeneric() {
		const { bytes, starts, ends, flags, count } = this.#entry;
		if (this.token >= count || (flags[this.token] & 1) !== 0) return false;
		const start = starts[this.token];
		if (bytes[start] !== 92 || bytes[start + 1] !== 35 || ends[this.token] !== start + 2) return false;
		const next = this.token + 1;
		return !typeNames.has(this.#type) || next < count && readNumber(bytes, starts[next], ends[next], 0) !== -1;
	}
	/** RFC 3597 §5: `\# LENGTH HEXADECIMAL`. */
	#generic(rdclass) {
		this.token++;
		const fault = this.#missing("the length of its data");
		if (fault !== void 0) return fault;
		const { bytes, starts, ends, count } = this.#entry;
		const length = readNumber(bytes, starts[this.token], ends[this.token], LONGEST_RDATA);
		if (length < 0) return `${this.#shown()} is no length: use 0 to ${LONGEST_RDATA}.`;
		const wire = new Uint8Array(length);
		let nibbles = 0;
		for (this.token++; this.token < count; this.token++) for (let at = starts[this.token]; at < ends[this.token]; at++) {
			const digit = hexDigit(bytes[at]);
			if (digit < 0) return `${this.#shown()} is no hexadecimal: use digits and a to f.`;
			if (nibbles < length * 2) wire[nibbles >> 1] = wire[nibbles >> 1] << 4 | digit;
			nibbles++;
		}
		if (nibbles !== length * 2) {
			this.token--;
			return `The data have ${nibbles} hexadecimal digits, and the length ${length} asks for ${length * 2}.`;
		}
		if (writeWire(this.#type, rdclass, wire, this.#out)) return void 0;
		this.token--;
		return `These octets are no RDATA of type ${typeName(this.#type)}.`;
	}
	#shown() {
		return shown(this.#entry.bytes, this.#entry.tokenStart(this.token), this.#entry.tokenEnd(this.token));
	}
};
function writeToken(bytes, start, end, out) {
	for (let at = start; at < end;) {
		const byte = bytes[at];
		const octet = byte === 92 ? escapedOctet(bytes, at, end) : byte;
		if (octet < 0) return false;
		if (octet <= 32 || octet >= 127) out.octet(octet);
		else {
			if (byte === 92) out.byte(92);
			if (byte === 92 && octet >= 48 && octet <= 57) out.length--;
			out.byte(octet);
		}
		at += byte === 92 ? escapeLength(bytes, at) : 1;
	}
	return true;
}
function isAlphanumeric(byte) {
	const letter = byte | 32;
	return byte >= 48 && byte <= 57 || letter >= 97 && letter <= 122;
}
function article(type) {
	const name = typeName(type);
	return `${/^[AFHLMNRSX]/.test(name) && name !== "RP" ? "an" : "a"} ${name}`;
}
function capital(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/parse/zone/zoneTemplate.ts
const marks = [
	"{{",
	"{%",
	"{#",
	"<%",
	"${",
	"%{"
].map((mark) => Buffer$1.from(mark));
const placeholder = /@[A-Z_]{2,}@/;
/** Whether a file may hold lines of a template language at all; then each entry is looked at. */
function mayHoldTemplates(bytes) {
	const text = Buffer$1.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return marks.some((mark) => text.includes(mark)) || holdsPlaceholder(text);
}
/** The template expression in a token from `first` on, if any. */
function templateMark(entry, first = 0) {
	for (let token = first; token < entry.count; token++) {
		const text = Buffer$1.from(entry.bytes.subarray(entry.starts[token], entry.ends[token]));
		const mark = marks.find((candidate) => text.includes(candidate));
		if (mark) return mark.toString();
		const held = placeholder.exec(text.toString("latin1"));
		if (held) return held[0];
	}
}
function holdsPlaceholder(text) {
	for (let at = text.indexOf(64); at >= 0; at = text.indexOf(64, at + 1)) {
		const next = text[at + 1];
		if (next !== void 0 && next >= 65 && next <= 95 && placeholder.test(text.toString("latin1", at, at + 80))) return true;
	}
	return false;
}

// src/parse/zone/zoneParser.ts
/** More files than any zone has, and a bound for includes that multiply from level to level. */
const MOST_INCLUDES = 1e4;
/** Reads the entries of master files (RFC 1035 §5) into a sink. */
var ZoneParser = class {
	/** Records are written at the end of this text; the sink empties it. */
	out = new CanonicalText();
	file;
	entry;
	/** The record just read: where its text and the parts of it start in `out`. */
	recordStart = 0;
	ownerEnd = 0;
	rdataStart = 0;
	ttl = 0;
	rdclass = 1;
	type = 0;
	/** Which tokens of the entry are the TTL (-1: none) and the first field of the RDATA. */
	ttlToken = -1;
	rdataToken = 0;
	generated = false;
	/** Whether the RDATA is written as octets (RFC 3597 §5). */
	generic = false;
	sink;
	habits;
	#rdata = new ZoneRdata(this.out);
	#open = [];
	#included = 0;
	#generated = 0;
	#ttlMissed = false;
	#zone;
	/** The state that entries hand on (RFC 1035 §5.1, RFC 2308 §4): origin, last owner, `$TTL`, last TTL, last class. */
	base;
	owner = new CanonicalText();
	/** False where the last owner stated could not be read. */
	hasOwner = false;
	defaultTtl = -1;
	#lastTtl = -1;
	#class = 1;
	constructor(origin, habits, sink) {
		this.#zone = origin;
		this.base = originOf(origin);
		this.habits = habits;
		this.sink = sink;
	}
	/** The present origin in canonical form. */
	get origin() {
		const { view } = this.base;
		return Buffer$1.from(view.buffer, view.byteOffset, view.byteLength).toString("latin1");
	}
	read(file) {
		const outer = this.file;
		this.file = file;
		this.#open.push(file);
		if (!file.complete) file.refill(0);
		const outerEntry = this.entry;
		this.entry = new ZoneScanner(file);
		const { start, fault } = readEncoding(file);
		if (fault !== void 0) this.sink.problem(fault, 0, start < 0 ? 2 : start, start < 0 ? "file" : "record", void 0);
		if (start >= 0) {
			const entry = this.entry = new ZoneScanner(file, start);
			while (entry.next()) this.#entry();
		}
		this.entry = outerEntry;
		this.#open.pop();
		this.file = outer;
	}
	/** Why one more file may not be opened, if so. */
	mayOpen() {
		const { maxIncludeDepth } = this.habits;
		if (this.#open.length > maxIncludeDepth) return `files may include each other ${maxIncludeDepth} levels deep`;
		return this.#included++ < MOST_INCLUDES ? void 0 : `a zone may include ${MOST_INCLUDES} files`;
	}
	isOpen(file) {
		return this.#open.some((open) => open.identity === file.identity);
	}
	/** Whether `$GENERATE` may make so many more records. */
	mayGenerate(records) {
		return (this.#generated += records) <= this.habits.maxGenerated;
	}
	#entry() {
		const { entry } = this;
		const { bytes, starts, flags } = entry;
		this.generated = false;
		if (this.file.templated && !this.habits.strict && this.#template()) return;
		const directive = !entry.inherits && entry.count > 0 && bytes[starts[0]] === 36 && (flags[0] & 1) === 0;
		if (directive && entry.fault === void 0) return readDirective(this);
		if (directive) return this.problemAt(entry.fault, entry.faultStart, entry.faultEnd, "file");
		if (!this.#ownerOf()) return;
		if (entry.fault !== void 0) return this.problemAt(entry.fault, entry.faultStart, entry.faultEnd);
		this.#record();
	}
	/** Sets the owner that the entry names (RFC 1035 §5.1: without one, the last stated owner stands). */
	#ownerOf() {
		const { entry } = this;
		if (entry.inherits) {
			if (this.hasOwner) return true;
			if (entry.fault !== void 0) this.problemAt(entry.fault, entry.faultStart, entry.faultEnd);
			else if (this.file.templated && !this.habits.strict) this.unknown("its owner stands in a template", true);
			else this.problem("This record names no owner, and no owner that could be read stands before it.", 0);
			return false;
		}
		this.owner.length = 0;
		this.hasOwner = false;
		if (entry.count === 0) {
			this.problemAt(entry.fault, entry.faultStart, entry.faultEnd);
			return false;
		}
		this.owner.reserve((entry.ends[0] - entry.starts[0]) * 4 + 2048);
		const fault = writeNameToken(entry, 0, this.base, this.owner);
		this.hasOwner = fault === void 0;
		if (fault !== void 0) this.problem(fault, 0);
		return fault === void 0;
	}
	/** `[TTL] [class] type RDATA`, TTL and class in either order (RFC 1035 §5.1). */
	#record() {
		const { entry } = this;
		const token = this.head(entry.inherits ? 0 : 1);
		if (token < 0) return;
		this.rdataToken = token;
		this.write(entry, this.owner);
	}
	/** Reads TTL, class and type from a token on; the token after them, or -1. */
	head(first) {
		const { bytes, starts, ends, count } = this.entry;
		let token = first;
		let rdclass = 0;
		this.ttlToken = -1;
		this.ttl = -1;
		if (token < count && (rdclass = classCode(bytes, starts[token], ends[token])) > 0) token++;
		if (token < count) {
			const ttl = readTtl(bytes, starts[token], ends[token]);
			if (ttl >= 0) {
				this.ttl = ttl;
				this.ttlToken = token++;
			}
		}
		if (rdclass === 0 && token < count && (rdclass = classCode(bytes, starts[token], ends[token])) > 0) token++;
		if (token >= count) return this.#typeMissing(token);
		this.type = typeCode(bytes, starts[token], ends[token]);
		if (this.type < 0) return this.#noType(token);
		if (isMetaType(this.type) || isObsoleteType(this.type)) return this.#noDataType(token);
		this.rdclass = rdclass > 0 ? this.#class = rdclass : this.#class;
		if (this.ttl >= 0) this.#lastTtl = this.ttl;
		return token + 1;
	}
	#typeMissing(token) {
		const what = token > 0 ? `Nothing follows ${this.shown(token - 1)}` : "The record ends";
		this.problem(`${what}: a record needs a type and its data.`, token - 1);
		return -1;
	}
	#noType(token) {
		const text = this.shown(token);
		const byte = this.entry.bytes[this.entry.starts[token]];
		if (byte >= 48 && byte <= 57) this.problem(`${text} is no TTL: use seconds or units such as 1h30m.`, token);
		else if (byte === 36 && token === 0) this.problem(`${text} stands behind a blank: directives start in the first column.`, token);
		else if (!this.habits.strict && !isMisspeltType(this.#word(token))) this.unknown(`${text} is no registered record type`);
		else if (/^`(?:#|\/\/)/.test(this.shown(0)) && !this.entry.inherits) this.problem("This is no comment: comments start with ;.", 0);
		else this.problem(`${text} is no registered record type: check the spelling, or write TYPE and its number.`, token);
		return -1;
	}
	#word(token) {
		const { bytes, starts, ends } = this.entry;
		return Buffer$1.from(bytes.subarray(starts[token], ends[token])).toString("latin1");
	}
	#noDataType(token) {
		const text = this.shown(token);
		const why = isObsoleteType(this.type) ? `${text} is an obsolete type that no server loads (RFC 973): write an MX record.` : `${text} is a type for queries and messages, not for data: remove the record.`;
		this.problem(why, token);
		return -1;
	}
	/** Writes the record whose head is read, RDATA from `tokens`, and hands it to the sink. */
	write(tokens, owner) {
		const { out } = this;
		this.recordStart = out.length;
		out.reserve((tokens.end - tokens.start) * 4 + 8192);
		if (this.ttl < 0 && !this.#inheritTtl(tokens)) return false;
		out.copy(owner.view, 0, owner.length);
		this.ownerEnd = out.length;
		out.byte(32);
		out.decimal(this.ttl);
		const words = classAndType(this.rdclass, this.type);
		out.copy(words, 0, words.byteLength);
		this.rdataStart = out.length + 1;
		const fault = this.#rdata.read(tokens, this.rdataToken, this.type, this.rdclass, this.base);
		const misplaced = fault === void 0 && this.type === RecordType.DS && this.#isAtTop();
		if (fault === void 0 && !misplaced) {
			this.generic = this.#rdata.generic;
			this.sink.record();
			return true;
		}
		out.length = this.recordStart;
		if (misplaced) this.problem("A DS record stands in the parent zone, never at the top of its own (RFC 4035 §2.4): remove it.", -1);
		else this.problem(fault, this.generated ? -1 : Math.min(this.#rdata.token, tokens.count - 1));
		return false;
	}
	/** RFC 2308 §4: `$TTL`; without it the last stated TTL (RFC 1035 §5.1), or for the SOA record its own minimum, as BIND does. */
	#inheritTtl(tokens) {
		if (this.defaultTtl >= 0) this.ttl = this.defaultTtl;
		else if (this.#lastTtl >= 0) this.ttl = this.#lastTtl;
		else if (this.type === RecordType.SOA) {
			const { out } = this;
			const from = out.length;
			const fault = this.#rdata.read(tokens, this.rdataToken, this.type, this.rdclass, this.base);
			const minimum = Number(/\d+$/.exec(out.text(from, out.length))?.[0] ?? 0);
			out.length = from;
			this.ttl = minimum > 2147483647 ? 0 : minimum;
			if (fault === void 0) this.defaultTtl = this.ttl;
		} else {
			this.ttl = 0;
			if (this.habits.strict && !this.#ttlMissed && (this.generated || isWithin(this.#ownerName() ?? ".", this.#zone))) {
				this.#ttlMissed = true;
				this.problem("This record has no TTL and none stands before it: start the file with a line such as $TTL 1h.", this.rdataToken - 1);
			}
		}
		return true;
	}
	#isAtTop() {
		return this.habits.strict && this.out.text(this.recordStart, this.ownerEnd) === this.#zone;
	}
	/** In lenient mode an entry with a template expression is unknown; so is its owner where the expression is in it. */
	#template() {
		const { entry } = this;
		const { bytes, starts, ends, count } = entry;
		const generate = count > 0 && isSpelled(bytes, starts[0], ends[0], "$GENERATE");
		const mark = templateMark(entry);
		if (mark === void 0 || generate && mark === "${") return false;
		const whole = templateMark(entry, 1) !== void 0 && count > 1 && !entry.inherits;
		if (!entry.inherits) {
			this.hasOwner = false;
			this.owner.length = 0;
			if (whole && bytes[starts[0]] !== 36 && !isTemplateStart(bytes, starts[0])) {
				this.owner.reserve((ends[0] - starts[0]) * 4 + 2048);
				this.hasOwner = writeNameToken(entry, 0, this.base, this.owner) === void 0;
			}
		}
		this.unknown(`\`${mark}\` belongs to a template`, true);
		return true;
	}
	shown(token) {
		return shown(this.entry.bytes, this.entry.tokenStart(token), this.entry.tokenEnd(token));
	}
	/** Reports a fault at a token, or at the whole entry for -1. */
	problem(fault, token, lost = this.generated ? "file" : "record") {
		const { entry } = this;
		const first = token < 0 ? 0 : token;
		const last = token < 0 ? entry.count - 1 : token;
		this.problemAt(fault, entry.tokenStart(first), entry.tokenEnd(last), lost);
	}
	problemAt(fault, start, end, lost = "record") {
		this.sink.problem(fault, start, end, lost, lost === "file" ? void 0 : this.#ownerName());
	}
	unknown(reason, templated = false) {
		const { entry } = this;
		const start = entry.count > 0 ? entry.tokenStart(0) : entry.start;
		const end = entry.count > 0 ? entry.tokenEnd(entry.count - 1) : entry.end;
		this.sink.unknown(reason, start, end, this.#ownerName(), templated);
	}
	#ownerName() {
		return this.hasOwner ? this.owner.text(0, this.owner.length) : void 0;
	}
};
function isTemplateStart(bytes, at) {
	const byte = bytes[at];
	return byte === 123 || byte === 60 || byte === 37;
}
/** ` IN A` and the like, as nearly every record has it. */
const inWords = [];
function classAndType(rdclass, type) {
	const known = rdclass === 1 ? inWords[type] : void 0;
	if (known) return known;
	const words = viewOf(Buffer$1.from(` ${className(rdclass)} ${typeName(type)}`));
	if (rdclass === 1 && type < 512) inWords[type] = words;
	return words;
}

// src/parse/zone/looksLikeZone.ts
/** A zone shows itself in its first records; more than this need not be read to know one. */
const LOOKED_AT = 65536;
const soaSign = /\bSOA\b/i;
const directiveSign = /^\$(?:ORIGIN|TTL)\b/im;
/** Whether a text is a master file: it holds an SOA record, or `$ORIGIN` or `$TTL` with a record; undefined where it is none. */
function looksLikeZone(source) {
	const bytes = head(source.bytes);
	const octets = Buffer$1.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
	const isReadable = readEncoding(memory(bytes)).start >= 0;
	const text = isReadable ? octets : octets.replaceAll("\0", "");
	const hasDirective = directiveSign.test(text);
	if (!hasDirective && !soaSign.test(text)) return void 0;
	if (!isReadable) return {
		origin: void 0,
		holdsSoa: soaSign.test(text),
		doubtful: false
	};
	const look = new Look();
	const { path } = source;
	const file = {
		path,
		identity: path,
		templated: mayHoldTemplates(bytes),
		...memory(bytes)
	};
	look.parser = new ZoneParser(UNSTATED, {
		strict: false,
		maxIncludeDepth: 0,
		maxGenerateSteps: 65536,
		maxGenerated: 65536
	}, look);
	look.parser.read(file);
	if (!look.holdsSoa && !hasDirective || look.good === 0) return void 0;
	return {
		origin: look.origin,
		holdsSoa: look.holdsSoa,
		doubtful: look.good + look.templates <= look.bad
	};
}
/** The beginning of a text, to the end of a line. */
function head(bytes) {
	if (bytes.length <= LOOKED_AT) return bytes;
	const end = bytes.lastIndexOf(10, LOOKED_AT);
	return bytes.subarray(0, end < 0 ? LOOKED_AT : end + 1);
}
/** Names that end in this label hang on an origin that the text does not state. */
const UNSTATED = "\\000.";
/** Counts what can be read. */
var Look = class {
	parser;
	good = 0;
	bad = 0;
	templates = 0;
	holdsSoa = false;
	#soaOwner;
	#firstOrigin;
	/** The SOA record stands at the zone's apex (RFC 1035 §3.3.13), so it knows best. */
	get origin() {
		return this.#soaOwner ?? this.#firstOrigin;
	}
	record() {
		const { out, type, origin, recordStart, ownerEnd } = this.parser;
		if (this.good++ === 0) this.#firstOrigin = stated(origin);
		if (type === RecordType.SOA && !this.holdsSoa) {
			this.holdsSoa = true;
			this.#soaOwner = stated(out.text(recordStart, ownerEnd));
		}
		out.length = recordStart;
	}
	problem(_fault, _start, _end, lost) {
		if (lost === "record") this.bad++;
	}
	unknown(_reason, _start, _end, _owner, templated) {
		if (templated) this.templates++;
		else this.bad++;
	}
	open() {
		return "only a look is taken";
	}
	close() {}
};
function stated(name) {
	return name.endsWith(UNSTATED) ? void 0 : name;
}

// src/parse/zone/zoneTxt.ts
/** The text of a TXT record and the way from its characters back to the file. */
var TxtText = class {
	strings;
	value;
	quoted;
	#source;
	#whole;
	/** Where each octet of the value starts and ends; undefined where the file does not spell it out. */
	#starts;
	#ends;
	/** `fields` are the canonical strings; `entry` holds the tokens that spell them, from `first` on, if any do. */
	constructor(source, fields, entry, first, whole) {
		this.strings = fields.map((field) => {
			const bytes = Buffer$1.from(field, "latin1");
			return unescaped(bytes, 1, bytes.length - 1);
		});
		this.value = this.strings.join("");
		this.#source = source;
		this.#whole = whole;
		const starts = [];
		const ends = [];
		let quoted = true;
		if (entry) for (let token = first; token < entry.count; token++) {
			if ((entry.flags[token] & 1) === 0) quoted = false;
			const end = entry.ends[token];
			for (let at = entry.starts[token]; at < end;) {
				starts.push(at);
				at += entry.bytes[at] === 92 ? escapeLength(entry.bytes, at) : 1;
				ends.push(at);
			}
		}
		this.quoted = quoted;
		this.#starts = entry ? starts : void 0;
		this.#ends = ends;
	}
	span(from, to) {
		const starts = this.#starts;
		if (!starts || starts.length === 0) return this.#whole;
		const first = Math.max(0, Math.min(from, starts.length));
		const start = first < starts.length ? starts[first] : this.#ends[starts.length - 1];
		const last = Math.min(to, starts.length) - 1;
		return this.#source.span(start, last < first ? start : this.#ends[last]);
	}
};

// src/parse/zone/zoneRecord.ts
/** A record that keeps only where it stands; its spans are found again when somebody asks. */
var ParsedRecord = class {
	owner;
	ttl;
	class;
	type;
	rdata;
	source;
	generated;
	#generic;
	#start;
	#ttlToken;
	#rdataToken;
	constructor(owner, ttl, rdclass, type, rdata, source, generated, generic, start, ttlToken, rdataToken) {
		this.owner = owner;
		this.ttl = ttl;
		this.class = rdclass;
		this.type = type;
		this.rdata = rdata;
		this.source = source;
		this.generated = generated;
		this.#generic = generic;
		this.#start = start;
		this.#ttlToken = ttlToken;
		this.#rdataToken = rdataToken;
	}
	get span() {
		const entry = this.#entry();
		return this.#tokens(entry, 0, entry.count);
	}
	get ownerSpan() {
		const entry = this.#entry();
		if (this.generated) return this.#tokens(entry, 0, entry.count);
		return entry.inherits ? void 0 : this.#tokens(entry, 0, 1);
	}
	get ttlSpan() {
		return this.#ttlToken < 0 ? void 0 : this.#tokens(this.#entry(), this.#ttlToken, this.#ttlToken + 1);
	}
	get rdataSpan() {
		const entry = this.#entry();
		return this.#tokens(entry, this.#rdataToken, entry.count);
	}
	get fields() {
		const entry = this.#entry();
		const values = canonicalFields(this.rdata);
		if (this.generated || this.#generic) return values.map((value) => ({
			value,
			span: this.rdataSpan
		}));
		const firsts = this.#fieldStarts(entry, values.length);
		return values.map((value, index) => ({
			value,
			span: this.#tokens(entry, firsts[index], firsts[index + 1] ?? entry.count)
		}));
	}
	get txt() {
		if (this.type !== "TXT" && this.type !== "SPF") return void 0;
		const entry = this.#entry();
		const literal = !this.generated && !this.#generic;
		return new TxtText(this.source, canonicalFields(this.rdata), literal ? entry : void 0, this.#rdataToken, this.#tokens(entry, this.#rdataToken, entry.count));
	}
	#entry() {
		const entry = new ZoneScanner(memory(this.source.bytes), this.#start);
		entry.next();
		return entry;
	}
	/** The first token of each field: fields are tokens, but a quoted one may continue a key, and hexadecimal data end in pieces. */
	#fieldStarts(entry, count) {
		const tokens = Array.from({ length: entry.count - this.#rdataToken }, (_, index) => this.#rdataToken + index);
		if (tokens.length === count) return tokens;
		const apart = tokens.filter((token, index) => index === 0 || entry.tokenStart(token) !== entry.tokenEnd(token - 1));
		return apart.length === count ? apart : tokens.slice(0, count);
	}
	#tokens(entry, first, end) {
		return this.source.span(entry.tokenStart(first), entry.tokenEnd(end - 1));
	}
};
/** The fields of canonical RDATA: what stands between blanks outside quotes. */
function canonicalFields(rdata) {
	return rdata.match(/(?:"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]|[^\s"\\])+/g) ?? [];
}

// src/parse/zone/parseZone.ts
/** Reads a master file (RFC 1035 §5) and what it includes; never throws, and one bad entry loses only itself. */
function parseZone(source, options) {
	const collector = new ZoneCollector(source, options);
	const { maxIncludeDepth = 8, maxGenerateSteps = 65536, strict } = options;
	const habits = {
		strict,
		maxIncludeDepth,
		maxGenerateSteps,
		maxGenerated: maxGenerateSteps * 16
	};
	(collector.parser = new ZoneParser(options.origin, habits, collector)).read(new SourceFile(source));
	return collector.zone;
}
/** A source as the parser wants it. */
var SourceFile = class {
	source;
	path;
	identity;
	templated;
	bytes;
	end;
	complete = true;
	constructor(source) {
		this.source = source;
		this.path = source.path;
		this.identity = source.file;
		this.bytes = source.bytes;
		this.end = source.bytes.length;
		this.templated = mayHoldTemplates(source.bytes);
	}
	refill(keep) {
		return keep;
	}
};
/** Makes a zone out of what the parser reads. */
var ZoneCollector = class {
	parser;
	#options;
	#records = [];
	#problems = [];
	#unknown = [];
	#includes = [];
	zone;
	constructor(source, options) {
		this.#options = options;
		this.zone = {
			origin: options.origin,
			source,
			records: this.#records,
			problems: this.#problems,
			unknown: this.#unknown,
			includes: this.#includes
		};
	}
	record() {
		const { parser } = this;
		const { out, recordStart, ownerEnd, rdataStart, entry } = parser;
		this.#records.push(new ParsedRecord(this.#sameOwner(out.text(recordStart, ownerEnd)), parser.ttl, className(parser.rdclass), typeName(parser.type), out.text(rdataStart, out.length), this.#source, parser.generated, parser.generic, entry.start, parser.generated ? -1 : parser.ttlToken, parser.generated ? 0 : parser.rdataToken));
		out.length = recordStart;
	}
	problem(message, start, end, lost, owner) {
		this.#problems.push({
			message,
			span: this.#source.span(start, end),
			lost,
			owner
		});
	}
	unknown(reason, start, end, owner) {
		this.#unknown.push({
			reason,
			span: this.#source.span(start, end),
			owner
		});
	}
	open(path, start, end) {
		const found = this.#options.include(path, this.#source);
		if (typeof found === "string") return found.replace(/\.$/, "");
		this.#includes.push({
			value: found.path,
			span: this.#source.span(start, end)
		});
		return new SourceFile(found);
	}
	close() {}
	get #source() {
		return this.parser.file.source;
	}
	/** One string for a run of records at one name. */
	#sameOwner(owner) {
		const last = this.#records.at(-1)?.owner;
		return last === owner ? last : owner;
	}
};

// src/parse/server/serverName.ts
/** The domain name that a server's configuration writes, undefined where it is a pattern, a variable, the root or none. */
function serverName(text) {
	const name = nameOf(aLabels(text).toLowerCase());
	return name.length <= 255 && /^(?:[a-z0-9_/-]{1,63}\.)+$/.test(name) ? name : void 0;
}

// src/parse/server/caddyfile.ts
const TOKEN$3 = /"((?:[^"\\]|\\.)*)"?|`([^`]*)`?|[^\s"`]\S*/g;
/** The sites of a Caddyfile: their addresses, and every `root` in them. */
function readCaddyfile(text) {
	const sites = [];
	let addresses = [];
	let depth = 0;
	for (const words of lines(text)) {
		const opens = words.at(-1) === "{";
		if (depth === 0 && words[0] !== "}") {
			for (const word of opens ? words.slice(0, -1) : words) addresses.push(word);
			if (words[0] === "import") addresses = [];
			if (!(words[0] === "import" || words.at(-1)?.endsWith(",") === true)) {
				sites.push({
					hosts: addresses.flatMap(hostsOf),
					roots: []
				});
				addresses = [];
				depth = 1;
			}
			continue;
		}
		const site = sites.at(-1);
		if (words[0] === "root" && words.length > 1) site?.roots.push(words[opens ? words.length - 2 : words.length - 1] ?? "");
		if (words[0] === "}") depth--;
		if (opens) depth++;
	}
	return sites;
}
/** The words of each line, without comments and without what stands between `<<MARK` and `MARK`. */
function* lines(text) {
	let mark;
	for (const line of text.split("\n")) {
		if (mark !== void 0) {
			if (line.trim() === mark) mark = void 0;
			continue;
		}
		const words = [];
		for (const [whole, double, raw] of line.matchAll(TOKEN$3)) {
			if (whole.startsWith("#")) break;
			words.push(double ?? raw ?? whole);
		}
		mark = /^<<([A-Za-z0-9_-]+)$/.exec(words.at(-1) ?? "")?.[1];
		if (words.length > 0) yield words;
	}
}
/** The host names of `https://a:443/path`, or of several addresses joined by commas. */
function hostsOf(addresses) {
	return addresses.split(",").flatMap((address) => {
		const host = address.replace(/^[a-z]+:\/\//i, "").replace(/[:/].*$/, "");
		return host === "" ? [] : serverName(host) ?? [];
	});
}

// src/parse/server/knotConf.ts
const LINE = /^(\s*)(-\s+)?([a-z][a-z0-9-]*):(?:\s+(.*))?$/;
/** The zones that Knot's configuration loads, with `%s` and `storage` of their templates filled in. */
function readKnotConf(text) {
	const items = [];
	let section = "";
	for (const line of text.split("\n")) {
		const [, indent = "", dash, key = "", rest = ""] = LINE.exec(line.trimEnd()) ?? [];
		if (key === "") continue;
		if (indent === "" && dash === void 0) section = key;
		else {
			if (dash !== void 0) items.push({
				section,
				values: /* @__PURE__ */ new Map()
			});
			items.at(-1)?.values.set(key, valueOf(rest));
		}
	}
	const templates = new Map(items.filter((item) => item.section === "template").map(({ values }) => [values.get("id"), values]));
	return items.flatMap(({ section: kind, values }) => {
		const name = kind === "zone" ? values.get("domain") : void 0;
		const template = templates.get(values.get("template") ?? "default");
		const file = values.get("file") ?? template?.get("file");
		const origin = serverName(name ?? "");
		if (name === void 0 || origin === void 0 || file === void 0 || /%[^s]/.test(file)) return [];
		const filled = file.replaceAll("%s", () => name.replace(/\.$/, ""));
		const storage = values.get("storage") ?? template?.get("storage");
		return [{
			origin,
			file: filled.startsWith("/") || storage === void 0 ? filled : `${storage}/${filled}`
		}];
	});
}
/** A plain or quoted YAML value without the comment behind it. */
function valueOf(text) {
	const [, double, single] = /^(?:"([^"]*)"|'([^']*)')/.exec(text) ?? [];
	return double ?? single ?? text.replace(/(?:^|\s)#.*$/, "").trim();
}

// src/parse/server/blockStatements.ts
/**
* The statements of `word word { word word; }`, the shape that BIND and nginx share; `token` matches at every place a comment,
* a blank, a mark, a quoted text (group 1 or 2) or a word. Never throws: what is broken is one statement more or less.
*/
function* blockStatements(text, token) {
	let words = [];
	let blocks = [];
	for (const [whole, double, single] of text.matchAll(token)) if (whole === "{") {
		blocks = [...blocks.slice(-MAX_DEPTH), { words }];
		words = [];
	} else if (whole === "}" || whole === ";") {
		if (words.length > 0) yield {
			words,
			blocks
		};
		words = [];
		if (whole === "}") blocks = blocks.slice(0, -1);
	} else if (!/^(?:\s|\/[/*]|#)/.test(whole)) words.push(double ?? single ?? whole);
}
const MAX_DEPTH = 16;

// src/parse/server/namedConf.ts
const TOKEN$2 = /\s+|\/\/[^\n]*|#[^\n]*|\/\*[^]*?(?:\*\/|$)|"([^"]*)"?|[{};]|[^\s{};"]+/g;
/** Zones of these types hold no file of somebody's records. */
const WITHOUT_FILE = /^(?:hint|stub|static-stub|forward|delegation-only|redirect)$/i;
/** The zones that BIND's configuration loads, in views or not; `directory` goes before relative files. */
function readNamedConf(text) {
	const zones = [];
	const without = /* @__PURE__ */ new Set();
	let directory = "";
	for (const { words, blocks } of blockStatements(text, TOKEN$2)) {
		const block = blocks.at(-1);
		const [key, value = ""] = words;
		if (block?.words[0] === "options" && key === "directory") directory = `${value}/`;
		if (block?.words[0] !== "zone") continue;
		if (key === "file") zones.push({
			block,
			file: value
		});
		if (key === "type" && WITHOUT_FILE.test(value)) without.add(block);
	}
	return zones.flatMap(({ block, file }) => {
		const origin = without.has(block) ? void 0 : serverName(block.words[1] ?? "");
		return origin === void 0 ? [] : [{
			origin,
			file: file.startsWith("/") ? file : directory + file
		}];
	});
}

// src/parse/server/nginxConf.ts
const TOKEN$1 = /\s+|#[^\n]*|"((?:[^"\\]|\\[^])*)"?|'((?:[^'\\]|\\[^])*)'?|[{};]|(?:\$\{[^}\s]{0,64}\}|[^\s{};"'])(?:\$\{[^}\s]{0,64}\}|[^\s{};])*/g;
/** The sites of nginx's configuration: `server_name`, and `root` and `alias` anywhere in the `server` block. */
function readNginxConf(text) {
	const sites = /* @__PURE__ */ new Map();
	for (const { words, blocks } of blockStatements(text, TOKEN$1)) {
		const server = blocks.find((block) => block.words[0] === "server");
		const [key, ...values] = words;
		if (!server || key !== "server_name" && key !== "root" && key !== "alias") continue;
		const site = sites.get(server) ?? {
			hosts: [],
			roots: []
		};
		sites.set(server, site);
		if (key === "server_name") for (const host of values.flatMap((value) => serverName(value) ?? [])) site.hosts.push(host);
		else site.roots.push(values[0] ?? "");
	}
	return [...sites.values()];
}

// src/parse/server/nsdConf.ts
const TOKEN = /#[^\n]*|"([^"\n]*)"?|[^\s"]+/g;
/** The zones that NSD's configuration loads, with `%s` of patterns filled in and `zonesdir` before relative files. */
function readNsdConf(text) {
	const sections = [];
	for (const [key, value] of pairs(text)) if (value === void 0) sections.push({
		kind: key,
		values: /* @__PURE__ */ new Map()
	});
	else sections.at(-1)?.values.set(key, value);
	const folder = sections.find(({ values }) => values.has("zonesdir"))?.values.get("zonesdir");
	const patterns = new Map(sections.filter(({ kind }) => kind === "pattern").map(({ values }) => [values.get("name"), values]));
	return sections.flatMap(({ kind, values }) => {
		const name = kind === "zone" ? values.get("name") : void 0;
		const origin = serverName(name ?? "");
		const file = values.get("zonefile") ?? patterns.get(values.get("include-pattern"))?.get("zonefile");
		if (name === void 0 || origin === void 0 || file === void 0 || /%[^s]/.test(file)) return [];
		const filled = file.replaceAll("%s", () => name.replace(/\.$/, ""));
		return [{
			origin,
			file: filled.startsWith("/") || folder === void 0 ? filled : `${folder}/${filled}`
		}];
	});
}
/** Keys with their first value; a key without one begins a section. */
function* pairs(text) {
	let key;
	for (const [whole, quoted] of text.matchAll(TOKEN)) {
		if (whole.startsWith("#")) continue;
		if (quoted === void 0 && /^[a-z][a-z0-9-]*:$/.test(whole)) {
			if (key !== void 0) yield [key, void 0];
			key = whole.slice(0, -1);
		} else if (key !== void 0) {
			yield [key, quoted ?? whole];
			key = void 0;
		}
	}
}

// src/model/policyPath.ts
/** Where a policy's host serves it (RFC 8461 §3.3); URLs are compared letter by letter. */
const POLICY_PATH = ".well-known/mta-sts.txt";
/** The name of a policy file and what stands in for it, in lower case. */
const POLICY_FILES = [
	"mta-sts.txt",
	"mta_sts.txt",
	"mtasts.txt"
];
/** Takes apart the path of a policy file whose folder is `.well-known` or was meant to be; undefined for any other. */
function sitePath(path) {
	const found = /^(.*\/)?(\.?well[-_ ]?known\/([^/]+))$/i.exec(path);
	if (!found || !POLICY_FILES.includes((found[3] ?? "").toLowerCase())) return void 0;
	return {
		site: found[1] ?? "",
		written: found[2] ?? ""
	};
}

// src/model/serial.ts
const HALF = 2 ** 31;
const FULL = 2 ** 32;
/** The zone's serial (RFC 1035 §3.3.13), if it is a literal in a file: not made by `$GENERATE`, not in a template. */
function serialOf(zone) {
	const record = zone && soa(zone);
	const field = record?.fields[2];
	return field && record && !record.generated ? {
		value: Number(field.value),
		span: field.span
	} : void 0;
}
/** How `next` stands to `serial` by serial number arithmetic (RFC 1982 §3.2). */
function compareSerials(serial, next) {
	if (serial === next) return "unchanged";
	return (next - serial + FULL) % FULL < HALF ? "raised" : "lowered";
}
/** The next serial in the style of the one before: a date with a counter, seconds since 1970, or a plain counter. */
function nextSerial(serial, now) {
	const text = String(serial);
	if (isDated(text)) {
		const today = now.toISOString().slice(0, 10).replaceAll("-", "");
		const first = Number(`${today}${text.endsWith("00") ? "00" : "01"}`);
		return first > serial ? first : serial + 1;
	}
	const seconds = Math.floor(now.getTime() / 1e3);
	if (text.length === 10 && serial < seconds) return seconds;
	return serial + 1 < FULL ? serial + 1 : 1;
}
function isDated(text) {
	const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})\d{2}$/.exec(text) ?? [];
	const date = /* @__PURE__ */ new Date(`${year}-${month}-${day}T00:00:00Z`);
	return Number(year) >= 1980 && Number(year) < 2100 && date.getUTCDate() === Number(day);
}
/** The records of a zone as comparable texts, the serial left out: spelling, order and comments are no change. */
const contents = memo((zone) => new Map(zone.records.map((record) => [canonical(record), record])));
function canonical(record) {
	const rdata = record.type === "SOA" ? record.fields.toSpliced(2, 1).map((field) => field.value).join(" ") : record.rdata;
	return `${record.owner} ${record.ttl} ${record.class} ${record.type} ${rdata}`;
}
const NOTHING = /* @__PURE__ */ new Map();
/** The records that stand in only one of two zones: `gone` in base, `come` in head; no zone holds none. */
function recordDifference(base, head) {
	if (base === head) return {
		gone: [],
		come: []
	};
	const before = base ? contents(base) : NOTHING;
	const after = head ? contents(head) : NOTHING;
	return {
		gone: [...before].filter(([text]) => !after.has(text)).map(([, record]) => record),
		come: [...after].filter(([text]) => !before.has(text)).map(([, record]) => record)
	};
}
/** All the records that stand in only one of two zones. */
function changedRecords(base, head) {
	const { gone, come } = recordDifference(base, head);
	return [...gone, ...come];
}
/**
* Whether a tool sets the serial when the zone is loaded: it is 0 or 1, or the last commit on the base branch that changed
* records left it alone.
*/
const isToolManaged = memo((change) => {
	const serial = serialOf(change.head);
	if (!serial || serial.value <= 1) return true;
	const zones = change.history.pasts.map((past) => past.zone).filter((zone) => zone !== void 0);
	for (let at = zones.length - 1; at > 0; at--) {
		const [before, after] = [zones[at - 1], zones[at]];
		if (changedRecords(before, after).length === 0) continue;
		return serialOf(before)?.value === serialOf(after)?.value;
	}
	return false;
});
/** The edit that a fix of records owes the zone: the next serial, unless head has raised it or a tool sets it. */
function serialEdits(change) {
	const serial = serialOf(change.head);
	if (!serial || isToolManaged(change)) return [];
	const before = serialOf(change.base);
	if (before && before.value !== serial.value) return [];
	return [{
		at: serial.span,
		newText: String(nextSerial(serial.value, change.moment.head))
	}];
}

// src/model/policyId.ts
/** The id that senders read for a domain (RFC 8461 §3.1), if it is a literal in the repository. */
function idOf(domain) {
	return domain && stsRecord(domain)?.id;
}
/**
* The edits that make senders fetch the policy anew: a new id and the zone's serial. None where the change already has a
* new id, or the record is not in the repository.
*/
function newIdEdits(change) {
	const before = idOf(change.base);
	return before && before.value !== idOf(change.head)?.value ? [] : unusedIdEdits(change);
}
/** The edits that give the record an id that it never had, whatever the change gives it. */
function unusedIdEdits(change) {
	const id = idOf(change.head);
	if (!id || change.head && stsRecord(change.head)?.record.generated) return [];
	return [{
		at: id.span,
		newText: newId(change)
	}, ...serialEdits(change.zone)];
}
/** An id that the domain never had: the moment in UTC, raised by a second while it collides with history. */
function newId(change) {
	const used = usedIds(change);
	const at = new Date(change.moment.head);
	while (used.has(timestamp(at))) at.setUTCSeconds(at.getUTCSeconds() + 1);
	return timestamp(at);
}
function timestamp(at) {
	return at.toISOString().replace(/\.\d+/, "").replace(/[-:]/g, "");
}
function usedIds(change) {
	const ids = [idOf(change.base)?.value, idOf(change.head)?.value];
	const past = change.history.pasts.flatMap(({ zone }) => idsAt(zone, ownerOf(change)));
	return new Set([...ids, ...past].filter((id) => id !== void 0));
}
/** The states of the past in which senders read this id, with the policy of that time; those that cannot tell are left out. */
function pastsWithId(change, id) {
	return change.history.pasts.flatMap((past) => {
		const { zone, policy } = past;
		if (!policy || !readable(policy)) return [];
		const [only, ...more] = idsAt(zone, ownerOf(change));
		return only === id && more.length === 0 ? [{
			past,
			policy
		}] : [];
	});
}
function ownerOf({ head }) {
	return (head && stsRecord(head)?.record.owner) ?? "";
}
/** The ids of the MTA-STS records at a name, each of which begins with its version (RFC 8461 §3.1). */
function idsAt(zone, owner) {
	return [...new Set(zone ? recordsAt(zone, owner, "TXT").map(({ txt }) => txt?.value ?? "") : [])].flatMap((value) => /^v=STSv1;(?:.*;)?[ \t]*id=([A-Za-z0-9]+)[ \t]*(?:;|$)/.exec(value)?.[1] ?? []);
}

// src/model/misnamed.ts
const STS$1 = {
	right: "_mta-sts",
	version: "v=STSv1",
	misspelt: [
		"mta-sts",
		"_mts-sta",
		"_mta_sts",
		"_mtasts",
		"_sts",
		"_mta-sts._tcp"
	],
	atDomain: true
};
const TLSRPT$1 = {
	right: "_smtp._tls",
	version: "v=TLSRPTv1",
	misspelt: [
		"_tls._smtp",
		"_smtp-tlsrpt",
		"_smtp_tls",
		"smtp._tls",
		"_smtp",
		"_tls"
	],
	atDomain: false
};
/** The records of a zone that begin `v=STSv1` at a name that RFC 8461 §3.1 does not give them. */
const misnamedStsRecords = memo((zone) => misnamed(zone, STS$1));
/** The records of a zone that begin `v=TLSRPTv1` at a name that RFC 8460 §3 does not give them. */
const misnamedTlsrptRecords = memo((zone) => misnamed(zone, TLSRPT$1));
/** The misnamed MTA-STS records by the domain that each was meant for. */
const misnamedByDomain = memo((zone) => byDomain(misnamedStsRecords(zone)));
/** The misnamed TLSRPT records by the domain that each was meant for. */
const misnamedTlsrptByDomain = memo((zone) => byDomain(misnamedTlsrptRecords(zone)));
function byDomain(records) {
	return groupedBy(records, ({ meantFor }) => meantFor);
}
function misnamed(zone, kind) {
	return zone.records.flatMap((record) => {
		if (record.type !== "TXT" || !record.rdata.replaceAll("\" \"", "").startsWith(`"${kind.version}`)) return [];
		const meantFor = domainMeant(zone, record.owner, kind);
		if (meantFor === void 0 || cnameTargets(zone).has(record.owner)) return [];
		return [{
			record,
			meantFor,
			right: kind.right
		}];
	});
}
/** Whoever is pointed at by a CNAME may have any name. */
const cnameTargets = memo((zone) => new Set(zone.records.filter((record) => record.type === "CNAME").map((record) => record.rdata)));
function domainMeant(zone, owner, { right, misspelt, atDomain }) {
	const wrong = misspelt.find((name) => owner.startsWith(`${name}.`));
	if (owner.startsWith(`${right}.`) && !wrong?.startsWith(`${right}.`)) return doubled(zone, owner, right);
	if (wrong !== void 0) return hostName(owner.slice(wrong.length + 1));
	return atDomain && !isWildcard(owner) && isMailDomain(zone, owner, right) ? owner : void 0;
}
/** `_smtp._tcp.D` is a name of another service, and no mail domain begins with an underscore. */
function hostName(name) {
	return name.startsWith("_") ? void 0 : name;
}
/** `_mta-sts.D.D.`: a name written in full without its final dot, so that the origin was added once more (RFC 1035 §5.1). */
function doubled(zone, owner, right) {
	const domain = owner.slice(right.length + 1);
	const apex = soa(zone)?.owner ?? zone.origin;
	const parts = labels(domain);
	const written = `${parts.slice(0, parts.length - labels(apex).length).join(".")}.`;
	return isWithin(domain, apex) && apex !== "." && written !== "." && isWithin(written, apex) ? written : void 0;
}
/** Text about MTA-STS may stand at any name; only where mail arrives was it surely meant as the record. */
function isMailDomain(zone, owner, right) {
	return owner === (soa(zone)?.owner ?? zone.origin) || recordsAt(zone, owner, "MX").length > 0 || recordsAt(zone, under(right, owner)).length > 0;
}
/** Whether it has the right name with the origin added once more. */
function isDoubled({ record, meantFor, right }) {
	return record.owner.startsWith(under(right, meantFor));
}
/** The fix that names it rightly; none where the next record inherits the owner, since it would move, too. */
function renaming(misnamed, change) {
	const { record, meantFor, right } = misnamed;
	const { source, ownerSpan, owner, generated } = record;
	const records = change.head?.zone?.records ?? [];
	const next = records[records.indexOf(record) + 1];
	if (!ownerSpan || generated || next && !next.ownerSpan && next.owner === owner) return void 0;
	const written = source.text(ownerSpan.start.offset, ownerSpan.end.offset);
	const newText = isDoubled(misnamed) ? `${written}.` : respelled(written, owner.slice(0, -meantFor.length - 1), right);
	if (newText === void 0) return void 0;
	return {
		title: `Write ${quote(newText)}`,
		edits: [{
			at: ownerSpan,
			newText
		}, ...serialEdits(change.zone)]
	};
}
/** The owner as the file writes it, with the right labels where the misspelt ones stand; put before the domain's own name. */
function respelled(written, misspelt, right) {
	if (written === "@") return misspelt === "" ? right : void 0;
	if (misspelt === "") return `${right}.${written}`;
	return written.toLowerCase().startsWith(misspelt) ? `${right}${written.slice(misspelt.length)}` : void 0;
}

// src/parse/record/textRecord.ts
/** More than any record has; bounds on the work and the findings that a hostile one makes. */
const MOST_FIELDS = 100;
const MOST_PROBLEMS = 20;
const BLANK_AROUND_EQUALS = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31})[ \t]*=[ \t]*/;
/** The octets of straight and typographic quotes in UTF-8. */
const QUOTES = /"|\xe2\x80[\x98-\x9f]|\xc2[\xab\xbb]/g;
/** Reads a TXT value by the grammar that the STS and the TLSRPT record share, one method a production. */
var TextRecord = class {
	txt;
	fields = [];
	problems = [];
	#kind;
	constructor(txt, kind) {
		this.txt = txt;
		this.#kind = kind;
	}
	get whole() {
		return {
			from: 0,
			to: this.txt.value.length
		};
	}
	/** Whether the record survives the first sorting: those that do not begin with it, literally, are discarded. */
	get counts() {
		return this.txt.value.startsWith(`${this.#kind.version};`);
	}
	/** Whether it was meant as one: quotes and blanks aside it begins like it, or it holds the required field. */
	get isAttempt() {
		const bare = this.txt.value.replace(QUOTES, "").replace(/[ \t]/g, "").toLowerCase();
		return this.#kind.misspelt.test(bare) || new RegExp(`(?:^|[^a-z0-9])${this.#kind.required}=`).test(bare);
	}
	/** `record = version 1*(field-delim field) [field-delim]`; yields the fields' stretches. */
	pieces() {
		const { value } = this.txt;
		if (value.search(QUOTES) === 0) return this.#quoted();
		const end = this.#versionEnd();
		if (end === void 0) return [];
		const pieces = this.#delimited(end).slice(0, MOST_FIELDS);
		const last = pieces.at(-1);
		if (last && last.to < value.length && !value.includes(";", last.to)) {
			const rest = {
				from: last.to,
				to: value.length
			};
			this.problem("trailing-blank", rest, "A blank at the end of the record must be followed by `;`.", "");
		}
		return pieces;
	}
	/** `extension = ext-name "=" ext-value`; notes what is wrong where a piece is none. */
	extension(piece) {
		const { from, text } = piece;
		const found = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31})=([\x21-\x3a\x3c\x3e-\x7e]+)$/.exec(text);
		if (found) return void this.field(piece, found[1] ?? "");
		const shown = quote(decoded(text));
		const spaced = BLANK_AROUND_EQUALS.exec(text);
		if (spaced && /[ \t]/.test(spaced[0])) {
			const message = `No blank may stand around the \`=\` of ${shown}.`;
			return this.problem("blank-around-equals", {
				from,
				to: from + spaced[0].length
			}, message, `${spaced[1]}=`);
		}
		this.problem("field", piece, `${shown} is no field: write \`name=value\`, without blanks, in ASCII, or remove it.`);
	}
	/** Notes a well-formed `name=value`. */
	field({ from, to }, name) {
		const equals = from + name.length;
		const value = this.txt.value.slice(equals + 1, to);
		const field = {
			name: {
				value: name,
				span: this.txt.span(from, equals)
			},
			value: {
				value,
				span: this.txt.span(equals + 1, to)
			}
		};
		this.fields.push(field);
		return field;
	}
	problem(fault, at, message, replacement) {
		this.#add({
			severity: "error",
			fault,
			message
		}, at, replacement);
	}
	warn(fault, at, message, replacement) {
		this.#add({
			severity: "warning",
			fault,
			message
		}, at, replacement);
	}
	/** The record says `"v=…"` with quotes as part of the value. */
	#quoted() {
		const { value } = this.txt;
		const bare = value.replace(QUOTES, "").trim();
		const lossless = bare.startsWith(`${this.#kind.version};`);
		this.problem("quotes", this.whole, `Quotes are part of the record's value, which must begin with its version. Remove them.`, lossless ? bare : void 0);
		return [];
	}
	/** Where `%s"v=STSv1"` ends that must open the record. */
	#versionEnd() {
		const { version } = this.#kind;
		const { value } = this.txt;
		if (value.startsWith(version)) return this.#afterVersion();
		const [prefix = "", name = ""] = version.split("=");
		const spelled = new RegExp(`^[ \\t]*${prefix}[ \\t]*=[ \\t]*${name}(?![A-Za-z0-9])`, "i").exec(value);
		if (spelled) {
			const message = `The version must be written \`${version}\`, in this case, first, and without blanks.`;
			this.problem("version-spelling", {
				from: 0,
				to: spelled[0].length
			}, message, version);
			return spelled[0].length;
		}
		this.#noVersion();
	}
	#noVersion() {
		const { version } = this.#kind;
		const { value } = this.txt;
		if (value.indexOf(version) > 0) {
			const others = value.replace(version, "").split(";").map((piece) => trimmed(piece, 0, piece.length).text).filter((piece) => piece !== "");
			const message = `\`${version}\` must come first.`;
			return this.problem("version-not-first", this.whole, message, [version, ...others].join("; "));
		}
		if (/^[ \t]*v[^A-Za-z0-9]/i.test(value) || this.#kind.misspelt.test(value.toLowerCase())) return this.#otherVersion();
		this.problem("version-missing", {
			from: 0,
			to: 0
		}, `The record must begin with \`${version};\`.`, `${version}; `);
	}
	#otherVersion() {
		const { value } = this.txt;
		const word = value.slice(0, /[;, \t]|$/.exec(value)?.index);
		const message = `${quote(decoded(word))} is no version: the record must begin with \`${this.#kind.version};\`.`;
		const { swapped, version } = this.#kind;
		this.problem("version", {
			from: 0,
			to: word.length
		}, message, swapped?.test(word) ? version : void 0);
	}
	/** Between the version and the first `;` only blanks may stand, and by the discard rule not even those. */
	#afterVersion() {
		const { version, clause } = this.#kind;
		const { value } = this.txt;
		const [, blanks = "", next = ""] = /^([ \t]*)(.?)/s.exec(value.slice(version.length)) ?? [];
		const end = version.length + blanks.length;
		if (next === ";" && blanks !== "") {
			const message = `${clause} has them discard records that do not begin with \`${version};\`, to the letter: remove the blank before \`;\`.`;
			this.warn("blank-before-semicolon", {
				from: 0,
				to: end + 1
			}, message, `${version};`);
		}
		if (next === ";" || next === "") return version.length;
		if (blanks === "" && /[A-Za-z0-9.-]/.test(next)) {
			this.#otherVersion();
			return;
		}
		const to = blanks === "" && /[,:]/.test(next) ? end + 1 : end;
		this.problem("semicolon", {
			from: version.length,
			to
		}, `A \`;\` must follow \`${version}\`.`, "; ");
		return to;
	}
	/** `*(field-delim field) [field-delim]` with `field-delim = *WSP ";" *WSP`. */
	#delimited(start) {
		const { value } = this.txt;
		const pieces = [];
		let open = start;
		for (let at = start; at <= value.length; at++) {
			if (at < value.length && value[at] !== ";") continue;
			const piece = trimmed(value, open, at);
			if (piece.text !== "") pieces.push(piece);
			else if (open > start && at < value.length) this.problem("empty-field", {
				from: open,
				to: at + 1
			}, "Between two `;` a field must stand.", "");
			open = at + 1;
		}
		return pieces;
	}
	/** From the end of the field before a piece to the end of the piece: what goes if the field goes. */
	withDelimiter({ from, to }) {
		const semicolon = this.txt.value.lastIndexOf(";", from);
		return semicolon < 0 ? void 0 : {
			from: trimmed(this.txt.value, 0, semicolon).to,
			to
		};
	}
	#add(problem, at, replacement) {
		if (this.problems.length >= MOST_PROBLEMS) return;
		const span = this.txt.span(at.from, at.to);
		const text = this.txt.value.slice(at.from, at.to);
		this.problems.push({
			...problem,
			span,
			text,
			...replacement === void 0 ? {} : { replacement }
		});
	}
};
/** The characters that octets of a TXT record spell in UTF-8, for showing them. */
function decoded(octets) {
	return new TextDecoder().decode(Uint8Array.from(octets, (octet) => octet.charCodeAt(0)));
}
/** A stretch without the blanks (`WSP`) around it. */
function trimmed(value, open, close) {
	let [from, to] = [open, close];
	while (from < to && /[ \t]/.test(value.charAt(from))) from++;
	while (to > from && /[ \t]/.test(value.charAt(to - 1))) to--;
	return {
		from,
		to,
		text: value.slice(from, to)
	};
}

// src/parse/record/parseStsRecord.ts
const STS = {
	version: "v=STSv1",
	misspelt: /^v?[^a-z0-9]?stsv?\d/,
	required: "id",
	clause: "RFC 8461 §3.1"
};
/** Reads a TXT record by RFC 8461 §3.1; undefined if it neither is nor was meant to be an STS record. */
function parseStsRecord(record) {
	if (record.txt === void 0) return void 0;
	const text = new TextRecord(record.txt, STS);
	if (!text.counts && !text.isAttempt) return void 0;
	const id = stsFields(text);
	return {
		record,
		counts: text.counts,
		id,
		fields: text.fields,
		problems: text.problems
	};
}
/** `sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]`; returns the id if it is legal. */
function stsFields(text) {
	const pieces = text.pieces();
	const unreadable = pieces.length === 0 && text.problems.length > 0;
	const [first, second] = pieces.filter((piece) => idName(piece) !== void 0);
	let id;
	for (const piece of pieces) if (piece === first) id = stsId(text, piece);
	else text.extension(piece);
	if (!first && !unreadable) text.problem("id-missing", text.whole, ID_MISSING);
	if (second) text.warn("id-twice", {
		from: pieces[pieces.indexOf(second) - 1]?.to ?? 0,
		to: second.to
	}, ID_TWICE, "");
	return id;
}
const ID_MISSING = "The record has no `id`: add `id=` and up to 32 letters or digits, new with every policy.";
/** The first counts (end of RFC 8461 §3.2), and some senders refuse the record for it. */
const ID_TWICE = "The record has two `id` fields: the first counts, and some senders refuse the record. Remove the second.";
const ID_SPELLING = "The field must be written `id=`, in lower case and without blanks.";
/** `sts-id = %s"id=" 1*32(ALPHA / DIGIT)` */
function stsId(text, piece) {
	const written = idName(piece) ?? "";
	const value = {
		from: piece.from + written.length,
		to: piece.to,
		text: piece.text.slice(written.length)
	};
	const spelled = written === "id=";
	if (!spelled) text.problem("id-spelling", {
		from: piece.from,
		to: value.from
	}, ID_SPELLING, "id=");
	if (!/^[A-Za-z0-9]{1,32}$/.test(value.text)) idFault(text, piece, value);
	else if (spelled) return text.field(piece, "id").value;
}
function idFault(text, piece, value) {
	if (value.text === "") return text.problem("id-empty", piece, "The `id` is empty: give it up to 32 letters or digits.");
	const next = /^([A-Za-z0-9]{1,32})[ \t,]+(?=[A-Za-z0-9][A-Za-z0-9_.-]*=)/.exec(value.text);
	if (next) {
		const gap = {
			from: value.from + (next[1] ?? "").length,
			to: value.from + next[0].length
		};
		text.problem("semicolon", gap, "A `;` must stand between two fields.", "; ");
		return text.extension({
			from: gap.to,
			to: piece.to,
			text: text.txt.value.slice(gap.to, piece.to)
		});
	}
	const bare = value.text.replace(/[^A-Za-z0-9]/g, "");
	if (bare === value.text) return text.problem("id-length", value, `The \`id\` has ${bare.length} characters, and 32 are allowed.`);
	const replacement = /^[A-Za-z0-9]{1,32}$/.test(bare) ? bare : void 0;
	const message = `The \`id\` ${quote(decoded(value.text))} may hold letters and digits only.`;
	text.problem("id-characters", value, message, replacement);
}
/** How a piece opens that is, or was meant to be, an id: `id=`, `ID=`, `id = `. */
function idName({ text }) {
	return /^id[ \t]*=[ \t]*/i.exec(text)?.[0];
}

// src/parse/record/parseTlsrptRecord.ts
const TLSRPT = {
	version: "v=TLSRPTv1",
	misspelt: /^v?[^a-z0-9]?t(?:ls|sl)-?rpt/,
	swapped: /^(?:v=)?t(?:ls|sl)[-_]?r(?:pt|tp)[-_.]?v?1$/i,
	required: "rua",
	clause: "RFC 8460 §3"
};
/** RFC 3986 `URI` without `,` `!` and `;`, which RFC 8460 §3 wants encoded. */
const URI = /^([A-Za-z][A-Za-z0-9+.-]*):(?:[A-Za-z0-9\-._~:/?#[\]@$&'()*+=]|%[0-9A-Fa-f]{2})*$/;
const MAILBOX = /^mailto:(?!\/\/)[^@?]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:\?.*)?$/i;
const HTTPS_HOST = /^https:\/\/(?:[^@/?#]*@)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\.?)(?::\d*)?(?:[/?#]|$)/i;
/** The tags of DMARC (RFC 7489 §6.3) that TLSRPT does not have. */
const DMARC_TAG = /^(?:p|sp|np|ruf|fo|adkim|aspf|pct|rf|ri)=/;
/** Reads a TXT record by RFC 8460 §3; undefined if it neither is nor was meant to be a TLSRPT record. */
function parseTlsrptRecord(record) {
	if (record.txt === void 0) return void 0;
	const text = new TextRecord(record.txt, TLSRPT);
	if (!text.counts && !text.isAttempt) return void 0;
	const rua = tlsrptFields(text);
	return {
		record,
		counts: text.counts,
		rua,
		fields: text.fields,
		problems: text.problems
	};
}
/** `tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]`; returns the URIs. */
function tlsrptFields(text) {
	const pieces = text.pieces();
	const unreadable = pieces.length === 0 && text.problems.length > 0;
	const uris = /* @__PURE__ */ new Map();
	let lists = 0;
	let list;
	for (const piece of pieces) if (ruaName(piece) !== void 0) {
		if (lists++ === 1) twoLists(text, piece, list);
		tlsrptRua(text, piece, uris);
		list = piece;
	} else if (!list || !strayUris(text, piece)) {
		otherField(text, piece);
		list = void 0;
	}
	if (lists === 0 && !unreadable) text.problem("rua-missing", text.whole, RUA_MISSING);
	return [...uris.values()];
}
const RUA_MISSING = "The record has no `rua`: add `rua=mailto:` and the address that reports go to.";
const RUA_TWICE = "The record has two `rua` fields, and a reporter may use only one. Write one list with commas.";
const RUA_EMPTY = "The list of report addresses has an empty place: write an address there, or remove the comma.";
const RUA_SPELLING = "The field must be written `rua=`, in lower case and without blanks.";
const SEPARATOR = "Write a comma between two report addresses, not a blank or `;`.";
/** Two `rua` fields, one behind the other, are one list that was torn. */
function twoLists(text, piece, before) {
	const gap = before && text.withDelimiter({
		from: piece.from,
		to: piece.from + (ruaName(piece) ?? "").length
	});
	text.warn("rua-twice", gap ?? piece, RUA_TWICE, gap && ",");
}
/** Report addresses behind a `;`, which ended the list. */
function strayUris(text, piece) {
	const mended = piece.text.split(",").map((part) => mendedUri(trimmed(part, 0, part.length).text));
	const whole = text.withDelimiter(piece);
	if (!whole || mended.includes(void 0)) return false;
	text.extension(piece);
	text.problem("rua-separator", whole, SEPARATOR, `,${mended.join(",")}`);
	return true;
}
function otherField(text, piece) {
	const before = text.fields.length;
	text.extension(piece);
	if (text.fields.length === before || !DMARC_TAG.test(piece.text)) return;
	const message = `\`${piece.text.slice(0, piece.text.indexOf("="))}\` is a tag of DMARC and says nothing here: reporters ignore it. Remove it.`;
	const whole = text.withDelimiter(piece);
	text.warn("dmarc-tag", whole ?? piece, message, whole && "");
}
/** `tlsrpt-rua = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)` */
function tlsrptRua(text, piece, uris) {
	const written = ruaName(piece) ?? "";
	const { value } = text.txt;
	let from = piece.from + written.length;
	if (written !== "rua=") text.problem("rua-spelling", {
		from: piece.from,
		to: from
	}, RUA_SPELLING, "rua=");
	else text.field(piece, "rua");
	let before;
	for (const part of value.slice(from, piece.to).split(",").slice(0, MOST_URIS)) {
		const uri = trimmed(value, from, from + part.length);
		tlsrptUri(text, uri, uris, before);
		before = uri;
		from += part.length + 1;
	}
}
/** More than anyone sends reports to; a bound on the work that a hostile record makes. */
const MOST_URIS = 100;
/** `tlsrpt-uri = URI`, whose scheme is mailto or https. */
function tlsrptUri(text, uri, uris, before) {
	const fault = uriFault(uri.text);
	if (uri.text === "" && before) return text.problem("rua-empty", {
		from: before.to,
		to: uri.to
	}, RUA_EMPTY, "");
	if (fault) return text.problem(fault.name, uri, fault.message, fault.replacement);
	const key = uri.text.toLowerCase();
	if (!uris.has(key)) return void uris.set(key, {
		value: uri.text,
		span: text.txt.span(uri.from, uri.to)
	});
	const message = `${quote(decoded(uri.text))} is listed twice. Remove one of them.`;
	text.warn("rua-same", {
		from: before?.to ?? uri.from,
		to: uri.to
	}, message, before && "");
}
function uriFault(uri) {
	if (isReachable(uri)) return void 0;
	const shown = quote(decoded(uri));
	if (uri === "") return {
		name: "rua-empty",
		message: RUA_EMPTY
	};
	const cure = cureOf(uri);
	if (cure) return {
		name: cure.name,
		message: `${shown} ${cure.why}. Write ${quote(cure.mended)}.`,
		replacement: cure.mended
	};
	const parts = uri.split(/[ \t]+/).map(mendedUri);
	if (parts.length > 1 && !parts.includes(void 0)) return {
		name: "rua-separator",
		message: SEPARATOR,
		replacement: parts.join(",")
	};
	if (/[[({ ]at[\])} ]|\[email.{1,2}protected\]/i.test(uri)) return {
		name: "rua-obfuscated",
		message: `${shown} is an address that was hidden from robots, and reporters are robots. Write it out, with \`@\`.`
	};
	const scheme = URI.exec(uri)?.[1]?.toLowerCase();
	if (scheme === void 0) return {
		name: "rua-uri",
		message: `${shown} is no URI; \`,\` \`!\` \`;\` and blanks must be percent-encoded.`
	};
	if (scheme !== "mailto" && scheme !== "https") return {
		name: "rua-scheme",
		message: `Reports go to \`mailto:\` and \`https:\` addresses only, not to ${shown}: give one of these.`
	};
	return {
		name: "rua-address",
		message: `No report can reach ${shown}: it names no full ${scheme === "mailto" ? "mail address" : "host"}. Write it in full.`
	};
}
/** Whether it is a `tlsrpt-uri` that a report can be sent to. */
function isReachable(uri) {
	const scheme = URI.exec(uri)?.[1]?.toLowerCase();
	return scheme === "mailto" ? MAILBOX.test(uri) : scheme === "https" && HTTPS_HOST.test(uri);
}
/** Misspellings of an address that can mean one thing only: what to write for which stretch, and what is wrong. */
const CURES = [
	{
		name: "rua-scheme",
		find: /^(?=[^:]*$)/,
		write: "mailto:",
		why: "is an address without `mailto:`"
	},
	{
		name: "rua-scheme",
		find: /^(?!https?:)[A-Za-z-]+:(?=[^:/]*$)/,
		write: "mailto:",
		why: "has a scheme that is neither `mailto:` nor `https:`"
	},
	{
		name: "rua-uri",
		find: /^(mailto:)?<([^<>]*)>$/i,
		write: "$1$2",
		why: "stands in angle brackets"
	},
	{
		name: "rua-uri",
		find: /^mailto:(?:\/\/|[ \t]+)/i,
		write: "mailto:",
		why: "has something between `mailto:` and the address"
	},
	{
		name: "rua-uri",
		find: /![0-9]+[kmgt]?$/i,
		write: "",
		why: "ends in a limit of size, which DMARC has and TLSRPT has not"
	},
	{
		name: "rua-uri",
		find: /!/g,
		write: "%21",
		why: "holds a `!`, which must be written `%21`"
	}
];
/** The first cure that makes a report address of a text. */
function cureOf(uri) {
	return CURES.map(({ name, find, write, why }) => ({
		name,
		why,
		mended: uri.replace(find, write)
	})).find(({ mended }) => isReachable(mended));
}
/** A report address as it must be written, if there is no doubt which is meant. */
function mendedUri(uri) {
	return isReachable(uri) ? uri : cureOf(uri)?.mended;
}
/** How a piece opens that is, or was meant to be, a list of report addresses: `rua=`, `RUA =`, `rua:`, `rua mailto:…`. */
function ruaName({ text }) {
	return /^rua(?:[ \t]*[=:][ \t]*|[ \t]+(?=mailto:|https:))/i.exec(text)?.[0];
}

// src/model/span.ts
/** Where a file begins: the place of what is said about a file that cannot be shown. */
function startOf(side, path) {
	const point = {
		line: 1,
		column: 1,
		offset: 0
	};
	return {
		side,
		path,
		start: point,
		end: point
	};
}

// src/model/snapshot.ts
const linked = memo((sources) => groupedBy([...sources.values()].filter((source) => source.file !== source.path), (source) => source.file));
/** The texts that one file holds: its own, and the same under the names of symbolic links that lead to it. */
function textsIn({ sources }, file) {
	const own = sources.get(file);
	return [...own ? [own] : [], ...linked(sources).get(file) ?? []];
}
/** The text of the file that a place stands in, the configuration's included; undefined where it was not read. */
function sourceAt(snapshot, { side, path }) {
	const config = snapshot.configs?.[side]?.source;
	return textsIn(snapshot[side] ?? snapshot.head, path)[0] ?? (path === config?.path ? config : void 0);
}

// src/model/ignore.ts
const DAY = 864e5;
/** Whether an ignore still counts: on its last day it does (UTC). */
function isActive({ until }, now) {
	return until === void 0 || now.getTime() < until.getTime() + DAY;
}
/** Whether an ignore covers all that another one covers: the same rule and record, no fewer domains, no shorter time. */
function covers(wide, narrow) {
	if (wide.rule !== narrow.rule || recordOf(wide) !== recordOf(narrow)) return false;
	if (wide.domain !== void 0 && wide.domain !== narrow.domain) return false;
	return wide.until === void 0 || narrow.until !== void 0 && narrow.until <= wide.until;
}
function recordOf(ignore) {
	if (!("record" in ignore)) return "";
	const { owner, type, exchange = "" } = ignore.record;
	return `${owner} ${type} ${exchange}`;
}
/** A day as people write it: `2026-05-31`. */
function dayText(day) {
	return day.toISOString().slice(0, 10);
}
/** The day that a text names (`2027-01-31`), at its beginning in UTC; undefined for anything else, `2027-02-30` included. */
function dayOf(text) {
	if (!/^\d{4}-\d\d-\d\d$/.test(text)) return void 0;
	const day = /* @__PURE__ */ new Date(`${text}T00:00:00Z`);
	return Number.isNaN(day.getTime()) || dayText(day) !== text ? void 0 : day;
}

// src/model/nearest.ts
/** The known word that a misspelt one was most likely meant to be: at most a third of its letters differ, case aside. */
function nearest(word, known) {
	if (word.length > 64) return void 0;
	const allowed = Math.max(1, Math.floor(word.length / 3));
	return known.map((candidate) => ({
		candidate,
		far: distance(word.toLowerCase(), candidate)
	})).filter(({ far }) => far <= allowed).toSorted((a, b) => a.far - b.far)[0]?.candidate;
}

// src/parse/zone/parseZoneIgnores.ts
const MARK = Buffer.from("mta-sts-guard");
const FORM = "Write `; mta-sts-guard: ignore RULE until=2027-01-31 reason` on the record's line or the line before.";
/** Reads what the comments of a zone, and of the files that it includes, ask to be ignored; each stands at one record. */
function parseZoneIgnores(zone, rules) {
	const ignores = [];
	const problems = [];
	const sources = /* @__PURE__ */ new Set([zone.source, ...zone.records.map((record) => record.source)]);
	for (const source of sources) for (const { text, span, entry } of commentsIn(source)) {
		const read = readIgnore(text, rules);
		const records = entry ? recordsFrom(zone, source, entry.start) : [];
		if (typeof read === "string") problems.push({
			message: read,
			span
		});
		else if (records.length > 0) for (const record of records) ignores.push({
			...read,
			at: span,
			record: keyOf(record)
		});
		else if (!entry || !isLost(zone, source, entry)) problems.push({
			message: `${ASTRAY} ${FORM}`,
			span
		});
	}
	return {
		ignores,
		problems
	};
}
const ASTRAY = "This comment stands at no record, so it counts for nothing.";
/** Whether an entry could not be read, which is another finding's business. */
function isLost({ problems, unknown }, { path }, { start, end }) {
	return [...problems, ...unknown].some(({ span }) => span.path === path && start <= span.start.offset && span.start.offset < end);
}
/** What a record is, for comments that stand at it. */
function keyOf(record) {
	const { owner, type } = record;
	return {
		owner,
		type,
		exchange: type === "MX" ? exchange(record) : void 0
	};
}
function* commentsIn(source) {
	const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.length);
	let mark = bytes.indexOf(MARK);
	if (mark < 0) return;
	const scanner = new ZoneScanner(memory(source.bytes));
	for (let more = true; more && mark >= 0;) {
		more = scanner.next();
		const end = more ? scanner.end : bytes.length;
		const entry = more && scanner.count > 0 ? {
			start: scanner.tokenStart(0),
			end
		} : void 0;
		const above = [];
		for (; mark >= 0 && mark < end; mark = bytes.indexOf(MARK, mark + 1)) {
			const comment = commentAt(source, scanner, mark);
			if (!comment) continue;
			if (entry && mark > entry.start) yield {
				...comment,
				entry
			};
			else above.push(comment);
		}
		let line = entry ? source.point(entry.start).line : 0;
		for (const comment of above.toReversed()) {
			const isNext = comment.span.start.line === line - 1;
			if (isNext) line--;
			yield isNext ? {
				...comment,
				entry
			} : comment;
		}
	}
}
/** The comment that begins with our name at a place; undefined if that is the text of a record, or speaks of us in passing. */
function commentAt(source, scanner, mark) {
	const { bytes } = source;
	let from = source.lineStart(source.point(mark).line);
	for (let token = 0; token < scanner.count; token++) {
		const end = scanner.tokenEnd(token);
		if (scanner.tokenStart(token) > mark) break;
		from = Math.max(from, end);
	}
	const start = bytes.indexOf(59, from);
	if (start < 0 || start > mark || !/^[;\s]*$/.test(source.text(start, mark))) return void 0;
	const lineEnd = bytes.indexOf(10, mark);
	const text = source.text(mark, lineEnd < 0 ? bytes.length : lineEnd).trimEnd();
	if (!/^mta-sts-guard(?:\s*:|\s+ignore\b)/i.test(text)) return void 0;
	return {
		text,
		span: source.span(start, mark + Buffer.byteLength(text)),
		entry: void 0
	};
}
/** The records of a zone whose text begins at a place: more than one where a file is included more than once. */
function recordsFrom(zone, source, start) {
	const own = zone.records.filter((record) => record.source === source && !record.generated);
	if (zone.includes.filter(({ value }) => value === source.path).length > 1) return own.filter((record) => record.span.start.offset === start);
	let low = 0;
	let high = own.length;
	while (low < high) {
		const middle = low + high >> 1;
		if (own[middle].span.start.offset < start) low = middle + 1;
		else high = middle;
	}
	const found = own[low];
	return found?.span.start.offset === start ? [found] : [];
}
/** What a comment asks to be ignored, or what is wrong with it. */
function readIgnore(text, rules) {
	const words = /^mta-sts-guard\s*:\s*ignore(?:\s+(.*))?$/.exec(text)?.[1]?.trim();
	if (words === void 0) return `${quote(text)} is no comment that is known here. ${FORM}`;
	const [, rule = "", until, reason = ""] = /^(\S+)(?:\s+until=(\S*))?\s*(.*)$/.exec(words) ?? [];
	if (UNTOUCHABLE.includes(rule)) return `\`${rule}\` cannot be ignored: with it a change would pass that was not judged. Take this comment out.`;
	if (!Object.hasOwn(rules, rule)) {
		const meant = nearest(rule, Object.keys(rules));
		return `There is no rule ${quote(rule)}, so this comment counts for nothing.${meant === void 0 ? "" : ` Did you mean \`${meant}\`?`} ${FORM}`;
	}
	const day = until === void 0 ? void 0 : dayOf(until);
	if (until !== void 0 && !day) return `${quote(until)} is no date: write one like \`until=2027-01-31\`.`;
	if (reason === "") return `The comment does not say why ${quote(rule)} is ignored, so it counts for nothing. ${FORM}`;
	if (/\buntil\s*[=:]|^until\b/i.test(reason)) return `\`until=\` and a date stand right behind the rule, without blanks, or this would count for ever. ${FORM}`;
	return {
		rule,
		reason,
		...day ? { until: day } : {}
	};
}

// src/model/murkyFiles.ts
/** The files of a domain where a fault in one of them makes rules silent about it; empty where all is clear. */
function murkyFiles({ policy, zone }) {
	return policy && !readable(policy) || zone && zone.problems.length + zone.unknown.length > 0 ? [...policy ? [policy.source.path] : [], ...zone ? filesOf(zone) : []] : [];
}
/** Whether a rule sees a file that the others cannot read. */
function seesFaults(rule) {
	return /^(?:policy-|zone-syntax$)/.test(rule);
}

// src/model/rebasedEdit.ts
/**
* An edit of a text that `earlier` edits have made of a source, as one of the source itself; undefined where it touches what
* they wrote.
*/
function rebasedEdit({ at, newText }, earlier, source) {
	let shift = 0;
	for (const edit of inOrder(earlier)) {
		const start = edit.at.start.offset + shift;
		if (at.end.offset <= start) break;
		const written = encoder.encode(edit.newText).length;
		if (at.start.offset < start + written) {
			if (newText !== "") return void 0;
			return withoutLineBefore(source, at.start.offset - shift, edit, at.end.offset - start);
		}
		shift += written - (edit.at.end.offset - edit.at.start.offset);
	}
	return {
		at: source.span(at.start.offset - shift, at.end.offset - shift),
		newText
	};
}
/** The edit that takes out a line before an insertion whose first `reach` bytes, a line end, go with it: the line end before it does as well. */
function withoutLineBefore(source, start, { at, newText }, reach) {
	const from = start - reach;
	const lineEnd = /^\r?\n/.exec(newText)?.[0];
	if (lineEnd?.length !== reach || from < 0 || source.text(from, start) !== lineEnd) return void 0;
	return {
		at: source.span(from, at.start.offset),
		newText: ""
	};
}
/** Equal edits once, as they are applied. */
function inOrder(edits) {
	return [...new Map(edits.map((edit) => [`${edit.at.start.offset} ${edit.at.end.offset} ${edit.newText}`, edit])).values()].toSorted((a, b) => a.at.start.offset - b.at.start.offset);
}
const encoder = new TextEncoder();

// src/model/surplus.ts
/**
* Tells what mending leaves behind: of the findings `after`, those that are more than `before` had without the `mended` ones,
* told apart by their faults and never by their places.
*/
function surplusOver(before) {
	const known = byFault(before);
	return (mended, after) => {
		const cleared = byFault(mended);
		return [...byFault(after)].flatMap(([key, alike]) => alike.slice((known.get(key)?.length ?? 0) - (cleared.get(key)?.length ?? 0)));
	};
}
function byFault(findings) {
	return groupedBy(findings, ({ fingerprint }) => fault(fingerprint));
}

// src/model/rollout.ts
/** The policy that senders act on: readable, in mode testing or enforce, and not one of a view that they never see. */
function activePolicy(domain) {
	const policy = domain?.policy;
	if (!policy || domain.unseen || !readable(policy) || policy.mode.value === "none") return void 0;
	return policy;
}
/** The mode of a side; where its policy cannot be read, the last readable one of history (an unreadable mode is no change). */
function modeOf(domain, history) {
	const policy = domain?.policy;
	if (!policy) return void 0;
	if (readable(policy)) return policy.mode.value;
	return readablePasts(history).at(-1)?.mode;
}
/** The entries of a history whose policy is absent or can be read. */
function readablePasts(history) {
	return history.pasts.flatMap((past) => {
		if (!past.policy) return [{
			past,
			mode: void 0
		}];
		return readable(past.policy) ? [{
			past,
			mode: past.policy.mode.value
		}] : [];
	});
}
/** The unbroken run of testing with which a history ends, or undefined if it ends in another mode. */
function testingRun(history) {
	const pasts = readablePasts(history);
	let at = pasts.length;
	while (at > 0 && pasts[at - 1]?.mode === "testing") at--;
	if (at === pasts.length) return void 0;
	const begins = at > 0 || history.complete;
	const first = pasts[at]?.past;
	return {
		since: begins ? first?.moment : void 0,
		before: pasts[at - 1],
		pasts: history.pasts.slice(first && history.pasts.indexOf(first))
	};
}
/** Whether a domain was in testing since its policy last was absent or none; undefined if the history does not reach back. */
function hasTested(history) {
	const pasts = readablePasts(history);
	for (let at = pasts.length - 1; at >= 0; at--) {
		const mode = pasts[at]?.mode;
		if (mode === "testing") return true;
		if (mode === void 0 || mode === "none") return false;
	}
	return history.complete ? false : void 0;
}

// src/model/address.ts
const lists = [
	["10.0.0.0/8", "private (RFC 1918)"],
	["172.16.0.0/12", "private (RFC 1918)"],
	["192.168.0.0/16", "private (RFC 1918)"],
	["100.64.0.0/10", "shared by customers of one provider (RFC 6598)"],
	["0.0.0.0/8", "the machine itself (RFC 6890 §2.2)"],
	["127.0.0.0/8", "the machine itself (RFC 6890 §2.2)"],
	["169.254.0.0/16", "link-local (RFC 3927)"],
	["192.0.2.0/24", "for documentation only (RFC 5737)"],
	["198.51.100.0/24", "for documentation only (RFC 5737)"],
	["203.0.113.0/24", "for documentation only (RFC 5737)"],
	["::/127", "the machine itself (RFC 6890 §2.2)"],
	["fc00::/7", "private (RFC 4193)"],
	["fe80::/10", "link-local (RFC 4291)"],
	["2001:db8::/32", "for documentation only (RFC 3849)"],
	["3fff::/20", "for documentation only (RFC 9637)"]
].map(([subnet, range]) => {
	const [network = "", prefix] = subnet.split("/");
	const list = new BlockList();
	list.addSubnet(network, Number(prefix), family(network));
	return {
		list,
		range
	};
});
/** Why nobody on the Internet reaches an address of an A or AAAA record; undefined if nothing speaks against it. */
function unreachable(address) {
	return lists.find(({ list }) => list.check(address, family(address)))?.range;
}
/** Whether a range is one that somebody chose for documents, not for a network. */
function isDocumentation(range) {
	return range.startsWith("for documentation");
}
/** Whether a zone is a view for inside: it has addresses, and each is private, loopback or link-local. */
const isInternal = memo((zone) => {
	const addresses = zone.records.filter(({ type }) => type === "A" || type === "AAAA");
	return addresses.length > 0 && addresses.every(({ rdata }) => {
		const range = unreachable(rdata);
		return range !== void 0 && !isDocumentation(range);
	});
});
function family(address) {
	return isIPv6(address) ? "ipv6" : "ipv4";
}

// src/model/besides.ts
/**
* The records beside a CNAME that may not be there (RFC 1034 §3.6.2). What DNSSEC puts there is allowed (RFC 4034 §3 and §4,
* RFC 3007 §3.1); the same line twice is one record.
*/
function besides(zone, cname) {
	return recordsAt(zone, cname.owner).filter(({ type, rdata }) => ![
		"RRSIG",
		"NSEC",
		"KEY",
		"SIG",
		"NXT"
	].includes(type) && (type !== "CNAME" || rdata !== cname.rdata));
}

// src/model/caa.ts
/**
* The CAA records that count for a host: those at the name or the nearest above it that has any, CNAMEs followed at each
* (RFC 8659 §3). Undefined where the way up meets what is not in the repository or could not be read.
*/
function relevantCaa(zone, zones, host) {
	for (let at = host; at !== "."; at = parent(at)) {
		const here = isWithin(at, apex(zone)) ? zone : zones.of(at);
		if (!here) return void 0;
		const { presence, records } = lookup(here, zones, at, "CAA");
		if (presence === "present") return records.some(({ owner }) => isPartial(zones, owner)) ? void 0 : records;
		if (presence !== "absent") return void 0;
	}
}
function isPartial(zones, owner) {
	return zones.viewsOf(owner).some((view) => mayHoldMore(view, owner));
}
/** What a CAA record says. */
function caaProperty({ rdata }) {
	const [, tag, value] = /^\d+ (\S+) "(.*)"$/s.exec(rdata) ?? [];
	if (tag === void 0 || value === void 0) return void 0;
	return {
		tag: tag.toLowerCase(),
		issuer: value.replace(/;.*$/s, "").trim()
	};
}

// src/model/duration.ts
const UNITS$1 = [
	["day", 86400],
	["hour", 3600],
	["minute", 60],
	["second", 1]
];
/** Seconds as people say them, in the two largest units: `7 days`, `1 day 12 hours`. */
function duration(seconds) {
	const parts = [];
	let rest = Math.round(seconds);
	for (const [unit, size] of UNITS$1) {
		const count = Math.floor(rest / size);
		if (count === 0) continue;
		parts.push(`${count} ${unit}${count === 1 ? "" : "s"}`);
		rest -= count * size;
	}
	return parts.length === 0 ? "0 seconds" : parts.slice(0, 2).join(" ");
}
/** A moment as a date and time that everybody reads alike: `2026-06-15 12:00 UTC`. */
function moment(date) {
	return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

// src/model/lineEnd.ts
/** The line end that a file uses: CRLF if it stands anywhere in it. */
const lineEnd = memo((source) => source.text().includes("\r\n") ? "\r\n" : "\n");

// src/model/addMxEdit.ts
/** The edit that adds `mx` lines after the last one (or after the mode), in the file's own line ends. */
function addMxEdit(policy, patterns) {
	const last = policy.fields.findLast((field) => field.name.value === "mx") ?? policy.fields.findLast((field) => field.name.value === "mode");
	const { source } = policy;
	const end = last?.span.end.offset ?? source.bytes.length;
	return {
		at: source.span(end, end),
		newText: patterns.map((pattern) => `${lineEnd(source)}mx: ${pattern}`).join("")
	};
}

// src/model/policyEdit.ts
/** Where to point at what a policy lacks: its first field. */
function beginning(policy) {
	return policy.fields[0]?.span ?? policy.source.span(0, 0);
}
/** The edit that adds a line before the first field, in the file's own line ends. */
function insertFirst(policy, line) {
	const { start } = beginning(policy);
	return {
		at: policy.source.span(start.offset, start.offset),
		newText: `${line}${lineEnd(policy.source)}`
	};
}
/** The edit that removes a field's line with its line end. */
function removeLine({ source }, { span }) {
	const { offset: end } = span.end;
	const lineEnding = /^\r?\n/.exec(source.text(end, end + 2))?.[0] ?? "";
	return {
		at: source.span(span.start.offset, end + lineEnding.length),
		newText: ""
	};
}

// src/model/mxLine.ts
/** The hosts that no other pattern of a policy allows than this one, or none at all. */
function leftWithout(policy, { value }, hosts) {
	const others = policy.mx.filter((other) => other.value !== value);
	return hosts.filter((host) => !others.some((other) => matches(other.value, host)));
}
/** The edits that put other patterns in the place of one, each on a line of its own; none removes every line of it. */
function replaceMx(policy, { value, span }, patterns) {
	const lines = policy.fields.filter((field) => field.name.value === "mx" && field.value.value.toLowerCase() === value);
	const written = new Set(policy.mx.map((other) => other.value));
	const fresh = patterns.filter((pattern) => !written.has(pattern));
	if (fresh.length === 0) return lines.map((field) => removeLine(policy, field));
	return [{
		at: span,
		newText: fresh.join(`${lineEnd(policy.source)}mx: `)
	}];
}

// src/model/listed.ts
/** Names in a sentence, the first few of many: `a, b and c`. */
function listed(names) {
	const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
	return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}` : shown.join("");
}

// src/model/maxAge.ts
/** The shortest `max_age`, in seconds, with which every sender takes a policy that enforces; Gmail ignores a shorter one. */
const SHORTEST_MAX_AGE = 86400;
/** The longest `max_age`, in seconds, for a policy that is still being tried out: 30 days. */
const LONGEST_TRIED_OUT = 2592e3;
/** The longest `max_age`, in seconds, that suits a policy: less while it is in testing and when it begins to enforce. */
function longestMaxAge(change) {
	return change.head?.mode?.value === "testing" || beginsToEnforce(change) ? LONGEST_TRIED_OUT : MAX_AGE_LIMIT;
}
/** A mode that could not be read may have been any, so leaving it is no step. */
function beginsToEnforce({ base, head, sharing }) {
	if (head?.mode?.value !== "enforce") return false;
	return (base ? [base] : sharing.base.flatMap(({ policy }) => policy ?? [])).every(({ mode }) => mode !== void 0 && mode.value !== "enforce");
}
const UNITS = {
	s: 1,
	sec: 1,
	second: 1,
	min: 60,
	minute: 60,
	h: 3600,
	hour: 3600,
	d: 86400,
	day: 86400,
	w: 604800,
	week: 604800
};
/** The seconds that a malformed `max_age` plainly means (`7d`, `604,800`, `"86400"`), cut to `longest`. */
function mendedMaxAge(text, longest = MAX_AGE_LIMIT) {
	const found = /^["'+]{0,2}([0-9]{1,20}|[0-9]{1,3}(?:[,_' ][0-9]{3}){1,4})[ \t]{0,9}([a-z]{0,7})["',;.]{0,2}(?:\s#.*)?$/i.exec(text);
	if (!found) return void 0;
	const unit = (found[2] ?? "").toLowerCase();
	const size = unit === "" ? 1 : UNITS[unit] ?? UNITS[unit.replace(/s$/, "")];
	if (size === void 0) return void 0;
	return Math.min(Number((found[1] ?? "").replace(/[^0-9]/g, "")) * size, longest);
}

// src/model/mendedValue.ts
/** The legal values that a field's text plainly means, itself if it is legal; undefined where that takes a guess. */
function mendedValue(field, text, change) {
	if (field === "mx") return isMxPattern(text) ? [text] : mendedMx(text);
	const mended = single(field, text, change);
	return mended === void 0 ? void 0 : [String(mended)];
}
function single(field, text, change) {
	if (field === "version") return "STSv1";
	return field === "mode" ? mendedMode(text) : mendedMaxAge(text, longestMaxAge(change));
}
/** The mode that a text means without quotes, a closing comma or semicolon, a remark behind `#`, and the upper case. */
function mendedMode(text) {
	const bare = /^["'\s]*([A-Za-z]+)["',;.\s]*(?:#.*)?$/.exec(text)?.[1]?.toLowerCase();
	return bare === "enforce" || bare === "testing" || bare === "none" ? bare : void 0;
}

// src/model/placeholder.ts
/** Names that stand for others in documentation and never exist (RFC 2606 §2, §3; RFC 6761 §6). */
const RESERVED$1 = [
	"example.com.",
	"example.net.",
	"example.org.",
	"example.",
	"test.",
	"invalid.",
	"localhost."
];
/** An expression that a template engine was to replace: `{{ x }}`, `${x}`, `%{x}`, `<%= x %>`. */
const EXPRESSION = /\{\{|\$\{|%\{|<%/;
/** A word that somebody or some script was to replace: `PRIMARY_HOSTNAME`, `MODE`, `[mx]`, and `.` for no host yet. */
const WORD = /^(?:[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+|MODE|\[[A-Za-z][A-Za-z _-]*\]|\.)$/;
/**
* Whether a value of a policy stands in for one that was never filled in. A name for documentation is none in the policy of a
* domain that has such a name itself, of an unknown domain, or where it is the name of one of `hosts`, the domains' MX hosts.
*/
function isPlaceholder$1(value, domains, hosts) {
	if (EXPRESSION.test(value) || WORD.test(value)) return true;
	const known = domains.length > 0 && !domains.some(isReserved$1);
	const isYours = domains.some(saysYourDomain);
	return value.split(/[\s,;]+/).some((word) => {
		const name = nameOf(word.replace(/^\*\./, ""));
		if (!(known && isReserved$1(name) || !isYours && saysYourDomain(name))) return false;
		return !hosts.some((host) => matches(word, host));
	});
}
/** A word alone is no name of a host: `mode: test` is wrong for another reason. */
function isReserved$1(name) {
	return labels(name).length > 1 && RESERVED$1.some((reserved) => isWithin(name, reserved));
}
function saysYourDomain(name) {
	return labels(name).some((label) => /^your[-_]?domain$/.test(label));
}

// src/model/respelling.ts
/** The fix that puts a problem's replacement in its place; undefined where it has none or no edit can aim at the record. */
function respelling(record, problem, change) {
	const { replacement, span } = problem;
	if (replacement === void 0 || record.generated) return void 0;
	return {
		title: replacement === "" ? "Remove what is too much" : `Write ${quote(replacement)}`,
		edits: [{
			at: span,
			newText: replacement
		}, ...serialEdits(change.zone)]
	};
}
/** The values that tell a problem of a record from others; one of the whole record stays the same whatever else it says. */
function compared({ txt }, { fault, text }) {
	return text === txt?.value ? [fault] : [fault, text];
}

// src/model/unquoted.ts
/**
* `*(delim field) [delim]` behind a version, as RFC 8461 §3.1 and RFC 8460 §3 have it; the URIs of `rua` may hold a `=` and
* stand in a list. A remark behind it stays one.
*/
const FIELDS = /^(?:[ \t]*;[ \t]*(?:rua=[\x21-\x2b\x2d-\x3a\x3c-\x7e]+(?:[ \t]*,[ \t]*[\x21-\x2b\x2d-\x3a\x3c-\x7e]+)*|[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[\x21-\x3a\x3c\x3e-\x7e]+))+(?:[ \t]*;(?=[ \t]*$))?/;
/** The fields that a comment swallowed, where nothing but an unquoted `v=…1` is left of a record. */
function swallowed(record, version) {
	if (record.generated || record.rdata !== `"${version}"` || record.txt?.quoted !== false) return void 0;
	const { source, rdataSpan } = record;
	const { line, offset: end } = rdataSpan.end;
	const rest = source.text(end, source.lineStart(line + 1)).trimEnd();
	const fields = FIELDS.exec(rest)?.[0];
	if (fields === void 0) return void 0;
	return {
		span: source.span(rdataSpan.start.offset, end + fields.length),
		meant: `${version}${fields.trimStart()}`
	};
}

// src/model/loosening.ts
const RANK = {
	off: 0,
	notice: 1,
	warning: 2,
	error: 3
};
/** From the strictest on. */
const FAIL_ON = [
	"notice",
	"warning",
	"error",
	"never"
];
/** Likewise: who may accept a risk. */
const ACCEPT_RISK = [
	"never",
	"admin",
	"maintain",
	"write"
];
/** Where `head` judges less strictly than `base`; an absent file stands for the defaults, and ignores are not looked at. */
function* loosenings(base, head, rules) {
	const [before, after] = [base?.config ?? DEFAULT_CONFIG, head?.config ?? DEFAULT_CONFIG];
	const told = (effect, key, ...values) => {
		const at = head?.place(key) ?? base?.place(key);
		return at ? [{
			effect,
			at,
			values: [key.filter((step) => typeof step === "string").join("."), ...values]
		}] : [];
	};
	for (const [id, { severity: usual }] of Object.entries(rules)) {
		const [old, now] = [before.severities.get(id) ?? usual, after.severities.get(id) ?? usual];
		if (RANK[now] < RANK[old]) yield* told(`findings of \`${id}\` are ${severityText(now)}; now they are ${severityText(old)}.`, ["rules", id], old, now);
	}
	const [failed, fails] = [before.failOn ?? "error", after.failOn ?? "error"];
	if (FAIL_ON.indexOf(fails) > FAIL_ON.indexOf(failed)) yield* told(`the check ${failText(fails)}; now it ${failText(failed)}.`, ["fail-on"], failed, fails);
	const [needed, needs] = [before.bot.acceptRisk, after.bot.acceptRisk];
	if (ACCEPT_RISK.indexOf(needs) > ACCEPT_RISK.indexOf(needed)) yield* told(`everybody with the role \`${needs}\` may accept a risk; now ${needed === "never" ? "nobody may" : `it takes \`${needed}\``}.`, ["bot", "accept-risk"], needed, needs);
	const [long, short] = [before.rollout.minTestingDays, after.rollout.minTestingDays];
	if (short < long) yield* told(`a domain may enforce its policy after ${short === 1 ? "1 day" : `${short} days`} of testing; now it takes ${long}.`, ["rollout", "min-testing-days"], String(long), String(short));
	for (const [index, name] of after.rollout.enforcedElsewhere.entries()) if (!before.rollout.enforcedElsewhere.includes(name)) yield* told(`${display(name)} may enforce its policy without a testing phase in this repository.`, [
		"rollout",
		"enforced-elsewhere",
		index
	], name);
	for (const key of ["zones", "policies"]) {
		const kept = new Set(after[key].map((entry) => JSON.stringify(entry)));
		for (const [index, entry] of before[key].entries()) {
			const at = base?.place([key, index]);
			if (!at || kept.has(JSON.stringify(entry))) continue;
			yield {
				effect: `nothing says any more that ${quote(entry.path)} names ${key}${namesText(entry)}, so they may go unread.`,
				at,
				values: [key, JSON.stringify(entry)]
			};
		}
	}
}
function severityText(severity) {
	return severity === "off" ? "not shown" : `${severity}s`;
}
function failText(level) {
	return level === "never" ? "never fails" : `fails from \`${level}\` on`;
}
function namesText({ origin, domains = [] }) {
	const names = origin === void 0 ? domains : [origin];
	return names.length === 0 ? "" : ` of ${names.map(display).join(", ")}`;
}

// src/model/tlsrptRecord.ts
/** Whether a problem is about the addresses that reports go to, and not about how the record is spelled. */
function isAboutRua({ fault }) {
	return fault.startsWith("rua-") && fault !== "rua-spelling";
}
/** Domains for documentation (RFC 2606 §3), which no report reaches. */
const RESERVED = [
	"example.com.",
	"example.net.",
	"example.org."
];
/** Whether a report URI stands in for one that was never filled in; a domain for documentation may report to another one. */
function isPlaceholder(uri, domain) {
	if (/\byour[-_]?(?:domain|company|email|name|address|host)\b/i.test(uri)) return true;
	const host = /^mailto:[^@?]*@([^?]*)/i.exec(uri)?.[1] ?? /^https:\/\/(?:[^@/?#]*@)?([^/?#:]*)/i.exec(uri)?.[1] ?? "";
	return isReserved(nameOf(host)) && !isReserved(domain) && !labels(domain).includes("example");
}
function isReserved(name) {
	return RESERVED.some((reserved) => isWithin(name, reserved));
}

// src/model/survey.ts
/** The files that were not read, each once, by the first of its lines that says so. */
function skippedFiles({ skipped }) {
	return [...new Map(skipped.toReversed().map((file) => [file.path, file])).values()].toReversed();
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

// src/model/mendedFiles.ts
/** The files of head in which a snapshot differs from what fixes made of it, each once, whatever links lead to it. */
function mendedFiles({ head }, { head: fixed }) {
	const changed = [...fixed.sources.values()].filter((source) => source !== head.sources.get(source.path));
	return [...new Set(changed.map((source) => source.file))].map((path) => ({
		path,
		before: textsIn(head, path)[0]?.bytes ?? /* @__PURE__ */ new Uint8Array(),
		after: textsIn(fixed, path)[0]?.bytes ?? /* @__PURE__ */ new Uint8Array()
	}));
}

// src/render/jsonText.ts
/** A document as JSON; a runner takes `##[` anywhere in a line for a command, and here it can only stand inside a string. */
function jsonText(document, indent) {
	return JSON.stringify(document, void 0, indent).replaceAll("##[", "#\\u0023[");
}

// src/model/group.ts
/** What rules are about, in the order of every list of them, with a title each. */
const GROUPS = {
	record: "The `_mta-sts` record",
	policy: "The policy file",
	mx: "The policy against the MX records",
	rollout: "What a change does to senders",
	"tls-rpt": "The TLSRPT record",
	host: "The host that serves the policy",
	zone: "The zone file",
	run: "The run itself"
};
/** Rules group by group, each group's in the order they came; groups without any are left out. */
function byGroup(rules) {
	const all = [...rules];
	return Object.keys(GROUPS).map((group) => [group, all.filter(([, rule]) => rule.group === group)]).filter(([, members]) => members.length > 0);
}

// src/model/policyAlone.ts
/** A policy with nothing known around it: no domain, no zone, no history, no clock. */
function policyAlone(policy) {
	return {
		base: policy,
		head: policy,
		domains: [],
		sharing: {
			base: [],
			head: []
		},
		mayBeElsewhere: false,
		isConfigured: false,
		rivals: [],
		neighbours: [],
		moment: {
			now: /* @__PURE__ */ new Date(0),
			head: /* @__PURE__ */ new Date(0)
		}
	};
}

export { parseTlsrptRecord as $, intendedField as $t, caaProperty as A, readName as At, surplusOver as B, mxFault as Bt, beginning as C, labels as Cn, readNginxConf as Ct, lineEnd as D, groupedBy as Dn, parseZone as Dt, addMxEdit as E, under as En, readCaddyfile as Et, unreachable as F, LARGEST_POLICY as Ft, nearest as G, fieldsNamed as Gt, murkyFiles as H, allowsAny as Ht, activePolicy as I, parsePolicy as It, dayText as J, matches as Jt, covers as K, firstDifference as Kt, hasTested as L, isMeantFor as Lt, besides as M, className as Mt, isDocumentation as N, typeName as Nt, duration as O, Source as On, looksLikeZone as Ot, isInternal as P, aLabels as Pt, startOf as Q, FIELD_NAMES as Qt, modeOf as R, isMxPattern as Rt, replaceMx as S, isWithin as Sn, readNsdConf as St, removeLine as T, parent as Tn, readKnotConf as Tt, seesFaults as U, covers$1 as Ut, rebasedEdit as V, MAX_AGE_LIMIT as Vt, parseZoneIgnores as W, difference as Wt, sourceAt as X, patterns as Xt, isActive as Y, meaning as Yt, textsIn as Z, readable as Zt, SHORTEST_MAX_AGE as _, recordsAt as _n, serialEdits as _t, mendedFiles as a, lookup as an, misnamedTlsrptRecords as at, listed as b, display as bn, POLICY_PATH as bt, isAboutRua as c, exchange as cn, newId as ct, swallowed as d, mxHosts as dn, unusedIdEdits as dt, isFieldName as en, parseStsRecord as et, compared as f, preference as fn, changedRecords as ft, mendedValue as g, mayHoldMore as gn, recordDifference as gt, mendedMode as h, filesOf as hn, nextSerial as ht, jsonText as i, isAbsent as in, misnamedTlsrptByDomain as it, relevantCaa as j, viewOf as jt, moment as k, ZoneParser as kt, isPlaceholder as l, isMeant as ln, newIdEdits as lt, isPlaceholder$1 as m, usesSts as mn, isToolManaged as mt, GROUPS as n, apex as nn, misnamedByDomain as nt, logSafe as o, announced as on, renaming as ot, respelling as p, stsRecord as pn, compareSerials as pt, dayOf as q, lacks as qt, byGroup as r, belowCut as rn, misnamedStsRecords as rt, skippedFiles as s, candidate as sn, idOf as st, policyAlone as t, Zones as tn, isDoubled as tt, loosenings as u, knowAllMx as un, pastsWithId as ut, longestMaxAge as v, soa as vn, serialOf as vt, insertFirst as w, nameOf as wn, readNamedConf as wt, leftWithout as x, isWildcard as xn, sitePath as xt, mendedMaxAge as y, memo as yn, POLICY_FILES as yt, testingRun as z, mendedMx as zt };