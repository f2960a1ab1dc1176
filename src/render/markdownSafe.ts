import { PROVIDER_PAGES } from "../model/mailProvider.ts";
import { codePoint } from "../model/quote.ts";
import { sourceUrl } from "./sourceUrl.ts";

/** What hides, reverses or moves text. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;
const UNSHOWN_BUT_LINES = /(?![\t\n])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Between two characters that GitHub would read as one thing; no width. */
const APART = "\u200B";

/** A stranger's text in a code span: one line, clipped, what is invisible shown by its number. */
export function codeSpan(text: string, longest = 200): string {
  const shown = clipped(text, longest).replace(UNSHOWN, codePoint).replaceAll("<!--", "<! --");
  if (shown.trim() === "") return "`(empty)`";
  const fence = "`".repeat(longestRun(shown) + 1);
  const pad = /^[`\s]|[`\s]$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A code span that is safe in a table, whose cells end at a `|` wherever it stands. */
export function cellSpan(text: string, longest?: number): string {
  return codeSpan(text, longest).replaceAll("|", codePoint("|"));
}

/** A stranger's lines as a fenced block that ends with its fence; `text` needs no final line end. */
export function codeBlock(text: string, language: string): string {
  const shown = text.replaceAll("\r\n", "\n").replace(UNSHOWN_BUT_LINES, codePoint).replaceAll("<!--", "<! --");
  const fence = "`".repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown === "" || shown.endsWith("\n") ? shown : `${shown}\n`}${fence}`;
}

/** Text as one paragraph that means nothing but itself: no markup, no HTML, no mention, no reference, no link. */
export function escaped(text: string, longest = 4000): string {
  return clipped(text, longest)
    .replace(UNSHOWN, codePoint)
    .replace(/[\\`*_[\]~$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/@(?=\S)/g, `@${APART}`)
    .replace(/#(?=\d)/g, `#${APART}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${APART}`)
    .replaceAll("|", "&#124;")
    .replace(/:(?=[\w+-]+:)/g, `:${APART}`)
    .replaceAll("://", `:${APART}//`)
    .replace(/\b(www)\./gi, `$1${APART}.`)
    .replace(/\b(mailto|xmpp):/gi, `$1${APART}:`)
    .replace(/^(\s*)([-+=#]|\d+(?=[.)]))/, (_, blanks: string, mark: string) =>
      /\d/.test(mark) ? `${blanks}${mark}${APART}` : `${blanks}\\${mark}`,
    );
}

/**
 * A message of ours, in which a stranger's text stands in backquotes only: those become code spans, the rest is escaped; in it
 * a section of an RFC, and a page of our own tables, become links. The length is that of the message, which rules keep short.
 */
export function prose(message: string): string {
  return message
    .split(/(`[^`\n]*`)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part.slice(1, -1)) : withPages(part)))
    .join("");
}

/** The only addresses that become links are those that we wrote down ourselves, whoever brings them into a message. */
function withPages(text: string): string {
  return text
    .split(PAGES)
    .map((part, index) => (index % 2 === 1 ? `<${part}>` : withReferences(escaped(part))))
    .join("");
}

const PAGES = new RegExp(`(${PROVIDER_PAGES.map((page) => page.replace(/[.?+*]/g, "\\$&")).join("|")})`);

function withReferences(text: string): string {
  return text.replace(/RFC \d+ §\d+(?:\.\d+)*/g, (reference) => `[${reference}](${sourceUrl(reference) ?? ""})`);
}

function clipped(text: string, longest: number): string {
  const points = Array.from(text.slice(0, 2 * longest + 2));
  return points.length > longest ? `${points.slice(0, longest).join("")}…` : text;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
