import { describe, expect, it } from "vitest";
import { doJob } from "../../src/work/doJob.ts";
import { openMetrics } from "../../src/serve/metrics.ts";
import { openInstallations } from "../../src/work/installations.ts";
import type { Heard } from "../../src/work/access.ts";
import { readCheckId } from "../../src/work/checkId.ts";
import { BOT_PERMISSIONS } from "../github/app.ts";
import type { Job } from "../../src/queue/job.ts";
import type { Json } from "../github/emulated.ts";
import { POLICY, policy } from "../nordwind.ts";
import { nordwindStory } from "../action/world.ts";
import { type Serving, serve } from "./serving.ts";
import { RememberingQueue } from "./testBot.ts";

const UNBUMPED = { [POLICY]: policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] }) };
const NOW = new Date("2026-06-01T13:00:00Z");

async function judged({ target, standIn, ...serving }: Serving, last = false) {
  return serving.do({ kind: "pull", ...target, number: standIn.repository.openPull.number }, { last });
}

const shown = async ({ standIn }: Serving) =>
  (await standIn.checks()).map(({ status, conclusion, output }) => `${status} ${conclusion} ${output.title}`);

describe("when GitHub does not answer", () => {
  it("the check waits, and the next try ends it", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    serving.standIn.fail({ kind: /compare/, status: 502, times: 3 });
    await expect(judged(serving)).rejects.toThrow("does not answer");
    expect(await shown(serving)).toEqual(["in_progress null Waits for GitHub"]);
    // Nobody was gone, so nothing is on its way that another look would be for.
    expect(await judged(serving)).toEqual({ again: undefined });
    expect(await shown(serving)).toEqual(["completed failure 1 error, 1 notice new"]);
  });

  it("the last try says so, and the sweep looks again in an hour", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    serving.standIn.fail({ kind: /compare/, status: 502, times: 3 });
    await expect(judged(serving, true)).rejects.toThrow("does not answer");
    expect(await shown(serving)).toEqual(["completed failure Could not be judged"]);
    const [{ external_id: id, output }] = await serving.standIn.checks();
    expect(output.summary).toContain("tried again in an hour");
    expect(readCheckId(id)).toMatchObject({ again: new Date("2026-06-01T14:00:00Z") });
    await serving.do({ kind: "sweep", installation: serving.target.installation });
    expect(serving.queue.dates).toEqual([new Date("2026-06-01T14:00:00Z")]);
  });

  it("a check that cannot even say so hides nothing", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    serving.standIn.fail({ kind: /compare/, status: 404 });
    serving.standIn.fail({ kind: /check-runs\/\{/, method: "PATCH", status: 404, after: 1 });
    await expect(judged(serving)).rejects.toThrow("common ancestor");
    expect(serving.lines.join()).toContain("A check could not say that it failed");
  });
});

it("annotations that GitHub takes for wrong do not keep the verdict back", async () => {
  const serving = await serve(nordwindStory(UNBUMPED));
  serving.standIn.fail({ kind: /check-runs\/\{/, method: "PATCH", status: 422, after: 1, times: 1 });
  await judged(serving);
  const [check] = await serving.standIn.checks();
  expect(check).toMatchObject({ status: "completed", conclusion: "failure", annotations: [] });
  expect((await serving.world.metrics.page()).text).toMatch(/degraded_writes_total\{kind="annotations"\} 1/);
});

it("a check that died with some of its annotations is ended, and another one follows", async () => {
  const names = Array.from({ length: 60 }, (_, index) => `mail${index}.example`);
  const files = Object.fromEntries(names.map((name) => [`policies/${name}/mta-sts.txt`, policy({ mode: "enfroce" })]));
  const serving = await serve(nordwindStory(files));
  const { standIn } = serving;
  // The first 50 annotations arrive, and then nothing does.
  standIn.fail({ kind: /check-runs\/\{/, method: "PATCH", status: 502, after: 2 });
  await expect(judged(serving)).rejects.toThrow();
  standIn.heal();
  await judged(serving);
  const [whole, broken] = await standIn.checks();
  expect(`${broken.status} ${broken.conclusion} ${broken.output.title}`).toBe("completed failure Broken off");
  expect(broken.annotations.length).toBe(50);
  const places = whole.annotations.map((each: Json) => `${each.path} ${each.start_line} ${each.title}`);
  expect(new Set(places).size).toBe(places.length);
  expect(places.length).toBeGreaterThan(50);
});

describe("merge groups", () => {
  const group = async (serving: Serving) => {
    const { standIn, target } = serving;
    const head = await standIn.queue("2026-06-01T12:30:00Z");
    return { kind: "merge-group", ...target, base: standIn.repository.main, head, branch: "main" } as const;
  };

  it("get a check, no comment, and may be judged again by a press, a re-run, and a worker that follows another", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const job = await group(serving);
    const { standIn, target } = serving;
    standIn.fail({ kind: /compare/, status: 502, times: 3 });
    await expect(serving.do(job)).rejects.toThrow();
    expect((await standIn.checks(job.head)).map(({ status }) => status)).toEqual(["in_progress"]);
    expect(standIn.counts["GET /repos/{owner}/{repo}/git/commits/{commit_sha}"]).toBeUndefined();
    await serving.do(job);
    const [check, ...others] = await standIn.checks(job.head);
    expect(others).toEqual([]);
    expect(check).toMatchObject({ conclusion: "failure", external_id: `merge-group ${job.base} main` });
    expect(check.actions.map(({ identifier }: Json) => identifier)).toEqual(["recheck"]);
    expect(await standIn.comments()).toEqual([]);
    const press = { kind: "press", ...target, checkRun: check.id, by: "nora", byId: 7 } as const;
    await serving.do({ ...press, button: "accept-risk" });
    expect((await standIn.checks(job.head)).length).toBe(1);
    await serving.do({ ...press, button: "recheck" });
    expect((await standIn.checks(job.head)).length).toBe(2);
    await serving.do({ kind: "head", ...target, head: job.head });
    expect((await standIn.checks(job.head)).length).toBe(3);
  });
});

describe("a merge group that is no more", () => {
  it.each([
    ["before it is judged", { kind: /check-runs$/, status: 422, body: { message: "No commit found for SHA: 1" } }],
    ["while it is judged", { kind: /compare/, status: 404 }],
  ])("%s ends quietly", async (_, fault) => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const { standIn, target } = serving;
    const head = await standIn.queue("2026-06-01T12:30:00Z");
    const job = { kind: "merge-group", ...target, base: standIn.repository.main, head, branch: "main" } as const;
    standIn.fail(fault);
    await expect(serving.do(job)).rejects.toThrow();
    standIn.fail({ kind: "GET /repos/{owner}/{repo}/git/commits/{commit_sha}", status: 404 });
    expect(await serving.do(job)).toEqual({});
    expect(serving.lines.join()).toContain("A merge group is no more");
  });
});

describe("a head that is asked for again", () => {
  it("is that of a fork's pull request", async () => {
    const serving = await serve(nordwindStory(UNBUMPED, { topic: { fork: "mallory/dns" } }));
    await judged(serving);
    await serving.do({ kind: "head", ...serving.target, head: serving.standIn.repository.openPull.headSha });
    expect((await serving.standIn.checks()).length).toBe(2);
  });

  it("has no check of ours, so all that was missed is looked for", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    await serving.do({ kind: "head", ...serving.target, head: serving.standIn.repository.openPull.headSha });
    expect((await shown(serving)).length).toBe(1);
  });
});

describe("an installation", () => {
  it("that is suspended, or gone, is left alone", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    serving.app.suspended = true;
    expect(await judged(serving)).toEqual({});
    expect(await serving.do({ kind: "sweep", installation: serving.target.installation })).toEqual({});
    expect(serving.lines.join()).toContain("Nothing is done: the installation is suspended.");
    serving.app.suspended = false;
    await judged(serving);
    expect((await shown(serving)).length).toBe(1);
    const gone = { kind: "sweep", installation: 99 } as const;
    expect(await serving.do(gone)).toEqual({});
    expect(serving.lines.join()).toContain("the App is not installed there any more");
  });

  it("whose repository is archived gets nothing", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const body = { message: "Repository was archived so is read-only." };
    serving.standIn.fail({ kind: /check-runs$/, method: "POST", status: 403, body });
    expect(await judged(serving)).toEqual({});
  });

  it("that asks too much is no such thing", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const body = { message: "You have exceeded a secondary rate limit. Resource not accessible by integration" };
    serving.standIn.fail({ kind: /check-runs$/, method: "POST", status: 403, headers: { "retry-after": "301" }, body });
    await expect(judged(serving)).rejects.toThrow("secondary rate limit");
  });
});

describe("an installation that is paused", () => {
  const paused = async (mayTell = true) => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const { standIn, queue, target } = serving;
    const world = { ...serving.world, pausedUntil: () => NOW, mayTell: () => mayTell };
    const attempt = { last: false, signal: new AbortController().signal };
    const { number, headSha: seen } = standIn.repository.openPull;
    const job = { kind: "pull", ...target, number, seen } as const;
    return { ...serving, serving, job, wait: async (each: Job) => doJob(world, queue, each, attempt) };
  };

  it("says so in a check of each new head, once", async () => {
    const { serving, standIn, queue, job, wait } = await paused();
    expect(await wait(job)).toEqual({});
    const [check, ...others] = await standIn.checks();
    expect(others).toEqual([]);
    expect(check).toMatchObject({ status: "queued", external_id: `pull ${job.number} ?` });
    expect(check.output.title).toBe("Waits for GitHub's hourly limit");
    expect(check.output.summary).toContain("It goes on at 2026-06-01 13:00 UTC.");
    expect(queue.dates).toEqual([NOW]);
    standIn.forgetRequests();
    // At the end of the pause the next one may have begun.
    expect(await wait(queue.added[0]!)).toEqual({ again: NOW });
    expect(standIn.requests).toEqual([]);
    await wait(job);
    expect(standIn.writes.filter(({ kind }) => kind.includes("check-runs"))).toEqual([]);
    const { headSha: seen } = await standIn.push([{ at: "2026-06-01T13:30:00Z", files: { "README.md": "more\n" } }]);
    await wait({ ...job, seen });
    expect((await standIn.checks()).map(({ status }) => status)).toEqual(["queued"]);
    await serving.do({ ...job, seen, told: true });
    expect((await shown(serving)).length).toBe(1);
    expect((await shown(serving))[0]).toMatch(/^completed failure/);
  });

  it("says so above what was judged before, such as for another base branch, which must not stay green meanwhile", async () => {
    const { serving, standIn, job, wait } = await paused();
    await judged(serving);
    await wait(job);
    await wait(job);
    expect((await standIn.checks()).map(({ status }) => status)).toEqual(["queued", "completed"]);
    await serving.do({ ...job, told: true });
    expect((await standIn.checks()).map(({ status }) => status)).toEqual(["completed", "completed"]);
  });

  it("says so to a merge queue", async () => {
    const { standIn, target, wait } = await paused();
    const head = await standIn.queue("2026-06-01T12:30:00Z");
    await wait({ kind: "merge-group", ...target, base: standIn.repository.main, head, branch: "main" });
    expect((await standIn.checks(head)).map(({ external_id: id }) => id)).toEqual([
      `merge-group ${standIn.repository.main} main`,
    ]);
  });

  it("asks nothing of GitHub where it was refused, or nobody says which head it is; its jobs wait", async () => {
    const refused = await paused(false);
    expect(await refused.wait(refused.job)).toEqual({ again: NOW });
    expect(refused.standIn.requests).toEqual([]);
    const { standIn, target, job, wait } = await paused();
    expect(await wait({ kind: "pull", ...target, number: job.number })).toEqual({ again: NOW });
    expect(await wait({ kind: "sweep", installation: target.installation })).toEqual({ again: NOW });
    expect(standIn.requests).toEqual([]);
  });

  it("waits all the same where it cannot say so", async () => {
    const { standIn, queue, lines, job, wait } = await paused();
    standIn.fail({ kind: /check-runs$/, status: 404 });
    expect(await wait(job)).toEqual({});
    expect(queue.dates).toEqual([NOW]);
    expect(lines.join()).toContain("A check could not say that it waits.");
  });
});

describe("an installation that has not approved a permission", () => {
  const installed = async (lacking: string, level?: "read") => {
    const { [lacking]: _, ...others } = BOT_PERMISSIONS;
    return serve(nordwindStory(UNBUMPED), { ...others, ...(level && { [lacking]: level }) });
  };
  const counted = async ({ world }: Serving) =>
    /degraded_writes_total\{kind="permission"\} (\d+)/.exec((await world.metrics.page()).text)?.[1];

  it.each(["read", undefined] as const)("to write checks (%s) has comments that say so", async (level) => {
    const serving = await installed("checks", level);
    expect(await judged(serving)).toEqual({});
    const told = serving.lines.filter((line) => line.includes("checks: "));
    expect(told.length).toBe(1);
    expect(told[0]).toContain(`lacks the permission \`checks: ${level ? "write" : "read"}\``);
    expect(told[0]).toContain("https://github.com/organizations/acme/settings/installations/4712");
    expect(await counted(serving)).toBe("1");
    const [comment] = await serving.standIn.comments();
    expect(comment.body).toContain("There is no check for this: the App may not do that here");
    expect(comment.body).toContain("id-not-bumped");
    expect(await judged(serving)).toEqual({});
    expect((await serving.standIn.comments()).length).toBe(1);
  });

  it("to see checks is not swept for them", async () => {
    const serving = await installed("checks");
    await serving.do({ kind: "sweep", installation: serving.target.installation });
    expect(await serving.standIn.comments()).toEqual([]);
  });

  it("to write comments has checks that say so", async () => {
    const serving = await installed("pull_requests", "read");
    expect(await judged(serving)).toEqual({ again: undefined });
    const [check] = await serving.standIn.checks();
    expect(check.conclusion).toBe("failure");
    expect(check.output.title).toBe("1 error, 1 notice new");
    expect(check.output.summary).toContain("it lacks the permission `pull_requests: write`");
    expect(check.output.summary).not.toContain("to the job");
    expect(serving.lines.filter((line) => line.includes("Review request")).length).toBe(1);
    expect(await counted(serving)).toBe("1");
  });

  it("to read contents has a check that says so, and is not tried again", async () => {
    const serving = await installed("contents");
    expect(await judged(serving)).toEqual({});
    const [check] = await serving.standIn.checks();
    expect(`${check.conclusion} ${check.output.title}`).toBe("failure Could not be judged");
    expect(check.output.summary).toContain("it lacks the permission `contents: read`");
    expect(check.output.summary).not.toContain("tried again");
    expect(check.external_id).not.toContain("again");
  });

  it("is told by GitHub which one it is", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const body = { message: "Resource not accessible by integration" };
    const headers = { "x-accepted-github-permissions": "statuses=write; checks=write" };
    serving.standIn.fail({ kind: /check-runs$/, method: "POST", status: 403, headers, body });
    expect(await judged(serving)).toEqual({});
    expect(serving.lines.join()).toContain("lacks the permission `statuses: write`");
  });
});

describe("the budget", () => {
  const spent = (remaining: number, more: Heard["headers"] = {}) => ({
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": `${remaining}`,
    "x-ratelimit-reset": `${NOW.getTime() / 1000 + 600}`,
    ...more,
  });

  it.each<[string, readonly Heard["headers"][], string | undefined, boolean?]>([
    ["a fifth left", [spent(1000)], undefined],
    ["less than a fifth left", [spent(999)], "2026-06-01T13:10:00.000Z"],
    ["less than a tenth left", [spent(499)], "2026-06-01T13:10:00.000Z", false],
    [
      "GraphQL's points gone, and requests left",
      [spent(0, { "x-ratelimit-resource": "graphql" }), spent(4000)],
      "2026-06-01T13:10:00.000Z",
      false,
    ],
    ["less than a fifth left, before the hour was over", [spent(10), spent(4999)], undefined],
    ["an hour that is over", [spent(10, { "x-ratelimit-reset": `${NOW.getTime() / 1000 - 1}` })], undefined],
    ["a server that counts nothing", [{}], undefined],
  ])("%s", async (_, answers, until, mayTell = true) => {
    const queue = new RememberingQueue();
    const installations = openInstallations({ token: async () => "" }, openMetrics(queue), () => NOW);
    for (const headers of answers) installations.access(7).heard({ status: 200, headers });
    expect(installations.pausedUntil(7)?.toISOString()).toBe(until);
    expect(installations.pausedUntil(8)).toBeUndefined();
    expect(installations.mayTell(7)).toBe(mayTell);
    installations.access(7).refused(1000);
    expect(installations.mayTell(7)).toBe(false);
    expect(installations.mayTell(8)).toBe(true);
  });
});
