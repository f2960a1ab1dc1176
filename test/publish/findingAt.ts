import type { Finding } from "../../src/model/finding.ts";
import type { Side, Span } from "../../src/model/span.ts";

/** The start of a line, without a text behind it. */
export function spanAt(path: string, line: number, side: Side = "head"): Span {
  const point = { line, column: 1, offset: 0 };
  return { side, path, start: point, end: point };
}

/** A new error at a place. */
export function findingAt(at: Span, more: Partial<Finding> = {}): Finding {
  return {
    rule: "id-not-bumped",
    domain: "nordwind.de.",
    severity: "error",
    status: "new",
    reference: "RFC 8461 §3.1",
    fingerprint: "0123456789abcdef0123456789abcdef",
    message: "Mail is lost. The id is `1` (RFC 8461 §3.1). Change it.",
    values: [],
    at,
    ...more,
  };
}
