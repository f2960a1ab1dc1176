import { type AddressInfo, createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { type WorkflowEvent, pullRequestEvent, pushEvent } from "../github/workflowEvent.ts";
import { POLICY, policy } from "../nordwind.ts";
import { act, begin, errors, nordwindStory } from "./world.ts";

const STORY = nordwindStory({ [POLICY]: policy({ maxAge: 86400 }) });

test.each([
  [{ "inline-comments": "abc" }, "The input `inline-comments` is `abc`: write a whole number from 0 to 100."],
  [{ "inline-comments": "-1" }, "The input `inline-comments` is `-1`: write a whole number from 0 to 100."],
  [{ "inline-comments": "101" }, "The input `inline-comments` is `101`: write a whole number from 0 to 100."],
  [{ "fail-on": "fatal" }, "The input `fail-on` is `fatal`: use error, warning, notice or never."],
  [{ comment: "yes\n::warning::x" }, "The input `comment` is `yesU+000A::warning::x`: use changes, always or never."],
  [{ "dry-run": "1" }, "The input `dry-run` is `1`: use true or false."],
  [
    { token: "" },
    "The input `token` is empty, so nothing can be read: leave it out, or pass a token that may read the repository's contents.",
  ],
  [
    { "json-file": "../x.json" },
    "The input `json-file` is `../x.json`: name a file below the workspace, such as `findings.json`.",
  ],
  [
    { config: "/etc/passwd" },
    "The input `config` is `/etc/passwd`: write a path from the repository's root, such as `.github/mta-sts-guard.yml`.",
  ],
  [
    { config: "none.yml" },
    "The input `config` names `none.yml`, and the repository has no such file: correct the path, or leave the input out.",
  ],
])("%o", async (inputs, line) => {
  const standIn = await begin(STORY);
  const run = await act(standIn, await pullRequestEvent(standIn), inputs);
  expect(run).toMatchObject({ status: 1, stdout: `::error title=mta-sts-guard::${line}\n`, stderr: "" });
});

test("all mistakes are told at once, a line each, before anything is asked", async () => {
  const standIn = await begin(STORY);
  const event = await pullRequestEvent(standIn);
  standIn.forgetRequests();
  const run = await act(standIn, event, {
    token: "",
    comment: "x",
    "fail-on": "y",
    "inline-comments": "1e9",
    "dry-run": "no",
    config: "../a.yml",
    "json-file": "/a.json",
    "sarif-file": "a/../../b",
  });
  expect(errors(run)).toHaveLength(8);
  expect(run).toMatchObject({ status: 1, stderr: "", summary: "", outputs: {}, workspace: {} });
  expect(standIn.requests).toEqual([]);
});

test("a file that cannot be written is told once the verdict stands", async () => {
  const standIn = await begin(STORY);
  const long = `${"x".repeat(300)}.json`;
  const run = await act(standIn, await pullRequestEvent(standIn), { "json-file": long });
  expect(run.stdout).toContain("json-file");
  expect(run).toMatchObject({ status: 1, stderr: "", outputs: { conclusion: "failure" } });
  expect(run.summary).toContain("id-not-bumped");
  expect(errors(run).at(-1)).toMatch(/`json-file` .*cannot be written/);
});

describe("the event", () => {
  const cases: readonly (readonly [string, (event: WorkflowEvent) => WorkflowEvent, RegExp])[] = [
    [
      "of another name",
      (event) => ({ ...event, name: "issues" }),
      /The event `issues` tells no change of files: start/,
    ],
    [
      "without a file",
      (event) => ({ ...event, payload: undefined }),
      /The event file `.*` .* cannot be read \(ENOENT\)/,
    ],
    ["that is not JSON", (event) => ({ ...event, payload: "{" }), /is not JSON/],
    [
      "of another event",
      (event) => ({ ...event, name: "merge_group" }),
      /none of the event `merge_group` \(`merge_group`: /,
    ],
    [
      "with a strange commit id",
      (event) => ({
        ...event,
        name: "push",
        payload: { ref: "refs/heads/main", before: "--upload-pack=x", after: event.sha, forced: false },
      }),
      /none of the event `push` \(`before`: no commit id\)/,
    ],
  ];
  test.each(cases)("%s", async (_, change, line) => {
    const standIn = await begin(STORY);
    const run = await act(standIn, change(await pullRequestEvent(standIn)));
    expect(run).toMatchObject({ status: 1, stdout: expect.stringMatching(line), stderr: "" });
    expect(run.stdout.trimEnd().split("\n")).toHaveLength(1);
  });
});

test("commits that are gone", async () => {
  const standIn = await begin(STORY);
  const gone = "1".repeat(40);
  const event = await pullRequestEvent(standIn);
  const payload = {
    ...event.payload,
    pull_request: { ...event.payload.pull_request, base: { sha: gone, ref: "main" } },
  };
  for (const each of [{ ...event, payload }, await pushEvent(standIn, gone)]) {
    const run = await act(standIn, each);
    expect(run).toMatchObject({ status: 1, stderr: "" });
    expect(run.stdout).toMatch(/^::error title=mta-sts-guard::.*\n$/);
  }
});

test.each([
  ["GITHUB_REPOSITORY", "acme", "GITHUB_REPOSITORY is no `owner/name`: start this action from a workflow."],
  ["GITHUB_EVENT_NAME", undefined, "The event `` tells no change of files: start this workflow on pull_request, "],
  ["GITHUB_EVENT_PATH", undefined, "The event file `` (GITHUB_EVENT_PATH) cannot be read (ENOENT): start this action "],
])("%s as %j", async (name, value, line) => {
  const standIn = await begin(STORY);
  const run = await act(standIn, await pullRequestEvent(standIn), {}, { [name]: value });
  expect(run).toMatchObject({ status: 1, stderr: "", summary: "", outputs: {} });
  expect(run.stdout).toContain(`::error title=mta-sts-guard::${line}`);
  expect(run.stdout.trimEnd().split("\n")).toHaveLength(1);
});

test.each([
  ["no contents", { pull_requests: "write" }, /permissions: \{ contents: read/],
  ["a token that is not valid", undefined, /does not accept the token .*\(401\): renew/],
] as const)("%s: one line names what to change", async (_, permissions, line) => {
  const standIn = await begin({ ...STORY, ...(permissions ? { permissions } : {}) });
  const run = await act(standIn, await pullRequestEvent(standIn), permissions ? {} : { token: "ghs_nobody" });
  expect(run).toMatchObject({ status: 1, stderr: "", summary: "", stdout: expect.stringMatching(line) });
  expect(run.stdout.trimEnd().split("\n")).toHaveLength(1);
  expect(standIn.writes).toEqual([]);
});

test("a server that refuses connections, and one that takes them and never answers: one line within 20 s", async () => {
  const standIn = await begin(STORY);
  const event = await pullRequestEvent(standIn);
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void silent.close());
  const { port } = silent.address() as AddressInfo;
  for (const url of ["http://127.0.0.1:1", `http://127.0.0.1:${port}`]) {
    const run = await act(standIn, event, {}, { GITHUB_API_URL: url, GITHUB_GRAPHQL_URL: `${url}/graphql` });
    expect(run).toMatchObject({ status: 1, stderr: "", summary: "", outputs: {} });
    expect(run.stdout).toMatch(/^::error title=mta-sts-guard::GitHub does not answer .*\n$/);
    // Besides the 20 s, node has to start.
    expect(run.took).toBeLessThan(23_000);
  }
});

test("a server that does not answer is asked three times, then one line tells it", async () => {
  const standIn = await begin(STORY);
  const event = await pullRequestEvent(standIn);
  standIn.forgetRequests();
  standIn.fail({ reset: true });
  const run = await act(standIn, event);
  expect(run).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^::error title=mta-sts-guard::.*\n$/),
    stderr: "",
  });
  expect(standIn.requests).toHaveLength(3);
  expect(run.took).toBeLessThan(20_000);
});
