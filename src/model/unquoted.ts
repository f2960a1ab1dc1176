import type { Span } from "./span.ts";
import type { ZoneRecord } from "./zone.ts";

/** What stands behind a TXT record whose unquoted `;` began a comment (RFC 1035 §5.1). */
export interface Swallowed {
  /** From the first character of the RDATA to the last that the quotes must embrace. */
  readonly span: Span;
  /** The record as it was meant. */
  readonly meant: string;
}

/**
 * `*(delim field) [delim]` behind a version, as RFC 8461 §3.1 and RFC 8460 §3 have it; the URIs of `rua` may hold a `=` and
 * stand in a list. A remark behind it stays one.
 */
const FIELDS =
  /^(?:[ \t]*;[ \t]*(?:rua=[\x21-\x2b\x2d-\x3a\x3c-\x7e]+(?:[ \t]*,[ \t]*[\x21-\x2b\x2d-\x3a\x3c-\x7e]+)*|[A-Za-z0-9][A-Za-z0-9_.-]{0,31}=[\x21-\x3a\x3c\x3e-\x7e]+))+(?:[ \t]*;(?=[ \t]*$))?/;

/** The fields that a comment swallowed, where nothing but an unquoted `v=…1` is left of a record. */
export function swallowed(record: ZoneRecord, version: string): Swallowed | undefined {
  if (record.generated || record.rdata !== `"${version}"` || record.txt?.quoted !== false) return undefined;
  const { source, rdataSpan } = record;
  const { line, offset: end } = rdataSpan.end;
  const rest = source.text(end, source.lineStart(line + 1)).trimEnd();
  const fields = FIELDS.exec(rest)?.[0];
  if (fields === undefined) return undefined;
  return { span: source.span(rdataSpan.start.offset, end + fields.length), meant: `${version}${fields.trimStart()}` };
}
