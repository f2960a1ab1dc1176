import { describe, expect, it } from "vitest";
import type { Wanted } from "../../src/publish/plan.ts";
import { type Existing, reconcile } from "../../src/publish/reconcile.ts";
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
};

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
    ["is another one's", { body: "<!-- mta-sts-guard b -->" }, {}, ["create", "hide RESOLVED"]],
  ] as const)("%s", (_, there, want, writes) => {
    const { create, update, hide, show } = reconcile(
      [{ ...WANTED, ...want }],
      [{ ...THERE, ...there }],
      new Set([MARKER]),
    );
    expect([
      ...create.map(() => "create"),
      ...update.map(() => "update"),
      ...hide.map(({ why }) => `hide ${why}`),
      ...show.map(() => "show"),
    ]).toEqual(writes);
  });
});

describe("a comment that is not wanted", () => {
  it.each([
    ["its finding is gone", {}, [], 1],
    ["its finding is found, and over the cap", {}, [MARKER], 0],
    ["it is hidden already", { isHidden: true }, [], 0],
  ] as const)("%s", (_, there, found, hidden) => {
    const { create, update, hide, show } = reconcile([], [{ ...THERE, ...there }], new Set(found));
    expect([create.length, update.length, hide.length, show.length]).toEqual([0, 0, hidden, 0]);
  });
});
