import { moment } from "../model/duration.ts";
import { answerLine } from "../publish/answers.ts";
import { answerPress, ownCheck } from "../publish/checkRun.ts";
import { prose } from "../render/markdownSafe.ts";
import { acceptRisk } from "./acceptRisk.ts";
import { applyFixes } from "./applyFixes.ts";
import { BUTTONS } from "./buttons.ts";
import { readCheckId } from "./checkId.ts";
import type { PressJob } from "../queue/job.ts";
import type { Queue } from "../queue/queue.ts";
import { readPull } from "./readPull.ts";
import type { World } from "./world.ts";

/**
 * Does what a button of one of our checks asks for, and asks for another look; a button of another app, of an old head or of no
 * name does nothing. The look is a job of its own, since only so it is never at the same time as another at the same pull request.
 */
export async function press(world: World, queue: Pick<Queue, "add">, job: PressJob): Promise<void> {
  const { installation, owner, repo, button, by } = job;
  const client = await world.client(installation);
  const check = await ownCheck(client, { owner, repo, appId: world.appId }, job.checkRun);
  const about = check && readCheckId(check.externalId);
  if (!about) return refuse("it is no check of ours");
  const target = { installation, owner, repo };
  if (about.kind === "merge-group") {
    if (button !== BUTTONS.recheck.identifier) return refuse("a merge group has no such button");
    const { base, branch } = about;
    const more = branch === undefined ? {} : { branch };
    return queue.add({ kind: "merge-group", ...target, base, head: check.headSha, ...more });
  }
  const pull = await readPull(client, job, about.number);
  if (!pull?.isOpen) return refuse("the pull request is closed");
  if (pull.headSha !== check.headSha) return refuse("the check is of an older head");
  const look = { kind: "pull", ...target, number: about.number } as const;
  switch (button) {
    case BUTTONS.recheck.identifier:
      return queue.add(look);
    case BUTTONS.accept.identifier:
      return answered(await acceptRisk(world, client, job, pull, about));
    case BUTTONS.fix.identifier:
      return answered(await applyFixes(world, client, job, pull));
    default:
      return refuse("we have no such button");
  }

  /** The look is after the answer, so whatever look comes first reads it. */
  async function answered(answer: string | undefined): Promise<void> {
    if (answer !== undefined)
      await answerPress(client, job, job.checkRun, answerLine(moment(world.now()), prose(answer)));
    return queue.add(look);
  }

  function refuse(why: string): void {
    world.log.warn({ owner, repo, by, check: job.checkRun }, `A button does nothing: ${why}.`);
  }
}
