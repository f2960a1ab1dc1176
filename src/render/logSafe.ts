import { codePoint } from "../model/quote.ts";

/** What moves a terminal's cursor, hides text or reverses it. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A stranger's text as one line of a log or terminal: invisible characters are shown by their number, and what a runner
 * would take for a workflow command (`::` at the start, `##[` anywhere) is broken by a backslash.
 */
export function logSafe(text: string): string {
  return text
    .replace(UNSHOWN, codePoint)
    .replace(/^(\s*):(?=:)/, "$1:\\")
    .replaceAll("##[", "##\\[");
}
