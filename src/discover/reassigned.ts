import { groupedBy } from "../model/groupedBy.ts";
import type { Survey } from "../model/survey.ts";

/**
 * The zones and policies that belong to other names on one side than on the other, although they stand in both and their text
 * may be the same: a server's configuration or a `CNAME` file says so.
 */
export function reassigned(base: Survey, head: Survey): readonly string[] {
  return [...differing(origins(base), origins(head)), ...differing(domains(base), domains(head))];
}

function origins({ zones }: Survey): ReadonlyMap<string, string> {
  const byPath = groupedBy(zones, (zone) => zone.source.path);
  return new Map(
    [...byPath].map(([path, same]) => [
      path,
      same
        .map((zone) => zone.origin)
        .toSorted()
        .join(" "),
    ]),
  );
}

function domains({ pairings }: Survey): ReadonlyMap<string, string> {
  const told = pairings.filter((pairing) => pairing.domains.length > 0);
  return new Map(told.map(({ policy, domains: names }) => [policy.source.path, names.toSorted().join(" ")]));
}

function differing(base: ReadonlyMap<string, string>, head: ReadonlyMap<string, string>): readonly string[] {
  return [...base].filter(([path, names]) => (head.get(path) ?? names) !== names).map(([path]) => path);
}
