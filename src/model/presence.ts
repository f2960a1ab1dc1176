/**
 * Whether a thing is there. `unknown`: the zone is not in the repository, or the line that may hold it could not be read.
 * `delegated`: a CNAME or a zone cut leads out of the repository.
 */
export type Presence = "present" | "absent" | "unknown" | "delegated";
