import { describe, expect, test } from "vitest";
import { loadState } from "../../src/load/loadSnapshot.ts";
import { DEFAULT_CONFIG } from "../../src/model/config.ts";
import { review } from "../../src/review.ts";
import { POLICY, policy, ZONE, zone } from "../nordwind.ts";
import { clone, github, loadBoth, loadPull, NOW, tell } from "./githubStory.ts";

const FIRST = { at: "2026-01-05T10:00:00Z", files: { [ZONE]: zone(), README: "1\n" } };
const topic = (files: Readonly<Record<string, string | null | Uint8Array | { link: string }>>) => ({
  commits: [{ at: "2026-06-01T10:00:00Z", files }],
});

describe("the pull request as git has it", () => {
  test("a topic commit three weeks old counts from yesterday, when it was merged", async () => {
    const standIn = await tell({
      main: [
        FIRST,
        {
          pull: [
            { at: "2026-05-09T10:00:00Z", files: { [POLICY]: policy({ mode: "none" }) } },
            { at: "2026-05-10T10:00:00Z", files: { [POLICY]: policy(), [ZONE]: zone({ serial: 2026051001 }) } },
          ],
          mergedAt: "2026-05-31T10:00:00Z",
        },
        { at: "2026-05-31T11:00:00Z", files: { README: "2\n" } },
      ],
      topic: topic({ [POLICY]: policy({ mode: "enforce" }), [ZONE]: zone({ id: "2", serial: 2026060101 }) }),
    });
    const snapshot = await loadBoth(standIn);
    const moments = snapshot.past.filter(({ of }) => of === POLICY).map(({ moment }) => moment.toISOString());
    expect(moments).toEqual(["2026-05-31T10:00:00.000Z"]);
    const short = review(snapshot, DEFAULT_CONFIG).findings.find(({ rule }) => rule === "testing-too-short");
    expect(short?.message).toContain("2026-05-31");
  });

  test.each(["merge", "squash", "rebase"] as const)("merged by %s", async (as) => {
    const pull = [1, 2].map((n) => ({
      at: `2026-05-0${n}T10:00:00Z`,
      files: { [POLICY]: policy({ maxAge: 86400 * n }), [ZONE]: zone({ id: `${n}0`, serial: 2026050100 + n }) },
    }));
    const standIn = await tell({
      main: [FIRST, { pull, mergedAt: "2026-05-20T10:00:00Z", as }],
      topic: topic({ [POLICY]: policy({ maxAge: 604800 }), [ZONE]: zone({ id: "3", serial: 2026060101 }) }),
    });
    const { past } = await loadBoth(standIn);
    expect(past.filter(({ of }) => of === POLICY)).toHaveLength(as === "rebase" ? 2 : 1);
  });

  test("what a pull request did and undid never was", async () => {
    const standIn = await tell({
      main: [
        { ...FIRST, files: { ...FIRST.files, [POLICY]: policy() } },
        {
          pull: [
            { at: "2026-05-01T10:00:00Z", files: { [POLICY]: policy({ mode: "none" }), README: "2\n" } },
            { at: "2026-05-02T10:00:00Z", files: { [POLICY]: policy() } },
          ],
          mergedAt: "2026-05-20T10:00:00Z",
        },
        // So that git does not pass by the merge on its way.
        { at: "2026-05-21T10:00:00Z", files: { [POLICY]: policy({ maxAge: 86400 }) } },
      ],
      topic: topic({ [POLICY]: policy({ mode: "enforce" }) }),
    });
    const events = (await loadBoth(standIn)).past.filter(({ of }) => of === POLICY);
    expect(events.map(({ moment }) => moment.toISOString().slice(0, 10))).toEqual(["2026-01-05", "2026-05-21"]);
  });

  test("renames in the past are followed, deletions told", async () => {
    const old = "old/nordwind.de/mta-sts.txt";
    const standIn = await tell({
      main: [
        FIRST,
        { at: "2026-02-01T10:00:00Z", files: { [old]: policy() } },
        { at: "2026-02-02T10:00:00Z", files: { [old]: policy({ maxAge: 86400 }) } },
        { at: "2026-02-03T10:00:00Z", files: { [old]: null, "x/mta-sts.txt": policy({ maxAge: 86400 }) } },
        { at: "2026-02-04T10:00:00Z", files: { "x/mta-sts.txt": null, [POLICY]: policy({ maxAge: 172800 }) } },
        { at: "2026-02-05T10:00:00Z", files: { [POLICY]: null } },
        { at: "2026-02-06T10:00:00Z", files: { [POLICY]: policy() } },
      ],
      topic: topic({ [POLICY]: policy({ mode: "enforce" }) }),
    });
    const events = (await loadBoth(standIn)).past.filter(({ of }) => of === POLICY);
    expect(events.map(({ moment, source }) => `${moment.getUTCDate()} ${source ? "file" : "gone"}`)).toEqual([
      "1 file",
      "2 file",
      "3 file",
      "4 file",
      "5 gone",
      "6 file",
    ]);
  });

  test("what the pull request renames and deletes", async () => {
    const standIn = await tell({
      main: [
        { ...FIRST, files: { ...FIRST.files, [POLICY]: policy(), "zones/b.de.zone": zone().replace("nordwind", "b") } },
      ],
      topic: topic({
        [POLICY]: null,
        "web/nordwind.de/mta-sts.txt": policy(),
        "zones/b.de.zone": null,
        [ZONE]: zone({ serial: 2026060101 }),
      }),
    });
    const { changed } = await loadBoth(standIn);
    expect([...changed].toSorted()).toEqual(
      [POLICY, "web/nordwind.de/mta-sts.txt", "zones/b.de.zone", ZONE].toSorted(),
    );
  });

  test("links, of the change and beside it", async () => {
    const standIn = await tell({
      main: [
        {
          ...FIRST,
          files: {
            ...FIRST.files,
            "common.txt": policy(),
            "other.txt": policy({ mx: ["mx2.nordwind.de"] }),
            [POLICY]: { link: "../../common.txt" },
            "policies/c.de/mta-sts.txt": { link: "../../common.txt" },
          },
        },
      ],
      topic: topic({ "common.txt": policy({ maxAge: 86400 }), [POLICY]: { link: "../../other.txt" } }),
    });
    const { head } = await loadBoth(standIn);
    expect(head.sources.get(POLICY)?.file).toBe("other.txt");
  });

  test("a zone that is no UTF-8, one with a byte order mark, a large one", async () => {
    const latin = Buffer.from(`${zone({ serial: 2026060101 })}; caf\xe9\n`, "latin1");
    const standIn = await tell({
      main: [{ ...FIRST, files: { ...FIRST.files, [POLICY]: policy() } }],
      topic: topic({
        [ZONE]: latin,
        "zones/b.de.zone": `\uFEFF${zone().replace("nordwind", "b")}`,
        "zones/c.de.zone": zone({ more: "; x\n".repeat(200_000) }).replace("nordwind", "c"),
      }),
    });
    const { head } = await loadBoth(standIn);
    expect(Buffer.from(head.sources.get(ZONE)?.bytes ?? "").equals(latin)).toBe(true);
    expect(head.sources.get("zones/c.de.zone")?.bytes.length).toBeGreaterThan(800_000);
    // Once for the Latin zone, once for the one that GraphQL would cut.
    expect(standIn.counts["GET /repos/{owner}/{repo}/git/blobs/{file_sha}"]).toBe(2);
  });

  test("a base branch that went on since", async () => {
    const standIn = await tell({
      main: [
        { ...FIRST, files: { ...FIRST.files, [POLICY]: policy() } },
        { at: "2026-05-20T10:00:00Z", files: { [POLICY]: policy({ maxAge: 86400 }) } },
      ],
      topic: { after: 1, ...topic({ [ZONE]: zone({ id: "2" }) }) },
    });
    expect([...(await loadBoth(standIn)).changed]).toEqual([ZONE]);
  });

  test("a configuration", async () => {
    const standIn = await tell({
      main: [
        {
          ...FIRST,
          files: {
            ...FIRST.files,
            "web/n.txt": policy(),
            ".github/mta-sts-guard.yml": "version: 1\npolicies:\n  - { path: web/n.txt, domains: [nordwind.de] }\n",
          },
        },
      ],
      topic: topic({ [ZONE]: zone({ mx: ["10 mx2"] }), "mta-sts-guard.yml": "x" }),
    });
    const snapshot = await loadBoth(standIn);
    expect(snapshot.head.sources.has("web/n.txt")).toBe(true);
    expect(snapshot.head.unread.map(({ path }) => path)).toContain("mta-sts-guard.yml");
  });

  test("more files than GitHub lists for a pull request", async () => {
    const many = Array.from({ length: 3100 }, (_, index) => [`gen/${index % 7}/f${index}.png`, `${index}\n`]);
    const standIn = await tell({
      main: [{ ...FIRST, files: { ...FIRST.files, [POLICY]: policy() } }],
      topic: topic({ ...Object.fromEntries(many), [ZONE]: zone({ mx: ["10 mx2"] }) }),
    });
    const { changed } = await loadBoth(standIn);
    expect(changed.size).toBe(3101);
    expect(standIn.requests.length).toBeLessThanOrEqual(9);
  });

  test("a tree that GitHub cuts is read folder by folder", async () => {
    const more = Array.from({ length: 30 }, (_, index) => [`more/${index % 5}/f${index}`, `${index}\n`]);
    const standIn = await tell(
      {
        main: [{ ...FIRST, files: { ...FIRST.files, [POLICY]: policy(), ...Object.fromEntries(more) } }],
        topic: topic({ [ZONE]: zone({ mx: ["10 mx2"] }) }),
      },
      { treeEntries: 12 },
    );
    const { gaps, head } = await loadBoth(standIn);
    expect([gaps, head.sources.has(POLICY)]).toEqual([[], true]);
  });

  test("a folder that GitHub cuts is a gap, and only for a change that needs it", async () => {
    const more = Array.from({ length: 30 }, (_, index) => [`f${index}`, `${index}\n`]);
    const main = [{ ...FIRST, files: { ...FIRST.files, [POLICY]: policy(), ...Object.fromEntries(more) } }];
    const touching = await tell({ main, topic: topic({ [ZONE]: zone({ mx: ["10 mx2"] }) }) }, { treeEntries: 12 });
    const { gaps } = await loadPull(github(touching), touching);
    expect(gaps.map(({ what, at }) => `${at.path}: ${what}`)).toEqual([
      `${ZONE}: the repository holds more files than GitHub lists, so the zones and policies that belong to this change may be missed.`,
    ]);
    const other = await tell({ main, topic: topic({ README: "2\n" }) }, { treeEntries: 12 });
    expect((await loadPull(github(other), other)).gaps).toEqual([]);
  });
});

test("base and head alike: nothing changed", async () => {
  const standIn = await tell({ main: [FIRST], topic: topic({ README: "2\n" }) });
  const { main } = standIn.repository;
  const repository = github(standIn);
  expect((await repository.mergeBase(main, main)).id).toBe(main);
  expect(await repository.diff(main, main)).toEqual([]);
  expect(standIn.requests).toHaveLength(1);
});

test("the state of everything", async () => {
  const standIn = await tell({
    main: [{ ...FIRST, files: { ...FIRST.files, [POLICY]: policy() } }],
    topic: topic({ README: "2" }),
  });
  const { main } = standIn.repository;
  const [told, cloned] = await Promise.all(
    [github(standIn), await clone(standIn)].map((each) => loadState(each, main, NOW, NOW, DEFAULT_CONFIG)),
  );
  expect([...(told?.head.sources.keys() ?? [])].toSorted()).toEqual(
    [...(cloned?.head.sources.keys() ?? [])].toSorted(),
  );
  expect(standIn.requests.length).toBeLessThanOrEqual(3);
});

describe("requests", () => {
  const name = (index: number) => `domain${index}.de`;
  const files = (index: number, serial: number, mode = "testing") => ({
    [`zones/${name(index)}.zone`]: zone({ serial, id: String(serial) }).replaceAll("nordwind.de", name(index)),
    [`policies/${name(index)}/mta-sts.txt`]: policy({ mode }).replaceAll("nordwind.de", name(index)),
  });
  const forty = (of: (index: number) => object) =>
    Object.assign({}, ...Array.from({ length: 40 }, (_, index) => of(index)));

  test("no more than nine for forty changed zones", async () => {
    const standIn = await tell({
      main: [
        { at: "2026-01-01T10:00:00Z", files: { README: "1\n" } },
        { at: "2026-02-01T10:00:00Z", files: forty((index) => files(index, 2026020101)) },
      ],
      topic: topic(
        forty((index) => ({
          [`zones/${name(index)}.zone`]: zone({ serial: 2026020101, mx: ["10 mx2"] }).replaceAll(
            "nordwind.de",
            name(index),
          ),
        })),
      ),
    });
    const snapshot = await loadPull(github(standIn), standIn);
    expect(snapshot.past).toHaveLength(80);
    expect(standIn.counts).toMatchInlineSnapshot(`
      {
        "GET /repos/{owner}/{repo}/compare/{basehead}": 1,
        "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": 1,
        "graphql query": 7,
      }
    `);
    expect(standIn.requests.length).toBeLessThanOrEqual(9);
    await loadBoth(standIn);
  });

  test("nor with a configuration, and where each was born in a commit of its own", async () => {
    const standIn = await tell({
      main: [
        { at: "2026-01-01T10:00:00Z", files: { README: "1\n", ".github/mta-sts-guard.yml": "version: 1\n" } },
        ...Array.from({ length: 40 }, (_, index) => ({
          at: new Date(Date.UTC(2026, 1, 1, 10, index)).toISOString(),
          files: files(index, 2026020101),
        })),
      ],
      topic: topic(
        forty((index) => ({
          [`zones/${name(index)}.zone`]: zone({ serial: 2026020101, mx: ["10 mx2"] }).replaceAll(
            "nordwind.de",
            name(index),
          ),
        })),
      ),
    });
    const snapshot = await loadPull(github(standIn), standIn);
    expect([snapshot.past.length, snapshot.pastComplete]).toEqual([80, true]);
    expect(standIn.counts).toMatchInlineSnapshot(`
      {
        "GET /repos/{owner}/{repo}/compare/{basehead}": 1,
        "GET /repos/{owner}/{repo}/git/trees/{tree_sha}": 1,
        "graphql query": 7,
      }
    `);
    expect(standIn.requests.length).toBeLessThanOrEqual(9);
  });

  test("three for what is none of ours", async () => {
    const standIn = await tell({ main: [FIRST], topic: topic({ "src/app.ts": "2\n" }) });
    await loadPull(github(standIn), standIn);
    expect(standIn.requests.map(({ kind }) => kind)).toEqual([
      "GET /repos/{owner}/{repo}/compare/{basehead}",
      "graphql query",
      "graphql query",
    ]);
  });
});
