import { expect, test } from "vitest";
import { WORKFLOW_BOT } from "../github/emulated.ts";
import { README_PERMISSIONS } from "../github/story.ts";
import { pullRequestEvent } from "../github/workflowEvent.ts";
import { POLICY, policy } from "../nordwind.ts";
import { act, begin, nordwindStory, onLines, onPage } from "./world.ts";

const TOKEN = "ghs_c4n4ryC4N4RYc4n4ryC4N4RYc4n4ry0001";

test.each([
  ["all is well", undefined],
  ["the token is refused, and the answer repeats it", { status: 401, body: { message: `Bad credentials: ${TOKEN}` } }],
  [
    "writing is refused, and the answer repeats it",
    { kind: /reviews$/, status: 403, body: { message: `No: ${TOKEN}` } },
  ],
  ["an answer of GraphQL repeats it", { kind: /graphql/, errors: [{ message: `authorization: token ${TOKEN}` }] }],
  [
    "the summary is refused, and the answer repeats it",
    { kind: /^POST .*comments$/, status: 418, body: { message: TOKEN } },
  ],
  ["a page instead of JSON repeats it", { status: 400, body: `<html>authorization: token ${TOKEN}` }],
])("the token is in nothing that is left behind: %s", async (_, fault) => {
  const standIn = await begin(nordwindStory({ [POLICY]: policy({ maxAge: 86400 }) }));
  standIn.grant(TOKEN, { login: WORKFLOW_BOT, permissions: README_PERMISSIONS });
  const event = await pullRequestEvent(standIn);
  if (fault) standIn.fail(fault);
  const inputs = { token: TOKEN, "json-file": "a.json", "sarif-file": "a.sarif" };
  const run = await act(standIn, event, inputs, { MTA_STS_GUARD_DEBUG: "1" });
  standIn.heal();
  const told = [run, await onPage(standIn), await onLines(standIn)];
  expect(JSON.stringify(told)).not.toContain(TOKEN.slice(4, 20));
  expect(run.status).toBe(1);
});
