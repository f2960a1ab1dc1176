import { Source } from "../../src/model/source.ts";
import type { ZoneRecord } from "../../src/model/zone.ts";
import { parseZone } from "../../src/parse/zone/parseZone.ts";

/** The one record of a small zone file for example.com. */
export function recordIn(text: string): ZoneRecord {
  const source = new Source("head", "db.example.com", new TextEncoder().encode(text));
  const { records } = parseZone(source, { origin: "example.com.", strict: false, include: () => "not here" });
  if (records.length !== 1) throw new Error(`wanted one record, got ${records.length}`);
  return records[0] as ZoneRecord;
}
