// src/model/config.ts
/** Where the configuration lies in a repository. */
const CONFIG_PATH = ".github/mta-sts-guard.yml";
/** The rules that no configuration may silence: with them a run would pass that nobody judged. */
const UNTOUCHABLE = ["incomplete", "config-invalid"];
/** What applies where nobody set anything. */
const DEFAULT_CONFIG = {
	zones: [],
	policies: [],
	failOn: void 0,
	rollout: {
		minTestingDays: 14,
		enforcedElsewhere: []
	},
	severities: /* @__PURE__ */ new Map(),
	ignores: [],
	bot: {
		acceptRisk: "maintain",
		applyFixes: false
	}
};

// src/load/unusable.ts
/** What the machine or its user did wrongly, told in one line that says what and what to do; ends the run with status 2. */
var Unusable = class extends Error {
	constructor(message, options) {
		super(message.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim(), options);
		this.name = "Unusable";
	}
};

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
function fault(fingerprint) {
	return fingerprint.replace(/-\d+$/, "");
}
/** A finding that offers nothing to apply. */
function withoutFix(finding) {
	return {
		...finding,
		fix: void 0
	};
}

// src/model/conclusion.ts
/** Whether a finding counts for the conclusion. */
function counts(finding, all) {
	return finding.status === "new" || all && finding.status === "existing";
}
/** What makes a run fail: what was asked for, else what the configuration says, else errors. */
function thresholdOf(asked, { failOn }, all = false) {
	return {
		failOn: asked ?? failOn ?? "error",
		all
	};
}
/** How many findings of each severity there are, worst first. */
function bySeverity(findings) {
	const count = (wanted) => findings.filter(({ severity }) => severity === wanted).length;
	return {
		error: count("error"),
		warning: count("warning"),
		notice: count("notice")
	};
}
/** The conclusion of a run; no threshold makes green what could not be judged. */
function conclude(findings, { failOn, all }) {
	const counted = findings.filter((finding) => counts(finding, all));
	if (counted.some((finding) => finding.rule === "incomplete")) return "incomplete";
	return failOn !== "never" && counted.some((finding) => !outranks(failOn, finding.severity)) ? "failure" : "success";
}

export { fault as a, codePoint as c, CONFIG_PATH as d, DEFAULT_CONFIG as f, thresholdOf as i, quote as l, conclude as n, outranks as o, UNTOUCHABLE as p, counts as r, withoutFix as s, bySeverity as t, Unusable as u };