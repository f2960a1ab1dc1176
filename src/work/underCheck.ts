import { withAnswers } from "../publish/answers.ts";
import { failureOf, isLimit, isPassing } from "../github/failure.ts";
import {
  type CheckPlace,
  type CheckResult,
  type OwnCheck,
  beginCheck,
  endCheck,
  ownChecks,
  queueCheck,
  tellCheck,
} from "../publish/checkRun.ts";
import { BUTTONS } from "./buttons.ts";
import { type CheckId, checkIdText, readCheckId } from "./checkId.ts";
import { brokenOffCheck, failedCheck } from "./checkText.ts";
import type { Done, Try } from "../queue/queue.ts";
import { lackedPermission } from "./lacking.ts";
import { reasonOf } from "./reasonOf.ts";
import type { InstallationClient, World } from "./world.ts";

/** A check run of ours, and what it is about. */
export interface KnownCheck extends OwnCheck {
  readonly about: CheckId;
}

/** What a check run is to end with. */
export interface Judgement {
  readonly result: CheckResult;
  readonly again?: Date | undefined;
}

/** What a check says between two tries. */
const WAITS = "Waits for GitHub";

/** What could not be judged after all tries because GitHub was away is looked at again after so long, ms. */
const LATER = 3_600_000;

/**
 * Judges something, and says so in a check run: a new one, or the one that a worker left when it died. Throws what could not be
 * done. The check waits as long as GitHub may fare better at the next try, else it says that nothing was judged.
 */
export async function underCheck(
  world: World,
  client: InstallationClient,
  place: CheckPlace,
  about: CheckId,
  { last, signal }: Pick<Try, "last"> & { readonly signal: Pick<AbortSignal, "throwIfAborted"> },
  judgeIt: (earlier: readonly KnownCheck[]) => Promise<Judgement>,
): Promise<Done> {
  const earlier = (await knownChecks(client, place)).filter((check) => isSame(check.about, about));
  signal.throwIfAborted();
  const id = await openCheck(client, place, about, earlier);
  await beginCheck(client, place, id, world.now());
  // What was asked of a check before this one hides it.
  const answers = earlier.flatMap((check) => check.answers);
  const answering = (result: CheckResult): CheckResult => ({
    ...result,
    summary: withAnswers(result.summary, answers),
  });
  try {
    const { result, again } = await judgeIt(earlier);
    signal.throwIfAborted();
    if (!(await endCheck(client, place, id, answering(result))))
      world.metrics.degradedWrites.inc({ kind: "annotations" });
    return { again };
  } catch (error) {
    signal.throwIfAborted();
    await (
      mayPass(error) && !last
        ? tellCheck(client, place, id, { title: WAITS, summary: `${reasonOf(error)} It is tried again.` })
        : endCheck(client, place, id, answering(failedResult(about, error, last, world.now())))
    ).catch((err: unknown) => world.log.warn({ err, ...placeOf(place) }, "A check could not say that it failed."));
    throw error;
  }
}

/** The checks of ours on a commit that say what they are about, newest first. */
export async function knownChecks(client: InstallationClient, place: CheckPlace): Promise<readonly KnownCheck[]> {
  return (await ownChecks(client, place)).flatMap((check) => {
    const about = readCheckId(check.externalId);
    return about ? [{ ...check, about }] : [];
  });
}

/** Whether two checks are about the same pull request or merge group. */
export function isSame(one: CheckId, other: CheckId): boolean {
  return one.kind === "pull"
    ? other.kind === "pull" && one.number === other.number
    : other.kind === "merge-group" && one.base === other.base;
}

/** Whether a worker was gone before it ended what it did under a check, so that GitHub may yet do what it had sent. */
export function wasLeft({ status, title }: KnownCheck): boolean {
  return status === "in_progress" && title !== WAITS;
}

/** A finished check keeps its annotations, so it is followed by a new one; so is one that has some and was broken off. */
async function openCheck(
  client: InstallationClient,
  place: CheckPlace,
  about: CheckId,
  earlier: readonly KnownCheck[],
): Promise<number> {
  const open = earlier.filter(({ status }) => status !== "completed");
  const left = open.find(({ annotations }) => annotations === 0);
  for (const { id, externalId } of open)
    if (id !== left?.id) await endCheck(client, place, id, { ...brokenOffCheck(), externalId, buttons: [] });
  return left?.id ?? queueCheck(client, place, checkIdText(about));
}

function failedResult(about: CheckId, error: unknown, last: boolean, now: Date): CheckResult {
  // The queue tries it sooner, unless its process ends before: then the sweep reads this. Who approves a permission is heard of.
  const isLacking = lackedPermission(error) !== undefined;
  const again = (!isLacking && !last) || mayPass(error) ? new Date(now.getTime() + LATER) : undefined;
  const next = isLacking ? "" : nextOf(last, again);
  return {
    ...failedCheck(reasonOf(error), next),
    externalId: checkIdText(about.kind === "pull" ? { ...about, again } : about),
    buttons: [BUTTONS.recheck],
  };
}

function nextOf(last: boolean, again: Date | undefined): string {
  if (!last) return "It is tried again by itself; ";
  return again ? "It is tried again in an hour or two; " : "";
}

/** Whether the same may go well a little later: GitHub does not answer, or is asked too much. */
export function mayPass(error: unknown): boolean {
  const failure = failureOf(error);
  if (failure.status === undefined && failure.errors === undefined) return false;
  return isLimit(failure) || isPassing(failure);
}

function placeOf({ owner, repo, headSha }: CheckPlace): object {
  return { owner, repo, headSha };
}
