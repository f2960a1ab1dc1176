import { expect, onTestFinished, test, vi } from "vitest";
import { Enterprise, HOST } from "../github/enterprise.ts";
import type { StandIn } from "../github/standIn.ts";
import { pullRequestEvent } from "../github/workflowEvent.ts";
import { POLICY, policy } from "../nordwind.ts";
import { act, begin, errors, nordwindStory } from "./world.ts";

vi.setConfig({ testTimeout: 60_000 });

/** A policy edited without a new id, and so many files that their list has a second page. */
const STORY = nordwindStory({
  [POLICY]: policy({ maxAge: 86400 }),
  ...Object.fromEntries(Array.from({ length: 110 }, (_, index) => [`img/${index}.png`, `${index}\n`])),
});

async function enterprise(): Promise<{ readonly standIn: StandIn; readonly server: Enterprise }> {
  const standIn = await begin(STORY);
  const server = await Enterprise.start(standIn);
  onTestFinished(() => server.close());
  return { standIn, server };
}

test("GitHub Enterprise Server: every request goes to its API, every link to its pages", async () => {
  const { standIn, server } = await enterprise();
  const graphql = { GITHUB_GRAPHQL_URL: `${server.direct["GITHUB_SERVER_URL"]}/queries/graphql` };
  const run = await act(standIn, await pullRequestEvent(standIn), {}, { ...server.direct, ...graphql });
  expect(run).toMatchObject({ status: 1, stderr: "", outputs: { conclusion: "failure", degraded: "false" } });
  expect(server.paths.length).toBeGreaterThan(5);
  expect(server.paths.filter((path) => !/^\/(?:api\/v3\/|queries\/graphql$)/.test(path))).toEqual([]);
  const [comment] = await standIn.comments();
  const texts = [run.summary, comment?.body, ...(await standIn.reviewComments()).map(({ body }) => body)].join("\n");
  expect(texts).toContain(`${server.direct["GITHUB_SERVER_URL"]}/acme/dns/`);
  expect(texts).not.toContain("https://github.com/acme/");
});

test("behind a proxy: nothing is asked past it, and nothing but GitHub of it", async () => {
  const { standIn, server } = await enterprise();
  const run = await act(standIn, await pullRequestEvent(standIn), {}, server.proxied);
  expect(run).toMatchObject({ status: 1, stderr: "", outputs: { conclusion: "failure", degraded: "false" } });
  expect([...new Set(server.connections)]).toEqual([`${HOST}:443`]);
  expect(server.paths.length).toBe(standIn.requests.length);
});

test("NO_PROXY goes past the proxy", async () => {
  const { standIn, server } = await enterprise();
  for (const name of ["NO_PROXY", "no_proxy"]) {
    const run = await act(
      standIn,
      await pullRequestEvent(standIn),
      {},
      { ...server.proxied, [name]: `.corp, ${HOST}` },
    );
    // Nobody else knows a host of this name.
    expect(run).toMatchObject({ status: 1, stderr: "", outputs: { conclusion: "incomplete" } });
    expect(errors(run)[0]).toMatch(/GitHub does not answer \(three tries: .*ghe\.test.*\): run the job again/);
  }
  expect(server.connections).toEqual([]);
});
