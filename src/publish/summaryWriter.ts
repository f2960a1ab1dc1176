import { plural } from "../render/lookedAt.ts";
import { prose } from "../render/markdownSafe.ts";
import { isWorthTelling, summaryComment } from "../render/summaryComment.ts";
import type { Client } from "./client.ts";
import type { ExistingSummary, Standing } from "./comments.ts";
import type { Plan } from "./plan.ts";
import type { Publication } from "./publication.ts";
import { BadAnswer } from "./refusal.ts";
import { isSameSummary, markedSummary, summaryMark } from "./summaryMark.ts";
import { Tries } from "./tries.ts";
import { type Lack, sentencesOf } from "./unwritten.ts";

/** So often a summary is written in one run: another run may take it for its own in between. */
const MOST_WRITES = 3;

/** Keeps the one summary current. */
export class SummaryWriter {
  readonly tries = new Tries();
  readonly #client: Client;
  readonly #job: Publication;
  readonly #plan: Plan;
  /** What was written last, and over what. */
  #written: { readonly number: number; readonly over: string | undefined } | undefined;
  #writes = 0;
  #url: string | undefined;

  constructor(client: Client, job: Publication, plan: Plan) {
    this.#client = client;
    this.#job = job;
    this.#plan = plan;
  }

  /** The summary's address, once there is one. */
  get url(): string | undefined {
    return this.#url;
  }

  /** Why the summary is not what it should be. */
  get lacks(): readonly Lack[] {
    const written = this.tries.refusal(WRITE);
    if (written) {
      const what = `the summary comment is ${this.#url === undefined ? "missing" : "not up to date"}`;
      return [{ what, refusal: written }];
    }
    const removed = this.tries.refusal(REMOVE);
    return removed ? [{ what: "the summary comment stands twice", refusal: removed }] : [];
  }

  /** Whether nothing is left to write; else one thing was tried. */
  async isSettled(now: Standing, lacks: readonly Lack[]): Promise<boolean> {
    const { comment, review } = this.#job;
    if (comment === "never") return true;
    const [existing, ...twins] = now.summaries;
    this.#url = existing?.url ?? this.#url;
    if (twins.length === 0) this.tries.forget([REMOVE]);
    if (twins.length > 0 && this.tries.may(REMOVE)) return (await this.removeTwins(now), false);
    if (!existing && comment !== "always" && !isWorthTelling(review)) return true;
    const body = this.#body(lacks);
    if (this.#stands(existing, body) || !this.tries.may(WRITE)) return true;
    const refusal = await this.tries.one(WRITE, WRITE, () => this.#write(existing, body));
    // Another run may write over it: then it is written again.
    if (!refusal && ++this.#writes < MOST_WRITES) this.tries.forget([WRITE]);
    return false;
  }

  /** The oldest stays: all runs agree on it. */
  async removeTwins({ summaries: [, ...twins] }: Standing): Promise<void> {
    const { owner, repo } = this.#job.pull;
    for (const { number } of twins) {
      this.tries.forget([REMOVE]);
      await this.tries.one("remove", REMOVE, () =>
        this.#client.rest.issues.deleteComment({ owner, repo, comment_id: number }),
      );
    }
  }

  /** Whether there is nothing to write; what was just written may not be seen yet, and is another run's of this head to alter. */
  #stands(existing: ExistingSummary | undefined, body: string): boolean {
    if (existing && isSameSummary(existing.body, body)) {
      this.tries.forget([WRITE]);
      return true;
    }
    const { number, over } = this.#written ?? {};
    if (number === undefined) return false;
    if (!existing) return true;
    if (existing.number === number && existing.body === over) return true;
    return (
      summaryMark(existing.body)?.headSha === this.#job.pull.headSha &&
      summaryMark(existing.body)?.run !== this.#job.run
    );
  }

  async #write(existing: ExistingSummary | undefined, body: string): Promise<void> {
    const { owner, repo, number: issue_number } = this.#job.pull;
    const { issues } = this.#client.rest;
    if (existing) {
      await issues.updateComment({ owner, repo, comment_id: existing.number, body });
      this.#written = { number: existing.number, over: existing.body };
    } else {
      const { data } = await issues.createComment({ owner, repo, issue_number, body });
      if (typeof data?.id !== "number") throw new BadAnswer("comment");
      this.#written = { number: data.id, over: undefined };
      this.#url = data.html_url;
    }
  }

  #body(lacks: readonly Lack[]): string {
    const { review, conclusion, inlineComments, pull, run, notes, rest } = this.#job;
    const inFull = new Map(this.#plan.inFull);
    for (const { finding } of lacks) if (finding) inFull.set(finding, undefined);
    const { overCap } = this.#plan;
    const { note } = pull.files;
    const unwritten = [...(note === undefined ? [] : [note]), ...sentencesOf(lacks)];
    if (overCap > 0 && inlineComments > 0)
      unwritten.push(
        `${plural(overCap, "finding")} more without a comment on the line: the limit is \`inline-comments\`.`,
      );
    const body = { review, conclusion, compared: true, inFull, unwritten: unwritten.map(prose), notes, rest };
    return markedSummary(summaryComment(body), { headSha: pull.headSha, run });
  }
}

const WRITE = "write";
const REMOVE = "remove";
