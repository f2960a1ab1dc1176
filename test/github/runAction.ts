import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { type StandIn, WORKFLOW_TOKEN } from "./standIn.ts";
import type { WorkflowEvent } from "./workflowEvent.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ENTRY = join(ROOT, "dist", "index.js");

export interface ActionRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** The files that it left in its workspace, by their paths. */
  readonly workspace: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly took: number;
}

/**
 * Starts the action as GitHub's runner does: nothing is checked out, and it sees nothing of this machine's environment.
 *
 * `entry` is a file for node; `env` replaces what the runner sets, or removes it where it says undefined.
 */
export async function runAction(
  standIn: StandIn,
  event: WorkflowEvent,
  inputs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string | undefined>> = {},
  entry = ENTRY,
): Promise<ActionRun> {
  const folder = await mkdtemp(join(tmpdir(), "runner-"));
  try {
    const at = (name: string): string => join(folder, name);
    await mkdir(at("workspace"));
    for (const name of ["output", "summary", "env", "state", "path"]) await writeFile(at(name), "");
    const { payload } = event;
    if (payload !== undefined) {
      await writeFile(at("event.json"), typeof payload === "string" ? payload : JSON.stringify(payload));
    }
    const [owner = ""] = standIn.repository.fullName.split("/");
    const started = Date.now();
    const ended = await run(entry, at("workspace"), {
      PATH: process.env["PATH"],
      HOME: folder,
      CI: "true",
      GITHUB_ACTIONS: "true",
      GITHUB_ACTION: "__run",
      GITHUB_ACTOR: "nora",
      GITHUB_API_URL: standIn.url,
      GITHUB_BASE_REF: event.baseRef ?? "",
      GITHUB_ENV: at("env"),
      GITHUB_EVENT_NAME: event.name,
      GITHUB_EVENT_PATH: at("event.json"),
      GITHUB_GRAPHQL_URL: `${standIn.url}/graphql`,
      GITHUB_HEAD_REF: event.headRef ?? "",
      GITHUB_JOB: "mta-sts",
      GITHUB_OUTPUT: at("output"),
      GITHUB_PATH: at("path"),
      GITHUB_REF: event.ref,
      GITHUB_REPOSITORY: standIn.repository.fullName,
      GITHUB_REPOSITORY_OWNER: owner,
      GITHUB_RUN_ATTEMPT: "1",
      GITHUB_RUN_ID: "4711",
      GITHUB_RUN_NUMBER: "1",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_SHA: event.sha,
      GITHUB_STATE: at("state"),
      GITHUB_STEP_SUMMARY: at("summary"),
      GITHUB_WORKFLOW: "MTA-STS",
      GITHUB_WORKSPACE: at("workspace"),
      RUNNER_ARCH: "X64",
      RUNNER_OS: "Linux",
      RUNNER_TEMP: folder,
      ...inputVariables(inputs),
      ...env,
    });
    const outputs = readOutputs(await readFile(at("output"), "utf8"));
    const took = Date.now() - started;
    const workspace = await textsIn(at("workspace"));
    return { ...ended, outputs, summary: await readFile(at("summary"), "utf8"), workspace, took };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function textsIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = paths.map(async (path) => [relative(folder, path), await readFile(path, "utf8")] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** The runner fills in the defaults of action.yml; an input that the workflow leaves out is empty without one. */
function inputVariables(inputs: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const path = join(ROOT, "action.yml");
  const declared = existsSync(path) ? (parse(readFileSync(path, "utf8")).inputs ?? {}) : {};
  const variables: Record<string, string> = {};
  const set = (name: string, value: string): string =>
    (variables[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] = value);
  for (const [name, input] of Object.entries<{ default?: string | number | boolean } | null>(declared)) {
    set(name, String(input?.default ?? "").replace(/^\$\{\{\s*github\.token\s*\}\}$/, WORKFLOW_TOKEN));
  }
  for (const [name, value] of Object.entries(inputs)) set(name, value);
  return variables;
}

/** Milliseconds. */
const LONGEST_RUN = 60_000;

function run(
  entry: string,
  cwd: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry], {
      cwd,
      env: { ...env },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: LONGEST_RUN,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", reject);
    child.on("close", (status) => {
      // What it left half done must not be taken for what it does.
      if (status === null) return reject(new Error(`The action had not ended after ${LONGEST_RUN / 1000} s.`));
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}

/** `name=value`, or `name<<delimiter`, lines and the delimiter. */
function readOutputs(text: string): Readonly<Record<string, string>> {
  const outputs: Record<string, string> = {};
  for (const [, name = "", , long, short] of text.matchAll(/^([^=\n]+?)(?:<<(.+)\n([^]*?)\n?^\2$|=(.*))$/gm)) {
    outputs[name] = long ?? short ?? "";
  }
  return outputs;
}
