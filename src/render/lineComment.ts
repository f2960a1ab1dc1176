import type { Finding } from "../model/finding.ts";
import { linesIn, sameEnds } from "./changedLines.ts";
import { codeBlock, codeSpan, escaped, prose } from "./markdownSafe.ts";
import { plural } from "./lookedAt.ts";
import { repositoryUrl } from "./repositoryUrl.ts";
import { ruleUrl } from "./ruleUrl.ts";
import { sourceUrl } from "./sourceUrl.ts";

/** A part of a fix: the lines `first` to `last` of a file at head, line ends included, and what they become. */
export interface Piece {
  readonly path: string;
  readonly first: number;
  readonly last: number;
  readonly before: string;
  /** Empty: the lines go. */
  readonly after: string;
  /** Whether a suggestion block says exactly this. */
  readonly isExact: boolean;
}

/** How a comment offers its fix. */
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

/** Characters; longer edits are told by their place only, so that a comment stays under GitHub's limit. */
const LONGEST_DIFF = 12_000;

/** So many places of a fix are told in one comment. */
const MOST_EDITS = 10;

/** The first line of a finding's comment: with the author it is the comment's identity. */
export function markerOf(fingerprint: string): string {
  return `<!-- mta-sts-guard ${fingerprint} -->`;
}

/** The first line of the comment that holds another part of a fix. */
function partMarkerOf(fingerprint: string, { path, first }: Piece): string {
  return markerOf(`${fingerprint} part ${Buffer.from(path).toString("base64url").slice(-40)} ${first}`);
}

/** A finding as a comment on its line: what happens to mail, why, the fix, and a footer. */
export function lineComment(finding: Finding, offer: Offer | undefined): string {
  return [markerOf(finding.fingerprint), findingBody(finding, offer)].join("\n");
}

/** The same without the marker, as the summary shows it. */
export function findingBody(finding: Finding, offer: Offer | undefined): string {
  const { severity, message, related = [] } = finding;
  const [text = "", ...quoted] = message.split("\n");
  const [first, why] = sentences(text);
  const parts = [
    `**${SEVERITY[severity]}: ${prose(first)}**`,
    ...(why === "" ? [] : [withReferences(prose(why))]),
    ...(quoted.length > 0 ? [codeBlock(quoted.join("\n"), "text")] : []),
    ...related
      .slice(0, MOST_RELATED)
      .map(({ at, message: said }) => `${prose(said)} (${codeSpan(at.path)}, line ${at.start.line})`),
    ...(offer ? offered(offer) : []),
    footer(finding),
  ];
  return parts.join("\n\n");
}

const MOST_RELATED = 5;

export const SEVERITY = { error: "Error", warning: "Warning", notice: "Notice" } as const;

/** The other part of a fix, on its own lines. */
export function partComment(finding: Finding, title: string, piece: Piece, others: readonly Piece[]): string {
  return [
    partMarkerOf(finding.fingerprint, piece),
    `**${prose(title)}: this is one part of it.** ${together(others)}`,
    "",
    suggestion(piece),
    "",
    footer(finding),
  ].join("\n");
}

/** A message's first sentence, and the rest; a stop inside backquotes or in a name ends none. */
export function sentences(text: string): readonly [string, string] {
  const end = /[.!?](?= +[\p{Lu}`])/gu;
  for (const { index } of text.matchAll(end)) {
    const isQuoted = (text.slice(0, index).match(/`/g) ?? []).length % 2 === 1;
    if (!isQuoted) return [text.slice(0, index + 1), text.slice(index + 1).trim()];
  }
  return [text, ""];
}

function offered({ title, here, elsewhere, byHand, editUrl }: Offer): readonly string[] {
  const parts = [`**${prose(title)}:**`];
  if (here) parts.push(suggestion(here));
  if (elsewhere.length > 0)
    parts.push(here ? together(elsewhere) : `The suggestions for it stand at ${listed(elsewhere)}. ${BATCH}`);
  const isLong = sizeOf(byHand) > LONGEST_DIFF;
  for (const piece of byHand.slice(0, MOST_EDITS)) {
    const url = editUrl(piece.path, piece.first);
    const where = `In ${codeSpan(piece.path)}, ${linesText(piece)}${url === undefined ? "" : ` ([edit this file](${url}))`}:`;
    parts.push(where, isLong ? "The edit is too long to show." : editDiff(piece));
  }
  if (isLong || byHand.length > MOST_EDITS)
    parts.push(`There are ${plural(byHand.length, "edit")} in all; \`mta-sts-guard check --fix\` makes them.`);
  if (byHand.length > 1) parts.push("These edits belong together: make all of them in this pull request.");
  return parts;
}

function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { before, after }) => sum + before.length + after.length, 0);
}

const BATCH = "Apply them together: _Files changed_, _Add suggestion to batch_ at each, then _Commit suggestions_.";

function together(others: readonly Piece[]): string {
  return `It belongs together with the suggestion at ${listed(others)}. ${BATCH}`;
}

function listed(pieces: readonly Piece[]): string {
  return pieces.map((piece) => `${codeSpan(piece.path)}, ${linesText(piece)}`).join(", and at ");
}

function linesText({ first, last }: Piece): string {
  return first === last ? `line ${first}` : `lines ${first} to ${last}`;
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

/** `RFC 8461 §3.1` in a text of ours becomes a link to that section. */
function withReferences(text: string): string {
  return text.replace(/RFC \d+ §\d+(?:\.\d+)*/g, (reference) => `[${reference}](${sourceUrl(reference) ?? ""})`);
}

function footer({ rule, reference }: Finding): string {
  const source = sourceUrl(reference);
  const parts = [
    `Rule [${rule}](${ruleUrl(rule)})`,
    source === undefined ? escaped(reference) : `[${escaped(reference)}](${source})`,
    `[accept this risk](${repositoryUrl("docs/configuration.md#ignore")})`,
  ];
  return `<sub>${parts.join(" · ")}</sub>`;
}
