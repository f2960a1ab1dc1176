import { appJson } from "./app.ts";
import { API, type Json } from "./emulated.ts";
import { forward, look, paged } from "./rest.ts";
import { refusal, type Reply, type RestCall, type State } from "./state.ts";

/** What `emulate` does not keep of a check run. */
export interface CheckExtras {
  readonly app: number;
  readonly annotations: Json[];
  actions: Json[];
}

/** Only apps make check runs; output is held to GitHub's sizes, and annotations add up. */
export async function createCheck(state: State, call: RestCall): Promise<Reply> {
  if (call.token.app === undefined) return refusal(403, "You must authenticate via a GitHub App.");
  const faults = tooMuch(call.body);
  if (faults) return faults;
  const reply = await forward(state, withoutAnnotations(call));
  if (reply.status >= 300) return reply;
  state.checks.set(reply.body.id, { app: call.token.app, annotations: [], actions: [] });
  keep(state, reply.body.id, call.body);
  return { ...reply, body: checkJson(state, reply.body) };
}

export async function updateCheck(state: State, call: RestCall): Promise<Reply> {
  const id = Number(call.operation.params["check_run_id"]);
  const extras = state.checks.get(id);
  if (!extras) return refusal(404, "Not Found");
  if (extras.app !== call.token.app) return refusal(403, "Invalid app_id `check_run.app_id`");
  const faults = tooMuch(call.body);
  if (faults) return faults;
  if (call.body?.status === "completed" && call.body.conclusion === undefined)
    return refusal(422, "Invalid request.\n\nFor 'properties/status', \"conclusion\" is required.");
  const reply = await forward(state, withoutAnnotations(call));
  if (reply.status >= 300) return reply;
  keep(state, id, call.body);
  return { ...reply, body: checkJson(state, reply.body) };
}

export async function getCheck(state: State, call: RestCall): Promise<Reply> {
  const reply = await forward(state, call);
  return reply.status >= 300 ? reply : { ...reply, body: checkJson(state, reply.body) };
}

export async function checksOfCommit(state: State, call: RestCall): Promise<Reply> {
  const runs = await checksAt(state, call.operation.params["ref"] ?? "");
  const [name, app] = [call.query.get("check_name"), call.query.get("app_id")];
  const wanted = runs.filter(
    (run) => (name === null || run.name === name) && (app === null || String(run.app?.id) === app),
  );
  const shown = call.query.get("filter") === "all" ? wanted : wanted.slice(0, 1);
  const reply = paged(state, call, shown);
  return { ...reply, body: { total_count: shown.length, check_runs: reply.body } };
}

/** The check runs on a commit, newest first. */
export async function checksAt(state: State, sha: string): Promise<readonly Json[]> {
  const path = `/repos/${state.repository.fullName}/commits/${sha}/check-runs?filter=all&per_page=100`;
  const { check_runs: runs } = await look(state, path);
  return runs.map((run: Json) => checkJson(state, run)).toSorted((a: Json, b: Json) => b.id - a.id);
}

function keep(state: State, id: number, body: Json): void {
  const extras = state.checks.get(id);
  extras?.annotations.push(...(body.output?.annotations ?? []));
  if (extras && body.actions) extras.actions = body.actions;
}

function withoutAnnotations(call: RestCall): RestCall {
  if (!call.body?.output) return call;
  const { annotations: _, ...output } = call.body.output;
  return { ...call, body: { ...call.body, output } };
}

function tooMuch(body: Json): Reply | undefined {
  const { output, actions = [] } = body ?? {};
  const wrong = [
    ...(output?.annotations?.length > 50 ? ["No more than 50 items are allowed in annotations."] : []),
    ...(Buffer.byteLength(output?.summary ?? "") > 65_535 ? ["Only 65535 characters are allowed in summary."] : []),
    ...(Buffer.byteLength(output?.text ?? "") > 65_535 ? ["Only 65535 characters are allowed in text."] : []),
    ...((output?.title?.length ?? 0) > 255 ? ["Only 255 characters are allowed in title."] : []),
    ...(actions.length > 3 ? ["No more than 3 items are allowed in actions."] : []),
  ];
  return wrong.length > 0 ? refusal(422, `Invalid request.\n\n${wrong.join("\n")}`) : undefined;
}

function checkJson(state: State, run: Json): Json {
  const extras = state.checks.get(run.id);
  const url = `${API}/repos/${state.repository.fullName}/check-runs/${run.id}`;
  const output = {
    ...run.output,
    annotations_count: extras?.annotations.length ?? 0,
    annotations_url: `${url}/annotations`,
  };
  return { ...run, output, app: extras ? appJson(state, extras.app) : null };
}
