import { expect, it } from "vitest";
import { flood } from "./flood.ts";
import { withoutRedis } from "./redisServer.ts";

/** `npm run bench:flood` is the same with ten thousand. */
it.skipIf(withoutRedis)(
  "every head is judged, and nothing stands twice, whoever is killed",
  { timeout: 300_000 },
  async () => {
    const { faults, kills } = await flood({ deliveries: 200, pulls: 3, pushes: 2, kills: 3, replicas: 2 });
    expect(faults).toEqual([]);
    expect(kills).toBe(3);
  },
);
