import type { Span } from "../model/span.ts";
import { pathInUrl } from "./pathInUrl.ts";

/** Where places of two commits can be looked at in a repository on GitHub; without a base every place is one of head. */
export function linksTo(
  repositoryUrl: string,
  commits: { readonly base: string | null; readonly head: string },
): (span: Span) => string | undefined {
  return ({ side, path, start, end }) => {
    const file = pathInUrl(path);
    const commit = commits[side] ?? commits.head;
    const last = end.line > start.line && end.column > 1 ? `-L${end.line}` : "";
    return file === undefined ? undefined : `${repositoryUrl}/blob/${commit}/${file}#L${start.line}${last}`;
  };
}
