import type { Judged } from "../judge/judge.ts";
import { openGithub } from "../load/githubRepository.ts";
import type { Target } from "../queue/job.ts";
import { type Pull, baseNow } from "./readPull.ts";
import type { InstallationClient, World } from "./world.ts";

/** Judges the head of a pull request against its base as that stands now. */
export async function judgeAgainstBase(
  world: World,
  client: InstallationClient,
  { owner, repo }: Pick<Target, "owner" | "repo">,
  pull: Pull,
): Promise<Judged> {
  const repository = openGithub(client, { owner, repo, branch: pull.baseBranch });
  const base = await baseNow(client, { owner, repo }, pull);
  return world.judge(repository, { kind: "change", base, head: pull.headSha }, undefined, world.now());
}
