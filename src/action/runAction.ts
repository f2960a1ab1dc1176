import { Unusable } from "../load/unusable.ts";
import type { StateTask } from "../judge/task.ts";
import { type Conclusion, conclude, thresholdOf } from "../model/conclusion.ts";
import type { Environment, EventChange, RunTask } from "./readEvent.ts";
import { readEvent } from "./readEvent.ts";
import { readInputs, type Inputs } from "./readInputs.ts";
import { Refused } from "./refused.ts";
import { writeWorkspaceFile } from "./workspaceFile.ts";

/** Runs the action as its environment says; resolves to the exit status. Each mistake is told in one line. */
export async function runAction(env: Environment): Promise<number> {
  try {
    const inputs = readInputs(
      (name) => env[`INPUT_${name.toUpperCase()}`]?.trim() ?? "",
      env["GITHUB_WORKSPACE"] ?? process.cwd(),
    );
    const task = readEvent(env);
    if (task.kind === "nothing") return (process.stdout.write(`${task.why}\n`), 0);
    return await (task.kind === "run" ? actForRun(task, inputs, env) : act(task, inputs, env));
  } catch (error) {
    const core = await import("@actions/core");
    for (const reason of reasonsOf(error)) core.error(reason, { title: "mta-sts-guard" });
    if (env["MTA_STS_GUARD_DEBUG"] && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    return 1;
  }
}

/** The second of two stages: for each pull request that the first may have judged. */
async function actForRun(task: RunTask, inputs: Inputs, env: Environment): Promise<number> {
  const [{ openClient }, { pullsOfRun }] = await Promise.all([import("./openClient.ts"), import("./pullsOfRun.ts")]);
  const [owner, repo] = repositoryOf(env);
  const { changes, note } = await pullsOfRun(await openClient(inputs.token, env), { owner, repo }, task, env);
  if (note !== undefined) process.stdout.write(`${note}\n`);
  let status = 0;
  for (const change of changes) status = Math.max(status, await act(change, inputs, env));
  return status;
}

async function act(task: EventChange | StateTask, inputs: Inputs, env: Environment): Promise<number> {
  const [{ openClient }, { openGithub }, { judgeOnceAsked }] = await Promise.all([
    import("./openClient.ts"),
    import("../load/githubRepository.ts"),
    import("./judgeOnceAsked.ts"),
  ]);
  const [owner, repo] = repositoryOf(env);
  const serverUrl = env["GITHUB_SERVER_URL"] ?? "https://github.com";
  const client = await openClient(inputs.token, env);
  const branch = task.kind === "change" ? task.branch : undefined;
  const asked = task.kind === "change" ? { ...task, workflow: workflowOf(env) } : task;
  const repository = openGithub(client, { owner, repo, branch });
  const judged = await judgeOnceAsked(repository, asked, inputs.config).catch(async (error: unknown) => {
    await setOutputs({ conclusion: "incomplete" satisfies Conclusion });
    throw error;
  });
  // GitHub is asked first: what comes after its answers is loaded then.
  const [core, { publishPull }, { report, sarifReport }] = await Promise.all([
    import("@actions/core"),
    import("./publishPull.ts"),
    import("./report.ts"),
  ]);
  const pull = task.kind === "change" ? task.pull : undefined;
  const threshold = thresholdOf(inputs.failOn, judged.config);
  const conclusion = conclude(judged.review.findings, threshold);
  const run = `${env["GITHUB_RUN_ID"] ?? 0}.${env["GITHUB_RUN_ATTEMPT"] ?? 1}`;
  const published =
    pull && (await publishPull(client, pull, judged, conclusion, inputs, { owner, repo, serverUrl, run }));
  const told = report(judged, {
    threshold,
    conclusion,
    notes: published?.notes ?? [],
    isAnnotated: !pull?.onlyComments,
    repositoryUrl: `${serverUrl}/${owner}/${repo}`,
  });
  for (const fault of published?.errors ?? []) core.error(fault, { title: "mta-sts-guard" });
  process.stdout.write(told.log);
  await writeSummary(told.summary, env);
  await setOutputs({
    ...told.outputs,
    degraded: published?.degraded ?? false,
    "comment-url": published?.commentUrl ?? "",
  });
  if (inputs.jsonFile !== undefined) writeWorkspaceFile("json-file", inputs.jsonFile, told.json);
  if (inputs.sarifFile !== undefined)
    writeWorkspaceFile("sarif-file", inputs.sarifFile, await sarifReport(judged, conclusion));
  await setOutputs({ "json-path": inputs.jsonFile ?? "", "sarif-path": inputs.sarifFile ?? "" });
  if (pull?.onlyComments) return published?.errors.length ? 1 : 0;
  return conclusion === "success" ? 0 : 1;
}

async function setOutputs(outputs: Readonly<Record<string, string | number | boolean>>): Promise<void> {
  const core = await import("@actions/core");
  for (const [name, value] of Object.entries(outputs)) core.setOutput(name, value);
}

function repositoryOf(env: Environment): readonly [owner: string, repo: string] {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env["GITHUB_REPOSITORY"] ?? "") ?? [];
  if (owner === undefined || repo === undefined)
    throw new Refused(["GITHUB_REPOSITORY is no `owner/name`: start this action from a workflow."]);
  return [owner, repo];
}

/** A workflow of the same repository, as the runner names it: `acme/dns/.github/workflows/mta-sts.yml@refs/heads/main`. */
function workflowOf(env: Environment): string | undefined {
  const [repository, workflow = ""] = [`${env["GITHUB_REPOSITORY"]}/`, env["GITHUB_WORKFLOW_REF"]];
  return workflow.startsWith(repository) ? workflow.slice(repository.length).split("@")[0] : undefined;
}

async function writeSummary(text: string, env: Environment): Promise<void> {
  // Old GitHub Enterprise servers have no job summary.
  if (!env["GITHUB_STEP_SUMMARY"]) return;
  const core = await import("@actions/core");
  await core.summary.addRaw(text).write();
}

/** What went wrong, each reason in one line. */
function reasonsOf(error: unknown): readonly string[] {
  if (error instanceof Refused) return error.reasons;
  if (error instanceof Unusable) return [error.message];
  return [new Unusable(`This is a fault of mta-sts-guard itself, please report it: ${String(error)}`).message];
}
