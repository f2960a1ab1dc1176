import { o as logSafe } from "./parse.js";
import { t as keyOf } from "./job.js";
import { t as pauseAfter } from "./queue.js";
import { createHash } from "node:crypto";
import { setTimeout as setTimeout$1 } from "node:timers/promises";

// src/queue/dates.ts
/** Forgets a date, unless a new one has taken its place. */
const FORGET = `
if redis.call("ZSCORE", KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call("HDEL", KEYS[2], ARGV[1])
return redis.call("ZREM", KEYS[1], ARGV[1])`;
/** How many due jobs are taken at once. */
const BATCH = 100;
/** Jobs for a later moment on Redis, one a key. */
var Dates = class {
	#redis;
	#when;
	#what;
	constructor(redis, prefix) {
		this.#redis = redis;
		this.#when = `${prefix}dates`;
		this.#what = `${prefix}dates-jobs`;
	}
	async set(id, job, at) {
		const set = this.#redis.multi().zadd(this.#when, at.getTime(), id).hset(this.#what, id, JSON.stringify(job));
		for (const [error] of await set.exec() ?? []) if (error) throw error;
	}
	/** Gives every job whose moment has come to `add`, and forgets it only once that is done. */
	async due(add) {
		const due = await this.#redis.zrange(this.#when, 0, Date.now(), "BYSCORE", "LIMIT", 0, BATCH, "WITHSCORES");
		for (let i = 0; i < due.length; i += 2) {
			const [id = "", when = ""] = due.slice(i, i + 2);
			const job = await this.#redis.hget(this.#what, id);
			if (job !== null) await add(JSON.parse(job));
			await this.#redis.eval(FORGET, 2, this.#when, this.#what, id, when);
		}
	}
	count() {
		return this.#redis.zcard(this.#when);
	}
};

// src/queue/slots.ts
/**
* Takes a slot for a job, or puts it among those that wait for one.
*
* A slot is held as long as BullMQ's lock on its job stands, so nothing else must run out when a worker dies.
*/
const TAKE = `
local slots, line, all = KEYS[1], KEYS[2], KEYS[3]
local jobs, id, token, most, since = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), ARGV[5]
for _, held in ipairs(redis.call("HKEYS", slots)) do
  if redis.call("EXISTS", jobs .. held .. ":lock") == 0 then redis.call("HDEL", slots, held) end
end
if redis.call("HEXISTS", slots, id) == 1 or redis.call("HLEN", slots) < most then
  redis.call("HSET", slots, id, token)
  redis.call("ZREM", line, id)
  redis.call("ZREM", all, id)
  return -1
end
redis.call("ZADD", line, "NX", since, id)
redis.call("ZADD", all, "NX", since, id)
return redis.call("ZRANK", line, id)`;
/** Gives a slot back, unless another worker has taken the job over, and says which job waits longest for it. */
const LEAVE = `
local slots, line, all = KEYS[1], KEYS[2], KEYS[3]
if redis.call("HGET", slots, ARGV[1]) == ARGV[2] then redis.call("HDEL", slots, ARGV[1]) end
local first = redis.call("ZPOPMIN", line)[1]
if first then redis.call("ZREM", all, first) end
return first`;
/** The places of installations on Redis: how many of an installation's jobs are done at a time, and which wait for that. */
var Slots = class {
	#redis;
	#prefix;
	/** @param prefix what all keys of the BullMQ queue begin with, the last colon included */
	constructor(redis, prefix) {
		this.#redis = redis;
		this.#prefix = prefix;
	}
	/** Undefined where the job has a slot now, else how many of its installation wait before it; `since` in milliseconds. */
	async take(installation, id, token, since) {
		const args = [
			this.#prefix,
			id,
			token,
			2,
			since
		];
		const before = Number(await this.#redis.eval(TAKE, 3, ...this.#keys(installation), ...args));
		return before < 0 ? void 0 : before;
	}
	/** The id of the job that may have the slot now. */
	async leave(installation, id, token) {
		const next = await this.#redis.eval(LEAVE, 3, ...this.#keys(installation), id, token);
		return typeof next === "string" ? next : void 0;
	}
	/** How many jobs wait for a slot, and since when the first does, milliseconds. */
	async waiting() {
		const all = `${this.#prefix}slots-all`;
		const [count, [, since]] = await Promise.all([this.#redis.zcard(all), this.#redis.zrange(all, 0, 0, "WITHSCORES")]);
		return {
			count,
			since: since === void 0 ? void 0 : Number(since)
		};
	}
	#keys(installation) {
		return [
			`${this.#prefix}slots-of-${installation}`,
			`${this.#prefix}slots-line-${installation}`,
			`${this.#prefix}slots-all`
		];
	}
};

// src/queue/turns.ts
/** How many things are done at a time in this process; whoever comes later waits, in order. */
var Turns = class {
	count;
	#line = [];
	#free;
	constructor(count) {
		this.count = count;
		this.#free = count;
	}
	async take() {
		this.#free--;
		if (this.#free < 0) await new Promise((resolve) => this.#line.push(resolve));
	}
	leave() {
		this.#free++;
		this.#line.shift()?.();
	}
	/** Lets everybody go on at once. */
	end() {
		for (const go of this.#line.splice(0)) go();
	}
};

// src/queue/redisQueue.ts
const LOCK = 2e4;
const STALL_CHECK = 5e3;
/** How many workers may die over a job before it is the job's fault. */
const DEATHS = 10;
/** How often Redis is asked for due dates, and so whether it answers. */
const BEAT = 1e3;
/** How long an answer of Redis is waited for. */
const PATIENCE = 2e3;
/** When a job without a slot looks for one again, should nobody call it; a little later for each job before it. */
const LOOK_AGAIN = 1e3;
const LOOK_AGAIN_EACH = 20;
/** When a pull request that was taken over is looked at once more; GitHub does no request so late. */
const LATE = 6e4;
/** Stands as a job's progress. */
const HANDED_BACK = "handed back";
/**
* A queue on Redis, for any number of processes: jobs, locks, tries and takeovers by BullMQ; an installation's two slots and the
* jobs with a date beside it.
*/
var RedisQueue = class RedisQueue {
	#bullmq;
	#redis;
	#options;
	#queue;
	#slots;
	#dates;
	#turns;
	#active = /* @__PURE__ */ new Map();
	#worker;
	#nextBeat;
	#answers = true;
	#lastError = "it has not answered yet";
	#stopping = false;
	#closed = false;
	#retried = 0;
	#dropped = 0;
	/** @param url `redis://`, `rediss://` or `unix://`; Redis may be away */
	static async open(url, options) {
		const [bullmq, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
		const redis = new Redis(url, {
			maxRetriesPerRequest: null,
			connectTimeout: PATIENCE,
			retryStrategy: (times) => Math.min(times * 100, 2e3)
		});
		return new RedisQueue(bullmq, redis, options);
	}
	constructor(bullmq, redis, options) {
		this.#bullmq = bullmq;
		this.#redis = redis;
		this.#options = options;
		this.#turns = new Turns(options.concurrency ?? 10);
		redis.on("error", (error) => {
			this.#lastError = error.message;
			if ("command" in error && error.name === "ReplyError") redis.disconnect(true);
		});
		redis.on("close", () => this.#heard(false));
		this.#queue = new bullmq.Queue("jobs", {
			connection: redis,
			prefix: "mta-sts-guard",
			streams: { events: { maxLen: 100 } },
			defaultJobOptions: {
				attempts: 10,
				backoff: { type: "custom" },
				removeOnComplete: true,
				removeOnFail: true
			}
		});
		this.#queue.on("error", (error) => this.#lastError = error.message);
		this.#slots = new Slots(redis, this.#queue.toKey(""));
		this.#dates = new Dates(redis, this.#queue.toKey(""));
		this.#beat();
	}
	async add(job, at) {
		await this.#within(() => this.#put(job, at));
	}
	async start(run) {
		const lockDuration = this.#options.lock ?? LOCK;
		const worker = new this.#bullmq.Worker(this.#queue.name, (bull, token = "") => this.#do(bull, token, run), {
			connection: this.#redis,
			prefix: "mta-sts-guard",
			concurrency: this.#turns.count + 1,
			lockDuration,
			stalledInterval: this.#options.stallCheck ?? STALL_CHECK,
			maxStalledCount: DEATHS,
			runRetryDelay: 1e3,
			settings: { backoffStrategy: this.#options.pause ?? pauseAfter }
		});
		this.#worker = worker;
		worker.on("error", (error) => this.#lastError = error.message);
		worker.on("failed", (bull, error) => bull && this.#failed(bull, error));
		worker.on("locksRenewed", ({ jobIds }) => jobIds.forEach((id) => this.#active.get(id)?.lockRunsOut.refresh()));
		worker.on("lockRenewalFailed", (ids) => ids.forEach((id) => this.#active.get(id)?.abort.abort()));
	}
	async stop(grace) {
		if (this.#stopping) return;
		this.#stopping = true;
		await this.#worker?.pause(true);
		this.#turns.end();
		const end = Date.now() + grace;
		while (this.#active.size > 0 && Date.now() < end) await setTimeout$1(Math.min(50, grace));
		const left = [...this.#active.values()];
		await this.#patiently(Promise.all(left.map((active) => this.#handBack(active)))).catch(this.#note);
		this.#closed = true;
		clearTimeout(this.#nextBeat);
		await this.#patiently(this.#worker?.close() ?? Promise.resolve()).catch(this.#note);
		await this.#patiently(this.#queue.close()).catch(this.#note);
		this.#redis.disconnect();
	}
	async state() {
		return this.#within(async () => {
			const [counts, first, slots, dates] = await Promise.all([
				this.#queue.getJobCounts("wait", "active", "delayed"),
				this.#queue.getJobs("wait", 0, 0, true),
				this.#slots.waiting(),
				this.#dates.count()
			]);
			const since = Math.min(first[0]?.timestamp ?? Infinity, slots.since ?? Infinity, Date.now());
			return {
				waiting: (counts["wait"] ?? 0) + slots.count,
				active: counts["active"] ?? 0,
				delayed: Math.max(0, (counts["delayed"] ?? 0) - slots.count) + dates,
				oldestSeconds: (Date.now() - since) / 1e3,
				retried: this.#retried,
				dropped: this.#dropped
			};
		});
	}
	isReady() {
		return !this.#closed && this.#answers && this.#redis.status === "ready";
	}
	async #put(job, at) {
		const id = idOf(job);
		if (at && at.getTime() > Date.now()) return this.#dates.set(id, job, at);
		await this.#queue.add(job.kind, job, { deduplication: {
			id,
			keepLastIfActive: true
		} });
	}
	async #do(bull, token, run) {
		const { id = "", data: job } = bull;
		const key = keyOf(job);
		const before = [...this.#active.values()].some((active) => active.key === key) ? 0 : await this.#slots.take(job.installation, id, token, bull.timestamp);
		if (before !== void 0) {
			await bull.moveToDelayed(Date.now() + LOOK_AGAIN + before * LOOK_AGAIN_EACH, token);
			throw new this.#bullmq.DelayedError();
		}
		await this.#turns.take();
		const abort = new AbortController();
		const lockRunsOut = setTimeout(() => abort.abort(), this.#options.lock ?? LOCK);
		try {
			if (this.#stopping) {
				await bull.moveToWait(token);
				throw new this.#bullmq.WaitingError();
			}
			this.#active.set(id, {
				key,
				bull,
				token,
				abort,
				lockRunsOut
			});
			const { again } = await run(job, {
				last: bull.attemptsMade + 1 >= 10,
				signal: abort.signal
			});
			const next = isTakenOver(bull) ? new Date(Date.now() + LATE) : again;
			if (next) await this.#dates.set(idOf(job), job, next);
		} catch (error) {
			throw this.#stopping && abort.signal.aborted ? new this.#bullmq.WaitingError() : error;
		} finally {
			clearTimeout(lockRunsOut);
			this.#active.delete(id);
			this.#turns.leave();
			await this.#leave(job.installation, id, token);
		}
	}
	/** Frees a slot and calls the jobs that wait for it, the longest waiting first, until one comes. */
	async #leave(installation, id, token) {
		for (;;) {
			const next = await this.#slots.leave(installation, id, token);
			if (next === void 0) return;
			if (await (await this.#queue.getJob(next))?.promote().then(() => true, () => false)) return;
		}
	}
	async #handBack({ bull, token, abort }) {
		abort.abort();
		await bull.updateProgress(HANDED_BACK);
		await bull.moveToWait(token);
	}
	#failed(bull, error) {
		const what = logSafe(`${keyOf(bull.data)}: try ${bull.attemptsMade} of ${10} failed: ${String(error)}`);
		const over = bull.finishedOn !== void 0;
		if (over) this.#dropped++;
		else this.#retried++;
		this.#options.log(over ? `${what}; given up` : `${what}; tried again in ${Math.round(bull.delay / 1e3)} s`);
	}
	/** Adds what is due, and hears so whether Redis answers. */
	async #listen() {
		if (this.#redis.status === "ready") try {
			await this.#patiently(this.#dates.due((job) => this.#put(job, void 0)));
			this.#heard(true);
		} catch (error) {
			this.#lastError = String(error);
			this.#heard(false);
		}
		this.#beat();
	}
	#beat() {
		if (!this.#closed) this.#nextBeat = setTimeout(() => void this.#listen(), BEAT);
	}
	#heard(answers) {
		if (answers === this.#answers || this.#closed) return;
		this.#answers = answers;
		this.#options.log(answers ? "Redis answers again" : logSafe(`Redis does not answer: ${this.#lastError}`));
	}
	#note = (error) => {
		if (!this.#closed) this.#options.log(logSafe(`while the queue was closed: ${String(error)}`));
	};
	async #within(ask) {
		if (this.#closed) throw new Error("the queue takes nothing more: this process is being stopped");
		if (!this.isReady()) throw new Error(`the queue is away: Redis does not answer: ${this.#lastError}`);
		return this.#patiently(ask());
	}
	async #patiently(answer) {
		const stop = new AbortController();
		const late = setTimeout$1(PATIENCE, void 0, { signal: stop.signal }).then(() => Promise.reject(/* @__PURE__ */ new Error(`the queue is away: Redis did not answer within ${PATIENCE / 1e3} s`)), () => answer);
		return Promise.race([answer, late]).finally(() => stop.abort());
	}
};
/**
* Whether somebody else began this look at a pull request. What that one had just sent GitHub may do after our last look, and so a
* comment stands twice until there is another one.
*/
function isTakenOver({ data, stalledCounter, progress }) {
	return data.kind === "pull" && (stalledCounter > 0 || progress === HANDED_BACK);
}
/** BullMQ takes no colon in a name, and a key may hold anything. */
function idOf(job) {
	return `key-${createHash("sha256").update(keyOf(job)).digest("hex")}`;
}

export { RedisQueue };