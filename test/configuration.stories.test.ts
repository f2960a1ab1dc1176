import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { guard, verdicts } from "./guard.ts";
import { ScratchRepository, scratchDirectory } from "./load/scratchRepository.ts";
import { POLICY, ZONE, policy, zone } from "./nordwind.ts";

const PATH = ".github/mta-sts-guard.yml";
const NOW = ["--now", "2026-06-01T12:00:00Z"];
const JSON_NOW = [...NOW, "--format", "json"];

/** A repository whose zone lacks a TLSRPT record, with a configuration on base. */
function repositoryWith(configuration?: string | Buffer): ScratchRepository {
  const repository = new ScratchRepository();
  repository.write({ [ZONE]: zone({ tls: "" }), [POLICY]: policy() });
  if (configuration !== undefined) put(repository, configuration);
  repository.commit("2026-01-01");
  return repository;
}

function put({ root }: ScratchRepository, configuration: string | Buffer, path = PATH): void {
  mkdirSync(join(root, ".github"), { recursive: true });
  writeFileSync(join(root, path), configuration);
}

/** Another MX host, which the policy does not cover: a warning, and with the missing TLSRPT record two. */
function change(repository: ScratchRepository): void {
  repository.write({ [ZONE]: zone({ tls: "", mx: ["10 mx1", "20 mx.fabrikam.net."], serial: 2026010102 }) });
}

describe("the configuration of the base", () => {
  it("judges a change, whatever the change says itself", () => {
    const repository = repositoryWith("version: 1\nfail-on: warning\nrules: { tlsrpt-missing: error }\n");
    change(repository);
    put(repository, "version: 1\nfail-on: never\nrules: { mx-not-covered: off, tlsrpt-missing: off }\n");
    const outcome = guard(repository.root, "check", "--base", "main", ...JSON_NOW);
    expect(verdicts(outcome)).toEqual([
      "mx-not-covered warning new",
      "suppression-added notice new",
      "suppression-added notice new",
      "suppression-added notice new",
      "tlsrpt-missing error existing",
    ]);
    expect(outcome.status).toBe(1);
    expect(guard(repository.root, "check", "--base", "main", "--fail-on", "error", ...NOW).status).toBe(0);
    // As a commit, too, and tried before it is merged.
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit("2026-01-02");
    expect(guard(repository.root, "check", "--base", "main", "--head", "topic", ...NOW).status).toBe(1);
    const tried = guard(repository.root, "check", "--base", "main", "--config", PATH, ...JSON_NOW);
    expect({ status: tried.status, found: verdicts(tried) }).toEqual({ status: 0, found: [] });
  });

  it("is that of the merge base, not of the base's tip", () => {
    const repository = repositoryWith();
    repository.git("checkout", "-q", "-b", "topic");
    change(repository);
    repository.commit("2026-01-02");
    repository.git("checkout", "-q", "main");
    put(repository, "version: 1\nrules: { mx-not-covered: off }\n");
    repository.commit("2026-01-03");
    const { stdout } = guard(repository.root, "check", "--base", "main", "--head", "topic", ...NOW);
    expect(stdout).toContain("[mx-not-covered]");
  });

  it("does not validate: the defaults apply, and it is said until a change mends it", () => {
    const repository = repositoryWith("version: 1\nrules: { mx-not-covered: of }\n");
    change(repository);
    const broken = guard(repository.root, "check", "--base", "main", ...JSON_NOW);
    expect(verdicts(broken).filter((verdict) => verdict.includes("new"))).toEqual(["mx-not-covered warning new"]);
    expect(verdicts(broken)).toContain("config-invalid error existing");
    expect(broken.stderr).toBe(`mta-sts-guard: ${PATH} of the base does not validate, so the defaults apply.\n`);
    put(repository, "version: 1\nrules: { mx-not-covered: error }\n");
    const mended = guard(repository.root, "check", "--base", "main", ...JSON_NOW);
    expect(verdicts(mended)).toContain("mx-not-covered warning new");
    expect(verdicts(mended)).toContain("config-invalid error fixed");
    expect(mended.status).toBe(0);
  });

  it("names the patterns, severities and days that judge a change", () => {
    const repository = new ScratchRepository();
    put(
      repository,
      'version: 1\nzones: [{ path: "dns/{origin}" }]\npolicies: [{ path: web/sts, domains: [nordwind.de] }]\nrollout: { min-testing-days: 3 }\n',
    );
    repository.commit("2026-05-25", { "dns/nordwind.de": zone(), "web/sts": policy() });
    repository.write({
      "dns/nordwind.de": zone({ id: "2", serial: 2026010102 }),
      "web/sts": policy({ mode: "enforce" }),
    });
    const outcome = guard(repository.root, "check", "--base", "main", ...JSON_NOW);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ findings: [], domains: [{ pairedBy: "configuration" }] });
  });
});

describe("an ignore", () => {
  it("is counted, listed, and counts for nothing else", () => {
    const repository = repositoryWith(
      "version: 1\nfail-on: warning\nignore:\n  - { rule: tlsrpt-missing, until: 2026-06-01, reason: later }\n",
    );
    const { status, stdout } = guard(repository.root, "check", ...NOW);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "1 zone, 1 policy, 1 domain\nnothing wrong; 1 ignored\n" });
    const { ignored, counts } = JSON.parse(guard(repository.root, "check", ...JSON_NOW).stdout);
    expect(counts).toEqual({ error: 0, warning: 0, notice: 0, existing: 0, fixed: 0 });
    expect(ignored).toMatchObject([
      { rule: "tlsrpt-missing", status: "new", by: { path: PATH, line: 4, until: "2026-06-01", reason: "later" } },
    ]);
    const late = guard(repository.root, "check", "--now", "2026-06-02T00:00:00Z");
    expect(late.status).toBe(1);
    expect(late.stdout).toContain(`${PATH}:4:5: This ignore expired on 2026-06-01, so it no longer counts.\n`);
    expect(guard(repository.root, "check", "--fix", ...NOW).stderr).toBe("");
  });
});

describe("a file that is none", () => {
  it("is named with the right path", () => {
    const repository = repositoryWith();
    put(repository, "version: 2\n", ".github/mta-sts-guard.yaml");
    put(repository, "version: 2\n", "mta-sts-guard.yml");
    const { skipped, findings } = JSON.parse(guard(repository.root, "check", ...JSON_NOW).stdout);
    expect(skipped.map(({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}`)).toEqual([
      `.github/mta-sts-guard.yaml: not read: the configuration lies in \`${PATH}\``,
      `mta-sts-guard.yml: not read: the configuration lies in \`${PATH}\``,
    ]);
    expect(findings).toHaveLength(1);
  });

  it("a symbolic link is not followed", () => {
    const repository = repositoryWith();
    mkdirSync(join(repository.root, ".github"));
    writeFileSync(join(repository.root, "elsewhere.yml"), "version: 1\nrules: { tlsrpt-missing: off }\n");
    symlinkSync("../elsewhere.yml", join(repository.root, PATH));
    const expectRefused = (...args: readonly string[]): void => {
      const outcome = guard(repository.root, "check", ...args, ...JSON_NOW);
      expect(verdicts(outcome)).toEqual(["config-invalid error new", "tlsrpt-missing warning new"]);
      expect(outcome.stdout).toContain("links are not followed");
    };
    expectRefused();
    repository.commit("2026-01-02");
    expectRefused("--head", "HEAD");
  });

  it("a folder of its name is no configuration", () => {
    const repository = repositoryWith();
    repository.write({ [`${PATH}/x`]: "version: 2\n" });
    expect(verdicts(guard(repository.root, "check", ...JSON_NOW))).toEqual(["tlsrpt-missing warning new"]);
    repository.commit("2026-01-02");
    expect(verdicts(guard(repository.root, "check", "--head", "HEAD", ...JSON_NOW))).toEqual([
      "tlsrpt-missing warning new",
    ]);
  });

  it("a plain directory may hold one", () => {
    const folder = scratchDirectory();
    mkdirSync(join(folder, ".github"));
    writeFileSync(join(folder, PATH), "version: 1\nrules: { tlsrpt-missing: off }\n");
    writeFileSync(join(folder, "nordwind.de.zone"), zone({ tls: "" }));
    writeFileSync(join(folder, "mta-sts.txt"), policy());
    expect(guard(folder, "check")).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("bad input", () => {
  const cases: readonly (readonly [string, string | Buffer])[] = [
    ["nothing", ""],
    [
      "a bomb of aliases",
      `version: 1\na: &a [x, x]\n${Array.from({ length: 40 }, (_, i) => `b${i}: &b${i} [*a, *a]\n`).join("")}`,
    ],
    ["tabs", "version: 1\nrules:\n\ttlsrpt-missing: off\n"],
    ["a key twice", "version: 1\nversion: 1\n"],
    ["300 KiB", `version: 1\n# ${"x".repeat(300 * 1024)}\n`],
    ["30 KiB of brackets", `version: 1\nzones: ${"[".repeat(30 * 1024)}`],
    ["NUL bytes", "version: 1\0\0\n"],
    ["__proto__", "version: 1\n__proto__: { fail-on: never }\n"],
    ["invalid UTF-8", Buffer.from("version: 1 # \xff\xfe\n", "latin1")],
    ["a terminal's escape", "version: 1\n\u001B[2J##[error]x: y\n"],
    ["a command of the runner", 'version: 1\n"::error::x": y\n'],
  ];

  it.each(cases)("%s ends with findings and without a stack trace", (name, configuration) => {
    const repository = repositoryWith(configuration);
    for (const format of name.startsWith("a ") ? ["text", "json"] : ["text"]) {
      const outcome = guard(repository.root, "check", "--head", "HEAD", "--format", format, ...NOW);
      expect(outcome).toMatchObject({ status: 1, stderr: "" });
      expect(outcome.stdout).toContain("config-invalid");
      expect(outcome.stdout).toContain("tlsrpt-missing");
      // oxlint-disable-next-line no-control-regex -- the very thing that must not be there
      expect(outcome.stdout).not.toMatch(/[\0-\u0009\u000B-\u001F]|^\s*::|##\[/m);
    }
    const named = guard(repository.root, "check", "--config", PATH, ...NOW);
    expect(named).toMatchObject({ status: 2, stdout: "" });
    expect(named.stderr).toMatch(/^mta-sts-guard: --config \.github\/mta-sts-guard\.yml[^\n]+\n$/);
    expect(named.stderr).not.toMatch(/^\s+at |Error:|undefined/m);
  });

  it.each([["nowhere.yml"], [".github"], ["/dev/zero"]])("--config %s is refused in one line", (path) => {
    const outcome = guard(repositoryWith("version: 1\n").root, "check", "--config", path);
    expect(outcome).toMatchObject({ status: 2, stdout: "" });
    expect(outcome.stderr).toMatch(/^mta-sts-guard: --config [^\n]+ cannot be read: [^\n]+\n$/);
  });
});
