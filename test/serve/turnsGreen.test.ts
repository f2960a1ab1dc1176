import { expect, it, onTestFinished } from "vitest";
import { doJob } from "../../src/work/doJob.ts";
import { MemoryQueue } from "../../src/queue/memoryQueue.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { nordwindStory } from "../action/world.ts";
import { serve } from "./serving.ts";

/** How long what is red stays so, ms: longer than it takes to find that out. */
const RED = 20_000;
const FORTNIGHT = 14 * 86_400_000;

it("what is red only until a date turns green by itself then", { timeout: 90_000 }, async () => {
  const began = Date.now();
  const at = (past: number): string => new Date(began - past).toISOString();
  const story = nordwindStory(
    {},
    {
      main: [{ at: at(FORTNIGHT - RED), files: { [ZONE]: zone(), [POLICY]: policy() } }],
      topic: {
        commits: [
          {
            at: at(3_600_000),
            files: { [ZONE]: zone({ id: "2", serial: 2026060101 }), [POLICY]: policy({ mode: "enforce" }) },
          },
        ],
      },
    },
  );
  const serving = await serve(story);
  const { standIn, target } = serving;
  const world = { ...serving.world, now: () => new Date() };
  const queue = new MemoryQueue({ log: () => {} });
  onTestFinished(() => queue.stop(0));
  await queue.start((job, attempt) => doJob(world, queue, job, attempt));
  await queue.add({ kind: "pull", ...target, number: standIn.repository.openPull.number });
  const conclusions = async () => (await standIn.checks()).map(({ conclusion }) => conclusion);
  await expect.poll(conclusions, { timeout: RED }).toEqual(["failure"]);
  expect((await queue.state()).delayed).toBe(1);
  await expect.poll(conclusions, { timeout: 2 * RED }).toEqual(["success", "failure"]);
  expect(Date.now()).toBeGreaterThan(began + RED - 1000);
});
