import { type Json, SITE } from "./emulated.ts";
import { connection } from "./connection.ts";
import { codeOf } from "./graphqlCode.ts";
import { commentNode, commitNode, pullNode, threadId, threadNode } from "./graphqlPulls.ts";
import { forbidden, notFound } from "./refused.ts";
import { look } from "./rest.ts";
import { may, type State, type Token } from "./state.ts";
import type { Pull } from "./storyRepository.ts";

/** What queries and mutations begin with. */
export function roots(state: State, token: Token): Json {
  return {
    viewer: () => ({ __typename: "User", login: token.login, id: "U_viewer", databaseId: 1 }),
    rateLimit: () => ({
      limit: 1000,
      cost: 1,
      nodeCount: 1,
      remaining: 999,
      used: 1,
      resetAt: new Date(Date.now() + 3_600_000).toISOString(),
    }),
    node: ({ id }: Json) => nodeOf(state, token, id),
    // One that is not there is null, and an error of its own.
    nodes: ({ ids }: Json) => ids.map((id: string) => nodeOf(state, token, id)),
    repository: ({ owner, name }: Json) => {
      const fullName = `${owner}/${name}`;
      if (fullName !== state.repository.fullName) {
        throw notFound(`a Repository with the name '${fullName}'`);
      }
      return repositoryNode(state, token);
    },
    minimizeComment: async ({ input }: Json) => {
      const known = await commentOf(state, token, input.subjectId);
      state.minimized.set(input.subjectId, input.classifier.toLowerCase().replace("_", "-"));
      return minimized(state, token, input, known);
    },
    unminimizeComment: async ({ input }: Json) => {
      const known = await commentOf(state, token, input.subjectId);
      state.minimized.delete(input.subjectId);
      return minimized(state, token, input, known);
    },
    resolveReviewThread: ({ input }: Json) => turn(state, token, input, true),
    unresolveReviewThread: ({ input }: Json) => turn(state, token, input, false),
  };
}

async function repositoryNode(state: State, token: Token): Promise<Json> {
  const { fullName } = state.repository;
  const told = await look(state, `/repos/${fullName}`);
  return {
    __typename: "Repository",
    id: told.node_id,
    databaseId: told.id,
    name: told.name,
    nameWithOwner: fullName,
    url: `${SITE}/${fullName}`,
    isPrivate: told.private,
    isFork: told.fork,
    owner: { __typename: "User", login: told.owner.login, id: told.owner.node_id },
    ...codeOf(state, token),
    mergeQueue: () => {
      if (!may(token, "read", "merge_queues")) throw forbidden();
      const { queued } = state.repository;
      return queued.length === 0
        ? null
        : {
            __typename: "MergeQueue",
            entries: (args: Json) =>
              connection("entries", queued, args, ({ base, head }) => ({
                __typename: "MergeQueueEntry",
                state: "AWAITING_CHECKS",
                baseCommit: commitNode(state, token, base),
                headCommit: commitNode(state, token, head),
              })),
          };
    },
    pullRequest: ({ number }: Json) => {
      if (!may(token, "read", "pull_requests")) throw forbidden();
      const pull = state.repository.pulls.find((each) => each.number === number);
      if (!pull) throw notFound(`a PullRequest with the number of ${number}`);
      return pullNode(state, token, pull);
    },
    pullRequests: ({ states, ...args }: Json) => {
      if (!may(token, "read", "pull_requests")) throw forbidden();
      const isWanted = (pull: Pull): boolean => !states || states.includes(pull.closed ? "MERGED" : "OPEN");
      return connection("pullRequests", state.repository.pulls.filter(isWanted), args, (pull) =>
        pullNode(state, token, pull),
      );
    },
  };
}

function minimized(state: State, token: Token, { clientMutationId = null }: Json, told: Json): Json {
  const comment = commentNode(state, token, told);
  return { clientMutationId, minimizedComment: comment, unminimizedComment: comment };
}

/** The comment that a mutation names, for those who may write. */
async function commentOf(state: State, token: Token, id: string): Promise<Json> {
  const comment = await nodeOf(state, token, id);
  if (!may(token, "write", "pull_requests", "issues")) throw forbidden();
  return comment.told;
}

async function nodeOf(state: State, token: Token, id: string): Promise<Json> {
  const repository = await repositoryNode(state, token);
  if (repository.id === id) return repository;
  const [, kind, number] =
    /^0:(IssueComment|PullRequestReviewComment)(\d+)$/.exec(Buffer.from(id, "base64").toString()) ?? [];
  const folder = kind === "IssueComment" ? "issues" : "pulls";
  const told =
    kind &&
    (await look(state, `/repos/${state.repository.fullName}/${folder}/comments/${number}`).catch(() => undefined));
  if (!told) throw notFound(`a node with the global id of '${id}'`);
  return { ...commentNode(state, token, told), told };
}

function turn(state: State, token: Token, input: Json, resolved: boolean): Json {
  const first = [...state.places.keys()].find((id) => threadId(id) === input.threadId);
  if (first === undefined) throw notFound(`a node with the global id of '${input.threadId}'`);
  // Other than for comments, `pull_requests: write` is not enough.
  if (!may(token, "write", "contents")) throw forbidden();
  if (resolved) state.resolved.add(input.threadId);
  else state.resolved.delete(input.threadId);
  const { clientMutationId = null } = input;
  return { clientMutationId, thread: () => threadNode(state, token, state.repository.openPull, first) };
}
