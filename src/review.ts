import { createHash } from "node:crypto";
import { changesOf } from "./discover/changesOf.ts";
import { applyFixes } from "./discover/applyFixes.ts";
import { commentsOf, ignoresFor } from "./discover/ignoresFor.ts";
import { survey } from "./discover/survey.ts";
import type { Config, ConfigFile, ConfigFiles } from "./model/config.ts";
import { type Finding, type Fix, type Report, type Severity, fault, outranks, withoutFix } from "./model/finding.ts";
import { groupedBy } from "./model/groupedBy.ts";
import { murkyFiles, seesFaults } from "./model/murkyFiles.ts";
import type { Name } from "./model/name.ts";
import type { Changes, Review, Sides } from "./model/review.ts";
import type { ConfigChange, Rule } from "./model/rule.ts";
import type { Snapshot } from "./model/snapshot.ts";
import type { Survey } from "./model/survey.ts";
import { withoutIgnored } from "./rules/withoutIgnored.ts";
import { withSoundFixes } from "./rules/withSoundFixes.ts";
import { RULES, type RuleId } from "./rules/index.ts";
import { withoutReplaced } from "./rules/replacements.ts";

/**
 * Judges a change: runs every rule on base→head and on base→base and subtracts, so that what base already had is
 * `existing` and what head no longer has is `fixed`. Pure: no clock, no network, no file.
 */
export function review(snapshot: Snapshot, config: Config): Review {
  const sides = surveys(snapshot, config);
  const changes = changesOf(sides, snapshot, config);
  const base = snapshot.base
    ? judge(
        changesOf({ base: sides.base, head: sides.base }, snapshot, config),
        { ...snapshot, gaps: [], configs: twice(snapshot.configs?.base) },
        config,
      )
    : [];
  const severities = new Map(base.map((finding) => [finding.fingerprint, finding.severity]));
  const isOld = ({ fingerprint, severity }: Finding): boolean => {
    const before = severities.get(fingerprint);
    return before !== undefined && !outranks(severity, before);
  };
  const before = numbered(withoutReplaced(base));
  const judged = judge(changes, snapshot, config);
  const after = numbered(withoutReplaced(judged, isOld), before);
  const tried = (fixes: readonly Fix[]): readonly Finding[] | undefined => {
    const trial = applyFixes(snapshot, fixes);
    if (!trial) return undefined;
    const after = surveys(trial, config);
    const found = withoutReplaced(judge(changesOf(after, trial, config), trial, config), isOld);
    return snapshot.base ? found : [...found, ...unseen(trial, sides.head, after.head)];
  };
  /** Senders see a mended policy only under a new id, also where no base tells that it changes. */
  const unseen = (trial: Snapshot, before: Survey, after: Survey): readonly Finding[] => {
    const change = { ...trial, base: snapshot.head };
    return judge(changesOf({ base: before, head: after }, change, config), change, config, ["id-not-bumped"]);
  };
  const findings = withSoundFixes(
    subtract(before, after, judged, unseenAtHead(changes, snapshot)),
    affordableTrials(snapshot, changes, after.length),
    tried,
    snapshot.head.sources,
  );
  const sorted = findings.toSorted(worstFirst);
  return { ...withoutIgnored(sorted, ignoresFor(snapshot, changes, config, RULES)), changes, sides };
}

function surveys(snapshot: Snapshot, config: Config): Sides {
  const head = survey(snapshot.head, config);
  return { base: snapshot.base ? survey(snapshot.base, config) : head, head };
}

function twice(file: ConfigFile | undefined): ConfigFiles {
  return { base: file, head: file };
}

function judge(
  changes: Changes,
  { gaps, configs, moment, base }: Snapshot,
  { severities }: Config,
  ids = Object.keys(RULES) as readonly RuleId[],
): readonly Finding[] {
  const files = base ? configs : twice(configs?.head);
  const settings: ConfigChange = {
    moment,
    comments: changes.zones.map((change) => commentsOf(change, RULES)),
    rules: RULES,
    ...(files?.base ? { base: files.base } : {}),
    ...(files?.head ? { head: files.head } : {}),
  };
  const findings: Finding[] = [];
  for (const id of ids) {
    const rule: Rule = RULES[id];
    const severity = severities.get(id) ?? rule.severity;
    if (severity === "off") continue;
    const add = (reports: Iterable<Report> | undefined, domain: Name | null): void => {
      for (const report of reports ?? []) {
        const found = finding(id, { ...rule, severity }, domain, report);
        findings.push(severities.has(id) ? { ...found, severity } : found);
      }
    };
    for (const change of changes.domains) add(rule.domain?.(change), change.head?.name ?? change.base?.name ?? null);
    for (const change of changes.policies)
      add(rule.policy?.(change), change.domains.length === 1 ? (change.domains[0] ?? null) : null);
    for (const change of changes.zones) if (concernsSts(id, change)) add(rule.zone?.(change), null);
    for (const change of changes.unread) add(rule.unread?.(change), null);
    add(rule.config?.(settings), null);
    for (const gap of gaps) add(rule.gap?.(gap), null);
  }
  return told(findings);
}

/** One place says one thing once, however many views of a zone a domain has, and however many zones include a file. */
function told(findings: readonly Finding[]): readonly Finding[] {
  return [
    ...new Map(
      findings
        .toReversed()
        .map((finding) => [`${saidBy(finding)} ${finding.at.start.offset} ${finding.at.path}`, finding]),
    ).values(),
  ].toReversed();
}

function saidBy({ domain, rule, message, fingerprint }: Finding): string {
  return domain === null ? JSON.stringify([rule, message]) : fingerprint;
}

/** How many times the change may be judged anew to try fixes: some seconds at most, by what parsing and judging take. */
function affordableTrials({ head }: Snapshot, { domains }: Changes, findings: number): number {
  let bytes = 0;
  for (const source of head.sources.values()) bytes += source.bytes.length;
  const milliseconds = 1 + bytes / 20_000 + (domains.length + findings) / 10;
  return Math.min(200, Math.max(4, Math.floor(4000 / milliseconds)));
}

/** Zones without MTA-STS are none of our business, except a broken one whose text speaks of it. */
function concernsSts(rule: RuleId, change: Changes["zones"][number]): boolean {
  if (change.holdsSts) return true;
  return (
    rule === "zone-syntax" &&
    [change.base, change.head].some((zone) => zone && /_mta-sts/i.test(zone.source.text().replaceAll("\0", "")))
  );
}

function finding(
  rule: RuleId,
  { severity, references }: { severity: Severity; references: Rule["references"] },
  domain: Name | null,
  report: Report,
): Finding {
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([rule, domain, ...report.values]))
    .digest("hex")
    .slice(0, 32);
  return { reference: references[0], severity, ...report, rule, domain, status: "new", fingerprint };
}

/** Faults that say the same are numbered; one that stands in the file of a known one keeps its number. */
function numbered(findings: readonly Finding[], known: readonly Finding[] = []): readonly Finding[] {
  const before = groupedBy(known, (finding) => fault(finding.fingerprint));
  const numbers = new Map<Finding, number>();
  for (const [fingerprint, alike] of groupedBy(findings, (finding) => finding.fingerprint)) {
    const taken = new Set<number>();
    const slots = groupedBy((before.get(fingerprint) ?? []).entries(), ([, { at }]) => at.path);
    const rest = alike.filter((finding) => {
      const slot = slots.get(finding.at.path)?.shift();
      if (!slot) return true;
      taken.add(slot[0]);
      numbers.set(finding, slot[0]);
      return false;
    });
    let number = 0;
    for (const finding of rest) {
      while (taken.has(number)) number++;
      numbers.set(finding, number++);
    }
  }
  return findings.map((finding) => {
    const number = numbers.get(finding) ?? 0;
    return number === 0 ? finding : { ...finding, fingerprint: `${finding.fingerprint}-${number + 1}` };
  });
}

/** What `judged` holds and `after` does not stands behind another finding: it is not fixed. */
function subtract(
  before: readonly Finding[],
  after: readonly Finding[],
  judged: readonly Finding[],
  isUnseen: (finding: Finding) => boolean,
): readonly Finding[] {
  const known = new Map(before.map((finding) => [finding.fingerprint, finding]));
  const found = new Set(after.map((finding) => finding.fingerprint));
  const kept = new Set(after.map((finding) => fault(finding.fingerprint)));
  const replaced = new Set(
    judged.map((finding) => finding.fingerprint).filter((fingerprint) => !kept.has(fingerprint)),
  );
  return [
    ...after.map((finding): Finding => {
      const old = known.get(finding.fingerprint);
      return old && !outranks(finding.severity, old.severity) ? { ...finding, status: "existing" } : finding;
    }),
    ...before
      .filter(({ fingerprint }) => !found.has(fingerprint) && !replaced.has(fault(fingerprint)))
      .filter((finding) => !isUnseen(finding))
      .map((finding): Finding => ({ ...withoutFix(finding), status: "fixed" })),
  ];
}

/** Whether a finding of base lies in a file that the change made unreadable: nobody knows whether it is still there. */
function unseenAtHead({ domains }: Changes, { gaps }: Snapshot): (finding: Finding) => boolean {
  const unread = new Set(gaps.map(({ at }) => at.path));
  const murky = new Set(
    domains.flatMap(({ base, head }) => (head && !(base && murkyFiles(base).length > 0) ? murkyFiles(head) : [])),
  );
  return ({ at, rule }) => unread.has(at.path) || (murky.has(at.path) && !seesFaults(rule));
}

const ORDER = { new: 0, existing: 1, fixed: 2 } as const;

function worstFirst(a: Finding, b: Finding): number {
  if (a.status !== b.status) return ORDER[a.status] - ORDER[b.status];
  if (a.severity !== b.severity) return outranks(a.severity, b.severity) ? -1 : 1;
  if (a.at.path !== b.at.path) return a.at.path < b.at.path ? -1 : 1;
  return a.at.start.offset - b.at.start.offset || (a.rule < b.rule ? -1 : 1);
}
