import { writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { help, records, runRecords } from "../../src/commands/records.ts";
import { scratchDirectory } from "../load/scratchRepository.ts";

vi.mock("node:fs", async (original) => ({ ...(await original<typeof import("node:fs")>()), writeSync: vi.fn() }));

const written = { 1: "", 2: "" };
vi.mocked(writeSync).mockImplementation(((descriptor: 1 | 2, bytes: Uint8Array, from: number) => {
  // A pipe takes what it has room for.
  const part = bytes.subarray(from, from + 1000);
  written[descriptor] += Buffer.from(part).toString("latin1");
  return part.length;
}) as unknown as typeof writeSync);

function run(...argv: readonly string[]): { readonly status: number; readonly out: string; readonly err: string } {
  Object.assign(written, { 1: "", 2: "" });
  const status = runRecords(argv);
  return { status, out: written[1], err: written[2] };
}

function zoneFile(text: string, name = "example.com.zone"): string {
  const file = join(scratchDirectory(), name);
  writeFileSync(file, text);
  return file;
}

const SOUND = '$TTL 1h\n@ SOA ns1 h 1 2 3 4 5\n@ TXT "ä"\n';

it("prints records, in pieces where the reader is slow", () => {
  const file = zoneFile(`${SOUND}${"a A 203.0.113.1\n".repeat(200)}`);
  const { status, out, err } = run(file);
  expect({ status, err }).toEqual({ status: 0, err: "" });
  expect(out.split("\n")).toHaveLength(203);
  expect(out).toContain("example.com. 3600 IN SOA ns1.example.com. h.example.com. 1 2 3 4 5\n");
  expect(out).toContain('example.com. 3600 IN TXT "\\195\\164"\n');
});

it("prints records and problems as JSON, each with its place", () => {
  const file = zoneFile("$TTL 60\na A 203.0.113.1\nb A nowhere\nc TYPE999 \\# 1 ff\n");
  const { status, out, err } = run(file, "--format", "json");
  expect({ status, err }).toEqual({ status: 1, err: "" });
  expect(JSON.parse(out)).toEqual({
    records: [
      {
        owner: "a.example.com.",
        ttl: 60,
        class: "IN",
        type: "A",
        rdata: "203.0.113.1",
        path: file,
        line: 2,
        column: 1,
        endLine: 2,
        endColumn: 16,
      },
      expect.objectContaining({ owner: "c.example.com.", type: "TYPE999", rdata: "\\# 1 FF", line: 4 }),
    ],
    problems: [expect.objectContaining({ path: file, line: 3, column: 5, endLine: 3, endColumn: 12 })],
  });
});

it.each([
  ["x.zone", "", [], "a.x."],
  ["db.example.net", "", [], "a.example.net."],
  ["x.zone", "$ORIGIN example.org.\n", [], "a.example.org."],
  ["x.zone", "", ["--origin", "Example.NET"], "a.example.net."],
])("%s holding %j with %j is the zone of %s", (name, text, args, owner) => {
  expect(run(zoneFile(`${text}a 60 A 203.0.113.1\n`, name), ...args).out).toBe(`${owner} 60 IN A 203.0.113.1\n`);
});

it.each([
  [[], /takes one FILE/],
  [["a", "b"], /takes one FILE/],
  [["a", "--format", "xml"], /--format xml is unknown: use text or json/],
  [["a", "--colour"], /--colour/],
  [["/nowhere/zone"], /there is no such file/],
  [["/"], /is a directory: name a zone file/],
])("%j cannot be carried out, and one line says so", (argv, line) => {
  const { status, out, err } = run(...argv);
  expect({ status, out }).toEqual({ status: 2, out: "" });
  expect(err).toMatch(line);
  expect(err.trimEnd()).not.toContain("\n");
});

it("a root or an origin that is none is told", () => {
  const file = zoneFile(SOUND);
  expect(run(file, "--root", "/nowhere").err).toContain("--root /nowhere cannot be read: there is no such file");
  expect(run(file, "--origin", "a..b").err).toContain("--origin a..b is no domain name");
  expect(run(zoneFile("a 60 A 203.0.113.1\n", "a..b.zone")).err).toContain(
    "does not say which zone it is: add --origin NAME",
  );
});

it("prints its help", () => {
  expect(run("--help")).toEqual({ status: 0, out: help, err: "" });
});

it("stops when nobody reads", () => {
  const request = { file: zoneFile(SOUND), format: "text", stderr: () => {} } as const;
  expect(records({ ...request, stdout: () => false })).toBe(0);
});
