import type { Fix } from "../model/finding.ts";
import { linesIn, sameEnds } from "./changedLines.ts";
import { plural } from "./lookedAt.ts";
import { codeBlock, codeSpan, prose } from "./markdownSafe.ts";
import { type HeadText, type Piece, piecesOf } from "./piecesOf.ts";

/** How a fix is offered. */
export interface Offer {
  readonly title: string;
  /** The piece that stands on the comment's own lines and can be applied by a click. */
  readonly here: Piece | undefined;
  /** The pieces that have a suggestion of their own elsewhere in the pull request. */
  readonly elsewhere: readonly Piece[];
  /** The pieces that somebody has to write by hand. */
  readonly byHand: readonly Piece[];
  /** Opens a file in an editor on the head branch; undefined where the reader may not push there. */
  readonly editUrl: (path: string, line: number) => string | undefined;
}

/** A fix that somebody has to write by hand; without its edits where a text is not at hand. */
export function offerByHand(fix: Fix, text: HeadText, editUrl: Offer["editUrl"] = () => undefined): Offer {
  return { title: fix.title, here: undefined, elsewhere: [], byHand: piecesOf(fix, text) ?? [], editUrl };
}

/** Characters; longer edits are told by their place only, so that a comment stays under GitHub's limit. */
const LONGEST_DIFF = 12_000;

/** So many places of a fix are told in one comment. */
const MOST_EDITS = 10;

/** A fix in Markdown, a paragraph or block each: what it does, what a click applies, and what has to be written by hand. */
export function offerMarkdown({ title, here, elsewhere, byHand, editUrl }: Offer): readonly string[] {
  const parts = [`**Fix: ${prose(title)}**`];
  if (here) parts.push(suggestion(here));
  if (elsewhere.length > 0) parts.push(here ? together(elsewhere) : standsAt(elsewhere));
  const isLong = sizeOf(byHand) > LONGEST_DIFF;
  for (const piece of byHand.slice(0, MOST_EDITS)) {
    const url = editUrl(piece.path, piece.first);
    const where = `In ${placeOf(piece)}${url === undefined ? "" : ` ([edit this file](${url}))`}:`;
    parts.push(where, isLong ? "The edit is too long to show." : editDiff(piece));
  }
  if (isLong || byHand.length > MOST_EDITS)
    parts.push(`There are ${plural(byHand.length, "edit")} in all; \`mta-sts-guard check --fix\` makes them.`);
  if (byHand.length > 1) parts.push("These edits belong together: make all of them at once.");
  return parts;
}

function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { before, after }) => sum + before.length + after.length, 0);
}

const BATCH = "Apply them together: _Files changed_, _Add suggestion to batch_ at each, then _Commit suggestions_.";

function standsAt(pieces: readonly Piece[]): string {
  if (pieces.length === 1) return `The suggestion for it stands at ${placesOf(pieces)}.`;
  return `The suggestions for it stand at ${placesOf(pieces)}. ${BATCH}`;
}

/** Where the other suggestions of a fix stand, and how all of them are applied at once. */
export function together(others: readonly Piece[]): string {
  return `It belongs together with the suggestion at ${placesOf(others)}. ${BATCH}`;
}

function placesOf(pieces: readonly Piece[]): string {
  return pieces.map(placeOf).join(", and at ");
}

/** The lines of a file as a comment names them. */
export function placeOf({ path, first, last }: Pick<Piece, "path" | "first" | "last">): string {
  return `${codeSpan(path)}, ${first === last ? `line ${first}` : `lines ${first} to ${last}`}`;
}

/** GitHub takes the text between the fences for whole lines, each as it stands; only for a piece that `isExact`. */
export function suggestion({ after }: Piece): string {
  const runs = Array.from(after.matchAll(/`+/g), ([run]) => run.length);
  const fence = "`".repeat(Math.max(2, ...runs) + 1);
  return `${fence}suggestion\n${after}${fence}`;
}

function editDiff({ before, after }: Piece): string {
  const [from, to] = [linesIn(before), linesIn(after)];
  const { lead, tail } = sameEnds(from, to);
  const marked = (lines: readonly string[], mark: string): readonly string[] => lines.map((line) => `${mark}${line}`);
  const lines = [
    ...marked(from.slice(0, lead), " "),
    ...marked(from.slice(lead, from.length - tail), "-"),
    ...marked(to.slice(lead, to.length - tail), "+"),
    ...marked(from.slice(from.length - tail), " "),
  ];
  return codeBlock(lines.join("\n"), "diff");
}
