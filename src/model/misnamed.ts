import { groupedBy } from "./groupedBy.ts";
import { memo } from "./memo.ts";
import { type Name, isWithin, labels, under } from "./name.ts";
import { type Zone, type ZoneRecord, recordsAt, soa } from "./zone.ts";

/** A TXT record that holds an MTA-STS record where no sender looks for one. */
export interface MisnamedRecord {
  readonly record: ZoneRecord;
  /** The mail domain whose `_mta-sts` it was meant to be. */
  readonly meantFor: Name;
}

/** Names that stand in for `_mta-sts` in real zones. */
const MISSPELT = ["mta-sts", "_mts-sta", "_mta_sts", "_mtasts", "_sts", "_mta-sts._tcp"];

/** The records of a zone that begin `v=STSv1` at a name that RFC 8461 §3.1 does not give them. */
export const misnamedStsRecords = memo((zone: Zone): readonly MisnamedRecord[] =>
  zone.records.flatMap((record) => {
    if (record.type !== "TXT" || !record.rdata.replaceAll('" "', "").startsWith('"v=STSv1')) return [];
    const meantFor = domainMeant(zone, record.owner);
    return meantFor === undefined ? [] : [{ record, meantFor }];
  }),
);

/** The same by the domain that each was meant for. */
export const misnamedByDomain = memo((zone: Zone): ReadonlyMap<Name, readonly MisnamedRecord[]> =>
  groupedBy(misnamedStsRecords(zone), ({ meantFor }) => meantFor),
);

function domainMeant(zone: Zone, owner: Name): Name | undefined {
  if (owner.startsWith("_mta-sts.") && !owner.startsWith("_mta-sts._tcp.")) return doubled(zone, owner);
  const prefix = MISSPELT.find((misspelt) => owner.startsWith(`${misspelt}.`));
  if (prefix !== undefined) return owner.slice(prefix.length + 1);
  return isMailDomain(zone, owner) ? owner : undefined;
}

/** `_mta-sts.D.D.`: a name written in full without its final dot, so that the origin was added once more (RFC 1035 §5.1). */
function doubled(zone: Zone, owner: Name): Name | undefined {
  const domain = owner.slice("_mta-sts.".length);
  const apex = soa(zone)?.owner ?? zone.origin;
  const parts = labels(domain);
  const written = `${parts.slice(0, parts.length - labels(apex).length).join(".")}.`;
  return isWithin(domain, apex) && apex !== "." && written !== "." && isWithin(written, apex) ? written : undefined;
}

/** Text about MTA-STS may stand at any name; only where mail arrives was it surely meant as the record. */
function isMailDomain(zone: Zone, owner: Name): boolean {
  const atApex = owner === (soa(zone)?.owner ?? zone.origin);
  return atApex || recordsAt(zone, owner, "MX").length > 0 || recordsAt(zone, under("_mta-sts", owner)).length > 0;
}
