import { execFile } from "node:child_process";
import { chmodSync, copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { scratchDirectory } from "./load/scratchRepository.ts";

const TOOL = createRequire(import.meta.url).resolve("@microsoft/sarif-multitool-linux/Sarif.Multitool");

/** One thing that the validator says. */
interface Said {
  readonly ruleId: string;
  readonly level?: string;
  readonly message: { readonly id?: string; readonly arguments?: readonly string[] };
}

/**
 * The errors and warnings of Microsoft's validator for a SARIF file, by the standard and by GitHub's ingestion rules:
 * `error GH1018 …`. Its notes are left out: they want rule ids such as `ABC1001`, copies of the text that results are about,
 * and look up every address on the Internet.
 */
export async function validated(sarif: string): Promise<readonly string[]> {
  const folder = scratchDirectory();
  const [tool, log, report] = ["multitool", "findings.sarif", "report.sarif"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  // The package's file is not executable for everybody.
  copyFileSync(TOOL, tool);
  chmodSync(tool, 0o755);
  writeFileSync(log, sarif);
  // It ends with status 0 whatever it finds.
  const args = ["validate", log, "--rule-kind", "Sarif;Ghas", "--output", report, "--log", "ForceOverwrite"];
  await promisify(execFile)(tool, args, { cwd: folder, env: { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" } });
  const [{ results, invocations }] = JSON.parse(readFileSync(report, "utf8")).runs;
  if (invocations[0].executionSuccessful !== true) throw new Error("the validator failed");
  return (results as readonly Said[]).map(
    ({ ruleId, level = "warning", message }) =>
      `${level} ${ruleId} ${message.id ?? ""} ${(message.arguments ?? []).join(", ")}`,
  );
}
