import { Dn as sourceAt, Mn as conclude, Pn as thresholdOf, jn as bySeverity } from "./parse.js";
import { E as annotations, S as stateMarkdown, T as json, v as closing, w as pathInUrl, x as reviewMarkdown } from "./engine.js";

// src/action/report.ts
/** GitHub takes 1 MiB a step. */
const SUMMARY_BYTES = 9e5;
/** Tells a judgement in every form that a run of the action leaves behind. */
function report(judged, { failOn, notes, repositoryUrl }) {
	const { review, snapshot, config, base, head, state } = judged;
	const threshold = thresholdOf(failOn, config);
	const conclusion = conclude(review.findings, threshold);
	const link = linker(repositoryUrl, {
		base,
		head
	});
	const parts = [reviewMarkdown(review, {
		...threshold,
		conclusion,
		isChange: base !== null,
		bytes: SUMMARY_BYTES / 2,
		notes: [...notes, ...configNotes(snapshot)],
		source: (span) => sourceAt(snapshot, span),
		link
	}), ...state && base !== null ? [stateMarkdown(state.review, SUMMARY_BYTES / 2, {
		source: (span) => sourceAt(state.snapshot, span),
		link: linker(repositoryUrl, {
			base,
			head: base
		})
	})] : []];
	const { error, warning, notice } = bySeverity(review.findings.filter(({ status }) => status === "new"));
	return {
		log: `${annotations(review.findings, {
			all: false,
			rest: "the job summary"
		})}${closing(review).join("\n")}\n`,
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
function configNotes({ configs }) {
	const source = configs?.base?.problems.length ? configs.base.source : void 0;
	return source ? [`\`${source.path}\` of the base does not validate, so the defaults apply.`] : [];
}
function linker(repositoryUrl, commits) {
	return ({ side, path, start, end }) => {
		const file = pathInUrl(path);
		const commit = commits[side] ?? commits.head;
		const last = end.line > start.line && end.column > 1 ? `-L${end.line}` : "";
		return file === void 0 ? void 0 : `${repositoryUrl}/blob/${commit}/${file}#L${start.line}${last}`;
	};
}

export { report };