/** A document as JSON; a runner takes `##[` anywhere in a line for a command, and here it can only stand inside a string. */
export function jsonText(document: object, indent?: number): string {
  return JSON.stringify(document, undefined, indent).replaceAll("##[", "#\\u0023[");
}
