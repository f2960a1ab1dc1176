import { existsSync, lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { dispatchEvent, pullRequestEvent } from "../github/workflowEvent.ts";
import { scratchDirectory } from "../load/scratchRepository.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { validated } from "../sarifTool.ts";
import type { ActionRun } from "../github/runAction.ts";
import { act, begin, errors, nordwindStory } from "./world.ts";

const TLS = '_smtp._tls TXT "v=TLSRPTv1; rua=tls@nordwind.de"';

/** An edit without a new id, a record that is repaired, and a finding that is ignored. */
const STORY = nordwindStory(
  { [POLICY]: policy({ mode: "enforce", maxAge: 3600 }), [ZONE]: zone({ serial: 2026060101 }) },
  {
    main: [
      {
        at: "2026-01-01T12:00:00Z",
        files: {
          [ZONE]: zone({ tls: TLS }),
          [POLICY]: policy(),
          ".github/mta-sts-guard.yml": "version: 1\nignore: [{ rule: policy-max-age-short, reason: ours }]\n",
        },
      },
    ],
  },
);

interface Result {
  readonly ruleId: string;
  readonly baselineState?: string;
}

function resultsIn(file: string): readonly string[] {
  const { results } = JSON.parse(readFileSync(file, "utf8")).runs[0];
  return (results as readonly Result[]).map(({ ruleId, baselineState }) => `${ruleId} ${baselineState}`);
}

async function runIn(workspace: string, inputs: Readonly<Record<string, string>>): Promise<ActionRun> {
  const standIn = await begin(STORY);
  return act(standIn, await pullRequestEvent(standIn), inputs, { GITHUB_WORKSPACE: workspace });
}

test("sarif-file holds what is open, as code scanning takes it", async () => {
  const workspace = scratchDirectory();
  const run = await runIn(workspace, { "sarif-file": "out/findings.sarif", "json-file": "out/findings.json" });
  const file = join(workspace, "out/findings.sarif");
  expect(run).toMatchObject({
    status: 1,
    stderr: "",
    outputs: { "sarif-path": file, "json-path": join(workspace, "out/findings.json") },
  });
  expect(resultsIn(file)).toEqual(["id-not-bumped new"]);
  expect(await validated(readFileSync(file, "utf8"))).toEqual([]);
  const { findings, ignored } = JSON.parse(readFileSync(join(workspace, "out/findings.json"), "utf8"));
  expect(findings.map(({ rule, status }: { rule: string; status: string }) => `${rule} ${status}`)).toContain(
    "tlsrpt-rua fixed",
  );
  expect(ignored).toHaveLength(1);
}, 60_000);

test("the state has no base to compare with", async () => {
  const workspace = scratchDirectory();
  const standIn = await begin(
    nordwindStory(
      {},
      { main: [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: zone({ tls: TLS }), [POLICY]: policy() } }] },
    ),
  );
  const inputs = { "sarif-file": "findings.sarif", "fail-on": "never" };
  const run = await act(standIn, await dispatchEvent(standIn), inputs, { GITHUB_WORKSPACE: workspace });
  expect(run).toMatchObject({ status: 0, outputs: { conclusion: "success" } });
  expect(resultsIn(join(workspace, "findings.sarif"))).toEqual(["tlsrpt-rua undefined"]);
});

describe.each(["sarif-file", "json-file"])("%s", (name) => {
  const example = name.replace("-file", "").replace(/^/, "findings.");

  test.each(["../x", "/etc/x", "a/../../x", ".", "a/.."])("does not leave the workspace: %s", async (path) => {
    const run = await runIn(scratchDirectory(), { [name]: path });
    expect(run).toMatchObject({ status: 1, stderr: "", outputs: {} });
    expect(errors(run)).toEqual([
      `::error title=mta-sts-guard::The input \`${name}\` is \`${path}\`: name a file below the workspace, such as \`${example}\`.`,
    ]);
  });

  test.each([
    ["a folder", "out/x", "out", ""],
    ["the file", "x", "x", "kept"],
    ["nothing", "x", "x", undefined],
  ])("does not follow a link to %s, wherever that is", async (_, path, link, text) => {
    const [workspace, outside] = [scratchDirectory(), scratchDirectory()];
    const target = join(outside, "target");
    if (text === "") mkdirSync(target);
    if (text) writeFileSync(target, text);
    symlinkSync(target, join(workspace, link));
    const run = await runIn(workspace, { [name]: path });
    expect(run.status).toBe(1);
    expect(errors(run)).toEqual([
      `::error title=mta-sts-guard::The input \`${name}\` is \`${path}\`, which leads through a symbolic link: name a file that does not.`,
    ]);
    expect(existsSync(join(outside, "target/x"))).toBe(false);
    if (text) expect(readFileSync(target, "utf8")).toBe(text);
    if (text === undefined) expect(existsSync(target)).toBe(false);
  });

  test("replaces a file of an earlier run, and says so where it is a folder", async () => {
    const workspace = scratchDirectory();
    writeFileSync(join(workspace, "x"), "old ".repeat(1_000_000));
    expect((await runIn(workspace, { [name]: "./a/../x" })).outputs[name.replace("file", "path")]).toBe(
      join(workspace, "x"),
    );
    expect(() => JSON.parse(readFileSync(join(workspace, "x"), "utf8"))).not.toThrow();
    mkdirSync(join(workspace, "folder"));
    const run = await runIn(workspace, { [name]: "folder" });
    expect(run.status).toBe(1);
    expect(errors(run).at(-1)).toContain(
      `The input \`${name}\` names ${join(workspace, "folder")}, which cannot be written: EISDIR`,
    );
    expect(lstatSync(join(workspace, "folder")).isDirectory()).toBe(true);
  });
});

const DIST = new URL("../../dist/", import.meta.url);

/** A bundled file and all that it loads at once. */
function loadedWith(file: string, loaded = new Set<string>()): ReadonlySet<string> {
  if (loaded.has(file)) return loaded;
  loaded.add(file);
  const text = readFileSync(new URL(file, DIST), "utf8");
  for (const [, other = ""] of text.matchAll(/^(?:import|export)\b[^;]*?"\.\/([\w.-]+)";$/gm))
    loadedWith(other, loaded);
  return loaded;
}

test.each(["check.js", "index.js", "runAction.js", "report.js"])("the rules' pages are not loaded with %s", (file) => {
  const holding = (loaded: ReadonlySet<string>): readonly string[] =>
    [...loaded].filter((name) => readFileSync(new URL(name, DIST), "utf8").includes("## How to repair"));
  expect(holding(loadedWith("explain.js"))).not.toEqual([]);
  expect(holding(loadedWith(file))).toEqual([]);
});
