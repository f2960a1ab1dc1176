import { getOctokit } from "@actions/github";
import { describe, expect, test } from "vitest";
import { type Failure, isLimit, isUnsent, laterWords, mayBeDone } from "../../src/github/failure.ts";
import { addRetries } from "../../src/github/retries.ts";
import { FastClock } from "./fastClock.ts";

interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly error?: Error;
}

const OK: Reply = { body: { data: { viewer: { login: "nora" } }, id: 1 } };
const RESET: Reply = { error: new TypeError("fetch failed", { cause: new Error("socket hang up") }) };
const DATE = new Date("2026-06-01T12:00:00Z");

/** A client whose server gives these answers, the last one for ever. */
function serve(...replies: readonly Reply[]) {
  const clock = new FastClock();
  let asked = 0;
  const fetch = async (_: string, { signal }: { signal: AbortSignal }): Promise<Response> => {
    const reply = replies[Math.min(asked++, replies.length - 1)] ?? OK;
    expect(signal.aborted).toBe(false);
    if (reply.error) throw reply.error;
    const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? { message: "not well" });
    const headers = { "content-type": "application/json; charset=utf-8", date: DATE.toUTCString(), ...reply.headers };
    return new Response(text, { status: reply.status ?? 200, headers });
  };
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const client = getOctokit("token", { baseUrl: "https://github.test", log, request: { fetch } });
  addRetries(client, clock);
  return { client, clock, asked: () => asked };
}

type Served = ReturnType<typeof serve>;
const READ = ({ client }: Served) => client.request("GET /user");
const EDIT = ({ client }: Served) => client.request("PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}", AT);
const CREATE = ({ client }: Served) => client.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", AT);
const QUERY = ({ client }: Served) => client.graphql("query { viewer { login } }");
const MUTATION = ({ client }: Served) => client.graphql("mutation { x { y } }");
const HARMLESS = ({ client }: Served) => client.graphql("mutation { x { y } }", { request: { repeats: true } });
const AT = { owner: "a", repo: "b", comment_id: 1, issue_number: 1, body: "x" };

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => expect.fail("no failure"),
    (error: unknown) => error as Failure,
  );
}

describe("limits", () => {
  const limit = (headers: Reply["headers"] = {}, status = 429): Reply => ({ status, headers });
  const reset = String(DATE.getTime() / 1000 + 30);
  const asked: readonly (readonly [string, Reply, number])[] = [
    ["429 with retry-after", limit({ "retry-after": "7" }), 7000],
    ["403 with retry-after", limit({ "retry-after": "7" }, 403), 7000],
    ["retry-after of none", limit({ "retry-after": "0" }), 60_000],
    ["429, used up until", limit({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }), 31_000],
    ["403, used up until", limit({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }, 403), 31_000],
    ["used up until past", limit({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1" }), 1000],
    ["429 and nothing", limit({ "x-ratelimit-remaining": "12", "x-ratelimit-reset": reset }), 60_000],
    ["secondary", { status: 403, body: { message: "You have exceeded a secondary rate limit." } }, 60_000],
    ["GraphQL, typed", { body: { errors: [{ type: "RATE_LIMITED", message: "x" }] } }, 60_000],
    ["GraphQL, told", { body: { errors: [{ message: "You have exceeded a secondary rate limit" }] } }, 60_000],
  ];
  test.each(asked)("%s: wait that long, also before a creation", async (_, reply, wait) => {
    for (const ask of [READ, CREATE, QUERY, MUTATION]) {
      const isQuery = ask === QUERY || ask === MUTATION;
      if (!isQuery && reply.status === undefined) continue;
      const served = serve(reply, OK);
      await ask(served);
      expect(served.clock.pauses).toHaveLength(1);
      expect(Math.round((served.clock.pauses[0] ?? 0) / 100)).toBe(wait / 100);
      expect(served.asked()).toBe(2);
    }
  });

  test("five minutes in all, for all requests of a client together", async () => {
    const served = serve(limit());
    expect(isLimit(await failureOf(READ(served)))).toBe(true);
    // 1 + 2 minutes; 4 more would be too many.
    expect(served.clock.pauses.map((pause) => Math.round(pause / 1000))).toEqual([60, 120]);
    await failureOf(READ(served));
    expect(served.clock.pauses.map((pause) => Math.round(pause / 1000))).toEqual([60, 120, 60]);
    expect(served.asked()).toBe(5);
  });

  test("and again five minutes once no limit was met for an hour, for a bot's client lives long", async () => {
    const served = serve(limit());
    for (let time = 0; time < 2; time++) await failureOf(READ(served));
    await served.clock.pause(3_700_000);
    await failureOf(READ(served));
    const pauses = served.clock.pauses.map((pause) => Math.round(pause / 1000));
    expect(pauses).toEqual([60, 120, 60, 3700, 60, 120]);
  });

  test("a reset that is too far away ends at once", async () => {
    const far = String(DATE.getTime() / 1000 + 1200);
    const served = serve(limit({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": far }, 403));
    expect(laterWords(await failureOf(READ(served)))).toBe("after 12:20 UTC");
    expect(served.asked()).toBe(1);
  });

  test("a server that always says the same second is asked less and less", async () => {
    const served = serve(limit({ "retry-after": "1" }));
    await failureOf(READ(served));
    expect(served.clock.pauses.map((pause) => Math.round(pause / 1000))).toEqual([1, 2, 4, 8, 16, 32, 64, 128]);
  });

  test("while one waits, all wait; when patience ends, it ends for all", async () => {
    const served = serve(limit({ "retry-after": "7" }), OK);
    await READ(served);
    const both = serve(
      limit({ "retry-after": "290" }),
      limit({ "retry-after": "290" }),
      limit({ "retry-after": "20" }),
    );
    const failures = await Promise.all([READ, QUERY, EDIT].map((ask) => failureOf(ask(both))));
    expect(failures.map(isLimit)).toEqual([true, true, true]);
    expect(both.asked()).toBeLessThanOrEqual(5);
  });
});

describe("what may pass", () => {
  const BROKEN: readonly (readonly [string, Reply])[] = [
    ["a reset", RESET],
    ["502", { status: 502, headers: { "content-type": "text/html" }, body: "<html>" }],
    ["an answer cut off", { body: '{"data": {"vie' }],
  ];
  test.each(BROKEN)("%s: three tries within 20 s, but one of what must not be done twice", async (_, reply) => {
    for (const [ask, tries] of [
      [READ, 3],
      [EDIT, 3],
      [QUERY, 3],
      [HARMLESS, 3],
      [CREATE, 1],
      [MUTATION, 1],
    ] as const) {
      const served = serve(reply);
      const failure = await failureOf(ask(served));
      expect([mayBeDone(failure), served.asked()]).toEqual([true, tries]);
      const { pauses, waits } = served.clock;
      expect(pauses).toHaveLength(tries - 1);
      expect([...waits, 500 * (tries - 1)].reduce((sum, each) => sum + each, 0)).toBeLessThan(20_000);
    }
  });

  test.each(BROKEN)("%s, twice: the third answer is the answer", async (_, reply) => {
    for (const ask of [READ, QUERY]) {
      const served = serve(reply, reply, OK);
      await ask(served);
      expect(served.clock.pauses.map((pause) => Math.round(pause / 100))).toEqual([10, 30]);
    }
  });

  test("a query given up halfway, not one that is wrong", async () => {
    const wentWrong = serve({ body: { data: null, errors: [{ message: "Something went wrong" }] } }, OK);
    await QUERY(wentWrong);
    expect(wentWrong.asked()).toBe(2);
    for (const error of [{ type: "FORBIDDEN" }, { message: "x", extensions: { code: "undefinedField" } }]) {
      const final = serve({ body: { data: null, errors: [error] } });
      expect(mayBeDone(await failureOf(QUERY(final)))).toBe(false);
      expect(final.asked()).toBe(1);
    }
  });

  test("what was never sent is sent again, whatever it is", async () => {
    const refused = new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }) });
    const served = serve({ error: refused }, OK);
    await CREATE(served);
    const failure = await failureOf(CREATE(serve({ error: refused })));
    expect([isUnsent(failure), mayBeDone(failure)]).toEqual([true, false]);
  });

  test("what the server said is told rather than that it fell silent", async () => {
    const served = serve({ status: 502, body: { message: "Server Error" } }, RESET);
    expect((await failureOf(READ(served))).message).toContain("Server Error");
  });

  test.each([400, 401, 403, 404, 422])("%i is an answer", async (status) => {
    const served = serve({ status });
    expect(mayBeDone(await failureOf(READ(served)))).toBe(false);
    expect(served.asked()).toBe(1);
  });
});
