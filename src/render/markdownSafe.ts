import { codePoint } from "../model/quote.ts";

/** Controls, bidi marks, lone surrogates, line ends and odd blanks: what would change how the text around it is shown. */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}]|[^\S ]/gu;

/** Code points of a stranger's text that one code span shows. */
const LONGEST = 200;

/** Seen by nobody, and no link, mention or reference survives it. */
const BREAK = "\u200B";

/** A stranger's text as a code span: on one line, clipped, nothing invisible in it, and nothing that ends the span. */
export function codeSpan(text: string, longest = LONGEST): string {
  const shown = visible(clipped(text, longest));
  if (shown === "") return "(empty)";
  const fence = "`".repeat(longestRun(shown) + 1);
  const padding = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** The same, for a cell of a table. */
export function cellSpan(text: string, longest?: number): string {
  return codeSpan(text, longest).replaceAll("|", "\\|");
}

/** Lines as a code block that nothing in them can end. */
export function codeBlock(lines: readonly string[], info = ""): string {
  const shown = lines.map((line) => visible(clipped(line, 1000)));
  const fence = "`".repeat(Math.max(3, ...shown.map((line) => longestRun(line) + 1)));
  return [`${fence}${info}`, ...shown, fence].join("\n");
}

/** A text that is shown as it is written: no Markdown, HTML, mention, reference or link in it. */
export function escaped(text: string): string {
  return text
    .replace(UNSHOWN, codePoint)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_[\]|~]/g, "\\$&")
    .replace(/^(\s*)([-+=!]|#{1,6}(?=\s|$))/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/, "$1\\$2")
    .replace(/!(?=\\\[)/g, "\\!")
    .replace(
      /@|#(?=\d)|\bGH-(?=\d)|\bwww(?=\.)|:(?=\/\/)|\b(?=[0-9a-f]{7,40}\b)(?=\S*\d)(?=\S*[a-f])[0-9a-f]{6}/gi,
      `$&${BREAK}`,
    );
}

/** A finding's message or another sentence of ours: prose escaped, what stands in backquotes as code, further lines as a block. */
export function prose(message: string): string {
  const [first = "", ...more] = message.split("\n");
  const parts = first.split("`");
  const isPaired = parts.length % 2 === 1;
  const text = isPaired
    ? parts.map((part, index) => (index % 2 === 1 ? codeSpan(part) : escaped(part))).join("")
    : escaped(first);
  return more.length === 0 ? text : `${text}\n\n${codeBlock(more)}`;
}

/** The address of a place in a text, percent-encoded as a link's target; undefined where a name is not UTF-8. */
export function pathInUrl(path: string): string | undefined {
  try {
    return path
      .split("/")
      .map((part) => encodeURIComponent(part).replace(/[!'()*]/g, percent))
      .join("/");
  } catch {
    return undefined;
  }
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** An HTML comment could pass for a marker of ours. */
function visible(text: string): string {
  return text.replaceAll("\t", "    ").replace(UNSHOWN, codePoint).replaceAll("<!--", "<! --");
}

function clipped(text: string, longest: number): string {
  // A code point has at most two units, so that a line of megabytes costs no more than a short one.
  const points = Array.from(text.slice(0, 2 * longest + 2));
  return points.length > longest ? `${points.slice(0, longest).join("")}…` : text;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}
