import type { Fix } from "./finding.ts";
import { groupedBy } from "./groupedBy.ts";
import { memo } from "./memo.ts";
import { type Name, isWildcard, isWithin, labels, under } from "./name.ts";
import { quote } from "./quote.ts";
import type { DomainChange } from "./rule.ts";
import { serialEdits } from "./serial.ts";
import { type Zone, type ZoneRecord, recordsAt, soa } from "./zone.ts";

/** A TXT record that holds an MTA-STS or TLSRPT record where nobody looks for one. */
export interface MisnamedRecord {
  readonly record: ZoneRecord;
  /** The mail domain whose record it was meant to be. */
  readonly meantFor: Name;
  /** The labels that should stand before it: `_mta-sts`, `_smtp._tls`. */
  readonly right: string;
}

/** What tells a kind of record, and where it is put instead of where it belongs. */
interface Kind {
  readonly right: string;
  readonly version: string;
  /** Names that stand in for the right one in real zones; of two that fit the longer comes first. */
  readonly misspelt: readonly string[];
  /** Whether it is also put at the mail domain itself. */
  readonly atDomain: boolean;
}

const STS: Kind = {
  right: "_mta-sts",
  version: "v=STSv1",
  misspelt: ["mta-sts", "_mts-sta", "_mta_sts", "_mtasts", "_sts", "_mta-sts._tcp"],
  atDomain: true,
};

const TLSRPT: Kind = {
  right: "_smtp._tls",
  version: "v=TLSRPTv1",
  misspelt: ["_tls._smtp", "_smtp-tlsrpt", "_smtp_tls", "smtp._tls", "_smtp", "_tls"],
  atDomain: false,
};

/** The records of a zone that begin `v=STSv1` at a name that RFC 8461 §3.1 does not give them. */
export const misnamedStsRecords = memo((zone: Zone) => misnamed(zone, STS));

/** The records of a zone that begin `v=TLSRPTv1` at a name that RFC 8460 §3 does not give them. */
export const misnamedTlsrptRecords = memo((zone: Zone) => misnamed(zone, TLSRPT));

/** The misnamed MTA-STS records by the domain that each was meant for. */
export const misnamedByDomain = memo((zone: Zone) => byDomain(misnamedStsRecords(zone)));

/** The misnamed TLSRPT records by the domain that each was meant for. */
export const misnamedTlsrptByDomain = memo((zone: Zone) => byDomain(misnamedTlsrptRecords(zone)));

function byDomain(records: readonly MisnamedRecord[]): ReadonlyMap<Name, readonly MisnamedRecord[]> {
  return groupedBy(records, ({ meantFor }) => meantFor);
}

function misnamed(zone: Zone, kind: Kind): readonly MisnamedRecord[] {
  return zone.records.flatMap((record) => {
    if (record.type !== "TXT" || !record.rdata.replaceAll('" "', "").startsWith(`"${kind.version}`)) return [];
    const meantFor = domainMeant(zone, record.owner, kind);
    if (meantFor === undefined || cnameTargets(zone).has(record.owner)) return [];
    return [{ record, meantFor, right: kind.right }];
  });
}

/** Whoever is pointed at by a CNAME may have any name. */
const cnameTargets = memo(
  (zone: Zone): ReadonlySet<Name> =>
    new Set(zone.records.filter((record) => record.type === "CNAME").map((record) => record.rdata)),
);

function domainMeant(zone: Zone, owner: Name, { right, misspelt, atDomain }: Kind): Name | undefined {
  const wrong = misspelt.find((name) => owner.startsWith(`${name}.`));
  if (owner.startsWith(`${right}.`) && !wrong?.startsWith(`${right}.`)) return doubled(zone, owner, right);
  if (wrong !== undefined) return hostName(owner.slice(wrong.length + 1));
  return atDomain && !isWildcard(owner) && isMailDomain(zone, owner, right) ? owner : undefined;
}

/** `_smtp._tcp.D` is a name of another service, and no mail domain begins with an underscore. */
function hostName(name: Name): Name | undefined {
  return name.startsWith("_") ? undefined : name;
}

/** `_mta-sts.D.D.`: a name written in full without its final dot, so that the origin was added once more (RFC 1035 §5.1). */
function doubled(zone: Zone, owner: Name, right: string): Name | undefined {
  const domain = owner.slice(right.length + 1);
  const apex = soa(zone)?.owner ?? zone.origin;
  const parts = labels(domain);
  const written = `${parts.slice(0, parts.length - labels(apex).length).join(".")}.`;
  return isWithin(domain, apex) && apex !== "." && written !== "." && isWithin(written, apex) ? written : undefined;
}

/** Text about MTA-STS may stand at any name; only where mail arrives was it surely meant as the record. */
function isMailDomain(zone: Zone, owner: Name, right: string): boolean {
  const atApex = owner === (soa(zone)?.owner ?? zone.origin);
  return atApex || recordsAt(zone, owner, "MX").length > 0 || recordsAt(zone, under(right, owner)).length > 0;
}

/** Whether it has the right name with the origin added once more. */
export function isDoubled({ record, meantFor, right }: MisnamedRecord): boolean {
  return record.owner.startsWith(under(right, meantFor));
}

/** The fix that names it rightly; none where the next record inherits the owner, since it would move, too. */
export function renaming(misnamed: MisnamedRecord, change: DomainChange): Fix | undefined {
  const { record, meantFor, right } = misnamed;
  const { source, ownerSpan, owner, generated } = record;
  const records = change.head?.zone?.records ?? [];
  const next = records[records.indexOf(record) + 1];
  if (!ownerSpan || generated || (next && !next.ownerSpan && next.owner === owner)) return undefined;
  const written = source.text(ownerSpan.start.offset, ownerSpan.end.offset);
  const newText = isDoubled(misnamed) ? `${written}.` : respelled(written, owner.slice(0, -meantFor.length - 1), right);
  if (newText === undefined) return undefined;
  return { title: `Write ${quote(newText)}`, edits: [{ at: ownerSpan, newText }, ...serialEdits(change.zone)] };
}

/** The owner as the file writes it, with the right labels where the misspelt ones stand; put before the domain's own name. */
function respelled(written: string, misspelt: string, right: string): string | undefined {
  if (written === "@") return misspelt === "" ? right : undefined;
  if (misspelt === "") return `${right}.${written}`;
  return written.toLowerCase().startsWith(misspelt) ? `${right}${written.slice(misspelt.length)}` : undefined;
}
