import { distance } from "./fieldName.ts";

/** The known word that a misspelt one was most likely meant to be: at most a third of its letters differ, case aside. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  // Longer ones are no slip of the pen, and comparing them takes time.
  if (word.length > 64) return undefined;
  const allowed = Math.max(1, Math.floor(word.length / 3));
  const ranked = known
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate) }))
    .filter(({ far }) => far <= allowed)
    .toSorted((a, b) => a.far - b.far);
  return ranked[0]?.candidate;
}
