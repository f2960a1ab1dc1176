import type { Policy } from "./policy.ts";
import type { Zone } from "./zone.ts";

/** A domain's policy and zone as the base branch held them from one moment on. */
export interface Past {
  /** When the commit reached the base branch. */
  readonly moment: Date;
  readonly commit: string;
  readonly policy: Policy | undefined;
  readonly zone: Zone | undefined;
}

/** A domain's life on the base branch up to the merge base, oldest first. */
export interface History {
  readonly pasts: readonly Past[];
  /** Whether the first entry is the beginning; false in a shallow clone. */
  readonly complete: boolean;
  /** Why it is not complete and what to do, where it is no shallow clone; a sentence or two. */
  readonly cure?: string;
}
