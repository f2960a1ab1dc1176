import type { Failure } from "../github/failure.ts";
import { openGithub } from "../load/githubRepository.ts";
import { conclude, thresholdOf } from "../model/conclusion.ts";
import type { CheckPlace } from "../publish/checkRun.ts";
import { BUTTONS } from "./buttons.ts";
import { type MergeGroupCheckId, checkIdText } from "./checkId.ts";
import { judgedCheck } from "./checkText.ts";
import { countFindings } from "./countFindings.ts";
import { downed } from "./downed.ts";
import type { MergeGroupJob } from "../queue/job.ts";
import type { Done, Queue, Try } from "../queue/queue.ts";
import { NO_SHARERS, sharersOf } from "./sharers.ts";
import { mayPass, underCheck } from "./underCheck.ts";
import type { InstallationClient, World } from "./world.ts";

/**
 * Judges what a merge queue would put on the branch, and says so in a check run; a queue has no page for comments. A group that is
 * no more, because somebody took a pull request out of the queue, needs no judgement.
 */
export async function judgeMergeGroup(
  world: World,
  queue: Pick<Queue, "add">,
  job: MergeGroupJob,
  attempt: Try,
): Promise<Done> {
  const { installation, owner, repo, base, head, branch } = job;
  const client = await world.client(installation);
  const place: CheckPlace = { owner, repo, headSha: head, appId: world.appId };
  const about: MergeGroupCheckId = { kind: "merge-group", base, branch };
  let fallen: readonly number[] = [];
  const judging = underCheck(world, client, place, about, attempt, async () => {
    const repository = openGithub(client, { owner, repo, branch });
    const judged = await world.judge(repository, { kind: "change", base, head }, undefined, world.now());
    const threshold = thresholdOf(undefined, judged.config);
    const conclusion = conclude(judged.review.findings, threshold);
    const verdict = { conclusion, threshold, accepted: undefined };
    const text = judgedCheck(judged, verdict, [], `${world.serverUrl}/${owner}/${repo}`);
    countFindings(world, judged.review);
    const sharers = conclusion === "success" ? await sharersOf(client, place, about) : NO_SHARERS;
    const told = downed(text, sharers, "Press **Re-check** here when it is.");
    if (told.conclusion === "success") fallen = sharers.fallen;
    return { result: { ...told, externalId: checkIdText(about), buttons: [BUTTONS.recheck] } };
  });
  const done = await judging.catch(async (error: unknown) => {
    if (mayPass(error) || !(await isGone(client, place))) throw error;
    world.log.info({ owner, repo, head }, "A merge group is no more, so it is not judged.");
    return {};
  });
  for (const number of fallen) await queue.add({ kind: "pull", installation, owner, repo, number });
  return done;
}

async function isGone(client: InstallationClient, { owner, repo, headSha }: CheckPlace): Promise<boolean> {
  try {
    await client.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", { owner, repo, commit_sha: headSha });
    return false;
  } catch (error) {
    return [404, 422].includes((error as Failure).status ?? 0);
  }
}
