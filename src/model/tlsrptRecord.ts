import { type Name, isWithin, labels, nameOf } from "./name.ts";
import type { Located } from "./span.ts";
import type { RecordField, RecordProblem } from "./stsRecord.ts";
import type { ZoneRecord } from "./zone.ts";

/** A TXT record at `_smtp._tls.D` that is, or was meant to be, a TLSRPT record (RFC 8460 §3). */
export interface TlsrptRecord {
  readonly record: ZoneRecord;
  /** Whether reporters take it for one at all: it begins with `v=TLSRPTv1;`, literally. */
  readonly counts: boolean;
  /** The report URIs that can be reached, each once. */
  readonly rua: readonly Located<string>[];
  readonly fields: readonly RecordField[];
  readonly problems: readonly RecordProblem[];
}

/** Whether a problem is about the addresses that reports go to, and not about how the record is spelled. */
export function isAboutRua({ fault }: RecordProblem): boolean {
  return fault.startsWith("rua-") && fault !== "rua-spelling";
}

/** Domains for documentation (RFC 2606 §3), which no report reaches. */
const RESERVED: readonly Name[] = ["example.com.", "example.net.", "example.org."];

/** Whether a report URI stands in for one that was never filled in; a domain for documentation may report to another one. */
export function isPlaceholder(uri: string, domain: Name): boolean {
  if (/\byour[-_]?(?:domain|company|email|name|address|host)\b/i.test(uri)) return true;
  const host = /^mailto:[^@?]*@([^?]*)/i.exec(uri)?.[1] ?? /^https:\/\/(?:[^@/?#]*@)?([^/?#:]*)/i.exec(uri)?.[1] ?? "";
  return isReserved(nameOf(host)) && !isReserved(domain) && !labels(domain).includes("example");
}

function isReserved(name: Name): boolean {
  return RESERVED.some((reserved) => isWithin(name, reserved));
}
