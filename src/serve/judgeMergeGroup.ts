import { judge } from "../judge/judge.ts";
import { openGithub } from "../load/githubRepository.ts";
import { conclude, thresholdOf } from "../model/conclusion.ts";
import { type CheckPlace, beginCheck, endCheck, queueCheck } from "../publish/checkRun.ts";
import { BUTTONS } from "./buttons.ts";
import { checkIdText } from "./checkId.ts";
import { countFindings } from "./countFindings.ts";
import { failedCheck, judgedCheck } from "./checkText.ts";
import { reasonOf } from "./reasonOf.ts";
import type { MergeGroupJob } from "./job.ts";
import type { World } from "./world.ts";

/** Judges what a merge queue would put on the branch, and says so in a check run; a queue has no page for comments. */
export async function judgeMergeGroup(world: World, job: MergeGroupJob): Promise<void> {
  const { owner, repo, base, head } = job;
  const client = await world.client(job.installation);
  const place: CheckPlace = { owner, repo, headSha: head, appId: world.appId };
  const externalId = checkIdText({ kind: "merge-group", base });
  const id = await queueCheck(client, place, externalId);
  await beginCheck(client, place, id, world.now());
  try {
    const judged = await judge(
      openGithub(client, { owner, repo }),
      { kind: "change", base, head },
      undefined,
      world.now(),
    );
    const threshold = thresholdOf(undefined, judged.config);
    const conclusion = conclude(judged.review.findings, threshold);
    const text = judgedCheck(
      judged,
      { conclusion, threshold, accepted: undefined },
      [],
      `${world.serverUrl}/${owner}/${repo}`,
    );
    countFindings(world, judged.review);
    await endCheck(client, place, id, { ...text, externalId, buttons: [BUTTONS.recheck] });
  } catch (error) {
    await endCheck(client, place, id, { ...failedCheck(reasonOf(error)), externalId, buttons: [BUTTONS.recheck] });
    throw error;
  }
}
