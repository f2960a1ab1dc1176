import { expect, it } from "vitest";
import { type CheckResult, endCheck } from "../../src/publish/checkRun.ts";

const PLACE = { owner: "nordwind", repo: "dns", headSha: "a".repeat(40), appId: 7 };
const ANNOTATION = {
  path: "db.zone",
  start_line: 1,
  end_line: 1,
  annotation_level: "failure",
  message: "No.",
  title: "id-not-bumped",
} as const;

const resultWith = (annotations: number): CheckResult => ({
  externalId: "x",
  conclusion: "failure",
  title: "1 error",
  summary: "No.",
  text: "",
  annotations: Array.from({ length: annotations }, () => ANNOTATION),
  buttons: [],
});

/** Ends a check at a GitHub that answers so, one status a request; 200 to all others. */
async function ended(annotations: number, ...statuses: readonly number[]) {
  const sent: (readonly [annotations: number, status: unknown])[] = [];
  const client = {
    request: async (_: string, { output, status }: Record<string, any> = {}) => {
      const answer = statuses[sent.length] ?? 200;
      sent.push([output.annotations.length, status]);
      if (answer !== 200) throw Object.assign(new Error("refused"), { status: answer });
      return { data: {} };
    },
  };
  const answer = await endCheck(client, PLACE, 1, resultWith(annotations)).catch((error: unknown) => error);
  return { sent, answer };
}

it.each([
  [0, [[0, "completed"]]],
  [50, [[50, "completed"]]],
  [
    51,
    [
      [50, undefined],
      [1, "completed"],
    ],
  ],
])("ends with %j annotations, the last request with what became of it", async (count, sent) => {
  expect(await ended(count)).toEqual({ sent, answer: true });
});

it("tells the verdict without annotations where GitHub takes one for wrong, in whichever request", async () => {
  const first = { sent: [[3, "completed"] as const, [0, "completed"] as const], answer: false };
  expect(await ended(3, 422)).toEqual(first);
  const { sent, answer } = await ended(60, 200, 422);
  expect([sent.at(-1), answer]).toEqual([[0, "completed"], false]);
});

it.each([
  ["is not about annotations, for there are none", 0, 422],
  ["is about something else", 3, 403],
  ["may pass", 3, 502],
])("throws what %s, and asks once", async (_, annotations, status) => {
  const { sent, answer } = await ended(annotations, status);
  expect(sent).toHaveLength(1);
  expect(answer).toMatchObject({ status });
});

it("throws where the verdict alone is refused, too", async () => {
  const { sent, answer } = await ended(3, 422, 422);
  expect(sent).toHaveLength(2);
  expect(answer).toMatchObject({ status: 422 });
});
