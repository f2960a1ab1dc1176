/** What moves a terminal's cursor, hides text or reverses it. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A stranger's text as one line of a log or terminal: invisible characters are shown as `U+XXXX`, and what a runner would
 * take for a workflow command (`::` at the start, `##[` anywhere) is broken by a backslash.
 */
export function logSafe(text: string): string {
  return text
    .replace(UNSHOWN, (character) => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`)
    .replace(/^(\s*):(?=:)/, "$1:\\")
    .replaceAll("##[", "##\\[");
}
