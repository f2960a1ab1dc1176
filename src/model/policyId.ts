import type { Edit } from "./finding.ts";
import { type MailDomain, stsRecord } from "./mailDomain.ts";
import type { Name } from "./name.ts";
import type { Past } from "./past.ts";
import { type ReadablePolicy, readable } from "./policy.ts";
import type { DomainChange } from "./rule.ts";
import { serialEdits } from "./serial.ts";
import type { StsRecord } from "./stsRecord.ts";
import { type Zone, recordsAt } from "./zone.ts";

/** The id that senders read for a domain (RFC 8461 §3.1), if it is a literal in the repository. */
export function idOf(domain: MailDomain | undefined): StsRecord["id"] {
  return domain && stsRecord(domain)?.id;
}

/**
 * The edits that make senders fetch the policy anew: a new id and the zone's serial. None where the change already has a
 * new id, or the record is not in the repository.
 */
export function newIdEdits(change: DomainChange): readonly Edit[] {
  const before = idOf(change.base);
  return before && before.value !== idOf(change.head)?.value ? [] : unusedIdEdits(change);
}

/** The edits that give the record an id that it never had, whatever the change gives it. */
export function unusedIdEdits(change: DomainChange): readonly Edit[] {
  const id = idOf(change.head);
  if (!id || (change.head && stsRecord(change.head)?.record.generated)) return [];
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
  const ids = [idOf(change.base)?.value, idOf(change.head)?.value];
  const past = change.history.pasts.flatMap(({ zone }) => idsAt(zone, ownerOf(change)));
  return new Set([...ids, ...past].filter((id) => id !== undefined));
}

/** The states of the past in which senders read this id, with the policy of that time; those that cannot tell are left out. */
export function pastsWithId(change: DomainChange, id: string): readonly { past: Past; policy: ReadablePolicy }[] {
  return change.history.pasts.flatMap((past) => {
    const { zone, policy } = past;
    if (!policy || !readable(policy)) return [];
    const [only, ...more] = idsAt(zone, ownerOf(change));
    return only === id && more.length === 0 ? [{ past, policy }] : [];
  });
}

function ownerOf({ head }: DomainChange): Name {
  return (head && stsRecord(head)?.record.owner) ?? "";
}

/** The ids of the MTA-STS records at a name, each of which begins with its version (RFC 8461 §3.1). */
function idsAt(zone: Zone | undefined, owner: Name): readonly string[] {
  const values = new Set(zone ? recordsAt(zone, owner, "TXT").map(({ txt }) => txt?.value ?? "") : []);
  return [...values].flatMap((value) => /^v=STSv1;(?:.*;)?[ \t]*id=([A-Za-z0-9]+)[ \t]*(?:;|$)/.exec(value)?.[1] ?? []);
}
