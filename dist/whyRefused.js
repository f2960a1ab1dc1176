import { setTimeout } from "node:timers/promises";

// src/queue/whyRefused.ts
/** How long all answers together are waited for, milliseconds. */
const PATIENCE = 2e3;
/** Asks for what the queue needs: scripts, its own keys, and what Redis has since 6.2. */
const TRY = `
redis.call("SET", KEYS[1], 1, "PX", 1)
return redis.call("ZRANGE", KEYS[2], 0, 0, "BYSCORE")`;
/** By how Redis's answer begins: what is wrong with the address and what to do. */
const REFUSALS = [
	[/^NOAUTH\b/, "REDIS_URL has no password, and Redis asks for one: write redis://:PASSWORD@HOST:6379."],
	[/^(?:WRONGPASS\b|ERR invalid password)/, "REDIS_URL has a user name or a password that Redis does not know: write redis://:PASSWORD@HOST:6379, or redis://NAME:PASSWORD@HOST:6379 for a user of its access list."],
	[/^NOPERM\b/, "REDIS_URL names a user whom Redis does not let do what the queue needs: allow it all commands on the keys mta-sts-guard:*."],
	[/^ERR (?:DB index|invalid DB index|SELECT is not allowed)/, "REDIS_URL ends with the number of a database that Redis does not have: leave it out, or take one from 0 to 15."],
	[/\bsyntax error\b/, "REDIS_URL names a Redis that is too old: the queue needs Redis 6.2 or later."]
];
/** Why the Redis at an address will not do, a sentence that says what to do; undefined where it will, or does not answer now. */
async function whyRefused(url) {
	const { Redis } = await import("ioredis");
	const redis = new Redis(url, {
		lazyConnect: true,
		retryStrategy: () => null,
		maxRetriesPerRequest: 0,
		enableReadyCheck: false
	});
	const answers = [];
	await Promise.race([tryOut(redis, answers), setTimeout(PATIENCE, void 0, { ref: false })]);
	redis.disconnect();
	for (const [pattern, mistake] of REFUSALS) if (answers.some((answer) => pattern.test(answer))) return mistake;
}
/** Puts what is said against it into `answers`, by Redis or on the way to it. */
async function tryOut(redis, answers) {
	const hear = (error) => {
		if (error instanceof Error) answers.push(error.message);
	};
	redis.on("error", hear);
	try {
		await redis.connect();
		await redis.eval(TRY, 2, "mta-sts-guard:try", "mta-sts-guard:try-2");
	} catch (error) {
		hear(error);
	}
}

export { whyRefused };