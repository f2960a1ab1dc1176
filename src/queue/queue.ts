import type { Job } from "./job.ts";

/** What became of a job: done, or to be done (again) at a moment. */
export type Done = { readonly again?: Date | undefined };

/** One try of a job. */
export interface Try {
  /** Whether the job is given up if it throws now. */
  readonly last: boolean;
  /** Aborted once somebody else may do the job: whoever sees it writes nothing more, throws, and nothing is lost. */
  readonly signal: AbortSignal;
}

/** Does a job; what it throws makes the job be tried again. */
export type Run = (job: Job, attempt: Try) => Promise<Done>;

/** How full a queue is, over all processes; what was retried and dropped is counted in this process alone. */
export interface QueueState {
  /** Jobs that could be done now, those whose installation already has its two among them. */
  readonly waiting: number;
  /** Jobs that are done, and on Redis those that a process looks at to see whether they may be. */
  readonly active: number;
  /** Jobs for a later moment: those with a date, and those between two tries. */
  readonly delayed: number;
  /** How long the oldest one that could be done has waited; 0 for none. */
  readonly oldestSeconds: number;
  /** Tries that threw and are followed by another one. */
  readonly retried: number;
  /** Jobs given up after their last try. */
  readonly dropped: number;
}

/**
 * Jobs, each done at least once by some process.
 *
 * One that waits stands for all of the same key. One that arrives while its key is being done is done once more afterwards.
 * At most two jobs of an installation are done at a time, and never two of one key. A job that throws is done again, later and
 * later; one whose process died is taken over by another.
 */
export interface Queue {
  /**
   * Resolves once the job is held as safely as this queue can, and rejects at once or within two seconds where it cannot:
   * then nothing was promised, and the caller says so to whoever sent it.
   *
   * A job for a moment (`at`) takes the place of an earlier such moment of its key. It leaves a job for now alone, and a job for
   * now leaves it alone: when the moment comes, it is added as a job for now.
   */
  add(job: Job, at?: Date): Promise<void>;
  /** Begins to do jobs; resolves although what holds the queue may still be away. */
  start(run: Run): Promise<void>;
  /**
   * Takes nothing new, waits for what is being done, `grace` milliseconds at most, and hands the rest back: to another process,
   * or, where there is none, to the sweeper.
   */
  stop(grace: number): Promise<void>;
  /** Rejects like `add`. */
  state(): Promise<QueueState>;
  /** Whether jobs can be added now. */
  isReady(): boolean;
}

/** What both queues are made with. */
export interface QueueOptions {
  /** Takes a line for the log. */
  readonly log: (line: string) => void;
  /** How many jobs one process does at a time. */
  readonly concurrency?: number | undefined;
  /** Milliseconds from a try that threw, the first being 1, to the next. */
  readonly pause?: ((tries: number) => number) | undefined;
}

/** How many jobs of one installation are done at a time, over all processes. */
export const PER_INSTALLATION = 2;

/** How many jobs one process does at a time, unless it is told: they mostly wait for GitHub. */
export const CONCURRENCY = 10;

/** How often a job is tried: with `pauseAfter`, for half an hour. What is given up then is found again by the sweeper. */
export const TRIES = 10;

/** What is pushed between two tries waits for the next one, so none is further away, ms. */
const LONGEST_PAUSE = 300_000;

/**
 * Milliseconds between two tries: 5 seconds, then four times as long each time, up to 5 minutes; and up to a fifth more, so that not
 * all come at once.
 */
export function pauseAfter(tries: number): number {
  return Math.min(5000 * 4 ** (tries - 1), LONGEST_PAUSE) * (1 + Math.random() / 5);
}
