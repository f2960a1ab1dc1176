/** Where a reference such as `RFC 8461 §3.1` can be read; undefined if it names no RFC. */
export function rfcUrl(reference: string): string | undefined {
  const [, number, section] = /^RFC (\d+)(?: §(\d+(?:\.\d+)*))?/.exec(reference) ?? [];
  if (number === undefined) return undefined;
  return `https://www.rfc-editor.org/rfc/rfc${number}.html${section === undefined ? "" : `#section-${section}`}`;
}
