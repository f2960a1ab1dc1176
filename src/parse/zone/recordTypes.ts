import { distance } from "../../model/fieldName.ts";

/** The registered record types (IANA DNS parameters) by code, in the spelling of the registry. */
export const typeNames: ReadonlyMap<number, string> = new Map(
  [
    "1 A,2 NS,3 MD,4 MF,5 CNAME,6 SOA,7 MB,8 MG,9 MR,10 NULL,11 WKS,12 PTR,13 HINFO,14 MINFO,15 MX,16 TXT,17 RP,18 AFSDB",
    "19 X25,20 ISDN,21 RT,22 NSAP,23 NSAP-PTR,24 SIG,25 KEY,26 PX,27 GPOS,28 AAAA,29 LOC,30 NXT,31 EID,32 NIMLOC,33 SRV",
    "34 ATMA,35 NAPTR,36 KX,37 CERT,38 A6,39 DNAME,40 SINK,41 OPT,42 APL,43 DS,44 SSHFP,45 IPSECKEY,46 RRSIG,47 NSEC",
    "48 DNSKEY,49 DHCID,50 NSEC3,51 NSEC3PARAM,52 TLSA,53 SMIMEA,55 HIP,56 NINFO,57 RKEY,58 TALINK,59 CDS,60 CDNSKEY",
    "61 OPENPGPKEY,62 CSYNC,63 ZONEMD,64 SVCB,65 HTTPS,66 DSYNC,67 HHIT,68 BRID,99 SPF,100 UINFO,101 UID,102 GID",
    "103 UNSPEC,104 NID,105 L32,106 L64,107 LP,108 EUI48,109 EUI64,128 NXNAME,249 TKEY,250 TSIG,251 IXFR,252 AXFR",
    "253 MAILB,254 MAILA,255 ANY,256 URI,257 CAA,258 AVC,259 DOA,260 AMTRELAY,261 RESINFO,262 WALLET,263 CLA,264 IPN",
    "32768 TA,32769 DLV",
  ].flatMap((row) =>
    row.split(",").map((entry): [number, string] => [parseInt(entry, 10), entry.slice(entry.indexOf(" ") + 1)]),
  ),
);

/** The types whose RDATA the parser understands, by name. */
export const RecordType = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  NULL: 10,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  RP: 17,
  AAAA: 28,
  SRV: 33,
  DNAME: 39,
  APL: 42,
  DS: 43,
  SSHFP: 44,
  TLSA: 52,
  SPF: 99,
  UNSPEC: 103,
  CAA: 257,
} as const;

/** How a type is spelled: its mnemonic, or `TYPEn` (RFC 3597 §5). */
export function typeName(code: number): string {
  return typeNames.get(code) ?? `TYPE${code}`;
}

/** MD and MF, which RFC 973 replaced by MX and no server loads. */
export function isObsoleteType(code: number): boolean {
  return code === 3 || code === 4;
}

/** Types of queries and messages, never of data (RFC 6895 §3.1), and the reserved zero. */
export function isMetaType(code: number): boolean {
  return code === 0 || code === 41 || (code >= 128 && code <= 255);
}

/** The code of the type spelled in `bytes`, in any case, or -1. */
export function typeCode(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  if (length > longest) return -1;
  for (let slot = hash(bytes, start, end); ; slot = (slot + 1) & (slots.length - 1)) {
    const code = slots[slot] as number;
    if (code < 0) return numbered(bytes, start, end, "TYPE");
    if (isSpelled(bytes, start, end, spellings[slot] as string)) return code;
  }
}

/** The code of the class spelled in `bytes` (RFC 1035 §3.2.4, RFC 3597 §5), or 0. */
export function classCode(bytes: Uint8Array, start: number, end: number): number {
  const first = (bytes[start] as number) | 0x20;
  if (first === 0x69) return end - start === 2 && ((bytes[start + 1] as number) | 0x20) === 0x6e ? 1 : 0;
  if (first !== 0x63 && first !== 0x68) return 0;
  for (const [name, code] of classes) if (isSpelled(bytes, start, end, name)) return code;
  const code = numbered(bytes, start, end, "CLASS");
  return code < 0 ? 0 : code;
}

/** How a class is spelled: `IN`, `CH`, `HS`, or `CLASSn`. */
export function className(code: number): string {
  return code === 1 ? "IN" : code === 3 ? "CH" : code === 4 ? "HS" : `CLASS${code}`;
}

/** Whether `bytes` spell an upper-case word, in any case. */
export function isSpelled(bytes: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false;
  for (let at = 0; at < word.length; at++) {
    let byte = bytes[start + at] as number;
    if (byte >= 0x61 && byte <= 0x7a) byte -= 0x20;
    if (byte !== word.charCodeAt(at)) return false;
  }
  return true;
}

const classes: readonly (readonly [string, number])[] = [
  ["CH", 3],
  ["HS", 4],
  ["CHAOS", 3],
  ["HESIOD", 4],
];

const longest = 10;
const slots = new Int32Array(512).fill(-1);
const spellings: string[] = Array.from({ length: slots.length }, () => "");
for (const [code, name] of typeNames) {
  const bytes = new TextEncoder().encode(name);
  let slot = hash(bytes, 0, bytes.length);
  while ((slots[slot] as number) >= 0) slot = (slot + 1) & (slots.length - 1);
  slots[slot] = code;
  spellings[slot] = name;
}

function hash(bytes: Uint8Array, start: number, end: number): number {
  let sum = end - start;
  for (let at = start; at < end; at++) sum = (Math.imul(sum, 31) + ((bytes[at] as number) & 0xdf)) | 0;
  return (sum ^ (sum >>> 9)) & 511;
}

function numbered(bytes: Uint8Array, start: number, end: number, prefix: string): number {
  const digits = start + prefix.length;
  if (end <= digits || end - digits > 5 || !isSpelled(bytes, start, digits, prefix)) return -1;
  let value = 0;
  for (let at = digits; at < end; at++) {
    const digit = (bytes[at] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value > 0xffff ? -1 : value;
}

/** The types that say where mail goes. */
const OF_MAIL = ["mx", "txt", "cname", "aaaa", "tlsa"] as const;

/** What other servers know and the registry does not: near to one of those, and no slip. */
const FOREIGN = new Set(["aname"]);

/** Whether an unregistered word was most likely meant for a type that mail depends on: a slip of one letter, no blank behind it. */
export function isMisspeltType(word: string): boolean {
  const lower = word.toLowerCase();
  if (FOREIGN.has(lower) || lower.length < 2 || lower.length > 64) return false;
  // oxlint-disable-next-line no-control-regex -- no type holds one, and an editor shows none
  if (/[\x00-\x1f\x7f]/.test(lower)) return true;
  const letters = lower.replace(/\d+$/, "");
  return OF_MAIL.some((type) => letters === type || (lower.length <= type.length + 1 && distance(lower, type) === 1));
}
