import type { Finding } from "../model/finding.ts";
import type { Span } from "../model/span.ts";
import { type Hunk, diffLines, hunkWith } from "./diffLines.ts";

/** A file of the pull request, as GitHub lists it. */
export interface DiffFile {
  readonly path: string;
  /** Where it was renamed. */
  readonly previousPath?: string | undefined;
  /** Absent for binary files and where GitHub finds the difference too long to show. */
  readonly patch?: string | undefined;
}

/** The files of a pull request by the names that they have at head and had at base, their patches read. */
export interface Diff {
  readonly head: ReadonlyMap<string, readonly Hunk[]>;
  /** By the name at base: the name that comments use, and the hunks. */
  readonly base: ReadonlyMap<string, { readonly path: string; readonly hunks: readonly Hunk[] }>;
}

/** Where a finding is told. */
export type Place =
  | { readonly kind: "line"; readonly side: "RIGHT" | "LEFT"; readonly path: string; readonly line: number }
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "summary" };

export function diffOf(files: readonly DiffFile[]): Diff {
  const read = files.map(({ path, previousPath = path, patch = "" }) => ({
    path,
    previousPath,
    hunks: diffLines(patch),
  }));
  return {
    head: new Map(read.map(({ path, hunks }) => [path, hunks])),
    base: new Map(read.map(({ path, previousPath, hunks }) => [previousPath, { path, hunks }])),
  };
}

/**
 * The first of a finding's locations (its own, then the related ones) that lies on a line of the diff; else the first file
 * of them that is in the diff; else the summary.
 */
export function placeOf({ at, related = [] }: Finding, diff: Diff): Place {
  const spans = [at, ...related.map((other) => other.at)];
  for (const span of spans) {
    const place = lineOf(span, diff);
    if (place) return place;
  }
  for (const { side, path } of spans) {
    const name = side === "base" ? diff.base.get(path)?.path : path;
    if (name !== undefined && diff.head.has(name)) return { kind: "file", path: name };
  }
  return { kind: "summary" };
}

function lineOf({ side, path, start }: Span, diff: Diff): Place | undefined {
  const { line } = start;
  if (side === "head") {
    const hunk = hunkWith(diff.head.get(path) ?? [], { first: line, last: line });
    return hunk && { kind: "line", side: "RIGHT", path, line };
  }
  const file = diff.base.get(path);
  return file?.hunks.some(({ deleted }) => deleted.has(line))
    ? { kind: "line", side: "LEFT", path: file.path, line }
    : undefined;
}
