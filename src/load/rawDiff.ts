import type { ChangedPath, TreeEntry } from "./repository.ts";

/** A path as `git diff --raw` tells it; `from` is the old name where git saw a rename. */
export interface RawChange {
  readonly path: string;
  readonly before: TreeEntry | undefined;
  readonly after: TreeEntry | undefined;
  readonly from: string | undefined;
}

/** The kind that a mode means, undefined for "no entry" (and for a tree, which is none of its own). */
function kindOf(mode: string): TreeEntry["kind"] | undefined {
  if (mode.startsWith("100")) return "file";
  if (mode === "120000") return "link";
  return mode === "160000" ? "submodule" : undefined;
}

/** An entry, undefined where `mode` says that there is none. */
export function treeEntry(path: string, mode: string, id: string): TreeEntry | undefined {
  const kind = kindOf(mode);
  return kind && { path, kind, id };
}

/** A changed path; a side without an entry is left out. */
export function changedPath(path: string, base: TreeEntry | undefined, head: TreeEntry | undefined): ChangedPath {
  return { path, ...(base && { base }), ...(head && { head }) };
}

/** Whether the sides differ in anything an entry can tell; a mere change of the executable bit does not count. */
export function differs({ base, head }: ChangedPath): boolean {
  return base?.kind !== head?.kind || base?.id !== head?.id;
}

/** Reads the fields of `--raw -z`; whatever stands between changes, such as a log's commits, goes to `onHeader`. */
export async function readRawDiff(
  batches: AsyncIterable<readonly string[]>,
  onChange: (change: RawChange) => void,
  onHeader: (line: string) => void = () => {},
): Promise<void> {
  let meta: readonly string[] | undefined;
  let from: string | undefined;
  for await (const batch of batches) {
    for (const field of batch) {
      if (meta === undefined) {
        const line = field.startsWith("\n") ? field.slice(1) : field;
        if (line.startsWith(":")) meta = line.slice(1).split(" ");
        else onHeader(line);
      } else if (from === undefined && /^[RC]/.test(meta[4] ?? "")) {
        from = field;
      } else {
        onChange(rawChange(meta, field, from));
        meta = from = undefined;
      }
    }
  }
}

function rawChange(meta: readonly string[], path: string, from: string | undefined): RawChange {
  const [oldMode = "", newMode = "", oldId = "", newId = ""] = meta;
  return { path, before: treeEntry(from ?? path, oldMode, oldId), after: treeEntry(path, newMode, newId), from };
}
