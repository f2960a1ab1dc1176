import { type KnownRules, UNTOUCHABLE } from "../../model/config.ts";
import { type RecordIgnore, type RecordKey, type ZoneIgnores, dayOf } from "../../model/ignore.ts";
import { exchange } from "../../model/mailDomain.ts";
import { nearest } from "../../model/nearest.ts";
import { quote } from "../../model/quote.ts";
import type { Source } from "../../model/source.ts";
import type { Problem, Span } from "../../model/span.ts";
import type { Zone, ZoneRecord } from "../../model/zone.ts";
import { ZoneScanner, memory } from "./zoneScanner.ts";

const MARK = Buffer.from("mta-sts-guard");

const FORM = "Write `; mta-sts-guard: ignore RULE until=2027-01-31 reason` on the record's line or the line before.";

/** Reads what the comments of a zone, and of the files that it includes, ask to be ignored; each stands at one record. */
export function parseZoneIgnores(zone: Zone, rules: KnownRules): ZoneIgnores {
  const ignores: RecordIgnore[] = [];
  const problems: Problem[] = [];
  const sources = new Set([zone.source, ...zone.records.map((record) => record.source)]);
  for (const source of sources) {
    for (const { text, span, entry } of commentsIn(source)) {
      const read = readIgnore(text, rules);
      const records = entry ? recordsFrom(zone, source, entry.start) : [];
      if (typeof read === "string") problems.push({ message: read, span });
      else if (records.length > 0)
        for (const record of records) ignores.push({ ...read, at: span, record: keyOf(record) });
      else if (!entry || !isLost(zone, source, entry)) problems.push({ message: `${ASTRAY} ${FORM}`, span });
    }
  }
  return { ignores, problems };
}

const ASTRAY = "This comment stands at no record, so it counts for nothing.";

/** Whether an entry could not be read, which is another finding's business. */
function isLost({ problems, unknown }: Zone, { path }: Source, { start, end }: Entry): boolean {
  return [...problems, ...unknown].some(
    ({ span }) => span.path === path && start <= span.start.offset && span.start.offset < end,
  );
}

/** What a record is, for comments that stand at it. */
function keyOf(record: ZoneRecord): RecordKey {
  const { owner, type } = record;
  return { owner, type, exchange: type === "MX" ? exchange(record) : undefined };
}

/** A comment to us, and the entry that it stands at: the one on its line, or on the line after it. */
interface Comment {
  readonly text: string;
  readonly span: Span;
  readonly entry: Entry | undefined;
}

/** The bytes from an entry's first token to where the next one may begin. */
interface Entry {
  readonly start: number;
  readonly end: number;
}

function* commentsIn(source: Source): Iterable<Comment> {
  const bytes = Buffer.from(source.bytes.buffer, source.bytes.byteOffset, source.bytes.length);
  let mark = bytes.indexOf(MARK);
  if (mark < 0) return;
  const scanner = new ZoneScanner(memory(source.bytes));
  for (let more = true; more && mark >= 0;) {
    more = scanner.next();
    const end = more ? scanner.end : bytes.length;
    const entry = more && scanner.count > 0 ? { start: scanner.tokenStart(0), end } : undefined;
    const above: Comment[] = [];
    for (; mark >= 0 && mark < end; mark = bytes.indexOf(MARK, mark + 1)) {
      const comment = commentAt(source, scanner, mark);
      if (!comment) continue;
      if (entry && mark > entry.start) yield { ...comment, entry };
      else above.push(comment);
    }
    let line = entry ? source.point(entry.start).line : 0;
    for (const comment of above.toReversed()) {
      const isNext = comment.span.start.line === line - 1;
      if (isNext) line--;
      yield isNext ? { ...comment, entry } : comment;
    }
  }
}

/** The comment that begins with our name at a place; undefined if that is the text of a record, or speaks of us in passing. */
function commentAt(source: Source, scanner: ZoneScanner, mark: number): Comment | undefined {
  const { bytes } = source;
  let from = source.lineStart(source.point(mark).line);
  for (let token = 0; token < scanner.count; token++) {
    const end = scanner.tokenEnd(token);
    if (scanner.tokenStart(token) > mark) break;
    from = Math.max(from, end);
  }
  const start = bytes.indexOf(0x3b, from);
  if (start < 0 || start > mark || !/^[;\s]*$/.test(source.text(start, mark))) return undefined;
  const lineEnd = bytes.indexOf(0x0a, mark);
  const text = source.text(mark, lineEnd < 0 ? bytes.length : lineEnd).trimEnd();
  if (!/^mta-sts-guard(?:\s*:|\s+ignore\b)/i.test(text)) return undefined;
  return { text, span: source.span(start, mark + Buffer.byteLength(text)), entry: undefined };
}

/** The records of a zone whose text begins at a place: more than one where a file is included more than once. */
function recordsFrom(zone: Zone, source: Source, start: number): readonly ZoneRecord[] {
  const own = zone.records.filter((record) => record.source === source && !record.generated);
  if (zone.includes.filter(({ value }) => value === source.path).length > 1)
    return own.filter((record) => record.span.start.offset === start);
  let low = 0;
  let high = own.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((own[middle] as ZoneRecord).span.start.offset < start) low = middle + 1;
    else high = middle;
  }
  const found = own[low];
  return found?.span.start.offset === start ? [found] : [];
}

/** What a comment asks to be ignored, or what is wrong with it. */
function readIgnore(text: string, rules: KnownRules): Pick<RecordIgnore, "rule" | "until" | "reason"> | string {
  const words = /^mta-sts-guard\s*:\s*ignore(?:\s+(.*))?$/.exec(text)?.[1]?.trim();
  if (words === undefined) return `${quote(text)} is no comment that is known here. ${FORM}`;
  const [, rule = "", until, reason = ""] = /^(\S+)(?:\s+until=(\S*))?\s*(.*)$/.exec(words) ?? [];
  if (UNTOUCHABLE.includes(rule))
    return `\`${rule}\` cannot be ignored: with it a change would pass that was not judged. Take this comment out.`;
  if (!Object.hasOwn(rules, rule)) {
    const meant = nearest(rule, Object.keys(rules));
    return `There is no rule ${quote(rule)}, so this comment counts for nothing.${meant === undefined ? "" : ` Did you mean \`${meant}\`?`} ${FORM}`;
  }
  const day = until === undefined ? undefined : dayOf(until);
  if (until !== undefined && !day) return `${quote(until)} is no date: write one like \`until=2027-01-31\`.`;
  if (reason === "") return `The comment does not say why ${quote(rule)} is ignored, so it counts for nothing. ${FORM}`;
  if (/\buntil\s*[=:]|^until\b/i.test(reason))
    return `\`until=\` and a date stand right behind the rule, without blanks, or this would count for ever. ${FORM}`;
  return { rule, reason, ...(day ? { until: day } : {}) };
}
