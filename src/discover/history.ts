import type { Name } from "../model/name.ts";
import type { History, Past } from "../model/past.ts";
import type { Policy } from "../model/policy.ts";
import type { PastFile } from "../model/snapshot.ts";
import type { Source } from "../model/source.ts";
import type { Zone } from "../model/zone.ts";
import { parsePolicy } from "../parse/parsePolicy.ts";
import { readZone } from "./readZones.ts";

/** The files whose life makes a domain's history. */
export interface Files {
  readonly policy: string | undefined;
  readonly zone: { readonly path: string; readonly origin: Name } | undefined;
}

/** Tells a domain's life from the past of its files: one entry for each commit that changed one of them, parsed when looked at. */
export function historyOf(files: Files, past: readonly PastFile[], complete: boolean): History {
  const pasts: Past[] = [];
  if (past.length === 0) return { pasts, complete };
  let policy: Source | undefined;
  let zone: Source | undefined;
  for (const file of past) {
    if (file.of !== files.policy && file.of !== files.zone?.path) continue;
    if (file.of === files.policy) policy = file.source;
    else zone = file.source;
    if (pasts.at(-1)?.commit === file.commit) pasts.pop();
    pasts.push(entry(file, policy, zone, files.zone?.origin));
  }
  return { pasts, complete };
}

function entry({ moment, commit }: PastFile, policy: Source | undefined, zone: Source | undefined, origin: Name = "."): Past {
  let parsedPolicy: Policy | undefined;
  let parsedZone: Zone | undefined;
  return {
    moment,
    commit,
    get policy() {
      return (parsedPolicy ??= policy && parsePolicy(policy));
    },
    get zone() {
      return (parsedZone ??= zone && readZone(zone, origin, new Map()));
    },
  };
}
