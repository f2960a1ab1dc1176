import { changesOf } from "../discover/changesOf.ts";
import { historyNeeded } from "../discover/historyNeeded.ts";
import { type Listing, stillNeeded } from "../discover/stillNeeded.ts";
import { reassigned } from "../discover/reassigned.ts";
import { survey } from "../discover/survey.ts";
import {
  isMissed,
  isNamedLikeZone,
  isPolicy,
  isPolicyPath,
  leftOut,
  mayBeZone,
  worthReading,
} from "../discover/worthReading.ts";
import type { Config } from "../model/config.ts";
import type { Gap } from "../model/gap.ts";
import { usesSts } from "../model/mailDomain.ts";
import { quote } from "../model/quote.ts";
import type { Sides } from "../model/review.ts";
import type { PastFile, Snapshot, Tree, UnreadPath } from "../model/snapshot.ts";
import { Source } from "../model/source.ts";
import { type Side, startOf } from "../model/span.ts";
import type { Survey } from "../model/survey.ts";
import { filesOf } from "../model/zone.ts";
import { type Followed, followLinks } from "./followLinks.ts";
import { missingObject } from "./missingObject.ts";
import type { Blob, ChangedPath, Commit, CommitTree, Files, Repository, TreeEntry } from "./repository.ts";

/** In bytes. A policy over the 64 KB of RFC 8461 §3.3 is still read, so that it can be judged. */
const LIMITS = { zone: 100 * 2 ** 20, other: 2 ** 20 } as const;

/** Looked for in files that are neither policy nor zone, before they are kept in memory. */
const TELLTALE = Buffer.from("STSv1");

/** The state of everything in a directory or at one revision. */
export async function loadState(files: Files, at: string, now: Date, head: Date, config: Config): Promise<Snapshot> {
  const entries = await (files as Repository).list(at);
  const side = new SideReader("head", files, config);
  const wanted = entries.filter((entry) => worthReading(entry.path, config));
  await side.follow(wanted, finder(entries));
  await side.read(wanted);
  side.leaveOut(entries);
  return {
    base: undefined,
    head: side.tree(),
    changed: new Set(),
    past: [],
    pastComplete: true,
    gaps: side.gaps,
    moment: { now, head },
  };
}

/** Both sides of a change and the history it needs; `base` is the merge base. */
export async function loadChange(
  repository: Repository,
  base: Commit,
  at: string,
  now: Date,
  head: Date,
  config: Config,
): Promise<Snapshot> {
  const changes = await repository.diff(base.id, at);
  const changed = new Set(changes.map((change) => change.path));
  const sides = { base: new SideReader("base", repository, config), head: new SideReader("head", repository, config) };
  const trees = new BothTrees(changes);
  const asked = new Set<string>();
  const list = async (): Promise<void> => {
    const listing = await repository.tree(base.id);
    if (listing.isCut) sides.base.gaps.push(cutListing(changes[0]?.path ?? ""));
    trees.list(listing);
    for (const path of await followBoth(sides, trees)) changed.add(path);
  };
  if (changes.some((change) => [change.base, change.head].some((entry) => entry && isOurLink(entry, config))))
    await list();
  for (;;) {
    const needs = stillNeeded({
      config,
      changed: [...changed],
      listed: trees.listed,
      asked,
      base: sides.base.sources,
      head: sides.head.sources,
    });
    if (needs.list) await list();
    const paths = [...new Set([sides.base, sides.head].flatMap((side) => side.withTwins(needs.paths)))].filter(
      (path) => !asked.has(path),
    );
    for (const path of paths) asked.add(path);
    if (paths.length > 0) {
      await sides.base.read(trees.entries("base", paths));
      await sides.head.read(trees.entries("head", paths), sides.base);
    } else if (!needs.list) break;
  }
  sides.head.leaveOut(trees.entries("head", changed));
  const [before, after] = [sides.base.tree(), sides.head.tree()];
  const surveys = { base: survey(before, config), head: survey(after, config) };
  const snapshot: Snapshot = {
    base: before,
    head: after,
    changed: new Set([...changed, ...reassigned(surveys.base, surveys.head)]),
    past: [],
    pastComplete: true,
    gaps: [...sides.base.gaps, ...sides.head.gaps, ...replaced(surveys.base, after, sides.head.gaps)],
    moment: { now, head },
  };
  return withPast(snapshot, surveys, repository, base, config);
}

/**
 * What was a policy, or a zone with MTA-STS, and now is a link that leads nowhere, or something else that is not read. A link
 * in place of a folder is none where head holds what the folder held under another folder's name.
 */
function replaced({ policies, domains }: Survey, { unread, sources }: Tree, gaps: readonly Gap[]): readonly Gap[] {
  const zones = domains.filter(usesSts).flatMap(({ zone }) => zone ?? []);
  const judged = new Set([...policies.map(({ source }) => source.path), ...zones.flatMap(filesOf)]);
  const isGone = (old: string, path: string): boolean => {
    if (old === path) return true;
    const inside = old.slice(path.length);
    return old.startsWith(`${path}/`) && ![...sources.keys()].some((there) => `/${there}`.endsWith(inside));
  };
  const told = new Set(gaps.map(({ at }) => at.path));
  return unread
    .filter(({ path, leftOut }) => !leftOut && !told.has(path) && [...judged].some((old) => isGone(old, path)))
    .map(({ path, reason }) => ({
      what: `${quote(path)} held a policy or a zone on the base, and now it is not read (${reason}), so nobody knows what it says.`,
      cure: "Put the file itself there, or delete it if it is meant to go.",
      at: startOf("head", path),
    }));
}

/** Follows the links of both sides; answers the paths of those that the change does not touch, but what they lead to. */
async function followBoth(
  { base, head }: Readonly<Record<Side, SideReader>>,
  trees: BothTrees,
): Promise<readonly string[]> {
  await base.follow(trees.links("base"), (path) => trees.entry("base", path));
  await head.follow(trees.links("head"), (path) => trees.entry("head", path));
  const isChanged = (path: string): boolean => trees.changes(path);
  return [...base.linksTo(isChanged), ...head.linksTo(isChanged)];
}

/** Finds entries by path; most repositories hold no link, so the index is made when it is first asked. */
function finder(entries: readonly TreeEntry[]): (path: string) => TreeEntry | undefined {
  let byPath: ReadonlyMap<string, TreeEntry> | undefined;
  return (path) => (byPath ??= new Map(entries.map((entry) => [entry.path, entry]))).get(path);
}

/** Whether an entry is a symbolic link whose name may be that of a policy, a zone or what tells of them. */
function isOurLink({ path, kind }: TreeEntry, config: Config): boolean {
  return kind === "link" && (isPolicy(path, config) || mayBeZone(path, config));
}

/** That the other halves of what changes may lie where nobody could look. */
function cutListing(path: string): Gap {
  return {
    what: "the repository holds more files than GitHub lists, so the zones and policies that belong to this change may be missed.",
    cure: "Keep zones and policies in a repository of their own, or check a clone with the command line.",
    at: startOf("base", path),
  };
}

/** Adds the life of the paths whose rules ask for it. */
async function withPast(
  snapshot: Snapshot,
  surveys: Sides,
  repository: Repository,
  base: Commit,
  config: Config,
): Promise<Snapshot> {
  const paths = historyNeeded(changesOf(surveys, snapshot, config));
  if (paths.length === 0) return snapshot;
  const { events, complete } = await repository.history(base.id, paths);
  const entries = events.flatMap(({ entry }) => (entry?.kind === "file" ? [entry] : []));
  const blobs = await repository.read(entries, (path) => limitOf(path, config));
  const gaps = [...snapshot.gaps];
  const past = events.map(({ commit, of, entry }): PastFile => {
    const blob = entry && blobs.get(entry);
    const source = blob instanceof Uint8Array ? new Source("base", of, blob) : undefined;
    if (blob && !source && entry?.kind === "file") {
      const what = `this file as commit ${commit.id.slice(0, 12)} left it`;
      const size = "unread" in blob && blob.unread === "too-large" ? blob.size : undefined;
      gaps.push({
        ...(size === undefined ? missingObject(repository, what) : tooLarge(what, size, limitOf(of, config))),
        at: startOf("base", of),
      });
    }
    return { moment: commit.date, commit: commit.id, of, source };
  });
  const pastCure = complete || !repository.host ? {} : { pastCure: UNTOLD };
  return { ...snapshot, past, pastComplete: complete, ...pastCure, gaps };
}

const UNTOLD =
  "GitHub did not tell the whole history of the policy. Run the job again; if that does not help, check a full clone with the command line.";

function limitOf(path: string, config: Config): number {
  return mayBeZone(path, config) ? LIMITS.zone : LIMITS.other;
}

/** What is read of one side, and what could not be. */
class SideReader {
  readonly sources = new Map<string, Source>();
  readonly gaps: Gap[] = [];
  readonly #unread: UnreadPath[] = [];
  readonly #side: Side;
  readonly #files: Files;
  readonly #config: Config;
  readonly #byId = new Map<string, Uint8Array>();
  #links: ReadonlyMap<string, Followed> = new Map();

  constructor(side: Side, files: Files, config: Config) {
    this.#side = side;
    this.#files = files;
    this.#config = config;
  }

  /** Finds out where those of some entries lead that are links of ours. */
  async follow(entries: readonly TreeEntry[], find: (path: string) => TreeEntry | undefined): Promise<void> {
    const links = entries.filter((entry) => isOurLink(entry, this.#config));
    if (links.length > 0) this.#links = await followLinks(this.#files, links, find);
  }

  /** The links that lead to a path, or through one. */
  linksTo(isMeant: (path: string) => boolean): readonly string[] {
    return [...this.#links].flatMap(([link, followed]) => {
      const isHit = typeof followed !== "string" && [followed.entry.path, ...followed.through].some(isMeant);
      return isHit ? [link] : [];
    });
  }

  /** Some paths, and with a policy the links that are the same policy: it belongs to the domains of all of them. */
  withTwins(paths: readonly string[]): readonly string[] {
    if (this.#links.size === 0) return paths;
    const fileOf = (path: string): string => {
      const followed = this.#links.get(path);
      return typeof followed === "object" ? followed.entry.path : path;
    };
    const files = new Set(paths.filter((path) => isPolicy(path, this.#config)).map(fileOf));
    const twins = [...files, ...this.linksTo((path) => files.has(path))];
    return [...paths, ...twins.filter((path) => isPolicy(path, this.#config) && worthReading(path, this.#config))];
  }

  /** Reads entries, links as the file that they lead to; what `other` read under the same object id is not read again. */
  async read(entries: readonly TreeEntry[], other?: SideReader): Promise<void> {
    const read = other ? other.#byId : new Map<string, Uint8Array>();
    const places = new Map<string, { readonly entry: TreeEntry; readonly paths: string[] }>();
    for (const each of entries) {
      const followed = this.#links.get(each.path);
      if (typeof followed === "string") this.#miss(each, { unread: "not-a-file" });
      if (typeof followed === "string" || (each.kind === "link" && !followed)) continue;
      const entry = followed?.entry ?? each;
      const place = places.get(entry.path) ?? { entry, paths: [] };
      places.set(entry.path, place);
      place.paths.push(each.path);
    }
    const wanted: TreeEntry[] = [];
    for (const { entry, paths } of places.values()) {
      const bytes = entry.id === "" ? undefined : read.get(entry.id);
      if (bytes) this.#add(entry, paths, bytes);
      else wanted.push(entry);
    }
    const pathsOf = (path: string): readonly string[] => places.get(path)?.paths ?? [];
    const blobs = await this.#files.read(
      wanted,
      (path) => Math.max(...pathsOf(path).map((as) => limitOf(as, this.#config))),
      (path, bytes) => pathsOf(path).some((as) => keep(as, bytes, this.#config)),
    );
    for (const [entry, blob] of blobs) {
      if (blob instanceof Uint8Array) this.#add(entry, pathsOf(entry.path), blob);
      else for (const path of pathsOf(entry.path)) this.#miss({ ...entry, path }, blob);
    }
  }

  /** Notes what was left out by its folder. */
  leaveOut(entries: readonly TreeEntry[]): void {
    for (const { path, kind } of entries) {
      const reason = leftOut(path, this.#config);
      if (reason !== undefined && kind === "file" && isMissed(path, this.#config))
        this.#unread.push({ path, reason, leftOut: true });
    }
  }

  tree(): Tree {
    return { sources: this.sources, unread: this.#unread, repositoryName: this.#files.name };
  }

  #add({ path: file, id }: TreeEntry, paths: readonly string[], bytes: Uint8Array): void {
    for (const path of paths) this.sources.set(path, new Source(this.#side, path, bytes, { file }));
    if (id !== "") this.#byId.set(id, bytes);
  }

  #miss({ path, kind }: TreeEntry, blob: Exclude<Blob, Uint8Array>): void {
    const config = this.#config;
    if (blob.unread === "not-a-file") {
      const what =
        kind === "link"
          ? (this.#links.get(path) as string)
          : kind === "submodule"
            ? "submodule, not read"
            : "no regular file";
      if (isPolicyPath(path, config) || mayBeZone(path, config)) this.#unread.push({ path, reason: what });
      return;
    }
    if (blob.unread === "too-large" && !isPolicyPath(path, config) && !isNamedLikeZone(path)) {
      if (mayBeZone(path, config))
        this.#unread.push({
          path,
          reason: `${blob.size ?? "too many"} bytes, over the limit of ${limitOf(path, config)}`,
        });
      return;
    }
    const at = startOf(this.#side, path);
    const gap =
      blob.unread === "missing"
        ? missingObject(this.#files, "a file of this commit")
        : tooLarge("the file", blob.size, limitOf(path, config));
    this.gaps.push({ ...gap, at });
    // What is there and was not read is not missing.
    this.#unread.push({ path, reason: gap.what.replace(/\.$/, "") });
  }
}

function tooLarge(what: string, size: number | undefined, limit: number): Omit<Gap, "at"> {
  return {
    what: `${what} has ${size ?? "too many"} bytes; the limit is ${limit}.`,
    cure: "Split it or take it out of the repository.",
  };
}

/** Whether a file's bytes may be ours: a policy, perhaps a zone, or text that speaks of MTA-STS. */
function keep(path: string, bytes: Uint8Array, config: Config): boolean {
  if (isPolicyPath(path, config) || mayBeZone(path, config) || /(?:^|\/)CNAME$/.test(path)) return true;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(TELLTALE) >= 0;
}

/** Both sides' entries: base as listed, head as base with the changes laid over. */
class BothTrees implements Listing {
  readonly #changes: ReadonlyMap<string, ChangedPath>;
  #base: CommitTree | undefined;

  constructor(changes: readonly ChangedPath[]) {
    this.#changes = new Map(changes.map((change) => [change.path, change]));
  }

  list(base: CommitTree): void {
    this.#base = base;
  }

  get listed(): Listing | undefined {
    return this.#base && this;
  }

  has(path: string): boolean {
    return this.#changes.has(path) || this.#base?.has(path) === true;
  }

  named(file: string): readonly string[] {
    const changed = [...this.#changes.keys()].filter((path) =>
      `/${path}`.toLowerCase().endsWith(`/${file.toLowerCase()}`),
    );
    return [...new Set([...(this.#base?.named(file) ?? []), ...changed])];
  }

  holding(words: readonly string[]): readonly string[] {
    const changed = [...this.#changes.keys()].filter((path) => words.some((word) => path.includes(word)));
    return [...new Set([...(this.#base?.holding(words) ?? []), ...changed])];
  }

  /** Whether a path is one that differs. */
  changes(path: string): boolean {
    return this.#changes.has(path);
  }

  /** The symbolic links of one side. */
  links(side: Side): readonly TreeEntry[] {
    const stays = (this.#base?.links() ?? []).filter((entry) => side === "base" || !this.#changes.has(entry.path));
    if (side === "base") return stays;
    return [...stays, ...[...this.#changes.values()].flatMap(({ head }) => (head?.kind === "link" ? [head] : []))];
  }

  entry(side: Side, path: string): TreeEntry | undefined {
    const change = this.#changes.get(path);
    return change ? change[side] : this.#base?.entry(path);
  }

  *[Symbol.iterator](): Iterator<string> {
    yield* new Set([...(this.#base ?? []), ...this.#changes.keys()]);
  }

  entries(side: Side, paths: Iterable<string>): readonly TreeEntry[] {
    return [...paths].flatMap((path) => this.entry(side, path) ?? []);
  }
}
