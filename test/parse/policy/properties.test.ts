import * as fc from "fast-check";
import { expect, it } from "vitest";
import { type Policy, meaning } from "../../../src/model/policy.ts";
import { bytes, policy } from "./policy.ts";
import { cpuTime } from "../../cpuTime.ts";

const label = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9-]{0,8}[A-Za-z0-9])?$/);
const domain = fc
  .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), fc.constantFrom("de", "com", "example"))
  .map(([parts, top]) => [...parts, top].join("."));
const pattern = fc.tuple(fc.boolean(), domain).map(([wild, name]) => (wild ? `*.${name}` : name));
const blanks = fc.stringMatching(/^[ \t]{0,3}$/);
const term = fc.constantFrom("\n", "\r\n");

/** Names that no field of the RFC is a slip of the pen away from. */
const extension = fc.tuple(
  fc.stringMatching(/^x-[a-z0-9_.-]{1,10}$/),
  fc.stringMatching(/^[!-~ü€😀]([ !-~ü€😀]{0,10}[!-~ü€😀])?$/u),
);

const legal = fc.record({
  mode: fc.constantFrom("testing", "enforce", "none"),
  maxAge: fc.integer({ min: 0, max: 9_999_999_999 }),
  mx: fc.uniqueArray(pattern, { minLength: 1, maxLength: 5, selector: (text) => text.toLowerCase() }),
  extensions: fc.uniqueArray(extension, { maxLength: 3, selector: ([name]) => name }),
});

type Legal = typeof legal extends fc.Arbitrary<infer T> ? T : never;

function lines({ mode, maxAge, mx, extensions }: Legal): readonly (readonly [string, string])[] {
  return [
    ["version", "STSv1"],
    ["mode", mode],
    ["max_age", String(maxAge)],
    ...mx.map((value) => ["mx", value] as const),
    ...extensions,
  ];
}

it("never throws, and every span lies inside the text", () => {
  const fragment = fc.constantFrom(
    "version",
    "mode",
    "mx",
    "max_age",
    ":",
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\\n",
    "\u2028",
    "\u0085",
    "#",
    "\0",
    "---\n",
    "STSv1",
    "enforce",
    "ü",
    "{",
    "<",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fragment).map((parts) => parts.join("")),
  );
  const input = fc.oneof(fc.uint8Array({ maxLength: 200 }), text.map(bytes));
  fc.assert(
    fc.property(input, (written) => {
      const read = policy(written);
      const spans = [
        ...read.fields.flatMap((field) => [field.span, field.name.span, field.value.span]),
        ...read.problems.map((problem) => problem.span),
      ];
      for (const { start, end } of spans) {
        expect(start.offset).toBeGreaterThanOrEqual(0);
        expect(end.offset).toBeGreaterThanOrEqual(start.offset);
        expect(end.offset).toBeLessThanOrEqual(written.length);
      }
    }),
    { numRuns: 2000 },
  );
});

it("gives back what a legal policy says, however it is laid out", () => {
  fc.assert(
    fc.property(
      legal,
      fc.infiniteStream(fc.tuple(blanks, blanks, term)),
      fc.boolean(),
      (policyText, layout, closed) => {
        const parts = lines(policyText).map(([name, value]) => {
          const [[before, after, end] = ["", "", "\n"]] = [...layout.take(1)];
          return `${name}:${before}${value}${after}${end}`;
        });
        const text = closed ? parts.join("") : parts.join("").replace(/\r?\n$/, "");
        const read = policy(text);
        expect(read.problems).toEqual([]);
        expect(read.version?.value).toBe("STSv1");
        expect(read.mode?.value).toBe(policyText.mode);
        expect(read.maxAge?.value).toBe(policyText.maxAge);
        expect(read.mx.map((mx) => mx.value)).toEqual(policyText.mx.map((mx) => mx.toLowerCase()));
        expect(read.extensions.map((field) => [field.name.value, field.value.value])).toEqual(policyText.extensions);
      },
    ),
  );
});

it("means the same in any order of lines", () => {
  const shuffled = legal.chain((policyText) =>
    fc.tuple(
      fc.constant(policyText),
      fc.shuffledSubarray([...lines(policyText)], { minLength: lines(policyText).length }),
    ),
  );
  const read = (parts: readonly (readonly [string, string])[]): Policy =>
    policy(parts.map(([name, value]) => `${name}: ${value}\n`).join(""));
  fc.assert(
    fc.property(shuffled, ([policyText, order]) => {
      expect(meaning(read(order))).toBe(meaning(read(lines(policyText))));
    }),
  );
});

it("reads 64 KiB of anything at once", () => {
  for (const part of [
    "\u0001a",
    " ",
    "\r",
    "a ",
    ":",
    "\\n",
    "mx:\r",
    "\r\n",
    "# \n",
    "\u2028mx:",
    "---\n",
    "1,",
    "*.",
  ]) {
    const text = `mx: ${part.repeat(65_000 / bytes(part).length)}x\n`;
    expect(cpuTime(() => policy(text))).toBeLessThan(500);
  }
});
