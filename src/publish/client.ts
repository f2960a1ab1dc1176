/** What we use of GitHub's client, so that the Action's and Probot's both fit. */
export interface Client {
  graphql(query: string, variables: Record<string, unknown>): Promise<unknown>;
  readonly rest: {
    readonly pulls: {
      listFiles(at: PullAt & PageOf): Promise<{ readonly data: readonly ListedFile[] }>;
      createReview(review: PullAt & NewReview): Promise<unknown>;
      createReviewComment(comment: PullAt & NewFileComment): Promise<unknown>;
      updateReviewComment(change: CommentAt & Body): Promise<unknown>;
      deleteReviewComment(comment: CommentAt): Promise<unknown>;
    };
    readonly issues: {
      createComment(comment: IssueAt & Body): Promise<{ readonly data: NewComment }>;
      updateComment(change: CommentAt & Body): Promise<unknown>;
      deleteComment(comment: CommentAt): Promise<unknown>;
    };
  };
}

// Aliases, for the client's own parameters have an index signature, which interfaces do not fit.
type RepositoryAt = { owner: string; repo: string };
type PullAt = RepositoryAt & { pull_number: number };
type IssueAt = RepositoryAt & { issue_number: number };
type CommentAt = RepositoryAt & { comment_id: number };
type Body = { body: string };
type PageOf = { per_page: number; page: number };
type NewReview = { commit_id: string; event: "COMMENT"; comments: NewLineComment[] };
type NewFileComment = Body & { commit_id: string; path: string; subject_type: "file" };

/** A comment on lines, as part of a review. */
export type NewLineComment = Body & {
  path: string;
  side: "RIGHT" | "LEFT";
  line: number;
  start_line?: number;
  start_side?: "RIGHT" | "LEFT";
};

interface ListedFile {
  readonly filename: string;
  readonly previous_filename?: string;
  readonly patch?: string;
}

interface NewComment {
  readonly id: number;
  readonly html_url: string;
}

/** Which pull request. */
export interface PullId {
  readonly owner: string;
  readonly repo: string;
  readonly number: number;
}
