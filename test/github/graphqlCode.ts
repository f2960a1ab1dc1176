import { posix } from "node:path";
import { API, type Json, SITE } from "./emulated.ts";
import { connection } from "./connection.ts";
import { gitLines, gitText } from "./git.ts";
import { pullNode } from "./graphqlPulls.ts";
import { type GitObject, Objects } from "./objects.ts";
import { pullCommits } from "./pulls.ts";
import { forbidden } from "./refused.ts";
import { may, type State, type Token } from "./state.ts";

/** The fields of a repository that tell its code. */
export function codeOf(state: State, token: Token): Json {
  const objects = new Objects(state.repository.directory);
  const reader = { state, token, objects };
  return {
    object: async ({ oid, expression }: Json) => {
      if (!may(token, "read", "contents")) throw forbidden();
      const object = await objects.read(oid ?? expression);
      return object ? objectNode(reader, object, expression?.split(":")[1] ?? "") : null;
    },
    ref: async ({ qualifiedName }: Json) => {
      const name = qualifiedName.startsWith("refs/") ? qualifiedName : `refs/heads/${qualifiedName}`;
      const target = await objects.read(name);
      return target
        ? { __typename: "Ref", name: name.split("/").slice(2).join("/"), target: objectNode(reader, target, "") }
        : null;
    },
    defaultBranchRef: async () => {
      const target = await objects.read("refs/heads/main");
      return target ? { __typename: "Ref", name: "main", target: objectNode(reader, target, "") } : null;
    },
  };
}

interface Reader {
  readonly state: State;
  readonly token: Token;
  readonly objects: Objects;
}

/** `path` is where the object was found, "" at the root or if it was named by its id. */
function objectNode(reader: Reader, object: GitObject, path: string): Json {
  const { oid, type } = object;
  const common = { id: `${type}_${oid}`, oid, abbreviatedOid: oid.slice(0, 7) };
  if (type === "commit") return { ...common, ...commitNode(reader, object) };
  if (type === "tree") return { ...common, __typename: "Tree", entries: () => entriesOf(reader, object, path) };
  return { ...common, ...blobNode(reader, object) };
}

/** Text is text even where it is no UTF-8: then it does not hold the blob's bytes. */
function blobNode({ state }: Reader, { bytes }: GitObject): Json {
  const isBinary = bytes.subarray(0, 8000).includes(0);
  const isTruncated = bytes.length > state.limits.blobText;
  const text = isBinary ? null : bytes.subarray(0, state.limits.blobText).toString("utf8");
  return { __typename: "Blob", byteSize: bytes.length, isBinary, isTruncated, text };
}

function entriesOf(reader: Reader, { bytes }: GitObject, path: string): readonly Json[] {
  const entries: Json[] = [];
  for (let at = 0; at < bytes.length;) {
    const blank = bytes.indexOf(" ", at);
    const end = bytes.indexOf(0, blank);
    const mode = Number.parseInt(bytes.toString("latin1", at, blank), 8);
    const name = bytes.toString("utf8", blank + 1, end);
    const oid = bytes.toString("hex", end + 1, end + 21);
    const whole = path === "" ? name : `${path}/${name}`;
    entries.push({
      __typename: "TreeEntry",
      name,
      path: whole,
      mode,
      oid,
      size: async () => (mode === 0o40_000 ? 0 : ((await reader.objects.read(oid))?.bytes.length ?? 0)),
      type: mode === 0o40_000 ? "tree" : mode === 0o160_000 ? "commit" : "blob",
      object: async () => {
        const object = await reader.objects.read(oid);
        return object ? objectNode(reader, object, whole) : null;
      },
    });
    at = end + 21;
  }
  return entries;
}

function commitNode(reader: Reader, { oid, bytes }: GitObject): Json {
  const { state, token, objects } = reader;
  const text = bytes.toString("utf8");
  const message = text.slice(text.indexOf("\n\n") + 2).trimEnd();
  const find = async (name: string): Promise<Json> => {
    const object = await objects.read(name);
    return object ? objectNode(reader, object, "") : null;
  };
  return {
    __typename: "Commit",
    committedDate: dateOf(text, "committer"),
    authoredDate: dateOf(text, "author"),
    message,
    messageHeadline: message.split("\n")[0],
    url: `${SITE}/${state.repository.fullName}/commit/${oid}`,
    tarballUrl: `${API}/repos/${state.repository.fullName}/tarball/${oid}`,
    tree: () => find(/^tree (\S+)/m.exec(text)?.[1] ?? ""),
    file: async ({ path }: Json) => {
      const folder = await objects.read(`${oid}:${posix.dirname(path).replace(/^\.$/, "")}`);
      if (folder?.type !== "tree") return null;
      const entries = entriesOf(reader, folder, posix.dirname(path).replace(/^\.$/, ""));
      return entries.find((entry) => entry.path === path) ?? null;
    },
    parents: async (args: Json) => {
      const parents = Array.from(text.split("\n\n")[0]?.matchAll(/^parent (\S+)/gm) ?? [], ([, sha = ""]) => sha);
      return connection("parents", await Promise.all(parents.map(find)), args);
    },
    changedFilesIfAvailable: async () =>
      (
        await gitLines(
          state.repository.directory,
          "diff-tree",
          "--root",
          "-r",
          "-M",
          "--name-only",
          "--no-commit-id",
          oid,
        )
      ).length,
    history: async (args: Json) => {
      const shas = await log(state, oid, args);
      return connection("history", shas, args, find, (index) => `${oid} ${index}`);
    },
    associatedPullRequests: async (args: Json) => {
      if (!may(token, "read", "pull_requests")) throw forbidden();
      const pulls = [];
      for (const pull of state.repository.pulls) {
        if (pull.mergeSha === oid || (await pullCommits(state, pull)).includes(oid)) pulls.push(pull);
      }
      return connection("associatedPullRequests", pulls, args, async (pull) => ({
        ...(await pullNode(state, token, pull)),
        mergeCommit: () => (pull.mergedAt === undefined ? null : find(pull.mergeSha)),
      }));
    },
  };
}

/** `git log` as GitHub runs it: all parents, dates of the topic branch, no renames. */
async function log(state: State, oid: string, { path, since, until, author }: Json): Promise<readonly string[]> {
  if (author) state.report("graphql: the stand-in does not answer Commit.history(author:)");
  const dates = [...(since ? [`--since=${since}`] : []), ...(until ? [`--until=${until}`] : [])];
  const paths = path ? ["--", `:(literal)${path}`] : [];
  return (await gitText(state.repository.directory, "log", "--format=%H", ...dates, oid, ...paths))
    .split("\n")
    .filter((sha) => sha !== "");
}

function dateOf(commit: string, who: string): string {
  const seconds = new RegExp(`^${who} .* (\\d+) \\S+$`, "m").exec(commit)?.[1] ?? "0";
  return new Date(Number(seconds) * 1000).toISOString().replace(".000", "");
}
