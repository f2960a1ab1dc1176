import { quote } from "../model/quote.ts";
import type { Located } from "../model/span.ts";
import type { TlsrptRecord } from "../model/tlsrptRecord.ts";
import type { ZoneRecord } from "../model/zone.ts";
import { type Piece, TextRecord, decoded, trimmed } from "./textRecord.ts";

const TLSRPT = {
  version: "v=TLSRPTv1",
  misspelt: /^v?[^a-z0-9]?t(?:ls|sl)-?rpt/,
  required: "rua",
  clause: "RFC 8460 §3",
};

/** RFC 3986 `URI` without `,` `!` and `;`, which RFC 8460 §3 wants encoded. */
const URI = /^([A-Za-z][A-Za-z0-9+.-]*):(?:[A-Za-z0-9\-._~:/?#[\]@$&'()*+=]|%[0-9A-Fa-f]{2})*$/;
const MAILBOX = /^mailto:[^@?]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:\?.*)?$/i;
const HTTPS_HOST =
  /^https:\/\/(?:[^@/?#]*@)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\.?)(?::\d*)?(?:[/?#]|$)/i;

/** Reads a TXT record by RFC 8460 §3; undefined if it neither is nor was meant to be a TLSRPT record. */
export function parseTlsrptRecord(record: ZoneRecord): TlsrptRecord | undefined {
  if (record.txt === undefined) return undefined;
  const text = new TextRecord(record.txt, TLSRPT);
  if (!text.counts && !text.isAttempt) return undefined;
  const rua = tlsrptFields(text);
  return { record, counts: text.counts, rua, fields: text.fields, problems: text.problems };
}

/** `tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]`; returns the URIs. */
function tlsrptFields(text: TextRecord): readonly Located<string>[] {
  const pieces = text.pieces();
  const unreadable = pieces.length === 0 && text.problems.length > 0;
  const lists = pieces.filter((piece) => ruaName(piece) !== undefined);
  const uris: Located<string>[] = [];
  for (const piece of pieces) {
    if (lists.includes(piece)) uris.push(...tlsrptRua(text, piece));
    else text.extension(piece);
  }
  if (lists.length === 0 && !unreadable) text.problem("rua-missing", text.whole, RUA_MISSING);
  if (lists[1]) text.warn("rua-twice", lists[1], RUA_TWICE);
  return uris;
}

const RUA_MISSING = "The record has no `rua`: add `rua=mailto:` and the address that reports go to.";
const RUA_TWICE = "The record has two `rua` fields, and a reporter may use only one. Write one list with commas.";
const RUA_SPELLING = "The field must be written `rua=`, in lower case and without blanks.";

/** `tlsrpt-rua = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)` */
function tlsrptRua(text: TextRecord, piece: Piece): readonly Located<string>[] {
  const written = ruaName(piece) ?? "";
  const { value } = text.txt;
  let from = piece.from + written.length;
  if (written !== "rua=") text.problem("rua-spelling", { from: piece.from, to: from }, RUA_SPELLING, "rua=");
  else text.field(piece, "rua");
  const uris: Located<string>[] = [];
  for (const part of value.slice(from, piece.to).split(",").slice(0, MOST_URIS)) {
    const uri = tlsrptUri(text, trimmed(value, from, from + part.length));
    if (uri) uris.push(uri);
    from += part.length + 1;
  }
  return uris;
}

/** More than anyone sends reports to; a bound on the work that a hostile record makes. */
const MOST_URIS = 100;

/** `tlsrpt-uri = URI`, whose scheme is mailto or https. */
function tlsrptUri(text: TextRecord, uri: Piece): Located<string> | undefined {
  const fault = uriFault(uri.text);
  if (fault === undefined) return { value: uri.text, span: text.txt.span(uri.from, uri.to) };
  text.problem(fault.name, uri, fault.message, fault.replacement);
  return undefined;
}

function uriFault(uri: string): { name: string; message: string; replacement?: string } | undefined {
  const shown = quote(decoded(uri));
  if (uri === "") return { name: "rua-empty", message: "The list of report addresses has an empty place." };
  if (MAILBOX.test(`mailto:${uri}`) && !uri.includes(":")) {
    return { name: "rua-scheme", message: `${shown} is an address without \`mailto:\`.`, replacement: `mailto:${uri}` };
  }
  const scheme = URI.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return { name: "rua-uri", message: `${shown} is no URI; \`,\` \`!\` \`;\` and blanks must be percent-encoded.` };
  }
  if (scheme !== "mailto" && scheme !== "https") {
    return { name: "rua-scheme", message: `Reports go to \`mailto:\` and \`https:\` addresses only, not to ${shown}.` };
  }
  if (scheme === "mailto" ? MAILBOX.test(uri) : HTTPS_HOST.test(uri)) return undefined;
  return {
    name: "rua-address",
    message: `No report can reach ${shown}: it names no full ${scheme === "mailto" ? "mail address" : "host"}.`,
  };
}

/** How a piece opens that is, or was meant to be, a list of report addresses. */
function ruaName({ text }: Piece): string | undefined {
  return /^rua[ \t]*=[ \t]*/i.exec(text)?.[0];
}
