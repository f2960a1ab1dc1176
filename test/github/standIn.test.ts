import { getOctokit } from "@actions/github";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openRepository } from "../../src/load/gitRepository.ts";
import { scratchDirectory } from "../load/scratchRepository.ts";
import { gitText } from "./git.ts";
import { runAction } from "./runAction.ts";
import { PERSON_TOKEN, StandIn, WORKFLOW_TOKEN } from "./standIn.ts";
import type { Limits, RepositoryStory } from "./story.ts";
import { dispatchEvent, mergeGroupEvent, pullRequestEvent, pushEvent, scheduleEvent } from "./workflowEvent.ts";

const AT = { owner: "acme", repo: "dns" };
const PULL = { ...AT, pull_number: 2 };
const ISSUE = { ...AT, issue_number: 2 };

/** Thirty numbered lines, some of them replaced. */
function lines(replaced: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: 30 }, (_, index) => `${replaced[index + 1] ?? `line ${index + 1}`}\n`).join("");
}

const STORY: RepositoryStory = {
  main: [
    {
      at: "2026-01-05T10:00:00Z",
      files: { "zones/a.zone": lines(), "zones/old.zone": lines({ 7: "seven" }), README: "1\n" },
    },
    {
      // Written three weeks before it was merged.
      pull: [{ at: "2026-02-01T10:00:00Z", files: { "policies/a.txt": "mode: testing\n" } }],
      mergedAt: "2026-02-22T10:00:00Z",
    },
    {
      at: "2026-03-01T10:00:00Z",
      files: { README: "2\n", latin: Uint8Array.of(0xe9, 0x0a), binary: Uint8Array.of(1, 0, 2) },
    },
  ],
  topic: {
    commits: [
      {
        at: "2026-03-10T10:00:00Z",
        files: {
          "zones/a.zone": lines({ 3: "three", 28: "twenty-eight" }),
          "zones/old.zone": null,
          "zones/new.zone": lines({ 7: "SEVEN" }),
          "policies/a.txt": "mode: enforce\n",
        },
      },
    ],
  },
};

let standIn: StandIn;
let octokit: ReturnType<typeof getOctokit>;

async function begin(story: RepositoryStory, limits?: Partial<Limits>): Promise<void> {
  standIn = await StandIn.start(story, limits);
  octokit = client(WORKFLOW_TOKEN);
  const started = standIn;
  // Fails the test if anything was violated that it has not asked for.
  onTestFinished(() => started.close());
}

function client(token: string): ReturnType<typeof getOctokit> {
  return getOctokit(token, { baseUrl: standIn.url, request: { fetch } });
}

/** The violations that a test provoked. */
function violations(): readonly string[] {
  return standIn.violations.splice(0);
}

describe("code", () => {
  test("compare, pull request and its files, told as git tells them", async () => {
    await begin(STORY);
    const { data: pull } = await octokit.rest.pulls.get(PULL);
    const { main, openPull } = standIn.repository;
    expect(pull).toMatchObject({
      state: "open",
      merged: false,
      commits: 1,
      changed_files: 3,
      additions: 4,
      deletions: 4,
    });
    expect([pull.base.sha, pull.head.sha, pull.html_url]).toEqual([
      main,
      openPull.headSha,
      "https://github.com/acme/dns/pull/2",
    ]);
    const basehead = `${main}...${openPull.headSha}`;
    const { data: compared } = await octokit.rest.repos.compareCommitsWithBasehead({ ...AT, basehead });
    expect([compared.merge_base_commit.sha, compared.status, compared.ahead_by]).toEqual([main, "ahead", 1]);
    const { data: files } = await octokit.rest.pulls.listFiles(PULL);
    expect(files).toEqual(compared.files);
    expect(files.map((file) => [file.status, file.previous_filename, file.filename])).toEqual([
      ["modified", undefined, "policies/a.txt"],
      ["modified", undefined, "zones/a.zone"],
      ["renamed", "zones/old.zone", "zones/new.zone"],
    ]);
    expect(files[2]?.patch).toBe(
      "@@ -4,7 +4,7 @@ line 3\n line 4\n line 5\n line 6\n-seven\n+SEVEN\n line 8\n line 9\n line 10",
    );
  });

  test("pages of files, lists that are cut", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 120 }, (_, index) => [`f/${String(index).padStart(3, "0")}`, "x\n"]),
    );
    const story = {
      main: [{ at: "2026-01-01T00:00:00Z", files: { a: "1\n" } }],
      topic: { commits: [{ at: "2026-01-02T00:00:00Z", files: many }] },
    };
    await begin(story, { compareFiles: 7, pullFiles: 110, treeEntries: 9, patchLines: 1 });
    const files = await octokit.paginate(octokit.rest.pulls.listFiles, { ...AT, pull_number: 1, per_page: 100 });
    expect([files.length, files[109]?.filename, files[0]?.patch]).toEqual([110, "f/109", undefined]);
    expect(standIn.counts).toEqual({ "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": 2 });
    const { main, openPull } = standIn.repository;
    const basehead = `${main}...${openPull.headSha}`;
    const { data: compared } = await octokit.rest.repos.compareCommitsWithBasehead({ ...AT, basehead });
    expect(compared.files).toHaveLength(7);
    const { data: tree } = await octokit.rest.git.getTree({ ...AT, tree_sha: openPull.headSha, recursive: "1" });
    expect([tree.truncated, tree.tree.length]).toEqual([true, 9]);
    const { data: root } = await octokit.rest.git.getTree({ ...AT, tree_sha: openPull.headSha });
    expect([root.truncated, root.tree.map(({ path }) => path)]).toEqual([false, ["a", "f"]]);
  });

  test("the same repository as git has it", async () => {
    await begin(STORY);
    const { directory, main, openPull } = standIn.repository;
    const repository = await openRepository(directory);
    const changed = await repository?.diff(main, openPull.headSha);
    expect(changed?.map(({ path }) => path)).toEqual([
      "policies/a.txt",
      "zones/a.zone",
      "zones/new.zone",
      "zones/old.zone",
    ]);
    const { data: tree } = await octokit.rest.git.getTree({ ...AT, tree_sha: openPull.headSha, recursive: "1" });
    const blobs = tree.tree.filter(({ type }) => type === "blob").map(({ path, sha }) => [path, sha]);
    expect(blobs).toEqual((await repository?.list(openPull.headSha))?.map(({ path, id }) => [path, id]));
    expect((await repository?.history(main, ["policies/a.txt"]))?.events[0]?.commit.date).toEqual(
      new Date("2026-02-22T10:00:00Z"),
    );
  });

  test("blobs by REST, raw and in Base64", async () => {
    await begin(STORY);
    const sha = await gitText(standIn.repository.directory, "rev-parse", "main:latin");
    const { data } = await octokit.rest.git.getBlob({ ...AT, file_sha: sha });
    expect([...Buffer.from(data.content, "base64")]).toEqual([0xe9, 0x0a]);
    const raw = await octokit.rest.git.getBlob({ ...AT, file_sha: sha, mediaType: { format: "raw" } });
    expect([...new Uint8Array(raw.data as unknown as ArrayBuffer)]).toEqual([0xe9, 0x0a]);
  });

  test("renames and merges in the history by REST", async () => {
    await begin(STORY);
    const { main, openPull } = standIn.repository;
    const { data } = await octokit.rest.repos.listCommits({ ...AT, sha: main, path: "policies/a.txt" });
    expect(data.map(({ commit }) => commit.committer?.date)).toEqual(["2026-02-01T10:00:00Z"]);
    const { data: head } = await octokit.rest.repos.getCommit({ ...AT, ref: openPull.headSha });
    expect(head.files?.map((file) => file.previous_filename)).toContain("zones/old.zone");
  });
});

describe("GraphQL", () => {
  test("blobs by alias: text, binary, cut, absent", async () => {
    await begin(STORY, { blobText: 20 });
    const { main } = standIn.repository;
    const blob = "... on Blob { oid byteSize text isBinary isTruncated }";
    const answer = await octokit.graphql<{ repository: Record<string, unknown> }>(
      `query ($owner: String!, $repo: String!, $oid: GitObjectID!) { repository(owner: $owner, name: $repo) {
        a: object(expression: "${main}:README") { ${blob} }
        b: object(expression: "${main}:binary") { ${blob} }
        c: object(expression: "${main}:zones/a.zone") { ${blob} }
        d: object(expression: "${main}:none") { ${blob} }
        e: object(oid: $oid) { __typename ... on Commit { tree { entries { name type mode path } } } }
        f: object(expression: "${main}:latin") { ${blob} }
      } }`,
      { ...AT, oid: main },
    );
    expect(answer.repository).toMatchObject({
      a: { byteSize: 2, text: "2\n", isBinary: false, isTruncated: false },
      b: { byteSize: 3, text: null, isBinary: true },
      c: { text: "line 1\nline 2\nline 3", isTruncated: true },
      d: null,
      e: { __typename: "Commit" },
      f: { byteSize: 2, text: "\uFFFD\n", isBinary: false },
    });
    expect(JSON.stringify(answer.repository["e"])).toContain(
      '{"name":"zones","type":"tree","mode":16384,"path":"zones"}',
    );
  });

  test("the history of a path, with the pull request that brought each commit", async () => {
    await begin(STORY);
    const query = `query ($owner: String!, $repo: String!, $oid: GitObjectID!, $path: String!, $after: String) {
      repository(owner: $owner, name: $repo) { object(oid: $oid) { ... on Commit {
        history(path: $path, first: 1, after: $after) {
          pageInfo { hasNextPage endCursor }
          nodes { oid committedDate associatedPullRequests(first: 5) { nodes { mergedAt baseRefName } } }
        } } } } }`;
    const ask = async (path: string, oid: string, after: string | null = null): Promise<any> =>
      (await octokit.graphql<any>(query, { ...AT, path, oid, after })).repository.object.history;
    expect((await ask("policies/a.txt", standIn.repository.main)).nodes).toMatchObject([
      {
        committedDate: "2026-02-01T10:00:00Z",
        associatedPullRequests: { nodes: [{ mergedAt: "2026-02-22T10:00:00Z", baseRefName: "main" }] },
      },
    ]);
    const first = await ask("README", standIn.repository.main);
    expect(first).toMatchObject({
      pageInfo: { hasNextPage: true },
      nodes: [{ associatedPullRequests: { nodes: [] } }],
    });
    const second = await ask("README", standIn.repository.main, first.pageInfo.endCursor);
    expect(second).toMatchObject({
      pageInfo: { hasNextPage: false },
      nodes: [{ committedDate: "2026-01-05T10:00:00Z" }],
    });
  });

  test("a wrong query, a page that is too long, a field that is not told", async () => {
    await begin(STORY);
    const inRepository = (text: string): Promise<unknown> =>
      octokit.graphql(`query { repository(owner: "acme", name: "dns") { ${text} } }`);
    await expect(inRepository("objekt")).rejects.toThrow("objekt");
    expect(violations()).toHaveLength(1);
    await expect(inRepository("pullRequest(number: 2) { comments(first: 101) { totalCount } }")).rejects.toThrow(
      "limit of 100",
    );
    await expect(inRepository("pullRequest(number: 2) { comments { totalCount } }")).rejects.toThrow(
      "You must provide",
    );
    await expect(inRepository("pullRequest(number: 9) { id }")).rejects.toThrow("Could not resolve");
    await expect(inRepository("stargazerCount")).rejects.toThrow();
    expect(violations()).toEqual([
      "graphql: the stand-in does not answer Repository.stargazerCount",
      "graphql: Cannot return null for non-nullable field Repository.stargazerCount.",
    ]);
  });
});

describe("reviews", () => {
  const on = (line: number, more: object = {}): any => ({
    path: "zones/a.zone",
    line,
    side: "RIGHT",
    body: "?",
    ...more,
  });
  const review = (...comments: any[]): Promise<{ status: number }> =>
    octokit.rest.pulls.createReview({
      ...PULL,
      commit_id: standIn.repository.openPull.headSha,
      event: "COMMENT",
      comments,
    });

  test("comments on lines of the diff", async () => {
    await begin(STORY);
    await review(on(3), on(6, { start_line: 2, start_side: "RIGHT" }), on(28, { side: "LEFT" }));
    const { data } = await octokit.rest.pulls.listReviewComments(PULL);
    expect(data).toMatchObject([
      {
        line: 3,
        side: "RIGHT",
        start_line: null,
        user: { login: "github-actions[bot]", type: "Bot" },
        subject_type: "line",
      },
      { line: 6, start_line: 2, diff_hunk: expect.stringMatching(/^@@ -1,6 \+1,6 @@\n.*\n line 6$/s) },
      { line: 28, side: "LEFT", diff_hunk: expect.stringMatching(/-line 28$/) },
    ]);
    expect(await standIn.reviews()).toHaveLength(1);
    expect(standIn.writes).toHaveLength(1);
  });

  test("a line outside the diff refuses the whole review", async () => {
    await begin(STORY);
    await expect(review(on(3), on(15))).rejects.toMatchObject({
      status: 422,
      response: { data: { message: "Unprocessable Entity", errors: ["Line could not be resolved"] } },
    });
    await expect(review(on(28, { start_line: 3, start_side: "RIGHT" }))).rejects.toThrow("Start line");
    await expect(review(on(4, { side: "LEFT" }))).rejects.toThrow("Line could not be resolved");
    await expect(review({ path: "README", line: 1, body: "?" })).rejects.toThrow("Path could not be resolved");
    await expect(review({ path: "zones/a.zone", body: "?" })).rejects.toThrow("Line could not be resolved");
    expect(await standIn.reviews()).toEqual([]);
    await expect(review(on(3, { subject_type: "file" }))).resolves.toMatchObject({ status: 200 });
    expect(violations()).toEqual([expect.stringContaining("body.comments[0].subject_type is not known")]);
  });

  test("a comment on a file, a single one, an answer", async () => {
    await begin(STORY);
    const commit_id = standIn.repository.openPull.headSha;
    const { data: file } = await octokit.rest.pulls.createReviewComment({
      ...PULL,
      commit_id,
      path: "zones/a.zone",
      subject_type: "file",
      body: "!",
    });
    expect(file).toMatchObject({ subject_type: "file", line: null });
    const { data } = await octokit.rest.pulls.createReviewComment({ ...PULL, commit_id, ...on(28) });
    await octokit.rest.pulls.createReplyForReviewComment({ ...PULL, comment_id: data.id, body: "yes" });
    await octokit.rest.pulls.updateReviewComment({ ...AT, comment_id: data.id, body: "edited" });
    expect((await standIn.reviewComments()).map((each) => [each.body, each.in_reply_to_id])).toEqual([
      ["!", undefined],
      ["edited", undefined],
      ["yes", data.id],
    ]);
    await expect(octokit.rest.pulls.createReviewComment({ ...PULL, commit_id, ...on(15) })).rejects.toThrow(
      "must be part of the diff",
    );
    await octokit.rest.pulls.deleteReviewComment({ ...AT, comment_id: file.id });
    expect(await standIn.reviewComments()).toHaveLength(2);
  });

  test("each pull request has its own", async () => {
    await begin(STORY);
    const { openPull, fullName } = standIn.repository;
    const other = await standIn.propose([
      { at: "2026-06-02T12:00:00Z", files: { "zones/b.zone": "b. 300 IN TXT x\n" } },
    ]);
    const write = async (pull: typeof openPull, path: string) =>
      octokit.rest.pulls.createReviewComment({
        ...PULL,
        pull_number: pull.number,
        commit_id: pull.headSha,
        path,
        subject_type: "file",
        body: path,
      });
    await write(openPull, "zones/a.zone");
    const { data } = await write(other, "zones/b.zone");
    expect(data.pull_request_url).toMatch(new RegExp(`${fullName}/pulls/${other.number}$`));
    for (const [pull, path] of [
      [openPull, "zones/a.zone"],
      [other, "zones/b.zone"],
    ] as const) {
      const { data: listed } = await octokit.rest.pulls.listReviewComments({ ...PULL, pull_number: pull.number });
      expect(listed.map(({ body }) => body)).toEqual([path]);
    }
    const answer = octokit.rest.pulls.createReplyForReviewComment({ ...PULL, comment_id: data.id, body: "?" });
    await expect(answer).rejects.toThrow("Not Found");
  });

  test("a push moves comments along or makes them outdated", async () => {
    await begin(STORY);
    await review(on(3), on(28));
    const files = { "zones/a.zone": `first\n${lines({ 3: "3", 28: "twenty-eight" })}` };
    const before = standIn.repository.openPull.headSha;
    await standIn.push([{ at: "2026-03-11T10:00:00Z", files }]);
    const { data } = await octokit.rest.pulls.get(PULL);
    expect([data.head.sha, data.commits]).toEqual([standIn.repository.openPull.headSha, 2]);
    expect(data.head.sha).not.toBe(before);
    await octokit.rest.pulls.createReview({ ...PULL, commit_id: before, event: "COMMENT", body: "on the one before" });
    const foreign = { ...PULL, commit_id: standIn.repository.main, event: "COMMENT", body: "?" } as const;
    await expect(octokit.rest.pulls.createReview(foreign)).rejects.toMatchObject({ status: 422 });
    const { data: comments } = await octokit.rest.pulls.listReviewComments(PULL);
    expect(comments.map(({ line, original_line, position }) => [line, original_line, position])).toEqual([
      [null, 3, null],
      [29, 28, 1],
    ]);
    const threads =
      await octokit.graphql<any>(`query { repository(owner: "acme", name: "dns") { pullRequest(number: 2) {
      reviewThreads(first: 100) { nodes { id isResolved isOutdated path line comments(first: 1) { nodes {
        id databaseId body isMinimized author { __typename login } } } } } } } }`);
    expect(threads.repository.pullRequest.reviewThreads.nodes).toMatchObject([
      { isOutdated: true, comments: { nodes: [{ author: { __typename: "Bot", login: "github-actions" } }] } },
      { isOutdated: false, line: 29, isResolved: false },
    ]);
    const [thread] = threads.repository.pullRequest.reviewThreads.nodes;
    const { id } = thread.comments.nodes[0];
    await octokit.graphql(
      "mutation ($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized minimizedReason } } }",
      { id },
    );
    expect(standIn.hiddenAs(id)).toBe("outdated");
    await octokit.graphql(
      "mutation ($id: ID!) { unminimizeComment(input: { subjectId: $id }) { unminimizedComment { isMinimized } } }",
      { id },
    );
    expect(standIn.hiddenAs(id)).toBeUndefined();
    const resolve = "mutation ($id: ID!) { resolveReviewThread(input: { threadId: $id }) { thread { isResolved } } }";
    await expect(octokit.graphql(resolve, { id: thread.id })).rejects.toThrow("Resource not accessible by integration");
  });
});

describe("comments and tokens", () => {
  test("one comment, updated; a stranger's beside it", async () => {
    await begin(STORY);
    await standIn.commentAs("mallory", "<!-- mine -->");
    const { data } = await octokit.rest.issues.createComment({ ...ISSUE, body: "first" });
    await octokit.rest.issues.updateComment({ ...AT, comment_id: data.id, body: "second" });
    const { data: comments } = await octokit.rest.issues.listComments(ISSUE);
    expect(comments.map(({ body, user }) => [body, user?.login, user?.type])).toEqual([
      ["<!-- mine -->", "mallory", "User"],
      ["second", "github-actions[bot]", "Bot"],
    ]);
    await expect(octokit.rest.issues.createComment({ ...ISSUE, body: "x".repeat(65_537) })).rejects.toMatchObject({
      status: 422,
    });
    await octokit.rest.issues.deleteComment({ ...AT, comment_id: data.id });
    expect(await standIn.comments()).toHaveLength(1);
    expect(standIn.writes.map(({ method, status }) => `${method} ${status}`)).toEqual([
      "POST 201",
      "PATCH 200",
      "POST 422",
      "DELETE 204",
    ]);
  });

  test("tokens: unknown, without permission, a person's", async () => {
    await begin({ ...STORY, permissions: { contents: "read" } });
    await expect(client("made-up").rest.pulls.get(PULL)).rejects.toMatchObject({
      status: 401,
      message: expect.stringContaining("Bad credentials"),
    });
    await expect(octokit.rest.pulls.listFiles(PULL)).rejects.toMatchObject({ status: 403 });
    await expect(octokit.rest.issues.createComment({ ...ISSUE, body: "?" })).rejects.toThrow(
      "Resource not accessible by integration",
    );
    await expect(octokit.rest.users.getAuthenticated()).rejects.toMatchObject({ status: 403 });
    const answer = octokit.graphql(
      'query { repository(owner: "acme", name: "dns") { pullRequest(number: 2) { id } } }',
    );
    await expect(answer).rejects.toMatchObject({ errors: [{ type: "FORBIDDEN" }] });
    const person = client(PERSON_TOKEN);
    await person.rest.issues.createComment({ ...ISSUE, body: "!" });
    expect((await person.rest.users.getAuthenticated()).data.login).toBe("nora");
    standIn.grant(WORKFLOW_TOKEN, { login: "github-actions[bot]", permissions: { pull_requests: "write" } });
    await expect(octokit.rest.git.getTree({ ...AT, tree_sha: "main" })).rejects.toMatchObject({ status: 403 });
    await octokit.rest.issues.createComment({ ...ISSUE, body: "!" });
  });

  test("a fork, its deletion, a closed pull request", async () => {
    await begin({ ...STORY, topic: { ...STORY.topic!, fork: "stranger/dns" } });
    const { data } = await octokit.rest.pulls.get(PULL);
    expect([data.head.label, data.head.repo?.full_name, data.head.repo?.fork]).toEqual([
      "stranger:topic",
      "stranger/dns",
      true,
    ]);
    const { data: compared } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...AT,
      basehead: "main...stranger:topic",
    });
    expect(compared.files).toHaveLength(3);
    standIn.deleteHeadRepository();
    standIn.closePull();
    const { data: now } = await octokit.rest.pulls.get(PULL);
    expect([now.head.repo, now.state]).toEqual([null, "closed"]);
    const { data: all } = await octokit.rest.pulls.list({ ...AT, state: "all" });
    expect(all.map(({ number, merged_at }) => [number, merged_at])).toContainEqual([1, "2026-02-22T10:00:00Z"]);
  });
});

describe("what is wrong is seen", () => {
  test("requests", async () => {
    await begin(STORY);
    await octokit.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/files", { ...PULL, per_pages: 100 });
    await octokit.request("GET /repos/{owner}/{repo}/pulls", { ...AT, state: "odd" as "open" });
    await octokit.request("POST /repos/{owner}/{repo}/issues/{issue_number}/comments", {
      ...ISSUE,
      body: "!",
      boddy: 1,
    });
    await expect(octokit.request("GET /repos/{owner}/{repo}/nothing", AT)).rejects.toMatchObject({ status: 404 });
    await expect(
      octokit.request("PATCH /repos/{owner}/{repo}/issues/comments/{id}", { ...AT, id: 1, body: 1 }),
    ).rejects.toThrow();
    expect(violations()).toEqual([
      expect.stringContaining("query per_pages is not known"),
      expect.stringContaining("query state: "),
      expect.stringContaining("body.boddy is not known"),
      expect.stringContaining("GitHub has no such operation"),
      expect.stringContaining("/body must be string"),
    ]);
  });

  test("responses", async () => {
    await begin(STORY);
    Object.assign(standIn.repository.openPull, { mergeSha: 7 });
    await octokit.rest.pulls.get(PULL);
    expect(violations()).toEqual([expect.stringMatching(/^response GET .*merge_commit_sha must be string/)]);
  });

  test("faults by rule", async () => {
    await begin(STORY);
    standIn.fail({ kind: /files$/, after: 1, times: 1, status: 429, headers: { "retry-after": "7" } });
    standIn.fail({ kind: "graphql query", errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] });
    await octokit.rest.pulls.listFiles(PULL);
    await expect(octokit.rest.pulls.listFiles(PULL)).rejects.toMatchObject({
      status: 429,
      response: { headers: { "retry-after": "7" } },
    });
    await octokit.rest.pulls.listFiles(PULL);
    await expect(octokit.graphql("query { viewer { login } }")).rejects.toThrow("API rate limit exceeded");
    standIn.heal();
    expect(await octokit.graphql("query { viewer { login } }")).toEqual({ viewer: { login: "github-actions[bot]" } });
    standIn.forgetRequests();
    standIn.fail({ method: "GET", reset: true });
    await expect(octokit.rest.pulls.get(PULL)).rejects.toThrow();
    expect(standIn.requests.map(({ status }) => status)).toEqual([0]);
  });
});

test("an action sees what GitHub's runner shows it", async () => {
  await begin(STORY);
  const entry = join(scratchDirectory(), "index.mjs");
  await writeFile(
    entry,
    `import { appendFileSync, readFileSync } from "node:fs";
     const { env } = process;
     const event = JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, "utf8"));
     const url = env.GITHUB_API_URL + "/repos/" + env.GITHUB_REPOSITORY + "/pulls/" + event.number;
     const answer = await fetch(url, { headers: { authorization: "token " + env.INPUT_TOKEN } });
     appendFileSync(env.GITHUB_OUTPUT, "title<<END\\n" + (await answer.json()).title + "\\nlast\\nEND\\nplain=1\\n");
     appendFileSync(env.GITHUB_STEP_SUMMARY, env.GITHUB_EVENT_NAME + " " + env["INPUT_FAIL-ON"]);
     console.log(env.HOME === env.RUNNER_TEMP, env.HTTP_PROXY);
     console.error("to stderr");
     process.exitCode = 3;`,
  );
  const event = await pullRequestEvent(standIn, "synchronize");
  const run = await runAction(standIn, event, { token: WORKFLOW_TOKEN, "fail-on": "never" }, {}, entry);
  expect(run).toMatchObject({
    status: 3,
    stdout: "true undefined\n",
    stderr: "to stderr\n",
    outputs: { title: "Pull request 2\nlast", plain: "1" },
    summary: "pull_request never",
  });
});

test("the other events", async () => {
  await begin(STORY);
  const before = standIn.repository.main;
  const sha = await standIn.queue("2026-03-12T10:00:00Z");
  const group = await mergeGroupEvent(standIn, sha);
  const { base_sha: base, head_sha: head } = group.payload.merge_group;
  const { data } = await octokit.rest.repos.compareCommitsWithBasehead({ ...AT, basehead: `${base}...${head}` });
  expect(data.files).toHaveLength(3);
  await standIn.pushToMain([{ at: "2026-03-13T10:00:00Z", files: { README: "3\n" } }]);
  await standIn.push([{ at: "2026-03-14T10:00:00Z", files: { README: "\rdiff --git \r+\n" } }], before);
  const { data: files } = await octokit.rest.pulls.listFiles(PULL);
  expect(files.map(({ filename, additions, patch }) => [filename, additions, patch])).toEqual([
    ["README", 1, "@@ -1 +1 @@\n-2\n+\rdiff --git \r+"],
  ]);
  const push = await pushEvent(standIn, before);
  expect([push.payload.before, push.sha]).toEqual([before, standIn.repository.main]);
  expect((await octokit.rest.git.getRef({ ...AT, ref: "heads/main" })).data.object.sha).toBe(push.sha);
  expect((await scheduleEvent(standIn)).payload.repository.full_name).toBe("acme/dns");
  expect((await dispatchEvent(standIn)).name).toBe("workflow_dispatch");
  expect((await pullRequestEvent(standIn, "opened", "pull_request_target")).sha).toBe(push.sha);
});
