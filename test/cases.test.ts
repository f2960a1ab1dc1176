import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { applyFixes } from "../src/discover/applyFixes.ts";
import type { Finding } from "../src/model/finding.ts";
import { findingText } from "../src/render/text.ts";
import { review } from "../src/review.ts";
import { RULES } from "../src/rules/index.ts";
import { caseSnapshot } from "./caseSnapshot.ts";
import { configFor } from "./snapshotOf.ts";

const CASES = fileURLToPath(new URL("cases", import.meta.url));

/** What a case prints: each finding in the plain form, with its status where it is not new, and the edits of its fix. */
function printed(rule: string, name: string): string {
  const snapshot = caseSnapshot(join(CASES, rule, name));
  return review(snapshot, configFor(rule, snapshot))
    .findings.map(
      (finding) =>
        `${finding.status === "new" ? "" : `${finding.status}: `}${findingText(finding)}\n${fixText(finding)}`,
    )
    .join("");
}

function fixText({ fix }: Finding): string {
  const edits = (fix?.edits ?? []).map(({ at, newText }) => {
    const end = at.end.line === at.start.line ? `${at.end.column}` : `${at.end.line}:${at.end.column}`;
    return `      ${at.path}:${at.start.line}:${at.start.column}-${end} ${JSON.stringify(newText)}\n`;
  });
  return fix ? `    fix: ${fix.title}\n${edits.join("")}` : "";
}

for (const rule of readdirSync(CASES).toSorted()) {
  describe(rule, () => {
    const names = readdirSync(join(CASES, rule)).toSorted();
    const outputs = new Map(names.map((name) => [name, printed(rule, name)]));

    it.each(names)("%s", async (name) => {
      await expect(outputs.get(name)).toMatchFileSnapshot(join(CASES, rule, name, "expected.txt"));
    });

    it("fires in one case and stays silent in another", () => {
      const fires = [...outputs.values()].filter((output) => output.includes(`[${rule}]`));
      expect(fires.length).toBeGreaterThan(0);
      expect(fires.length).toBeLessThan(outputs.size);
    });

    it.each(names)("%s: every fix clears its finding and makes none", (name) => {
      const snapshot = caseSnapshot(join(CASES, rule, name));
      const config = configFor(rule, snapshot);
      const { findings } = review(snapshot, config);
      const known = new Set(findings.map((finding) => finding.fingerprint));
      for (const { fix, fingerprint } of findings) {
        const fixed = fix && applyFixes(snapshot, [fix]);
        if (!fixed) continue;
        const left = review(fixed, config).findings.filter((finding) => finding.status !== "fixed");
        expect(left.map((finding) => finding.fingerprint)).not.toContain(fingerprint);
        expect(left.filter((finding) => !known.has(finding.fingerprint))).toEqual([]);
      }
    });
  });
}

it("holds cases for every rule", () => {
  expect(readdirSync(CASES).toSorted()).toEqual(Object.keys(RULES).toSorted());
});

/** What these say is about this tool, not about mail. */
const OWN = new Set(["incomplete", "config-invalid", "suppression-added"]);

it("names the RFC section in every message", () => {
  const messages = readdirSync(CASES).flatMap((rule) =>
    readdirSync(join(CASES, rule)).flatMap((name) => {
      const snapshot = caseSnapshot(join(CASES, rule, name));
      return review(snapshot, configFor(rule, snapshot)).findings;
    }),
  );
  expect(
    messages
      .filter(({ rule, message }) => !OWN.has(rule) && !/RFC \d+ §\d/.test(message))
      .map(({ rule, message }) => `${rule}: ${message}`),
  ).toEqual([]);
});
