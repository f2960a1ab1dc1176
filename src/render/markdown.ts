/** A piece of a rule's page; the pages use no more of Markdown than this. */
export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly ListItem[] }
  | { readonly kind: "code"; readonly info: string; readonly text: string };

/** One item of a list: what stands before it (`-`, `2.`), and its text. */
export interface ListItem {
  readonly mark: string;
  readonly text: string;
}

const FENCE = /^```(.*)$/;
const HEADING = /^#{1,6} +(.+)$/;
const ITEM = /^ {0,3}([-*]|\d+\.) +(.+)$/;

/** Reads Markdown into its blocks: headings, paragraphs, flat lists and fenced code; lines of one block are joined by blanks. */
export function blocks(markdown: string): readonly Block[] {
  const lines = markdown.replaceAll("\r\n", "\n").split("\n");
  const found: Block[] = [];
  let at = 0;
  const take = (belongs: (line: string) => boolean): readonly string[] => {
    const from = at++;
    while (at < lines.length && belongs(lines[at] ?? "")) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const [, info] = FENCE.exec(line) ?? [];
    const [, title] = HEADING.exec(line) ?? [];
    if (info !== undefined) {
      const text = take((next) => next !== "```").slice(1);
      at++;
      found.push({ kind: "code", info, text: text.map((row) => `${row}\n`).join("") });
    } else if (title !== undefined) {
      found.push({ kind: "heading", text: title });
      at++;
    } else if (ITEM.test(line)) {
      found.push({ kind: "list", items: items(take((next) => next.trim() !== "" && !endsProse(next))) });
    } else if (line.trim() === "") at++;
    else {
      const text = take((next) => next.trim() !== "" && !endsProse(next) && !ITEM.test(next));
      found.push({ kind: "paragraph", text: joined(text) });
    }
  }
  return found;
}

function endsProse(line: string): boolean {
  return FENCE.test(line) || HEADING.test(line);
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join(" ");
}

function items(lines: readonly string[]): readonly ListItem[] {
  const found: { mark: string; lines: string[] }[] = [];
  for (const line of lines) {
    const [, mark, text] = ITEM.exec(line) ?? [];
    if (mark !== undefined && text !== undefined) found.push({ mark, lines: [text] });
    else found.at(-1)?.lines.push(line);
  }
  return found.map((item) => ({ mark: item.mark, text: joined(item.lines) }));
}
