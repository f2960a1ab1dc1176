import { moment } from "../model/duration.ts";
import { type CheckPlace, queueCheck } from "../publish/checkRun.ts";
import { type CheckId, checkIdText } from "./checkId.ts";
import { type Job, keyOf } from "../queue/job.ts";
import type { Done, Queue } from "../queue/queue.ts";
import { type KnownCheck, isSame, knownChecks } from "./underCheck.ts";
import type { World } from "./world.ts";

/**
 * Puts a job off until its installation has requests to spend again. A head that is to be judged gets a check that says so, once:
 * without one a branch rule only shows that it expects something, or takes an older check for it: one of another pull request, or
 * of this one when it was to be merged elsewhere.
 */
export async function tellPause(world: World, queue: Pick<Queue, "add">, job: Job, until: Date): Promise<Done> {
  const head = headOf(world, job);
  if (!head || !world.mayTell(job.installation)) return { again: until };
  const { place, about } = head;
  try {
    const client = await world.client(job.installation);
    const waits = ({ about: other, status }: KnownCheck): boolean => status !== "completed" && isSame(other, about);
    if (!(await knownChecks(client, place)).some(waits))
      await queueCheck(client, place, checkIdText(about), {
        title: "Waits for GitHub's hourly limit",
        summary: `The bot has spent most of the requests that GitHub gives it for an hour here. It goes on at ${moment(until)}.`,
      });
  } catch (err) {
    world.log.warn({ err, job: keyOf(job) }, "A check could not say that it waits.");
  }
  await queue.add({ ...job, told: true } as Job, until);
  return {};
}

/** The commit that a job is about, where the job itself says so, and nobody was told yet. */
function headOf({ appId }: World, job: Job): { readonly place: CheckPlace; readonly about: CheckId } | undefined {
  if ((job.kind !== "pull" && job.kind !== "merge-group") || job.told) return undefined;
  const { owner, repo } = job;
  const headSha = job.kind === "pull" ? job.seen : job.head;
  if (headSha === undefined) return undefined;
  const about: CheckId =
    job.kind === "pull"
      ? { kind: "pull", number: job.number }
      : { kind: "merge-group", base: job.base, branch: job.branch };
  return { place: { owner, repo, headSha, appId }, about };
}
