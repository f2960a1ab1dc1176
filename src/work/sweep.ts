import { type Failure, isPassing } from "../github/failure.ts";
import { CHECK_NAME, MOST_CHECKS } from "../publish/checkRun.ts";
import { type CheckId, readCheckId } from "./checkId.ts";
import type { MergeGroupJob, PullJob, SweepJob } from "../queue/job.ts";
import type { InstallationClient, World } from "./world.ts";

/** A pull request to judge, when it turns green by itself, else now; or a merge group. */
export interface Missed {
  readonly job: PullJob | MergeGroupJob;
  readonly at?: Date | undefined;
}

interface RepositoryNode {
  readonly id: string;
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly defaultBranchRef: { readonly name: string } | null;
  readonly mergeQueue?: { readonly entries: { readonly nodes: readonly EntryNode[] } } | null;
  readonly pullRequests: {
    readonly nodes: readonly PullNode[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface PullNode {
  readonly number: number;
  readonly commits: { readonly nodes: readonly { readonly commit: CommitNode }[] };
}

interface EntryNode {
  readonly state: string;
  readonly headCommit: (CommitNode & { readonly oid: string }) | null;
  readonly baseCommit: { readonly oid: string } | null;
}

interface CommitNode {
  readonly checkSuites: {
    readonly nodes: readonly {
      readonly checkRuns: { readonly totalCount: number; readonly nodes: readonly CheckNode[] } | null;
    }[];
  } | null;
}

interface CheckNode {
  readonly status: string;
  readonly conclusion: string | null;
  readonly completedAt: string | null;
  readonly externalId: string | null;
}

/** A check of ours. */
interface Seen extends Omit<CheckNode, "externalId"> {
  readonly about: CheckId;
}

/** Repositories are asked so many at a time; with pages of 20 pull requests that is some 11 points of an hour's 5,000. */
const BATCH = 10;

const CHECKS = `checkSuites(first: 2, filterBy: { appId: $app }) { nodes {
  checkRuns(last: 100, filterBy: { checkName: "${CHECK_NAME}" }) { totalCount nodes { status conclusion completedAt externalId } } } }`;

/** Only the default branch's: of any other the name would have to be known. */
const QUEUE = `defaultBranchRef { name }
  mergeQueue { entries(first: 10) { nodes { state baseCommit { oid } headCommit { oid ${CHECKS} } } } }`;

const PULLS = `pullRequests(states: OPEN, first: 20, after: $after) {
  pageInfo { hasNextPage endCursor } nodes { number commits(last: 1) { nodes { commit { ${CHECKS} } } } } }`;

function queryOf(queue: string): string {
  return `query ($ids: [ID!]!, $app: Int!, $after: String) { nodes(ids: $ids) { ... on Repository {
    id name owner { login } ${queue} ${PULLS} } } }`;
}

/**
 * Finds the open pull requests of an installation whose head has no finished check of ours - webhooks get lost, and so do
 * processes - or whose red check another one's green hides, and those that turn green by themselves; and what waits in the merge
 * queues without a check.
 */
export async function sweep(world: World, { installation }: SweepJob): Promise<readonly Missed[]> {
  const client = await world.client(installation);
  const ask = asker(world, client);
  const ids = await repositoryIds(client);
  const missed: Missed[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const open = [...(await ask(ids.slice(from, from + BATCH)))];
    for (let repository = open.shift(); repository; repository = open.shift()) {
      const { id, name, owner, pullRequests } = repository;
      const target = { installation, owner: owner.login, repo: name };
      for (const pull of pullRequests.nodes) {
        const when = whenToJudge(pull);
        if (!when) continue;
        const job = { kind: "pull", ...target, number: pull.number } as const;
        missed.push({ job, ...(when === "now" ? {} : { at: when }) });
      }
      for (const group of groupsOf(repository)) missed.push({ job: { kind: "merge-group", ...target, ...group } });
      const { hasNextPage, endCursor: after } = pullRequests.pageInfo;
      if (hasNextPage) open.push(...(await ask([id], after)));
    }
  }
  return missed;
}

type Ask = (ids: readonly string[], after?: string | null) => Promise<readonly RepositoryNode[]>;

function asker({ appId: app, log }: World, client: InstallationClient): Ask {
  let query = queryOf(QUEUE);
  const ask: Ask = async (ids, after) => {
    try {
      const answer = (await client.graphql(query, { ids, app, after }).catch(partOf)) as {
        readonly nodes: readonly (RepositoryNode | null)[];
      };
      return answer.nodes.filter((node) => node !== null);
    } catch (error) {
      // An older GitHub Enterprise Server has no merge queues.
      if (query !== queryOf("") && /\bmergeQueue\b/.test((error as Failure).message ?? "")) {
        query = queryOf("");
        return ask(ids, after);
      }
      if (ids.length < 2 || !isPassing(error as Failure)) throw error;
      return eachOf(ids);
    }
  };
  /** What GitHub gives up for ten may do for each; one that is too much by itself must not hide all others. */
  const eachOf = async (ids: readonly string[]): Promise<readonly RepositoryNode[]> => {
    const found: RepositoryNode[] = [];
    let failed = 0;
    for (const id of ids) {
      const nodes = await ask([id]).catch((error: unknown) => {
        if (++failed === ids.length || failed > 1 + found.length) throw error;
        log.warn({ err: error, id }, "A repository was left out of a sweep.");
        return [];
      });
      found.push(...nodes);
    }
    return found;
  };
  return ask;
}

/** One repository that does not show itself must not hide all others. */
function partOf(error: { readonly data?: { readonly nodes?: unknown } | null }): unknown {
  if (!Array.isArray(error.data?.nodes)) throw error;
  return error.data;
}

async function repositoryIds(client: InstallationClient): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let page = 1; ; page++) {
    const { data } = await client.request("GET /installation/repositories", { per_page: 100, page });
    const { repositories } = data as { readonly repositories: readonly { node_id: string; archived: boolean }[] };
    ids.push(...repositories.filter(({ archived }) => !archived).map(({ node_id }) => node_id));
    if (repositories.length < 100) return ids;
  }
}

/** What waits in the merge queue and was not judged, or not to the end. */
function groupsOf({
  defaultBranchRef,
  mergeQueue,
}: RepositoryNode): readonly Pick<MergeGroupJob, "base" | "head" | "branch">[] {
  return (mergeQueue?.entries.nodes ?? []).flatMap(({ state, headCommit, baseCommit }) => {
    if (state !== "AWAITING_CHECKS" || !headCommit || !baseCommit) return [];
    const base = baseCommit.oid;
    const own = checksOn(headCommit).filter(({ about }) => about.kind === "merge-group" && about.base === base);
    if (own.some(({ status }) => status === "COMPLETED")) return [];
    return [{ base, head: headCommit.oid, ...(defaultBranchRef ? { branch: defaultBranchRef.name } : {}) }];
  });
}

/** When a pull request's head wants to be judged (again); undefined: it was, and stays so. */
function whenToJudge({ number, commits }: PullNode): Date | "now" | undefined {
  const commit = commits.nodes[0]?.commit;
  // Checks that the App may not see, it may not write either: nothing would ever stand there.
  if (commit?.checkSuites === null) return undefined;
  const checks = commit ? checksOn(commit) : [];
  const own = checks.filter(({ about }) => about.kind === "pull" && about.number === number);
  // Whoever is at one that is not completed does it once more, and nobody may be: a process can end at any time.
  if (own.some(({ status }) => status !== "COMPLETED")) return "now";
  const newest = latestOf(own);
  if (newest?.about.kind !== "pull") return isFull(commit) ? undefined : "now";
  const { found, accepted, again } = newest.about;
  const isHidden = [checks.at(-1), latestOf(checks)].some(
    (each) => each?.conclusion === "SUCCESS" && !own.includes(each),
  );
  return isHidden && found !== "" && !accepted ? "now" : again;
}

/** The one that ended last. */
function latestOf(checks: readonly Seen[]): Seen | undefined {
  return checks.toSorted((a, b) => (b.completedAt ?? "").localeCompare(a.completedAt ?? ""))[0];
}

/** Whether there are so many checks of ours that another one would only be one more that fails. */
function isFull(commit: CommitNode | undefined): boolean {
  const suites = commit?.checkSuites?.nodes ?? [];
  return suites.some(({ checkRuns }) => (checkRuns?.totalCount ?? 0) >= MOST_CHECKS);
}

/** Those of ours that say what they are about, newest last. */
function checksOn({ checkSuites }: CommitNode): readonly Seen[] {
  const runs = (checkSuites?.nodes ?? []).flatMap(({ checkRuns }) => checkRuns?.nodes ?? []);
  return runs.flatMap(({ externalId, ...run }) => {
    const about = readCheckId(externalId ?? "");
    return about ? [{ ...run, about }] : [];
  });
}
