import type { Json } from "./emulated.ts";

/** Something that goes wrong, and when. */
export interface Fault {
  readonly method?: string;
  /** The request's kind, as the log tells it: "POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews", "graphql mutation". */
  readonly kind?: string | RegExp;
  /** What stands in the body, such as a field of a query. */
  readonly holds?: string;
  /** How many matching requests pass by before it begins; 0 by default. */
  readonly after?: number;
  /** How often it happens; for ever by default. */
  readonly times?: number;
  /** Milliseconds before anything happens; alone, the request is only slow. */
  readonly delay?: number;
  /** What is waited for before anything happens, also when whoever asked is gone by then: a request that is done late. */
  readonly held?: Promise<unknown>;
  /** Ends the connection without an answer. */
  readonly reset?: boolean;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, or a text that is sent as it is. */
  readonly body?: Json;
  /** GraphQL's way: status 200, no data and these errors. */
  readonly errors?: readonly Json[];
}

export interface FaultRule extends Fault {
  seen: number;
}

/** The first fault that this request meets. */
export function faultOf(rules: readonly FaultRule[], method: string, kind: string, text: string): Fault | undefined {
  for (const rule of rules) {
    const isMeant =
      (rule.method ?? method) === method &&
      text.includes(rule.holds ?? "") &&
      (rule.kind === undefined || (typeof rule.kind === "string" ? rule.kind === kind : rule.kind.test(kind)));
    if (!isMeant) continue;
    const turn = rule.seen++ - (rule.after ?? 0);
    if (turn >= 0 && turn < (rule.times ?? Infinity)) return rule;
  }
  return undefined;
}
