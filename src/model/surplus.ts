import { type Finding, fault } from "./finding.ts";
import { groupedBy } from "./groupedBy.ts";

/**
 * Tells what mending leaves behind: of the findings `after`, those that are more than `before` had without the `mended` ones,
 * told apart by their faults and never by their places.
 */
export function surplusOver(
  before: readonly Finding[],
): (mended: readonly Finding[], after: readonly Finding[]) => readonly Finding[] {
  const known = byFault(before);
  return (mended, after) => {
    const cleared = byFault(mended);
    return [...byFault(after)].flatMap(([key, alike]) =>
      alike.slice((known.get(key)?.length ?? 0) - (cleared.get(key)?.length ?? 0)),
    );
  };
}

function byFault(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  return groupedBy(findings, ({ fingerprint }) => fault(fingerprint));
}
