import type { Conclusion } from "../model/conclusion.ts";
import type { Review } from "../model/review.ts";
import { markerOf } from "../render/lineComment.ts";
import { codeSpan } from "../render/markdownSafe.ts";
import { plural } from "../render/lookedAt.ts";
import { SUMMARY_MARKER, isWorthTelling, summaryComment } from "../render/summaryComment.ts";
import { type Client, type PullId, type Standing, standing } from "./comments.ts";
import type { HeadText } from "../render/piecesOf.ts";
import type { DiffFile } from "./placeOf.ts";
import { type Plan, type Wanted, planOf } from "./plan.ts";
import { isRefusal, refusedFor } from "./readOnly.ts";
import { type Existing, firstLine, isSameText, reconcile } from "./reconcile.ts";

/** A pull request as the event and the file list tell it. */
export interface PullRequest extends PullId {
  readonly headSha: string;
  readonly headBranch: string;
  /** Full name; undefined where it was deleted. */
  readonly headRepository: string | undefined;
  /** Whether those who review may push to the head branch: the same repository, or a fork that allows its maintainers. */
  readonly mayPush: boolean;
  readonly files: readonly DiffFile[];
}

/** Everything there is to publish. */
export interface Publication {
  readonly pull: PullRequest;
  readonly review: Review;
  readonly conclusion: Conclusion;
  readonly text: HeadText;
  /** The inputs `comment` and `inline-comments`. */
  readonly comment: "changes" | "always" | "never";
  readonly inlineComments: number;
  /** GitHub's web address, `https://github.com`. */
  readonly serverUrl: string;
  /** A line why nothing can be written, known before. */
  readonly readOnly: string | undefined;
  /** Reads, plans, and writes nothing. */
  readonly dryRun: boolean;
}

/** What was published. */
export interface Published {
  /** The summary's address. */
  readonly commentUrl: string | undefined;
  /** Why not everything could be written: one line. */
  readonly degraded: string | undefined;
  /** Whether a newer push or the pull request's end made writing pointless. */
  readonly isOutdated: boolean;
}

/** Brings the comments on a pull request in line with a review; writes only what differs, and answers a refusal with one line. */
export async function publish(client: Client, job: Publication): Promise<Published> {
  if (job.readOnly !== undefined) return { commentUrl: undefined, degraded: job.readOnly, isOutdated: false };
  try {
    const now = await standing(client, job.pull);
    if (!now.isOpen || now.headSha !== job.pull.headSha)
      return { commentUrl: undefined, degraded: undefined, isOutdated: true };
    const plan = planOf({
      review: job.review,
      files: job.pull.files,
      text: job.text,
      cap: job.inlineComments,
      editUrl: editUrl(job),
    });
    const refused = await writeComments(client, job, plan, now);
    const commentUrl = await writeSummary(client, job, plan, now, refused);
    const degraded =
      refused.length === 0 ? undefined : `${plural(refused.length, "comment")} could not be put on the line.`;
    return { commentUrl, degraded, isOutdated: false };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { commentUrl: undefined, degraded: refusedFor(error), isOutdated: false };
  }
}

function editUrl({ pull, serverUrl }: Publication): (path: string, line: number) => string | undefined {
  const { headRepository, headBranch, mayPush } = pull;
  return (path, line) => {
    if (!mayPush || headRepository === undefined) return undefined;
    const parts = [...headBranch.split("/"), ...path.split("/")].map((part) =>
      encodeURIComponent(part).replace(/[()'*!]/g, percent),
    );
    return `${serverUrl}/${headRepository}/edit/${parts.join("/")}#L${line}`;
  };
}

function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Returns what GitHub refused everywhere. */
async function writeComments(client: Client, job: Publication, plan: Plan, now: Standing): Promise<readonly Wanted[]> {
  const found = new Set(
    job.review.findings.filter(({ status }) => status === "new").map(({ fingerprint }) => markerOf(fingerprint)),
  );
  const own = now.comments.filter(({ body }) => OURS.test(firstLine(body)));
  const { create, update, hide, show } = reconcile(plan.wanted, own, found);
  if (job.dryRun) return [];
  const { owner, repo, number: pull_number, headSha: commit_id } = job.pull;
  const at = { owner, repo };
  const off = await createReview(
    client,
    job,
    create.filter(({ line }) => line !== undefined),
  );
  const refused: Wanted[] = off.filter(({ fileBody }) => fileBody === undefined);
  const onFile = [
    ...create.filter(({ line }) => line === undefined),
    ...off.filter(({ fileBody }) => fileBody !== undefined),
  ];
  for (const comment of onFile) {
    const { path, fileBody: body = comment.body } = comment;
    const isDone = await unlessUnprocessable(() =>
      client.rest.pulls.createReviewComment({ ...at, pull_number, commit_id, path, body, subject_type: "file" }),
    );
    if (!isDone) refused.push(comment);
  }
  for (const { comment, body } of update)
    await client.rest.pulls.updateReviewComment({ ...at, comment_id: comment.number, body });
  await hideAndShow(client, hide, show);
  return refused;
}

const OURS = /^<!-- mta-sts-guard [\w -]+ -->$/;

/** So many tries to find out which comments a review is refused for. */
const MOST_TRIES = 12;

/** All comments in one review; one that is refused is looked for by halves. Returns those that GitHub did not take. */
async function createReview(
  client: Client,
  { pull }: Publication,
  comments: readonly Wanted[],
): Promise<readonly Wanted[]> {
  const { owner, repo, number: pull_number, headSha: commit_id } = pull;
  const refused: Wanted[] = [];
  const open: (readonly Wanted[])[] = comments.length > 0 ? [comments] : [];
  for (let tries = 0; open.length > 0; tries++) {
    const some = open.shift() ?? [];
    const isDone =
      tries < MOST_TRIES &&
      (await unlessUnprocessable(() =>
        client.rest.pulls.createReview({
          owner,
          repo,
          pull_number,
          commit_id,
          event: "COMMENT",
          comments: some.map(lineParameters),
        }),
      ));
    if (isDone) continue;
    if (some.length === 1 || tries >= MOST_TRIES) refused.push(...some);
    else open.push(some.slice(0, some.length >> 1), some.slice(some.length >> 1));
  }
  return refused;
}

function lineParameters({ path, body, side, line = 1, startLine }: Wanted) {
  const range = startLine === undefined ? {} : { start_line: startLine, start_side: side };
  return { path, body, side, line, ...range };
}

/** Whether GitHub took it; any other refusal than "cannot be processed" is thrown. */
async function unlessUnprocessable(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if ((error as { status?: unknown }).status === 422) return false;
    throw error;
  }
}

/** One request for all of them. */
async function hideAndShow(
  client: Client,
  hide: readonly { readonly comment: Existing; readonly why: string }[],
  show: readonly Existing[],
): Promise<void> {
  const ids = [...hide.map(({ comment }) => comment.id), ...show.map(({ id }) => id)];
  if (ids.length === 0) return;
  const fields = ids.map((_, index) => {
    const why = hide[index]?.why;
    return why === undefined
      ? `m${index}: unminimizeComment(input: { subjectId: $i${index} }) { unminimizedComment { isMinimized } }`
      : `m${index}: minimizeComment(input: { subjectId: $i${index}, classifier: ${why} }) { minimizedComment { isMinimized } }`;
  });
  const variables = ids.map((_, index) => `$i${index}: ID!`).join(", ");
  await client.graphql(
    `mutation (${variables}) { ${fields.join(" ")} }`,
    Object.fromEntries(ids.map((id, index) => [`i${index}`, id])),
  );
}

/** Creates the summary or brings it up to date; returns its address. */
async function writeSummary(
  client: Client,
  job: Publication,
  plan: Plan,
  now: Standing,
  refused: readonly Wanted[],
): Promise<string | undefined> {
  const { owner, repo, number: issue_number } = job.pull;
  const existing = now.summaries.find(({ body }) => firstLine(body) === SUMMARY_MARKER);
  const isWanted = job.comment === "always" || isWorthTelling(job.review) || existing !== undefined;
  if (job.comment === "never" || !isWanted) return undefined;
  const body = summaryBody(job, plan, refused);
  if (job.dryRun || (existing && isSameText(existing.body, body))) return existing?.url;
  if (existing) {
    await client.rest.issues.updateComment({ owner, repo, comment_id: existing.number, body });
    return existing.url;
  }
  const { data } = await client.rest.issues.createComment({ owner, repo, issue_number, body });
  return withoutTwin(client, job, data.id, data.html_url);
}

/** Two runs may both find no summary: the later one's goes. */
async function withoutTwin(client: Client, { pull }: Publication, created: number, url: string): Promise<string> {
  const { summaries } = await standing(client, pull);
  const first = summaries
    .filter(({ body }) => firstLine(body) === SUMMARY_MARKER)
    .toSorted((a, b) => a.number - b.number)[0];
  if (!first || first.number >= created) return url;
  await client.rest.issues.deleteComment({ owner: pull.owner, repo: pull.repo, comment_id: created });
  return first.url;
}

function summaryBody({ review, conclusion }: Publication, plan: Plan, refused: readonly Wanted[]): string {
  const inFull = new Map(plan.inFull);
  const unwritten = refused.map(
    ({ path, line, finding }) =>
      `The comment of ${finding.rule} on ${codeSpan(path)}${line === undefined ? "" : `, line ${line}`}: GitHub does not show that line in this pull request.`,
  );
  for (const { finding, fileBody } of refused) if (fileBody !== undefined) inFull.set(finding, undefined);
  if (plan.overCap > 0)
    unwritten.push(
      `${plural(plan.overCap, "finding")} more without a comment on the line: the limit is \`inline-comments\`.`,
    );
  // No link to this run's page: the text would differ at every run.
  return `${SUMMARY_MARKER}\n${summaryComment({ review, conclusion, compared: true, inFull, unwritten, moreUrl: undefined })}`;
}
