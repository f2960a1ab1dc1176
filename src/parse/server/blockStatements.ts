/** One statement of a configuration with blocks: its words, and the heads of the blocks around it, the innermost last. */
export interface Statement {
  readonly words: readonly string[];
  readonly blocks: readonly Block[];
}

/** A block; the same object for every statement in it. */
export interface Block {
  readonly words: readonly string[];
}

/**
 * The statements of `word word { word word; }`, the shape that BIND and nginx share; `token` matches at every place a comment,
 * a blank, a mark, a quoted text (group 1 or 2) or a word. Never throws: what is broken is one statement more or less.
 */
export function* blockStatements(text: string, token: RegExp): Generator<Statement> {
  let words: string[] = [];
  let blocks: readonly Block[] = [];
  for (const [whole, double, single] of text.matchAll(token)) {
    if (whole === "{") {
      // Nothing of interest lies deeper; the limit keeps a file of braces from growing lists without end.
      blocks = [...blocks.slice(-MAX_DEPTH), { words }];
      words = [];
    } else if (whole === "}" || whole === ";") {
      if (words.length > 0) yield { words, blocks };
      words = [];
      if (whole === "}") blocks = blocks.slice(0, -1);
    } else if (!/^(?:\s|\/[/*]|#)/.test(whole)) words.push(double ?? single ?? whole);
  }
}

const MAX_DEPTH = 16;
