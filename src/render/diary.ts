import type { MailDomain, PairedBy } from "../model/mailDomain.ts";
import { display } from "../model/name.ts";
import type { Review } from "../model/review.ts";
import type { Snapshot, Tree } from "../model/snapshot.ts";
import { skippedFiles } from "../model/survey.ts";
import type { UnreadFile } from "../model/unreadFile.ts";
import type { Zone } from "../model/zone.ts";
import { logSafe } from "./logSafe.ts";
import { plural } from "./lookedAt.ts";

/** Milliseconds that each part of a run took. */
export interface Timings {
  readonly load: number;
  readonly judge: number;
  /** Only where fixes were asked for. */
  readonly fix?: number;
}

/** What a run did. */
export interface Run {
  readonly snapshot: Snapshot;
  readonly review: Review;
  /** Where the configuration lies, and whether it can be used; undefined: there is none. */
  readonly config: { readonly name: string; readonly isValid: boolean } | undefined;
  readonly timings: Timings;
}

/** What a run read, what it took that for and why, what it left out, and how long it took: one sentence a line. */
export function diary({ snapshot, review, config, timings }: Run): string {
  const { head } = review.sides;
  const sentences = [
    configSentence(config),
    ...(snapshot.base ? [readSentence("base", snapshot.base)] : []),
    readSentence("head", snapshot.head),
    ...head.zones.map(zoneSentence),
    ...head.domains.filter((domain) => domain.policy).map((domain) => pairingSentence(domain)),
    ...skippedFiles(head).map(unreadSentence),
    ...historySentence(snapshot),
    timeSentence(timings),
  ];
  return sentences.map((sentence) => `${logSafe(sentence)}\n`).join("");
}

function configSentence(config: Run["config"]): string {
  if (!config) return "No configuration: the defaults apply.";
  return config.isValid
    ? `The configuration is ${config.name}.`
    : `${config.name} does not validate: the defaults apply.`;
}

function readSentence(side: string, { sources }: Tree): string {
  let bytes = 0;
  for (const source of sources.values()) bytes += source.bytes.length;
  return `Of ${side} ${plural(sources.size, "file")} with ${plural(bytes, "byte")} ${sources.size === 1 ? "was" : "were"} read.`;
}

function zoneSentence({ source, origin, records, includes }: Zone): string {
  const included = includes.length > 0 ? ` and includes ${includes.map((include) => include.value).join(", ")}` : "";
  return `${source.path} is the zone ${display(origin)}: it holds ${plural(records.length, "record")}${included}.`;
}

/** What each kind of evidence says of a policy. */
const EVIDENCE: Readonly<Record<PairedBy, string>> = {
  configuration: "the configuration says so",
  path: "its path names the domain",
  server: "the web server's configuration serves it for that domain",
  "cname-file": "the CNAME file beside it names the domain's policy host",
  "only-record": "it is the only policy without a domain, and only this domain has an _mta-sts record",
  shared: "it is the only policy without a domain, so every domain with an _mta-sts record shares it",
  mx: "its mx lines are the domain's MX hosts",
  "repository-name": "the repository's name names the domain",
  none: "nothing tells its domain",
};

/** Whose a policy is and what says so, in a sentence; `shown` is how a path or name is shown. */
export function pairingSentence(
  { name, zone, policy, pairedBy }: MailDomain,
  shown: (text: string) => string = (text) => text,
): string {
  const path = shown(policy?.source.path ?? "");
  if (name === undefined) return `${path} belongs to no domain that is known: ${EVIDENCE[pairedBy]}.`;
  const home = zone ? `whose zone is ${shown(zone.source.path)}` : "whose zone is not here";
  return `${path} belongs to ${shown(display(name))}, ${home}: ${EVIDENCE[pairedBy]}.`;
}

function unreadSentence({ path, line, span, reason, leftOut }: UnreadFile): string {
  const where = line === "" ? path : `${path}, line ${span.start.line},`;
  return `${where} was ${leftOut ? "left out" : "not read"}: ${reason}.`;
}

function historySentence({ base, past, pastComplete, pastCure }: Snapshot): readonly string[] {
  if (!base) return [];
  const [oldest] = past;
  if (!oldest) return ["No history was needed."];
  const files = new Set(past.map((file) => file.of));
  const commits = new Set(past.map((file) => file.commit));
  const end = pastCure === undefined ? "where the clone's history ends" : "where GitHub's answers end";
  const reach = pastComplete ? "their beginning" : end;
  return [
    `The history of ${plural(files.size, "file")} was read back to ${reach}: ${plural(commits.size, "commit")}, the oldest of ${oldest.moment.toISOString()}.`,
  ];
}

function timeSentence({ load, judge, fix }: Timings): string {
  const fixing = fix === undefined ? "" : `, fixing ${Math.round(fix)} ms`;
  return `Reading took ${Math.round(load)} ms, parsing and judging ${Math.round(judge)} ms${fixing}.`;
}
