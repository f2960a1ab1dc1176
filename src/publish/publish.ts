import { setTimeout as pauseFor } from "node:timers/promises";
import { murkyFiles } from "../model/murkyFiles.ts";
import { pathInUrl } from "../render/pathInUrl.ts";
import type { Client } from "./client.ts";
import { CommentWriter } from "./commentWriter.ts";
import { type Standing, standing } from "./comments.ts";
import { planOf } from "./plan.ts";
import type { Publication } from "./publication.ts";
import { type Difference, type Found, markersOf, reconcile } from "./reconcile.ts";
import { refusalOf } from "./refusal.ts";
import { SummaryWriter } from "./summaryWriter.ts";
import { lacksOf, sentencesOf } from "./unwritten.ts";

/** What was published. */
export interface Published {
  /** The summary's address. */
  readonly commentUrl: string | undefined;
  /** What could not be written and why, one sentence each. */
  readonly unwritten: readonly string[];
  /** Whether the token lacks a permission that the workflow could give it. */
  readonly isForbidden: boolean;
  /** Whether a newer push or the pull request's end made writing pointless. */
  readonly isOutdated: boolean;
}

const NOTHING: Published = { commentUrl: undefined, unwritten: [], isForbidden: false, isOutdated: false };

/** Milliseconds; what GitHub took without saying so is seen a moment later. */
const SETTLING = 2000;

/** Looks at the pull request; each but the last is followed by writes, and few need more than three. */
const MOST_LOOKS = 9;

/**
 * Brings the comments on a pull request in line with a review: looks, writes what differs, and looks again until nothing does.
 * So what another run does at the same time is seen, what a broken answer hid is not written twice, and what GitHub refuses is
 * told: a comment on a line becomes one on the file, and what is refused there stands in the summary. Throws only faults of ours.
 */
export async function publish(
  client: Client,
  job: Publication,
  pause: (duration: number) => Promise<unknown> = pauseFor,
): Promise<Published> {
  if (job.readOnly !== undefined) return { ...NOTHING, unwritten: [job.readOnly] };
  const plan = planOf({
    review: job.review,
    files: job.pull.files.listed,
    text: job.text,
    cap: job.inlineComments,
    editUrl: editUrl(job),
  });
  const found = foundBy(job);
  const comments = new CommentWriter(client, job.pull);
  const summary = new SummaryWriter(client, job, plan);
  let difference: Difference | undefined;
  let stood: ReadonlySet<string> | undefined;
  try {
    for (let look = 1; look <= MOST_LOOKS; look++) {
      const now = await standing(client, job.pull);
      stood ??= markersOf(now.comments);
      difference = reconcile(plan.wanted, now.comments, found, job.pull.headSha, stood);
      if (isStale(now, job)) {
        if (look > 1) await removeTwins(comments, summary, difference, now);
        return { ...NOTHING, isOutdated: true };
      }
      if (job.dryRun) return { ...NOTHING, commentUrl: now.summaries[0]?.url };
      const left = comments.left(difference);
      if (Object.values(left).some((some) => some.length > 0)) await comments.write(left);
      else if (await summary.isSettled(now, lacksOf(difference, comments.tries))) break;
      if (comments.tries.isUnclear || summary.tries.isUnclear) await pause(SETTLING);
    }
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    const unread = `The comments on this pull request could not be read, so not all of them are written: ${refusal.why}.`;
    const failed = difference ? sentencesOf(lacksOf(difference, comments.tries)) : [];
    const isForbidden = refusal.kind === "forbidden";
    return { ...NOTHING, commentUrl: summary.url, unwritten: [unread, ...failed], isForbidden };
  }
  const lacks = [...(difference ? lacksOf(difference, comments.tries) : []), ...summary.lacks];
  const { isRead, note = "" } = job.pull.files;
  return {
    commentUrl: summary.url,
    unwritten: [...(isRead ? [] : [note]), ...sentencesOf(lacks)],
    isForbidden: lacks.some(({ refusal }) => refusal.kind === "forbidden"),
    isOutdated: false,
  };
}

function isStale({ isOpen, headSha }: Standing, { pull }: Publication): boolean {
  return !isOpen || headSha !== pull.headSha;
}

/** A stale run leaves nothing that stands twice; what else it wrote is the newer one's to mend. */
async function removeTwins(
  comments: CommentWriter,
  summary: SummaryWriter,
  { remove }: Difference,
  now: Standing,
): Promise<void> {
  await comments.remove(remove);
  await summary.removeTwins(now);
}

function foundBy({ review: { findings, ignored, changes }, conclusion }: Publication): Found {
  const of = (wanted: string) => findings.filter(({ status }) => status === wanted).map((each) => each.fingerprint);
  return {
    new: new Set(of("new")),
    known: new Set([...of("existing"), ...ignored.map(({ finding }) => finding.fingerprint)]),
    isWhole: conclusion !== "incomplete",
    murky: new Set(changes.domains.flatMap(({ head }) => (head ? murkyFiles(head) : []))),
  };
}

function editUrl({ pull, serverUrl }: Publication): (path: string, line: number) => string | undefined {
  const { headRepository, headBranch, mayPush } = pull;
  return (path, line) => {
    const place = pathInUrl(`${headBranch}/${path}`);
    if (!mayPush || headRepository === undefined || place === undefined) return undefined;
    return `${serverUrl}/${headRepository}/edit/${place}#L${line}`;
  };
}
