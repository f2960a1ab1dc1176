import { X as sourceAt } from "./parse.js";
import { n as changedFiles, t as publish } from "./publish.js";

// src/action/publishPull.ts
const NOTHING = {
	commentUrl: "",
	degraded: false,
	errors: [],
	notes: []
};
/** Brings the comments of a pull request in line with its judgement, as far as inputs and token allow. */
async function publishPull(client, pull, { review, snapshot }, conclusion, inputs, { owner, repo, serverUrl, run }) {
	if (!pull.isOpen) {
		const note = "This pull request is closed: it was judged, and nothing is written to it.";
		return {
			...NOTHING,
			notes: [note]
		};
	}
	if (inputs.comment === "never" && inputs.inlineComments === 0) return NOTHING;
	if (pull.readOnly !== void 0) return {
		...NOTHING,
		degraded: true,
		notes: [pull.readOnly]
	};
	const id = {
		owner,
		repo,
		number: pull.number
	};
	const { commentUrl, unwritten, isForbidden, isOutdated } = await publish(client, {
		pull: {
			...id,
			headSha: pull.head,
			headBranch: pull.headBranch,
			headRepository: pull.headRepository,
			mayPush: pull.headRepository === `${owner}/${repo}`,
			files: await changedFiles(client, id)
		},
		review,
		conclusion,
		text: (path) => sourceAt(snapshot, {
			side: "head",
			path
		}),
		comment: inputs.comment,
		inlineComments: inputs.inlineComments,
		serverUrl,
		readOnly: void 0,
		dryRun: inputs.dryRun,
		notes: [],
		rest: "in the job summary",
		run
	});
	const outdated = "This pull request was closed or pushed to while this ran, so its comments are left to the next run.";
	return {
		commentUrl: commentUrl ?? "",
		degraded: unwritten.length > 0,
		errors: isForbidden ? unwritten : [],
		notes: [...unwritten, ...isOutdated ? [outdated] : []]
	};
}

export { publishPull };