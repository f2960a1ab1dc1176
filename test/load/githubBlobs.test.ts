import { describe, expect, test } from "vitest";
import { GithubApi, type Octokit } from "../../src/load/githubApi.ts";
import { GithubBlobs } from "../../src/load/githubBlobs.ts";
import { objectId } from "../../src/load/objectId.ts";
import type { TreeEntry } from "../../src/load/repository.ts";
import type { Json } from "../github/emulated.ts";

const FILE = Buffer.from("mx: mail.nordwind.de\n");

/** Blobs as GitHub tells them by GraphQL and by HTTP, and what is asked. */
class Blobs {
  readonly requests: string[] = [];
  readonly #bytes = new Map<string, Buffer>();
  /** What GitHub makes of a node of an answer, and of a whole query. */
  spoil: (node: Json) => Json = (node) => node;
  begin: (ids: readonly string[], fields: string) => void = () => {};
  spoilRest: (content: string) => string = (content) => content;

  add(bytes: Buffer, path = "a"): TreeEntry {
    const id = objectId("blob", bytes, 40);
    this.#bytes.set(id, bytes);
    return { path, kind: "file", id };
  }

  open(): GithubBlobs {
    const octokit: Octokit = {
      request: async (_, parameters) => {
        this.requests.push("http");
        const bytes = this.#bytes.get(String(parameters?.["file_sha"]));
        if (!bytes) throw Object.assign(new Error("Not Found"), { status: 404 });
        return { data: { content: this.spoilRest(bytes.toString("base64")) } };
      },
      graphql: async (query, variables) => {
        const fields = /Blob \{ (\w+) \}/.exec(query)?.[1] ?? "";
        this.requests.push(fields);
        const names = Object.keys(variables ?? {}).filter((name) => /^o\d/.test(name));
        const ids = names.map((name) => String(variables?.[name]));
        this.begin(ids, fields);
        const nodes = ids.map((id) => {
          const bytes = this.#bytes.get(id);
          return this.spoil(bytes ? { [fields]: fields === "text" ? bytes.toString("utf8") : bytes.length } : null);
        });
        return { repository: Object.fromEntries(names.map((name, index) => [name.replace("o", "b"), nodes[index]])) };
      },
    };
    return new GithubBlobs(new GithubApi(octokit, { owner: "acme", repo: "dns" }));
  }
}

const limit = (): number => 1_000_000;

function giveUp(): never {
  throw Object.assign(new Error("Something went wrong"), { errors: [{ message: "Something went wrong" }] });
}

test("a text is read by two queries, and by one where its size is known", async () => {
  const github = new Blobs();
  const entry = github.add(FILE);
  expect((await github.open().read([entry], limit)).get(entry)).toEqual(FILE);
  expect(github.requests.splice(0)).toEqual(["byteSize", "text"]);
  const blobs = github.open();
  blobs.note(entry.id, FILE.length);
  expect((await blobs.read([entry], limit)).get(entry)).toEqual(FILE);
  expect(github.requests).toEqual(["text"]);
});

describe("what a query cannot tell is read by HTTP", () => {
  test.each<[string, Buffer, Blobs["spoil"], readonly string[]]>([
    ["not whether it is there", FILE, () => null, ["byteSize", "http"]],
    ["no text", FILE, (node) => ("text" in node ? { text: null } : node), ["byteSize", "text", "http"]],
    [
      "a text that is cut off",
      FILE,
      (node) => ("text" in node ? { text: node.text.slice(1) } : node),
      ["byteSize", "text", "http"],
    ],
    ["what is no UTF-8", Buffer.from("; caf\xe9\n", "latin1"), (node) => node, ["byteSize", "text", "http"]],
    ["a text over its limit", Buffer.alloc(500_001, "a"), (node) => node, ["byteSize", "http"]],
  ])("%s", async (_, bytes, spoil, requests) => {
    const github = new Blobs();
    const entry = github.add(bytes);
    github.spoil = spoil;
    const blobs = github.open();
    expect((await blobs.read([entry], limit)).get(entry)).toEqual(bytes);
    expect(github.requests).toEqual(requests);
    // It is kept for the next who asks.
    expect((await blobs.read([entry], limit)).get(entry)).toEqual(bytes);
    expect(github.requests).toEqual(requests);
  });

  test.each(["byteSize", "text"])("%s of one file of five, for which queries are given up", async (what) => {
    const github = new Blobs();
    const entries = Array.from({ length: 5 }, (_, index) => github.add(Buffer.from(`${index}\n`), `f${index}`));
    github.begin = (ids, fields) => {
      if (fields === what && ids.includes(entries[3]?.id ?? "")) giveUp();
    };
    const read = await github.open().read(entries, limit);
    expect(entries.map((entry) => read.get(entry))).toEqual([0, 1, 2, 3, 4].map((each) => Buffer.from(`${each}\n`)));
    // A quarter is asked for at once: two files.
    expect(github.requests.filter((request) => request === "http")).toHaveLength(2);
  });

  test("and a refusal of a query ends it", async () => {
    const github = new Blobs();
    const entry = github.add(FILE);
    github.begin = () => {
      throw Object.assign(new Error("Bad credentials"), { status: 401 });
    };
    await expect(github.open().read([entry], limit)).rejects.toThrow(/does not accept the token/);
    expect(github.requests).not.toContain("http");
  });
});

test("what is not there by HTTP either, or comes with other bytes, is missing", async () => {
  const github = new Blobs();
  const gone: TreeEntry = { path: "gone", kind: "file", id: "2".repeat(40) };
  const other = github.add(Buffer.from("; caf\xe9\n", "latin1"));
  github.spoilRest = (content) => content.slice(0, 4);
  const read = await github.open().read([gone, other], limit);
  expect([read.get(gone), read.get(other)]).toEqual([{ unread: "missing" }, { unread: "missing" }]);
});

test("what is over the limit is not read, and not told where its size was not known before", async () => {
  const github = new Blobs();
  const entry = github.add(FILE);
  const tooLarge = { unread: "too-large", size: FILE.length };
  expect((await github.open().read([entry], () => 5)).get(entry)).toEqual(tooLarge);
  expect(github.requests.splice(0)).toEqual(["byteSize"]);
  github.spoil = () => null;
  expect((await github.open().read([entry], () => 5)).get(entry)).toEqual(tooLarge);
  expect(github.requests).toEqual(["byteSize", "http"]);
});

test("a text that came with something else is not asked for, if it is whole", async () => {
  const github = new Blobs();
  const entry = github.add(FILE);
  const blobs = github.open();
  blobs.offer(entry.id, { text: "mx: mail" });
  blobs.offer(entry.id, { text: null });
  expect((await blobs.read([entry], limit)).get(entry)).toEqual(FILE);
  expect(github.requests.splice(0)).toEqual(["byteSize", "text"]);
  const offered = github.open();
  offered.offer(entry.id, { text: String(FILE) });
  expect((await offered.read([entry], limit)).get(entry)).toEqual(FILE);
  expect(github.requests).toEqual([]);
});

test("a query asks for 50 files and 4 MB, and no more than 32 MiB are kept", async () => {
  const github = new Blobs();
  const small = Array.from({ length: 51 }, (_, index) => github.add(Buffer.from(`${index}\n`), `f${index}`));
  await github.open().read(small, limit);
  expect(github.requests.splice(0)).toEqual(["byteSize", "byteSize", "text", "text"]);
  const large = Array.from({ length: 70 }, (_, index) => github.add(Buffer.alloc(500_000, `${index}-`), `g${index}`));
  const blobs = github.open();
  for (const { id } of large) blobs.note(id, 500_000);
  await blobs.read(large, limit);
  expect(github.requests.splice(0)).toHaveLength(9);
  await blobs.read(large, limit);
  expect(github.requests).toEqual(["text"]);
});
