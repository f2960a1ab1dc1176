import type { Json } from "./emulated.ts";
import type { StandIn } from "./standIn.ts";

/** What started a workflow. */
export interface WorkflowEvent {
  readonly name: string;
  /** What lies at GITHUB_EVENT_PATH: JSON, a text that is none, or undefined for no file at all. */
  readonly payload: Json;
  readonly sha: string;
  readonly ref: string;
  readonly headRef?: string;
  readonly baseRef?: string;
}

export const NO_SHA = "0".repeat(40);

export async function pullRequestEvent(
  standIn: StandIn,
  action = "opened",
  name: "pull_request" | "pull_request_target" = "pull_request",
): Promise<WorkflowEvent> {
  const pull = await standIn.pull();
  const { number, mergeSha, baseSha, branch } = standIn.repository.openPull;
  const isTarget = name === "pull_request_target";
  return {
    name,
    payload: { action, number, pull_request: pull, ...(await surroundings(standIn)) },
    sha: isTarget ? baseSha : mergeSha,
    ref: isTarget ? "refs/heads/main" : `refs/pull/${number}/merge`,
    headRef: branch,
    baseRef: "main",
  };
}

/** A push to main; `before` is `NO_SHA` for a branch that is new. */
export async function pushEvent(standIn: StandIn, before: string, forced = false): Promise<WorkflowEvent> {
  const { main } = standIn.repository;
  const payload = {
    ref: "refs/heads/main",
    before,
    after: main,
    created: before === NO_SHA,
    deleted: false,
    forced,
    base_ref: null,
    compare: `https://github.com/${standIn.repository.fullName}/compare/${before}...${main}`,
    commits: [],
    head_commit: commitOf(standIn, main),
    pusher: { name: "nora", email: "nora@users.noreply.github.com" },
    ...(await surroundings(standIn)),
  };
  return { name: "push", payload, sha: main, ref: "refs/heads/main" };
}

/** `sha` is what `queue` made. */
export async function mergeGroupEvent(standIn: StandIn, sha: string): Promise<WorkflowEvent> {
  const { main, openPull } = standIn.repository;
  const ref = `refs/heads/gh-readonly-queue/main/pr-${openPull.number}-${main}`;
  const group = {
    head_sha: sha,
    head_ref: ref,
    base_sha: main,
    base_ref: "refs/heads/main",
    head_commit: commitOf(standIn, sha),
  };
  const payload = { action: "checks_requested", merge_group: group, ...(await surroundings(standIn)) };
  return { name: "merge_group", payload, sha, ref };
}

export async function scheduleEvent(standIn: StandIn): Promise<WorkflowEvent> {
  const payload = {
    schedule: "17 5 * * 1",
    workflow: ".github/workflows/mta-sts.yml",
    ...(await surroundings(standIn)),
  };
  return { name: "schedule", payload, sha: standIn.repository.main, ref: "refs/heads/main" };
}

export async function dispatchEvent(standIn: StandIn): Promise<WorkflowEvent> {
  const ref = "refs/heads/main";
  const payload = { inputs: null, ref, workflow: ".github/workflows/mta-sts.yml", ...(await surroundings(standIn)) };
  return { name: "workflow_dispatch", payload, sha: standIn.repository.main, ref };
}

/** The end of a workflow's run on the pull request; what GitHub says of a fork's, with everything that its owner chooses. */
export async function workflowRunEvent(standIn: StandIn, more: Json = {}): Promise<WorkflowEvent> {
  const { main, openPull } = standIn.repository;
  const { head } = await standIn.pull();
  const run = {
    id: 4710,
    name: "MTA-STS",
    display_title: "::error::pwned ##[error] `$(id)` <!-- mta-sts-guard summary -->",
    path: ".github/workflows/mta-sts.yml",
    event: "pull_request",
    status: "completed",
    conclusion: "failure",
    head_branch: openPull.branch,
    head_sha: openPull.headSha,
    head_repository: head.repo,
    head_commit: commitOf(standIn, openPull.headSha),
    pull_requests: [],
    run_attempt: 1,
    ...more,
  };
  const payload = { action: "completed", workflow_run: run, ...(await surroundings(standIn)) };
  return { name: "workflow_run", payload, sha: main, ref: "refs/heads/main" };
}

async function surroundings(standIn: StandIn): Promise<Json> {
  const repository = await standIn.repositoryJson();
  return { repository, sender: repository.owner };
}

function commitOf(standIn: StandIn, sha: string): Json {
  const { message, committedAt } = standIn.repository.commit(sha);
  const who = { name: "Nora North", email: "nora@users.noreply.github.com" };
  return { id: sha, tree_id: "", message, timestamp: committedAt, author: who, committer: who };
}
