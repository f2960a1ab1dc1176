import { describe, expect, it, onTestFinished } from "vitest";
import type { Job } from "../../src/queue/job.ts";
import type { Json } from "../github/emulated.ts";
import type { StandIn } from "../github/standIn.ts";
import { IDS } from "../github/people.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { nordwindStory } from "../action/world.ts";
import { type Serving, serve } from "./serving.ts";

const CONFIG = ".github/mta-sts-guard.yml";
const UNBUMPED = { [POLICY]: policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] }) };

async function judged({ target, standIn, ...serving }: Serving) {
  return serving.do({ kind: "pull", ...target, number: standIn.repository.openPull.number });
}

async function pressed({ target, standIn, ...serving }: Serving, button: string, by = "nora", more: object = {}) {
  const [check] = await standIn.checks();
  const job = { kind: "press", ...target, checkRun: check.id, button, by, byId: IDS[by], ...more } as Job;
  return serving.do(job);
}

describe("a pull request", () => {
  it("gets a check with annotations and buttons, and the comments that the Action writes", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const { standIn } = serving;
    expect(await judged(serving)).toEqual({ again: undefined });
    const [check, ...others] = await standIn.checks();
    expect(others).toEqual([]);
    expect(check).toMatchObject({ name: "mta-sts-guard", status: "completed", conclusion: "failure" });
    expect(check.output.title).toBe("1 error, 1 notice new");
    expect(check.output.summary).toContain("id-not-bumped");
    expect(check.annotations.map(({ path, annotation_level }: Json) => `${annotation_level} ${path}`)).toContain(
      `failure ${ZONE}`,
    );
    expect(check.actions.map(({ identifier }: Json) => identifier)).toEqual(["recheck", "accept-risk"]);
    expect((await standIn.comments()).map(({ user }) => user.login)).toEqual(["mta-sts-guard[bot]"]);
    expect(
      standIn.requests
        .filter(({ kind }) => kind.includes("check-runs"))
        .map(({ kind, body }) => [kind.split(" ")[0], body?.status]),
    ).toEqual([
      ["GET", undefined],
      ["POST", "queued"],
      ["PATCH", "in_progress"],
      ["PATCH", "completed"],
    ]);
  });

  it("is judged again without a second word", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    await judged(serving);
    serving.standIn.forgetRequests();
    await judged(serving);
    expect(
      serving.standIn.writes
        .map(({ kind }) => kind)
        .filter((kind) => !kind.includes("check-runs") && !kind.includes("access_tokens")),
    ).toEqual([]);
    expect((await serving.standIn.checks()).length).toBe(2);
  });

  it("without any DNS file passes, and says so", async () => {
    const serving = await serve(nordwindStory({ "README.md": "hello\n" }));
    await judged(serving);
    const [check] = await serving.standIn.checks();
    expect(check).toMatchObject({ conclusion: "success", output: { title: "No DNS files in this change" } });
    expect(await serving.standIn.comments()).toEqual([]);
  });

  it("that is closed gets nothing", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    serving.standIn.closePull();
    await judged(serving);
    expect(await serving.standIn.checks()).toEqual([]);
  });

  it("whose head GraphQL does not know yet gets its check now, which says so, and its comments in a minute", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const { standIn } = serving;
    const { openPull } = standIn.repository;
    openPull.headBefore = openPull.baseSha;
    expect(await judged(serving)).toEqual({ again: new Date("2026-06-01T13:01:00Z") });
    const [check] = await standIn.checks();
    expect(check).toMatchObject({ conclusion: "failure", external_id: expect.stringContaining(" again 2026") });
    expect(check.output.summary).toContain("does not show this commit in the pull request everywhere yet");
    expect(await standIn.comments()).toEqual([]);
    // Whatever takes GitHub so long, a look a minute does not make it shorter.
    expect(await judged(serving)).toEqual({ again: new Date("2026-06-01T13:02:00Z") });
    openPull.headBefore = undefined;
    expect(await judged(serving)).toEqual({ again: undefined });
    expect((await standIn.comments()).length).toBe(1);
  });

  describe("of which GitHub tells", () => {
    const PULL = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
    const IN_TEN = new Date("2026-06-01T13:00:10Z");
    const pushed = async () => {
      const serving = await serve(nordwindStory(UNBUMPED));
      const { standIn, target } = serving;
      const old = await standIn.pull();
      const { headSha: seen } = await standIn.push([{ at: "2026-06-01T14:00:00Z", files: { "README.md": "more\n" } }]);
      return { ...serving, serving, old, job: { kind: "pull", ...target, number: old.number, seen } as const };
    };
    const judgedHeads = async (standIn: StandIn, ...heads: readonly string[]) =>
      Promise.all(heads.map(async (head) => (await standIn.checks(head)).length));

    it("an older head than in the delivery is looked at again in some seconds, and then no more", async () => {
      const { serving, standIn, queue, old, job } = await pushed();
      standIn.fail({ kind: PULL, times: 1, status: 200, body: old });
      expect(await serving.do(job)).toEqual({});
      expect(queue.dates).toEqual([IN_TEN]);
      expect(await judgedHeads(standIn, job.seen)).toEqual([0]);
      const [next] = queue.added.splice(0);
      queue.dates.splice(0);
      // Even where GitHub never tells of that head.
      expect(next).toEqual({ ...job, seen: undefined });
      await serving.do(next!);
      expect(await judgedHeads(standIn, job.seen)).toEqual([1]);
      expect(queue.added).toEqual([]);
    });

    it("nothing yet, or that it is closed, is looked at again as well", async () => {
      const { serving, standIn, queue, old, job } = await pushed();
      standIn.fail({ kind: PULL, times: 1, status: 404 });
      await serving.do(job);
      standIn.fail({ kind: PULL, times: 1, status: 200, body: { ...old, state: "closed" } });
      await serving.do(job);
      expect(queue.dates).toEqual([IN_TEN, IN_TEN]);
    });

    it("another base than in the delivery is looked at again as well: it may be the laxer one", async () => {
      const { serving, standIn, queue, job } = await pushed();
      expect(await serving.do({ ...job, into: "strict" })).toEqual({});
      expect(queue.dates).toEqual([IN_TEN]);
      expect(queue.added.splice(0)).toEqual([{ ...serving.target, kind: "pull", number: job.number }]);
      standIn.aimAt("strict");
      await serving.do({ ...job, into: "strict" });
      expect(queue.added).toEqual([]);
    });

    it("the same head is looked at once", async () => {
      const { serving, standIn, queue, job } = await pushed();
      await serving.do(job);
      expect(queue.added).toEqual([]);
      expect(await judgedHeads(standIn, job.seen)).toEqual([1]);
    });

    it("a newer head at the end than at the beginning is looked at in a minute, whoever was told of it", async () => {
      const { serving, standIn, old, job } = await pushed();
      standIn.fail({ kind: PULL, times: 1, status: 200, body: old });
      const { seen: _, ...plain } = job;
      expect(await serving.do(plain)).toEqual({ again: new Date("2026-06-01T13:01:00Z") });
    });
  });

  it("is judged by what its base is configured with now, not where the branch was made to leave it", async () => {
    const lax = { [CONFIG]: "version: 1\nfail-on: never\nbot: { accept-risk: write }\n" };
    const main = [
      { at: "2026-05-01T12:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy(), ...lax } },
      { at: "2026-05-02T12:00:00Z", files: { [CONFIG]: "version: 1\nbot: { accept-risk: never }\n" } },
    ];
    const serving = await serve(nordwindStory(UNBUMPED, { main, topic: { after: 1 } }));
    await judged(serving);
    const [check] = await serving.standIn.checks();
    expect(check.conclusion).toBe("failure");
    expect(check.output.summary).not.toContain("mta-sts-guard.yml");
    expect(check.actions.map(({ identifier }: Json) => identifier)).toEqual(["recheck"]);
    await pressed(serving, "accept-risk");
    const [after] = await serving.standIn.checks();
    expect(after.conclusion).toBe("failure");
    expect(after.output.summary).toContain("lets nobody accept a risk");
  });

  it("is judged by what its base is configured with now, not when it was last pushed to", async () => {
    const lax = "version: 1\nfail-on: never\nbot: { accept-risk: write }\n";
    const main = [{ at: "2026-05-01T12:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy(), [CONFIG]: lax } }];
    const serving = await serve(nordwindStory(UNBUMPED, { main }));
    const { standIn } = serving;
    await judged(serving);
    expect((await standIn.checks())[0].conclusion).toBe("success");
    await standIn.pushToMain([{ at: "2026-06-01T12:30:00Z", files: { [CONFIG]: "version: 1\n" } }]);
    await judged(serving);
    expect((await standIn.checks())[0].conclusion).toBe("failure");
    await standIn.pushToMain([
      { at: "2026-06-01T12:40:00Z", files: { [CONFIG]: "version: 1\nbot: { accept-risk: never }\n" } },
    ]);
    await pressed(serving, "accept-risk");
    expect((await standIn.checks())[0].output.summary).toContain("lets nobody accept a risk");
  });

  it("whose base was removed a moment ago is judged against what it was", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    serving.standIn.fail({ kind: "GET /repos/{owner}/{repo}/git/ref/{ref}", status: 404 });
    await judged(serving);
    expect((await serving.standIn.checks())[0].output.title).toBe("1 error, 1 notice new");
  });

  it("that cannot be judged is red, and is tried again", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    serving.standIn.fail({ kind: /compare/, status: 404 });
    await expect(judged(serving)).rejects.toThrow("common ancestor");
    const [check] = await serving.standIn.checks();
    expect(check).toMatchObject({
      status: "completed",
      conclusion: "failure",
      // For the sweep, should the process end before the queue's next try.
      external_id: expect.stringContaining(" again 2026-06-01T14:00"),
      output: { title: "Could not be judged" },
    });
    expect(check.actions.map(({ identifier }: Json) => identifier)).toEqual(["recheck"]);
  });

  it("follows up a check that a worker left when it died", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const taken = new AbortController();
    const { target, standIn } = serving;
    standIn.fail({ kind: /compare/, delay: 300, times: 1 });
    const timer = setInterval(() => standIn.requests.some(({ kind }) => kind.includes("compare")) && taken.abort(), 10);
    onTestFinished(() => clearInterval(timer));
    const job = { kind: "pull", ...target, number: standIn.repository.openPull.number } as const;
    await expect(serving.do(job, { signal: taken.signal })).rejects.toThrow();
    expect((await standIn.checks()).map(({ status }) => status)).toEqual(["in_progress"]);
    await judged(serving);
    expect((await standIn.checks()).map(({ status, conclusion }) => `${status} ${conclusion}`)).toEqual([
      "completed failure",
    ]);
  });

  it("that is red only because testing is too young is judged again on the day, and is green then", async () => {
    const bumped = zone({ id: "2" });
    const story = nordwindStory(
      { [ZONE]: bumped.replace("2026010101", "2026060101"), [POLICY]: policy({ mode: "enforce" }) },
      {
        main: [{ at: "2026-05-25T12:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy() } }],
      },
    );
    const serving = await serve(story);
    const { again } = await judged(serving);
    expect(again).toEqual(new Date("2026-06-08T12:00:00Z"));
    const [red] = await serving.standIn.checks();
    expect(red.conclusion).toBe("failure");
    serving.clock = new Date((again?.getTime() ?? 0) + 1000);
    expect(await judged(serving)).toEqual({ again: undefined });
    const [green] = await serving.standIn.checks();
    expect(green.conclusion).toBe("success");
  });

  it("with 120 findings gets all of its annotations, 50 a request", async () => {
    const names = Array.from({ length: 120 }, (_, index) => `mail${index}.example`);
    const files = Object.fromEntries(
      names.map((name) => [`policies/${name}/mta-sts.txt`, policy({ mx: [`mx.${name}`], mode: "enfroce" })]),
    );
    const serving = await serve(nordwindStory(files));
    await judged(serving);
    const [check] = await serving.standIn.checks();
    expect(check.annotations.length).toBeGreaterThanOrEqual(120);
    expect(Buffer.byteLength(check.output.summary)).toBeLessThanOrEqual(65_535);
  });
});

describe("Accept risk", () => {
  it("lets this commit pass, says who and when, and is asked again at the next push", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const { standIn } = serving;
    await judged(serving);
    standIn.setRole("stranger", "maintain");
    await pressed(serving, "accept-risk", "stranger");
    const [accepted] = await standIn.checks();
    expect(accepted.conclusion).toBe("success");
    expect(accepted.output.title).toContain("Risk accepted by stranger");
    expect(accepted.output.summary).toContain("2026-06-01 13:00");
    await judged(serving);
    expect((await standIn.checks())[0].conclusion).toBe("success");
    await standIn.push([{ at: "2026-06-01T14:00:00Z", files: { "README.md": "more\n" } }]);
    await judged(serving);
    expect((await standIn.checks())[0].conclusion).toBe("failure");
  });

  it("is refused to those without the role", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    await judged(serving);
    serving.standIn.setRole("stranger", "write");
    await pressed(serving, "accept-risk", "stranger");
    const [check] = await serving.standIn.checks();
    expect(check.conclusion).toBe("failure");
    expect(check.output.summary).toContain("takes the role `maintain`");
  });

  it("does not count once something else is found", async () => {
    const config = "version: 1\nignore: [{ rule: id-not-bumped, until: 2026-06-02, reason: CHG-12 }]\n";
    const start = { [ZONE]: zone(), [POLICY]: policy(), ".github/mta-sts-guard.yml": config };
    const files = { ...UNBUMPED, "policies/fabrikam.de/mta-sts.txt": policy({ mode: "enfroce" }) };
    const serving = await serve(nordwindStory(files, { main: [{ at: "2026-01-01T12:00:00Z", files: start }] }));
    await judged(serving);
    await pressed(serving, "accept-risk");
    expect((await serving.standIn.checks())[0].conclusion).toBe("success");
    serving.clock = new Date("2026-06-04T12:00:00Z");
    await judged(serving);
    expect((await serving.standIn.checks())[0].conclusion).toBe("failure");
  });
});

describe("a press that does nothing", () => {
  it.each([
    ["a button that we do not have", "reckeck", undefined],
    ["a check run that is not there", "recheck", { checkRun: 999 }],
  ])("%s", async (_, button, more) => {
    const serving = await serve(nordwindStory(UNBUMPED));
    await judged(serving);
    serving.standIn.forgetRequests();
    await pressed(serving, button, "nora", more);
    expect(serving.standIn.writes).toEqual([]);
    expect(serving.lines.length).toBe(1);
  });

  it("of an older head", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    await judged(serving);
    const [check] = await serving.standIn.checks();
    await serving.standIn.push([{ at: "2026-06-01T14:00:00Z", files: { "README.md": "more\n" } }]);
    serving.standIn.forgetRequests();
    const job = {
      kind: "press",
      ...serving.target,
      checkRun: check.id,
      button: "accept-risk",
      by: "nora",
      byId: 7,
    } as const;
    await serving.do(job);
    expect(serving.standIn.writes).toEqual([]);
  });
});
