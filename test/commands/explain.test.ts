import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { help, ruleText, rulesText, runExplain } from "../../src/commands/explain.ts";
import { Unusable } from "../../src/load/unusable.ts";
import { GROUPS } from "../../src/model/group.ts";
import type { Rule } from "../../src/model/rule.ts";
import { pageText } from "../../src/render/pageText.ts";
import { ruleUrl } from "../../src/render/ruleUrl.ts";
import { RULES, type RuleId } from "../../src/rules/index.ts";
import { type Printed, run } from "./run.ts";

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

it("moves no cursor for what stands in prose", () => {
  expect(pageText("a \u001B[2J b\u202Ec", { width: 80, color: false })).toBe("  a U+001B[2J bU+202Ec\n");
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

const explain = (...args: readonly string[]): Promise<Printed> => run(() => runExplain(args));

it.each([
  ["id-not-bumpd", "did you mean id-not-bumped?"],
  ["serial", "did you mean zone-serial?"],
  ["xyzzyxyzzy", "explain lists them"],
])("an unknown rule %s: %s", async (asked, answer) => {
  const { error, stdout } = await explain(asked);
  expect(stdout).toBe("");
  expect(error).toBeInstanceOf(Unusable);
  expect((error as Error).message).toContain(answer);
  expect((error as Error).message).not.toContain("\n");
});

it("prints plain text where nobody looks, and JSON on demand", async () => {
  const { columns, isTTY } = process.stdout;
  Object.assign(process.stdout, { columns: undefined, isTTY: false });
  expect((await explain("Policy-Mode")).stdout).toBe(ruleText("policy-mode", PLAIN));
  expect((await explain()).stdout).toBe(rulesText(PLAIN));
  Object.assign(process.stdout, { columns, isTTY });
  expect(JSON.parse((await explain("policy-mode", "--format", "json")).stdout)).toMatchObject({
    rule: "policy-mode",
    page: expect.stringContaining("## Why"),
  });
  expect((JSON.parse((await explain("--format", "json")).stdout) as object[]).length).toBe(IDS.length);
});

it("colours a terminal of any width, and leaves one alone that asks for no colour", async () => {
  const { columns, isTTY } = process.stdout;
  const { NO_COLOR } = process.env;
  Object.assign(process.stdout, { columns: 200, isTTY: true });
  delete process.env["NO_COLOR"];
  const coloured = await explain("policy-mode");
  process.env["NO_COLOR"] = "1";
  const plain = await explain("policy-mode");
  Object.assign(process.stdout, { columns, isTTY });
  if (NO_COLOR === undefined) delete process.env["NO_COLOR"];
  else process.env["NO_COLOR"] = NO_COLOR;
  expect(coloured.stdout).toBe(ruleText("policy-mode", { width: 100, color: true }));
  expect(plain.stdout).toBe(ruleText("policy-mode", { width: 100, color: false }));
});

it("prints its help, and refuses what it does not know", async () => {
  expect(await explain("--help")).toMatchObject({ status: 0, stdout: help });
  expect((await explain("a", "b")).error).toEqual(
    new Unusable("explain takes one rule at a time. See mta-sts-guard explain --help."),
  );
  expect((await explain("--format", "xml")).error).toEqual(
    new Unusable("--format xml is not known: use text or json."),
  );
});
