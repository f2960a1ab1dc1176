import type { getOctokit } from "@actions/github";
import { setTimeout as pause } from "node:timers/promises";
import { type Failure, type GraphqlFault, headersOf, isLimit, isPassing, isUnsent } from "./failure.ts";

/** What time is made of, so that a test need not wait; all in ms. */
export interface Clock {
  now(): number;
  /** Rejects once `end` aborts. */
  pause(duration: number, end?: AbortSignal): Promise<void>;
  /** Aborts after so long. */
  signal(duration: number): AbortSignal;
}

/** An Octokit's hooks, the Action's or Probot's. */
export type Hooked = Pick<ReturnType<typeof getOctokit>, "hook">;

type Request = (options: Options) => unknown;

interface Options {
  readonly method: string;
  readonly url: string;
  readonly query?: unknown;
  /** `repeats` is set by who knows that to do it twice is to do it once. */
  request?: { readonly repeats?: boolean; readonly signal?: AbortSignal };
}

interface Response {
  readonly status: number;
  readonly headers: NonNullable<Failure["headers"]>;
  readonly data: unknown;
}

/** How long each try waits for an answer; with the pauses it is less than 20 s. */
const TRIES = [10_000, 5_000, 3_000] as const;
/** A write that must not be done twice waits once, and GitHub may take long for a review. */
const WHOLE = 19_500;
/** When the next try begins, at the earliest, counted from the first. */
const NEXT = [1_000, 4_000] as const;
const SHORTEST_PAUSE = 500;
/** What all waits for limits may take together, until none is met for an hour: a bot's client lives for months. */
const MOST_PATIENCE = 300_000;
const CALM = 3_600_000;
/** GitHub asks for it where it does not say how long. */
const MINUTE = 60_000;

/**
 * Makes every request of a client wait and ask again as GitHub wants it: limits up to five minutes in all; no answer, a server's
 * fault, a query that was given up and an answer that was cut off three times within 20 s, if nothing can be done twice by it.
 *
 * What fails in the end is thrown as the client throws it; `mayBeDone` tells whether a write may have been done nevertheless.
 */
export function addRetries(octokit: Hooked, clock: Clock = MACHINE): void {
  const limit = new Limit(clock);
  const around = (request: unknown, options: unknown): Promise<unknown> =>
    ask(request as Request, options as Options, clock, limit);
  octokit.hook.wrap("request", around as never);
}

const MACHINE: Clock = {
  now: () => performance.now(),
  pause: (duration, signal) => pause(duration, undefined, signal && { signal }),
  signal: (duration) => AbortSignal.timeout(duration),
};

/** One try: what it ends with, and what went wrong. */
interface Outcome {
  readonly failure: Failure | undefined;
  /** The response, or the error thrown. */
  readonly settle: () => unknown;
}

async function ask(request: Request, options: Options, clock: Clock, limit: Limit): Promise<unknown> {
  const isRepeatable = repeats(options);
  let spent = 0;
  let limits = 0;
  let answered: Outcome | undefined;
  for (let turn = 0; ;) {
    await limit.over();
    const began = clock.now();
    // Other hooks know this one object only.
    options.request = { ...options.request, signal: clock.signal(isRepeatable ? (TRIES[turn] ?? 0) : WHOLE - spent) };
    const outcome = await attempt(request, options);
    const { failure, settle } = outcome;
    if (!failure) return settle();
    if (isLimit(failure)) {
      if (!limit.begin(failure, limits++)) return settle();
      continue;
    }
    if (!isPassing(failure) || !(isRepeatable || isUnsent(failure))) return settle();
    // What the server said tells more than that a later try heard nothing.
    if (failure.errors ?? failure.response) answered = outcome;
    spent += clock.now() - began;
    const next = NEXT[turn++];
    if (next === undefined) return (answered ?? outcome).settle();
    const wait = Math.max(SHORTEST_PAUSE, next - spent);
    await clock.pause(wait);
    spent += wait;
  }
}

async function attempt(request: Request, options: Options): Promise<Outcome> {
  try {
    const response = (await request(options)) as Response;
    if (isCut(response)) throw Object.assign(new Error("the answer was cut off"), { status: 500 });
    const { errors } = (response.data ?? {}) as { readonly errors?: readonly GraphqlFault[] };
    const failure = options.url.endsWith("/graphql") && errors ? { errors, headers: response.headers } : undefined;
    return { failure, settle: () => response };
  } catch (error) {
    const settle = (): never => {
      throw error;
    };
    return { failure: error as Failure, settle };
  }
}

/** Whether a text came where JSON was promised: the connection ended in its midst, and the client says nothing of it. */
function isCut({ headers, data }: Response): boolean {
  return typeof data === "string" && /^application\/(?:[\w.-]+\+)?json/.test(String(headers["content-type"]));
}

function repeats({ method, url, query, request }: Options): boolean {
  if (request?.repeats !== undefined) return request.repeats;
  return method !== "POST" || (url.endsWith("/graphql") && !/^\s*mutation\b/.test(String(query)));
}

/** The wait that GitHub asks for holds for all requests of a client. */
class Limit {
  readonly #clock: Clock;
  #until = -Infinity;
  #waited = 0;
  #met = -Infinity;
  #end = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether there is patience left for the wait that a refusal asks for; `times` is how often the request was refused before. */
  begin(failure: Failure, times: number): boolean {
    const now = this.#clock.now();
    if (now - this.#met > CALM) this.#waited = 0;
    this.#met = now;
    const until = now + Math.max(waitOf(failure, times), 1000 * 2 ** times);
    const more = until - Math.max(now, this.#until);
    if (this.#waited + more > MOST_PATIENCE) {
      this.#until = -Infinity;
      this.#end.abort(failure);
      this.#end = new AbortController();
      return false;
    }
    this.#waited += Math.max(0, more);
    this.#until = Math.max(until, this.#until);
    return true;
  }

  /** Waits until requests may go on; throws the refusal that ended the patience meanwhile. */
  async over(): Promise<void> {
    const { signal } = this.#end;
    for (let left = this.#left; left > 0; left = this.#left)
      await this.#clock.pause(left, signal).catch(() => {
        throw Object.assign(new Error("GitHub's rate limit is used up"), signal.reason);
      });
  }

  get #left(): number {
    return this.#until - this.#clock.now();
  }
}

/** How long GitHub wants a request to wait that it refused `times` times before, in ms. */
export function waitOf(failure: Failure, times: number): number {
  const headers = headersOf(failure);
  if (headers["retry-after"] !== undefined) return 1000 * (Number(headers["retry-after"]) || 60);
  const reset = Number(headers["x-ratelimit-reset"]);
  if (String(headers["x-ratelimit-remaining"]) !== "0" || !(reset > 0)) return MINUTE * 2 ** times;
  // By GitHub's own clock, for ours may be wrong.
  const now = Date.parse(String(headers["date"])) || Date.now();
  return 1000 * (reset + 1) - now;
}
