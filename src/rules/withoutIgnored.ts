import type { Finding } from "../model/finding.ts";
import { type Ignore, type Ignores, type RecordKey, dayText, isActive } from "../model/ignore.ts";
import type { Ignored } from "../model/review.ts";
import { type Zone, recordsAt } from "../model/zone.ts";

/** Takes out the findings that somebody accepted; one whose ignore has expired stays, and says so. */
export function withoutIgnored(
  findings: readonly Finding[],
  ignores: Ignores,
): { readonly findings: readonly Finding[]; readonly ignored: readonly Ignored[] } {
  const left: Finding[] = [];
  const ignored: Ignored[] = [];
  for (const finding of findings) {
    // What is repaired needs nobody's leave.
    const found = finding.status === "fixed" ? [] : ignoresOf(finding, ignores);
    const by = found.find((ignore) => isActive(ignore, ignores.now));
    if (by) ignored.push({ finding, by });
    else left.push(found.length > 0 ? withExpired(finding, found) : finding);
  }
  return { findings: left, ignored };
}

/** The ignores that cover a finding, expired ones among them. */
function ignoresOf(finding: Finding, { configured, comments, domainsOf, now }: Ignores): readonly Ignore[] {
  const { rule, domain, at } = finding;
  const forRule = configured.filter((ignore) => ignore.rule === rule);
  const names = domain === null ? domainsOf(at.path) : [domain];
  const everywhere = forRule.filter((ignore) => ignore.domain === undefined);
  const byName = names.map((name) => forRule.filter((ignore) => ignore.domain === name));
  // A finding about several domains is covered only where each of them is.
  const isCovered = names.length > 0 && byName.every((some) => some.some((ignore) => isActive(ignore, now)));
  const covering = isCovered || names.length === 1 ? byName.flat() : [];
  const atRecord = comments.flatMap(({ ignores, zones }) =>
    ignores.filter((ignore) => ignore.rule === rule && zones.some((zone) => standsAt(finding, zone, ignore.record))),
  );
  return [...everywhere, ...covering, ...atRecord];
}

function standsAt({ at }: Finding, zone: Zone, { owner, type, exchange }: RecordKey): boolean {
  return recordsAt(zone, owner, type).some(
    ({ source, rdata, span }) =>
      source.side === at.side &&
      source.file === at.path &&
      (exchange === undefined || rdata.endsWith(` ${exchange}`)) &&
      span.start.offset <= at.start.offset &&
      at.start.offset < span.end.offset,
  );
}

function withExpired(finding: Finding, ignores: readonly Ignore[]): Finding {
  const related = ignores.flatMap(({ until, at }) =>
    until ? [{ message: `This ignore expired on ${dayText(until)}, so it no longer counts.`, at }] : [],
  );
  return { ...finding, related: [...(finding.related ?? []), ...related] };
}
