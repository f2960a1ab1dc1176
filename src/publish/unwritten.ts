import type { Finding } from "../model/finding.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { quote } from "../model/quote.ts";
import { hideKey, removeKey, showKey, updateKey } from "./commentWriter.ts";
import type { Difference } from "./reconcile.ts";
import type { Refusal } from "./refusal.ts";
import type { Tries } from "./tries.ts";

/** Something that could not be written. */
export interface Lack {
  /** "a comment is missing" */
  readonly what: string;
  readonly at?: { readonly path: string; readonly line: number | undefined };
  readonly refusal: Refusal;
  /** The finding that has no comment that is right, and so has to be told in full elsewhere. */
  readonly finding?: Finding | undefined;
}

/** What of a difference stays because its writes failed. */
export function lacksOf({ create, update, hide, show, remove }: Difference, tries: Tries): readonly Lack[] {
  const lacks: Lack[] = [];
  const check = (key: unknown, what: string, at: NonNullable<Lack["at"]>, finding?: Finding): void => {
    const refusal = tries.refusal(key);
    if (refusal) lacks.push({ what, at, refusal, finding });
  };
  for (const want of create) {
    // A part says nothing without its lines, and its finding stands on its own.
    if (want.fileBody === undefined) check(want, "a suggestion is missing", want);
    else check(want, "a comment is missing", want, want.finding);
  }
  for (const change of update) {
    const what = change.wanted ? "a comment is not up to date" : "a comment does not say that its finding is fixed";
    check(updateKey(change), what, change.comment, change.wanted?.finding);
  }
  for (const { comment } of hide) check(hideKey(comment), "an old comment is not hidden", comment);
  for (const { comment, wanted } of show) check(showKey(comment), "a comment is still hidden", comment, wanted.finding);
  for (const comment of remove) check(removeKey(comment), "a comment stands twice", comment);
  return lacks;
}

/** One sentence a reason: what is missing where, and why. */
export function sentencesOf(lacks: readonly Lack[]): readonly string[] {
  return [...groupedBy(lacks, ({ refusal }) => refusal.why)].map(([why, some]) => {
    const whats = [...groupedBy(some, ({ what }) => what)].map(([what, same]) => `${what}${placesOf(same)}`).join(", ");
    return `${whats.charAt(0).toUpperCase()}${whats.slice(1)}: ${why}.`;
  });
}

/** So many places are named in one sentence. */
const MOST_PLACES = 5;

function placesOf(lacks: readonly Lack[]): string {
  const places = lacks.flatMap(({ at }) => (at ? [at] : []));
  const named = places
    .slice(0, MOST_PLACES)
    .map(({ path, line }) => `${quote(path)}${line === undefined ? "" : ` line ${line}`}`);
  if (places.length > MOST_PLACES) named.push(`${places.length - MOST_PLACES} places more`);
  return named.length === 0 ? "" : ` on ${named.join(" and ")}`;
}
