import { type ChangedFile, changedFiles, mergeBase } from "./diff.ts";
import { API, type Json, SITE } from "./emulated.ts";
import { gitLines } from "./git.ts";
import { forward, look, paged } from "./rest.ts";
import { NOT_FOUND, type PullFiles, refusal, type Reply, type RestCall, type State } from "./state.ts";

/** Compare by git: `emulate` takes seconds for thousands of files, and tells no rename that changes a line. */
export async function compare(state: State, call: RestCall): Promise<Reply> {
  const { directory, fullName } = state.repository;
  const basehead = call.operation.params["basehead"] ?? "";
  const sides = await Promise.all(basehead.split("...").map((side) => resolve(state, side)));
  const [base, head] = sides;
  if (base === undefined || head === undefined) return NOT_FOUND;
  const start = await mergeBase(directory, base, head).catch(() => undefined);
  if (start === undefined) return NOT_FOUND;
  const ahead = await gitLines(directory, "rev-list", "--reverse", head, `^${base}`);
  const behind = await gitLines(directory, "rev-list", base, `^${head}`);
  const page = paged(state, { ...call, query: new URLSearchParams({ per_page: "100", ...pageOf(call) }) }, ahead);
  const isFirstPage = Number(call.query.get("page") ?? 1) === 1;
  const files = isFirstPage ? await changedFiles(directory, start, head) : [];
  const [baseCommit, startCommit] = await Promise.all([commitJson(state, base), commitJson(state, start)]);
  const site = `${SITE}/${fullName}/compare/${basehead}`;
  const body = {
    url: `${API}/repos/${fullName}/compare/${basehead}`,
    html_url: site,
    permalink_url: `${SITE}/${fullName}/compare/${base.slice(0, 12)}...${head.slice(0, 12)}`,
    diff_url: `${site}.diff`,
    patch_url: `${site}.patch`,
    base_commit: baseCommit,
    merge_base_commit: startCommit,
    status: statusOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: await Promise.all(page.body.map((sha: string) => commitJson(state, sha))),
    files: files.slice(0, state.limits.compareFiles).map((file) => fileJson(state, file, start, head)),
  };
  return { ...page, body };
}

function statusOf(ahead: number, behind: number): string {
  if (ahead === 0) return behind === 0 ? "identical" : "behind";
  return behind === 0 ? "ahead" : "diverged";
}

/** The id of what a side of a comparison names; `owner:branch` lies in that owner's fork. */
async function resolve(state: State, side: string): Promise<string | undefined> {
  const [owner = "", branch] = side.split(":");
  const { directory, fullName } = state.repository;
  if (branch === undefined) {
    const [sha] = await gitLines(directory, "rev-parse", "--verify", "--quiet", `${side}^{commit}`).catch(() => []);
    return sha;
  }
  const fork = `/repos/${owner}/${fullName.split("/")[1]}`;
  const found = await look(state, `${fork}/git/ref/heads/${branch}`).catch(() => undefined);
  return found?.object.sha;
}

function pageOf({ query }: RestCall): Readonly<Record<string, string>> {
  return Object.fromEntries(query);
}

/** A commit with what it changes against its first parent. */
export async function commit(state: State, call: RestCall): Promise<Reply> {
  const sha = await resolve(state, call.operation.params["ref"] ?? "");
  if (sha === undefined) return refusal(422, `No commit found for SHA: ${call.operation.params["ref"]}`);
  const told = await commitJson(state, sha);
  const start = told.parents[0]?.sha ?? EMPTY_TREE;
  const files = await changedFiles(state.repository.directory, start, sha);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  const query = new URLSearchParams({ per_page: "300", ...pageOf(call) });
  const shown = files.map((file) => fileJson(state, file, start, sha));
  const page = paged(state, { ...call, query }, shown, state.limits.pullFiles, 300);
  return {
    ...page,
    body: { ...told, stats: { total: additions + deletions, additions, deletions }, files: page.body },
  };
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

/** A commit without its files, which `emulate` is slow to find. */
export async function commitJson(state: State, sha: string): Promise<Json> {
  const [told] = await look(state, `/repos/${state.repository.fullName}/commits?sha=${sha}&per_page=1`);
  return told;
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
  const full = await commitJson(state, tip.sha);
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
export function pullFiles(state: State, baseSha: string, head: string): Promise<PullFiles> {
  const key = `${baseSha} ${head}`;
  const known = state.pullFiles.get(key);
  if (known) return known;
  const found = findPullFiles(state.repository.directory, baseSha, head);
  state.pullFiles.set(key, found);
  return found;
}

async function findPullFiles(directory: string, baseSha: string, head: string): Promise<PullFiles> {
  const start = await mergeBase(directory, baseSha, head);
  return { start, files: await changedFiles(directory, start, head) };
}

function objectUrl(fullName: string, { type, sha }: Json): string {
  return `${API}/repos/${fullName}/git/${type}s/${sha}`;
}

function orderOf({ path, type }: Json): string {
  return type === "tree" ? `${path}/` : path;
}

const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
