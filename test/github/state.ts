import type { InstalledApp } from "./app.ts";
import type { CheckExtras } from "./checks.ts";
import type { Operation } from "./contract.ts";
import type { ChangedFile } from "./diff.ts";
import type { Emulated, Json } from "./emulated.ts";
import type { StoryRepository } from "./storyRepository.ts";
import type { Limits, Permissions } from "./story.ts";

/** Who asks. */
export interface Token {
  readonly login: string;
  /** What it may; undefined for a person, who may everything. */
  readonly permissions?: Permissions;
  /** The app that it belongs to. */
  readonly app?: number;
}

export interface Call {
  readonly method: string;
  /** Still encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Json;
  readonly token: Token;
}

export interface RestCall extends Call {
  readonly operation: Operation;
}

export interface Reply {
  readonly status: number;
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, in place of `body`. */
  readonly bytes?: Buffer;
}

/** Where a review comment stands; what `emulate` does not keep of it. */
export interface Place {
  /** The pull request's number. */
  readonly pull: number;
  readonly path: string;
  readonly subject: "line" | "file";
  readonly side: "LEFT" | "RIGHT";
  readonly line: number | null;
  readonly startSide: "LEFT" | "RIGHT" | null;
  readonly startLine: number | null;
  /** The commit that it was written on. */
  readonly commit: string;
  readonly hunk: string;
  readonly review: number;
  /** The first comment of its thread, if it is not the first itself. */
  readonly answers?: number;
}

export interface PullFiles {
  /** Where the pull request left main. */
  readonly start: string;
  readonly files: readonly ChangedFile[];
}

/** Everything that the stand-in knows. */
export interface State {
  readonly repository: StoryRepository;
  readonly emulated: Emulated;
  readonly limits: Limits;
  readonly places: Map<number, Place>;
  /** What pull requests change, by base and head: both are immutable. */
  readonly pullFiles: Map<string, Promise<PullFiles>>;
  /** The reason for which a comment is hidden, by node id. */
  readonly minimized: Map<string, string>;
  /** The ids of resolved threads. */
  readonly resolved: Set<string>;
  readonly apps: readonly InstalledApp[];
  /** By the check run's id. */
  readonly checks: Map<number, CheckExtras>;
  /** What people may do here, by login; nobody else may anything. */
  readonly roles: Map<string, string>;
  /** Where the client finds us. */
  readonly url: string;
  report(violation: string): void;
}

const DOCS = "https://docs.github.com/rest";

export function refusal(status: number, message: string, more: Json = {}): Reply {
  return { status, body: { message, ...more, documentation_url: DOCS, status: String(status) } };
}

export const NOT_FOUND = refusal(404, "Not Found");
export const FORBIDDEN = refusal(403, "Resource not accessible by integration");

/** Whether a token has one of `names`. */
export function may(token: Token, level: "read" | "write", ...names: readonly string[]): boolean {
  const { permissions } = token;
  if (!permissions) return true;
  return names.some((name) => permissions[name] === "write" || permissions[name] === level);
}
