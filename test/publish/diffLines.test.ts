import { describe, expect, it } from "vitest";
import { diffLines } from "../../src/publish/diffLines.ts";
import { diffOf, placeOf } from "../../src/publish/placeOf.ts";
import { findingAt, spanAt } from "./findingAt.ts";

describe("diffLines", () => {
  it.each([
    ["a changed line with context", "@@ -4,3 +4,3 @@ x\n a\n-b\n+c\n d", [[4, 6, [5]]]],
    ["a header without counts", "@@ -1 +1 @@\n-2\n+3", [[1, 1, [1]]]],
    ["a new file", "@@ -0,0 +1,2 @@\n+a\n+b", [[1, 2, []]]],
    ["a removed file", "@@ -1,2 +0,0 @@\n-a\n-b", [[0, -1, [1, 2]]]],
    [
      "no line end at the end",
      "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file",
      [[1, 1, [1]]],
    ],
    [
      "two hunks",
      "@@ -1,2 +1,1 @@\n a\n-b\n@@ -9 +8,2 @@\n c\n+d",
      [
        [1, 1, [2]],
        [8, 9, []],
      ],
    ],
    ["lines that look like headers", "@@ -1,2 +1,2 @@\n-@@ -7 +7 @@\n+@@ -8 +8 @@\n --- a\n", [[1, 2, [1]]]],
    ["carriage returns inside lines", "@@ -1 +1,2 @@\n+\r@@ -5 +5 @@\r\n a", [[1, 2, []]]],
    ["nothing", "", []],
    ["no patch at all", "Binary files differ", []],
  ])("reads %s", (_, patch, hunks) => {
    expect(diffLines(patch).map(({ right, deleted }) => [right.first, right.last, [...deleted]])).toEqual(hunks);
  });
});

describe("placeOf", () => {
  const diff = diffOf([
    { path: "a", patch: "@@ -4,3 +4,3 @@\n x\n-y\n+z\n x" },
    { path: "new", previousPath: "old", patch: "@@ -1,2 +1 @@\n-y\n x" },
    { path: "gone", patch: "@@ -1 +0,0 @@\n-y" },
    { path: "binary" },
  ]);
  it.each([
    ["a changed line", [spanAt("a", 5)], { kind: "line", side: "RIGHT", path: "a", line: 5 }],
    ["an unchanged line of a hunk", [spanAt("a", 6)], { kind: "line", side: "RIGHT", path: "a", line: 6 }],
    [
      "a related line, since the first is not in the diff",
      [spanAt("z", 5), spanAt("a", 4)],
      { kind: "line", side: "RIGHT", path: "a", line: 4 },
    ],
    [
      "a related line before the file of the first",
      [spanAt("a", 9), spanAt("new", 1)],
      { kind: "line", side: "RIGHT", path: "new", line: 1 },
    ],
    ["a deleted line", [spanAt("gone", 1, "base")], { kind: "line", side: "LEFT", path: "gone", line: 1 }],
    [
      "a deleted line of a renamed file",
      [spanAt("old", 1, "base")],
      { kind: "line", side: "LEFT", path: "new", line: 1 },
    ],
    ["a line that base and head share", [spanAt("a", 4, "base")], { kind: "file", path: "a" }],
    ["a line that is in no hunk", [spanAt("a", 3)], { kind: "file", path: "a" }],
    ["a file without patch", [spanAt("binary", 1)], { kind: "file", path: "binary" }],
    ["a file that is not in the diff", [spanAt("z", 1), spanAt("y", 1)], { kind: "summary" }],
    ["head's text under base's name", [spanAt("old", 1)], { kind: "summary" }],
  ] as const)("puts a finding on %s", (_, [at, ...related], place) => {
    expect(placeOf(findingAt(at, { related: related.map((span) => ({ message: "m", at: span })) }), diff)).toEqual(
      place,
    );
  });
});
