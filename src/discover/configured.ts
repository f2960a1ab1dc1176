import type { Config } from "../model/config.ts";
import { memo } from "../model/memo.ts";
import type { Name } from "../model/name.ts";
import { type PathPattern, composed, pathPattern } from "./pathPattern.ts";

/** What the configuration says of paths; undefined where it does not speak of one. */
export interface Configured {
  /** The origins of the zone at a path, empty if its origin must be told otherwise. */
  zone(path: string): readonly Name[] | undefined;
  /** The domains of the policy at a path, empty if they must be told otherwise. */
  policy(path: string): readonly Name[] | undefined;
  /** The policies among some paths. */
  policies(paths: Iterable<string>): readonly string[];
}

/** Reads the path patterns of a configuration, once. */
export const configured = memo(({ zones, policies }: Config): Configured => {
  const zone = namesOf(zones.map(({ path, origin }) => ({ path, names: origin === undefined ? [] : [origin] })));
  const policy = namesOf(policies.map(({ path, domains }) => ({ path, names: domains ?? [] })));
  return {
    zone,
    policy,
    policies: (paths) => (policies.length === 0 ? [] : [...paths].filter((path) => policy(path) !== undefined)),
  };
});

interface Entry {
  readonly path: string;
  readonly names: readonly Name[];
}

/** An entry for exactly this path goes before patterns; of patterns the first that matches counts. */
function namesOf(entries: readonly Entry[]): (path: string) => readonly Name[] | undefined {
  if (entries.length === 0) return () => undefined;
  const exact = new Map<string, readonly Name[]>();
  const patterns: (readonly [PathPattern, readonly Name[]])[] = [];
  for (const { path, names } of entries) {
    const pattern = pathPattern(path);
    if (pattern.literal === undefined) patterns.push([pattern, names]);
    else exact.set(pattern.literal, [...new Set([...(exact.get(pattern.literal) ?? []), ...names])]);
  }
  return (path) => {
    const told = exact.get(composed(path));
    if (told) return told;
    for (const [pattern, names] of patterns) {
      const match = pattern.match(path);
      if (match) return names.length > 0 || match.name === undefined ? names : [match.name];
    }
    return undefined;
  };
}
