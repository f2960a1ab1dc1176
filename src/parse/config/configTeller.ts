import type * as z from "zod";
import { type KnownRules, UNTOUCHABLE } from "../../model/config.ts";
import { nearest } from "../../model/nearest.ts";
import { quote } from "../../model/quote.ts";
import { type Fault, KEY, type Path, type Places } from "./configPlaces.ts";

type Issue = z.core.$ZodIssue;

/** Tells what does not validate: what stands there, what may stand there, and what was most likely meant. */
export class ConfigTeller {
  readonly #schema: z.core.$ZodType;
  readonly #places: Places;
  readonly #rules: KnownRules;

  constructor(schema: z.core.$ZodType, places: Places, rules: KnownRules) {
    this.#schema = schema;
    this.#places = places;
    this.#rules = rules;
  }

  *tell(issue: Issue): Iterable<Fault> {
    const path = issue.path as Path;
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys)
        yield { message: () => this.#unknownKey(key, path), range: this.#places.nearest([...path, key, KEY]) };
      return;
    }
    yield { message: () => this.#message(issue, path), range: this.#places.nearest(path) };
  }

  #message(issue: Issue, path: Path): string {
    const name = nameOfPlace(path);
    const isMissing = issue.input === undefined;
    if (issue.code === "custom") return issue.message;
    if (issue.code === "invalid_type") {
      const mustBe = `must be ${KINDS[issue.expected] ?? issue.expected}`;
      if (isMissing) return `${name} is missing: ${purpose(path, mustBe)}.`;
      const quoted = typeof issue.input === "string" && (issue.expected === "number" || issue.expected === "int");
      const isNumber = quoted && /^-?\d+(?:\.\d+)?$/.test(issue.input.trim());
      return `${name} ${mustBe}, and here stands ${shownValue(issue.input)}${isNumber ? IN_QUOTES : "."}`;
    }
    if (issue.code === "invalid_value")
      return isMissing
        ? `${name} is missing: ${purpose(path, mayBe(issue.values))}.`
        : this.#notAllowed(path, issue.input, issue.values.map(String));
    if (issue.code === "too_small" && issue.origin === "array")
      return `${name} is an empty list: write at least one entry, or leave the key out.`;
    const bound = issue.code === "too_small" ? `at least ${issue.minimum}` : "";
    const limit = issue.code === "too_big" ? `at most ${issue.maximum}` : bound;
    return `${name} must be ${limit}, and here stands ${shownValue(issue.input)}.`;
  }

  #notAllowed(path: Path, input: unknown, allowed: readonly string[]): string {
    const [first, second] = path;
    const rule = first === "ignore" ? String(input) : String(second);
    const isRule = first === "ignore" && path.at(-1) === "rule";
    if (UNTOUCHABLE.includes(rule) && (isRule || first === "rules"))
      return `\`${rule}\` cannot be ${isRule ? "ignored" : "lowered or switched off"}: with it a change would pass that was not judged. Take this line out.`;
    if (path.length === 1 && first === "version" && typeof input === "string" && allowed.includes(input))
      return `${nameOfPlace(path)} ${mayBe(allowed)}, and here stands a text${IN_QUOTES}`;
    const meant = guess(input === false ? "off" : input, allowed);
    if (isRule) return `There is no rule ${shownValue(input)}.${meant} ${LIST_RULES}`;
    return `${nameOfPlace(path)} is ${shownValue(input)}, and ${mayBe(allowed)}.${meant}`;
  }

  #unknownKey(key: string, path: Path): string {
    const allowed = keysAt(this.#schema, path);
    const meant = guess(key, allowed);
    if (path.length === 1 && path[0] === "rules") return `There is no rule ${quote(key)}.${meant} ${LIST_RULES}`;
    const isRule = Object.hasOwn(this.#rules, key);
    const hint = isRule ? " Severities of rules stand below `rules`." : meant;
    const where = path.length === 0 ? "" : ` in ${nameOfPlace(path)}`;
    return `There is no key ${quote(key)}${where}.${hint} Known are ${list(
      allowed.map((name) => `\`${name}\``),
      "and",
    )}.`;
  }
}

/** What was most likely meant. */
function guess(word: unknown, known: readonly string[]): string {
  const meant = typeof word === "string" ? nearest(word, known) : undefined;
  return meant === undefined ? "" : ` Did you mean \`${meant}\`?`;
}

const IN_QUOTES = " in quotes: take the quotes away.";

const LIST_RULES = "`mta-sts-guard explain` lists the rules.";

const KINDS: Readonly<Record<string, string>> = {
  object: "a group of `key: value` lines",
  array: "a list, each entry on a line that begins with `- `",
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "`true` or `false`",
};

/** A value's name as people say it: the last key, and the entry of a list by its number. */
function nameOfPlace(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return "The configuration";
  if (typeof last === "string") return quote(last);
  return `entry ${last + 1} of ${quote(String(path.at(-2)))}`;
}

/** What to write where something is missing. */
function purpose(path: Path, allowed: string): string {
  if (path.at(-1) === "reason") return "say why this finding is accepted, for those who read it later";
  if (path[0] === "ignore" && path.at(-1) === "rule") return "name the rule whose findings are accepted";
  return `it ${allowed}`;
}

function shownValue(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a group of keys";
  if (typeof value === "boolean") return `the boolean \`${String(value)}\``;
  return quote(typeof value === "string" ? value : JSON.stringify(value));
}

function mayBe(values: readonly unknown[]): string {
  const allowed = values.map((value) => `\`${String(value)}\``);
  return allowed.length === 1 ? `must be ${allowed[0]}` : `may be ${list(allowed, "or")}`;
}

function list(words: readonly string[], last: string): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

/** The keys that the definition knows at a place. */
function keysAt(schema: z.core.$ZodType, path: Path): readonly string[] {
  let here = unwrapped(schema);
  for (const step of path) {
    const { def } = here._zod;
    const next = isObjectDef(def) ? def.shape[String(step)] : (def as z.core.$ZodArrayDef).element;
    if (!next) return [];
    here = unwrapped(next);
  }
  const { def } = here._zod;
  return isObjectDef(def) ? Object.keys(def.shape) : [];
}

function isObjectDef(def: z.core.$ZodTypeDef): def is z.core.$ZodObjectDef {
  return def.type === "object";
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod;
  return def.type === "optional" ? unwrapped((def as z.core.$ZodOptionalDef).innerType) : schema;
}
