import { MemoryQueue } from "./memoryQueue.ts";
import type { Queue, QueueOptions } from "./queue.ts";

/** The queue on that Redis (`redis://`, `rediss://`), or without one the queue in this process. */
export async function openQueue(redis: string | undefined, options: QueueOptions): Promise<Queue> {
  if (redis === undefined) return new MemoryQueue(options);
  // Whoever has no Redis need not have installed what speaks to it.
  const { RedisQueue } = await import("./redisQueue.ts");
  return RedisQueue.open(redis, options);
}
