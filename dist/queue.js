// src/queue/queue.ts
/** What is pushed between two tries waits for the next one, so none is further away, ms. */
const LONGEST_PAUSE = 3e5;
/**
* Milliseconds between two tries: 5 seconds, then four times as long each time, up to 5 minutes; and up to a fifth more, so that not
* all come at once.
*/
function pauseAfter(tries) {
	return Math.min(5e3 * 4 ** (tries - 1), LONGEST_PAUSE) * (1 + Math.random() / 5);
}

export { pauseAfter as t };