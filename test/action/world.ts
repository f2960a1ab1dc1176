import { expect, onTestFinished } from "vitest";
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

/** What stands on the lines of the pull request: path, lines and side, and the comment's text. */
export async function onLines(
  standIn: StandIn,
): Promise<readonly { readonly place: string; readonly body: string; readonly isHidden: boolean }[]> {
  const comments = await standIn.reviewComments();
  return comments.map(({ path, side, line, start_line: from, subject_type: kind, node_id: id, body }) => {
    const lines = kind === "file" ? "file" : `${from ? `${from}-` : ""}${line} ${side}`;
    return { place: `${path} ${lines}`, body, isHidden: standIn.hiddenAs(id) !== undefined };
  });
}

/** The comments on the pull request's page. */
export async function onPage(standIn: StandIn): Promise<readonly string[]> {
  return (await standIn.comments()).map(({ body }) => body);
}

/** What was written, each by the last word of its kind. */
function written(standIn: StandIn): readonly string[] {
  return standIn.writes.map(({ kind, method }) => `${method} ${kind.split(/[/ ]/).at(-1)}`);
}

/** Runs it, and once more, which must tell the same and write nothing. */
export async function actTwice(
  standIn: StandIn,
  event: WorkflowEvent,
  inputs: Readonly<Record<string, string>> = {},
): Promise<ActionRun & { readonly writes: readonly string[] }> {
  standIn.forgetRequests();
  const first = await act(standIn, event, inputs);
  const writes = written(standIn);
  standIn.forgetRequests();
  const second = await act(standIn, event, inputs);
  expect(written(standIn)).toEqual([]);
  expect({ ...second, took: first.took }).toEqual(first);
  return { ...first, writes };
}
