import { groupedBy } from "../model/groupedBy.ts";
import { memo } from "../model/memo.ts";
import type { History, Past } from "../model/past.ts";
import type { PastFile, Snapshot } from "../model/snapshot.ts";
import type { Source } from "../model/source.ts";
import { type Zone, filesOf } from "../model/zone.ts";
import { parsePolicy } from "../parse/policy/parsePolicy.ts";
import { readZone } from "./readZones.ts";

/** The files whose life makes a domain's history. */
export interface Files {
  readonly policy: string | undefined;
  readonly zone: Zone | undefined;
}

/** Tells a domain's life from the past of its files: one entry for each commit that changed one of them, parsed when looked at. */
export function historyOf(
  files: Files,
  { past, pastComplete: complete, pastCure: cure }: Pick<Snapshot, "past" | "pastComplete" | "pastCure">,
): History {
  const pasts: Past[] = [];
  const zone = files.zone ? filesOf(files.zone) : [];
  const paths = new Set(files.policy === undefined ? zone : [files.policy, ...zone]);
  let sources: ReadonlyMap<string, Source> = new Map();
  let zoneChanged: PastFile | undefined;
  for (const file of lives(past, paths)) {
    const next = new Map(sources);
    if (file.source) next.set(file.of, file.source);
    else next.delete(file.of);
    sources = next;
    if (file.of !== files.policy) zoneChanged = file;
    if (pasts.at(-1)?.commit === file.commit) pasts.pop();
    pasts.push(entry(file, files, sources, zoneChanged));
  }
  return { pasts, complete, ...(cure !== undefined && { cure }) };
}

/** Once for all the domains that share a policy. */
const readPolicy = memo(parsePolicy);

const byPath = memo((past: readonly PastFile[]) => groupedBy([...past.entries()], ([, file]) => file.of));

/** What happened to some paths, oldest first. */
function lives(past: readonly PastFile[], paths: ReadonlySet<string>): readonly PastFile[] {
  const events = [...paths].flatMap((path) => byPath(past).get(path) ?? []);
  return events.toSorted(([a], [b]) => a - b).map(([, file]) => file);
}

function entry(
  { moment, commit }: PastFile,
  { policy, zone }: Files,
  sources: ReadonlyMap<string, Source>,
  zoneChanged: PastFile | undefined,
): Past {
  return {
    moment,
    commit,
    get policy() {
      const source = policy === undefined ? undefined : sources.get(policy);
      return source && readPolicy(source);
    },
    get zone() {
      return zone && zoneChanged && pastZone(zoneChanged, zone, sources);
    },
  };
}

/** A zone as one change of its files left it: parsed once for all the domains in it. */
function pastZone(changed: PastFile, zone: Zone, sources: ReadonlyMap<string, Source>): Zone | undefined {
  const source = sources.get(zone.source.file);
  if (!source) return undefined;
  const known = left(changed);
  const key = JSON.stringify([zone.origin, filesOf(zone)]);
  const parsed = known.get(key) ?? readZone(source, zone.origin, sources);
  known.set(key, parsed);
  return parsed;
}

const left = memo<PastFile, Map<string, Zone>>(() => new Map());
