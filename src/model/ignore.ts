import type { Name } from "./name.ts";
import type { Problem, Span } from "./span.ts";
import type { Zone } from "./zone.ts";

/** A finding that somebody accepted, and why. */
export interface Ignore {
  readonly rule: string;
  /** Absent: every domain. */
  readonly domain?: Name;
  /** The last day on which it counts, at its beginning (UTC); absent: for ever. */
  readonly until?: Date;
  readonly reason: string;
  /** Where it is written. */
  readonly at: Span;
}

/** The record that a comment stands at: what it is, not where, so that no edit can move the comment to another one. */
export interface RecordKey {
  readonly owner: Name;
  readonly type: string;
  /** The exchange of an MX record; other types are one thing by owner and type. */
  readonly exchange: Name | undefined;
}

/** An ignore that stands as a comment at a record of a zone. */
export interface RecordIgnore extends Ignore {
  readonly record: RecordKey;
}

/** What the comments of a zone ask to be ignored, and the ones that cannot be read so. */
export interface ZoneIgnores {
  readonly ignores: readonly RecordIgnore[];
  readonly problems: readonly Problem[];
}

/** The ignores that count for a change. */
export interface Ignores {
  readonly configured: readonly Ignore[];
  /** By zone: what its comments say, and the zone's records on both sides. */
  readonly comments: readonly { readonly ignores: readonly RecordIgnore[]; readonly zones: readonly Zone[] }[];
  /** The domains that a file's findings are about where they name none: those of a shared policy, the top of a zone. */
  readonly domainsOf: (path: string) => readonly Name[];
  readonly now: Date;
}

const DAY = 86_400_000;

/** Whether an ignore still counts: on its last day it does (UTC). */
export function isActive({ until }: Ignore, now: Date): boolean {
  return until === undefined || now.getTime() < until.getTime() + DAY;
}

/** Whether an ignore covers all that another one covers: the same rule and record, no fewer domains, no shorter time. */
export function covers(wide: Ignore | RecordIgnore, narrow: Ignore | RecordIgnore): boolean {
  if (wide.rule !== narrow.rule || recordOf(wide) !== recordOf(narrow)) return false;
  if (wide.domain !== undefined && wide.domain !== narrow.domain) return false;
  return wide.until === undefined || (narrow.until !== undefined && narrow.until <= wide.until);
}

function recordOf(ignore: Ignore | RecordIgnore): string {
  if (!("record" in ignore)) return "";
  const { owner, type, exchange = "" } = ignore.record;
  return `${owner} ${type} ${exchange}`;
}

/** A day as people write it: `2026-05-31`. */
export function dayText(day: Date): string {
  return day.toISOString().slice(0, 10);
}

/** The day that a text names (`2027-01-31`), at its beginning in UTC; undefined for anything else, `2027-02-30` included. */
export function dayOf(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(day.getTime()) || dayText(day) !== text ? undefined : day;
}
