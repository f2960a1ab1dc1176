import type { InstalledApp } from "../github/app.ts";
import type { Json } from "../github/emulated.ts";
import { IDS } from "../github/people.ts";
import type { StandIn } from "../github/standIn.ts";

/** An event's name, and what GitHub would send. */
export type Webhook = readonly [event: string, payload: Json];

/** What GitHub would send to an app of what happens in a stand-in. */
export class Webhooks {
  readonly #standIn: StandIn;
  readonly #app: InstalledApp;

  constructor(standIn: StandIn, app: InstalledApp) {
    this.#standIn = standIn;
    this.#app = app;
  }

  async pull(action: string, more: Json = {}): Promise<Webhook> {
    const pull = await this.#standIn.pull();
    return this.#of("pull_request", { action, number: pull.number, pull_request: pull, ...more });
  }

  /** `sha` is what `queue` made. */
  async mergeGroup(sha: string, action = "checks_requested", more: Json = {}): Promise<Webhook> {
    const { main } = this.#standIn.repository;
    const group = { head_sha: sha, head_ref: "refs/heads/gh-readonly-queue/main/pr-1", base_sha: main };
    return this.#of("merge_group", {
      action,
      ...more,
      merge_group: { ...group, base_ref: "refs/heads/main", head_commit: { id: sha } },
    });
  }

  /** A button of the newest check, or its Re-run where there is none. */
  async check(button?: string): Promise<Webhook> {
    const [run] = await this.#standIn.checks();
    const check_run = { ...run, pull_requests: [], check_suite: { id: 1, app: run.app, head_sha: run.head_sha } };
    const action = button === undefined ? "rerequested" : "requested_action";
    return this.#of("check_run", { action, check_run, ...(button && { requested_action: { identifier: button } }) });
  }

  async suite(): Promise<Webhook> {
    const [run] = await this.#standIn.checks();
    const check_suite = { id: 1, app: run.app, head_sha: run.head_sha, pull_requests: [] };
    return this.#of("check_suite", { action: "rerequested", check_suite });
  }

  async comment(login: string, body: string): Promise<Webhook> {
    const { number } = this.#standIn.repository.openPull;
    const comment = { id: 1, body, user: { login, id: IDS[login], type: "User" } };
    return this.#of("issue_comment", { action: "created", issue: { number, pull_request: {} }, comment });
  }

  async installed(action: string): Promise<Webhook> {
    return this.#of("installation", { action });
  }

  async #of(event: string, payload: Json): Promise<Webhook> {
    const repository = await this.#standIn.repositoryJson();
    const sender = { login: "nora", id: IDS["nora"], type: "User" };
    return [event, { ...payload, repository, sender, installation: { id: this.#app.installation } }];
  }
}
