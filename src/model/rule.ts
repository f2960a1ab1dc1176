import type { Change } from "./change.ts";
import type { Report, Severity } from "./finding.ts";
import type { Gap } from "./gap.ts";
import type { MailDomain } from "./mailDomain.ts";
import type { Name } from "./name.ts";
import type { History } from "./past.ts";
import type { Policy } from "./policy.ts";
import type { UnreadFile } from "./unreadFile.ts";
import type { Zone } from "./zone.ts";

/** What a rule is about; groups order the rule table. */
export type Group = "record" | "policy" | "mx" | "rollout" | "tls-rpt" | "host" | "zone" | "run";

/** What users may set; each has a default. */
export interface Options {
  /** Days a domain must have been in testing before it enforces. */
  readonly minTestingDays: number;
}

/** A change of one mail domain, and its life before. */
export interface DomainChange extends Change<MailDomain> {
  readonly history: History;
  readonly options: Options;
  /** The zone's own change, so that a fix can raise the serial. */
  readonly zone: ZoneChange;
}

/** A change of one policy file. */
export interface PolicyChange extends Change<Policy> {
  /** The domains it serves; empty if nothing tells. */
  readonly domains: readonly Name[];
  /** Their MX hosts at head, as far as their zones are in the repository. */
  readonly mx?: readonly Name[];
}

/** A change of one zone. */
export interface ZoneChange extends Change<Zone> {
  /** Whether a domain in it has an `_mta-sts` record, CNAME or policy on either side. */
  readonly holdsSts: boolean;
  /** The zone's versions on the base branch. */
  readonly history: History;
}

/** A change of a file that holds MTA-STS text and that no parser reads. */
export type UnreadFileChange = Change<UnreadFile>;

/**
 * One fault: metadata, and one generator for the subject it speaks about. Its id is its file's name. Pure: no clock, no
 * network, no file, no other rule, no state.
 */
export interface Rule {
  readonly group: Group;
  /** One sentence, without the final stop. */
  readonly summary: string;
  /** The usual one; a report may carry another. */
  readonly severity: Severity;
  /** The clauses it rests on, the main one first. */
  readonly references: readonly [string, ...string[]];
  /** The release that brought it. */
  readonly since: string;
  domain?(change: DomainChange): Iterable<Report>;
  policy?(change: PolicyChange): Iterable<Report>;
  zone?(change: ZoneChange): Iterable<Report>;
  unread?(change: UnreadFileChange): Iterable<Report>;
  gap?(gap: Gap): Iterable<Report>;
}
