import type { Job } from "../queue/job.ts";
import type { Done } from "../queue/queue.ts";
import type { Heard } from "../work/access.ts";
import type { Counted } from "../work/world.ts";
import type { Thrown } from "./thrown.ts";

/** One try of a job, with what its worker must know; nothing of it is secret. */
export interface Errand {
  readonly job: Job;
  readonly last: boolean;
  readonly appId: number;
  readonly apiUrl: string;
  readonly serverUrl: string;
  /** Until when the job's installation waits. */
  readonly pausedUntil: Date | undefined;
  /** Whether it may say so at GitHub. */
  readonly mayTell: boolean;
  /** What an earlier worker died of: the job then does not judge that commit again, and says so. */
  readonly unjudgeable: { readonly why: string; readonly head: string | undefined } | undefined;
}

/** What a worker asks of the one that gave it a job, and waits for. */
export type Question =
  | { readonly what: "token"; readonly installation: number; readonly anew: boolean }
  | { readonly what: "turn"; readonly installation: number }
  | { readonly what: "add"; readonly job: Job; readonly at: Date | undefined };

/** What a worker tells in passing. */
export type News =
  | { readonly what: "log"; readonly line: string }
  | { readonly what: "count"; readonly counter: Counted; readonly labels: Readonly<Record<string, string>> }
  | { readonly what: "heard"; readonly installation: number; readonly heard: Heard }
  | { readonly what: "refused"; readonly installation: number; readonly wait: number };

export type ToWorker =
  | { readonly kind: "job"; readonly errand: Errand }
  | { readonly kind: "abort" }
  /** Whoever is not at work answers `here`. */
  | { readonly kind: "look" }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown; readonly thrown: Thrown | undefined };

export type FromWorker =
  | { readonly kind: "question"; readonly id: number; readonly question: Question }
  | { readonly kind: "news"; readonly news: News }
  | { readonly kind: "here" }
  /** Told before a commit is judged. */
  | { readonly kind: "judging"; readonly head: string }
  | { readonly kind: "done"; readonly done: Done }
  | { readonly kind: "failed"; readonly thrown: Thrown };
