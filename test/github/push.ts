import type { Json } from "./emulated.ts";
import { forward, look } from "./rest.ts";
import type { Reply, RestCall, State } from "./state.ts";
import { AUTHOR, type Entry } from "./storyRepository.ts";

/** When commits are made over the API. */
const AT = "2026-06-01T13:30:00Z";

/** Whether the token may is asked before; `emulate` knows no apps. */
export async function asOwner(state: State, call: RestCall): Promise<Reply> {
  const [login = ""] = state.repository.fullName.split("/");
  return forward(state, { ...call, token: { ...call.token, login } });
}

/** By the story's author, so that git can be told of it in the same words. */
export async function makeCommit(state: State, call: RestCall): Promise<Reply> {
  const who = { ...AUTHOR, date: AT };
  return asOwner(state, { ...call, body: { ...call.body, author: who, committer: who } });
}

/** Where a branch stands; `emulate` leaves its name in the address as it is. */
export async function getRef(state: State, call: RestCall): Promise<Reply> {
  return addressed(await forward(state, call));
}

function addressed(reply: Reply): Reply {
  if (reply.status !== 200) return reply;
  const { url, ...body } = reply.body;
  return { ...reply, body: { ...body, url: encodeURI(url).replaceAll("#", "%23") } };
}

/** Moves a branch; where it is the topic's, the pull request's head moves. */
export async function moveRef(state: State, call: RestCall): Promise<Reply> {
  const reply = addressed(await asOwner(state, call));
  const { repository } = state;
  if (reply.status !== 200 || call.operation.params["ref"] !== `heads/${repository.openPull.branch}`) return reply;
  const git = `/repos/${repository.fullName}/git`;
  const made = await look(state, `${git}/commits/${call.body.sha}`);
  const parents = made.parents.map(({ sha }: Json) => sha);
  const known = repository.commit(parents[0]).entries;
  const { tree } = await look(state, `${git}/trees/${made.tree.sha}?recursive=1`);
  const entries = new Map<string, Entry>();
  for (const { path, mode, sha, type } of tree) {
    if (type === "tree") continue;
    const old = known.get(path);
    const bytes = async (): Promise<Buffer> =>
      Buffer.from((await look(state, `${git}/blobs/${sha}`)).content, "base64");
    entries.set(path, old && old.sha === sha ? { ...old, mode } : { mode, sha, bytes: await bytes() });
  }
  const message = made.message.replace(/\n$/, "");
  const adopted = await repository.adopt({ parents, message, authoredAt: AT, committedAt: AT, entries });
  if (adopted !== call.body.sha) state.report(`git made ${adopted} of the commit ${call.body.sha}`);
  return reply;
}
