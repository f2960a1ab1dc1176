/** The two sides of a change to one thing; without a base both are the same. */
export interface Change<T> {
  /** Absent where the thing did not exist, or is not in the repository. */
  readonly base?: T;
  readonly head?: T;
  readonly moment: Moment;
}

/** When the change is judged. */
export interface Moment {
  /** The clock of this run. */
  readonly now: Date;
  /** The time of head's commit, or of this run if head is a working tree: what new ids and serials are made from. */
  readonly head: Date;
}
