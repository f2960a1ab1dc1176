import { execFile } from "node:child_process";

/** The machine's own configuration must not decide a test. */
const ENV = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };

/** Runs git in `directory`; what it wrote, as bytes. Throws what it said when it fails. */
export function git(directory: string, args: readonly string[], input: string | Uint8Array = ""): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { cwd: directory, env: ENV, encoding: "buffer", maxBuffer: 1 << 30 } as const;
    const child = execFile("git", args, options, (error, stdout, stderr) => {
      if (error) reject(new Error(`git ${args.join(" ")}: ${stderr.toString()}`, { cause: error }));
      else resolve(stdout);
    });
    // A git that ends without reading its input is told by its status.
    child.stdin?.on("error", () => {});
    child.stdin?.end(input);
  });
}

/** The same as one trimmed text. */
export async function gitText(directory: string, ...args: readonly string[]): Promise<string> {
  return (await git(directory, args)).toString().trim();
}

/** The same as its lines. */
export async function gitLines(directory: string, ...args: readonly string[]): Promise<readonly string[]> {
  return (await gitText(directory, ...args)).split("\n").filter((line) => line !== "");
}
