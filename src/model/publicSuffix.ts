import { parse } from "tldts";
import { type Name, display, nameOf } from "./name.ts";

/** Top-level domains that documentation uses as if they were registered (RFC 2606 §2). */
const DOCUMENTATION = /^(?:.+\.)?([^.]+\.(?:example|test|invalid))$/;

/**
 * The registered domain that a name is or stands below, one label under a public suffix (`example.co.uk.`, private suffixes
 * such as `github.io.` too); undefined where there is none (`co.uk.`, `conf.d.`, `example.local.`).
 */
export function registeredDomain(name: Name): Name | undefined {
  const host = display(name).toLowerCase();
  const { domain, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true, validateHostname: false });
  const found = isIcann === true || isPrivate === true ? domain : DOCUMENTATION.exec(host)?.[1];
  return found ? nameOf(found) : undefined;
}

/** Whether strangers register names directly below a name: it is an entry of the Public Suffix List, of either section. */
export function isPublicSuffix(name: Name): boolean {
  const host = display(name).toLowerCase();
  const { publicSuffix, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true, validateHostname: false });
  return publicSuffix === host && (isIcann === true || isPrivate === true);
}
