import { getOctokit } from "@actions/github";
import { onTestFinished } from "vitest";
import { conclude } from "../../src/model/conclusion.ts";
import type { Review } from "../../src/model/review.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { changedFiles } from "../../src/publish/changedFiles.ts";
import type { Publication } from "../../src/publish/publication.ts";
import { type Published, publish } from "../../src/publish/publish.ts";
import { readOnlyBecause } from "../../src/publish/readOnly.ts";
import { review } from "../../src/review.ts";
import { StandIn, WORKFLOW_TOKEN } from "../github/standIn.ts";
import type { RepositoryStory } from "../github/story.ts";
import { type Files, configOf, snapshotOf } from "../snapshotOf.ts";

/** A pull request on the stand-in, and what it changes. */
export class Publishing {
  readonly standIn: StandIn;
  readonly #base: Files;
  #head: Files;

  private constructor(standIn: StandIn, base: Files, head: Files) {
    this.standIn = standIn;
    this.#base = base;
    this.#head = head;
  }

  static async begin(
    base: Files,
    head: Files,
    more: Partial<RepositoryStory> & { fork?: string } = {},
  ): Promise<Publishing> {
    const { fork, ...story } = more;
    const standIn = await StandIn.start({
      main: [{ at: "2026-01-01T00:00:00Z", files: base }],
      topic: {
        commits: [{ at: "2026-06-01T12:00:00Z", files: changeOf(base, head) }],
        ...(fork === undefined ? {} : { fork }),
      },
      ...story,
    });
    onTestFinished(() => standIn.close());
    return new Publishing(standIn, base, head);
  }

  /** Pushes what the head shall hold instead. */
  async push(head: Files): Promise<void> {
    await this.standIn.push([{ at: "2026-06-02T12:00:00Z", files: changeOf(this.#head, head) }]);
    this.#head = head;
  }

  get snapshot(): Snapshot {
    return snapshotOf({ base: this.#base, head: this.#head });
  }

  get review(): Review {
    return review(this.snapshot, configOf(this.snapshot));
  }

  /** A run of the Action; returns what it published, and the requests that wrote. */
  async run(
    more: Partial<Publication> = {},
    actor = "nora",
  ): Promise<Published & { readonly writes: readonly string[] }> {
    const { standIn, snapshot } = this;
    const client = getOctokit(WORKFLOW_TOKEN, { baseUrl: standIn.url, request: { fetch } });
    const told = await standIn.pull();
    const [owner, repo] = ["acme", "dns"];
    const files = await changedFiles(client, { owner, repo, number: told.number });
    const found = more.review ?? this.review;
    standIn.forgetRequests();
    const published = await publish(
      client,
      {
        pull: {
          owner,
          repo,
          number: told.number,
          headSha: told.head.sha,
          headBranch: told.head.ref,
          headRepository: told.head.repo?.full_name,
          mayPush: told.head.repo?.full_name === "acme/dns",
          files,
        },
        review: found,
        conclusion: conclude(found.findings, { failOn: "error", all: false }),
        text: (path) => snapshot.head.sources.get(path),
        comment: "changes",
        inlineComments: 25,
        serverUrl: "https://github.com",
        readOnly: readOnlyBecause({
          event: "pull_request",
          actor,
          repository: "acme/dns",
          headRepository: told.head.repo?.full_name,
        }),
        dryRun: false,
        notes: [],
        rest: "in the job summary",
        run: "4711.1",
        ...more,
      },
      async () => {},
    );
    return { ...published, writes: standIn.writes.map(({ kind, status }) => `${kind.split("/").at(-1)} ${status}`) };
  }
}

function changeOf(from: Files, to: Files): Record<string, string | Uint8Array | null> {
  const gone = Object.keys(from).filter((path) => !(path in to));
  const come = Object.entries(to).filter(([path, text]) => from[path] !== text);
  return { ...Object.fromEntries(gone.map((path) => [path, null])), ...Object.fromEntries(come) };
}
