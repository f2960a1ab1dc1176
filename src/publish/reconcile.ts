import { seesFaults } from "../model/murkyFiles.ts";
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
  /** Whether somebody answered it. */
  readonly hasReplies: boolean;
}

/** What a review found, by fingerprints. */
export interface Found {
  readonly new: ReadonlySet<string>;
  /** What is there, and yet nothing that this change brings: there before, or accepted. */
  readonly known: ReadonlySet<string>;
  /** Whether everything was looked at; else what was not found may still be there. */
  readonly isWhole: boolean;
  /** The files of head whose faults hide what other rules would see, as the names at head. */
  readonly murky: ReadonlySet<string>;
}

/** What has to be written. */
export interface Difference {
  readonly create: readonly Wanted[];
  readonly update: readonly Update[];
  readonly hide: readonly { readonly comment: Existing; readonly why: "RESOLVED" | "OUTDATED" }[];
  readonly show: readonly { readonly comment: Existing; readonly wanted: Wanted }[];
  /** Later twins, which two runs at once leave behind. */
  readonly remove: readonly Existing[];
}

/** A comment that shall say something else. */
export interface Update {
  readonly comment: Existing;
  readonly body: string;
  /** The comment that it speaks for; undefined where the finding is gone. */
  readonly wanted: Wanted | undefined;
}

/**
 * What stands there against what shall stand there. A comment stays as long as its finding is found, and comes back with it;
 * one whose lines were changed gives way to a new one; one whose finding is gone says so and is hidden, unless somebody
 * answered it: what was answered is never hidden nor removed. `stood` are the first lines that stood there before this run.
 */
export function reconcile(
  wanted: readonly Wanted[],
  existing: readonly Existing[],
  found: Found,
  headSha: string,
  stood: ReadonlySet<string> = markersOf(existing),
): Difference {
  const create: Wanted[] = [];
  const update: Update[] = [];
  const show: { comment: Existing; wanted: Wanted }[] = [];
  const remove: Existing[] = [];
  const kept = new Set<Existing>();
  for (const want of wanted) {
    const same = existing
      .filter((comment) => !kept.has(comment) && firstLine(comment.body) === want.marker)
      .toSorted((a, b) => Number(a.isHidden) - Number(b.isHidden) || a.number - b.number);
    const comment = same.find((other) => stays(other, want));
    if (!comment) {
      create.push(want);
      continue;
    }
    kept.add(comment);
    const body = comment.line === undefined ? (want.fileBody ?? want.body) : want.body;
    if (!isSameText(comment.body, body)) update.push({ comment, body, wanted: want });
    if (comment.isHidden) show.push({ comment, wanted: want });
    for (const twin of same.filter((other) => isLaterTwin(other, comment))) {
      kept.add(twin);
      remove.push(twin);
    }
  }
  const fresh = wanted.filter(({ marker }) => !stood.has(marker));
  const hide: { comment: Existing; why: "RESOLVED" | "OUTDATED" }[] = [];
  for (const comment of existing) {
    if (kept.has(comment) || comment.isHidden) continue;
    const fate = fateOf(comment, { wanted, fresh, found });
    if (fate === "stays") continue;
    if (fate === "RESOLVED" && !isFixedText(comment.body))
      update.push({ comment, body: fixedText(comment.body, headSha), wanted: undefined });
    if (!comment.hasReplies) hide.push({ comment, why: fate });
  }
  return { create, update, hide, show, remove };
}

/** Whether a comment can go on speaking for a finding where it stands; one that was hidden comes back to its own line only. */
function stays(comment: Existing, { path, line, startLine, isBound }: Wanted): boolean {
  if (comment.isOutdated || comment.path !== path) return false;
  // On the file, since GitHub refused the line before.
  if (comment.line === undefined) return true;
  if (!isBound && !comment.isHidden) return true;
  return comment.line === line && (comment.startLine === startLine || startLine === undefined);
}

function isLaterTwin(other: Existing, { number, path, line, startLine }: Existing): boolean {
  return (
    other.number > number &&
    other.path === path &&
    other.line === line &&
    other.startLine === startLine &&
    !other.isHidden &&
    !other.isOutdated &&
    !other.hasReplies
  );
}

/** What becomes of a comment that nothing wants where it stands; `fresh` are the findings that nothing stood for so far. */
function fateOf(
  comment: Existing,
  { wanted, fresh, found }: { wanted: readonly Wanted[]; fresh: readonly Wanted[]; found: Found },
): "stays" | "RESOLVED" | "OUTDATED" {
  const marker = firstLine(comment.body);
  if (wanted.some((want) => want.marker === marker)) return "OUTDATED";
  const [fingerprint = "", ...part] = MARKER.exec(marker)?.[1]?.split(" ") ?? [];
  // Above the cap, or told elsewhere.
  if (found.new.has(fingerprint)) return part.length > 0 ? "OUTDATED" : "stays";
  if (!found.isWhole) return "stays";
  const rule = RULE.exec(comment.body)?.[1];
  const isReplaced = fresh.some(({ path, finding }) => path === comment.path && finding.rule === rule);
  const isUnseen = found.murky.has(comment.path) && !(rule !== undefined && seesFaults(rule));
  return isReplaced || isUnseen || found.known.has(fingerprint) ? "OUTDATED" : "RESOLVED";
}

const MARKER = /^<!-- mta-sts-guard ([\w -]+) -->$/;
/** In the footer of every comment of ours. */
const RULE = /^<sub>Rule \[([\w-]+)\]/m;

/** Whether a comment's first line is one of ours. */
export function isMarked(body: string): boolean {
  return MARKER.test(firstLine(body));
}

const FIXED = "**Fixed in `";

/** What a comment says once its finding is gone: where, and the sentence that it began with. */
function fixedText(body: string, headSha: string): string {
  const [marker = "", first = ""] = body.split(/\r?\n/);
  const [, said] = /^\*\*(.+?)\*\*/.exec(first) ?? [];
  const fixed = `${marker}\n${FIXED}${headSha.slice(0, 7)}\`.**`;
  return said === undefined ? fixed : `${fixed}\n\n~~${said}~~`;
}

function isFixedText(body: string): boolean {
  return body.split(/\r?\n/, 2)[1]?.startsWith(FIXED) ?? false;
}

/** The first lines of comments. */
export function markersOf(comments: readonly Existing[]): ReadonlySet<string> {
  return new Set(comments.map(({ body }) => firstLine(body)));
}

export function firstLine(body: string): string {
  return body.split(/\r?\n/, 1)[0] ?? "";
}

/** GitHub may keep other line ends than it was given. */
export function isSameText(a: string, b: string): boolean {
  const plain = (text: string): string => text.replaceAll("\r\n", "\n").trimEnd();
  return plain(a) === plain(b);
}
