import { type Zone, type ZoneRecord, recordsAt } from "./zone.ts";

/**
 * The records beside a CNAME that may not be there (RFC 1034 §3.6.2). What DNSSEC puts there is allowed (RFC 4034 §3 and §4,
 * RFC 3007 §3.1); the same line twice is one record.
 */
export function besides(zone: Zone, cname: ZoneRecord): readonly ZoneRecord[] {
  return recordsAt(zone, cname.owner).filter(
    ({ type, rdata }) =>
      !["RRSIG", "NSEC", "KEY", "SIG", "NXT"].includes(type) && (type !== "CNAME" || rdata !== cname.rdata),
  );
}
