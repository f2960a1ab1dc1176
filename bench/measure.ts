import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";

/** One run of one program: what it took as a whole process. */
export interface Run {
  readonly seconds: number;
  /** The most memory it held, in MB; undefined where the machine has no GNU time. */
  readonly memory: number | undefined;
  readonly status: number | null;
}

/** A program to measure: its name in the table and its command line; output goes to a file. */
export interface Program {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly output: string;
}

const GNU_TIME = "/usr/bin/time";

/** Runs a program once. */
export function run(program: Program): Run {
  const output = openSync(program.output, "w");
  const timed = existsSync(GNU_TIME);
  const [command, args] = timed
    ? [GNU_TIME, ["-f", "peak %M", program.command, ...program.args]]
    : [program.command, [...program.args]];
  const start = performance.now();
  const { status, stderr } = spawnSync(command, args, { stdio: ["ignore", output, "pipe"], maxBuffer: 1 << 30 });
  const seconds = (performance.now() - start) / 1000;
  closeSync(output);
  const peak = timed ? /peak (\d+)\s*$/.exec(stderr.toString("latin1"))?.[1] : undefined;
  return { seconds, memory: peak === undefined ? undefined : Number(peak) / 1024, status };
}

/** Runs programs in turn, so that a busy moment of the machine touches all of them; their runs in the same order. */
export function interleave(programs: readonly Program[], rounds: number): readonly (readonly Run[])[] {
  const runs = programs.map((): Run[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, program] of programs.entries()) runs[index]?.push(run(program));
  }
  return runs;
}

/** The middle one of some numbers. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

/** Whether a program can be started. */
export function isInstalled(command: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${command}`]).status === 0;
}
