import type { Finding } from "../model/finding.ts";
import { findingFooter, findingMarkdown } from "./findingMarkdown.ts";
import { prose } from "./markdownSafe.ts";
import { type Offer, suggestion, together } from "./offer.ts";
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
export function lineComment(finding: Finding, offer: Offer | undefined): string {
  return [markerOf(finding.fingerprint), findingMarkdown(finding, offer)].join("\n");
}

/** The other part of a fix, on its own lines. */
export function partComment(finding: Finding, title: string, piece: Piece, others: readonly Piece[]): string {
  return [
    partMarkerOf(finding.fingerprint, piece),
    `**${prose(title)}: this is one part of it.** ${together(others)}`,
    "",
    suggestion(piece),
    "",
    findingFooter(finding),
  ].join("\n");
}
