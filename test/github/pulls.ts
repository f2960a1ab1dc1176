import { commitJson, fileJson, pullFiles } from "./code.ts";
import type { Json } from "./emulated.ts";
import { gitLines } from "./git.ts";
import { forward, look, paged } from "./rest.ts";
import { NOT_FOUND, type Reply, type RestCall, type State } from "./state.ts";
import type { Pull } from "./storyRepository.ts";

export async function getPull(state: State, call: RestCall): Promise<Reply> {
  const pull = pullOf(state, call);
  return pull ? { status: 200, body: await pullJson(state, pull) } : NOT_FOUND;
}

export async function listPulls(state: State, call: RestCall): Promise<Reply> {
  const reply = await forward(state, call);
  if (reply.status !== 200) return reply;
  const body = await Promise.all(
    reply.body.map(async (told: Json) => {
      const pull = state.repository.pulls.find(({ number }) => number === told.number);
      const full = pull ? await pullJson(state, pull) : told;
      return Object.fromEntries(Object.entries(full).filter(([name]) => name in told && !FULL_ONLY.has(name)));
    }),
  );
  // `emulate` does not know which of them were closed or pushed to since.
  const wanted = call.query.get("state") ?? "open";
  return { ...reply, body: body.filter((pull) => wanted === "all" || pull.state === wanted) };
}

export async function listFiles(state: State, call: RestCall): Promise<Reply> {
  const pull = pullOf(state, call);
  if (!pull) return NOT_FOUND;
  const { start, files } = await pullFiles(state, pull.baseSha, pull.headSha);
  const told = files.map((file) => fileJson(state, file, start, pull.headSha));
  return paged(state, call, told, state.limits.pullFiles);
}

export async function listCommits(state: State, call: RestCall): Promise<Reply> {
  const pull = pullOf(state, call);
  if (!pull) return NOT_FOUND;
  const page = paged(state, call, await pullCommits(state, pull), 250);
  return { ...page, body: await Promise.all(page.body.map((sha: string) => commitJson(state, sha))) };
}

/** The commits of a pull request, oldest first. */
export async function pullCommits(state: State, { baseSha, headSha }: Pull): Promise<readonly string[]> {
  return gitLines(state.repository.directory, "rev-list", "--reverse", headSha, `^${baseSha}`);
}

/** The pull request as it stands now: `emulate` neither follows a push nor merges in the past. */
export async function pullJson(state: State, pull: Pull): Promise<Json> {
  const told = await look(state, `/repos/${state.repository.fullName}/pulls/${pull.number}`);
  const { files } = await pullFiles(state, pull.baseSha, pull.headSha);
  const mergedAt = pull.mergedAt === undefined ? null : new Date(pull.mergedAt).toISOString().replace(".000", "");
  const head = { ...told.head, sha: pull.headSha };
  return {
    ...told,
    state: pull.closed ? "closed" : "open",
    head: pull.orphaned ? { ...head, label: head.label.replace(/.*:/, ":"), repo: null, user: null } : head,
    base: { ...told.base, ref: pull.aim ?? told.base.ref, sha: pull.baseSha },
    merged: mergedAt !== null,
    merged_at: mergedAt,
    closed_at: mergedAt ?? told.closed_at,
    merge_commit_sha: pull.mergeSha,
    mergeable: pull.closed ? null : true,
    mergeable_state: pull.closed ? "unknown" : "clean",
    rebaseable: pull.closed ? null : true,
    commits: (await pullCommits(state, pull)).length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}

export function pullOf(state: State, { operation: { params } }: RestCall): Pull | undefined {
  if (`${params["owner"]}/${params["repo"]}` !== state.repository.fullName) return undefined;
  return state.repository.pulls.find(({ number }) => String(number) === params["pull_number"]);
}

/** What only the answer for one pull request carries. */
const FULL_ONLY: ReadonlySet<string> = new Set([
  "merged",
  "mergeable",
  "rebaseable",
  "mergeable_state",
  "merged_by",
  "comments",
  "review_comments",
  "maintainer_can_modify",
  "commits",
  "additions",
  "deletions",
  "changed_files",
]);
