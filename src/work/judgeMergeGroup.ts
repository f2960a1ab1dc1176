import { judge } from "../judge/judge.ts";
import { openGithub } from "../load/githubRepository.ts";
import { conclude, thresholdOf } from "../model/conclusion.ts";
import type { CheckPlace } from "../publish/checkRun.ts";
import { BUTTONS } from "./buttons.ts";
import { type MergeGroupCheckId, checkIdText } from "./checkId.ts";
import { judgedCheck } from "./checkText.ts";
import { countFindings } from "./countFindings.ts";
import type { MergeGroupJob } from "../queue/job.ts";
import type { Done, Try } from "../queue/queue.ts";
import { underCheck } from "./underCheck.ts";
import type { World } from "./world.ts";

/** Judges what a merge queue would put on the branch, and says so in a check run; a queue has no page for comments. */
export async function judgeMergeGroup(world: World, job: MergeGroupJob, attempt: Try): Promise<Done> {
  const { owner, repo, base, head, branch } = job;
  const client = await world.client(job.installation);
  const place: CheckPlace = { owner, repo, headSha: head, appId: world.appId };
  const about: MergeGroupCheckId = { kind: "merge-group", base, branch };
  return underCheck(world, client, place, about, attempt, async () => {
    const repository = openGithub(client, { owner, repo, branch });
    const judged = await judge(repository, { kind: "change", base, head }, undefined, world.now());
    const threshold = thresholdOf(undefined, judged.config);
    const conclusion = conclude(judged.review.findings, threshold);
    const verdict = { conclusion, threshold, accepted: undefined };
    const text = judgedCheck(judged, verdict, [], `${world.serverUrl}/${owner}/${repo}`);
    countFindings(world, judged.review);
    return { result: { ...text, externalId: checkIdText(about), buttons: [BUTTONS.recheck] } };
  });
}
