import { l as GithubApi } from "./github.js";
import { u as Unusable } from "./first.js";
import { n as array } from "./zod.js";
import { n as pullTask, t as PULL } from "./readEvent.js";

// src/action/pullsOfRun.ts
/** One branch can be proposed to many others; each costs requests, and whoever owns the branch decides how many there are. */
const MOST = 3;
/**
* Finds the open pull requests whose head is exactly what a run was for: same repository, branch and commit.
*
* Nothing but these three is taken from the run, and GitHub itself says which pull requests have them. Throws `Unusable` where
* GitHub cannot answer.
*/
async function pullsOfRun(client, place, { head, headBranch, headRepository }, env) {
	const told = await new GithubApi(client, place).get("pulls", [], {
		state: "open",
		head: `${headRepository.split("/")[0]}:${headBranch}`,
		sort: "updated",
		direction: "desc",
		per_page: 100
	});
	if (told === void 0) throw new Unusable(`GitHub shows this token no pull requests of ${place.owner}/${place.repo} (404): the job needs \`permissions: { pull-requests: read }\`, or write.`);
	const listed = array(PULL).safeParse(told);
	if (!listed.success) throw new Unusable("GitHub's list of pull requests is not whole: run the job again.");
	const same = listed.data.filter((pull) => pull.state === "open" && pull.head.repo?.full_name === headRepository && pull.head.ref === headBranch);
	const current = same.filter((pull) => pull.head.sha === head);
	return {
		changes: current.slice(0, MOST).toReversed().map((pull) => pullTask(pull, "workflow_run", env)),
		note: noteOf(same.length, current.length)
	};
}
function noteOf(same, current) {
	if (same === 0) return "No pull request is open from this branch: nothing is written.";
	if (current === 0) return "The pull request was pushed to since: its comments are left to the newer run.";
	if (current > MOST) return `${current} pull requests are open from this branch: comments go to the ${MOST} that changed last.`;
}

export { pullsOfRun };