import { Buffer } from "node:buffer";
import { CanonicalText } from "./canonicalText.ts";
import { isSpelled } from "./recordTypes.ts";
import { generated, readGenerate } from "./zoneGenerate.ts";
import { type Origin, originOf, writeName, writeNameToken } from "./zoneName.ts";
import type { ZoneParser } from "./zoneParser.ts";
import { memory, ZoneScanner } from "./zoneScanner.ts";
import { unescaped } from "./zoneToken.ts";
import { readTtl } from "./zoneTtl.ts";

/** Carries out the directive in the parser's present entry. */
export function readDirective(parser: ZoneParser): void {
  const { bytes, starts, ends } = parser.entry;
  const [start, end] = [starts[0] as number, ends[0] as number];
  if (isSpelled(bytes, start, end, "$ORIGIN")) readOrigin(parser);
  else if (isSpelled(bytes, start, end, "$TTL")) readDefaultTtl(parser);
  else if (isSpelled(bytes, start, end, "$INCLUDE")) readInclude(parser);
  else if (isSpelled(bytes, start, end, "$GENERATE")) readGenerated(parser);
  // BIND writes $DATE into its journals' dumps; it says nothing about records.
  else if (isSpelled(bytes, start, end, "$DATE")) return;
  else if (parser.habits.strict) {
    parser.problem(`${parser.shown(0)} is no directive: $ORIGIN, $TTL, $INCLUDE and $GENERATE are.`, 0, "file");
  } else parser.unknown(`${parser.shown(0)} is no directive of master files`);
}

function readOrigin(parser: ZoneParser): void {
  const origin = originAt(parser, 1);
  if (origin) {
    parser.base = origin;
    noMore(parser, 2);
  }
}

/** The name that a token spells, as an origin; undefined after a problem. */
function originAt(parser: ZoneParser, token: number): Origin | undefined {
  const { entry, out } = parser;
  if (entry.count <= token) {
    parser.problem("$ORIGIN needs a name, such as example.com. with its final dot.", 0, "file");
    return undefined;
  }
  const from = out.length;
  const [start, end] = [entry.starts[token] as number, entry.ends[token] as number];
  out.reserve((end - start) * 4 + 2048);
  const fault = writeNameToken(entry, token, parser.base, out);
  const text = out.text(from, out.length);
  out.length = from;
  if (fault === undefined) return originOf(text);
  parser.problem(fault, token, "file");
  return undefined;
}

function readDefaultTtl(parser: ZoneParser): void {
  const { bytes, starts, ends, count } = parser.entry;
  if (count < 2) return parser.problem("$TTL needs a time, such as 1h or 3600.", 0);
  const ttl = readTtl(bytes, starts[1] as number, ends[1] as number);
  if (ttl < 0) return parser.problem(`${parser.shown(1)} is no TTL: use seconds or units such as 1h30m.`, 1);
  parser.defaultTtl = ttl;
  noMore(parser, 2);
}

/** RFC 1035 §5.1: the file has its own origin and owner, and does not change those of the including file. */
function readInclude(parser: ZoneParser): void {
  const { entry } = parser;
  if (entry.count < 2) return parser.problem("$INCLUDE needs a file name.", 0, "file");
  const outer = parser.base;
  const inner = entry.count > 2 ? originAt(parser, 2) : outer;
  if (!inner) return;
  const [start, end] = [entry.tokenStart(1), entry.tokenEnd(1)];
  const path = Buffer.from(
    unescaped(entry.bytes, entry.starts[1] as number, entry.ends[1] as number),
    "latin1",
  ).toString();
  const file = parser.mayOpen() ?? parser.sink.open(path, start, end);
  const refused =
    typeof file === "string"
      ? file
      : parser.isOpen(file)
        ? "it is being read already, and would include itself for ever"
        : undefined;
  if (typeof file === "string" || refused !== undefined) {
    if (typeof file !== "string") parser.sink.close(file);
    return parser.problem(`${parser.shown(1)} cannot be included: ${refused}.`, 1, "file");
  }
  noMore(parser, 3);
  const owner = parser.owner;
  const hadOwner = parser.hasOwner;
  parser.owner = new CanonicalText(owner.length);
  parser.owner.copy(owner.view, 0, owner.length);
  parser.base = inner;
  parser.read(file);
  parser.sink.close(file);
  parser.base = outer;
  parser.owner = owner;
  parser.hasOwner = hadOwner;
}

/** BIND's `$GENERATE range owner [TTL] [class] type RDATA`. */
function readGenerated(parser: ZoneParser): void {
  const { entry } = parser;
  const { count } = entry;
  if (count < 5)
    return parser.problem(
      "$GENERATE needs a range, an owner, a type and its data: $GENERATE 1-9 host$ A 192.0.2.$.",
      count - 1,
      "file",
    );
  const rhs = parser.head(3);
  if (rhs < 0) return;
  if (rhs >= count) return parser.problem("This $GENERATE ends before its data: add them.", count - 1, "file");
  if (!noMore(parser, rhs + 1)) return;
  const generate = readGenerate(entry, rhs, parser.habits.maxGenerateSteps);
  if ("fault" in generate) return parser.problem(generate.fault, generate.token, "file");
  if (!parser.mayGenerate(generate.steps)) {
    return parser.problem(
      `All $GENERATE of a zone may make ${parser.habits.maxGenerated} records together, and this one goes beyond.`,
      0,
      "file",
    );
  }
  const { range } = generate;
  const { ttl } = parser;
  const owner = new CanonicalText();
  for (let value = range.first; value <= range.last; value += range.step) {
    parser.generated = true;
    parser.rdataToken = 0;
    parser.ttl = ttl;
    const name = generated(generate.owner, value);
    owner.length = 0;
    owner.reserve(name.length * 4 + 2048);
    const fault = writeName(name, 0, name.length, parser.base, owner);
    if (fault !== undefined) return parser.problem(fault, 2, "file");
    const data = new ZoneScanner(memory(generated(generate.data, value)));
    data.next();
    if (data.fault !== undefined) return parser.problem(data.fault, rhs, "file");
    if (!parser.write(data, owner)) return;
  }
}

/** Says so if a directive has more fields than it takes. */
function noMore(parser: ZoneParser, token: number): boolean {
  if (parser.entry.count <= token) return true;
  parser.problem(
    `${parser.shown(token)} is one field too many for ${parser.shown(0)}: remove it, or put a ; before a comment.`,
    token,
  );
  return false;
}
