import { chmodSync, lstatSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { mendedFiles } from "../model/mendedFiles.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { Unusable } from "./unusable.ts";

/**
 * Writes what fixes changed to the files under `root`, whole files and atomically, never through links; the paths that were
 * written.
 */
export function writeFixes(root: string, snapshot: Snapshot, fixed: Snapshot): readonly string[] {
  const files = mendedFiles(snapshot, fixed);
  const written: { temporary: string; target: string }[] = [];
  try {
    for (const { path, before, after } of files) written.push(prepare(root, path, latin1(before), latin1(after)));
  } catch (error) {
    for (const { temporary } of written) rmSync(temporary, { force: true });
    throw error;
  }
  for (const { temporary, target } of written) renameSync(temporary, target);
  return files.map(({ path }) => path);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

/** Writes the new contents beside the file, so that one rename puts them in its place; texts are one character a byte. */
function prepare(root: string, path: string, judged: string, fixed: string): { temporary: string; target: string } {
  const target = join(root, path);
  const info = lstatSync(target);
  const folder = realpathSync(dirname(target));
  const inside = folder === realpathSync(root) || folder.startsWith(realpathSync(root) + sep);
  if (!info.isFile() || !inside)
    throw new Unusable(`${path} is reached through a symbolic link, so it is not changed: repair it by hand.`);
  const disk = readFileSync(target, "latin1");
  // With git's `core.autocrlf` the file has other line ends than the object that was judged.
  const converted = disk !== judged && disk.replaceAll("\r\n", "\n") === judged;
  if (disk !== judged && !converted)
    throw new Unusable(`${path} changed while it was judged, so it is left alone: run it again.`);
  const text = converted ? fixed.replace(/\r?\n/g, "\r\n") : fixed;
  const temporary = `${target}.mta-sts-guard-${process.pid}`;
  try {
    writeFileSync(temporary, text, { encoding: "latin1", flag: "wx" });
    chmodSync(temporary, info.mode);
  } catch (error) {
    throw new Unusable(`${path} cannot be changed: ${(error as Error).message}`);
  }
  return { temporary, target };
}
