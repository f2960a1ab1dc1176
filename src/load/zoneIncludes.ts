import { realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** A file that an `$INCLUDE` may read: its path for messages and its real place. */
export interface IncludedFile {
  readonly path: string;
  readonly real: string;
}

/**
 * Finds what an `$INCLUDE` names: first in the including file's folder, then in the root, and never outside the root,
 * wherever links lead; a string says why not.
 */
export function findInclude(name: string, from: string, root: string): IncludedFile | string {
  if (isAbsolute(name)) return "only files in the zone's own folders may be read, so the path must be relative";
  if (name === "" || name.includes("\0")) return "this is no file name";
  let refused: string | undefined;
  for (const folder of [dirname(from), root]) {
    const found = look(join(folder, name), root);
    if (typeof found !== "string") return found;
    refused = refused === undefined || refused === missing ? found : refused;
  }
  return refused ?? missing;
}

const missing = "there is no such file in the zone's folder or in the root";
const outside = (root: string): string => `it lies outside ${root}, which --root allows to widen`;

function look(path: string, root: string): IncludedFile | string {
  if (!isInside(resolve(path), resolve(root))) return outside(root);
  try {
    const real = realpathSync(path);
    if (!isInside(real, realpathSync(root))) return outside(root);
    const stat = statSync(real);
    if (stat.isDirectory()) return "it is a directory";
    return stat.isFile() ? { path, real } : "it is no ordinary file";
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return missing;
    return code === "ELOOP" ? "its links lead in a circle" : `it cannot be read (${code})`;
  }
}

function isInside(path: string, root: string): boolean {
  const way = relative(root, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
