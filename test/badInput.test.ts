import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Outcome, guard, pipedTo, verdicts } from "./guard.ts";
import { ScratchRepository, scratchDirectory } from "./load/scratchRepository.ts";
import { POLICY, ZONE, policy, zone } from "./nordwind.ts";

const STATE = ["check", "--format", "json"];

/** One clear line, status 2, nothing on standard output. */
function expectRefusal({ status, stderr, stdout }: Outcome, message: RegExp): void {
  expect(stderr).toMatch(/^mta-sts-guard: [^\n]+\n$/);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at |Error:|undefined/m);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
}

function repositoryWith(files: Readonly<Record<string, string>>): ScratchRepository {
  const repository = new ScratchRepository();
  repository.commit("2026-01-01", files);
  return repository;
}

describe("usage", () => {
  const good = (): string => repositoryWith({ [ZONE]: zone(), [POLICY]: policy() }).root;

  it.each([
    [["check", "--base", "nowhere"], /nowhere/],
    [["check", "--head", "nowhere"], /nowhere/],
    [["check", "--base", "--upload-pack=touch x"], /base/],
    [["check", "--format", "yaml"], /--format yaml is not known: use text, json, sarif, markdown or github\./],
    [["check", "--fail-on", "all"], /--fail-on all is not known: use error, warning, notice or never\./],
    [["check", "--now", "yesterday"], /--now yesterday is no time/],
    [["check", "--fix", "--head", "main"], /--fix changes the working tree/],
    [["check", "--frob"], /--frob.*check --help/],
    [["check", "surplus"], /surplus.*check --help/],
    [["check", "--repo", "/nonexistent"], /\/nonexistent/],
    [["check", "--output", "/nonexistent/out"], /\/nonexistent\/out/],
    [["explain", "id-not-bumbed"], /no rule "id-not-bumbed"/],
    [["explain", "a", "b"], /one rule at a time/],
    [["demo", "now"], /no arguments/],
    [["frobnicate"], /no command "frobnicate": use check, records/],
  ])("%j", (args, message) => {
    const { stdout: _, ...outcome } = guard(good(), ...args);
    expectRefusal({ ...outcome, stdout: "" }, message);
  });

  it("--base outside a repository", () =>
    expectRefusal(guard(scratchDirectory(), "check", "--base", "main"), /not inside a git repository/));

  it("an empty repository", () => {
    const empty = new ScratchRepository();
    expectRefusal(guard(empty.root, "check", "--base", "main"), /main|commit/);
    expect(guard(empty.root, "check")).toMatchObject({
      status: 0,
      stdout: "0 zones, 0 policies, 0 domains\nnothing wrong\n",
    });
  });

  it("no merge base", () => {
    const repository = repositoryWith({ [ZONE]: zone() });
    repository.git("checkout", "-q", "--orphan", "other");
    repository.commit("2026-01-02", { [POLICY]: policy() });
    expectRefusal(guard(repository.root, "check", "--base", "main", "--head", "other"), /main.*other|other.*main/);
  });

  it("an object that is gone", () => {
    const repository = repositoryWith({ [ZONE]: zone(), [POLICY]: policy() });
    const id = repository.git("rev-parse", `HEAD:${POLICY}`);
    rmSync(join(repository.root, ".git/objects", id.slice(0, 2), id.slice(2)));
    const { status, stderr } = guard(repository.root, "check", "--head", "HEAD");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^mta-sts-guard: [^\n]*git fsck[^\n]*\n$/);
  });

  it("--fail-on never does not make green what could not be judged", () => {
    const repository = repositoryWith({ [ZONE]: zone(), [POLICY]: policy() });
    const id = repository.git("rev-parse", `HEAD:${POLICY}`);
    rmSync(join(repository.root, ".git/objects", id.slice(0, 2), id.slice(2)));
    expect(guard(repository.root, "check", "--head", "HEAD", "--fail-on", "never").status).toBe(2);
  });
});

describe("texts", () => {
  const utf16 = (text: string): string => Buffer.from(`\uFEFF${text}`, "utf16le").toString("latin1");
  const cases: readonly (readonly [string, Readonly<Record<string, string | Buffer>>, RegExp])[] = [
    ["UTF-16 policy", { [ZONE]: zone(), [POLICY]: Buffer.from(utf16(policy()), "latin1") }, /policy-syntax/],
    ["UTF-16 zone", { [ZONE]: Buffer.from(utf16(zone()), "latin1"), [POLICY]: policy() }, /zone-syntax/],
    ["UTF-16 zone without a policy", { [ZONE]: Buffer.from(utf16(zone()), "latin1") }, /zone-syntax/],
    [
      "more broken lines than good ones",
      { [ZONE]: zone({ more: "www A x\n".repeat(50) }), [POLICY]: policy() },
      /zone-syntax/,
    ],
    ["a NUL in a zone", { [ZONE]: `${zone()}a\0b A 203.0.113.1\n`, [POLICY]: policy() }, /zone-syntax/],
    ["policy with a BOM", { [ZONE]: zone(), [POLICY]: `\uFEFF${policy()}` }, /policy-syntax/],
    ["policy with NUL", { [ZONE]: zone(), [POLICY]: policy().replace("mx:", "\0mx:") }, /policy-syntax/],
    [
      "policy with invalid UTF-8",
      { [ZONE]: zone(), [POLICY]: Buffer.from(`${policy()}x: \xff\xfe\n`, "latin1") },
      /policy-syntax/,
    ],
    ["policy over 64 KiB", { [ZONE]: zone(), [POLICY]: `${policy()}x: ${"y".repeat(70_000)}\n` }, /policy-syntax/],
    ["zone with a BOM", { [ZONE]: `\uFEFF${zone()}`, [POLICY]: policy() }, /zone-syntax/],
    [
      "zone with invalid UTF-8",
      { [ZONE]: Buffer.from(zone({ more: 't TXT "\xff"\n' }), "latin1"), [POLICY]: policy() },
      /^\[\]$/,
    ],
    [
      "100,000 parentheses",
      { [ZONE]: zone({ more: `www A ${"(".repeat(100_000)}203.0.113.7\n` }), [POLICY]: policy() },
      /zone-syntax/,
    ],
    [
      "a 10 MB line",
      { [ZONE]: zone({ more: `www TXT "${"x".repeat(10_000_000)}"\n` }), [POLICY]: policy() },
      /zone-syntax/,
    ],
    [
      "$GENERATE 0-2147483647",
      { [ZONE]: zone({ more: "$GENERATE 0-2147483647 h$ A 203.0.113.7\n" }), [POLICY]: policy() },
      /zone-syntax/,
    ],
    [
      "$INCLUDE of /etc/passwd",
      { [ZONE]: zone({ more: "$INCLUDE /etc/passwd\n" }), [POLICY]: policy() },
      /zone-syntax/,
    ],
    ["$INCLUDE of ../../x", { [ZONE]: zone({ more: "$INCLUDE ../../x\n" }), [POLICY]: policy() }, /zone-syntax/],
    [
      "$INCLUDE of itself",
      { [ZONE]: zone({ more: "$INCLUDE nordwind.de.zone\n" }), [POLICY]: policy() },
      /zone-syntax/,
    ],
    [
      "$INCLUDE of a directory",
      { [ZONE]: zone({ more: "$INCLUDE sub\n" }), "zones/sub/x": "a A 203.0.113.1\n", [POLICY]: policy() },
      /zone-syntax/,
    ],
    [
      "a cycle of $INCLUDE",
      {
        [ZONE]: zone({ more: "$INCLUDE a\n" }),
        "zones/a": "$INCLUDE b\n",
        "zones/b": "$INCLUDE a\n",
        [POLICY]: policy(),
      },
      /zone-syntax/,
    ],
  ];

  it.each(cases)("%s ends with findings, quickly and without a stack trace", (_, files, expected) => {
    const folder = scratchDirectory();
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const outcome = guard(folder, ...STATE);
    // Each takes under a second by itself; this only tells a hang from a busy machine.
    expect(outcome.took).toBeLessThan(10_000);
    expect(outcome.stderr).toBe("");
    expect([0, 1]).toContain(outcome.status);
    expect(JSON.stringify(verdicts(outcome).filter((verdict) => verdict.includes("error")))).toMatch(expected);
  });

  it("a zone over 100 MiB is not judged, and said so", () => {
    const folder = scratchDirectory();
    const file = openSync(join(folder, "big.zone"), "w");
    ftruncateSync(file, 101 * 2 ** 20);
    closeSync(file);
    const { status, stderr } = guard(folder, "check");
    expect(status).toBe(2);
    expect(stderr).toMatch(/^mta-sts-guard: [^\n]*104857600[^\n]*\n$/);
  });

  it("what a stranger writes is never a command of the runner or the terminal", () => {
    const folder = scratchDirectory();
    const name = "::error::x\n\u001B[31m##[command]y";
    mkdirSync(join(folder, name));
    writeFileSync(
      join(folder, name, "mta-sts.txt"),
      "version: STSv1\nmode: ##[error]\u001B[2J\nmx: a.example\nmax_age: 1\n",
    );
    for (const format of ["text", "json"]) {
      const { stdout } = guard(folder, "check", "--format", format);
      expect(stdout).toContain("policy-mode");
      expect(stdout).not.toMatch(/^\s*::/m);
      expect(stdout).not.toContain("##[");
      // oxlint-disable-next-line no-control-regex -- the very thing that must not be there
      expect(stdout).not.toMatch(/[\0-\u0009\u000B-\u001F]/);
    }
  });

  it("nothing of a repository is followed out of it or run", () => {
    const repository = repositoryWith({ [ZONE]: zone({ more: "$INCLUDE secret\n" }), [POLICY]: policy() });
    const secret = scratchDirectory();
    writeFileSync(join(secret, "key"), "hidden A 203.0.113.9\n");
    symlinkSync(join(secret, "key"), join(repository.root, "zones/secret"));
    repository.git("config", "core.fsmonitor", "touch fsmonitor-ran");
    const { stdout } = guard(repository.root, ...STATE);
    expect(stdout).toContain("zone-syntax");
    expect(stdout).not.toContain("203.0.113.9");
    expect(readdirSync(repository.root)).not.toContain("fsmonitor-ran");
    expect(existsSync(join(secret, "key"))).toBe(true);
  });
});

it("a reader who stops early is no fault", () => {
  const folder = scratchDirectory();
  writeFileSync(join(folder, "nordwind.de.zone"), zone({ more: "www A x\n".repeat(99) }));
  for (const command of ["check", "check --format json", "explain", "records nordwind.de.zone --format json"]) {
    const { stderr } = pipedTo("true", folder, command);
    expect(stderr).not.toMatch(/EPIPE|\n\s+at /);
  }
});

it("no JSON holds what a runner takes for a command", () => {
  const folder = scratchDirectory();
  writeFileSync(join(folder, "mta-sts.txt"), `${policy()}x: ##[error]y\n`);
  writeFileSync(join(folder, "nordwind.de.zone"), zone({ more: 'www TXT "##[error]y"\n##[error] A x\n' }));
  for (const args of [
    ["policy", "mta-sts.txt"],
    ["records", "nordwind.de.zone"],
  ]) {
    const { stdout } = guard(folder, ...args, "--format", "json");
    expect(stdout).not.toContain("##[");
    expect(JSON.stringify(JSON.parse(stdout))).toContain("##[error]");
  }
});
