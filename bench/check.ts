import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeHistory, writeRepository } from "./generateZones.ts";
import { type Program, interleave, median } from "./measure.ts";
import { madeOnce, ratioLine } from "./repositories.ts";

/** `check` of one changed zone in small and large repositories, and of a policy with a long history. */
export async function benchCheck(cli: string, data: string, rounds: number): Promise<boolean> {
  mkdirSync(data, { recursive: true });
  const thousand = await madeOnce(join(data, "repo-1000"), (folder) => writeRepository(folder, 1000, 1));
  const hundredThousand = await madeOnce(join(data, "repo-100000"), (folder) => writeRepository(folder, 100_000, 1));
  const history = await madeOnce(join(data, "history-10000"), (folder) => writeHistory(folder, 10_000, 50));
  const output = join(data, "check.out");
  const check = (folder: string, base: string): Program => ({
    name: folder,
    command: process.execPath,
    args: [cli, "check", "--repo", folder, "--base", base, "--head", "head"],
    output,
  });
  const log: Program = {
    name: "git log",
    command: "git",
    args: ["-C", history, "log", "--raw", "-z", "head", "--", "zones/target.example.zone"],
    output,
  };
  const programs = [check(thousand, "base"), check(hundredThousand, "base"), check(history, "head~1"), log];
  const [small = 0, large = 0, long = 0, gitLog = 0] = interleave(programs, rounds).map((runs) =>
    median(runs.map((run) => run.seconds)),
  );
  console.log(`  ${"1 zone of 1,000".padEnd(24)} ${(small * 1000).toFixed(0).padStart(6)} ms`);
  ratioLine("1 zone of 100,000", large, small, "1 zone of 1,000");
  ratioLine("history of 10,000 commits", long, gitLog, "git log --raw -- path");
  return true;
}
