import { type Snapshot, textsIn } from "./snapshot.ts";

/** A file of head that fixes changed. */
export interface MendedFile {
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** The files of head in which a snapshot differs from what fixes made of it, each once, whatever links lead to it. */
export function mendedFiles({ head }: Snapshot, { head: fixed }: Snapshot): readonly MendedFile[] {
  const changed = [...fixed.sources.values()].filter((source) => source !== head.sources.get(source.path));
  return [...new Set(changed.map((source) => source.file))].map((path) => ({
    path,
    before: textsIn(head, path)[0]?.bytes ?? new Uint8Array(),
    after: textsIn(fixed, path)[0]?.bytes ?? new Uint8Array(),
  }));
}
