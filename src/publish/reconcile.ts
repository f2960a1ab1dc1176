import type { Wanted } from "./plan.ts";

/** A comment of ours that stands on the pull request. */
export interface Existing {
  /** GraphQL's id, to hide and show it. */
  readonly id: string;
  /** REST's, to edit it. */
  readonly number: number;
  readonly body: string;
  readonly path: string;
  readonly line: number | undefined;
  readonly startLine: number | undefined;
  readonly isOutdated: boolean;
  readonly isHidden: boolean;
}

/** What has to be written. */
export interface Difference {
  readonly create: readonly Wanted[];
  readonly update: readonly { readonly comment: Existing; readonly body: string }[];
  readonly hide: readonly { readonly comment: Existing; readonly why: "RESOLVED" | "OUTDATED" }[];
  readonly show: readonly Existing[];
}

/**
 * What stands there against what shall stand there. A comment stays as long as its finding is found; one whose lines were
 * changed gives way to a new one; one whose finding is gone is hidden. `found` holds the first lines of all that is found.
 */
export function reconcile(
  wanted: readonly Wanted[],
  existing: readonly Existing[],
  found: ReadonlySet<string>,
): Difference {
  const create: Wanted[] = [];
  const update: { comment: Existing; body: string }[] = [];
  const show: Existing[] = [];
  const kept = new Set<Existing>();
  const wantedLines = new Set(wanted.map(({ marker }) => marker));
  for (const want of wanted) {
    const comment = existing.find(
      (other) => !kept.has(other) && firstLine(other.body) === want.marker && stays(other, want),
    );
    if (!comment) {
      create.push(want);
      continue;
    }
    kept.add(comment);
    const body = comment.line === undefined ? (want.fileBody ?? want.body) : want.body;
    if (!isSameText(comment.body, body)) update.push({ comment, body });
    if (comment.isHidden) show.push(comment);
  }
  const hide = existing
    .filter((comment) => !kept.has(comment) && !comment.isHidden)
    .filter(({ body }) => wantedLines.has(firstLine(body)) || !found.has(firstLine(body)))
    .map((comment) => ({
      comment,
      why: wantedLines.has(firstLine(comment.body)) ? ("OUTDATED" as const) : ("RESOLVED" as const),
    }));
  return { create, update, hide, show };
}

/** Whether a comment can go on speaking for a finding where it stands. */
function stays(comment: Existing, { path, line, startLine, isBound }: Wanted): boolean {
  if (comment.isOutdated || comment.path !== path) return false;
  // On the file, since GitHub refused the line before.
  if (comment.line === undefined) return true;
  return !isBound || (comment.line === line && (comment.startLine === startLine || startLine === undefined));
}

export function firstLine(body: string): string {
  return body.split(/\r?\n/, 1)[0] ?? "";
}

/** GitHub may keep other line ends than it was given. */
export function isSameText(a: string, b: string): boolean {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();
  return plain(a) === plain(b);
}
