import { h as commitsOf } from "./github.js";
import { subscribe, unsubscribe } from "node:diagnostics_channel";

// src/action/requestSent.ts
/** Where Node's `fetch`, and that of a proxy, tell of a request as they write it to its connection. */
const SENT = "undici:client:sendHeaders";
/** Resolves once a request is on its way. */
function requestSent() {
	return new Promise((resolve) => {
		const onSent = () => {
			unsubscribe(SENT, onSent);
			resolve();
		};
		subscribe(SENT, onSent);
	});
}

// src/action/judgeOnceAsked.ts
/**
* Judges a task as `judge` does, and loads it while GitHub answers the first question.
*
* Loading holds up all else: begun before the question is sent, it would come first.
*/
async function judgeOnceAsked(repository, task, configPath) {
	const sent = requestSent();
	const commits = commitsOf(repository, task);
	const engine = Promise.race([sent, commits]).then(() => import("./judge.js"));
	const [{ judge }] = await Promise.all([engine, commits]);
	return judge(repository, task, configPath, /* @__PURE__ */ new Date(), commits);
}

export { judgeOnceAsked };