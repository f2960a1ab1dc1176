import { type Failure, isLimit, isPassing, laterWords } from "../github/failure.ts";
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

/** A query that GitHub began and gave up, again and again: less of it may go well. */
export class GaveUp extends Unusable {}

/** Questions about one repository; refusals are told as `Unusable` with what to do. The client asks again by itself: see `addRetries`. */
export class GithubApi {
  readonly place: RepositoryPlace;
  readonly #octokit: Octokit;

  constructor(octokit: Octokit, place: RepositoryPlace) {
    this.#octokit = octokit;
    this.place = place;
  }

  /** What lies at `/repos/{owner}/{repo}/…`; undefined where nothing does. What lacks one of `needed` is no answer. */
  async get<Answer>(
    rest: string,
    needed: readonly (keyof Answer & string)[],
    parameters: Record<string, unknown>,
  ): Promise<Answer | undefined> {
    const route = `GET /repos/{owner}/{repo}/${rest}`;
    const { data } = await this.#octokit.request(route, { ...this.place, ...parameters }).catch((error: Failure) => {
      if (error.status === 404 || (error.status === 422 && /No commit found/.test(error.message ?? "")))
        return { data: undefined };
      throw this.#unusable(error);
    });
    const lacking = needed.find(
      (name) =>
        (data as Partial<Answer> | undefined)?.[name] === null ||
        (data !== undefined && (data as Partial<Answer> | null)?.[name] === undefined),
    );
    if (lacking !== undefined) throw this.#lacks(lacking);
    return data as Answer | undefined;
  }

  /** The fields of the repository that a query asks for; what is not found in it is null. */
  async query<Fields>(declarations: readonly string[], fields: string, variables: object): Promise<Fields> {
    const query = `query(${["$owner: String!", "$repo: String!", ...declarations].join(", ")}) {
      repository(owner: $owner, name: $repo) { ${fields} }
    }`;
    const data = await this.#octokit.graphql(query, { ...this.place, ...variables }).catch((error: Failure) => {
      if (error.errors?.every(({ type }) => type === "NOT_FOUND") && hasRepository(error.data)) return error.data;
      throw this.#unusable(error.errors?.some(({ type }) => type === "NOT_FOUND") ? { status: 404 } : error);
    });
    const { repository } = (data ?? {}) as { readonly repository?: Fields | null };
    if (!repository) throw this.#lacks("repository");
    return repository;
  }

  #lacks(field: string): Unusable {
    return new Unusable(
      `GitHub's answer for ${this.#name} lacks what belongs into it (${field}): run the job again, or look at githubstatus.com.`,
    );
  }

  get #name(): string {
    return `${this.place.owner}/${this.place.repo}`;
  }

  #unusable(failure: Failure): Unusable {
    const name = this.#name;
    const why = { cause: failure };
    const status = failure.errors?.some(({ type }) => type === "FORBIDDEN") ? 403 : failure.status;
    if (status === 401)
      return new Unusable(`GitHub does not accept the token for ${name} (401): renew the token.`, why);
    if (isLimit(failure))
      return new Unusable(
        `GitHub's rate limit for this token is used up: run the job again ${laterWords(failure)}.`,
        why,
      );
    if (status === 403)
      return new Unusable(`GitHub does not let the token read ${name} (403): ${permission(failure)}`, why);
    if (status === 404)
      return new Unusable(`GitHub shows this token no repository ${name} (404): ${permission(failure)}`, why);
    if (isPassing(failure)) {
      const text = `GitHub does not answer (three tries: ${reasonOf(failure)}): run the job again, or look at githubstatus.com.`;
      return (failure.errors ?? failure.response) ? new GaveUp(text, why) : new Unusable(text, why);
    }
    return new Unusable(`GitHub refuses to tell of ${name} (${status}: ${reasonOf(failure)}): run the job again.`, why);
  }
}

function hasRepository(data: unknown): boolean {
  return (data as { repository?: unknown } | undefined)?.repository != null;
}

function reasonOf({ message, errors, status }: Failure): string {
  return (errors?.[0]?.message ?? message ?? `status ${status}`).replace(/\s+/g, " ").slice(0, 200);
}

/** What the workflow must grant. */
function permission({ errors, request }: Failure): string {
  const isPulls =
    errors?.some(({ path }) => path?.includes("associatedPullRequests")) ?? /\/pulls(?:\?|$)/.test(request?.url ?? "");
  return isPulls
    ? "the job needs `permissions: { pull-requests: read }`, or write."
    : "the job needs `permissions: { contents: read }`.";
}
