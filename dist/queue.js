// src/queue/queue.ts
/** Milliseconds between two tries: 5 seconds, then four times as long each time, and up to a fifth more so that not all come at once. */
function pauseAfter(tries) {
	return 5e3 * 4 ** (tries - 1) * (1 + Math.random() / 5);
}

export { pauseAfter as t };