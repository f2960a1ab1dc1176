// src/serve/log.ts
/** From the quietest to the loudest. */
const LEVELS = [
	"fatal",
	"error",
	"warn",
	"info",
	"debug",
	"trace"
];
/** Fields that may hold a payload, headers or options of a request: a stranger's text, or a token. */
const UNTOLD = /* @__PURE__ */ new Set([
	"event",
	"request",
	"response",
	"headers",
	"payload",
	"options"
]);
const TOKEN = /\b(?:gh[a-z]_\w+|github_pat_\w+|eyJ[\w-]+\.[\w-]+\.[\w-]*)|\b(bearer|token) +\S+/gi;
const PEM = /-----BEGIN [^-]*PRIVATE KEY-----[^]*?(?:-----END [^-]*PRIVATE KEY-----|$)/g;
const HIDDEN = "[hidden]";
/**
* A log of JSON lines, shaped like Pino's, which Probot and Octokit write to: `(text)`, `(error)`, `(fields, text)`.
* Whatever is said, the secrets, anything that looks like a token, and payloads are left out.
*/
function openLog(level, secrets, write) {
	const hidden = secrets.filter((secret) => secret !== "");
	const loudest = LEVELS.indexOf(level);
	const withFields = (always) => {
		const teller = (at) => LEVELS.indexOf(at) > loudest ? () => {} : (...said) => {
			const fields = Object.assign({
				time: (/* @__PURE__ */ new Date()).toISOString(),
				level: at
			}, always, ...said.map(fieldsOf));
			const safe = (_, value) => typeof value === "string" ? hide(value, hidden) : value;
			write(`${JSON.stringify(fields, safe)}\n`);
		};
		return {
			...Object.fromEntries(LEVELS.map((at) => [at, teller(at)])),
			child: (more) => withFields({
				...always,
				...told(more)
			})
		};
	};
	return withFields({});
}
function fieldsOf(said) {
	if (said instanceof Error) return { error: faultOf(said) };
	if (typeof said === "object" && said !== null) return told(said);
	return typeof said === "string" ? { msg: said } : {};
}
/** An object's fields as far as they may be told: plain values, and errors by their message. */
function told(fields) {
	const plain = {};
	for (const [name, value] of Object.entries(fields)) if (value instanceof Error) plain[name === "err" ? "error" : name] = faultOf(value);
	else if (!UNTOLD.has(name) && (value === null || /^(?:string|number|boolean)$/.test(typeof value))) plain[name] = value;
	return plain;
}
/** An error in a line; of several in one, each. */
function faultOf(error) {
	const inner = error instanceof AggregateError ? error.errors.map((one) => faultOf(one)) : [];
	return inner.length > 0 ? [...new Set(inner)].join("; ") : `${error.name}: ${error.message}`;
}
function hide(text, hidden) {
	let safe = text.replace(PEM, HIDDEN).replace(TOKEN, HIDDEN);
	for (const secret of hidden) safe = safe.replaceAll(secret, HIDDEN);
	return safe;
}

export { openLog as n, LEVELS as t };