import { repositoryUrl } from "./repositoryUrl.ts";

/** Where a rule's reference can be read: a section of an RFC, `RFC 8461 §3.1`, or a document of ours, `docs/configuration.md`. */
export function sourceUrl(reference: string): string | undefined {
  if (reference.startsWith("docs/")) return repositoryUrl(reference);
  const [, number, section] = /^RFC (\d+)(?: §(\d+(?:\.\d+)*))?/.exec(reference) ?? [];
  if (number === undefined) return undefined;
  return `https://www.rfc-editor.org/rfc/rfc${number}.html${section === undefined ? "" : `#section-${section}`}`;
}
