import { expect, test } from "vitest";
import { FastClock } from "../github/fastClock.ts";
import { WORKFLOW_TOKEN } from "../github/standIn.ts";
import { policy, POLICY, zone, ZONE } from "../nordwind.ts";
import { failureOf, github, loadPull, tell } from "./githubStory.ts";

const STORY = {
  main: [
    { at: "2026-01-05T10:00:00Z", files: { README: "1\n" } },
    { at: "2026-01-06T10:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy() } },
  ],
  topic: { commits: [{ at: "2026-06-01T10:00:00Z", files: { [POLICY]: policy({ mode: "enforce" }) } }] },
};

test("no answer, a server's fault and a query given up are asked again", async () => {
  const standIn = await tell(STORY);
  standIn.fail({ kind: /compare/, times: 1, reset: true });
  standIn.fail({ kind: /git\/trees/, times: 2, status: 502 });
  standIn.fail({ kind: "graphql query", times: 1, errors: [{ message: "Something went wrong" }] });
  const snapshot = await loadPull(github(standIn), standIn);
  expect(snapshot.past.length).toBeGreaterThan(0);
});

test.each([
  [{ reset: true }, /^GitHub does not answer \(three tries: .*\): run the job again/],
  [{ status: 503, body: "<html>\nno server is available</html>" }, /^GitHub does not answer \(three tries: .*\): run/],
  [{ status: 401 }, /does not accept the token for acme\/dns \(401\): renew the token/],
  [{ status: 403 }, /does not let the token read acme\/dns \(403\): the job needs `permissions: \{ contents: read \}`/],
  [
    { status: 404 },
    /no common ancestor of .*: rebase the branch, or grant the job `permissions: \{ contents: read \}`/,
  ],
  [{ status: 429, headers: { "retry-after": "400" } }, /rate limit .* used up: run the job again in 400 s/],
  [
    { status: 403, headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "4102488000" } },
    /rate limit .* used up: run the job again after 12:00 UTC/,
  ],
])("%o is one line that says what to do", async (fault, line) => {
  const standIn = await tell(STORY);
  standIn.fail(fault);
  const message = await failureOf(loadPull(github(standIn), standIn));
  expect(message).toMatch(line);
  expect(message).not.toMatch(/\n/);
});

test("a server that is silent gets three tries within 20 s", async () => {
  const standIn = await tell(STORY);
  standIn.fail({ delay: 3_000 });
  const clock = new FastClock(10);
  const began = clock.now();
  expect(await failureOf(loadPull(github(standIn, WORKFLOW_TOKEN, clock), standIn))).toMatch(
    /^GitHub does not answer \(three tries/,
  );
  expect(clock.now() - began).toBeLessThan(20_000);
  expect(standIn.requests).toHaveLength(3);
});

test("a token that may not read contents, and one that may not read pull requests", async () => {
  const nothing = await tell({ ...STORY, permissions: { issues: "read" } });
  expect(await failureOf(loadPull(github(nothing), nothing))).toContain("permissions: { contents: read }");
  const { main } = nothing.repository;
  expect(await failureOf(github(nothing).resolve(main))).toContain("permissions: { contents: read }");
  const contents = await tell({ ...STORY, permissions: { contents: "read" } });
  expect(await failureOf(loadPull(github(contents), contents))).toContain("permissions: { pull-requests: read }");
});

test("a commit, a repository and a blob that are not there", async () => {
  const standIn = await tell(STORY);
  const repository = github(standIn);
  expect(await failureOf(repository.resolve("1".repeat(40)))).toMatch(/is no commit of acme\/dns: .*Run the job again/);
  const { main } = standIn.repository;
  expect(await failureOf(repository.diff("1".repeat(40), main))).toMatch(/"1+" is no commit/);
  expect(await failureOf(repository.entry("1".repeat(40), "a"))).toMatch(/"1+" is no commit/);
  const lost = { path: "a", kind: "file", id: "2".repeat(40) } as const;
  expect((await repository.read([lost], () => 10)).get(lost)).toEqual({ unread: "missing" });
});

test("what is over the limit is not read, equal ids once", async () => {
  const standIn = await tell({
    ...STORY,
    main: [{ at: "2026-01-05T10:00:00Z", files: { a: "12345", b: "12345", c: "123", d: "" } }, ...STORY.main],
  });
  const repository = github(standIn);
  const entries = await repository.list(standIn.repository.main);
  standIn.forgetRequests();
  const read = await repository.read(entries, (path) => (path === "b" ? 5 : 3));
  const told = Array.from(read, ([{ path }, blob]) => `${path}: ${"unread" in blob ? blob.unread : blob.length}`);
  expect(told.filter((line) => /^[a-d]:/.test(line)).toSorted()).toEqual(["a: too-large", "b: 5", "c: 3", "d: 0"]);
  await repository.read(entries, (path) => (path === "b" ? 5 : 3));
  expect(standIn.requests).toHaveLength(1);
});
