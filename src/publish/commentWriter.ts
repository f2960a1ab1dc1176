import type { Client, NewLineComment } from "./client.ts";
import type { PullRequest } from "./publication.ts";
import type { Wanted } from "./plan.ts";
import type { Difference, Existing, Update } from "./reconcile.ts";
import { Tries } from "./tries.ts";

/** So many reviews are sent to find out which comments one is refused for. */
const MOST_REVIEWS = 12;

/** Hidden and shown in one request. */
const MOST_MUTATIONS = 50;

/** Writes the comments on lines and files of a pull request: one review, all else in sequence, nothing that failed for good twice. */
export class CommentWriter {
  readonly tries = new Tries();
  readonly #client: Client;
  readonly #pull: PullRequest;
  /** Comments whose line GitHub does not take. */
  readonly #offLine = new Set<Wanted>();
  #reviews = 0;

  constructor(client: Client, pull: PullRequest) {
    this.#client = client;
    this.#pull = pull;
  }

  /** What of a difference is still to be tried. */
  left({ create, update, hide, show, remove }: Difference): Difference {
    const { tries } = this;
    return {
      create: create.filter((comment) => tries.may(comment)),
      update: update.filter((change) => tries.may(updateKey(change))),
      hide: hide.filter(({ comment }) => tries.may(hideKey(comment))),
      show: show.filter(({ comment }) => tries.may(showKey(comment))),
      remove: remove.filter((comment) => tries.may(removeKey(comment))),
    };
  }

  /** Tries all of it once. */
  async write(difference: Difference): Promise<void> {
    const { owner, repo } = this.#pull;
    const { pulls } = this.#client.rest;
    await this.#create(difference.create);
    for (const change of difference.update) {
      const { comment, body } = change;
      await this.tries.one("update", updateKey(change), () =>
        pulls.updateReviewComment({ owner, repo, comment_id: comment.number, body }),
      );
    }
    await this.remove(difference.remove);
    await this.#hideAndShow(difference);
  }

  async remove(comments: readonly Existing[]): Promise<void> {
    const { owner, repo } = this.#pull;
    for (const comment of comments)
      await this.tries.one("remove", removeKey(comment), () =>
        this.#client.rest.pulls.deleteReviewComment({ owner, repo, comment_id: comment.number }),
      );
  }

  async #create(comments: readonly Wanted[]): Promise<void> {
    await this.#review(comments.filter((comment) => comment.line !== undefined && !this.#offLine.has(comment)));
    const { owner, repo, number: pull_number, headSha: commit_id } = this.#pull;
    for (const comment of comments) {
      const isOnFile = comment.line === undefined || this.#offLine.has(comment);
      if (!isOnFile || !this.tries.may(comment)) continue;
      const { path, fileBody: body = comment.body } = comment;
      await this.tries.one("create", comment, () =>
        this.#client.rest.pulls.createReviewComment({
          owner,
          repo,
          pull_number,
          commit_id,
          path,
          body,
          subject_type: "file",
        }),
      );
    }
  }

  /** All comments in one review; the one that it is refused for is looked for by halves. */
  async #review(comments: readonly Wanted[]): Promise<void> {
    const { owner, repo, number: pull_number, headSha: commit_id } = this.#pull;
    const open: (readonly Wanted[])[] = comments.length > 0 ? [comments] : [];
    while (open.length > 0) {
      const some = open.shift() ?? [];
      const isLast = some.length === 1 || ++this.#reviews > MOST_REVIEWS;
      const refusal = await this.tries.all("create", some, () =>
        this.#client.rest.pulls.createReview({
          owner,
          repo,
          pull_number,
          commit_id,
          event: "COMMENT",
          comments: some.map(lineComment),
        }),
      );
      if (refusal?.kind !== "wrong") {
        // Whether it was done is seen before anything else is sent.
        if (refusal) return;
        continue;
      }
      if (!isLast) {
        this.tries.forget(some);
        open.push(some.slice(0, some.length >> 1), some.slice(some.length >> 1));
        continue;
      }
      for (const comment of some) {
        this.#offLine.add(comment);
        if (comment.fileBody !== undefined) this.tries.forget([comment]);
      }
    }
  }

  async #hideAndShow({ hide, show }: Difference): Promise<void> {
    const fields = [
      ...hide.map(({ comment: { id }, why }) => ({ id, key: hideKey({ id }), field: minimize(why) })),
      ...show.map(({ comment: { id } }) => ({ id, key: showKey({ id }), field: UNMINIMIZE })),
    ];
    for (let from = 0; from < fields.length; from += MOST_MUTATIONS) {
      const some = fields.slice(from, from + MOST_MUTATIONS);
      const variables = some.map((_, index) => `$i${index}: ID!`).join(", ");
      const asked = some.map(({ field }, index) => `m${index}: ${field.replace("$i", `$i${index}`)}`);
      await this.tries.all(
        "hide",
        some.map(({ key }) => key),
        () =>
          this.#client.graphql(
            `mutation (${variables}) { ${asked.join(" ")} }`,
            Object.fromEntries(some.map(({ id }, index) => [`i${index}`, id])),
          ),
      );
    }
  }
}

export function updateKey({ comment, body }: Update): string {
  return `update ${comment.number} ${body}`;
}

export function hideKey({ id }: Pick<Existing, "id">): string {
  return `hide ${id}`;
}

export function showKey({ id }: Pick<Existing, "id">): string {
  return `show ${id}`;
}

export function removeKey({ number }: Existing): string {
  return `remove ${number}`;
}

function minimize(why: "RESOLVED" | "OUTDATED"): string {
  return `minimizeComment(input: { subjectId: $i, classifier: ${why} }) { minimizedComment { isMinimized } }`;
}

const UNMINIMIZE = "unminimizeComment(input: { subjectId: $i }) { unminimizedComment { isMinimized } }";

function lineComment({ path, body, side, line = 1, startLine }: Wanted): NewLineComment {
  const range = startLine === undefined ? {} : { start_line: startLine, start_side: side };
  return { path, body, side, line, ...range };
}
