import { expect, it } from "vitest";
import { openMetrics } from "../../src/serve/metrics.ts";
import { openInstallations } from "../../src/work/installations.ts";
import { RememberingQueue } from "./testBot.ts";

it("remembers of ten thousand installations that they wait, those that were heard of last", () => {
  const now = new Date("2026-06-01T12:00:00Z");
  const installations = openInstallations({ token: async () => "" }, openMetrics(new RememberingQueue()), () => now);
  for (let installation = 1; installation <= 10_001; installation++) installations.access(installation).refused(60_000);
  expect(installations.pausedUntil(1)).toBeUndefined();
  expect(installations.pausedUntil(2)).toEqual(new Date("2026-06-01T12:01:00Z"));
  expect(installations.pausedUntil(10_001)).toEqual(new Date("2026-06-01T12:01:00Z"));
});
