import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { median } from "./measure.ts";

/** A repository of the benchmark's data, made if it is not there yet. */
export async function madeOnce(folder: string, make: (folder: string) => Promise<void>): Promise<string> {
  if (!existsSync(folder)) await make(folder);
  return folder;
}

/** Seconds that the git commands of a check take by themselves, one after another. */
export function gitTime(folder: string, rounds: number): number {
  const commands = [
    ["rev-parse", "base"],
    ["merge-base", "base", "head"],
    ["diff-tree", "-r", "--raw", "-z", "base", "head"],
    ["ls-tree", "-r", "-z", "base"],
    ["cat-file", "--batch"],
  ];
  const once = (): number => {
    const begin = performance.now();
    for (const args of commands) spawnSync("git", ["-C", folder, ...args], { input: "", maxBuffer: 2 ** 30 });
    return (performance.now() - begin) / 1000;
  };
  return median(Array.from({ length: rounds }, once));
}

/** One line of a table: what, how long, and how many times the other. */
export function ratioLine(name: string, seconds: number, other: number, than: string): void {
  console.log(
    `  ${name.padEnd(24)} ${(seconds * 1000).toFixed(0).padStart(6)} ms ${(seconds / other).toFixed(2).padStart(6)} x ${than}`,
  );
}
