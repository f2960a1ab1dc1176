import { expect, test } from "vitest";
import { pullRequestEvent } from "../github/workflowEvent.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { actTwice, annotated, begin, nordwindStory, onLines, onPage } from "./world.ts";

/** What somebody who reviews sees of one pull request: every test runs the action twice and counts the writes. */

const SUMMARY = "<!-- mta-sts-guard summary -->\n";

/** A suggestion block with this line. */
const suggests = (line: string): string => `\n\`\`\`suggestion\n${line}\n\`\`\`\n`;

test("the first publication, in order: nothing is said", async () => {
  const story = {
    main: [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: zone({ sts: "" }) } }],
    topic: {
      commits: [{ at: "2026-06-01T12:00:00Z", files: { [ZONE]: zone({ serial: 2026060101 }), [POLICY]: policy() } }],
    },
  };
  const standIn = await begin(story);
  const event = await pullRequestEvent(standIn);
  const run = await actTwice(standIn, event);
  expect(run).toMatchObject({ status: 0, outputs: { conclusion: "success", "comment-url": "" }, writes: [] });
  expect(annotated(run)).toEqual([]);
  const wanted = await actTwice(standIn, event, { comment: "always" });
  expect(wanted).toMatchObject({ status: 0, writes: ["POST comments"] });
  expect(await onPage(standIn)).toEqual([expect.stringContaining("| `nordwind.de` | no policy here → testing |")]);
});

test("an edit without a new id: on the policy's line, with the exact edit, until the bump is pushed", async () => {
  const standIn = await begin(nordwindStory({ [POLICY]: policy({ maxAge: 86400 }) }));
  const run = await actTwice(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 1, stderr: "", writes: ["POST reviews", "POST comments"] });
  expect(run.outputs).toMatchObject({ errors: "1", warnings: "0", notices: "0", degraded: "false", "json-path": "" });
  const [comment, ...others] = await onLines(standIn);
  expect(others).toEqual([]);
  expect(comment?.place).toBe(`${POLICY} 4 RIGHT`);
  const edit = `\n\`\`\`diff\n-_mta-sts TXT "v=STSv1; id=1"\n+_mta-sts TXT "v=STSv1; id=20260601T120000Z"\n\`\`\`\n`;
  expect(comment?.body).toContain(edit);
  expect(comment?.body).not.toContain("```suggestion");
  expect(comment?.body).toContain(`(https://github.com/acme/dns/edit/topic/${ZONE}#L9)`);
  const [before] = await onPage(standIn);
  expect(before).toContain(SUMMARY);

  const bumped = { [ZONE]: zone({ id: "20260601T120000Z", serial: 2026060101 }) };
  await standIn.push([{ at: "2026-06-01T13:00:00Z", files: bumped }]);
  const fixed = await actTwice(standIn, await pullRequestEvent(standIn, "synchronize"));
  expect(fixed).toMatchObject({ status: 0, outputs: { conclusion: "success", errors: "0" } });
  expect(fixed.outputs["comment-url"]).toBe(run.outputs["comment-url"]);
  expect(fixed.writes).toEqual(["PATCH {comment_id}", "POST mutation", "PATCH {comment_id}"]);
  expect((await onLines(standIn)).map(({ place, isHidden }) => [place, isHidden])).toEqual([
    [`${POLICY} 4 RIGHT`, true],
  ]);
  const page = await onPage(standIn);
  expect(page).toHaveLength(1);
  expect(page[0]).not.toBe(before);
  expect(page[0]).toContain("`1` → `20260601T120000Z`");
});

test("an edit of which all places are lines of the diff is one click", async () => {
  const files = {
    [POLICY]: policy({ maxAge: 86400 }),
    [ZONE]: zone({ serial: 2026060101, more: "www A 203.0.113.99\n" }),
  };
  const standIn = await begin(nordwindStory(files));
  await actTwice(standIn, await pullRequestEvent(standIn));
  const [comment, ...others] = await onLines(standIn);
  expect(others).toEqual([]);
  expect(comment?.place).toBe(`${ZONE} 9 RIGHT`);
  expect(comment?.body).toContain(suggests('_mta-sts TXT "v=STSv1; id=20260601T120000Z"'));
});

test.each([
  ["testing", "warning", 0],
  ["enforce", "error", 1],
])("an MX host that the policy in %s does not allow: %s, on the new MX line", async (mode, severity, status) => {
  const main = [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy({ mode }) } }];
  const moved = zone({ serial: 2026060101, mx: ["10 mx1", "20 mx2"], more: "mx2 A 203.0.113.26\n" });
  const standIn = await begin(nordwindStory({ [ZONE]: moved }, { main }));
  const run = await actTwice(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status, writes: ["POST reviews", "POST comments"] });
  expect(annotated(run)).toEqual([`${severity} ${ZONE} 6 mx-not-covered (RFC 8461 §4.1)`]);
  const [comment] = await onLines(standIn);
  expect(comment?.place).toBe(`${ZONE} 6 RIGHT`);
  expect(comment?.body).toContain("+mx: mx2.nordwind.de\n");
  expect(comment?.body).toContain(`(https://github.com/acme/dns/edit/topic/${POLICY}#L3)`);
  expect((await onPage(standIn))[0]).toContain("1 of 1 → 1 of 2");
});

test("straight to enforce: two suggestions that name each other", async () => {
  const story = {
    main: [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: zone({ sts: "" }) } }],
    topic: {
      commits: [
        {
          at: "2026-06-01T12:00:00Z",
          files: { [ZONE]: zone({ serial: 2026060101 }), [POLICY]: policy({ mode: "enforce" }) },
        },
      ],
    },
  };
  const standIn = await begin(story);
  const run = await actTwice(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 1, outputs: { errors: "1" } });
  expect(annotated(run)).toEqual([`error ${POLICY} 2 enforce-without-testing (RFC 8461 §5)`]);
  const [comment, part, ...others] = await onLines(standIn);
  expect(others).toEqual([]);
  expect([comment?.place, part?.place]).toEqual([`${POLICY} 2 RIGHT`, `${ZONE} 9 RIGHT`]);
  expect(comment?.body).toContain(suggests("mode: testing"));
  expect(comment?.body).toContain(`\`${ZONE}\`, line 9`);
  expect(part?.body).toContain(suggests('_mta-sts TXT "v=STSv1; id=20260601T120000Z"'));
  expect(part?.body).toContain(`\`${POLICY}\`, line 2`);
});

test("a fault on no line and in no file of the pull request: in full in the summary, with the record to add", async () => {
  const standIn = await begin(nordwindStory({ [ZONE]: zone({ serial: 2026060101, sts: "" }) }));
  const run = await actTwice(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 0, outputs: { warnings: "1" } });
  expect(annotated(run)).toEqual([`warning ${POLICY} 2 record-missing (RFC 8461 §3.1)`]);
  const [summary] = await onPage(standIn);
  const told = [summary, ...(await onLines(standIn)).map(({ body }) => body)].join("\n");
  expect(told).toContain('_mta-sts.nordwind.de. IN TXT "v=STSv1; id=20260601T120000Z"');
});

test("120 findings: 25 comments, 10 annotations, and every place says how many it leaves out and where they are", async () => {
  const main = [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: zone(), [POLICY]: policy({ mode: "enforce" }) } }];
  const mx = Array.from({ length: 120 }, (_, index) => `20 mx${index}.fabrikam.net.`);
  const files = { [ZONE]: zone({ serial: 2026060101, mx: ["10 mx1", ...mx] }) };
  const standIn = await begin(nordwindStory(files, { main }));
  const run = await actTwice(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 1, outputs: { errors: "120" }, writes: ["POST reviews", "POST comments"] });
  expect(annotated(run).filter((line) => line.startsWith("error"))).toHaveLength(10);
  expect(run.stdout).toContain("Not shown here: 110 more errors. They stand in the job summary.");
  expect(await onLines(standIn)).toHaveLength(25);
  const [summary = "", ...others] = await onPage(standIn);
  expect(others).toEqual([]);
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(60_000);
  expect(summary).toContain("95 findings more without a comment on the line");
  const told = (text: string): number => new Set(text.match(/mx\d+\.fabrikam\.net is an MX host/g)).size;
  const [, left = "0"] = /(\d+) more, in .*job summary/.exec(summary) ?? [];
  expect(told(summary) + Number(left)).toBe(120);
  expect(told(run.summary)).toBe(120);
});

test("3,100 files, of which GitHub lists 3,000: nothing is missed", async () => {
  const docs = Array.from({ length: 3100 }, (_, index) => [`docs/${index}.md`, `${index}\n`]);
  const standIn = await begin(nordwindStory({ ...Object.fromEntries(docs), [POLICY]: policy({ maxAge: 86400 }) }));
  const run = await actTwice(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 1, outputs: { conclusion: "failure", errors: "1" }, writes: ["POST comments"] });
  expect(annotated(run)).toEqual([`error ${ZONE} 9 id-not-bumped (RFC 8461 §3.1)`]);
  // GitHub does not show the policy among the files of this pull request, so the comment cannot stand on it.
  expect((await onPage(standIn))[0]).toContain('+_mta-sts TXT "v=STSv1; id=20260601T120000Z"');
});

test("a repository with nothing but the policy: one comment says what must be done elsewhere", async () => {
  const path = ".well-known/mta-sts.txt";
  const story = {
    repository: "acme/mta-sts.nordwind.de",
    main: [{ at: "2026-01-01T12:00:00Z", files: { [path]: policy() } }],
    topic: { commits: [{ at: "2026-06-01T12:00:00Z", files: { [path]: policy({ maxAge: 86400 }) } }] },
  };
  const standIn = await begin(story);
  const run = await actTwice(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 0, outputs: { notices: "1" }, writes: ["POST comments"] });
  expect(await onLines(standIn)).toEqual([]);
  expect((await onPage(standIn))[0]).toMatch(/_mta-sts\S* IN TXT "v=STSv1; id=\w+"/);
});

test("a fork: the same verdict and annotations, and nothing is even tried", async () => {
  const edited = { [POLICY]: policy({ maxAge: 86400 }) };
  const own = await begin(nordwindStory(edited));
  const fork = await begin(nordwindStory(edited, { topic: { fork: "stranger/dns" } }));
  const [there, here] = [
    await actTwice(own, await pullRequestEvent(own)),
    await actTwice(fork, await pullRequestEvent(fork)),
  ];
  expect(here).toMatchObject({ status: there.status, stdout: there.stdout, writes: [] });
  expect(here.outputs).toEqual({ ...there.outputs, degraded: "true", "comment-url": "" });
});

test("pull_request_target: judged by base's configuration, written, and no editor offered where nobody may push", async () => {
  const files = {
    [POLICY]: policy({ maxAge: 86400 }),
    ".github/mta-sts-guard.yml": "version: 1\nfail-on: never\nrules: { id-not-bumped: off }\n",
    "package.json": '{ "scripts": { "postinstall": "exit 66" } }',
  };
  const standIn = await begin(nordwindStory(files, { topic: { fork: "stranger/dns" } }));
  const run = await actTwice(standIn, await pullRequestEvent(standIn, "opened", "pull_request_target"));
  expect(run).toMatchObject({ status: 1, outputs: { conclusion: "failure", degraded: "false" } });
  expect(annotated(run)).toContain(`error ${ZONE} 9 id-not-bumped (RFC 8461 §3.1)`);
  const bodies = (await onLines(standIn)).map(({ body }) => body);
  expect(bodies.join("\n")).toContain("+_mta-sts TXT");
  expect(bodies.join("\n")).not.toContain("/edit/");
});

test("a closed pull request is judged and left alone, whatever stands on it", async () => {
  const standIn = await begin(nordwindStory({ [POLICY]: policy({ maxAge: 86400 }) }));
  await actTwice(standIn, await pullRequestEvent(standIn));
  const texts = async () => [...(await onLines(standIn)), ...(await onPage(standIn)).map((body) => ({ body }))];
  const before = (await texts()).map(({ body }) => body);
  await standIn.push([{ at: "2026-06-01T13:00:00Z", files: { [POLICY]: policy({ maxAge: 172800 }) } }]);
  standIn.closePull();
  const run = await actTwice(standIn, await pullRequestEvent(standIn, "closed"));
  expect(run).toMatchObject({ status: 1, writes: [], outputs: { degraded: "false" } });
  expect((await texts()).map(({ body }) => body)).toEqual(before);
});

test("a pull request whose base branch is gone is judged against the commit that it names", async () => {
  const standIn = await begin(nordwindStory({ [POLICY]: policy({ maxAge: 86400 }) }));
  const event = await pullRequestEvent(standIn);
  const pull = event.payload.pull_request;
  const payload = { ...event.payload, pull_request: { ...pull, base: { ...pull.base, ref: "release/gone" } } };
  const run = await actTwice(standIn, { ...event, payload });
  expect(annotated(run)).toEqual([`error ${ZONE} 9 id-not-bumped (RFC 8461 §3.1)`]);
});

test("a pull request that starts using this shows the state of all domains, as no fault of its own", async () => {
  const broken = zone({ sts: '_mta-sts TXT "v=STSv1; id=not-legal"' });
  const main = [{ at: "2026-01-01T12:00:00Z", files: { [ZONE]: broken, [POLICY]: policy() } }];
  const workflow = "jobs:\n  mta-sts:\n    steps: [{ uses: mta-sts-guard/mta-sts-guard@v1 }]\n";
  const standIn = await begin(nordwindStory({ ".github/workflows/mta-sts.yml": workflow }, { main }));
  const run = await actTwice(standIn, await pullRequestEvent(standIn));
  expect(run).toMatchObject({ status: 0, outputs: { conclusion: "success", errors: "0" }, writes: [] });
  expect(annotated(run)).toEqual([]);
  expect(run.summary).toMatch(/What was there before[^]*`nordwind\.de`[^]*record-syntax/);
});
