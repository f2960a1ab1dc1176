import { expect, test } from "vitest";
import { runCheck } from "../../src/commands/check.ts";
import { run as runCommand } from "../commands/run.ts";
import { pullRequestEvent, scheduleEvent } from "../github/workflowEvent.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import { act, begin, nordwindStory, onPage } from "./world.ts";

const OTHER = "policies/fabrikam.de/mta-sts.txt";

/** New, existing, fixed and accepted findings, a notice, a history with a merge, and a file that is not read. */
const STORY = nordwindStory(
  {
    [ZONE]: zone({ id: "7", mx: ["10 mx1", "20 mx2.fabrikam.net."], more: "new A 203.0.113.10\n" }),
    [POLICY]: policy({ mode: "enforce", maxAge: 3600 }),
    [OTHER]: policy({ mx: ["mx.fabrikam.de", "mx2.fabrikam.de"] }),
  },
  {
    main: [
      {
        at: "2026-01-01T12:00:00Z",
        files: {
          [ZONE]: zone({ tls: '_smtp._tls TXT "v=TLSRPTv1; rua=tls@nordwind.de"', id: "6" }),
          [POLICY]: policy({ maxAge: 86400 }),
          [OTHER]: policy({ mx: ["mx.fabrikam.de"] }),
          "dns.tf": 'txt = ["v=STSv1; id=2"]\n',
          ".github/mta-sts-guard.yml":
            "version: 1\nignore:\n  - { rule: policy-max-age-short, domain: nordwind.de, reason: migration }\n",
        },
      },
      { pull: [{ at: "2026-04-01T12:00:00Z", files: { [POLICY]: policy() } }], mergedAt: "2026-05-25T12:00:00Z" },
    ],
  },
);

test("json-file holds what the command line tells of the same commits in a clone; the outputs count the same", async () => {
  const standIn = await begin(STORY);
  const { directory, openPull } = standIn.repository;
  const run = await act(standIn, await pullRequestEvent(standIn), { "json-file": "out/findings.json" });
  const text = run.workspace["out/findings.json"] ?? "";
  const args = ["--repo", directory, "--base", openPull.baseSha, "--head", openPull.headSha, "--format", "json"];
  const printed = await runCommand(() => runCheck(args, false));
  expect(JSON.parse(text)).toEqual(JSON.parse(printed.stdout));
  expect(text).toBe(printed.stdout);
  expect(run.status).toBe(printed.status);
  const { conclusion, counts, findings } = JSON.parse(text);
  const statuses = new Set(findings.map(({ status }: { readonly status: string }) => status));
  expect(statuses).toEqual(new Set(["fixed", "new"]));
  expect(counts.error).toBeGreaterThan(0);
  const { "json-path": path, ...outputs } = run.outputs;
  expect(path).toMatch(/^\/.*\/workspace\/out\/findings\.json$/);
  expect(Object.keys(run.workspace)).toEqual(["out/findings.json"]);
  const { html_url: url } = (await standIn.comments())[0];
  expect(outputs).toEqual({
    conclusion,
    errors: String(counts.error),
    warnings: String(counts.warning),
    notices: String(counts.notice),
    degraded: "false",
    "comment-url": url,
    "sarif-path": "",
  });
  expect(await onPage(standIn)).toHaveLength(1);
});

test("and of a state", async () => {
  const standIn = await begin(STORY);
  const { directory, main } = standIn.repository;
  const run = await act(standIn, await scheduleEvent(standIn), { "json-file": "state.json" });
  const printed = await runCommand(() => runCheck(["--repo", directory, "--head", main, "--format", "json"], false));
  expect(run.workspace["state.json"]).toBe(printed.stdout);
  expect(run.status).toBe(printed.status);
});
