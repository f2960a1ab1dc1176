import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";
import { setUp } from "../../src/serve/setUp.ts";
import { type Environment, readSettings } from "../../src/serve/settings.ts";
import type { Json } from "../github/emulated.ts";
import { MADE, openGithub } from "./github.ts";
import { ask, PRIVATE_KEY } from "./sender.ts";

const APP_YML = fileURLToPath(new URL("../../app.yml", import.meta.url));
const URL_OF_BOT = "https://bot.example.com";

/** A folder with a manifest and, where one is given, an environment file. */
function folderWith(envFile?: string, mode = 0o644): string {
  const folder = mkdtempSync(join(tmpdir(), "set-up-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(APP_YML, join(folder, "app.yml"));
  if (envFile !== undefined) writeFileSync(join(folder, ".env"), envFile, { mode });
  return folder;
}

async function github(answers: Record<string, Json>) {
  const opened = await openGithub(answers);
  onTestFinished(opened.close);
  return opened;
}

/** The page's address, as it was told. */
function toldIn([line = ""]: readonly string[]): { readonly port: number; readonly path: string } {
  const { port, pathname, search } = new URL(/^Open (\S+) in a browser/.exec(line)?.[1] ?? "");
  return { port: Number(port), path: `${pathname}${search}` };
}

/** Begins a set-up; resolves once its page is there. */
async function settingUp(env: Environment, folder = folderWith()) {
  const said: string[] = [];
  const done = setUp({ PORT: "0", ...env }, URL_OF_BOT, (line) => said.push(line), { folder, patience: 2000 });
  const failure = done.then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  await expect.poll(() => said[0], { timeout: 5000 }).toMatch(/^Open http:/);
  const { port, path } = toldIn(said);
  const { body } = await ask(port, "GET", path);
  const attribute = (name: string): string =>
    (new RegExp(`${name}="([^"]*)"`).exec(body)?.[1] ?? "").replaceAll(/&#(\d+);/g, (_, code: string) =>
      String.fromCharCode(Number(code)),
    );
  const action = new URL(attribute("action"));
  const back = async (query: Record<string, string>, headers = {}) =>
    ask(port, "GET", `/registered?${new URLSearchParams(query).toString()}`, headers);
  const state = action.searchParams.get("state") ?? "";
  const cancel = async (): Promise<void> => {
    await back({ code: "cancel", state });
    await failure;
  };
  const envFile = (): string => readFileSync(join(folder, ".env"), "utf8");
  return {
    port,
    path,
    said,
    done,
    failure,
    body,
    action,
    state,
    back,
    folder,
    envFile,
    cancel,
    manifest: attribute("value"),
  };
}

/** A GitHub that makes an App of the code `c0de`, and of `cancel` for a test's end. */
const making = async (made: Json = MADE) =>
  github({
    "/app-manifests/c0de/conversions": { body: made },
    "/app-manifests/cancel/conversions": { body: MADE },
  });

it("sends the manifest with a state of its own, and writes what GitHub tells to .env, for its owner alone", async () => {
  const { url, calls } = await making();
  const was = "# my bot\nexport LOG_LEVEL=warn\n\nAPP_ID=\nWEBHOOK_SECRET=\nNOTE='two\nlines'";
  const page = await settingUp({ GITHUB_API_URL: url, GH_ORG: "nordwind" }, folderWith(was));
  // What cannot be made the owner's alone is told before there is an App.
  expect(statSync(join(page.folder, ".env")).mode & 0o777).toBe(0o600);
  expect(page.action.href).toBe(`${url}/organizations/nordwind/settings/apps/new?state=${page.state}`);
  expect(page.state).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.parse(page.manifest)).toEqual({
    ...parse(readFileSync(APP_YML, "utf8")),
    hook_attributes: { url: `${URL_OF_BOT}/api/github/webhooks`, active: true },
    redirect_url: `http://127.0.0.1:${page.port}/registered`,
  });
  const answer = await page.back({ code: "c0de", state: page.state });
  expect(answer).toMatchObject({ status: 302, headers: { location: `${MADE.html_url}/installations/new` } });
  await page.done;
  expect(calls.map(({ path }) => path)).toEqual(["/app-manifests/c0de/conversions"]);
  expect(page.said.at(-1)).toMatch(/registered.*\.env\. Start the bot: npm start$/);
  expect(statSync(join(page.folder, ".env")).mode & 0o777).toBe(0o600);
  expect(page.envFile()).toMatch(/^# my bot\nexport LOG_LEVEL=warn\n\nNOTE='two\nlines'\nAPP_ID=815\n/);
  const written = parseEnv(page.envFile());
  expect(Object.keys(written).toSorted()).toEqual([
    "APP_ID",
    "GITHUB_API_URL",
    "LOG_LEVEL",
    "NOTE",
    "PRIVATE_KEY",
    "WEBHOOK_SECRET",
  ]);
  expect(readSettings(written as Environment)).toMatchObject({
    appId: 815,
    apiUrl: url,
    secrets: [MADE.webhook_secret],
    logLevel: "warn",
  });
  await expect(ask(page.port, "GET", "/")).rejects.toThrow("ECONNREFUSED");
});

it("names the server once", async () => {
  const { url } = await making();
  const page = await settingUp({ GITHUB_API_URL: url }, folderWith(`GITHUB_API_URL=${url}/\n`));
  await page.cancel();
  expect(page.envFile()).toMatch(
    new RegExp(`^GITHUB_API_URL=${url}/\nAPP_ID=815\nPRIVATE_KEY=.+\nWEBHOOK_SECRET=.+\n$`),
  );
});

it("makes the file for its owner alone from the start, and writes no more into it than there is to be", async () => {
  const { url } = await making();
  const page = await settingUp({ GITHUB_API_URL: url });
  expect(statSync(join(page.folder, ".env")).mode & 0o777).toBe(0o600);
  expect(page.envFile()).toBe("");
  await page.cancel();
  expect(page.envFile()).toMatch(/^APP_ID=815\nPRIVATE_KEY=.+\nWEBHOOK_SECRET=.+\nGITHUB_API_URL=.+\n$/);
});

it("goes to github.com unless told otherwise", async () => {
  const { url } = await making();
  for (const [env, target] of [
    [{}, "https://github.com/settings/apps/new"],
    [{ GHE_HOST: "ghe.example" }, "https://ghe.example/settings/apps/new"],
    [{ GITHUB_API_URL: "https://api.octo.ghe.com" }, "https://octo.ghe.com/settings/apps/new"],
    [{ GITHUB_API_URL: url }, `${url}/settings/apps/new`],
  ] as const) {
    const said: string[] = [];
    void setUp({ PORT: "0", ...env }, URL_OF_BOT, (line) => said.push(line), { folder: folderWith() });
    await expect.poll(() => said[0]).toMatch(/^Open/);
    const { port, path } = toldIn(said);
    const { body } = await ask(port, "GET", path);
    expect(body).toContain(`action="${target}?state=`);
  }
});

it.each([
  [
    "another state",
    (state: string) => ({ code: "c0de", state: state.replace(/^./, (one) => (one === "0" ? "1" : "0")) }),
  ],
  ["no state", () => ({ code: "c0de" })],
  ["no code", (state: string) => ({ state })],
  ["nothing", () => ({})],
] as const)("an answer with %s is another's: GitHub is not asked, and the page stays", async (_, query) => {
  const { url, calls } = await making();
  const page = await settingUp({ GITHUB_API_URL: url });
  const answer = await page.back({ ...query(page.state) });
  expect(answer.status).toBe(403);
  expect(answer.body).toContain("This is no answer to the page");
  expect(calls).toEqual([]);
  expect(page.envFile()).toBe("");
  await page.cancel();
});

it.each([
  ["a code that GitHub does not know", "wr0ng", /GitHub gives no key for this answer \(404\): delete the App/],
  ["a code that leads elsewhere", "../../user", /GitHub gives no key for this answer \(404\)/],
])("%s: the page says so, and waits for another", async (_, code, wanted) => {
  const { url, calls } = await making();
  const page = await settingUp({ GITHUB_API_URL: url });
  const answer = await page.back({ code, state: page.state });
  expect(answer.status).toBe(502);
  expect(answer.body).toMatch(wanted);
  expect(calls.map(({ path }) => path)).toEqual([`/app-manifests/${encodeURIComponent(code)}/conversions`]);
  expect((await page.back({ code: "c0de", state: page.state })).status).toBe(302);
  await page.done;
});

it("ends although a browser keeps a connection open that it may want later", async () => {
  const { url } = await making();
  const page = await settingUp({ GITHUB_API_URL: url });
  const socket = connect(page.port, "127.0.0.1").on("error", () => {});
  await new Promise((resolve) => socket.on("connect", resolve));
  const began = performance.now();
  await page.cancel();
  expect(performance.now() - began).toBeLessThan(5000);
});

it("no way to GitHub: the page says so, and the same code will do later", async () => {
  const away = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => away.on("listening", resolve));
  const { port } = away.address() as AddressInfo;
  await new Promise((resolve) => away.close(resolve));
  const page = await settingUp({ GITHUB_API_URL: `http://127.0.0.1:${port}` });
  const answer = await page.back({ code: "c0de", state: page.state });
  expect(answer.status).toBe(502);
  expect(answer.body).toContain("GitHub does not answer (ECONNREFUSED): load this page again, within an hour.");
  const back = createServer((_, response) => response.end(JSON.stringify(MADE))).listen(port, "127.0.0.1");
  onTestFinished(() => void (back.closeAllConnections(), back.close()));
  await new Promise((resolve) => back.on("listening", resolve));
  expect((await page.back({ code: "c0de", state: page.state })).status).toBe(302);
  await page.done;
});

it("a GitHub that takes the question and never answers: the page says so in time", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  onTestFinished(() => void (silent.closeAllConnections(), silent.close()));
  await new Promise((resolve) => silent.on("listening", resolve));
  const page = await settingUp({ GITHUB_API_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}` });
  const answer = await page.back({ code: "c0de", state: page.state });
  expect(answer.status).toBe(502);
  expect(answer.body).toContain("GitHub does not answer (TimeoutError): load this page again");
});

it.each<[string, Json, string]>([
  ["no secret", { ...MADE, webhook_secret: null }, "webhook_secret"],
  ["a key that would be more lines", { ...MADE, pem: `${PRIVATE_KEY}\nEVIL=1` }, "pem"],
  [
    "a secret that would be more lines",
    { ...MADE, webhook_secret: `${MADE.webhook_secret}\nEVIL=1` },
    "webhook_secret",
  ],
  ["a number that is none", { ...MADE, id: "815\nEVIL=1" }, "id"],
  ["a page that is none", { ...MADE, html_url: "javascript:alert(1)" }, "html_url"],
  ["no object", "x", "it is no JSON"],
])("%s in GitHub's answer is written nowhere", async (_, made, where) => {
  const { url } = await making(made);
  const page = await settingUp({ GITHUB_API_URL: url });
  const answer = await page.back({ code: "c0de", state: page.state });
  expect(answer.status).toBe(502);
  expect(answer.body).toContain(`is not understood (${where})`);
  expect(page.envFile()).toBe("");
  await page.cancel();
});

it("a file that cannot be written once the App is made: says what to do now, on the page and to whoever called", async () => {
  const { url } = await making();
  const page = await settingUp({ GITHUB_API_URL: url });
  rmSync(join(page.folder, ".env"));
  mkdirSync(join(page.folder, ".env"));
  const answer = await page.back({ code: "c0de", state: page.state });
  expect(answer.status).toBe(500);
  const said = `make a new key and secret on ${MADE.html_url}`;
  expect(answer.body).toContain(said);
  const error = await page.failure;
  expect(error).toMatchObject({ name: "Unusable", message: expect.stringContaining(said) });
});

it.each([
  ["APP_ID=7\n", {}, /^\.env has APP_ID already: start the bot, or move \.env away/],
  ["export APP_ID=7\n", {}, /^\.env has APP_ID already/],
  [" WEBHOOK_SECRET = 'x'\n", {}, /^\.env has WEBHOOK_SECRET already/],
  ['PRIVATE_KEY="-----BEGIN\nx"\n', {}, /^\.env has PRIVATE_KEY already/],
  ["PRIVATE_KEY_PATH=key.pem\n", {}, /^\.env has PRIVATE_KEY_PATH already/],
  [undefined, { APP_ID: "7" }, /^APP_ID is set in the environment, .*: unset it first\.$/],
  [undefined, { WEBHOOK_SECRET: "7" }, /^WEBHOOK_SECRET is set in the environment/],
] as const)("writes nothing over what is there: %j %j", async (was, env, wanted) => {
  const folder = folderWith(was);
  await expect(setUp(env, URL_OF_BOT, () => {}, { folder })).rejects.toThrow(wanted);
  if (was !== undefined) expect(readFileSync(join(folder, ".env"), "utf8")).toBe(was);
});

it("asks GitHub for nothing where the key could not be kept", async () => {
  const folder = folderWith();
  symlinkSync(join(folder, "nowhere/.env"), join(folder, ".env"));
  await expect(setUp({}, URL_OF_BOT, () => {}, { folder })).rejects.toThrow(/^\.env cannot be written here \(ENOENT\)/);
});

it("needs the manifest", async () => {
  const folder = folderWith();
  rmSync(join(folder, "app.yml"));
  await expect(setUp({}, URL_OF_BOT, () => {}, { folder })).rejects.toThrow(/^There is no app\.yml here: run --set-up/);
});

it.each<[Environment, RegExp]>([
  [{ PORT: "x" }, /^PORT is no port/],
  [{ HOST: "http://x" }, /^HOST is no address/],
  [{ GITHUB_API_URL: "github.example.com" }, /^GITHUB_API_URL is no address/],
  [{ GITHUB_API_URL: "http://github.example.com/api/v3" }, /^GITHUB_API_URL is not https/],
  [{ GHE_HOST: "https://x" }, /^GHE_HOST is no host name/],
  [{ GH_ORG: "a/b" }, /^GH_ORG is no organisation: write its name/],
])("%j is told as a mistake, and no file is made", async (env, wanted) => {
  const folder = folderWith();
  await expect(setUp(env, URL_OF_BOT, () => {}, { folder })).rejects.toMatchObject({
    name: "Misconfigured",
    mistakes: [expect.stringMatching(wanted)],
  });
  expect(() => statSync(join(folder, ".env"))).toThrow("ENOENT");
});

it("a port that is taken", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await new Promise((resolve) => other.on("listening", resolve));
  const env = { PORT: String((other.address() as AddressInfo).port) };
  await expect(setUp(env, URL_OF_BOT, () => {}, { folder: folderWith() })).rejects.toThrow(
    /\(EADDRINUSE\): choose another HOST/,
  );
});

it.each(["evil.example", "evil.example:3000", "127.0.0.1.evil.example", "localhost.", "x\"'><script>"])(
  "under the name %j the page is another's",
  async (host) => {
    const { url, calls } = await making();
    const page = await settingUp({ GITHUB_API_URL: url });
    for (const path of [page.path, `/registered?code=c0de&state=${page.state}`]) {
      const answer = await ask(page.port, "GET", path, { host });
      expect(answer.status).toBe(403);
      expect(answer.body).not.toMatch(/state=|<script/);
    }
    expect(calls).toEqual([]);
    await page.cancel();
  },
);

it.each(["localhost:8080", "127.0.0.1", "[::1]:3000"])("through a tunnel, under the name %s", async (host) => {
  const { url } = await making();
  const page = await settingUp({ GITHUB_API_URL: url });
  const { body } = await ask(page.port, "GET", page.path, { host });
  expect(body).toContain(`http://${host}/registered`);
  await page.cancel();
});

it("with HOST set, under any name that is one, and says what that means", async () => {
  const { url } = await making();
  const page = await settingUp({ GITHUB_API_URL: url, HOST: "127.0.0.1" });
  expect(page.said[1]).toMatch(/^HOST is set: whoever knows this address/);
  expect((await ask(page.port, "GET", page.path, { host: "box.lan:3000" })).body).toContain(
    "http://box.lan:3000/registered",
  );
  const odd = await ask(page.port, "GET", page.path, { host: "x\"'><script>" });
  expect(odd).toMatchObject({ status: 403, body: expect.not.stringContaining("<script") });
  await page.cancel();
});

it.each([{}, { HOST: "127.0.0.1" }])("%j: nobody reads the state who was not told the address", async (env) => {
  const { url } = await making();
  const page = await settingUp({ GITHUB_API_URL: url, ...env });
  for (const path of [
    "/",
    "/?",
    `${page.path}0`,
    page.path.slice(0, -1),
    page.path.replace(/\?.*/, `?${page.state}`),
  ]) {
    const answer = await ask(page.port, "GET", path);
    expect(answer.status).toBe(403);
    expect(answer.body).not.toContain("state=");
  }
  await page.cancel();
});

it("a page that is loaded again while GitHub is asked: GitHub is asked once, and both are told the same", async () => {
  const { url, calls } = await making();
  const page = await settingUp({ GITHUB_API_URL: url });
  const twice = [page.back({ code: "c0de", state: page.state }), page.back({ code: "c0de", state: page.state })];
  expect((await Promise.all(twice)).map(({ status }) => status)).toEqual([302, 302]);
  expect(calls.length).toBe(1);
  await page.done;
});

it("has nothing else, runs no script, and lies in nobody's frame", async () => {
  const { url } = await making();
  const page = await settingUp({ GITHUB_API_URL: url });
  const { status, headers, body } = await ask(page.port, "GET", page.path);
  expect({ status, headers }).toMatchObject({
    status: 200,
    headers: {
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "content-security-policy": expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
    },
  });
  expect(body).not.toMatch(/<script|\ssrc=|value="[^"]*[<>']/);
  for (const path of ["/probot", "/probot/import", "/api/github/webhooks", "/registered/x", "//"])
    expect((await ask(page.port, "GET", path)).status).toBe(404);
  for (const method of ["POST", "PUT", "OPTIONS"])
    expect((await ask(page.port, method, `/registered?code=c0de&state=${page.state}`)).status).toBe(405);
  await page.cancel();
});
