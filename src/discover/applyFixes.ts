import type { Edit, Fix } from "../model/finding.ts";
import { groupedBy } from "../model/groupedBy.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { Source } from "../model/source.ts";

/** The snapshot as it would be with fixes applied to head, or undefined if two of them want different things of one place. */
export function applyFixes(snapshot: Snapshot, fixes: readonly Fix[]): Snapshot | undefined {
  const sources = new Map(snapshot.head.sources);
  const byPath = groupedBy(
    fixes.flatMap((fix) => fix.edits),
    (edit) => edit.at.path,
  );
  for (const [path, edits] of byPath) {
    const source = sources.get(path);
    const bytes = source && edited(source.bytes, edits);
    if (!source || !bytes) return undefined;
    sources.set(path, new Source("head", path, bytes));
  }
  const changed = new Set([...snapshot.changed, ...byPath.keys()]);
  return { ...snapshot, head: { ...snapshot.head, sources }, changed };
}

/** The bytes with edits applied, equal ones once; undefined if they overlap. */
function edited(bytes: Uint8Array, edits: readonly Edit[]): Uint8Array | undefined {
  const unique = new Map(
    edits.map((edit) => [JSON.stringify([edit.at.start.offset, edit.at.end.offset, edit.newText]), edit]),
  );
  const ordered = [...unique.values()].toSorted(
    (a, b) => a.at.start.offset - b.at.start.offset || a.at.end.offset - b.at.end.offset,
  );
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const edit of ordered) {
    if (edit.at.start.offset < at) return undefined;
    parts.push(bytes.subarray(at, edit.at.start.offset), encoder.encode(edit.newText));
    at = edit.at.end.offset;
  }
  parts.push(bytes.subarray(at));
  return Buffer.concat(parts);
}

const encoder = new TextEncoder();
