import { type Name, display, labels } from "./name.ts";
import type { Source } from "./source.ts";
import type { Located, Problem, Span } from "./span.ts";

/** RFC 8461 §3.2 `sts-policy-mode`. */
export type Mode = "enforce" | "testing" | "none";

/** RFC 8461 §3.2: the largest `max_age` the text allows, about one year, in seconds. */
export const MAX_AGE_LIMIT = 31_557_600;

/** One `name: value` line of a policy that fits the grammar of a field, known or not. */
export interface PolicyField {
  readonly name: Located<string>;
  /** Without the blanks around it. */
  readonly value: Located<string>;
  /** The whole line without its line end. */
  readonly span: Span;
}

/** A policy body (RFC 8461 §3.2), as far as it could be read. */
export interface Policy {
  readonly source: Source;
  /** All lines that have the form of a field, in the order of the file. */
  readonly fields: readonly PolicyField[];
  /** What is outside the grammar of the body as a whole, and which senders reject it for that. */
  readonly problems: readonly Problem[];
  /** The first `version`, `mode` and `max_age` if their values are legal (the first duplicate counts, §3.2). */
  readonly version: Located<"STSv1"> | undefined;
  readonly mode: Located<Mode> | undefined;
  /** Seconds; 1 to 10 digits, so it can be over `MAX_AGE_LIMIT`. */
  readonly maxAge: Located<number> | undefined;
  /** The legal `mx` patterns, lower case, without duplicates. */
  readonly mx: readonly Located<string>[];
  /** Fields other than version, mode, max_age and mx; first of each name. */
  readonly extensions: readonly PolicyField[];
}

/**
 * Whether a pattern allows an MX host (RFC 8461 §4.1): ASCII case-insensitive; `*` stands for exactly one whole left-most
 * label, so `*.example.com` matches `mail.example.com`, neither `example.com` nor `a.b.example.com`.
 */
export function matches(pattern: string, host: Name): boolean {
  const name = display(host).toLowerCase();
  const wanted = pattern.toLowerCase();
  if (!wanted.startsWith("*.")) return name === wanted;
  return labels(host).slice(1).join(".").toLowerCase() === wanted.slice(2);
}

/** The first of the policy's patterns that allows an MX host. */
export function covers(policy: Policy, host: Name): Located<string> | undefined {
  return policy.mx.find((pattern) => matches(pattern.value, host));
}

/** Whether senders can read it at all: a version and a mode. */
export function readable(policy: Policy): policy is Policy & { version: Located<"STSv1">; mode: Located<Mode> } {
  return policy.version !== undefined && policy.mode !== undefined;
}

/**
 * What a policy means to senders, as one comparable text: mode, max_age, the set of patterns, extension fields. Line ends,
 * order of lines and blanks are no part of it.
 */
export function meaning(policy: Policy): string {
  const patterns = policy.mx.map((pattern) => pattern.value).toSorted();
  const extensions = policy.extensions.map((field) => `${field.name.value}:${field.value.value}`).toSorted();
  return JSON.stringify([policy.mode?.value, policy.maxAge?.value, patterns, extensions]);
}
