import { commitsOf } from "../judge/commits.ts";
import type { Judged } from "../judge/judge.ts";
import type { ChangeTask, StateTask } from "../judge/task.ts";
import type { Repository } from "../load/repository.ts";
import { requestSent } from "./requestSent.ts";

/**
 * Judges a task as `judge` does, and loads it while GitHub answers the first question.
 *
 * Loading holds up all else: begun before the question is sent, it would come first.
 */
export async function judgeOnceAsked(
  repository: Repository,
  task: ChangeTask | StateTask,
  configPath: string | undefined,
): Promise<Judged> {
  const sent = requestSent();
  const commits = commitsOf(repository, task);
  const engine = Promise.race([sent, commits]).then(() => import("../judge/judge.ts"));
  const [{ judge }] = await Promise.all([engine, commits]);
  return judge(repository, task, configPath, new Date(), commits);
}
