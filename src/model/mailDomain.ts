import type { Zones } from "./lookup.ts";
import { type Name, isWildcard } from "./name.ts";
import type { Policy } from "./policy.ts";
import type { Presence } from "./presence.ts";
import type { StsRecord } from "./stsRecord.ts";
import type { TlsrptRecord } from "./tlsrptRecord.ts";
import { type Zone, type ZoneRecord, mayHoldMore } from "./zone.ts";

/** Which evidence said that a policy belongs to a domain; `none` if nothing did. */
export type PairedBy =
  | "configuration"
  | "path"
  | "server"
  | "cname-file"
  | "only-record"
  | "shared"
  | "mx"
  | "repository-name"
  | "none";

/** What was found at a name where a TXT record is expected. */
export interface Found<T> {
  readonly presence: Presence;
  /** The records, CNAMEs inside the repository followed; what merely looks like one included. */
  readonly records: readonly T[];
  /** The CNAME at the name itself, if there is one. */
  readonly cname: ZoneRecord | undefined;
}

/** Everything one side of a repository says about one mail domain. */
export interface MailDomain {
  /** Undefined if a policy is here and nothing tells whose it is. */
  readonly name: Name | undefined;
  /** Absent: this repository does not hold it, so nothing is known about its records. */
  readonly zone: Zone | undefined;
  /** Every zone of this side, to look other names up in. */
  readonly zones: Zones;
  /** Another view of the zone holds the `_mta-sts` record and this one does not: senders see that one. */
  readonly unseen: boolean;
  /** The MX records at the name, the null MX (RFC 7505) not among them. */
  readonly mx: readonly ZoneRecord[];
  readonly sts: Found<StsRecord>;
  readonly tlsrpt: Found<TlsrptRecord>;
  readonly policy: Policy | undefined;
  readonly pairedBy: PairedBy;
}

/** The one record that senders would read (RFC 8461 §3.1), if exactly one counts; undefined otherwise. */
export function stsRecord(domain: MailDomain): StsRecord | undefined {
  const counting = domain.sts.records.filter((record) => record.counts);
  return counting.length === 1 ? counting[0] : undefined;
}

/** The record that tells senders of a policy here; none in its place that leads elsewhere, and none of a view that they never see. */
export function announced({ sts, unseen }: MailDomain): StsRecord | undefined {
  return unseen || sts.cname ? undefined : sts.records[0];
}

/** Whether a domain uses MTA-STS at all: a record, a CNAME in its place, or a policy. A wildcard stands for other names. */
export function usesSts(domain: MailDomain | undefined): boolean {
  if (!domain) return false;
  const { policy, sts } = domain;
  const isCname = sts.cname !== undefined && !isWildcard(sts.cname.owner);
  return policy !== undefined || isCname || sts.records.some(isMeant);
}

/** Whether a record is, or was to be, the one at its name; of a wildcard's only one that senders read. */
export function isMeant({ record, counts }: Candidate): boolean {
  return counts || !isWildcard(record.owner);
}

/**
 * The one record that begins with its version; where none does, one that was meant to, whatever their order. Two that do are
 * another fault, and a wildcard's text was meant for other names.
 */
export function candidate<T extends Candidate>({ records }: Found<T>): T | undefined {
  const counting = records.filter((record) => record.counts);
  if (counting.length > 1) return undefined;
  const meant = records.filter(isMeant);
  return counting[0] ?? meant.toSorted((a, b) => (a.record.rdata < b.record.rdata ? -1 : 1))[0];
}

interface Candidate {
  readonly record: ZoneRecord;
  readonly counts: boolean;
}

/** The preference of an MX record, its first field (RFC 1035 §3.3.9). */
export function preference(mx: ZoneRecord): number {
  return Number(mx.rdata.slice(0, mx.rdata.indexOf(" ")));
}

/** The exchange of an MX record, its second field. */
export function exchange(mx: ZoneRecord): Name {
  return mx.rdata.slice(mx.rdata.indexOf(" ") + 1);
}

/** Whether every MX record of some domains is in the repository and could be read. */
export function knowAllMx(domains: readonly MailDomain[]): boolean {
  const known = ({ zone, name }: MailDomain): boolean =>
    zone !== undefined && name !== undefined && !mayHoldMore(zone, name);
  return domains.length > 0 && domains.every(known);
}

/** The MX hosts of some domains, each once. */
export function mxHosts(domains: readonly MailDomain[]): readonly Name[] {
  return [...new Set(domains.flatMap(({ mx }) => mx.map(exchange)))];
}
