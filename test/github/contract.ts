import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import ajvFormats from "ajv-formats";
import type { Json } from "./emulated.ts";

/** An operation of GitHub's REST API, as its OpenAPI description tells it. */
export interface Operation {
  readonly method: string;
  /** "/repos/{owner}/{repo}/pulls/{pull_number}" */
  readonly template: string;
  readonly params: Readonly<Record<string, string>>;
  readonly description: Json;
}

/**
 * GitHub's own OpenAPI description, to hold requests and responses against.
 *
 * Thirteen megabytes: read once a process, when first needed; each validator is compiled when first needed.
 */
export class Contract {
  readonly #description: Json;
  readonly #templates: readonly (readonly [string, readonly string[]])[];
  readonly #validators = new Map<string, ValidateFunction>();
  readonly #ajv = new Ajv({ strict: false, validateSchema: false, logger: false });
  readonly #components = new Set<string>();

  private constructor() {
    const path = createRequire(import.meta.url).resolve("@octokit/openapi/generated/api.github.com.json");
    this.#description = JSON.parse(readFileSync(path, "utf8"));
    this.#templates = Object.keys(this.#description.paths)
      .map((template) => [template, template.split("/")] as const)
      .toSorted(([, a], [, b]) => literals(b) - literals(a));
    for (const [schema = "", ...path] of TRULY_NULLABLE) {
      let part = this.#description.components.schemas[schema];
      for (const name of path) part = part.properties[name];
      Object.assign(part, { nullable: true, allOf: part.$ref ? [{ $ref: part.$ref }] : [], $ref: undefined });
    }
    ajvFormats.default(this.#ajv);
  }

  static #shared: Contract | undefined;

  static get shared(): Contract {
    return (this.#shared ??= new Contract());
  }

  /** What GitHub does at an address; `path` as it was sent, still encoded. Undefined where there is nothing. */
  operation(method: string, path: string): Operation | undefined {
    const segments = path.split("/");
    for (const [template, parts] of this.#templates) {
      const description = this.#description.paths[template][method.toLowerCase()];
      const params = description && match(parts, segments);
      if (params) return { method, template, params, description };
    }
    return undefined;
  }

  /** What is wrong with a request; empty where nothing is. */
  requestFaults(operation: Operation, query: URLSearchParams, body: Json): readonly string[] {
    const { description } = operation;
    const parameters: Json[] = (description.parameters ?? []).map((parameter: Json) => this.#resolve(parameter));
    const known = new Map(parameters.filter((each) => each.in === "query").map((each) => [each.name, each]));
    const faults: string[] = [];
    for (const [name, value] of query) {
      const parameter = known.get(name);
      if (!parameter) faults.push(`query ${name} is not known`);
      else faults.push(...this.#queryFaults(name, parameter.schema, value, operation));
    }
    for (const [name, { required }] of known) if (required && !query.has(name)) faults.push(`query ${name} is missing`);
    const schema = description.requestBody?.content?.["application/json"]?.schema;
    if (body === undefined) return description.requestBody?.required ? [...faults, "the body is missing"] : faults;
    if (!schema) return [...faults, "a body is not expected"];
    faults.push(...this.#faults("body", schema, body, operation));
    return [...faults, ...this.#unknownKeys(schema, body, "body")];
  }

  /** What is wrong with a JSON answer; an error's body is only looked at where it is described. */
  responseFaults(operation: Operation, status: number, body: Json): readonly string[] {
    const described = operation.description.responses[String(status)];
    if (!described) return status < 400 ? [`status ${status} is not described`] : [];
    const content = this.#resolve(described).content;
    const schema = (content?.["application/json"] ?? content?.["application/scim+json"])?.schema;
    if (!schema) return body === undefined || status >= 400 ? [] : [`status ${status} has no body`];
    return this.#faults(`status ${status}`, schema, body, operation);
  }

  #faults(what: string, schema: Json, value: Json, { method, template }: Operation): readonly string[] {
    const validate = this.#validator(`${method} ${template} ${what}`, schema);
    return validate(value) ? [] : [`${what}: ${errorsText(validate)}`];
  }

  /** A query's values are texts, whatever the schema calls them. */
  #queryFaults(name: string, schema: Json, text: string, { method, template }: Operation): readonly string[] {
    const validate = this.#validator(`${method} ${template} query ${name}`, schema);
    const readings = [text, Number(text), text === "true", [text]];
    const plausible = readings.filter((reading) => String(reading) === text);
    return plausible.some((reading) => validate(reading)) ? [] : [`query ${name}: ${errorsText(validate)}`];
  }

  #validator(key: string, schema: Json): ValidateFunction {
    const known = this.#validators.get(key);
    if (known) return known;
    const validate = this.#ajv.compile(this.#convert(schema));
    this.#validators.set(key, validate);
    return validate;
  }

  /** The schema as JSON Schema; the components that it names are made known on the way. */
  #convert(schema: Json): Json {
    if (Array.isArray(schema)) return schema.map((each) => this.#convert(each));
    if (typeof schema !== "object" || schema === null) return schema;
    if (typeof schema.$ref === "string") return { $ref: this.#component(schema.$ref) };
    const entries = Object.entries(schema).filter(([name]) => !DECORATION.has(name));
    const converted = Object.fromEntries(entries.map(([name, part]) => [name, this.#convertPart(name, part)]));
    return schema.nullable === true ? { anyOf: [{ type: "null" }, converted] } : converted;
  }

  #convertPart(name: string, part: Json): Json {
    if (name === "enum" || name === "required") return part;
    if (name !== "properties") return this.#convert(part);
    return Object.fromEntries(Object.entries(part).map(([property, each]) => [property, this.#convert(each)]));
  }

  #component(ref: string): string {
    const id = `https://schemas${ref.slice(1)}`;
    if (!this.#components.has(id)) {
      // Noted before it is converted: components name themselves.
      this.#components.add(id);
      this.#ajv.addSchema({ $id: id, ...this.#convert(this.#resolve({ $ref: ref })) }, id, true, false);
    }
    return id;
  }

  #resolve(part: Json): Json {
    if (typeof part?.$ref !== "string") return part;
    let found = this.#description;
    for (const key of part.$ref.slice(2).split("/")) found = found[key];
    return this.#resolve(found);
  }

  /** GitHub overlooks what it does not know, so that a misspelt name would do nothing in silence. */
  #unknownKeys(schema: Json, value: Json, at: string): readonly string[] {
    const { type, properties, items, additionalProperties } = this.#resolve(schema);
    if (type === "array" && Array.isArray(value)) {
      return value.flatMap((each, index) => this.#unknownKeys(items, each, `${at}[${index}]`));
    }
    if (!properties || additionalProperties || typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([name, each]) =>
      properties[name] ? this.#unknownKeys(properties[name], each, `${at}.${name}`) : [`${at}.${name} is not known`],
    );
  }
}

/** How many segments of an address are no parameters: the more, the better it fits. */
function literals(parts: readonly string[]): number {
  return parts.filter((part) => !part.startsWith("{")).length;
}

/** The parameters of a path, undefined where it does not fit; a path within a repository may span segments. */
function match(parts: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const isPath = parts.at(-1) === "{path}" && segments.length > parts.length;
  if (!isPath && parts.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const segment = isPath && isLast ? segments.slice(index).join("/") : (segments[index] ?? "");
    if (part.startsWith("{")) params[part.slice(1, -1)] = decodeURIComponent(segment);
    else if (part !== segment) return undefined;
  }
  return params;
}

function errorsText({ errors }: ValidateFunction): string {
  return (errors ?? [])
    .slice(0, 4)
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`)
    .join(", ");
}

/** Where GitHub answers null and its description says otherwise: deleted forks, outdated comments. */
const TRULY_NULLABLE: readonly (readonly string[])[] = [
  ["pull-request", "head", "repo"],
  ["pull-request", "head", "user"],
  ["pull-request-simple", "head", "repo"],
  ["pull-request-simple", "head", "user"],
  ["pull-request-review-comment", "position"],
  ["pull-request-review-comment", "line"],
  ["pull-request-review-comment", "original_line"],
];

/** What tells nothing about validity, or is dealt with elsewhere. */
const DECORATION: ReadonlySet<string> = new Set([
  "title",
  "description",
  "example",
  "examples",
  "default",
  "deprecated",
  "externalDocs",
  "nullable",
]);
