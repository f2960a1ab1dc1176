import { D as review, O as applyFixes, k as fixesTogether } from "./engine.js";
import { B as surplusOver } from "./parse.js";

// src/mend.ts
/** Fixes that others make possible are few, and each round judges the change anew. */
const MAX_ROUNDS = 6;
const MAX_TRIALS = 24;
/**
* Applies the fixes of the wanted findings until none is left, each time only those that together clear what they are for
* and bring nothing that was not there: two may allow the same host in one policy. `judged` is the snapshot's review.
*/
function mend(snapshot, judged, config, isWanted) {
	let state = {
		snapshot,
		findings: present(judged)
	};
	let fixes = 0;
	for (let round = 0; round < MAX_ROUNDS; round++) {
		const step = soundStep(state, config, isWanted);
		if (step.fixes === 0) break;
		state = step.state;
		fixes += step.fixes;
	}
	return {
		snapshot: state.snapshot,
		fixes
	};
}
/** As many fixes as are sound together: all if that is so, else half and half, the first ones first. */
function soundStep(before, config, isWanted) {
	const fixes = new Set(fixesTogether(before.findings.filter(isWanted)));
	const surplus = surplusOver(before.findings);
	let taken = [];
	let state = before;
	let trials = 0;
	const sift = (group) => {
		if (group.length === 0 || trials++ >= MAX_TRIALS) return;
		const whole = [...taken, ...group];
		const fixed = applyFixes(before.snapshot, whole.map(({ fix }) => fix));
		const after = fixed && {
			snapshot: fixed,
			findings: present(review(fixed, config))
		};
		if (after && surplus(whole, after.findings).length === 0) {
			taken = whole;
			state = after;
		} else if (group.length > 1) {
			sift(group.slice(0, group.length >> 1));
			sift(group.slice(group.length >> 1));
		}
	};
	sift(before.findings.filter(({ fix }) => fix && fixes.has(fix)));
	return {
		state,
		fixes: taken.length
	};
}
function present({ findings }) {
	return findings.filter(({ status }) => status !== "fixed");
}

export { mend as t };