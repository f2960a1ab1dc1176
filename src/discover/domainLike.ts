import type { Name } from "../model/name.ts";
import { registeredDomain } from "../model/publicSuffix.ts";

/** Whether the name of a folder or repository is a domain and not a version, a `conf.d` or a file's name. */
export function isDomainLike(name: Name): boolean {
  return /^(?:[a-z0-9_](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}$/.test(name) && registeredDomain(name) !== undefined;
}
