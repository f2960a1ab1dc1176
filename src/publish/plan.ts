import type { Finding } from "../model/finding.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { type Name, display } from "../model/name.ts";
import type { Review } from "../model/review.ts";
import { lineComment, markerOf, partComment } from "../render/lineComment.ts";
import { type Offer, offerByHand } from "../render/offer.ts";
import { type HeadText, type Piece, piecesOf } from "../render/piecesOf.ts";
import { hunkWith } from "./diffLines.ts";
import { type Diff, type DiffFile, type Place, diffOf, placeOf } from "./placeOf.ts";

/** A comment that a finding wants. */
export interface Wanted {
  readonly finding: Finding;
  /** Its first line. */
  readonly marker: string;
  readonly body: string;
  /** What it says where its lines are refused and it stands on the file; undefined for a part, which only makes sense on its lines. */
  readonly fileBody: string | undefined;
  readonly path: string;
  readonly side: "RIGHT" | "LEFT";
  /** The last of its lines; undefined for a comment on the file. */
  readonly line: number | undefined;
  /** Where it spans several. */
  readonly startLine: number | undefined;
  /** Its lines must be these, since a suggestion replaces them. */
  readonly isBound: boolean;
}

/** What shall stand on a pull request. */
export interface Plan {
  readonly wanted: readonly Wanted[];
  /** The findings that stand in the summary only, and how it offers their fix. */
  readonly inFull: ReadonlyMap<Finding, Offer | undefined>;
  /** How many errors and warnings got no comment because of the cap. */
  readonly overCap: number;
}

/** What a plan is made from. */
export interface PlanInput {
  readonly review: Pick<Review, "findings">;
  readonly files: readonly DiffFile[];
  readonly text: HeadText;
  /** At most so many comments on lines and files. */
  readonly cap: number;
  readonly editUrl: Offer["editUrl"];
}

/** Lines; a longer suggestion hides what it changes, so edits that are farther apart become two. */
const LONGEST_SUGGESTION = 12;

/** Which comments a review wants, worst first and under the cap; notices want none. */
export function planOf({ review, files, text, cap, editUrl }: PlanInput): Plan {
  const diff = diffOf(files);
  const wanted: Wanted[] = [];
  const inFull = new Map<Finding, Offer | undefined>();
  let overCap = 0;
  const { leads, also } = withoutRepeats(
    review.findings.filter(({ status }) => status === "new"),
    diff,
  );
  for (const finding of leads) {
    const byHand = finding.fix && offerByHand(finding.fix, text, editUrl);
    if (finding.severity === "notice") {
      // It gets no comment, so a text to copy has its only place in the summary.
      if (finding.message.includes("\n")) inFull.set(finding, byHand);
      continue;
    }
    const place = placeOf(finding, diff);
    if (place.kind === "summary") {
      inFull.set(finding, byHand);
      continue;
    }
    const plain = lineComment(finding, byHand, also.get(finding));
    const comments = commentsOf(finding, place, plain);
    const simple = [commentAt(finding, place, plain, plain)];
    const fitting = [comments, simple].find((some) => some && wanted.length + some.length <= cap);
    if (!fitting) {
      overCap++;
      inFull.set(finding, byHand);
      continue;
    }
    wanted.push(...fitting);
  }
  return { wanted: withoutTwins(wanted), inFull, overCap };

  function commentsOf(
    finding: Finding,
    place: Place & { kind: "line" | "file" },
    plain: string,
  ): readonly Wanted[] | undefined {
    const pieces = (finding.fix && piecesOf(finding.fix, text, LONGEST_SUGGESTION)) ?? [];
    if (pieces.length === 0 || place.kind !== "line" || place.side === "LEFT") return undefined;
    if (!pieces.every((piece) => piece.isExact && hunkWith(diff.head.get(piece.path) ?? [], piece))) return undefined;
    const title = finding.fix?.title ?? "";
    const here = pieces.find(
      ({ path, first, last }) => path === place.path && first <= place.line && place.line <= last,
    );
    const elsewhere = pieces.filter((piece) => piece !== here);
    const offer: Offer = { title, here, elsewhere, byHand: [], editUrl };
    const main = commentAt(finding, place, lineComment(finding, offer, also.get(finding)), plain, here);
    const parts = elsewhere.map((piece): Wanted => {
      const body = partComment(
        finding,
        title,
        piece,
        pieces.filter((other) => other !== piece),
        place,
      );
      return {
        finding,
        marker: body.split("\n")[0] ?? "",
        body,
        fileBody: undefined,
        path: piece.path,
        side: "RIGHT",
        ...linesOf(piece),
        isBound: true,
      };
    });
    return [main, ...parts];
  }
}

/**
 * A line that many zones include is at fault in each of them: what one comment says of the first domain holds for the others,
 * and the same fix mends it for all.
 */
function withoutRepeats(
  findings: readonly Finding[],
  diff: Diff,
): { readonly leads: readonly Finding[]; readonly also: ReadonlyMap<Finding, readonly Name[]> } {
  const groups = groupedBy(findings, (finding) => {
    const { rule, severity, domain, message, fix } = finding;
    const said = domain === null ? message : message.replaceAll(display(domain), "\0");
    const edits = fix?.edits.map(({ at, newText }) => [at.path, at.start.offset, at.end.offset, newText]);
    const whose = domain === null ? finding.fingerprint : "";
    return JSON.stringify([rule, severity, placeOf(finding, diff), said, edits, whose]);
  });
  const also = new Map<Finding, readonly Name[]>();
  for (const [lead, ...others] of groups.values())
    if (lead)
      also.set(
        lead,
        others.flatMap(({ domain }) => domain ?? []),
      );
  return { leads: findings.filter((finding) => also.has(finding)), also };
}

/** Two findings may want the same lines changed in the same way, a serial above all: one suggestion serves both. */
function withoutTwins(wanted: readonly Wanted[]): readonly Wanted[] {
  const isPart = ({ fileBody }: Wanted): boolean => fileBody === undefined;
  const taken = new Set(wanted.filter((comment) => comment.isBound && !isPart(comment)).map(keyOf));
  return wanted.filter((comment) => {
    if (!isPart(comment)) return true;
    const key = keyOf(comment);
    return !taken.has(key) && taken.add(key);
  });
}

/** What a suggestion does, whoever wants it. */
function keyOf({ path, startLine, line, body }: Wanted): string {
  return JSON.stringify([path, startLine, line, /^```+suggestion\n[^]*?^```/m.exec(body)?.[0]]);
}

function commentAt(
  finding: Finding,
  place: Place & { kind: "line" | "file" },
  body: string,
  fileBody: string,
  here?: Piece,
): Wanted {
  const lines =
    place.kind === "file"
      ? { line: undefined, startLine: undefined }
      : here
        ? linesOf(here)
        : { line: place.line, startLine: undefined };
  return {
    finding,
    marker: markerOf(finding.fingerprint),
    body,
    fileBody,
    path: place.path,
    side: place.kind === "line" ? place.side : "RIGHT",
    ...lines,
    isBound: here !== undefined,
  };
}

function linesOf({ first, last }: Piece): Pick<Wanted, "line" | "startLine"> {
  return { line: last, startLine: first === last ? undefined : first };
}
