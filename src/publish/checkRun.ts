import { answersIn, withAnswers } from "./answers.ts";
import type { CheckAnnotation } from "../render/checkOutput.ts";

/** What we need of GitHub's client. */
export interface CheckClient {
  request(route: string, parameters?: Record<string, unknown>): Promise<{ readonly data: unknown }>;
}

/** Which commit of which repository, and the app that we are. */
export interface CheckPlace {
  readonly owner: string;
  readonly repo: string;
  readonly headSha: string;
  readonly appId: number;
}

/** A check run of ours. */
export interface OwnCheck {
  readonly id: number;
  readonly headSha: string;
  readonly status: string;
  /** Null until it is completed. */
  readonly conclusion: string | null;
  readonly externalId: string;
  /** Null until it says something. */
  readonly title: string | null;
  /** How many annotations it has: they can be added to, never taken back. */
  readonly annotations: number;
  /** What it answers those who pressed its buttons. */
  readonly answers: readonly string[];
}

/** What a check run ends with. */
export interface CheckResult {
  readonly externalId: string;
  readonly conclusion: "success" | "failure";
  /** At most 255 characters. */
  readonly title: string;
  /** Markdown, at most 65,535 bytes each. */
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly CheckAnnotation[];
  readonly buttons: readonly CheckButton[];
}

/** A button below a check: label 20, description 40, identifier 20 characters at most; three of them. */
export interface CheckButton {
  readonly label: string;
  readonly description: string;
  readonly identifier: string;
}

/** The name of our check: what a branch rule requires. */
export const CHECK_NAME = "mta-sts-guard";

/** So many annotations GitHub takes in one request; further requests add to them. */
const BATCH = 50;

const PAGE = 100;

/** Nobody presses a button so often: more checks than that on one commit are not looked at. GitHub keeps the newest thousand. */
export const MOST_CHECKS = 500;

interface RawCheck {
  readonly id: number;
  readonly head_sha: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly external_id: string | null;
  readonly name: string;
  readonly app: { readonly id: number } | null;
  readonly output: {
    readonly annotations_count: number;
    readonly title: string | null;
    readonly summary: string | null;
  };
}

/** The check runs of ours on a commit, newest first, and no more than `MOST_CHECKS`. */
export async function ownChecks(client: CheckClient, place: CheckPlace): Promise<readonly OwnCheck[]> {
  const { owner, repo, headSha: ref, appId: app_id } = place;
  const runs: RawCheck[] = [];
  for (let page = 1; page <= MOST_CHECKS / PAGE; page++) {
    const { data } = await client.request("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
      owner,
      repo,
      ref,
      app_id,
      check_name: CHECK_NAME,
      filter: "all",
      per_page: PAGE,
      page,
    });
    const { check_runs: more } = data as { readonly check_runs: readonly RawCheck[] };
    runs.push(...more);
    if (more.length < PAGE) break;
  }
  return runs.flatMap((raw) => checkOf(raw, place.appId) ?? []).toSorted((a, b) => b.id - a.id);
}

/** One check run; undefined where it is not ours or not there any more. */
export async function ownCheck(
  client: CheckClient,
  place: Omit<CheckPlace, "headSha">,
  id: number,
): Promise<OwnCheck | undefined> {
  const { owner, repo } = place;
  try {
    const { data } = await client.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", {
      owner,
      repo,
      check_run_id: id,
    });
    return checkOf(data as RawCheck, place.appId);
  } catch (error) {
    if ((error as { readonly status?: unknown }).status === 404) return undefined;
    throw error;
  }
}

function checkOf({ name, app, ...raw }: RawCheck, ours: number): OwnCheck | undefined {
  if (name !== CHECK_NAME || app?.id !== ours) return undefined;
  const { id, head_sha: headSha, status, conclusion, external_id: externalId, output } = raw;
  const answers = answersIn(output.summary ?? "");
  return {
    id,
    headSha,
    status,
    conclusion,
    externalId: externalId ?? "",
    title: output.title,
    annotations: output.annotations_count,
    answers,
  };
}

/** Makes a check run that waits, and answers with its id. */
export async function queueCheck(
  client: CheckClient,
  place: CheckPlace,
  externalId: string,
  output?: Pick<CheckResult, "title" | "summary">,
): Promise<number> {
  const { owner, repo, headSha: head_sha } = place;
  const { data } = await client.request("POST /repos/{owner}/{repo}/check-runs", {
    owner,
    repo,
    name: CHECK_NAME,
    head_sha,
    status: "queued",
    external_id: externalId,
    ...(output ? { output } : {}),
  });
  return (data as { readonly id: number }).id;
}

/** Says that a check run is being worked on; what it said before goes. */
export async function beginCheck(client: CheckClient, place: CheckPlace, id: number, startedAt: Date): Promise<void> {
  const { owner, repo } = place;
  await client.request(UPDATE, {
    owner,
    repo,
    check_run_id: id,
    status: "in_progress",
    started_at: startedAt.toISOString(),
  });
}

/** Says something in a check run that has not ended yet. */
export async function tellCheck(
  client: CheckClient,
  { owner, repo }: CheckPlace,
  id: number,
  output: Pick<CheckResult, "title" | "summary">,
): Promise<void> {
  await client.request(UPDATE, { owner, repo, check_run_id: id, output });
}

/** Adds to a finished check run what it answers somebody who pressed a button, a line of Markdown; all else stays. */
export async function answerPress(
  client: CheckClient,
  { owner, repo }: Pick<CheckPlace, "owner" | "repo">,
  id: number,
  answer: string,
): Promise<void> {
  const at = { owner, repo, check_run_id: id };
  const { data } = await client.request("GET /repos/{owner}/{repo}/check-runs/{check_run_id}", at);
  const { title, summary } = (data as RawCheck).output;
  const before = summary ?? "";
  const output = { title: title ?? CHECK_NAME, summary: withAnswers(before, [...answersIn(before), answer]) };
  await client.request(UPDATE, { ...at, output });
}

/** Gives a check run another `external_id`, and leaves it as it is. */
export async function markCheck(
  client: CheckClient,
  { owner, repo }: Pick<CheckPlace, "owner" | "repo">,
  id: number,
  externalId: string,
): Promise<void> {
  await client.request(UPDATE, { owner, repo, check_run_id: id, external_id: externalId });
}

/** Ends a check run; where GitHub takes an annotation for wrong, without any. Answers whether it has them all. */
export async function endCheck(
  client: CheckClient,
  place: CheckPlace,
  id: number,
  result: CheckResult,
): Promise<boolean> {
  try {
    await writeEnd(client, place, id, result);
    return true;
  } catch (error) {
    if ((error as { readonly status?: unknown }).status !== 422 || result.annotations.length === 0) throw error;
    // One odd path must not keep the verdict back: the summary tells all of it.
    await writeEnd(client, place, id, { ...result, annotations: [] });
    return false;
  }
}

/** More than 50 annotations go ahead in requests of their own, so that the check is whole once it ends. */
async function writeEnd(client: CheckClient, place: CheckPlace, id: number, result: CheckResult): Promise<void> {
  const { owner, repo } = place;
  const { title, summary, text, annotations, conclusion, externalId, buttons } = result;
  const at = { owner, repo, check_run_id: id };
  const batches = Array.from({ length: Math.max(1, Math.ceil(annotations.length / BATCH)) }, (_, index) =>
    annotations.slice(index * BATCH, (index + 1) * BATCH),
  );
  for (const [index, batch] of batches.entries()) {
    const output = { title, summary, ...(text === "" ? {} : { text }), annotations: batch };
    const isLast = index === batches.length - 1;
    await client.request(UPDATE, {
      ...at,
      output,
      ...(isLast ? { status: "completed", conclusion, external_id: externalId, actions: buttons } : {}),
    });
  }
}

const UPDATE = "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}";
