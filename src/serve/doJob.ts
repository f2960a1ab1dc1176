import { hasRole } from "./hasRole.ts";
import type { Job, RecheckJob } from "./job.ts";
import { judgeHead } from "./judgeHead.ts";
import { judgeMergeGroup } from "./judgeMergeGroup.ts";
import { judgePull } from "./judgePull.ts";
import { press } from "./press.ts";
import type { Done, Queue } from "./queue.ts";
import { sweep } from "./sweep.ts";
import type { World } from "./world.ts";

/** Does one job, or puts it off until the installation has requests to spend again; `signal`: once somebody else may do it. */
export async function doJob(world: World, queue: Pick<Queue, "add">, job: Job, signal: AbortSignal): Promise<Done> {
  const pause = world.pausedUntil(job.installation);
  if (pause) return { again: pause };
  switch (job.kind) {
    case "pull":
      return judgePull(world, job, signal);
    case "merge-group":
      await judgeMergeGroup(world, job);
      return {};
    case "press":
      return press(world, job, signal);
    case "head":
      return judgeHead(world, queue, job);
    case "recheck":
      return recheck(world, job, signal);
    case "sweep":
      for (const { job: missed, at } of await sweep(world, job)) await queue.add(missed, at);
      break;
  }
  return {};
}

/** For those who may write: a stranger's comment would spend the installation's requests. */
async function recheck(world: World, job: RecheckJob, signal: AbortSignal): Promise<Done> {
  const { installation, owner, repo, number, by } = job;
  const client = await world.client(installation);
  if (await hasRole(client, job, by, "write"))
    return judgePull(world, { kind: "pull", installation, owner, repo, number }, signal);
  world.log.info({ owner, repo, number, by }, "A comment asks for another look, and its author may not write here.");
  return {};
}
