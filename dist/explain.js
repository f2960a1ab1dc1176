import { u as Unusable } from "./first.js";
import { G as nearest, i as jsonText, n as GROUPS, r as byGroup } from "./parse.js";
import { i as proseLines, o as painter, r as pageText, s as ruleUrl } from "./sarif.js";
import { S as sourceUrl } from "./engine.js";
import { n as RULES } from "./rules.js";
import { t as PAGES } from "./pages2.js";
import { t as readArguments } from "./readArguments.js";

// src/commands/explain.ts
const help = `Prints a rule's page - what happens, why, how to repair - or the list of rules.

usage: mta-sts-guard explain [RULE] [--format text|json]

Exit status: 0, or 2 if there is no such rule.
`;
/** Runs `explain`; resolves to the exit status. */
async function runExplain(argv) {
	const { values, positionals } = parsed(argv);
	if (values.help) return process.stdout.write(help), 0;
	const format = values.format ?? "text";
	if (format !== "text" && format !== "json") throw new Unusable(`--format ${format} is not known: use text or json.`);
	if (positionals.length > 1) throw new Unusable("explain takes one rule at a time. See mta-sts-guard explain --help.");
	const id = positionals[0] === void 0 ? void 0 : known(positionals[0]);
	if (format === "json") {
		const all = Object.keys(RULES).map(describe);
		process.stdout.write(`${jsonText(id === void 0 ? all : {
			...describe(id),
			page: PAGES[id]
		}, 2)}\n`);
	} else {
		const { isTTY, columns } = process.stdout;
		const options = {
			width: Math.min(columns ?? 80, 100),
			color: isTTY && !process.env["NO_COLOR"]
		};
		process.stdout.write(id === void 0 ? rulesText(options) : ruleText(id, options));
	}
	return 0;
}
function parsed(argv) {
	return readArguments("explain", {
		args: [...argv],
		options: {
			format: { type: "string" },
			help: { type: "boolean" }
		},
		allowPositionals: true
	});
}
function known(asked) {
	const id = asked.toLowerCase();
	if (Object.hasOwn(RULES, id)) return id;
	const ids = Object.keys(RULES);
	const alike = [nearest(id, ids) ?? [], ids.filter((rule) => rule.includes(id) || id.includes(rule))].flat();
	const near = [...new Set(id === "" ? [] : alike)];
	throw new Unusable(`there is no rule ${JSON.stringify(asked)}${near.length > 0 ? `: did you mean ${near.join(" or ")}?` : ": mta-sts-guard explain lists them."}`);
}
function describe(id) {
	const { group, severity, summary, references, since } = RULES[id];
	return {
		rule: id,
		group,
		severity,
		summary,
		references,
		since,
		url: ruleUrl(id)
	};
}
/** The list of rules, group by group. */
function rulesText(options) {
	const paint = painter(options.color);
	const width = Math.max(...Object.keys(RULES).map((id) => id.length));
	return `${byGroup(Object.entries(RULES)).map(([group, rules]) => {
		const rows = rules.map(([id, { severity, summary }]) => {
			const lead = `  ${id.padEnd(width)}  ${severity.padEnd(7)}  `;
			const [first = "", ...more] = proseLines(summary, lead, options);
			return [first.replace(severity, paint(severity, severity)), ...more].join("\n");
		});
		return `${paint("bold", GROUPS[group].replaceAll("`", ""))}\n\n${rows.join("\n")}\n`;
	}).join("\n")}\nmta-sts-guard explain RULE shows a rule's page.\n`;
}
/** A rule's page: what it says of itself, then the page, then where to read on. */
function ruleText(id, options) {
	const { severity, references, summary, group } = RULES[id];
	const paint = painter(options.color);
	const sources = [...references.map((reference) => [reference, sourceUrl(reference)]), ["this page", ruleUrl(id)]];
	return [
		`${paint("bold", id)}: ${paint(severity, severity)} (${group})\n`,
		`${proseLines(`${summary}.`, "  ", options).join("\n")}\n`,
		pageText(PAGES[id], options),
		paint("bold", "Read on"),
		"",
		...sources.map(([title, url]) => `  ${title}${url === void 0 ? "" : `: ${url}`}`),
		""
	].join("\n");
}

export { runExplain };