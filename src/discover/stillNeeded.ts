import type { Config } from "../model/config.ts";
import type { MailDomain } from "../model/mailDomain.ts";
import { type Name, display, isWithin, labels } from "../model/name.ts";
import { POLICY_FILES } from "../model/policyPath.ts";
import type { Source } from "../model/source.ts";
import type { Survey } from "../model/survey.ts";
import { type Zone, filesOf } from "../model/zone.ts";
import { configured } from "./configured.ts";
import { cnameFiles, domainOfPath } from "./pairPolicies.ts";
import { isFragment } from "./readZones.ts";
import { survey } from "./survey.ts";
import { isPolicy, mayBeZone, worthReading } from "./worthReading.ts";

/** The paths of both sides, to be searched; iterating over all of them is for those who cannot tell what they look for. */
export interface Listing extends Iterable<string> {
  has(path: string): boolean;
  /** The paths whose file name is this one, in any case. */
  named(file: string): readonly string[];
}

/** What a loader knows so far. */
export interface Known {
  readonly config: Config;
  /** The paths that differ. */
  readonly changed: readonly string[];
  /** Once they have been listed. */
  readonly listed: Listing | undefined;
  /** The paths asked for so far, found or not. */
  readonly asked: ReadonlySet<string>;
  /** The texts read so far. */
  readonly base: ReadonlyMap<string, Source>;
  readonly head: ReadonlyMap<string, Source>;
}

/** What a loader must fetch next, from both sides; nothing left means that the snapshot is whole. */
export interface Needs {
  readonly list: boolean;
  readonly paths: readonly string[];
}

/**
 * Says what must be read next so that every domain a change touches is known with both its halves, zone and policy. Pure:
 * the loader fetches and asks again, so the cost grows with the change and not with the repository.
 */
export function stillNeeded(known: Known): Needs {
  const changed = known.changed.filter((path) => worthReading(path, known.config) && !known.asked.has(path));
  if (changed.length > 0) return { list: false, paths: changed };
  const touched = new Set(known.changed);
  const sides = [known.base, known.head].map((sources) => survey({ sources, unread: [] }, known.config));
  const fragments = [known.base, known.head].some((sources) => holdsFragment(sources, touched, known.config));
  if (!known.listed) return { list: fragments || sides.some((side) => lacksHalf(side, touched)), paths: [] };
  const { listed, asked, config } = known;
  const wanted = new Set<string>(fragments ? zoneCandidates(listed, config) : []);
  for (const side of sides) for (const path of otherHalves(side, touched, known, listed)) wanted.add(path);
  return { list: false, paths: [...wanted].filter((path) => !asked.has(path) && listed.has(path)) };
}

function isTouched(zone: Zone | undefined, touched: ReadonlySet<string>): boolean {
  return zone !== undefined && filesOf(zone).some((path) => touched.has(path));
}

/** Whether the change touches what only another file's `$INCLUDE` can make a zone of. */
function holdsFragment(sources: ReadonlyMap<string, Source>, touched: ReadonlySet<string>, config: Config): boolean {
  return [...sources.values()].some((source) => touched.has(source.path) && isFragment(source, config));
}

/** Whether a touched domain's zone or policy, or a file that a touched zone includes, is not among the texts. */
function lacksHalf(side: Survey, touched: ReadonlySet<string>): boolean {
  if (side.zones.some((zone) => isTouched(zone, touched) && side.missing.has(zone))) return true;
  return side.domains.some((domain) => {
    const { zone, policy, sts } = domain;
    if (!isTouched(zone, touched) && !(policy && touched.has(policy.source.path))) return false;
    return isHomeless(domain) || policy === undefined || sts.presence === "delegated";
  });
}

/** Whether no zone was read in which senders find the domain; where the record is absent, another view may hold it. */
function isHomeless({ zone, policy, sts }: MailDomain): boolean {
  return zone === undefined || (policy !== undefined && sts.presence === "absent");
}

function* otherHalves(
  side: Survey,
  touched: ReadonlySet<string>,
  { config, asked }: Known,
  listed: Listing,
): Iterable<string> {
  for (const places of side.missing.values()) yield* places;
  const names = new Set<Name>();
  const homeless = new Set<Name>();
  const targets = new Set<Name>();
  for (const domain of side.domains) {
    const { name, zone, policy, sts } = domain;
    if (!isTouched(zone, touched) && !(policy && touched.has(policy.source.path))) continue;
    if (name !== undefined) names.add(name);
    if (name !== undefined && isHomeless(domain)) homeless.add(name);
    if (sts.cname) targets.add(sts.cname.rdata);
  }
  yield* namedAfter(targets, listed, config);
  if (names.size === 0 && side.pairings.length === 0) return;
  let stray = false;
  for (const path of policyCandidates(listed, config)) {
    const told = configured(config).policy(path) ?? [];
    const named = told.length > 0 ? told : [domainOfPath(path, names)].filter((name) => name !== undefined);
    if (named.length > 0 && !named.some((name) => names.has(name))) continue;
    yield path;
    if (named.length === 0) {
      stray = true;
      yield* cnameFiles(path);
    }
  }
  const likely = [...namedAfter(homeless, listed, config)];
  yield* likely;
  if (stray || (homeless.size > 0 && likely.every((path) => asked.has(path)))) yield* zoneCandidates(listed, config);
}

function zoneCandidates(listed: Listing, config: Config): readonly string[] {
  return [...listed].filter((path) => mayBeZone(path, config));
}

function policyCandidates(listed: Listing, config: Config): readonly string[] {
  const paths = new Set([
    ...POLICY_FILES.flatMap((file) => listed.named(file)),
    ...configured(config).policies(listed),
  ]);
  return [...paths].filter((path) => isPolicy(path, config) && worthReading(path, config));
}

/** More names than this are not looked for one by one: nearly every zone is wanted then. */
const MANY = 100;

/** The files whose path holds one of some names, or one above it with two labels or more: where its zone most likely is. */
function namedAfter(names: ReadonlySet<Name>, listed: Listing, config: Config): readonly string[] {
  if (names.size === 0) return [];
  const candidates = zoneCandidates(listed, config);
  if (names.size > MANY) return candidates;
  const parts = [...names]
    .map(labels)
    .flatMap((all) => all.slice(0, -1).map((_, depth) => display(`${all.slice(depth).join(".")}.`)));
  const wanted = [...new Set(parts)];
  const isConfigured = (path: string): boolean =>
    configured(config)
      .zone(path)
      ?.some((origin) => [...names].some((name) => isWithin(name, origin))) === true;
  return candidates.filter((path) => isConfigured(path) || wanted.some((part) => path.toLowerCase().includes(part)));
}
