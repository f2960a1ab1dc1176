import type { Finding } from "../../src/model/finding.ts";
import type { Client } from "../../src/publish/client.ts";
import type { Publication } from "../../src/publish/publication.ts";
import { type Published, publish } from "../../src/publish/publish.ts";
import { lineComment, markerOf } from "../../src/render/lineComment.ts";
import { SUMMARY_MARKER } from "../../src/render/summaryComment.ts";
import { review } from "../../src/review.ts";
import { configOf, snapshotOf } from "../snapshotOf.ts";
import type { FakeGithub } from "./fakeGithub.ts";
import { findingAt, spanAt } from "./findingAt.ts";

const EMPTY = snapshotOf({ base: {}, head: {} });
const REVIEW = review(EMPTY, configOf(EMPTY));

/** A finding told by a letter, on a line of `p` unless said otherwise. */
export function finding(letter: string, line: number, path = "p"): Finding {
  const message = `Mail of ${letter} is lost. It goes to ${letter.repeat(9)} (RFC 8461 §3.1). Change it.`;
  return findingAt(spanAt(path, line), { fingerprint: letter, message });
}

/** One run of what publishes these findings for a head; every line up to 40 of `p`, and a line of `r`, is in the diff. */
export function run(
  github: FakeGithub,
  findings: readonly Finding[],
  { headSha = github.headSha, faster, ...more }: Partial<Publication> & { headSha?: string; faster?: number } = {},
  client: Client = github.client(faster),
): Promise<Published> {
  const listed = [
    { path: "p", patch: `@@ -1,0 +1,40 @@\n${"+x\n".repeat(40)}` },
    { path: "r", patch: "@@ -1,0 +1,1 @@\n+x" },
  ];
  return publish(
    client,
    {
      pull: {
        owner: "acme",
        repo: "dns",
        number: 1,
        headSha,
        headBranch: "topic",
        headRepository: "acme/dns",
        mayPush: true,
        files: { listed, note: undefined, isRead: true },
      },
      review: { ...REVIEW, findings },
      conclusion: "failure",
      text: () => undefined,
      comment: "changes",
      inlineComments: 25,
      serverUrl: "https://github.com",
      readOnly: undefined,
      dryRun: false,
      run: "1.1",
      notes: [],
      rest: "in the job summary",
      ...more,
    },
    async () => {},
  );
}

/** The findings of the rich story: two new lines, one that is on no line, and those that something stands for. */
export const RICH = [
  finding("a", 3),
  finding("b", 4),
  finding("c", 9, "r"),
  finding("d", 5),
  finding("e", 7),
  finding("g", 11),
];

/** What stands there before: an old text, a fixed one that comes back, a finding that is gone, and twins; with or without summary. */
export function prepare(github: FakeGithub, withSummary: boolean): void {
  const at = (letter: string, line: number, body?: string) => ({
    path: "p",
    line,
    startLine: null,
    body: body ?? lineComment(finding(letter, line), undefined),
  });
  github.note(at("d", 5, `${markerOf("d")}\nan old text`));
  github.note({ ...at("e", 7, `${markerOf("e")}\n**Fixed in \`0000000\`.**`), hiddenAs: "RESOLVED" });
  github.note(at("f", 9, lineComment({ ...finding("f", 9), rule: "mx-target" }, undefined)));
  github.note(at("g", 11));
  github.note(at("g", 11));
  if (withSummary) for (const text of ["old", "older"]) github.page(`${SUMMARY_MARKER}\n${text}`);
}
