import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runCheck } from "../../src/commands/check.ts";
import { applyFixes } from "../../src/discover/applyFixes.ts";
import { conclude } from "../../src/model/conclusion.ts";
import { DEFAULT_CONFIG } from "../../src/model/config.ts";
import type { Finding } from "../../src/model/finding.ts";
import type { Review } from "../../src/model/review.ts";
import { type Snapshot, sourceAt } from "../../src/model/snapshot.ts";
import { fitting, sarif } from "../../src/render/sarif.ts";
import { artifactLocation } from "../../src/render/sarifPlace.ts";
import { sarifRule } from "../../src/render/sarifRule.ts";
import type { Rule } from "../../src/model/rule.ts";
import { review } from "../../src/review.ts";
import { RULES, type RuleId } from "../../src/rules/index.ts";
import { PAGES } from "../../src/rules/pages.ts";
import { rich } from "../action/rich.ts";
import { caseSnapshot } from "../caseSnapshot.ts";
import { run } from "../commands/run.ts";
import { POLICY, ZONE, nordwind, policy, zone } from "../nordwind.ts";
import { randomRepository } from "../randomRepository.ts";
import { validated } from "../sarifTool.ts";
import { type Files, type Story, configFor, configOf, snapshotOf } from "../snapshotOf.ts";

interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Location {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Region };
  readonly message?: { readonly text: string };
}

interface Change {
  readonly artifactLocation: { readonly uri: string };
  readonly replacements: readonly { readonly deletedRegion: Region; readonly insertedContent?: { text: string } }[];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [Location];
  readonly relatedLocations?: readonly Location[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly baselineState?: string;
  readonly suppressions?: readonly object[];
  readonly fixes?: readonly [{ readonly artifactChanges: readonly Change[] }];
}

interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { id: string; help: { text: string } }[] } };
  readonly invocations: readonly [{ executionSuccessful: boolean; toolExecutionNotifications: readonly object[] }];
  readonly results: readonly Result[];
}

function runOf(text: string): Run {
  return JSON.parse(text).runs[0];
}

/** Without the rules' pages, whose rendering takes longer than all else. */
function told(snapshot: Snapshot, result: Review, onlyOpen = false): string {
  return sarif(result, {
    rules: RULES,
    pages: {},
    conclusion: conclude(result.findings, { failOn: "error", all: false }),
    isChange: snapshot.base !== undefined,
    onlyOpen,
    source: (place) => sourceAt(snapshot, place),
  });
}

function judged(story: Story): Run {
  const snapshot = snapshotOf(story);
  return runOf(told(snapshot, review(snapshot, configOf(snapshot))));
}

async function check(root: string, ...more: readonly string[]): Promise<string> {
  const args = ["--repo", root, "--now", "2026-06-01T12:00:00Z", "--format", "sarif", ...more];
  return (await run(() => runCheck(args, false))).stdout;
}

describe("one rich pull request", () => {
  it("as SARIF on the command line, which the validator finds nothing wrong with", async () => {
    const { root } = rich();
    const text = await check(root, "--base", "main", "--head", "change");
    expect(await check(root, "--base", "main", "--head", "change")).toBe(text);
    const log = JSON.parse(text);
    const [{ tool, results }] = log.runs;
    const used = new Set(results.map(({ ruleId }: Result) => ruleId));
    // The pages are told elsewhere: here it is enough to see them begin.
    const begins = (page: string): string => `${page.slice(0, 60)}…`;
    tool.driver.rules = tool.driver.rules
      .filter(({ id }: { id: string }) => used.has(id))
      .map((rule: { help: { text: string; markdown: string } }) => ({
        ...rule,
        help: { text: begins(rule.help.text), markdown: begins(rule.help.markdown) },
      }));
    await expect(`${JSON.stringify(log, undefined, 2)}\n`).toMatchFileSnapshot("golden/sarif.txt");
    expect(await validated(text)).toEqual([]);
  }, 60_000);
});

it("the validator finds fault with a file that GitHub would refuse", async () => {
  const log = { version: "2.1.0", runs: [{ tool: { driver: { name: "x" } }, results: [] }] };
  expect(await validated(JSON.stringify(log))).toContainEqual(expect.stringMatching(/^error GH1018 /));
}, 60_000);

/** The byte-exact text of a file, without its byte order mark, as SARIF counts. */
function textOf(snapshot: Snapshot, side: "base" | "head", uri: string): string | undefined {
  return sourceAt(snapshot, { side, path: decodeURIComponent(uri) })
    ?.text()
    .replace(/^\uFEFF/, "");
}

function offset(text: string, line: number, column: number): number {
  let at = 0;
  for (let number = 1; number < line; number++) {
    at = text.indexOf("\n", at) + 1;
    expect(at).toBeGreaterThan(0);
  }
  return at + column - 1;
}

/** Applies what SARIF says, from the end to the beginning. */
function changed(text: string, { replacements }: Change): string {
  return replacements.toReversed().reduce((whole, { deletedRegion: region, insertedContent }) => {
    const start = offset(whole, region.startLine, region.startColumn);
    const end = offset(whole, region.endLine, region.endColumn);
    return whole.slice(0, start) + (insertedContent?.text ?? "") + whole.slice(end);
  }, text);
}

function isInside({ startLine, startColumn, endLine, endColumn }: Region, text: string): boolean {
  const lines = text.split(/\r?\n/);
  const isIn = (line: number, column: number): boolean =>
    line >= 1 && line <= lines.length && column >= 1 && column <= (lines[line - 1]?.length ?? 0) + 1;
  const isForward = endLine > startLine || (endLine === startLine && endColumn >= startColumn);
  // A line end at the end of a file begins no line that a reader could be shown.
  const isShown = lines.length === 1 || endLine < lines.length || lines.at(-1) !== "";
  return isIn(startLine, startColumn) && isIn(endLine, endColumn) && isForward && isShown;
}

/** Every region lies in its file, every fix does what ours does, and every finding is there once. */
function holds(snapshot: Snapshot, config = configOf(snapshot)): void {
  const result = review(snapshot, config);
  const { results, tool } = runOf(told(snapshot, result));
  const byPrint = new Map(result.findings.map((finding) => [finding.fingerprint, finding]));
  expect(results.map(({ partialFingerprints }) => partialFingerprints["mtaStsGuard/v1"] ?? "").toSorted()).toEqual(
    [...result.findings, ...result.ignored.map(({ finding }) => finding)].map((one) => one.fingerprint).toSorted(),
  );
  for (const one of results) {
    expect(tool.driver.rules[one.ruleIndex]?.id).toBe(one.ruleId);
    for (const { physicalLocation } of [...one.locations, ...(one.relatedLocations ?? [])]) {
      const { artifactLocation, region } = physicalLocation;
      const text = textOf(snapshot, "head", artifactLocation.uri) ?? textOf(snapshot, "base", artifactLocation.uri);
      if (text !== undefined) expect(isInside(region, text), `${one.ruleId} ${JSON.stringify(region)}`).toBe(true);
    }
    const finding = byPrint.get(one.partialFingerprints["mtaStsGuard/v1"] ?? "");
    const isTold = finding?.fix?.edits.every(({ at }) => isPlainText(snapshot, at.path)) ?? false;
    expect(one.fixes !== undefined).toBe(isTold);
    if (finding) holdsFix(snapshot, finding, one);
  }
}

/** Whether characters tell every place of a file. */
function isPlainText(snapshot: Snapshot, path: string): boolean {
  const source = sourceAt(snapshot, { side: "head", path });
  const text = source?.text() ?? "";
  return !text.startsWith("\uFEFF") && Buffer.from(text).equals(source?.bytes ?? Buffer.alloc(0));
}

function holdsFix(snapshot: Snapshot, { fix, rule }: Finding, { fixes }: Result): void {
  if (!fix || !fixes) return;
  const ours = applyFixes(snapshot, [fix]);
  if (!ours) throw new Error("cannot be applied");
  for (const change of fixes[0].artifactChanges) {
    const { uri } = change.artifactLocation;
    expect(changed(textOf(snapshot, "head", uri) ?? "", change), rule).toBe(textOf(ours, "head", uri));
  }
}

const CASES = fileURLToPath(new URL("../cases", import.meta.url));

it.each(readdirSync(CASES).toSorted())("the cases of %s", (rule) => {
  for (const name of readdirSync(join(CASES, rule))) {
    const snapshot = caseSnapshot(join(CASES, rule, name));
    holds(snapshot, configFor(rule, snapshot));
  }
});

const RUNS = process.env["COVERAGE"] ? 5 : 30;

it("regions and fixes in random repositories", () => {
  fc.assert(
    fc.property(randomRepository, (story) => holds(snapshotOf(story))),
    { numRuns: RUNS },
  );
}, 60_000);

it("fingerprints stay when lines come above, and places move by as many", () => {
  const above = (files: Files): Files =>
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [
        path,
        path.endsWith(".zone") ? `; ours\n\n; more\n${text.toString()}` : text,
      ]),
    );
  fc.assert(
    fc.property(randomRepository, (story) => {
      const places = (run: Run, lower: number): readonly string[] =>
        run.results
          .map(({ partialFingerprints, locations: [{ physicalLocation }], baselineState }) => {
            const { artifactLocation, region } = physicalLocation;
            const line = region.startLine + (artifactLocation.uri.endsWith(".zone") ? lower : 0);
            return `${JSON.stringify(partialFingerprints)} ${baselineState} ${line}`;
          })
          .toSorted();
      const moved = {
        head: above(story.head),
        history: Object.fromEntries(Object.entries(story.history ?? {}).map(([day, files]) => [day, above(files)])),
      };
      expect(places(judged(moved), 0)).toEqual(places(judged({ ...story }), 3));
    }),
    { numRuns: RUNS },
  );
}, 60_000);

describe("what is told where", () => {
  const CONFIG = ".github/mta-sts-guard.yml";
  const placesIn = (snapshot: Snapshot, result: Review) =>
    runOf(told(snapshot, result)).results.map(({ message, locations: [{ physicalLocation }] }) => {
      const { artifactLocation, region } = physicalLocation;
      const { startLine, startColumn, endLine, endColumn } = region;
      const was = /\n(Before the change: .*)$/.exec(message.text)?.[1];
      return [artifactLocation.uri, `${startLine}:${startColumn}-${endLine}:${endColumn}`, was];
    });

  it("a line that the change deletes: at the line that stands there now, with the old one in words", () => {
    const snapshot = snapshotOf({
      base: nordwind({ more: { [CONFIG]: "version: 1\nfail-on: notice\nrules:\n  zone-ttl: error\n# end\n" } }),
      head: nordwind({ more: { [CONFIG]: "# ours\nversion: 1\n# end\n" } }),
    });
    const result = review(snapshot, configOf(snapshot));
    expect(placesIn(snapshot, result)).toEqual([
      [CONFIG, "1:1-1:7", `Before the change: line 2 of \`${CONFIG}\`.`],
      [CONFIG, "1:1-1:7", `Before the change: line 4 of \`${CONFIG}\`.`],
    ]);
  });

  it("in a file that the change deletes: at its old place", () => {
    const more = { [CONFIG]: "version: 1\nfail-on: notice\n" };
    const snapshot = snapshotOf({ base: nordwind({ more }), head: nordwind() });
    const result = review(snapshot, configOf(snapshot));
    expect(placesIn(snapshot, result)).toEqual([[CONFIG, "2:10-2:16", `Before the change: line 2 of \`${CONFIG}\`.`]]);
    const at = snapshot.head.sources.get(POLICY)?.span(0, 7);
    const [finding] = result.findings;
    if (!finding || !at) throw new Error("nothing found");
    const findings = [{ ...finding, related: [{ message: "Here.", at }] }];
    expect(placesIn(snapshot, { ...result, findings })).toEqual([
      [POLICY, "1:1-1:8", `Before the change: line 2 of \`${CONFIG}\`.`],
    ]);
  });

  it("what was, beside a finding: at its old place, and said so", () => {
    const { results } = judged({ base: nordwind(), head: { [ZONE]: zone() } });
    expect(results.map(({ ruleId, relatedLocations: [was] = [] }) => [ruleId, was?.message?.text])).toEqual([
      ["policy-missing", `The policy as it was. Before the change: line 1 of \`${POLICY}\`.`],
    ]);
  });

  it("a byte order mark is no column, and a fix that touches it is left out", () => {
    const marked = `\uFEFF${policy()}`;
    const { results } = judged({ head: nordwind({ policy: marked }) });
    expect(results.map(({ ruleId, locations, fixes }) => [ruleId, locations[0].physicalLocation.region, fixes]))
      .toMatchInlineSnapshot(`
      [
        [
          "policy-syntax",
          {
            "endColumn": 15,
            "endLine": 1,
            "startColumn": 1,
            "startLine": 1,
          },
          undefined,
        ],
      ]
    `);
  });

  it("a column behind a byte order mark: as if it were not there, in fixes as well", () => {
    const between = (mark: string) => {
      const base = mark + zone().replace(/^[^]*?@ SOA/, "nordwind.de. 3600 SOA");
      const head = `${base}www A 203.0.113.7\n`;
      const { results } = judged({ base: nordwind({ zone: base }), head: nordwind({ zone: head }) });
      const found = results.find(({ ruleId }) => ruleId === "zone-serial");
      return { region: found?.locations[0].physicalLocation.region, fixes: found?.fixes };
    };
    const plain = between("");
    expect(plain.region).toMatchObject({ startLine: 1, startColumn: 29 });
    expect(plain.fixes).toHaveLength(1);
    expect(between("\uFEFF")).toEqual(plain);
  });

  it("a name that is not UTF-8: the byte that stands there", () => {
    expect(artifactLocation("zonen/gr\uDCFC\uDCDFe.zone")).toMatchObject({ uri: "zonen/gr%FC%DFe.zone" });
    expect(artifactLocation("\uD800.zone")).toMatchObject({ uri: "%EF%BF%BD.zone" });
  });

  it("no more places that belong to a finding than GitHub keeps", () => {
    const snapshot = snapshotOf({ head: nordwind({ zone: zone({ mx: ["10 mx9"] }) }) });
    const result = review(snapshot, DEFAULT_CONFIG);
    const findings = result.findings.map((finding) => ({
      ...finding,
      related: Array.from({ length: 150 }, () => ({ message: "Here.", at: finding.at })),
    }));
    const { results } = runOf(told(snapshot, { ...result, findings }));
    expect(results.map(({ relatedLocations = [] }) => relatedLocations.length)).toEqual(findings.map(() => 100));
  });

  it("a fix in a file that is no text is left out", () => {
    const bytes = Buffer.from(
      zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=tls@nordwind.de"', more: "; M\xFCller\n" }),
      "latin1",
    );
    const { results } = judged({ head: { [ZONE]: bytes, [POLICY]: policy() } });
    expect(results.map(({ ruleId, fixes }) => [ruleId, fixes])).toEqual([["tlsrpt-rua", undefined]]);
  });

  it("a path with signs that mean something in a URI", () => {
    const path = "zonen/größe 100%/a#b?c:d.zone";
    const { results } = judged({ head: { [path]: zone({ mx: ["10 mx9"] }), [POLICY]: policy() } });
    expect(results[0]?.locations[0].physicalLocation.artifactLocation).toEqual({
      uri: "zonen/gr%C3%B6%C3%9Fe%20100%25/a%23b%3Fc%3Ad.zone",
      uriBaseId: "%SRCROOT%",
    });
  });
});

describe("what has been judged before", () => {
  const ignore = (reason: string): Files => ({
    ".github/mta-sts-guard.yml": `version: 1\nignore:\n  - { rule: policy-max-age-short, reason: "${reason}" }\n`,
  });
  const short = policy({ mode: "enforce", maxAge: 3600 });
  const other = policy({ mode: "enforce", mx: ["mx1.nordwind.de", "mx2.nordwind.de"], maxAge: 3600 });

  it("is told by baselineState, and not at all without a base", () => {
    const tls = '_smtp._tls TXT "v=TLSRPTv1; rua=tls@nordwind.de"';
    const states = judged({
      base: nordwind({ zone: zone({ tls }), policy: short }),
      head: nordwind({ policy: short, zone: zone({ serial: 2026010102, mx: ["10 mx1", "20 mx9"] }) }),
    }).results.map(({ ruleId, baselineState }) => `${baselineState} ${ruleId}`);
    expect(states).toMatchInlineSnapshot(`
      [
        "new mx-not-covered",
        "new mx-target",
        "unchanged policy-max-age-short",
        "absent tlsrpt-rua",
      ]
    `);
    const { results } = judged({ head: nordwind({ policy: short }) });
    expect(results.map(({ ruleId, baselineState }) => [ruleId, baselineState])).toEqual([
      ["policy-max-age-short", undefined],
    ]);
  });

  it("is marked where it is ignored, with the reason as it was given but for what cannot be seen", () => {
    const head = nordwind({ policy: short, more: ignore("[see](1) \\u202E {0} ## 100%") });
    const { results } = judged({ head });
    expect(results.map(({ suppressions }) => suppressions)).toMatchInlineSnapshot(`
      [
        [
          {
            "justification": "\\[see](1) U+202E {0} ## 100%",
            "kind": "external",
            "location": {
              "physicalLocation": {
                "artifactLocation": {
                  "uri": ".github/mta-sts-guard.yml",
                  "uriBaseId": "%SRCROOT%",
                },
                "region": {
                  "endColumn": 74,
                  "endLine": 3,
                  "startColumn": 5,
                  "startLine": 3,
                },
              },
            },
            "status": "accepted",
          },
        ],
      ]
    `);
  });

  it("is left out for GitHub where it is fixed or ignored", () => {
    const snapshot = snapshotOf({
      base: nordwind({ policy: other, zone: zone({ tls: '_smtp._tls TXT "x"' }), more: ignore("ours") }),
      head: nordwind({ policy: short, zone: zone({ id: "2", serial: 2026060101 }), more: ignore("ours") }),
    });
    const result = review(snapshot, configOf(snapshot));
    const all = runOf(told(snapshot, result)).results;
    expect(all.some(({ suppressions }) => suppressions)).toBe(true);
    expect(all.some(({ baselineState }) => baselineState === "absent")).toBe(true);
    const open = all.filter(({ suppressions, baselineState }) => !suppressions && baselineState !== "absent");
    expect(runOf(told(snapshot, result, true)).results).toEqual(open);
  });
});

it("a run that could not see everything is no successful one", () => {
  const story = {
    history: { "2026-05-25": nordwind() },
    head: nordwind({ policy: policy({ mode: "enforce" }), zone: zone({ id: "2", serial: 2026060101 }) }),
  };
  const whole = judged(story).invocations[0];
  expect(whole.executionSuccessful).toBe(true);
  expect(whole.toolExecutionNotifications).toEqual([]);
  const shallow = { ...story, shallow: true, history: { "2026-05-31": nordwind() } };
  const [{ executionSuccessful, toolExecutionNotifications }] = judged({ ...shallow }).invocations;
  expect(executionSuccessful).toBe(false);
  expect(toolExecutionNotifications).toMatchObject([
    { level: "error", message: { text: expect.stringMatching(/^Not judged: /) }, associatedRule: { id: "incomplete" } },
  ]);
});

it("files that were not read are notes of the run", () => {
  const { invocations } = judged({ head: nordwind({ more: { "dns.tf": '\ntxt = ["v=STSv1; id=2"]\n' } }) });
  expect(invocations[0].toolExecutionNotifications).toMatchObject([
    {
      level: "note",
      message: { text: expect.stringMatching(/^Not read: .*\.$/) },
      locations: [{ physicalLocation: { artifactLocation: { uri: "dns.tf" }, region: { startLine: 2 } } }],
    },
  ]);
});

describe("as much as GitHub takes", () => {
  const render = (kept: readonly string[]): string => kept.join("\n");
  // Nothing to pack: each is another.
  const results = Array.from({ length: 1000 }, (_, index) => gzipSync(`${index}`).toString("base64"));

  it("no more results", () => {
    expect(fitting(results, render, { results: 10, bytes: 1_000_000 })).toBe(render(results.slice(0, 10)));
    expect(fitting(results, render)).toBe(render(results));
  });

  it("no more bytes, and not much less", () => {
    const text = fitting(results, render, { results: 1000, bytes: 5000 });
    expect(gzipSync(text).length).toBeLessThanOrEqual(5000);
    expect(gzipSync(text).length).toBeGreaterThan(4000);
    expect(render(results).startsWith(text)).toBe(true);
  });

  it("and says what is left out", () => {
    const zones = Object.fromEntries(
      Array.from({ length: 3 }, (_, index) => [
        `zones/z${index}.de.zone`,
        zone({ mx: ["10 mx9"] }).replaceAll("nordwind", `z${index}`),
      ]),
    );
    const snapshot = snapshotOf({ head: zones });
    const result = review(snapshot, DEFAULT_CONFIG);
    const [finding] = result.findings;
    if (!finding) throw new Error("nothing found");
    const many = Array.from({ length: 25_002 }, (_, index) => ({ ...finding, fingerprint: `${index}` }));
    const text = told(snapshot, { ...result, findings: many });
    const { results: kept, invocations } = runOf(text);
    expect(kept).toHaveLength(25_000);
    expect(kept.at(-1)?.partialFingerprints["mtaStsGuard/v1"]).toBe("24999");
    expect(invocations[0].toolExecutionNotifications).toMatchObject([
      { level: "warning", message: { text: expect.stringMatching(/^2 results of less weight are left out/) } },
    ]);
    expect(gzipSync(text).length).toBeLessThan(10_000_000);
  });
});

it("every rule has its page, in words and in Markdown without our fences", () => {
  for (const [id, rule] of Object.entries<Rule>(RULES)) {
    const { help } = sarifRule(id, rule, PAGES[id as RuleId]) as { help: { text: string; markdown: string } };
    expect(help.text).toMatch(/^How to repair$/m);
    expect(help.text).not.toMatch(/```|^#/m);
    const page = readFileSync(new URL(`../../docs/rules/${id}.md`, import.meta.url), "utf8");
    expect(page).toContain(help.markdown);
  }
});
