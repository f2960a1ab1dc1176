import { describe, expect, it } from "vitest";
import type { Wanted } from "../../src/publish/plan.ts";
import { type Difference, type Existing, type Found, reconcile } from "../../src/publish/reconcile.ts";
import { findingAt, spanAt } from "./findingAt.ts";

const MARKER = "<!-- mta-sts-guard a -->";

const WANTED: Wanted = {
  finding: findingAt(spanAt("p", 5)),
  marker: MARKER,
  body: `${MARKER}\nline`,
  fileBody: `${MARKER}\nfile`,
  path: "p",
  side: "RIGHT",
  line: 5,
  startLine: undefined,
  isBound: false,
};

const THERE: Existing = {
  id: "id",
  number: 1,
  body: WANTED.body,
  path: "p",
  line: 5,
  startLine: undefined,
  isOutdated: false,
  isHidden: false,
  hasReplies: false,
};

const HEAD = "0123456789abcdef";

function found(fingerprints: readonly string[], more: Partial<Found> = {}): Found {
  return { new: new Set(fingerprints), known: new Set(), isWhole: true, murky: new Set(), ...more };
}

describe("a comment that is wanted", () => {
  it.each([
    ["stands there", {}, {}, []],
    ["stands there in other line ends", { body: `${MARKER}\r\nline\r\n` }, {}, []],
    ["says something else now", { body: `${MARKER}\nold` }, {}, ["update"]],
    ["was hidden", { isHidden: true }, {}, ["show"]],
    ["stands on lines that were changed", { isOutdated: true, line: undefined }, {}, ["create", "hide OUTDATED"]],
    ["stands in another file", { path: "q" }, {}, ["create", "hide OUTDATED"]],
    ["stands on another line", { line: 6 }, {}, []],
    ["stands on another line than its suggestion changes", { line: 6 }, { isBound: true }, ["create", "hide OUTDATED"]],
    [
      "stands on the file, since its line was refused",
      { line: undefined, body: WANTED.fileBody! },
      { isBound: true },
      [],
    ],
    ["is another one's", { body: "<!-- mta-sts-guard b -->" }, {}, ["create", "update", "hide RESOLVED"]],
    ["was hidden, and its line is another one now", { isHidden: true, line: 6 }, {}, ["create"]],
    ["was answered, and its lines were changed", { isOutdated: true, hasReplies: true }, {}, ["create"]],
  ] as const)("%s", (_, there, want, writes) => {
    expect(writesOf(reconcile([{ ...WANTED, ...want }], [{ ...THERE, ...there }], found(["a"]), HEAD))).toEqual(writes);
  });
});

const FIXED = `${MARKER}\n**Fixed in \`0123456\`.**`;

describe("a comment that is not wanted", () => {
  it.each([
    ["its finding is gone", {}, found([]), ["update", "hide RESOLVED"]],
    ["its finding is gone, which it says", { body: FIXED }, found([]), ["hide RESOLVED"]],
    ["its finding is gone, and it was answered", { hasReplies: true }, found([]), ["update"]],
    ["it was answered and says that its finding is gone", { body: FIXED, hasReplies: true }, found([]), []],
    ["its finding is found, and over the cap", {}, found(["a"]), []],
    ["its finding was there before, or is accepted", {}, found([], { known: new Set(["a"]) }), ["hide OUTDATED"]],
    ["not everything could be looked at", {}, found([], { isWhole: false }), []],
    ["it is hidden already", { isHidden: true }, found([]), []],
    ["a part whose finding is found", { body: "<!-- mta-sts-guard a part x 1 -->\n" }, found(["a"]), ["hide OUTDATED"]],
    [
      "a part whose finding is gone",
      { body: "<!-- mta-sts-guard a part x 1 -->\n" },
      found([]),
      ["update", "hide RESOLVED"],
    ],
  ] as const)("%s", (_, there, what, writes) => {
    expect(writesOf(reconcile([], [{ ...THERE, ...there }], what, HEAD))).toEqual(writes);
  });

  it("says where it was fixed, and what", () => {
    const body = `${MARKER}\r\n**Error: mail to \\*.x is lost.**\r\n\r\nWhy.`;
    const [update] = reconcile([], [{ ...THERE, body }], found([]), HEAD).update;
    expect(update?.body).toBe(`${MARKER}\n**Fixed in \`0123456\`.**\n\n~~Error: mail to \\*.x is lost.~~`);
  });

  it("does not say fixed where the same rule tells of the same file anew", () => {
    const body = `${MARKER}\nold\n\n<sub>Rule [id-not-bumped](https://x) · y</sub>`;
    const fresh = { ...WANTED, marker: "<!-- mta-sts-guard n -->" };
    const old = { ...THERE, body };
    expect(writesOf(reconcile([fresh], [old], found(["n"]), HEAD))).toEqual(["create", "hide OUTDATED"]);
    // One that stood there before replaces nothing.
    const stood = { ...THERE, number: 2, body: `${fresh.marker}\nline` };
    const want = { ...fresh, body: stood.body };
    expect(writesOf(reconcile([want], [old, stood], found(["n"]), HEAD))).toEqual(["update", "hide RESOLVED"]);
    for (const other of [{ path: "q" }, { finding: findingAt(spanAt("p", 5), { rule: "other" }) }])
      expect(writesOf(reconcile([{ ...fresh, ...other }], [old], found(["n"]), HEAD))).toContain("hide RESOLVED");
  });
});

describe("a comment whose finding nobody could see any more", () => {
  const murky = new Set(["p"]);

  it.each([
    ["mx-not-covered", { murky }, "OUTDATED"],
    ["mx-not-covered", { murky: new Set(["q"]) }, "RESOLVED"],
    ["policy-mode", { murky }, "RESOLVED"],
    ["zone-syntax", { murky }, "RESOLVED"],
  ] as const)("of %s with %j: %s", (rule, more, why) => {
    const body = `${MARKER}\nold\n\n<sub>Rule [${rule}](https://x) · y</sub>`;
    expect(writesOf(reconcile([], [{ ...THERE, body }], found([], more), HEAD))).toContain(`hide ${why}`);
  });
});

describe("two comments for one finding", () => {
  const later = { ...THERE, id: "later", number: 2 };

  it.each([
    ["at one place: the later one goes, whichever is listed first", {}, ["remove 2"]],
    ["the later one was answered", { hasReplies: true }, []],
    ["on another line", { line: 9 }, ["hide OUTDATED"]],
    ["on other lines", { startLine: 4 }, ["hide OUTDATED"]],
    ["in another file", { path: "q" }, ["hide OUTDATED"]],
    ["the later one is hidden", { isHidden: true }, []],
    ["the later one is outdated", { isOutdated: true }, ["hide OUTDATED"]],
  ] as const)("%s", (_, more, writes) => {
    expect(writesOf(reconcile([WANTED], [{ ...later, ...more }, THERE], found(["a"]), HEAD))).toEqual(writes);
  });

  it("the one that is shown stays rather than the one that is hidden", () => {
    expect(writesOf(reconcile([WANTED], [{ ...THERE, isHidden: true }, later], found(["a"]), HEAD))).toEqual([]);
  });
});

function writesOf({ create, update, hide, show, remove }: Difference): readonly string[] {
  return [
    ...create.map(() => "create"),
    ...update.map(() => "update"),
    ...hide.map(({ why }) => `hide ${why}`),
    ...show.map(() => "show"),
    ...remove.map(({ number }) => `remove ${number}`),
  ];
}
