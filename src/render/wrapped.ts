/** Breaks a text at its blanks into lines of at most `width` characters; a longer word has a line of its own. */
export function wrapped(text: string, width: number): readonly string[] {
  return wrappedWords(text.split(" "), width, (word) => word.length).map((line) => line.join(" "));
}

/** The same for words that are more than their text: `length` tells how many columns one takes. */
export function wrappedWords<T>(
  words: readonly T[],
  width: number,
  length: (word: T) => number,
): readonly (readonly T[])[] {
  const lines: T[][] = [];
  let line: T[] = [];
  let used = 0;
  for (const word of words) {
    if (line.length > 0 && used + 1 + length(word) > width) {
      lines.push(line);
      line = [];
    }
    used = line.length === 0 ? length(word) : used + 1 + length(word);
    line.push(word);
  }
  return [...lines, line];
}
