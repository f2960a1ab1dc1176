import { codePoint } from "../model/quote.ts";

/** What is not seen, or changes how the text around it is shown; line ends stay. */
const UNSHOWN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** What SARIF takes for a link inside a message (§3.11.6): nobody but us writes links. */
const LINK = /\[(?=[^\]]*\]\()/g;

/** A text as a plain message of SARIF: a stranger's words as they stand, without anything invisible and without links. */
export function plain(text: string): string {
  return text.replace(UNSHOWN, codePoint).replace(LINK, "\\[");
}
