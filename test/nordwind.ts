/** A small zone and its policy, with what a story changes in them. */

export const ZONE = "zones/nordwind.de.zone";
export const POLICY = "policies/nordwind.de/mta-sts.txt";

export function zone({ id = "1", serial = 2026010101, mx = ["10 mx1"], more = "" } = {}): string {
  return `$ORIGIN nordwind.de.
$TTL 1h
@ SOA ns1 h ${serial} 4h 1h 1w 300
@ NS ns1
${mx.map((host) => `@ MX ${host}\n`).join("")}ns1 A 203.0.113.1
mx1 A 203.0.113.25
mta-sts A 203.0.113.80
_mta-sts TXT "v=STSv1; id=${id}"
_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de"
${more}`;
}

export function policy({ mode = "testing", mx = ["mx1.nordwind.de"], maxAge = 604800 } = {}): string {
  return `version: STSv1\nmode: ${mode}\n${mx.map((host) => `mx: ${host}\n`).join("")}max_age: ${maxAge}\n`;
}
