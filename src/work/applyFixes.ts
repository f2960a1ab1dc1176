import { mend } from "../mend.ts";
import { counts } from "../model/conclusion.ts";
import { mendedFiles } from "../model/mendedFiles.ts";
import { plural } from "../render/lookedAt.ts";
import { hasRole } from "./hasRole.ts";
import { judgeAgainstBase } from "./judgeAgainstBase.ts";
import type { PressJob } from "../queue/job.ts";
import { pushFixes } from "./pushFixes.ts";
import type { Pull } from "./readPull.ts";
import type { InstallationClient, World } from "./world.ts";

/**
 * Commits the fixes of what a pull request brings to its branch; what came of it, in a sentence or two. Nothing is written if the
 * branch moved meanwhile, lies in a fork, or the one who asked may not write.
 */
export async function applyFixes(world: World, client: InstallationClient, job: PressJob, pull: Pull): Promise<string> {
  const { by, byId } = job;
  if (!pull.isOwnBranch) return "The branch lies in a fork, where the bot may not write: apply the suggestions there.";
  // There the bot might pass by a rule that holds for whoever pressed the button.
  if (pull.isDefaultBranch)
    return "The branch is the repository's default branch, to which the bot does not push: apply the suggestions by hand.";
  const { snapshot, review, config } = await judgeAgainstBase(world, client, job, pull);
  if (!config.bot.applyFixes)
    return "The configuration of the base does not let the bot apply fixes: `bot: { apply-fixes: true }` does.";
  if (!(await hasRole(client, job, { login: by, id: byId }, "write")))
    return `\`${by}\` may not write to this repository, so no fix was applied.`;
  const mended = mend(snapshot, review, config, (finding) => counts(finding, false));
  const files = mendedFiles(snapshot, mended.snapshot);
  if (files.length === 0) return "There is nothing left that can be fixed by the bot.";
  const refusal = await pushFixes(world, client, job, pull, files, mended.fixes);
  return refusal === undefined
    ? `${plural(mended.fixes, "fix")} committed for \`${by}\`.`
    : `No fix was applied. ${refusal}`;
}
