import { getOctokit } from "@actions/github";
import { addRetries } from "../../src/github/retries.ts";
import { FastClock } from "../github/fastClock.ts";

/** A review comment on the fake. */
export interface Note {
  readonly id: number;
  body: string;
  readonly path: string;
  readonly line: number | null;
  readonly startLine: number | null;
  hiddenAs?: string | undefined;
  readonly replies?: number;
}

/** What goes wrong with a request. */
export interface Trouble {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** The connection ends without an answer. */
  readonly reset?: boolean;
  /** No answer before the client gives up. */
  readonly slow?: boolean;
  /** It is done nevertheless. */
  readonly done?: boolean;
}

/**
 * The comments of one pull request, in memory, behind GitHub's own client and our retries: for what needs hundreds of runs.
 * That the requests are GitHub's is held by the stand-in.
 */
export class FakeGithub {
  headSha = "a".repeat(40);
  isOpen = true;
  readonly pages: { readonly id: number; body: string }[] = [];
  notes: Note[] = [];
  /** The writes, as "POST reviews", "PATCH pulls/comments", "mutation". */
  readonly writes: string[] = [];
  /** Asked for every request. */
  trouble: (kind: string) => Trouble | undefined = () => undefined;
  /** Answers queries in place of this one, as a replica that is behind. */
  lag: FakeGithub | undefined;
  /** Holds every request up. */
  gate: (kind: string) => Promise<void> = async () => {};
  #next = 1;

  /** A client of its own for each run; `faster` shortens its waits for answers. */
  client(faster = 1) {
    const fetch = (url: string, init: RequestInit): Promise<Response> => this.#serve(new URL(url), init);
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const client = getOctokit("token", { baseUrl: "https://github.test", log, request: { fetch } });
    addRetries(client, new FastClock(faster));
    return client;
  }

  note(note: Omit<Note, "id">): Note {
    const made = { ...note, id: this.#next++ };
    this.notes.push(made);
    return made;
  }

  page(body: string): number {
    const id = this.#next++;
    this.pages.push({ id, body });
    return id;
  }

  /** The comments that are shown. */
  get shown(): readonly Note[] {
    return this.notes.filter(({ hiddenAs }) => hiddenAs === undefined);
  }

  async #serve({ pathname }: URL, { method = "GET", body, signal }: RequestInit): Promise<Response> {
    const asked = body ? JSON.parse(body as string) : {};
    const isMutation = String(asked.query).startsWith("mutation");
    const [, kind = "", id] =
      /\/((?:pulls|issues)\/comments|reviews|comments|graphql)(?:\/(\d+))?$/.exec(pathname) ?? [];
    const isIssue = kind === "comments" && pathname.includes("/issues/");
    const name =
      kind === "graphql" ? (isMutation ? "mutation" : "query") : `${method} ${isIssue ? "issue " : ""}${kind}`;
    await this.gate(name);
    if (name !== "query") this.writes.push(name);
    const trouble = this.trouble(name);
    if (trouble && !trouble.done) return ended(trouble, signal);
    const answer = this.#answer(name, Number(id), asked);
    return trouble ? ended(trouble, signal) : answer;
  }

  #answer(name: string, id: number, asked: any): Response {
    const asIs = this.lag ?? this;
    if (name === "query") return json({ data: asIs.#standing() });
    if (name === "mutation") return this.#mutate(asked);
    if (name === "POST reviews") {
      for (const { body, path, line, start_line: startLine = null } of asked.comments)
        this.note({ body, path, line, startLine });
      return json({ id: 1 });
    }
    if (name === "POST comments") {
      const { id: made } = this.note({ body: asked.body, path: asked.path, line: null, startLine: null });
      return json({ id: made }, 201);
    }
    if (name === "POST issue comments") {
      const made = this.page(asked.body);
      return json({ id: made, html_url: `https://github.test/#${made}` }, 201);
    }
    const list: { id: number; body: string }[] = name.includes("issues/") ? this.pages : this.notes;
    const index = list.findIndex((each) => each.id === id);
    const found = list[index];
    if (!found) return json({ message: "Not Found" }, 404);
    if (name.startsWith("DELETE")) {
      list.splice(index, 1);
      return new Response(null, { status: 204 });
    }
    found.body = asked.body;
    return json({ id });
  }

  #mutate({ query, variables }: { query: string; variables: Record<string, string> }): Response {
    const data: Record<string, unknown> = {};
    for (const [, field = "", name, variable = "", why] of query.matchAll(
      /(m\d+): (\w+)\(input: \{ subjectId: \$(i\d+)(?:, classifier: (\w+))? \}\)/g,
    )) {
      const note = this.notes.find((each) => `N${each.id}` === variables[variable]);
      if (note) note.hiddenAs = name === "minimizeComment" ? why : undefined;
      data[field] = note ? {} : null;
    }
    return json({ data });
  }

  #standing(): unknown {
    const pageInfo = { hasNextPage: false, endCursor: null };
    const node = (id: number, body: string, isMinimized: boolean) => ({
      id: `N${id}`,
      databaseId: id,
      body,
      isMinimized,
      url: `https://github.test/#${id}`,
      viewerDidAuthor: true,
    });
    return {
      repository: {
        pullRequest: {
          headRefOid: this.headSha,
          state: this.isOpen ? "OPEN" : "CLOSED",
          comments: { pageInfo, nodes: this.pages.map(({ id, body }) => node(id, body, false)) },
          reviewThreads: {
            pageInfo,
            nodes: this.notes.map(({ id, body, path, line, startLine, hiddenAs, replies = 0 }) => ({
              path,
              line,
              startLine,
              isOutdated: false,
              comments: { totalCount: 1 + replies, nodes: [node(id, body, hiddenAs !== undefined)] },
            })),
          },
        },
      },
    };
  }
}

function json(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", ...headers } });
}

async function ended({ status, headers, body, reset, slow }: Trouble, signal: AbortSignal | null | undefined) {
  if (reset)
    throw new TypeError("fetch failed", { cause: Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }) });
  if (slow)
    return new Promise<Response>((_, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason as Error)),
    );
  return json(body ?? { message: "Not well" }, status, headers);
}
