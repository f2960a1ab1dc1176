/** What a check run is about, as its `external_id` carries it: with it any replica can judge again, and nothing is stored elsewhere. */
export type CheckId = PullCheckId | MergeGroupCheckId;

export interface PullCheckId {
  readonly kind: "pull";
  readonly number: number;
  /** Stands for what was found that fails; empty where nothing does, undefined where that is not known. */
  readonly found?: string | undefined;
  readonly accepted?: Acceptance | undefined;
  /** When it turns green by itself. */
  readonly again?: Date | undefined;
}

export interface MergeGroupCheckId {
  readonly kind: "merge-group";
  readonly base: string;
  /** The branch that it is to be put on. */
  readonly branch?: string | undefined;
}

/** Who accepted a risk, and when. */
export interface Acceptance {
  readonly by: string;
  readonly at: Date;
}

/**
 * `pull 12 3f2a… accepted nora 2026-06-01T12:00:00.000Z`, `pull 12 3f2a… again 2026-06-03T12:00:00.000Z`, `pull 12 -` (passes),
 * `pull 12 ?` (not judged), `merge-group <sha> main`.
 */
export function checkIdText(id: CheckId): string {
  if (id.kind === "merge-group") return `merge-group ${id.base}${id.branch === undefined ? "" : ` ${id.branch}`}`;
  const accepted = id.accepted ? ` accepted ${id.accepted.by} ${id.accepted.at.toISOString()}` : "";
  const again = id.again ? ` again ${id.again.toISOString()}` : "";
  return `pull ${id.number} ${id.found === "" ? "-" : (id.found ?? "?")}${accepted}${again}`;
}

const PULL = /^pull (\d{1,15}) (-|\?|[0-9a-f]{64})(?: accepted ([\w.[\]-]{1,100}) (\S{1,30}))?(?: again (\S{1,30}))?$/;
const MERGE_GROUP = /^merge-group ([0-9a-f]{40,64})(?: (\S{1,255}))?$/;

/** Reads what `checkIdText` wrote; undefined for anything else. */
export function readCheckId(text: string): CheckId | undefined {
  const [, base, branch] = MERGE_GROUP.exec(text) ?? [];
  if (base !== undefined) return { kind: "merge-group", base, ...(branch === undefined ? {} : { branch }) };
  const [, number, found = "?", by, acceptedAt, againAt] = PULL.exec(text) ?? [];
  if (number === undefined) return undefined;
  const [at, again] = [momentOf(acceptedAt), momentOf(againAt)];
  return {
    kind: "pull",
    number: Number(number),
    ...(found === "?" ? {} : { found: found === "-" ? "" : found }),
    ...(by !== undefined && at ? { accepted: { by, at } } : {}),
    ...(again ? { again } : {}),
  };
}

function momentOf(text: string | undefined): Date | undefined {
  const moment = new Date(text ?? "");
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}
