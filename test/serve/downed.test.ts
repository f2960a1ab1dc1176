import { expect, it } from "vitest";
import { downed } from "../../src/work/downed.ts";

it("names ten of many, so that a check can hold it", () => {
  const red = Array.from({ length: 300 }, (_, index) => `#${index + 1000}`);
  const text = { conclusion: "success", title: "Fine", summary: "Fine.", text: "", annotations: [] } as const;
  const { conclusion, title, summary } = downed(text, { red, pending: [], fallen: [], isTooMany: true }, "");
  expect(conclusion).toBe("failure");
  expect(title).toMatch(/^The same commit fails in #1000, .*, #1009, 290 more$/);
  expect(summary.length).toBeLessThan(400);
});
