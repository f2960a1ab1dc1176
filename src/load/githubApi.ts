import { setTimeout as pause } from "node:timers/promises";
import { Unusable } from "./unusable.ts";

/** What we need of an Octokit: its own addresses, token and proxies stay its own affair. */
export interface Octokit {
  request(route: string, parameters?: Record<string, unknown>): Promise<{ readonly data: unknown }>;
  graphql(query: string, variables?: Record<string, unknown>): Promise<unknown>;
}

/** "acme", "dns" */
export interface RepositoryPlace {
  readonly owner: string;
  readonly repo: string;
}

/** An error of Octokit, as far as we look at it. */
interface Failure {
  readonly name?: string;
  readonly message?: string;
  readonly status?: number;
  readonly response?: { readonly headers?: Readonly<Record<string, string | undefined>> };
  readonly errors?: readonly {
    readonly type?: string;
    readonly message?: string;
    readonly path?: readonly unknown[];
  }[];
  readonly data?: unknown;
}

/** How long each try waits for an answer, in ms; together with the pauses less than 20 s. */
const TRIES = [10_000, 5_000, 3_000] as const;
const PAUSES = [500, 1_000] as const;

/** Questions about one repository: asked up to three times, and refusals told as `Unusable` with what to do. */
export class GithubApi {
  readonly place: RepositoryPlace;
  readonly #octokit: Octokit;

  constructor(octokit: Octokit, place: RepositoryPlace) {
    this.#octokit = octokit;
    this.place = place;
  }

  /** What lies at `/repos/{owner}/{repo}/…`; undefined where nothing does. */
  async get<Answer>(rest: string, parameters: Record<string, unknown>): Promise<Answer | undefined> {
    const route = `GET /repos/{owner}/{repo}/${rest}`;
    try {
      const answer = await this.#ask((request) =>
        this.#octokit.request(route, { ...this.place, ...parameters, request }),
      );
      return (answer as { readonly data: Answer }).data;
    } catch (error) {
      if ((error as Failure).status === 404) return undefined;
      throw this.#unusable(error as Failure);
    }
  }

  /** The fields of the repository that a query asks for; what is not found in it is null. */
  async query<Fields>(declarations: readonly string[], fields: string, variables: object): Promise<Fields> {
    const query = `query(${["$owner: String!", "$repo: String!", ...declarations].join(", ")}) {
      repository(owner: $owner, name: $repo) { ${fields} }
    }`;
    const data = await this.#ask((request) =>
      this.#octokit.graphql(query, { ...this.place, ...variables, request }),
    ).catch((error: Failure) => {
      if (error.errors?.every(({ type }) => type === "NOT_FOUND") && hasRepository(error.data)) return error.data;
      throw this.#unusable(error.errors?.some(({ type }) => type === "NOT_FOUND") ? { status: 404 } : error);
    });
    return (data as { readonly repository: Fields }).repository;
  }

  async #ask(question: (request: { readonly signal: AbortSignal }) => Promise<unknown>): Promise<unknown> {
    for (let turn = 0; ; turn++) {
      try {
        return await question({ signal: AbortSignal.timeout(TRIES[turn] ?? 0) });
      } catch (error) {
        const wait = PAUSES[turn];
        if (wait === undefined || !mayPass(error as Failure)) throw error;
        await pause(wait);
      }
    }
  }

  #unusable(failure: Failure): Unusable {
    const name = `${this.place.owner}/${this.place.repo}`;
    const status = failure.errors?.some(({ type }) => type === "FORBIDDEN") ? 403 : failure.status;
    if (status === 401) return new Unusable(`GitHub does not accept the token for ${name} (401): renew the token.`);
    const headers = failure.response?.headers ?? {};
    if (status === 429 || headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0")
      return new Unusable(`GitHub's rate limit for this token is used up: run the job again ${laterWords(headers)}.`);
    if (status === 403) return new Unusable(`GitHub does not let the token read ${name} (403): ${permission(failure)}`);
    if (status === 404)
      return new Unusable(`GitHub shows this token no repository ${name} (404): ${permission(failure)}`);
    if (status === undefined || status >= 500)
      return new Unusable(
        `GitHub does not answer (three tries: ${reasonOf(failure)}): run the job again, or look at githubstatus.com.`,
      );
    return new Unusable(`GitHub refuses to tell of ${name} (${status}: ${reasonOf(failure)}): run the job again.`);
  }
}

function hasRepository(data: unknown): boolean {
  return (data as { repository?: unknown } | undefined)?.repository != null;
}

/** Whether another try may end otherwise: no answer, a server's fault, and what GraphQL gives up halfway. */
function mayPass({ status, errors }: Failure): boolean {
  if (errors) return errors.every(({ type }) => type === undefined || type === "TIMEOUT");
  return status === undefined || status >= 500;
}

function reasonOf({ message, errors, status }: Failure): string {
  return (errors?.[0]?.message ?? message ?? `status ${status}`).replace(/\s+/g, " ").slice(0, 200);
}

function laterWords(headers: Readonly<Record<string, string | undefined>>): string {
  if (headers["retry-after"] !== undefined) return `in ${Number(headers["retry-after"]) || 60} s`;
  const reset = Number(headers["x-ratelimit-reset"]);
  return reset > 0 ? `after ${new Date(reset * 1000).toISOString().slice(11, 16)} UTC` : "in an hour";
}

/** What the workflow must grant. */
function permission({ errors }: Failure): string {
  const isPulls = errors?.some(({ path }) => path?.includes("associatedPullRequests"));
  return isPulls
    ? "the job needs `permissions: { pull-requests: read }`, or write."
    : "the job needs `permissions: { contents: read }`.";
}
