import { GaveUp, type GithubApi } from "./githubApi.ts";
import type { GithubBlobs } from "./githubBlobs.ts";
import { entryOf, foldersOf, type GithubTree } from "./githubTree.ts";
import { inParallel, inParts } from "./inParallel.ts";
import type { PastPath, PathHistory } from "./repository.ts";

/** A file in a commit; null where the commit has none. */
interface FileNode {
  readonly oid: string;
  readonly mode: number;
  readonly size: number;
}

interface CommitNode {
  readonly oid: string;
  readonly committedDate: string;
  readonly parents: { readonly totalCount: number; readonly nodes?: readonly { readonly oid: string }[] };
  readonly file: FileNode | null;
}

interface PullNode {
  readonly mergedAt: string | null;
  readonly baseRefName: string;
  readonly mergeCommit: CommitNode | null;
}

interface LoggedNode extends CommitNode {
  readonly associatedPullRequests: { readonly nodes: readonly PullNode[] };
}

interface Page {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly (LoggedNode | null)[] | null;
}

/** A name to follow back from a commit. */
interface Life {
  readonly path: string;
  /** The path that was asked for. */
  readonly of: string;
  readonly from: string;
  /** Newest first. */
  readonly log: LoggedNode[];
  cursor: string | null;
  isWhole: boolean;
  /** Whether GitHub did not tell what comes next. */
  isCut: boolean;
}

/** The commit that made a path, and its parent. */
interface Birth {
  readonly life: Life;
  readonly commit: string;
  readonly parent: string;
}

interface Sources {
  readonly api: GithubApi;
  readonly tree: GithubTree;
  readonly blobs: GithubBlobs;
  /** The branch whose history it is; undefined for the repository's default branch. */
  readonly branch: string | undefined;
}

/**
 * The life of `paths` on the base branch up to `start`, through renames.
 *
 * GitHub tells each commit with the date of its topic branch: it counts from the merge of the pull request that brought it to
 * the base branch, with what that merge left.
 */
export async function readGithubHistory(
  sources: Sources,
  start: string,
  paths: readonly string[],
): Promise<PathHistory> {
  const lives = Array.from(new Set(paths), (path) => newLife(path, path, start));
  const all = [...lives];
  const told: Told = { branch: sources.branch, end: "" };
  let isWhole = true;
  let young: readonly Life[] = lives;
  for (let hop = 0; young.length > 0 && hop <= MAX_HOPS; hop++) {
    for (let page = 0; page < MAX_PAGES; page++) await readPages(sources, young, told);
    isWhole &&= young.every((life) => life.isWhole);
    if (hop === MAX_HOPS) isWhole &&= young.every((life) => birthOf(life).length === 0);
    if (hop === MAX_HOPS || told.branch === undefined) break;
    const found = await findOldNames(sources, young.flatMap(birthOf));
    isWhole &&= found.isWhole;
    young = found.lives;
    all.push(...young);
  }
  // Without the branch's name nobody knows when a commit came to it.
  if (told.branch === undefined) return { events: [], complete: false };
  const asked = lives
    .map(({ of }) => of)
    .toSorted()
    .toReversed();
  const events = asked.flatMap((of) =>
    eventsOf(
      all.filter((life) => life.of === of),
      told,
    ),
  );
  return { events: events.toSorted((a, b) => a.commit.date.getTime() - b.commit.date.getTime()), complete: isWhole };
}

function newLife(path: string, of: string, from: string): Life {
  return { path, of, from, log: [], cursor: null, isWhole: false, isCut: false };
}

/** What all commits of one history are told by; it comes with the first answer. */
interface Told {
  branch: string | undefined;
  /** The date of the commit that the history begins at. */
  end: string;
}

/** Reads the next page of each life that has one; a shorter one where GitHub gives up. */
async function readPages(sources: Sources, lives: readonly Life[], told: Told): Promise<void> {
  const isTooMuch = (error: unknown): boolean => error instanceof GaveUp;
  let left = lives.filter((life) => !life.isWhole && !life.isCut);
  for (const { paths, commits } of PAGES) {
    const parts = Array.from({ length: Math.ceil(left.length / paths) }, (_, part) =>
      left.slice(part * paths, (part + 1) * paths),
    );
    const tooMuch: Life[] = [];
    await inParallel(parts, async (part) => {
      const first = part.length > SEVERAL ? Math.min(25, commits) : commits;
      tooMuch.push(...(await inParts(part, isTooMuch, (some) => readPage(sources, some, first, told))));
    });
    left = tooMuch;
  }
  for (const life of left) life.isCut = true;
}

async function readPage({ api, blobs }: Sources, lives: readonly Life[], first: number, told: Told): Promise<void> {
  const declarations = lives.map((_, index) => `$c${index}: GitObjectID!, $p${index}: String!, $a${index}: String`);
  const fields = lives.map(
    (_, index) => `h${index}: object(oid: $c${index}) { ... on Commit { committedDate
      history(first: ${first}, path: $p${index}, after: $a${index}) { pageInfo { hasNextPage endCursor } nodes {
        ${commitFields(index, "parents(first: 1) { totalCount nodes { oid } }")}
        associatedPullRequests(first: 5) { nodes { mergedAt baseRefName
          mergeCommit { ${commitFields(index, "parents(first: 1) { totalCount }")} } } } } } } }`,
  );
  const variables = lives.flatMap(({ from, path, cursor }, index) => [
    [`c${index}`, from],
    [`p${index}`, path],
    [`a${index}`, cursor],
  ]);
  const { defaultBranchRef, ...answer } = await api.query<Answer>(
    declarations,
    `defaultBranchRef { name } ${fields.join(" ")}`,
    Object.fromEntries(variables),
  );
  told.branch ??= defaultBranchRef?.name;
  for (const [index, life] of lives.entries()) {
    const log = answer[`h${index}`];
    if (told.end === "") told.end = log?.committedDate ?? "";
    const nodes = log?.history?.nodes ?? [null];
    const end = nodes.findIndex((node) => !isTold(node));
    const whole = (end < 0 ? nodes : nodes.slice(0, end)).filter((node) => node !== null);
    life.log.push(...whole);
    for (const node of whole)
      for (const { file } of [node, ...mergesOf(node)]) if (file) blobs.note(file.oid, file.size);
    const { hasNextPage, endCursor = null } = log?.history?.pageInfo ?? {};
    life.cursor = endCursor;
    life.isCut = end >= 0 || (hasNextPage !== false && endCursor === null);
    life.isWhole = !life.isCut && hasNextPage === false;
  }
}

type Answer = Readonly<Record<`h${number}`, { committedDate: string; history: Page | null } | null>> & {
  readonly defaultBranchRef?: { readonly name: string } | null;
};

function mergesOf({ associatedPullRequests }: LoggedNode): readonly CommitNode[] {
  return associatedPullRequests.nodes.flatMap(({ mergeCommit }) => mergeCommit ?? []);
}

/** Whether a node has all that tells when and with what it came to the branch: what GitHub leaves null would make it look older. */
function isTold(node: LoggedNode | null): boolean {
  const pulls: readonly (Partial<PullNode> | null)[] | undefined = node?.associatedPullRequests?.nodes;
  if (!isCommitTold(node) || !pulls) return false;
  const hasParent = node.parents.totalCount === 0 || node.parents.nodes?.[0] != null;
  return hasParent && pulls.every((pull) => pull && (!pull.mergeCommit || isCommitTold(pull.mergeCommit)));
}

function isCommitTold<Node extends CommitNode>(node: Node | null): node is Node {
  const { oid, committedDate, parents, file }: Partial<CommitNode> = node ?? {};
  return !!oid && !!committedDate && !!parents && (!file || (!!file.oid && typeof file.mode === "number"));
}

function commitFields(index: number, parents: string): string {
  return `oid committedDate ${parents} file(path: $p${index}) { oid mode size }`;
}

/** The commits of one path that was asked for, as the base branch had them, oldest first; `lives` from the last name to the first. */
function eventsOf(lives: readonly Life[], told: Told): readonly PastPath[] {
  const events: PastPath[] = [];
  const seen = new Set<string>();
  for (const { path, of, log } of lives) {
    for (const node of log) {
      const { commit, date } = onBranch(node, told);
      if (seen.has(commit.oid)) continue;
      seen.add(commit.oid);
      const entry = commit.file ? entryOf(path, commit.file) : undefined;
      events.push({ commit: { id: commit.oid, date }, path, of, entry });
    }
  }
  return events.toReversed();
}

/** The commit by which the base branch got another one's change, and when. */
function onBranch(node: LoggedNode, { branch, end }: Told): { readonly commit: CommitNode; readonly date: Date } {
  const pull = node.associatedPullRequests.nodes.find(
    ({ mergedAt, baseRefName }) => mergedAt !== null && baseRefName === branch,
  );
  const merge = pull?.mergeCommit;
  // Squashed and rebased commits lie on the branch themselves; and a merge may be younger than where we begin.
  const isMerge = merge && merge.parents.totalCount > 1 && merge.committedDate <= end;
  return { commit: isMerge ? merge : node, date: new Date(pull?.mergedAt ?? node.committedDate) };
}

/** The commit that made a path, unless the repository begins with it. */
function birthOf(life: Life): readonly Birth[] {
  const oldest = life.isWhole ? life.log.at(-1) : undefined;
  const parent = oldest?.parents.nodes?.[0]?.oid;
  return oldest && parent !== undefined ? [{ life, commit: oldest.oid, parent }] : [];
}

/** The names that the born paths had before, where their first commit renamed them. */
async function findOldNames(
  sources: Sources,
  births: readonly Birth[],
): Promise<{ readonly lives: readonly Life[]; readonly isWhole: boolean }> {
  const suspects = births.length > FEW ? await withDeletions(sources.tree, births) : births;
  const commits = [...new Set(suspects.map(({ commit }) => commit))];
  const renames = new Map<string, string>();
  let isWhole = commits.length <= MAX_RENAMES;
  await inParallel(commits.slice(0, MAX_RENAMES), async (commit) => {
    const wanted = new Set(suspects.filter((birth) => birth.commit === commit).map(({ life }) => life.path));
    const found = await renamesOf(sources.api, commit, wanted);
    if (!found) isWhole = false;
    for (const [path, old] of found ?? []) renames.set(`${commit} ${path}`, old);
  });
  const lives = suspects.flatMap(({ life, commit, parent }) => {
    const old = renames.get(`${commit} ${life.path}`);
    return old === undefined ? [] : [newLife(old, life.of, parent)];
  });
  return { lives, isWhole };
}

/** Those whose commit also took a path away: others renamed nothing. */
async function withDeletions(tree: GithubTree, births: readonly Birth[]): Promise<readonly Birth[]> {
  const pairs = new Map(births.map(({ commit, parent }) => [commit, [parent, commit] as const]));
  for (const { life, commit, parent } of births) tree.expect([parent, commit], foldersOf([life.path]));
  const changes = await tree.diffs([...pairs.values()]);
  const deleting = new Set(
    [...pairs.keys()].filter((_, index) => changes[index]?.some(({ head }) => head === undefined)),
  );
  return births.filter(({ commit }) => deleting.has(commit));
}

/** The old names of some paths that a commit renamed; undefined where GitHub does not tell. */
async function renamesOf(
  api: GithubApi,
  ref: string,
  paths: ReadonlySet<string>,
): Promise<readonly (readonly [path: string, old: string])[] | undefined> {
  const found: (readonly [string, string])[] = [];
  let left = paths.size;
  for (let page = 1; page <= MAX_FILE_PAGES && left > 0; page++) {
    const parameters = { ref, per_page: 100, page };
    const answer = await api.get<{ files: { filename: string; status: string; previous_filename?: string }[] }>(
      "commits/{ref}",
      ["files"],
      parameters,
    );
    if (!answer) return undefined;
    for (const { filename, status, previous_filename: old } of answer.files) {
      if (!paths.has(filename)) continue;
      left--;
      if (status === "renamed" && old !== undefined) found.push([filename, old]);
    }
    if (answer.files.length < parameters.per_page) break;
  }
  return found;
}

const MAX_HOPS = 8;
const MAX_PAGES = 10;
const MAX_FILE_PAGES = 30;
/** Commits whose files are asked for, each with a request of its own. */
const MAX_RENAMES = 30;
/** So many births are asked one by one, before a request that sorts them out is cheaper. */
const FEW = 1;
/** How many paths are asked for in one request, and how many commits of each; the second where GitHub gives up the first. */
const PAGES = [
  { paths: 50, commits: 100 },
  { paths: 5, commits: 10 },
] as const;
/** More paths than this get shorter pages: GitHub gives up a query after ten seconds. */
const SEVERAL = 5;
