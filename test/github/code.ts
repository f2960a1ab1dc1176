import { type ChangedFile, changedFiles, mergeBase } from "./diff.ts";
import { API, type Json, SITE } from "./emulated.ts";
import { gitLines } from "./git.ts";
import { forward, look, paged } from "./rest.ts";
import { type Reply, type RestCall, type State } from "./state.ts";

/** Compare: `emulate` finds the commits, git the files. */
export async function compare(state: State, call: RestCall): Promise<Reply> {
  const reply = await forward(state, await withForkResolved(state, call));
  if (reply.status !== 200) return reply;
  const head = reply.body.commits.at(-1)?.sha ?? reply.body.base_commit.sha;
  const start: string = reply.body.merge_base_commit.sha;
  // The list of commits may be cut or on another page: the head is what was asked for.
  const asked = call.operation.params["basehead"]?.split("...")[1] ?? "";
  const tip = /^[0-9a-f]{40}$/.test(asked) ? asked : head;
  const isFirstPage = Number(call.query.get("page") ?? 1) === 1;
  const files = isFirstPage ? await changedFiles(state.repository.directory, start, tip) : [];
  const told = files.slice(0, state.limits.compareFiles).map((file) => fileJson(state, file, start, tip));
  return { ...reply, body: { ...reply.body, files: told } };
}

/** A commit with what it changes against its first parent. */
export async function commit(state: State, call: RestCall): Promise<Reply> {
  const reply = await forward(state, call);
  if (reply.status !== 200) return reply;
  const { sha, parents } = reply.body;
  const start = parents[0]?.sha ?? EMPTY_TREE;
  const files = await changedFiles(state.repository.directory, start, sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  const query = new URLSearchParams({ per_page: "300", ...Object.fromEntries(call.query) });
  const told = files.map((file) => fileJson(state, file, start, sha));
  const page = paged(state, { ...call, query }, told, state.limits.pullFiles);
  const stats = { total: additions + deletions, additions, deletions };
  return { ...reply, headers: page.headers ?? {}, body: { ...reply.body, stats, files: page.body } };
}

/** Commits; those of a path as `git log` finds them, which passes by merges that change nothing. */
export async function commits(state: State, call: RestCall): Promise<Reply> {
  const path = call.query.get("path");
  if (path === null) return forward(state, call);
  const start = call.query.get("sha") ?? "main";
  const shas = await gitLines(state.repository.directory, "log", "--format=%H", start, "--", `:(literal)${path}`);
  const page = paged(state, call, shas);
  const body = await Promise.all(page.body.map((sha: string) => commitJson(state, sha)));
  return { ...page, body };
}

export async function commitJson(state: State, sha: string): Promise<Json> {
  const { stats: _, files: __, ...rest } = await look(state, `/repos/${state.repository.fullName}/commits/${sha}`);
  return rest;
}

/** A tree in git's order, cut where GitHub cuts it. */
export async function tree(state: State, call: RestCall): Promise<Reply> {
  const reply = await forward(state, call);
  if (reply.status !== 200) return reply;
  const { fullName } = state.repository;
  const entries: Json[] = reply.body.tree.map((entry: Json) => ({ ...entry, url: objectUrl(fullName, entry) }));
  for (const entry of entries) if (entry.type === "commit") delete entry.url;
  const sorted = entries.toSorted((a, b) => Buffer.compare(Buffer.from(orderOf(a)), Buffer.from(orderOf(b))));
  const kept = sorted.slice(0, state.limits.treeEntries);
  return { ...reply, body: { ...reply.body, tree: kept, truncated: kept.length < sorted.length } };
}

/** A blob in Base64 with GitHub's line ends, or as it is. */
export async function blob(state: State, call: RestCall): Promise<Reply> {
  const reply = await forward(state, call);
  if (reply.status !== 200) return reply;
  const bytes = Buffer.from(reply.body.content, "base64");
  if (/\braw\b/.test(String(call.headers["accept"]))) return { status: 200, bytes };
  const content = bytes.toString("base64").replace(/.{60}/g, "$&\n");
  return {
    ...reply,
    body: { ...reply.body, content: content === "" || content.endsWith("\n") ? content : `${content}\n` },
  };
}

export async function branch(state: State, call: RestCall): Promise<Reply> {
  const reply = await forward(state, call);
  if (reply.status !== 200) return reply;
  const { owner, repo } = call.operation.params;
  const { name, commit: tip } = reply.body;
  const self = `${API}/repos/${owner}/${repo}/branches/${name}`;
  const links = { self, html: `${SITE}/${owner}/${repo}/tree/${name}` };
  const full = await look(state, `/repos/${owner}/${repo}/commits/${tip.sha}`);
  const protection = { enabled: false, required_status_checks: { enforcement_level: "off", contexts: [], checks: [] } };
  return { ...reply, body: { ...reply.body, commit: full, _links: links, protection } };
}

export async function repository(state: State, call: RestCall): Promise<Reply> {
  const reply = await forward(state, call);
  return reply.status === 200 ? { ...reply, body: { ...reply.body, network_count: 0, subscribers_count: 0 } } : reply;
}

/** A changed file as compare, commits and pull requests tell it. */
export function fileJson(state: State, file: ChangedFile, base: string, head: string): Json {
  const { fullName } = state.repository;
  const path = file.filename.split("/").map(encodeURIComponent).join("/");
  const commit = file.status === "removed" ? base : head;
  const isShort = (file.patch?.split("\n").length ?? 0) <= state.limits.patchLines;
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${SITE}/${fullName}/blob/${commit}/${path}`,
    raw_url: `${SITE}/${fullName}/raw/${commit}/${path}`,
    contents_url: `${API}/repos/${fullName}/contents/${path}?ref=${commit}`,
    ...(file.patch !== undefined && isShort ? { patch: file.patch } : {}),
    ...(file.previous === undefined ? {} : { previous_filename: file.previous }),
  };
}

/** What a pull request changes at one of its commits, from where it left main. */
export async function pullFiles(
  state: State,
  baseSha: string,
  head: string,
): Promise<{ readonly start: string; readonly files: readonly ChangedFile[] }> {
  const { directory } = state.repository;
  const start = await mergeBase(directory, baseSha, head);
  return { start, files: await changedFiles(directory, start, head) };
}

/** `owner:branch` means a branch of that owner's fork; its objects lie here as well. */
async function withForkResolved(state: State, call: RestCall): Promise<RestCall> {
  const basehead = call.operation.params["basehead"] ?? "";
  const sides = await Promise.all(
    basehead.split("...").map(async (side) => {
      const [owner, name] = side.split(":");
      if (name === undefined) return side;
      const fork = `/repos/${owner}/${state.repository.fullName.split("/")[1]}`;
      return (await look(state, `${fork}/git/ref/heads/${name}`)).object.sha;
    }),
  );
  const { owner, repo } = call.operation.params;
  return { ...call, path: `/repos/${owner}/${repo}/compare/${sides.join("...")}` };
}

function objectUrl(fullName: string, { type, sha }: Json): string {
  return `${API}/repos/${fullName}/git/${type}s/${sha}`;
}

function orderOf({ path, type }: Json): string {
  return type === "tree" ? `${path}/` : path;
}

const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
