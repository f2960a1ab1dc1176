// src/queue/job.ts
/** What two jobs share of which one is enough. */
function keyOf(job) {
	switch (job.kind) {
		case "pull": return `pull ${job.installation} ${job.owner}/${job.repo} ${job.number}`;
		case "merge-group": return `merge-group ${job.installation} ${job.owner}/${job.repo} ${job.head}`;
		case "press": return `press ${job.installation} ${job.checkRun} ${job.button} ${job.by}`;
		case "head": return `head ${job.installation} ${job.owner}/${job.repo} ${job.head}`;
		case "recheck": return `recheck ${job.installation} ${job.owner}/${job.repo} ${job.number} ${job.by}`;
	}
	return `sweep ${job.installation}`;
}

export { keyOf as t };