import { expect, test } from "vitest";
import { Git } from "../../src/load/git.ts";
import { ObjectReader } from "../../src/load/objectReader.ts";
import { ScratchRepository } from "./scratchRepository.ts";

test("an object over the limit is told with its size and not kept, and the next is answered", async () => {
  const scratch = new ScratchRepository();
  scratch.commit("2026-01-01", { big: "x".repeat(1_000_000), small: "abc" });
  const objects = new ObjectReader(new Git(scratch.root));
  const [big, small, none] = await Promise.all([
    objects.ask("HEAD:big", 999_999),
    objects.ask("HEAD:small", 3),
    objects.ask("HEAD:none", 3),
  ]);
  expect(big).toMatchObject({ type: "blob", size: 1_000_000, bytes: undefined });
  expect(small?.bytes?.toString()).toBe("abc");
  expect(none).toBeUndefined();
});
