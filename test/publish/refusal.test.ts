import { expect, test } from "vitest";
import { BadAnswer, refusalOf } from "../../src/publish/refusal.ts";
import { FakeGithub } from "./fakeGithub.ts";
import { finding, run } from "./writes.ts";

function http(status: number, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name: "HttpError", status, request: {}, ...more });
}

test.each([
  [http(500, "socket hang up"), "unclear", /\(socket hang up\); run the job again$/],
  [Object.assign(new DOMException("late", "TimeoutError")), "unclear", /\(late\)/],
  [Object.assign(new DOMException("off", "AbortError")), "unclear", /\(off\)/],
  [new BadAnswer("comment"), "unclear", /\(its answer has no comment\)/],
  [Object.assign(new Error("the answer was cut off"), { status: 500 }), "unclear", /cut off/],
  [http(401, "Bad credentials"), "forbidden", /permissions: \{ contents: read, pull-requests: write \}/],
  [http(403, "Resource not accessible by integration - https://docs.github.com/x"), "forbidden", /integration\); add/],
  [http(403, "Unable to create comment because issue is locked."), "forbidden", /^the conversation is locked/],
  [http(403, "Blocked"), "forbidden", /^the token may not/],
  [http(403, "You have exceeded a secondary rate limit"), "limit", /run the job again in an hour$/],
  [http(429, "slow", { response: { headers: { "retry-after": "7" } } }), "limit", /again in 7 s$/],
  [http(404, "Not Found"), "missing", /has no such thing/],
  [
    http(422, "Validation Failed: {}", { response: { data: { errors: ["no `line`\n::error::"] } } }),
    "wrong",
    /\(no {2}line\)$/,
  ],
  [http(422, "V: {}", { response: { data: { errors: [{ message: "is odd" }] } } }), "wrong", /\(is odd\)$/],
  [http(410, ""), "wrong", /\(HttpError 410\)$/],
  [
    Object.assign(new Error("x"), { name: "GraphqlResponseError", errors: [{ type: "FORBIDDEN", message: "no" }] }),
    "forbidden",
    /\(no\)/,
  ],
  [
    Object.assign(new Error("x"), { name: "GraphqlResponseError", errors: [{ type: "NOT_FOUND", message: "no" }] }),
    "missing",
    /\(no\)/,
  ],
  [Object.assign(new Error("x"), { name: "GraphqlResponseError", errors: [{ message: "hm" }] }), "unclear", /\(hm\)/],
] as const)("%s", (error, kind, why) => {
  expect(refusalOf(error)).toEqual({ kind, why: expect.stringMatching(why) });
});

test.each([
  new TypeError("x is not a function"),
  new AggregateError([], "many"),
  new RangeError("far"),
  "text",
  undefined,
])("%s is no refusal", (error) => {
  expect(refusalOf(error)).toBeUndefined();
});

test("a fault of ours reaches whoever called, from a read as from a write", async () => {
  const github = new FakeGithub();
  const client = github.client();
  const broken = new TypeError("x is not a function");
  for (const kind of ["query", "POST reviews"]) {
    const fails = { ...client, graphql: kind === "query" ? () => Promise.reject(broken) : client.graphql };
    const rest = { ...client.rest, pulls: { ...client.rest.pulls, createReview: () => Promise.reject(broken) } };
    await expect(run(github, [finding("a", 3)], {}, { ...fails, rest })).rejects.toBe(broken);
  }
});

test("an answer without a pull request is told, and nothing is written", async () => {
  const github = new FakeGithub();
  const client = github.client();
  for (const answer of [undefined, null, {}, { repository: null }, { repository: { pullRequest: null } }]) {
    const { unwritten } = await run(github, [finding("a", 3)], {}, { ...client, graphql: async () => answer });
    expect(unwritten).toEqual([
      expect.stringMatching(/could not be read, so not all of them are written: .* no pull request/),
    ]);
  }
  expect(github.writes).toEqual([]);
});
