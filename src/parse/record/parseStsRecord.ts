import { quote } from "../../model/quote.ts";
import type { Located } from "../../model/span.ts";
import type { StsRecord } from "../../model/stsRecord.ts";
import type { ZoneRecord } from "../../model/zone.ts";
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
  const [first, second] = pieces.filter((piece) => idName(piece) !== undefined);
  let id: Located<string> | undefined;
  for (const piece of pieces) {
    if (piece === first) id = stsId(text, piece);
    else text.extension(piece);
  }
  if (!first && !unreadable) text.problem("id-missing", text.whole, ID_MISSING);
  if (second) text.warn("id-twice", { from: pieces[pieces.indexOf(second) - 1]?.to ?? 0, to: second.to }, ID_TWICE, "");
  return id;
}

const ID_MISSING = "The record has no `id`: add `id=` and up to 32 letters or digits, new with every policy.";
/** The first counts (end of RFC 8461 §3.2), and some senders refuse the record for it. */
const ID_TWICE =
  "The record has two `id` fields: the first counts, and some senders refuse the record. Remove the second.";
const ID_SPELLING = "The field must be written `id=`, in lower case and without blanks.";

/** `sts-id = %s"id=" 1*32(ALPHA / DIGIT)` */
function stsId(text: TextRecord, piece: Piece): Located<string> | undefined {
  const written = idName(piece) ?? "";
  const value = { from: piece.from + written.length, to: piece.to, text: piece.text.slice(written.length) };
  const spelled = written === "id=";
  if (!spelled) text.problem("id-spelling", { from: piece.from, to: value.from }, ID_SPELLING, "id=");
  if (!/^[A-Za-z0-9]{1,32}$/.test(value.text)) idFault(text, piece, value);
  else if (spelled) return text.field(piece, "id").value;
  return undefined;
}

function idFault(text: TextRecord, piece: Piece, value: Piece): void {
  if (value.text === "")
    return text.problem("id-empty", piece, "The `id` is empty: give it up to 32 letters or digits.");
  const next = /^([A-Za-z0-9]{1,32})[ \t,]+(?=[A-Za-z0-9][A-Za-z0-9_.-]*=)/.exec(value.text);
  if (next) {
    const gap = { from: value.from + (next[1] ?? "").length, to: value.from + next[0].length };
    text.problem("semicolon", gap, "A `;` must stand between two fields.", "; ");
    return text.extension({ from: gap.to, to: piece.to, text: text.txt.value.slice(gap.to, piece.to) });
  }
  const bare = value.text.replace(/[^A-Za-z0-9]/g, "");
  if (bare === value.text)
    return text.problem("id-length", value, `The \`id\` has ${bare.length} characters, and 32 are allowed.`);
  const replacement = /^[A-Za-z0-9]{1,32}$/.test(bare) ? bare : undefined;
  const message = `The \`id\` ${quote(decoded(value.text))} may hold letters and digits only.`;
  text.problem("id-characters", value, message, replacement);
}

/** How a piece opens that is, or was meant to be, an id: `id=`, `ID=`, `id = `. */
function idName({ text }: Piece): string | undefined {
  return /^id[ \t]*=[ \t]*/i.exec(text)?.[0];
}
