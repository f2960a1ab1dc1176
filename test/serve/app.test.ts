import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it, onTestFinished } from "vitest";
import { openApp } from "../../src/serve/app.ts";
import { openInstallationClient } from "../../src/work/installationClient.ts";
import { openInstallations } from "../../src/work/installations.ts";
import { openLog } from "../../src/serve/log.ts";
import { openMetrics } from "../../src/serve/metrics.ts";
import { readSettings } from "../../src/serve/settings.ts";
import { ENVIRONMENT, RememberingQueue } from "./testBot.ts";

const LIMITED = { data: null, errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] };
const FINE = { data: { viewer: { login: "nora" } } };

/** A client of an installation, paced as the bot's are; each GraphQL query gets the next of the answers. */
async function paced(...answers: readonly (readonly [body: object, headers: Record<string, string>])[]) {
  const asked: number[] = [];
  const server = createServer((request, response) => {
    const isToken = request.url?.endsWith("/access_tokens");
    const [body, headers] = isToken
      ? [{ token: "ghs_x", expires_at: "2099-01-01T00:00:00Z", permissions: {}, repository_selection: "all" }, {}]
      : (answers[asked.push(performance.now()) - 1] ?? [FINE, {}]);
    response.writeHead(isToken ? 201 : 200, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  const { port } = server.address() as AddressInfo;
  const { settings, installations } = await opened(port);
  return { asked, installations, client: openInstallationClient(settings.apiUrl, installations.access(7)) };
}

/** The installations of an App whose GitHub listens at a port. */
async function opened(port: number) {
  const settings = readSettings({ ...ENVIRONMENT, GITHUB_API_URL: `http://127.0.0.1:${port}` });
  const queue = new RememberingQueue();
  const metrics = openMetrics(queue);
  const app = await openApp(
    settings,
    queue,
    metrics,
    openLog("fatal", [], () => {}),
  );
  const installations = openInstallations(app, metrics, () => new Date());
  return { settings, installations };
}

it("a GraphQL answer that says the limit is reached is waited for as long as GitHub says, paced or not", async () => {
  const { client, asked } = await paced([LIMITED, { "retry-after": "3" }], [FINE, {}]);
  expect(await client.graphql("query { viewer { login } }")).toEqual(FINE.data);
  expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(2900);
});

it("a token that GitHub does not know any more, or not yet, is followed by a new one", async () => {
  const made: string[] = [];
  const known = new Set<string>();
  const server = createServer((request, response) => {
    const isToken = request.url?.endsWith("/access_tokens");
    if (isToken) made.push(`ghs_${made.length}`);
    const given = request.headers.authorization?.replace("token ", "") ?? "";
    const isRefused = !isToken && !known.has(given);
    // The first is not known any more; the second is, a moment later.
    if (given === "ghs_1") known.add(given);
    response.writeHead(isToken ? 201 : isRefused ? 401 : 200, { "content-type": "application/json" });
    const token = { token: made.at(-1), expires_at: "2099-01-01T00:00:00Z", permissions: {} };
    response.end(JSON.stringify(isToken ? token : isRefused ? { message: "Bad credentials" } : { ok: true }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void (server.closeAllConnections(), server.close()));
  const { port } = server.address() as AddressInfo;
  const { settings, installations } = await opened(port);
  const client = openInstallationClient(settings.apiUrl, installations.access(7));
  expect((await client.request("GET /rate_limit")).data).toEqual({ ok: true });
  expect(made).toEqual(["ghs_0", "ghs_1"]);
  server.removeAllListeners("request");
  server.on("request", (_, response) => response.writeHead(401, { "content-type": "application/json" }).end("{}"));
  await expect(client.request("GET /rate_limit")).rejects.toThrow();
});

it("what is written goes out once a second, and what is read is not held up by it", async () => {
  const { client, asked, installations } = await paced();
  const mutation = 'mutation { minimizeComment(input: { subjectId: "x", classifier: OUTDATED }) { clientMutationId } }';
  const other = openInstallationClient(client.request.endpoint.DEFAULTS.baseUrl, installations.access(7));
  const ends = await Promise.all(
    [client, other, client, other].map(async (each, index) => {
      await each.graphql(index < 3 ? mutation : "query { viewer { login } }");
      return performance.now();
    }),
  );
  const [first = 0, second = 0, third = 0, read = 0] = ends;
  expect(second - first).toBeGreaterThan(900);
  expect(third - second).toBeGreaterThan(900);
  expect(read).toBeLessThan(second);
  expect(asked.length).toBe(4);
});

it("an installation that was refused for longer than a request waits is left alone until then", async () => {
  const { client, asked, installations } = await paced([LIMITED, { "retry-after": "900" }]);
  const failure: unknown = await client.graphql("query { viewer { login } }").catch((error: unknown) => error);
  expect(failure).toMatchObject({ errors: [{ type: "RATE_LIMITED" }] });
  expect(asked.length).toBe(1);
  const wait = (installations.pausedUntil(7)?.getTime() ?? 0) - Date.now();
  expect(wait).toBeGreaterThan(880_000);
  expect(wait).toBeLessThan(920_000);
  expect(installations.pausedUntil(8)).toBeUndefined();
});
