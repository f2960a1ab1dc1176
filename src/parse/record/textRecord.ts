import { quote } from "../../model/quote.ts";
import type { RecordField, RecordProblem } from "../../model/stsRecord.ts";
import type { TxtValue } from "../../model/zone.ts";

/** What sets the two kinds of record apart that share one grammar (RFC 8461 §3.1, RFC 8460 §3). */
export interface RecordKind {
  /** The version field, which must open the record: `v=STSv1`. */
  readonly version: string;
  /** The version as people misspell it, without quotes and blanks, in lower case. */
  readonly misspelt: RegExp;
  /** The version word where its letters are swapped and no other version can be meant. */
  readonly swapped?: RegExp;
  /** The field that must be there: `id`. */
  readonly required: string;
  readonly clause: string;
}

/** A stretch of the value, in characters. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** What stands between two delimiters, without the blanks around it. */
export interface Piece extends Stretch {
  readonly text: string;
}

/** More than any record has; bounds on the work and the findings that a hostile one makes. */
const MOST_FIELDS = 100;
const MOST_PROBLEMS = 20;

const BLANK_AROUND_EQUALS = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31})[ \t]*=[ \t]*/;
/** The octets of straight and typographic quotes in UTF-8. */
const QUOTES = /"|\xe2\x80[\x98-\x9f]|\xc2[\xab\xbb]/g;

/** Reads a TXT value by the grammar that the STS and the TLSRPT record share, one method a production. */
export class TextRecord {
  readonly txt: TxtValue;
  readonly fields: RecordField[] = [];
  readonly problems: RecordProblem[] = [];
  readonly #kind: RecordKind;

  constructor(txt: TxtValue, kind: RecordKind) {
    this.txt = txt;
    this.#kind = kind;
  }

  get whole(): Stretch {
    return { from: 0, to: this.txt.value.length };
  }

  /** Whether the record survives the first sorting: those that do not begin with it, literally, are discarded. */
  get counts(): boolean {
    return this.txt.value.startsWith(`${this.#kind.version};`);
  }

  /** Whether it was meant as one: quotes and blanks aside it begins like it, or it holds the required field. */
  get isAttempt(): boolean {
    const bare = this.txt.value.replace(QUOTES, "").replace(/[ \t]/g, "").toLowerCase();
    return this.#kind.misspelt.test(bare) || new RegExp(`(?:^|[^a-z0-9])${this.#kind.required}=`).test(bare);
  }

  /** `record = version 1*(field-delim field) [field-delim]`; yields the fields' stretches. */
  pieces(): readonly Piece[] {
    const { value } = this.txt;
    if (value.search(QUOTES) === 0) return this.#quoted();
    const end = this.#versionEnd();
    if (end === undefined) return [];
    const pieces = this.#delimited(end).slice(0, MOST_FIELDS);
    const last = pieces.at(-1);
    if (last && last.to < value.length && !value.includes(";", last.to)) {
      const rest = { from: last.to, to: value.length };
      this.problem("trailing-blank", rest, "A blank at the end of the record must be followed by `;`.", "");
    }
    return pieces;
  }

  /** `extension = ext-name "=" ext-value`; notes what is wrong where a piece is none. */
  extension(piece: Piece): void {
    const { from, text } = piece;
    const found = /^([A-Za-z0-9][A-Za-z0-9_.-]{0,31})=([\x21-\x3a\x3c\x3e-\x7e]+)$/.exec(text);
    if (found) return void this.field(piece, found[1] ?? "");
    const shown = quote(decoded(text));
    const spaced = BLANK_AROUND_EQUALS.exec(text);
    if (spaced && /[ \t]/.test(spaced[0])) {
      const message = `No blank may stand around the \`=\` of ${shown}.`;
      return this.problem("blank-around-equals", { from, to: from + spaced[0].length }, message, `${spaced[1]}=`);
    }
    this.problem("field", piece, `${shown} is no field: write \`name=value\`, without blanks, in ASCII, or remove it.`);
  }

  /** Notes a well-formed `name=value`. */
  field({ from, to }: Stretch, name: string): RecordField {
    const equals = from + name.length;
    const value = this.txt.value.slice(equals + 1, to);
    const field = {
      name: { value: name, span: this.txt.span(from, equals) },
      value: { value, span: this.txt.span(equals + 1, to) },
    };
    this.fields.push(field);
    return field;
  }

  problem(fault: string, at: Stretch, message: string, replacement?: string): void {
    this.#add({ severity: "error", fault, message }, at, replacement);
  }

  warn(fault: string, at: Stretch, message: string, replacement?: string): void {
    this.#add({ severity: "warning", fault, message }, at, replacement);
  }

  /** The record says `"v=…"` with quotes as part of the value. */
  #quoted(): readonly Piece[] {
    const { value } = this.txt;
    const bare = value.replace(QUOTES, "").trim();
    const lossless = bare.startsWith(`${this.#kind.version};`);
    const message = "Quotes are part of the record's value, which must begin with its version.";
    this.problem("quotes", this.whole, `${message} Remove them.`, lossless ? bare : undefined);
    return [];
  }

  /** Where `%s"v=STSv1"` ends that must open the record. */
  #versionEnd(): number | undefined {
    const { version } = this.#kind;
    const { value } = this.txt;
    if (value.startsWith(version)) return this.#afterVersion();
    const [prefix = "", name = ""] = version.split("=");
    const spelled = new RegExp(`^[ \\t]*${prefix}[ \\t]*=[ \\t]*${name}(?![A-Za-z0-9])`, "i").exec(value);
    if (spelled) {
      const message = `The version must be written \`${version}\`, in this case, first, and without blanks.`;
      this.problem("version-spelling", { from: 0, to: spelled[0].length }, message, version);
      return spelled[0].length;
    }
    this.#noVersion();
    return undefined;
  }

  #noVersion(): void {
    const { version } = this.#kind;
    const { value } = this.txt;
    const at = value.indexOf(version);
    if (at > 0) {
      const others = value
        .replace(version, "")
        .split(";")
        .map((piece) => trimmed(piece, 0, piece.length).text)
        .filter((piece) => piece !== "");
      const message = `\`${version}\` must come first.`;
      return this.problem("version-not-first", this.whole, message, [version, ...others].join("; "));
    }
    if (/^[ \t]*v[^A-Za-z0-9]/i.test(value) || this.#kind.misspelt.test(value.toLowerCase()))
      return this.#otherVersion();
    this.problem("version-missing", { from: 0, to: 0 }, `The record must begin with \`${version};\`.`, `${version}; `);
  }

  #otherVersion(): void {
    const { value } = this.txt;
    const word = value.slice(0, /[;, \t]|$/.exec(value)?.index);
    const message = `${quote(decoded(word))} is no version: the record must begin with \`${this.#kind.version};\`.`;
    const { swapped, version } = this.#kind;
    this.problem("version", { from: 0, to: word.length }, message, swapped?.test(word) ? version : undefined);
  }

  /** Between the version and the first `;` only blanks may stand, and by the discard rule not even those. */
  #afterVersion(): number | undefined {
    const { version, clause } = this.#kind;
    const { value } = this.txt;
    const rest = /^([ \t]*)(.?)/s.exec(value.slice(version.length));
    const [, blanks = "", next = ""] = rest ?? [];
    const end = version.length + blanks.length;
    if (next === ";" && blanks !== "") {
      const message = `${clause} has them discard records that do not begin with \`${version};\`, to the letter: remove the blank before \`;\`.`;
      this.warn("blank-before-semicolon", { from: 0, to: end + 1 }, message, `${version};`);
    }
    if (next === ";" || next === "") return version.length;
    if (blanks === "" && /[A-Za-z0-9.-]/.test(next)) {
      this.#otherVersion();
      return undefined;
    }
    const to = blanks === "" && /[,:]/.test(next) ? end + 1 : end;
    this.problem("semicolon", { from: version.length, to }, `A \`;\` must follow \`${version}\`.`, "; ");
    return to;
  }

  /** `*(field-delim field) [field-delim]` with `field-delim = *WSP ";" *WSP`. */
  #delimited(start: number): readonly Piece[] {
    const { value } = this.txt;
    const pieces: Piece[] = [];
    let open = start;
    for (let at = start; at <= value.length; at++) {
      if (at < value.length && value[at] !== ";") continue;
      const piece = trimmed(value, open, at);
      if (piece.text !== "") pieces.push(piece);
      else if (open > start && at < value.length) {
        this.problem("empty-field", { from: open, to: at + 1 }, "Between two `;` a field must stand.", "");
      }
      open = at + 1;
    }
    return pieces;
  }

  /** From the end of the field before a piece to the end of the piece: what goes if the field goes. */
  withDelimiter({ from, to }: Stretch): Stretch | undefined {
    const semicolon = this.txt.value.lastIndexOf(";", from);
    return semicolon < 0 ? undefined : { from: trimmed(this.txt.value, 0, semicolon).to, to };
  }

  #add(problem: Pick<RecordProblem, "severity" | "fault" | "message">, at: Stretch, replacement?: string): void {
    if (this.problems.length >= MOST_PROBLEMS) return;
    const span = this.txt.span(at.from, at.to);
    const text = this.txt.value.slice(at.from, at.to);
    this.problems.push({ ...problem, span, text, ...(replacement === undefined ? {} : { replacement }) });
  }
}

/** The characters that octets of a TXT record spell in UTF-8, for showing them. */
export function decoded(octets: string): string {
  return new TextDecoder().decode(Uint8Array.from(octets, (octet) => octet.charCodeAt(0)));
}

/** A stretch without the blanks (`WSP`) around it. */
export function trimmed(value: string, open: number, close: number): Piece {
  let [from, to] = [open, close];
  while (from < to && /[ \t]/.test(value.charAt(from))) from++;
  while (to > from && /[ \t]/.test(value.charAt(to - 1))) to--;
  return { from, to, text: value.slice(from, to) };
}
