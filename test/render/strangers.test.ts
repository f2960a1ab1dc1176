import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { PROVIDER_PAGES } from "../../src/model/mailProvider.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { Source } from "../../src/model/source.ts";
import { prose } from "../../src/render/markdownSafe.ts";
import { review } from "../../src/review.ts";
import { caseSnapshot } from "../caseSnapshot.ts";
import { configFor } from "../snapshotOf.ts";

const CASES = fileURLToPath(new URL("../cases", import.meta.url));

const STORIES = readdirSync(CASES).flatMap((rule) =>
  readdirSync(join(CASES, rule)).map((name) => [rule, name] as const),
);

/** No name of a host holds it, and no text of ours. */
const STRANGE = "<Évil@x>";

/** What a stranger may have done to a line. */
const DEEDS: readonly ((line: string) => string)[] = [
  (line) => line.replace(/("?)$/, ` ${STRANGE}$1`),
  (line) => line.replace(/[^\s;=:"]+("?)$/, `${STRANGE}$1`),
  (line) => line.replace(/^[^\s:]+/, STRANGE),
  (line) => line.replace(/\w[.=;:]/, `$&${STRANGE}`),
];

/** Head with every so many lines changed by a deed. */
function vandalised(snapshot: Snapshot, deed: (line: string) => string, from: number): Snapshot {
  const sources = [...snapshot.head.sources].map(([path, source]) => {
    const lines = source.text().split("\n");
    const text = lines.map((line, at) => (at % 4 === from % 4 && line.trim() !== "" ? deed(line) : line)).join("\n");
    return [path, new Source("head", path, Buffer.from(text))] as const;
  });
  return { ...snapshot, head: { ...snapshot.head, sources: new Map(sources) } };
}

/** Everything that a finding says outside of backquotes, and of the lines to copy. */
function said({ message, related = [], fix }: Finding): readonly string[] {
  return [message.split("\n")[0] ?? "", ...related.map((other) => other.message), fix?.title ?? ""].map((text) =>
    text.replace(/`[^`\n]*`/g, ""),
  );
}

it("a stranger's text stands in backquotes only, whichever rule quotes it", () => {
  let quoted = 0;
  for (const [at, [rule, name]] of STORIES.entries()) {
    const snapshot = caseSnapshot(join(CASES, rule, name));
    const change = vandalised(snapshot, DEEDS[at % DEEDS.length] ?? ((line) => line), at >> 2);
    for (const finding of review(change, configFor(rule, snapshot)).findings) {
      for (const text of said(finding)) expect(text).not.toContain("vil@");
      if (finding.message.includes("Évil")) quoted++;
    }
  }
  expect(quoted).toBeGreaterThan(100);
});

it("only sections of RFCs and our own pages become links, and those can be clicked", () => {
  const found = STORIES.flatMap(([rule, name]) => {
    const snapshot = caseSnapshot(join(CASES, rule, name));
    return review(snapshot, configFor(rule, snapshot)).findings;
  });
  const links = found.flatMap(({ message }) =>
    Array.from(
      prose(message)
        .replace(/(`+)[^`\n]+\1/g, "")
        .matchAll(/<(https:[^>]*)>|\]\(([^)]*)\)/g),
      ([, page, target]) => page ?? target ?? "",
    ),
  );
  expect(
    new Set(links.filter((link) => !/^https:\/\/www\.rfc-editor\.org\/rfc\/rfc\d+\.html#section-[\d.]+$/.test(link))),
  ).toEqual(new Set(PROVIDER_PAGES));
  expect(
    prose(`See ${PROVIDER_PAGES[0]}. Not https://evil.example/ or ${PROVIDER_PAGES[0]?.replace("https", "http")}.`),
  ).toBe(
    `See <${PROVIDER_PAGES[0]}>. Not https:\u200B//evil.example/ or ${PROVIDER_PAGES[0]?.replace("https://", "http:\u200B//")}.`,
  );
});
