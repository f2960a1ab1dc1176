import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Finding } from "../src/model/finding.ts";
import { type ExampleSet, exampleFile, exampleSets } from "../src/render/examples.ts";
import { blocks } from "../src/render/markdown.ts";
import { review } from "../src/review.ts";
import { RULES } from "../src/rules/index.ts";
import { exampleSnapshot } from "./pageExamples.ts";
import { configFor } from "./snapshotOf.ts";

const FOLDER = new URL("../src/rules/", import.meta.url);

const SECTIONS = ["What happens", "Why", "Example", "How to repair"];

/** Pages that can show no files that make the rule speak, and why. */
const WITHOUT_EXAMPLE: Readonly<Record<string, string>> = {
  incomplete: "it speaks of what could not be read at all",
};

/** Errors of other rules that a bad example cannot do without, and why. */
const ALSO: Readonly<Record<string, readonly string[]>> = {};

const pages = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".md"))
  .map((file) => [file.slice(0, -3), blocks(readFileSync(new URL(file, FOLDER), "utf8"))] as const);

function found(rule: string, set: ExampleSet): readonly Finding[] {
  const snapshot = exampleSnapshot(set);
  return review(snapshot, configFor(rule, snapshot)).findings.filter((finding) => finding.status !== "fixed");
}

function errorsOfOthers(rule: string, findings: readonly Finding[]): readonly string[] {
  return findings
    .filter((finding) => finding.severity === "error" && finding.rule !== rule && !ALSO[rule]?.includes(finding.rule))
    .map((finding) => `${finding.rule}: ${finding.message}`);
}

it("every rule has a page, and every page a rule", () => {
  expect(pages.map(([rule]) => rule).toSorted()).toEqual(Object.keys(RULES).toSorted());
});

describe.each(pages)("the page of %s", (rule, page) => {
  const sets = exampleSets(page);

  it("has the usual sections", () => {
    const titles = page.flatMap((block) => (block.kind === "heading" ? [block.text] : []));
    expect(titles).toEqual(SECTIONS.filter((title) => title !== "Example" || !(rule in WITHOUT_EXAMPLE)));
  });

  it("names the RFC's section", () => {
    expect(JSON.stringify(page)).toMatch(/RFC \d+ §\d/);
  });

  it("has its examples below the words Bad: and Good:", () => {
    const labelled = sets.flatMap((set) => set.files.map((file) => `${set.verdict} ${file.verdict}`));
    const fences = page.flatMap((block) => (block.kind === "code" ? (exampleFile(block) ?? []) : []));
    expect(labelled).toEqual(fences.map(({ verdict }) => `${verdict} ${verdict}`));
    for (const { when } of fences) expect(when).toMatch(/^(?:head|before|\d{4}-\d\d-\d\d)$/);
  });

  if (rule in WITHOUT_EXAMPLE) return;

  it("has a bad and a good example", () => {
    expect(new Set(sets.filter((set) => set.files.length > 0).map((set) => set.verdict))).toEqual(
      new Set(["bad", "good"]),
    );
  });

  const numbered = (verdict: string): readonly (readonly [number, ExampleSet])[] =>
    sets.filter((set) => set.verdict === verdict).map((set, index) => [index + 1, set]);

  it.each(numbered("bad"))("fires in bad example %i", (_, set) => {
    const findings = found(rule, set);
    expect(findings.filter((finding) => finding.status === "new").map((finding) => finding.rule)).toContain(rule);
    expect(errorsOfOthers(rule, findings)).toEqual([]);
  });

  it.each(numbered("good"))("is silent in good example %i, as is every rule about errors", (_, set) => {
    const findings = found(rule, set);
    expect(findings.map((finding) => finding.rule)).not.toContain(rule);
    expect(errorsOfOthers(rule, findings)).toEqual([]);
  });
});
