import type { Finding } from "./finding.ts";
import type { Ignore } from "./ignore.ts";
import type { DomainChange, PolicyChange, UnreadFileChange, ZoneChange } from "./rule.ts";
import type { Survey } from "./survey.ts";

/** Every subject that rules speak about, each with both its sides. */
export interface Changes {
  readonly domains: readonly DomainChange[];
  readonly policies: readonly PolicyChange[];
  readonly zones: readonly ZoneChange[];
  readonly unread: readonly UnreadFileChange[];
}

/** Both sides of a change; without a base they are the same survey. */
export interface Sides {
  readonly base: Survey;
  readonly head: Survey;
}

/** A finding that somebody accepted, and what says so. */
export interface Ignored {
  readonly finding: Finding;
  readonly by: Ignore;
}

/** What a review found, and what it looked at. */
export interface Review {
  /** Worst first, then by path and line; fixed ones last. */
  readonly findings: readonly Finding[];
  /** What was found and counts for nothing, in the same order. */
  readonly ignored: readonly Ignored[];
  readonly changes: Changes;
  readonly sides: Sides;
}
