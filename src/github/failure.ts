/** An error of GitHub's client, as far as we look at it. */
export interface Failure {
  readonly message?: string;
  /** Also 500 where no answer came. */
  readonly status?: number;
  readonly request?: { readonly url: string };
  readonly response?: { readonly headers?: Headers };
  /** Those of a GraphQL answer. */
  readonly headers?: Headers;
  readonly errors?: readonly GraphqlFault[];
  readonly data?: unknown;
  readonly cause?: unknown;
}

export interface GraphqlFault {
  readonly type?: string;
  readonly message?: string;
  readonly path?: readonly unknown[];
  readonly extensions?: unknown;
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** What GitHub's client threw, where that is the reason of an error; else the error. */
export function failureOf(error: unknown): Failure {
  for (let at = error as Failure | undefined; at; at = at.cause as Failure | undefined)
    if (at.status !== undefined || at.errors !== undefined) return at;
  return error as Failure;
}

/** The headers of the answer, none where there was no answer. */
export function headersOf({ response, headers }: Failure): Headers {
  return response?.headers ?? headers ?? {};
}

/** Whether the token has asked too much or too fast: nothing was done, and later it will be. */
export function isLimit(failure: Failure): boolean {
  const { status, errors, message = "" } = failure;
  if (errors) return errors.some((error) => error.type === "RATE_LIMITED" || LIMIT_WORDS.test(error.message ?? ""));
  if (status === 429) return true;
  const headers = headersOf(failure);
  const isTold = headers["retry-after"] !== undefined || String(headers["x-ratelimit-remaining"]) === "0";
  return status === 403 && (isTold || LIMIT_WORDS.test(message));
}

const LIMIT_WORDS = /rate limit|abuse detection/i;

/** Whether the same request may fare better: no answer, a server's fault, or a query that GraphQL gave up. */
export function isPassing({ status, errors }: Failure): boolean {
  if (errors) return errors.every(({ type, extensions }) => type === "TIMEOUT" || (!type && !extensions));
  return status === undefined || status >= 500;
}

/** Whether GitHub never got the request. */
export function isUnsent({ cause }: Failure): boolean {
  const { code, cause: deeper } = (cause ?? {}) as { readonly code?: string; readonly cause?: unknown };
  return code === undefined ? deeper !== undefined && isUnsent({ cause: deeper }) : UNSENT.has(code);
}

const UNSENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Whether a write may have been done although it failed: who writes must look before it writes again. */
export function mayBeDone(error: unknown): boolean {
  const failure = error as Failure;
  return !isLimit(failure) && isPassing(failure) && !isUnsent(failure);
}

/** When to come back after a limit: "in 7 s", "after 12:00 UTC". */
export function laterWords(failure: Failure): string {
  const headers = headersOf(failure);
  if (headers["retry-after"] !== undefined) return `in ${Number(headers["retry-after"]) || 60} s`;
  const reset = Number(headers["x-ratelimit-reset"]);
  const isUsedUp = String(headers["x-ratelimit-remaining"]) === "0";
  return isUsedUp && reset > 0 ? `after ${new Date(reset * 1000).toISOString().slice(11, 16)} UTC` : "in an hour";
}
