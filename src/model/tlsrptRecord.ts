import type { Located } from "./span.ts";
import type { RecordField, RecordProblem } from "./stsRecord.ts";
import type { ZoneRecord } from "./zone.ts";

/** A TXT record at `_smtp._tls.D` that is, or was meant to be, a TLSRPT record (RFC 8460 §3). */
export interface TlsrptRecord {
  readonly record: ZoneRecord;
  /** Whether reporters take it for one at all: it begins with `v=TLSRPTv1;`, literally. */
  readonly counts: boolean;
  /** The report URIs. */
  readonly rua: readonly Located<string>[];
  readonly fields: readonly RecordField[];
  readonly problems: readonly RecordProblem[];
}
