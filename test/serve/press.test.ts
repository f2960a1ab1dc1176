import { describe, expect, it } from "vitest";
import type { Json } from "../github/emulated.ts";
import type { Fault } from "../github/faults.ts";
import { BOT_PERMISSIONS } from "../github/app.ts";
import { IDS } from "../github/people.ts";
import { gitText } from "../github/git.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { nordwindStory } from "../action/world.ts";
import { type Serving, serve } from "./serving.ts";

const MX9 = policy({ mx: ["mx1.nordwind.de", "mx9.nordwind.de"] });
const UNBUMPED = { [POLICY]: MX9 };
const CONFIG = ".github/mta-sts-guard.yml";
const WRITER = { ...BOT_PERMISSIONS, contents: "write" } as const;

async function judged({ target, standIn, ...serving }: Serving, number = standIn.repository.openPull.number) {
  return serving.do({ kind: "pull", ...target, number });
}

/** Presses a button of the newest check on the head, or of the one that is named. */
async function press(serving: Serving, button: string, by = "nora", id?: number, byId = IDS[by] ?? 1) {
  const { target, standIn } = serving;
  const checkRun = id ?? (await standIn.checks())[0].id;
  return serving.do({ kind: "press", ...target, checkRun, button, by, byId });
}

/** A story whose base has a configuration. */
function configured(bot: string, files: object = UNBUMPED, more = "") {
  const start = { [ZONE]: zone(), [POLICY]: policy(), [CONFIG]: `version: 1\nbot: { ${bot} }\n${more}` };
  return nordwindStory(files as never, { main: [{ at: "2026-01-01T12:00:00Z", files: start }] });
}

async function newest({ standIn }: Serving): Promise<Json> {
  return (await standIn.checks())[0];
}

describe("Accept risk", () => {
  it("is told in the comment as well, with who and when, until the next push", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    await judged(serving);
    expect(await press(serving, "accept-risk")).toEqual({});
    const page = async () => (await serving.standIn.comments()).map(({ body }) => body).join();
    expect(await page()).toContain("`nora` accepted this risk at 2026-06-01 13:00 UTC");
    const accepted = await newest(serving);
    expect(accepted.conclusion).toBe("success");
    expect(accepted.actions.map(({ identifier }: Json) => identifier)).toEqual(["recheck"]);
    await serving.standIn.push([{ at: "2026-06-01T14:00:00Z", files: { "README.md": "more\n" } }]);
    await judged(serving);
    expect(await page()).not.toContain("accepted this risk");
  });

  it("is not carried to another branch that the pull request is aimed at", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    await judged(serving);
    await press(serving, "accept-risk");
    serving.standIn.aimAt("release");
    await judged(serving);
    const check = await newest(serving);
    expect(check.conclusion).toBe("failure");
    expect(check.output.summary).toContain("`nora` accepted another risk of this commit at 2026-06-01 13:00 UTC");
  });

  it("survives a judgement that failed, and one at the same time", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    await judged(serving);
    const [first] = await serving.standIn.checks();
    // Another judgement ends after the one whose button is pressed.
    await judged(serving);
    await press(serving, "accept-risk", "nora", first.id);
    expect((await newest(serving)).conclusion).toBe("success");
    serving.standIn.fail({ kind: /compare/, status: 404 });
    await expect(judged(serving)).rejects.toThrow();
    expect((await newest(serving)).conclusion).toBe("failure");
    serving.standIn.heal();
    await judged(serving);
    expect((await newest(serving)).conclusion).toBe("success");
  });

  it.each([
    ["never", "nora", "lets nobody accept a risk"],
    ["admin", "stranger", "`stranger` may not accept a risk here: it takes the role `admin`"],
    ["write", "gone-since", "`gone-since` may not accept a risk here: it takes the role `write`"],
  ])("with accept-risk: %s is refused to %s", async (role, by, why) => {
    const serving = await serve(configured(`accept-risk: ${role}`));
    serving.standIn.setRole("stranger", "maintain");
    await judged(serving);
    await press(serving, "accept-risk", by);
    const check = await newest(serving);
    expect(check.conclusion).toBe("failure");
    expect(check.output.summary).toContain(why);
  });

  it("is refused to who took the login of somebody else over", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    await judged(serving);
    await press(serving, "accept-risk", "nora", undefined, 77);
    const check = await newest(serving);
    expect(check.conclusion).toBe("failure");
    expect(check.output.summary).toContain("`nora` may not accept a risk here");
  });

  it("does not count any more once the base lets nobody accept a risk", async () => {
    const serving = await serve(configured("accept-risk: write"));
    await judged(serving);
    await press(serving, "accept-risk");
    expect((await newest(serving)).conclusion).toBe("success");
    const { headSha } = serving.standIn.repository.openPull;
    const never = { [CONFIG]: "version: 1\nbot: { accept-risk: never }\n" };
    const main = await serving.standIn.pushToMain([{ at: "2026-06-01T13:30:00Z", files: never }]);
    // The same head on a base that moved: only a merge base tells of it.
    serving.standIn.repository.openPull.baseSha = main;
    serving.standIn.fail({ kind: /compare/, status: 200, body: await compared(serving, main, headSha) });
    await judged(serving);
    expect((await newest(serving)).conclusion).toBe("failure");
  });

  it("is nothing for what could not be judged", async () => {
    const serving = await serve(nordwindStory({ [POLICY]: { link: "/srv/mta-sts.txt" } }));
    await judged(serving);
    const before = await newest(serving);
    expect(before.output.title).toMatch(/^Could not be judged/);
    expect(before.actions.map(({ identifier }: Json) => identifier)).toEqual(["recheck"]);
    await press(serving, "accept-risk");
    const check = await newest(serving);
    expect(check.conclusion).toBe("failure");
    expect(check.output.summary).toContain("nothing that could be accepted");
  });

  it("of a head that was pushed over before the judgement does not count for the new one", async () => {
    const serving = await serve(nordwindStory(UNBUMPED));
    await judged(serving);
    const { id } = await newest(serving);
    const { target, world, queue, standIn } = serving;
    const { press: pressAlone } = await import("../../src/work/press.ts");
    await pressAlone(world, queue, {
      kind: "press",
      ...target,
      checkRun: id,
      button: "accept-risk",
      by: "nora",
      byId: 7,
    });
    await standIn.push([{ at: "2026-06-01T14:00:00Z", files: { "README.md": "more\n" } }]);
    for (const job of queue.takeNow()) await serving.do(job);
    expect((await newest(serving)).conclusion).toBe("failure");
  });
});

async function compared({ standIn }: Serving, base: string, head: string): Promise<Json> {
  const { fullName } = standIn.repository;
  const answer = await fetch(`${standIn.url}/repos/${fullName}/compare/${base}...${head}`, {
    headers: { authorization: "Bearer person-token", "user-agent": "test" },
  });
  const body: Json = await answer.json();
  return { ...body, merge_base_commit: { ...body.merge_base_commit, sha: base } };
}

describe("Re-check", () => {
  it("of a pull request that is red until a date asks for the judgement at that date, not for the press", async () => {
    const bumped = zone({ id: "2", serial: 2026060101 });
    const story = nordwindStory(
      { [ZONE]: bumped, [POLICY]: policy({ mode: "enforce" }) },
      { main: [{ at: "2026-05-25T12:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy() } }] },
    );
    const serving = await serve(story);
    expect((await judged(serving)).again).toBeDefined();
    expect(await press(serving, "recheck")).toEqual({});
    expect(await press(serving, "accept-risk", "mallory")).toEqual({});
    expect(serving.queue.added).toEqual([]);
  });
});

describe("Apply fixes", () => {
  const FIXABLE = { [POLICY]: MX9, [ZONE]: zone({ mx: ["10 mx1", "20 mx9"], more: "mx9 A 203.0.113.26\n" }) };

  it("commits them in the name of the one who pressed, and keeps everything else", async () => {
    const files = { ...FIXABLE, "bin/run.sh": { executable: "#!/bin/sh\n" }, [ZONE]: { executable: FIXABLE[ZONE] } };
    const serving = await serve(configured("apply-fixes: true", files), WRITER);
    const { standIn } = serving;
    await judged(serving);
    const before = await newest(serving);
    expect(before.actions.map(({ identifier }: Json) => identifier)).toContain("apply-fixes");
    const old = standIn.repository.openPull.headSha;
    await press(serving, "apply-fixes");
    const { headSha } = standIn.repository.openPull;
    const { message, parents, entries } = standIn.repository.commit(headSha);
    expect(parents).toEqual([old]);
    expect(message).toMatch(
      /^Apply \d fix(es)? of mta-sts-guard\n\nCo-authored-by: nora <7\+nora@users\.noreply\.github\.com>$/,
    );
    const changed = await gitText(standIn.repository.directory, "diff", "--name-status", old, headSha);
    expect(changed).toBe(`M\t${ZONE}`);
    expect(entries.get(ZONE)?.mode).toBe("100755");
    expect(entries.get("bin/run.sh")?.mode).toBe("100755");
    expect(entries.get(ZONE)?.bytes?.toString()).not.toContain("id=1");
    expect((await newest(serving)).conclusion).toBe("success");
    const [pressed] = await standIn.checks(old);
    expect(pressed.output.summary).toMatch(/^- 2026-06-01 13:00 UTC: \d fix(es)? committed for `nora`\.\n\n/);
  });

  it.each<[string, string, object, RegExp]>([
    ["the base does not say so", "apply-fixes: false", {}, /does not let the bot apply fixes/],
    ["the one who presses may not write", "apply-fixes: true", { by: "stranger" }, /`stranger` may not write/],
    ["there is nothing to fix", "apply-fixes: true", { files: { [ZONE]: zone({ serial: 1 }) } }, /nothing left/],
    [
      "the App may not",
      "apply-fixes: true",
      { permissions: BOT_PERMISSIONS },
      /the App's permission `contents: write`.*apply the suggestions by hand/,
    ],
  ])("writes nothing where %s", async (_, bot, more, why) => {
    const { by, files, permissions } = more as Json;
    const serving = await serve(configured(bot, files ?? FIXABLE), permissions ?? WRITER);
    await judged(serving);
    const { headSha } = serving.standIn.repository.openPull;
    await press(serving, "apply-fixes", by);
    expect(serving.standIn.repository.openPull.headSha).toBe(headSha);
    expect((await newest(serving)).output.summary).toMatch(why);
  });

  const MOVE = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
  const RULE = "Repository rule violations found\n\nChanges must be made through a pull request.\n\n";
  const SIGNED = "Commits must have valid signatures.";

  it.each<[string, Fault, RegExp]>([
    [
      "a rule forbids it",
      { kind: MOVE, status: 422, body: { message: RULE, documentation_url: "https://docs.github.com/x" } },
      /not let the bot push.*: `Repository rule violations found` `Changes must be made through a pull request\.`\. Apply the/,
    ],
    [
      "the branch is protected",
      { kind: MOVE, status: 403, body: { message: SIGNED } },
      /push to the branch: `Commits must have valid signatures\.`\. Apply the suggestions by hand/,
    ],
    [
      "the branch moved",
      { kind: MOVE, status: 422, body: { message: "Update is not a fast forward" } },
      /The branch moved while the fixes were made\. Look at/,
    ],
    [
      "the branch was deleted",
      { kind: "GET /repos/{owner}/{repo}/git/ref/{ref}", status: 404 },
      /The branch `topic` is not there any more\. Restore it/,
    ],
    [
      "the branch was deleted in the last moment",
      { kind: MOVE, status: 422, body: { message: "Reference does not exist" } },
      /The branch `topic` is not there any more/,
    ],
    [
      "GitHub does not list all files",
      { kind: /git\/trees\/\{tree/, status: 200, body: { sha: "0", tree: [], truncated: true } },
      /so many files that GitHub does not list them all\. Apply/,
    ],
  ])("moves nothing where %s, and says what to do", async (_, fault, why) => {
    const serving = await serve(configured("apply-fixes: true", FIXABLE), WRITER);
    await judged(serving);
    const { id } = await newest(serving);
    const { headSha } = serving.standIn.repository.openPull;
    const { press: pressAlone } = await import("../../src/work/press.ts");
    serving.standIn.fail(fault);
    const { world, queue, target } = serving;
    const job = { kind: "press", ...target, checkRun: id, button: "apply-fixes", by: "nora", byId: 7 } as const;
    await pressAlone(world, queue, job);
    serving.standIn.heal();
    expect((await newest(serving)).output.summary).toMatch(why);
    // Another look may have waited already: whichever comes first tells it.
    await judged(serving);
    expect((await newest(serving)).output.summary).toMatch(/^- 2026-06-01 13:00 UTC: No fix was applied\./);
    expect((await newest(serving)).output.summary).toMatch(why);
    expect(serving.standIn.repository.openPull.headSha).toBe(headSha);
  });

  it("does not revive what somebody took off the branch meanwhile", async () => {
    const first = { at: "2026-06-01T11:00:00Z", files: { "README.md": "1\n" } };
    const story = configured("apply-fixes: true", FIXABLE);
    const commits = [first, ...(story.topic?.commits ?? [])];
    const serving = await serve({ ...story, topic: { ...story.topic, commits } }, WRITER);
    const { standIn } = serving;
    await judged(serving);
    const { headSha } = standIn.repository.openPull;
    const parent = standIn.repository.commit(headSha).parents[0];
    standIn.fail({ kind: /git\/commits$/, method: "POST", delay: 1500, times: 1 });
    const pressed = press(serving, "apply-fixes");
    await expect
      .poll(() => standIn.requests.some(({ kind }) => kind.endsWith("git/trees")), { timeout: 9000 })
      .toBe(true);
    await standIn.push([], parent);
    await pressed;
    expect(standIn.repository.openPull.headSha).toBe(parent);
    expect(standIn.requests.filter(({ kind }) => kind === MOVE)).toEqual([]);
    expect((await standIn.checks(headSha))[0].output.summary).toContain("The branch moved");
  });

  it.each(["feature/#1+50%25&x=ü;y", "heads/x", "refs/heads/main"])("finds the branch %s", async (branch) => {
    const story = configured("apply-fixes: true", FIXABLE);
    const commits = story.topic?.commits ?? [];
    const serving = await serve({ ...story, topic: { ...story.topic, commits, branch } }, WRITER);
    await judged(serving);
    const { headSha } = serving.standIn.repository.openPull;
    await press(serving, "apply-fixes");
    const { openPull } = serving.standIn.repository;
    expect(serving.standIn.repository.commit(openPull.headSha).parents).toEqual([headSha]);
  });

  it("does not write through links, nor over submodules", async () => {
    const linked = "policies/other.example/mta-sts.txt";
    const files = {
      ...FIXABLE,
      [linked]: { link: "../nordwind.de/mta-sts.txt" },
      "zones/more": { submodule: "1".repeat(40) },
    };
    const serving = await serve(configured("apply-fixes: true", files), WRITER);
    const { standIn } = serving;
    await judged(serving);
    await press(serving, "apply-fixes");
    const { entries, parents } = standIn.repository.commit(standIn.repository.openPull.headSha);
    const before = standIn.repository.commit(parents[0] ?? "").entries;
    for (const path of [linked, "zones/more"]) expect(entries.get(path)).toEqual(before.get(path));
    expect(entries.get(linked)?.mode).toBe("120000");
    expect(entries.get(ZONE)?.sha).not.toBe(before.get(ZONE)?.sha);
  });

  it("loses no push that comes meanwhile", async () => {
    const serving = await serve(configured("apply-fixes: true", FIXABLE), WRITER);
    const { standIn } = serving;
    await judged(serving);
    standIn.fail({ kind: /git\/commits$/, method: "POST", delay: 1500, times: 1 });
    const pressed = press(serving, "apply-fixes");
    await expect
      .poll(() => standIn.requests.some(({ kind }) => kind.endsWith("git/trees")), { timeout: 9000 })
      .toBe(true);
    const pushed = await standIn.push([{ at: "2026-06-01T14:00:00Z", files: { "README.md": "mine\n" } }]);
    const head = pushed.headSha;
    await pressed;
    expect(standIn.repository.openPull.headSha).toBe(head);
    const [check] = await standIn.checks(standIn.repository.commit(head).parents[0]);
    expect(check.output.summary).toContain("The branch moved while the fixes were made");
  });

  it("is not offered on the default branch, and refused there", async () => {
    const serving = await serve(configured("apply-fixes: true", FIXABLE), WRITER);
    const { standIn } = serving;
    const told = await standIn.pull();
    const head = { ...told.head, repo: { ...told.head.repo, default_branch: "topic" } };
    const kind = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
    standIn.fail({ kind, status: 200, body: { ...told, head } });
    await judged(serving);
    expect((await newest(serving)).actions.map(({ identifier }: Json) => identifier)).not.toContain("apply-fixes");
    await press(serving, "apply-fixes");
    expect((await newest(serving)).output.summary).toContain("default branch, to which the bot does not push");
    expect(standIn.repository.openPull.headSha).toBe(told.head.sha);
  });

  it("is not offered for a fork, and refused there", async () => {
    const story = configured("apply-fixes: true", FIXABLE);
    const serving = await serve(
      { ...story, topic: { ...story.topic, commits: story.topic?.commits ?? [], fork: "mallory/dns" } },
      WRITER,
    );
    await judged(serving);
    const check = await newest(serving);
    expect(check.actions.map(({ identifier }: Json) => identifier)).not.toContain("apply-fixes");
    await press(serving, "apply-fixes");
    expect((await newest(serving)).output.summary).toContain("The branch lies in a fork");
  });
});

describe("a comment that asks for another look", () => {
  it.each([
    ["write", 2],
    ["read", 1],
  ])("of somebody who may %s", async (role, checks) => {
    const serving = await serve(nordwindStory(UNBUMPED));
    const { number } = serving.standIn.repository.openPull;
    await judged(serving);
    serving.standIn.setRole("stranger", role);
    await serving.do({ kind: "recheck", ...serving.target, number, by: "stranger", byId: 8 });
    expect((await serving.standIn.checks()).length).toBe(checks);
    // Somebody else had this login when they wrote the comment.
    await serving.do({ kind: "recheck", ...serving.target, number, by: "stranger", byId: 88 });
    expect((await serving.standIn.checks()).length).toBe(checks);
  });
});
