import { quote } from "../../model/quote.ts";
import type { Located } from "../../model/span.ts";
import type { TlsrptRecord } from "../../model/tlsrptRecord.ts";
import type { ZoneRecord } from "../../model/zone.ts";
import { type Piece, TextRecord, decoded, trimmed } from "./textRecord.ts";

const TLSRPT = {
  version: "v=TLSRPTv1",
  misspelt: /^v?[^a-z0-9]?t(?:ls|sl)-?rpt/,
  swapped: /^(?:v=)?t(?:ls|sl)[-_]?r(?:pt|tp)[-_.]?v?1$/i,
  required: "rua",
  clause: "RFC 8460 §3",
};

/** RFC 3986 `URI` without `,` `!` and `;`, which RFC 8460 §3 wants encoded. */
const URI = /^([A-Za-z][A-Za-z0-9+.-]*):(?:[A-Za-z0-9\-._~:/?#[\]@$&'()*+=]|%[0-9A-Fa-f]{2})*$/;
const MAILBOX = /^mailto:(?!\/\/)[^@?]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:\?.*)?$/i;
const HTTPS_HOST =
  /^https:\/\/(?:[^@/?#]*@)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+\.?)(?::\d*)?(?:[/?#]|$)/i;

/** The tags of DMARC (RFC 7489 §6.3) that TLSRPT does not have. */
const DMARC_TAG = /^(?:p|sp|np|ruf|fo|adkim|aspf|pct|rf|ri)=/;

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
  const uris: Uris = new Map();
  let lists = 0;
  let list: Piece | undefined;
  for (const piece of pieces) {
    if (ruaName(piece) !== undefined) {
      if (lists++ === 1) twoLists(text, piece, list);
      tlsrptRua(text, piece, uris);
      list = piece;
    } else if (!list || !strayUris(text, piece)) {
      otherField(text, piece);
      list = undefined;
    }
  }
  if (lists === 0 && !unreadable) text.problem("rua-missing", text.whole, RUA_MISSING);
  return [...uris.values()];
}

/** The report addresses by what tells them apart. */
type Uris = Map<string, Located<string>>;

const RUA_MISSING = "The record has no `rua`: add `rua=mailto:` and the address that reports go to.";
const RUA_TWICE = "The record has two `rua` fields, and a reporter may use only one. Write one list with commas.";
const RUA_EMPTY = "The list of report addresses has an empty place: write an address there, or remove the comma.";
const RUA_SPELLING = "The field must be written `rua=`, in lower case and without blanks.";
const SEPARATOR = "Write a comma between two report addresses, not a blank or `;`.";

/** Two `rua` fields, one behind the other, are one list that was torn. */
function twoLists(text: TextRecord, piece: Piece, before: Piece | undefined): void {
  const gap = before && text.withDelimiter({ from: piece.from, to: piece.from + (ruaName(piece) ?? "").length });
  text.warn("rua-twice", gap ?? piece, RUA_TWICE, gap && ",");
}

/** Report addresses behind a `;`, which ended the list. */
function strayUris(text: TextRecord, piece: Piece): boolean {
  const mended = piece.text.split(",").map((part) => mendedUri(trimmed(part, 0, part.length).text));
  const whole = text.withDelimiter(piece);
  if (!whole || mended.includes(undefined)) return false;
  text.extension(piece);
  text.problem("rua-separator", whole, SEPARATOR, `,${mended.join(",")}`);
  return true;
}

function otherField(text: TextRecord, piece: Piece): void {
  const before = text.fields.length;
  text.extension(piece);
  if (text.fields.length === before || !DMARC_TAG.test(piece.text)) return;
  const name = piece.text.slice(0, piece.text.indexOf("="));
  const message = `\`${name}\` is a tag of DMARC and says nothing here: reporters ignore it. Remove it.`;
  const whole = text.withDelimiter(piece);
  text.warn("dmarc-tag", whole ?? piece, message, whole && "");
}

/** `tlsrpt-rua = %s"rua=" tlsrpt-uri *(*WSP "," *WSP tlsrpt-uri)` */
function tlsrptRua(text: TextRecord, piece: Piece, uris: Uris): void {
  const written = ruaName(piece) ?? "";
  const { value } = text.txt;
  let from = piece.from + written.length;
  if (written !== "rua=") text.problem("rua-spelling", { from: piece.from, to: from }, RUA_SPELLING, "rua=");
  else text.field(piece, "rua");
  let before: Piece | undefined;
  for (const part of value.slice(from, piece.to).split(",").slice(0, MOST_URIS)) {
    const uri = trimmed(value, from, from + part.length);
    tlsrptUri(text, uri, uris, before);
    before = uri;
    from += part.length + 1;
  }
}

/** More than anyone sends reports to; a bound on the work that a hostile record makes. */
const MOST_URIS = 100;

/** `tlsrpt-uri = URI`, whose scheme is mailto or https. */
function tlsrptUri(text: TextRecord, uri: Piece, uris: Uris, before: Piece | undefined): void {
  const fault = uriFault(uri.text);
  if (uri.text === "" && before) return text.problem("rua-empty", { from: before.to, to: uri.to }, RUA_EMPTY, "");
  if (fault) return text.problem(fault.name, uri, fault.message, fault.replacement);
  const key = uri.text.toLowerCase();
  if (!uris.has(key)) return void uris.set(key, { value: uri.text, span: text.txt.span(uri.from, uri.to) });
  const message = `${quote(decoded(uri.text))} is listed twice. Remove one of them.`;
  text.warn("rua-same", { from: before?.to ?? uri.from, to: uri.to }, message, before && "");
}

interface UriFault {
  readonly name: string;
  readonly message: string;
  readonly replacement?: string;
}

function uriFault(uri: string): UriFault | undefined {
  if (isReachable(uri)) return undefined;
  const shown = quote(decoded(uri));
  if (uri === "") return { name: "rua-empty", message: RUA_EMPTY };
  const cure = cureOf(uri);
  if (cure)
    return { name: cure.name, message: `${shown} ${cure.why}. Write ${quote(cure.mended)}.`, replacement: cure.mended };
  const parts = uri.split(/[ \t]+/).map(mendedUri);
  if (parts.length > 1 && !parts.includes(undefined)) {
    return { name: "rua-separator", message: SEPARATOR, replacement: parts.join(",") };
  }
  if (/[[({ ]at[\])} ]|\[email.{1,2}protected\]/i.test(uri)) {
    return {
      name: "rua-obfuscated",
      message: `${shown} is an address that was hidden from robots, and reporters are robots. Write it out, with \`@\`.`,
    };
  }
  const scheme = URI.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined) {
    return { name: "rua-uri", message: `${shown} is no URI; \`,\` \`!\` \`;\` and blanks must be percent-encoded.` };
  }
  if (scheme !== "mailto" && scheme !== "https") {
    return {
      name: "rua-scheme",
      message: `Reports go to \`mailto:\` and \`https:\` addresses only, not to ${shown}: give one of these.`,
    };
  }
  return {
    name: "rua-address",
    message: `No report can reach ${shown}: it names no full ${scheme === "mailto" ? "mail address" : "host"}. Write it in full.`,
  };
}

/** Whether it is a `tlsrpt-uri` that a report can be sent to. */
function isReachable(uri: string): boolean {
  const scheme = URI.exec(uri)?.[1]?.toLowerCase();
  return scheme === "mailto" ? MAILBOX.test(uri) : scheme === "https" && HTTPS_HOST.test(uri);
}

/** Misspellings of an address that can mean one thing only: what to write for which stretch, and what is wrong. */
const CURES: readonly { name: string; find: RegExp; write: string; why: string }[] = [
  { name: "rua-scheme", find: /^(?=[^:]*$)/, write: "mailto:", why: "is an address without `mailto:`" },
  {
    name: "rua-scheme",
    find: /^(?!https?:)[A-Za-z-]+:(?=[^:/]*$)/,
    write: "mailto:",
    why: "has a scheme that is neither `mailto:` nor `https:`",
  },
  { name: "rua-uri", find: /^(mailto:)?<([^<>]*)>$/i, write: "$1$2", why: "stands in angle brackets" },
  {
    name: "rua-uri",
    find: /^mailto:(?:\/\/|[ \t]+)/i,
    write: "mailto:",
    why: "has something between `mailto:` and the address",
  },
  {
    name: "rua-uri",
    find: /![0-9]+[kmgt]?$/i,
    write: "",
    why: "ends in a limit of size, which DMARC has and TLSRPT has not",
  },
  { name: "rua-uri", find: /!/g, write: "%21", why: "holds a `!`, which must be written `%21`" },
];

/** The first cure that makes a report address of a text. */
function cureOf(uri: string): { name: string; why: string; mended: string } | undefined {
  return CURES.map(({ name, find, write, why }) => ({ name, why, mended: uri.replace(find, write) })).find(
    ({ mended }) => isReachable(mended),
  );
}

/** A report address as it must be written, if there is no doubt which is meant. */
function mendedUri(uri: string): string | undefined {
  return isReachable(uri) ? uri : cureOf(uri)?.mended;
}

/** How a piece opens that is, or was meant to be, a list of report addresses: `rua=`, `RUA =`, `rua:`, `rua mailto:…`. */
function ruaName({ text }: Piece): string | undefined {
  return /^rua(?:[ \t]*[=:][ \t]*|[ \t]+(?=mailto:|https:))/i.exec(text)?.[0];
}
