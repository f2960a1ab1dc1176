import type { Name } from "./name.ts";

/** A zone that a name server's configuration loads: `file` as written there, on the server. */
export interface ServedZone {
  readonly origin: Name;
  readonly file: string;
}

/** A web server's site: the hosts it answers for and the folders or files on the server that it serves. */
export interface ServedSite {
  readonly hosts: readonly Name[];
  readonly roots: readonly string[];
}
