import type { Located, Problem } from "./span.ts";
import type { ZoneRecord } from "./zone.ts";

/** A fault in a TXT record's value; a warning is read as meant by most senders. */
export interface RecordProblem extends Problem {
  /** Which fault it is, in one stable word. */
  readonly fault: string;
  readonly severity: "error" | "warning";
  /** The stretch of the value that it is about, one character an octet. */
  readonly text: string;
  /** The legal spelling of the stretch that `span` covers, where there is only one and nothing is lost by it. */
  readonly replacement?: string;
}

/** One `name=value` field of an `_mta-sts` or `_smtp._tls` record. */
export interface RecordField {
  readonly name: Located<string>;
  readonly value: Located<string>;
}

/** A TXT record at `_mta-sts.D` that is, or was meant to be, an MTA-STS record (RFC 8461 §3.1). */
export interface StsRecord {
  readonly record: ZoneRecord;
  /** Whether senders take it for one at all: it begins with `v=STSv1;`, literally. */
  readonly counts: boolean;
  /** The first `id`, if it is legal. */
  readonly id: Located<string> | undefined;
  /** The well-formed fields after the version, in order. */
  readonly fields: readonly RecordField[];
  readonly problems: readonly RecordProblem[];
}
