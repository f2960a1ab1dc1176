import { expect, it } from "vitest";
import { Latest } from "../../src/serve/latest.ts";

it("keeps what was used last, and says what goes", () => {
  const gone: string[] = [];
  const latest = new Latest<string, number>(2, (key, value) => gone.push(`${key} ${value}`));
  latest.set("a", 1);
  latest.set("b", 2);
  latest.set("a", 3);
  latest.set("c", 4);
  expect(latest.get("a")).toBe(3);
  latest.set("d", 5);
  expect(gone).toEqual(["b 2", "c 4"]);
  expect(["a", "b", "c", "d"].map((key) => latest.get(key))).toEqual([3, undefined, undefined, 5]);
});
