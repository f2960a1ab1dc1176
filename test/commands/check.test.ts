import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { help, runCheck } from "../../src/commands/check.ts";
import { runDemo } from "../../src/commands/demo.ts";
import { Unusable } from "../../src/load/unusable.ts";
import { ScratchRepository, scratchDirectory } from "../load/scratchRepository.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { type Printed, run } from "./run.ts";

const NOW = ["--now", "2026-06-01T12:00:00Z"];

const check = (root: string, ...args: readonly string[]): Promise<Printed> =>
  run(() => runCheck(["--repo", root, ...NOW, ...args], false));

/** A repository with a sound zone and policy on `main`. */
function nordwind(): ScratchRepository {
  const repository = new ScratchRepository();
  repository.commit("2026-01-01", { [ZONE]: zone(), [POLICY]: policy() });
  return repository;
}

const CHANGED = { [POLICY]: policy({ maxAge: 86400 }) };

describe("what is compared", () => {
  it("judges the state of head without a base, of a commit or of the working tree", async () => {
    const repository = nordwind();
    repository.write({ [POLICY]: policy({ mx: ["other.nordwind.de"] }) });
    expect(await check(repository.root, "--head", "main")).toMatchObject({
      status: 0,
      stdout: "1 zone, 1 policy, 1 domain\nnothing wrong\n",
    });
    expect((await check(repository.root)).stdout).toMatch(/^zones\/\S+: warning: .* \[mx-not-covered\]$/m);
  });

  it("compares commits, and the working tree, with the merge base", async () => {
    const repository = nordwind();
    repository.git("checkout", "-qb", "change");
    repository.commit("2026-05-01", CHANGED);
    repository.git("checkout", "-q", "main");
    repository.commit("2026-05-02", { "README.md": "moved on\n" });
    const committed = await check(repository.root, "--base", "main", "--head", "change", "--format", "json");
    expect(committed.status).toBe(1);
    expect(JSON.parse(committed.stdout)).toMatchObject({
      base: repository.git("rev-parse", "main~1"),
      head: repository.git("rev-parse", "change"),
      conclusion: "failure",
    });
    expect((await check(repository.root, "--base", "main")).stdout).toContain("nothing wrong");
  });

  it("judges a plain directory", async () => {
    const folder = scratchDirectory();
    new ScratchRepository(join(folder, "elsewhere"));
    expect(await check(folder)).toMatchObject({ status: 0, stdout: "0 zones, 0 policies, 0 domains\nnothing wrong\n" });
    expect((await check(folder, "--base", "main")).error).toEqual(
      new Unusable(
        `${folder} is not inside a git repository, so there is nothing to compare: run it in a clone, or leave out --base and --head.`,
      ),
    );
  });

  it("does not judge what a shallow clone cannot tell", async () => {
    const repository = nordwind();
    repository.commit("2026-05-30", { [POLICY]: policy(), "README.md": "x\n" });
    const clone = new ScratchRepository();
    clone.git("fetch", "-q", "--depth", "1", `file://${repository.root}`, "main");
    clone.git("checkout", "-qB", "main", "FETCH_HEAD");
    clone.write({ [POLICY]: policy({ mode: "enforce" }), [ZONE]: zone({ id: "2", serial: 2026010102 }) });
    const { error, stdout } = await check(clone.root, "--base", "HEAD", "--fail-on", "never");
    expect(error).toBeInstanceOf(Unusable);
    expect(stdout).toContain("[incomplete]");
  });
});

describe("options", () => {
  it.each([
    [["--now", "yesterday"], "--now yesterday is no time: write it like 2026-06-01T12:00:00Z."],
    [["--fix", "--head", "main"], "--fix changes the working tree, so it does not go with --head: leave --head out."],
    [["--format", "xml"], "--format xml is not known: use text, json, sarif, markdown or github."],
    [["--fail-on", "all"], "--fail-on all is not known: use error, warning, notice or never."],
    [["--output", "/nowhere/at/all"], "--output /nowhere/at/all cannot be written: "],
  ])("%j is told in one line", async (args, message) => {
    const { error } = await check(nordwind().root, ...args);
    expect(error).toBeInstanceOf(Unusable);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain("\n");
  });

  it("prints its help", async () => {
    expect(await check(".", "--help")).toMatchObject({ status: 0, stdout: help });
  });

  it.each([
    ["error", 0],
    ["warning", 1],
    ["notice", 1],
    ["never", 0],
  ])("--fail-on %s with a warning ends with %i", async (level, status) => {
    const repository = nordwind().write({
      [POLICY]: policy({ mx: ["other.nordwind.de"] }),
      [ZONE]: zone({ id: "2", serial: 2026010102 }),
    });
    const { stdout, ...outcome } = await check(repository.root, "--base", "HEAD", "--fail-on", level);
    expect(stdout).toContain("1 warning");
    expect(stdout).not.toContain("error");
    expect(outcome.status).toBe(status);
  });

  it("--all shows and counts what was there before", async () => {
    const repository = new ScratchRepository();
    repository.commit("2026-01-01", { [ZONE]: zone(), [POLICY]: policy().replace("testing", "Testing") });
    repository.write({ [ZONE]: zone({ serial: 2026010102, more: "www A 203.0.113.80\n" }) });
    const brief = await check(repository.root, "--base", "HEAD");
    expect(brief).toMatchObject({ status: 0 });
    expect(brief.stdout).toContain("nothing wrong; 1 that was there before");
    expect(brief.stdout).not.toContain("[policy-mode]");
    const all = await check(repository.root, "--base", "HEAD", "--all");
    expect(all).toMatchObject({ status: 1 });
    expect(all.stdout).toContain("[policy-mode]");
  });

  it.each(["text", "json", "sarif", "markdown", "github"])(
    "--output writes what --format %s prints",
    async (format) => {
      const { root } = nordwind();
      const file = join(scratchDirectory(), "out");
      const { stdout } = await check(root, "--format", format);
      expect(await check(root, "--format", format, "--output", file)).toMatchObject({ status: 0, stdout: "" });
      expect(readFileSync(file, "utf8")).toBe(stdout);
    },
  );

  it("--output writes a file and prints nothing", async () => {
    const { root } = nordwind();
    const file = join(scratchDirectory(), "report.json");
    expect(await check(root, "--format", "json", "--output", file)).toMatchObject({ status: 0, stdout: "" });
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ schema: 1, base: null, head: "worktree" });
  });

  it("--fix mends the working tree and judges it again; --verbose tells the time", async () => {
    const repository = nordwind().write(CHANGED);
    const { status, stdout, stderr } = await check(repository.root, "--base", "HEAD", "--fix", "--verbose");
    expect({ status, stdout }).toEqual({ status: 0, stdout: "1 zone, 1 policy, 1 domain\nnothing wrong\n" });
    expect(stderr).toContain(`1 fix applied to ${ZONE}\n`);
    expect(stderr).toMatch(/judging \d+ ms, fixing \d+ ms\.$/m);
    expect(readFileSync(join(repository.root, ZONE), "utf8")).toBe(
      zone({ id: "20260601T120000Z", serial: 2026060101 }),
    );
  });

  it("judges by the configuration of the base, or by the file that is named", async () => {
    const CONFIG = ".github/mta-sts-guard.yml";
    const repository = nordwind();
    repository.commit("2026-01-02", { [CONFIG]: "version: 1\nfail-on: never\n" });
    repository.write(CHANGED);
    const byBase = await check(repository.root, "--base", "HEAD", "--verbose");
    expect(byBase.status).toBe(0);
    expect(byBase.stderr).toContain(`The configuration is ${CONFIG} of base.`);
    const named = join(scratchDirectory(), "strict.yml");
    new ScratchRepository(join(named, "..")).write({ "strict.yml": "version: 1\n" });
    const byName = await check(repository.root, "--base", "HEAD", "--config", named, "--verbose");
    expect(byName.status).toBe(1);
    expect(byName.stderr).toContain(`The configuration is ${named}.`);
    repository.commit("2026-01-03", { [CONFIG]: "version: 9\n", [POLICY]: policy() });
    const broken = await check(repository.root, "--base", "HEAD", "--verbose");
    expect(broken.stderr).toContain(`${CONFIG} of the base does not validate, so the defaults apply.`);
    expect(broken.stderr).toContain(`${CONFIG} of base does not validate: the defaults apply.`);
    expect(broken.stderr).not.toContain("No configuration");
    expect((await check(repository.root, "--verbose")).stderr).toContain(`${CONFIG} of head does not validate`);
  });
});

it("the demo shows its findings to eyes, and leaves nothing behind", async () => {
  const { status, stdout } = await run(() => runDemo([]));
  expect(status).toBe(0);
  expect(stdout).toContain("error id-not-bumped");
  expect(stdout).toContain('10 | _mta-sts  TXT   "v=STSv1; id=20260518T090000Z"\n     | ^^^^');
  expect(stdout).toMatch(/\d errors/);
  expect((await run(() => runDemo(["--help"]))).stdout).toContain("usage: mta-sts-guard demo");
  expect((await run(() => runDemo(["x"]))).error).toBeInstanceOf(Unusable);
});
