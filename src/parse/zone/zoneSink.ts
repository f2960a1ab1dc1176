import type { Name } from "../../model/name.ts";
import type { ZoneInput } from "./zoneScanner.ts";

/** A file that the parser reads: the bytes, and what tells one file from another. */
export interface ZoneFile extends ZoneInput {
  readonly path: string;
  readonly identity: string;
  /** Whether the text holds marks of a template language, so that its entries are looked at (lenient mode). */
  readonly templated: boolean;
}

/** Takes what the parser reads, entry by entry; `start` and `end` are places in the file's present bytes. */
export interface ZoneSink {
  /** The record is described by the parser's fields and stands in canonical form at the end of its `out`. */
  record(): void;
  problem(fault: string, start: number, end: number, lost: "record" | "file", owner: Name | undefined): void;
  unknown(reason: string, start: number, end: number, owner: Name | undefined, templated: boolean): void;
  /** Opens the file an `$INCLUDE` names; a string says why not. */
  open(path: string, start: number, end: number): ZoneFile | string;
  close(file: ZoneFile): void;
}

/** How the parser takes what servers do not agree on. */
export interface ZoneHabits {
  /** As BIND would load it; otherwise other servers' dialects and templates are unknown, not wrong. */
  readonly strict: boolean;
  readonly maxIncludeDepth: number;
  readonly maxGenerateSteps: number;
  /** The most records that all `$GENERATE` of a zone make together. */
  readonly maxGenerated: number;
}
