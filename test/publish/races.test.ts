import { describe, expect, test } from "vitest";
import { lineComment } from "../../src/render/lineComment.ts";
import { SUMMARY_MARKER } from "../../src/render/summaryComment.ts";
import { summaryMark } from "../../src/publish/summaryMark.ts";
import { FakeGithub } from "./fakeGithub.ts";
import { finding, run } from "./writes.ts";

const OLD = [finding("a", 3), finding("b", 4)];
const NEW = [finding("a", 3), finding("c", 5)];
const NEWER = "b".repeat(40);

/** Numbers below `end`, the same for the same seed. */
function dice(seed: number): (end: number) => number {
  let state = seed * 2_654_435_761;
  return (end) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
}

/** Holds each request up for some turns of the loop: never as long as a whole run takes. */
function shuffled(github: FakeGithub, seed: number): (end: number) => number {
  const roll = dice(seed);
  github.gate = async () => {
    for (let turns = 2 + roll(5); turns > 0; turns--) await new Promise(setImmediate);
  };
  return roll;
}

const turns = async (count: number): Promise<void> => {
  for (let left = count; left > 0; left--) await new Promise(setImmediate);
};

/** The letters of the findings that are told on lines, each as often as it is told. */
function told(github: FakeGithub): readonly string[] {
  return github.shown.map(({ body }) => /^<!-- mta-sts-guard (\w)/.exec(body)?.[1] ?? "?").toSorted();
}

const SEEDS = Array.from({ length: 20 }, (_, seed) => seed + 1);

describe("two runs at once", () => {
  test.each(SEEDS)("of one head (%i)", async (seed) => {
    const github = new FakeGithub();
    shuffled(github, seed);
    await Promise.all([run(github, OLD, { run: "1.1" }), run(github, OLD, { run: "2.1" })]);
    expect([told(github), github.pages.length]).toEqual([["a", "b"], 1]);
  });

  test.each(SEEDS)("and a push in between (%i)", async (seed) => {
    const github = new FakeGithub();
    const roll = shuffled(github, seed);
    if (seed % 2 === 0) await run(github, [finding("z", 9)], { run: "0.1" });
    const older = run(github, OLD, { run: "1.1", headSha: github.headSha });
    await turns(roll(30));
    github.headSha = NEWER;
    const newer = run(github, NEW, { run: "2.1", headSha: NEWER });
    await Promise.all([older, newer]);
    expect(github.pages.map(({ body }) => summaryMark(body))).toEqual([{ headSha: NEWER, run: "2.1" }]);
    expect(told(github).filter((letter) => letter !== "b")).toEqual(["a", "c"]);
    // A comment that the older one wrote last is mended by whoever comes next.
    await run(github, NEW, { run: "3.1", headSha: NEWER });
    expect(told(github)).toEqual(["a", "c"]);
    expect(github.shown.map(({ body }) => body).toSorted()).toEqual(NEW.map((each) => lineComment(each, undefined)));
  });
});

/** Two runs, of which the older is held before one kind of request until the newer has ended. */
async function olderLast(kind: string) {
  const github = new FakeGithub();
  let free = (): void => {};
  const held = new Promise<void>((resolve) => (free = resolve));
  github.gate = (asked) => (asked === kind ? held : Promise.resolve());
  const older = run(github, OLD, { run: "1.1", headSha: github.headSha });
  await turns(50);
  github.gate = async () => {};
  github.headSha = NEWER;
  await run(github, NEW, { run: "2.1", headSha: NEWER });
  const writes = github.writes.length;
  free();
  return { outcome: await older, github, later: github.writes.slice(writes) };
}

describe("the older run ends last", () => {
  test("and had not looked yet: it writes nothing", async () => {
    const { outcome, github, later } = await olderLast("query");
    expect(outcome).toMatchObject({ isOutdated: true, unwritten: [] });
    expect([later, told(github), github.pages.length]).toEqual([[], ["a", "c"], 1]);
  });

  test("and its review is on the way: what stands twice goes", async () => {
    const { outcome, github } = await olderLast("POST reviews");
    expect(outcome.isOutdated).toBe(true);
    expect([told(github), github.pages.length]).toEqual([["a", "b", "c"], 1]);
    expect(summaryMark(github.pages[0]?.body ?? "")?.headSha).toBe(NEWER);
  });

  test("and its summary is on the way: the newer one's stays", async () => {
    const { outcome, github } = await olderLast("POST issue comments");
    expect(outcome.isOutdated).toBe(true);
    expect(github.pages.map(({ body }) => summaryMark(body)?.headSha)).toEqual([NEWER]);
  });
});

test("what another run wrote over the summary meanwhile is written anew, once it is seen", async () => {
  const github = new FakeGithub();
  let over = 0;
  github.gate = async (kind) => {
    const [page] = github.pages;
    // An older one's write, which was on the way.
    if (kind === "query" && page && over++ === 0) page.body = page.body.replace("head a", "head f");
  };
  await run(github, OLD);
  expect(summaryMark(github.pages[0]?.body ?? "")?.headSha).toBe(github.headSha);
  expect(github.writes.filter((kind) => kind.includes("issue"))).toEqual([
    "POST issue comments",
    "PATCH issues/comments",
  ]);
});

test("what is not seen yet after it was written is not written again", async () => {
  const github = new FakeGithub();
  github.page("<!-- mta-sts-guard summary -->\nold");
  const frozen = new FakeGithub();
  frozen.page("<!-- mta-sts-guard summary -->\nold");
  github.lag = frozen;
  expect((await run(github, OLD)).unwritten).toEqual([]);
  expect(github.writes).toEqual(["POST reviews", "PATCH issues/comments"]);
});

test("a summary that is not seen yet is not created twice", async () => {
  const github = new FakeGithub();
  github.lag = new FakeGithub();
  expect((await run(github, OLD)).unwritten).toEqual([]);
  expect(github.writes).toEqual(["POST reviews", "POST issue comments"]);
});

test("what another run removed first is gone, even while it is still seen", async () => {
  const [github, frozen] = [new FakeGithub(), new FakeGithub()];
  for (const each of [github, frozen]) {
    const body = lineComment(finding("a", 3), undefined);
    for (let twin = 0; twin < 2; twin++) each.note({ path: "p", line: 3, startLine: null, body });
    for (let twin = 0; twin < 2; twin++) each.page(`${SUMMARY_MARKER}\nold`);
  }
  github.notes.pop();
  github.pages.pop();
  github.lag = frozen;
  expect((await run(github, [finding("a", 3)])).unwritten).toEqual([]);
  expect(github.writes).toEqual(["DELETE pulls/comments", "DELETE issues/comments", "PATCH issues/comments"]);
});

test("two runs of one head do not write over each other in turns", async () => {
  const github = new FakeGithub();
  github.gate = async (kind) => {
    const [page] = github.pages;
    if (kind === "query" && page) page.body = page.body.replace("run 1.1", "run 2.1").replace("error", "fault");
  };
  await run(github, OLD);
  expect(github.writes).toEqual(["POST reviews", "POST issue comments"]);
});

test("once GitHub asks to slow down only the summary is tried", async () => {
  const github = new FakeGithub();
  github.note({ path: "p", line: 4, startLine: null, body: `${lineComment(finding("b", 4), undefined)} old` });
  github.trouble = (kind) => (kind === "POST reviews" ? { status: 429 } : undefined);
  await run(github, OLD);
  expect(new Set(github.writes)).toEqual(new Set(["POST reviews", "POST issue comments"]));
});

test("what another comment replaces is not called fixed at the second look either", async () => {
  const github = new FakeGithub();
  github.note({ path: "p", line: 9, startLine: null, body: lineComment(finding("f", 9), undefined) });
  let times = 0;
  github.trouble = (kind) => (kind === "mutation" && times++ === 0 ? { status: 502 } : undefined);
  await run(github, OLD);
  expect([github.notes[0]?.hiddenAs, github.notes[0]?.body]).toEqual([
    "OUTDATED",
    lineComment(finding("f", 9), undefined),
  ]);
});
