import { type YAMLError, isAlias, isMap, isNode, isScalar, isSeq, parseDocument } from "yaml";
import { quote } from "../../model/quote.ts";
import { type Fault, KEY, type Path, type Places, type Range, TOP } from "./configPlaces.ts";

/** What a text says, or what keeps it from being YAML. */
export interface ReadYaml {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

/** Reads one YAML document, and notes where its parts are written. */
export function readYaml(text: string, places: Places): ReadYaml {
  const refused = (message: string): ReadYaml => ({
    value: undefined,
    faults: [{ message: () => message, range: TOP }],
  });
  try {
    // Its own search for equal keys takes the square of their number. "silent" would pass over a second document.
    const options = {
      schema: "core",
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "error",
    } as const;
    const { errors, warnings, contents } = parseDocument(text, options);
    if (errors.some(isTooDeep)) return refused(TOO_DEEP);
    const faults = [...errors, ...warnings].map((error) => ({ message: () => yamlFault(error), range: error.pos }));
    if (faults.length > 0) return { value: undefined, faults };
    if (contents === null || (isScalar(contents) && contents.value === null))
      return refused("The file is empty: write `version: 1` and what you want to set, or delete the file.");
    const reading = { places, faults: [] };
    return { value: valueOf(contents, [], reading), faults: reading.faults };
  } catch (error) {
    if (error instanceof RangeError) return refused(TOO_DEEP);
    throw error;
  }
}

const TOO_DEEP = "The file is nested far deeper than any configuration: write it anew.";

/** The library catches the overflow of its own stack, and calls it a fault of the text. */
function isTooDeep({ message }: YAMLError): boolean {
  return message.includes("call stack");
}

/** The plain value of a node; the place of each of its parts is noted. */
function valueOf(node: unknown, path: Path, reading: { readonly places: Places; readonly faults: Fault[] }): unknown {
  const { places, faults } = reading;
  if (!isNode(node)) return null;
  places.note(path, node.range);
  const fault = (message: string, range: Range | null | undefined): void => {
    faults.push({ message: () => message, range: range ?? TOP });
  };
  if (isAlias(node)) {
    fault(`${quote(`*${node.source}`)} refers to another place: write the value out here.`, node.range);
    return undefined;
  }
  if (isSeq(node)) return node.items.map((item, index) => valueOf(item, [...path, index], reading));
  if (!isMap(node)) return isScalar(node) ? node.value : null;
  const value: Record<string, unknown> = {};
  for (const { key, value: inner } of node.items) {
    if (!isScalar(key)) {
      fault("A key here is no plain word: write `key: value` lines.", isNode(key) ? key.range : node.range);
      continue;
    }
    const name = String(key.value);
    if (Object.hasOwn(value, name)) fault(`The key ${quote(name)} stands twice here: keep one of them.`, key.range);
    const here = [...path, name];
    places.note(here, key.range);
    places.note([...here, KEY], key.range);
    // `__proto__` must be a key like any other.
    const read = { value: valueOf(inner, here, reading), enumerable: true, configurable: true, writable: true };
    Object.defineProperty(value, name, read);
  }
  return value;
}

/** What YAML's faults mean for somebody who does not know its grammar; the rest is told in the library's words. */
const YAML_FAULTS: Readonly<Partial<Record<YAMLError["code"], string>>> = {
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
