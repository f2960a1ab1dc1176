import { LineCounter, type YAMLError, isAlias, isMap, isScalar, isSeq, parseDocument } from "yaml";
import type * as z from "zod";
import {
  type Config,
  type ConfigFile,
  DEFAULT_CONFIG,
  type KnownRules,
  UNTOUCHABLE,
  placeKey,
} from "../model/config.ts";
import { type Ignore, dayOf } from "../model/ignore.ts";
import { nearest } from "../model/nearest.ts";
import { quote } from "../model/quote.ts";
import type { Source } from "../model/source.ts";
import type { Problem, Span } from "../model/span.ts";
import { configSchema } from "./configSchema.ts";
import { domainName } from "./domainName.ts";

/** In bytes; nobody writes one by hand that is larger. */
export const CONFIG_LIMIT = 256 * 1024;

/** Who has so many faults has one, and nobody reads on. */
const MOST = 20;

/** Reads a configuration file (YAML 1.2, core schema); never throws: what is wrong with it is told, and then none of it counts. */
export function parseConfig(source: Source, rules: KnownRules): ConfigFile {
  const places = new Map<string, Span>();
  const refused = (problems: readonly Problem[]): ConfigFile => ({
    source,
    config: DEFAULT_CONFIG,
    problems: atMost(problems),
    places,
  });
  const unfit = unfitBytes(source);
  if (unfit) return refused([unfit]);
  const text = source.text();
  const at = (start: number, end: number): Span => {
    const from = Buffer.byteLength(text.slice(0, start));
    return source.span(from, from + Buffer.byteLength(text.slice(start, end)));
  };
  const read = readYaml(text, at, places);
  if (read.problems.length > 0) return refused(read.problems);
  const schema = configSchema(rules);
  const { data, error } = schema.safeParse(read.value, { reportInput: true });
  if (error) {
    const told = new Teller(schema, places, source, rules);
    return refused(error.issues.flatMap((issue) => [...told.tell(issue)]));
  }
  return { source, config: configOf(data, places, source), problems: [], places };
}

/** A file that cannot be read at all, as one problem at its beginning. */
export function unreadConfig(source: Source, message: string): ConfigFile {
  return {
    source,
    config: DEFAULT_CONFIG,
    problems: [{ message, span: source.span(0, 0) }],
    places: new Map(),
  };
}

/** What keeps bytes from being a text: they are too many, or hold a NUL, or are no UTF-8. */
function unfitBytes(source: Source): Problem | undefined {
  const { bytes } = source;
  if (bytes.length > CONFIG_LIMIT)
    return {
      message: `The file has ${bytes.length} bytes; the limit is ${CONFIG_LIMIT}: shorten it.`,
      span: source.span(0, 0),
    };
  const nul = bytes.indexOf(0);
  if (nul >= 0)
    return {
      message: "A NUL byte stands here, which no text holds: save the file as UTF-8.",
      span: source.span(nul, nul + 1),
    };
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    const valid = Buffer.byteLength(source.text().split("\uFFFD", 1)[0] ?? "");
    return {
      message: "The bytes from here on are not UTF-8: save the file as UTF-8.",
      span: source.span(valid, valid + 1),
    };
  }
}

type At = (start: number, end: number) => Span;

/** The value of a YAML document, and where its parts are written. */
function readYaml(text: string, at: At, places: Map<string, Span>): { value: unknown; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  try {
    const document = parseDocument(text, {
      version: "1.2",
      schema: "core",
      merge: false,
      prettyErrors: false,
      lineCounter: new LineCounter(),
      logLevel: "silent",
    });
    for (const fault of [...document.errors, ...document.warnings])
      problems.push({ message: yamlFault(fault), span: at(...firstLine(text, fault.pos)) });
    if (problems.length > 0) return { value: undefined, problems };
    if (document.contents === null || (isScalar(document.contents) && document.contents.value === null)) {
      const message = "The file is empty: write `version: 1` and what you want to set, or delete the file.";
      return { value: undefined, problems: [{ message, span: at(0, 0) }] };
    }
    return { value: valueOf(document.contents, [], { text, at, places, problems }), problems };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const message = "The file is nested far deeper than any configuration: write it anew.";
    return { value: undefined, problems: [{ message, span: at(0, 0) }] };
  }
}

interface Reading {
  readonly text: string;
  readonly at: At;
  readonly places: Map<string, Span>;
  readonly problems: Problem[];
}

/** The plain value of a node; the place of each part is noted, the first line of it where it has several. */
function valueOf(node: unknown, path: readonly (string | number)[], reading: Reading): unknown {
  const { places, problems } = reading;
  const note = (place: readonly (string | number)[], [start, end]: readonly [number, number, ...number[]]): Span => {
    const span = reading.at(...firstLine(reading.text, [start, end]));
    places.set(placeKey(place), span);
    return span;
  };
  if (isAlias(node)) {
    const span = note(path, node.range ?? [0, 0]);
    problems.push({ message: `${quote(`*${node.source}`)} refers to another place: write the value out here.`, span });
    return undefined;
  }
  if (isSeq(node)) {
    note(path, node.range ?? [0, 0]);
    return node.items.map((item, index) => valueOf(item, [...path, index], reading));
  }
  if (isMap(node)) {
    note(path, node.range ?? [0, 0]);
    const value: Record<string, unknown> = {};
    for (const { key, value: inner } of node.items) {
      const range = isScalar(key) && key.range ? key.range : undefined;
      if (!isScalar(key) || !range) {
        const start = node.range ?? [0, 0];
        problems.push({ message: "A key here is no plain word: write `key: value` lines.", span: note(path, start) });
        continue;
      }
      const name = String(key.value);
      const here = [...path, name];
      const span = note(here, range);
      places.set(placeKey([...here, KEY]), span);
      const read = valueOf(inner, here, reading);
      if (inner === null) places.set(placeKey(here), span);
      Object.defineProperty(value, name, { value: read, enumerable: true, configurable: true, writable: true });
    }
    return value;
  }
  if (!isScalar(node)) return null;
  note(path, node.range ?? [0, 0]);
  return node.value;
}

/** Stands for the key itself at the end of a path. */
const KEY = "\0key";

/** A stretch of text, cut where its first line ends. */
function firstLine(text: string, [start, end]: readonly [number, number, ...number[]]): [number, number] {
  const lineEnd = text.slice(start, end).search(/\s*[\r\n]/);
  return [start, lineEnd <= 0 ? end : start + lineEnd];
}

/** What YAML's faults mean for somebody who does not know its grammar; the rest is told in the library's words. */
const YAML_FAULTS: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  DUPLICATE_KEY: "This key stands twice here: keep one of them.",
  MULTIPLE_DOCS: "A second document begins here (`---`): keep everything in one.",
  TAB_AS_INDENT: "This line is indented by a tab: use blanks.",
  TAG_RESOLVE_FAILED: "Tags such as `!!js/function` mean nothing here: write the plain value.",
  BAD_ALIAS: "Anchors and aliases are not read: write the value out.",
  BLOCK_AS_IMPLICIT_KEY:
    "A `key: value` stands inside another one's line: begin a new line, or put the value into quotes.",
};

function yamlFault({ code, message }: YAMLError): string {
  return (
    YAML_FAULTS[code] ?? `This is not YAML: ${message.replace(/\s+/g, " ").replace(/[.:]?\s*$/, "")}. Mend this line.`
  );
}

type Issue = z.core.$ZodIssue;

/** Tells what does not validate: what stands there, what may stand there, and what was most likely meant. */
class Teller {
  readonly #schema: z.core.$ZodType;
  readonly #places: ReadonlyMap<string, Span>;
  readonly #source: Source;
  readonly #rules: KnownRules;

  constructor(schema: z.core.$ZodType, places: ReadonlyMap<string, Span>, source: Source, rules: KnownRules) {
    this.#schema = schema;
    this.#places = places;
    this.#source = source;
    this.#rules = rules;
  }

  *tell(issue: Issue): Iterable<Problem> {
    const path = issue.path as readonly (string | number)[];
    if (issue.code === "unrecognized_keys") {
      for (const key of issue.keys)
        yield { message: this.#unknownKey(key, path), span: this.#place([...path, key, KEY]) };
      return;
    }
    yield { message: this.#message(issue, path), span: this.#place(path) };
  }

  #message(issue: Issue, path: readonly (string | number)[]): string {
    const name = nameOfPlace(path);
    const isMissing = issue.input === undefined;
    if (issue.code === "custom") return issue.message;
    if (issue.code === "invalid_type") {
      const mustBe = `must be ${KINDS[issue.expected] ?? issue.expected}`;
      if (isMissing) return `${name} is missing: ${purpose(path, mustBe)}.`;
      return `${name} ${mustBe}, and here stands ${shownValue(issue.input)}.`;
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

  #notAllowed(path: readonly (string | number)[], input: unknown, allowed: readonly string[]): string {
    const [first, second] = path;
    const rule = first === "ignore" ? String(input) : String(second);
    const isRule = first === "ignore" && path.at(-1) === "rule";
    if (UNTOUCHABLE.includes(rule) && (isRule || first === "rules"))
      return `\`${rule}\` cannot be ${isRule ? "ignored" : "lowered or switched off"}: with it a change would pass that was not judged. Take this line out.`;
    const word = input === false ? "off" : input;
    const meant = typeof word === "string" ? nearest(word, allowed) : undefined;
    const guess = meant === undefined ? "" : ` Did you mean \`${meant}\`?`;
    if (isRule) return `There is no rule ${shownValue(input)}.${guess} ${LIST_RULES}`;
    return `${nameOfPlace(path)} is ${shownValue(input)}, and ${mayBe(allowed)}.${guess}`;
  }

  #unknownKey(key: string, path: readonly (string | number)[]): string {
    const allowed = keysAt(this.#schema, path);
    const meant = nearest(key, allowed);
    const guess = meant === undefined ? "" : ` Did you mean \`${meant}\`?`;
    if (path.length === 1 && path[0] === "rules") return `There is no rule ${quote(key)}.${guess} ${LIST_RULES}`;
    const isRule = Object.hasOwn(this.#rules, key);
    const hint = isRule ? " Severities of rules stand below `rules`." : guess;
    const where = path.length === 0 ? "" : ` in ${nameOfPlace(path)}`;
    return `There is no key ${quote(key)}${where}.${hint} Known are ${list(
      allowed.map((name) => `\`${name}\``),
      "and",
    )}.`;
  }

  /** Where a value is written, or what holds it where it is not there. */
  #place(path: readonly (string | number)[]): Span {
    for (let length = path.length; length >= 0; length--) {
      const place = this.#places.get(placeKey(path.slice(0, length)));
      if (place) return place;
    }
    return this.#source.span(0, 0);
  }
}

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
function nameOfPlace(path: readonly (string | number)[]): string {
  const last = path.at(-1);
  if (last === undefined) return "The configuration";
  if (typeof last === "string") return quote(last);
  return `entry ${last + 1} of ${quote(String(path.at(-2)))}`;
}

/** What to write where something is missing. */
function purpose(path: readonly (string | number)[], allowed: string): string {
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
function keysAt(schema: z.core.$ZodType, path: readonly (string | number)[]): readonly string[] {
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

type Written = z.infer<ReturnType<typeof configSchema>>;

function configOf(written: Written, places: ReadonlyMap<string, Span>, source: Source): Config {
  const name = (text: string): string => domainName(text) as string;
  const ignores = (written.ignore ?? []).map(({ rule, domain, until, reason }, index): Ignore => {
    const day = until === undefined ? undefined : dayOf(until);
    return {
      rule,
      ...(domain === undefined ? {} : { domain: name(domain) }),
      ...(day === undefined ? {} : { until: day }),
      reason: reason.trim(),
      at: places.get(placeKey(["ignore", index])) ?? source.span(0, 0),
    };
  });
  return {
    zones: (written.zones ?? []).map(({ path, origin }) => ({
      path: plainPath(path),
      ...(origin === undefined ? {} : { origin: name(origin) }),
    })),
    policies: (written.policies ?? []).map(({ path, domains }) => ({
      path: plainPath(path),
      ...(domains === undefined ? {} : { domains: domains.map(name) }),
    })),
    failOn: written["fail-on"],
    rollout: {
      minTestingDays: written.rollout?.["min-testing-days"] ?? DEFAULT_CONFIG.rollout.minTestingDays,
      enforcedElsewhere: (written.rollout?.["enforced-elsewhere"] ?? []).map(name),
    },
    severities: new Map(
      Object.entries(written.rules ?? {}).flatMap(([id, severity]) =>
        severity === undefined ? [] : [[id, severity] as const],
      ),
    ),
    ignores,
  };
}

/** `./` and doubled slashes say nothing. */
function plainPath(path: string): string {
  return path
    .split("/")
    .filter((step) => step !== "" && step !== ".")
    .join("/");
}

function atMost(problems: readonly Problem[]): readonly Problem[] {
  const more = problems[MOST];
  const ordered = problems.toSorted((a, b) => a.span.start.offset - b.span.start.offset);
  if (!more) return ordered;
  const message = `${problems.length - MOST + 1} more faults from here on: mend the ones above first.`;
  return [...ordered.slice(0, MOST - 1), { message, span: (ordered[MOST - 1] ?? more).span }];
}
