import { git, gitText } from "./git.ts";

/** One file of a comparison, as git tells it. */
export interface ChangedFile {
  readonly status: "added" | "removed" | "modified" | "renamed" | "changed";
  readonly filename: string;
  readonly previous?: string;
  /** The blob at head, or at base where it was removed. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** Undefined for binary files and renames that change nothing. */
  readonly patch: string | undefined;
  readonly lines: PatchLines;
}

/** The lines that a patch shows, by number, each with the number of its hunk. */
export interface PatchLines {
  readonly right: ReadonlyMap<number, number>;
  /** The deleted ones. */
  readonly left: ReadonlyMap<number, number>;
}

/** What differs between two trees, with renames of at least half as GitHub finds them. */
export async function changedFiles(directory: string, base: string, head: string): Promise<readonly ChangedFile[]> {
  if (base === head) return [];
  const range = ["-r", "-M", "-l3000", "--no-ext-diff", "--no-textconv", "--ignore-submodules=none", base, head];
  const [raw, patches] = await Promise.all([
    git(directory, ["diff-tree", "--raw", "-z", "--no-abbrev", ...range]),
    git(directory, ["diff-tree", "-p", "--no-color", "--full-index", ...range]),
  ]);
  // Not by a pattern's line starts: those are also after a carriage return, which a file may hold anywhere.
  const texts = `\n${patches.toString("utf8")}`.split("\ndiff --git ").slice(1);
  const fields = raw.toString("utf8").split("\0");
  const files: ChangedFile[] = [];
  for (let index = 0; index + 1 < fields.length;) {
    const [, , before = "", after = "", letter = ""] = (fields[index++] ?? "").split(" ");
    const path = fields[index++] ?? "";
    const isRename = letter.startsWith("R");
    const filename = isRename ? (fields[index++] ?? "") : path;
    const patch = hunksOf(texts[files.length] ?? "");
    files.push({
      status: STATUS[letter.charAt(0)] ?? "modified",
      filename,
      ...(isRename ? { previous: path } : {}),
      sha: letter === "D" ? before : after,
      additions: countLines(patch, "+"),
      deletions: countLines(patch, "-"),
      patch,
      lines: linesOf(patch ?? ""),
    });
  }
  return files.toSorted((a, b) => (a.filename < b.filename ? -1 : 1));
}

export async function mergeBase(directory: string, a: string, b: string): Promise<string> {
  return gitText(directory, "merge-base", a, b);
}

/** The hunk that shows a line, up to that line: what a comment on it carries. */
export function hunkUpTo(patch: string, side: "LEFT" | "RIGHT", line: number): string {
  const lines = patch.split("\n");
  let hunk = 0;
  for (const { index, left, right } of walk(patch)) {
    if (lines[index]?.startsWith("@@")) hunk = index;
    else if ((side === "LEFT" ? left : right) === line) return lines.slice(hunk, index + 1).join("\n");
  }
  return "";
}

function hunksOf(text: string): string | undefined {
  const start = text.indexOf("\n@@ ");
  return start < 0 ? undefined : text.slice(start + 1).replace(/\n$/, "");
}

function countLines(patch: string | undefined, sign: string): number {
  return patch?.split("\n").filter((line) => line.startsWith(sign)).length ?? 0;
}

function linesOf(patch: string): PatchLines {
  const left = new Map<number, number>();
  const right = new Map<number, number>();
  for (const line of walk(patch)) {
    if (line.right !== undefined) right.set(line.right, line.hunk);
    if (line.left !== undefined) left.set(line.left, line.hunk);
  }
  return { left, right };
}

/** A patch's lines with their numbers: `right` for added and unchanged ones, `left` for deleted ones. */
function* walk(patch: string): Iterable<{ index: number; hunk: number; left?: number; right?: number }> {
  let hunk = 0;
  let left = 0;
  let right = 0;
  for (const [index, line] of patch.split("\n").entries()) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)/.exec(line);
    if (header) {
      [left, right, hunk] = [Number(header[1]), Number(header[2]), hunk + 1];
      yield { index, hunk };
    } else if (line.startsWith("-")) yield { index, hunk, left: left++ };
    else if (line.startsWith("+")) yield { index, hunk, right: right++ };
    else if (line.startsWith(" ")) {
      left++;
      yield { index, hunk, right: right++ };
    }
  }
}

const STATUS: Readonly<Record<string, ChangedFile["status"]>> = {
  A: "added",
  D: "removed",
  M: "modified",
  R: "renamed",
  T: "changed",
};
