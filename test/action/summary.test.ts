import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judge } from "../../src/judge/judge.ts";
import type { Told } from "../../src/action/report.ts";
import { report } from "../../src/action/report.ts";
import { runCheck } from "../../src/commands/check.ts";
import { openRepository } from "../../src/load/gitRepository.ts";
import { conclude, thresholdOf } from "../../src/model/conclusion.ts";
import { run } from "../commands/run.ts";
import type { ScratchRepository } from "../load/scratchRepository.ts";
import { rich } from "./rich.ts";

const NOW = "2026-06-01T12:00:00Z";

async function told(repository: ScratchRepository): Promise<Told> {
  const opened = await openRepository(repository.root);
  if (!opened) throw new Error("no repository");
  const task = { kind: "change", base: "main", head: "change" } as const;
  const judged = await judge(opened, task, undefined, new Date(NOW));
  const commits: readonly (string | null)[] = [judged.base, judged.head];
  const threshold = thresholdOf(undefined, judged.config);
  const { log, summary, ...rest } = report(judged, {
    threshold,
    conclusion: conclude(judged.review.findings, threshold),
    notes: [],
    isAnnotated: true,
    repositoryUrl: "https://github.com/acme/dns",
  });
  // Commit ids hold the moment of the test.
  const stable = (text: string): string =>
    text.replaceAll(commits[0] ?? "-", "BASE").replaceAll(commits[1] ?? "-", "HEAD");
  return { log: stable(log), summary: stable(summary), ...rest };
}

describe("one rich pull request", () => {
  it("in the job summary and the log", async () => {
    const { log, summary, outputs } = await told(rich());
    await expect(summary).toMatchFileSnapshot("golden/summary.md");
    await expect(log).toMatchFileSnapshot("golden/log.txt");
    expect(outputs.conclusion).toBe("failure");
  });

  it.each(["markdown", "github"])("as %s on the command line", async (format) => {
    const { root } = rich();
    const args = ["--repo", root, "--base", "main", "--head", "change", "--now", NOW, "--format", format];
    const printed = await run(() => runCheck(args, false));
    expect(printed.status).toBe(1);
    await expect(printed.stdout).toMatchFileSnapshot(`golden/check.${format === "markdown" ? "md" : "txt"}`);
  });
});

it("the same lines are annotated on the command line and in a job", async () => {
  const { log } = await told(rich());
  const golden = readFileSync(join(import.meta.dirname, "golden/check.txt"), "utf8");
  expect(log).toBe(golden.replaceAll("the other formats", "the job summary"));
});
