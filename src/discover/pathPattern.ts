import { aLabels } from "../model/aLabels.ts";
import { type Name, nameOf } from "../model/name.ts";

/** What a path pattern says of a path that it matches: the name that stands in the place of `{origin}` or `{domain}`. */
export interface PathMatch {
  readonly name: Name | undefined;
}

/** A path pattern of the configuration. */
export interface PathPattern {
  /** The one path it stands for, if it holds neither `*` nor a placeholder. */
  readonly literal: string | undefined;
  match(path: string): PathMatch | undefined;
}

/**
 * Reads a path pattern: `*` stands for anything within a folder or file name, `**` as a whole name for any number of folders,
 * `{origin}` and `{domain}` for a domain name, which may be written with U-labels. Our own and no library's, because none
 * catches names, and because it must stay quick whatever somebody writes: at most pattern times path steps.
 */
export function pathPattern(pattern: string): PathPattern {
  const texts = segments(pattern);
  const parts = texts.map(segment);
  const wild = parts.findIndex((part) => !isLiteral(part));
  if (wild < 0) {
    const literal = texts.join("/");
    return { literal, match: (path) => (composed(path) === literal ? { name: undefined } : undefined) };
  }
  const start = texts
    .slice(0, wild)
    .map((text) => `${text}/`)
    .join("");
  return {
    literal: undefined,
    match: (path) => {
      const whole = composed(path);
      return whole.startsWith(start) ? matchSegments(parts, whole.split("/")) : undefined;
    },
  };
}

/** A path with its letters as one code point each, since file systems and editors differ in that. */
export function composed(path: string): string {
  return /^[\x20-\x7e]*$/.test(path) ? path : path.normalize("NFC");
}

function segments(pattern: string): readonly string[] {
  return composed(pattern)
    .split("/")
    .filter((part) => part !== "" && part !== ".");
}

type Segment = "**" | { readonly before: string; readonly after: string | undefined };

const PLACEHOLDER = /\{(?:origin|domain)\}/;

function segment(text: string): Segment {
  if (text === "**") return "**";
  const [before = "", ...after] = text.split(PLACEHOLDER);
  // A second placeholder in one name says nothing that the first does not.
  return { before, after: after.length > 0 ? after.join("*") : undefined };
}

function isLiteral(part: Segment): boolean {
  return part !== "**" && part.after === undefined && !part.before.includes("*");
}

/** Greedy: of several `**` only the last may need more than it has, so nothing is tried twice. */
function matchSegments(parts: readonly Segment[], path: readonly string[]): PathMatch | undefined {
  const names: (Name | undefined)[] = [];
  let [part, at] = [0, 0];
  let retry: readonly [part: number, at: number] | undefined;
  while (at < path.length) {
    const wanted = parts[part];
    if (wanted === "**") {
      retry = [++part, at];
      continue;
    }
    const found = wanted && matchSegment(wanted, path[at] ?? "");
    if (found) {
      names[part++] = found.name;
      at++;
    } else if (retry) {
      retry = [retry[0], retry[1] + 1];
      [part, at] = retry;
      names.length = part;
    } else return undefined;
  }
  if (parts.slice(part).some((rest) => rest !== "**")) return undefined;
  const [name, ...others] = new Set(names.filter((each) => each !== undefined));
  return others.length > 0 ? undefined : { name };
}

function matchSegment({ before, after }: Exclude<Segment, "**">, text: string): PathMatch | undefined {
  if (after === undefined) return matchesGlob(before, text) ? { name: undefined } : undefined;
  let [start, end] = [0, text.length];
  while (start <= text.length && !matchesGlob(before, text.slice(0, start))) start++;
  while (end >= start && !matchesGlob(after, text.slice(end))) end--;
  const name = end > start ? domainName(text.slice(start, end)) : undefined;
  return name === undefined ? undefined : { name };
}

/** Whether a text is what a pattern with `*` says; greedy like the whole path. */
function matchesGlob(glob: string, text: string): boolean {
  if (!glob.includes("*")) return glob === text;
  const pieces = glob.split("*");
  const first = pieces.shift() ?? "";
  const last = pieces.pop() ?? "";
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const piece of pieces) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return at <= text.length - last.length;
}

/** The name that a text writes, undefined where it can be none. */
function domainName(text: string): Name | undefined {
  const name = nameOf(aLabels(text).toLowerCase());
  return name.length <= 255 && /^(?:[a-z0-9_-]{1,63}\.)+$/.test(name) ? name : undefined;
}
