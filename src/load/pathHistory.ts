import { type Git, WITHOUT_INDEX } from "./git.ts";
import type { ObjectReader } from "./objectReader.ts";
import { isUtf8Path } from "./pathName.ts";
import { type RawChange, readRawDiff } from "./rawDiff.ts";
import type { PathHistory } from "./repository.ts";

interface LoggedCommit {
  readonly id: string;
  readonly date: Date;
  readonly parent: string | undefined;
  /** How many commits of the log are newer. */
  readonly age: number;
}

/** One path's change in one commit. */
interface Step {
  readonly commit: LoggedCommit;
  readonly change: RawChange;
}

/** A name to follow, back from the commit that gave it up; `renamedBy` is undefined for the paths that were asked for. */
interface Life {
  readonly path: string;
  /** The path that was asked for. */
  readonly of: string;
  readonly renamedBy: string | undefined;
}

interface LivedStep extends Step {
  readonly life: Life;
}

/**
 * The life of `paths` on the first-parent line up to `start`, through renames; `shallow` tells of a clone that is.
 *
 * One `git log`, and one `git diff-tree` that looks for renames; both again for each rename in a row.
 */
export async function readHistory(
  git: Git,
  objects: ObjectReader,
  shallow: boolean,
  start: string,
  paths: readonly string[],
): Promise<PathHistory> {
  if (paths.length === 0) return { events: [], complete: true };
  const lives: Life[] = Array.from(new Set(paths), (path) => ({ path, of: path, renamedBy: undefined }));
  let steps = await readLog(git, start, lives);
  let found: readonly Life[] = lives;
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    found = await findOldNames(git, findBirths(steps, found));
    if (found.length === 0) break;
    lives.push(...found);
    steps = await readLog(git, start, lives);
  }
  const events = assign(steps, lives).map(({ commit, change, life }) => ({
    commit: { id: commit.id, date: commit.date },
    path: change.path,
    of: life.of,
    entry: change.after,
  }));
  const complete = !shallow || !(await isCut(objects, findBirths(steps, lives)));
  return { events: events.toReversed(), complete };
}

/** The steps of some paths, newest first. */
async function readLog(git: Git, start: string, lives: readonly Life[]): Promise<readonly Step[]> {
  const paths = [...new Set(lives.map((life) => life.path))];
  const wanted = new Set(paths);
  const steps: Step[] = [];
  let commit: LoggedCommit | undefined;
  let age = 0;
  await readRawDiff(
    git.fields([...LOG, start, "--", ...(canBeArguments(paths) ? paths : [])]),
    (change) => {
      if (commit && wanted.has(change.path)) steps.push({ commit, change });
    },
    (line) => {
      const [id = "", seconds = "", parent] = line.split(" ");
      commit = { id, date: new Date(Number(seconds) * 1000), parent: parent || undefined, age: age++ };
    },
  );
  return steps;
}

/** Whether the paths may be named to git; if not, it tells of every path and we choose. */
function canBeArguments(paths: readonly string[]): boolean {
  const length = paths.reduce((sum, path) => sum + path.length + 3, 0);
  return length < ARGUMENTS_LIMIT && paths.every(isUtf8Path);
}

/** Each step with each life that it belongs to, newest first; a path that was asked for has it once. */
function assign(steps: readonly Step[], lives: readonly Life[]): readonly LivedStep[] {
  const ages = new Map(steps.map(({ commit }) => [commit.id, commit.age]));
  const livesOf = new Map<string, Life[]>();
  for (const life of lives) {
    const others = livesOf.get(life.path);
    if (others) others.push(life);
    else livesOf.set(life.path, [life]);
  }
  return steps.flatMap((step) => {
    const askers = new Map<string, Life>();
    for (const life of livesOf.get(step.change.path) ?? []) {
      const end = life.renamedBy === undefined ? -1 : (ages.get(life.renamedBy) ?? Infinity);
      if (step.commit.age > end) askers.set(life.of, life);
    }
    return Array.from(askers.values(), (life) => ({ ...step, life }));
  });
}

/** The oldest step of each path that was asked for, where it made the path. */
function findBirths(steps: readonly Step[], lives: readonly Life[]): readonly LivedStep[] {
  const oldest = new Map<string, LivedStep>();
  for (const step of assign(steps, lives)) oldest.set(step.life.of, step);
  return [...oldest.values()].filter((step) => step.change.before === undefined);
}

/** The names that the born paths had before, where their first commit renamed them. */
async function findOldNames(git: Git, births: readonly LivedStep[]): Promise<readonly Life[]> {
  const born = births.filter(({ commit }) => commit.parent !== undefined);
  if (born.length === 0) return [];
  const pairs = new Set(born.map(({ commit }) => `${commit.id} ${commit.parent}\n`));
  const oldNames = new Map<string, string>();
  let commit = "";
  await readRawDiff(
    git.fields(RENAMES, [...pairs].join(""), WITHOUT_INDEX),
    ({ path, from }) => oldNames.set(`${commit} ${path}`, from ?? path),
    (line) => (commit = line),
  );
  return born.flatMap(({ commit: { id }, change, life }) => {
    const path = oldNames.get(`${id} ${change.path}`);
    return path === undefined ? [] : [{ path, of: life.of, renamedBy: id }];
  });
}

/** Whether a life begins at a commit whose parents a shallow clone hides: the object names them, the log does not. */
async function isCut(objects: ObjectReader, births: readonly Step[]): Promise<boolean> {
  const roots = new Set(births.filter(({ commit }) => !commit.parent).map(({ commit }) => commit.id));
  const read = await Promise.all(Array.from(roots, (id) => objects.ask(id, COMMIT_LIMIT)));
  return read.some((object) => !object?.bytes || /^tree \S+\nparent /.test(object.bytes.toString("latin1", 0, 200)));
}

const MAX_HOPS = 8;
const ARGUMENTS_LIMIT = 24_000; // Windows takes 32,767 characters
const COMMIT_LIMIT = 16 * 1024 * 1024;

const RAW = ["--raw", "-z", "--no-abbrev", "--ignore-submodules=none", "--no-ext-diff", "--no-textconv"];

const LOG = [
  "log",
  ...RAW,
  "--first-parent",
  "--no-renames",
  "-O/dev/null",
  "--no-show-signature",
  "--format=%H %ct %P",
];

const RENAMES = ["diff-tree", ...RAW, "--stdin", "-r", "-M", "-l1000", "--diff-filter=R"];
