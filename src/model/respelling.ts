import type { Fix } from "./finding.ts";
import { quote } from "./quote.ts";
import type { DomainChange } from "./rule.ts";
import { serialEdits } from "./serial.ts";
import type { RecordProblem } from "./stsRecord.ts";
import type { ZoneRecord } from "./zone.ts";

/** The fix that puts a problem's replacement in its place; undefined where it has none or no edit can aim at the record. */
export function respelling(record: ZoneRecord, problem: RecordProblem, change: DomainChange): Fix | undefined {
  const { replacement, span } = problem;
  if (replacement === undefined || record.generated) return undefined;
  const title = replacement === "" ? "Remove what is too much" : `Write ${quote(replacement)}`;
  return { title, edits: [{ at: span, newText: replacement }, ...serialEdits(change.zone)] };
}

/** The values that tell a problem of a record from others; one of the whole record stays the same whatever else it says. */
export function compared({ txt }: ZoneRecord, { fault, text }: RecordProblem): readonly string[] {
  return text === txt?.value ? [fault] : [fault, text];
}
