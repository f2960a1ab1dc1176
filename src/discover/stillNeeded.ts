import { posix } from "node:path";
import type { Config } from "../model/config.ts";
import { apex } from "../model/lookup.ts";
import type { MailDomain } from "../model/mailDomain.ts";
import { type Name, display, isWithin, labels, parent } from "../model/name.ts";
import { POLICY_FILES } from "../model/policyPath.ts";
import type { Source } from "../model/source.ts";
import type { Survey } from "../model/survey.ts";
import { type Zone, filesOf } from "../model/zone.ts";
import { configured } from "./configured.ts";
import { cnameFiles, domainOfPath } from "./pairPolicies.ts";
import { isFragment } from "./readZones.ts";
import { reassigned } from "./reassigned.ts";
import { type ZoneClaim, zoneClaims } from "./serverClaims.ts";
import { NAME_SERVER_WORDS, WEB_SERVER_WORDS, isNameServerFile, isWebServerFile } from "./serverFiles.ts";
import { survey } from "./survey.ts";
import { ORIGINLESS } from "./unreadFiles.ts";
import { isPolicy, mayBeZone, worthReading } from "./worthReading.ts";

/** The paths of both sides, to be searched; iterating over all of them is for those who cannot tell what they look for. */
export interface Listing extends Iterable<string> {
  has(path: string): boolean;
  /** The paths whose file name is this one, in any case. */
  named(file: string): readonly string[];
  /** The paths that hold one of some words. */
  holding(words: readonly string[]): readonly string[];
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
 * Says what must be read next so that every domain a change touches is known with both its halves, zone and policy, and with
 * all that tells which belongs to which. Pure: the loader fetches and asks again, so the cost grows with the change and not
 * with the repository.
 */
export function stillNeeded(known: Known): Needs {
  const { listed, asked, config } = known;
  const changed = known.changed.filter((path) => worthReading(path, config) && !asked.has(path));
  if (changed.length > 0) return { list: false, paths: changed };
  const texts = [known.base, known.head];
  const sides = texts.map((sources) => survey({ sources, unread: [] }, config));
  const [base, head] = sides as [Survey, Survey];
  const touched = new Set([...known.changed, ...reassigned(base, head)]);
  const fragments = texts.some((sources) => holdsFragment(sources, touched, config));
  if (!listed) return { list: fragments || sides.some((side) => concerns(side, touched)) || tells(known), paths: [] };
  const wanted = new Set<string>(fragments ? zoneCandidates(listed, config) : []);
  for (const path of nameServerPaths(known, listed, sides, touched)) wanted.add(path);
  for (const side of sides) for (const path of otherHalves(side, touched, known, listed)) wanted.add(path);
  return { list: false, paths: [...wanted].filter((path) => !asked.has(path) && listed.has(path)) };
}

function isTouched(zone: Zone | undefined, touched: ReadonlySet<string>): boolean {
  return zone !== undefined && filesOf(zone).some((path) => touched.has(path));
}

function isDomainTouched({ zone, policy }: MailDomain, touched: ReadonlySet<string>): boolean {
  return isTouched(zone, touched) || (policy !== undefined && touched.has(policy.source.path));
}

/** Whether the change touches what only another file's `$INCLUDE` can make a zone of. */
function holdsFragment(sources: ReadonlyMap<string, Source>, touched: ReadonlySet<string>, config: Config): boolean {
  return [...sources.values()].some((source) => touched.has(source.path) && isFragment(source, config));
}

/** Whether a zone, a policy, or what looks like one changed: other files may say to which names it belongs. */
function concerns({ zones, policies, skipped }: Survey, touched: ReadonlySet<string>): boolean {
  return (
    zones.some((zone) => isTouched(zone, touched)) ||
    policies.some((policy) => touched.has(policy.source.path)) ||
    skipped.some((file) => touched.has(file.path) && (file.holds === "policy" || file.reason === ORIGINLESS))
  );
}

/** Whether the change touches what tells a zone's origin or a policy's domain. */
function tells({ changed, config }: Known): boolean {
  return changed.some((path) => isNameServerFile(path, config) || tellsPolicies(path, config));
}

function tellsPolicies(path: string, config: Config): boolean {
  return isWebServerFile(path, config) || /(?:^|\/)CNAME$/.test(path);
}

/** Whether no zone was read in which senders find the domain; where the record is absent, another view may hold it. */
function isHomeless({ zone, policy, sts }: MailDomain): boolean {
  return zone === undefined || (policy !== undefined && sts.presence === "absent");
}

/** The name servers' configurations, and every file that they may mean by one that the change touches or that a domain needs. */
function* nameServerPaths(
  { config, changed, base, head }: Known,
  listed: Listing,
  sides: readonly Survey[],
  touched: ReadonlySet<string>,
): Iterable<string> {
  yield* listed.holding(NAME_SERVER_WORDS).filter((path) => isNameServerFile(path, config));
  const claims = [zoneClaims(base, config), zoneClaims(head, config)] as const;
  const both = claims.flat();
  if (both.length === 0) return;
  const fileNames = new Set(touchedClaims(claims, changed, config).map(fileName));
  const touchedNames = new Set([...touched].map((path) => posix.basename(path)));
  const homeless = sides.flatMap((side) =>
    side.domains.filter((domain) => isDomainTouched(domain, touched) && isHomeless(domain)),
  );
  for (const claim of both) {
    const isMeant = homeless.some(({ name }) => name !== undefined && isWithin(name, claim.origin));
    if (isMeant || touchedNames.has(fileName(claim))) fileNames.add(fileName(claim));
  }
  yield* namedAny(fileNames, listed, config);
}

function fileName({ file }: ZoneClaim): string {
  return posix.basename(file);
}

/** What only one side's configurations say. */
function touchedClaims(
  [base, head]: readonly [readonly ZoneClaim[], readonly ZoneClaim[]],
  changed: readonly string[],
  config: Config,
): readonly ZoneClaim[] {
  if (!changed.some((path) => isNameServerFile(path, config))) return [];
  const key = ({ origin, file, from }: ZoneClaim): string => JSON.stringify([origin, file, from]);
  const [before, after] = [new Set(base.map(key)), new Set(head.map(key))];
  return [...base.filter((claim) => !after.has(key(claim))), ...head.filter((claim) => !before.has(key(claim)))];
}

function* otherHalves(
  side: Survey,
  touched: ReadonlySet<string>,
  { config, asked, changed }: Known,
  listed: Listing,
): Iterable<string> {
  for (const places of side.missing.values()) yield* places;
  const names = new Set<Name>();
  const origins = new Set(side.zones.filter((zone) => isTouched(zone, touched)).map(apex));
  const homeless = new Set<Name>();
  const targets = new Set<Name>();
  for (const domain of side.domains) {
    if (!isDomainTouched(domain, touched)) continue;
    const { name, sts } = domain;
    if (name !== undefined) names.add(name);
    if (name !== undefined && isHomeless(domain)) homeless.add(name);
    if (sts.cname) targets.add(sts.cname.rdata);
  }
  yield* namedAfter(targets, listed, config);
  const isTold = changed.some((path) => tellsPolicies(path, config));
  if (names.size === 0 && origins.size === 0 && side.pairings.length === 0 && !isTold) return;
  let stray = false;
  const candidates = policyCandidates(listed, config);
  for (const path of candidates) {
    const told = configured(config).policy(path) ?? [];
    const named = told.length > 0 ? told : [domainOfPath(path, names)].filter((name) => name !== undefined);
    if (named.length === 0) stray = true;
    else if (named.some((name) => names.has(name) || isBelow(name, origins))) yield path;
  }
  if (stray) {
    // To whom it belongs hangs on all the others and on all that tells.
    yield* candidates;
    for (const path of candidates) yield* cnameFiles(path);
    yield* listed.holding(WEB_SERVER_WORDS).filter((path) => isWebServerFile(path, config));
  }
  const likely = [...namedAfter(homeless, listed, config)];
  yield* likely;
  if (stray || (homeless.size > 0 && likely.every((path) => asked.has(path)))) yield* zoneCandidates(listed, config);
}

function isBelow(name: Name, origins: ReadonlySet<Name>): boolean {
  for (let at = name; at !== "."; at = parent(at)) if (origins.has(at)) return true;
  return false;
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

/** More file names than this are faster looked for in one pass over all paths. */
const SEVERAL = 8;

/** The files that may be zones and have one of some names. */
function namedAny(fileNames: ReadonlySet<string>, listed: Listing, config: Config): readonly string[] {
  if (fileNames.size > SEVERAL)
    return zoneCandidates(listed, config).filter((path) => fileNames.has(posix.basename(path)));
  return [...fileNames].flatMap((file) => listed.named(file)).filter((path) => mayBeZone(path, config));
}

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
