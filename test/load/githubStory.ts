import { getOctokit } from "@actions/github";
import { expect, onTestFinished, vi } from "vitest";
import { addRetries } from "../../src/github/retries.ts";
import { openRepository } from "../../src/load/gitRepository.ts";
import { openGithub } from "../../src/load/githubRepository.ts";
import { loadConfig, withConfig } from "../../src/load/loadConfig.ts";
import { loadChange } from "../../src/load/loadSnapshot.ts";
import type { Repository } from "../../src/load/repository.ts";
import { Unusable } from "../../src/load/unusable.ts";
import type { Snapshot, Tree } from "../../src/model/snapshot.ts";
import { RULES } from "../../src/rules/index.ts";
import { FastClock } from "../github/fastClock.ts";
import { StandIn, WORKFLOW_TOKEN } from "../github/standIn.ts";
import type { Limits, RepositoryStory } from "../github/story.ts";

vi.setConfig({ testTimeout: 60_000 });

export const NOW = new Date("2026-06-01T12:00:00Z");

/** A story on GitHub, closed when the test ends. */
export async function tell(story: RepositoryStory, limits?: Partial<Limits>): Promise<StandIn> {
  const standIn = await StandIn.start(story, limits);
  onTestFinished(() => standIn.close());
  return standIn;
}

export function github(standIn: StandIn, token = WORKFLOW_TOKEN, clock = new FastClock(0.1)): Repository {
  const octokit = getOctokit(token, { baseUrl: standIn.url, request: { fetch } });
  addRetries(octokit, clock);
  return openGithub(octokit, { owner: "acme", repo: "dns" });
}

export async function clone({ repository: { directory } }: StandIn): Promise<Repository> {
  const repository = await openRepository(directory);
  if (!repository) throw new Error("no repository");
  return repository;
}

/** The open pull request as the Action loads it. */
export async function loadPull(repository: Repository, { repository: { openPull } }: StandIn): Promise<Snapshot> {
  const base = await repository.mergeBase(openPull.baseSha, openPull.headSha);
  const head = await repository.resolve(openPull.headSha);
  const found = await loadConfig(repository, { base: base.id, head: head.id }, RULES);
  const snapshot = await loadChange(repository, base, head.id, NOW, head.date, found.config);
  return withConfig(snapshot, found);
}

/** Loads the pull request through the API and from git, and holds that both are one; answers the former. */
export async function loadBoth(standIn: StandIn): Promise<Snapshot> {
  const [told, cloned] = [await loadPull(github(standIn), standIn), await loadPull(await clone(standIn), standIn)];
  expect(plain(told)).toEqual(plain(cloned));
  return told;
}

/** A snapshot without what hangs on the name of the clone's folder. */
function plain({ base, head, changed, past, configs, ...rest }: Snapshot) {
  const texts = (tree: Tree) => ({
    sources: Array.from(tree.sources, ([path, { file, bytes }]) => `${path} (${file}): ${hex(bytes)}`).toSorted(),
    unread: tree.unread.map(({ path, reason }) => `${path}: ${reason}`).toSorted(),
  });
  return {
    ...rest,
    base: base && texts(base),
    head: texts(head),
    changed: [...changed].toSorted(),
    configs: [configs?.base?.config, configs?.head?.config].map((config) => JSON.stringify(config)),
    // In the order of each path's own life; what came in one moment has no order.
    past: past
      .map((file) => ({ ...file, source: file.source && hex(file.source.bytes) }))
      .toSorted((a, b) => a.moment.getTime() - b.moment.getTime() || (a.of < b.of ? -1 : Number(a.of !== b.of))),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

export async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Unusable);
  return (error as Unusable).message;
}
