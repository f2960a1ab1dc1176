import { Buffer } from "node:buffer";
import { quote } from "../../model/quote.ts";
import type { ZoneScanner } from "./zoneScanner.ts";
import { shown } from "./zoneToken.ts";

/** The numbers that a `$GENERATE` runs through. */
interface GenerateRange {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

/** A text with places for the number: what one side of a `$GENERATE` makes of it. */
type GenerateTemplate = (value: number) => string;

/** What a `$GENERATE` makes: the octets of the owner and of the RDATA for each number of a range. */
export interface Generate {
  readonly range: GenerateRange;
  readonly steps: number;
  readonly owner: GenerateTemplate;
  readonly data: GenerateTemplate;
}

/** Reads BIND's `$GENERATE range owner [TTL] [class] type RDATA`, the RDATA in token `data`; or what is wrong, and with which token. */
export function readGenerate(
  entry: ZoneScanner,
  data: number,
  mostSteps: number,
): Generate | { readonly fault: string; readonly token: number } {
  const { bytes, starts, ends } = entry;
  const range = readRange(bytes, starts[1] as number, ends[1] as number, mostSteps);
  if (typeof range === "string") return { fault: range, token: 1 };
  const ownerOf = readTemplate(bytes, starts[2] as number, ends[2] as number, range);
  if (typeof ownerOf === "string") return { fault: ownerOf, token: 2 };
  const dataOf = readTemplate(bytes, starts[data] as number, ends[data] as number, range);
  if (typeof dataOf === "string") return { fault: dataOf, token: data };
  return { range, steps: stepsOf(range), owner: ownerOf, data: dataOf };
}

function stepsOf(range: GenerateRange): number {
  return Math.floor((range.last - range.first) / range.step) + 1;
}

/** Reads `first-last[/step]`; a string says what is wrong with it. */
function readRange(bytes: Uint8Array, start: number, end: number, mostSteps: number): GenerateRange | string {
  const text = shown(bytes, start, end);
  const written = Buffer.from(bytes.subarray(start, end)).toString("latin1");
  const match = /^(\d{1,10})-(\d{1,10})(?:\/(\d{1,10}))?$/.exec(written);
  if (!match) return `${text} is no range: write first-last or first-last/step, such as 1-10/2.`;
  const [first, last, step] = [Number(match[1]), Number(match[2]), Number(match[3] ?? 1)];
  if (first > last) return `${text} is no range: it ends before it starts.`;
  if (step === 0) return `${text} is no range: its step must be 1 or more.`;
  if (last > LARGEST) return `${text} is out of range: numbers end at ${LARGEST}.`;
  const steps = stepsOf({ first, last, step });
  if (steps > mostSteps)
    return `${text} makes ${steps} records, and ${mostSteps} is the most for one $GENERATE: split it.`;
  return { first, last, step };
}

/** Reads a side of a `$GENERATE`: `$`, `${offset[,width[,base]]}`, `$$` for a dollar; a string says what is wrong. */
function readTemplate(bytes: Uint8Array, start: number, end: number, range: GenerateRange): GenerateTemplate | string {
  const text = Buffer.from(bytes.subarray(start, end)).toString("latin1");
  const parts: GenerateTemplate[] = [];
  let literal = "";
  for (let at = 0; at < text.length;) {
    const character = text.charAt(at);
    if (character === "\\" || text.startsWith("$$", at)) {
      literal += character === "\\" ? text.slice(at, at + 2) : "$";
      at += 2;
      continue;
    }
    if (character !== "$") {
      literal += character;
      at++;
      continue;
    }
    const modifier =
      text.charAt(at + 1) === "{"
        ? /^\{\s*([+-]?\d{1,10})(?:,\s*(\d{1,3})(?:,([doxXnN]))?)?\}/.exec(text.slice(at + 1))
        : undefined;
    if (modifier === null || Number(modifier?.[2] ?? 0) > WIDEST) {
      return `${quote(text.slice(at, at + 20))} is no modifier: write \${offset,width,base} with a width up to ${WIDEST} and a base out of d o x X n N.`;
    }
    if (range.last + Number(modifier?.[1] ?? 0) > LARGEST) {
      return `${shown(bytes, start, end)} goes out of range: numbers end at ${LARGEST}.`;
    }
    const before = literal;
    literal = "";
    const write = writer(Number(modifier?.[1] ?? 0), Number(modifier?.[2] ?? 0), modifier?.[3] ?? "d");
    parts.push((value) => before + write(value));
    at += 1 + (modifier?.[0].length ?? 0);
  }
  const tail = literal;
  return (value) => parts.map((part) => part(value)).join("") + tail;
}

/** The octets of a side's text. */
export function generated(template: GenerateTemplate, value: number): Uint8Array {
  return Buffer.from(template(value), "latin1");
}

const LARGEST = 0x7fffffff;
const WIDEST = 127;

function writer(offset: number, width: number, base: string): GenerateTemplate {
  if (base === "n" || base === "N") return (value) => nibbles(value + offset, width, base);
  const radix = base === "d" ? 10 : base === "o" ? 8 : 16;
  return (value) => {
    const number = value + offset;
    const digits = (radix === 10 ? Math.abs(number) : number >>> 0).toString(radix);
    const sign = radix === 10 && number < 0 ? "-" : "";
    const text = sign + digits.padStart(width - sign.length, "0");
    return base === "X" ? text.toUpperCase() : text;
  };
}

/** The nibbles from the lowest on, as in names below ip6.arpa; the dots count in the width (BIND). */
function nibbles(value: number, width: number, base: string): string {
  let text = "";
  for (let rest = value >>> 0, left = width; ;) {
    text += (rest & 15).toString(16);
    rest >>>= 4;
    left--;
    if (rest === 0 && left <= 0) return base === "N" ? text.toUpperCase() : text;
    text += ".";
    left--;
    if (rest === 0 && left <= 0) return base === "N" ? text.toUpperCase() : text;
  }
}
