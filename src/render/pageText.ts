import { type ExampleSet, caption, exampleSets, withLabel } from "./examples.ts";
import { logSafe } from "./logSafe.ts";
import { type Block, blocks } from "./markdown.ts";
import { type Paint, type Style, painter } from "./paint.ts";
import { wrappedWords } from "./wrapped.ts";

/** How a page looks: `width` in columns, `color` for ANSI colours. */
export interface PageOptions {
  readonly width: number;
  readonly color: boolean;
}

/** A page of Markdown for a terminal: headings at the margin, all else below them, prose wrapped, code as it is. */
export function pageText(markdown: string, options: PageOptions): string {
  const page = blocks(markdown);
  const sets = exampleSets(page);
  const paint = painter(options.color);
  return page.map((block) => `${blockLines(block, sets, options, paint).join("\n")}\n`).join("\n");
}

/** One paragraph of Markdown, wrapped: `first` stands before its first line, as many blanks before the others. */
export function proseLines(text: string, first: string, options: PageOptions): readonly string[] {
  const paint = painter(options.color);
  const room = Math.max(20, options.width - first.length);
  const words = wordsOf(spans(text, options.color)).flatMap((word) => broken(word, room));
  return wrappedWords(words, room, length).map(
    (line, index) =>
      (index === 0 ? first : " ".repeat(first.length)) +
      line.map((word) => word.map(({ style, text: part }) => (style ? paint(style, part) : part)).join("")).join(" "),
  );
}

function blockLines(block: Block, sets: readonly ExampleSet[], options: PageOptions, paint: Paint): readonly string[] {
  if (block.kind === "heading") return [paint("bold", logSafe(block.text))];
  if (block.kind === "paragraph") return proseLines(withLabel(block.text), "  ", options);
  if (block.kind === "list") return block.items.flatMap(({ mark, text }) => proseLines(text, `  ${mark} `, options));
  const { path, when } = caption(block, sets) ?? {};
  const about = [path, when].filter((part) => part !== undefined).join(", ");
  const title = about === "" ? [] : [`    ${paint("dim", `${logSafe(about)}:`)}`, ""];
  return [...title, ...codeLines(block.text).map((line) => `    ${line}`.trimEnd())];
}

/** The lines of a code block, without the last line end; what would move the cursor is shown by its number. */
function codeLines(text: string): readonly string[] {
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => logSafe(line.replaceAll("\t", "    ")));
}

/** A stretch of text in one style. */
interface Run {
  readonly text: string;
  readonly style: Style | undefined;
}

const INLINE =
  /(`+)(?<code>.+?)\1|\*\*(?<strong>[^*]+)\*\*|\*(?<emphasis>[^*\s][^*]*)\*|\[(?<title>[^\]]+)\]\((?<url>[^)]+)\)/g;

/** Resolves the marks inside a paragraph; without colour, code of several words stands in typographic quotes. */
function spans(text: string, color: boolean): readonly Run[] {
  const runs: Run[] = [];
  const plain = (part: string): void => void (part !== "" && runs.push({ text: part, style: undefined }));
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    plain(text.slice(end, match.index));
    end = match.index + match[0].length;
    const { code, strong, emphasis, title, url } = match.groups ?? {};
    if (code !== undefined) runs.push({ text: color ? code : `“${code}”`, style: "code" });
    else if (title !== undefined) plain(`${title} (${url})`);
    else runs.push({ text: strong ?? emphasis ?? "", style: "bold" });
  }
  plain(text.slice(end));
  return runs;
}

type Word = readonly Run[];

function length(word: Word): number {
  return word.reduce((sum, { text }) => sum + text.length, 0);
}

/** Splits runs at their blanks; a word may hold several styles: a quoted word and its full stop. */
function wordsOf(runs: readonly Run[]): readonly Word[] {
  const words: Run[][] = [[]];
  for (const { text, style } of runs) {
    for (const [index, part] of text.split(" ").entries()) {
      if (index > 0) words.push([]);
      if (part !== "") words.at(-1)?.push({ text: logSafe(part), style });
    }
  }
  return words.filter((word) => word.length > 0);
}

/** A word that is longer than a line, in pieces. */
function broken(word: Word, room: number): readonly Word[] {
  if (length(word) <= room) return [word];
  return word.flatMap(({ text, style }) =>
    Array.from({ length: Math.ceil(text.length / room) }, (_, index) => [
      { text: text.slice(index * room, (index + 1) * room), style },
    ]),
  );
}
