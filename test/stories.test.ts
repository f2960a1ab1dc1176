import { lstatSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { guard, verdicts } from "./guard.ts";
import { ScratchRepository, scratchDirectory } from "./load/scratchRepository.ts";
import { POLICY, ZONE, policy, zone } from "./nordwind.ts";

const NOW = ["--now", "2026-06-01T12:00:00Z"];
const JSON_NOW = [...NOW, "--format", "json"];

/** A repository whose zone and policy came in on one day. */
function nordwind(day = "2026-01-01"): ScratchRepository {
  const repository = new ScratchRepository();
  repository.commit(day, { [ZONE]: zone(), [POLICY]: policy() });
  return repository;
}

describe("a change in the working tree", () => {
  it("is judged, repaired and judged again", () => {
    const repository = nordwind();
    expect(guard(repository.root, "check", "--all")).toMatchObject({
      status: 0,
      stdout: "1 zone, 1 policy, 1 domain\nnothing wrong\n",
    });

    repository.write({ [POLICY]: policy({ maxAge: 86400 }) });
    const found = guard(repository.root, "check", "--base", "main", ...JSON_NOW);
    expect(found.status).toBe(1);
    expect(JSON.parse(found.stdout).findings).toMatchObject([
      {
        rule: "id-not-bumped",
        severity: "error",
        status: "new",
        domain: "nordwind.de",
        path: ZONE,
        line: 9,
        related: [{ path: POLICY, line: 4 }],
      },
    ]);

    const repaired = guard(repository.root, "check", "--base", "main", "--fix", ...NOW);
    expect(repaired).toMatchObject({ status: 0, stderr: `1 fix applied to ${ZONE}\n` });
    expect(readFileSync(join(repository.root, ZONE), "utf8")).toBe(
      zone({ id: "20260601T120000Z", serial: 2026060101 }),
    );
    expect(readFileSync(join(repository.root, POLICY), "utf8")).toBe(policy({ maxAge: 86400 }));
  });

  it("is told in detail on standard error when asked, and changes nothing else", () => {
    const repository = nordwind();
    repository.write({ [POLICY]: policy({ maxAge: 86400 }) });
    const [brief, verbose] = [[], ["--verbose"]].map((more) =>
      guard(repository.root, "check", "--base", "main", ...JSON_NOW, ...more),
    );
    expect(verbose).toMatchObject({ status: brief?.status, stdout: brief?.stdout });
    expect(brief?.stderr).toBe("");
    expect(verbose?.stderr).toContain(
      `${POLICY} belongs to nordwind.de, whose zone is ${ZONE}: its path names the domain.\n`,
    );
    expect(verbose?.stderr).toMatch(/^The history of \d files? was read back to their beginning/m);
    expect(verbose?.stderr).toMatch(/^Reading took \d+ ms, parsing and judging \d+ ms\.$/m);
  });

  it("warns while testing and fails the step to enforce, although base had the warning", () => {
    const repository = nordwind("2026-05-25");
    repository.write({ [ZONE]: zone({ mx: ["10 mx1", "20 mx.fabrikam.net."], serial: 2026010102 }) });
    const testing = guard(repository.root, "check", "--base", "HEAD", ...JSON_NOW);
    expect(testing.status).toBe(0);
    expect(verdicts(testing)).toEqual(["mx-not-covered warning new"]);

    repository.commit("2026-05-26");
    repository.write({ [POLICY]: policy({ mode: "enforce" }) });
    const enforcing = guard(repository.root, "check", "--base", "HEAD", ...JSON_NOW);
    expect(enforcing.status).toBe(1);
    expect(verdicts(enforcing).toSorted()).toEqual([
      "id-not-bumped error new",
      "mx-not-covered error new",
      "testing-too-short error new",
    ]);
    expect(enforcing.stdout).toContain("Merge this after 2026-06-08 12:00 UTC.");
  });

  it("is repaired in the line ends that git checked it out with", () => {
    const repository = nordwind();
    repository.git("config", "core.autocrlf", "true");
    repository.git("rm", "-q", "--cached", "-r", ".");
    repository.git("reset", "-q", "--hard");
    repository.write({ [POLICY]: policy({ maxAge: 86400 }).replaceAll("\n", "\r\n") });
    expect(guard(repository.root, "check", "--base", "main", "--fix", ...NOW)).toMatchObject({ status: 0 });
    const fixed = zone({ id: "20260601T120000Z", serial: 2026060101 }).replaceAll("\n", "\r\n");
    expect(readFileSync(join(repository.root, ZONE), "utf8")).toBe(fixed);
  });

  it("sees files that git does not know yet", () => {
    const repository = new ScratchRepository();
    repository.commit("2026-01-01", { README: "ours\n" });
    repository.write({ [ZONE]: zone({ more: "www A 203.0.113.300\n" }), [POLICY]: policy() });
    expect(verdicts(guard(repository.root, "check", "--base", "HEAD", ...JSON_NOW))).toEqual(["zone-syntax error new"]);
  });

  it("is not repaired through a symbolic link", () => {
    const outside = scratchDirectory();
    const repository = nordwind();
    repository.write({ [POLICY]: policy({ maxAge: 86400 }) });
    mkdirSync(join(outside, "zones"));
    repository.git("mv", "zones", "real");
    symlinkSync("real", join(repository.root, "zones"));
    const { status, stderr } = guard(repository.root, "check", "--base", "HEAD", "--fix", ...NOW);
    // git tells of the files that the link leads to by their own path, and those are written.
    expect(stderr).toBe("1 fix applied to real/nordwind.de.zone\n");
    expect(status).toBe(0);
    expect(lstatSync(join(repository.root, "zones")).isSymbolicLink()).toBe(true);
  });
});

describe("history", () => {
  it("counts testing from the merge that brought it, not from the old topic commit", () => {
    const repository = new ScratchRepository();
    repository.commit("2026-01-01", { [ZONE]: zone() });
    repository.git("checkout", "-q", "-b", "topic");
    repository.commit("2026-05-10", { [POLICY]: policy() });
    repository.git("checkout", "-q", "main");
    repository.gitAt("2026-05-31", "merge", "-q", "--no-ff", "-m", "merge", "topic");
    repository.write({ [ZONE]: zone({ id: "2", serial: 2026060101 }), [POLICY]: policy({ mode: "enforce" }) });
    const { stdout, status } = guard(repository.root, "check", "--base", "HEAD", ...NOW);
    expect(status).toBe(1);
    expect(stdout).toContain("since 2026-05-31 12:00 UTC");
  });

  it("follows a policy that moved while it was in testing", () => {
    const repository = nordwind();
    mkdirSync(join(repository.root, "web"), { recursive: true });
    repository.git("mv", POLICY, "web/mta-sts.txt");
    repository.commit("2026-05-30");
    repository.write({ [ZONE]: zone({ id: "2", serial: 2026060101 }), "web/mta-sts.txt": policy({ mode: "enforce" }) });
    expect(guard(repository.root, "check", "--base", "HEAD", ...NOW)).toMatchObject({ status: 0, stderr: "" });
  });

  it("is missed in a shallow clone only where a rule needs it", () => {
    const repository = nordwind();
    repository.commit("2026-05-01", { README: "more\n" });
    const clone = new ScratchRepository(join(scratchDirectory(), "clone"));
    clone.git("fetch", "-q", "--depth=1", `file://${repository.root}`, "main");
    clone.git("reset", "-q", "--hard", "FETCH_HEAD");
    clone.write({ [ZONE]: zone({ id: "2", serial: 2026060101 }), [POLICY]: policy({ maxAge: 86400 }) });
    expect(guard(clone.root, "check", "--base", "HEAD", ...NOW)).toMatchObject({ status: 0, stderr: "" });
    clone.write({ [POLICY]: policy({ mode: "enforce" }) });
    const { status, stderr } = guard(clone.root, "check", "--base", "HEAD", ...NOW);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^mta-sts-guard: .*git fetch --unshallow.*\n$/);
  });

  it("does not make a new serial where a tool sets it", () => {
    const repository = nordwind();
    repository.commit("2026-02-01", { [ZONE]: zone({ more: "www A 203.0.113.7\n" }) });
    repository.write({ [ZONE]: zone({ more: "www A 203.0.113.8\n" }) });
    expect(verdicts(guard(repository.root, "check", "--base", "HEAD", ...JSON_NOW))).toEqual([]);
  });
});

describe("finding things", () => {
  it("serves a repository that holds nothing but the policy", () => {
    const repository = new ScratchRepository();
    repository.commit("2026-01-01", { ".well-known/mta-sts.txt": policy(), "index.html": "<p>\n" });
    repository.write({ ".well-known/mta-sts.txt": policy({ maxAge: 1209600 }) });
    const { status, stdout } = guard(repository.root, "check", "--base", "HEAD", ...NOW);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^\.well-known\/mta-sts\.txt:4:1: notice: .*\[id-elsewhere\]\n {4}_mta-sts IN TXT "v=STSv1; id=20260601T120000Z"\n0 zones, 1 policy, 1 domain\n1 notice\n$/,
    );
  });

  it("reads the other half of a touched domain, and the zone that includes a changed fragment", () => {
    const repository = new ScratchRepository();
    const include = { [ZONE]: zone({ mx: [], more: "$INCLUDE mail.inc\n" }), "zones/mail.inc": "@ MX 10 mx1\n" };
    repository.commit("2026-01-01", {
      ...include,
      "public/.well-known/mta-sts.txt": policy(),
      "zones/other.zone": "$ORIGIN other.example.\n@ SOA a b 1 2 3 4 5\n",
    });
    repository.write({
      "zones/mail.inc": "@ MX 10 mx1\n@ MX 20 mx.fabrikam.net.\n",
      [ZONE]: include[ZONE]?.replace("2026010101", "2026010102") ?? "",
    });
    const touched = guard(repository.root, "check", "--base", "HEAD", ...JSON_NOW);
    expect(verdicts(touched)).toEqual(["mx-not-covered warning new"]);
    expect(JSON.parse(touched.stdout)).toMatchObject({
      findings: [{ path: "zones/mail.inc", line: 2 }],
      domains: [{ domain: "nordwind.de", policy: "public/.well-known/mta-sts.txt", pairedBy: "only-record" }],
    });
    repository.write({ [ZONE]: include[ZONE] ?? "" });
    expect(verdicts(guard(repository.root, "check", "--base", "HEAD", ...JSON_NOW)).toSorted()).toEqual([
      "mx-not-covered warning new",
      "zone-serial warning new",
    ]);
  });

  it("lists what it cannot read, and says so when the change touches it", () => {
    const repository = nordwind();
    const record = (id: number): string => `resource "dns_txt" "sts" {\n  txt = "v=STSv1; id=${id}"\n}\n`;
    repository.commit("2026-02-01", { "dns.tf": record(1) });
    const state = guard(repository.root, "check", ...JSON_NOW);
    expect(JSON.parse(state.stdout).skipped).toEqual([
      { path: "dns.tf", line: 2, format: "terraform", reason: expect.any(String) },
    ]);
    expect(guard(repository.root, "check").stdout).toContain(
      "1 zone, 1 policy, 1 domain; 1 file not read (Terraform)\n",
    );
    repository.write({ "dns.tf": record(2) });
    expect(verdicts(guard(repository.root, "check", "--base", "HEAD", ...JSON_NOW))).toEqual([
      "id-elsewhere notice new",
    ]);
  });

  it("looks at symbolic links and submodules as such", () => {
    const repository = nordwind();
    symlinkSync("/etc/hostname", join(repository.root, "mta-sts.txt"));
    symlinkSync("/etc/passwd", join(repository.root, "zones/passwd.zone"));
    const { stdout, status } = guard(repository.root, "check", ...JSON_NOW);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).skipped.map((file: { path: string }) => file.path)).toEqual([
      "mta-sts.txt",
      "zones/passwd.zone",
    ]);
  });

  it("reads a plain directory", () => {
    const folder = scratchDirectory();
    for (const path of [ZONE, POLICY]) mkdirSync(dirname(join(folder, "plain", path)), { recursive: true });
    writeFileSync(join(folder, "plain", ZONE), zone({ mx: ["10 mx9"] }));
    writeFileSync(join(folder, "plain", POLICY), policy({ mode: "enforce" }));
    const outcome = guard(folder, "check", "--repo", "plain", ...JSON_NOW);
    expect(outcome.status).toBe(1);
    expect(verdicts(outcome)).toEqual(["mx-not-covered error new", "mx-target warning new"]);
  });
});
