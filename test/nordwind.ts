import type { Files } from "./snapshotOf.ts";

/** A small zone and its policy, with what a story changes in them. */

export const ZONE = "zones/nordwind.de.zone";
export const POLICY = "policies/nordwind.de/mta-sts.txt";

const STS_RECORD = '_mta-sts TXT "v=STSv1; id={id}"';

/** Each record may be replaced, or left out with an empty text. */
export function zone({
  id = "1",
  serial = 2026010101,
  mx = ["10 mx1"],
  mx1 = "mx1 A 203.0.113.25",
  host = "mta-sts CNAME mta-sts.fabrikam.net.",
  sts = STS_RECORD,
  tls = '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@nordwind.de"',
  more = "",
} = {}): string {
  const lines = [
    ...mx.map((exchange) => `@ MX ${exchange}`),
    "ns1 A 203.0.113.1",
    mx1,
    host,
    sts.replace("{id}", id),
    tls,
  ];
  return `$ORIGIN nordwind.de.
$TTL 1h
@ SOA ns1 h ${serial} 4h 1h 1w 300
@ NS ns1
${lines
  .filter((line) => line !== "")
  .map((line) => `${line}\n`)
  .join("")}${more}`;
}

export function policy({ mode = "testing", mx = ["mx1.nordwind.de"], maxAge = 604800 } = {}): string {
  return `version: STSv1\nmode: ${mode}\n${mx.map((host) => `mx: ${host}\n`).join("")}max_age: ${maxAge}\n`;
}

/** The zone and its policy, each sound or as a text says. */
export function nordwind(texts: { zone?: string; policy?: string; more?: Files } = {}): Files {
  return { [ZONE]: texts.zone ?? zone(), [POLICY]: texts.policy ?? policy(), ...texts.more };
}
