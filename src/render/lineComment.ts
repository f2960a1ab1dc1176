import type { Finding } from "../model/finding.ts";
import type { Name } from "../model/name.ts";
import { findingFooter, findingMarkdown } from "./findingMarkdown.ts";
import { prose } from "./markdownSafe.ts";
import { type Offer, placeOf, suggestion, together } from "./offer.ts";
import type { Piece } from "./piecesOf.ts";

/** The first line of a finding's comment: with the author it is the comment's identity. */
export function markerOf(fingerprint: string): string {
  return `<!-- mta-sts-guard ${fingerprint} -->`;
}

/** The first line of the comment that holds another part of a fix. */
function partMarkerOf(fingerprint: string, { path, first }: Piece): string {
  return markerOf(`${fingerprint} part ${Buffer.from(path).toString("base64url").slice(-40)} ${first}`);
}

/** A finding as a comment on its line: what happens to mail, why, the fix, and a footer. */
export function lineComment(finding: Finding, offer: Offer | undefined, also: readonly Name[] = []): string {
  return [markerOf(finding.fingerprint), findingMarkdown(finding, offer, undefined, also)].join("\n");
}

/** The part of a fix that stands on other lines than the finding, whose comment stands `at` a line. */
export function partComment(
  finding: Finding,
  title: string,
  piece: Piece,
  others: readonly Piece[],
  at: { readonly path: string; readonly line: number },
): string {
  const where = placeOf({ path: at.path, first: at.line, last: at.line });
  const opening =
    others.length === 0
      ? `**${prose(title)}.** The comment at ${where} says why.`
      : `**${prose(title)}: this is one part of it.** ${together(others)}`;
  return [partMarkerOf(finding.fingerprint, piece), opening, "", suggestion(piece), "", findingFooter(finding)].join(
    "\n",
  );
}
