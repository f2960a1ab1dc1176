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

// src/model/zone.ts
/** The files a zone is made of. */
function filesOf(zone) {
	return [zone.source.path, ...zone.includes.map((include) => include.value)];
}
/** The records at a name, of one type or of all. */
function recordsAt(zone, owner, type) {
	const found = index(zone).get(owner) ?? [];
	return type === void 0 ? found : found.filter((record) => record.type === type);
}
/** The zone's SOA record (RFC 1035 §3.3.13): the first one. */
function soa(zone) {
	return zone.records.find((record) => record.type === "SOA");
}
/** Whether records may stand at a name that were not read: a broken line, a missing include, another server's type. */
function mayHoldMore(zone, owner) {
	return zone.problems.some((problem) => problem.lost === "file" || problem.owner === void 0 || problem.owner === owner) || zone.unknown.some((line) => line.owner === void 0 || line.owner === owner);
}
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

// src/model/fieldName.ts
const FIELD_NAMES = [
	"version",
	"mode",
	"max_age",
	"mx"
];
/** Words of their own that are short enough to look like a slip of the pen: fields of other records, and a remark. */
const OTHERS$1 = /* @__PURE__ */ new Set([
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
	if (isFieldName(name) || OTHERS$1.has(lower)) return void 0;
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
/** The first of the policy's patterns that allows an MX host (RFC 8461 §4.1). */
function covers(policy, host) {
	const [exact, star] = [display(host), `*.${labels(host).slice(1).join(".")}`].map((pattern) => patterns(policy).get(pattern));
	return exact && star ? exact.span.start.offset < star.span.start.offset ? exact : star : exact ?? star;
}
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
/** Whether senders can read it at all: a version and a mode. */
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
	return mended.length > 0 && mended.every(isMxPattern) ? mended : void 0;
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

// src/model/quote.ts
/** Long enough for a host name and its context, short enough for one line of a comment. */
const LONGEST = 80;
/** What would change how the text around it is shown: controls, line ends, bidi marks, odd blanks, the closing quote. */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}`]|[^\S ]/gu;
/** A stranger's text as a message may hold it: in backquotes, on one line, clipped, with nothing invisible in it. */
function quote(text) {
	const points = Array.from(text.slice(0, 162));
	return `\`${(points.length > LONGEST ? `${points.slice(0, LONGEST).join("")}…` : text).replace(UNSHOWN, codePoint)}\``;
}
/** A character that cannot be shown, by its number: `U+200E`. */
function codePoint(character) {
	return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
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
function contents(zone) {
	return new Map((zone?.records ?? []).map((record) => [canonical(record), record]));
}
function canonical(record) {
	const rdata = record.type === "SOA" ? record.fields.toSpliced(2, 1).map((field) => field.value).join(" ") : record.rdata;
	return `${record.owner} ${record.ttl} ${record.class} ${record.type} ${rdata}`;
}
/** The records that stand in only one of two zones: `gone` in base, `come` in head; no zone holds none. */
function recordDifference(base, head) {
	if (base === head) return {
		gone: [],
		come: []
	};
	const before = contents(base);
	const after = contents(head);
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

// src/model/mailDomain.ts
/** The one record that senders would read (RFC 8461 §3.1), if exactly one counts; undefined otherwise. */
function stsRecord(domain) {
	const counting = domain.sts.records.filter((record) => record.counts);
	return counting.length === 1 ? counting[0] : void 0;
}
/** The preference of an MX record, its first field (RFC 1035 §3.3.9). */
function preference(mx) {
	return Number(mx.rdata.slice(0, mx.rdata.indexOf(" ")));
}
/** The exchange of an MX record, its second field. */
function exchange(mx) {
	return mx.rdata.slice(mx.rdata.indexOf(" ") + 1);
}
/** The MX hosts of some domains, each once. */
function mxHosts$1(domains) {
	return [...new Set(domains.flatMap(({ mx }) => mx.map(exchange)))];
}

// src/model/misnamed.ts
/** Names that stand in for `_mta-sts` in real zones. */
const MISSPELT = [
	"mta-sts",
	"_mts-sta",
	"_mta_sts",
	"_mtasts",
	"_sts",
	"_mta-sts._tcp"
];
/** The records of a zone that begin `v=STSv1` at a name that RFC 8461 §3.1 does not give them. */
const misnamedStsRecords = memo((zone) => zone.records.flatMap((record) => {
	if (record.type !== "TXT" || !record.rdata.replaceAll("\" \"", "").startsWith("\"v=STSv1")) return [];
	const meantFor = domainMeant(zone, record.owner);
	return meantFor === void 0 ? [] : [{
		record,
		meantFor
	}];
}));
/** The same by the domain that each was meant for. */
const misnamedByDomain = memo((zone) => groupedBy(misnamedStsRecords(zone), ({ meantFor }) => meantFor));
function domainMeant(zone, owner) {
	if (owner.startsWith("_mta-sts.") && !owner.startsWith("_mta-sts._tcp.")) return doubled(zone, owner);
	const prefix = MISSPELT.find((misspelt) => owner.startsWith(`${misspelt}.`));
	if (prefix !== void 0) return owner.slice(prefix.length + 1);
	return isMailDomain(zone, owner) ? owner : void 0;
}
/** `_mta-sts.D.D.`: a name written in full without its final dot, so that the origin was added once more (RFC 1035 §5.1). */
function doubled(zone, owner) {
	const domain = owner.slice(9);
	const apex = soa(zone)?.owner ?? zone.origin;
	const parts = labels(domain);
	const written = `${parts.slice(0, parts.length - labels(apex).length).join(".")}.`;
	return isWithin(domain, apex) && apex !== "." && written !== "." && isWithin(written, apex) ? written : void 0;
}
/** Text about MTA-STS may stand at any name; only where mail arrives was it surely meant as the record. */
function isMailDomain(zone, owner) {
	return owner === (soa(zone)?.owner ?? zone.origin) || recordsAt(zone, owner, "MX").length > 0 || recordsAt(zone, under("_mta-sts", owner)).length > 0;
}

// src/model/finding.ts
const RANK = {
	notice: 1,
	warning: 2,
	error: 3
};
/** Whether `a` is a higher severity than `b`. */
function outranks(a, b) {
	return RANK[a] > RANK[b];
}
/** A fingerprint without the number that tells findings apart which say the same. */
function fault$1(fingerprint) {
	return fingerprint.replace(/-\d+$/, "");
}
/** A finding that offers nothing to apply. */
function withoutFix(finding) {
	return {
		...finding,
		fix: void 0
	};
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
	const id = idOf(change.head);
	const before = idOf(change.base);
	if (!id || before && before.value !== id.value || change.head && stsRecord(change.head)?.record.generated) return [];
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
	const ids = new Set([idOf(change.base)?.value, idOf(change.head)?.value].filter((id) => id !== void 0));
	const owner = (change.head && stsRecord(change.head)?.record.owner) ?? "";
	for (const { zone } of change.history.pasts) for (const record of zone ? recordsAt(zone, owner, "TXT") : []) {
		const id = /;\s*id=([A-Za-z0-9]+)/.exec(record.txt?.value ?? "")?.[1];
		if (id !== void 0) ids.add(id);
	}
	return ids;
}

// src/rules/withSoundFixes.ts
/**
* Takes away the fixes that would not clear their finding, or that would bring one that was not there; where that one has a
* fix of its own - a mended policy needs a new id - both become one. Each is tried by itself if that is affordable, else
* in halves, so that a thousand do not take a thousand trials; what was not tried is taken away.
*/
function withSoundFixes(findings, affordable, trial) {
	const present = findings.filter((finding) => finding.status !== "fixed");
	const known = counted(present);
	const sound = /* @__PURE__ */ new Map();
	let trials = 0;
	/** What fixes leave behind that was not there, the findings themselves among it; undefined if they cannot be tried. */
	const left = (group, fixes) => {
		const after = trials++ < affordable ? trial(fixes) : void 0;
		if (!after) return void 0;
		const cleared = counted(group);
		const may = (finding) => (known.get(fault$1(finding.fingerprint)) ?? 0) - (cleared.get(fault$1(finding.fingerprint)) ?? 0);
		return [...groupedBy(after, (finding) => fault$1(finding.fingerprint)).values()].flatMap((alike) => alike.slice(may(alike[0])));
	};
	const isSound = (group) => {
		const fixes = group.map(({ fix }) => fix);
		const more = left(group, fixes);
		if (!more) return false;
		const whole = more.length === 0 ? fixes : joined(fixes, more);
		if (!whole || whole !== fixes && left(group, whole)?.length !== 0) return false;
		for (const [index, finding] of group.entries()) sound.set(finding, whole[index]);
		return true;
	};
	const sift = (group, together) => {
		if (group.length === 0 || trials >= affordable) return;
		if ((together || group.length === 1) && isSound(group)) return;
		if (group.length === 1) return;
		const middle = together ? group.length >> 1 : 1;
		sift(group.slice(0, middle), together);
		sift(group.slice(middle), together);
	};
	const fixable = present.filter((finding) => finding.fix !== void 0);
	sift(fixable, 2 * fixable.length > affordable);
	return findings.map((finding) => {
		const fix = sound.get(finding);
		return fix ? {
			...finding,
			fix
		} : withoutFix(finding);
	});
}
function counted(findings) {
	return new Map([...groupedBy(findings, (finding) => fault$1(finding.fingerprint))].map(([key, alike]) => [key, alike.length]));
}
/** The fixes with those of the findings that they bring; undefined if one has none, or edits the same file. */
function joined(fixes, brought) {
	const byPath = groupedBy(fixes.flatMap((fix) => fix.edits.map((edit) => ({
		path: edit.at.path,
		fix
	}))), ({ path }) => path);
	const more = /* @__PURE__ */ new Map();
	for (const { at, related = [], fix } of brought) {
		if (!fix || fix.edits.some((edit) => byPath.has(edit.at.path))) return void 0;
		const causes = [at, ...related.map((other) => other.at)].flatMap(({ path }) => byPath.get(path) ?? []);
		if (causes.length === 0) return void 0;
		for (const cause of new Set(causes.map((entry) => entry.fix))) more.set(cause, [...more.get(cause) ?? [], ...fix.edits]);
	}
	return fixes.map((fix) => ({
		...fix,
		edits: [...fix.edits, ...more.get(fix) ?? []]
	}));
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
	return {
		since: at > 0 || history.complete ? pasts[at]?.past.moment : void 0,
		before: pasts[at - 1]
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

// src/rules/enforce-without-testing.ts
var enforce_without_testing_default = {
	group: "rollout",
	summary: "The policy enforces without a testing phase, so the first mistake loses mail",
	severity: "error",
	references: ["RFC 8461 §5", "RFC 8461 §8.1"],
	since: "0.1.0",
	*domain(change) {
		const { head, base, history } = change;
		const mode = head?.policy?.mode;
		if (mode?.value !== "enforce" || modeOf(base, history) === "enforce" || hasTested(history) !== false) return;
		const whose = head?.name === void 0 ? "The policy" : `The policy of ${display(head.name)}`;
		const severity = severityOf(change);
		yield {
			message: `${whose} goes straight to \`enforce\`: senders will refuse to deliver to every MX host that is not listed, or whose certificate does not fit (RFC 8461 §5), and nobody has seen a report yet that would show it. Start with \`mode: testing\`, read the TLS reports for two weeks, then enforce.` + (severity === "error" ? "" : " If this policy was already in force elsewhere, nothing needs to be done."),
			at: mode.span,
			severity,
			values: [],
			fix: severity === "error" ? {
				title: "Start in mode testing",
				edits: [{
					at: mode.span,
					newText: "testing"
				}, ...newIdEdits(change)]
			} : void 0
		};
	}
};
/** A policy that may be an import from another place is no first publication. */
function severityOf({ base, head, zone }) {
	if (base?.policy) return "error";
	if (zone.head && !zone.base) return "notice";
	const before = base?.sts.presence;
	if (before === "present" || base?.sts.cname || before === "delegated") return "warning";
	return head?.sts.presence === "unknown" || head?.sts.presence === "delegated" ? "warning" : "error";
}

// node_modules/dns-zonefile/lib/zonefile.js
const defaultTemplate = `; Zone: {zone}
; Exported  (yyyy-mm-ddThh:mm:ss.sssZ): {datetime}

{$origin}
{$ttl}

; SOA Record
{name} {ttl}	IN	SOA	{mname}{rname}(
{serial} ;serial
{refresh} ;refresh
{retry} ;retry
{expire} ;expire
{minimum} ;minimum ttl
)

; NS Records
{ns}

; MX Records
{mx}

; A Records
{a}

; AAAA Records
{aaaa}

; CNAME Records
{cname}

; PTR Records
{ptr}

; TXT Records
{txt}

; SRV Records
{srv}

; SPF Records
{spf}

; CAA Records
{caa}

; DS Records
{ds}

`;
let generate$1 = function(options, template) {
	const json = JSON.parse(JSON.stringify(options));
	template = template || defaultTemplate;
	template = process$ORIGIN(json["$origin"], template);
	template = process$TTL(json["$ttl"], template);
	template = processSOA(json["soa"], template);
	template = processNS(json["ns"] || [], template);
	template = processA(json["a"] || [], template);
	template = processAAAA(json["aaaa"] || [], template);
	template = processCNAME(json["cname"] || [], template);
	template = processMX(json["mx"] || [], template);
	template = processPTR(json["ptr"] || [], template);
	template = processTXT(json["txt"] || [], template);
	template = processSRV(json["srv"] || [], template);
	template = processSPF(json["spf"] || [], template);
	template = processCAA(json["caa"] || [], template);
	template = processDS(json["ds"] || [], template);
	template = processValues(json, template);
	return template.replace(/\n{2,}/gim, "\n\n");
};
let process$ORIGIN = function(data, template) {
	let ret = "";
	if (typeof data !== "undefined") ret += "$ORIGIN " + data;
	return template.replace("{$origin}", ret);
};
let process$TTL = function(data, template) {
	let ret = "";
	if (typeof data !== "undefined") ret += "$TTL " + data;
	return template.replace("{$ttl}", ret);
};
let processSOA = function(data, template) {
	let ret = template;
	data.name = data.name || "@";
	data.ttl = data.ttl || "";
	Object.keys(data).map((key) => {
		ret = ret.replace("{" + key + "}", data[key] + "	");
	});
	return ret;
};
let processNS = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	NS	" + value.host + "\n";
	}
	return template.replace("{ns}", ret);
};
let processA = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	A	" + value.ip + "\n";
	}
	return template.replace("{a}", ret);
};
let processAAAA = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	AAAA	" + value.ip + "\n";
	}
	return template.replace("{aaaa}", ret);
};
let processCNAME = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	CNAME	" + value.alias + "\n";
	}
	return template.replace("{cname}", ret);
};
let processMX = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	MX	" + value.preference + "	" + value.host + "\n";
	}
	return template.replace("{mx}", ret);
};
let processPTR = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	PTR	" + value.host + "\n";
	}
	return template.replace("{ptr}", ret);
};
let processTXT = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	TXT	" + value.txt + "\n";
	}
	return template.replace("{txt}", ret);
};
let processSRV = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	SRV	" + value.priority + "	";
		ret += value.weight + "	";
		ret += value.port + "	";
		ret += value.target + "\n";
	}
	return template.replace("{srv}", ret);
};
let processSPF = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += "IN	SPF	" + value.data + "\n";
	}
	return template.replace("{spf}", ret);
};
let processCAA = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += `IN\tCAA\t${value.flags}\t${value.tag}\t${value.value}\n`;
	}
	return template.replace("{caa}", ret);
};
let processDS = function(data, template) {
	let ret = "";
	for (let value of data) {
		ret += (value.name || "@") + "	";
		if (value.ttl) ret += value.ttl + "	";
		ret += `IN\tDS\t${value.key_tag}\t${value.algorithm}\t${value.digest_type}\t${value.digest}\n`;
	}
	return template.replace("{ds}", ret);
};
let processValues = function(options, template) {
	template = template.replace("{zone}", options["$origin"] || options["soa"]["name"] || "");
	template = template.replace("{datetime}", (/* @__PURE__ */ new Date()).toISOString());
	return template.replace("{time}", Math.round(Date.now() / 1e3));
};
let parse = function(text) {
	text = removeComments(text);
	text = flatten(text);
	return parseRRs(text);
};
let removeComments = function(text) {
	const lines = text.split("\n");
	let ret = "";
	for (const line of lines) {
		if (line.trim().startsWith(";")) continue;
		const tokens = splitArgs(line, ";", true);
		for (const token of tokens) {
			ret += token;
			if (token.endsWith("\\")) ret += ";";
			else {
				ret += "\n";
				break;
			}
		}
	}
	return ret;
};
let flatten = function(text) {
	let match = /SOA[\s\S]*?\([\s\S]*?\)/gim.exec(text);
	if (match !== null) {
		let soa = match[0].replace(/\s+/gm, " ");
		soa = soa.replace(/\(|\)/gim, " ");
		return text.substring(0, match.index) + soa + text.substring(match.index + match[0].length);
	} else return text;
};
let normalizeRR = function(rr) {
	let rrArray = splitArgs(rr, null, true);
	let hasName = false;
	let hasTtl = false;
	if (rr.match(/^\s+/)) hasName = false;
	else hasName = true;
	if (hasName) {
		if (!isNaN(rrArray[1])) hasTtl = true;
	} else if (!isNaN(rrArray[0])) hasTtl = true;
	let rrTypeIndex = 0;
	if (hasName) ++rrTypeIndex;
	if (hasTtl) ++rrTypeIndex;
	let rrType = rrArray[rrTypeIndex];
	if (rrType === "IN") rrType = rrArray[rrTypeIndex + 1];
	let typeIndex = rrArray.indexOf(rrType, hasName ? 1 : 0);
	if (typeIndex === 0 || rrArray[typeIndex - 1] !== "IN") {
		rrArray.splice(typeIndex, 0, "IN");
		++typeIndex;
	}
	return {
		rrType,
		tokens: rrArray,
		hasName,
		hasTtl,
		typeIndex
	};
};
let parseRRs = function(text) {
	let ret = {};
	let rrs = text.split("\n");
	for (let rr of rrs) {
		if (!rr.trim()) continue;
		let rrArray = splitArgs(rr, null, true);
		if (rr.startsWith("$ORIGIN")) ret.$origin = rrArray[1];
		else if (rr.startsWith("$TTL")) ret.$ttl = rrArray[1];
		else {
			const nrr = normalizeRR(rr);
			switch (nrr.rrType) {
				case "SOA":
					ret.soa = parseSOA(rrArray);
					break;
				case "TXT":
					ret.txt = ret.txt || [];
					ret.txt.push(parseTXT(nrr, ret.txt));
					break;
				case "NS":
					ret.ns = ret.ns || [];
					ret.ns.push(parseNS(nrr, ret.ns));
					break;
				case "A":
					ret.a = ret.a || [];
					ret.a.push(parseA(nrr, ret.a));
					break;
				case "AAAA":
					ret.aaaa = ret.aaaa || [];
					ret.aaaa.push(parseAAAA(nrr, ret.aaaa));
					break;
				case "CNAME":
					ret.cname = ret.cname || [];
					ret.cname.push(parseCNAME(nrr, ret.cname));
					break;
				case "MX":
					ret.mx = ret.mx || [];
					ret.mx.push(parseMX(nrr, ret.mx));
					break;
				case "PTR":
					ret.ptr = ret.ptr || [];
					ret.ptr.push(parsePTR(nrr, ret.ptr, ret.$origin));
					break;
				case "SRV":
					ret.srv = ret.srv || [];
					ret.srv.push(parseSRV(nrr, ret.srv));
					break;
				case "SPF":
					ret.spf = ret.spf || [];
					ret.spf.push(parseSPF(nrr, ret.spf));
					break;
				case "CAA":
					ret.caa = ret.caa || [];
					ret.caa.push(parseCAA(nrr, ret.caa));
					break;
				case "DS":
					ret.ds = ret.ds || [];
					ret.ds.push(parseDS(nrr, ret.ds));
			}
		}
	}
	return ret;
};
let parseSOA = function(rrTokens) {
	let soa = {};
	let l = rrTokens.length;
	soa.name = rrTokens[0];
	soa.minimum = parseInt(rrTokens[l - 1], 10);
	soa.expire = parseInt(rrTokens[l - 2], 10);
	soa.retry = parseInt(rrTokens[l - 3], 10);
	soa.refresh = parseInt(rrTokens[l - 4], 10);
	soa.serial = parseInt(rrTokens[l - 5], 10);
	soa.rname = rrTokens[l - 6];
	soa.mname = rrTokens[l - 7];
	if (!isNaN(rrTokens[1])) soa.ttl = parseInt(rrTokens[1], 10);
	return soa;
};
let parseNS = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		host: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseA = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		ip: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseAAAA = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		ip: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseCNAME = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		alias: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseMX = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		preference: parseInt(rrTokens[l - 2], 10),
		host: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseTXT = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	const txtArray = rrTokens.slice(rrData.typeIndex + 1);
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let result = {
		name: rrTokens[0],
		txt: txtArray.join(" ")
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parsePTR = function(rrData, recordsSoFar, currentOrigin) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName && recordsSoFar[recordsSoFar.length - 1]) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		fullname: rrTokens[0] + "." + currentOrigin,
		host: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseSRV = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		target: rrTokens[l - 1],
		priority: parseInt(rrTokens[l - 4], 10),
		weight: parseInt(rrTokens[l - 3], 10),
		port: parseInt(rrTokens[l - 2], 10)
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseSPF = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	const txtArray = rrTokens.slice(rrData.typeIndex + 1);
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let result = {
		name: rrTokens[0],
		data: txtArray.join(" ")
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseCAA = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		flags: parseInt(rrTokens[l - 3], 10),
		tag: rrTokens[l - 2],
		value: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let parseDS = function(rrData, recordsSoFar) {
	let rrTokens = rrData.tokens;
	if (!rrData.hasName) {
		if (recordsSoFar.length) rrTokens.unshift(recordsSoFar[recordsSoFar.length - 1].name);
		else rrTokens.unshift("@");
	}
	let l = rrTokens.length;
	let result = {
		name: rrTokens[0],
		key_tag: rrTokens[l - 4],
		algorithm: rrTokens[l - 3],
		digest_type: rrTokens[l - 2],
		digest: rrTokens[l - 1]
	};
	if (rrData.hasTtl) result.ttl = parseInt(rrTokens[1], 10);
	return result;
};
let splitArgs = function(input, sep, keepQuotes) {
	let separator = sep || /\s/g;
	let singleQuoteOpen = false;
	let doubleQuoteOpen = false;
	let tokenBuffer = [];
	let ret = [];
	let arr = input.split("");
	for (let i = 0; i < arr.length; ++i) {
		let element = arr[i];
		let matches = element.match(separator);
		if (element === "'" && !doubleQuoteOpen) {
			if (keepQuotes === true) tokenBuffer.push(element);
			singleQuoteOpen = !singleQuoteOpen;
			continue;
		} else if (element === "\"" && !singleQuoteOpen) {
			if (keepQuotes === true) tokenBuffer.push(element);
			doubleQuoteOpen = !doubleQuoteOpen;
			continue;
		}
		if (!singleQuoteOpen && !doubleQuoteOpen && matches) {
			if (tokenBuffer.length > 0) {
				ret.push(tokenBuffer.join(""));
				tokenBuffer = [];
			}
		} else tokenBuffer.push(element);
	}
	if (tokenBuffer.length > 0) ret.push(tokenBuffer.join(""));
	else if (!!sep) ret.push("");
	return ret;
};
var zonefile_default = {
	generate: generate$1,
	parse
};

// src/write/recordLine.ts
/** Its types leave out the template, and ask for parts of a zone that a single record has not. */
const generate = zonefile_default.generate;
/** One TXT record as a line for any zone file, with an absolute owner where it is known. */
function recordLine(owner, value) {
	const quoted = `"${value.replace(/["\\]/g, "\\$&")}"`;
	return generate({
		$origin: ".",
		soa: {},
		txt: [{
			name: owner,
			txt: quoted.replaceAll("$", "$$$$")
		}]
	}, "{txt}").trim().replaceAll("	", " ");
}

// src/rules/id-elsewhere.ts
var id_elsewhere_default = {
	group: "rollout",
	summary: "The policy changed and its record is not in this repository, so the new id must be published where the record lives",
	severity: "notice",
	references: ["RFC 8461 §8.1", "RFC 8461 §3.1"],
	since: "0.1.0",
	*domain(change) {
		const { base, head } = change;
		if (!base?.policy || !head?.policy || !readable(base.policy) || !readable(head.policy)) return;
		if (meaning(base.policy) === meaning(head.policy)) return;
		if (head.zone && head.sts.presence !== "delegated") return;
		const owner = head.name === void 0 ? void 0 : under("_mta-sts", head.name);
		const record = recordLine(owner ?? "_mta-sts", `v=STSv1; id=${newId(change)}`);
		const where = owner === void 0 ? "its `_mta-sts` record" : `the record \`${display(owner)}\``;
		yield {
			message: `The policy changes (${difference(base.policy, head.policy)}) and ${where} is not in a zone file here. Senders fetch the new policy only once the record has a new id (RFC 8461 §3.1). Deploy this file first, then publish (§8.1):\n${record}`,
			at: firstDifference(base.policy, head.policy),
			values: [meaning(base.policy), meaning(head.policy)]
		};
	},
	*unread({ base, head }) {
		if (!head?.holds || head.format === "documentation" || base?.line === head.line) return;
		yield {
			message: `This line looks like ${head.holds === "record" ? "an `_mta-sts` record" : "an MTA-STS policy"} in a format that is not read here, so it was not checked: ${quote(head.line)}. Whenever the policy changes, the record needs a new id, or senders keep the policy they have cached (RFC 8461 §3.1). Check both by hand before merging.`,
			at: head.span,
			values: [head.path, head.line]
		};
	}
};

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

// src/rules/id-not-bumped.ts
var id_not_bumped_default = {
	group: "rollout",
	summary: "The policy changed but the record's id did not, so senders keep the policy they have cached",
	severity: "error",
	references: [
		"RFC 8461 §3.1",
		"RFC 8461 §3.3",
		"RFC 8461 §8.1"
	],
	since: "0.1.0",
	*domain(change) {
		const { base, head } = change;
		if (!base?.policy || !head?.policy || head.name === void 0) return;
		if (!readable(base.policy) || !readable(head.policy) || meaning(base.policy) === meaning(head.policy)) return;
		const before = idOf(base);
		const id = idOf(head);
		const record = stsRecord(head)?.record;
		if (!before || !id || !record || before.value !== id.value) return;
		const cached = base.policy.maxAge ? `for up to ${duration(base.policy.maxAge.value)}` : "as long as they have it cached";
		const at = firstDifference(base.policy, head.policy);
		const edits = newIdEdits(change);
		yield {
			message: `Senders will not notice this change: the policy of ${display(head.name)} changes (${difference(base.policy, head.policy)}), but the id stays \`${id.value}\`. They fetch a policy again only when the id differs from the one they know (RFC 8461 §3.1), so they keep the old one ${cached}. Publish a new id together with the policy.`,
			at: record.span,
			related: [{
				message: "The policy changes here.",
				at
			}],
			values: [
				id.value,
				meaning(base.policy),
				meaning(head.policy)
			],
			fix: edits.length > 0 ? {
				title: "Publish a new id",
				edits
			} : void 0
		};
	}
};

// src/rules/incomplete.ts
var incomplete_default = {
	group: "run",
	summary: "Something that a rule needs could not be read, so the change was not judged",
	severity: "error",
	references: ["RFC 8461 §5"],
	since: "0.1.0",
	*domain({ base, head, history }) {
		const mode = head?.policy?.mode;
		if (mode?.value !== "enforce") return;
		const before = modeOf(base, history);
		if (before === "enforce") return;
		if (before === "testing" ? testingRun(history)?.since !== void 0 : hasTested(history) !== void 0) return;
		yield {
			message: `Not judged: whether ${head?.name === void 0 ? "this policy" : display(head.name)} was in testing long enough before it enforces. That is what mode testing is for (RFC 8461 §5), but this clone is shallow and the history of the policy is not here. Fetch it with \`git fetch --unshallow\` (in a workflow: \`fetch-depth: 0\`) and run again.`,
			at: mode.span,
			values: ["history"]
		};
	},
	*gap({ what, cure, at }) {
		yield {
			message: `Not judged: ${what} ${cure}`,
			at,
			values: [what]
		};
	}
};

// src/model/lineEnd.ts
/** The line end that a file uses: CRLF if it stands anywhere in it. */
const lineEnd = memo((source) => source.text().includes("\r\n") ? "\r\n" : "\n");

// src/model/addMxEdit.ts
/** The edit that adds an `mx` line after the last one (or after the mode), in the file's own line ends. */
function addMxEdit(policy, pattern) {
	const last = policy.fields.findLast((field) => field.name.value === "mx") ?? policy.fields.findLast((field) => field.name.value === "mode");
	const { source } = policy;
	const end = last?.span.end.offset ?? source.bytes.length;
	return {
		at: source.span(end, end),
		newText: `${lineEnd(source)}mx: ${pattern}`
	};
}

// src/rules/mx-not-covered.ts
var mx_not_covered_default = {
	group: "mx",
	summary: "An MX host of the domain matches no `mx` line of its policy",
	severity: "error",
	references: ["RFC 8461 §4.1", "RFC 8461 §5"],
	since: "0.1.0",
	*domain(change) {
		const policy = activePolicy(change.head);
		if (!policy) return;
		const hosts = mxHosts(change);
		const uncovered = hosts.filter(({ host }) => !covers(policy, host));
		if (uncovered.length === 0) return;
		const covered = hosts.filter(({ host }) => covers(policy, host)).map((other) => other.preference);
		const enforced = policy.mode.value === "enforce";
		const known = new Set(change.base?.mx.map(exchange));
		const idEdits = newIdEdits(change);
		for (const { host, preference: rank, at } of uncovered) {
			const edits = [addMxEdit(policy, display(host)), ...idEdits];
			const isNew = change.base?.zone !== void 0 && !known.has(host);
			yield {
				message: `${opening(host, change.head?.mx.length === 0, change.head?.name ?? host)}, but no \`mx\` line of its policy allows it (RFC 8461 §4.1)${nearMiss(policy, host)}. ${consequence(enforced, rank, covered)} Add \`mx: ${display(host)}\` to the policy and publish a new id${isNew ? ", wait until senders have seen it, and only then change the MX records" : ""}.`,
				at,
				related: [{
					message: "The policy's `mx` lines.",
					at: policy.mx[0]?.span ?? policy.mode.span
				}],
				severity: enforced ? "error" : "warning",
				values: [host],
				about: [host],
				fix: {
					title: `Allow ${display(host)} in the policy`,
					edits
				}
			};
		}
	}
};
/** The hosts of the MX records, or the domain itself where only an address stands beside the SOA (RFC 5321 §5.1). */
function mxHosts({ head }) {
	if (!head?.zone || head.name === void 0) return [];
	const { zone, name } = head;
	if (head.mx.length > 0) return listed(head.mx);
	if (recordsAt(zone, name, "MX").length > 0 || mayHoldMore(zone, name) || soa(zone)?.owner !== name) return [];
	const address = recordsAt(zone, name).find((record) => record.type === "A" || record.type === "AAAA");
	return address && address.source === soa(zone)?.source ? [{
		host: name,
		preference: 0,
		at: address.span
	}] : [];
}
function opening(host, isImplicit, domain) {
	return isImplicit ? `${display(domain)} has no MX records, so senders deliver to the address of ${display(host)} itself (RFC 5321 §5.1)` : `${display(host)} is an MX host of ${display(domain)}`;
}
/** A host that stands there twice is one host, of the better preference. */
function listed(records) {
	const hosts = /* @__PURE__ */ new Map();
	for (const record of records) {
		const host = exchange(record);
		const before = hosts.get(host);
		const rank = preference(record);
		if (!before || rank < before.preference) hosts.set(host, {
			host,
			preference: rank,
			at: record.span
		});
	}
	return [...hosts.values()];
}
function nearMiss(policy, host) {
	const name = display(host);
	for (const { value } of policy.mx) {
		const suffix = value.startsWith("*.") ? value.slice(2) : void 0;
		if (suffix === void 0) continue;
		if (name === suffix) return `: \`${value}\` stands for one label before ${suffix}, not for ${suffix} itself`;
		const extra = labels(host).length - suffix.split(".").length;
		if (name.endsWith(`.${suffix}`) && extra > 1) return `: the \`*\` in \`${value}\` stands for exactly one label, and here it would have to be ${extra}`;
	}
	return "";
}
function consequence(enforced, preference, covered) {
	if (!enforced) return "Nothing is lost yet, because the policy is in testing; once it enforces, senders refuse to deliver to this host.";
	if (covered.length === 0) return "None of the MX hosts is allowed, so senders that honour the policy deliver nothing at all: mail waits in their queues and then bounces.";
	if (covered.every((other) => other < preference)) return "It is a backup, so this stays hidden until the other hosts are down: then senders that honour the policy refuse it and mail waits.";
	return "Senders that honour the policy refuse to deliver to it; they use the hosts that are allowed, and mail waits while those are down.";
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

// src/rules/policy-duplicate.ts
var policy_duplicate_default = {
	group: "policy",
	summary: "A field stands in the policy twice, and senders disagree which one counts",
	severity: "error",
	references: ["RFC 8461 §3.2"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head) return;
		for (const { name, first, later } of duplicates(head)) yield {
			...verdict(name, first.value.value, later.value.value),
			at: later.span,
			related: [{
				message: "The first one.",
				at: first.span
			}],
			values: name === "mx" ? [name, first.value.value.toLowerCase()] : [
				name,
				first.value.value,
				later.value.value
			],
			fix: {
				title: "Remove the later line",
				edits: [removeLine(head, later)]
			}
		};
	}
};
/** Fields that come again, and `mx` lines that allow the same hosts again. */
function duplicates(policy) {
	return FIELD_NAMES.flatMap((name) => {
		const fields = fieldsNamed(policy, name);
		return [...groupedBy(fields, ({ value }) => name === "mx" ? value.value.toLowerCase() : name).values()].flatMap(([first, ...more]) => first ? more.map((later) => ({
			name,
			first,
			later
		})) : []);
	});
}
function verdict(name, first, later) {
	if (name === "mx") return {
		message: `The policy allows ${quote(first)} twice. Senders lose nothing by it, as they read the lines as a set (RFC 8461 §3.2); remove one of the lines.`,
		severity: "notice"
	};
	if (first === later) return {
		message: `The policy says \`${name}\` twice with the same value ${quote(first)}. Senders read it as meant, but the next edit of only one line splits them (RFC 8461 §3.2). Remove one of the lines.`,
		severity: "warning"
	};
	return {
		message: `The policy says \`${name}\` twice: ${quote(first)}, then ${quote(later)}. By RFC 8461 §3.2 the first counts, as mox and postfix-tlspol have it; go-mtasts, postfix-mta-sts-resolver, mailauth and Stalwart take the last, so mail is treated differently from sender to sender. Keep one of the lines.`,
		severity: "error"
	};
}

// src/rules/policy-field.ts
var policy_field_default = {
	group: "policy",
	summary: "A field of the policy is misspelt, belongs elsewhere or is not known",
	severity: "error",
	references: ["RFC 8461 §3.2", "RFC 8460 §3"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head) return;
		for (const field of head.fields) {
			const name = field.name.value;
			if (isFieldName(name)) continue;
			const meant = intendedField(name);
			const { message, severity, fix } = meant ? misspelt(head, field, meant) : other(head, field);
			yield {
				message,
				severity,
				fix,
				at: field.name.span,
				values: [name, meant ?? ""],
				about: meant === "mx" ? [field.value.value] : []
			};
		}
	}
};
/** RFC 8461 §3.2 has its names in lower case, `%s"mode"`; what differs is an extension that senders ignore. */
function misspelt(policy, field, meant) {
	const right = fieldsNamed(policy, meant);
	const rename = {
		title: `Write \`${meant}:\``,
		edits: [{
			at: field.name.span,
			newText: meant
		}]
	};
	const ignored = `Senders do not know the field ${quote(field.name.value)} and ignore it; \`${meant}\` was probably meant, in lower case (RFC 8461 §3.2).`;
	if (right.length === 0) return {
		message: `${ignored} ${meant === "mx" ? "Without an `mx` line senders reject the policy, or refuse every host once it enforces." : `Without \`${meant}\` most senders reject the whole policy, so mail is delivered without its protection or by an older copy.`} Write \`${meant}:\`.`,
		severity: "error",
		fix: rename
	};
	if (meant === "mx") return {
		message: `${ignored} The host ${quote(field.value.value)} is therefore not allowed by it. Write \`mx:\`.`,
		severity: "warning",
		fix: rename
	};
	const same = right[0]?.value.value === field.value.value;
	return {
		message: `${ignored} What counts is \`${meant}: ${quote(right[0]?.value.value ?? "").slice(1)}. Remove the misspelt line.`,
		severity: "warning",
		fix: same ? {
			title: "Remove the line",
			edits: [removeLine(policy, field)]
		} : void 0
	};
}
function other(policy, field) {
	if (field.name.value.toLowerCase() !== "rua") return {
		message: `Senders do not know the field ${quote(field.name.value)} and ignore it (RFC 8461 §3.2). Nothing to do if it is meant for your own tools; otherwise remove it.`,
		severity: "notice"
	};
	return {
		message: "Report addresses do not belong in the policy: senders ignore this line, and go-mtasts rejects the whole policy for its second colon, so mail from such senders goes unprotected. Remove the line and publish `v=TLSRPTv1; rua=…` as a TXT record at `_smtp._tls` (RFC 8460 §3).",
		severity: "warning",
		fix: {
			title: "Remove the line",
			edits: [removeLine(policy, field)]
		}
	};
}

// src/model/maxAge.ts
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
/** The seconds that a malformed `max_age` plainly means (`7d`, `604,800`, `"86400"`), cut to what is allowed. */
function mendedMaxAge(text) {
	const found = /^["'+]{0,2}([0-9]{1,20}|[0-9]{1,3}(?:[,_' ][0-9]{3}){1,4})[ \t]{0,9}([a-z]{0,7})["',;.]{0,2}(?:\s#.*)?$/i.exec(text);
	if (!found) return void 0;
	const unit = (found[2] ?? "").toLowerCase();
	const size = unit === "" ? 1 : UNITS[unit] ?? UNITS[unit.replace(/s$/, "")];
	if (size === void 0) return void 0;
	return Math.min(Number((found[1] ?? "").replace(/[^0-9]/g, "")) * size, MAX_AGE_LIMIT);
}

// src/rules/policy-max-age.ts
var policy_max_age_default = {
	group: "policy",
	summary: "The policy's `max_age` is absent, no number of seconds, or over a year",
	severity: "error",
	references: ["RFC 8461 §3.2"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head || head.maxAge && head.maxAge.value <= 31557600) return;
		const [field] = fieldsNamed(head, "max_age");
		if (!field && !lacks(head, "max_age")) return;
		const seconds = field && mendedMaxAge(field.value.value);
		yield {
			message: field ? `${fault(field)} ${cure$1(seconds)}` : ABSENT$1,
			at: field?.span ?? beginning(head),
			values: [field?.value.value ?? ""],
			fix: field && seconds !== void 0 ? {
				title: `Write \`max_age: ${seconds}\``,
				edits: [{
					at: field.value.span,
					newText: String(seconds)
				}]
			} : void 0
		};
	}
};
const ABSENT$1 = "The policy has no `max_age`, the seconds that senders may keep it (RFC 8461 §3.2 requires it). Of six senders' parsers all but Stalwart's reject the whole policy, so mail is delivered without its protection or by an older copy. Add `max_age: 604800` (7 days).";
function fault({ value }) {
	if (/^[0-9]+$/.test(value.value) && Number(value.value) > 31557600) return `The \`max_age\` ${quote(value.value)} is over ${MAX_AGE_LIMIT} seconds (about a year), the most that RFC 8461 §3.2 allows: postfix-mta-sts-resolver and mailauth reject the whole policy for it and deliver without its protection, other senders keep it as long as they see fit.`;
	return `The \`max_age\` ${quote(value.value)} is no number of seconds, written in 1 to 10 digits (RFC 8461 §3.2): of six senders' parsers all but Stalwart's reject the whole policy for it, so mail is delivered without its protection or by an older copy.`;
}
function cure$1(seconds) {
	return seconds === void 0 ? "Write the number of seconds, such as 604800 for 7 days." : `Write ${seconds} (${duration(seconds)}).`;
}

// src/rules/policy-mode.ts
var policy_mode_default = {
	group: "policy",
	summary: "The policy's mode is absent or none of `enforce`, `testing` and `none`",
	severity: "error",
	references: ["RFC 8461 §3.2"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head || head.mode) return;
		const [field] = fieldsNamed(head, "mode");
		if (!field && !lacks(head, "mode")) return;
		const fix = field && lowerCase(field);
		yield {
			message: field ? illegal(field, fix) : ABSENT,
			at: field?.span ?? beginning(head),
			values: [field?.value.value ?? ""],
			fix
		};
	}
};
const ABSENT = "The policy has no `mode` (RFC 8461 §3.2 requires one): mox, postfix-tlspol, go-mtasts and postfix-mta-sts-resolver reject it, mailauth and Stalwart take it for `none`, so it protects no mail. Add `mode: testing`, or `mode: enforce` once testing has shown no failures.";
function illegal({ value }, fix) {
	const senders = /^(?:enforce|testing|none)$/i.test(value.value) ? "Of six senders' parsers all but mailauth's" : "Senders";
	return `The mode is ${quote(value.value)}, and the only modes are \`enforce\`, \`testing\` and \`none\`, in lower case (RFC 8461 §3.2). ${senders} reject the whole policy for it, so mail is delivered without its protection or by an older copy. ${fix?.title ?? "Write one of the three"}.`;
}
/** Without quotes, a closing comma or semicolon, a remark behind `#`, and the upper case. */
function lowerCase({ value }) {
	const bare = /^["'\s]*([A-Za-z]+)["',;.\s]*(?:#.*)?$/.exec(value.value)?.[1]?.toLowerCase();
	if (bare !== "enforce" && bare !== "testing" && bare !== "none") return void 0;
	return {
		title: `Write \`mode: ${bare}\``,
		edits: [{
			at: value.span,
			newText: bare
		}]
	};
}

// src/rules/policy-mx-missing.ts
var policy_mx_missing_default = {
	group: "policy",
	summary: "A policy in testing or enforce allows no MX host at all",
	severity: "error",
	references: ["RFC 8461 §3.2", "RFC 8461 §4.1"],
	since: "0.1.0",
	*policy({ head, sharing }) {
		if (!head?.mode || head.mode.value === "none" || !lacks(head, "mx")) return;
		const mode = head.fields.find((field) => field.value.span === head.mode?.span);
		const lines = mxHosts$1(sharing.head).map((host) => `${lineEnd(head.source)}mx: ${display(host)}`);
		yield {
			message: `The policy is in mode \`${head.mode.value}\` and has no \`mx\` line, so no host may receive the domain's mail. Senders reject such a policy, or refuse every host while it enforces (RFC 8461 §3.2 requires at least one line unless the mode is \`none\`). Add one \`mx:\` line for each MX host.`,
			at: head.mode.span,
			values: [head.mode.value],
			fix: mode && lines.length > 0 ? {
				title: "Add the MX hosts of the zone",
				edits: [{
					at: head.source.span(mode.span.end.offset, mode.span.end.offset),
					newText: lines.join("")
				}]
			} : void 0
		};
	}
};

// src/rules/policy-mx-syntax.ts
var policy_mx_syntax_default = {
	group: "policy",
	summary: "An `mx` line is not the name of one host, nor `*.` and a domain",
	severity: "error",
	references: ["RFC 8461 §3.2", "RFC 8461 §4.1"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head) return;
		const written = new Set(head.mx.map((pattern) => pattern.value));
		for (const { value, span } of fieldsNamed(head, "mx")) {
			if (isMxPattern(value.value)) continue;
			const mended = mendedMx(value.value);
			const fresh = mended?.filter((pattern) => !written.has(pattern.toLowerCase())) ?? [];
			const lines = (fresh.length > 0 ? fresh : mended)?.map((pattern) => `mx: ${pattern}`);
			const cure = lines?.map(quote).join(" and ");
			yield {
				message: `The \`mx\` value${value.value === "" ? "" : ` ${quote(value.value)}`} ${mxFault(value.value)} (RFC 8461 §3.2). ${isTrailingDot(value.value) ? DOTTED : OTHERS} Write ${cure ?? "one host name, or `*.` and a domain"}.`,
				at: value.value === "" ? span : value.span,
				values: [value.value.toLowerCase()],
				about: mended ?? [],
				fix: lines && {
					title: `Write ${cure}`,
					edits: [{
						at: span,
						newText: lines.join(lineEnd(head.source))
					}]
				}
			};
		}
	}
};
const OTHERS = "mox and postfix-tlspol reject the whole policy for it and deliver without its protection; for the others the line matches no host, so they refuse that host once the policy enforces.";
const DOTTED = "mox rejects the whole policy for it and delivers without its protection; for postfix-mta-sts-resolver, mailauth and Stalwart the line matches no host, so they refuse that host once the policy enforces.";
function isTrailingDot(value) {
	return value.endsWith(".") && isMxPattern(value.slice(0, -1));
}

// src/rules/policy-syntax.ts
var policy_syntax_default = {
	group: "policy",
	summary: "The policy holds something outside its grammar, and senders disagree whether to read it at all",
	severity: "error",
	references: ["RFC 8461 §3.2", "RFC 8461 §3.3"],
	since: "0.1.0",
	*policy({ head }) {
		for (const { fault, message, span, fix } of head?.problems ?? []) yield {
			message,
			at: span,
			fix,
			values: [fault]
		};
	}
};

// src/rules/policy-version.ts
const LINE = "version: STSv1";
var policy_version_default = {
	group: "policy",
	summary: "The policy does not say `version: STSv1`, so senders do not take it for one",
	severity: "error",
	references: ["RFC 8461 §3.2"],
	since: "0.1.0",
	*policy({ head }) {
		if (!head || head.version) return;
		const [field] = fieldsNamed(head, "version");
		if (!field && !lacks(head, "version")) return;
		yield {
			message: `${field ? `The version is ${quote(field.value.value)}, and \`STSv1\` is the only one there is (RFC 8461 §3.2). Senders reject the whole policy` : "The policy has no `version` (RFC 8461 §3.2 requires one). Of six senders' parsers all but Stalwart's reject it"}, so mail is delivered without its protection or by an older copy. ${field ? "Write" : "Add the line"} \`${LINE}\`.`,
			at: field?.span ?? beginning(head),
			values: [field?.value.value ?? ""],
			fix: {
				title: `${field ? "Write" : "Add"} \`${LINE}\``,
				edits: [field ? {
					at: field.value.span,
					newText: "STSv1"
				} : insertFirst(head, LINE)]
			}
		};
	}
};

// src/rules/record-misnamed.ts
var record_misnamed_default = {
	group: "record",
	summary: "An MTA-STS record stands at a name where no sender looks for it",
	severity: "error",
	references: ["RFC 8461 §3.1", "RFC 1035 §5.1"],
	since: "0.1.0",
	*domain(change) {
		const { head } = change;
		if (!head?.zone || head.name === void 0) return;
		const right = under("_mta-sts", head.name);
		const alone = head.sts.presence === "absent";
		for (const misnamed of misnamedByDomain(head.zone).get(head.name) ?? []) {
			const { record } = misnamed;
			yield {
				message: alone ? `Senders look for this record at \`${display(right)}\`, and it stands at \`${display(record.owner)}\`: they find none and deliver without MTA-STS's protection (RFC 8461 §3.1). ${cure(misnamed)}` : `No sender looks for an MTA-STS record at \`${display(record.owner)}\`. The one at \`${display(right)}\` counts (RFC 8461 §3.1), and whoever edits this one changes nothing. Remove it.`,
				at: record.ownerSpan ?? record.span,
				severity: alone ? "error" : "warning",
				values: [record.owner],
				fix: alone ? renamed(misnamed, change) : void 0
			};
		}
	}
};
function cure({ record, meantFor }) {
	if (!isDoubled({
		record,
		meantFor
	})) return `Rename it to \`_mta-sts.${display(meantFor)}\`.`;
	return "The name is written in full without its final dot, so the origin is added once more (RFC 1035 §5.1): add the dot.";
}
function isDoubled({ record, meantFor }) {
	return record.owner.startsWith(under("_mta-sts", meantFor));
}
/** Not where the next record inherits the owner: it would move, too. */
function renamed(misnamed, change) {
	const { record } = misnamed;
	const records = change.head?.zone?.records ?? [];
	const next = records[records.indexOf(record) + 1];
	if (!record.ownerSpan || record.generated || next && !next.ownerSpan && next.owner === record.owner) return void 0;
	const { source, ownerSpan, owner } = record;
	const written = source.text(ownerSpan.start.offset, ownerSpan.end.offset);
	const newText = isDoubled(misnamed) ? `${written}.` : respelled$1(written, owner.slice(0, -misnamed.meantFor.length - 1));
	if (newText === void 0) return void 0;
	return {
		title: `Write \`${newText}\``,
		edits: [{
			at: ownerSpan,
			newText
		}, ...serialEdits(change.zone)]
	};
}
/** The owner as the file writes it, with `_mta-sts` where the misspelt labels stand; put before the domain's own name. */
function respelled$1(written, misspelt) {
	if (written === "@") return misspelt === "" ? "_mta-sts" : void 0;
	if (misspelt === "") return `_mta-sts.${written}`;
	return written.toLowerCase().startsWith(misspelt) ? `_mta-sts${written.slice(misspelt.length)}` : void 0;
}

// src/rules/record-missing.ts
var record_missing_default = {
	group: "record",
	summary: "A policy is here but the zone has no `_mta-sts` record, so no sender will ever look for it",
	severity: "warning",
	references: ["RFC 8461 §3.1"],
	since: "0.1.0",
	*domain(change) {
		const { head, base } = change;
		const policy = activePolicy(head);
		if (!head || !policy || head.name === void 0 || !head.zone) return;
		if (head.sts.presence !== "absent" || head.sts.cname) return;
		const owner = under("_mta-sts", head.name);
		const first = base?.policy === void 0;
		yield {
			message: `${base?.sts.presence === "present" ? "Nobody will look for it any more" : "Nothing happens yet"}: senders ask for the policy of ${display(head.name)} only if \`${display(owner)}\` has a TXT record (RFC 8461 §3.1), and the zone has none. ` + (first ? "Publishing the policy first is the right order; once it is served, add this record:\n" : "Add this record once the policy is served:\n") + recordLine(owner, `v=STSv1; id=${newId(change)}`),
			at: policy.mode.span,
			severity: first ? "notice" : "warning",
			values: []
		};
	}
};

// src/rules/record-multiple.ts
var record_multiple_default = {
	group: "record",
	summary: "Two or more `_mta-sts` records stand at one name, and senders act as if there were none",
	severity: "error",
	references: ["RFC 8461 §3.1"],
	since: "0.1.0",
	*domain({ head }) {
		const [first, ...more] = head?.sts.records.filter((record) => record.counts) ?? [];
		const last = more.at(-1);
		if (!first || !last) return;
		const owner = display(first.record.owner);
		yield {
			message: `${more.length + 1} records at \`${owner}\` begin \`v=STSv1;\`, and exactly one may: senders act as if there were none and deliver without MTA-STS's protection, or by an older policy (RFC 8461 §3.1). Keep the one whose \`id\` belongs to the policy that is served, and remove the rest.`,
			at: last.record.span,
			related: [first, ...more.slice(0, -1)].map(({ record }) => ({
				message: "This one begins so, too.",
				at: record.span
			})),
			values: [String(more.length + 1)]
		};
	}
};

// src/rules/record-syntax.ts
var record_syntax_default = {
	group: "record",
	summary: "The `_mta-sts` record is malformed, and senders act as if there were none",
	severity: "error",
	references: ["RFC 8461 §3.1"],
	since: "0.1.0",
	*domain(change) {
		const candidate = change.head && theCandidate(change.head);
		if (!candidate) return;
		const owner = display(candidate.record.owner);
		for (const problem of candidate.problems) yield {
			message: `${problem.severity === "error" ? `The record at \`${owner}\` is malformed: senders act as if there were none and deliver without MTA-STS's protection, or by an older policy (RFC 8461 §3.1).` : `Some senders read the record at \`${owner}\`, and some do not and deliver without MTA-STS's protection (RFC 8461 §3.1).`} ${problem.message}`,
			at: problem.span,
			severity: problem.severity,
			values: [problem.fault],
			fix: respelled(candidate, problem, change)
		};
	}
};
/** The one record that begins `v=STSv1;`; where none does, one that was meant to, whatever their order. Two that do are another fault. */
function theCandidate({ sts }) {
	const counting = sts.records.filter((record) => record.counts);
	if (counting.length > 1) return void 0;
	return counting[0] ?? sts.records.toSorted((a, b) => a.record.rdata < b.record.rdata ? -1 : 1)[0];
}
function respelled({ record }, problem, change) {
	const { replacement } = problem;
	if (replacement === void 0 || record.generated) return void 0;
	return {
		title: replacement === "" ? "Remove what is too much" : `Write \`${replacement}\``,
		edits: [{
			at: problem.span,
			newText: replacement
		}, ...serialEdits(change.zone)]
	};
}

// src/model/unquoted.ts
/** `*(delim field) [delim]` behind a version, as RFC 8461 §3.1 and RFC 8460 §3 have it; a remark behind it stays one. */
const FIELDS = /^(?:[ \t]*;[ \t]*[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[\x21-\x3a\x3c\x3e-\x7e]+)+(?:[ \t]*;(?=[ \t]*$))?/;
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

// src/rules/record-unquoted.ts
var record_unquoted_default = {
	group: "record",
	summary: "The `_mta-sts` record is not quoted, so its `;` begins a comment and the id is lost",
	severity: "error",
	references: ["RFC 1035 §5.1", "RFC 8461 §3.1"],
	since: "0.1.0",
	*domain(change) {
		for (const { record } of change.head?.sts.records ?? []) {
			const lost = swallowed(record, "v=STSv1");
			if (!lost) continue;
			yield {
				message: `The record at \`${display(record.owner)}\` is published as \`v=STSv1\` and nothing more: in a zone file a \`;\` outside of quotes begins a comment (RFC 1035 §5.1). Without an \`id\` senders act as if there were no record and deliver without MTA-STS's protection. Write the whole value in quotes: ${quote(`"${lost.meant}"`)}.`,
				at: lost.span,
				values: [lost.meant],
				fix: {
					title: "Put the record in quotes",
					edits: [{
						at: lost.span,
						newText: `"${lost.meant}"`
					}, ...serialEdits(change.zone)]
				}
			};
		}
	}
};

// src/rules/testing-too-short.ts
const DAY = 864e5;
var testing_too_short_default = {
	group: "rollout",
	summary: "The policy goes from testing to enforce before it was tested long enough for reports to arrive",
	severity: "error",
	references: ["RFC 8461 §5", "RFC 8460 §4"],
	since: "0.1.0",
	*domain(change) {
		const { head, history, options, moment: clock } = change;
		const mode = head?.policy?.mode;
		if (!head?.policy || mode?.value !== "enforce") return;
		const run = testingRun(history);
		if (!run?.since) return;
		const earliest = new Date(run.since.getTime() + options.minTestingDays * DAY);
		if (clock.now >= earliest) return;
		const enforced = run.before?.mode === "enforce" ? run.before.past.policy : void 0;
		const known = enforced !== void 0 && onlyKnownPatterns(head.policy, enforced);
		yield {
			message: `${head.name === void 0 ? "This policy" : display(head.name)} has been in testing for ${duration((clock.now.getTime() - run.since.getTime()) / 1e3)}, since ${moment(run.since)}; ${options.minTestingDays} days are wanted before enforcing. Reports come once a day (RFC 8460 §4) and some senders report late, so a host that fails may not have shown yet, and enforcing refuses its mail. ` + (known ? "It enforced the same hosts before, so this may be right. " : "") + `Merge this after ${moment(earliest)}.`,
			at: mode.span,
			severity: known ? "notice" : "error",
			values: [run.since.toISOString()]
		};
	}
};
function onlyKnownPatterns(policy, enforced) {
	return policy.mx.every(({ value }) => enforced.mx.some((old) => old.value === value || !value.startsWith("*") && matches(old.value, `${value}.`)));
}

// src/rules/tlsrpt-missing.ts
var tlsrpt_missing_default = {
	group: "tls-rpt",
	summary: "A policy is active and nobody is told when mail fails it: the zone has no TLSRPT record",
	severity: "warning",
	references: ["RFC 8460 §3", "RFC 8461 §8.1"],
	since: "0.1.0",
	*domain(change) {
		const { head } = change;
		const policy = activePolicy(head);
		if (!head?.zone || head.name === void 0 || !policy || head.tlsrpt.presence !== "absent" || head.tlsrpt.cname) return;
		const owner = under("_smtp._tls", head.name);
		const value = `v=TLSRPTv1; rua=mailto:postmaster@${display(head.name)}`;
		const edits = recordEdits(change, value);
		yield {
			message: `Nobody will hear when mail to ${display(head.name)} fails: its policy is in mode \`${policy.mode.value}\`, but there is no record at \`${display(owner)}\` that says where senders report failures (RFC 8460 §3). Add one, with an address that somebody reads:\n${recordLine(owner, value)}`,
			at: head.sts.records[0]?.record.span ?? policy.mode.span,
			values: [],
			fix: edits.length > 0 ? {
				title: "Ask for TLS reports to postmaster",
				edits
			} : void 0
		};
	}
};
/** Puts the record before the `_mta-sts` one, in its style; before, so that no owner is inherited from it. */
function recordEdits(change, value) {
	const record = change.head?.sts.records[0]?.record;
	if (!record?.ownerSpan || record.generated || record.ownerSpan.start.column !== 1) return [];
	const { source, ownerSpan } = record;
	const written = source.text(ownerSpan.start.offset, ownerSpan.end.offset);
	if (!/^_mta-sts\b/i.test(written)) return [];
	const start = ownerSpan.start.offset;
	const line = `${written.replace(/^_mta-sts/i, "_smtp._tls")} IN TXT "${value}"${lineEnd(source)}`;
	return [{
		at: source.span(start, start),
		newText: line
	}, ...serialEdits(change.zone)];
}

// src/rules/zone-serial.ts
var zone_serial_default = {
	group: "zone",
	summary: "Records changed but the SOA serial did not rise, so secondary servers keep the old zone",
	severity: "warning",
	references: ["RFC 1034 §4.3.5", "RFC 1982 §3.2"],
	since: "0.1.0",
	*zone(change) {
		const { base, head, moment } = change;
		const before = serialOf(base);
		const serial = serialOf(head);
		if (!base || !head || !before || !serial || isToolManaged(change)) return;
		const step = compareSerials(before.value, serial.value);
		const changed = changedRecords(base, head);
		if (step === "raised" || step === "unchanged" && changed.length === 0) return;
		const sts = changed.find((record) => record.owner.startsWith("_mta-sts.") && (record.type === "TXT" || record.type === "CNAME"));
		const next = nextSerial(before.value, moment.head);
		const zone = display(head.origin);
		yield {
			message: (step === "lowered" ? `The serial of ${zone} goes backwards, from ${before.value} to ${serial.value}: secondary servers take the new zone for an older one and ignore it (RFC 1982 §3.2). ` : `Records of ${zone} change but its serial stays ${serial.value}: secondary servers copy a zone only when the serial rises (RFC 1034 §4.3.5), so they keep answering with the old records` + (sts ? ", the old `_mta-sts` record among them. " : ". ")) + `Set it to ${next}.`,
			at: serial.span,
			severity: step === "lowered" || sts ? "error" : "warning",
			values: [String(before.value), String(serial.value)],
			fix: {
				title: `Raise the serial to ${next}`,
				edits: [{
					at: serial.span,
					newText: String(next)
				}]
			}
		};
	}
};

// src/rules/zone-syntax.ts
var zone_syntax_default = {
	group: "zone",
	summary: "The zone file does not parse, so the server refuses the zone or loses the record",
	severity: "error",
	references: ["RFC 1035 §5.2", "RFC 1035 §5.1"],
	since: "0.1.0",
	*zone({ head }) {
		const problems = head?.problems ?? [];
		for (const problem of problems.slice(0, MOST)) {
			const { span } = problem;
			yield {
				message: `${problem.message} Name servers refuse a zone with such a line (RFC 1035 §5.2), and go on serving the old one or nothing.`,
				at: span,
				values: [problem.owner ?? "", problem.message]
			};
		}
		const next = problems[MOST];
		if (!next) return;
		yield {
			message: `${problems.length - MOST} more lines from here on cannot be read (RFC 1035 §5.1). Mend the ones above first, or check whether this is a zone file at all.`,
			at: next.span,
			values: ["more"]
		};
	}
};
/** Who has so many broken lines has one fault, and nobody reads a list of a thousand. */
const MOST = 100;

// src/rules/index.ts
/** Every rule by its id, which is its file's name. */
const RULES = {
	"enforce-without-testing": enforce_without_testing_default,
	"id-elsewhere": id_elsewhere_default,
	"id-not-bumped": id_not_bumped_default,
	"incomplete": incomplete_default,
	"mx-not-covered": mx_not_covered_default,
	"policy-duplicate": policy_duplicate_default,
	"policy-field": policy_field_default,
	"policy-max-age": policy_max_age_default,
	"policy-mode": policy_mode_default,
	"policy-mx-missing": policy_mx_missing_default,
	"policy-mx-syntax": policy_mx_syntax_default,
	"policy-syntax": policy_syntax_default,
	"policy-version": policy_version_default,
	"record-misnamed": record_misnamed_default,
	"record-missing": record_missing_default,
	"record-multiple": record_multiple_default,
	"record-syntax": record_syntax_default,
	"record-unquoted": record_unquoted_default,
	"testing-too-short": testing_too_short_default,
	"tlsrpt-missing": tlsrpt_missing_default,
	"zone-serial": zone_serial_default,
	"zone-syntax": zone_syntax_default
};

// src/rules/replacements.ts
/** Whether the mended pattern would cover the host that the other finding is about (RFC 8461 §4.1). */
const wouldCover = {
	by: ({ about = [] }) => about.map(plain),
	replaced: ({ about = [] }) => about.flatMap((host) => [plain(host), plain(`*.${labels(host).slice(1).join(".")}`)])
};
function plain(name) {
	return name.toLowerCase().replace(/\.$/, "");
}
/** Between rules of one policy the rules see to it themselves: each reads what the others would have said. */
const REPLACEMENTS = [
	{
		by: "record-unquoted",
		rules: ["record-syntax"]
	},
	{
		by: "record-misnamed",
		rules: ["record-missing"]
	},
	{
		by: "policy-mx-missing",
		rules: ["mx-not-covered"]
	},
	{
		by: "policy-mx-syntax",
		rules: ["mx-not-covered"],
		about: wouldCover
	},
	{
		by: "policy-field",
		rules: ["mx-not-covered"],
		about: wouldCover
	}
];
const EVERYTHING = {
	by: () => [""],
	replaced: () => [""]
};
/**
* Leaves out the findings that another one of the same domain or file stands for. One that base did not have, as told by
* `isOld`, is not hidden behind one that it had: the change would pass for what was there before.
*/
function withoutReplaced(findings, isOld = () => false) {
	const byRule = groupedBy(findings, (finding) => finding.rule);
	const replaced = /* @__PURE__ */ new Set();
	for (const { by, rules, about = EVERYTHING } of REPLACEMENTS) {
		const winners = byRule.get(by) ?? [];
		if (winners.length === 0) continue;
		const spokenBy = (some) => new Set(some.flatMap((winner) => subjects(winner, about.by(winner)).own));
		const spoken = spokenBy(winners);
		const newlySpoken = spokenBy(winners.filter((winner) => !isOld(winner)));
		for (const rule of rules) for (const loser of byRule.get(rule) ?? []) {
			const hiding = isOld(loser) ? spoken : newlySpoken;
			if (subjects(loser, about.replaced(loser)).others.some((subject) => hiding.has(subject))) replaced.add(loser);
		}
	}
	return findings.filter((finding) => !replaced.has(finding));
}
/**
* What a finding is about, and how another one that is about the same calls it: the same domain, or the same file where one
* of them is about a file that serves several domains.
*/
function subjects({ domain, at, related = [] }, words) {
	const paths = [...new Set([at, ...related.map((other) => other.at)].map(({ path }) => path))];
	const inFile = (whose) => words.flatMap((word) => paths.map((path) => `${whose} ${path} ${word}`));
	const ofDomain = words.map((word) => `domain ${domain} ${word}`);
	return domain === null ? {
		own: inFile("shared"),
		others: [...inFile("shared"), ...inFile("own")]
	} : {
		own: [...ofDomain, ...inFile("own")],
		others: [...ofDomain, ...inFile("shared")]
	};
}

export { isWithin as A, intendedField as C, recordsAt as D, mayHoldMore as E, groupedBy as F, nameOf as M, parent as N, soa as O, under as P, FIELD_NAMES as S, filesOf as T, codePoint as _, withSoundFixes as a, meaning as b, outranks as c, exchange as d, changedRecords as f, serialOf as g, recordDifference as h, recordLine as i, labels as j, display as k, withoutFix as l, isToolManaged as m, RULES as n, idOf as o, compareSerials as p, duration as r, fault$1 as s, withoutReplaced as t, misnamedStsRecords as u, quote as v, isFieldName as w, memo as x, isMxPattern as y };