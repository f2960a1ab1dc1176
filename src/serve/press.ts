import { ownCheck } from "../publish/checkRun.ts";
import { applyFixes } from "./applyFixes.ts";
import { BUTTONS } from "./buttons.ts";
import { readCheckId } from "./checkId.ts";
import type { PressJob } from "./job.ts";
import { judgeMergeGroup } from "./judgeMergeGroup.ts";
import { judgePull } from "./judgePull.ts";
import type { Done } from "./queue.ts";
import { readPull } from "./readPull.ts";
import type { World } from "./world.ts";

/** Does what a button of one of our checks asks for; a button of another app, of an old head or of no name does nothing. */
export async function press(world: World, job: PressJob, signal: AbortSignal): Promise<Done> {
  const { installation, owner, repo, button, by } = job;
  const client = await world.client(installation);
  const check = await ownCheck(client, { owner, repo, appId: world.appId }, job.checkRun);
  const about = check && readCheckId(check.externalId);
  if (!about) return refused("it is no check of ours");
  const target = { installation, owner, repo };
  if (about.kind === "merge-group") {
    if (button !== BUTTONS.recheck.identifier) return refused("a merge group has no such button");
    await judgeMergeGroup(world, { kind: "merge-group", ...target, base: about.base, head: check.headSha });
    return {};
  }
  const pull = await readPull(client, job, about.number);
  if (!pull?.isOpen) return refused("the pull request is closed");
  if (pull.headSha !== check.headSha) return refused("the check is of an older head");
  const pullJob = { kind: "pull", ...target, number: about.number } as const;
  switch (button) {
    case BUTTONS.recheck.identifier:
      return judgePull(world, pullJob, signal);
    case BUTTONS.accept.identifier:
      return judgePull(world, pullJob, signal, { accepting: { by, at: world.now(), found: about.found } });
    case BUTTONS.fix.identifier: {
      const outcome = await applyFixes(world, client, job, pull);
      return judgePull(world, pullJob, signal, { notes: [outcome] });
    }
    default:
      return refused("we have no such button");
  }

  function refused(why: string): Done {
    world.log.warn({ owner, repo, by, check: job.checkRun }, `A button does nothing: ${why}.`);
    return {};
  }
}
