import { pullFiles } from "./code.ts";
import { hunkUpTo, type PatchLines } from "./diff.ts";
import { type Json } from "./emulated.ts";
import { gitText } from "./git.ts";
import { pullCommits, pullOf } from "./pulls.ts";
import { forward, look, paged, tooLong } from "./rest.ts";
import { NOT_FOUND, type Place, refusal, type Reply, type RestCall, type State } from "./state.ts";
import type { Pull } from "./storyRepository.ts";

/** A review with its comments: all of them or none. */
export async function createReview(state: State, call: RestCall): Promise<Reply> {
  const pull = pullOf(state, call);
  if (!pull) return NOT_FOUND;
  const { body = "", event, comments = [], commit_id: commit = pull.headSha } = call.body ?? {};
  const refused = tooLong(body, state.limits.body);
  if (refused) return refused;
  if (event === undefined) state.report("the stand-in keeps no pending reviews: a review needs its event");
  if (!(await pullCommits(state, pull)).includes(commit))
    return unprocessable("The commit_id is not part of the pull request");
  if (body === "" && comments.length === 0) return unprocessable("Review comments and body can't both be blank");
  const places: Place[] = [];
  for (const comment of comments) {
    const placed = await place(state, pull, { ...comment, commit_id: commit, subject_type: "line" });
    if ("fault" in placed) return unprocessable(placed.fault);
    const long = tooLong(comment.body, state.limits.body);
    if (long) return long;
    places.push(placed);
  }
  const review = await forward(state, { ...call, body: { body, event, commit_id: commit } });
  if (review.status >= 300) return review;
  for (const [index, placed] of places.entries()) {
    await keep(state, call, pull, { ...placed, review: review.body.id }, comments[index].body);
  }
  // emulate answers 201.
  return { ...review, status: 200 };
}

/** A single comment, on a line or on a file, or an answer to one. */
export async function createComment(state: State, call: RestCall): Promise<Reply> {
  const pull = pullOf(state, call);
  if (!pull) return NOT_FOUND;
  const { body, in_reply_to: answers } = call.body;
  const long = tooLong(body, state.limits.body);
  if (long) return long;
  if (answers !== undefined) return answer(state, call, pull, answers);
  if (!(await pullCommits(state, pull)).includes(call.body.commit_id)) {
    return invalidComment("commit_id", "commit_id is not part of the pull request");
  }
  const placed = await place(state, pull, call.body);
  if ("fault" in placed) return invalidComment(placed.field, placed.message);
  const review = await reviewOfOne(state, call, placed);
  const id = await keep(state, call, pull, { ...placed, review }, body);
  return { status: 201, body: await commentJson(state, pull, id) };
}

export async function answerComment(state: State, call: RestCall): Promise<Reply> {
  const pull = pullOf(state, call);
  return pull ? answer(state, call, pull, Number(call.operation.params["comment_id"])) : NOT_FOUND;
}

export async function listComments(state: State, call: RestCall): Promise<Reply> {
  const pull = pullOf(state, call);
  if (!pull) return NOT_FOUND;
  const { review_id: review } = call.operation.params;
  const ids = commentIds(state, pull).filter(
    (id) => review === undefined || `${state.places.get(id)?.review}` === review,
  );
  return paged(state, call, await Promise.all(ids.map((id) => commentJson(state, pull, id))));
}

export async function getComment(state: State, call: RestCall): Promise<Reply> {
  const id = Number(call.operation.params["comment_id"]);
  const pull = state.repository.pulls.find((each) => commentIds(state, each).includes(id));
  return pull ? { status: 200, body: await commentJson(state, pull, id) } : NOT_FOUND;
}

export async function updateComment(state: State, call: RestCall): Promise<Reply> {
  const refused = tooLong(call.body?.body, state.limits.body);
  if (refused) return refused;
  const reply = await forward(state, call);
  return reply.status === 200 ? getComment(state, call) : reply;
}

export async function deleteComment(state: State, call: RestCall): Promise<Reply> {
  const reply = await forward(state, call);
  if (reply.status === 204) state.places.delete(Number(call.operation.params["comment_id"]));
  return reply;
}

/** The review comments of a pull request, oldest first. */
export function commentIds(state: State, { number }: Pull): readonly number[] {
  return [...state.places].flatMap(([id, { pull }]) => (pull === number ? [id] : []));
}

/** A comment as it stands on the pull request now: without a line once that line was changed. */
export async function commentJson(state: State, pull: Pull, id: number): Promise<Json> {
  const kept = state.places.get(id);
  if (!kept) throw new Error(`No review comment ${id}.`);
  const told = await look(state, `/repos/${state.repository.fullName}/pulls/comments/${id}`);
  const { in_reply_to_id: _, ...rest } = told;
  const now = await standing(state, pull, kept);
  const { pull_request_url: pullUrl, url, html_url: page } = told;
  return {
    ...rest,
    pull_request_review_id: kept.review,
    path: kept.path,
    diff_hunk: kept.hunk,
    commit_id: now === null ? kept.commit : pull.headSha,
    original_commit_id: kept.commit,
    subject_type: kept.subject,
    side: kept.side,
    start_side: kept.startSide,
    line: kept.line === null ? null : (now?.line ?? null),
    start_line: kept.startLine === null ? null : (now?.startLine ?? null),
    original_line: kept.line,
    original_start_line: kept.startLine,
    position: now === null ? null : 1,
    original_position: 1,
    ...(kept.answers === undefined ? {} : { in_reply_to_id: kept.answers }),
    _links: { self: { href: url }, html: { href: page }, pull_request: { href: pullUrl } },
  };
}

/** Where a comment stands at the head; null when its lines were changed since. */
export async function standing(
  state: State,
  pull: Pull,
  { path, subject, side, line, startLine, commit }: Place,
): Promise<{ readonly line: number | null; readonly startLine: number | null } | null> {
  if (commit === pull.headSha) return { line, startLine };
  const { files } = await pullFiles(state, pull.baseSha, pull.headSha);
  const file = files.find(({ filename }) => filename === path);
  if (!file) return null;
  if (subject === "file" || line === null) return { line, startLine };
  if (side === "LEFT") return file.lines.left.has(line) ? { line, startLine } : null;
  const range = ["diff", "-U0", "--no-color", commit, pull.headSha, "--", `:(literal)${path}`];
  const patch = await gitText(state.repository.directory, ...range);
  const lines = [line, ...(startLine === null ? [] : [startLine])].map((each) => moved(patch, each));
  const [end, start = null] = lines;
  if (end === undefined || lines.includes(undefined) || !file.lines.right.has(end)) return null;
  return { line: end, startLine: start };
}

/** A line's number after a patch without context, undefined if the patch changes the line. */
function moved(patch: string, line: number): number | undefined {
  let shift = 0;
  for (const [, from = "", count = "1", , added = "1"] of patch.matchAll(
    /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm,
  )) {
    const first = Number(from) + (count === "0" ? 1 : 0);
    if (line < first) break;
    if (line < first + Number(count)) return undefined;
    shift += Number(added) - Number(count);
  }
  return line + shift;
}

interface Misplaced {
  /** As the review tells it. */
  readonly fault: string;
  /** As the single comment tells it. */
  readonly field: string;
  readonly message: string;
}

/** Checks a comment's place against the diff's hunks. */
async function place(state: State, pull: Pull, comment: Json): Promise<Place | Misplaced> {
  const { path, commit_id: commit, side = "RIGHT", line = null, start_line: startLine = null } = comment;
  const { start_side: startSide = startLine === null ? null : side, subject_type: subject = "line" } = comment;
  const { files } = await pullFiles(state, pull.baseSha, commit);
  const file = files.find(({ filename }) => filename === path);
  const placed = { pull: pull.number, path, commit, side, line, startLine, startSide, subject, review: 0 } as const;
  if (!file) return misplaced("Path could not be resolved", "path", "is not part of the diff");
  if (subject === "file") return { ...placed, line: null, hunk: file.patch?.split("\n")[0] ?? "" };
  const hunk = line === null ? undefined : hunkOf(file.lines, side, line);
  if (hunk === undefined || file.patch === undefined) {
    return misplaced("Line could not be resolved", "line", "must be part of the diff");
  }
  if (startLine !== null && startLine >= line && startSide === side) {
    return misplaced("Start line must precede the end line", "start_line", "must precede the end line.");
  }
  if (startLine !== null && hunkOf(file.lines, startSide, startLine) !== hunk) {
    return misplaced("Start line could not be resolved", "start_line", "must be part of the same hunk as the line.");
  }
  return { ...placed, hunk: hunkUpTo(file.patch, side, line) };
}

function hunkOf({ left, right }: PatchLines, side: "LEFT" | "RIGHT", line: number): number | undefined {
  return (side === "LEFT" ? left : right).get(line);
}

function misplaced(fault: string, name: string, what: string): Misplaced {
  const field = `pull_request_review_thread.${name}`;
  return { fault, field, message: `${field} ${what}` };
}

async function answer(state: State, call: RestCall, pull: Pull, to: number): Promise<Reply> {
  const first = state.places.get(to);
  if (first?.pull !== pull.number) return NOT_FOUND;
  const review = await reviewOfOne(state, call, first);
  const id = await keep(state, call, pull, { ...first, review, answers: first.answers ?? to }, call.body.body);
  return { status: 201, body: await commentJson(state, pull, id) };
}

/** Every comment belongs to a review, even one that was written alone. */
async function reviewOfOne(state: State, { token }: RestCall, { pull, commit }: Place): Promise<number> {
  const path = `/repos/${state.repository.fullName}/pulls/${pull}/reviews`;
  const review = await state.emulated.demand(token.login, "POST", path, { event: "COMMENT", commit_id: commit });
  return review.id;
}

async function keep(state: State, { token }: RestCall, pull: Pull, kept: Place, body: string): Promise<number> {
  const { path, side, line, subject, commit } = kept;
  const request = { body, path, side, line, subject_type: subject, commit_id: commit };
  const address = `/repos/${state.repository.fullName}/pulls/${pull.number}/comments`;
  const { id } = await state.emulated.demand(token.login, "POST", address, request);
  state.places.set(id, kept);
  return id;
}

function unprocessable(fault: string): Reply {
  return refusal(422, "Unprocessable Entity", { errors: [fault] });
}

function invalidComment(field: string, message: string): Reply {
  const resource = "PullRequestReviewComment";
  const hunk = { resource, code: "missing_field", field: "pull_request_review_thread.diff_hunk" };
  return refusal(422, "Validation Failed", { errors: [{ resource, code: "custom", field, message }, hunk] });
}
