/** Where a job's repository is, and the installation whose token reads it. */
export interface Target {
  readonly installation: number;
  readonly owner: string;
  readonly repo: string;
}

/** A pull request whose head is to be judged; which head that is, is asked when the job is done. */
export interface PullJob extends Target {
  readonly kind: "pull";
  readonly number: number;
  /** The head that a delivery told of: what GitHub answers may be older for a moment. */
  readonly seen?: string;
  /** The branch that a delivery told of, into which it is to be merged from now on; the answer may be older here too. */
  readonly into?: string;
  /** Whether the check of that head says already that it waits for the hourly limit. */
  readonly told?: true;
}

/** A merge group that is to be judged, commit ids; `branch` is the one that it is to be put on. */
export interface MergeGroupJob extends Target {
  readonly kind: "merge-group";
  readonly base: string;
  readonly head: string;
  readonly branch?: string;
  /** Whether its check says already that it waits for the hourly limit. */
  readonly told?: true;
}

/** A button of a check run that somebody pressed. */
export interface PressJob extends Target {
  readonly kind: "press";
  readonly checkRun: number;
  readonly button: string;
  /** Login and id of the one who pressed. */
  readonly by: string;
  readonly byId: number;
}

/** A commit that is to be judged for whatever it is the head of: open pull requests, those of forks too, or a merge group. */
export interface HeadJob extends Target {
  readonly kind: "head";
  readonly head: string;
}

/** Somebody asked in a comment for a pull request to be judged again; whether they may, is asked when the job is done. */
export interface RecheckJob extends Target {
  readonly kind: "recheck";
  readonly number: number;
  /** Login and id of the one who asked. */
  readonly by: string;
  readonly byId: number;
}

/** The open pull requests of an installation whose heads have no check of ours are to be found. */
export interface SweepJob {
  readonly kind: "sweep";
  readonly installation: number;
}

/** What there is to do: a pointer, so that it can be done again and nothing in it grows old. */
export type Job = PullJob | MergeGroupJob | PressJob | HeadJob | RecheckJob | SweepJob;

/** What two jobs share of which one is enough. */
export function keyOf(job: Job): string {
  switch (job.kind) {
    case "pull":
      return `pull ${job.installation} ${job.owner}/${job.repo} ${job.number}`;
    case "merge-group":
      return `merge-group ${job.installation} ${job.owner}/${job.repo} ${job.head}`;
    case "press":
      return `press ${job.installation} ${job.checkRun} ${job.button} ${job.by}`;
    case "head":
      return `head ${job.installation} ${job.owner}/${job.repo} ${job.head}`;
    case "recheck":
      return `recheck ${job.installation} ${job.owner}/${job.repo} ${job.number} ${job.by}`;
    case "sweep":
      break;
  }
  return `sweep ${job.installation}`;
}
