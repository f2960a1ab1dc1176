import type { Edit, Finding, Fix } from "../model/finding.ts";
import { groupedBy } from "../model/groupedBy.ts";
import { type Snapshot, textsIn } from "../model/snapshot.ts";
import { Source } from "../model/source.ts";

/** The snapshot as it would be with fixes applied to head, or undefined if two of them want different things of one place. */
export function applyFixes(snapshot: Snapshot, fixes: readonly Fix[]): Snapshot | undefined {
  const sources = new Map(snapshot.head.sources);
  const byPath = groupedBy(
    fixes.flatMap((fix) => fix.edits),
    (edit) => edit.at.path,
  );
  const changed = new Set([...snapshot.changed, ...byPath.keys()]);
  for (const [path, edits] of byPath) {
    const texts = textsIn(snapshot.head, path);
    const bytes = texts[0] && edited(texts[0].bytes, edits);
    if (!bytes) return undefined;
    for (const text of texts) sources.set(text.path, new Source("head", text.path, bytes, { file: path }));
    for (const text of texts) changed.add(text.path);
  }
  return { ...snapshot, head: { ...snapshot.head, sources }, changed };
}

/**
 * The fixes of findings that can be applied together: one that wants another thing of a place than one before it is left for
 * the next time.
 */
export function fixesTogether(findings: readonly Finding[]): readonly Fix[] {
  const files = new Map<string, Edit[]>();
  return findings.flatMap(({ fix }) => {
    const added: Edit[] = [];
    for (const edit of fix?.edits ?? []) {
      const there = files.get(edit.at.path) ?? [];
      files.set(edit.at.path, there);
      const index = placeOf(edit, there);
      if (there[index] && compare(edit, there[index]) === 0) continue;
      if (isOver(there[index - 1], edit) || isOver(edit, there[index])) {
        for (const undone of added)
          files.get(undone.at.path)?.splice(placeOf(undone, files.get(undone.at.path) ?? []), 1);
        return [];
      }
      there.splice(index, 0, edit);
      added.push(edit);
    }
    return fix ? [fix] : [];
  });
}

/** Where an edit stands, or would stand, among the edits of its file. */
function placeOf(edit: Edit, edits: readonly Edit[]): number {
  let [from, to] = [0, edits.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compare(edits[middle] as Edit, edit) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

function compare(a: Edit, b: Edit): number {
  if (a.at.start.offset !== b.at.start.offset) return a.at.start.offset - b.at.start.offset;
  if (a.at.end.offset !== b.at.end.offset) return a.at.end.offset - b.at.end.offset;
  return a.newText === b.newText ? 0 : a.newText < b.newText ? -1 : 1;
}

function isOver(before: Edit | undefined, after: Edit | undefined): boolean {
  return before !== undefined && after !== undefined && after.at.start.offset < before.at.end.offset;
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
