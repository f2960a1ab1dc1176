import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { RedisQueue } from "../../src/queue/redisQueue.ts";
import { whyRefused } from "../../src/queue/whyRefused.ts";
import { RedisServer, withoutRedis } from "./redisServer.ts";

/** A Redis that answers each command, whatever it is, by the same line; its address. */
async function answering(line: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (data) => {
      const count = String(data).match(/^\*\d+\r$/gm)?.length ?? 0;
      socket.write(`${line}\r\n`.repeat(count));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `redis://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it.each([
  ["-NOAUTH Authentication required.", /^REDIS_URL has no password/],
  ["-WRONGPASS invalid username-password pair or user is disabled.", /^REDIS_URL has a user name or a password/],
  ["-ERR invalid password", /^REDIS_URL has a user name or a password/],
  ["-NOPERM this user has no permissions to run the 'eval' command", /^REDIS_URL names a user .*mta-sts-guard:\*/],
  ["-ERR invalid DB index", /^REDIS_URL ends with the number of a database/],
  ["-ERR SELECT is not allowed in cluster mode", /^REDIS_URL ends with the number of a database/],
  ["-ERR Error running script: @user_script:3: ERR syntax error", /^REDIS_URL names a Redis .*6\.2/],
])("%s is told as a mistake", async (line, wanted) => {
  expect(await whyRefused(`${await answering(line)}/1`)).toMatch(wanted);
});

it.each([
  "-LOADING Redis is loading the dataset in memory",
  "-ERR max number of clients reached",
  "-OOM command not allowed when used memory > 'maxmemory'.",
  "-READONLY You can't write against a read only replica.",
  "+PONG",
])("%s passes by itself", { timeout: 10_000 }, async (line) => {
  expect(await whyRefused(await answering(line))).toBeUndefined();
});

it("a Redis that is away passes by itself, in little time", { timeout: 10_000 }, async () => {
  expect(await whyRefused("redis://127.0.0.1:1")).toBeUndefined();
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void silent.close());
  const began = performance.now();
  expect(await whyRefused(`redis://127.0.0.1:${(silent.address() as AddressInfo).port}`)).toBeUndefined();
  expect(performance.now() - began).toBeLessThan(4_000);
});

describe.skipIf(withoutRedis)("Redis itself", () => {
  let server: RedisServer;
  const at = (rest: string): string => server.url.replace("redis://", "redis://" + rest);
  beforeAll(async () => {
    server = await RedisServer.start();
    const client = server.client();
    await client.call("ACL", "SETUSER", "bob", "on", ">bob's", "~mta-sts-guard:*", "+@all");
    await client.call("ACL", "SETUSER", "ann", "on", ">ann's", "~other:*", "+@all");
    await client.call("ACL", "SETUSER", "eve", "on", ">eve's", "~*", "+@read");
    client.disconnect();
  });
  afterAll(async () => server.close());

  it.each([
    ["", "/16", /the number of a database/],
    ["", "/99", /the number of a database/],
    ["bob:ann's@", "", /a user name or a password that Redis does not know/],
    ["tom:bob's@", "", /a user name or a password that Redis does not know/],
    ["ann:ann's@", "", /a user whom Redis does not let/],
    ["eve:eve's@", "", /a user whom Redis does not let/],
  ])("refuses %s%s", async (name, database, wanted) => {
    expect(await whyRefused(at(name) + database)).toMatch(wanted);
  });
  it.each([
    ["", ""],
    ["", "/0"],
    ["", "/15"],
    ["bob:bob's@", "/3"],
  ])("will do with %s%s, and so a queue does", async (name, database) => {
    const url = at(name) + database;
    expect(await whyRefused(url)).toBeUndefined();
    const queue = await RedisQueue.open(url, { log: () => {} });
    onTestFinished(async () => queue.stop(0));
    await vi.waitFor(() => expect(queue.isReady()).toBe(true), { timeout: 10_000 });
    const done: number[] = [];
    await queue.start(async ({ installation }) => (done.push(installation), {}));
    await queue.add({ kind: "sweep", installation: 7 });
    await vi.waitFor(() => expect(done).toEqual([7]), { timeout: 10_000 });
  });
  it("is left alone when it has answered", async () => {
    const client = server.client();
    onTestFinished(() => client.disconnect());
    const open = async (): Promise<number> =>
      String(await client.client("LIST"))
        .trim()
        .split("\n").length;
    await expect.poll(open, { timeout: 5_000 }).toBe(1);
    await whyRefused(server.url);
    await whyRefused(`${server.url}/99`);
    await expect.poll(open).toBe(1);
  });
  it("that comes later and has no such database is never taken for one that has", async () => {
    const lines: string[] = [];
    const queue = await RedisQueue.open(`${server.url}/99`, { log: (line) => lines.push(line) });
    onTestFinished(async () => queue.stop(0));
    await queue.start(async () => ({}));
    await vi.waitFor(() => expect(lines.join()).toContain("DB index is out of range"), { timeout: 10_000 });
    for (let look = 0; look < 20; look++) {
      expect(queue.isReady()).toBe(false);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await expect(queue.add({ kind: "sweep", installation: 7 })).rejects.toThrow("DB index is out of range");
  });
});
