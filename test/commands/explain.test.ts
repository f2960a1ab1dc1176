import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ruleText, rulesText } from "../../src/commands/explain.ts";
import { GROUPS } from "../../src/model/group.ts";
import type { Rule } from "../../src/model/rule.ts";
import { pageText } from "../../src/render/pageText.ts";
import { ruleUrl } from "../../src/render/ruleUrl.ts";
import { RULES, type RuleId } from "../../src/rules/index.ts";

const IDS = Object.keys(RULES) as RuleId[];
const PLAIN = { width: 80, color: false };

/** What a reader sees: no colours. */
function shown(text: string): string {
  return text.replace(/\u001B\[\d+m/g, "");
}

/** The lines that are neither code nor an address to click on. */
function prose(text: string): readonly string[] {
  return text.split("\n").filter((line) => !line.startsWith("    ") && !line.includes("https://"));
}

describe.each(IDS)("the page of %s", (id) => {
  it("leaves no Markdown marks", () => {
    for (const line of prose(ruleText(id, PLAIN))) expect(line).not.toMatch(/`|\*\*|\]\(|^ *#|^ *\||^ *>|(?:^|\s)\*\w/);
  });

  it.each([40, 80, 100])("keeps to %i columns", (width) => {
    for (const color of [false, true])
      for (const line of prose(shown(ruleText(id, { width, color }))))
        expect(line.length, line).toBeLessThanOrEqual(width);
  });

  it("says everything the page says", () => {
    const words = (text: string): readonly string[] => text.match(/[A-Za-z]{4,}/g) ?? [];
    const wide = words(shown(ruleText(id, { width: 10_000, color: true })));
    expect(words(ruleText(id, PLAIN))).toEqual(wide);
  });

  it("moves no cursor", () => {
    expect(ruleText(id, PLAIN)).not.toMatch(/[^\P{Cc}\n]/u);
    expect(shown(ruleText(id, { width: 80, color: true }))).not.toMatch(/[^\P{Cc}\n]/u);
  });

  it("has an address that leads to a file", () => {
    const path = ruleUrl(id).replace(/^https:\/\/github\.com\/[^/]+\/[^/]+\/blob\/main\//, "../../");
    expect(existsSync(new URL(path, import.meta.url))).toBe(true);
  });
});

const PAGE = `A *small* page with \`code\`, **strong words** and a [link](https://example.org/).

## Heading

- one item that is longer than the width of forty columns
- another
1. first

Bad:

\`\`\`zone bad before
@\tMX 10 a
\`\`\`

\`\`\`text bad docs/x.md
\u001B[31mred
\`\`\`
`;

it("renders headings, lists, code and what stands above it", () => {
  expect(pageText(PAGE, { width: 40, color: false })).toBe(`  A small page with “code”, strong words
  and a link (https://example.org/).

Heading

  - one item that is longer than the
    width of forty columns
  - another
  1. first

  Bad:

    zones/example.com.zone, before the change:

    @    MX 10 a

    docs/x.md, after the change:

    U+001B[31mred
`);
});

it("colours what it takes the marks from", () => {
  const text = pageText("Some `code x` and **more**.\n\n## Title\n", { width: 80, color: true });
  expect(text).toBe(
    "  Some \u001B[36mcode\u001B[0m \u001B[36mx\u001B[0m and \u001B[1mmore\u001B[0m.\n\n\u001B[1mTitle\u001B[0m\n",
  );
});

it("breaks a word that is longer than a line", () => {
  expect(pageText("abcdefghijklmnopqrstuvwxyz", { width: 22, color: false })).toBe(
    "  abcdefghijklmnopqrst\n  uvwxyz\n",
  );
});

it("lists every rule with its severity, group by group", () => {
  const lines = rulesText(PLAIN).split("\n");
  const titles = Object.values(GROUPS).map((title) => title.replaceAll("`", ""));
  expect(lines.filter((line) => titles.includes(line))).toEqual(titles.filter((title) => lines.includes(title)));
  for (const [id, { severity }] of Object.entries<Rule>(RULES))
    expect(lines.some((line) => line.startsWith(`  ${id} `) && line.includes(` ${severity} `))).toBe(true);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

function explain(...args: readonly string[]) {
  const cli = new URL("../../src/cli.ts", import.meta.url).pathname;
  return spawnSync(process.execPath, [cli, "explain", ...args], { encoding: "utf8" });
}

it.each([
  ["id-not-bumpd", "did you mean id-not-bumped?"],
  ["serial", "did you mean zone-serial?"],
  ["xyzzyxyzzy", "explain lists them"],
])("an unknown rule %s: %s", (asked, answer) => {
  const { status, stdout, stderr } = explain(asked);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(answer);
  expect(stderr.trim()).not.toContain("\n");
});

it("prints plain text where nobody looks, and JSON on demand", () => {
  expect(explain("policy-mode").stdout).toBe(ruleText("policy-mode", PLAIN));
  expect(JSON.parse(explain("policy-mode", "--format", "json").stdout)).toMatchObject({
    rule: "policy-mode",
    page: expect.stringContaining("## Why"),
  });
  expect((JSON.parse(explain("--format", "json").stdout) as object[]).length).toBe(IDS.length);
});
