import type { Span } from "./span.ts";

/** Something that a rule needs and that could not be read: the run fails closed. */
export interface Gap {
  /** What could not be read, and why. */
  readonly what: string;
  /** What to do about it, in the imperative. */
  readonly cure: string;
  readonly at: Span;
}
