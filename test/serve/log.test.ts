import { expect, it } from "vitest";
import { openLog } from "../../src/serve/log.ts";
import { expectNoSecrets } from "./testBot.ts";
import { PRIVATE_KEY, SECRET } from "./sender.ts";

// oxlint-disable-next-line typescript/no-explicit-any
function told(say: (log: ReturnType<typeof openLog>) => void, level: "info" | "trace" = "info"): readonly any[] {
  const lines: string[] = [];
  say(openLog(level, [SECRET, PRIVATE_KEY, 'quo"ted\\secret'], (line) => lines.push(line)));
  expectNoSecrets(lines.join(""));
  for (const line of lines) expect(line).toMatch(/^[^\n]+\n$/);
  return lines.map((line) => JSON.parse(line));
}

it("writes a line of JSON for each saying", () => {
  const [line] = told((log) => log.child({ name: "queue" }).warn({ kind: "pull", number: 7 }, "Two\nlines."));
  expect(line).toEqual({
    time: expect.stringMatching(/Z$/),
    level: "warn",
    name: "queue",
    kind: "pull",
    number: 7,
    msg: "Two\nlines.",
  });
});

it("hides no secret that is empty, as that of a Redis without a password", () => {
  const lines: string[] = [];
  openLog("info", ["", "s3cret"], (line) => lines.push(line)).info("Not s3cret.");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "info", msg: "Not [hidden]." });
});

it("is as loud as it is told", () => {
  const all = (log: ReturnType<typeof openLog>) => {
    for (const level of ["fatal", "error", "warn", "info", "debug", "trace"] as const) log[level](level);
  };
  expect(told(all).map(({ level }) => level)).toEqual(["fatal", "error", "warn", "info"]);
  expect(told(all, "trace")).toHaveLength(6);
});

it("tells an error by its name and message, one of several by each, and never by its stack", () => {
  const lines = told((log) => {
    log.error(new TypeError("away"), "Why.");
    log.error({ err: new AggregateError([new Error("one"), new Error("two"), new Error("one")], "all") });
  });
  expect(lines).toMatchObject([{ error: "TypeError: away", msg: "Why." }, { error: "Error: one; Error: two" }]);
  expect(JSON.stringify(lines)).not.toContain("log.test.ts");
});

it.each([
  ["the secret", `signed with ${SECRET}.`],
  ["the key", `PRIVATE_KEY=${PRIVATE_KEY}`],
  ["half the key", PRIVATE_KEY.slice(0, 400)],
  ["the key in base64 of one line", `x ${PRIVATE_KEY.replaceAll("\n", "")}`],
  ["a secret with quotes", 'quo"ted\\secret'],
  ["an installation's token", "GET https://x-access-token:ghs_16C7e42F292c6912E7710c838347Ae178B4a@github.com/"],
  ["a person's token", "github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz"],
  ["the App's own token", "Authorization: bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiI0NzExIn0.c2lnbmF0dXJl"],
  ["a header", "authorization: token v1.1f699f1069f60xxx"],
])("hides %s wherever it stands", (_, text) => {
  const [line] = told((log) => log.error({ err: new Error(text), path: text }, text));
  expect(line.msg).toContain("[hidden]");
  expect(JSON.stringify(line)).not.toMatch(/quo|ted|1f699|MIIE|ghs_/);
});

it("leaves out payloads, headers and whatever is no plain value", () => {
  const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  const [line] = told((log) => log.info({ event: { payload: 1 }, headers: "x", request: "y", deep, n: 1 }, "Said."));
  expect(Object.keys(line).toSorted()).toEqual(["level", "msg", "n", "time"]);
});
