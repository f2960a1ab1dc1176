import { u as Unusable } from "./first.js";
import { Ft as LARGEST_POLICY, It as parsePolicy, O as duration, On as Source, i as jsonText, o as logSafe, t as policyAlone } from "./parse.js";
import { s as ruleUrl } from "./sarif.js";
import { o as findingText } from "./engine.js";
import { n as RULES, t as withoutReplaced } from "./rules.js";
import { t as readArguments } from "./readArguments.js";
import { closeSync, openSync, readSync } from "node:fs";

// src/commands/policy.ts
const help = `Prints what the policy parser reads in a policy file, or what is wrong and where.

usage: mta-sts-guard policy FILE [--format text|json]

Exit status: 0 the policy is sound; 1 something is wrong; 2 the file cannot be read.
`;
/** Runs `policy`; resolves to the exit status, throws `Unusable` for a file or a request that cannot be used. */
async function runPolicy(argv) {
	const { values, positionals } = parsed(argv);
	if (values.help) return process.stdout.write(help), 0;
	const [file, ...more] = positionals;
	if (file === void 0 || more.length > 0) throw new Unusable("policy takes one FILE. See mta-sts-guard policy --help.");
	const format = values.format ?? "text";
	if (format !== "text" && format !== "json") throw new Unusable(`--format ${format} is not known: use text or json.`);
	const policy = parsePolicy(new Source("head", file, contents(file)));
	const findings = judge(policy);
	const wrong = findings.some((finding) => finding.severity !== "notice");
	process.stdout.write(format === "json" ? json(policy, findings) : text(policy, findings, wrong));
	return wrong ? 1 : 0;
}
function parsed(argv) {
	return readArguments("policy", {
		args: [...argv],
		options: {
			format: { type: "string" },
			help: {
				type: "boolean",
				short: "h"
			}
		},
		allowPositionals: true
	});
}
/** The bytes of a file or pipe, up to one more than a policy may have: the parser then says that it is too large. */
function contents(file) {
	const bytes = new Uint8Array(LARGEST_POLICY + 1);
	let length = 0;
	try {
		const descriptor = openSync(file, "r");
		try {
			for (let read = -1; read !== 0; length += read) read = readSync(descriptor, bytes, length, bytes.length - length, null);
		} finally {
			closeSync(descriptor);
		}
	} catch (error) {
		throw new Unusable(`${file} ${reason(error)}`);
	}
	return bytes.subarray(0, length);
}
function reason({ code }) {
	if (code === "EISDIR") return "is a directory: name the policy file in it, such as .well-known/mta-sts.txt.";
	if (code === "ENOENT" || code === "ENOTDIR") return "is not there: name an existing policy file.";
	if (code === "EACCES" || code === "EPERM") return "may not be read: give yourself read permission.";
	return `cannot be read (${code ?? "unknown reason"}): name a readable file.`;
}
/** Every rule about a policy alone; what needs the zone or the history is for `check`. */
function judge(policy) {
	const change = policyAlone(policy);
	const findings = Object.entries(RULES).filter(([, rule]) => rule.severity !== "off").flatMap(([id, rule]) => [...rule.policy?.(change) ?? []].map((report) => finding(id, rule, report)));
	return withoutReplaced(findings).toSorted((a, b) => a.at.start.offset - b.at.start.offset);
}
function finding(rule, { severity: usual, references }, report) {
	return {
		severity: usual === "off" ? "notice" : usual,
		reference: references[0],
		...report,
		rule,
		domain: null,
		status: "new",
		fingerprint: ""
	};
}
function text(policy, findings, wrong) {
	return `${[...wrong ? [] : reading(policy), ...findings.map(findingText)].join("\n")}\n`;
}
function reading({ version, mode, maxAge, mx, extensions }) {
	return [
		`version: ${version?.value}`,
		`mode: ${mode?.value}`,
		`max_age: ${maxAge?.value} (${duration(maxAge?.value ?? 0)})`,
		...mx.map((pattern) => `mx: ${pattern.value}`),
		...extensions.map((field) => `${field.name.value}: ${logSafe(field.value.value)} (unknown to senders)`)
	];
}
function json({ source, version, mode, maxAge, mx, extensions }, findings) {
	const document = {
		path: source.path,
		version: version?.value ?? null,
		mode: mode?.value ?? null,
		maxAge: maxAge?.value ?? null,
		mx: mx.map((pattern) => pattern.value),
		extensions: extensions.map((field) => ({
			name: field.name.value,
			value: field.value.value
		})),
		findings: findings.map(({ rule, severity, message, at: { start, end }, reference }) => ({
			rule,
			severity,
			message,
			line: start.line,
			column: start.column,
			endLine: end.line,
			endColumn: end.column,
			reference,
			url: ruleUrl(rule)
		}))
	};
	return `${jsonText(document, 2)}\n`;
}

export { runPolicy };