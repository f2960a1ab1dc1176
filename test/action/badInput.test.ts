import { describe, expect, test } from "vitest";
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

test("two mistakes are two lines", async () => {
  const standIn = await begin(STORY);
  const run = await act(standIn, await pullRequestEvent(standIn), { comment: "x", "fail-on": "y" });
  expect(errors(run)).toHaveLength(2);
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
