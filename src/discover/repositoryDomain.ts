import { aLabels } from "../model/aLabels.ts";
import { type Name, display, nameOf } from "../model/name.ts";
import { isDomainLike } from "./domainLike.ts";

/** Hosts of sites, named after their owners: no mail goes there. */
const PAGES = /\.(?:github\.io|gitlab\.io|bitbucket\.io|codeberg\.page)\.$/;

/**
 * The domain that a repository's name tells: `mta-sts.example.com`, `example.com`; `mta-sts-example-com` and `example-com`
 * only if that is a name of this repository's zones.
 */
export function domainOfRepository(repository: string | undefined, held: ReadonlySet<Name>): Name | undefined {
  if (repository === undefined) return undefined;
  const bare = aLabels(repository)
    .toLowerCase()
    .replace(/^mta-sts[.-]/, "");
  const name = nameOf(bare);
  if (held.has(name) || (isDomainLike(name) && !PAGES.test(name))) return name;
  const [dashed, ...others] = [...held].filter((known) => display(known).replaceAll(".", "-") === bare);
  return others.length === 0 ? dashed : undefined;
}
