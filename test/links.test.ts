import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { anchor } from "../scripts/rulePages.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const DOCUMENTS = globSync(["*.md", "docs/**/*.md", "src/rules/*.md"], { cwd: ROOT }).map(normalize);

/** A document without its code, where nothing is a link or a heading. */
function prose(text: string): string {
  return text.replace(/^(`{3,})[^]*?^\1$/gm, "").replace(/`[^`\n]+`/g, (code) => code.replaceAll(/[[\]()<>]/g, ""));
}

/** What a text links within the repository: Markdown's links and pictures, and those of HTML. */
function linksOf(text: string): readonly string[] {
  const found = [
    ...text.matchAll(/\]\(<?([^)\s>]+)/g),
    ...text.matchAll(/\b(?:src|srcset|href)="([^"\s]+)/g),
    ...text.matchAll(/^\[[^\]]+\]: +(\S+)/gm),
  ];
  return found.map(([, target = ""]) => target).filter((target) => !/^[a-z]+:/.test(target));
}

/** The anchors that GitHub gives a document's headings. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, heading = ""] of text.matchAll(/^#{1,6} (.+)$/gm)) {
    const plain = anchor(heading.replace(/\]\([^)]*\)/g, "]"));
    let numbered = plain;
    for (let next = 1; anchors.has(numbered); next += 1) numbered = `${plain}-${next}`;
    anchors.add(numbered);
  }
  return anchors;
}

/** What is wrong with a link, undefined if nothing is. */
function brokenBecause(target: string, from: string): string | undefined {
  const [path = "", heading] = target.split("#");
  const file = path === "" ? from : normalize(join(dirname(from), path));
  if (file.startsWith("..") || !existsSync(join(ROOT, file))) return "no such file";
  if (heading === undefined || !file.endsWith(".md")) return undefined;
  return anchorsOf(prose(read(file))).has(heading) ? undefined : "no such heading";
}

it.each(DOCUMENTS)("every link of %s leads to a file and a heading", (path) => {
  const broken = linksOf(prose(read(path))).map((target) => [target, brokenBecause(target, path)]);
  expect(broken.filter(([, why]) => why !== undefined)).toEqual([]);
});

it("every page that messages and comments link is there", () => {
  const targets = globSync("src/**/*.ts", { cwd: ROOT }).flatMap((path) =>
    [...read(path).matchAll(/repositoryUrl\("([^"]+)"\)/g)].map(([, target = ""]) => target),
  );
  expect(targets).toContain("docs/configuration.md#ignore");
  for (const target of targets) expect([target, brokenBecause(target, "README.md")]).toEqual([target, undefined]);
});

it("every document in docs can be reached from the README", () => {
  const reached = new Set(["README.md"]);
  for (const path of reached)
    for (const target of path.endsWith(".md") ? linksOf(prose(read(path))) : []) {
      const file = normalize(join(dirname(path), target.split("#")[0] ?? ""));
      if (file !== ".") reached.add(file);
    }
  const missing = globSync("docs/**/*.*", { cwd: ROOT })
    .map(normalize)
    .filter((path) => !reached.has(path));
  expect(missing.filter((path) => /\.(?:md|yml)$/.test(path))).toEqual([]);
});

it("tells a link to nothing", () => {
  expect(
    linksOf(prose('[a](x.md) `[b](y.md)` <img src="z.png"> [c](https://example.com)\n```\n[d](w)\n```\n')),
  ).toEqual(["x.md", "z.png"]);
  expect(brokenBecause("docs/configuration.md#ignore", "README.md")).toBeUndefined();
  expect(brokenBecause("configuration.md#ignores", "docs/action.md")).toBe("no such heading");
  expect(brokenBecause("docs/configuration.md", "docs/action.md")).toBe("no such file");
  expect(brokenBecause("../../etc/passwd", "README.md")).toBe("no such file");
});
