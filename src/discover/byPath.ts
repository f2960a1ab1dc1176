import type { Source } from "../model/source.ts";

/** Orders things by their path, however the texts came in: what counts first must not hang on who read them. */
export function byPath(a: { readonly source: Source }, b: { readonly source: Source }): number {
  if (a.source.path === b.source.path) return 0;
  return a.source.path < b.source.path ? -1 : 1;
}
