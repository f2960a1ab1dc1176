/** Lines from `first` to `last`, both inclusive; empty if `last` is before `first`. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

/** One hunk of a patch. */
export interface Hunk {
  /** The lines of head that it shows, changed or not: all of them carry comments on the side RIGHT. */
  readonly right: LineRange;
  /** The lines of base that it deletes: those carry comments on the side LEFT. */
  readonly deleted: ReadonlySet<number>;
}

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** The hunks of a file's patch as GitHub gives it: without a file header, lines ended by LF only. */
export function diffLines(patch: string): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let [left, oldLeft, newLeft] = [0, 0, 0];
  let deleted = new Set<number>();
  for (const line of patch.split("\n")) {
    if (oldLeft <= 0 && newLeft <= 0) {
      // Only between hunks: a deleted or added line may look like a header.
      const [, from, count = "1", to, added = "1"] = HEADER.exec(line) ?? [];
      if (from === undefined) continue;
      [left, oldLeft, newLeft] = [Number(from), Number(count), Number(added)];
      deleted = new Set();
      hunks.push({ right: { first: Number(to), last: Number(to) + newLeft - 1 }, deleted });
    } else if (line.startsWith("-")) {
      deleted.add(left++);
      oldLeft--;
    } else if (line.startsWith("+")) {
      newLeft--;
    } else if (!line.startsWith("\\")) {
      left++;
      oldLeft--;
      newLeft--;
    }
  }
  return hunks;
}

/** The hunk that shows all lines of a range of head. */
export function hunkWith(hunks: readonly Hunk[], { first, last }: LineRange): Hunk | undefined {
  return hunks.find(({ right }) => first >= right.first && last <= right.last && first <= last);
}
