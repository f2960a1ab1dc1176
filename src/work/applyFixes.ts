import * as z from "zod";
import { type Failure, isLimit } from "../github/failure.ts";
import { judge } from "../judge/judge.ts";
import { openGithub } from "../load/githubRepository.ts";
import { mend } from "../mend.ts";
import { counts } from "../model/conclusion.ts";
import { type MendedFile, mendedFiles } from "../model/mendedFiles.ts";
import { quote } from "../model/quote.ts";
import { plural } from "../render/lookedAt.ts";
import { hasRole } from "./hasRole.ts";
import type { PressJob } from "../queue/job.ts";
import type { Pull } from "./readPull.ts";
import type { InstallationClient, World } from "./world.ts";

/**
 * Commits the fixes of what a pull request brings to its branch, as one commit that names who asked for it; what came of it, in
 * one sentence. Nothing is written if the branch moved meanwhile, lies in a fork, or the one who asked may not write.
 */
export async function applyFixes(world: World, client: InstallationClient, job: PressJob, pull: Pull): Promise<string> {
  const { owner, repo } = job;
  if (!pull.isOwnBranch) return "The branch lies in a fork, where the bot may not write: apply the suggestions there.";
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
  try {
    const commit = await commitOf(world, client, job, pull, files, mended.fixes);
    const ref = `heads/${pull.headBranch}`;
    await client.request("PATCH /repos/{owner}/{repo}/git/refs/{ref}", { owner, repo, ref, sha: commit, force: false });
  } catch (error) {
    const refusal = refusalOf(error as Failure);
    if (refusal === undefined) throw error;
    return `No fix was applied: ${refusal}.`;
  }
  return `${plural(mended.fixes, "fix")} committed for \`${job.by}\`.`;
}

/** Why GitHub does not take a commit; undefined where it may do so later. */
function refusalOf(failure: Failure): string | undefined {
  const { status, message = "" } = failure;
  if (failure instanceof Unlisted) return "the repository has so many files that GitHub does not list them all";
  if (isLimit(failure)) return undefined;
  if (status === 403) return "the bot may not write here; that takes the App's permission `contents: write`";
  if (status !== 422) return undefined;
  if (/not a fast.forward/i.test(message)) return "the branch moved while the fixes were made";
  return `GitHub does not let the bot push to the branch (${quote(message.split("\n")[0]?.slice(0, 160) ?? "")})`;
}

/** A tree of which GitHub gives only a part, so that the modes of files are not known. */
class Unlisted extends Error {}

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
  if (!files.every(({ path }) => modes.has(path))) throw new Unlisted();
  const entries: Record<string, unknown>[] = [];
  for (const { path, after } of files) {
    const content = Buffer.from(after).toString("base64");
    const blob = SHA.parse(await asked(`POST ${git}/blobs`, { content, encoding: "base64" }));
    entries.push({ path, mode: modes.get(path), type: "blob", sha: blob.sha });
  }
  const tree = SHA.parse(await asked(`POST ${git}/trees`, { base_tree: base.sha, tree: entries }));
  const host = new URL(world.serverUrl).host;
  const message = `Apply ${plural(fixes, "fix")} of mta-sts-guard\n\nCo-authored-by: ${by} <${byId}+${by}@users.noreply.${host}>\n`;
  const commit = await asked(`POST ${git}/commits`, { message, tree: tree.sha, parents: [headSha] });
  return SHA.parse(commit).sha;
}
