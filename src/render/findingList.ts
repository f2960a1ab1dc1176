import type { Finding } from "../model/finding.ts";
import { type Link, findingLine, findingMarkdown, place } from "./findingMarkdown.ts";
import { type Room, listed } from "./listed.ts";
import type { Offer } from "./offer.ts";

/** How each finding of a list is told. */
export interface Telling {
  /** Whether in full; else in a sentence, since its own comment tells the rest. */
  readonly isFull: (finding: Finding) => boolean;
  /** How its fix is offered where it is told in full. */
  readonly offer: (finding: Finding) => Offer | undefined;
  readonly link: Link;
}

/** Findings in their order; those that no longer fit in full are told in a sentence, and what does not fit at all is counted. */
export function findingList(findings: readonly Finding[], telling: Telling, room: Room): string {
  const { isFull, offer, link } = telling;
  const bodies = findings.map((finding) =>
    isFull(finding) ? findingMarkdown(finding, offer(finding), link) : undefined,
  );
  const blocks = findings.map((finding, at) => `#### ${place(finding.at, link)}\n\n${bodies[at]}`);
  if (bodies.every((body) => body !== undefined) && sizeOf(blocks) <= room.bytes) return blocks.join("\n\n");
  const lines = findings.map((finding) => `- ${findingLine(finding, link)}`);
  // What nobody reads elsewhere is worth more than a long list, so it may take half the room at least.
  let spare = Math.max(room.bytes - sizeOf(lines), room.bytes / 2);
  const pieces = lines.map((line, at) => {
    const body = bodies[at];
    if (body === undefined) return line;
    const full = `- ${place((findings[at] as Finding).at, link)}\n\n${indented(body)}\n`;
    const cost = sizeOf([full]) - sizeOf([line]);
    if (cost > spare) return line;
    spare -= cost;
    return full;
  });
  const isTold = findings.some((finding, at) => bodies[at] === undefined && finding.severity !== "notice");
  return [...(isTold ? [ON_ITS_LINE] : []), listed(pieces, room)].join("\n\n");
}

const ON_ITS_LINE = "The comments on the lines have the reasons and the fixes.";

function sizeOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? "" : `  ${line}`))
    .join("\n");
}
