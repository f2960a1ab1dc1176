import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { keyOf } from "../../src/queue/job.ts";
import { EVENTS, Malformed, jobsOf } from "../../src/serve/jobsOf.ts";
import type { Json } from "../github/emulated.ts";
import { allExamples, exampleOf, examplesOf, INSTALLATION } from "./payloads.ts";

const APP = 4711;
const HEAD = "ec26c3e57ca3a959ca5aad62de7213c562f8c821";

/** A payload of our own App: the examples are of others. */
function ours(payload: Json): Json {
  const about = payload.check_run ?? payload.check_suite;
  about.app = { ...about.app, id: APP };
  return payload;
}

function comment(body: string, change: (payload: Json) => void = () => {}): Json {
  const payload = exampleOf("issue_comment", "created");
  // None of the examples is a pull request's.
  payload.issue.pull_request = { url: `${payload.repository.url}/pulls/1`, merged_at: null };
  payload.comment.body = body;
  change(payload);
  return payload;
}

function edited(changes: Json): Json {
  return { ...exampleOf("pull_request", "opened"), action: "edited", changes };
}

const hello = { installation: INSTALLATION, owner: "Codertocat", repo: "Hello-World" };
const COMMIT: unknown = expect.stringMatching(/^[0-9a-f]{40}$/);
const suite = { ...hello, installation: 957387 };
const recheck = { kind: "recheck", by: "Codertocat", byId: 21031067 };
const baseChanged = { base: { ref: { from: "main" }, sha: { from: HEAD } } };

/** By event and action: what GitHub sends, and the jobs of it. A subscription without a line here fails below. */
const STORIES: Readonly<Record<string, readonly (readonly [title: string, payload: () => Json, jobs: Json])[]>> = {
  "pull_request.opened": [
    ["a pull request", () => exampleOf("pull_request", "opened"), [{ kind: "pull", ...hello, number: 2, seen: HEAD }]],
  ],
  "pull_request.synchronize": [
    [
      "a push",
      () => exampleOf("pull_request", "synchronize"),
      [{ kind: "pull", number: expect.any(Number), seen: COMMIT }],
    ],
  ],
  "pull_request.reopened": [
    [
      "again",
      () => exampleOf("pull_request", "reopened"),
      [{ kind: "pull", number: expect.any(Number), seen: COMMIT }],
    ],
  ],
  "pull_request.ready_for_review": [
    [
      "no draft",
      () => exampleOf("pull_request", "ready_for_review"),
      [{ kind: "pull", number: expect.any(Number), seen: COMMIT }],
    ],
  ],
  "pull_request.edited": [
    ["another base", () => edited(baseChanged), [{ kind: "pull", ...hello, number: 2, seen: HEAD, into: "master" }]],
    ["another title", () => edited({ title: { from: "Old" } }), []],
  ],
  "merge_group.checks_requested": [
    [
      "a group",
      () => exampleOf("merge_group", "checks_requested"),
      [
        {
          kind: "merge-group",
          owner: "octo-org",
          repo: "octo-repo",
          base: "380387fbc80638b734a49e1be1c4dfec1c01b33c",
          head: "2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d",
          branch: "main",
        },
      ],
    ],
  ],
  "check_run.rerequested": [
    [
      "of a fork or a merge group, where GitHub lists no pull request",
      () => ours(exampleOf("check_run", "rerequested")),
      [{ kind: "head", owner: "github", repo: "hello-world", head: "d6fde92930d4715a2b49857d24b940956b26d2d3" }],
    ],
    ["of a pull request", () => rerequestedRun({}), [{ kind: "pull", ...hello, number: 2 }]],
    ["of a pull request that only its suite lists", suiteOfRerequestedRun, [{ kind: "pull", ...hello, number: 2 }]],
    ["with a pull request of another repository", () => rerequestedRun({ id: 1 }), [{ kind: "head", head: HEAD }]],
    ["of another App", () => exampleOf("check_run", "rerequested"), []],
  ],
  "check_run.requested_action": [
    [
      "a button",
      () => ours(exampleOf("check_run", "requested_action")),
      [{ kind: "press", owner: "electron", checkRun: 1494503112, button: "lgtm|26764", by: expect.any(String) }],
    ],
    ["a button of another App", () => exampleOf("check_run", "requested_action"), []],
  ],
  "check_suite.rerequested": [
    ["a suite", () => ours(exampleOf("check_suite", "rerequested")), [{ ...suite, kind: "pull", number: 2 }]],
    ["without pull requests", () => withoutPulls("check_suite"), [{ ...suite, kind: "head", head: HEAD }]],
    ["of another App", () => exampleOf("check_suite", "rerequested"), []],
  ],
  "issue_comment.created": [
    ["the command", () => comment("/mta-sts recheck"), [recheck]],
    ["the command among other lines", () => comment("Done.\r\n/mta-sts recheck \r\nThanks"), [recheck]],
    ["the command inside a line", () => comment("try /mta-sts recheck"), []],
    ["another command", () => comment("/mta-sts recheck all"), []],
    ["no command", () => comment("Looks good"), []],
    ["on an issue", () => comment("/mta-sts recheck", ({ issue }) => delete issue.pull_request), []],
    ["by a bot", () => comment("/mta-sts recheck", ({ comment: { user } }) => (user.type = "Bot")), []],
    ["by an account that is gone", () => comment("/mta-sts recheck", ({ comment }) => (comment.user = null)), []],
  ],
  "installation.created": [
    ["installed", () => exampleOf("installation", "created"), [{ kind: "sweep", installation: expect.any(Number) }]],
  ],
  "installation.unsuspend": [
    ["back", () => exampleOf("installation", "unsuspend"), [{ kind: "sweep", installation: expect.any(Number) }]],
  ],
  "installation.new_permissions_accepted": [
    [
      "a permission approved",
      () => exampleOf("installation", "new_permissions_accepted"),
      [{ kind: "sweep", installation: expect.any(Number) }],
    ],
  ],
  "installation_repositories.added": [
    [
      "more repositories",
      () => exampleOf("installation_repositories", "added"),
      [{ kind: "sweep", installation: expect.any(Number) }],
    ],
  ],
};

function rerequestedRun(baseRepository: Json): Json {
  const payload = { ...ours(exampleOf("check_run", "created")), action: "rerequested" };
  const [pull] = payload.check_run.check_suite.pull_requests;
  payload.check_run.pull_requests = [
    { ...pull, base: { ...pull.base, repo: { ...pull.base.repo, ...baseRepository } } },
  ];
  return payload;
}

function suiteOfRerequestedRun(): Json {
  const payload = rerequestedRun({});
  payload.check_run.check_suite.pull_requests = payload.check_run.pull_requests;
  delete payload.check_run.pull_requests;
  return payload;
}

function withoutPulls(event: string): Json {
  const payload = ours(exampleOf(event, "rerequested"));
  payload[event].pull_requests = [];
  return payload;
}

const subscriptions = Object.entries(EVENTS).flatMap(([event, actions]) =>
  Object.keys(actions).map((action) => `${event}.${action}`),
);

it.each(subscriptions)("%s is told by a story", (subscription) => {
  expect(STORIES[subscription] ?? []).not.toEqual([]);
});

it("tells no story of what is not subscribed", () => {
  expect(Object.keys(STORIES).filter((name) => !subscriptions.includes(name))).toEqual([]);
});

describe.each(Object.entries(STORIES))("%s", (subscription, stories) => {
  const [event = ""] = subscription.split(".");
  it.each(stories)("%s", (_, payload, wanted) => {
    const jobs = jobsOf(event, payload(), APP);
    expect(jobs).toHaveLength(wanted.length);
    expect(jobs).toMatchObject(wanted);
    expect(new Set(jobs.map(keyOf)).size).toBe(jobs.length);
  });
  it("takes every example of GitHub's", () => {
    for (const payload of examplesOf(event, subscription.split(".")[1] ?? "")) jobsOf(event, payload, APP);
  });
});

it("hears by the manifest of what it subscribes to; of installations every App hears", () => {
  const manifest = parse(readFileSync(new URL("../../app.yml", import.meta.url), "utf8"));
  const chosen = Object.keys(EVENTS).filter((event) => !event.startsWith("installation"));
  expect(manifest.default_events.toSorted()).toEqual(chosen.toSorted());
});

it("asks for no more than it needs", () => {
  const manifest = parse(readFileSync(new URL("../../app.yml", import.meta.url), "utf8"));
  expect(manifest.default_permissions).toEqual({
    checks: "write",
    contents: "read",
    issues: "read",
    merge_queues: "read",
    metadata: "read",
    pull_requests: "write",
  });
});

it("leaves every other event and action of GitHub's examples", () => {
  for (const [event, payload] of allExamples()) {
    if (!subscriptions.includes(`${event}.${payload.action}`)) expect(jobsOf(event, payload, APP)).toEqual([]);
  }
});

it.each(["constructor", "__proto__", "toString"])("knows no event or action %s", (name) => {
  expect(jobsOf(name, { action: name }, APP)).toEqual([]);
  expect(jobsOf("pull_request", { action: name }, APP)).toEqual([]);
  // What every object inherits has a name itself.
  expect(jobsOf(name, { action: "name" }, APP)).toEqual([]);
});

it.each<[string, (payload: Json) => void]>([
  ["no installation", (payload) => delete payload.installation],
  ["an installation that is a text", (payload) => (payload.installation.id = "7")],
  ["no repository", (payload) => delete payload.repository],
  ["a repository that leads elsewhere", (payload) => (payload.repository.name = "../../user")],
  ["an owner that leads elsewhere", (payload) => (payload.repository.owner.login = "a/b")],
  ["a number that is none", (payload) => (payload.pull_request.number = -1)],
  ["no action", (payload) => delete payload.action],
])("refuses %s, and tells only where", (_, spoil) => {
  const payload = exampleOf("pull_request", "opened");
  spoil(payload);
  expect(() => jobsOf("pull_request", payload, APP)).toThrow(Malformed);
  expect(() => jobsOf("pull_request", payload, APP)).not.toThrow(/user|a\/b/);
});

it("reads no name from what every object inherits", () => {
  const payload = JSON.parse('{"action":"created","__proto__":{"installation":{"id":9}}}');
  expect(() => jobsOf("installation", payload, APP)).toThrow(Malformed);
});
