import { ownChecks } from "../publish/checkRun.ts";
import { readCheckId } from "./checkId.ts";
import { type HeadJob, type Job, keyOf } from "./job.ts";
import type { Done, Queue } from "./queue.ts";
import type { World } from "./world.ts";

/** Asks for another look at all that our checks on a commit are about. */
export async function judgeHead(world: World, queue: Pick<Queue, "add">, job: HeadJob): Promise<Done> {
  const { installation, owner, repo, head } = job;
  const client = await world.client(installation);
  const checks = await ownChecks(client, { owner, repo, headSha: head, appId: world.appId });
  const jobs = checks.flatMap(({ externalId }): readonly Job[] => {
    const about = readCheckId(externalId);
    if (about?.kind === "pull") return [{ kind: "pull", installation, owner, repo, number: about.number }];
    return about ? [{ kind: "merge-group", installation, owner, repo, base: about.base, head }] : [];
  });
  for (const each of new Map(jobs.map((one) => [keyOf(one), one])).values()) await queue.add(each);
  return {};
}
