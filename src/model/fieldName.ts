/** The fields of a policy that RFC 8461 §3.2 defines. */
export type FieldName = "version" | "mode" | "max_age" | "mx";

export const FIELD_NAMES: readonly FieldName[] = ["version", "mode", "max_age", "mx"];

/** Words of their own that are short enough to look like a slip of the pen: fields of other records, and a remark. */
const OTHERS = new Set(["id", "ttl", "note"]);

export function isFieldName(name: string): name is FieldName {
  return (FIELD_NAMES as readonly string[]).includes(name);
}

/** Which field a name other than the four was meant to be: another case, or a slip of one letter (`mx`) or two (the rest). */
export function intendedField(name: string): FieldName | undefined {
  const lower = name.toLowerCase();
  if (isFieldName(name) || OTHERS.has(lower)) return undefined;
  return FIELD_NAMES.find((known) => distance(lower, known) <= (known === "mx" ? 1 : 2));
}

/** Levenshtein's distance: how many letters to insert, delete or replace. */
export function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [above, letter] of [...from].entries()) {
    const next = [above + 1];
    for (const [index, wanted] of [...to].entries()) {
      const replaced = at(row, index) + (letter === wanted ? 0 : 1);
      next.push(Math.min(replaced, at(row, index + 1) + 1, at(next, index) + 1));
    }
    row = next;
  }
  return at(row, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
