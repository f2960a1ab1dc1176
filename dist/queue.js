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

// src/queue/queue.ts
/** Milliseconds between two tries: 5 seconds, then four times as long each time, and up to a fifth more so that not all come at once. */
function pauseAfter(tries) {
	return 5e3 * 4 ** (tries - 1) * (1 + Math.random() / 5);
}

export { keyOf as n, pauseAfter as t };