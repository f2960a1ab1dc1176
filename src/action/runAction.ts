import * as core from "@actions/core";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Unusable } from "../load/unusable.ts";
import type { Environment, PullRequest, Task } from "./readEvent.ts";
import { readEvent } from "./readEvent.ts";
import { readInputs, type Inputs } from "./readInputs.ts";
import { Refused } from "./refused.ts";

/** Runs the action as its environment says; resolves to the exit status. Each mistake is told in one line. */
export async function runAction(env: Environment): Promise<number> {
  try {
    const inputs = readInputs((name) => core.getInput(name), env["GITHUB_WORKSPACE"] ?? process.cwd());
    const task = readEvent(env);
    if (task.kind === "nothing") return (process.stdout.write(`${task.why}\n`), 0);
    return await act(task, inputs, env);
  } catch (error) {
    for (const reason of reasonsOf(error)) core.error(reason, { title: "mta-sts-guard" });
    if (env["MTA_STS_GUARD_DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return 1;
  }
}

async function act(task: Exclude<Task, { kind: "nothing" }>, inputs: Inputs, env: Environment): Promise<number> {
  const [{ openClient }, { openGithub }, { judge }, { report }] = await Promise.all([
    import("./openClient.ts"),
    import("../load/githubRepository.ts"),
    import("./judge.ts"),
    import("./report.ts"),
  ]);
  const [owner, repo] = repositoryOf(env);
  const branch = task.kind === "change" ? task.branch : undefined;
  const repository = await openGithub(openClient(inputs.token, env), { owner, repo, branch });
  const judged = await judge(repository, task, inputs.config, new Date());
  const pull = task.kind === "change" ? task.pull : undefined;
  const told = report(judged, {
    failOn: inputs.failOn,
    notes: notesOn(pull),
    repositoryUrl: `${env["GITHUB_SERVER_URL"] ?? "https://github.com"}/${owner}/${repo}`,
  });
  process.stdout.write(told.log);
  await writeSummary(told.summary, env);
  if (inputs.jsonFile !== undefined) writeJson(inputs.jsonFile, told.json);
  const outputs = {
    ...told.outputs,
    degraded: pull?.readOnly !== undefined,
    "json-path": inputs.jsonFile ?? "",
  };
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
  return told.outputs.conclusion === "success" ? 0 : 1;
}

function repositoryOf(env: Environment): readonly [owner: string, repo: string] {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env["GITHUB_REPOSITORY"] ?? "") ?? [];
  if (owner === undefined || repo === undefined)
    throw new Refused(["GITHUB_REPOSITORY is no `owner/name`: start this action from a workflow."]);
  return [owner, repo];
}

/** What the reader must know about how this run could answer. */
function notesOn(pull: PullRequest | undefined): readonly string[] {
  if (!pull) return [];
  if (!pull.isOpen) return ["This pull request is closed: it was judged, and nothing is written to it."];
  if (pull.readOnly === undefined) return [];
  const who = pull.readOnly === "fork" ? "This pull request comes from a fork" : "Dependabot opened this pull request";
  return [
    `${who}, so the workflow's token cannot write comments: the verdict is the same, and it stands here and in the annotations. For comments, start the workflow on \`pull_request_target\` instead; nothing of the pull request is ever run.`,
  ];
}

async function writeSummary(text: string, env: Environment): Promise<void> {
  // Old GitHub Enterprise servers have no job summary.
  if (env["GITHUB_STEP_SUMMARY"]) await core.summary.addRaw(text).write();
}

function writeJson(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new Unusable(`The input \`json-file\` names ${path}, which cannot be written: ${(error as Error).message}`);
  }
}

/** What went wrong, each reason in one line. */
function reasonsOf(error: unknown): readonly string[] {
  if (error instanceof Refused) return error.reasons;
  if (error instanceof Unusable) return [error.message];
  const { name, message, status, request } = error as Error & {
    status?: number;
    request?: { method: string; url: string };
  };
  if (name === "HttpError" && request) return [new Unusable(serverReason(status ?? 0, message, request)).message];
  return [new Unusable(`This is a fault of mta-sts-guard itself, please report it: ${String(error)}`).message];
}

function serverReason(status: number, message: string, { method, url }: { method: string; url: string }): string {
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const cure = CURES[status] ?? "run the job again";
  return `GitHub answered ${status} to ${method} ${path} (${message}): ${cure}.`;
}

const CURES: Readonly<Record<number, string>> = {
  401: "the token is not valid, so pass another one or leave `token` out",
  403: "the job needs `permissions: { contents: read, pull-requests: write }`",
  404: "the job needs `permissions: { contents: read, pull-requests: write }`, and the commit must still be there",
};
