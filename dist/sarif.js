import { n as repository, r as version, t as name } from "./package.js";
import { Dn as groupedBy, J as dayText, bn as display, i as jsonText, o as logSafe, s as skippedFiles, yn as memo } from "./parse.js";
import { c as codePoint, l as quote } from "./first.js";
import { gzipSync } from "node:zlib";

// src/render/lookedAt.ts
/** Counts what a review looked at, each thing once: what changed, and the other half of every domain that it touches. */
function lookedAt({ changes, sides }) {
	const unread = /* @__PURE__ */ new Map();
	let leftOut = 0;
	for (const { format, leftOut: isSample } of skippedFiles(sides.head)) if (isSample) leftOut++;
	else unread.set(format, (unread.get(format) ?? 0) + 1);
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

// src/render/pathInUrl.ts
/** A path as part of a link's target, percent-encoded; undefined where a name in it is not UTF-8. */
function pathInUrl(path) {
	try {
		return path.split("/").map((part) => encodeURIComponent(part).replace(/[!'()*]/g, percent)).join("/");
	} catch {
		return;
	}
}
function percent(character) {
	return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

// src/render/repositoryUrl.ts
const REPOSITORY = repository.replace(/^github:/, "https://github.com/");
/** Where a file of this repository can be read, by its path. */
function repositoryUrl(path) {
	return `${REPOSITORY}/blob/main/${path}`;
}

// src/render/changedLines.ts
/** A text as lines without their line ends; an empty text has none. */
function linesIn(text) {
	return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}
/** How many lines at the beginning, and then at the end, are the same in two texts. */
function sameEnds(before, after) {
	const most = Math.min(before.length, after.length);
	let lead = 0;
	while (lead < most && before[lead] === after[lead]) lead++;
	let tail = 0;
	while (tail < most - lead && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
	return {
		lead,
		tail
	};
}

// src/render/ruleUrl.ts
/** Where a rule's page can be read: in `docs/rules`, as `npm run generate` writes it. */
function ruleUrl(rule) {
	return repositoryUrl(`docs/rules/${rule}.md`);
}

// src/render/paint.ts
const COLORS = {
	error: "31",
	warning: "33",
	notice: "36",
	off: "2",
	dim: "2",
	bold: "1",
	fix: "32",
	code: "36"
};
/** A painter with ANSI colours, or one that leaves every text as it is. */
function painter(color) {
	return (style, text) => color ? `\u001B[${COLORS[style]}m${text}\u001B[0m` : text;
}

// src/render/wrapped.ts
/** Breaks a text at its blanks into lines of at most `width` characters; a longer word has a line of its own. */
function wrapped(text, width) {
	return wrappedWords(text.split(" "), width, (word) => word.length).map((line) => line.join(" "));
}
/** The same for words that are more than their text: `length` tells how many columns one takes. */
function wrappedWords(words, width, length) {
	const lines = [];
	let line = [];
	let used = 0;
	for (const word of words) {
		if (line.length > 0 && used + 1 + length(word) > width) {
			lines.push(line);
			line = [];
		}
		used = line.length === 0 ? length(word) : used + 1 + length(word);
		line.push(word);
	}
	return [...lines, line];
}

// src/render/examples.ts
const LABEL = /^(Bad|Good):/;
const USUAL_PATHS = {
	zone: "zones/example.com.zone",
	policy: "policies/example.com/mta-sts.txt"
};
/** What a fence's info string `<language> <bad|good> [<path>] [before|<date>]` says; undefined for a fence that is no example. */
function exampleFile(block) {
	const [language = "", verdict, ...words] = block.info.trim().split(/\s+/);
	if (verdict !== "bad" && verdict !== "good") return void 0;
	const path = words.find((word) => word.includes("/") || word.startsWith("."));
	const when = words.find((word) => word !== path);
	return {
		verdict,
		path: path ?? USUAL_PATHS[language] ?? language,
		when: when ?? "head",
		block
	};
}
/** The example sets of a page, in its order: each paragraph that begins with `Bad:` or `Good:` opens one. */
function exampleSets(page) {
	const sets = [];
	for (const block of page) {
		const verdict = verdictOf(block);
		if (verdict) sets.push({
			verdict,
			files: []
		});
		const file = block.kind === "code" ? exampleFile(block) : void 0;
		if (file) sets.at(-1)?.files.push(file);
	}
	return sets;
}
function verdictOf(block) {
	const [, word] = block.kind === "paragraph" ? LABEL.exec(block.text) ?? [] : [];
	return word?.toLowerCase();
}
/** A paragraph whose `Bad:` or `Good:` stands out. */
function withLabel(paragraph) {
	return paragraph.replace(LABEL, "**$&**");
}
/** Which file a code block of a page shows; undefined where it goes without saying. */
function caption(block, sets) {
	const set = sets.find(({ files }) => files.some((file) => file.block === block));
	const file = set?.files.find((other) => other.block === block);
	if (!set || !file) return void 0;
	if (set.files.some(({ when }) => when !== "head")) return {
		path: file.path,
		when: WHEN[file.when] ?? `on ${file.when}`
	};
	return set.files.length === 1 && Object.values(USUAL_PATHS).includes(file.path) ? void 0 : {
		path: file.path,
		when: void 0
	};
}
const WHEN = {
	head: "after the change",
	before: "before the change"
};

// src/render/markdown.ts
const FENCE = /^```(.*)$/;
const HEADING = /^#{1,6} +(.+)$/;
const ITEM = /^ {0,3}([-*]|\d+\.) +(.+)$/;
/** Reads Markdown into its blocks: headings, paragraphs, flat lists and fenced code; lines of one block are joined by blanks. */
function blocks(markdown) {
	const lines = markdown.replaceAll("\r\n", "\n").split("\n");
	const found = [];
	let at = 0;
	const take = (belongs) => {
		const from = at++;
		while (at < lines.length && belongs(lines[at] ?? "")) at++;
		return lines.slice(from, at);
	};
	while (at < lines.length) {
		const line = lines[at] ?? "";
		const [, info] = FENCE.exec(line) ?? [];
		const [, title] = HEADING.exec(line) ?? [];
		if (info !== void 0) {
			const text = take((next) => next !== "```").slice(1);
			at++;
			found.push({
				kind: "code",
				info,
				text: text.map((row) => `${row}\n`).join("")
			});
		} else if (title !== void 0) {
			found.push({
				kind: "heading",
				text: title
			});
			at++;
		} else if (ITEM.test(line)) found.push({
			kind: "list",
			items: items(take((next) => next.trim() !== "" && !endsProse(next)))
		});
		else if (line.trim() === "") at++;
		else {
			const text = take((next) => next.trim() !== "" && !endsProse(next) && !ITEM.test(next));
			found.push({
				kind: "paragraph",
				text: joined(text)
			});
		}
	}
	return found;
}
function endsProse(line) {
	return FENCE.test(line) || HEADING.test(line);
}
function joined(lines) {
	return lines.map((line) => line.trim()).join(" ");
}
function items(lines) {
	const found = [];
	for (const line of lines) {
		const [, mark, text] = ITEM.exec(line) ?? [];
		if (mark !== void 0 && text !== void 0) found.push({
			mark,
			lines: [text]
		});
		else found.at(-1)?.lines.push(line);
	}
	return found.map((item) => ({
		mark: item.mark,
		text: joined(item.lines)
	}));
}

// src/render/pageText.ts
/** A page of Markdown for a terminal: headings at the margin, all else below them, prose wrapped, code as it is. */
function pageText(markdown, options) {
	const page = blocks(markdown);
	const sets = exampleSets(page);
	const paint = painter(options.color);
	return page.map((block) => `${blockLines(block, sets, options, paint).join("\n")}\n`).join("\n");
}
/** One paragraph of Markdown, wrapped: `first` stands before its first line, as many blanks before the others. */
function proseLines(text, first, options) {
	const paint = painter(options.color);
	const room = Math.max(20, options.width - first.length);
	const words = wordsOf(spans(text, options.color)).flatMap((word) => broken(word, room));
	return wrappedWords(words, room, length).map((line, index) => (index === 0 ? first : " ".repeat(first.length)) + line.map((word) => word.map(({ style, text: part }) => style ? paint(style, part) : part).join("")).join(" "));
}
function blockLines(block, sets, options, paint) {
	if (block.kind === "heading") return [paint("bold", logSafe(block.text))];
	if (block.kind === "paragraph") return proseLines(withLabel(block.text), "  ", options);
	if (block.kind === "list") return block.items.flatMap(({ mark, text }) => proseLines(text, `  ${mark} `, options));
	const { path, when } = caption(block, sets) ?? {};
	const about = [path, when].filter((part) => part !== void 0).join(", ");
	return [...about === "" ? [] : [`    ${paint("dim", `${logSafe(about)}:`)}`, ""], ...codeLines(block.text).map((line) => `    ${line}`.trimEnd())];
}
/** The lines of a code block, without the last line end; what would move the cursor is shown by its number. */
function codeLines(text) {
	return text.replace(/\n$/, "").split("\n").map((line) => logSafe(line.replaceAll("	", "    ")));
}
const INLINE = /(`+)(?<code>.+?)\1|\*\*(?<strong>[^*]+)\*\*|\*(?<emphasis>[^*\s][^*]*)\*|\[(?<title>[^\]]+)\]\((?<url>[^)]+)\)/g;
/** Resolves the marks inside a paragraph; without colour, code of several words stands in typographic quotes. */
function spans(text, color) {
	const runs = [];
	const plain = (part) => void (part !== "" && runs.push({
		text: part,
		style: void 0
	}));
	let end = 0;
	for (const match of text.matchAll(INLINE)) {
		plain(text.slice(end, match.index));
		end = match.index + match[0].length;
		const { code, strong, emphasis, title, url } = match.groups ?? {};
		if (code !== void 0) runs.push({
			text: color ? code : `“${code}”`,
			style: "code"
		});
		else if (title !== void 0) plain(`${title} (${url})`);
		else runs.push({
			text: strong ?? emphasis ?? "",
			style: "bold"
		});
	}
	plain(text.slice(end));
	return runs;
}
function length(word) {
	return word.reduce((sum, { text }) => sum + text.length, 0);
}
/** Splits runs at their blanks; a word may hold several styles: a quoted word and its full stop. */
function wordsOf(runs) {
	const words = [[]];
	for (const { text, style } of runs) for (const [index, part] of text.split(" ").entries()) {
		if (index > 0) words.push([]);
		if (part !== "") words.at(-1)?.push({
			text: logSafe(part),
			style
		});
	}
	return words.filter((word) => word.length > 0);
}
/** A word that is longer than a line, in pieces. */
function broken(word, room) {
	if (length(word) <= room) return [word];
	return word.flatMap(({ text, style }) => Array.from({ length: Math.ceil(text.length / room) }, (_, index) => [{
		text: text.slice(index * room, (index + 1) * room),
		style
	}]));
}

// src/render/sarifPlace.ts
const BYTE_ORDER_MARK = "﻿";
/** A path in the repository as a relative URI; a byte of a name that is not UTF-8 is that byte. */
function artifactLocation(path) {
	const stray = /[\uDC80-\uDCFF]/u;
	return {
		uri: Array.from(path, (character) => stray.test(character) ? `%${(character.charCodeAt(0) - 56320).toString(16).toUpperCase()}` : pathInUrl(character) ?? "%EF%BF%BD").join(""),
		uriBaseId: "%SRCROOT%"
	};
}
/** Finds the places of spans; a span of base is told at head where its file is still there: at the line that came in its stead. */
function placer(source) {
	return (span) => {
		const { side, path, start } = span;
		const head = side === "base" ? source({
			side: "head",
			path
		}) : void 0;
		const base = side === "base" ? source(span) : void 0;
		const region = base && head ? lineRegion(counterpart(start.line, base, head), head) : regionOf(span, base ?? source(span));
		return {
			physicalLocation: {
				artifactLocation: artifactLocation(path),
				region
			},
			was: side === "base" ? `Before the change: line ${start.line} of ${quote(path)}.` : void 0
		};
	};
}
/** What a span shows of its file: inside it, without the last line end, and the whole line where it is empty. */
function regionOf({ start, end }, source) {
	if (!source) return {
		startLine: start.line,
		startColumn: start.column,
		endLine: end.line,
		endColumn: end.column
	};
	const from = inside(start, source);
	const to = end.line > start.line && end.column === 1 ? lineRegion(end.line - 1, source) : void 0;
	const region = {
		startLine: from.line,
		startColumn: from.column,
		...to ? {
			endLine: to.endLine,
			endColumn: to.endColumn
		} : ending(inside(end, source))
	};
	return region.startLine === region.endLine && region.startColumn >= region.endColumn ? lineRegion(from.line, source) : region;
}
function ending({ line, column }) {
	return {
		endLine: line,
		endColumn: column
	};
}
/** The nearest place that the file has. */
function inside(point, source) {
	const last = lineRegion(point.line, source);
	if (last.startLine < point.line) return {
		line: last.endLine,
		column: last.endColumn
	};
	return {
		line: point.line,
		column: Math.min(columnOf(point, source), last.endColumn)
	};
}
/** A whole line without its line end; the last one for those that the file does not have. */
function lineRegion(wanted, source) {
	const lines = linesOf(source);
	const line = Math.max(1, Math.min(wanted, lines.length));
	return {
		startLine: line,
		startColumn: 1,
		endLine: line,
		endColumn: (lines[line - 1]?.length ?? 0) + 1
	};
}
/** Lines without their ends and without a byte order mark. */
const linesOf = memo((source) => linesIn(withoutMark(source.text())));
const hasMark = memo((source) => source.text(0, 3) === BYTE_ORDER_MARK);
function withoutMark(text) {
	return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
/** Ours count a byte order mark, SARIF's do not. */
function columnOf({ line, column }, source) {
	return line === 1 && column > 1 && hasMark(source) ? column - 1 : column;
}
/** The exact region of an edit; undefined where characters cannot tell it: in a byte order mark, or beside bytes that are no text. */
function editRegion({ start, end }, source) {
	if (hasMark(source) && start.offset < 3 || !isText(source)) return void 0;
	return {
		startLine: start.line,
		startColumn: columnOf(start, source),
		endLine: end.line,
		endColumn: columnOf(end, source)
	};
}
const isText = memo((source) => Buffer.from(source.text()).equals(source.bytes));
/** The line of head that stands where a line of base did. */
function counterpart(line, base, head) {
	const [before, after] = [linesOf(base), linesOf(head)];
	const { lead, tail } = ends(before)(after);
	if (line <= lead) return line;
	return line > before.length - tail ? line + after.length - before.length : lead + 1;
}
const ends = memo((before) => memo((after) => sameEnds(before, after)));

// src/render/sarifText.ts
/** What is not seen, or changes how the text around it is shown; line ends stay. */
const UNSHOWN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** What SARIF takes for a link inside a message (§3.11.6): nobody but us writes links. */
const LINK = /\[(?=[^\]]*\]\()/g;
/** A text as a plain message of SARIF: a stranger's words as they stand, without anything invisible and without links. */
function plain(text) {
	return text.replace(UNSHOWN, codePoint).replace(LINK, "\\[");
}

// src/render/sarifFix.ts
/** A fix as SARIF tells it (§3.55); undefined where one of its edits cannot be told so. */
function sarifFix({ title, edits }, source) {
	const changes = [...groupedBy(edits, ({ at }) => at.path)].map(([path, some]) => {
		const replacements = inOrder(some).map((edit) => replacement(edit, source));
		return replacements.includes(void 0) ? void 0 : {
			artifactLocation: artifactLocation(path),
			replacements
		};
	});
	return changes.includes(void 0) ? void 0 : {
		description: { text: plain(title) },
		artifactChanges: changes
	};
}
function replacement({ at, newText }, source) {
	const text = at.side === "head" ? source(at) : void 0;
	const deletedRegion = text && editRegion(at, text);
	if (!deletedRegion) return void 0;
	return {
		deletedRegion,
		...newText === "" ? {} : { insertedContent: { text: newText } }
	};
}
/** Equal edits once, as they are applied. */
function inOrder(edits) {
	return [...new Map(edits.map((edit) => [`${edit.at.start.offset} ${edit.at.end.offset} ${edit.newText}`, edit])).values()].toSorted((a, b) => a.at.start.offset - b.at.start.offset || a.at.end.offset - b.at.end.offset);
}

// src/render/pageMarkdown.ts
/** What GitHub colours, by the words of our fences. */
const LANGUAGES = {
	zone: "dns-zone",
	policy: "text"
};
/** A rule's page for readers: the info strings of its examples are for the tests, so a language stands there, and above which file it is and when. */
function pageMarkdown(text) {
	const page = blocks(text);
	const sets = exampleSets(page);
	const code = page.filter((block) => block.kind === "code" && block.info !== "").values();
	return text.replace(/^(?:```(.+)|(?:Bad|Good):.*)$/gm, (line, info) => {
		if (info === void 0) return withLabel(line);
		const { value: block } = code.next();
		const { path, when } = (block?.kind === "code" ? caption(block, sets) : void 0) ?? {};
		const title = path === void 0 ? "" : `\`${path}\`${when === void 0 ? "" : `, ${when}`}:\n\n`;
		const [language = ""] = info.split(" ");
		return `${title}\`\`\`${LANGUAGES[language] ?? language}`;
	});
}

// src/render/sarifRule.ts
/** What GitHub shows of a description, in characters. */
const LONGEST = 1024;
const LEVELS$1 = {
	error: "error",
	warning: "warning",
	notice: "note",
	off: "note"
};
const PROBLEMS = {
	error: "error",
	warning: "warning",
	notice: "recommendation",
	off: "recommendation"
};
/** A rule as SARIF describes it, with its page. */
function sarifRule(id, { group, summary, severity, references }, page) {
	const opening = blocks(page).find((block) => block.kind === "paragraph");
	return {
		id,
		...id.includes("-") ? { name: nameOf(id) } : {},
		shortDescription: description(`${summary}.`),
		fullDescription: description(opening?.text ?? `${summary}.`),
		helpUri: ruleUrl(id),
		help: {
			text: pageText(page, {
				width: 100,
				color: false
			}),
			markdown: pageMarkdown(page).trim()
		},
		defaultConfiguration: {
			enabled: severity !== "off",
			level: LEVELS$1[severity]
		},
		properties: {
			tags: ["mta-sts", group],
			precision: "high",
			"problem.severity": PROBLEMS[severity],
			references
		}
	};
}
/** In the spelling that the standard asks for; a name that is its id once more is not allowed. */
function nameOf(id) {
	return id.replace(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase());
}
function description(markdown) {
	const text = markdown.replaceAll(/[`*]/g, "");
	return {
		text: text.length > LONGEST ? `${text.slice(0, 1023)}…` : text,
		markdown
	};
}

// src/render/sarif.ts
/** What GitHub takes: so many results of a run, and so many bytes of the file once it is packed (10 MB, less a margin). */
const MOST_RESULTS = 25e3;
const MOST_BYTES = 95e5;
/** Of the locations that belong to a result GitHub keeps 100, and refuses a file with more than 1,000. */
const MOST_RELATED = 100;
const LEVELS = {
	error: "error",
	warning: "warning",
	notice: "note"
};
const BASELINE_STATES = {
	new: "new",
	existing: "unchanged",
	fixed: "absent"
};
/** The findings as a SARIF 2.1.0 log of one run, worst first, the same bytes for the same review. */
function sarif(review, options) {
	const { findings, ignored } = review;
	const { onlyOpen } = options;
	const result = resulting(options);
	const open = findings.filter(({ status }) => status !== "fixed");
	const fixed = onlyOpen ? [] : findings.filter(({ status }) => status === "fixed");
	const results = [
		...open.map((finding) => result(finding)),
		...(onlyOpen ? [] : ignored).map(({ finding, by }) => result(finding, by)),
		...fixed.map((finding) => result(finding))
	];
	return fitting(results, (kept) => `${jsonText(log(review, kept, results.length - kept.length, options), 2)}\n`);
}
/** The text with as many results as GitHub takes. */
function fitting(results, render, limits = {
	results: MOST_RESULTS,
	bytes: MOST_BYTES
}) {
	let kept = results.slice(0, limits.results);
	for (;;) {
		const text = render(kept);
		const size = text.length <= limits.bytes ? 0 : gzipSync(text).length;
		if (size <= limits.bytes || kept.length === 0) return text;
		kept = kept.slice(0, Math.floor(kept.length * .95 * limits.bytes / size));
	}
}
function log(review, results, leftOut, options) {
	const { rules, pages, conclusion } = options;
	return {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [{
			tool: { driver: {
				name,
				semanticVersion: version,
				version,
				informationUri: repositoryUrl("README.md"),
				rules: Object.entries(rules).map(([id, rule]) => sarifRule(id, rule, pages[id] ?? ""))
			} },
			invocations: [{
				executionSuccessful: conclusion !== "incomplete",
				toolExecutionNotifications: notifications(review, leftOut, options)
			}],
			originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
			columnKind: "utf16CodeUnits",
			defaultEncoding: "utf-8",
			results
		}]
	};
}
/** What the run could not read, and what of it does not stand here. */
function notifications({ findings, sides }, leftOut, { rules, source }) {
	const place = placer(source);
	const index = Object.keys(rules).indexOf("incomplete");
	return [
		...findings.filter(({ rule, status }) => rule === "incomplete" && status !== "fixed").map(({ rule, severity, message, at }) => ({
			level: LEVELS[severity],
			message: { text: plain(message) },
			associatedRule: {
				id: rule,
				index
			},
			locations: [{ physicalLocation: place(at).physicalLocation }]
		})),
		...skippedFiles(sides.head).map(unread),
		...leftOut > 0 ? [{
			level: "warning",
			message: { text: `${plural(leftOut, "result")} of less weight are left out, because GitHub takes no more in one file. The text and JSON formats hold all.` }
		}] : []
	];
}
function unread({ path, span, reason, leftOut }) {
	return {
		level: "note",
		message: { text: `${leftOut ? "Left out" : "Not read"}: ${plain(reason)}.` },
		locations: [{ physicalLocation: {
			artifactLocation: artifactLocation(path),
			region: { startLine: span.start.line }
		} }]
	};
}
/** Makes a result of a finding, and of what says that it is ignored. */
function resulting({ rules, isChange, source }) {
	const place = placer(source);
	const indices = new Map(Object.keys(rules).map((id, index) => [id, index]));
	return (finding, by) => {
		const { rule, severity, status, message, related = [], fingerprint, domain, reference, fix } = finding;
		const at = status === "fixed" ? place(finding.at) : mainPlace(finding, place);
		const fixed = fix && sarifFix(fix, source);
		return {
			ruleId: rule,
			ruleIndex: indices.get(rule),
			level: LEVELS[severity],
			message: { text: [plain(message), ...at.was === void 0 ? [] : [at.was]].join("\n") },
			locations: [{ physicalLocation: at.physicalLocation }],
			...related.length > 0 ? { relatedLocations: related.slice(0, MOST_RELATED).map((other, index) => {
				const { physicalLocation, was } = place(other.at);
				const text = [plain(other.message), ...was === void 0 ? [] : [was]].join(" ");
				return {
					id: index + 1,
					physicalLocation,
					message: { text }
				};
			}) } : {},
			partialFingerprints: {
				primaryLocationLineHash: fingerprint,
				"mtaStsGuard/v1": fingerprint
			},
			...isChange ? { baselineState: BASELINE_STATES[status] } : {},
			...by ? { suppressions: [suppression(by, place)] } : {},
			...fixed ? { fixes: [fixed] } : {},
			properties: {
				...domain === null ? {} : { domain: display(domain) },
				reference
			}
		};
	};
}
/**
* Where a finding is told: its own place, or if that is a line which the change deletes, the first of its other places that
* head has - code scanning shows files of head only -, or where the line was.
*/
function mainPlace({ at, related = [] }, place) {
	if (at.side === "head") return place(at);
	const there = related.find((other) => other.at.side === "head");
	return there ? {
		...place(there.at),
		was: place(at).was
	} : place(at);
}
function suppression(by, place) {
	const until = by.until ? ` (until ${dayText(by.until)})` : "";
	return {
		kind: "record" in by ? "inSource" : "external",
		status: "accepted",
		justification: `${plain(by.reason)}${until}`,
		location: { physicalLocation: place(by.at).physicalLocation }
	};
}

export { wrapped as a, linesIn as c, pathInUrl as d, lookedAt as f, proseLines as i, sameEnds as l, plural as m, sarif as n, painter as o, lookedAtLine as p, pageText as r, ruleUrl as s, fitting as t, repositoryUrl as u };