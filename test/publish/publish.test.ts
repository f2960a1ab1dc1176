import { getOctokit } from "@actions/github";
import { expect, test } from "vitest";
import { PERSON_TOKEN } from "../github/standIn.ts";
import { POLICY, ZONE, nordwind, policy, zone } from "../nordwind.ts";
import { findingAt, spanAt } from "./findingAt.ts";
import { Publishing } from "./publishing.ts";

const BASE = nordwind();
const UNBUMPED = nordwind({ policy: policy({ maxAge: 86400 }) });
const BUMPED = nordwind({ policy: policy({ maxAge: 86400 }), zone: zone({ id: "2", serial: 2026060101 }) });

test("the first run writes one review and one summary, the second nothing", async () => {
  const publishing = await Publishing.begin(BASE, UNBUMPED);
  const first = await publishing.run();
  expect(first).toMatchObject({
    writes: ["reviews 200", "comments 201"],
    unwritten: [],
    isOutdated: false,
    commentUrl: expect.stringContaining("#issuecomment-"),
  });
  const comments = await publishing.standIn.reviewComments();
  expect(comments.map(({ path, line, side }) => [path, line, side])).toEqual([[POLICY, 4, "RIGHT"]]);
  await expect(comments[0].body).toMatchFileSnapshot("goldens/lineComment.md");
  const [summary] = await publishing.standIn.comments();
  const { headSha } = publishing.standIn.repository.openPull;
  await expect(summary.body.replace(headSha, "HEAD")).toMatchFileSnapshot("goldens/summary.md");
  const second = await publishing.run();
  expect(second.writes).toEqual([]);
  expect(second.commentUrl).toBe(first.commentUrl);
  expect(Object.values(publishing.standIn.counts)).toEqual([1]);
});

test("an MX host and a mode that change together, told as the pictures in docs/ show it", async () => {
  const head = nordwind({
    policy: policy({ mode: "enforce" }),
    zone: zone({ serial: 2026060101, mx: ["10 mx1", "20 mx2.fabrikam.net."], mx1: "mx1 A 203.0.113.26" }),
  });
  const publishing = await Publishing.begin(BASE, head);
  await publishing.run();
  const comments = await publishing.standIn.reviewComments();
  const unbumped = comments.find(({ body }) => body.includes("Senders will not notice"));
  await expect(unbumped?.body).toMatchFileSnapshot("goldens/suggestion.md");
  const [summary] = await publishing.standIn.comments();
  await expect(summary.body).toMatchFileSnapshot("goldens/movedMx.md");
});

test.each([
  ["a policy that cannot be read", { policy: "version: STSv1\n" }],
  ["an MX line that cannot be read", { zone: zone({ serial: 2026060101 }).replace("@ MX 10 mx1", "@ MXX 10 mx9") }],
])("what %s hides is not told to be fixed", async (_, broken) => {
  const moved = { zone: zone({ serial: 2026060101, mx: ["10 mx9"], more: "mx9 A 203.0.113.26\n" }) };
  const publishing = await Publishing.begin(BASE, nordwind(moved));
  await publishing.run();
  await publishing.push(nordwind({ ...moved, ...broken }));
  await publishing.run();
  const [comment] = await publishing.standIn.reviewComments();
  expect(comment.body).not.toContain("Fixed in");
});

test("a fix on lines of the diff is a suggestion on each of its places", async () => {
  const more = Array.from({ length: 20 }, (_, index) => `w${index} A 203.0.113.${index}\n`).join("");
  const files = (text: string, maxAge?: number) => nordwind({ zone: text, policy: policy(maxAge ? { maxAge } : {}) });
  const text = zone({ more });
  // The record stands beside a change, the serial beside another one, far away.
  const [head, ...tail] = text.replace("ns1 A 203.0.113.1", "ns1 A 203.0.113.2").split("_mta-sts TXT");
  const moved = `${head}${tail.join("").slice(tail.join("").indexOf("\n") + 1)}_mta-sts TXT "v=STSv1; id=1"\n`;
  const publishing = await Publishing.begin(files(text), files(moved, 86400));
  const { writes } = await publishing.run();
  expect(writes).toEqual(["reviews 200", "comments 201"]);
  const comments = await publishing.standIn.reviewComments();
  expect(comments.map(({ path, line }) => [path, line])).toEqual([
    [ZONE, 30],
    [ZONE, 3],
  ]);
  for (const { body } of comments) expect(body).toContain("```suggestion\n");
  expect(comments[0].body).toContain(`together with the suggestion at \`${ZONE}\`, line 3.`);
  // The finding about the serial wants the same line: one suggestion serves both.
  expect(comments[1].body).toContain("Rule [zone-serial]");
  expect((await publishing.run()).writes).toEqual([]);
});

test("a finding that a push mends is hidden, and the summary says fixed; back again it is shown", async () => {
  const publishing = await Publishing.begin(BASE, UNBUMPED);
  await publishing.run();
  const [first] = await publishing.standIn.reviewComments();
  await publishing.push(BUMPED);
  const mended = await publishing.run();
  expect(mended.writes).toEqual(["{comment_id} 200", "graphql mutation 200", "{comment_id} 200"]);
  const [comment] = await publishing.standIn.reviewComments();
  expect(publishing.standIn.hiddenAs(comment.node_id)).toBe("resolved");
  const [summary, ...more] = await publishing.standIn.comments();
  expect(more).toEqual([]);
  expect(summary.body).toContain("## MTA-STS: passed\n");
  expect((await publishing.run()).writes).toEqual([]);
  const said = publishing.standIn.repository.openPull.headSha.slice(0, 7);
  expect(comment.body).toMatch(
    new RegExp(
      `^<!-- mta-sts-guard \\w+ -->\n\\*\\*Fixed in \`${said}\`\\.\\*\\*\n\n~~Error: Senders will not [^\n]+~~$`,
    ),
  );
  await publishing.push(UNBUMPED);
  expect((await publishing.run()).writes).toEqual(["{comment_id} 200", "graphql mutation 200", "{comment_id} 200"]);
  expect(publishing.standIn.hiddenAs(comment.node_id)).toBeUndefined();
  const [again, ...others] = await publishing.standIn.reviewComments();
  expect([again.body, others]).toEqual([first.body, []]);
});

test("what somebody answered says fixed and stays in sight, and nothing is written twice", async () => {
  const publishing = await Publishing.begin(BASE, UNBUMPED);
  await publishing.run();
  const [comment] = await publishing.standIn.reviewComments();
  const person = getOctokit(PERSON_TOKEN, { baseUrl: publishing.standIn.url, request: { fetch } });
  const { number: pull_number } = await publishing.standIn.pull();
  const at = { owner: "acme", repo: "dns", pull_number, comment_id: comment.id };
  await person.rest.pulls.createReplyForReviewComment({ ...at, body: "Is that so?" });
  await publishing.push(BUMPED);
  expect((await publishing.run()).writes).toEqual(["{comment_id} 200", "{comment_id} 200"]);
  expect(publishing.standIn.hiddenAs(comment.node_id)).toBeUndefined();
  expect((await publishing.standIn.reviewComments())[0].body).toContain("**Fixed in `");
  expect((await publishing.run()).writes).toEqual([]);
});

test("a line that a push changes gets the comment anew, and the old one is hidden", async () => {
  const publishing = await Publishing.begin(BASE, UNBUMPED);
  await publishing.run();
  await publishing.push(nordwind({ policy: policy({ maxAge: 172800 }) }));
  expect((await publishing.run()).writes).toContain("reviews 200");
  const comments = await publishing.standIn.reviewComments();
  expect(comments.map(({ node_id: id }) => publishing.standIn.hiddenAs(id))).toEqual(["outdated", undefined]);
});

test("120 findings: 25 comments, the rest in the summary", async () => {
  const names = Array.from({ length: 120 }, (_, index) => `d${String(index).padStart(3, "0")}.nordwind.de`);
  const files = (mode: string) =>
    Object.fromEntries(names.map((name) => [`policies/${name}/mta-sts.txt`, policy().replace("testing", mode)]));
  const publishing = await Publishing.begin(files("testing"), files("Testing"));
  expect((await publishing.run()).writes).toEqual(["reviews 200", "comments 201"]);
  expect(await publishing.standIn.reviewComments()).toHaveLength(25);
  const [{ body }] = (await publishing.standIn.comments()) as [{ body: string }];
  expect(body).toContain("95 findings more without a comment on the line");
  expect(body).toMatch(/\n\n\d+ more, in the job summary\./);
  expect(Buffer.byteLength(body)).toBeLessThan(60_000);
  expect((await publishing.run()).writes).toEqual([]);
});

test("a fork and Dependabot are known before any request", async () => {
  const publishing = await Publishing.begin(BASE, UNBUMPED, { fork: "stranger/dns" });
  const { unwritten, writes } = await publishing.run();
  expect(unwritten.join()).toMatch(/^A pull request from a fork has a read-only token.*pull_request_target/);
  expect([writes, publishing.standIn.requests]).toEqual([[], []]);
  const own = await Publishing.begin(BASE, UNBUMPED);
  expect((await own.run({}, "dependabot[bot]")).unwritten.join()).toMatch(/^Dependabot/);
  expect(own.standIn.requests).toEqual([]);
});

test("a token without permission: one line that names what to add", async () => {
  const publishing = await Publishing.begin(BASE, UNBUMPED, {
    permissions: { contents: "read", pull_requests: "read" },
  });
  const { unwritten } = await publishing.run();
  expect(unwritten).toEqual([
    expect.stringMatching(
      /^A comment is missing on `policies.*` line 4, the summary comment is missing: the token may not .* pull-requests: write \}`/,
    ),
  ]);
  expect(unwritten.join()).not.toContain("\n");
});

test("a review that GitHub refuses is written without the refused comment, which stands on the file", async () => {
  const publishing = await Publishing.begin(BASE, UNBUMPED);
  const files = [
    { path: POLICY, patch: "@@ -1,99 +1,99 @@\n-mode\n+mode\n x" },
    { path: ZONE, patch: "@@ -1 +1 @@\n+x" },
  ];
  const wrong = [
    findingAt(spanAt(POLICY, 4), { fingerprint: "a" }),
    findingAt(spanAt(POLICY, 70), { fingerprint: "b" }),
    findingAt(spanAt(ZONE, 1), { fingerprint: "c" }),
  ];
  const pull = await publishing.standIn.pull();
  const job = {
    review: { ...publishing.review, findings: wrong },
    pull: {
      owner: "acme",
      repo: "dns",
      number: pull.number,
      headSha: pull.head.sha,
      headBranch: "topic",
      headRepository: "acme/dns",
      mayPush: true,
      files: { listed: files, note: undefined, isRead: true },
    },
  };
  const { unwritten, writes } = await publishing.run(job);
  expect(writes).toEqual([
    "reviews 422",
    "reviews 200",
    "reviews 422",
    "reviews 422",
    "reviews 422",
    "comments 201",
    "comments 422",
    "comments 201",
  ]);
  expect(unwritten).toEqual([
    expect.stringMatching(
      /^A comment is missing on `zones\/nordwind.de.zone` line 1: GitHub does not take it \(pull_request_review_thread.path is not part of the diff\)\.$/,
    ),
  ]);
  const comments = await publishing.standIn.reviewComments();
  expect(comments.map(({ subject_type: subject, line }) => [subject, line])).toEqual([
    ["line", 4],
    ["file", null],
  ]);
  const [summary] = await publishing.standIn.comments();
  expect(summary.body).toContain(`A comment is missing on \`${ZONE}\` line 1: GitHub does not take it`);
});

test("a stranger's comment with our first line is nobody's but his", async () => {
  const publishing = await Publishing.begin(BASE, UNBUMPED);
  await publishing.standIn.commentAs("mallory", "<!-- mta-sts-guard summary -->\nAll is well.");
  expect((await publishing.run()).writes).toContain("comments 201");
  const comments = await publishing.standIn.comments();
  expect(comments.map(({ user }) => user.login)).toEqual(["mallory", "github-actions[bot]"]);
  expect(comments[0].body).toContain("All is well.");
});

test("a stranger's comment on the line with our first line is left alone, and ours is written", async () => {
  const publishing = await Publishing.begin(BASE, UNBUMPED);
  const { number, head } = await publishing.standIn.pull();
  const body = `<!-- mta-sts-guard ${publishing.review.findings[0]?.fingerprint} -->`;
  const person = getOctokit(PERSON_TOKEN, { baseUrl: publishing.standIn.url, request: { fetch } });
  const place = { path: POLICY, line: 4, side: "RIGHT" as const };
  const at = { owner: "acme", repo: "dns", pull_number: number, commit_id: head.sha };
  await person.rest.pulls.createReviewComment({ ...at, ...place, body });
  expect((await publishing.run()).writes).toEqual(["reviews 200", "comments 201"]);
  const [theirs] = await publishing.standIn.reviewComments();
  expect([theirs.body, publishing.standIn.hiddenAs(theirs.node_id)]).toEqual([body, undefined]);
});

test("an older run and a closed pull request write nothing", async () => {
  const publishing = await Publishing.begin(BASE, UNBUMPED);
  const pull = await publishing.standIn.pull();
  const old = {
    owner: "acme",
    repo: "dns",
    number: pull.number,
    headSha: pull.head.sha,
    headBranch: "topic",
    headRepository: "acme/dns",
    mayPush: true,
    files: { listed: [], note: undefined, isRead: true },
  };
  await publishing.push(BUMPED);
  expect(await publishing.run({ pull: old })).toMatchObject({ isOutdated: true, writes: [] });
  publishing.standIn.closePull();
  expect(await publishing.run()).toMatchObject({ isOutdated: true, writes: [] });
});

test("nothing ever wrong: no comment, unless always; never means never", async () => {
  const publishing = await Publishing.begin(BASE, BUMPED);
  expect((await publishing.run()).writes).toEqual([]);
  expect((await publishing.run({ comment: "always" })).writes).toEqual(["comments 201"]);
  const wrong = await Publishing.begin(BASE, UNBUMPED);
  expect((await wrong.run({ comment: "never", inlineComments: 0 })).writes).toEqual([]);
  expect((await wrong.run({ dryRun: true })).writes).toEqual([]);
});

test("a path and records that hold Markdown, mentions, HTML and our marker stay text", async () => {
  const evil = "policies/nordwind.de/@nora `x` <!-- mta-sts-guard summary --> [a](b)/mta-sts.txt";
  const path = evil.replace("/mta-sts.txt", "");
  const files = (maxAge: number) => ({ [`${path}/mta-sts.txt`]: policy({ maxAge }).replace("mx1", "@nora|<b>") });
  const publishing = await Publishing.begin(files(604800), {
    ...files(0),
    [ZONE]: zone({ more: 'x TXT "<!-- @nora #1"\n' }),
  });
  await publishing.run({ comment: "always" });
  const bodies = [...(await publishing.standIn.comments()), ...(await publishing.standIn.reviewComments())].map(
    ({ body }) => body as string,
  );
  expect(bodies.length).toBeGreaterThan(0);
  for (const body of bodies) {
    expect(body.match(/<!--/g)).toHaveLength(body.startsWith("<!-- mta-sts-guard summary -->") ? 2 : 1);
    expect(body).toMatch(/^<!-- mta-sts-guard [\w -]+ -->\n/);
    // What is left once code is taken away holds nothing of the stranger's.
    const bare = body.replace(/^(`{3,})[^]*?^\1$/gm, "").replace(/(?<!`)(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, "");
    expect(bare).not.toMatch(/@nora|<b>|#1\b/);
  }
  expect((await publishing.run({ comment: "always" })).writes).toEqual([]);
});
