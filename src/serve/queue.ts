import type { Job } from "./job.ts";

/** What became of a job: done, or to be done (again) at a moment. */
export type Done = { readonly again?: Date | undefined };

/** How full a queue is. */
export interface QueueState {
  readonly waiting: number;
  readonly active: number;
  /** Jobs for a later moment. */
  readonly delayed: number;
  /** How long the oldest one that could be done has waited; 0 for none. */
  readonly oldestSeconds: number;
}

/**
 * Jobs, each done at least once by some process.
 *
 * One that waits stands for all of the same key. One that arrives while its key is being done is done once more afterwards.
 * At most two jobs of an installation are done at a time, and never two of one key. A job that throws is done again, later and
 * later; one whose process died is taken over by another.
 */
export interface Queue {
  /** Resolves once the job cannot be lost any more. A job for a moment (`at`) takes the place of an earlier such moment. */
  add(job: Job, at?: Date): Promise<void>;
  /** Begins to do jobs. */
  start(run: (job: Job) => Promise<Done>): Promise<void>;
  /** Takes nothing new, waits for what is being done, `grace` milliseconds at most, and hands the rest back. */
  stop(grace: number): Promise<void>;
  state(): Promise<QueueState>;
  /** Whether jobs can be added now. */
  isReady(): boolean;
}
