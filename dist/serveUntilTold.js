import { u as Unusable } from "./first.js";
import { n as openLog } from "./log.js";
import { o as logSafe } from "./parse.js";
import { t as keyOf } from "./job.js";
import { t as pauseAfter } from "./queue.js";
import { t as addRetries } from "./github.js";
import { a as jobsOf, i as Malformed, n as openFront, r as EVENTS, t as WEBHOOK_PATH } from "./front.js";
import { n as unpackThrown, r as reasonOf, s as Unjudgeable, t as packThrown } from "./thrown.js";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as setTimeout$1 } from "node:timers/promises";
import { once } from "node:events";
import { write, writeSync } from "node:fs";
import { fork } from "node:child_process";
import { ProbotOctokit, createProbot } from "probot";
import { Counter, Gauge, Histogram, Registry } from "prom-client";

// src/queue/memoryQueue.ts
/** The longest time a timer of Node can wait, milliseconds. */
const LONGEST = 2 ** 31 - 1;
/** How many jobs are held, some 60 MiB of them: the sweeper finds the rest. */
const MOST$2 = 1e5;
/** A queue in this process. What it holds ends with the process; the sweeper finds it again. */
var MemoryQueue = class {
	#options;
	#most;
	/** By installation, then by key; the installation that was served last stands last. */
	#waiting = /* @__PURE__ */ new Map();
	/** Jobs between two tries, by key. */
	#retries = /* @__PURE__ */ new Map();
	#dates = /* @__PURE__ */ new Map();
	#active = /* @__PURE__ */ new Map();
	#count = 0;
	#run;
	#stopped = false;
	#retried = 0;
	#dropped = 0;
	#whenIdle;
	constructor(options, most = MOST$2) {
		this.#options = options;
		this.#most = most;
	}
	async add(job, at) {
		if (this.#stopped) throw new Error("the queue takes nothing more: this process is being stopped");
		if (this.#isFull() && !this.#holds(job)) throw new Error(`the queue takes nothing more: it holds ${this.#most} jobs`);
		this.#take(job, at);
	}
	async start(run) {
		this.#run = run;
		this.#next();
	}
	async stop(grace) {
		this.#stopped = true;
		for (const timer of [...this.#dates.values(), ...this.#retries.values()]) clearTimeout(timer);
		if (this.#active.size === 0) return;
		await new Promise((resolve) => {
			const timer = setTimeout(resolve, grace);
			this.#whenIdle = () => (clearTimeout(timer), resolve());
		});
		for (const { abort } of this.#active.values()) abort.abort();
	}
	async state() {
		const waiting = [...this.#waiting.values()].flatMap((jobs) => [...jobs.values()]);
		const oldest = waiting.reduce((least, { since }) => Math.min(least, since), Date.now());
		return {
			waiting: waiting.length,
			active: this.#active.size,
			delayed: this.#dates.size + this.#retries.size,
			oldestSeconds: Math.max(0, Date.now() - oldest) / 1e3,
			retried: this.#retried,
			dropped: this.#dropped
		};
	}
	isReady() {
		return !this.#stopped;
	}
	#isFull() {
		return this.#count + this.#retries.size + this.#dates.size >= this.#most;
	}
	#holds(job) {
		const key = keyOf(job);
		return this.#retries.has(key) || this.#dates.has(key) || this.#waiting.get(job.installation)?.has(key) === true;
	}
	#take(job, at) {
		const key = keyOf(job);
		if (at === void 0 || at.getTime() <= Date.now()) {
			if (!this.#retries.has(key)) this.#wait({
				job,
				key,
				since: Date.now(),
				tries: 0
			});
			return;
		}
		clearTimeout(this.#dates.get(key));
		const timer = setTimeout(() => {
			this.#dates.delete(key);
			this.#take(job, at);
		}, Math.min(at.getTime() - Date.now(), LONGEST));
		this.#dates.set(key, timer);
	}
	#wait(waiting) {
		const { installation } = waiting.job;
		const jobs = this.#waiting.get(installation) ?? /* @__PURE__ */ new Map();
		this.#waiting.set(installation, jobs);
		if (!jobs.has(waiting.key)) {
			jobs.set(waiting.key, waiting);
			this.#count++;
		}
		this.#next();
	}
	#next() {
		while (this.#run && !this.#stopped && this.#active.size < (this.#options.concurrency ?? 10)) {
			const next = this.#pick();
			if (!next) return;
			this.#do(next, this.#run);
		}
	}
	/** The next that may be done: the installations take turns. */
	#pick() {
		for (const [installation, jobs] of this.#waiting) {
			if ([...this.#active.values()].filter((active) => active.installation === installation).length >= 2) continue;
			const next = this.#idle(jobs);
			if (!next) continue;
			jobs.delete(next.key);
			this.#count--;
			this.#waiting.delete(installation);
			if (jobs.size > 0) this.#waiting.set(installation, jobs);
			return next;
		}
	}
	#idle(jobs) {
		for (const waiting of jobs.values()) if (!this.#active.has(waiting.key)) return waiting;
	}
	async #do(waiting, run) {
		const { job, key } = waiting;
		const tries = waiting.tries + 1;
		const abort = new AbortController();
		this.#active.set(key, {
			installation: job.installation,
			abort
		});
		try {
			const { again } = await run(job, {
				last: tries >= 10,
				signal: abort.signal
			});
			if (again && !this.#stopped) this.#take(job, again);
		} catch (error) {
			this.#failed({
				...waiting,
				tries
			}, error);
		} finally {
			this.#active.delete(key);
			if (this.#active.size === 0) this.#whenIdle?.();
			this.#next();
		}
	}
	#failed(waiting, error) {
		const { key, tries } = waiting;
		const what = logSafe(`${key}: try ${tries} of ${10} failed: ${String(error)}`);
		if (tries >= 10) {
			this.#dropped++;
			this.#options.log(`${what}; given up`);
			return;
		}
		if (this.#stopped || this.#waiting.get(waiting.job.installation)?.has(key)) return;
		this.#retried++;
		const pause = (this.#options.pause ?? pauseAfter)(tries);
		this.#options.log(`${what}; tried again in ${Math.round(pause / 1e3)} s`);
		const timer = setTimeout(() => {
			this.#retries.delete(key);
			this.#wait(waiting);
		}, pause);
		this.#retries.set(key, timer);
	}
};

// src/queue/openQueue.ts
/** The queue on that Redis (`redis://`, `rediss://`), or without one the queue in this process. */
async function openQueue(redis, options) {
	if (redis === void 0) return new MemoryQueue(options);
	const { RedisQueue } = await import("./redisQueue.js");
	return RedisQueue.open(redis, options);
}

// src/serve/output.ts
/** How much may wait for a reader that is slow; what comes on top is lost, for the bot must not wait for it. */
const MOST$1 = 2 ** 23;
const AGAIN = 20;
/** Lines to a file descriptor, by the process's other threads: Node itself waits for whoever reads a pipe. */
var Output = class {
	#fd;
	#waiting = "";
	#isWriting = false;
	#whenDone;
	constructor(fd) {
		this.#fd = fd;
	}
	write(line) {
		if (this.#waiting.length < MOST$1) this.#waiting += line;
		if (!this.#isWriting) this.#next();
	}
	/** Resolves once everything is written, or after `patience` milliseconds. */
	async end(patience) {
		if (!this.#isWriting) return;
		await new Promise((resolve) => {
			this.#whenDone = resolve;
			setTimeout(resolve, patience);
		});
	}
	/** Writes what waits before it returns: for a process that breaks. */
	endNow() {
		const text = this.#waiting;
		this.#waiting = "";
		try {
			writeSync(this.#fd, text);
		} catch {}
	}
	#next() {
		const bytes = Buffer.from(this.#waiting);
		this.#waiting = "";
		this.#isWriting = bytes.length > 0;
		if (this.#isWriting) this.#put(bytes);
		else this.#whenDone?.();
	}
	#put(bytes) {
		write(this.#fd, bytes, (error, written) => {
			if (error?.code === "EAGAIN") setTimeout(() => this.#put(bytes), AGAIN);
			else if (error || written === bytes.length) this.#next();
			else this.#put(bytes.subarray(written));
		});
	}
};

// src/serve/app.ts
/** Opens the Probot app: the App's key to its installations, and what each event asks for. */
async function openApp(settings, queue, metrics, log) {
	const { appId, privateKey, apiUrl, secrets } = settings;
	const overrides = {
		appId,
		privateKey,
		baseUrl: apiUrl,
		secret: secrets[0],
		log,
		Octokit: counted(metrics)
	};
	const probot = createProbot({
		overrides,
		env: {}
	});
	await probot.ready();
	await probot.load((app) => listen(app, queue, appId));
	const client = await probot.auth();
	return {
		deliver: ({ id, event, payload }) => receive(probot, {
			id,
			name: event,
			payload
		}),
		client: async () => client,
		token: async (installationId, refresh = false) => {
			return (await client.auth({
				type: "installation",
				installationId,
				refresh
			})).token;
		}
	};
}
/** What the app does with an event: one job in the queue, or some. */
function listen(app, queue, appId) {
	app.on(Object.keys(EVENTS), async ({ name, payload }) => {
		for (const job of jobsOf(name, payload, appId)) await queue.add(job);
	});
}
/** Probot tells what went wrong as one error that holds all. */
async function receive(probot, event) {
	try {
		await probot.receive(event);
	} catch (error) {
		throw (error instanceof AggregateError ? error.errors : [error]).find((one) => one instanceof Malformed) ?? error;
	}
}
/** Probot's client, each request counted, and asked again as all our clients do. */
function counted(metrics) {
	const ours = (octokit) => {
		octokit.hook.after("request", ({ status, headers }) => {
			metrics.apiCalls.inc({ status });
			const left = Number(headers["x-ratelimit-remaining"] ?? NaN);
			const resource = String(headers["x-ratelimit-resource"] ?? "core");
			if (!Number.isNaN(left)) metrics.apiRemaining.set({
				installation: 0,
				resource
			}, left);
		});
		octokit.hook.error("request", (error) => {
			metrics.apiCalls.inc({ status: "status" in error ? error.status : "failed" });
			throw error;
		});
		addRetries(octokit);
	};
	class Counted extends ProbotOctokit {
		static plugins = [ours, ...ProbotOctokit.plugins];
	}
	return Counted.defaults((options) => ({
		...options,
		auth: options.auth && withoutRequest(options.auth),
		retry: { enabled: false },
		throttle: {
			...options.throttle,
			onRateLimit: () => false,
			onSecondaryRateLimit: () => false
		}
	}));
}
/** Without Probot's own request, which knows github.com alone, tokens are asked for as all else is. */
function withoutRequest(auth) {
	return Object.fromEntries(Object.entries(auth).filter(([name]) => name !== "request"));
}

// src/serve/latest.ts
/** A map of what was used last: beyond `most` entries, the one that nobody used for longest goes. */
var Latest = class {
	#entries = /* @__PURE__ */ new Map();
	#most;
	#gone;
	/** @param gone hears of each entry that goes */
	constructor(most, gone = () => {}) {
		this.#most = most;
		this.#gone = gone;
	}
	get(key) {
		const value = this.#entries.get(key);
		if (value !== void 0) this.#put(key, value);
		return value;
	}
	set(key, value) {
		this.#put(key, value);
		const [oldest] = this.#entries;
		if (this.#entries.size <= this.#most || !oldest) return;
		this.#entries.delete(oldest[0]);
		this.#gone(...oldest);
	}
	#put(key, value) {
		this.#entries.delete(key);
		this.#entries.set(key, value);
	}
};

// src/serve/metrics.ts
/** How many installations are told apart: anybody may install a public App, and each would make the page longer for ever. */
const MOST_INSTALLATIONS = 1e3;
/** Counters of one bot; depth and age of its queue are asked when somebody looks. */
function openMetrics(queue) {
	const registry = new Registry();
	const registers = [registry];
	const askQueue = openQueueGauges(queue, registers);
	openProcessGauges(registers);
	return {
		deliveries: new Counter({
			name: "mta_sts_guard_deliveries_total",
			help: "Deliveries of GitHub by event (only those that the bot knows, else `other`) and what became of them.",
			labelNames: ["event", "outcome"],
			registers
		}),
		acknowledgement: new Histogram({
			name: "mta_sts_guard_acknowledgement_seconds",
			help: "From a delivery's head to our answer.",
			buckets: [
				.005,
				.01,
				.025,
				.05,
				.1,
				.25,
				1,
				5,
				10
			],
			registers
		}),
		jobSeconds: new Histogram({
			name: "mta_sts_guard_job_seconds",
			help: "How long a job took, by kind and outcome (`done`, `failed`).",
			labelNames: ["kind", "outcome"],
			buckets: [
				.1,
				.5,
				1,
				2,
				5,
				10,
				30,
				60,
				120
			],
			registers
		}),
		apiCalls: new Counter({
			name: "mta_sts_guard_api_calls_total",
			help: "Requests to GitHub's API by status (`failed`: none came).",
			labelNames: ["status"],
			registers
		}),
		apiRemaining: openRemaining(registers),
		findings: new Counter({
			name: "mta_sts_guard_findings_total",
			help: "New findings by rule.",
			labelNames: ["rule"],
			registers
		}),
		degradedWrites: new Counter({
			name: "mta_sts_guard_degraded_writes_total",
			help: "What should stand at GitHub and could not be written, by kind.",
			labelNames: ["kind"],
			registers
		}),
		page: async () => {
			await askQueue();
			return {
				type: registry.contentType,
				text: await registry.metrics()
			};
		}
	};
}
function openRemaining(registers) {
	const gauge = new Gauge({
		name: "mta_sts_guard_api_remaining",
		help: "Requests that an installation (0: the App itself) may still make this hour, as GitHub last said.",
		labelNames: ["installation", "resource"],
		registers
	});
	const told = new Latest(MOST_INSTALLATIONS, (installation, resources) => {
		for (const resource of resources) gauge.remove({
			installation,
			resource
		});
	});
	return { set(of, left) {
		told.set(of.installation, (told.get(of.installation) ?? /* @__PURE__ */ new Set()).add(of.resource));
		gauge.set(of, left);
	} };
}
/** Gauges of a queue; what it returns asks the queue and sets them. */
function openQueueGauges(queue, registers) {
	const jobs = new Gauge({
		name: "mta_sts_guard_queue_jobs",
		help: "Jobs in the queue: waiting, active, or delayed to a later moment.",
		labelNames: ["state"],
		registers
	});
	const oldest = new Gauge({
		name: "mta_sts_guard_queue_oldest_seconds",
		help: "How long the oldest job that could be done has waited.",
		registers
	});
	const again = new Counter({
		name: "mta_sts_guard_jobs_retried_total",
		help: "Tries of jobs that failed in this process and are followed by another one.",
		registers
	});
	const dropped = new Counter({
		name: "mta_sts_guard_jobs_dropped_total",
		help: "Jobs that this process gave up after their last try; the next sweep finds what they left.",
		registers
	});
	return async () => {
		const state = queue.isReady() ? await queue.state().catch(() => void 0) : void 0;
		for (const name of [
			"waiting",
			"active",
			"delayed"
		]) jobs.set({ state: name }, state?.[name] ?? NaN);
		oldest.set(state?.oldestSeconds ?? NaN);
		if (!state) return;
		for (const [counter, count] of [[again, state.retried], [dropped, state.dropped]]) {
			counter.reset();
			counter.inc(count);
		}
	};
}
function openProcessGauges(registers) {
	const memory = new Gauge({
		name: "mta_sts_guard_resident_bytes",
		help: "Memory of the process, without its workers.",
		registers,
		collect: () => memory.set(process.memoryUsage.rss())
	});
}

// src/serve/sweeps.ts
const HOUR = 36e5;
/** When what could not be asked is asked again. */
const SOON = 6e4;
/**
* Asks now, and then every hour or so, for a sweep of every installation that is not suspended. Replicas may all do it: the
* queue keeps one sweep an installation. Returns what ends it.
*/
function scheduleSweeps(app, queue, log, every = HOUR, soon = SOON) {
	let timer;
	let isEnded = false;
	const sweep = async () => {
		const next = await askForSweeps(app, queue).then(() => every, (error) => {
			if (!isEnded) log.warn({ err: error }, `${whyNot(error)}; it is tried again in a minute.`);
			return soon;
		});
		if (isEnded) return;
		timer = setTimeout(() => void sweep(), next * (.9 + Math.random() / 5));
	};
	timer = setTimeout(() => void sweep(), 0);
	return () => {
		isEnded = true;
		clearTimeout(timer);
	};
}
/** A key that is not the App's is refused, and an App that is not there is not found. */
function whyNot(error) {
	const { status } = error;
	return status === 401 || status === 404 ? "GitHub knows no App by this APP_ID and private key: check both, and GITHUB_API_URL" : "No sweep could be asked for";
}
async function askForSweeps(app, queue) {
	const client = await app.client();
	for await (const { data } of client.paginate.iterator(client.rest.apps.listInstallations, { per_page: 100 })) for (const { id, suspended_at: suspended } of data) if (!suspended) await queue.add({
		kind: "sweep",
		installation: id
	});
}

// src/serve/start.ts
/** Starts a bot: app, queue and front; resolves once it listens. Throws where the port is taken. */
async function start(settings, log, queue, openWork) {
	const metrics = openMetrics(queue);
	const app = await openApp(settings, queue, metrics, log);
	let isStopping = false;
	const front = openFront({
		secrets: settings.secrets,
		metrics,
		log,
		deliver: app.deliver,
		isReady: () => !isStopping && queue.isReady()
	});
	front.listen(settings.port, settings.host);
	await once(front, "listening");
	const { port } = front.address();
	const broken = new Promise((resolve) => {
		queue.start(timed(openWork({
			settings,
			app,
			queue,
			metrics,
			log
		}), metrics)).catch(resolve);
	});
	const endSweeps = scheduleSweeps(app, queue, log);
	log.info({
		host: settings.host,
		port,
		path: WEBHOOK_PATH
	}, "The bot listens.");
	return {
		port,
		broken,
		stop: async (grace) => {
			isStopping = true;
			endSweeps();
			log.info("The bot takes nothing new, and ends what it has begun.");
			await Promise.all([close(front), queue.stop(grace)]);
			log.info("The bot ends.");
		}
	};
}
function timed(work, { jobSeconds }) {
	return async (...job) => {
		const end = jobSeconds.startTimer({ kind: job[0].kind });
		try {
			const done = await work(...job);
			end({ outcome: "done" });
			return done;
		} catch (error) {
			end({ outcome: "failed" });
			throw error;
		}
	};
}
/** Stops to listen; a request that is being answered has a second, and a connection that only waits has none. */
async function close(front) {
	const closed = new Promise((resolve) => front.close(() => resolve()));
	const timer = setTimeout(() => front.closeAllConnections(), 1e3);
	await closed;
	clearTimeout(timer);
}

// src/work/installations.ts
/** Below this part of its hourly requests an installation waits, so that what has begun still finds some. */
const RESERVE = 1 / 5;
/** GitHub asks for it between two writes, ms. */
const PACE = 1e3;
/** Of how many installations it is known what they have left: whoever is forgotten is told again at the next request. */
const MOST = 1e4;
/** Stands among the resources for what GitHub refused, whatever it was that had been spent. */
const REFUSED = "refused";
/** Opens what the clients of each installation share; `pace`: ms from one write to the next. */
function openInstallations(app, metrics, now, pace = PACE) {
	const budgets = new Latest(MOST);
	/** When the next write of an installation may go out, ms. */
	const turns = new Latest(MOST);
	function note(installation, budget) {
		const own = budgets.get(installation) ?? /* @__PURE__ */ new Map();
		budgets.set(installation, own.set(budget.resource, budget));
	}
	/** Until when an installation has less than a part of what it is given. */
	function lessThan(installation, part) {
		const spent = [...budgets.get(installation)?.values() ?? []].filter(({ limit, remaining, reset }) => reset > now() && remaining < limit * part);
		return spent.length === 0 ? void 0 : new Date(Math.max(...spent.map(({ reset }) => reset.getTime())));
	}
	return {
		access: (installation) => ({
			token: (anew) => app.token(installation, anew),
			async turn() {
				const mine = Math.max(turns.get(installation) ?? 0, performance.now());
				turns.set(installation, mine + pace);
				await setTimeout$1(Math.max(0, mine - performance.now()));
			},
			heard({ status, headers }) {
				metrics.apiCalls.inc({ status });
				const budget = budgetIn(headers);
				if (!budget) return;
				const { resource, remaining } = budget;
				metrics.apiRemaining.set({
					installation,
					resource
				}, remaining);
				note(installation, budget);
			},
			refused(wait) {
				note(installation, {
					resource: REFUSED,
					limit: 1,
					remaining: 0,
					reset: new Date(now().getTime() + wait)
				});
			}
		}),
		pausedUntil: (installation) => lessThan(installation, RESERVE),
		mayTell: (installation) => lessThan(installation, RESERVE / 2) === void 0
	};
}
function budgetIn(headers) {
	const told = (name) => Number(headers[`x-ratelimit-${name}`] ?? -1);
	const [limit, remaining, reset] = [
		told("limit"),
		told("remaining"),
		told("reset")
	];
	const resource = String(headers["x-ratelimit-resource"] ?? "core");
	return limit > 0 && remaining >= 0 && reset > 0 ? {
		resource,
		limit,
		remaining,
		reset: /* @__PURE__ */ new Date(reset * 1e3)
	} : void 0;
}

// src/workers/worker.ts
/** A worker that ended by itself, which is a fault of ours. */
var Broken = class extends Error {};
/** A worker that the system ended: mostly because there is no memory left, whoever took it. */
var Killed = class extends Unjudgeable {};
/** How often a job's time is looked at, ms. */
const LOOK = 500;
const ENTRY = new URL(`./workerProcess${extname(new URL(import.meta.url).pathname)}`, import.meta.url);
/**
* A process that does one job at a time, and dies where that takes more than it may. A thread would not do: where its memory ends,
* it can take the whole process with it.
*/
var Worker = class Worker {
	#process;
	#limits;
	#desk;
	#isAlive = true;
	#jobs = 0;
	#hasStarted = false;
	#lastWords = "";
	static #running = /* @__PURE__ */ new Set();
	static {
		process.on("exit", () => Worker.#running.forEach((worker) => worker.end()));
	}
	constructor(limits, desk) {
		this.#limits = limits;
		this.#desk = desk;
		this.#process = fork(fileURLToPath(ENTRY), {
			env: environmentOf(process.env),
			execArgv: [`--max-old-space-size=${limits.jobMemory}`],
			serialization: "advanced",
			stdio: [
				"ignore",
				"ignore",
				"pipe",
				"ipc"
			]
		});
		Worker.#running.add(this);
		this.#process.once("exit", () => {
			this.#isAlive = false;
			Worker.#running.delete(this);
		});
		this.#process.on("error", () => this.#isAlive = false);
		this.#process.stderr?.setEncoding("utf8").on("data", (words) => {
			this.#lastWords = `${this.#lastWords}${String(words)}`.slice(-4e3);
		});
	}
	get isAlive() {
		return this.#isAlive;
	}
	/** How many jobs it was given. */
	get jobs() {
		return this.#jobs;
	}
	/**
	* Does a job; throws what the job throws, `Unjudgeable` where the job took more than it may, and `Broken`. `judging` hears which
	* commit it begins to judge.
	*/
	async do(errand, signal, judging) {
		const child = this.#process;
		this.#jobs++;
		let forget = () => {};
		try {
			return await new Promise((resolve, reject) => {
				let silent = this.#hasStarted ? 0 : -6e4;
				let hasBegun = false;
				const listeners = {
					message: (message) => {
						silent = 0;
						hasBegun = this.#hasStarted = true;
						if (message.kind === "done") resolve(message.done);
						else if (message.kind === "failed") reject(unpackThrown(message.thrown));
						else if (message.kind === "news") this.#desk.hear(message.news);
						else if (message.kind === "judging") judging(message.head);
						else if (message.kind === "question") this.#answer(message.id, message.question, signal);
					},
					error: reject,
					close: (_, by) => reject(this.#reasonOf(by))
				};
				for (const [name, listener] of Object.entries(listeners)) child.on(name, listener);
				const look = setInterval(() => {
					if (silent > this.#limits.jobSeconds * 1e3) reject(hasBegun ? this.#endOver() : this.#endSilent());
					else this.#send({ kind: "look" });
					silent += LOOK;
				}, LOOK);
				const stop = () => this.#send({ kind: "abort" });
				signal.addEventListener("abort", stop);
				forget = () => {
					for (const [name, listener] of Object.entries(listeners)) child.off(name, listener);
					clearInterval(look);
					signal.removeEventListener("abort", stop);
				};
				this.#send({
					kind: "job",
					errand
				});
			});
		} finally {
			forget();
		}
	}
	/** Ends the worker, whatever it does. */
	end() {
		this.#isAlive = false;
		this.#process.kill("SIGKILL");
	}
	/** Whoever was told to stop gets no token any more, and so asks nothing of GitHub. */
	async #answer(id, question, signal) {
		try {
			signal.throwIfAborted();
			const answer = await this.#desk.answer(question);
			signal.throwIfAborted();
			this.#send({
				kind: "answer",
				id,
				answer,
				thrown: void 0
			});
		} catch (error) {
			this.#send({
				kind: "answer",
				id,
				answer: void 0,
				thrown: packThrown(error)
			});
		}
	}
	/** What cannot be sent any more is told by the end of the process. */
	#send(message) {
		this.#process.send(message, () => {});
	}
	#endOver() {
		this.end();
		return new Unjudgeable(`To judge this takes longer than the ${this.#limits.jobSeconds} s at a stretch that the bot gives a job: split the change, or ask whoever runs the bot for a higher \`JOB_SECONDS\`.`);
	}
	/** What never took the job up says nothing of the job. */
	#endSilent() {
		this.end();
		return new Broken("A worker of the bot did not begin with a job that it was given.");
	}
	#reasonOf(signal) {
		const isKilled = signal === "SIGKILL";
		if (/heap out of memory/i.test(this.#lastWords) || isKilled) return new (isKilled ? Killed : Unjudgeable)(`To judge this takes more than the ${this.#limits.jobMemory} MiB of memory that the bot gives a job: split the change, or ask whoever runs the bot for a higher \`JOB_MEMORY\`.`);
		return new Broken(`A worker of the bot ended in the midst of a job: ${this.#lastWords || String(signal)}`);
	}
};
/** What a worker needs of the environment to speak to GitHub; our secrets stay outside. */
function environmentOf(env) {
	return Object.fromEntries(Object.entries(env).filter(([name]) => PASSED.test(name)));
}
const PASSED = /^(?:node_(?:use_env_proxy|extra_ca_certs|use_system_ca)|ssl_cert_(?:file|dir)|https?_proxy|no_proxy)$/i;

// src/workers/openWorkers.ts
const IDLE = 6e4;
/** So many jobs a worker does: none is blamed for what those before it left in memory. */
const MOST_JOBS = 20;
/**
* What does the bot's jobs, each in a process of its own: a stranger's files neither hold up those who wait for an answer, nor take
* the bot with them.
*/
function openWorkers({ settings, app, queue, metrics, log }, { pace, idle: pause = IDLE } = {}) {
	const installations = openInstallations(app, metrics, () => /* @__PURE__ */ new Date(), pace);
	const counts = metrics;
	const idle = /* @__PURE__ */ new Map();
	const desk = {
		async answer(question) {
			switch (question.what) {
				case "token": return installations.access(question.installation).token(question.anew);
				case "turn": return installations.access(question.installation).turn();
				case "add": return queue.add(question.job, question.at);
			}
		},
		hear(news) {
			switch (news.what) {
				case "log": {
					const fields = JSON.parse(news.line);
					return log[fields.level](fields);
				}
				case "count": return counts[news.counter].inc(news.labels);
				case "heard": return installations.access(news.installation).heard(news.heard);
				case "refused": return installations.access(news.installation).refused(news.wait);
			}
		}
	};
	function takeWorker() {
		const [worker, timer] = [...idle].at(-1) ?? [new Worker(settings, desk), void 0];
		clearTimeout(timer);
		idle.delete(worker);
		return worker.isAlive ? worker : takeWorker();
	}
	function putBack(worker) {
		if (worker.jobs >= MOST_JOBS) return worker.end();
		const timer = setTimeout(() => {
			idle.delete(worker);
			worker.end();
		}, pause);
		idle.set(worker, timer);
	}
	async function inWorker(errand, signal, judging) {
		const worker = takeWorker();
		try {
			return await worker.do(errand, signal, judging);
		} finally {
			putBack(worker);
		}
	}
	return async (job, { last, signal }) => {
		const { appId, apiUrl, serverUrl } = settings;
		const errand = {
			job,
			last,
			appId,
			apiUrl,
			serverUrl,
			pausedUntil: installations.pausedUntil(job.installation),
			mayTell: installations.mayTell(job.installation),
			unjudgeable: void 0
		};
		let head;
		const judging = (began) => void (head = began);
		try {
			return await inWorker(errand, signal, judging).catch((error) => {
				if (error instanceof Killed) return inWorker(errand, signal, judging);
				throw error;
			});
		} catch (error) {
			if (!(error instanceof Unjudgeable || error instanceof Broken && last)) throw error;
			log.warn({ job: keyOf(job) }, error.message);
			const unjudgeable = {
				why: error instanceof Unjudgeable ? error.message : reasonOf(error),
				head
			};
			return inWorker({
				...errand,
				last: true,
				unjudgeable
			}, signal, judging);
		}
	};
}

// src/commands/serveUntilTold.ts
/** How long whoever reads the log may take for the last of it, milliseconds. */
const LAST_WORDS = 1e3;
/**
* Runs a bot in this process until a signal ends it, and ends the process. The first signal lets what was begun end, for
* `grace` milliseconds; the second does not. Throws `Unusable` where the bot cannot listen.
*/
async function serveUntilTold(settings, grace) {
	const output = new Output(process.stdout.fd);
	const log = openLog(settings.logLevel, secretsOf(settings), (line) => output.write(line));
	for (const event of ["uncaughtException", "unhandledRejection"]) process.on(event, (error) => {
		log.fatal({ err: error }, "The bot broke: this is a fault of mta-sts-guard itself, please report it.");
		output.endNow();
		process.exit(1);
	});
	const told = signals();
	const queue = await openQueue(settings.redisUrl, {
		log: (line) => log.warn(line),
		concurrency: settings.workers
	});
	const running = await start(settings, log, queue, (tools) => openWorkers(tools)).catch((error) => {
		if (error.syscall !== "listen" && error.syscall !== "getaddrinfo") throw error;
		throw new Unusable(`The bot cannot listen at ${settings.host}, port ${settings.port} (${error.code}): choose another HOST or PORT.`);
	});
	const reason = await Promise.race([told, running.broken]);
	if (reason !== void 0) log.fatal({ err: reason }, "The queue does no jobs any more.");
	await running.stop(grace);
	await output.end(LAST_WORDS);
	process.exit(reason === void 0 ? 0 : 1);
}
/** Resolves at the first signal; the second ends the process at once. */
async function signals() {
	await new Promise((resolve) => {
		let isTold = false;
		for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => isTold ? process.exit(1) : (isTold = true, resolve()));
	});
}
/** What no line of the log may show. */
function secretsOf({ secrets, privateKey, redisUrl }) {
	const password = redisUrl === void 0 ? "" : new URL(redisUrl).password;
	return [
		...secrets,
		privateKey,
		privateKey.replaceAll("\n", ""),
		password,
		decodeURIComponent(password)
	];
}

export { serveUntilTold };