import { openGithub } from "../load/githubRepository.ts";
import { configAt } from "../load/loadConfig.ts";
import { markCheck } from "../publish/checkRun.ts";
import { RULES } from "../rules/index.ts";
import { type PullCheckId, checkIdText } from "./checkId.ts";
import { hasRole } from "./hasRole.ts";
import type { PressJob } from "../queue/job.ts";
import { type Pull, baseNow } from "./readPull.ts";
import type { InstallationClient, World } from "./world.ts";

/**
 * Writes into a check that somebody accepts what it found; the next judgement of the same head goes by it. Answers why not, in
 * one sentence; undefined if it is done.
 */
export async function acceptRisk(
  world: World,
  client: InstallationClient,
  job: PressJob,
  pull: Pull,
  about: PullCheckId,
): Promise<string | undefined> {
  const { owner, repo, by, byId } = job;
  if (!about.found) return "This check found nothing that could be accepted.";
  const repository = openGithub(client, { owner, repo, branch: pull.baseBranch });
  const { acceptRisk: least } = (await configAt(repository, await baseNow(client, job, pull), RULES)).bot;
  if (least === "never") return "The configuration of the base lets nobody accept a risk (`bot: accept-risk`).";
  if (!(await hasRole(client, job, { login: by, id: byId }, least)))
    return `\`${by}\` may not accept a risk here: it takes the role \`${least}\` on this repository.`;
  const accepted = { by, at: world.now() };
  await markCheck(client, job, job.checkRun, checkIdText({ ...about, accepted, again: undefined }));
  return undefined;
}
