/** Where a policy's host serves it (RFC 8461 §3.3); URLs are compared letter by letter. */
export const POLICY_PATH = ".well-known/mta-sts.txt";

/** The name of a policy file and what stands in for it, in lower case. */
export const POLICY_FILES: readonly string[] = ["mta-sts.txt", "mta_sts.txt", "mtasts.txt"];

/** A path that ends like `POLICY_PATH`, or nearly so. */
export interface SitePath {
  /** What a web server serves: the folder above, with its slash; empty for the repository itself. */
  readonly site: string;
  /** The rest: `POLICY_PATH`, or what was written in its place. */
  readonly written: string;
}

/** Takes apart the path of a policy file whose folder is `.well-known` or was meant to be; undefined for any other. */
export function sitePath(path: string): SitePath | undefined {
  const found = /^(.*\/)?(\.?well[-_ ]?known\/([^/]+))$/i.exec(path);
  if (!found || !POLICY_FILES.includes((found[3] ?? "").toLowerCase())) return undefined;
  return { site: found[1] ?? "", written: found[2] ?? "" };
}
