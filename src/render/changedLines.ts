/** A text as lines without their line ends; an empty text has none. */
export function linesIn(text: string): readonly string[] {
  return text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
}

/** How many lines at the beginning, and then at the end, are the same in two texts. */
export function sameEnds(
  before: readonly string[],
  after: readonly string[],
): { readonly lead: number; readonly tail: number } {
  const most = Math.min(before.length, after.length);
  let lead = 0;
  while (lead < most && before[lead] === after[lead]) lead++;
  let tail = 0;
  while (tail < most - lead && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return { lead, tail };
}
