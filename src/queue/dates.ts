import type { Redis } from "ioredis";
import type { Job } from "./job.ts";

/** Forgets a date, unless a new one has taken its place. */
const FORGET = `
if redis.call("ZSCORE", KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call("HDEL", KEYS[2], ARGV[1])
return redis.call("ZREM", KEYS[1], ARGV[1])`;

/** How many due jobs are taken at once. */
const BATCH = 100;

/** Jobs for a later moment on Redis, one a key. */
export class Dates {
  readonly #redis: Redis;
  readonly #when: string;
  readonly #what: string;

  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#when = `${prefix}dates`;
    this.#what = `${prefix}dates-jobs`;
  }

  async set(id: string, job: Job, at: Date): Promise<void> {
    const set = this.#redis.multi().zadd(this.#when, at.getTime(), id).hset(this.#what, id, JSON.stringify(job));
    for (const [error] of (await set.exec()) ?? []) if (error) throw error;
  }

  /** Gives every job whose moment has come to `add`, and forgets it only once that is done. */
  async due(add: (job: Job) => Promise<void>): Promise<void> {
    const due = await this.#redis.zrange(this.#when, 0, Date.now(), "BYSCORE", "LIMIT", 0, BATCH, "WITHSCORES");
    for (let i = 0; i < due.length; i += 2) {
      const [id = "", when = ""] = due.slice(i, i + 2);
      const job = await this.#redis.hget(this.#what, id);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only `set` writes it
      if (job !== null) await add(JSON.parse(job) as Job);
      await this.#redis.eval(FORGET, 2, this.#when, this.#what, id, when);
    }
  }

  count(): Promise<number> {
    return this.#redis.zcard(this.#when);
  }
}
