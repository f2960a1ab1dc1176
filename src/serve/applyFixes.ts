import * as z from "zod";
import { judge } from "../judge/judge.ts";
import { openGithub } from "../load/githubRepository.ts";
import { mend } from "../mend.ts";
import { counts } from "../model/conclusion.ts";
import { type MendedFile, mendedFiles } from "../model/mendedFiles.ts";
import { plural } from "../render/lookedAt.ts";
import { hasRole } from "./hasRole.ts";
import type { PressJob } from "./job.ts";
import type { Pull } from "./readPull.ts";
import type { InstallationClient, World } from "./world.ts";

/**
 * Commits the fixes of what a pull request brings to its branch, as one commit that names who asked for it; what came of it, in
 * one sentence. Nothing is written if the branch moved meanwhile, lies in a fork, or the one who asked may not write.
 */
export async function applyFixes(world: World, client: InstallationClient, job: PressJob, pull: Pull): Promise<string> {
  const { owner, repo } = job;
  if (pull.headRepository !== `${owner}/${repo}`)
    return "The branch lies in a fork, where the bot may not write: apply the suggestions there.";
  const repository = openGithub(client, { owner, repo, branch: pull.baseBranch });
  const task = { kind: "change", base: pull.baseSha, head: pull.headSha } as const;
  const { snapshot, review, config } = await judge(repository, task, undefined, world.now());
  if (!config.bot.applyFixes)
    return "The configuration of the base does not let the bot apply fixes: `bot: { apply-fixes: true }` does.";
  if (!(await hasRole(client, job, job.by, "write")))
    return `\`${job.by}\` may not write to this repository, so no fix was applied.`;
  const mended = mend(snapshot, review, config, (finding) => counts(finding, false));
  const files = mendedFiles(snapshot, mended.snapshot);
  if (files.length === 0) return "There is nothing left that can be fixed by the bot.";
  const commit = await commitOf(world, client, job, pull, files, mended.fixes);
  try {
    await client.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", {
      owner,
      repo,
      ref: `heads/${pull.headBranch}`,
      sha: commit,
      force: false,
    });
  } catch (error) {
    if ((error as { readonly status?: unknown }).status !== 422) throw error;
    return "The branch moved while the fixes were made, so they were not applied.";
  }
  return `${plural(mended.fixes, "fix")} committed for \`${job.by}\`.`;
}

const SHA = z.object({ sha: z.string() });
const COMMIT = z.object({ tree: SHA });
const TREE = z.object({ tree: z.array(z.object({ path: z.string(), mode: z.string() })) });

async function commitOf(
  world: World,
  client: InstallationClient,
  { owner, repo, by, byId }: PressJob,
  { headSha }: Pull,
  files: readonly MendedFile[],
  fixes: number,
): Promise<string> {
  const at = { owner, repo };
  const asked = async (route: string, parameters: Record<string, unknown>): Promise<unknown> =>
    (await client.request(route, { ...at, ...parameters })).data;
  const git = "/repos/{owner}/{repo}/git";
  const { tree: base } = COMMIT.parse(await asked(`GET ${git}/commits/{commit_sha}`, { commit_sha: headSha }));
  const listed = TREE.parse(await asked(`GET ${git}/trees/{tree_sha}`, { tree_sha: base.sha, recursive: "1" }));
  const modes = new Map(listed.tree.map(({ path, mode }) => [path, mode]));
  const entries: Record<string, unknown>[] = [];
  for (const { path, after } of files) {
    const content = Buffer.from(after).toString("base64");
    const blob = SHA.parse(await asked(`POST ${git}/blobs`, { content, encoding: "base64" }));
    entries.push({ path, mode: modes.get(path) ?? "100644", type: "blob", sha: blob.sha });
  }
  const tree = SHA.parse(await asked(`POST ${git}/trees`, { base_tree: base.sha, tree: entries }));
  const host = new URL(world.serverUrl).host;
  const message = `Apply ${plural(fixes, "fix")} of mta-sts-guard\n\nCo-authored-by: ${by} <${byId}+${by}@users.noreply.${host}>\n`;
  const commit = await asked(`POST ${git}/commits`, { message, tree: tree.sha, parents: [headSha] });
  return SHA.parse(commit).sha;
}
