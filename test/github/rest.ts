import { type Answer, API, type Json, SITE } from "./emulated.ts";
import { type Call, may, refusal, type Reply, type RestCall, type State } from "./state.ts";

/** What `emulate` answers, mended where GitHub's answer differs in every operation. */
export async function forward(state: State, call: Call): Promise<Reply> {
  const query = call.query.size > 0 ? `?${call.query.toString()}` : "";
  const answer = await state.emulated.ask(call.token.login, call.method, call.path + query, call.body);
  return replyOf(state, answer);
}

/** The answer to a question of the stand-in's own, with which it makes up another. */
export async function look(state: State, path: string): Promise<Json> {
  const [owner = ""] = state.repository.fullName.split("/");
  return polish(await state.emulated.demand(owner, "GET", path));
}

/** One page of a list, with the links that lead on. */
export function paged(state: State, { path, query }: Call, all: readonly Json[], limit = Infinity, most = 100): Reply {
  const items = all.slice(0, limit);
  const page = Math.max(1, Number(query.get("page") ?? 1));
  const size = Math.min(most, Math.max(1, Number(query.get("per_page") ?? 30)));
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string): string => {
    const target = new URLSearchParams(query);
    target.set("page", String(to));
    return `<${state.url}${path}?${target.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
    ...(page > 1 ? [link(1, "first"), link(page - 1, "prev")] : []),
  ];
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(", ") } : {};
  return { status: 200, headers, body: items.slice((page - 1) * size, page * size) };
}

/** Whether the token may do this; GitHub's words are the caller's. */
export function isAllowed({ operation, token }: RestCall): boolean {
  const { method, template } = operation;
  if (template === "/user") return token.permissions === undefined;
  const level = method === "GET" ? "read" : "write";
  const [, names] = NEEDS.find(([prefix]) => template.startsWith(`/repos/{owner}/{repo}/${prefix}`)) ?? [];
  return names === undefined || may(token, level, ...names);
}

export function tooLong(body: unknown, limit: number): Reply | undefined {
  if (typeof body !== "string" || [...body].length <= limit) return undefined;
  const message = `body is too long (maximum is ${limit} characters)`;
  return refusal(422, "Validation Failed", {
    errors: [{ resource: "IssueComment", code: "custom", field: "body", message }],
  });
}

function replyOf(state: State, { status, headers, body }: Answer): Reply {
  if (status >= 400) return refusal(status, body?.message ?? "Not Found");
  const links = headers.get("link")?.replace(/<https?:\/\/[^/]+/g, `<${state.url}`);
  return { status, body: polish(body), headers: links === undefined ? {} : { link: links } };
}

/** Pages lie on GitHub's site, times have no fractions, and bots are no people. */
function polish(value: Json): Json {
  if (Array.isArray(value)) return value.map(polish);
  if (typeof value === "string") return value.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d{3}Z$/, "$1Z");
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, PAGE.test(name) ? page(each) : polish(each)]);
  const polished = Object.fromEntries(entries);
  const { login } = polished;
  return typeof login === "string" && login.endsWith("[bot]") ? { ...polished, ...bot(login) } : polished;
}

function page(value: Json): Json {
  if (typeof value === "string") return value.replace(API, SITE);
  return value?.href ? { ...value, href: page(value.href) } : polish(value);
}

function bot(login: string): Json {
  const url = `${API}/users/${encodeURIComponent(login)}`;
  const lists = ["followers", "gists", "starred", "subscriptions", "organizations", "repos", "events"];
  return {
    ...Object.fromEntries(lists.map((list) => [`${list}_url`, `${url}/${list}`])),
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    organizations_url: `${url}/orgs`,
    id: login === "github-actions[bot]" ? 41_898_282 : 49_699_333,
    avatar_url: "https://avatars.githubusercontent.com/in/15368?v=4",
    html_url: `${SITE}/apps/${login.replace("[bot]", "")}`,
    url,
    type: "Bot",
  };
}

const PAGE = /^(html|html_url|diff_url|patch_url|permalink_url|blob_url|raw_url|clone_url|svn_url)$/;

/** What a token needs, by the beginning of what follows the repository's address. */
const NEEDS: readonly (readonly [string, readonly string[]])[] = [
  ["git/", ["contents"]],
  ["commits/{ref}/check-", ["checks"]],
  ["collaborators", ["metadata"]],
  ["commits", ["contents"]],
  ["compare", ["contents"]],
  ["contents", ["contents"]],
  ["branches", ["contents"]],
  ["pulls", ["pull_requests"]],
  ["issues", ["issues", "pull_requests"]],
  ["check-", ["checks"]],
];
