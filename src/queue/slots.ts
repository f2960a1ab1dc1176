import type { Redis } from "ioredis";
import { PER_INSTALLATION } from "./queue.ts";

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
export class Slots {
  readonly #redis: Redis;
  readonly #prefix: string;

  /** @param prefix what all keys of the BullMQ queue begin with, the last colon included */
  constructor(redis: Redis, prefix: string) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  /** Undefined where the job has a slot now, else how many of its installation wait before it; `since` in milliseconds. */
  async take(installation: number, id: string, token: string, since: number): Promise<number | undefined> {
    const args = [this.#prefix, id, token, PER_INSTALLATION, since];
    const before = Number(await this.#redis.eval(TAKE, 3, ...this.#keys(installation), ...args));
    return before < 0 ? undefined : before;
  }

  /** The id of the job that may have the slot now. */
  async leave(installation: number, id: string, token: string): Promise<string | undefined> {
    const next = await this.#redis.eval(LEAVE, 3, ...this.#keys(installation), id, token);
    return typeof next === "string" ? next : undefined;
  }

  /** How many jobs wait for a slot, and since when the first does, milliseconds. */
  async waiting(): Promise<{ readonly count: number; readonly since: number | undefined }> {
    const all = `${this.#prefix}slots-all`;
    const [count, [, since]] = await Promise.all([this.#redis.zcard(all), this.#redis.zrange(all, 0, 0, "WITHSCORES")]);
    return { count, since: since === undefined ? undefined : Number(since) };
  }

  #keys(installation: number): readonly [string, string, string] {
    return [
      `${this.#prefix}slots-of-${installation}`,
      `${this.#prefix}slots-line-${installation}`,
      `${this.#prefix}slots-all`,
    ];
  }
}
