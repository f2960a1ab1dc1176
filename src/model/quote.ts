/** Long enough for a host name and its context, short enough for one line of a comment. */
const LONGEST = 80;

/** What would change how the text around it is shown: controls, line ends, bidi marks, odd blanks, the closing quote. */
const UNSHOWN = /[\p{C}\p{Zl}\p{Zp}`]|[^\S ]/gu;

/** A stranger's text as a message may hold it: in backquotes, on one line, clipped, with nothing invisible in it. */
export function quote(text: string): string {
  const points = Array.from(text.slice(0, 2 * LONGEST + 2));
  const clipped = points.length > LONGEST ? `${points.slice(0, LONGEST).join("")}…` : text;
  return `\`${clipped.replace(UNSHOWN, codePoint)}\``;
}

/** A character that cannot be shown, by its number: `U+200E`. */
export function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
