import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));

/** How a run of the bundled command line ended. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds. */
  readonly took: number;
}

/** Runs the bundled command line in a directory; `now` is fixed unless the arguments say otherwise. */
export function guard(cwd: string, ...args: readonly string[]): Outcome {
  const began = performance.now();
  const env = { ...process.env, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], {
    cwd,
    env,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return { status, stdout, stderr, took: performance.now() - began };
}

/** The findings of a run with `--format json`, as `rule severity status`. */
export function verdicts(outcome: Outcome): readonly string[] {
  const { findings } = JSON.parse(outcome.stdout) as {
    findings: readonly { rule: string; severity: string; status: string }[];
  };
  return findings.map(({ rule, severity, status }) => `${rule} ${severity} ${status}`);
}

/** Runs the bundled command line in a shell, its output piped to another command. */
export function pipedTo(reader: string, cwd: string, args: string): { readonly stderr: string } {
  const { stderr } = spawnSync("sh", ["-c", `"${process.execPath}" "${CLI}" ${args} | ${reader}`], {
    cwd,
    encoding: "utf8",
  });
  return { stderr };
}
