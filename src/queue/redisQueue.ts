import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type * as BullMQ from "bullmq";
import type { Redis } from "ioredis";
import { logSafe } from "../render/logSafe.ts";
import { Dates } from "./dates.ts";
import { type Job, keyOf } from "./job.ts";
import { CONCURRENCY, type Queue, type QueueOptions, type QueueState, type Run, TRIES, pauseAfter } from "./queue.ts";
import { Slots } from "./slots.ts";
import { Turns } from "./turns.ts";

/** What tests shorten; all in milliseconds. */
export interface RedisQueueOptions extends QueueOptions {
  /** How long a worker that says nothing is believed to live; with `stallCheck`, how soon its jobs are taken over. */
  readonly lock?: number | undefined;
  readonly stallCheck?: number | undefined;
}

const LOCK = 20_000;
const STALL_CHECK = 5_000;
/** How many workers may die over a job before it is the job's fault. */
const DEATHS = 10;
/** How often Redis is asked for due dates, and so whether it answers. */
const BEAT = 1_000;
/** How long an answer of Redis is waited for. */
const PATIENCE = 2_000;
/** When a job without a slot looks for one again, should nobody call it; a little later for each job before it. */
const LOOK_AGAIN = 1_000;
const LOOK_AGAIN_EACH = 20;
/** When a pull request that was taken over is looked at once more; GitHub does no request so late. */
const LATE = 60_000;
/** Stands as a job's progress. */
const HANDED_BACK = "handed back";

interface Active {
  readonly key: string;
  readonly bull: BullMQ.Job<Job>;
  readonly token: string;
  readonly abort: AbortController;
  readonly lockRunsOut: NodeJS.Timeout;
}

/**
 * A queue on Redis, for any number of processes: jobs, locks, tries and takeovers by BullMQ; an installation's two slots and the
 * jobs with a date beside it.
 */
export class RedisQueue implements Queue {
  readonly #bullmq: typeof BullMQ;
  readonly #redis: Redis;
  readonly #options: RedisQueueOptions;
  readonly #queue: BullMQ.Queue<Job>;
  readonly #slots: Slots;
  readonly #dates: Dates;
  readonly #turns: Turns;
  readonly #active = new Map<string, Active>();
  #worker: BullMQ.Worker<Job> | undefined;
  #nextBeat: NodeJS.Timeout | undefined;
  #answers = true;
  #lastError = "it has not answered yet";
  #stopping = false;
  #closed = false;
  #retried = 0;
  #dropped = 0;

  /** @param url `redis://`, `rediss://` or `unix://`; Redis may be away */
  static async open(url: string, options: RedisQueueOptions): Promise<RedisQueue> {
    const [bullmq, { Redis }] = await Promise.all([import("bullmq"), import("ioredis")]);
    // Without a limit of retries, for BullMQ's workers wait until Redis is back; whoever adds is kept from that by `#within`.
    const redis = new Redis(url, {
      maxRetriesPerRequest: null,
      connectTimeout: PATIENCE,
      retryStrategy: (times) => Math.min(times * 100, 2_000),
    });
    return new RedisQueue(bullmq, redis, options);
  }

  private constructor(bullmq: typeof BullMQ, redis: Redis, options: RedisQueueOptions) {
    this.#bullmq = bullmq;
    this.#redis = redis;
    this.#options = options;
    this.#turns = new Turns(options.concurrency ?? CONCURRENCY);
    redis.on("error", (error) => {
      this.#lastError = error.message;
      // A database that is not there: ioredis would go on with the first one, which may be another's.
      if ("command" in error && error.name === "ReplyError") redis.disconnect(true);
    });
    redis.on("close", () => this.#heard(false));
    this.#queue = new bullmq.Queue("jobs", {
      connection: redis,
      prefix: "mta-sts-guard",
      streams: { events: { maxLen: 100 } },
      defaultJobOptions: {
        attempts: TRIES,
        backoff: { type: "custom" },
        // A job that is done must not stand in the way of the next one of its key.
        removeOnComplete: true,
        removeOnFail: true,
      },
    });
    this.#queue.on("error", (error) => (this.#lastError = error.message));
    this.#slots = new Slots(redis, this.#queue.toKey(""));
    this.#dates = new Dates(redis, this.#queue.toKey(""));
    this.#beat();
  }

  async add(job: Job, at?: Date): Promise<void> {
    await this.#within(() => this.#put(job, at));
  }

  async start(run: Run): Promise<void> {
    const lockDuration = this.#options.lock ?? LOCK;
    const worker = new this.#bullmq.Worker<Job>(this.#queue.name, (bull, token = "") => this.#do(bull, token, run), {
      connection: this.#redis,
      prefix: "mta-sts-guard",
      // One more than are done: it puts aside the jobs whose installation has its two, or a flood would stand before all others.
      concurrency: this.#turns.count + 1,
      lockDuration,
      stalledInterval: this.#options.stallCheck ?? STALL_CHECK,
      maxStalledCount: DEATHS,
      runRetryDelay: 1_000,
      settings: { backoffStrategy: this.#options.pause ?? pauseAfter },
    });
    this.#worker = worker;
    worker.on("error", (error) => (this.#lastError = error.message));
    worker.on("failed", (bull, error) => bull && this.#failed(bull, error));
    worker.on("locksRenewed", ({ jobIds }) => jobIds.forEach((id) => this.#active.get(id)?.lockRunsOut.refresh()));
    worker.on("lockRenewalFailed", (ids) => ids.forEach((id) => this.#active.get(id)?.abort.abort()));
  }

  async stop(grace: number): Promise<void> {
    if (this.#stopping) return;
    this.#stopping = true;
    await this.#worker?.pause(true);
    this.#turns.end();
    const end = Date.now() + grace;
    while (this.#active.size > 0 && Date.now() < end) await sleep(Math.min(50, grace));
    const left = [...this.#active.values()];
    await this.#patiently(Promise.all(left.map((active) => this.#handBack(active)))).catch(this.#note);
    this.#closed = true;
    clearTimeout(this.#nextBeat);
    // Waits for the jobs that were just being looked at, too; what does not heed its signal is left behind.
    await this.#patiently(this.#worker?.close() ?? Promise.resolve()).catch(this.#note);
    await this.#patiently(this.#queue.close()).catch(this.#note);
    this.#redis.disconnect();
  }

  async state(): Promise<QueueState> {
    return this.#within(async () => {
      const [counts, first, slots, dates] = await Promise.all([
        this.#queue.getJobCounts("wait", "active", "delayed"),
        this.#queue.getJobs("wait", 0, 0, true),
        this.#slots.waiting(),
        this.#dates.count(),
      ]);
      const since = Math.min(first[0]?.timestamp ?? Infinity, slots.since ?? Infinity, Date.now());
      return {
        waiting: (counts["wait"] ?? 0) + slots.count,
        active: counts["active"] ?? 0,
        delayed: Math.max(0, (counts["delayed"] ?? 0) - slots.count) + dates,
        oldestSeconds: (Date.now() - since) / 1000,
        retried: this.#retried,
        dropped: this.#dropped,
      };
    });
  }

  isReady(): boolean {
    return !this.#closed && this.#answers && this.#redis.status === "ready";
  }

  async #put(job: Job, at: Date | undefined): Promise<void> {
    const id = idOf(job);
    if (at && at.getTime() > Date.now()) return this.#dates.set(id, job, at);
    await this.#queue.add(job.kind, job, { deduplication: { id, keepLastIfActive: true } });
  }

  async #do(bull: BullMQ.Job<Job>, token: string, run: Run): Promise<void> {
    const { id = "", data: job } = bull;
    const key = keyOf(job);
    // Our lock ran out while Redis was away, and we are still at it.
    const busy = [...this.#active.values()].some((active) => active.key === key);
    const before = busy ? 0 : await this.#slots.take(job.installation, id, token, bull.timestamp);
    if (before !== undefined) {
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
      this.#active.set(id, { key, bull, token, abort, lockRunsOut });
      const { again } = await run(job, { last: bull.attemptsMade + 1 >= TRIES, signal: abort.signal });
      // The look finds a date of its own again.
      const next = isTakenOver(bull) ? new Date(Date.now() + LATE) : again;
      if (next) await this.#dates.set(idOf(job), job, next);
    } catch (error) {
      // What is handed back has not failed.
      throw this.#stopping && abort.signal.aborted ? new this.#bullmq.WaitingError() : error;
    } finally {
      clearTimeout(lockRunsOut);
      this.#active.delete(id);
      this.#turns.leave();
      await this.#leave(job.installation, id, token);
    }
  }

  /** Frees a slot and calls the jobs that wait for it, the longest waiting first, until one comes. */
  async #leave(installation: number, id: string, token: string): Promise<void> {
    for (;;) {
      const next = await this.#slots.leave(installation, id, token);
      if (next === undefined) return;
      const waiting = await this.#queue.getJob(next);
      // One that is gone, or on its way already, is not called.
      const called = await waiting?.promote().then(
        () => true,
        () => false,
      );
      if (called) return;
    }
  }

  async #handBack({ bull, token, abort }: Active): Promise<void> {
    abort.abort();
    await bull.updateProgress(HANDED_BACK);
    await bull.moveToWait(token);
  }

  #failed(bull: BullMQ.Job<Job>, error: Error): void {
    const what = logSafe(`${keyOf(bull.data)}: try ${bull.attemptsMade} of ${TRIES} failed: ${String(error)}`);
    const over = bull.finishedOn !== undefined;
    if (over) this.#dropped++;
    else this.#retried++;
    this.#options.log(over ? `${what}; given up` : `${what}; tried again in ${Math.round(bull.delay / 1000)} s`);
  }

  /** Adds what is due, and hears so whether Redis answers. */
  async #listen(): Promise<void> {
    if (this.#redis.status === "ready") {
      try {
        await this.#patiently(this.#dates.due((job) => this.#put(job, undefined)));
        this.#heard(true);
      } catch (error) {
        this.#lastError = String(error);
        this.#heard(false);
      }
    }
    this.#beat();
  }

  #beat(): void {
    if (!this.#closed) this.#nextBeat = setTimeout(() => void this.#listen(), BEAT);
  }

  #heard(answers: boolean): void {
    if (answers === this.#answers || this.#closed) return;
    this.#answers = answers;
    this.#options.log(answers ? "Redis answers again" : logSafe(`Redis does not answer: ${this.#lastError}`));
  }

  readonly #note = (error: unknown): void => {
    if (!this.#closed) this.#options.log(logSafe(`while the queue was closed: ${String(error)}`));
  };

  async #within<T>(ask: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Error("the queue takes nothing more: this process is being stopped");
    if (!this.isReady()) throw new Error(`the queue is away: Redis does not answer: ${this.#lastError}`);
    return this.#patiently(ask());
  }

  async #patiently<T>(answer: Promise<T>): Promise<T> {
    const stop = new AbortController();
    const late = sleep(PATIENCE, undefined, { signal: stop.signal }).then(
      () => Promise.reject(new Error(`the queue is away: Redis did not answer within ${PATIENCE / 1000} s`)),
      () => answer,
    );
    return Promise.race([answer, late]).finally(() => stop.abort());
  }
}

/**
 * Whether somebody else began this look at a pull request. What that one had just sent GitHub may do after our last look, and so a
 * comment stands twice until there is another one.
 */
function isTakenOver({ data, stalledCounter, progress }: BullMQ.Job<Job>): boolean {
  return data.kind === "pull" && (stalledCounter > 0 || progress === HANDED_BACK);
}

/** BullMQ takes no colon in a name, and a key may hold anything. */
function idOf(job: Job): string {
  return `key-${createHash("sha256").update(keyOf(job)).digest("hex")}`;
}
