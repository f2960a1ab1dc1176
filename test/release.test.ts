import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { releaseOf } from "../scripts/releaseOf.ts";

const CHANGELOG = "# Changelog\n\n## 1.2.0 - 2026-11-22\n\nTold well.\n\n- More.\n\n## 1.1.0 - 2026-10-01\n\nOld.\n";

it("is the first part of the changelog, and moves the tag of its major version", () => {
  const release = { version: "1.2.0", major: "v1", notes: "Told well.\n\n- More." };
  expect(releaseOf("1.2.0", CHANGELOG, ["v1", "v1.1.0", "v0.9.12", "nightly", ""])).toEqual(release);
  expect(releaseOf("1.2.0", CHANGELOG, [])).toEqual(release);
  expect(releaseOf("1.2.0", "## 1.2.0 - 2026-11-22\nOnly.", [])).toMatchObject({ notes: "Only." });
});

it.each([
  ["1.2.0-rc.1", CHANGELOG, [], /only versions such as 1\.2\.3/],
  ["0.9.0", CHANGELOG, [], /from 1\.0\.0 on/],
  ["1.2.0", CHANGELOG, ["v1.2.0"], /v1\.2\.0 is released: raise it/],
  ["1.2.0", CHANGELOG, ["v1.9.0", "v1.10.0", "v1.2.1"], /v1\.10\.0 is released/],
  ["1.2.0", CHANGELOG, ["v2.0.0"], /v2\.0\.0 is released/],
  ["1.3.0", CHANGELOG, [], /first heading of CHANGELOG\.md is "1\.2\.0 - 2026-11-22"/],
  ["1.2.0", `## Unreleased\n\nNew.\n\n${CHANGELOG}`, [], /first heading of CHANGELOG\.md is "Unreleased"/],
  ["1.2.0", "## 1.2.0\n\nNo day.\n", [], /and the day/],
  ["1.2.0", "## 1.2.0 - 2026-11-22\n\n## 1.1.0 - 2026-10-01\n\nOld.\n", [], /says nothing about 1\.2\.0/],
  ["1.2.0", "", [], /first heading/],
])("refuses %s", (version, changelog, tags, why) => {
  expect(releaseOf(version, changelog, tags)).toMatch(why);
});

interface Step {
  readonly id?: string;
  readonly run?: string;
}

const { jobs, defaults } = parse(
  readFileSync(new URL("../.github/workflows/release.yml", import.meta.url), "utf8"),
) as {
  readonly defaults: unknown;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
};
const scripts = (job: string): readonly string[] => jobs[job]?.steps.flatMap(({ run }) => run ?? []) ?? [];

/** Runs a script as the runner's `shell: bash` does, with a `gh` that answers as the lines of `answers` say. */
function bash(script: string, env: Readonly<Record<string, string>>, answers = "") {
  const folder = mkdtempSync(join(tmpdir(), "release-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const log = join(folder, "log");
  writeFileSync(log, "");
  writeFileSync(join(folder, "output"), "");
  writeFileSync(join(folder, "gh"), `#!/bin/bash\nprintf '%s|' "$@" >>"${log}"\necho >>"${log}"\n${answers}\n`, {
    mode: 0o755,
  });
  const { status, stdout } = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
    cwd: fileURLToPath(new URL("../", import.meta.url)),
    env: {
      PATH: `${folder}:${dirname(process.execPath)}:${process.env["PATH"]}`,
      GITHUB_OUTPUT: join(folder, "output"),
      GITHUB_REPOSITORY: "acme/guard",
      GITHUB_SHA: "c0ffee",
      ...env,
    },
    encoding: "utf8",
  });
  const calls = readFileSync(log, "utf8").trimEnd().split("\n");
  return { status, stdout, calls, output: readFileSync(join(folder, "output"), "utf8") };
}

describe("the workflow", () => {
  const env = { GH_REPO: "acme/guard", VERSION: "1.2.0", MAJOR: "v1", NOTES: "Told `well`.\n$(more)" };
  const [release = "", move = ""] = scripts("publish");
  const [onlyMain = "", , tell = ""] = scripts("verify");

  it("fails where any part of a pipe does, as below", () => {
    expect(defaults).toEqual({ run: { shell: "bash" } });
  });

  it("runs on main only", () => {
    expect(bash(onlyMain, { GITHUB_REF: "refs/heads/main" }).status).toBe(0);
    expect(bash(onlyMain, { GITHUB_REF: "refs/heads/maintain" }).status).not.toBe(0);
    expect(bash(onlyMain, { GITHUB_REF: "refs/tags/v1" }).status).not.toBe(0);
  });

  it("stops where the version cannot be released, or the tags cannot be read", () => {
    const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    const refused = bash(tell, {}, `echo v${version}`);
    expect(refused).toMatchObject({ status: 1, output: "" });
    expect(refused.calls).toEqual(["api|--paginate|repos/acme/guard/tags|--jq|.[].name|"]);
    expect(bash(tell, {}, "exit 4").status).not.toBe(0);
  });

  it("releases the commit that was verified, once, with the notes as they are", () => {
    const { status, calls } = bash(release, env, '[ "$2" = create ]');
    expect(status).toBe(0);
    expect(calls).toEqual([
      "release|view|v1.2.0|",
      "release|create|v1.2.0|--target|c0ffee|--title|v1.2.0|--notes|Told `well`.",
      "$(more)|",
    ]);
    expect(bash(release, env)).toMatchObject({ status: 0, calls: ["release|view|v1.2.0|"] });
    expect(bash(release, env, "exit 1").status).toBe(1);
  });

  it("moves the tag of the major version, or makes it", () => {
    const moved = "api|--method|PATCH|repos/acme/guard/git/refs/tags/v1|-f|sha=c0ffee|-F|force=true|";
    const made = "api|--method|POST|repos/acme/guard/git/refs|-f|ref=refs/tags/v1|-f|sha=c0ffee|";
    expect(bash(move, env)).toMatchObject({ status: 0, calls: [moved] });
    expect(bash(move, env, '[ "$3" = POST ]')).toMatchObject({ status: 0, calls: [moved, made] });
    expect(bash(move, env, "exit 1").status).toBe(1);
  });
});
