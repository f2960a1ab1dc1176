import { onTestFinished } from "vitest";
import { type ActionRun, runAction } from "../github/runAction.ts";
import { StandIn } from "../github/standIn.ts";
import type { Change, Limits, RepositoryStory, Topic } from "../github/story.ts";
import type { WorkflowEvent } from "../github/workflowEvent.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";

/** A repository with a sound zone and policy, and a pull request that gives some files other contents. */
export function nordwindStory(
  files: Change["files"],
  more: Omit<Partial<RepositoryStory>, "topic"> & { readonly topic?: Partial<Topic> } = {},
): RepositoryStory {
  return {
    main: [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy() } }],
    ...more,
    topic: { commits: [{ at: "2026-06-01T12:00:00Z", files }], ...more.topic },
  };
}

/** Starts a stand-in for one test; its violations fail the test. */
export async function begin(story: RepositoryStory, limits?: Partial<Limits>): Promise<StandIn> {
  const standIn = await StandIn.start(story, limits);
  onTestFinished(() => standIn.close());
  return standIn;
}

/** Runs the bundled action. */
export function act(
  standIn: StandIn,
  event: WorkflowEvent,
  inputs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<ActionRun> {
  return runAction(standIn, event, inputs, env);
}

/** The `::error` lines of a run. */
export function errors({ stdout }: ActionRun): readonly string[] {
  return stdout.split("\n").filter((line) => line.startsWith("::error"));
}

/** The annotations of a run: severity, file, line and title. */
export function annotated({ stdout }: ActionRun): readonly string[] {
  return stdout.split("\n").flatMap((line) => {
    const [, severity, properties = ""] = /^::(error|warning|notice) (.*?)::/.exec(line) ?? [];
    if (severity === undefined) return [];
    const values = new Map(properties.split(",").map((pair) => pair.split("=", 2) as [string, string]));
    return [[severity, ...["file", "line", "title"].flatMap((name) => values.get(name) ?? [])].join(" ")];
  });
}
