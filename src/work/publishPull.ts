import type { Judged } from "../judge/judge.ts";
import { sourceAt } from "../model/snapshot.ts";
import { changedFiles } from "../publish/changedFiles.ts";
import { type Published, publish } from "../publish/publish.ts";
import { ADVICE } from "../publish/refusal.ts";
import { acceptedLine } from "./checkText.ts";
import { approval, tellLack } from "./lacking.ts";
import type { PullJob } from "../queue/job.ts";
import type { Verdict } from "./verdict.ts";
import type { Pull } from "./readPull.ts";
import type { InstallationClient, World } from "./world.ts";

/** As many line comments as the Action writes by default. */
const MOST_COMMENTS = 25;

/** Brings the comments on a pull request in line with its judgement. */
export async function publishPull(
  world: World,
  client: InstallationClient,
  job: PullJob,
  pull: Pull,
  { review, snapshot }: Judged,
  { conclusion, accepted }: Verdict,
  notes: readonly string[] = [],
): Promise<Pick<Published, "unwritten" | "isOutdated">> {
  const { owner, repo, number } = job;
  const id = { owner, repo, number };
  const published = await publish(client, {
    pull: {
      ...id,
      headSha: pull.headSha,
      headBranch: pull.headBranch,
      headRepository: pull.headRepository,
      mayPush: pull.isOwnBranch,
      files: await changedFiles(client, id),
    },
    review,
    conclusion,
    text: (path) => sourceAt(snapshot, { side: "head", path }),
    comment: "changes",
    inlineComments: MOST_COMMENTS,
    serverUrl: world.serverUrl,
    readOnly: undefined,
    dryRun: false,
    notes: [...(accepted ? [acceptedLine(accepted)] : []), ...notes],
    rest: "in the check",
    run: "bot",
  });
  if (published.unwritten.length > 0) world.metrics.degradedWrites.inc({ kind: "comments" });
  if (published.unwritten.some((sentence) => sentence.includes(ADVICE.grant))) tellLack(world, job, WRITE);
  return { ...published, unwritten: published.unwritten.map(asBot) };
}

const WRITE = "pull_requests: write";

/** What could not be written and what to do, for those who have no job to mend. */
function asBot(sentence: string): string {
  return sentence
    .replace(ADVICE.again, "press Re-check")
    .replace(ADVICE.grant, approval(WRITE))
    .replace(ADVICE.look, approval(WRITE));
}
