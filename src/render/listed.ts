import { escaped } from "./markdownSafe.ts";
import { fitted } from "./fitted.ts";

/** How much of a list is shown, and where the rest is. */
export interface Room {
  /** Of UTF-8. */
  readonly bytes: number;
  /** Where what does not fit is told, in Markdown: `in the job summary`; undefined: nowhere. */
  readonly rest: string | undefined;
}

/** The pieces that fit, and how many do not; empty without pieces. */
export function listed(pieces: readonly string[], { bytes, rest }: Room, between = "\n"): string {
  const { shown, left } = fitted(pieces, bytes, between);
  const more = `${left} more${rest === undefined ? `, which ${left === 1 ? "does" : "do"} not fit here` : `, ${rest}`}.`;
  return [...(shown.length > 0 ? [shown.join(between)] : []), ...(left > 0 ? [more] : [])].join("\n\n");
}

/** A list under a heading; empty without pieces. */
export function section(title: string, pieces: readonly string[], room: Room, between = "\n"): string {
  return pieces.length === 0 ? "" : `### ${title}\n\n${listed(pieces, room, between)}`;
}

/** A list behind a line that opens it; empty without pieces. */
export function folded(title: string, pieces: readonly string[], room: Room, between = "\n"): string {
  if (pieces.length === 0) return "";
  return `<details><summary>${escaped(title)}</summary>\n\n${listed(pieces, room, between)}\n\n</details>`;
}
