import { type LoadedConfig, configAt, loadConfig, withConfig } from "../load/loadConfig.ts";
import { loadChange, loadState } from "../load/loadSnapshot.ts";
import type { Repository, TreeEntry } from "../load/repository.ts";
import { Unusable } from "../load/unusable.ts";
import { CONFIG_PATH, type Config } from "../model/config.ts";
import { quote } from "../model/quote.ts";
import type { Review } from "../model/review.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { review } from "../review.ts";
import { RULES } from "../rules/index.ts";
import { commitsOf } from "./commits.ts";
import type { ChangeTask, StateTask } from "./task.ts";

/** What was judged, and the judgement. */
export interface Judged {
  readonly snapshot: Snapshot;
  readonly config: Config;
  readonly review: Review;
  /** Commit ids; base is the merge base. */
  readonly base: string | null;
  readonly head: string;
  /** What base holds altogether, for somebody who sets this up. */
  readonly state: State | undefined;
}

export interface State {
  readonly snapshot: Snapshot;
  readonly review: Review;
}

/**
 * Reads what a task is about, and judges it; `configPath` stands in for the usual path of the configuration, and `commits` are
 * those of the task where they were asked for before.
 */
export async function judge(
  repository: Repository,
  task: ChangeTask | StateTask,
  configPath: string | undefined,
  now: Date,
  commits = commitsOf(repository, task),
): Promise<Judged> {
  const path = configPath ?? CONFIG_PATH;
  const { fork, head } = await commits;
  const found = await loadConfig(repository, { base: fork?.id, head: head.id }, RULES, path);
  if (configPath !== undefined && !found.files.base && !found.files.head)
    throw new Unusable(
      `The input \`config\` names ${quote(configPath)}, and the repository has no such file: correct the path, or leave the input out.`,
    );
  const config =
    fork && task.kind === "change" ? await configNow(repository, task.base, fork.id, found, path) : found.config;
  const loaded = fork
    ? await loadChange(repository, fork, head.id, now, head.date, config)
    : await loadState(repository, head.id, now, head.date, config);
  const snapshot = withConfig(loaded, found);
  const state =
    task.kind === "change" && fork && (await isSetUp(repository, snapshot, { ...task, head: head.id }, path))
      ? await judgeState(repository, fork.id, now, { ...found, config })
      : undefined;
  return { snapshot, config, review: review(snapshot, config), base: fork?.id ?? null, head: head.id, state };
}

/**
 * The configuration that the base has now. Where the branch left it, an older one may lie: whoever opens a pull request chooses
 * that place, and must not choose how it is judged.
 */
async function configNow(
  repository: Repository,
  base: string,
  fork: string,
  found: LoadedConfig,
  path: string,
): Promise<Config> {
  const { id } = await repository.resolve(base);
  return id === fork ? found.config : configAt(repository, id, RULES, path);
}

async function judgeState(repository: Repository, at: string, now: Date, found: LoadedConfig): Promise<State> {
  const { date } = await repository.resolve(at);
  const files = { base: undefined, head: found.files.base };
  const snapshot = withConfig(await loadState(repository, at, now, date, found.config), { ...found, files });
  return { snapshot, review: review(snapshot, found.config) };
}

/** In bytes; workflows are short. */
const LIMIT = 256 * 1024;

/**
 * Whether a change adds or alters what sets this action up: its configuration, the workflow that runs it (by whatever name), or
 * another one that uses it.
 */
async function isSetUp(
  repository: Repository,
  { changed }: Snapshot,
  { head, workflow }: ChangeTask,
  configPath: string,
): Promise<boolean> {
  if (changed.has(configPath) || (workflow !== undefined && changed.has(workflow))) return true;
  const workflows: TreeEntry[] = [];
  for (const path of changed) {
    const entry = /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path) ? await repository.entry(head, path) : undefined;
    if (entry?.kind === "file") workflows.push(entry);
  }
  const blobs = await repository.read(workflows, () => LIMIT);
  return [...blobs.values()].some(
    (blob) => blob instanceof Uint8Array && USES.test(Buffer.from(blob).toString("latin1")),
  );
}

const USES = /^[^#\n]*\buses:\s*["']?[^\s"'#]*mta-sts-guard[^\s"'#]*@/m;
