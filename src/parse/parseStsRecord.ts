import { quote } from "../model/quote.ts";
import type { Located } from "../model/span.ts";
import type { StsRecord } from "../model/stsRecord.ts";
import type { ZoneRecord } from "../model/zone.ts";
import { type Piece, TextRecord, decoded } from "./textRecord.ts";

const STS = { version: "v=STSv1", misspelt: /^v?[^a-z0-9]?stsv?\d/, required: "id", clause: "RFC 8461 §3.1" };

/** Reads a TXT record by RFC 8461 §3.1; undefined if it neither is nor was meant to be an STS record. */
export function parseStsRecord(record: ZoneRecord): StsRecord | undefined {
  if (record.txt === undefined) return undefined;
  const text = new TextRecord(record.txt, STS);
  if (!text.counts && !text.isAttempt) return undefined;
  const id = stsFields(text);
  return { record, counts: text.counts, id, fields: text.fields, problems: text.problems };
}

/** `sts-text-record = sts-version 1*(sts-field-delim sts-field) [sts-field-delim]`; returns the id if it is legal. */
function stsFields(text: TextRecord): Located<string> | undefined {
  const pieces = text.pieces();
  const unreadable = pieces.length === 0 && text.problems.length > 0;
  const [first, ...later] = pieces.filter((piece) => idName(piece) !== undefined);
  for (const piece of pieces) {
    if (piece === first) stsId(text, piece);
    else text.extension(piece);
  }
  if (!first && !unreadable) {
    const { length } = text.txt.value;
    text.problem(
      "id-missing",
      0,
      length,
      "The record has no `id`: add `id=` and up to 32 letters or digits, new with every policy.",
    );
  }
  for (const piece of later) secondId(text, piece, pieces[pieces.indexOf(piece) - 1]);
  const field = first && text.fields.find(({ name }) => name.value === "id");
  return field && /^[A-Za-z0-9]{1,32}$/.test(field.value.value) ? field.value : undefined;
}

/** `sts-id = %s"id=" 1*32(ALPHA / DIGIT)` */
function stsId(text: TextRecord, piece: Piece): void {
  const name = idName(piece) ?? "";
  const value = piece.text.slice(name.length);
  const start = piece.from + name.length;
  if (name !== "id=")
    text.problem(
      "id-spelling",
      piece.from,
      start,
      "The field must be written `id=`, in lower case and without blanks.",
      "id=",
    );
  if (/^[A-Za-z0-9]{1,32}$/.test(value)) return text.field(piece, name.replace(/[ \t]*=[ \t]*$/, ""));
  if (value === "")
    return text.problem("id-empty", piece.from, piece.to, "The `id` is empty: give it up to 32 letters or digits.");
  const next = /^[A-Za-z0-9]{1,32}([ \t,]+)(?=[A-Za-z0-9][A-Za-z0-9_.-]*=)/.exec(value);
  if (next) {
    const end = start + next[0].length;
    return text.problem("semicolon", end - (next[1] ?? "").length, end, "A `;` must stand between two fields.", "; ");
  }
  const shown = quote(decoded(value));
  const bare = value.replace(/[^A-Za-z0-9]/g, "");
  if (bare === value)
    return text.problem("id-length", start, piece.to, `The \`id\` has ${value.length} characters, and 32 are allowed.`);
  const replacement = /^[A-Za-z0-9]{1,32}$/.test(bare) ? bare : undefined;
  text.problem("id-characters", start, piece.to, `The \`id\` ${shown} may hold letters and digits only.`, replacement);
}

/** The first counts (end of RFC 8461 §3.2), and some senders refuse the record for it. */
function secondId(text: TextRecord, { to }: Piece, before: Piece | undefined): void {
  const message =
    "The record has two `id` fields: the first counts, and some senders refuse the record. Remove the second.";
  text.warn("id-twice", before?.to ?? to, to, message, "");
}

/** How a piece opens that is, or was meant to be, an id: `id=`, `ID=`, `id = `. */
function idName({ text }: Piece): string | undefined {
  return /^id[ \t]*=[ \t]*/i.exec(text)?.[0];
}
