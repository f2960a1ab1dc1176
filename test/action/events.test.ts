import { describe, expect, test } from "vitest";
import {
  dispatchEvent,
  mergeGroupEvent,
  NO_SHA,
  pullRequestEvent,
  pushEvent,
  scheduleEvent,
  workflowRunEvent,
} from "../github/workflowEvent.ts";
import type { StandIn } from "../github/standIn.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { act, annotated, begin, errors, nordwindStory } from "./world.ts";

const EDITED = { [POLICY]: policy({ maxAge: 86400 }) };
const BROKEN = zone({ sts: '_mta-sts TXT "v=STSv1; id=not-legal"' });

test("a policy edited without a new id: red, on the line, with the fix in the summary", async () => {
  const standIn = await begin(nordwindStory(EDITED));
  const run = await act(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({
    status: 1,
    stderr: "",
    outputs: { conclusion: "failure", errors: "1", warnings: "0", notices: "0", degraded: "false", "json-path": "" },
  });
  expect(annotated(run)).toEqual([`error ${ZONE} 9 id-not-bumped (RFC 8461 §3.1)`]);
  expect(run.stdout).toMatch(/\n1 zone, 1 policy, 1 domain\n1 error\n$/);
  expect(run.summary).toMatch(
    /^## MTA-STS: failed with 1 error\n\n\*\*This must not go live as it is\.\*\* .* Looked at 1 zone, 1 policy, 1 domain\.\n/,
  );
  expect(run.summary).toContain('-_mta-sts TXT "v=STSv1; id=1"\n+_mta-sts TXT "v=STSv1; id=20260601T120000Z"\n');
  expect(run.summary).toContain(
    `[\`${ZONE}\`, line 9](https://github.com/acme/dns/blob/${standIn.repository.openPull.headSha}/${ZONE}#L9)`,
  );
  expect(standIn.writes.map(({ kind }) => kind.split("/").at(-1))).toEqual(["reviews", "comments"]);
  expect(run.outputs["comment-url"]).toMatch(/^https:\/\/github\.com\/acme\/dns\/\w+\/1#issuecomment-\d+$/);
  standIn.forgetRequests();
  expect((await act(standIn, await pullRequestEvent(standIn))).status).toBe(1);
  expect(standIn.writes).toEqual([]);
});

describe("what the inputs let it write", () => {
  const REVIEW_AND_SUMMARY = ["reviews", "comments"];
  test.each([
    ["changes", "25", REVIEW_AND_SUMMARY],
    ["always", "25", REVIEW_AND_SUMMARY],
    ["never", "25", ["reviews"]],
    ["changes", "0", ["comments"]],
    ["always", "0", ["comments"]],
    ["never", "0", []],
  ])("comment: %s, inline-comments: %s", async (comment, inline, writes) => {
    const standIn = await begin(nordwindStory(EDITED));
    const event = await pullRequestEvent(standIn);
    const inputs = { comment, "inline-comments": inline };
    const dry = await act(standIn, event, { ...inputs, "dry-run": "true" });
    expect(dry).toMatchObject({ status: 1, outputs: { degraded: "false", "comment-url": "" } });
    expect(standIn.writes).toEqual([]);
    expect(await act(standIn, event, inputs)).toMatchObject({ status: 1, outputs: { degraded: "false" } });
    expect(standIn.writes.map(({ kind }) => kind.split("/").at(-1))).toEqual(writes);
  });

  test("where nothing is wrong a comment is written only always", async () => {
    const standIn = await begin(nordwindStory({ README: "ours\n" }));
    const event = await pullRequestEvent(standIn);
    for (const inputs of [{}, { comment: "never" }, { comment: "always", "dry-run": "true" }]) {
      expect((await act(standIn, event, inputs)).status).toBe(0);
      expect(standIn.writes).toEqual([]);
    }
    expect((await act(standIn, event, { comment: "always" })).outputs["comment-url"]).toMatch(/#issuecomment-/);
    expect(standIn.writes).toHaveLength(1);
  });
});

test("a workflow that may not write is told which lines to add", async () => {
  const standIn = await begin(nordwindStory(EDITED, { permissions: { contents: "read", pull_requests: "read" } }));
  const run = await act(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 1, outputs: { conclusion: "failure", degraded: "true" } });
  const told =
    /comment is missing on `policies.*` line 4, the summary comment is missing: .*add `permissions: \{ contents: read, pull-requests: write \}` to the job/;
  expect(run.summary).toMatch(new RegExp(`^> A ${told.source}`, "m"));
  expect(run.stdout).toMatch(new RegExp(`^::error title=mta-sts-guard::A ${told.source}`));
  expect(errors(run)).toHaveLength(2);
});

test("the first publication, in order: green", async () => {
  const story = {
    main: [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: zone({ sts: "" }) } }],
    topic: {
      commits: [{ at: "2026-06-01T12:00:00Z", files: { [ZONE]: zone({ serial: 2026060101 }), [POLICY]: policy() } }],
    },
  };
  const standIn = await begin(story);
  const run = await act(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 0, outputs: { conclusion: "success" } });
  expect(run.summary).toContain("## MTA-STS: passed\n\n**Nothing wrong was found in this change.**");
  expect(run.summary).toContain("| `nordwind.de` | no policy here → testing | none → `1` |");
});

test("a repository with nothing but the policy: told where the new id belongs", async () => {
  const story = {
    repository: "acme/mta-sts.nordwind.de",
    main: [{ at: "2026-01-01T12:00:00Z", files: { ".well-known/mta-sts.txt": policy() } }],
    topic: {
      commits: [{ at: "2026-06-01T12:00:00Z", files: { ".well-known/mta-sts.txt": policy({ maxAge: 86400 }) } }],
    },
  };
  const standIn = await begin(story);
  const run = await act(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 0, outputs: { conclusion: "success", notices: "1" } });
  expect(annotated(run)).toEqual(["notice .well-known/mta-sts.txt 4 id-elsewhere (RFC 8461 §8.1)"]);
  expect(run.summary).toMatch(/\n```text\n_mta-sts\S* IN TXT "v=STSv1; id=\w+"\n```\n/);
});

test("a push is judged as the change that it is, a new branch and a forced push by their state", async () => {
  const standIn = await begin(nordwindStory(EDITED));
  const before = standIn.repository.main;
  await standIn.pushToMain([{ at: "2026-06-02T12:00:00Z", files: EDITED }]);
  const pushed = await act(standIn, await pushEvent(standIn, before));
  expect(annotated(pushed)).toEqual([`error ${ZONE} 9 id-not-bumped (RFC 8461 §3.1)`]);
  for (const event of [await pushEvent(standIn, NO_SHA), await pushEvent(standIn, before, true)]) {
    const run = await act(standIn, event);
    expect(run).toMatchObject({ status: 0, outputs: { conclusion: "success" } });
    expect(run.summary).toContain("**Nothing wrong was found.**");
  }
  const event = await pushEvent(standIn, before);
  const gone = { ...event, payload: { ...event.payload, after: NO_SHA, deleted: true } };
  expect(await act(standIn, gone)).toMatchObject({
    status: 0,
    stdout: "This push deletes a branch or tag, so there is nothing to judge.\n",
  });
});

test("schedule and workflow_dispatch judge the state of everything", async () => {
  const standIn = await begin({
    main: [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: BROKEN, [POLICY]: policy() } }],
  });
  for (const event of [await scheduleEvent(standIn), await dispatchEvent(standIn)]) {
    const run = await act(standIn, event);
    expect(run).toMatchObject({ status: 1, outputs: { conclusion: "failure", errors: "1" } });
    expect(annotated(run)).toEqual([`error ${ZONE} 9 record-syntax (RFC 8461 §3.1)`]);
    expect(run.summary).toContain("## MTA-STS: failed with 1 error\n");
  }
});

test("the merge queue is judged as the pull request was", async () => {
  const standIn = await begin(nordwindStory(EDITED));
  const sha = await standIn.queue("2026-06-02T12:00:00Z");
  const run = await act(standIn, await mergeGroupEvent(standIn, sha));
  expect(run.status).toBe(1);
  expect(annotated(run)).toEqual([`error ${ZONE} 9 id-not-bumped (RFC 8461 §3.1)`]);
});

test("a fork and Dependabot: the same verdict, and why nothing is written", async () => {
  const standIn = await begin(nordwindStory(EDITED, { topic: { fork: "stranger/dns" } }));
  const event = await pullRequestEvent(standIn);
  const run = await act(standIn, event);
  expect(run).toMatchObject({ status: 1, outputs: { conclusion: "failure", degraded: "true" } });
  expect(run.summary).toMatch(/^> A pull request from a fork has a read-only token.* `pull_request_target`/m);
  standIn.deleteHeadRepository();
  expect(await act(standIn, await pullRequestEvent(standIn))).toMatchObject({
    status: 1,
    outputs: { degraded: "true" },
  });
  const target = await act(standIn, await pullRequestEvent(standIn, "opened", "pull_request_target"));
  expect(target).toMatchObject({ status: 1, outputs: { degraded: "false" } });
});

test("Dependabot cannot write either", async () => {
  const standIn = await begin(nordwindStory(EDITED));
  const run = await act(standIn, await pullRequestEvent(standIn), {}, { GITHUB_ACTOR: "dependabot[bot]" });
  expect(run).toMatchObject({ status: 1, outputs: { degraded: "true" } });
  expect(run.summary).toContain("> Dependabot has a read-only token, so");
});

test("a closed pull request is judged, and nothing is written", async () => {
  const standIn = await begin(nordwindStory(EDITED));
  standIn.closePull();
  const run = await act(standIn, await pullRequestEvent(standIn, "closed"));
  expect(run.status).toBe(1);
  expect(run.summary).toContain("> This pull request is closed: it was judged, and nothing is written to it.");
  expect(standIn.writes).toEqual([]);
});

test("what does not change is no reason to fail, but for whoever sets the action up it is told", async () => {
  const files = { ".github/workflows/mta-sts.yml": "jobs: { a: { steps: [{ uses: acme/mta-sts-guard@v1 }] } }\n" };
  const main = [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: BROKEN, [POLICY]: policy() } }];
  const standIn = await begin(nordwindStory(files, { main }));
  const run = await act(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 0, outputs: { errors: "0" } });
  expect(run.summary).toContain("## What was there before\n\nThis pull request sets mta-sts-guard up");
  expect(run.summary).toMatch(/- \*\*Error\*\* in .* \[record-syntax\]/);
  const other = { ".github/workflows/mta-sts.yml": "# uses: acme/mta-sts-guard@v1\n" };
  await standIn.push([{ at: "2026-06-02T12:00:00Z", files: other }]);
  expect((await act(standIn, await pullRequestEvent(standIn))).summary).not.toContain("What was there before");
});

test("the configuration of base counts, and another path where the input says so", async () => {
  const severe = "version: 1\nfail-on: never\n";
  const files = { ...EDITED, ".github/mta-sts-guard.yml": severe };
  const main = [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy(), "ops/guard.yml": severe } }];
  const standIn = await begin(nordwindStory(files, { main }));
  const event = await pullRequestEvent(standIn);
  expect((await act(standIn, event)).status).toBe(1);
  expect((await act(standIn, event, { config: "ops/guard.yml" })).status).toBe(0);
  expect((await act(standIn, event, { config: "ops/guard.yml", "fail-on": "error" })).status).toBe(1);
});

test("json-file holds what the command line's JSON does", async () => {
  const standIn = await begin(nordwindStory(EDITED));
  const run = await act(standIn, await pullRequestEvent(standIn), { "json-file": "out/findings.json" });
  expect(run.outputs["json-path"]).toMatch(/^\/.*\/workspace\/out\/findings\.json$/);
});

describe("two stages: a fork's pull request gets its comments from a run of its own", () => {
  const FORK = { topic: { fork: "stranger/dns" } };

  test("the first judges and writes nothing, the second writes, and says nothing at the default branch", async () => {
    const standIn = await begin(nordwindStory(EDITED, FORK));
    const first = await act(standIn, await pullRequestEvent(standIn), { comment: "never", "inline-comments": "0" });
    expect(first).toMatchObject({ status: 1, outputs: { conclusion: "failure", degraded: "false" } });
    expect(standIn.writes).toEqual([]);
    const event = await workflowRunEvent(standIn);
    const run = await act(standIn, event);
    expect(run).toMatchObject({ status: 0, stderr: "", outputs: { conclusion: "failure", degraded: "false" } });
    expect(run.stdout).toBe("1 zone, 1 policy, 1 domain\n1 error\n");
    expect(standIn.writes.map(({ kind }) => kind.split("/").at(-1))).toEqual(["reviews", "comments"]);
    expect(await standIn.comments()).toHaveLength(1);
    standIn.forgetRequests();
    const requested = { ...event, payload: { ...event.payload, action: "requested" } };
    expect((await act(standIn, requested)).status).toBe(0);
    expect(standIn.writes).toEqual([]);
  });

  test("a second stage that may not write is red, and told which lines to add", async () => {
    const permissions = { contents: "read", pull_requests: "read" } as const;
    const standIn = await begin(nordwindStory(EDITED, { ...FORK, permissions }));
    const run = await act(standIn, await workflowRunEvent(standIn));
    expect(run).toMatchObject({ status: 1, outputs: { degraded: "true" } });
    expect(errors(run)).toEqual([expect.stringContaining("`permissions: { contents: read, pull-requests: write }`")]);
  });

  test("head moved in between: left to the newer run", async () => {
    const standIn = await begin(nordwindStory(EDITED, FORK));
    const event = await workflowRunEvent(standIn);
    await standIn.push([{ at: "2026-06-02T12:00:00Z", files: { [POLICY]: policy({ maxAge: 172800 }) } }]);
    const line = "The pull request was pushed to since: its comments are left to the newer run.\n";
    expect(await act(standIn, event)).toMatchObject({ status: 0, stdout: line, summary: "", outputs: {} });
    expect(standIn.writes).toEqual([]);
  });

  test.each([
    ["a closed one", (standIn) => standIn.closePull(), {}],
    ["a fork that is gone", (standIn) => standIn.deleteHeadRepository(), {}],
    ["another branch of the fork", () => {}, { head_branch: "main" }],
    ["the same branch and commit of another fork", () => {}, { head_repository: { full_name: "stranger/dns2" } }],
    ["a branch of that name here", () => {}, { head_repository: { full_name: "acme/dns" } }],
    ["a branch that would be more of the question", () => {}, { head_branch: "topic&state=all&head=" }],
  ] satisfies [string, (standIn: StandIn) => void, object][])("%s: nothing is written", async (_, change, more) => {
    const standIn = await begin(nordwindStory(EDITED, FORK));
    const event = await workflowRunEvent(standIn, more);
    change(standIn);
    const line = "No pull request is open from this branch: nothing is written.\n";
    expect(await act(standIn, event)).toMatchObject({ status: 0, stdout: line, stderr: "", summary: "", outputs: {} });
    const { head_repository: from, head_branch: branch } = event.payload.workflow_run;
    expect(standIn.requests.map(({ path, query }) => [path, query.get("state"), query.get("head")])).toEqual([
      ["/repos/acme/dns/pulls", "open", `${from.full_name.split("/")[0]}:${branch}`],
    ]);
  });

  test.each([
    [{ event: "push" }, "The first workflow did not run on `pull_request`: there is nothing to comment on."],
    [{ event: "##[error]" }, "The first workflow did not run on `pull_request`: there is nothing to comment on."],
    [{ conclusion: "action_required" }, "The first workflow waits for approval: comments follow once it has run."],
    [
      { status: "waiting", conclusion: null },
      "The first workflow waits for approval: comments follow once it has run.",
    ],
    [{ head_repository: null }, "The branch that the first workflow ran for is gone: there is nothing to comment on."],
    [{ head_branch: null }, "The branch that the first workflow ran for is gone: there is nothing to comment on."],
  ])("%o: one line, and nothing is asked", async (more, line) => {
    const standIn = await begin(nordwindStory(EDITED, FORK));
    const event = await workflowRunEvent(standIn, more);
    standIn.forgetRequests();
    expect(await act(standIn, event)).toMatchObject({ status: 0, stdout: `${line}\n`, stderr: "", outputs: {} });
    expect(standIn.requests).toEqual([]);
  });

  test("from one branch to several: each gets its comments, three at most", async () => {
    const standIn = await begin(nordwindStory(EDITED, FORK));
    const pulls = [standIn.repository.openPull, await standIn.proposeTo("release")];
    const run = await act(standIn, await workflowRunEvent(standIn));
    expect(run.status).toBe(0);
    for (const pull of pulls) expect(await standIn.comments(pull)).toHaveLength(1);
    expect(run.summary.match(/^## MTA-STS: failed/gm)).toHaveLength(2);
    for (const base of ["next", "last"]) await standIn.proposeTo(base);
    standIn.forgetRequests();
    const more = await act(standIn, await workflowRunEvent(standIn), { "dry-run": "true" });
    expect(more.stdout).toMatch(
      /^4 pull requests are open from this branch: comments go to the 3 that changed last\.\n/,
    );
    expect(standIn.counts["GET /repos/{owner}/{repo}/pulls/{pull_number}/files"]).toBe(3);
  });

  test("what GitHub lists although it was not asked for is left alone", async () => {
    const standIn = await begin(nordwindStory(EDITED, FORK));
    const event = await workflowRunEvent(standIn);
    const pull = await standIn.pull();
    const heads = [{ ref: "other" }, { repo: { full_name: "stranger/other" } }, { repo: null }];
    const body = [{ ...pull, state: "closed" }, ...heads.map((head) => ({ ...pull, head: { ...pull.head, ...head } }))];
    standIn.fail({ kind: "GET /repos/{owner}/{repo}/pulls", status: 200, body });
    const line = "No pull request is open from this branch: nothing is written.\n";
    expect(await act(standIn, event)).toMatchObject({ status: 0, stdout: line, outputs: {} });
  });

  test("a list that is not whole, and one that is refused: one line", async () => {
    const standIn = await begin(nordwindStory(EDITED, FORK));
    const event = await workflowRunEvent(standIn);
    standIn.fail({ kind: "GET /repos/{owner}/{repo}/pulls", status: 200, body: [{ number: 1 }] });
    const cut = await act(standIn, event);
    expect(cut).toMatchObject({ status: 1, stderr: "", outputs: {} });
    expect(cut.stdout).toBe(
      "::error title=mta-sts-guard::GitHub's list of pull requests is not whole: run the job again.\n",
    );
    standIn.heal();
    standIn.grant("workflow-token", { login: "github-actions[bot]", permissions: { contents: "read" } });
    const refused = await act(standIn, event);
    expect(refused.status).toBe(1);
    expect(refused.stdout).toBe(
      "::error title=mta-sts-guard::GitHub does not let the token read acme/dns (403): the job needs `permissions: { pull-requests: read }`, or write.\n",
    );
    expect(standIn.writes).toEqual([]);
  });
});
