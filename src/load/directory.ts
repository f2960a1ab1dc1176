import { readdirSync, statSync } from "node:fs";
import { DiskFiles } from "./diskFiles.ts";
import { decodePath } from "./pathName.ts";
import { repositoryName } from "./repositoryName.ts";
import type { Blob, Files, Keep, TreeEntry } from "./repository.ts";
import { Unusable } from "./unusable.ts";

/** A plain directory without git: no revisions, no history; throws `Unusable` where it cannot be read. */
export function openDirectory(root: string): Files {
  if (!statSync(root, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Unusable(`${root} is no directory: name one with --repo.`);
  }
  const files = new DiskFiles(root);
  return {
    root,
    name: repositoryName(root),
    list: async () => listDirectory(files),
    entry: async (_, path) => files.entry(path),
    read: async (entries, limit, keep) => readEntries(files, entries, limit, keep),
  };
}

function listDirectory(files: DiskFiles): readonly TreeEntry[] {
  const entries: TreeEntry[] = [];
  const waiting = [""];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const item of readFolder(files, folder)) {
      const name = decodePath(item.name);
      const path = folder + name;
      if (item.isSymbolicLink()) entries.push({ path, kind: "link", id: "" });
      else if (item.isFile()) entries.push({ path, kind: "file", id: "" });
      else if (item.isDirectory() && name !== ".git") waiting.push(`${path}/`);
    }
    if (entries.length + waiting.length > MAX_ENTRIES) throw tooLarge(files, `more than ${MAX_ENTRIES} files`);
  }
  return entries;
}

function readFolder(files: DiskFiles, folder: string) {
  if (folder.split("/").length > MAX_DEPTH) throw tooLarge(files, `folders more than ${MAX_DEPTH} deep`);
  try {
    return readdirSync(files.locate(folder), { withFileTypes: true, encoding: "buffer" });
  } catch (error) {
    throw new Unusable(`The folder ${folder || files.root} cannot be read: ${(error as Error).message}.`);
  }
}

function tooLarge(files: DiskFiles, what: string): Unusable {
  return new Unusable(`${files.root} holds ${what}: name the folder of the zones with --repo.`);
}

function readEntries(
  files: DiskFiles,
  entries: readonly TreeEntry[],
  limit: (path: string) => number,
  keep: Keep = () => true,
): ReadonlyMap<TreeEntry, Blob> {
  const blobs = new Map<TreeEntry, Blob>();
  for (const entry of entries) {
    const blob = entry.kind === "link" ? files.readLink(entry.path) : files.read(entry.path, limit(entry.path));
    if ("unread" in blob || keep(entry.path, blob)) blobs.set(entry, blob);
  }
  return blobs;
}

const MAX_DEPTH = 64;
const MAX_ENTRIES = 1_000_000;
