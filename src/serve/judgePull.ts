import { createHash } from "node:crypto";
import { type Judged, judge } from "../judge/judge.ts";
import { openGithub } from "../load/githubRepository.ts";
import { type Conclusion, type Threshold, conclude, counts, thresholdOf } from "../model/conclusion.ts";
import { type Finding, outranks } from "../model/finding.ts";
import { type CheckPlace, beginCheck, endCheck, ownChecks, queueCheck } from "../publish/checkRun.ts";
import { BUTTONS, buttonsFor } from "./buttons.ts";
import { type Acceptance, type PullCheckId, checkIdText, readCheckId } from "./checkId.ts";
import { countFindings } from "./countFindings.ts";
import { failedCheck, judgedCheck } from "./checkText.ts";
import { hasRole } from "./hasRole.ts";
import type { PullJob } from "./job.ts";
import { publishPull } from "./publishPull.ts";
import type { Done } from "./queue.ts";
import { readPull } from "./readPull.ts";
import { reasonOf } from "./reasonOf.ts";
import type { InstallationClient, World } from "./world.ts";

/** A risk that somebody accepts: with what they saw, since nothing else is accepted. */
export interface Accepting extends Acceptance {
  readonly found: string;
}

/** What a button adds to a judgement. */
export interface Pressed {
  readonly accepting?: Accepting;
  /** Sentences to tell. */
  readonly notes?: readonly string[];
}

/** Until somebody else may do the same job. */
type Signal = Pick<AbortSignal, "throwIfAborted">;

/**
 * Judges the head of a pull request and says so in a check run and in comments; done again at the moment when it turns green by
 * itself. Throws what could not be done, after the check says that nothing was judged.
 */
export async function judgePull(
  world: World,
  job: PullJob,
  signal: Signal,
  { accepting, notes = [] }: Pressed = {},
): Promise<Done> {
  const { owner, repo, number } = job;
  const client = await world.client(job.installation);
  const pull = await readPull(client, job, number);
  if (!pull?.isOpen) return {};
  const place: CheckPlace = { owner, repo, headSha: pull.headSha, appId: world.appId };
  const earlier = (await ownChecks(client, place)).flatMap((check) => {
    const about = readCheckId(check.externalId);
    return about?.kind === "pull" && about.number === number ? [{ ...check, about }] : [];
  });
  const [last] = earlier;
  // A worker that died leaves a check that waits for ever; a finished one keeps its annotations, so it is followed by a new one.
  const id =
    last && last.status !== "completed"
      ? last.id
      : await queueCheck(client, place, checkIdText({ kind: "pull", number, found: "" }));
  await beginCheck(client, place, id, world.now());
  const before = acceptanceIn(earlier.find(({ status }) => status === "completed")?.about);
  try {
    const repository = openGithub(client, { owner, repo, branch: pull.baseBranch });
    const task = { kind: "change", base: pull.baseSha, head: pull.headSha } as const;
    const judged = await judge(repository, task, undefined, world.now());
    const refusal = accepting && (await refusalOf(client, job, accepting, judged));
    const verdict = verdictOf(judged, refusal === undefined ? (accepting ?? before) : before);
    const isOther = accepting && refusal === undefined && !verdict.accepted;
    signal.throwIfAborted();
    const told = [...notes, ...(refusal === undefined ? [] : [refusal]), ...(isOther ? [OTHER] : [])];
    const published = await publishPull(world, client, job, pull, judged, verdict);
    const again = verdict.accepted ? undefined : greenAt(judged, verdict.threshold);
    countFindings(world, judged.review);
    await endCheck(client, place, id, {
      ...judgedCheck(judged, verdict, [...told, ...published], `${world.serverUrl}/${owner}/${repo}`),
      externalId: checkIdText({ kind: "pull", number, found: verdict.found, accepted: verdict.accepted, again }),
      buttons: buttonsFor(judged, verdict.conclusion, pull.headRepository === `${owner}/${repo}`),
    });
    return { again };
  } catch (error) {
    signal.throwIfAborted();
    await endCheck(client, place, id, {
      ...failedCheck(reasonOf(error)),
      externalId: checkIdText({ kind: "pull", number, found: before?.found ?? "", accepted: before }),
      buttons: [BUTTONS.recheck],
    });
    throw error;
  }
}

const OTHER = "What was found is not what was accepted: look at it again.";

/** What a judgement comes to. */
export interface Verdict {
  readonly conclusion: Conclusion;
  readonly threshold: Threshold;
  /** Stands for what fails; empty where nothing does. */
  readonly found: string;
  /** Where what fails was accepted. */
  readonly accepted: Acceptance | undefined;
}

/** An acceptance counts for what was seen, and never for what nobody could judge. */
function verdictOf({ review, config }: Judged, standing: Accepting | undefined): Verdict {
  const threshold = thresholdOf(undefined, config);
  const conclusion = conclude(review.findings, threshold);
  const found = conclusion === "failure" ? hashOf(failing(review.findings, threshold)) : "";
  const isAccepted = standing !== undefined && found !== "" && standing.found === found;
  return { conclusion, threshold, found, accepted: isAccepted ? { by: standing.by, at: standing.at } : undefined };
}

/** Why an acceptance does not count; undefined if it does. */
async function refusalOf(
  client: InstallationClient,
  job: PullJob,
  { by }: Accepting,
  { config }: Judged,
): Promise<string | undefined> {
  const { acceptRisk } = config.bot;
  if (acceptRisk === "never") return "The configuration of the base lets nobody accept a risk (`bot: accept-risk`).";
  if (await hasRole(client, job, by, acceptRisk)) return undefined;
  return `\`${by}\` may not accept a risk here: it takes the role \`${acceptRisk}\` on this repository.`;
}

function acceptanceIn(about: PullCheckId | undefined): Accepting | undefined {
  return about?.accepted && { ...about.accepted, found: about.found };
}

function failing(findings: readonly Finding[], { failOn, all }: Threshold): readonly Finding[] {
  return findings.filter(
    (finding) => counts(finding, all) && failOn !== "never" && !outranks(failOn, finding.severity),
  );
}

function hashOf(findings: readonly Finding[]): string {
  const prints = findings.map(({ fingerprint, severity }) => `${fingerprint} ${severity}`).toSorted();
  return createHash("sha256").update(prints.join("\n")).digest("hex");
}

/** When everything that fails has ceased to be a fault by itself; undefined where something does not. */
function greenAt({ review }: Judged, threshold: Threshold): Date | undefined {
  const red = failing(review.findings, threshold);
  const moments = red.flatMap(({ until }) => until?.getTime() ?? []);
  return red.length > 0 && moments.length === red.length ? new Date(Math.max(...moments)) : undefined;
}
