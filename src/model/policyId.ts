import type { Edit } from "./finding.ts";
import { type MailDomain, stsRecord } from "./mailDomain.ts";
import type { DomainChange } from "./rule.ts";
import { serialEdits } from "./serial.ts";
import type { StsRecord } from "./stsRecord.ts";
import { recordsAt } from "./zone.ts";

/** The id that senders read for a domain (RFC 8461 §3.1), if it is a literal in the repository. */
export function idOf(domain: MailDomain | undefined): StsRecord["id"] {
  return domain && stsRecord(domain)?.id;
}

/**
 * The edits that make senders fetch the policy anew: a new id and the zone's serial. None where the change already has a
 * new id, or the record is not in the repository.
 */
export function newIdEdits(change: DomainChange): readonly Edit[] {
  const id = idOf(change.head);
  const before = idOf(change.base);
  if (!id || (before && before.value !== id.value) || (change.head && stsRecord(change.head)?.record.generated))
    return [];
  return [{ at: id.span, newText: newId(change) }, ...serialEdits(change.zone)];
}

/** An id that the domain never had: the moment in UTC, raised by a second while it collides with history. */
export function newId(change: DomainChange): string {
  const used = usedIds(change);
  const at = new Date(change.moment.head);
  while (used.has(timestamp(at))) at.setUTCSeconds(at.getUTCSeconds() + 1);
  return timestamp(at);
}

function timestamp(at: Date): string {
  return at.toISOString().replace(/\.\d+/, "").replace(/[-:]/g, "");
}

function usedIds(change: DomainChange): ReadonlySet<string> {
  const ids = new Set([idOf(change.base)?.value, idOf(change.head)?.value].filter((id) => id !== undefined));
  const owner = (change.head && stsRecord(change.head)?.record.owner) ?? "";
  for (const { zone } of change.history.pasts) {
    for (const record of zone ? recordsAt(zone, owner, "TXT") : []) {
      const id = /;\s*id=([A-Za-z0-9]+)/.exec(record.txt?.value ?? "")?.[1];
      if (id !== undefined) ids.add(id);
    }
  }
  return ids;
}
