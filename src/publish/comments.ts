import type { getOctokit } from "@actions/github";
import type { Existing } from "./reconcile.ts";

/** GitHub's client as the Action has it. */
export type Client = ReturnType<typeof getOctokit>;

/** Which pull request. */
export interface PullId {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}

/** The comment that stays current. */
export interface ExistingSummary {
  readonly number: number;
  readonly body: string;
  readonly url: string;
}

/** A pull request as it stands now, with the comments that this token wrote. */
export interface Standing {
  readonly headSha: string;
  readonly isOpen: boolean;
  readonly summaries: readonly ExistingSummary[];
  readonly comments: readonly Existing[];
}

interface CommentNode {
  readonly id: string;
  readonly databaseId: number;
  readonly body: string;
  readonly url: string;
  readonly isMinimized: boolean;
  readonly viewerDidAuthor: boolean;
}

interface ThreadNode {
  readonly path: string;
  readonly line: number | null;
  readonly startLine: number | null;
  readonly isOutdated: boolean;
  readonly comments: { readonly nodes: readonly CommentNode[] };
}

interface Page<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Answer {
  readonly repository: {
    readonly pullRequest: {
      readonly headRefOid: string;
      readonly state: string;
      readonly comments: Page<CommentNode>;
      readonly reviewThreads: Page<ThreadNode>;
    };
  };
}

const COMMENT = "id databaseId body url isMinimized viewerDidAuthor";
const PAGE = "pageInfo { hasNextPage endCursor }";
const QUERY = `query ($owner: String!, $repo: String!, $number: Int!, $comments: String, $threads: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
    headRefOid state
    comments(first: 100, after: $comments) { ${PAGE} nodes { ${COMMENT} } }
    reviewThreads(first: 100, after: $threads) { ${PAGE} nodes {
      path line startLine isOutdated comments(first: 1) { nodes { ${COMMENT} } } } }
  } }
}`;

/** Beyond this a pull request has more comments than anybody reads: 5,000. */
const MOST_PAGES = 50;

/** Reads the pull request and what this token wrote on it, for both kinds of comments at once. */
export async function standing(client: Client, pull: PullId): Promise<Standing> {
  const summaries = new Map<number, ExistingSummary>();
  const comments = new Map<number, Existing>();
  const after: { comments: string | null; threads: string | null } = { comments: null, threads: null };
  for (let page = 1; ; page++) {
    const { repository }: Answer = await client.graphql<Answer>(QUERY, {
      owner: pull.owner,
      repo: pull.repo,
      number: pull.number,
      ...after,
    });
    const told = repository.pullRequest;
    for (const { databaseId: number, body, url, viewerDidAuthor } of told.comments.nodes)
      if (viewerDidAuthor) summaries.set(number, { number, body, url });
    for (const thread of told.reviewThreads.nodes) {
      const [comment] = thread.comments.nodes;
      if (comment?.viewerDidAuthor) comments.set(comment.databaseId, existingOf(comment, thread));
    }
    const isMore = told.comments.pageInfo.hasNextPage || told.reviewThreads.pageInfo.hasNextPage;
    if (!isMore || page === MOST_PAGES)
      return {
        headSha: told.headRefOid,
        isOpen: told.state === "OPEN",
        summaries: [...summaries.values()],
        comments: [...comments.values()],
      };
    after.comments = told.comments.pageInfo.endCursor ?? after.comments;
    after.threads = told.reviewThreads.pageInfo.endCursor ?? after.threads;
  }
}

function existingOf(
  { id, databaseId: number, body, isMinimized: isHidden }: CommentNode,
  { path, line, startLine, isOutdated }: ThreadNode,
): Existing {
  return { id, number, body, path, line: line ?? undefined, startLine: startLine ?? undefined, isOutdated, isHidden };
}
