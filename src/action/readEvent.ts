import { readFileSync } from "node:fs";
import * as z from "zod";
import type { ChangeTask, StateTask } from "../judge/task.ts";
import { quote } from "../model/quote.ts";
import { readOnlyBecause } from "../publish/readOnly.ts";
import { Refused } from "./refused.ts";

/** What an event asks to be judged. */
export type Task = EventChange | StateTask | RunTask | NoTask;

/** A change, and whose it is. */
export interface EventChange extends ChangeTask {
  /** The branch whose history counts, where the event tells. */
  readonly branch: string | undefined;
  readonly pull: PullRequest | undefined;
}

/** A run of another workflow on a pull request, which GitHub does not name where it comes from a fork. */
export interface RunTask {
  readonly kind: "run";
  /** Commit id. */
  readonly head: string;
  readonly headBranch: string;
  /** Full name. */
  readonly headRepository: string;
}

export interface NoTask {
  readonly kind: "nothing";
  /** One sentence that says why. */
  readonly why: string;
}

/** The pull request that a run is about. */
export interface PullRequest {
  readonly number: number;
  /** Commit ids as the event has them. */
  readonly base: string;
  readonly head: string;
  readonly headBranch: string;
  /** Full name; undefined where the fork was deleted. */
  readonly headRepository: string | undefined;
  readonly isOpen: boolean;
  /** Why the token is one that cannot write, one line; undefined where it may. */
  readonly readOnly: string | undefined;
  /** Whether status and annotations of this run would stand at the default branch, so that comments are all it is for. */
  readonly onlyComments: boolean;
}

/** The events that this action understands. */
const EVENTS = [
  "pull_request",
  "pull_request_target",
  "merge_group",
  "push",
  "schedule",
  "workflow_dispatch",
  "workflow_run",
] as const;

/** What the runner says about the event. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the runner's event; throws `Refused` where it is none of ours, or its file is not what its name promises. */
export function readEvent(env: Environment): Task {
  const name = EVENTS.find((known) => known === env["GITHUB_EVENT_NAME"]);
  if (name === undefined)
    throw new Refused([
      `The event ${quote(env["GITHUB_EVENT_NAME"] ?? "")} tells no change of files: start this workflow on ${EVENTS.join(", ")}.`,
    ]);
  const payload = readPayload(env["GITHUB_EVENT_PATH"] ?? "");
  const { GITHUB_SHA: sha = "" } = env;
  if (name === "schedule" || name === "workflow_dispatch") {
    return { kind: "state", head: parsed(z.object({ sha: commit }), { sha }, "environment").sha };
  }
  if (name === "push") return pushTask(parsed(PUSH, payload, name));
  if (name === "workflow_run") return runTask(parsed(WORKFLOW_RUN, payload, name));
  if (name === "merge_group") {
    const { merge_group: group } = parsed(MERGE_GROUP, payload, name);
    return {
      kind: "change",
      base: group.base_sha,
      head: group.head_sha,
      branch: branchOf(group.base_ref),
      pull: undefined,
    };
  }
  return pullTask(parsed(PULL_REQUEST, payload, name).pull_request, name, env);
}

const commit = z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, { error: "no commit id" });

const PUSH = z.object({
  ref: z.string(),
  before: commit,
  after: commit,
  forced: z.boolean(),
  deleted: z.boolean().optional(),
});

const MERGE_GROUP = z.object({ merge_group: z.object({ base_sha: commit, base_ref: z.string(), head_sha: commit }) });

/** What events and lists tell of a pull request. */
export const PULL = z.object({
  number: z.int().positive(),
  state: z.enum(["open", "closed"]),
  base: z.object({ sha: commit, ref: z.string() }),
  head: z.object({ sha: commit, ref: z.string(), repo: z.object({ full_name: z.string() }).nullable() }),
});

const PULL_REQUEST = z.object({ pull_request: PULL });

const WORKFLOW_RUN = z.object({
  workflow_run: z.object({
    event: z.string(),
    status: z.string().nullish(),
    conclusion: z.string().nullish(),
    head_sha: commit,
    head_branch: z.string().nullish(),
    head_repository: z.object({ full_name: z.string() }).nullish(),
  }),
});

function pushTask({ ref, before, after, forced, deleted }: z.infer<typeof PUSH>): Task {
  if (deleted || isNone(after))
    return { kind: "nothing", why: "This push deletes a branch or tag, so there is nothing to judge." };
  if (forced || isNone(before)) return { kind: "state", head: after };
  return { kind: "change", base: before, head: after, branch: branchOf(ref), pull: undefined };
}

/** Undefined for what is no branch, such as a tag. */
function branchOf(ref: string): string | undefined {
  return /^refs\/heads\/(.+)$/.exec(ref)?.[1];
}

/** GitHub's id for no commit. */
function isNone(id: string): boolean {
  return /^0+$/.test(id);
}

function runTask({ workflow_run: run }: z.infer<typeof WORKFLOW_RUN>): Task {
  const { event, status, conclusion, head_sha: head, head_branch: headBranch, head_repository: from } = run;
  if (event !== "pull_request")
    return {
      kind: "nothing",
      why: "The first workflow did not run on `pull_request`: there is nothing to comment on.",
    };
  if ([status, conclusion].some((told) => told === "action_required" || told === "waiting"))
    return { kind: "nothing", why: "The first workflow waits for approval: comments follow once it has run." };
  if (!headBranch || !from)
    return {
      kind: "nothing",
      why: "The branch that the first workflow ran for is gone: there is nothing to comment on.",
    };
  return { kind: "run", head, headBranch, headRepository: from.full_name };
}

/** What a pull request asks to be judged; `event` and `env` decide what the token may. */
export function pullTask(
  { number, state, base, head }: z.infer<typeof PULL>,
  event: (typeof EVENTS)[number],
  env: Environment,
): EventChange {
  const origin = {
    event,
    actor: env["GITHUB_ACTOR"] ?? "",
    repository: env["GITHUB_REPOSITORY"] ?? "",
    headRepository: head.repo?.full_name,
  };
  const pull: PullRequest = {
    number,
    base: base.sha,
    head: head.sha,
    headBranch: head.ref,
    headRepository: head.repo?.full_name,
    isOpen: state === "open",
    readOnly: readOnlyBecause(origin),
    onlyComments: event === "workflow_run",
  };
  return { kind: "change", base: base.sha, head: head.sha, branch: base.ref, pull };
}

function readPayload(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refused([
      `The event file ${quote(path)} (GITHUB_EVENT_PATH) cannot be read (${code ?? "unknown"}): start this action from a workflow.`,
    ]);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused([
      `The event file ${quote(path)} (GITHUB_EVENT_PATH) is not JSON: start this action from a workflow.`,
    ]);
  }
}

function parsed<T>(schema: z.ZodType<T>, payload: unknown, event: string): T {
  const read = schema.safeParse(payload);
  if (read.success) return read.data;
  const [{ path, message } = { path: [], message: "" }] = read.error.issues;
  const where = path.length > 0 ? `\`${path.join(".")}\`: ` : "";
  throw new Refused([
    `The event file is none of the event ${quote(event)} (${where}${message}): start this action from a workflow.`,
  ]);
}
