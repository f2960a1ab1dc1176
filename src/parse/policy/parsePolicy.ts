import { FIELD_NAMES, type FieldName, intendedField, isFieldName } from "../../model/fieldName.ts";
import { isMxPattern } from "../../model/mxPattern.ts";
import type { Mode, Policy, PolicyField } from "../../model/policy.ts";
import type { Source } from "../../model/source.ts";
import type { Located } from "../../model/span.ts";
import { type FaultName, type Place, PolicyFaults } from "./policyFaults.ts";

/** RFC 8461 §3.3 suggests that senders read no more than 64 kilobytes. */
export const LARGEST_POLICY = 65_536;

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

const BOM = "\xef\xbb\xbf";
const FRONT_MATTER = /---[ \t]*\r?\n(?:[^\n]*\n)*?---[ \t]*(?:\r?\n|$)(?:[ \t]*\r?\n)*/y;
const COMMENT = /^[ \t]*(?:#|\/\/|;)/;
/** Everything below the blank and the delete character; a tab may stand around values. */
const CONTROL = /[^\t -~\x80-\uffff]+/g;

/** Reads a policy body by the grammar of RFC 8461 §3.2; what does not fit becomes problems and is read as it was meant. */
export function parsePolicy(source: Source): Policy {
  const body = new PolicyBody(source);
  body.policyRecord();
  return body.read();
}

class PolicyBody {
  readonly #source: Source;
  readonly #faults: PolicyFaults;
  readonly #fields: PolicyField[] = [];
  readonly #unread = new Set<FieldName>();
  #text = "";

  constructor(source: Source) {
    this.#source = source;
    this.#faults = new PolicyFaults(source);
  }

  read(): Policy {
    const fields = this.#fields;
    return {
      source: this.#source,
      fields,
      problems: this.#faults.problems(),
      unread: [...this.#unread],
      version: firstLegal(fields, "version", policyVersionValue),
      mode: firstLegal(fields, "mode", policyModeValue),
      maxAge: firstLegal(fields, "max_age", policyMaxAgeValue),
      mx: policyMxValues(fields),
      extensions: policyExtensions(fields),
    };
  }

  /** `sts-policy-record = sts-policy-field *WSP *(sts-policy-term sts-policy-field *WSP) [sts-policy-term]` */
  policyRecord(): void {
    const fault = this.#notText();
    if (fault !== undefined) return this.#illegible(fault);
    const start = this.#start();
    const end = this.#end(start);
    if (end === start) return this.#illegible("empty");
    for (let at = start; at < end; at = this.#policyTerm(at).end) this.#line(at, this.#policyTerm(at));
    if (this.#fields.length === 0) this.#hide(...FIELD_NAMES);
  }

  /** What keeps the file as a whole from being the text of a policy, so that a fault for each line would be noise. */
  #notText(): FaultName | undefined {
    const { bytes } = this.#source;
    if (bytes.length > LARGEST_POLICY) return "too-large";
    if (isUtf16(bytes)) return "utf-16";
    // One character an octet, so that an index is a byte offset; only values are decoded.
    this.#text = Buffer.from(bytes).toString("latin1");
    const beginning = this.#text.slice(this.#text.startsWith(BOM) ? BOM.length : 0).trimStart();
    if (/^<(?!%)/.test(beginning)) return "html";
    if (/^(?:\{(?![{%#])|\[)/.test(beginning)) return "json";
    return undefined;
  }

  #illegible(fault: FaultName): void {
    const lf = this.#text.indexOf("\n");
    this.#faults.add(fault, { start: 0, end: lf < 0 ? this.#text.length : lf });
    this.#hide(...FIELD_NAMES);
  }

  /** Where the body starts: after a byte order mark and the front matter that Jekyll strips before it serves the file. */
  #start(): number {
    const start = this.#text.startsWith(BOM) ? BOM.length : 0;
    if (start > 0) this.#faults.add("byte-order-mark", { start: 0, end: start }, { start: 0, end: start, newText: "" });
    FRONT_MATTER.lastIndex = start;
    return FRONT_MATTER.test(this.#text) ? FRONT_MATTER.lastIndex : start;
  }

  /** Where the last field's line ends: no more than one `sts-policy-term` may follow it. */
  #end(start: number): number {
    let filled = this.#text.length;
    while (filled > start && " \t\r\n".includes(this.#text.charAt(filled - 1))) filled--;
    if (filled === start) return start;
    const { end } = this.#policyTerm(filled);
    const rest = { start: end, end: this.#text.length };
    if (rest.start < rest.end) this.#faults.add("final-line-ends", rest, { ...rest, newText: "" });
    return end;
  }

  /** The next `sts-policy-term = LF / CRLF`; empty, at the end of the file, if there is none. */
  #policyTerm(from: number): Place {
    const lf = this.#text.indexOf("\n", from);
    if (lf < 0) return { start: this.#text.length, end: this.#text.length };
    return { start: lf > from && this.#text[lf - 1] === "\r" ? lf - 1 : lf, end: lf + 1 };
  }

  /** One line, taken apart where something other than a term was meant to end one. */
  #line(start: number, term: Place): void {
    this.#faults.enterLine(start);
    const text = this.#text.slice(start, term.start);
    if (/^[ \t]*$/.test(text)) {
      return this.#faults.add("blank-line", { start, end: term.start }, { start, end: term.end, newText: "" });
    }
    let from = start;
    for (const found of meantTerms(text)) {
      const at = { start: start + found.index, end: start + found.index + found[0].length };
      this.#faults.add(termFault(found[0]), at, { ...at, newText: at.end === term.start ? "" : "\n" });
      if (from < at.start) this.#policyField({ start: from, end: at.start });
      from = at.end;
    }
    if (from < term.start) this.#policyField({ start: from, end: term.start });
  }

  /** `sts-policy-field`: a name, `sts-policy-field-delim = ":" *WSP`, a value. */
  #policyField(line: Place): void {
    const text = this.#octets(line);
    if (COMMENT.test(text)) return this.#comment(line);
    if (!this.#isUtf8(line)) return this.#undecodable(line);
    const colon = text.indexOf(":");
    if (colon < 0) return this.#withoutColon(line);
    const delim = line.start + colon;
    const name = this.#trimmed({ start: line.start, end: delim });
    const value = this.#trimmed({ start: delim + 1, end: line.end });
    if (!this.#isPolicyExtName(name, line)) return;
    if (name.start > line.start) {
      this.#faults.add("leading-blank", line, { start: line.start, end: name.start, newText: "" });
    }
    if (name.end < delim) this.#faults.add("blank-before-colon", line, { start: name.end, end: delim, newText: "" });
    this.#controls(line);
    this.#namedField(name, value, line);
  }

  /** `sts-policy-ext-name = sts-policy-alphanum *31(sts-policy-alphanum / "_" / "-" / ".")`: the known names fit it too. */
  #isPolicyExtName(name: Place, line: Place): boolean {
    const text = this.#decoded(name);
    if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/.test(text)) return true;
    this.#faults.add("field-name", line);
    this.#hideMeant(text.replace(/^[^A-Za-z0-9]+/, ""));
    return false;
  }

  #namedField(name: Place, value: Place, line: Place): void {
    const known = isFieldName(this.#decoded(name)) || intendedField(this.#decoded(name)) !== undefined;
    if (!known && !this.#isPolicyExtValue(value, line)) return;
    this.#fields.push({
      name: this.#located(name),
      value: this.#located(value),
      span: this.#source.span(line.start, line.end),
    });
  }

  /** `sts-policy-ext-value = sts-policy-vchar [*(%x20 / sts-policy-vchar) sts-policy-vchar]`: no tab, not empty. */
  #isPolicyExtValue(value: Place, line: Place): boolean {
    if (value.start === value.end) {
      this.#faults.add("empty-value", line);
      return false;
    }
    const tab = this.#octets(value).indexOf("\t") + value.start;
    if (tab >= value.start) this.#faults.add("control-character", line, { start: tab, end: tab + 1, newText: " " });
    return true;
  }

  #comment(line: Place): void {
    const term = this.#policyTerm(line.start);
    const end = line.end === term.start ? term.end : line.end;
    this.#faults.add("comment", line, { start: line.start, end, newText: "" });
  }

  #controls(line: Place): void {
    for (const found of this.#octets(line).matchAll(CONTROL)) {
      const start = line.start + found.index;
      const fault = found[0].includes("\r") ? "bare-cr" : "control-character";
      this.#faults.add(fault, line, { start, end: start + found[0].length, newText: "" });
    }
  }

  #undecodable(line: Place): void {
    this.#faults.add("encoding", line);
    this.#hideMeant(this.#octets(line).trimStart());
  }

  /** A line that only lacks its colon is read for what it says: `mode enforce`, `mode=enforce`, a full-width colon. */
  #withoutColon(line: Place): void {
    const found = /^([ \t]*)(version|mode|max_age|mx)([ \t]*=[ \t]*|\xef\xbc\x9a[ \t]*|[ \t]+)(?=\S)/.exec(
      this.#octets(line),
    );
    const [, indent = "", name = "", delim = ""] = found ?? [];
    if (!found) {
      this.#faults.add("no-colon", line);
      return this.#hideMeant(this.#octets(line).trimStart());
    }
    const at = { start: line.start + indent.length, end: line.start + indent.length + name.length };
    this.#faults.add("no-colon", line, { start: at.end, end: at.end + delim.length, newText: ": " });
    this.#namedField(at, this.#trimmed({ start: at.end + delim.length, end: line.end }), line);
  }

  /** Notes the field that a line which could not be read plainly begins with. */
  #hideMeant(text: string): void {
    const word = /^[A-Za-z0-9_.-]{1,32}/.exec(text)?.[0] ?? "";
    const meant = isFieldName(word) ? word : intendedField(word);
    if (meant !== undefined) this.#hide(meant);
  }

  #hide(...names: readonly FieldName[]): void {
    for (const name of names) this.#unread.add(name);
  }

  #isUtf8(at: Place): boolean {
    try {
      strictUtf8.decode(this.#source.bytes.subarray(at.start, at.end));
      return true;
    } catch {
      return false;
    }
  }

  #octets(at: Place): string {
    return this.#text.slice(at.start, at.end);
  }

  #decoded(at: Place): string {
    return utf8.decode(this.#source.bytes.subarray(at.start, at.end)).replace(CONTROL, "");
  }

  #located(at: Place): Located<string> {
    return { value: this.#decoded(at), span: this.#source.span(at.start, at.end) };
  }

  #trimmed(at: Place): Place {
    let { start, end } = at;
    while (start < end && " \t".includes(this.#text.charAt(start))) start++;
    while (end > start && " \t".includes(this.#text.charAt(end - 1))) end--;
    return { start, end };
  }
}

/** `sts-policy-version-value = %s"STSv1"` */
function policyVersionValue(text: string): "STSv1" | undefined {
  return text === "STSv1" ? text : undefined;
}

/** `sts-policy-mode-value = %s"testing" / %s"enforce" / %s"none"` */
function policyModeValue(text: string): Mode | undefined {
  return text === "testing" || text === "enforce" || text === "none" ? text : undefined;
}

/** `sts-policy-max-age-value = 1*10(DIGIT)` */
function policyMaxAgeValue(text: string): number | undefined {
  return /^[0-9]{1,10}$/.test(text) ? Number(text) : undefined;
}

/** All entries but the first are ignored (end of §3.2), also where the first is not legal. */
function firstLegal<T>(
  fields: readonly PolicyField[],
  name: FieldName,
  production: (text: string) => T | undefined,
): Located<T> | undefined {
  const first = fields.find((field) => field.name.value === name);
  if (first === undefined) return undefined;
  const value = production(first.value.value);
  return value === undefined ? undefined : { value, span: first.value.span };
}

/** `sts-policy-mx-value = ["*."] Domain`, which compares without regard to case (§4.1). */
function policyMxValues(fields: readonly PolicyField[]): readonly Located<string>[] {
  const seen = new Map<string, Located<string>>();
  for (const { name, value } of fields) {
    if (name.value !== "mx" || !isMxPattern(value.value)) continue;
    const lower = value.value.toLowerCase();
    if (!seen.has(lower)) seen.set(lower, { value: lower, span: value.span });
  }
  return [...seen.values()];
}

function policyExtensions(fields: readonly PolicyField[]): readonly PolicyField[] {
  const seen = new Map<string, PolicyField>();
  for (const field of fields) {
    const name = field.name.value;
    if (!isFieldName(name) && !seen.has(name)) seen.set(name, field);
  }
  return [...seen.values()];
}

/** What people's editors and templates write in place of a term: CR, NEL, U+2028, U+2029, the characters `\n`. */
const MEANT_TERM = /(?:\r|\xc2\x85|\xe2\x80[\xa8\xa9]|\\r\\n|\\n)+/g;
const FIELD_FOLLOWS = /[ \t]*(?:version|mode|max_age|mx)[ \t]*:/iy;

/** More fields than any policy has on one line; a bound on the work that a hostile line makes. */
const MOST_TERMS = 200;

function meantTerms(text: string): readonly RegExpExecArray[] {
  const isField = fieldFollows(text, 0);
  const meant = [...text.matchAll(MEANT_TERM)].filter((found) => {
    const end = found.index + found[0].length;
    const closes = end === text.length && (isField || /^\r+$/.test(found[0]));
    return closes || fieldFollows(text, end);
  });
  return meant.slice(0, MOST_TERMS);
}

function fieldFollows(text: string, at: number): boolean {
  FIELD_FOLLOWS.lastIndex = at;
  return FIELD_FOLLOWS.test(text);
}

function termFault(written: string): FaultName {
  if (written.includes("\r")) return "bare-cr";
  return written.startsWith("\\") ? "literal-line-end" : "unicode-line-end";
}

function isUtf16(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true;
  return (a === 0 && c === 0) || (b === 0 && d === 0 && a !== 0 && c !== 0);
}
