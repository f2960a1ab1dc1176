import fc from "fast-check";
import { expect, it } from "vitest";
import type { Edit } from "../../src/model/finding.ts";
import { Source } from "../../src/model/source.ts";
import { suggestion } from "../../src/render/offer.ts";
import { type Piece, piecesOf } from "../../src/render/piecesOf.ts";

const PATH = "zones/a.zone";

/** What GitHub does with suggestions: the lines of each become the lines between its fences. */
function withSuggestions(text: string, pieces: readonly Piece[]): string {
  const lines = text.split("\n");
  for (const piece of pieces.toReversed()) {
    const block = suggestion(piece).split("\n");
    expect(block[0]).toMatch(/^`{3,}suggestion$/);
    expect(block.at(-1)).toBe(block[0]?.replace("suggestion", ""));
    const inside = block.slice(1, -1);
    expect(inside.every((line) => line.trim() !== block.at(-1))).toBe(true);
    lines.splice(piece.first - 1, piece.last - piece.first + 1, ...inside);
  }
  return lines.join("\n");
}

function withEdits(source: Source, edits: readonly Edit[]): string {
  let [text, at] = ["", 0];
  for (const edit of edits) {
    text += source.text(at, edit.at.start.offset) + edit.newText;
    at = edit.at.end.offset;
  }
  return text + source.text(at);
}

function fixOf(source: Source, stretches: readonly (readonly [number, number, string])[]): Edit[] {
  const edits: Edit[] = [];
  let before = -1;
  for (const [from, to, newText] of stretches.toSorted((a, b) => a[0] - b[0])) {
    const [start, end] = [Math.min(from, source.bytes.length), Math.min(Math.max(from, to), source.bytes.length)];
    if (start <= before) continue;
    edits.push({ at: source.span(start, end), newText });
    before = end;
  }
  return edits;
}

const line = fc.string({ unit: fc.constantFrom("a", "`", "```", " ", "\t", ";", "~", "+"), maxLength: 6 });
const text = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 40 }), fc.boolean())
  .map(([lines, isEnded]) => lines.join("\n") + (isEnded ? "\n" : ""));
const stretch = fc.tuple(
  fc.nat(150),
  fc.nat(150),
  fc.constantFrom("", "x", "x\n", "\nx", "```\n", "````\n", "\r\n", "<!--"),
);

it("applied to the file, suggestions give exactly the fix", () => {
  let tried = 0;
  fc.assert(
    fc.property(text, fc.array(stretch, { minLength: 1, maxLength: 4 }), fc.nat(12), (content, stretches, reach) => {
      const source = new Source("head", PATH, Buffer.from(content));
      const edits = fixOf(source, stretches);
      const pieces = piecesOf({ title: "Mend", edits }, () => source, reach) ?? [];
      if (!pieces.every((piece) => piece.isExact)) return;
      tried++;
      expect(withSuggestions(source.text(), pieces)).toBe(withEdits(source, edits));
    }),
    { numRuns: 2000, seed: 8461 },
  );
  expect(tried).toBeGreaterThan(300);
});

function pieces(
  content: string,
  ...stretches: readonly (readonly [number, number, string])[]
): readonly Piece[] | undefined {
  const source = new Source("head", PATH, Buffer.from(content));
  return piecesOf({ title: "Mend", edits: fixOf(source, stretches) }, () => source, 12);
}

it.each([
  ["a word", "a b\nc\n", [2, 3, "x"], { first: 1, last: 1, before: "a b\n", after: "a x\n", isExact: true }],
  ["a line before the first", "a\nb\n", [0, 0, "x\n"], { first: 1, last: 1, after: "x\na\n", isExact: true }],
  ["a whole line that goes", "a\nb\nc\n", [2, 4, ""], { first: 2, last: 2, before: "b\n", after: "", isExact: true }],
  ["a line after the last", "a\nb\n", [4, 4, "x\n"], { first: 2, last: 2, after: "b\nx\n", isExact: true }],
  ["the end of a file without line end", "a\nb", [2, 3, "x"], { first: 2, last: 2, after: "x", isExact: false }],
  ["lines that end in CR LF", "a\r\nb\r\n", [0, 1, "x"], { first: 1, last: 1, isExact: false }],
  ["a text that a comment does not keep", "a \u202Eb\n", [0, 1, "x"], { isExact: false }],
  ["bytes that are no UTF-8", "a \uFFFD\n", [0, 1, "x"], { isExact: false }],
] as const)("knows the lines of %s", (_, content, stretch, piece) => {
  expect(pieces(content, stretch)).toEqual([expect.objectContaining(piece)]);
});

it("joins edits that are close together and parts those that are not", () => {
  const content = Array.from({ length: 40 }, (_, index) => `${index % 10}\n`).join("");
  const edits = [0, 8, 60].map((at) => [at, at + 1, "x"] as const);
  expect(pieces(content, ...edits)?.map(({ first, last }) => [first, last])).toEqual([
    [1, 5],
    [31, 31],
  ]);
});

it("has no pieces of a file whose text is not known", () => {
  const source = new Source("head", PATH, Buffer.from("a\n"));
  expect(piecesOf({ title: "Mend", edits: fixOf(source, [[0, 1, "b"]]) }, () => undefined)).toBeUndefined();
});
