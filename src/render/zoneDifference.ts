import { groupedBy } from "../model/groupedBy.ts";
import type { ZoneChange } from "../model/rule.ts";
import { compareSerials, isToolManaged, recordDifference, serialOf } from "../model/serial.ts";
import type { ZoneRecord } from "../model/zone.ts";

/** How many records of a zone came, went or took another's place at the same name and type; the serial is told on its own. */
export interface ZoneDifference {
  readonly zone: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly serial: "raised" | "unchanged" | "lowered" | "managed";
}

/** Counts what a zone's change does to its records. */
export function zoneDifference(change: ZoneChange): ZoneDifference {
  const { base, head } = change;
  const { gone, come } = recordDifference(base, head);
  const set = (record: ZoneRecord): string => `${record.owner} ${record.type}`;
  const lost = groupedBy(gone, set);
  const won = groupedBy(come, set);
  const changed = [...lost].reduce(
    (sum, [key, records]) => sum + Math.min(records.length, won.get(key)?.length ?? 0),
    0,
  );
  return {
    zone: (head ?? base)?.source.path ?? "",
    added: come.length - changed,
    removed: gone.length - changed,
    changed,
    serial: serialState(change),
  };
}

/** `managed`: nobody has to raise it by hand - a tool does, or the zone is gone. A new zone's is new to every server. */
function serialState(change: ZoneChange): ZoneDifference["serial"] {
  const [from, to] = [serialOf(change.base)?.value, serialOf(change.head)?.value];
  if (from !== undefined && to !== undefined && from !== to) return compareSerials(from, to);
  if (isToolManaged(change)) return "managed";
  return change.base === undefined ? "raised" : "unchanged";
}
