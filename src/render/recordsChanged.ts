import { display } from "../model/name.ts";
import type { ZoneChange } from "../model/rule.ts";
import { recordDifference, serialOf } from "../model/serial.ts";
import type { ZoneRecord } from "../model/zone.ts";
import { type Room, folded } from "./listed.ts";
import { plural } from "./lookedAt.ts";
import { codeBlock, codeSpan } from "./markdownSafe.ts";
import { zoneDifference } from "./zoneDifference.ts";

/** The records that come and go, by zone, behind a line that opens them; empty where none does. */
export function recordsChanged(zones: readonly ZoneChange[], room: Room): string {
  const pieces = zones.flatMap(difference);
  return folded(`Records changed in ${plural(pieces.length, "zone")}`, pieces, room, "\n\n");
}

/** Records of one zone. */
const MOST = 40;

function difference(change: ZoneChange): readonly string[] {
  const { zone, added, removed, changed } = zoneDifference(change);
  const { gone, come } = recordDifference(change.base, change.head);
  if (gone.length + come.length === 0) return [];
  const counts = [
    [added, "added"],
    [removed, "removed"],
    [changed, "changed"],
  ] as const;
  const told = counts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  const lines = [...gone.map((record) => `-${recordText(record)}`), ...come.map((record) => `+${recordText(record)}`)];
  const left = lines.length - MOST;
  return [
    [
      `${codeSpan(zone)}: ${[...told, serialText(change)].join(", ")}.`,
      codeBlock(lines.slice(0, MOST).join("\n"), "diff"),
      ...(left > 0 ? [`${plural(left, "line")} more ${left === 1 ? "is" : "are"} not shown.`] : []),
    ].join("\n\n"),
  ];
}

function serialText(change: ZoneChange): string {
  if (!change.base) return "a new zone";
  if (!change.head) return "the zone is removed";
  const { serial } = zoneDifference(change);
  const [from, to] = [serialOf(change.base)?.value, serialOf(change.head)?.value];
  if (serial === "managed") return "serial left to the tool that sets it";
  return from === to ? `serial still ${to ?? "missing"}` : `serial ${serial} (${from ?? "none"} → ${to ?? "none"})`;
}

function recordText({ owner, ttl, type, rdata }: ZoneRecord): string {
  return `${display(owner)} ${ttl} ${type} ${rdata}`;
}
