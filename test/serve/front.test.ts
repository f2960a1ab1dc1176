import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Json } from "../github/emulated.ts";
import { jobsOf } from "../../src/serve/jobsOf.ts";
import { allExamples, exampleOf, INSTALLATION } from "./payloads.ts";
import { ask, deliver, headersOf, PREVIOUS_SECRET, raw, sign, WEBHOOK_PATH } from "./sender.ts";
import { openTestBot, type TestBot } from "./testBot.ts";

const MIB = 2 ** 20;
const OPENED: Json = exampleOf("pull_request", "opened");
const BODY = JSON.stringify(OPENED);

let bot: TestBot;
beforeEach(async () => {
  bot = await openTestBot();
});
afterEach(async () => bot.close());

/** How many deliveries ended so. */
async function counted(outcome: string): Promise<number> {
  const { values } = await bot.metrics.deliveries.get();
  return values.filter(({ labels }) => labels.outcome === outcome).reduce((sum, { value }) => sum + value, 0);
}

/** The head of the pull request in GitHub's example. */
const HEAD = "ec26c3e57ca3a959ca5aad62de7213c562f8c821";

/** The head of a request as it travels. */
function headOf(headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST ${WEBHOOK_PATH} HTTP/1.1\r\nhost: bot\r\n${lines.join("")}\r\n`;
}

describe("a delivery", () => {
  it("is put into the queue, then acknowledged", async () => {
    const answer = await deliver(bot.port, "pull_request", OPENED);
    expect(answer).toMatchObject({ status: 202, body: "accepted\n" });
    expect(bot.queue.added).toEqual([
      { kind: "pull", installation: 7, owner: "Codertocat", repo: "Hello-World", number: 2, seen: HEAD },
    ]);
  });
  it("may be signed with the secret before", async () => {
    const answer = await deliver(bot.port, "pull_request", OPENED, {
      "x-hub-signature-256": sign(BODY, PREVIOUS_SECRET),
    });
    expect(answer.status).toBe(202);
    expect(bot.queue.added).toHaveLength(1);
  });
  it("of an event that nobody asked for is acknowledged and left", async () => {
    expect((await deliver(bot.port, "star", { action: "created" })).status).toBe(202);
    expect((await deliver(bot.port, "ping", { zen: "Keep it logically awesome." })).status).toBe(202);
    expect((await deliver(bot.port, "event_of_tomorrow", {})).status).toBe(202);
    expect(bot.queue.added).toEqual([]);
    expect(await counted("ignored")).toBe(3);
  });
  it.each(["[]", "null", "7"])("of an event that nobody asked for is none if it is %s", async (body) => {
    expect((await deliver(bot.port, "star", body)).status).toBe(400);
  });
  it("is taken in whatever shape GitHub sends it: every example of every event, once", async () => {
    const wanted = allExamples().flatMap(([event, payload]) => {
      const whole = { installation: { id: INSTALLATION }, ...payload };
      return [{ event, whole, jobs: jobsOf(event, whole, 4711) }];
    });
    for (const { event, whole } of wanted) {
      const id = { "x-github-delivery": crypto.randomUUID() };
      for (const _ of "ab") expect((await deliver(bot.port, event, whole, id)).status).toBe(202);
    }
    expect(bot.queue.added).toEqual(wanted.flatMap(({ jobs }) => jobs));
    expect(bot.queue.added.length).toBeGreaterThan(10);
  });
  it("of an action that nobody asked for is acknowledged and left", async () => {
    expect((await deliver(bot.port, "pull_request", exampleOf("pull_request", "labeled"))).status).toBe(202);
    expect(bot.queue.added).toEqual([]);
  });
  it("that comes again is acknowledged and not done again", async () => {
    const id = { "x-github-delivery": crypto.randomUUID() };
    expect((await deliver(bot.port, "pull_request", OPENED, id)).status).toBe(202);
    expect((await deliver(bot.port, "pull_request", OPENED, id)).status).toBe(202);
    expect(bot.queue.added).toHaveLength(1);
    expect(await counted("repeated")).toBe(1);
  });
  it("is taken when it comes again after the queue had failed", async () => {
    const id = { "x-github-delivery": crypto.randomUUID() };
    bot.queue.next = async () => Promise.reject(new Error("ECONNRESET at redis.internal:6379"));
    const refused = await deliver(bot.port, "pull_request", OPENED, id);
    expect(refused).toMatchObject({ status: 503, body: "unavailable\n" });
    expect(bot.lines.join("")).toContain("ECONNRESET");
    expect((await deliver(bot.port, "pull_request", OPENED, id)).status).toBe(202);
    expect(bot.queue.added).toHaveLength(1);
  });
  it("that comes again while the first one still waits for the queue shares its fate", async () => {
    const id = { "x-github-delivery": crypto.randomUUID() };
    let fail = (): void => {};
    bot.queue.next = async () => new Promise((_, reject) => (fail = () => reject(new Error("away"))));
    const first = deliver(bot.port, "pull_request", OPENED, id);
    await pause(100);
    const second = deliver(bot.port, "pull_request", OPENED, id);
    await pause(100);
    fail();
    expect([(await first).status, (await second).status]).toEqual([503, 503]);
    expect(bot.queue.added).toEqual([]);
  });
  it("is refused while the queue is not ready, and nothing is said about why", async () => {
    bot.queue.ready = false;
    expect(await deliver(bot.port, "pull_request", OPENED)).toMatchObject({ status: 503, body: "unavailable\n" });
    bot.queue.ready = true;
    expect((await deliver(bot.port, "pull_request", OPENED)).status).toBe(202);
  });
  it("leaves no timer behind", async () => {
    const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
    const before = timers();
    for (let sent = 0; sent < 20; sent++) await deliver(bot.port, "pull_request", OPENED);
    expect(timers() - before).toBeLessThan(10);
  });
  it("is not waited for longer than GitHub waits", async () => {
    await bot.close();
    bot = await openTestBot({ enqueue: 200 });
    bot.queue.next = async () => new Promise(() => {});
    expect((await deliver(bot.port, "pull_request", OPENED)).status).toBe(503);
  });
});

describe("an attack", () => {
  const refused = async (
    status: number,
    body: string,
    more: Parameters<typeof deliver>[3],
    payload: unknown = OPENED,
  ): Promise<void> => {
    expect(await deliver(bot.port, "pull_request", payload, more)).toMatchObject({ status, body: `${body}\n` });
    expect(bot.queue.added).toEqual([]);
    expect((await deliver(bot.port, "pull_request", OPENED)).status).toBe(202);
  };

  it.each([
    ["no signature", undefined],
    ["an empty one", ""],
    ["that of another body", sign(`${BODY} `)],
    ["that of a wrong secret", sign(BODY, "wrong horse battery staple")],
    ["that of Probot's default secret", sign(BODY, "development")],
    ["that of an empty secret", sign(BODY, "")],
    ["one that is too short", sign(BODY).slice(0, -2)],
    ["one with more behind it", `${sign(BODY)}00`],
    ["SHA-1", sign(BODY).replace("sha256", "sha1")],
    ["no algorithm", sign(BODY).slice(7)],
  ])("%s", async (_, signature) => refused(401, "unauthorized", { "x-hub-signature-256": signature }));

  it("a second signature behind the first", async () => {
    const head = headOf({ ...headersOf("pull_request", BODY), connection: "close" });
    const twice = head.replace("x-hub-signature-256", `x-hub-signature-256: ${sign("x")}\r\nx-hub-signature-256`);
    const { text } = await raw(bot.port, (socket) => void socket.write(twice + BODY));
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
    expect(bot.queue.added).toEqual([]);
  });
  it.each([undefined, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"])(
    "content type %s",
    async (type) => refused(415, "unsupported media type", { "content-type": type }),
  );
  it.each(["x-github-delivery", "x-github-event"])("no %s", async (name) =>
    refused(400, "bad request", { [name]: undefined }),
  );
  it.each(["a b", "x".repeat(65), '"><script>'])("the delivery id %s", async (id) =>
    refused(400, "bad request", { "x-github-delivery": id }),
  );
  it.each(["pull request", "x".repeat(65), '"><script>'])("the event %s", async (event) =>
    refused(400, "bad request", { "x-github-event": event }),
  );
  it.each([
    "[]",
    "null",
    "7",
    '"pull_request"',
    "",
    "{",
    "{}",
    '{"action":7}',
    '{"action":"opened"}',
    "\u{feff}{}",
    "\0",
  ])("the JSON %j", async (body) => refused(400, "bad request", {}, body));
  it("bytes that are no UTF-8", async () => refused(400, "bad request", {}, Buffer.from([0x7b, 0xff, 0xfe, 0x7d])));
  it("a payload of another shape: neither the answer nor the log repeats it", async () => {
    await refused(400, "bad request", {}, { ...OPENED, repository: { ...OPENED.repository, name: "../../evil" } });
    expect(bot.lines.join("")).toContain("pull_request.opened is not shaped");
    expect(bot.lines.join("")).not.toContain("evil");
  });
  it("a body that is signed and not JSON is looked at only when the signature is right", async () => {
    await refused(401, "unauthorized", { "x-hub-signature-256": sign("x") }, "{");
  });
  it("deep nesting", async () => {
    const deep = `{"x":${"[".repeat(500_000)}${"]".repeat(500_000)},${BODY.slice(1)}`;
    expect((await deliver(bot.port, "pull_request", deep)).status).toBe(202);
    expect(bot.queue.added).toHaveLength(1);
    await deliver(bot.port, "pull_request", `{"action":${"[".repeat(500_000)}${"]".repeat(500_000)}}`);
    expect((await deliver(bot.port, "pull_request", OPENED)).status).toBe(202);
  });
  it("keys named __proto__", async () => {
    const payload = `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${BODY.slice(1)}`;
    expect((await deliver(bot.port, "pull_request", payload)).status).toBe(202);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(bot.queue.added).toEqual([
      { kind: "pull", installation: 7, owner: "Codertocat", repo: "Hello-World", number: 2, seen: HEAD },
    ]);
  });
  it("25 MiB are taken, as GitHub may send them", async () => {
    const body = BODY.slice(0, -1) + `,"x":"${"x".repeat(25 * MIB - BODY.length - 7)}"}`;
    expect(Buffer.byteLength(body)).toBe(25 * MIB);
    expect((await deliver(bot.port, "pull_request", body)).status).toBe(202);
  });
  it("26 MB that are announced: refused before they are sent, and the connection is closed", async () => {
    const head = headOf({ ...headersOf("pull_request", BODY), "content-length": String(26 * MIB) });
    const { text, isClosed } = await raw(bot.port, (socket) => void socket.write(head));
    expect(text).toMatch(/^HTTP\/1\.1 413 [^]*connection: close[^]*\r\n\r\ncontent too large\n$/i);
    expect(isClosed).toBe(true);
  });
  it("26 MB that are announced and sent: all of it is thrown away, so that the sender comes to read why", async () => {
    await bot.close();
    bot = await openTestBot({ linger: 3000 });
    const head = headOf({ ...headersOf("pull_request", BODY), "content-length": String(26 * MIB) });
    let sent = false;
    const { text } = await raw(bot.port, (socket) => {
      socket.write(head);
      socket.write("x".repeat(26 * MIB), (error) => (sent = !error));
    });
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(sent).toBe(true);
  });
  it("26 MB that are not announced: refused at the limit, and the connection is closed", async () => {
    const { "content-length": _, ...headers } = headersOf("pull_request", BODY);
    let sent = 0;
    const { text, isClosed } = await raw(bot.port, async (socket) => {
      socket.write(headOf({ ...headers, "transfer-encoding": "chunked" }));
      const chunk = "x".repeat(MIB);
      while (!socket.destroyed && sent < 64) {
        const more = socket.write(`${MIB.toString(16)}\r\n${chunk}\r\n`);
        sent++;
        if (!more) await Promise.race([new Promise((resolve) => socket.once("drain", resolve)), pause(2000)]);
      }
    });
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(isClosed).toBe(true);
    expect(bot.queue.added).toEqual([]);
  });
  it("a body that never ends", async () => {
    await bot.close();
    bot = await openTestBot({ head: 300, request: 600 });
    const began = performance.now();
    const { text, isClosed } = await raw(bot.port, async (socket) => {
      socket.write(headOf(headersOf("pull_request", BODY)));
      for (let at = 0; at < 20 && !socket.destroyed; at++) {
        socket.write(BODY[at] ?? "");
        await pause(200);
      }
    });
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(isClosed).toBe(true);
    expect(performance.now() - began).toBeLessThan(6000);
    expect(await counted("gone")).toBe(1);
  });
  it.each([
    ["a connection that says nothing", ""],
    ["a head that never ends", "POST / HTTP/1.1\r\nx: y"],
  ])("%s", async (_, said) => {
    await bot.close();
    bot = await openTestBot({ head: 300, request: 60_000 });
    const { text, isClosed } = await raw(bot.port, (socket) => void socket.write(said));
    expect(text).toMatch(/^HTTP\/1\.1 408 /);
    expect(isClosed).toBe(true);
  });
  it("a sender that reads no answer", async () => {
    await bot.close();
    // Not what bounds a request: the connection may have begun with another one.
    bot = await openTestBot({ silence: 2000, head: 100_000, request: 200_000 });
    const socket = connect(bot.port, "127.0.0.1").on("error", () => {});
    socket.pause().write("GET /metrics HTTP/1.1\r\nhost: bot\r\n\r\n".repeat(10_000));
    await expect.poll(bot.connections, { interval: 5 }).toBe(1);
    await expect.poll(bot.connections, { timeout: 20_000 }).toBe(0);
    socket.destroy();
    expect((await deliver(bot.port, "pull_request", OPENED)).status).toBe(202);
  });
  it("a connection that is kept and not used", async () => {
    await bot.close();
    bot = await openTestBot({ idle: 200 });
    const began = performance.now();
    const { text, isClosed } = await raw(
      bot.port,
      (socket) => void socket.write("GET /healthz HTTP/1.1\r\nhost: bot\r\n\r\n"),
    );
    expect(text).toMatch(/^HTTP\/1\.1 200 /);
    expect(isClosed).toBe(true);
    // Node itself would wait for five seconds and one more.
    expect(performance.now() - began).toBeLessThan(4000);
  });
  it("thousands of connections that are kept and not used make room for those who send", async () => {
    await bot.close();
    bot = await openTestBot({ connections: 100 });
    const kept: Socket[] = [];
    for (let index = 0; index < 500; index++) {
      const socket = connect(bot.port, "127.0.0.1").on("error", () => {});
      socket.write("GET /healthz HTTP/1.1\r\nhost: bot\r\n\r\n");
      await new Promise((resolve) => socket.once("data", resolve).once("close", resolve));
      kept.push(socket);
    }
    expect(await bot.connections()).toBeLessThanOrEqual(100);
    expect(kept.filter(({ bytesRead }) => bytesRead > 0)).toHaveLength(500);
    expect((await deliver(bot.port, "pull_request", OPENED)).status).toBe(202);
    for (const socket of kept) socket.destroy();
    // Those who come when they are gone are left alone.
    await expect.poll(bot.connections).toBe(0);
    const { isClosed } = await raw(
      bot.port,
      async (socket) => {
        socket.write("GET /healthz HTTP/1.1\r\nhost: bot\r\n\r\n");
        await new Promise((resolve) => socket.once("data", resolve));
        await ask(bot.port, "GET", "/healthz");
      },
      500,
    );
    expect(isClosed).toBe(false);
  });
  it("more connections in the middle of a request than there may be: the rest are closed", async () => {
    await bot.close();
    bot = await openTestBot({ connections: 20, head: 1000 });
    const sockets = Array.from({ length: 60 }, () => connect(bot.port, "127.0.0.1").on("error", () => {}));
    for (const socket of sockets) socket.write("POST /");
    await expect.poll(() => sockets.filter(({ closed }) => closed).length).toBe(40);
    expect(await bot.connections()).toBe(20);
    await expect.poll(bot.connections, { timeout: 10_000 }).toBe(0);
    expect((await deliver(bot.port, "pull_request", OPENED)).status).toBe(202);
  });
  it.each([
    ["CONNECT", "CONNECT example.com:443 HTTP/1.1\r\nhost: example.com\r\n\r\n", /^$/],
    [
      "an upgrade",
      "GET /healthz HTTP/1.1\r\nhost: bot\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
      /^HTTP\/1\.1 200 /,
    ],
    ["an expectation", "POST / HTTP/1.1\r\nhost: bot\r\nexpect: tea\r\n\r\n", /^HTTP\/1\.1 417 /],
    ["no host", "GET /healthz HTTP/1.1\r\n\r\n", /^HTTP\/1\.1 400 /],
    ["no HTTP", "\u0016\u0003\u0001\u0000\u0001", /^HTTP\/1\.1 400 /],
  ])("%s", async (_, said, wanted) => {
    const { text } = await raw(bot.port, (socket) => void socket.end(said));
    expect(text).toMatch(wanted);
    expect((await deliver(bot.port, "pull_request", OPENED)).status).toBe(202);
  });
  it("a sender that goes away in the middle of a body", async () => {
    await raw(bot.port, (socket) => {
      socket.write(headOf(headersOf("pull_request", BODY)) + BODY.slice(0, 100));
      setTimeout(() => socket.destroy(), 100);
    });
    await pause(100);
    expect(await counted("gone")).toBe(1);
    expect((await deliver(bot.port, "pull_request", OPENED)).status).toBe(202);
  });
  it("many large bodies at once that never prove to be GitHub's: more than the room for them is refused", async () => {
    await bot.close();
    bot = await openTestBot({ bodies: 4 * MIB });
    const half = headOf({ ...headersOf("pull_request", BODY), "content-length": String(3 * MIB) });
    const first = raw(bot.port, (socket) => void socket.write(half + "x".repeat(2.5 * MIB)), 1500);
    await pause(300);
    const second = await raw(bot.port, (socket) => void socket.write(half + "x".repeat(2.5 * MIB)));
    expect(second.text).toMatch(/^HTTP\/1\.1 503 /);
    expect(second.isClosed).toBe(true);
    await first;
    await pause(100);
    const big = BODY.slice(0, -1) + `,"x":"${"x".repeat(3 * MIB)}"}`;
    expect((await deliver(bot.port, "pull_request", big)).status).toBe(202);
  });
  it("a body in pieces of one byte, each of which costs far more than that", async () => {
    await bot.close();
    bot = await openTestBot({ bodies: 64 * 1024 });
    const { "content-length": _, ...headers } = headersOf("pull_request", BODY);
    const pieces = "1\r\nx\r\n".repeat(200);
    const { text, isClosed } = await raw(
      bot.port,
      (socket) => void socket.write(headOf({ ...headers, "transfer-encoding": "chunked" }) + pieces),
    );
    expect(text).toMatch(/^HTTP\/1\.1 503 /);
    expect(isClosed).toBe(true);
    expect((await deliver(bot.port, "pull_request", OPENED)).status).toBe(202);
  });
  it("two requests in one packet: both are answered, in order", async () => {
    const good = headOf(headersOf("pull_request", BODY)) + BODY;
    const bad =
      headOf({ ...headersOf("pull_request", BODY), "x-hub-signature-256": sign("x"), connection: "close" }) + BODY;
    const { text } = await raw(bot.port, (socket) => void socket.write(good + bad));
    expect(text.match(/^HTTP\/1\.1 \d+/gm)).toEqual(["HTTP/1.1 202", "HTTP/1.1 401"]);
    expect(bot.queue.added).toHaveLength(1);
  });
  it("a request smuggled behind two lengths", async () => {
    const head = headOf({ ...headersOf("pull_request", BODY), "transfer-encoding": "chunked" });
    const { text, isClosed } = await raw(bot.port, (socket) => void socket.write(`${head}0\r\n\r\n`));
    expect(text).toMatch(/^HTTP\/1\.1 400 /);
    expect(isClosed).toBe(true);
  });
  it("huge headers", async () => {
    const head = headOf({ ...headersOf("pull_request", BODY), "x-filler": "x".repeat(100_000) });
    const { text, isClosed } = await raw(bot.port, (socket) => void socket.write(head));
    expect(text).toMatch(/^HTTP\/1\.1 431 /);
    expect(isClosed).toBe(true);
  });
  it.each(["GET", "PUT", "DELETE", "OPTIONS", "HEAD"])("%s on the path of deliveries", async (method) => {
    const answer = await ask(bot.port, method, WEBHOOK_PATH);
    expect(answer).toMatchObject({ status: 405, headers: { allow: "POST" } });
  });
  it.each([
    "/",
    "/probot",
    "/probot/setup",
    "/probot/import",
    "/api/github/webhooks/x",
    "/%2e%2e/etc/passwd",
    "//x",
    "/ping",
  ])("there is nothing at %s", async (path) => {
    expect(await ask(bot.port, "GET", path)).toMatchObject({ status: 404, body: "not found\n" });
    expect((await ask(bot.port, "POST", path, headersOf("pull_request", BODY), BODY)).status).toBe(404);
  });
});

describe("what the machine's keeper asks", () => {
  it("with a question behind the path, as some monitors do", async () => {
    expect((await ask(bot.port, "GET", "/healthz?probe=1")).status).toBe(200);
    const { status } = await ask(bot.port, "POST", `${WEBHOOK_PATH}?x`, headersOf("pull_request", BODY), BODY);
    expect(status).toBe(202);
  });
  it("what cannot be answered: not why", async () => {
    Object.assign(bot.metrics, { page: async () => Promise.reject(new Error("no registry at 10.0.0.7")) });
    expect(await ask(bot.port, "GET", "/metrics")).toMatchObject({ status: 500, body: "internal error\n" });
    expect(bot.lines.join("")).toContain("no registry at 10.0.0.7");
  });
  it("whether it lives, and whether it takes deliveries", async () => {
    expect(await ask(bot.port, "GET", "/healthz")).toMatchObject({ status: 200, body: "ok\n" });
    expect(await ask(bot.port, "GET", "/readyz")).toMatchObject({ status: 200, body: "ready\n" });
    bot.queue.ready = false;
    expect((await ask(bot.port, "GET", "/healthz")).status).toBe(200);
    expect(await ask(bot.port, "GET", "/readyz")).toMatchObject({ status: 503, body: "not ready\n" });
    expect((await ask(bot.port, "POST", "/healthz")).status).toBe(405);
  });
  it("what it counted", async () => {
    await deliver(bot.port, "pull_request", OPENED);
    await deliver(bot.port, "pull_request", OPENED, { "x-hub-signature-256": sign("x") });
    await deliver(bot.port, "made_up", OPENED, { "x-hub-signature-256": sign("x") });
    bot.metrics.findings.inc({ rule: "id-not-bumped" });
    const { status, headers, body } = await ask(bot.port, "GET", "/metrics");
    expect(status).toBe(200);
    expect(headers["content-type"]).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const line of [
      'mta_sts_guard_deliveries_total{event="pull_request",outcome="accepted"} 1',
      'mta_sts_guard_deliveries_total{event="pull_request",outcome="unsigned"} 1',
      'mta_sts_guard_deliveries_total{event="other",outcome="unsigned"} 1',
      "mta_sts_guard_acknowledgement_seconds_count 3",
      'mta_sts_guard_queue_jobs{state="waiting"} 1',
      'mta_sts_guard_queue_jobs{state="delayed"} 2',
      "mta_sts_guard_queue_oldest_seconds 3.5",
      'mta_sts_guard_findings_total{rule="id-not-bumped"} 1',
    ])
      expect(body.split("\n")).toContain(line);
    expect(body).toMatch(/^mta_sts_guard_resident_bytes \d{7,}$/m);
  });
  it("what is not known is not told as it was", async () => {
    expect((await ask(bot.port, "GET", "/metrics")).body).toContain('{state="active"} 1\n');
    bot.queue.ready = false;
    expect((await ask(bot.port, "GET", "/metrics")).body).toContain('{state="active"} Nan\n');
  });
});
