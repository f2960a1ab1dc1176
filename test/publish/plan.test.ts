import { expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { Source } from "../../src/model/source.ts";
import { type Plan, planOf } from "../../src/publish/plan.ts";
import type { DiffFile } from "../../src/publish/placeOf.ts";
import { findingAt, spanAt } from "./findingAt.ts";

const TEXT = Array.from({ length: 40 }, (_, index) => `line ${index + 1}\n`).join("");
const SOURCES = ["a", "b"].map((path) => new Source("head", path, Buffer.from(TEXT)));

/** Hunks that show these lines of head. */
function file(path: string, ...ranges: readonly (readonly [number, number])[]): DiffFile {
  const hunks = ranges.map(([first, last]) => {
    const lines = Array.from({ length: last - first }, (_, index) => ` line ${first + 1 + index}`);
    return [`@@ -${first},${last - first} +${first},${last - first + 1} @@`, `+line ${first}`, ...lines].join("\n");
  });
  return { path, patch: hunks.join("\n") };
}

function fixOf(...places: readonly (readonly [string, number])[]): Finding["fix"] {
  const edits = places.map(([path, line]) => {
    const source = SOURCES.find((each) => each.path === path)!;
    const start = source.lineStart(line);
    return { at: source.span(start, start + 4), newText: "LINE" };
  });
  return { title: "Mend it", edits };
}

function plan(findings: readonly Finding[], files: readonly DiffFile[], cap = 25): Plan {
  return planOf({
    review: { findings },
    files,
    cap,
    text: (path) => SOURCES.find((source) => source.path === path),
    editUrl: (path, line) => `https://edit/${path}#L${line}`,
  });
}

function lines({ wanted }: Plan): readonly unknown[] {
  return wanted.map(({ path, startLine, line, side }) => [path, startLine, line, side]);
}

it("joins close edits of one hunk to one suggestion on all their lines", () => {
  const made = plan([findingAt(spanAt("a", 4), { fix: fixOf(["a", 3], ["a", 6]) })], [file("a", [1, 10])]);
  expect(lines(made)).toEqual([["a", 3, 6, "RIGHT"]]);
  expect(made.wanted[0]?.body).toContain("```suggestion\nLINE 3\nline 4\nline 5\nLINE 6\n```");
});

it("gives each place of a fix a suggestion, and each names the others", () => {
  const fix = fixOf(["a", 3], ["a", 30], ["b", 2]);
  const made = plan([findingAt(spanAt("a", 30), { fix })], [file("a", [1, 5], [28, 33]), file("b", [1, 3])]);
  expect(lines(made)).toEqual([
    ["a", undefined, 30, "RIGHT"],
    ["a", undefined, 3, "RIGHT"],
    ["b", undefined, 2, "RIGHT"],
  ]);
  const [main, first, other] = made.wanted.map(({ body }) => body);
  expect(main).toContain("belongs together with the suggestion at `a`, line 3, and at `b`, line 2.");
  expect(first).toContain("belongs together with the suggestion at `a`, line 30, and at `b`, line 2.");
  expect(other).toContain("belongs together with the suggestion at `a`, line 3, and at `a`, line 30.");
  expect(new Set(made.wanted.map(({ marker }) => marker)).size).toBe(3);
});

it("points to the suggestions where the finding's own line has none", () => {
  const made = plan([findingAt(spanAt("b", 2), { fix: fixOf(["a", 3]) })], [file("a", [1, 5]), file("b", [1, 3])]);
  expect(lines(made)).toEqual([
    ["b", undefined, 2, "RIGHT"],
    ["a", undefined, 3, "RIGHT"],
  ]);
  expect(made.wanted[0]?.body).toContain("The suggestion for it stands at `a`, line 3.\n\n<sub>");
  expect(made.wanted[1]?.body).toContain("\n**Mend it.** The comment at `b`, line 2 says why.\n");
  const two = plan(
    [findingAt(spanAt("b", 2), { fix: fixOf(["a", 3], ["a", 30]) })],
    [file("a", [1, 5], [28, 33]), file("b", [1, 3])],
  );
  expect(two.wanted[0]?.body).toContain(
    "The suggestions for it stand at `a`, line 3, and at `a`, line 30. Apply them together",
  );
  expect(two.wanted[1]?.body).toContain("It belongs together with the suggestion at `a`, line 30.");
});

it("shows the edit and links an editor where a place of the fix is not in the diff", () => {
  const made = plan([findingAt(spanAt("a", 3), { fix: fixOf(["a", 3], ["b", 20]) })], [file("a", [1, 5])]);
  expect(lines(made)).toEqual([["a", undefined, 3, "RIGHT"]]);
  const body = made.wanted[0]?.body;
  expect(body).not.toContain("```suggestion");
  expect(body).toContain("In `b`, line 20 ([edit this file](https://edit/b#L20)):\n\n```diff\n-line 20\n+LINE 20\n```");
  expect(body).toContain("These edits belong together");
});

it("has no suggestion on a deleted line, and none that spans two hunks", () => {
  const patch = "@@ -3,2 +3,1 @@\n-gone\n line 3\n";
  const made = plan([findingAt(spanAt("a", 3, "base"), { fix: fixOf(["a", 3]) })], [{ path: "a", patch }]);
  expect(lines(made)).toEqual([["a", undefined, 3, "LEFT"]]);
  expect(made.wanted[0]?.body).toContain("```diff");
  const apart = plan([findingAt(spanAt("a", 3), { fix: fixOf(["a", 3], ["a", 9]) })], [file("a", [1, 4], [8, 12])]);
  expect(lines(apart)).toEqual([["a", undefined, 3, "RIGHT"]]);
});

it("keeps to the cap, worst first: fewer comments rather than half a fix", () => {
  const two = { fix: fixOf(["a", 3], ["a", 30]) };
  const findings = [1, 2, 3].map((number) =>
    findingAt(spanAt("a", 3), { ...two, message: `Mail ${number} is lost.`, fingerprint: `f${number}` }),
  );
  const files = [file("a", [1, 5], [28, 33])];
  const made = plan(findings, files, 3);
  expect(made.overCap).toBe(1);
  expect(made.wanted.map(({ marker, isBound }) => [marker.slice(19, 21), isBound])).toEqual([
    ["f1", true],
    ["f1", true],
    ["f2", false],
  ]);
  expect(plan(findings, files, 0)).toMatchObject({ wanted: [], overCap: 3 });
});

it("leaves notices, and what was there before, without comment", () => {
  const findings = [
    findingAt(spanAt("a", 3), { severity: "notice" }),
    findingAt(spanAt("a", 3), { status: "existing" }),
    findingAt(spanAt("a", 3), { status: "fixed" }),
  ];
  expect(plan(findings, [file("a", [1, 5])])).toMatchObject({ wanted: [], overCap: 0 });
});

it("tells in the summary what has no place in the diff", () => {
  const finding = findingAt(spanAt("z", 3));
  expect([...plan([finding], [file("a", [1, 5])]).inFull.keys()]).toEqual([finding]);
});

it("says once what holds on one line for many domains", () => {
  const of = (domain: string, more: Partial<Finding> = {}): Finding =>
    findingAt(spanAt("a", 4), { domain, message: `${domain.slice(0, -1)} loses mail.`, fingerprint: domain, ...more });
  const same = Array.from({ length: 14 }, (_, index) => of(`d${index}.de.`));
  const made = plan([...same, of("x.de.", { message: "x.de loses more." })], [file("a", [1, 10])]);
  expect(made.wanted.map(({ finding }) => finding.domain)).toEqual(["d0.de.", "x.de."]);
  expect(made.wanted[0]?.body).toContain("The same holds for `d1.de`, `d2.de`, ");
  expect(made.wanted[0]?.body).toContain("`d10.de` and 3 more.");
  expect(made.wanted[1]?.body).not.toContain("The same holds");
  expect(made.overCap).toBe(0);
});

it("keeps apart what another fix mends", () => {
  const of = (domain: string, line: number): Finding =>
    findingAt(spanAt("a", 4), { domain, message: "Mail is lost.", fingerprint: domain, fix: fixOf(["b", line]) });
  const made = plan([of("a.de.", 2), of("b.de.", 3)], [file("a", [1, 10])]);
  expect(made.wanted).toHaveLength(2);
});
