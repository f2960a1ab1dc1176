import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const GUIDE = readFileSync(join(ROOT, "docs/adding-a-rule.md"), "utf8");
const RULE = "id-from-rfc";

/** The files that the guide shows: a line that holds nothing but a path, and the fenced block below it. */
const files = [...GUIDE.matchAll(/^`([^`\n]+)`:\n\n(`{3,4})\w[\w-]*\n([^]*?\n)\2$/gm)].map(
  ([, path = "", , text = ""]) => [path, text] as const,
);

const folder = mkdtempSync(join(tmpdir(), "mta-sts-guard-adding-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A copy of what a contributor works in, without the cases of other rules. */
function copyOfTheProject(): void {
  const isOtherCase = (path: string): boolean => path.startsWith(join(ROOT, "test/cases/"));
  for (const name of [
    "src",
    "scripts",
    "test",
    "docs",
    "README.md",
    "action.yml",
    "package.json",
    "vitest.config.ts",
    "tsconfig.json",
  ])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true, filter: (path) => !isOtherCase(path) });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  writeFileSync(join(folder, `test/cases/${RULE}/own-timestamp/expected.txt`), "");
}

it("the guide writes files in three places", () => {
  expect(files.map(([path]) => path).toSorted()).toEqual([
    `src/rules/${RULE}.md`,
    `src/rules/${RULE}.ts`,
    `test/cases/${RULE}/copied/expected.txt`,
    `test/cases/${RULE}/copied/head/zones/example.com.zone`,
    `test/cases/${RULE}/own-timestamp/head/zones/example.com.zone`,
  ]);
});

it("its rule is generated into every list, and its cases and examples hold", () => {
  copyOfTheProject();
  execFileSync(process.execPath, ["scripts/generate.ts"], { cwd: folder });
  expect(readFileSync(join(folder, "src/rules/index.ts"), "utf8")).toContain(`"${RULE}": idFromRfc`);
  expect(readFileSync(join(folder, `docs/rules/${RULE}.md`), "utf8")).toContain(
    "**Good:** the time of the last change",
  );
  expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(`](docs/rules/${RULE}.md)`);

  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST|COVERAGE)/.test(name)));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "test/cases.test.ts", "test/pages.test.ts", "-t", RULE],
    { cwd: folder, env: { ...env, CI: "1", NO_COLOR: "1" }, encoding: "utf8" },
  );
  expect(status, `${stdout}${stderr}`).toBe(0);
  const passed = Number(/(\d+) passed, 0 failed/.exec(stdout)?.[1]);
  expect(passed, stdout).toBeGreaterThanOrEqual(10);
});
