import type { Failure } from "../github/failure.ts";
import type { Target } from "../queue/job.ts";
import type { InstallationClient } from "./world.ts";

/** GitHub answers a query that names so many. */
const BATCH = 100;

interface Answer {
  readonly repository: Readonly<Record<string, { readonly state: string; readonly headRefOid: string } | null>>;
}

/** The heads of those of some pull requests that are open, by their numbers, as GraphQL knows them. */
export async function headsOf(
  client: InstallationClient,
  { owner, repo }: Pick<Target, "owner" | "repo">,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const heads = new Map<number, string>();
  for (let from = 0; from < numbers.length; from += BATCH) {
    const batch = numbers.slice(from, from + BATCH);
    const fields = batch.map((number) => `p${number}: pullRequest(number: ${number}) { state headRefOid }`);
    const query = `query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) {\n${fields.join("\n")}\n} }`;
    const { repository } = (await client.graphql(query, { owner, repo }).catch(withoutMissing)) as Answer;
    for (const number of batch) {
      const pull = repository[`p${number}`];
      if (pull?.state === "OPEN") heads.set(number, pull.headRefOid);
    }
  }
  return heads;
}

/** A pull request that is not there is null, and an error beside all others. */
function withoutMissing(error: Failure): unknown {
  const { data, errors } = error as { readonly data?: { readonly repository?: unknown } | null } & Failure;
  if (!data?.repository || !errors?.every(({ type }) => type === "NOT_FOUND")) throw error;
  return data;
}
