import { readFileSync, readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { POLICY, policy } from "../nordwind.ts";
import type { Permissions } from "../github/story.ts";
import {
  dispatchEvent,
  mergeGroupEvent,
  pullRequestEvent,
  pushEvent,
  scheduleEvent,
  workflowRunEvent,
  type WorkflowEvent,
} from "../github/workflowEvent.ts";
import type { StandIn } from "../github/standIn.ts";
import { act, begin, nordwindStory } from "./world.ts";

const FOLDER = new URL("../../docs/workflows/", import.meta.url);
const EDITED = { [POLICY]: policy({ maxAge: 1209600 }) };

/** Each event, and whether what it brings is the edited policy. */
const EVENTS: Readonly<Record<string, (standIn: StandIn) => Promise<WorkflowEvent>>> = {
  pull_request: (standIn) => pullRequestEvent(standIn),
  pull_request_target: (standIn) => pullRequestEvent(standIn, "edited", "pull_request_target"),
  merge_group: async (standIn) => mergeGroupEvent(standIn, await standIn.queue("2026-06-02T12:00:00Z")),
  async push(standIn) {
    const before = standIn.repository.main;
    await standIn.pushToMain([{ at: "2026-06-02T12:00:00Z", files: EDITED }]);
    return pushEvent(standIn, before);
  },
  schedule: scheduleEvent,
  workflow_dispatch: dispatchEvent,
  workflow_run: (standIn) => workflowRunEvent(standIn),
};

const runs = readdirSync(FOLDER).flatMap((file) => {
  const { on, jobs } = parse(readFileSync(new URL(file, FOLDER), "utf8"));
  const [job]: any[] = Object.values(jobs);
  const step = job.steps.find(({ uses }: { readonly uses: string }) => uses.includes("mta-sts-guard"));
  const events = Array.isArray(on) ? on : Object.keys(on);
  return events.map((event: string) => [file, event, job.permissions, step.with ?? {}] as const);
});

it.each(runs)("%s works on %s with its permissions", async (file, event, granted, inputs) => {
  const permissions = Object.fromEntries(
    Object.entries(granted).map(([name, level]) => [name.replaceAll("-", "_"), level]),
  ) as Permissions;
  const isFork = event === "pull_request_target" || event === "workflow_run" || file === "two-stage.yml";
  const standIn = await begin(nordwindStory(EDITED, { permissions, topic: isFork ? { fork: "stranger/dns" } : {} }));
  const run = await act(standIn, await (EVENTS[event] as (typeof EVENTS)[string])(standIn), inputs);
  const isState = event === "schedule" || event === "workflow_dispatch";
  expect(run.stdout).not.toMatch(/permission|403/);
  expect(run).toMatchObject({
    status: isState || event === "workflow_run" ? 0 : 1,
    outputs: { conclusion: isState ? "success" : "failure", degraded: "false" },
  });
  const isWritten = event === "workflow_run" || (event.startsWith("pull_request") && inputs.comment !== "never");
  expect(standIn.writes.length > 0).toBe(isWritten);
});
