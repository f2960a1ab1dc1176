import { idOf } from "../model/policyId.ts";
import { meaning } from "../model/policy.ts";
import { changedRecords, compareSerials, serialOf } from "../model/serial.ts";
import { filesOf } from "../model/zone.ts";
import type { Changes } from "../model/review.ts";

/** The paths whose life on the base branch a rule will ask for: of policies and ids that change, of zones whose serial does not. */
export function historyNeeded(changes: Changes): readonly string[] {
  const paths = new Set<string>();
  for (const { base, head } of changes.domains) {
    const before = base?.policy;
    const after = head?.policy;
    const changed = before && after ? meaning(before) !== meaning(after) : before !== after;
    const newId = after && idOf(base)?.value !== idOf(head)?.value;
    if (!changed && !newId) continue;
    const policy = before ?? after;
    if (policy) paths.add(policy.source.file);
    if (base?.zone) for (const path of filesOf(base.zone)) paths.add(path);
  }
  for (const { base, head, holdsSts } of changes.zones) {
    if (!holdsSts || !base || !head) continue;
    const [before, after] = [serialOf(base)?.value, serialOf(head)?.value];
    const rises = before !== undefined && after !== undefined && compareSerials(before, after) === "raised";
    if (!rises && changedRecords(base, head).length > 0) for (const path of filesOf(base)) paths.add(path);
  }
  return [...paths];
}
