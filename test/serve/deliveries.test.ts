import { expect, it } from "vitest";
import { Deliveries } from "../../src/serve/deliveries.ts";

it("takes each once, and forgets the oldest when there are too many", async () => {
  const deliveries = new Deliveries(3);
  const taken: string[] = [];
  const come = async (id: string): Promise<boolean> => deliveries.once(id, async () => void taken.push(id));
  for (const id of ["a", "b", "c", "a", "d", "b", "a"]) await come(id);
  expect(taken).toEqual(["a", "b", "c", "d", "a"]);
});

it("lets what failed come again, but tells all who wait", async () => {
  const deliveries = new Deliveries();
  const fail = async (): Promise<void> => Promise.reject(new Error("away"));
  const both = await Promise.allSettled([deliveries.once("a", fail), deliveries.once("a", fail)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await deliveries.once("a", async () => {})).toBe(true);
});
