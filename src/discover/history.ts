import { groupedBy } from "../model/groupedBy.ts";
import { memo } from "../model/memo.ts";
import type { History, Past } from "../model/past.ts";
import type { Policy } from "../model/policy.ts";
import type { PastFile } from "../model/snapshot.ts";
import type { Source } from "../model/source.ts";
import type { Zone } from "../model/zone.ts";
import { parsePolicy } from "../parse/parsePolicy.ts";
import { readZone } from "./readZones.ts";
import { filesOf } from "./stillNeeded.ts";

/** The files whose life makes a domain's history. */
export interface Files {
  readonly policy: string | undefined;
  readonly zone: Zone | undefined;
}

/** Tells a domain's life from the past of its files: one entry for each commit that changed one of them, parsed when looked at. */
export function historyOf(files: Files, past: readonly PastFile[], complete: boolean): History {
  const pasts: Past[] = [];
  const zone = files.zone ? filesOf(files.zone) : [];
  const paths = new Set(files.policy === undefined ? zone : [files.policy, ...zone]);
  let sources: ReadonlyMap<string, Source> = new Map();
  for (const file of lives(past, paths)) {
    const next = new Map(sources);
    if (file.source) next.set(file.of, file.source);
    else next.delete(file.of);
    sources = next;
    if (pasts.at(-1)?.commit === file.commit) pasts.pop();
    pasts.push(entry(file, files, sources));
  }
  return { pasts, complete };
}

const byPath = memo((past: readonly PastFile[]) => groupedBy([...past.entries()], ([, file]) => file.of));

/** What happened to some paths, oldest first. */
function lives(past: readonly PastFile[], paths: ReadonlySet<string>): readonly PastFile[] {
  const events = [...paths].flatMap((path) => byPath(past).get(path) ?? []);
  return events.toSorted(([a], [b]) => a - b).map(([, file]) => file);
}

function entry({ moment, commit }: PastFile, { policy, zone }: Files, sources: ReadonlyMap<string, Source>): Past {
  let parsedPolicy: Policy | undefined;
  let parsedZone: Zone | undefined;
  return {
    moment,
    commit,
    get policy() {
      const source = policy === undefined ? undefined : sources.get(policy);
      return (parsedPolicy ??= source && parsePolicy(source));
    },
    get zone() {
      const source = zone && sources.get(zone.source.path);
      return (parsedZone ??= source && readZone(source, zone.origin, sources));
    },
  };
}
