import type { MailDomain, PairedBy } from "./mailDomain.ts";
import type { Name } from "./name.ts";
import type { Policy } from "./policy.ts";
import type { UnreadFile } from "./unreadFile.ts";
import type { Zone } from "./zone.ts";

/** A policy file, the domains it serves, and what said so. */
export interface Pairing {
  readonly policy: Policy;
  readonly domains: readonly Name[];
  readonly pairedBy: PairedBy;
}

/** What one side of a repository holds, and how it hangs together. */
export interface Survey {
  readonly zones: readonly Zone[];
  readonly policies: readonly Policy[];
  readonly domains: readonly MailDomain[];
  readonly pairings: readonly Pairing[];
  readonly skipped: readonly UnreadFile[];
  /** Where the files may lie that a zone includes and that are not among the texts. */
  readonly missing: ReadonlyMap<Zone, readonly string[]>;
}

/** The files that were not read, each once, by the first of its lines that says so. */
export function skippedFiles({ skipped }: Survey): readonly UnreadFile[] {
  return [...new Map(skipped.toReversed().map((file) => [file.path, file])).values()].toReversed();
}
