import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { pullRequestEvent } from "../github/workflowEvent.ts";
import { act, begin, nordwindStory } from "./world.ts";

/** Makes the action's process write down what it loads, and when it writes a request. */
const WITNESS = `
  import { subscribe } from "node:diagnostics_channel";
  import { appendFileSync } from "node:fs";
  import { registerHooks } from "node:module";
  const note = (line) => appendFileSync(process.env.WITNESSED, line + "\\n");
  registerHooks({ load: (url, context, next) => (note(url), next(url, context)) });
  subscribe("undici:client:sendHeaders", () => note("request"));
`;

test("the engine is loaded once the first request is on its way, and before it is answered", async () => {
  const folder = mkdtempSync(join(tmpdir(), "start-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const witnessed = join(folder, "witnessed");
  const standIn = await begin(nordwindStory({ README: "ours\n" }));
  const env = {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(WITNESS)}`,
    WITNESSED: witnessed,
  };
  expect((await act(standIn, await pullRequestEvent(standIn), {}, env)).status).toBe(0);
  const lines = readFileSync(witnessed, "utf8")
    .split("\n")
    .map((line) => basename(line));
  const [first, second] = lines.flatMap((line, index) => (line === "request" ? [index] : []));
  const large = new Set(["core.js", "engine.js", "parse.js", "publicSuffix.js", "rules.js"]);
  expect(lines.slice(0, first)).toContain("octokit.js");
  expect(lines.slice(0, first).filter((name) => large.has(name))).toEqual([]);
  expect(lines.slice(first, second)).toContain("engine.js");
  expect(lines.slice(first, second)).toContain("rules.js");
});
