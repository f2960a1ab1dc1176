import { type Stats, closeSync, constants, lstatSync, openSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { Unusable } from "../load/unusable.ts";

/** Whether a path names something below the workspace. */
export function isBelow(workspace: string, path: string): boolean {
  const way = relative(workspace, resolve(workspace, path));
  return way !== "" && !/^\.\.(?:[/\\]|$)/.test(way) && !isAbsolute(way);
}

/**
 * Whether a symbolic link stands on the way from the workspace to a file, or in its place: a checked-out change can hold
 * links to any place of the machine.
 */
export function leadsThroughLink(workspace: string, path: string): boolean {
  let at = workspace;
  for (const name of relative(workspace, resolve(workspace, path)).split(sep)) {
    at = join(at, name);
    const found = stateOf(at);
    if (found === undefined) return false;
    if (found.isSymbolicLink()) return true;
  }
  return false;
}

/** What stands at a path; undefined where nothing does, and where nothing can: then writing tells why. */
function stateOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Writes what the input `name` asks for, its folders as well; never through a link. */
export function writeWorkspaceFile(name: string, path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    // Windows has no O_NOFOLLOW; the way was looked at before.
    const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;
    const file = openSync(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
    try {
      writeFileSync(file, text);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new Unusable(`The input \`${name}\` names ${path}, which cannot be written: ${(error as Error).message}`);
  }
}
