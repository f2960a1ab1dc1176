import { isIP } from "node:net";
import { apex, belowCut, isAbsent } from "./lookup.ts";
import { type MailDomain, exchange } from "./mailDomain.ts";
import { type Name, isWithin, nameOf } from "./name.ts";
import { registeredDomain } from "./publicSuffix.ts";
import { type ZoneRecord, mayHoldMore, recordsAt } from "./zone.ts";

/** The exchange of an MX record as the file has it, before the origin is added; where `$GENERATE` made it, as it became. */
function writtenExchange(mx: ZoneRecord): string {
  const { span } = mx.fields[1] ?? {};
  return mx.generated || !span ? exchange(mx) : mx.source.text(span.start.offset, span.end.offset);
}

/** The address that stands where the name of a mail host belongs (RFC 1035 §3.3.9). */
export function addressLiteral(mx: ZoneRecord): string | undefined {
  const bare = writtenExchange(mx)
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
  return isIP(bare) > 0 ? bare : undefined;
}

/**
 * The host that an MX record means if its exchange lost the final dot (RFC 1035 §5.1): written like a full name, and nothing
 * stands where the origin made it lead. What ends in the zone's own name is one even where a wildcard answers.
 */
export function hostWithDot({ zone, zones }: MailDomain, mx: ZoneRecord): Name | undefined {
  const written = writtenExchange(mx);
  const host = exchange(mx);
  if (!zone || !/^[\w-]+(?:\.[\w-]+)+$/.test(written) || !isWithin(host, apex(zone))) return undefined;
  if (recordsAt(zone, host).length > 0 || mayHoldMore(zone, host) || belowCut(zone, host)) return undefined;
  const meant = nameOf(written);
  if (isWithin(meant, apex(zone))) return meant;
  return registeredDomain(meant) && isAbsent(zone, zones, host, ["A", "AAAA", "CNAME"]) ? meant : undefined;
}

/** Whether an MX host is one that the domain's zone answers for, so that its addresses must be in the repository. */
export function isInZone({ zone }: MailDomain, host: Name): boolean {
  return zone !== undefined && isWithin(host, apex(zone));
}
