import { domainToASCII } from "node:url";

/** A host name with its U-labels as A-labels (`münchen.de` as `xn--mnchen-3ya.de`), which is how DNS has it (RFC 5890 §2.3.2.1). */
export function aLabels(name: string): string {
  return /^[\x20-\x7e]*$/.test(name) ? name : domainToASCII(name) || name;
}
