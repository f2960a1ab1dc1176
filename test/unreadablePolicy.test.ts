import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { isPolicy } from "../src/discover/worthReading.ts";
import type { Config } from "../src/model/config.ts";
import type { Rule } from "../src/model/rule.ts";
import type { Snapshot, Tree } from "../src/model/snapshot.ts";
import { Source } from "../src/model/source.ts";
import { review } from "../src/review.ts";
import { RULES } from "../src/rules/index.ts";
import { caseSnapshot } from "./caseSnapshot.ts";
import { configOf } from "./snapshotOf.ts";

const CASES = fileURLToPath(new URL("cases", import.meta.url));
const ALL: Readonly<Record<string, Rule>> = RULES;

/** The cases of the rules that must hold their tongue. */
const cases = readdirSync(CASES)
  .filter((rule) => ALL[rule]?.group !== "policy")
  .flatMap((rule) => readdirSync(join(CASES, rule)).map((name) => join(CASES, rule, name)));

/** Head with its policies' text replaced; undefined takes the file away. */
function withPolicies(snapshot: Snapshot, config: Config, edit: (text: string) => string | undefined): Snapshot {
  const edited = (tree: Tree): Tree => ({
    ...tree,
    sources: new Map(
      [...tree.sources].flatMap(([path, source]) => {
        if (!isPolicy(path, config)) return [[path, source] as const];
        const text = edit(source.text());
        return text === undefined ? [] : [[path, new Source(source.side, path, Buffer.from(text))] as const];
      }),
    ),
  });
  return { ...snapshot, head: edited(snapshot.head) };
}

/** What the rules other than those about policies say, by rule and what makes it the same. */
function others(snapshot: Snapshot, config: Config): readonly string[] {
  const off = Object.keys(ALL).filter((id) => ALL[id]?.severity === "off");
  return review(snapshot, { ...config, severities: new Map(off.map((id) => [id, "notice" as const])) })
    .findings.filter(({ rule, status }) => status !== "fixed" && ALL[rule]?.group !== "policy")
    .map(({ rule, fingerprint }) => `${rule} ${fingerprint}`);
}

/** A domain without a record would use no MTA-STS at all once its policy is gone. */
function holdsRecord({ head }: Snapshot, config: Config): boolean {
  return [...head.sources].some(([path, source]) => !isPolicy(path, config) && source.text().includes("v=STSv1"));
}

it.each(["mode", "version"])("a policy without %s is judged by the policy group alone", (field) => {
  const wrong: string[] = [];
  let compared = 0;
  for (const folder of cases) {
    const snapshot = caseSnapshot(folder);
    const config = configOf(snapshot);
    if (!holdsRecord(snapshot, config)) continue;
    const line = new RegExp(`^\\s*${field}\\s*:.*\\r?\\n?`, "gim");
    const unreadable = withPolicies(snapshot, config, (text) => text.replace(line, ""));
    const none = withPolicies(snapshot, config, () => undefined);
    const known = new Set(others(none, config));
    for (const finding of others(unreadable, config)) if (!known.has(finding)) wrong.push(`${folder}: ${finding}`);
    compared++;
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(100);
});
