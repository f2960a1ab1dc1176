import { goneBecause } from "./goneBecause.ts";
import { hasRole } from "./hasRole.ts";
import { type Job, type RecheckJob, keyOf } from "../queue/job.ts";
import { judgeHead } from "./judgeHead.ts";
import { judgeMergeGroup } from "./judgeMergeGroup.ts";
import { judgePull } from "./judgePull.ts";
import { lackedPermission, tellLack } from "./lacking.ts";
import { press } from "./press.ts";
import type { Done, Queue, Try } from "../queue/queue.ts";
import { sweep } from "./sweep.ts";
import { tellPause } from "./tellPause.ts";
import type { World } from "./world.ts";

/**
 * Does one job, puts it off until the installation has requests to spend again, or drops it where there is nothing to be done
 * until GitHub tells that somebody changed it.
 */
export async function doJob(world: World, queue: Pick<Queue, "add">, job: Job, attempt: Try): Promise<Done> {
  const pause = world.pausedUntil(job.installation);
  if (pause) return tellPause(world, queue, job, pause);
  try {
    return (await work(world, queue, job, attempt)) ?? {};
  } catch (error) {
    const lacked = lackedPermission(error);
    if (lacked !== undefined) return (tellLack(world, job, lacked), {});
    const gone = goneBecause(error);
    if (gone === undefined) throw error;
    world.log.info({ job: keyOf(job) }, `Nothing is done: ${gone}.`);
    return {};
  }
}

/** Only what judges is done again at a date: whatever else asks for that, asks for it as a job of its own. */
async function work(world: World, queue: Pick<Queue, "add">, job: Job, attempt: Try): Promise<Done | void> {
  switch (job.kind) {
    case "pull":
      return judgePull(world, queue, job, attempt);
    case "merge-group":
      return judgeMergeGroup(world, queue, job, attempt);
    case "press":
      return press(world, queue, job);
    case "head":
      return judgeHead(world, queue, job);
    case "recheck":
      return recheck(world, queue, job);
    case "sweep":
      for (const { job: missed, at } of await sweep(world, job)) await queue.add(missed, at);
      break;
  }
  return undefined;
}

/** For those who may write: a stranger's comment would spend the installation's requests. */
async function recheck(world: World, queue: Pick<Queue, "add">, job: RecheckJob): Promise<void> {
  const { installation, owner, repo, number, by, byId } = job;
  const client = await world.client(installation);
  if (await hasRole(client, job, { login: by, id: byId }, "write"))
    return queue.add({ kind: "pull", installation, owner, repo, number });
  world.log.info({ owner, repo, number, by }, "A comment asks for another look, and its author may not write here.");
}
