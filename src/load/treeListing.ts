import { treeEntry } from "./rawDiff.ts";
import type { CommitTree, TreeEntry } from "./repository.ts";

const MAX_SEARCHES = 64;

/**
 * The paths of one commit, kept as the text that `git ls-tree -r -z` printed and searched in place: of 100,000 entries a
 * change needs a handful, and making objects of all of them would take longer than everything else.
 */
export class TreeListing implements CommitTree {
  /** Every entry as `\0<mode> <type> <id>\t<path>\0`. */
  readonly #text: string;
  #searches = 0;
  /** What was searched for once, since it is asked in every round. */
  readonly #holding = new Map<readonly string[], readonly string[]>();
  #links: readonly TreeEntry[] | undefined;
  /** Where each path's entry starts, once so many were asked for that searching costs more. */
  #starts: ReadonlyMap<string, number> | undefined;

  readonly isCut: boolean;

  constructor(text: string, isCut = false) {
    this.#text = `\0${text}`;
    this.isCut = isCut;
  }

  has(path: string): boolean {
    return this.entry(path) !== undefined;
  }

  entry(path: string): TreeEntry | undefined {
    const start = this.#startOf(path);
    if (start === undefined) return undefined;
    const [mode = "", , id = ""] = this.#text.slice(start, this.#text.indexOf("\t", start)).split(" ");
    return treeEntry(path, mode, id);
  }

  #startOf(path: string): number | undefined {
    if (++this.#searches > MAX_SEARCHES) return (this.#starts ??= this.#index()).get(path);
    const wanted = `\t${path}\0`;
    for (let at = this.#text.indexOf(wanted); at >= 0; at = this.#text.indexOf(wanted, at + 1)) {
      const start = this.#text.lastIndexOf("\0", at) + 1;
      // A path may hold a tab itself: the first one of the entry ends its id.
      if (this.#text.indexOf("\t", start) === at) return start;
    }
    return undefined;
  }

  #index(): ReadonlyMap<string, number> {
    const starts = new Map<string, number>();
    for (let start = 1, end = 0; (end = this.#text.indexOf("\0", start)) >= 0; start = end + 1) {
      starts.set(this.#text.slice(this.#text.indexOf("\t", start) + 1, end), start);
    }
    return starts;
  }

  named(file: string): readonly string[] {
    const paths: string[] = [];
    const literal = file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    for (const { index } of this.#text.matchAll(new RegExp(`${literal}\\0`, "gi"))) {
      const path = this.#pathAt(index + file.length);
      if (path.length === file.length || path.at(-file.length - 1) === "/") paths.push(path);
    }
    return paths;
  }

  holding(words: readonly string[]): readonly string[] {
    const known = this.#holding.get(words);
    if (known) return known;
    const paths = new Set<string>();
    for (const word of words) {
      for (let at = this.#text.indexOf(word); at >= 0;) {
        const end = this.#text.indexOf("\0", at);
        const path = this.#pathAt(end);
        if (path.includes(word)) paths.add(path);
        at = this.#text.indexOf(word, end);
      }
    }
    this.#holding.set(words, [...paths]);
    return [...paths];
  }

  links(): readonly TreeEntry[] {
    return (this.#links ??= this.#findLinks());
  }

  #findLinks(): readonly TreeEntry[] {
    const mark = "\x00120000 ";
    const entries: TreeEntry[] = [];
    for (let start = this.#text.indexOf(mark); start >= 0; start = this.#text.indexOf(mark, start + 1)) {
      const tab = this.#text.indexOf("\t", start);
      const [mode = "", , id = ""] = this.#text.slice(start + 1, tab).split(" ");
      const entry = treeEntry(this.#text.slice(tab + 1, this.#text.indexOf("\0", tab)), mode, id);
      if (entry) entries.push(entry);
    }
    return entries;
  }

  *[Symbol.iterator](): Iterator<string> {
    for (let end = this.#text.indexOf("\0", 1); end >= 0; end = this.#text.indexOf("\0", end + 1))
      yield this.#pathAt(end);
  }

  /** The path of the entry that ends at a NUL. */
  #pathAt(end: number): string {
    const start = this.#text.lastIndexOf("\0", end - 1) + 1;
    return this.#text.slice(this.#text.indexOf("\t", start) + 1, end);
  }
}
