import { expect, it } from "vitest";
import { openMetrics } from "../../src/serve/metrics.ts";
import { RememberingQueue } from "./testBot.ts";

it("tells what is left to the thousand installations that were heard of last", async () => {
  const metrics = openMetrics(new RememberingQueue());
  const hear = (installation: number): void => {
    for (const resource of ["core", "graphql"]) metrics.apiRemaining.set({ installation, resource }, 4000);
  };
  const told = async () => [...(await metrics.page()).text.matchAll(/^mta_sts_guard_api_remaining\{.*$/gm)].map(String);
  for (let installation = 1; installation <= 1000; installation++) hear(installation);
  expect(await told()).toHaveLength(2000);
  hear(1);
  hear(1001);
  const lines = await told();
  expect(lines).toHaveLength(2000);
  expect(lines).toContain('mta_sts_guard_api_remaining{installation="1",resource="graphql"} 4000');
  expect(lines.filter((line) => line.includes('installation="2"'))).toEqual([]);
});

it("counts what the queue counted, however often it is asked", async () => {
  const queue = new RememberingQueue();
  const state = await queue.state();
  queue.state = async () => ({ ...state, retried: 3, dropped: 1 });
  const metrics = openMetrics(queue);
  await metrics.page();
  const { text } = await metrics.page();
  expect(text).toContain("mta_sts_guard_jobs_retried_total 3\n");
  expect(text).toContain("mta_sts_guard_jobs_dropped_total 1\n");
  // A counter that falls would be taken for a process that was started again.
  queue.ready = false;
  expect((await metrics.page()).text).toContain("mta_sts_guard_jobs_retried_total 3\n");
});
