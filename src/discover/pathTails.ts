/** Longer common ends than this tell nothing more. */
const MAX_TAIL = 32;

/** Some paths of the repository, to be found by where they lie on a server: what they have in common is the end. */
export class PathTails {
  /** Undefined for an end that several paths have. */
  readonly #byTail = new Map<string, string | undefined>();

  constructor(paths: Iterable<string>) {
    for (const path of paths)
      for (const tail of tailsOf(path)) this.#byTail.set(tail, this.#byTail.has(tail) ? undefined : path);
  }

  /** The one path that ends like `place` the longest, at least in the file's name, and how many names they share. */
  longest(place: string): { readonly path: string; readonly shared: number } | undefined {
    const found = tailsOf(place)
      .toReversed()
      .find((tail) => this.#byTail.has(tail));
    const path = found === undefined ? undefined : this.#byTail.get(found);
    return found === undefined || path === undefined ? undefined : { path, shared: found.split("/").length };
  }
}

/** `c`, `b/c`, `a/b/c`: without empty names and `.`. */
function tailsOf(path: string): readonly string[] {
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  const tails: string[] = [];
  for (let from = names.length - 1; from >= 0 && tails.length < MAX_TAIL; from--) {
    const shorter = tails.at(-1);
    tails.push(shorter === undefined ? (names[from] as string) : `${names[from]}/${shorter}`);
  }
  return tails;
}
