import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { records, type RecordsRequest } from "../../../src/commands/records.ts";
import { cpuTime } from "../../cpuTime.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "zone-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Printed {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Each takes far less than a second as a process of its own; the test runner's modules are slower. */
const LIMIT = 6000;

/** Writes files and prints the records of the first one. */
function run(files: Readonly<Record<string, string | Uint8Array>>, request: Partial<RecordsRequest> = {}): Printed {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  let [stdout, stderr] = ["", ""];
  let status = -1;
  const took = cpuTime(() => {
    status = records({
      file: join(folder, Object.keys(files)[0] ?? "none"),
      origin: "example.com.",
      format: "text",
      stdout: (bytes) => ((stdout += Buffer.from(bytes).toString("latin1")), true),
      stderr: (text) => void (stderr += text),
      ...request,
    });
  });
  expect(took).toBeLessThan(LIMIT);
  return { status, stdout: stdout.replaceAll(folder, "."), stderr: stderr.replaceAll(folder, ".") };
}

test("UTF-16, with and without a mark", () => {
  for (const bytes of [
    Buffer.from("\ufeff$TTL 1\n", "utf16le"),
    Buffer.from("$TTL 1\n", "utf16le"),
    Buffer.from("$TTL 1\n\0", "utf16le").swap16(),
  ]) {
    expect(run({ zone: bytes })).toEqual({
      status: 1,
      stdout: "",
      stderr: "./zone:1:1: This file is in UTF-16, which name servers cannot read: save it as UTF-8.\n",
    });
  }
});

test("a byte order mark is told, and the records are read", () => {
  const { status, stdout, stderr } = run({ zone: "\ufeff$TTL 1\na A 192.0.2.1\n" });
  expect([status, stdout]).toEqual([1, "a.example.com. 1 IN A 192.0.2.1\n"]);
  expect(stderr).toMatch(/^\.\/zone:1:1: The file starts with a byte order mark/);
});

test("a NUL byte is told, and the next record read", () => {
  expect(run({ zone: "$TTL 1\na TXT x\0\nb A 192.0.2.1\n" })).toMatchObject({
    status: 1,
    stdout: "b.example.com. 1 IN A 192.0.2.1\n",
  });
});

test("invalid UTF-8 is octets", () => {
  expect(run({ zone: Buffer.from('$TTL 1\na TXT "\xff\xfe"\n', "latin1") })).toMatchObject({
    status: 0,
    stdout: 'a.example.com. 1 IN TXT "\\255\\254"\n',
  });
});

test("100,000 parentheses", () => {
  expect(run({ zone: `$TTL 1\na TXT ${"(".repeat(100_000)} x ${")".repeat(100_000)}\n` })).toMatchObject({ status: 0 });
  expect(run({ zone: `$TTL 1\na TXT ${"(".repeat(100_000)}\n\nb A 192.0.2.1\n` })).toEqual({
    status: 1,
    stdout: "b.example.com. 1 IN A 192.0.2.1\n",
    stderr: "./zone:2:7: This parenthesis is never closed: put a ) behind the record's last field.\n",
  });
  const lines = run({ zone: `$TTL 1\n${"a TXT ( x\n".repeat(50_000)}` });
  expect(lines.stderr.split("\n")).toHaveLength(50_001);
  expect(run({ zone: `$TTL 1\n${"a TXT ( x\n".repeat(50_000)}$TTL 5\n` }).stderr.split("\n")).toHaveLength(50_001);
  expect(run({ zone: ")".repeat(100_000) }).stderr).toBe("./zone:1:1: This parenthesis was never opened: remove it.\n");
});

test("100,000 open quotes", () => {
  expect(run({ zone: `$TTL 1\n${'a TXT "x\nb\n'.repeat(50_000)}` }).status).toBe(1);
});

test("a line of 10 MB", () => {
  const long = "x".repeat(10_000_000);
  expect(run({ zone: `$TTL 1\na TXT ${long}\nb A 192.0.2.1\n` })).toEqual({
    status: 1,
    stdout: "b.example.com. 1 IN A 192.0.2.1\n",
    stderr: "./zone:2:7: This string has 10000000 octets, and 255 is the most: split it into several strings.\n",
  });
  expect(run({ zone: `$TTL 1\n${long} A 192.0.2.1\nb A 192.0.2.1\n` }).stderr).toMatch(
    /^\.\/zone:2:1: `x+…` holds a label of 10000000 octets/,
  );
  expect(run({ zone: `; ${long}\n$TTL 1\nb A 192.0.2.1` })).toMatchObject({ status: 0 });
  expect(run({ zone: `$TTL 1\na TXT ${"x ".repeat(1_000_000)}` }).stderr).toMatch(
    /^\.\/zone:2:65541: The text goes beyond the 65535 octets/,
  );
});

test("$GENERATE of two thousand million records is refused at once", () => {
  expect(run({ zone: "$TTL 1\n$GENERATE 0-2147483647 h$ A 192.0.2.1\n" }).stderr).toBe(
    "./zone:2:11: `0-2147483647` makes 2147483648 records, and 65536 is the most for one $GENERATE: split it.\n",
  );
});

const refused = (name: string, why: RegExp) =>
  expect.stringMatching(new RegExp(`^\\./zone:2:10: \`${name}\` cannot be included: ${why.source}`));

test.each([
  ["/etc/passwd", /only files in the zone's own folders may be read/],
  ["../../x", /it lies outside/],
  ["../x", /it lies outside/],
  ["zone", /it is being read already, and would include itself for ever\.\n$/],
  ["missing", /there is no such file/],
  ["sub", /it is a directory\.\n$/],
  ["link", /it lies outside/],
  ["circle", /its links lead in a circle/],
  ["/dev/zero", /only files/],
  ["zero", /it lies outside/],
])("$INCLUDE %s", (name, why) => {
  mkdirSync(join(folder, "sub"));
  symlinkSync("/etc/passwd", join(folder, "link"));
  symlinkSync("/dev/zero", join(folder, "zero"));
  symlinkSync("circle", join(folder, "circle"));
  const { status, stdout, stderr } = run({ zone: `$TTL 1\n$INCLUDE ${name}\nb A 192.0.2.1\n` });
  expect([status, stdout]).toEqual([1, "b.example.com. 1 IN A 192.0.2.1\n"]);
  expect(stderr).toEqual(refused(name, why));
});

test("$INCLUDE in a circle, and ever more of them", () => {
  const circle = run({ zone: "$TTL 1\n$INCLUDE one\n", one: "$INCLUDE two\na A 192.0.2.1\n", two: "$INCLUDE zone\n" });
  expect(circle).toMatchObject({ status: 1, stdout: "a.example.com. 1 IN A 192.0.2.1\n" });
  expect(circle.stderr).toMatch(/^\.\/two:1:10: `zone` cannot be included: it is being read already/);
  const files = Object.fromEntries(
    Array.from({ length: 30 }, (_, level) => [`f${level}`, `$INCLUDE f${level + 1}\n`.repeat(8)]),
  );
  expect(run(files).status).toBe(1);
});

test("$INCLUDE looks in the file's own folder, then in the root, and stays in the root", () => {
  const files = {
    "zones/zone": "$TTL 1\n$INCLUDE a\n$INCLUDE ../shared/b\n$INCLUDE shared/b\n",
    "zones/a": "a A 192.0.2.1\n",
    "shared/b": "b A 192.0.2.2\n$INCLUDE c\n",
    "shared/c": "c A 192.0.2.3\n",
  };
  expect(run(files, { root: folder })).toEqual({
    status: 0,
    stdout: [
      "a.example.com. 1 IN A 192.0.2.1",
      ...Array(2).fill("b.example.com. 1 IN A 192.0.2.2\nc.example.com. 1 IN A 192.0.2.3"),
      "",
    ].join("\n"),
    stderr: "",
  });
  expect(run(files)).toMatchObject({ status: 1, stdout: "a.example.com. 1 IN A 192.0.2.1\n" });
});

test("places in big files, whose beginnings are long forgotten", () => {
  const { stderr } = run({ zone: `$TTL 1\n${"a A 192.0.2.1 ; ä\n\n".repeat(50_000)}ä TXT ( x\n y\n\n "z ) \n` });
  expect(stderr).toBe('./zone:100005:2: This quoted string is not closed on its line: put a " at its end.\n');
});

test("an entry as long as several windows", () => {
  const strings = Array.from({ length: 3000 }, (_, index) => `"string ${index}"`);
  const { status, stdout } = run({
    zone: `$TTL 1\na TXT (\n${strings.join(`\n ; ${"c".repeat(300)}\n`)}\n)\nb A 192.0.2.1\n`,
  });
  expect(status).toBe(0);
  expect(stdout).toBe(`a.example.com. 1 IN TXT ${strings.join(" ")}\nb.example.com. 1 IN A 192.0.2.1\n`);
});
