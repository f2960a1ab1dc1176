import { describe, expect, it } from "vitest";
import type { Json } from "../github/emulated.ts";
import { BOT_PERMISSIONS } from "../github/app.ts";
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
async function press(serving: Serving, button: string, by = "nora", id?: number) {
  const { target, standIn } = serving;
  const checkRun = id ?? (await standIn.checks())[0].id;
  return serving.do({ kind: "press", ...target, checkRun, button, by, byId: 7 });
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
    const { again } = await judged(serving);
    expect(await press(serving, "recheck")).toEqual({});
    await press(serving, "accept-risk", "mallory");
    expect(serving.queue.dates).toEqual([again]);
    expect(serving.queue.added.map(({ kind, ...job }) => [kind, "notes" in job])).toEqual([["pull", false]]);
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
    const after = await newest(serving);
    expect(after.conclusion).toBe("success");
    expect(after.output.summary).toMatch(/\d fix(es)? committed for `nora`/);
  });

  it.each<[string, string, object, RegExp]>([
    ["the base does not say so", "apply-fixes: false", {}, /does not let the bot apply fixes/],
    ["the one who presses may not write", "apply-fixes: true", { by: "stranger" }, /`stranger` may not write/],
    ["there is nothing to fix", "apply-fixes: true", { files: { [ZONE]: zone({ serial: 1 }) } }, /nothing left/],
    [
      "the App may not",
      "apply-fixes: true",
      { permissions: BOT_PERMISSIONS },
      /the App's permission `contents: write`/,
    ],
    [
      "the branch is protected",
      "apply-fixes: true",
      { refusal: "Repository rule violations found" },
      /violations found/,
    ],
    ["the branch moved", "apply-fixes: true", { moves: true }, /the branch moved/],
  ])("writes nothing where %s", async (_, bot, more, why) => {
    const { by, files, permissions, refusal, moves } = more as Json;
    const serving = await serve(configured(bot, files ?? FIXABLE), permissions ?? WRITER);
    const { standIn } = serving;
    await judged(serving);
    const refs = "PATCH /repos/{owner}/{repo}/git/refs/{ref}";
    if (refusal) standIn.fail({ kind: refs, status: 422, body: { message: refusal } });
    if (moves) standIn.fail({ kind: refs, status: 422, body: { message: "Update is not a fast forward" } });
    const { headSha } = standIn.repository.openPull;
    await press(serving, "apply-fixes", by);
    expect(standIn.repository.openPull.headSha).toBe(headSha);
    expect((await newest(serving)).output.summary).toMatch(why);
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
    expect((await newest(serving)).output.summary).toContain("the branch moved while the fixes were made");
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
    await serving.do({ kind: "recheck", ...serving.target, number, by: "stranger" });
    expect((await serving.standIn.checks()).length).toBe(checks);
  });
});
