import { groupedBy } from "./groupedBy.ts";
import { memo } from "./memo.ts";
import type { Name } from "./name.ts";
import type { Source } from "./source.ts";
import type { Located, Problem, Span } from "./span.ts";

/** The value of a TXT-like record: all character-strings joined (RFC 7208 §3.3, RFC 8461 §3.1), one character an octet. */
export interface TxtValue {
  readonly value: string;
  /** The character-strings one by one, unescaped. */
  readonly strings: readonly string[];
  /** Whether every character-string stands in quotes. */
  readonly quoted: boolean;
  /** Where characters `from` to `to` (exclusive) of `value` are written, across strings and escapes. */
  span(from: number, to: number): Span;
}

/** One resource record of a master file (RFC 1035 §5.1). */
export interface ZoneRecord {
  readonly owner: Name;
  readonly ttl: number;
  /** Upper case, `IN` or `CLASSn`. */
  readonly class: string;
  /** Upper case: a mnemonic, or `TYPEn`. */
  readonly type: string;
  /** RDATA in canonical presentation form, names absolute and lower case. */
  readonly rdata: string;
  /** The file the record is written in: the zone's own, or an included one. */
  readonly source: Source;
  /** From the record's first token to the end of its last. */
  readonly span: Span;
  /** Absent where the owner is inherited from the record before. */
  readonly ownerSpan: Span | undefined;
  /** Absent where the TTL is inherited. */
  readonly ttlSpan: Span | undefined;
  /** From the first to the last token of the RDATA. */
  readonly rdataSpan: Span;
  /** Each field of the RDATA: its canonical text and where it is written. For character-strings the text is quoted. */
  readonly fields: readonly Located<string>[];
  /** Only for TXT and SPF. */
  readonly txt: TxtValue | undefined;
  /** Whether `$GENERATE` made it: its spans are the directive's, so no edit can aim at it. */
  readonly generated: boolean;
}

/** A line of a master file that could not be read. */
export interface ZoneProblem extends Problem {
  /** The owner of the record that was lost, where it could be told. */
  readonly owner: Name | undefined;
  /** What was lost: one record, or the unknown contents of an `$INCLUDE` or `$GENERATE`. */
  readonly lost: "record" | "file";
}

/** A line of another server's dialect or of a template: nothing is known about it, and it is no fault. */
export interface UnknownLine {
  readonly owner: Name | undefined;
  readonly span: Span;
  readonly reason: string;
}

/** A master file and what it includes. */
export interface Zone {
  readonly origin: Name;
  readonly source: Source;
  /** In the order of the file, included records where their `$INCLUDE` stands. */
  readonly records: readonly ZoneRecord[];
  readonly problems: readonly ZoneProblem[];
  readonly unknown: readonly UnknownLine[];
  /** The files that `$INCLUDE` reached, by path, and where each is included. */
  readonly includes: readonly Located<string>[];
}

/** The files a zone is made of; where a symbolic link leads to it, the link, too. */
export function filesOf(zone: Zone): readonly string[] {
  const { path, file } = zone.source;
  return [path, ...(file === path ? [] : [file]), ...zone.includes.map((include) => include.value)];
}

/** The records at a name, of one type or of all. */
export function recordsAt(zone: Zone, owner: Name, type?: string): readonly ZoneRecord[] {
  const found = index(zone).get(owner) ?? [];
  if (type === undefined) return found;
  return found.length > FEW ? (byType(found).get(type) ?? []) : found.filter((record) => record.type === type);
}

/** Names with more records than this are asked for one type again and again: a thousand MX records, and each host is looked up. */
const FEW = 16;

const byType = memo((records: readonly ZoneRecord[]) => groupedBy(records, (record) => record.type));

/** The zone's SOA record (RFC 1035 §3.3.13): the first one. */
export const soa = memo((zone: Zone): ZoneRecord | undefined => zone.records.find((record) => record.type === "SOA"));

/** Whether records may stand at a name that were not read: a broken line, a missing include, another server's type. */
export function mayHoldMore(zone: Zone, owner: Name): boolean {
  const { anywhere, owners } = lost(zone);
  return anywhere || owners.has(owner);
}

const lost = memo(({ problems, unknown }: Zone) => {
  const owners = new Set([...problems, ...unknown].map((line) => line.owner));
  return { anywhere: owners.has(undefined) || problems.some((problem) => problem.lost === "file"), owners };
});

const indexes = new WeakMap<Zone, ReadonlyMap<Name, readonly ZoneRecord[]>>();

function index(zone: Zone): ReadonlyMap<Name, readonly ZoneRecord[]> {
  const known = indexes.get(zone);
  if (known) return known;
  const made = new Map<Name, ZoneRecord[]>();
  for (const record of zone.records) {
    const there = made.get(record.owner);
    if (there) there.push(record);
    else made.set(record.owner, [record]);
  }
  indexes.set(zone, made);
  return made;
}
