import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Source } from "../src/model/source.ts";
import { parseConfig } from "../src/parse/config/parseConfig.ts";
import { parseZone } from "../src/parse/zone/parseZone.ts";
import { parseZoneIgnores } from "../src/parse/zone/parseZoneIgnores.ts";
import { RULES } from "../src/rules/index.ts";

const text = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
const blocksOf = (markdown: string, language: string): readonly string[] =>
  [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm"))].map(([, block]) => block ?? "");

const DOCS = text("../docs/configuration.md");
const SCHEMA = JSON.parse(text("../schema/mta-sts-guard.schema.json")) as Schema;
const product = new URL("../../shared/product.md", import.meta.url);

/** As much of JSON Schema as ours uses. */
interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly description?: string;
}

const CHECKED = ["type", "const", "enum", "properties", "required", "additionalProperties", "items", "minItems"];
const KNOWN = [...CHECKED, "minLength", "minimum", "maximum", "pattern", "format"];
const SAID = ["$schema", "title", "description", "default", "examples"];

/** The paths at which a value does not satisfy a schema. */
function refusals(schema: Schema, value: unknown, path = ""): readonly string[] {
  expect([...KNOWN, ...SAID]).toEqual(expect.arrayContaining(Object.keys(schema)));
  const refuse = (isWrong: boolean): readonly string[] => (isWrong ? [path] : []);
  const own = [
    ...refuse(schema.const !== undefined && schema.const !== value),
    ...refuse(schema.enum !== undefined && !schema.enum.includes(value)),
  ];
  if (schema.type === "array") {
    if (!Array.isArray(value)) return [path];
    const items = value.flatMap((item, index) => refusals(schema.items ?? {}, item, `${path}/${index}`));
    return [...refuse(value.length < (schema.minItems ?? 0)), ...items];
  }
  if (schema.type === "object") {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
    const missing = (schema.required ?? []).filter((key) => !(key in value)).map((key) => `${path}/${key}`);
    const inner = Object.entries(value).flatMap(([key, item]) => {
      const known = schema.properties?.[key];
      return known ? refusals(known, item, `${path}/${key}`) : [`${path}/${key}`];
    });
    return [...missing, ...inner];
  }
  if (schema.type === "string") {
    if (typeof value !== "string") return [path];
    const isDate = schema.format !== "date" || /^\d{4}-\d\d-\d\d$/.test(value);
    const isPattern = schema.pattern === undefined || new RegExp(schema.pattern, "u").test(value);
    return [...own, ...refuse(!isDate || !isPattern || value.length < (schema.minLength ?? 0))];
  }
  if (schema.type === "boolean") return refuse(typeof value !== "boolean");
  if (typeof value !== "number") return [path];
  const isInside = value >= (schema.minimum ?? -Infinity) && value <= (schema.maximum ?? Infinity);
  return [...own, ...refuse(!isInside || (schema.type === "integer" && !Number.isInteger(value)))];
}

function problems(yaml: string): readonly string[] {
  const source = new Source("head", ".github/mta-sts-guard.yml", Buffer.from(yaml));
  return parseConfig(source, RULES).problems.map(({ message }) => message);
}

const examples = [
  ...blocksOf(DOCS, "yaml").map((block, index) => [`block ${index + 1} of the documentation`, block] as const),
  ...(existsSync(product) ? blocksOf(readFileSync(product, "utf8"), "yaml") : [])
    .filter((block) => block.startsWith("version: 1"))
    .map((block) => ["the example of the product's description", block] as const),
];

describe.each(examples)("%s", (_, block) => {
  it("validates", () => expect(problems(block)).toEqual([]));
  it("satisfies the schema", () => expect(refusals(SCHEMA, parse(block))).toEqual([]));
});

it.each([
  ["", "fail-on: error"],
  ["/version", "version: 2"],
  ["/zonnes", "version: 1\nzonnes: []"],
  ["/zones/0/path", "version: 1\nzones: [{ origin: example.com }]"],
  ["/zones/0/path", "version: 1\nzones: [{ path: /etc/x }]"],
  ["/zones/0/path", "version: 1\nzones: [{ path: a/../x }]"],
  ["/policies/0/domains", "version: 1\npolicies: [{ path: x, domains: [] }]"],
  ["/policies/0/domains/0", "version: 1\npolicies: [{ path: x, domains: [https://example.com] }]"],
  ["/rules/tlsrpt-mising", "version: 1\nrules: { tlsrpt-mising: off }"],
  ["/rules/zone-serial", "version: 1\nrules: { zone-serial: fatal }"],
  ["/rules/incomplete", "version: 1\nrules: { incomplete: off }"],
  ["/ignore/0/rule", "version: 1\nignore: [{ rule: incomplete, reason: x }]"],
  ["/ignore/0/reason", "version: 1\nignore: [{ rule: zone-serial }]"],
  ["/ignore/0/reason", 'version: 1\nignore: [{ rule: zone-serial, reason: "" }]'],
  ["/ignore/0/until", "version: 1\nignore: [{ rule: zone-serial, reason: x, until: soon }]"],
  ["/rollout/min-testing-days", "version: 1\nrollout: { min-testing-days: 0.5 }"],
  ["/bot/apply-fixes", 'version: 1\nbot: { apply-fixes: "yes" }'],
])("schema and parser refuse %s in %j", (place, yaml) => {
  expect(refusals(SCHEMA, parse(yaml))).toContain(place === "" ? "/version" : place);
  expect(problems(yaml)).not.toEqual([]);
});

it("the schema knows every rule and says something of every key", () => {
  const described = Object.entries(SCHEMA.properties?.["rules"]?.properties ?? {});
  const present = described.filter(([, { description = "" }]) => !description.startsWith("Reserved"));
  expect(present.map(([id]) => id)).toEqual(Object.keys(RULES).toSorted());
  const silent = (schema: Schema, path: string): readonly string[] => [
    ...(schema.description === undefined ? [path] : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => silent(inner, `${path}/${key}`)),
  ];
  expect(silent(SCHEMA, "")).toEqual([]);
});

it("the documentation explains every key, and says which are not used", () => {
  for (const [key, { description = "", properties = {} }] of Object.entries(SCHEMA.properties ?? {})) {
    expect(DOCS).toContain(`\`${key}\``);
    if (key !== "rules") for (const inner of Object.keys(properties)) expect(DOCS).toContain(inner);
    const reserved = DOCS.slice(DOCS.indexOf("## Reserved"));
    expect(reserved.includes(`| \`${key}\``), key).toBe(description.includes("Reserved"));
  }
});

it("the documentation's comments in zones are read", () => {
  const [block = ""] = blocksOf(DOCS, "zone");
  const source = new Source("head", "example.com.zone", Buffer.from(`$ORIGIN example.com.\n$TTL 1h\n${block}`));
  const zone = parseZone(source, { origin: "example.com.", strict: false, include: () => "none" });
  const { ignores, problems: wrong } = parseZoneIgnores(zone, RULES);
  expect(wrong).toEqual([]);
  expect(ignores).toMatchObject([
    { rule: "mx-not-covered", reason: "migration CHG-12", record: { exchange: "mx-old.example.net." } },
    { rule: "mx-not-covered", reason: "queue of the old provider", record: { exchange: "backup.example.com." } },
  ]);
});
