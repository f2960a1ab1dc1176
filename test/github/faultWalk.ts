import { getOctokit } from "@actions/github";
import { addRetries } from "../../src/github/retries.ts";
import { pullsOfRun } from "../../src/action/pullsOfRun.ts";
import type { RepositoryPlace } from "../../src/load/githubApi.ts";
import { openGithub } from "../../src/load/githubRepository.ts";
import { Unusable } from "../../src/load/unusable.ts";
import { judge } from "../../src/judge/judge.ts";
import { conclude } from "../../src/model/conclusion.ts";
import { POLICY, ZONE, policy, zone } from "../nordwind.ts";
import type { Json } from "./emulated.ts";
import { FastClock } from "./fastClock.ts";
import { type StandIn, WORKFLOW_TOKEN } from "./standIn.ts";
import type { RepositoryStory } from "./story.ts";
import type { StoryRepository } from "./storyRepository.ts";

const OLD = "old/nordwind.de/mta-sts.txt";
const LATIN = Buffer.from(`${zone().replaceAll("nordwind", "west")}; caf\xe9\n`, "latin1");

/** A pull request that needs every kind of read request. */
export const RICH: RepositoryStory = {
  main: [
    { at: "2026-01-01T10:00:00Z", files: { README: "1\n" } },
    { at: "2026-01-02T10:00:00Z", files: { [OLD]: policy(), "zones/west.de.zone": LATIN } },
    { at: "2026-02-01T10:00:00Z", files: { [OLD]: null, [POLICY]: policy(), [ZONE]: zone() } },
    {
      pull: [{ at: "2026-05-01T10:00:00Z", files: { [POLICY]: policy({ maxAge: 86400 }), [ZONE]: zone({ id: "2" }) } }],
      mergedAt: "2026-05-28T10:00:00Z",
    },
    {
      at: "2026-05-29T10:00:00Z",
      files: {
        ".github/mta-sts-guard.yml":
          "version: 1\nignore:\n  - { rule: policy-max-age-short, domain: nordwind.de, until: 2027-01-31, reason: CHG-12 }\n",
      },
    },
  ],
  topic: {
    commits: [
      {
        at: "2026-06-01T10:00:00Z",
        files: {
          [POLICY]: policy({ mode: "enforce", maxAge: 86400 }),
          [ZONE]: zone({ id: "2", mx: ["10 mx1", "20 mx2.fabrikam.net."] }),
          "zones/west.de.zone": Buffer.concat([LATIN, Buffer.from("new A 203.0.113.9\n")]),
          ".github/workflows/mta-sts.yml": "jobs:\n  a: { steps: [{ uses: acme/mta-sts-guard@v1 }] }\n",
        },
      },
    ],
  },
};

/** A request, known again when it is repeated. */
interface Asked {
  readonly url: string;
  readonly method: string;
  readonly body: string;
}

interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What goes wrong with one request, made from its right answer; undefined where it cannot; "reset" and "silence" are no answers. */
export type Wrong = (right: Told) => Told | "reset" | "silence" | undefined;

const answer = (status: number, headers: Record<string, string> = {}, body: Json = { message: "not today" }): Wrong => {
  return () => ({ status, headers: { ...JSON_TYPE, ...headers }, text: JSON.stringify(body) });
};
const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const far = String(Math.floor(Date.now() / 1000) + 7200);

/** Whatever the request is. */
export const FAULTS: Readonly<Record<string, Wrong>> = {
  "403": answer(403),
  "404": answer(404),
  "422": answer(422),
  "429 retry-after": answer(429, { "retry-after": "7" }),
  "429": answer(429),
  "rate limit used up": answer(403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": far }),
  "secondary limit": answer(403, {}, { message: "You have exceeded a secondary rate limit. Please wait." }),
  "502": () => ({ status: 502, headers: { "content-type": "text/html" }, text: "<html>Unicorn!</html>" }),
  reset: () => "reset",
  silence: () => "silence",
  "cut off": (right) => ({ ...right, text: right.text.slice(0, right.text.length / 2) }),
  "GraphQL error": graphql({ message: "Something went wrong while executing your query." }),
  "GraphQL limit": graphql({ type: "RATE_LIMITED", message: "API rate limit exceeded" }),
  "GraphQL forbidden": graphql({ type: "FORBIDDEN", message: "Resource not accessible by integration" }),
  "no data": (right) => (isQuery(right) ? { ...right, text: '{"data":null}' } : { ...right, text: "null" }),
  truncated: (right) => edited(right, (name, value) => SHORTENED[name]?.(value)),
};

function graphql(error: Json): Wrong {
  return (right) => (isQuery(right) ? { ...right, text: JSON.stringify({ data: null, errors: [error] }) } : undefined);
}

function isQuery({ text }: Told): boolean {
  return text.startsWith('{"data"');
}

/** What GitHub may shorten, and says so or not. */
const SHORTENED: Readonly<Record<string, (value: Json) => Json>> = {
  entries: (entries) => entries.slice(0, -1),
  text: (text) => text.slice(0, -1),
  truncated: () => true,
  content: (content) => content.slice(0, 8),
};

/** One fault for each field that the answer has: null wherever it stands. */
export function nullFaults(right: Told): Readonly<Record<string, Wrong>> {
  const names = new Set<string>();
  edited(right, (name) => void names.add(name));
  const used = [...names].filter((name) => ASKED_FOR.test(name) && !SAYS_SOMETHING.has(name));
  return Object.fromEntries(
    used.map((name) => [
      `${name.replace(/\d+$/, "…")}: null`,
      (each) => edited(each, (own) => (own === name ? null : undefined)),
    ]),
  );
}

/** What a query asks for, and what we look at of a REST answer. */
const ASKED_FOR =
  /^(?:repository|[fhbt]\d*|oid|committedDate|entries|name|mode|type|byteSize|text|history|nodes|pageInfo|hasNextPage|parents|associatedPullRequests|merge_base_commit|tree|sha|content|files|commit|number|state|base|head|ref|full_name)$/;
/** Null is a regular answer. */
const SAYS_SOMETHING = new Set(["file", "mergeCommit", "mergedAt", "endCursor"]);

/** The answer with some fields changed; undefined where none was, or where it is no JSON. */
function edited(right: Told, edit: (name: string, value: Json) => Json): Told | undefined {
  let isChanged = false;
  const text = JSON.stringify(JSON.parse(right.text), (name, value: Json) => {
    const other = name === "" || value === null ? undefined : edit(name, value);
    if (other === undefined) return value;
    isChanged = true;
    return other;
  });
  return isChanged ? { ...right, text } : undefined;
}

type Client = ReturnType<typeof getOctokit>;

/** Something that only reads, and how it ends; the place is the stand-in's repository. */
export type Reader = (
  client: Client,
  place: RepositoryPlace,
  openPull: StoryRepository["openPull"],
) => Promise<Outcome>;

export const JUDGE: Reader = async (client, place, { baseSha, headSha }) => {
  const task = { kind: "change", base: baseSha, head: headSha, branch: "main" } as const;
  const repository = openGithub(client, { ...place, branch: "main" });
  const judged = await judge(repository, task, undefined, new Date("2026-06-01T12:00:00Z"));
  const { findings } = judged.review;
  const gap = findings.find(({ rule }) => rule === "incomplete");
  const conclusion = conclude(findings, { failOn: "error", all: false });
  if (conclusion === "incomplete") return { kind: "incomplete", text: gap?.message ?? "" };
  const text = JSON.stringify([judged.base, judged.head, findings.map(told), judged.state?.review.findings.map(told)]);
  return { kind: "judged", text };
};

/** The second stage, which judges what this finds. */
export const FIND_PULLS: Reader = async (client, place, { headSha: head, branch: headBranch }) => {
  const headRepository = `${place.owner}/${place.repo}`;
  const found = await pullsOfRun(client, place, { kind: "run", head, headBranch, headRepository }, {});
  return { kind: "judged", text: JSON.stringify(found) };
};

/** Runs of a reader, in this process, on a clock that does not wait; each answer of the stand-in is fetched once. */
export class ReadWalk {
  readonly #standIn: StandIn;
  readonly #reader: Reader;
  readonly #known = new Map<string, Promise<Told>>();

  constructor(standIn: StandIn, reader: Reader) {
    this.#standIn = standIn;
    this.#reader = reader;
  }

  /** The requests of a run without faults, and their right answers. */
  async requests(): Promise<ReadonlyMap<string, Told>> {
    const seen = new Map<string, Told>();
    await this.#read(async (key, right) => (seen.set(key, await right()), undefined));
    return seen;
  }

  /** How a run ends in which a request goes wrong, the first time or each time. */
  async outcome(request: string, wrong: Wrong, times = Infinity): Promise<Outcome> {
    let turn = 0;
    try {
      return await this.#read(async (key, right) =>
        key === request && turn++ < times ? wrong(await right()) : undefined,
      );
    } catch (error) {
      if (error instanceof Unusable) return { kind: "red", text: error.message };
      return { kind: "crash", text: String((error as Error).stack) };
    }
  }

  async #read(meddle: (key: string, right: () => Promise<Told>) => Promise<ReturnType<Wrong>>): Promise<Outcome> {
    const fetch = async (url: string, init: Json): Promise<Response> => {
      const key = keyOf({ url, method: init.method, body: init.body ?? "" });
      const right = (): Promise<Told> => {
        const known = this.#known.get(key) ?? this.#fetch(url, init);
        this.#known.set(key, known);
        return known;
      };
      const reply = (await meddle(key, right)) ?? (await right());
      if (reply === "reset") throw new TypeError("fetch failed", { cause: new Error("read ECONNRESET") });
      if (reply === "silence") return silence(init.signal);
      return new Response(reply.text, reply);
    };
    const { openPull, fullName } = this.#standIn.repository;
    const [owner = "", repo = ""] = fullName.split("/");
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const client = getOctokit(WORKFLOW_TOKEN, { baseUrl: this.#standIn.url, log, request: { fetch } });
    addRetries(client, new FastClock(500));
    return this.#reader(client, { owner, repo }, openPull);
  }

  async #fetch(url: string, { method, headers, body }: Json): Promise<Told> {
    const response = await fetch(url, { method, headers, body });
    return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
  }
}

/** `text` is the judgement, or the one line that is told. */
export interface Outcome {
  readonly kind: "judged" | "incomplete" | "red" | "crash";
  readonly text: string;
}

function told({ rule, status, severity, message, domain }: Json): Json {
  return { rule, status, severity, message, domain };
}

function keyOf({ url, method, body }: Asked): string {
  return `${method} ${url} ${body}`;
}

function silence(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
}

/** What a request is for, in two words. */
export function purposeOf(key: string): string {
  const [, purpose = key] = PURPOSES.find(([mark]) => key.includes(mark)) ?? [];
  return purpose;
}

const PURPOSES = [
  ["/pulls?", "pull requests of a run"],
  ["/compare/", "merge base"],
  ["recursive=1", "all paths"],
  ["/git/trees/", "one folder"],
  ["/git/blobs/", "one file"],
  ["/commits/", "renames"],
  ["history(", "history"],
  ["entries {", "folders"],
  ["Blob { text }", "texts"],
  ["byteSize }", "sizes"],
] as const;
