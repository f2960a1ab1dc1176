import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { runPolicy } from "../../src/commands/policy.ts";
import { Unusable } from "../../src/load/unusable.ts";

const SOUND = "version: STSv1\nmode: testing\nmx: MX1.nordwind.de\nmax_age: 604800\nx-note: \u202eoops\n";
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "policy-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command over a text; what it prints, with the folder left out, and its status. */
async function run(text: string | Uint8Array, ...options: readonly string[]): Promise<readonly [number, string]> {
  const file = join(folder, "mta-sts.txt");
  writeFileSync(file, text);
  let printed = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
    printed += String(chunk);
    return true;
  });
  try {
    const status = await runPolicy([file, ...options]);
    return [status, printed.replaceAll(`${folder}/`, "")];
  } finally {
    write.mockRestore();
  }
}

it("prints what was read, a stranger's text made visible", async () => {
  const [status, printed] = await run(SOUND);
  expect(status).toBe(0);
  expect(printed).toMatch(
    /^version: STSv1\nmode: testing\nmax_age: 604800 \(7 days\)\nmx: mx1.nordwind.de\nx-note: U\+202Eoops \(unknown to senders\)\nmta-sts.txt:5:1: notice: .*\[policy-field\]\n$/,
  );
});

it("prints what is wrong and where, in the order of the file", async () => {
  const [status, printed] = await run("# a\nversion: STSv1\nmode: Enforce\nmx: a.de\nmax_age: 7d\n");
  expect(status).toBe(1);
  expect(printed.match(/^mta-sts\.txt:\d+:\d+: \w+: |\[[a-z-]+\]$/gm)).toEqual([
    "mta-sts.txt:1:1: error: ",
    "[policy-syntax]",
    "mta-sts.txt:3:1: error: ",
    "[policy-mode]",
    "mta-sts.txt:5:1: error: ",
    "[policy-max-age]",
  ]);
});

it("prints JSON", async () => {
  const [status, printed] = await run(SOUND.replace("testing", "live"), "--format", "json");
  expect(status).toBe(1);
  expect(JSON.parse(printed)).toMatchObject({
    path: "mta-sts.txt",
    version: "STSv1",
    mode: null,
    maxAge: 604_800,
    mx: ["mx1.nordwind.de"],
    findings: [
      {
        rule: "policy-mode",
        severity: "error",
        line: 2,
        column: 1,
        endLine: 2,
        endColumn: 11,
        reference: "RFC 8461 §3.2",
      },
      { rule: "policy-field", severity: "notice" },
    ],
  });
});

it("finds a file too large rather than cutting it", async () => {
  const [status, printed] = await run(SOUND + "mx: a.de\n".repeat(10_000));
  expect(status).toBe(1);
  expect(printed).toContain("larger than 64 KiB");
  expect(printed.trimEnd().split("\n")).toHaveLength(1);
});

it("finds one fault in a file that is no text at all", async () => {
  for (const bytes of [
    new Uint8Array(1000),
    Buffer.from(SOUND, "utf16le"),
    Buffer.from("<html>\n".repeat(50)),
    Buffer.alloc(0),
  ]) {
    const [status, printed] = await run(bytes);
    expect([status, printed.trimEnd().split("\n").length]).toEqual([1, 1]);
  }
});

it("says in one line what cannot be used and what to do", async () => {
  mkdirSync(join(folder, "sub"));
  const failing = async (...argv: string[]): Promise<string> =>
    runPolicy(argv).then(
      () => "",
      (error: unknown) => (error instanceof Unusable ? error.message : String(error)),
    );
  expect(await failing(join(folder, "sub"))).toContain("is a directory: name the policy file in it");
  expect(await failing(join(folder, "none"))).toContain("is not there: name an existing policy file");
  expect(await failing(join(folder, "mta-sts.txt", "x"))).toContain("is not there");
  expect(await failing(`${folder}\0`)).not.toContain("TypeError");
  expect(await failing()).toContain("policy takes one FILE");
  expect(await failing("a", "b")).toContain("policy takes one FILE");
  expect(await failing("a", "--format", "xml")).toContain("--format xml is not known: use text or json.");
  expect(await failing("a", "--nonsense")).toContain("policy --help");
});
