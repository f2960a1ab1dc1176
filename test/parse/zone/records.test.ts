import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { help } from "../../../src/commands/records.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "records-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const module = JSON.stringify(new URL("../../../src/commands/records.ts", import.meta.url).href);
const program = `const { runRecords } = await import(${module}); process.exitCode = runRecords(process.argv.slice(1));`;

/** Runs `records` as a process of its own in the folder. */
function run(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const node = ["--input-type=module", "-e", program, "--", ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, node, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

const file = (name: string, text: string): void => writeFileSync(join(folder, name), text);

test("records to stdout, faults to stderr", () => {
  file("x.zone", "$TTL 60\n@ MX 10 mx\nbad A x\n");
  expect(run("x.zone", "--origin", "Example.org")).toEqual({
    status: 1,
    stdout: "example.org. 60 IN MX 10 mx.example.org.\n",
    stderr: "x.zone:3:7: `x` is no IPv4 address: write four numbers up to 255, such as 192.0.2.1.\n",
  });
});

test.each([
  ["example.org.zone", "a.example.org."],
  ["db.example.org", "a.example.org."],
  ["example.org.db", "a.example.org."],
  ["example.org.hosts", "a.example.org."],
  ["example.org", "a.example.org."],
  ["example.org.", "a.example.org."],
])("without --origin %s is named after its zone", (name, owner) => {
  file(name, "a 5 A 192.0.2.1\n");
  expect(run(name)).toEqual({ status: 0, stdout: `${owner} 5 IN A 192.0.2.1\n`, stderr: "" });
});

test("the SOA record knows the origin better than the file's name", () => {
  file("x.zone", "example.net. 5 SOA ns h 1 2 3 4 5\nns 5 A 192.0.2.1\n");
  expect(run("x.zone").stdout).toMatch(/^example\.net\. .*\nns\.example\.net\. /);
});

test("--format json", () => {
  file("x.zone", '$TTL 60\na TXT "ä"\nb A x\nc ( A\n 192.0.2.1 )\n');
  const { status, stdout, stderr } = run("x.zone", "--format", "json", "--origin", "example.org");
  expect([status, stderr]).toEqual([1, ""]);
  expect(JSON.parse(stdout)).toEqual({
    records: [
      {
        owner: "a.example.org.",
        ttl: 60,
        class: "IN",
        type: "TXT",
        rdata: '"\\195\\164"',
        path: "x.zone",
        line: 2,
        column: 1,
        endLine: 2,
        endColumn: 10,
      },
      {
        owner: "c.example.org.",
        ttl: 60,
        class: "IN",
        type: "A",
        rdata: "192.0.2.1",
        path: "x.zone",
        line: 4,
        column: 1,
        endLine: 5,
        endColumn: 11,
      },
    ],
    problems: [
      {
        message: "`x` is no IPv4 address: write four numbers up to 255, such as 192.0.2.1.",
        path: "x.zone",
        line: 3,
        column: 5,
        endLine: 3,
        endColumn: 6,
      },
    ],
  });
  file("empty", "");
  expect(JSON.parse(run("empty", "--format", "json").stdout)).toEqual({ records: [], problems: [] });
});

test.each([
  [["missing"], "mta-sts-guard: missing cannot be read: there is no such file.\n"],
  [["folder"], "mta-sts-guard: folder is a directory: name a zone file.\n"],
  [[], "mta-sts-guard: records takes one FILE; see records --help.\n"],
  [["x", "y"], "mta-sts-guard: records takes one FILE; see records --help.\n"],
  [["x", "--format", "xml"], "mta-sts-guard: --format xml is unknown: use text or json.\n"],
  [["x", "--origin", "a..b"], "mta-sts-guard: --origin a..b is no domain name.\n"],
  [["x", "--root", "nowhere"], "mta-sts-guard: --root nowhere cannot be read: there is no such file.\n"],
])("unusable: records %s", (args, message) => {
  file("x", "a 5 A 192.0.2.1\n");
  mkdirSync(join(folder, "folder"));
  expect(run(...args)).toEqual({ status: 2, stdout: "", stderr: message });
});

test("an unknown option is one line", () => {
  const { status, stderr } = run("--nonsense");
  expect([status, stderr.split("\n").length]).toEqual([2, 2]);
});

test("--help", () => {
  expect(run("--help")).toEqual({ status: 0, stdout: help, stderr: "" });
});

test("a reader that has seen enough ends the printing quietly", () => {
  file("x.zone", `$TTL 60\n${"a A 192.0.2.1\n".repeat(200_000)}`);
  const command = `"$0" --input-type=module -e "$1" -- x.zone | head -1`;
  const output = execFileSync("sh", ["-c", command, process.execPath, program], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  expect(output.toString()).toBe("a.x. 60 IN A 192.0.2.1\n");
});
