import type { Change } from "./change.ts";
import type { ConfigFile, KnownRules } from "./config.ts";
import type { Report, Severity } from "./finding.ts";
import type { Gap } from "./gap.ts";
import type { Group } from "./group.ts";
import type { ZoneIgnores } from "./ignore.ts";
import type { MailDomain } from "./mailDomain.ts";
import type { Name } from "./name.ts";
import type { History } from "./past.ts";
import type { Policy } from "./policy.ts";
import type { UnreadFile } from "./unreadFile.ts";
import type { Zone } from "./zone.ts";

/** What users may set about rollouts; each has a default. */
export interface Options {
  /** Days a domain must have been in testing before it enforces. */
  readonly minTestingDays: number;
  /** Domains whose policy was in force elsewhere before it came into the repository. */
  readonly enforcedElsewhere: readonly Name[];
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
  /** The mail domains that it serves, on each side; where one side has no such policy, the other side's as they were or became. */
  readonly sharing: { readonly base: readonly MailDomain[]; readonly head: readonly MailDomain[] };
  /** Where the configuration has a policy that is on neither side. */
  readonly expected?: string;
  /** Whether a policy that head lacks may be another file there: a new one that nothing gives to a domain, or that is not read. */
  readonly mayBeElsewhere: boolean;
  /** Whether the configuration names the file. */
  readonly isConfigured: boolean;
  /** The other policy files at head for one of these domains, or for the same place of the same site. */
  readonly rivals: readonly Policy[];
  /** Every mail domain at head. */
  readonly neighbours: readonly MailDomain[];
}

/** A change of one zone. */
export interface ZoneChange extends Change<Zone> {
  /** Whether a domain in it has an `_mta-sts` record, CNAME or policy on either side. */
  readonly holdsSts: boolean;
  /** Those domains; not the ones whose record senders see in another view. */
  readonly stsDomains: readonly Name[];
  /** The zone's versions on the base branch. */
  readonly history: History;
}

/** A change of a file that holds MTA-STS text and that no parser reads. */
export type UnreadFileChange = Change<UnreadFile>;

/** A change of the configuration: of its file, and of the comments in zones that say what to ignore. */
export interface ConfigChange extends Change<ConfigFile> {
  /** The comments of each zone. */
  readonly comments: readonly Change<ZoneIgnores>[];
  readonly rules: KnownRules;
}

/**
 * One fault: metadata, and one generator for the subject it speaks about. Its id is its file's name. Pure: no clock, no
 * network, no file, no other rule, no state.
 */
export interface Rule {
  readonly group: Group;
  /** One sentence, without the final stop. */
  readonly summary: string;
  /** The usual one; a report may carry another. `off`: silent unless the configuration gives it one. */
  readonly severity: Severity | "off";
  /** The clauses it rests on, the main one first. */
  readonly references: readonly [string, ...string[]];
  /** The release that brought it. */
  readonly since: string;
  domain?(change: DomainChange): Iterable<Report>;
  policy?(change: PolicyChange): Iterable<Report>;
  zone?(change: ZoneChange): Iterable<Report>;
  unread?(change: UnreadFileChange): Iterable<Report>;
  config?(change: ConfigChange): Iterable<Report>;
  gap?(gap: Gap): Iterable<Report>;
}
