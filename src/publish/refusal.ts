import { type Failure, isLimit, laterWords } from "../github/failure.ts";

/** Why GitHub, or the way to it, did not do what it was asked. */
export interface Refusal {
  /**
   * `unclear`: no answer or a broken server, so it may have been done nevertheless; `wrong`: what was sent does not fit;
   * `limit`: too much or too fast; `forbidden`: not for this token; `missing`: there is no such thing, or not for this token.
   */
  readonly kind: "unclear" | "wrong" | "limit" | "forbidden" | "missing";
  /** What follows a colon: why, and what to do. */
  readonly why: string;
}

/** An answer that lacks what GitHub promises. */
export class BadAnswer extends Error {
  constructor(what: string) {
    super(`its answer has no ${what}`);
    this.name = "BadAnswer";
  }
}

/** What to do, as the Action says it; the bot has other words for it. */
export const ADVICE = {
  again: "run the job again",
  grant:
    "add `permissions: { contents: read, pull-requests: write }` to the job, or use `pull_request_target` or the bot",
  look: "see that the job has `permissions: { contents: read, pull-requests: write }`",
} as const;

/** What GitHub's client threw, in words; undefined for any other error, which is a fault of ours. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined;
  const failure = error as Failure & Error;
  const said = wordsOf(failure);
  if (error instanceof BadAnswer || isUnanswered(failure))
    return { kind: "unclear", why: `GitHub did not answer as it should (${said}); ${ADVICE.again}` };
  if (typeof failure.status !== "number" && failure.name !== "GraphqlResponseError") return undefined;
  if (isLimit(failure))
    return { kind: "limit", why: `GitHub's rate limit is used up (${said}); ${ADVICE.again} ${laterWords(failure)}` };
  if (/\blocked\b/i.test(said)) return { kind: "forbidden", why: `the conversation is locked (${said}); unlock it` };
  const { status, errors } = failure;
  if (status === 401 || status === 403 || errors?.some(({ type }) => type === "FORBIDDEN"))
    return {
      kind: "forbidden",
      why: `the token may not write comments (${said}); ${ADVICE.grant}`,
    };
  if (status === 404 || errors?.some(({ type }) => type === "NOT_FOUND"))
    return {
      kind: "missing",
      why: `GitHub has no such thing for this token (${said}); ${ADVICE.look}`,
    };
  if (errors) return { kind: "unclear", why: `GitHub did not do it (${said}); ${ADVICE.again}` };
  return { kind: "wrong", why: `GitHub does not take it (${said})` };
}

/** No answer, one that took too long, or that of a server that is not well. */
function isUnanswered({ name, status = 0 }: Failure & Error): boolean {
  return name === "AbortError" || name === "TimeoutError" || status >= 500;
}

/** What it says in a few plain words, without the links and the JSON that its message may carry. */
function wordsOf({ message, errors, status, name, response }: Failure & Error): string {
  const more: unknown = (
    (response as { readonly data?: unknown } | undefined)?.data as { readonly errors?: unknown } | undefined
  )?.errors;
  const [first]: readonly unknown[] = Array.isArray(more) ? more : [];
  const told = typeof first === "string" ? first : (first as { readonly message?: unknown } | undefined)?.message;
  const said = (errors?.[0]?.message ?? (typeof told === "string" ? told : message))
    .split("\n")[0]
    ?.replace(/ - https:\S+$/, "")
    .replaceAll(/[`\p{Cc}]/gu, " ")
    .slice(0, LONGEST)
    .trim();
  return said || `${name} ${status ?? ""}`.trim();
}

/** Characters. */
const LONGEST = 160;
