import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { devNull, tmpdir } from "node:os";
import { join } from "node:path";
import { decodePath } from "./pathName.ts";
import { Unusable } from "./unusable.ts";

/** What a finished git process said. */
export interface Outcome {
  readonly status: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** The git program at one directory: never a shell, a pager, a hook, a lock, a prompt or the network. */
export class Git {
  readonly directory: string;

  constructor(directory: string) {
    this.directory = directory;
  }

  /** Runs git to its end, whatever its exit status. */
  async run(args: readonly string[], input = "", environment: NodeJS.ProcessEnv = {}): Promise<Outcome> {
    const child = this.start(args, environment);
    const ended = end(child);
    child.stdin.end(input);
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    const { status, stderr } = await ended;
    return { status, stdout: Buffer.concat(chunks), stderr };
  }

  /** The NUL-ended fields that git prints, in batches as they arrive; throws `Unusable` where git fails. */
  async *fields(
    args: readonly string[],
    input = "",
    environment: NodeJS.ProcessEnv = {},
  ): AsyncGenerator<readonly string[]> {
    const child = this.start(args, environment);
    const ended = end(child);
    ended.catch(() => {}); // awaited below, but a missing program is told before the loop ends
    child.stdin.end(input);
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      const bytes: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      const last = bytes.lastIndexOf(0);
      rest = bytes.subarray(last + 1);
      if (last >= 0) yield splitFields(bytes.subarray(0, last));
    }
    const outcome = await ended;
    if (outcome.status !== 0) throw failure(args, outcome);
  }

  start(args: readonly string[], environment: NodeJS.ProcessEnv = {}): ChildProcessWithoutNullStreams {
    const child = spawn("git", ["-C", this.directory, ...SETTINGS, ...args], {
      env: { ...inherited(), ...ENVIRONMENT, ...environment },
      windowsHide: true,
    });
    child.stdin.on("error", () => {}); // git ended before it read everything: its status and stderr say why
    return child;
  }
}

/** What the failure of a git command means to the user. */
export function failure(args: readonly string[], outcome: { status: number; stderr: string }): Unusable {
  const { stderr } = outcome;
  const cause = reason(stderr) || `exit status ${outcome.status}`;
  const trust = /git config --global --add safe\.directory .*/.exec(stderr)?.[0];
  if (trust) return new Unusable(`git refuses the repository (${cause}); if you trust it, run: ${trust}`);
  if (/corrupt|unable to read|could not (read|parse|fetch)|bad object|inflate|missing/i.test(stderr)) {
    return unreadable("an object", stderr);
  }
  return new Unusable(`git ${args[0]} failed: ${cause}.`);
}

/** What it means to the user that git could not read `what`. */
export function unreadable(what: string, stderr: string): Unusable {
  const cure = /promisor/.test(stderr)
    ? 'this partial clone lacks it: clone without "--filter"'
    : 'see "git fsck", fetch what is missing or clone anew';
  return new Unusable(`git cannot read ${what}: ${reason(stderr) || "it ended early"}; ${cure}.`);
}

/** Git's own reason: the line it died with, else the first line it printed. */
function reason(stderr: string): string {
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const line = lines.find((each) => each.startsWith("fatal: ")) ?? lines[0] ?? "";
  return line.replace(/^(fatal|error): /, "");
}

/** The exit status and stderr of a process; throws `Unusable` where it could not start. */
export function end(child: ChildProcessWithoutNullStreams): Promise<{ status: number; stderr: string }> {
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    if (stderr.length < STDERR_LIMIT) stderr += chunk.toString("utf8");
  });
  return new Promise((resolve, reject) => {
    child.on("error", (error: NodeJS.ErrnoException) => reject(unstartable(error)));
    child.on("close", (status) => resolve({ status: status ?? -1, stderr }));
  });
}

function unstartable(error: NodeJS.ErrnoException): Unusable {
  if (error.code !== "ENOENT") return new Unusable(`git could not be started: ${error.message}.`);
  return new Unusable("git was not found: install git 2.31 or newer, or add it to PATH.");
}

function splitFields(bytes: Buffer): readonly string[] {
  const text = bytes.toString("utf8");
  if (!text.includes("\uFFFD")) return text.split("\0");
  const fields: string[] = [];
  for (let at = 0; at <= bytes.length;) {
    const nul = bytes.indexOf(0, at);
    const stop = nul < 0 ? bytes.length : nul;
    fields.push(decodePath(bytes.subarray(at, stop)));
    at = stop + 1;
  }
  return fields;
}

/**
 * For `diff-tree`, which reads the whole index for nothing: 15 ms of 20 at 100,000 files. A file that does not exist
 * is an empty index.
 */
export const WITHOUT_INDEX: NodeJS.ProcessEnv = {
  GIT_INDEX_FILE: join(tmpdir(), `no-index-${process.pid}-${process.hrtime.bigint()}`),
};

const STDERR_LIMIT = 65_536;

/** What a repository's own configuration may not decide: programs to run, and the shape of what we read. */
const SETTINGS = [
  "core.fsmonitor=",
  `core.hooksPath=${devNull}`,
  "core.pager=cat",
  "diff.external=",
  "log.showRoot=true",
  "log.follow=false",
].flatMap((setting) => ["-c", setting]);

const ENVIRONMENT: NodeJS.ProcessEnv = {
  LC_ALL: "C",
  GIT_ALLOW_PROTOCOL: "none", // stops a partial clone's fetch in versions that do not know GIT_NO_LAZY_FETCH
  GIT_GRAFT_FILE: devNull, // like replace references, grafts tell another history than the objects do
  GIT_LITERAL_PATHSPECS: "1",
  GIT_NO_LAZY_FETCH: "1",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_PAGER: "cat",
  GIT_TERMINAL_PROMPT: "0",
};

/**
 * Variables that name another repository than the directory's, or another meaning of arguments. Git sets some for
 * hooks and aliases, so the directory alone decides; object directories stay, for a pre-receive hook's quarantine.
 */
const FOREIGN = new Set([
  "GIT_ATTR_SOURCE",
  "GIT_COMMON_DIR",
  "GIT_CONFIG",
  "GIT_DIFF_OPTS",
  "GIT_DIR",
  "GIT_EXTERNAL_DIFF",
  "GIT_GLOB_PATHSPECS",
  "GIT_ICASE_PATHSPECS",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_NAMESPACE",
  "GIT_NOGLOB_PATHSPECS",
  "GIT_PREFIX",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
]);

function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.has(name)));
}
