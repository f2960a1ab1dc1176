import type { Commit, Repository } from "../load/repository.ts";
import type { ChangeTask, StateTask } from "./task.ts";

/** The commits that a task is about. */
export interface Commits {
  /** The merge base of a change. */
  readonly fork: Commit | undefined;
  readonly head: Commit;
}

/** Asks a repository for the commits of a task, which is the first that is asked of it. */
export async function commitsOf(repository: Repository, task: ChangeTask | StateTask): Promise<Commits> {
  const fork = task.kind === "change" ? await repository.mergeBase(task.base, task.head) : undefined;
  return { fork, head: await repository.resolve(task.head) };
}
