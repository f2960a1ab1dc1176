import { type HeadJob, type Job, keyOf } from "../queue/job.ts";
import type { Done, Queue } from "../queue/queue.ts";
import { knownChecks } from "./underCheck.ts";
import type { World } from "./world.ts";

/** Asks for another look at all that our checks on a commit are about; where it has none, at what else was missed. */
export async function judgeHead(world: World, queue: Pick<Queue, "add">, job: HeadJob): Promise<Done> {
  const { installation, owner, repo, head } = job;
  const client = await world.client(installation);
  const checks = await knownChecks(client, { owner, repo, headSha: head, appId: world.appId });
  const jobs = checks.map(({ about }): Job => {
    if (about.kind === "pull") return { kind: "pull", installation, owner, repo, number: about.number };
    const { base, branch } = about;
    return { kind: "merge-group", installation, owner, repo, base, head, ...(branch === undefined ? {} : { branch }) };
  });
  if (jobs.length === 0) jobs.push({ kind: "sweep", installation });
  for (const each of new Map(jobs.map((one) => [keyOf(one), one])).values()) await queue.add(each);
  return {};
}
