import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeRepository } from "./generateZones.ts";
import { type Program, interleave, median } from "./measure.ts";
import { gitTime, madeOnce, ratioLine } from "./repositories.ts";

/** How long the command line takes to begin, against Node itself: the version, and a check of a small repository. */
export async function benchStart(cli: string, data: string, rounds: number): Promise<boolean> {
  mkdirSync(data, { recursive: true });
  const small = await madeOnce(join(data, "repo-20"), (folder) => writeRepository(folder, 20, 1));
  const program = (name: string, args: readonly string[]): Program => ({
    name,
    command: process.execPath,
    args,
    output: join(data, "start.out"),
  });
  const programs = [
    program("node -e 0", ["-e", "0"]),
    program("--version", [cli, "--version"]),
    program("check, 20 zones", [cli, "check", "--repo", small, "--base", "base", "--head", "head"]),
  ];
  const [node = 0, ...ours] = interleave(programs, rounds).map((runs) => median(runs.map((run) => run.seconds)));
  const git = gitTime(small, rounds);
  console.log(`  ${"node -e 0".padEnd(24)} ${(node * 1000).toFixed(0).padStart(6)} ms`);
  ratioLine("--version", ours[0] ?? 0, node, "node -e 0");
  ratioLine("check without git's time", (ours[1] ?? 0) - git, node, "node -e 0");
  console.log(`  ${"git's own time in it".padEnd(24)} ${(git * 1000).toFixed(0).padStart(6)} ms`);
  return true;
}
