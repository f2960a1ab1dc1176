import type { Moment } from "./change.ts";
import type { ConfigFiles } from "./config.ts";
import type { Gap } from "./gap.ts";
import { groupedBy } from "./groupedBy.ts";
import { memo } from "./memo.ts";
import type { Source } from "./source.ts";
import type { Span } from "./span.ts";

/** One side of a change: the texts that were read of it, by path. */
export interface Tree {
  readonly sources: ReadonlyMap<string, Source>;
  /** Paths that exist but were not read, with the reason. */
  readonly unread: readonly UnreadPath[];
  /** What the repository is called, without its owner: `mta-sts.example.com`. */
  readonly repositoryName?: string | undefined;
}

const linked = memo((sources: ReadonlyMap<string, Source>) =>
  groupedBy(
    [...sources.values()].filter((source) => source.file !== source.path),
    (source) => source.file,
  ),
);

/** The texts that one file holds: its own, and the same under the names of symbolic links that lead to it. */
export function textsIn({ sources }: Tree, file: string): readonly Source[] {
  const own = sources.get(file);
  return [...(own ? [own] : []), ...(linked(sources).get(file) ?? [])];
}

/** A path that was left out on purpose or by necessity. */
export interface UnreadPath {
  readonly path: string;
  readonly reason: string;
  /** Whether it is samples, test data or other people's code. */
  readonly leftOut?: boolean;
}

/** A file as one commit of the base branch left it. */
export interface PastFile {
  readonly moment: Date;
  readonly commit: string;
  /** The path that was asked about; the file may have had another name then. */
  readonly of: string;
  /** Absent: that commit deleted it. */
  readonly source: Source | undefined;
}

/** Everything `review` may know, in memory. */
export interface Snapshot {
  /** Absent when the state of head is judged. */
  readonly base: Tree | undefined;
  readonly head: Tree;
  /** The paths that differ between the two sides, in their text or in the names that they belong to. */
  readonly changed: ReadonlySet<string>;
  /** The life of the paths that a rule needs, oldest first. */
  readonly past: readonly PastFile[];
  /** False where the clone's history ends before the paths' beginning. */
  readonly pastComplete: boolean;
  /** Why `past` is not complete and what to do, where it is no shallow clone; a sentence or two. */
  readonly pastCure?: string;
  readonly gaps: readonly Gap[];
  readonly moment: Moment;
  /** Absent where no configuration was looked for. */
  readonly configs?: ConfigFiles;
}

/** The text of the file that a place stands in, the configuration's included; undefined where it was not read. */
export function sourceAt(snapshot: Snapshot, { side, path }: Pick<Span, "side" | "path">): Source | undefined {
  const config = snapshot.configs?.[side]?.source;
  return textsIn(snapshot[side] ?? snapshot.head, path)[0] ?? (path === config?.path ? config : undefined);
}
