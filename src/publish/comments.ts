import type { Client, PullId } from "./client.ts";
import { type Existing, isMarked } from "./reconcile.ts";
import { BadAnswer } from "./refusal.ts";
import { isSummary } from "./summaryMark.ts";

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
  /** The oldest first. */
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
  readonly comments: { readonly totalCount: number; readonly nodes: readonly (CommentNode | null)[] };
}

interface Page<T> {
  readonly nodes: readonly (T | null)[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

interface Answer {
  readonly repository: {
    readonly pullRequest: {
      readonly headRefOid: string;
      readonly state: string;
      readonly comments: Page<CommentNode>;
      readonly reviewThreads: Page<ThreadNode>;
    } | null;
  } | null;
}

const COMMENT = "id databaseId body url isMinimized viewerDidAuthor";
const PAGE = "pageInfo { hasNextPage endCursor }";
const QUERY = `query ($owner: String!, $repo: String!, $number: Int!, $comments: String, $threads: String) {
  repository(owner: $owner, name: $repo) { pullRequest(number: $number) {
    headRefOid state
    comments(first: 100, after: $comments) { ${PAGE} nodes { ${COMMENT} } }
    reviewThreads(first: 100, after: $threads) { ${PAGE} nodes {
      path line startLine isOutdated comments(first: 1) { totalCount nodes { ${COMMENT} } } } }
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
    const { owner, repo, number } = pull;
    const answer = (await client.graphql(QUERY, { owner, repo, number, ...after })) as Answer | null | undefined;
    const told = answer?.repository?.pullRequest;
    if (!told) throw new BadAnswer("pull request");
    for (const comment of told.comments.nodes)
      if (comment?.viewerDidAuthor && isSummary(comment.body))
        summaries.set(comment.databaseId, { number: comment.databaseId, body: comment.body, url: comment.url });
    for (const thread of told.reviewThreads.nodes) {
      const comment = thread?.comments.nodes[0];
      if (thread && comment?.viewerDidAuthor && isMarked(comment.body))
        comments.set(comment.databaseId, existingOf(comment, thread));
    }
    const isMore = told.comments.pageInfo.hasNextPage || told.reviewThreads.pageInfo.hasNextPage;
    if (!isMore || page === MOST_PAGES)
      return {
        headSha: told.headRefOid,
        isOpen: told.state === "OPEN",
        summaries: [...summaries.values()].toSorted((a, b) => a.number - b.number),
        comments: [...comments.values()],
      };
    after.comments = told.comments.pageInfo.endCursor ?? after.comments;
    after.threads = told.reviewThreads.pageInfo.endCursor ?? after.threads;
  }
}

function existingOf(
  { id, databaseId: number, body, isMinimized: isHidden }: CommentNode,
  { path, line, startLine, isOutdated, comments: { totalCount } }: ThreadNode,
): Existing {
  const lines = { line: line ?? undefined, startLine: startLine ?? undefined };
  return { id, number, body, path, ...lines, isOutdated, isHidden, hasReplies: totalCount > 1 };
}
