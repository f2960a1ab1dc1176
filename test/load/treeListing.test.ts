import { describe, expect, it } from "vitest";
import { TreeListing } from "../../src/load/treeListing.ts";

const ID = "0123456789012345678901234567890123456789";

function listing(paths: readonly string[]): TreeListing {
  return new TreeListing(paths.map((path) => `100644 blob ${ID}\t${path}\0`).join(""));
}

const PATHS = ["a", "b\ta", "web/mta-sts.txt", "MTA-STS.TXT", "xmta-sts.txt", "web/mta-sts.txt/more", "c.d"];

describe.each([
  ["searched", 0],
  ["indexed after many searches", 100],
])("%s", (_, searches) => {
  const made = listing(PATHS);
  for (let count = 0; count < searches; count++) made.has("none");

  it.each(PATHS)("finds %j", (path) => expect(made.entry(path)).toEqual({ path, kind: "file", id: ID }));

  it.each(["", "b", "web", "sts.txt", "c", "cxd"])("does not find %j", (path) =>
    expect(made.entry(path)).toBeUndefined(),
  );
});

it("finds files by name in any case and at any depth, whole names only", () => {
  expect(listing(PATHS).named("mta-sts.txt")).toEqual(["web/mta-sts.txt", "MTA-STS.TXT"]);
  expect(listing(PATHS).named("c.d")).toEqual(["c.d"]);
  expect(listing(["cxd"]).named("c.d")).toEqual([]);
});

it("tells all paths, links and submodules of an empty or full tree", () => {
  expect([...listing([])]).toEqual([]);
  expect([...listing(PATHS)]).toEqual(PATHS);
  expect(new TreeListing([`120000 blob ${ID}\tl`, `160000 commit ${ID}\ts`, ""].join("\0")).entry("s")?.kind).toBe(
    "submodule",
  );
});

it("the links, and the paths that hold a word", () => {
  const listing = new TreeListing(
    "120000 blob aa\ta b/link\x00100644 blob bb\tbind/120000 named.conf\x00120000 blob cc\tx.conf/y\x00",
  );
  expect(listing.links()).toEqual([
    { path: "a b/link", kind: "link", id: "aa" },
    { path: "x.conf/y", kind: "link", id: "cc" },
  ]);
  expect(listing.holding([".conf", "link", "blob"])).toEqual(["bind/120000 named.conf", "x.conf/y", "a b/link"]);
});
