import type { Judged } from "../judge/judge.ts";
import type { CheckPlace, CheckResult } from "../publish/checkRun.ts";
import { moment } from "../model/duration.ts";
import { buttonsFor } from "./buttons.ts";
import { checkIdText } from "./checkId.ts";
import { judgedCheck } from "./checkText.ts";
import { countFindings } from "./countFindings.ts";
import { downed } from "./downed.ts";
import { judgeAgainstBase } from "./judgeAgainstBase.ts";
import type { PullJob } from "../queue/job.ts";
import { approval, lackedPermission } from "./lacking.ts";
import { publishPull } from "./publishPull.ts";
import type { Done, Queue, Try } from "../queue/queue.ts";
import { type Pull, readPull } from "./readPull.ts";
import { NO_SHARERS, sharersOf } from "./sharers.ts";
import { type Judgement, type KnownCheck, underCheck, wasLeft } from "./underCheck.ts";
import { type Verdict, greenAt, verdictOf } from "./verdict.ts";
import { whileOurs } from "./whileOurs.ts";
import type { InstallationClient, World } from "./world.ts";

/** When a head is looked at again that something else was not ready for, ms; twice as long after each look, up to an hour or so. */
const SOON = 60_000;
const MOST_DOUBLED = 6;

/** When GitHub tells everywhere what it told in a delivery, ms. */
const LAG = 10_000;

/**
 * Judges the head of a pull request and says so in a check run and in comments; done again at the moment when it turns green by
 * itself. Throws what could not be done.
 */
export async function judgePull(world: World, queue: Pick<Queue, "add">, job: PullJob, attempt: Try): Promise<Done> {
  const { installation, owner, repo, number, seen, into } = job;
  const client = await world.client(installation);
  const pull = await readPull(client, job, number);
  const isInto = into === undefined || pull?.baseBranch === into;
  const isExpected = seen === undefined || (pull?.isOpen === true && pull.headSha === seen && isInto);
  // The delivery is older than the answer, or newer; another look, which expects nothing, finds it in either case. It is asked for
  // first: what cannot be judged is not tried again.
  if (!isExpected)
    await queue.add({ kind: "pull", installation, owner, repo, number }, new Date(world.now().getTime() + LAG));
  const done = pull?.isOpen ? await judgeOpen(world, queue, client, { job, pull, attempt }) : {};
  return isExpected ? done : {};
}

async function judgeOpen(
  world: World,
  queue: Pick<Queue, "add">,
  client: InstallationClient,
  { job, pull, attempt }: Omit<Case, "place" | "earlier">,
): Promise<Done> {
  const { owner, repo, number } = job;
  const place: CheckPlace = { owner, repo, headSha: pull.headSha, appId: world.appId };
  return underCheck(world, client, place, { kind: "pull", number }, attempt, (earlier) =>
    judgeUnder(world, queue, client, { job, pull, place, earlier, attempt }),
  ).catch(async (error: unknown) => {
    const lacked = lackedPermission(error);
    if (lacked?.startsWith("checks:")) await commentOnly(world, client, { job, pull, attempt }, lacked);
    throw error;
  });
}

interface Case {
  readonly job: PullJob;
  readonly pull: Pull;
  readonly place: CheckPlace;
  readonly earlier: readonly KnownCheck[];
  readonly attempt: Try;
}

/** Where no check can be written, the comments can tell it all the same, and why there is none. */
async function commentOnly(
  world: World,
  client: InstallationClient,
  { job, pull, attempt }: Omit<Case, "place" | "earlier">,
  lacked: string,
): Promise<void> {
  const judged = await judgeAgainstBase(world, client, job, pull);
  const verdict = verdictOf(judged, pull.baseBranch, []);
  const note = `There is no check for this: ${approval(lacked)}.`;
  await publishPull(world, whileOurs(client, attempt.signal), job, pull, judged, verdict, [note]);
}

async function judgeUnder(
  world: World,
  queue: Pick<Queue, "add">,
  client: InstallationClient,
  { job, pull, place, earlier, attempt }: Case,
): Promise<Judgement> {
  const { installation, owner, repo, number } = job;
  const judged = await judgeAgainstBase(world, client, job, pull);
  const verdict = verdictOf(
    judged,
    pull.baseBranch,
    earlier.flatMap(({ about }) => (about.kind === "pull" ? [about] : [])),
  );
  attempt.signal.throwIfAborted();
  const ours = whileOurs(client, attempt.signal);
  const { unwritten, isOutdated } = await publishPull(world, ours, job, pull, judged, verdict);
  const now = isOutdated ? await readPull(client, job, number) : undefined;
  const isBehind = now?.isOpen === true && now.headSha === pull.headSha;
  const sharers = passes(verdict) ? await sharersOf(client, place, { kind: "pull", number }) : NO_SHARERS;
  const { red, pending, fallen, isTooMany } = sharers;
  const isStopped = red.length > 0 || isTooMany;
  const isHeldUp = !isStopped && pending.length > 0;
  const green = passes(verdict) ? undefined : greenAt(judged, verdict.threshold);
  // What GitHub does only after our last look stands twice; another look removes that.
  const isLate = earlier.some(wasLeft);
  // Where the head has moved on, the delivery that told of it may have been taken for this one.
  const again = now?.isOpen || isHeldUp || isLate ? soonAfter(world.now(), earlier) : green;
  const told = [...outlived(verdict), ...unwritten, ...(isBehind ? [BEHIND] : [])];
  const text = judgedCheck(judged, verdict, told, `${world.serverUrl}/${owner}/${repo}`);
  // Those that wait for the same as this one would call it back for ever.
  if (passes(verdict) && !isStopped && !isHeldUp)
    for (const other of fallen) await queue.add({ kind: "pull", installation, owner, repo, number: other });
  countFindings(world, judged.review);
  return {
    result: {
      ...resultOf(judged, verdict, pull, again),
      ...downed(text, sharers, "It is looked at again soon."),
    },
    again,
  };
}

function soonAfter(now: Date, earlier: readonly KnownCheck[]): Date {
  const looks = earlier.filter(({ status }) => status === "completed").length;
  return new Date(now.getTime() + SOON * 2 ** Math.min(looks, MOST_DOUBLED));
}

function passes({ conclusion, accepted }: Verdict): boolean {
  return conclusion === "success" || accepted !== undefined;
}

/** GraphQL, by which comments are read, may still show what was there before a push. */
const BEHIND = "GitHub does not show this commit in the pull request everywhere yet, so the comments are written soon.";

function resultOf(
  judged: Judged,
  { conclusion, found, accepted }: Verdict,
  { number, isOwnBranch, isDefaultBranch }: Pull,
  again: Date | undefined,
): Pick<CheckResult, "externalId" | "buttons"> {
  return {
    externalId: checkIdText({ kind: "pull", number, found, accepted, again }),
    buttons: buttonsFor(judged, accepted ? "success" : conclusion, isOwnBranch && !isDefaultBranch),
  };
}

function outlived({ outlived: acceptance }: Verdict): readonly string[] {
  if (!acceptance) return [];
  const { by, at } = acceptance;
  return [
    `\`${by}\` accepted another risk of this commit at ${moment(at)}. What is found now is not that: look at it again.`,
  ];
}
