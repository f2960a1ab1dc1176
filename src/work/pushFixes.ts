import * as z from "zod";
import { type Failure, isLimit } from "../github/failure.ts";
import type { MendedFile } from "../model/mendedFiles.ts";
import { quote } from "../model/quote.ts";
import { plural } from "../render/lookedAt.ts";
import type { PressJob } from "../queue/job.ts";
import type { Pull } from "./readPull.ts";
import type { InstallationClient, World } from "./world.ts";

/**
 * Puts fixed files on a pull request's branch as one commit that names who asked for it; answers why not and what to do, in two
 * sentences. Nothing is written where the branch does not stand at the judged head.
 */
export async function pushFixes(
  world: World,
  client: InstallationClient,
  job: PressJob,
  { headSha, headBranch }: Pull,
  files: readonly MendedFile[],
  fixes: number,
): Promise<string | undefined> {
  const asked = async (route: string, parameters: Record<string, unknown>): Promise<unknown> =>
    (await client.request(route, { owner: job.owner, repo: job.repo, ...parameters })).data;
  const ref = `heads/${headBranch}`;
  try {
    const sha = await commitOf(asked, headSha, files, messageOf(world, job, fixes));
    // A branch that was set back would be moved on, and what somebody took off it would be there again.
    const { object } = REF.parse(await asked(`GET ${GIT}/ref/{ref}`, { ref }));
    if (object.sha !== headSha) return MOVED;
    await asked(`PATCH ${GIT}/refs/{ref}`, { ref, sha, force: false });
    return undefined;
  } catch (error) {
    const refusal = refusalOf(error as Failure, headBranch);
    if (refusal === undefined) throw error;
    return refusal;
  }
}

const GIT = "/repos/{owner}/{repo}/git";
const MOVED = "The branch moved while the fixes were made. Look at the check of the commit that stands there now.";

/** Why GitHub does not take a commit, and what to do; undefined where it may do so later. */
function refusalOf(failure: Failure, branch: string): string | undefined {
  const { status, message = "" } = failure;
  if (failure instanceof Unlisted)
    return "The repository has so many files that GitHub does not list them all. Apply the suggestions by hand.";
  if (isLimit(failure)) return undefined;
  if (status === 404 || (status === 422 && /reference does not exist/i.test(message)))
    return `The branch ${quote(branch)} is not there any more. Restore it, then press Apply fixes once more.`;
  if (status === 403 && /not accessible by integration/i.test(message))
    return "The bot may not write here, which takes the App's permission `contents: write`. Who owns the App adds it, an owner of this installation approves it; until then, apply the suggestions by hand.";
  if (status !== 403 && status !== 409 && status !== 422) return undefined;
  if (/not a fast.forward/i.test(message)) return MOVED;
  return `GitHub does not let the bot push to the branch: ${wordsOf(message)}. Apply the suggestions by hand.`;
}

/** GitHub's own words, without the address of its documentation. */
function wordsOf(message: string): string {
  const lines = message.replace(/ - https:\S+$/, "").split("\n");
  return lines
    .filter((line) => line.trim() !== "")
    .slice(0, 3)
    .map(quote)
    .join(" ");
}

/** A tree of which GitHub gives only a part, so that the modes of files are not known. */
class Unlisted extends Error {}

const SHA = z.object({ sha: z.string() });
const REF = z.object({ object: SHA });
const COMMIT = z.object({ tree: SHA });
const TREE = z.object({ tree: z.array(z.object({ path: z.string(), mode: z.string() })) });

async function commitOf(
  asked: (route: string, parameters: Record<string, unknown>) => Promise<unknown>,
  headSha: string,
  files: readonly MendedFile[],
  message: string,
): Promise<string> {
  const { tree: base } = COMMIT.parse(await asked(`GET ${GIT}/commits/{commit_sha}`, { commit_sha: headSha }));
  const listed = TREE.parse(await asked(`GET ${GIT}/trees/{tree_sha}`, { tree_sha: base.sha, recursive: "1" }));
  const modes = new Map(listed.tree.map(({ path, mode }) => [path, mode]));
  if (!files.every(({ path }) => modes.has(path))) throw new Unlisted();
  const entries: Record<string, unknown>[] = [];
  for (const { path, after } of files) {
    const content = Buffer.from(after).toString("base64");
    const blob = SHA.parse(await asked(`POST ${GIT}/blobs`, { content, encoding: "base64" }));
    entries.push({ path, mode: modes.get(path), type: "blob", sha: blob.sha });
  }
  const tree = SHA.parse(await asked(`POST ${GIT}/trees`, { base_tree: base.sha, tree: entries }));
  const commit = await asked(`POST ${GIT}/commits`, { message, tree: tree.sha, parents: [headSha] });
  return SHA.parse(commit).sha;
}

function messageOf({ serverUrl }: World, { by, byId }: PressJob, fixes: number): string {
  const { host } = new URL(serverUrl);
  return `Apply ${plural(fixes, "fix")} of mta-sts-guard\n\nCo-authored-by: ${by} <${byId}+${by}@users.noreply.${host}>\n`;
}
