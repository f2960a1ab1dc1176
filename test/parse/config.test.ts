import { describe, expect, it } from "vitest";
import { type ConfigFile, DEFAULT_CONFIG } from "../../src/model/config.ts";
import { Source } from "../../src/model/source.ts";
import { parseConfig } from "../../src/parse/config/parseConfig.ts";
import { RULES } from "../../src/rules/index.ts";
import { cpuTime } from "../cpuTime.ts";

function read(text: string | Buffer): ConfigFile {
  return parseConfig(new Source("head", ".github/mta-sts-guard.yml", Buffer.from(text)), RULES);
}

/** `line:column message` each. */
function told(text: string | Buffer): readonly string[] {
  return read(text).problems.map(({ span, message }) => `${span.start.line}:${span.start.column} ${message}`);
}

const V = "version: 1\n";
const ignore = (entry: string): string => `${V}ignore:\n  - ${entry}\n`;
const policy = (entry: string): string => `${V}policies:\n  - ${entry}\n`;
const path = (text: string): string => `${V}zones:\n  - { path: ${text} }\n`;

describe("a good configuration", () => {
  it("may say nothing but its version", () => expect(read(V)).toMatchObject({ problems: [], config: DEFAULT_CONFIG }));

  it("may say everything", () => {
    const { config, problems } = read(`${V}zones:
  - path: "./zones//{origin}.zone"
  - { path: named/db.office, origin: Example.COM. }
policies:
  - path: policies/{domain}/mta-sts.txt
  - { path: web/mta-sts.txt, domains: [münchen.example, example.net.] }
reports: { path: "tls-reports/**", min-days: 7, min-sessions: 100, max-failures: 0 }
fail-on: never
dns: off
rollout: { min-testing-days: 0, enforced-elsewhere: [EXAMPLE.org] }
rules: { tlsrpt-missing: off, zone-serial: error, incomplete: error }
ignore:
  - { rule: mx-not-covered, domain: Example.com, until: 2027-01-31, reason: "migration CHG-12" }
  - rule: zone-serial
    reason: other tool
bot: { accept-risk: never, apply-fixes: true }
`);
    expect(problems).toEqual([]);
    expect(config).toMatchObject({
      zones: [{ path: "zones/{origin}.zone" }, { path: "named/db.office", origin: "example.com." }],
      policies: [
        { path: "policies/{domain}/mta-sts.txt" },
        { path: "web/mta-sts.txt", domains: ["xn--mnchen-3ya.example.", "example.net."] },
      ],
      failOn: "never",
      rollout: { minTestingDays: 0, enforcedElsewhere: ["example.org."] },
      ignores: [
        {
          rule: "mx-not-covered",
          domain: "example.com.",
          until: new Date("2027-01-31T00:00:00Z"),
          reason: "migration CHG-12",
          at: { start: { line: 14, column: 5 } },
        },
        { rule: "zone-serial", reason: "other tool", at: { start: { line: 15, column: 5 } } },
      ],
    });
    expect(Object.fromEntries(config.severities)).toEqual({
      "tlsrpt-missing": "off",
      "zone-serial": "error",
      incomplete: "error",
    });
  });

  it.each([
    ["a byte order mark", `\uFEFF${V}fail-on: notice\n`],
    ["CRLF", `version: 1\r\nfail-on: notice\r\n`],
    ["no final newline", `${V}fail-on: notice`],
    ["flow style and comments", "# ours\n{ version: 1, 'fail-on': \"notice\" } # yes\n"],
    ["a document mark", `---\n${V}fail-on: notice\n...\n`],
    ["an anchor that nobody uses", `${V}fail-on: &x notice\n`],
    ["YAML 1.1 asked for", `%YAML 1.1\n---\n${V}fail-on: notice\ndns: off\n`],
    ["a tag of the core schema", `${V}fail-on: !!str notice\n`],
  ])("may have %s", (_, text) => {
    const { problems, config } = read(text);
    expect(problems).toEqual([]);
    expect(config.failOn).toBe("notice");
  });
});

const bad: readonly (readonly [string, string | Buffer, readonly string[]])[] = [
  ["nothing in it", "", ["1:1 The file is empty: write `version: 1`"]],
  ["only a comment", "# ours\n", ["1:1 The file is empty"]],
  ["null", "~\n", ["1:1 The file is empty"]],
  [
    "a list on top",
    "- version: 1\n",
    ["1:1 The configuration must be a group of `key: value` lines, and here stands a list."],
  ],
  ["a text on top", "yes\n", ["1:1 The configuration must be a group of `key: value` lines, and here stands `yes`."]],
  ["no version", "fail-on: error\n", ["1:1 `version` is missing: it must be `1`."]],
  ["another version", "version: 2\n", ["1:10 `version` is `2`, and must be `1`."]],
  [
    "a version in quotes",
    'version: "1"\n',
    ["1:10 `version` must be `1`, and here stands a text in quotes: take the quotes away."],
  ],
  [
    "days in quotes",
    'version: 1\nrollout: { min-testing-days: "14" }\n',
    ["2:30 `min-testing-days` must be a number, and here stands `14` in quotes: take the quotes away."],
  ],
  [
    "a misspelt key",
    `${V}polices: []\n`,
    ["2:1 There is no key `polices`. Did you mean `policies`? Known are `version`, "],
  ],
  ["a key in another case", `${V}Fail-On: error\n`, ["2:1 There is no key `Fail-On`. Did you mean `fail-on`?"]],
  ["an unknown key far from all", `${V}colour: red\n`, ["2:1 There is no key `colour`. Known are"]],
  [
    "a rule at the top",
    `${V}tlsrpt-missing: off\n`,
    ["2:1 There is no key `tlsrpt-missing`. Severities of rules stand below `rules`."],
  ],
  [
    "an unknown key inside",
    `${V}rollout: { min-days: 3 }\n`,
    ["2:12 There is no key `min-days` in `rollout`. Known are `min-testing-days` and `enforced-elsewhere`."],
  ],
  [
    "an unknown rule",
    `${V}rules: { tlsrpt-mising: off }\n`,
    ["2:10 There is no rule `tlsrpt-mising`. Did you mean `tlsrpt-missing`? `mta-sts-guard explain` lists"],
  ],
  [
    "a severity that is none",
    `${V}rules: { zone-serial: fatal }\n`,
    ["2:23 `zone-serial` is `fatal`, and may be `error`, `warning`, `notice` or `off`."],
  ],
  [
    "a boolean severity",
    `${V}rules: { zone-serial: false }\n`,
    [
      "2:23 `zone-serial` is the boolean `false`, and may be `error`, `warning`, `notice` or `off`. Did you mean `off`?",
    ],
  ],
  ["YAML 1.1's no", `${V}rules: { zone-serial: no }\n`, ["2:23 `zone-serial` is `no`, and may be"]],
  ["a rule without a severity", `${V}rules:\n  zone-serial:\n`, ["3:15 `zone-serial` is nothing, and may be"]],
  ["incomplete off", `${V}rules: { incomplete: off }\n`, ["2:22 `incomplete` cannot be lowered or switched off"]],
  [
    "config-invalid lowered",
    `${V}rules: { config-invalid: notice }\n`,
    ["2:26 `config-invalid` cannot be lowered or switched off"],
  ],
  ["incomplete ignored", ignore("{ rule: incomplete, reason: x }"), ["3:13 `incomplete` cannot be ignored"]],
  ["an ignore without a reason", ignore("{ rule: zone-serial }"), ["3:5 `reason` is missing: say why"]],
  [
    "an ignore with an empty reason",
    ignore('{ rule: zone-serial, reason: " " }'),
    ["3:34 The reason is empty: say why"],
  ],
  ["an ignore without a rule", ignore("{ reason: x }"), ["3:5 `rule` is missing: name the rule"]],
  [
    "an ignore of an unknown rule",
    ignore("{ rule: zone-serials, reason: x }"),
    ["3:13 There is no rule `zone-serials`. Did you mean `zone-serial`?"],
  ],
  [
    "an ignore that is a text",
    ignore("zone-serial"),
    ["3:5 entry 1 of `ignore` must be a group of `key: value` lines, and here stands `zone-serial`."],
  ],
  [
    "a day that is none",
    ignore("{ rule: zone-serial, reason: x, until: 2027-02-30 }"),
    ["3:44 `2027-02-30` is no date"],
  ],
  ["a date in words", ignore("{ rule: zone-serial, reason: x, until: next year }"), ["3:44 `next year` is no date"]],
  [
    "a date with a time",
    ignore("{ rule: zone-serial, reason: x, until: 2027-01-31T00:00:00Z }"),
    ["3:44 `2027-01-31T00:00:00Z` is no date"],
  ],
  ["a domain that is none", ignore("{ rule: zone-serial, reason: x, domain: a b }"), ["3:45 `a b` is no domain name"]],
  [
    "an address as domain",
    ignore("{ rule: zone-serial, reason: x, domain: tls@example.com }"),
    ["3:45 `tls@example.com` is no domain name"],
  ],
  [
    "a URL as domain",
    `${V}rollout: { enforced-elsewhere: ["https://example.com"] }\n`,
    ["2:33 `https://example.com` is no domain name"],
  ],
  [
    "no list of domains",
    `${V}rollout: { enforced-elsewhere: example.com }\n`,
    [
      "2:32 `enforced-elsewhere` must be a list, each entry on a line that begins with `- `, and here stands `example.com`.",
    ],
  ],
  [
    "a policy that nobody has",
    policy("path: mta-sts.txt"),
    ["3:11 Nothing tells whose policy this is: put `{domain}` into the path"],
  ],
  [
    "a policy told twice",
    policy("{ path: 'p/{domain}', domains: [example.com] }"),
    ["3:36 The path tells the domain by `{domain}`, so `domains` says it twice"],
  ],
  ["an empty list of domains", policy("{ path: p, domains: [] }"), ["3:25 `domains` is an empty list"]],
  ["an entry without a path", policy("{ domains: [example.com] }"), ["3:5 `path` is missing: it must be a text."]],
  [
    "a zone told twice",
    `${V}zones:\n  - { path: "{origin}", origin: example.com }\n`,
    ["3:33 The path tells the origin"],
  ],
  ["a path out of the tree", path("../zones/x"), ["3:13 `../zones/x` leaves the repository by `..`"]],
  ["a path out of the tree and back", path("a/../../x"), ["3:13 `a/../../x` leaves the repository"]],
  ["an absolute path", path("/etc/bind/x"), ["3:13 `/etc/bind/x` is absolute"]],
  ["a path on a drive", path("'C:/zones'"), ["3:13 `C:/zones` is absolute"]],
  ["a path with backslashes", path("'zones\\x'"), ["3:13 `zones\\x` holds a backslash"]],
  ["an empty path", path("''"), ["3:13 The path is empty"]],
  ["a control character in a path", path('"a\\u0007b"'), ["3:13 `aU+0007b` holds a control character"]],
  [
    "a placeholder of policies",
    path('"{domain}"'),
    ["3:13 `{domain}` is not known in this path: use `{origin}`, `*` and `**`."],
  ],
  ["alternatives in braces", path('"{a,b}/{origin}"'), ["3:13 `{a,b}` is not known in this path"]],
  ["an open brace", path('"{origin"'), ["3:13 `{origin` is not known in this path"]],
  ["a placeholder twice", path('"{origin}/{origin}"'), ["3:13 `{origin}` stands twice in this path"]],
  [
    "a placeholder in reports",
    `${V}reports: { path: "r/{domain}" }\n`,
    ["2:18 `{domain}` is not known in this path: use `*` and `**`."],
  ],
  [
    "days that are no number",
    `${V}rollout: { min-testing-days: two weeks }\n`,
    ["2:30 `min-testing-days` must be a number, and here stands `two weeks`."],
  ],
  [
    "half a day",
    `${V}rollout: { min-testing-days: 0.5 }\n`,
    ["2:30 `min-testing-days` must be a whole number, and here stands `0.5`."],
  ],
  [
    "less than no day",
    `${V}rollout: { min-testing-days: -1 }\n`,
    ["2:30 `min-testing-days` must be at least 0, and here stands `-1`."],
  ],
  ["infinite days", `${V}rollout: { min-testing-days: .inf }\n`, ["2:30 `min-testing-days` must be"]],
  ["no days at all", `${V}rollout: { min-testing-days: .nan }\n`, ["2:30 `min-testing-days` must be"]],
  [
    "fail-on that is none",
    `${V}fail-on: errors\n`,
    ["2:10 `fail-on` is `errors`, and may be `error`, `warning`, `notice` or `never`. Did you mean `error`?"],
  ],
  ["dns that is none", `${V}dns: on\n`, ["2:6 `dns` is `on`, and may be `auto` or `off`."]],
  [
    "a text for a boolean",
    `${V}bot: { apply-fixes: "yes" }\n`,
    ["2:21 `apply-fixes` must be `true` or `false`, and here stands `yes`."],
  ],
  [
    "a key twice",
    `${V}fail-on: error\nfail-on: never\n`,
    ["3:1 The key `fail-on` stands twice here: keep one of them."],
  ],
  ["a tab", `${V}rules:\n\tzone-serial: off\n`, ["3:1 This line is indented by a tab: use blanks."]],
  ["two documents", `${V}---\n${V}`, ["2:1 A second document begins here"]],
  ["a tag of JavaScript", `${V}fail-on: !!js/function 'x'\n`, ["2:10 Tags such as"]],
  ["a merge key", `${V}x: &a { fail-on: never }\n<<: *a\n`, ["3:5 `*a` refers to another place"]],
  [
    "an alias without an anchor",
    `${V}fail-on: *never\n`,
    ["2:10 `*never` refers to another place: write the value out here."],
  ],
  ["an open quote", `${V}fail-on: "error\n`, ["3:1 This is not YAML: Missing closing"]],
  ["an open brace in YAML", `${V}rules: {\n`, [":1 This is not YAML: "]],
  ["two values on a line", `${V}fail-on: error: x\n`, ["2:10 A `key: value` stands inside another one's line"]],
  ["a list as key", `${V}? [a]\n: b\n`, ["A key here is no plain word"]],
  ["__proto__", `${V}__proto__: { fail-on: never }\n`, ["2:1 There is no key `__proto__`."]],
  [
    "__proto__ in rules",
    `${V}rules: { __proto__: off, constructor: off }\n`,
    ["2:10 There is no rule `__proto__`.", "2:26 There is no rule `constructor`."],
  ],
  ["toString as a rule to ignore", ignore("{ rule: toString, reason: x }"), ["3:13 There is no rule `toString`."]],
  ["a NUL", "version: 1\0\n", ["1:11 A NUL byte stands here"]],
  ["UTF-16", Buffer.from("\uFEFFversion: 1\n", "utf16le"), ["A NUL byte stands here"]],
  ["invalid UTF-8", Buffer.from("version: 1 # \xff\n", "latin1"), ["1:14 The bytes from here on are not UTF-8"]],
  ["300 KiB", `${V}# ${"x".repeat(300 * 1024)}\n`, ["1:1 The file has 307214 bytes; the limit is 262144: shorten it."]],
  [
    "a column behind an umlaut",
    `${V}rules: { zone-serial: "ü", zone-sintax: off }\n`,
    ["2:23 `zone-serial` is `ü`", "2:28 There is no rule `zone-sintax`"],
  ],
];

describe("a bad configuration", () => {
  it.each(bad)("%s", (_, text, expected) => {
    const problems = told(text);
    expect(problems.map((problem, index) => problem.includes(expected[index] ?? "nothing"))).toEqual(
      expected.map(() => true),
    );
    expect(read(text).config).toBe(DEFAULT_CONFIG);
    for (const problem of problems) expect(problem).toMatch(/^\d+:\d+ [^\n]+[.?]$/);
  });

  it.each([
    [
      "a bomb of aliases",
      `${V}a: &a [x, x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*a, *a]\n`).join("")}`,
    ],
    ["30,000 open brackets", `${V}zones: ${"[".repeat(30_000)}`],
    ["200,000 open brackets", "[".repeat(200_000)],
    ["deep blocks", Array.from({ length: 500 }, (_, i) => `${" ".repeat(i)}a:\n`).join("")],
    ["20,000 unknown keys", V + Array.from({ length: 20_000 }, (_, i) => `k${i}: 1\n`).join("")],
    ["40,000 duplicate keys", V + "k: 1\n".repeat(40_000)],
    ["30,000 bad ignores", `${V}ignore:\n${"  - x: 1\n".repeat(25_000)}`],
    ["a 200 KB word", `${V}fail-on: ${"x".repeat(200_000)}\n`],
    ["a 200 KB key", `${V}${"x".repeat(200_000)}: 1\n`],
  ])("is told in at most 20 lines, quickly: %s", (_, text) => {
    let problems: readonly string[] = [];
    const took = cpuTime(() => (problems = told(text)));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(20);
    for (const problem of problems) expect(problem.length).toBeLessThan(600);
    expect(took).toBeLessThan(6000);
  });

  it("says how many more there are", () => {
    const problems = told(`${V}rules:\n${Array.from({ length: 25 }, (_, i) => `  x${i}: off\n`).join("")}`);
    expect(problems).toHaveLength(20);
    expect(problems.at(-1)).toBe("22:3 6 more faults from here on: mend the ones above first.");
  });
});
