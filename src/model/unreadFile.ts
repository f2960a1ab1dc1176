import type { Span } from "./span.ts";

/** A file that holds MTA-STS text in a format that is not read (Terraform, nginx, Nix …), or looked like more than it is. */
export interface UnreadFile {
  readonly path: string;
  readonly format: string | null;
  readonly reason: string;
  /** The line that holds the text, and the text of it. */
  readonly line: string;
  readonly span: Span;
  /** Whether it was left out as samples, test data or other people's code. */
  readonly leftOut?: boolean;
  readonly holds: "policy" | "record" | undefined;
}
