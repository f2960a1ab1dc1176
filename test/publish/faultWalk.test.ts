import { afterAll, describe, expect, test } from "vitest";
import { lineComment } from "../../src/render/lineComment.ts";
import { FakeGithub, type Trouble } from "./fakeGithub.ts";
import { RICH, prepare, run } from "./writes.ts";

const LIMIT = { message: "You have exceeded a secondary rate limit. Please wait." };

/** Each way in which a write goes wrong. */
const TROUBLES: Readonly<Record<string, Trouble>> = {
  "403": { status: 403, body: { message: "Resource not accessible by integration" } },
  "403 locked": { status: 403, body: { message: "Unable to create comment because issue is locked." } },
  "404": { status: 404, body: { message: "Not Found" } },
  "422": { status: 422, body: { message: "Validation Failed", errors: ["Line could not be resolved"] } },
  "429": { status: 429, body: LIMIT },
  "429 retry-after": { status: 429, headers: { "retry-after": "7" }, body: LIMIT },
  "403 secondary limit": { status: 403, headers: { "retry-after": "60" }, body: LIMIT },
  "502": { status: 502 },
  "502, done": { status: 502, done: true },
  reset: { reset: true },
  "reset, done": { reset: true, done: true },
  slow: { slow: true },
  "slow, done": { slow: true, done: true },
  "200 with errors": { status: 200, body: { data: null, errors: [{ message: "Something went wrong" }] } },
  "200 FORBIDDEN": {
    status: 200,
    body: { data: null, errors: [{ type: "FORBIDDEN", message: "Resource not accessible" }] },
  },
  "200 NOT_FOUND": {
    status: 200,
    body: { data: null, errors: [{ type: "NOT_FOUND", message: "Could not resolve to a node" }] },
  },
};

/** All that is written where a summary stands, and where none does. */
const WRITES: readonly (readonly [string, boolean])[] = [
  ["POST reviews", true],
  ["POST comments", true],
  ["PATCH pulls/comments", true],
  ["DELETE pulls/comments", true],
  ["mutation", true],
  ["DELETE issues/comments", true],
  ["PATCH issues/comments", true],
  ["POST issue comments", false],
];

function begin(withSummary: boolean): FakeGithub {
  const github = new FakeGithub();
  prepare(github, withSummary);
  return github;
}

/** What a reader sees, whichever ids it has; the comments by the letters of their findings. */
function seen(github: FakeGithub): unknown {
  return {
    shown: github.shown.map(({ body }) => body).toSorted(),
    hidden: github.notes.filter(({ hiddenAs }) => hiddenAs).map(({ body }) => body),
    pages: github.pages.map(({ body }) => body),
  };
}

const rows: string[] = [];
afterAll(() => {
  process.stdout.write(`\n${rows.join("\n")}\n`);
});

test("the walk writes in each of these ways, and in no other", async () => {
  const kinds = new Set<string>();
  for (const withSummary of [true, false]) {
    const github = begin(withSummary);
    expect(await run(github, RICH)).toMatchObject({ unwritten: [] });
    for (const kind of github.writes) kinds.add(kind);
    const [before, writes] = [seen(github), github.writes.length];
    await run(github, RICH, { run: "2.1" });
    expect([seen(github), github.writes.length]).toEqual([before, writes]);
  }
  expect([...kinds].toSorted()).toEqual(WRITES.map(([kind]) => kind).toSorted());
});

describe.each(WRITES)("%s", (write, withSummary) => {
  const names = Object.keys(TROUBLES).filter((name) => (write === "mutation" ? true : !name.startsWith("200")));

  test.each(names)("%s", async (name) => {
    const ideal = begin(withSummary);
    await run(ideal, RICH);
    for (const isOnce of [true, false]) {
      const github = begin(withSummary);
      let times = 0;
      // What is not there to be deleted is gone.
      const trouble = { ...TROUBLES[name], ...(name === "404" && write.startsWith("DELETE") ? { done: true } : {}) };
      github.trouble = (kind) => (kind === write && (times++ === 0 || !isOnce) ? trouble : undefined);
      const { unwritten, isOutdated } = await run(github, RICH, { faster: 250 });
      expect(isOutdated).toBe(false);
      expect(times).toBeGreaterThan(0);
      const isDone = JSON.stringify(seen(github)) === JSON.stringify(seen(ideal));
      rows.push(
        `${write} | ${name} ${isOnce ? "once" : "always"} | ${isDone ? "all is written" : (unwritten[0] ?? "?")}`,
      );
      // Whatever is not as it should be is told, and what is told is not as it should be.
      expect(unwritten.length > 0).toBe(!isDone);
      // Nothing is lost: what has no comment that is right stands in the summary, in full, or the job is told.
      const summary = github.pages.map(({ body }) => body).join();
      for (const each of RICH) {
        const stands = github.shown.some(({ body }) => body === lineComment(each, undefined));
        const isSummaryLost = unwritten.some((line) => /summary comment is/i.test(line));
        expect(stands || isSummaryLost || summary.includes(each.fingerprint.repeat(9)), each.fingerprint).toBe(true);
      }
      expect(unwritten.every((line) => isSummaryTold(line, summary))).toBe(true);
      // The next run mends all of it, and the one after that writes nothing.
      github.trouble = () => undefined;
      expect((await run(github, RICH, { run: "2.1" })).unwritten).toEqual([]);
      expect(markers(github)).toEqual(markers(ideal));
      const writes = github.writes.length;
      await run(github, RICH, { run: "3.1" });
      expect(github.writes.length).toBe(writes);
    }
  });
});

/** What could not be written stands in the summary, too, unless it is the summary. */
function isSummaryTold(line: string, summary: string): boolean {
  return /summary comment/i.test(line) || summary.includes(line.split(":")[0] ?? "");
}

/** What is shown, without saying whether on its line or on its file. */
function markers(github: FakeGithub): unknown {
  return [github.shown.map(({ body }) => body.split("\n")[0] ?? "").toSorted(), github.pages.length];
}
