import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sentences } from "../../src/render/findingMarkdown.ts";
import { lineComment, markerOf } from "../../src/render/lineComment.ts";
import { cellSpan, codeBlock, codeSpan, escaped, prose } from "../../src/render/markdownSafe.ts";
import { SUMMARY_MARKER } from "../../src/render/summaryComment.ts";
import { quote } from "../../src/model/quote.ts";
import { findingAt, spanAt } from "./findingAt.ts";

/** What a stranger writes into names, paths and records. */
const ATTACKS = [
  "```\n::error::x\n```",
  "``` suggestion\nx\n```",
  "@nora and @acme/owners",
  "#1 and acme/dns#2 and GH-3",
  "https://evil.example www.evil.example mailto:a@b.example",
  "<img src=x onerror=alert(1)><script>",
  "<!-- mta-sts-guard summary -->",
  SUMMARY_MARKER,
  "| a | b |\n|---|---|",
  "[click](https://evil.example) ![x](https://evil.example/x.png)",
  "**bold** _it_ ~~gone~~ $x$ \\",
  "\u202Egnp.exe \u200B\u0000\u001B[31m",
  "`",
  "``",
  "a ` b `` c",
  " ",
  "",
  "# head",
  "1. item",
  "- item",
  "> quote",
];

describe("codeSpan", () => {
  it.each(ATTACKS)("keeps %j inside", (text) => {
    const span = codeSpan(text);
    const [fence = ""] = /^`+/.exec(span) ?? [];
    expect(span.endsWith(fence)).toBe(true);
    const inside = span.slice(fence.length, -fence.length);
    expect(inside.match(/`+/g) ?? []).not.toContain(fence);
    expect(inside).toMatch(/^[^`](.*[^`])?$/);
    expect(span).not.toMatch(/[\n\r\p{Cf}\p{Cc}]|<!--/u);
    expect(cellSpan(text)).toBe(span.replaceAll("|", "U+007C"));
  });

  it("clips by code point and says so", () => {
    expect(codeSpan("😀".repeat(300))).toBe(`\`${"😀".repeat(200)}…\``);
  });

  it("holds for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("`", " ", "a", "\n", "|", "<", "!", "-") }), (text) => {
        const span = codeSpan(text);
        const [fence = ""] = /^`+/.exec(span) ?? [];
        const runs = span.match(/`+/g) ?? [];
        expect(runs.filter((run) => run === fence)).toHaveLength(2);
      }),
    );
  });
});

it.each(ATTACKS)("a block keeps %j inside", (text) => {
  const [first = "", ...rest] = codeBlock(text, "diff").split("\n");
  const fence = first.slice(0, -"diff".length);
  expect(rest.at(-1)).toBe(fence);
  expect(rest.slice(0, -1).some((line) => line.includes(fence))).toBe(false);
  expect(rest.join("\n")).not.toContain("<!--");
});

describe("escaped", () => {
  it.each([
    ["@nora", "@\u200Bnora"],
    ["acme/dns#2 GH-3", "acme/dns#\u200B2 GH-\u200B3"],
    ["https://evil.example www.evil.example", "https:\u200B//evil.example www\u200B.evil.example"],
    ["<b>&", "&lt;b&gt;&amp;"],
    ["<!-- x -->", "&lt;!-- x --&gt;"],
    ["a|b", "a&#124;b"],
    [":warning: a:b", ":\u200Bwarning: a:b"],
    ["[a](b) ![c](d)", "\\[a\\](b) !\\[c\\](d)"],
    ["*a* _b_ ~c~ $d$ `e` \\", "\\*a\\* \\_b\\_ \\~c\\~ \\$d\\$ \\`e\\` \\\\"],
    ["# a", "\\# a"],
    ["- a", "\\- a"],
    ["1. a", "1\u200B. a"],
    ["a\nb\u202E", "aU+000AbU+202E"],
  ])("%j", (text, safe) => {
    expect(escaped(text)).toBe(safe);
  });
});

it.each(ATTACKS)("a message that quotes %j shows it and nothing else", (text) => {
  const shown = prose(`Mail is lost: ${quote(text)} is wrong.`);
  expect(shown.startsWith("Mail is lost: `")).toBe(true);
  expect(shown.endsWith("` is wrong.")).toBe(true);
  expect(shown.match(/`/g)).toHaveLength(2);
});

it.each(ATTACKS)("a comment about a path and a text such as %j has one marker, its first line", (text) => {
  const message = `Mail is lost. It says ${quote(text)}.\nexample.com. IN TXT "${text}"`;
  const piece = { path: text, first: 1, last: 1, before: `${text}\n`, after: "x\n", isExact: true };
  const offer = { title: "Mend", here: undefined, elsewhere: [piece], byHand: [piece], editUrl: () => undefined };
  const finding = findingAt(spanAt(text, 1), { message, related: [{ message: "Here.", at: spanAt(text, 2) }] });
  const [first, ...rest] = lineComment(finding, offer).split("\n");
  expect(first).toBe(markerOf(finding.fingerprint));
  expect(rest.join("\n")).not.toContain("<!--");
});

it.each([
  ["One. Two. Three.", ["One.", "Two. Three."]],
  ["The host mx1.example.com is lost. Add it.", ["The host mx1.example.com is lost.", "Add it."]],
  ["It says `a. B` here. `x` is right.", ["It says `a. B` here.", "`x` is right."]],
  ["Only one", ["Only one", ""]],
])("the first sentence of %j", (text, parts) => {
  expect(sentences(text)).toEqual(parts);
});
