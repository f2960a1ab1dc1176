import { describe, expect, test } from "vitest";
import { GithubApi, type Octokit } from "../../src/load/githubApi.ts";
import { GithubBlobs } from "../../src/load/githubBlobs.ts";
import { GithubTree } from "../../src/load/githubTree.ts";
import { objectId } from "../../src/load/objectId.ts";
import { decodePath } from "../../src/load/pathName.ts";
import type { Json } from "../github/emulated.ts";
import { failureOf } from "./githubStory.ts";

type Files = { readonly [name: string]: string | Files };

/** Trees as git keeps them, and GitHub as it tells them: names as UTF-8, whatever their bytes are. */
class Trees {
  readonly requests: string[] = [];
  /** By id. */
  readonly trees = new Map<string, Json[]>();
  readonly commits: Record<string, string> = {};
  /** What a query leaves out or GitHub spoils. */
  spoil: (entries: Json[] | null, expression: string) => Json[] | null | undefined = (entries) => entries;
  spoilRest: (answer: Json, isWhole: boolean) => Json = (answer) => answer;
  rawNames = true;

  commit(id: string, files: Files): string {
    const commit = id.repeat(40);
    this.commits[commit] = this.#add(files);
    return commit;
  }

  open(): GithubTree {
    const octokit: Octokit = {
      request: async (route, parameters) => {
        this.requests.push(route);
        const ref = String(parameters?.["tree_sha"] ?? parameters?.["ref"]);
        if (route.includes("/commits/")) return { data: this.#restCommit(ref) };
        const sha = this.commits[ref] ?? ref;
        const tree = this.trees.get(sha);
        if (!tree) throw Object.assign(new Error("Not Found"), { status: 404 });
        const told = tree.map(({ name, oid, mode, type, size }) => ({
          path: shown(name),
          sha: oid,
          mode: mode.toString(8).padStart(6, "0"),
          type,
          size,
        }));
        return { data: this.spoilRest({ sha, truncated: false, tree: told }, parameters?.["recursive"] === "1") };
      },
      graphql: async (query, variables) => {
        this.requests.push("graphql");
        const raw = variables?.["t"] as string | undefined;
        if (raw !== undefined)
          return { repository: { t: this.rawNames ? { entries: this.trees.get(raw)?.map(rawItem) } : null } };
        const names = Object.keys(variables ?? {}).filter((name) => /^e\d/.test(name));
        const isCommit = (name: string): boolean =>
          query.includes(`${name.replace("e", "f")}: object(expression: $${name}) { ... on Commit`);
        const told = names.map((name) => [
          name.replace("e", "f"),
          this.#node(String(variables?.[name]), isCommit(name)),
        ]);
        return { repository: Object.fromEntries(told) };
      },
    };
    const api = new GithubApi(octokit, { owner: "acme", repo: "dns" });
    return new GithubTree(api, new GithubBlobs(api));
  }

  #restCommit(ref: string): Json {
    if (this.commits[ref] === undefined)
      throw Object.assign(new Error(`No commit found for SHA: ${ref}`), { status: 422 });
    return { sha: ref, commit: { committer: { date: "2026-06-01T00:00:00Z" } } };
  }

  #node(expression: string, isCommit: boolean): Json {
    const [commit = "", path = ""] = expression.split(":");
    if (isCommit) return null;
    let oid = this.commits[commit];
    for (const part of path === "" ? [] : path.split("/"))
      oid = this.trees.get(oid ?? "")?.find(({ name, type }) => name === part && type === "tree")?.oid;
    // What is no UTF-8, or holds a colon, is not found by its name.
    if (oid === undefined || expression.split(":").length > 2) return null;
    const entries = this.spoil(this.trees.get(oid)?.map((item) => ({ ...item, name: shown(item.name) })) ?? null, path);
    return { oid, entries };
  }

  #add(files: Files): string {
    const items = Object.entries(files).map(([name, content]) =>
      typeof content === "string"
        ? {
            name,
            oid: objectId("blob", Buffer.from(content in MODES ? "1" : content), 40),
            mode: MODES[content] ?? 0o100644,
            type: "blob",
            size: content.length,
          }
        : { name, oid: this.#add(content), mode: 0o40000, type: "tree", size: 0 },
    );
    const key = ({ name, type }: Json): Buffer =>
      Buffer.concat([bytesOf(name), Buffer.from(type === "tree" ? "/" : "")]);
    const sorted = items.toSorted((a, b) => Buffer.compare(key(a), key(b)));
    const lines = sorted.map(({ name, mode, oid }) =>
      Buffer.concat([Buffer.from(`${mode.toString(8)} `), bytesOf(name), Buffer.from([0]), Buffer.from(oid, "hex")]),
    );
    const id = objectId("tree", Buffer.concat(lines), 40);
    // GitHub need not tell them in git's order.
    this.trees.set(id, sorted.toReversed());
    return id;
  }
}

/** The content "1" as a link and as a program. */
const MODES: Readonly<Record<string, number>> = { link: 0o120000, program: 0o100755 };

/** Names of a test are Latin-1 where they are not ASCII. */
const bytesOf = (name: string): Buffer => Buffer.from(name, "latin1");
const shown = (name: string): string => bytesOf(name).toString("utf8");
const rawItem = ({ name, ...item }: Json): Json => ({ ...item, nameRaw: bytesOf(name).toString("base64") });
const path = (name: string): string => decodePath(bytesOf(name));

describe("a folder that no query tells", () => {
  test.each(["a:b", "a\xff", "\xff\xfe", "tab\tname"])("by the name %j is told by its id", async (name) => {
    const github = new Trees();
    const head = github.commit("1", { x: { [name]: { "mta-sts.txt": "2" } } });
    const base = github.commit("2", { x: { [name]: { "mta-sts.txt": "1" } } });
    const [changes] = await github.open().diffs([[base, head]]);
    expect(changes?.map((change) => change.path)).toEqual([path(`x/${name}/mta-sts.txt`)]);
    expect((await github.open().entry(head, path(`x/${name}/mta-sts.txt`)))?.kind).toBe("file");
  });

  test("two names that GitHub shows alike are two", async () => {
    const github = new Trees();
    const head = github.commit("1", { "\xff": "2", "\xfe": "1" });
    const base = github.commit("2", { "\xff": "1", "\xfe": "1" });
    const [changes] = await github.open().diffs([[base, head]]);
    expect(changes?.map((change) => change.path)).toEqual([path("\xff")]);
  });

  test("is not there if the folder above does not hold it, or holds a file of that name", async () => {
    const github = new Trees();
    const head = github.commit("1", { a: "1", b: { c: "1" } });
    const tree = github.open();
    for (const none of ["d/e", "a/b", "b/c/d", "b/d/e"]) expect(await tree.entry(head, none)).toBeUndefined();
    expect(github.requests.filter((each) => each !== "graphql")).toEqual([]);
  });

  test.each<[string, Trees["spoil"]]>([
    ["left out", () => null],
    ["cut off", (entries) => entries?.slice(1)],
    ["without a mode", (entries) => entries?.map((item) => ({ ...item, mode: null }))],
    ["without a name", (entries) => entries?.map((item) => ({ ...item, name: null }))],
  ])("%s", async (_, spoil) => {
    const github = new Trees();
    // `x.y` stands before `x/`, and behind `x`.
    const base = github.commit("2", { x: { a: "1", b: "1" }, "x.y": "1" });
    const head = github.commit("1", { x: { a: "2", b: "2" }, "x.y": "2" });
    github.spoil = spoil;
    const [changes] = await github.open().diffs([[base, head]]);
    expect(changes?.map((change) => change.path).toSorted()).toEqual(["x.y", "x/a", "x/b"]);
  });

  test("and GitHub's other answer neither ends it", async () => {
    const github = new Trees();
    const head = github.commit("1", { a: "1" });
    github.spoil = () => null;
    github.rawNames = false;
    for (const spoilRest of [
      (answer: Json) => ({ ...answer, truncated: true }),
      (answer: Json) => ({ ...answer, tree: [{ ...answer.tree[0], path: null }] }),
    ]) {
      github.spoilRest = spoilRest;
      expect(await failureOf(github.open().entry(head, "a"))).toMatch(/does not give the folder "": run the job again/);
    }
    delete github.commits[head];
    expect(await failureOf(github.open().entry(head, "a"))).toMatch(/does not give the folder/);
  });

  test("whose odd names GitHub does not tell keeps those that it shows", async () => {
    const github = new Trees();
    const head = github.commit("1", { "\xff": "2" });
    github.rawNames = false;
    expect((await github.open().entry(head, "\ufffd"))?.kind).toBe("file");
  });
});

describe("a listing that GitHub cuts", () => {
  const folders = (count: number): Files =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${String(index).padStart(3, "0")}`, { a: "1" }]));

  test("is another than one that holds all, which is one request", async () => {
    const github = new Trees();
    expect((await github.open().list(github.commit("1", folders(2)))).isCut).toBe(false);
    expect(github.requests).toHaveLength(1);
  });

  test("is put together folder by folder", async () => {
    const github = new Trees();
    const head = github.commit("1", { ...folders(59), b: "1" });
    github.spoilRest = (answer, isWhole) => (isWhole ? { ...answer, tree: [], truncated: true } : answer);
    const { text, isCut } = await github.open().list(head);
    const paths = text.split("\0").map((line) => line.split("\t")[1]);
    expect([isCut, paths.slice(0, 3), paths.length]).toEqual([false, ["b", "f000/a", "f001/a"], 61]);
    expect(github.requests).toHaveLength(120);
  });

  test("costs 120 requests, and is told to hold less than there is where they do not suffice", async () => {
    const github = new Trees();
    const head = github.commit("1", folders(200));
    github.spoilRest = (answer, isWhole) => (isWhole ? { ...answer, tree: [], truncated: true } : answer);
    const { text, isCut } = await github.open().list(head);
    expect([isCut, text.split("\0").length]).toEqual([true, 60]);
    expect(github.requests).toHaveLength(120);
  });

  test.each<[string, Trees["spoilRest"]]>([
    ["in one folder, too,", (answer) => ({ ...answer, truncated: true })],
    ["by a name", (answer) => ({ ...answer, tree: [...answer.tree, { ...answer.tree[0], path: null }] })],
  ])("%s is told to hold less", async (_, spoilRest) => {
    const github = new Trees();
    const head = github.commit("1", { b: "1" });
    github.spoilRest = spoilRest;
    expect(await github.open().list(head)).toMatchObject({
      isCut: true,
      text: expect.stringMatching(/^100644 .*\tb\0$/),
    });
  });
});

test("sound trees are told by queries alone, whatever the order", async () => {
  const github = new Trees();
  const base = github.commit("2", { x: { a: "1" }, "x.y": "1", "x-y": "1", same: { b: "1" } });
  const head = github.commit("1", { x: { a: "2" }, "x.y": "1", "x-y": "1", same: { b: "1" } });
  const [changes] = await github.open().diffs([[base, head]]);
  expect(changes?.map((change) => change.path)).toEqual(["x/a"]);
  expect(github.requests).toEqual(["graphql", "graphql"]);
});

test("a file that becomes a link of the same bytes differs, one that becomes a program does not", async () => {
  const github = new Trees();
  const [base, head] = [github.commit("2", { a: "1", b: "1" }), github.commit("1", { a: "link", b: "program" })];
  const [changes] = await github.open().diffs([[base, head]]);
  expect(changes?.map((change) => [change.path, change.head?.kind])).toEqual([["a", "link"]]);
});

test("a commit that the query does not tell is asked for alone; what is none is none", async () => {
  const github = new Trees();
  const head = github.commit("1", {});
  expect((await github.open().resolve(head))?.date.toISOString()).toBe("2026-06-01T00:00:00.000Z");
  expect(await github.open().resolve("3".repeat(40))).toBeUndefined();
});
