import { checksAt } from "./checks.ts";
import { pullFiles } from "./code.ts";
import { connection } from "./connection.ts";
import { type Json, SITE } from "./emulated.ts";
import { pullCommits, pullJson } from "./pulls.ts";
import { look } from "./rest.ts";
import { commentIds, commentJson, standing } from "./reviews.ts";
import { forbidden } from "./refused.ts";
import { may, type State, type Token } from "./state.ts";
import type { Pull } from "./storyRepository.ts";

export async function pullNode(state: State, token: Token, pull: Pull): Promise<Json> {
  const told = await pullJson(state, pull);
  return {
    __typename: "PullRequest",
    id: told.node_id,
    databaseId: told.id,
    number: pull.number,
    title: told.title,
    url: told.html_url,
    state: told.merged ? "MERGED" : told.state.toUpperCase(),
    merged: told.merged,
    mergedAt: told.merged_at,
    closed: told.state === "closed",
    closedAt: told.closed_at,
    isDraft: told.draft,
    isCrossRepository: pull.repository !== state.repository.fullName,
    baseRefName: told.base.ref,
    baseRefOid: told.base.sha,
    headRefName: told.head.ref,
    headRefOid: pull.headBefore ?? told.head.sha,
    mergeCommit: told.merged ? { __typename: "Commit", oid: pull.mergeSha } : null,
    changedFiles: told.changed_files,
    author: actor(told.user),
    commits: async (args: Json) =>
      connection("commits", await pullCommits(state, pull), args, (oid) => ({ commit: commitNode(state, token, oid) })),
    files: async (args: Json) => {
      const { files } = await pullFiles(state, pull.baseSha, pull.headSha);
      return connection("files", files.slice(0, state.limits.pullFiles), args, (file) => ({
        path: file.filename,
        additions: file.additions,
        deletions: file.deletions,
        changeType: file.status === "removed" ? "DELETED" : file.status.toUpperCase(),
      }));
    },
    comments: async (args: Json) => {
      const comments = await look(
        state,
        `/repos/${state.repository.fullName}/issues/${pull.number}/comments?per_page=100`,
      );
      return connection("comments", comments, args, (comment) => commentNode(state, token, comment));
    },
    reviewThreads: async (args: Json) => {
      const first = commentIds(state, pull).filter((id) => state.places.get(id)?.answers === undefined);
      return connection("reviewThreads", first, args, (id) => threadNode(state, token, pull, id));
    },
    reviews: async (args: Json) => {
      const reviews = await look(
        state,
        `/repos/${state.repository.fullName}/pulls/${pull.number}/reviews?per_page=100`,
      );
      return connection("reviews", reviews, args, (review: Json) => ({
        __typename: "PullRequestReview",
        id: review.node_id,
        databaseId: review.id,
        body: review.body,
        state: review.state,
        author: actor(review.user),
        url: review.html_url,
      }));
    },
  };
}

/** A commit with the checks of one app on it. */
export function commitNode(state: State, token: Token, oid: string): Json {
  return {
    __typename: "Commit",
    oid,
    checkSuites: async ({ filterBy, ...args }: Json) => {
      if (!may(token, "read", "checks")) throw forbidden();
      const runs = (await checksAt(state, oid)).filter((run) => run.app?.id === filterBy?.appId);
      const suites = runs.length > 0 ? [runs] : [];
      return connection("checkSuites", suites, args, (own) => ({
        __typename: "CheckSuite",
        checkRuns: ({ filterBy: runsBy, ...page }: Json) =>
          connection(
            "checkRuns",
            own.filter((run) => runsBy?.checkName === undefined || run.name === runsBy.checkName).toReversed(),
            page,
            checkNode,
          ),
      }));
    },
  };
}

function checkNode(run: Json): Json {
  return {
    __typename: "CheckRun",
    id: run.node_id,
    databaseId: run.id,
    name: run.name,
    status: run.status.toUpperCase(),
    conclusion: run.conclusion?.toUpperCase() ?? null,
    startedAt: run.started_at,
    completedAt: run.completed_at,
    externalId: run.external_id,
  };
}

/** The thread that a review comment began. */
export async function threadNode(state: State, token: Token, pull: Pull, first: number): Promise<Json> {
  const place = state.places.get(first);
  if (!place) throw new Error(`No thread ${first}.`);
  const now = await standing(state, pull, place);
  const ids = commentIds(state, pull).filter((id) => id === first || state.places.get(id)?.answers === first);
  return {
    __typename: "PullRequestReviewThread",
    id: threadId(first),
    isResolved: state.resolved.has(threadId(first)),
    isOutdated: now === null,
    isCollapsed: now === null || state.resolved.has(threadId(first)),
    path: place.path,
    line: now?.line ?? null,
    startLine: now?.startLine ?? null,
    originalLine: place.line,
    originalStartLine: place.startLine,
    diffSide: place.side,
    startDiffSide: place.startSide,
    subjectType: place.subject.toUpperCase(),
    comments: async (args: Json) =>
      connection("comments", ids, args, async (id) => {
        const told = await commentJson(state, pull, id);
        return { ...commentNode(state, token, told), outdated: now === null, path: place.path, line: told.line };
      }),
  };
}

export function threadId(first: number): string {
  return `PRRT_${first}`;
}

/** A comment on the pull request or its diff, from what REST tells of it. */
export function commentNode(state: State, token: Token, told: Json): Json {
  return {
    __typename: told.issue_url ? "IssueComment" : "PullRequestReviewComment",
    id: told.node_id,
    databaseId: told.id,
    fullDatabaseId: String(told.id),
    body: told.body,
    author: actor(told.user),
    createdAt: told.created_at,
    updatedAt: told.updated_at,
    url: told.html_url,
    isMinimized: state.minimized.has(told.node_id),
    minimizedReason: state.minimized.get(told.node_id) ?? null,
    viewerDidAuthor: told.user?.login === token.login,
    viewerCanMinimize: true,
  };
}

/** GraphQL's logins of bots are without the "[bot]" of REST. */
function actor(user: Json): Json {
  if (!user) return null;
  const login = user.login.replace("[bot]", "");
  const kind = user.type === "Bot" ? "Bot" : "User";
  const page = kind === "Bot" ? `/apps/${login}` : `/${login}`;
  return {
    __typename: kind,
    id: user.node_id,
    databaseId: user.id,
    login,
    url: SITE + page,
    resourcePath: page,
    avatarUrl: user.avatar_url,
  };
}
