import { t as bySeverity } from "./first.js";
import { X as sourceAt } from "./parse.js";
import { C as linksTo, _ as stateMarkdown, a as closing, c as json, g as reviewMarkdown, l as annotations, y as offerByHand } from "./engine.js";
import { n as RULES } from "./rules.js";

// src/action/report.ts
/** GitHub takes 1 MiB a step. */
const SUMMARY_BYTES = 9e5;
/** Tells a judgement in every form that a run of the action leaves behind. */
function report(judged, { threshold, conclusion, notes, isAnnotated, repositoryUrl }) {
	const { review, snapshot, base, head, state } = judged;
	const parts = [reviewMarkdown(review, {
		conclusion,
		all: threshold.all,
		isChange: base !== null,
		bytes: SUMMARY_BYTES / 2,
		notes: [...notes, ...configNotes(snapshot)],
		unwritten: [],
		rest: void 0,
		isFull: () => true,
		offer: ({ fix }) => fix && offerByHand(fix, (path) => sourceAt(snapshot, {
			side: "head",
			path
		})),
		link: linksTo(repositoryUrl, {
			base,
			head
		})
	}), ...state && base !== null ? [stateMarkdown(state.review, SUMMARY_BYTES / 2, linksTo(repositoryUrl, {
		base,
		head: base
	}))] : []];
	const { error, warning, notice } = bySeverity(review.findings.filter(({ status }) => status === "new"));
	return {
		log: `${isAnnotated ? annotations(review.findings, {
			all: false,
			rest: "the job summary"
		}) : ""}${closing(review).join("\n")}\n`,
		summary: parts.join("\n"),
		json: json(review, {
			base,
			head
		}, conclusion),
		outputs: {
			conclusion,
			errors: error,
			warnings: warning,
			notices: notice
		}
	};
}
/** The judgement for GitHub's code scanning. */
async function sarifReport({ review, snapshot, base }, conclusion) {
	const [{ sarif }, { PAGES }] = await Promise.all([import("./sarif2.js"), import("./pages.js")]);
	return sarif(review, {
		rules: RULES,
		pages: PAGES,
		conclusion,
		isChange: base !== null,
		onlyOpen: true,
		source: (place) => sourceAt(snapshot, place)
	});
}
function configNotes({ configs }) {
	const source = configs?.base?.problems.length ? configs.base.source : void 0;
	return source ? [`\`${source.path}\` of the base does not validate, so the defaults apply.`] : [];
}

export { report, sarifReport };