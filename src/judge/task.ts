/** A change, from the merge base of two commits to the second. */
export interface ChangeTask {
  readonly kind: "change";
  readonly base: string;
  readonly head: string;
  /** The path of the workflow that runs this, where one does. */
  readonly workflow?: string | undefined;
}

/** The state of everything at a commit. */
export interface StateTask {
  readonly kind: "state";
  readonly head: string;
}
