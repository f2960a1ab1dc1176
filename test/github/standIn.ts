import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { BOT_PERMISSIONS, type InstalledApp, appOf, installations, installationToken, newApp } from "./app.ts";
import * as checks from "./checks.ts";
import * as code from "./code.ts";
import { Contract } from "./contract.ts";
import { Emulated, type Json, WORKFLOW_BOT } from "./emulated.ts";
import { type Fault, faultOf, type FaultRule } from "./faults.ts";
import { answerGraphql, operationOf } from "./graphql.ts";
import * as people from "./people.ts";
import * as pulls from "./pulls.ts";
import * as push from "./push.ts";
import { forward, isAllowed, look, tooLong } from "./rest.ts";
import * as reviews from "./reviews.ts";
import {
  type Call,
  FORBIDDEN,
  NOT_FOUND,
  refusal,
  type Reply,
  type RestCall,
  type State,
  type Token,
} from "./state.ts";
import {
  type Change,
  GITHUB_LIMITS,
  type Limits,
  type Permissions,
  README_PERMISSIONS,
  type RepositoryStory,
} from "./story.ts";
import { type Pull, StoryRepository } from "./storyRepository.ts";

/** A request as it was answered. */
export interface LoggedRequest {
  /** "GET /repos/{owner}/{repo}/pulls/{pull_number}", "graphql query", "graphql mutation". */
  readonly kind: string;
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly login: string | undefined;
  readonly body: Json;
  readonly isWrite: boolean;
  /** 0 for a connection that was reset. */
  status: number;
}

/** The token of the workflow, and that of a person who may do everything. */
export const WORKFLOW_TOKEN = "workflow-token";
export const PERSON_TOKEN = "person-token";
const PERSON = "nora";

/**
 * GitHub with one repository in it: `emulate` behind a proxy that holds every request and response against GitHub's
 * own descriptions and fills what `emulate` leaves open. `close` throws what was violated.
 */
export class StandIn {
  readonly repository: StoryRepository;
  readonly url: string;
  readonly violations: string[] = [];
  readonly requests: LoggedRequest[] = [];
  readonly #server: Server;
  readonly #state: State;
  readonly #tokens = new Map<string, Token>();
  readonly #faults: FaultRule[] = [];
  readonly #apps: InstalledApp[] = [];
  /** Until what must not be seen half done is done. */
  #busy: Promise<unknown> = Promise.resolve();
  #answering = 0;

  private constructor(server: Server, state: Omit<State, "report">) {
    this.#server = server;
    this.repository = state.repository;
    this.url = state.url;
    this.#state = { ...state, apps: this.#apps, report: (violation) => this.violations.push(violation) };
  }

  static async start(story: RepositoryStory, limits: Partial<Limits> = {}): Promise<StandIn> {
    const repository = await StoryRepository.write(story);
    const emulated = await Emulated.start(repository, [WORKFLOW_BOT, APP_BOT, PERSON, ...STRANGERS]);
    await emulated.follow();
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const standIn = new StandIn(server, {
      repository,
      emulated,
      limits: { ...GITHUB_LIMITS, ...limits },
      places: new Map(),
      pullFiles: new Map(),
      minimized: new Map(),
      resolved: new Set(),
      apps: [],
      checks: new Map(),
      roles: new Map([[PERSON, "admin"]]),
      url: `http://127.0.0.1:${port}`,
    });
    standIn.grant(WORKFLOW_TOKEN, { login: WORKFLOW_BOT, permissions: story.permissions ?? README_PERMISSIONS });
    standIn.grant(PERSON_TOKEN, { login: PERSON });
    server.on("request", (request, response) => void standIn.#serve(request, response));
    return standIn;
  }

  /** Knows a token from now on, or knows other permissions of it; logins: the workflow's, `PERSON`, "stranger", "mallory". */
  grant(token: string, holder: Token): void {
    this.#tokens.set(token, holder);
  }

  /** Installs an app on the repository. */
  install(permissions: Permissions = BOT_PERMISSIONS): InstalledApp {
    const app = newApp(4711, permissions);
    this.#apps.push(app);
    return app;
  }

  /** Says what somebody may do here: "read", "write", "maintain", "admin". */
  setRole(login: string, role: string): void {
    this.#state.roles.set(login, role);
  }

  /** The check runs on a commit, newest first, with their annotations and buttons. */
  async checks(sha = this.repository.openPull.headSha): Promise<readonly Json[]> {
    const runs = await checks.checksAt(this.#state, sha);
    return runs.map((run) => ({ ...run, ...this.#state.checks.get(run.id), app: run.app }));
  }

  /** Lets requests go wrong; the first rule that fits one decides. */
  fail(fault: Fault): void {
    this.#faults.push({ ...fault, seen: 0 });
  }

  /** Forgets all faults. */
  heal(): void {
    this.#faults.length = 0;
  }

  /** Empties the log. */
  forgetRequests(): void {
    this.requests.length = 0;
  }

  get writes(): readonly LoggedRequest[] {
    return this.requests.filter(({ isWrite }) => isWrite);
  }

  /** How many requests of each kind. */
  get counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { kind } of this.requests) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  }

  /** The open pull request as REST tells it. */
  async pull(): Promise<Json> {
    return pulls.pullJson(this.#state, this.repository.openPull);
  }

  async repositoryJson(): Promise<Json> {
    return look(this.#state, `/repos/${this.repository.fullName}`);
  }

  /** What stands on the pull request's page, oldest first. */
  async comments({ number } = this.repository.openPull): Promise<readonly Json[]> {
    return look(this.#state, `/repos/${this.repository.fullName}/issues/${number}/comments?per_page=100`);
  }

  async reviews(): Promise<readonly Json[]> {
    const { number } = this.repository.openPull;
    return look(this.#state, `/repos/${this.repository.fullName}/pulls/${number}/reviews?per_page=100`);
  }

  async reviewComments(pull = this.repository.openPull): Promise<readonly Json[]> {
    const ids = reviews.commentIds(this.#state, pull);
    return Promise.all(ids.map((id) => reviews.commentJson(this.#state, pull, id)));
  }

  /** The reason for which a comment is hidden, by its node id; undefined for one that is shown. */
  hiddenAs(nodeId: string): string | undefined {
    return this.#state.minimized.get(nodeId);
  }

  /** Writes a comment as somebody else. */
  async commentAs(login: string, body: string): Promise<Json> {
    const { number } = this.repository.openPull;
    const path = `/repos/${this.repository.fullName}/issues/${number}/comments`;
    return this.#state.emulated.demand(login, "POST", path, { body });
  }

  /** Pushes to the topic branch; from `start`, a forced push. */
  async push(changes: readonly Change[], start?: string, to?: Pull): Promise<Pull> {
    return this.#alone(async () => {
      const pull = await this.repository.pushToTopic(changes, start, to);
      await this.#state.emulated.follow();
      return pull;
    });
  }

  /** Opens another pull request from a branch of its own. */
  async propose(changes: readonly Change[]): Promise<Pull> {
    const pull = await this.repository.propose(changes);
    await this.#state.emulated.follow();
    return pull;
  }

  async pushToMain(changes: readonly Change[]): Promise<string> {
    const sha = await this.repository.pushToMain(changes);
    await this.#state.emulated.follow();
    return sha;
  }

  /** Makes the commit that the merge queue would test. */
  async queue(at: string): Promise<string> {
    const sha = await this.repository.mergeTopic(at);
    await this.#state.emulated.follow();
    return sha;
  }

  /** Opens a second pull request from the topic branch, to a branch that begins where main is, or at `start`. */
  async proposeTo(base: string, start?: string): Promise<Pull> {
    const pull = await this.repository.proposeTo(base, start);
    await this.#state.emulated.follow();
    return pull;
  }

  /** Aims the pull request at another branch, one that stands where main does. */
  aimAt(branch: string): void {
    this.repository.openPull.aim = branch;
  }

  closePull(): void {
    this.repository.openPull.closed = true;
  }

  deleteHeadRepository(): void {
    this.repository.openPull.orphaned = true;
  }

  /** Ends it; throws the violations that nobody has taken, which fails the test that ends with this. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#state.emulated.close();
    await this.repository.close();
    if (this.violations.length > 0) throw new Error(`GitHub would not agree:\n${this.violations.join("\n")}`);
  }

  /** Does something while no request is being answered: nobody sees half of it. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    await this.#busy;
    const result = (async () => {
      while (this.#answering > 0) await pause(1);
      return work();
    })();
    this.#busy = Promise.allSettled([result]);
    return result;
  }

  async #whenFree<T>(answer: () => Promise<T>): Promise<T> {
    for (let busy; busy !== this.#busy; await busy) busy = this.#busy;
    this.#answering++;
    try {
      return await answer();
    } finally {
      this.#answering--;
    }
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const reply = await this.#answer(request);
      if (reply) send(response, reply);
      else response.destroy();
    } catch (error) {
      this.violations.push(`the stand-in failed: ${error instanceof Error ? error.stack : String(error)}`);
      send(response, refusal(500, "Server Error"));
    }
  }

  /** Undefined for no answer at all. */
  async #answer(request: IncomingMessage): Promise<Reply | undefined> {
    const { method = "GET", url = "/", headers } = request;
    const { pathname: path, searchParams: query } = new URL(url, this.url);
    const text = Buffer.concat(await request.toArray()).toString("utf8");
    const body = readBody(text);
    const isGraphql = path === "/graphql";
    const operation = isGraphql ? undefined : Contract.shared.operation(method, path);
    const kind = isGraphql ? `graphql ${operationOf(body) ?? "?"}` : `${method} ${operation?.template ?? path}`;
    const authorization = (headers.authorization ?? "").replace(/^(?:bearer|token) /i, "");
    const app = appOf(this.#apps, authorization);
    const token = this.#tokens.get(authorization) ?? (app && { login: app.slug, permissions: {}, app: app.appId });
    const isWrite = isGraphql ? kind !== "graphql query" : method !== "GET";
    const logged: LoggedRequest = { kind, method, path, query, login: token?.login, body, isWrite, status: 0 };
    this.requests.push(logged);
    const fault = faultOf(this.#faults, method, kind, text);
    if (fault?.delay !== undefined) await pause(fault.delay);
    await fault?.held;
    if (fault?.reset) return undefined;
    const reply =
      (fault && broken(fault)) ??
      (await this.#whenFree(async () => this.#genuine({ method, path, query, headers, body, token, operation })));
    logged.status = reply.status;
    return reply;
  }

  async #genuine({
    token,
    operation,
    ...asked
  }: Omit<Call, "token"> & { token: Token | undefined; operation: RestCall["operation"] | undefined }): Promise<Reply> {
    if (!token)
      return refusal(401, asked.headers["authorization"] === undefined ? "Requires authentication" : "Bad credentials");
    const isSuspended = this.#apps.some((app) => app.suspended && app.appId === token.app && app.slug !== token.login);
    if (isSuspended) return refusal(403, "This installation has been suspended");
    if (typeof asked.body === "symbol") return refusal(400, "Problems parsing JSON");
    const call: Call = { ...asked, token };
    if (asked.headers["user-agent"] === undefined) this.violations.push(`${asked.method} ${asked.path}: no user agent`);
    if (asked.path === "/graphql") return answerGraphql(this.#state, call);
    if (!operation) {
      this.violations.push(`${asked.method} ${asked.path}: GitHub has no such operation`);
      return NOT_FOUND;
    }
    const kind = `${operation.method} ${operation.template}`;
    const faults = Contract.shared.requestFaults(operation, asked.query, asked.body);
    this.violations.push(...faults.map((fault) => `request ${kind}: ${fault}`));
    const restCall: RestCall = { ...call, operation };
    if (!isAllowed(restCall)) return FORBIDDEN;
    const reply =
      kind === "POST /app/installations/{installation_id}/access_tokens"
        ? installationToken(
            this.#apps.find(({ appId }) => appId === token.app),
            restCall,
            (made, holder) => this.grant(made, holder),
          )
        : await (ROUTES[kind] ?? forward)(this.#state, restCall);
    if (reply.bytes) return reply;
    const wrong = Contract.shared.responseFaults(operation, reply.status, reply.body);
    this.violations.push(...wrong.map((fault) => `response ${kind}: ${fault}`));
    return reply;
  }
}

/** The login of the app's installation. */
const APP_BOT = "mta-sts-guard[bot]";

/** Others who may write comments. */
const STRANGERS = ["stranger", "mallory"];

function readBody(text: string): Json {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NO_JSON;
  }
}

const NO_JSON = Symbol("no JSON");

function broken({ status, headers, body, errors }: Fault): Reply | undefined {
  const more = headers ? { headers } : {};
  if (errors) return { ...more, status: status ?? 200, body: { data: null, errors } };
  if (status === undefined) return undefined;
  if (typeof body === "string") return { ...more, status, bytes: Buffer.from(body) };
  return { ...more, status, body: body ?? refusal(status, "The server is not well").body };
}

function send(response: ServerResponse, { status, body, headers = {}, bytes }: Reply): void {
  const content = bytes ?? (body === undefined ? "" : JSON.stringify(body));
  const type = bytes ? "application/octet-stream" : "application/json; charset=utf-8";
  response.writeHead(status, { "content-type": type, "x-github-request-id": "STAND:IN", ...RATE, ...headers });
  response.end(content);
}

const RATE = { "x-ratelimit-limit": "1000", "x-ratelimit-remaining": "999", "x-ratelimit-resource": "core" };

async function writeComment(state: State, call: RestCall): Promise<Reply> {
  return tooLong(call.body?.body, state.limits.body) ?? forward(state, call);
}

/** What is not `emulate`'s answer as it is. */
const ROUTES: Readonly<Record<string, (state: State, call: RestCall) => Promise<Reply>>> = {
  "GET /app/installations": installations,
  "GET /installation/repositories": people.installationRepositories,
  "GET /repos/{owner}/{repo}/collaborators/{username}/permission": people.permission,
  "POST /repos/{owner}/{repo}/check-runs": checks.createCheck,
  "GET /repos/{owner}/{repo}/check-runs/{check_run_id}": checks.getCheck,
  "PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}": checks.updateCheck,
  "GET /repos/{owner}/{repo}/commits/{ref}/check-runs": checks.checksOfCommit,
  "GET /repos/{owner}/{repo}": code.repository,
  "GET /repos/{owner}/{repo}/branches/{branch}": code.branch,
  "GET /repos/{owner}/{repo}/compare/{basehead}": code.compare,
  "GET /repos/{owner}/{repo}/commits": code.commits,
  "GET /repos/{owner}/{repo}/commits/{ref}": code.commit,
  "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": code.tree,
  "GET /repos/{owner}/{repo}/git/blobs/{file_sha}": code.blob,
  "POST /repos/{owner}/{repo}/git/blobs": push.asOwner,
  "POST /repos/{owner}/{repo}/git/trees": push.asOwner,
  "POST /repos/{owner}/{repo}/git/commits": push.makeCommit,
  "GET /repos/{owner}/{repo}/git/ref/{ref}": push.getRef,
  "PATCH /repos/{owner}/{repo}/git/refs/{ref}": push.moveRef,
  "POST /repos/{owner}/{repo}/issues/{issue_number}/comments": writeComment,
  "PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}": writeComment,
  "GET /repos/{owner}/{repo}/pulls": pulls.listPulls,
  "GET /repos/{owner}/{repo}/pulls/{pull_number}": pulls.getPull,
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": pulls.listFiles,
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/commits": pulls.listCommits,
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews": reviews.createReview,
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/comments": reviews.listComments,
  "GET /repos/{owner}/{repo}/pulls/{pull_number}/comments": reviews.listComments,
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments": reviews.createComment,
  "POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies": reviews.answerComment,
  "GET /repos/{owner}/{repo}/pulls/comments/{comment_id}": reviews.getComment,
  "PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}": reviews.updateComment,
  "DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}": reviews.deleteComment,
};
