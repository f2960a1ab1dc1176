import { CHECK_NAME } from "../publish/checkRun.ts";
import { readCheckId } from "./checkId.ts";
import type { PullJob, SweepJob } from "../queue/job.ts";
import type { InstallationClient, World } from "./world.ts";

/** A pull request to judge, when it turns green by itself, else now. */
export interface Missed {
  readonly job: PullJob;
  readonly at?: Date | undefined;
}

interface RepositoryNode {
  readonly id: string;
  readonly name: string;
  readonly owner: { readonly login: string };
  readonly pullRequests: {
    readonly nodes: readonly PullNode[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

interface PullNode {
  readonly number: number;
  readonly commits: { readonly nodes: readonly { readonly commit: { readonly checkSuites: SuiteList | null } }[] };
}

interface SuiteList {
  readonly nodes: readonly {
    readonly checkRuns: { readonly nodes: readonly CheckNode[] } | null;
  }[];
}

interface CheckNode {
  readonly status: string;
  readonly completedAt: string | null;
  readonly externalId: string | null;
}

/** Repositories are asked so many at a time; with pages of 20 pull requests that is some 8 points of an hour's 5,000. */
const BATCH = 10;

const QUERY = `query ($ids: [ID!]!, $app: Int!, $after: String) { nodes(ids: $ids) { ... on Repository {
  id name owner { login }
  pullRequests(states: OPEN, first: 20, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { number commits(last: 1) { nodes { commit {
      checkSuites(first: 2, filterBy: { appId: $app }) { nodes {
        checkRuns(last: 20, filterBy: { checkName: "${CHECK_NAME}" }) { nodes { status completedAt externalId } } } }
    } } } }
  }
} } }`;

/**
 * Finds the open pull requests of an installation whose head has no finished check of ours - webhooks get lost, and so do
 * processes - and those that turn green by themselves.
 */
export async function sweep(world: World, { installation }: SweepJob): Promise<readonly Missed[]> {
  const client = await world.client(installation);
  const ids = await repositoryIds(client);
  const missed: Missed[] = [];
  for (let from = 0; from < ids.length; from += BATCH) {
    const repositories = await nodesOf(client, QUERY, { ids: ids.slice(from, from + BATCH), app: world.appId });
    const open: RepositoryNode[] = [...repositories];
    for (let repository = open.shift(); repository; repository = open.shift()) {
      const { id, name, owner, pullRequests } = repository;
      for (const pull of pullRequests.nodes) {
        const when = whenToJudge(pull);
        if (!when) continue;
        const job = { kind: "pull", installation, owner: owner.login, repo: name, number: pull.number } as const;
        missed.push({ job, ...(when === "now" ? {} : { at: when }) });
      }
      const { hasNextPage, endCursor: after } = pullRequests.pageInfo;
      if (hasNextPage) open.push(...(await nodesOf(client, QUERY, { ids: [id], app: world.appId, after })));
    }
  }
  return missed;
}

async function nodesOf(
  client: InstallationClient,
  query: string,
  variables: Record<string, unknown>,
): Promise<readonly RepositoryNode[]> {
  const { nodes } = (await client.graphql(query, variables).catch(partOf)) as {
    readonly nodes: readonly (RepositoryNode | null)[];
  };
  return nodes.filter((node) => node !== null);
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

/** When a pull request's head wants to be judged (again); undefined: it was, and stays so. */
function whenToJudge({ number, commits }: PullNode): Date | "now" | undefined {
  const suites = commits.nodes[0]?.commit.checkSuites?.nodes ?? [];
  const checks = suites
    .flatMap(({ checkRuns }) => checkRuns?.nodes ?? [])
    .flatMap(({ status, completedAt, externalId }) => {
      const about = readCheckId(externalId ?? "");
      return about?.kind === "pull" && about.number === number ? [{ status, completedAt, about }] : [];
    })
    .toSorted((a, b) => (b.completedAt ?? "").localeCompare(a.completedAt ?? ""));
  // Whoever is at one that is not completed does it once more, and nobody may be: a process can end at any time.
  if (checks.some(({ status }) => status !== "COMPLETED")) return "now";
  return checks[0] ? checks[0].about.again : "now";
}
