import { BlockList, isIPv6 } from "node:net";
import { memo } from "./memo.ts";
import type { Zone } from "./zone.ts";

/** What makes an address unreachable from the Internet, with the document that says so. */
export type Range =
  | "private (RFC 1918)"
  | "private (RFC 4193)"
  | "shared by customers of one provider (RFC 6598)"
  | "the machine itself (RFC 6890 §2.2)"
  | "link-local (RFC 3927)"
  | "link-local (RFC 4291)"
  | "for documentation only (RFC 5737)"
  | "for documentation only (RFC 3849)"
  | "for documentation only (RFC 9637)";

const RANGES: readonly (readonly [string, Range])[] = [
  ["10.0.0.0/8", "private (RFC 1918)"],
  ["172.16.0.0/12", "private (RFC 1918)"],
  ["192.168.0.0/16", "private (RFC 1918)"],
  ["100.64.0.0/10", "shared by customers of one provider (RFC 6598)"],
  ["0.0.0.0/8", "the machine itself (RFC 6890 §2.2)"],
  ["127.0.0.0/8", "the machine itself (RFC 6890 §2.2)"],
  ["169.254.0.0/16", "link-local (RFC 3927)"],
  ["192.0.2.0/24", "for documentation only (RFC 5737)"],
  ["198.51.100.0/24", "for documentation only (RFC 5737)"],
  ["203.0.113.0/24", "for documentation only (RFC 5737)"],
  ["::/127", "the machine itself (RFC 6890 §2.2)"],
  ["fc00::/7", "private (RFC 4193)"],
  ["fe80::/10", "link-local (RFC 4291)"],
  ["2001:db8::/32", "for documentation only (RFC 3849)"],
  ["3fff::/20", "for documentation only (RFC 9637)"],
];

const lists = RANGES.map(([subnet, range]) => {
  const [network = "", prefix] = subnet.split("/");
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family(network));
  return { list, range };
});

/** Why nobody on the Internet reaches an address of an A or AAAA record; undefined if nothing speaks against it. */
export function unreachable(address: string): Range | undefined {
  return lists.find(({ list }) => list.check(address, family(address)))?.range;
}

/** Whether a range is one that somebody chose for documents, not for a network. */
export function isDocumentation(range: Range): boolean {
  return range.startsWith("for documentation");
}

/** Whether a zone is a view for inside: it has addresses, and each is private, loopback or link-local. */
export const isInternal = memo((zone: Zone): boolean => {
  const addresses = zone.records.filter(({ type }) => type === "A" || type === "AAAA");
  return (
    addresses.length > 0 &&
    addresses.every(({ rdata }) => {
      const range = unreachable(rdata);
      return range !== undefined && !isDocumentation(range);
    })
  );
});

function family(address: string): "ipv4" | "ipv6" {
  return isIPv6(address) ? "ipv6" : "ipv4";
}
