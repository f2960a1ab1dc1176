import { memo } from "./memo.ts";
import type { ZoneChange } from "./rule.ts";
import type { Edit } from "./finding.ts";
import type { Located } from "./span.ts";
import { type Zone, type ZoneRecord, soa } from "./zone.ts";

const HALF = 2 ** 31;
const FULL = 2 ** 32;

/** The zone's serial (RFC 1035 §3.3.13), if it is a literal in a file: not made by `$GENERATE`, not in a template. */
export function serialOf(zone: Zone | undefined): Located<number> | undefined {
  const record = zone && soa(zone);
  const field = record?.fields[2];
  return field && record && !record.generated ? { value: Number(field.value), span: field.span } : undefined;
}

/** How `next` stands to `serial` by serial number arithmetic (RFC 1982 §3.2). */
export function compareSerials(serial: number, next: number): "raised" | "unchanged" | "lowered" {
  if (serial === next) return "unchanged";
  return (next - serial + FULL) % FULL < HALF ? "raised" : "lowered";
}

/** The next serial in the style of the one before: a date with a counter, seconds since 1970, or a plain counter. */
export function nextSerial(serial: number, now: Date): number {
  const text = String(serial);
  if (isDated(text)) {
    const today = now.toISOString().slice(0, 10).replaceAll("-", "");
    const first = Number(`${today}${text.endsWith("00") ? "00" : "01"}`);
    return first > serial ? first : serial + 1;
  }
  const seconds = Math.floor(now.getTime() / 1000);
  if (text.length === 10 && serial < seconds) return seconds;
  return serial + 1 < FULL ? serial + 1 : 1;
}

function isDated(text: string): boolean {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})\d{2}$/.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return Number(year) >= 1980 && Number(year) < 2100 && date.getUTCDate() === Number(day);
}

/** The records of a zone as comparable texts, the serial left out: spelling, order and comments are no change. */
const contents = memo(
  (zone: Zone): ReadonlyMap<string, ZoneRecord> => new Map(zone.records.map((record) => [canonical(record), record])),
);

function canonical(record: ZoneRecord): string {
  const rdata =
    record.type === "SOA"
      ? record.fields
          .toSpliced(2, 1)
          .map((field) => field.value)
          .join(" ")
      : record.rdata;
  return `${record.owner} ${record.ttl} ${record.class} ${record.type} ${rdata}`;
}

const NOTHING: ReadonlyMap<string, ZoneRecord> = new Map();

/** The records that stand in only one of two zones: `gone` in base, `come` in head; no zone holds none. */
export function recordDifference(
  base: Zone | undefined,
  head: Zone | undefined,
): { readonly gone: readonly ZoneRecord[]; readonly come: readonly ZoneRecord[] } {
  if (base === head) return { gone: [], come: [] };
  const before = base ? contents(base) : NOTHING;
  const after = head ? contents(head) : NOTHING;
  return {
    gone: [...before].filter(([text]) => !after.has(text)).map(([, record]) => record),
    come: [...after].filter(([text]) => !before.has(text)).map(([, record]) => record),
  };
}

/** All the records that stand in only one of two zones. */
export function changedRecords(base: Zone, head: Zone): readonly ZoneRecord[] {
  const { gone, come } = recordDifference(base, head);
  return [...gone, ...come];
}

/**
 * Whether a tool sets the serial when the zone is loaded: it is 0 or 1, or the last commit on the base branch that changed
 * records left it alone.
 */
export const isToolManaged = memo((change: ZoneChange): boolean => {
  const serial = serialOf(change.head);
  if (!serial || serial.value <= 1) return true;
  const zones = change.history.pasts.map((past) => past.zone).filter((zone) => zone !== undefined);
  for (let at = zones.length - 1; at > 0; at--) {
    const [before, after] = [zones[at - 1], zones[at]] as [Zone, Zone];
    if (changedRecords(before, after).length === 0) continue;
    return serialOf(before)?.value === serialOf(after)?.value;
  }
  return false;
});

/** The edit that a fix of records owes the zone: the next serial, unless head has raised it or a tool sets it. */
export function serialEdits(change: ZoneChange): readonly Edit[] {
  const serial = serialOf(change.head);
  if (!serial || isToolManaged(change)) return [];
  const before = serialOf(change.base);
  if (before && before.value !== serial.value) return [];
  return [{ at: serial.span, newText: String(nextSerial(serial.value, change.moment.head)) }];
}
